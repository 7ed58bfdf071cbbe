/* All visits of one patient, for the patient or for the office's own use. */
#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "desk-words.h"
#include "words.h"

static void
begin_table (CrPaper *paper)
{
  const CrPaperColumn COLUMNS[] = {
    { _ ("Day"), 92, CR_PAPER_LEFT },         { _ ("Time"), 50, CR_PAPER_RIGHT },
    { _ ("Min"), 26, CR_PAPER_RIGHT },        { _ ("Visit"), -1.4, CR_PAPER_LEFT },
    { _ ("Clinician"), -1.2, CR_PAPER_LEFT }, { _ ("How it stands"), -1.6, CR_PAPER_LEFT },
  };

  cr_paper_begin_table (paper, COLUMNS, G_N_ELEMENTS (COLUMNS));
}

/* "Cancelled – patient asked" */
static char *
describe_stage (const CrAppointment *a)
{
  return cr_stage_holds_slot (a->stage) || cr_str_empty (a->cancel_reason)
             ? g_strdup (cr_stage_word (a->stage))
             : g_strdup_printf ("%s – %s", cr_stage_word (a->stage), a->cancel_reason);
}

static void
add_visit (CrPaper *paper, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *day = cr_date_format_weekday (a->date);
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *minutes = g_strdup_printf ("%d", (int)a->minutes);
  g_autofree char *stage = describe_stage (a);
  const char *const cells[] = { day,
                                time,
                                minutes,
                                words_or (visit->type_name, words_or (visit->type_code, "–")),
                                words_or (visit->clinician, "–"),
                                stage };

  cr_paper_add_row (paper, cells);
}

static void
add_part (CrPaper *paper, const char *key, const char *title, const GPtrArray *visits, const char *none)
{
  g_autofree char *count =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u visit", "%u visits", visits->len), visits->len);

  cr_paper_begin_section (paper, key, title, count);
  if (visits->len == 0) {
    cr_paper_add_text (paper, CR_PAPER_BODY, none);
    return;
  }
  begin_table (paper);
  for (guint i = 0; i < visits->len; i++)
    add_visit (paper, visits->pdata[i]);
  cr_paper_end_table (paper);
}

CrPaper *
cr_visit_list_paper (const CrVisitsContent *content)
{
  CrDate today = cr_imprint_today (content->imprint);
  CrPaper *paper = cr_paper_new (_ ("List of visits"));
  g_autoptr (GPtrArray) coming = desk_coming (content->visits, today);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new (), past = g_ptr_array_new ();
  g_autofree char *identity = cr_identity_line (content->patient, _ ("List of visits"));
  g_autofree char *name = cr_patient_name_display (content->patient);
  g_autofree char *facts = cr_patient_identity (content->patient, today);

  for (guint i = 0; i < content->visits->len; i++)
    if (!g_ptr_array_find (coming, content->visits->pdata[i], NULL))
      g_ptr_array_add (sorted, content->visits->pdata[i]);
  g_ptr_array_sort (sorted, desk_compare_visits);
  for (guint i = sorted->len; i > 0; i--)
    g_ptr_array_add (past, sorted->pdata[i - 1]);
  cr_imprint_frame (content->imprint, paper, NULL);
  cr_paper_set_identity (paper, identity);
  cr_imprint_letterhead (content->imprint, paper, NULL);
  cr_paper_add_text (paper, CR_PAPER_TITLE, name);
  cr_paper_add_text (paper, CR_PAPER_BODY, facts);
  add_part (paper, "coming", _ ("To come"), coming, _ ("No visit is booked."));
  add_part (paper, "past", _ ("Past and cancelled"), past, _ ("None on file."));
  return paper;
}
