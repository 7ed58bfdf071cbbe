/* daysheet, packet, rx: finished PDFs, by the painter of the desktop. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/base/text.h"
#include "chartroom/helpers/document-pages.h"
#include "chartroom/render/day-sheet.h"
#include "chartroom/render/packet-source.h"
#include "chartroom/render/prescription-sheet.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/practice-settings.h"
#include "chartroom/session/referral-work.h"
#include "chartroom/session/rx-draft.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

static CrImprint
imprint_of (CtlCall *call, char **by)
{
  CrClock *clock = cr_session_get_clock (call->session);
  CrImprint imprint = { .practice = cr_session_get_practice (call->session),
                        .clock = clock,
                        .at = cr_clock_now (clock),
                        .logo = cr_session_get_logo (call->session) };
  imprint.by = *by = cr_person_short (cr_session_get_person (call->session));
  return imprint;
}

/* ---- day sheet ---- */

static gboolean
write_day_sheet (CtlCall *call, CrDaySchedule *day, CrDate date, GError **error)
{
  GListModel *clinicians = cr_day_schedule_get_clinicians (day), *visits = cr_day_schedule_get_visits (day);
  guint n = g_list_model_get_n_items (clinicians);
  g_autofree CrDaySheetColumn *columns = g_new0 (CrDaySheetColumn, n);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autofree char *by = NULL, *code = cr_session_head_code (call->session);
  CrImprint imprint = imprint_of (call, &by);
  CrDaySheetContent content = { &imprint, date, columns, n, call->reason, call->phone, code };
  g_autoptr (CrPaper) paper = NULL;
  if (n == 0) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_NOT_FOUND,
        _ ("Nobody has a column in the book on this day, so there is no day sheet to print."));
    return FALSE;
  }
  for (guint c = 0; c < n; c++) {
    g_autoptr (CrRow) row = g_list_model_get_item (clinicians, c);
    const CrDay *rules = cr_day_schedule_get_day (day, cr_row_get_id (row));
    GPtrArray *own = g_ptr_array_new ();
    g_ptr_array_add (lists, own);
    columns[c] = (CrDaySheetColumn){ cr_row_peek (row), own, rules->hours, rules->exceptions };
    for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
      g_autoptr (CrRow) visit = g_list_model_get_item (visits, i);
      const CrVisit *v = cr_row_peek (visit);
      if (v->appointment->person_id == cr_row_get_id (row))
        g_ptr_array_add (own, (gpointer)v);
    }
  }
  paper = cr_day_sheet (&content);
  ctl_hold_signals ();
  if (!ctl_export (call, paper, "day-sheet", error))
    return FALSE;
  g_print (ngettext ("%s: %u page.\n", "%s: %u pages.\n", cr_paper_pages (paper)), call->out,
           cr_paper_pages (paper));
  return TRUE;
}

int
ctl_daysheet (CtlCall *call, GError **error)
{
  CrDate date = cr_clock_today (cr_session_get_clock (call->session));
  g_autoptr (CrDaySchedule) day = NULL;
  if (!ctl_need_out (call, error))
    return call->out == NULL ? CTL_USAGE : CTL_REFUSED;
  if (call->n_rest == 2 && !ctl_date (call->rest[1], &date, error))
    return CTL_USAGE;
  day = cr_day_schedule_new (call->session);
  cr_day_schedule_set_date (day, date);
  return cr_day_schedule_load (day, error) && write_day_sheet (call, day, date, error) ? CTL_DONE
                                                                                       : CTL_REFUSED;
}

/* ---- packet ---- */

/* The contact whose specialty or name begins with the words; NULL: none or several. */
static const CrContact *
find_recipient (const CrChartRecords *records, const char *words, GError **error)
{
  g_autofree char *wanted = cr_text_fold (words);
  const CrContact *found = NULL;
  GString *choices = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; i < records->contacts->len; i++) {
    const CrContact *c = records->contacts->pdata[i];
    g_autofree char *all = g_strjoin (" ", c->specialty ? c->specialty : "", c->family ? c->family : "",
                                      c->organization ? c->organization : "", NULL);
    g_autofree char *folded = cr_text_fold (all);
    if (g_strcmp0 (c->kind, "specialist") != 0 || strstr (folded, wanted) == NULL)
      continue;
    found = c;
    g_string_append_printf (choices, "%s%s", n++ > 0 ? ", " : "", c->organization);
  }
  if (n == 0)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("No specialist “%s” is in the directory."), words);
  if (n > 1)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("“%s” fits several: %s. Name one."), words,
                 choices->str);
  g_string_free (choices, TRUE);
  return n == 1 ? found : NULL;
}

/* Scans come along as pictures; what cannot be read stops the packet, it is never just missing. */
static gboolean
take_scans (CrChart *chart, CrPacketSource *source, GError **error)
{
  g_autoptr (GArray) ids = cr_packet_source_scans (source);
  for (guint i = 0; i < ids->len; i++) {
    CrId id = g_array_index (ids, CrId, i);
    g_autoptr (GBytes) content = NULL;
    g_autoptr (GPtrArray) pages = NULL;
    CtlWait wait;
    ctl_wait_init (&wait);
    cr_chart_read_document_async (chart, id, ctl_wait_cb, &wait);
    content = cr_chart_read_document_finish (ctl_wait_result (&wait), error);
    ctl_wait_clear (&wait);
    if (content == NULL || (pages = cr_document_pages (content, error)) == NULL)
      return FALSE;
    cr_packet_source_set_pages (source, id, pages);
  }
  return TRUE;
}

typedef struct {
  CtlCall *call;
  CrImprint imprint;
  const CrChartRecords *records;
  CrPacketSource *scans; /* made before, for the pictures it holds */
  char *number;          /* results */
  guint pages;
  gboolean written;
} Packing;

/* The packet of the order about to be stored, and its file: what cannot be written is not ordered. */
static GBytes *
compose (const CrReferral *order, int *pages, char **contents, gpointer data, GError **error)
{
  Packing *self = data;
  g_autoptr (CrPacketSource) source = cr_packet_source_new (self->records, order, &self->imprint);
  CrPacketContent *content = cr_packet_source_content (source);
  CrPaperMeta meta = { self->imprint.at, NULL };
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  content->frozen = TRUE;
  content->knowledge = self->call->knowledge;
  cr_packet_source_take (source, self->scans);
  paper = cr_packet (content);
  pdf = cr_paper_to_pdf (paper, &meta, error);
  if (pdf == NULL || !ctl_write_file (self->call->out, pdf, error))
    return NULL;
  self->written = TRUE;
  self->number = g_strdup (order->number);
  self->pages = cr_paper_pages (paper);
  *pages = (int)self->pages;
  *contents = cr_packet_source_contents_json (source);
  return g_steal_pointer (&pdf);
}

static CrReferralDraft *
draft_for (CtlCall *call, CrChart *chart, const CrContact *to)
{
  CrReferralDraft *draft = cr_referral_draft_new (chart, NULL);
  g_autofree char *contact = g_strdup_printf ("%" G_GINT64_FORMAT, to->id);
  g_object_set (draft, "specialty", to->specialty, "contact-id", contact, "question", call->question, "ask",
                "evaluate", "urgency", call->urgency != NULL ? call->urgency : "routine", NULL);
  return draft;
}

/* Order, packet, record and file: all or none. */
static gboolean
order (CtlCall *call, CrChart *chart, const CrContact *to, GError **error)
{
  g_autoptr (CrReferralDraft) draft = draft_for (call, chart, to);
  const CrReferral *referral = cr_referral_draft_peek (draft);
  g_autofree char *by = NULL, *number = NULL;
  Packing self = { .call = call, .imprint = imprint_of (call, &by), .records = cr_chart_get_records (chart) };
  g_autoptr (CrPacketSource) scans = self.scans =
      cr_packet_source_new (self.records, referral, &self.imprint);
  gboolean done = take_scans (chart, scans, error) &&
                  cr_referral_order_frozen (call->session, referral, compose, &self, error);
  number = self.number;
  if (!done && self.written)
    g_unlink (call->out);
  if (!done)
    g_prefix_error (error, _ ("Nothing was ordered and no packet was made. "));
  else
    g_print (ngettext ("%s: %s to %s, %u page.\n", "%s: %s to %s, %u pages.\n", self.pages), call->out,
             number, to->specialty, self.pages);
  return done;
}

int
ctl_packet (CtlCall *call, GError **error)
{
  g_autoptr (CrPatient) patient = NULL;
  g_autoptr (CrChart) chart = NULL;
  const CrContact *to;
  if (call->to == NULL || call->question == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("packet needs --to SPECIALTY-OR-PROVIDER and --question TEXT."));
    return CTL_USAGE;
  }
  if (call->urgency != NULL && !g_strv_contains (CR_URGENCY_CODES, call->urgency)) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("--urgency is stat, urgent, asap or routine, not “%s”."), call->urgency);
    return CTL_USAGE;
  }
  if (!ctl_need_out (call, error))
    return call->out == NULL ? CTL_USAGE : CTL_REFUSED;
  ctl_hold_signals ();
  if (!cr_session_require (call->session, CR_RIGHT_SIGN, error) ||
      !cr_session_require (call->session, CR_RIGHT_EXPORT, error) ||
      (patient = ctl_patient (call, call->rest[1], error)) == NULL ||
      (chart = cr_chart_open_for_reason (call->session, patient->id, "chartroomctl", call->why, error)) ==
          NULL ||
      (to = find_recipient (cr_chart_get_records (chart), call->to, error)) == NULL || !ctl_go_on (error) ||
      !order (call, chart, to, error))
    return CTL_REFUSED;
  return CTL_DONE;
}

/* ---- prescriptions ---- */

static void
list_prescriptions (CtlCall *call, const CrChartRecords *records)
{
  static const char *const KEYS[] = { "number", "drug", "directions", "quantity", "status", "written", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  for (guint i = 0; i < records->prescriptions->len; i++) {
    const CrPrescription *rx = records->prescriptions->pdata[i];
    g_autofree char *sig = cr_sig_text (&rx->sig);
    g_autofree char *quantity = cr_prescription_quantity_text (rx);
    g_autofree char *written = cr_date_to_iso (rx->written_on);
    ctl_table_add (table, (const char *const[]){ rx->number, rx->display, sig, quantity,
                                                 CR_RX_STATUS_CODES[rx->status], written });
  }
  ctl_table_print (table, call->json);
}

static gboolean
mark_printed (CtlCall *call, CrId id, int pages, GError **error)
{
  CtlWait wait;
  gboolean done;
  ctl_wait_init (&wait);
  cr_rx_mark_printed_async (call->session, id, pages, ctl_wait_cb, &wait);
  done = cr_session_finish (ctl_wait_result (&wait), error);
  ctl_wait_clear (&wait);
  return done;
}

static const CrObservation *
latest_weight (CrChart *chart)
{
  g_autoptr (GPtrArray) weights = cr_chart_vital (chart, "29463-7", 1);
  return weights->len > 0 ? weights->pdata[0] : NULL;
}

/* Signed, not printed yet, of one author: they share a sheet. */
static GPtrArray *
ready_prescriptions (const CrChartRecords *records, GArray *ids)
{
  GPtrArray *ready = g_ptr_array_new ();
  for (guint i = 0; i < records->prescriptions->len; i++) {
    CrPrescription *rx = records->prescriptions->pdata[i];
    const CrPrescription *first = ready->len > 0 ? ready->pdata[0] : rx;
    if (rx->status == CR_RX_SIGNED && rx->author_id == first->author_id) {
      g_ptr_array_add (ready, rx);
      g_array_append_val (ids, rx->id);
    }
  }
  return ready;
}

static GBytes *
paint_prescriptions (CtlCall *call, CrChart *chart, GPtrArray *ready, int *pages, GError **error)
{
  const CrChartRecords *records = cr_chart_get_records (chart);
  g_autoptr (GPtrArray) active = cr_allergies_active (records->allergies);
  g_autofree char *by = NULL;
  CrImprint imprint = imprint_of (call, &by);
  CrPrescriptionContent content = {
    .imprint = &imprint, .patient = records->patient, .prescriptions = ready, .allergies = active
  };
  content.prescriber = cr_chart_records_person (records, ((CrPrescription *)ready->pdata[0])->author_id);
  content.weight = latest_weight (chart);
  g_autoptr (CrPaper) paper = cr_prescription_sheet (&content);
  *pages = (int)cr_paper_pages (paper);
  return ctl_paint (call, paper, error);
}

static gboolean
print_prescriptions (CtlCall *call, CrChart *chart, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_autoptr (GPtrArray) ready = ready_prescriptions (cr_chart_get_records (chart), ids);
  g_autoptr (GBytes) pdf = NULL;
  int pages = 0;
  if (!cr_session_require (call->session, CR_RIGHT_EXPORT, error) || !ctl_need_out (call, error))
    return FALSE;
  if (ready->len == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                         _ ("No signed prescription of this patient waits to be printed."));
    return FALSE;
  }
  pdf = paint_prescriptions (call, chart, ready, &pages, error);
  ctl_hold_signals ();
  if (pdf == NULL || !ctl_write_file (call->out, pdf, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!mark_printed (call, g_array_index (ids, CrId, i), pages, error)) {
      g_unlink (call->out); /* what is not recorded does not stay */
      return FALSE;
    }
  g_print (ngettext ("%s: %u prescription.\n", "%s: %u prescriptions.\n", ids->len), call->out, ids->len);
  return TRUE;
}

int
ctl_rx (CtlCall *call, GError **error)
{
  g_autoptr (CrPatient) patient = NULL;
  g_autoptr (CrChart) chart = NULL;
  if (!cr_session_require (call->session, CR_RIGHT_CLINICAL_VIEW, error) ||
      (patient = ctl_patient (call, call->rest[1], error)) == NULL ||
      (chart = cr_chart_open_for_reason (call->session, patient->id, "chartroomctl", call->why, error)) ==
          NULL)
    return CTL_REFUSED;
  if (call->out != NULL)
    return print_prescriptions (call, chart, error) ? CTL_DONE : CTL_REFUSED;
  list_prescriptions (call, cr_chart_get_records (chart));
  return CTL_DONE;
}
