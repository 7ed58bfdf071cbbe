#include <glib/gi18n.h>
#include "chartroom/base/text.h"
#include "packet-private.h"
#include "words.h"

static void
add_passage (CrPaper *paper, const char *heading, const char *text, gboolean *any)
{
  if (cr_str_empty (text))
    return;
  cr_paper_add_space (paper, 6);
  cr_paper_add_label (paper, heading);
  cr_paper_add_text (paper, CR_PAPER_BODY, text);
  *any = TRUE;
}

/* "Signed by Adaeze Okafor, MD, Nov 23, 2026 11:02 AM · check code …" */
static void
add_signed (CrPaper *paper, const CrImprint *imprint, int status, const char *name, CrInstant at,
            const char *hash)
{
  g_autofree char *when = cr_imprint_when (imprint, at);
  g_autofree char *code =
      cr_str_empty (hash) ? g_strdup ("") : g_strdup_printf (_ (" · Check code %.16s"), hash);
  g_autofree char *line = NULL;

  switch (status) {
  case CR_NOTE_SIGNED:
    line = g_strdup_printf (_ ("Signed by %s, %s%s"), words_or (name, _ ("(name not recorded)")), when, code);
    break;
  case CR_NOTE_IMPORTED:
    line = g_strdup_printf (_ ("Imported from another system; author there: %s"),
                            words_or (name, _ ("not recorded")));
    break;
  case CR_NOTE_ERROR:
    line = g_strdup (_ ("Entered in error. Do not use."));
    break;
  case CR_NOTE_DRAFT:
  default:
    line = g_strdup (_ ("Draft, not signed."));
    break;
  }
  cr_paper_keep_with_next (paper);
  cr_paper_add_space (paper, 6);
  cr_paper_add_text (paper, CR_PAPER_NOTE, line);
}

static void
add_addendum (CrPaper *paper, const CrImprint *imprint, const CrAddendum *addendum)
{
  g_autofree char *when = cr_imprint_day (
      imprint, addendum->signed_at != CR_INSTANT_NONE ? addendum->signed_at : addendum->saved_at);
  g_autofree char *heading = g_strdup_printf (_ ("Addendum, %s"), when);
  gboolean any = FALSE;

  add_passage (paper, heading, words_or (addendum->text, _ ("(empty)")), &any);
  add_signed (paper, imprint, addendum->status, addendum->signed_name, addendum->signed_at, addendum->hash);
}

char *
note_title (const CrNote *note)
{
  g_autofree char *date = cr_date_format (note->date);

  return g_strdup_printf (_ ("%s, %s"), words_or (note->title, _ ("Note")), date);
}

void
note_add_text (CrPaper *paper, const CrImprint *imprint, const CrNoteWithAddenda *with)
{
  const CrNote *note = with->note;
  gboolean any = FALSE;

  add_passage (paper, _ ("Reason for visit"), note->reason, &any);
  add_passage (paper, _ ("Subjective"), note->subjective, &any);
  add_passage (paper, _ ("Vitals"), note->vitals, &any);
  add_passage (paper, _ ("Objective"), note->objective, &any);
  add_passage (paper, _ ("Assessment and plan"), note->assessment_plan, &any);
  if (!any)
    cr_paper_add_text (paper, CR_PAPER_BODY, _ ("Not recorded"));
  add_signed (paper, imprint, note->status, note->signed_name, note->signed_at, note->hash);
  for (guint i = 0; with->addenda != NULL && i < with->addenda->len; i++)
    add_addendum (paper, imprint, with->addenda->pdata[i]);
}

/* "NOTE-004217-90AA21BB", from the beginning of its check code; a draft has none. */
static char *
document_id (const CrNoteContent *content)
{
  const CrNote *note = content->note.note;
  g_autofree char *start = cr_str_empty (note->hash) ? NULL : g_strndup (note->hash, 8);
  g_autofree char *code = start != NULL ? g_ascii_strup (start, -1) : NULL;

  return code != NULL ? g_strdup_printf ("NOTE-%s-%s", words_or (content->patient->mrn, "0"), code) : NULL;
}

CrPaper *
cr_note_print (const CrNoteContent *content)
{
  const CrNote *note = content->note.note;
  CrPaper *paper = cr_paper_new (_ ("Visit note"));
  g_autofree char *title = note_title (note);
  g_autofree char *identity = cr_identity_line (content->patient, _ ("Visit note"));
  g_autofree char *legal = cr_patient_name_legal (content->patient);
  g_autofree char *name = words_bold (legal);
  g_autofree char *born = cr_patient_born (content->patient, note->date);
  g_autofree char *facts =
      g_strdup_printf (_ ("Born %s · Sex %s · MRN %s"), born, cr_sex_word (content->patient->sex),
                       words_or (content->patient->mrn, _ ("not recorded")));
  g_autofree char *id = document_id (content);

  cr_imprint_frame (content->imprint, paper, id);
  cr_paper_set_identity (paper, identity);
  if (note->status == CR_NOTE_DRAFT)
    cr_paper_set_watermark (paper, _ ("DRAFT"));
  cr_imprint_letterhead (content->imprint, paper, NULL);
  cr_paper_set_fields (paper, 62, CR_PAPER_BODY);
  cr_paper_add_field_markup (paper, _ ("Patient"), name);
  cr_paper_add_field (paper, "", facts);
  cr_paper_begin_section (paper, "note", title, NULL);
  note_add_text (paper, content->imprint, &content->note);
  return paper;
}
