#include "src/ui/rx/rx-print.h"
#include "chartroom/render/prescription-sheet.h"
#include "chartroom/session/rx-draft.h"
#include "chartroom/session/practice-settings.h"
#include <glib/gi18n.h>

typedef struct {
  CrWindow *window;
  CrId prescription;
} Delivery;

static const CrPrescription *
find (const CrChartRecords *records, CrId id)
{
  for (guint i = 0; i < records->prescriptions->len; i++)
    if (((const CrPrescription *)records->prescriptions->pdata[i])->id == id)
      return records->prescriptions->pdata[i];
  return NULL;
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (window, error);
}

static void
delivered_cb (GtkWindow *preview, const char *action, Delivery *delivery)
{
  cr_rx_mark_printed_async (cr_window_get_session (delivery->window), delivery->prescription, 1, marked_cb,
                            g_object_ref (delivery->window));
}

static void
free_with_closure (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GBytes *
paint (CrSession *session, CrChart *chart, const CrPrescription *rx, GError **error)
{
  const CrChartRecords *records = cr_chart_get_records (chart);
  CrClock *clock = cr_session_get_clock (session);
  g_autofree char *by = cr_person_short (cr_session_get_person (session));
  g_autofree char *mark = rx->prints > 0 ? cr_reprint_mark (rx->prints, cr_clock_today (clock)) : NULL;
  CrImprint imprint = { .practice = records->practice,
                        .clock = clock,
                        .at = cr_clock_now (clock),
                        .by = by,
                        .reprint = mark,
                        .logo = cr_session_get_logo (session) };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GPtrArray) allergies = cr_allergies_active (records->allergies);
  g_autoptr (GPtrArray) weights = cr_chart_vital (chart, "29463-7", 1);
  CrPrescriptionContent content = { .imprint = &imprint,
                                    .patient = records->patient,
                                    .prescriptions = list,
                                    .allergies = allergies,
                                    .prescriber = cr_chart_records_person (records, rx->author_id),
                                    .weight = weights->len > 0 ? weights->pdata[0] : NULL };
  CrPaperMeta meta = { imprint.at, NULL };
  g_autoptr (CrPaper) paper = NULL;
  g_ptr_array_add (list, (gpointer)rx);
  paper = cr_prescription_sheet (&content);
  return cr_paper_to_pdf (paper, &meta, error);
}

/* Signed a moment ago: the chart shows it after its next reload. */
typedef struct {
  CrWindow *window;
  CrId prescription;
  gulong handler;
} Later;

static void
reloaded_cb (CrChart *chart, Later *later)
{
  CrWindow *window = later->window;
  CrId prescription = later->prescription;
  if (find (cr_chart_get_records (chart), prescription) == NULL)
    return;
  g_signal_handler_disconnect (chart, later->handler);
  cr_rx_print (window, chart, prescription);
}

static void
print_later (CrWindow *window, CrChart *chart, CrId prescription)
{
  Later *later = g_new0 (Later, 1);
  later->window = window;
  later->prescription = prescription;
  later->handler =
      g_signal_connect_data (chart, "reloaded", G_CALLBACK (reloaded_cb), later, free_with_closure, 0);
}

void
cr_rx_print (CrWindow *window, CrChart *chart, CrId prescription)
{
  const CrPrescription *rx = find (cr_chart_get_records (chart), prescription);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *title = NULL, *file = NULL;
  Delivery *delivery;
  GtkWindow *preview;
  if (rx == NULL) {
    print_later (window, chart, prescription);
    return;
  }
  pdf = paint (cr_window_get_session (window), chart, rx, &error);
  if (pdf == NULL) {
    cr_window_show_error (window, error);
    return;
  }
  title = g_strdup_printf (_ ("Prescription %s"), rx->number);
  file = g_strdup_printf ("Prescription_%s.pdf", rx->number);
  preview =
      cr_window_present_pdf_on (window, CR_PRINT_SECURITY, pdf, title, file, NULL, rx->id, rx->patient_id);
  if (preview == NULL)
    return;
  delivery = g_new0 (Delivery, 1);
  delivery->window = window;
  delivery->prescription = prescription;
  g_signal_connect_data (preview, "delivered", G_CALLBACK (delivered_cb), delivery, free_with_closure, 0);
}
