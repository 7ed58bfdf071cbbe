#include "src/ui/notes/note-paper.h"
#include "chartroom/render/note-print.h"
#include "chartroom/session/practice-settings.h"
#include <glib/gi18n.h>

static GPtrArray *
addenda_of (const CrChartRecords *records, CrId note)
{
  GPtrArray *addenda = g_ptr_array_new ();
  for (guint i = 0; i < records->addenda->len; i++)
    if (((const CrAddendum *)records->addenda->pdata[i])->note_id == note)
      g_ptr_array_add (addenda, records->addenda->pdata[i]);
  return addenda;
}

void
cr_note_paper_present (CrWindow *window, CrChart *chart, const CrNote *note)
{
  const CrChartRecords *records = cr_chart_get_records (chart);
  CrSession *session = cr_window_get_session (window);
  CrClock *clock = cr_session_get_clock (session);
  g_autofree char *by = cr_person_short (cr_session_get_person (session));
  g_autoptr (GPtrArray) addenda = addenda_of (records, note->id);
  CrImprint imprint = { .practice = records->practice,
                        .clock = clock,
                        .at = cr_clock_now (clock),
                        .by = by,
                        .logo = cr_session_get_logo (session) };
  CrNoteContent content = { &imprint, records->patient, { note, addenda } };
  CrPaperMeta meta = { imprint.at, NULL };
  g_autoptr (CrPaper) paper = cr_note_print (&content);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (paper, &meta, &error);
  g_autofree char *day = cr_date_to_iso (note->date);
  g_autofree char *file = g_strdup_printf ("note-%s.pdf", day);
  if (pdf == NULL)
    cr_window_show_error (window, error);
  else
    cr_window_present_pdf (window, pdf, _ ("Visit Note"), file, "note", note->id, note->patient_id);
}
