/* One page: what the code is for, the code in groups, where to keep it. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/render/recovery-sheet.h"

#define GROUPS_PER_LINE 4

/* The groups in type that is easy to copy, a few on a line. */
static void
add_code (CrPaper *paper, const char *code)
{
  g_auto (GStrv) groups = g_strsplit (code, "-", -1);
  GString *markup = g_string_new ("<span font_family='DejaVu Sans Mono' size='20pt' weight='bold'>");

  for (guint i = 0; groups[i] != NULL; i++) {
    g_autofree char *group = cr_paper_escape (groups[i]);
    const char *joint = i == 0 ? "" : i % GROUPS_PER_LINE == 0 ? "-\n" : "-";

    g_string_append_printf (markup, "%s%s", joint, group);
    explicit_bzero (groups[i], strlen (groups[i]));
    explicit_bzero (group, strlen (group));
  }
  g_string_append (markup, "</span>");
  cr_paper_add_space (paper, 10);
  cr_paper_add_rule (paper);
  cr_paper_add_space (paper, 6);
  cr_paper_add_markup (paper, CR_PAPER_DISPLAY, CR_PAPER_CENTER, markup->str);
  cr_paper_add_space (paper, 6);
  cr_paper_add_rule (paper);
  explicit_bzero (markup->str, markup->len);
  g_string_free (markup, TRUE);
}

static void
add_uses (CrPaper *paper)
{
  cr_paper_add_heading (paper, _ ("What it is for"), NULL);
  cr_paper_add_text (
      paper, CR_PAPER_BODY,
      _ ("This code opens the practice's records when no password does: everybody has forgotten "
         "theirs, or the people who knew them are gone. Choose “Use Recovery Code…” at sign-in, type "
         "the code and a new password for an administrator, who then gives people theirs."));
  cr_paper_add_heading (paper, _ ("How to type it"), NULL);
  cr_paper_add_text (
      paper, CR_PAPER_BODY,
      _ ("Capital or small letters are the same, and hyphens may be left out. The code has no letters "
         "I, L, O or U: what looks like one of them is the digit 1 or 0, or a V."));
  cr_paper_add_heading (paper, _ ("Where to keep it"), NULL);
  cr_paper_add_text (
      paper, CR_PAPER_BODY,
      _ ("Away from the office and away from the computer: a bank box, a safe at home, or with the "
         "practice's lawyer. Make no copy, no photograph and no scan."));
}

static void
add_warning (CrPaper *paper)
{
  cr_paper_add_space (paper, 12);
  cr_paper_begin_keep (paper);
  cr_paper_add_heading (paper, _ ("Warning"), NULL);
  cr_paper_add_markup (
      paper, CR_PAPER_BODY, CR_PAPER_LEFT,
      _ ("<b>Whoever holds this sheet and the practice's folder can read every chart.</b> If it is "
         "lost or seen by somebody, make a new recovery sheet at once: the old code then opens "
         "nothing."));
  cr_paper_add_space (paper, 6);
  cr_paper_add_markup (
      paper, CR_PAPER_BODY, CR_PAPER_LEFT,
      _ ("<b>Without a password or this sheet the records cannot be opened by anyone, including "
         "the makers of this program.</b>"));
  cr_paper_end_keep (paper);
}

static void
add_origin (CrPaper *paper, const CrRecoverySheetContent *content)
{
  g_autofree char *made = cr_date_format (content->on);

  cr_paper_add_space (paper, 14);
  cr_paper_begin_keep (paper);
  cr_paper_add_rule (paper);
  cr_paper_add_field (paper, _ ("Practice folder"), content->folder);
  cr_paper_add_field (paper, _ ("Made on"), made);
  cr_paper_add_field (paper, _ ("Made by"), content->by);
  cr_paper_add_field (paper, _ ("Stored at"), "______________________________________________");
  cr_paper_end_keep (paper);
}

CrPaper *
cr_recovery_sheet (const CrRecoverySheetContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Recovery sheet"));
  g_autofree char *made = cr_date_format (content->on);
  g_autofree char *imprint = g_strdup_printf (_ ("Recovery sheet · Made %s by %s"), made, content->by);

  cr_paper_set_secret (paper);
  cr_paper_set_imprint (paper, imprint);
  cr_paper_set_confidence (paper, _ ("Secret. Keep locked away, off-site. Do not copy, fax or scan."));
  cr_paper_add_letterhead (paper, content->practice, _ ("Recovery sheet for the encrypted records"), NULL);
  add_code (paper, content->code);
  add_uses (paper);
  add_warning (paper);
  add_origin (paper, content);
  return paper;
}
