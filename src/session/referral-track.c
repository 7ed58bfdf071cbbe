/* Where a referral stands: its stages, and the lists of those that wait for something. */
#include "chartroom/base/text.h"
#include "chartroom/session/referral-work.h"
#include "job-rules.h"
#include "live-list.h"
#include "referral-order.h"
#include "restricted.h"
#include <glib/gi18n.h>

enum {
  REPORT_DAYS = 14, /* after the visit (UX 2.3) */
  REVIEW_DAYS = 7,  /* after the report arrived (UX 5.5) */
  CLOSED_LIMIT = 200
};

typedef struct {
  CrId referral_id;
  int stage;
  char *note;
  char *method, *to; /* sent */
  CrInstant at;
  CrDate on; /* office-local day of at */
} Step;

static void
free_step (gpointer data)
{
  Step *step = data;
  g_free (step->note);
  g_free (step->method);
  g_free (step->to);
  g_free (step);
}

/* ---- stages ---- */

static gboolean
check_step (const CrReferral *referral, int stage, GError **error)
{
  if (stage == CR_REF_ORDERED || stage == CR_REF_PACKET_READY)
    return cr_refuse (error, _ ("This stage is reached by ordering the referral or by freezing its packet."));
  if (cr_referral_may_follow (referral->stage, stage))
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("After “%s” the stage “%s” cannot follow. Reload the list."),
               cr_referral_stage_word (referral->stage), cr_referral_stage_word (stage));
  return FALSE;
}

/* The day of the visit, when the note begins with one or is one. */
static CrDate
visit_day (const char *note, CrDate today)
{
  CrDateReading reading;
  if (cr_str_empty (note) || !cr_date_parse (note, today, CR_DATE_FUTURE, CR_DATE_NONE, &reading, NULL) ||
      !cr_date_is_full (reading.date) || cr_date_is_set (reading.other))
    return CR_DATE_NONE;
  return reading.date;
}

static CrDate
next_due (const CrReferral *referral, int stage, const char *note, CrDate today)
{
  CrDate visit;
  switch (stage) {
  case CR_REF_SENT:
  case CR_REF_RECEIVED:
    return referral->due_on; /* the appointment is to be confirmed by then */
  case CR_REF_BOOKED:
    visit = visit_day (note, today);
    return cr_date_is_set (visit) ? cr_date_add_days (visit, REPORT_DAYS) : CR_DATE_NONE;
  case CR_REF_SEEN:
    return cr_date_add_days (today, REPORT_DAYS);
  case CR_REF_REPORT_RECEIVED:
  case CR_REF_REVIEWED:
    return cr_date_add_days (today, REVIEW_DAYS);
  case CR_REF_DECLINED:
  case CR_REF_NO_SHOW:
    return cr_referral_due (referral->urgency, today); /* somebody has to act again */
  default:
    return CR_DATE_NONE;
  }
}

static gboolean
take_step (CrTx *tx, CrReferral *referral, const Step *step, GError **error)
{
  if (!check_step (referral, step->stage, error) ||
      (step->stage == CR_REF_REVIEWED && !cr_tx_require (tx, CR_RIGHT_SIGN, error)))
    return FALSE;
  referral->due_on = next_due (referral, step->stage, step->note, cr_tx_today (tx));
  return cr_referral_enter_stage (tx, referral, step->stage, step->note, error);
}

static CrReferral *
load_open (CrTx *tx, CrId id, GError **error)
{
  g_autoptr (CrReferral) referral = cr_tx_load (tx, &CR_REFERRAL, id, error);
  return referral != NULL && cr_tx_require_chart (tx, referral->patient_id, error)
             ? g_steal_pointer (&referral)
             : NULL;
}

static gboolean
stage_job (CrTx *tx, gpointer data, GError **error)
{
  const Step *step = data;
  g_autoptr (CrReferral) referral = load_open (tx, step->referral_id, error);
  if (referral == NULL)
    return FALSE;
  if (step->stage == CR_REF_SENT)
    return cr_refuse (error, _ ("Say how and to whom the packet was sent."));
  return take_step (tx, referral, step, error);
}

static gboolean
check_when (const Step *step, const CrReferral *referral, CrInstant now, GError **error)
{
  g_autofree char *ordered = cr_date_format (referral->ordered_on);
  if (step->at > now)
    return cr_refuse (error, _ ("This time is still to come. Enter when the packet was sent."));
  if (step->at == CR_INSTANT_NONE || !cr_date_is_full (referral->ordered_on) ||
      cr_date_compare (step->on, referral->ordered_on) >= 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("The referral was ordered on %s; it cannot have been sent before. Check the date."),
               ordered);
  return FALSE;
}

static gboolean
sent_job (CrTx *tx, gpointer data, GError **error)
{
  const Step *step = data;
  if (!cr_require_text (step->method, _ ("Say how the packet was sent."), error))
    return FALSE;
  g_autoptr (CrReferral) referral = load_open (tx, step->referral_id, error);
  if (referral == NULL)
    return FALSE;
  if (!check_when (step, referral, cr_tx_now (tx), error))
    return FALSE;
  g_free (referral->sent_method);
  g_free (referral->sent_to);
  referral->sent_method = g_strdup (step->method);
  referral->sent_to = cr_text_trim (step->to);
  referral->sent_at = step->at != CR_INSTANT_NONE ? step->at : cr_tx_now (tx);
  g_autoptr (GPtrArray) problems = cr_referral_problems (referral);
  if (problems->len > 0)
    return cr_refuse (error, problems->pdata[0]);
  return take_step (tx, referral, step, error);
}

void
cr_referral_stage_async (CrSession *session, CrId referral, int stage, const char *note,
                         GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Step *step = g_new0 (Step, 1);
  step->referral_id = referral;
  step->stage = stage;
  step->note = cr_text_trim (note);
  cr_session_run_async (session, CR_RIGHT_REFERRAL_WORK, stage_job, step, free_step, cb, data);
}

/* "fax: Salem Cardiology, fax 503-555-0199 · sent Nov 20, 2026 4:10 PM"; today's need no day. */
static char *
sent_note (const Step *step, CrClock *clock)
{
  g_autoptr (GString) note = g_string_new (step->method);
  g_autofree char *day = cr_date_format (step->on);
  g_autofree char *minute = cr_minute_format (cr_clock_minute_of (clock, step->at));
  if (!cr_str_empty (step->to))
    g_string_append_printf (note, ": %s", step->to);
  if (step->at != CR_INSTANT_NONE && cr_date_compare (step->on, cr_clock_today (clock)) != 0)
    g_string_append_printf (note, _ (" · sent %s %s"), day, minute);
  return g_string_free (g_steal_pointer (&note), FALSE);
}

void
cr_referral_sent_async (CrSession *session, CrId referral, const char *method, const char *to, CrInstant at,
                        GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  CrClock *clock = cr_session_get_clock (session);
  Step *step = g_new0 (Step, 1);
  step->referral_id = referral;
  step->stage = CR_REF_SENT;
  step->method = cr_text_trim (method);
  step->to = cr_text_trim (to);
  step->at = at;
  step->on = at != CR_INSTANT_NONE ? cr_clock_date_of (clock, at) : cr_clock_today (clock);
  step->note = sent_note (step, clock);
  cr_session_run_async (session, CR_RIGHT_REFERRAL_WORK, sent_job, step, free_step, cb, data);
}

/* ---- lists ---- */

static const CrRecordClass *const CLASSES[] = { &CR_REFERRAL, &CR_REFERRAL_EVENT, &CR_PATIENT, &CR_CONTACT,
                                                NULL };

static gboolean
is_overdue (const CrReferral *referral, CrDate today)
{
  return cr_date_is_full (referral->due_on) && cr_date_compare (referral->due_on, today) < 0 &&
         referral->stage != CR_REF_DRAFT;
}

static gboolean
passes (const CrReferral *referral, CrReferralFilter filter, CrDate today)
{
  int stage = referral->stage;
  switch (filter) {
  case CR_REFS_NEEDS_PACKET:
    return stage == CR_REF_ORDERED || stage == CR_REF_PACKET_READY;
  case CR_REFS_AWAITING_APPOINTMENT:
    return stage == CR_REF_SENT || stage == CR_REF_RECEIVED || stage == CR_REF_NO_SHOW ||
           stage == CR_REF_DECLINED;
  case CR_REFS_AWAITING_REPORT:
    return stage == CR_REF_BOOKED || stage == CR_REF_SEEN;
  case CR_REFS_OVERDUE:
    return is_overdue (referral, today);
  default:
    return TRUE;
  }
}

/* "Cardiology, Dr. S. Rao, Salem Cardiology"; "" when neither is known. */
static char *
recipient_of (CrTx *tx, const CrReferral *referral, GError **error)
{
  const char *specialty = referral->specialty != NULL ? referral->specialty : "";
  if (referral->contact_id == CR_ID_NONE)
    return g_strdup (specialty);
  g_autoptr (CrContact) contact = cr_tx_load (tx, &CR_CONTACT, referral->contact_id, error);
  if (contact == NULL)
    return NULL;
  g_autofree char *name = cr_contact_display (contact);
  return *specialty != '\0' ? g_strdup_printf ("%s, %s", specialty, name) : g_steal_pointer (&name);
}

/* In place of what a restricted chart holds: where it stands, not what it is about. */
static void
close_item (CrReferralItem *item)
{
  CrReferral *closed = cr_referral_new ();
  const CrReferral *full = item->referral;
  closed->id = full->id;
  closed->version = full->version;
  closed->patient_id = full->patient_id;
  closed->stage = full->stage;
  closed->urgency = full->urgency;
  closed->due_on = full->due_on;
  closed->question = g_strdup (_ ("Open the chart to read it."));
  cr_referral_free (item->referral);
  item->referral = closed;
  g_free (item->to);
  item->to = g_strdup (CR_RESTRICTED_WORD);
  g_ptr_array_set_size (item->events, 0);
}

static CrReferralItem *
new_item (CrTx *tx, const CrReferral *referral, GError **error)
{
  g_autoptr (CrPatient) patient = cr_patient_kept (tx, referral->patient_id, error);
  g_autoptr (GPtrArray) events = patient != NULL ? cr_referral_events (tx, referral->id, error) : NULL;
  g_autofree char *to = events != NULL ? recipient_of (tx, referral, error) : NULL;
  CrDate today = cr_tx_today (tx);
  if (to == NULL)
    return NULL;
  CrReferralItem *item = g_new0 (CrReferralItem, 1);
  item->referral = cr_referral_copy (referral);
  item->patient = g_steal_pointer (&patient);
  item->to = g_steal_pointer (&to);
  item->events = g_steal_pointer (&events);
  item->overdue = is_overdue (referral, today);
  if (cr_date_is_full (referral->ordered_on))
    item->age_days = cr_date_to_days (today) - cr_date_to_days (referral->ordered_on);
  if (cr_tx_is_closed (tx, item->patient))
    close_item (item);
  return item;
}

static GPtrArray *
load_list (CrTx *tx, gpointer data, GError **error)
{
  CrReferralFilter filter = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  g_autoptr (GPtrArray) found = filter == CR_REFS_CLOSED ? cr_referrals_closed (tx, CLOSED_LIMIT, error)
                                                         : cr_referrals_open (tx, error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++) {
    const CrReferral *referral = found->pdata[i];
    if (!passes (referral, filter, cr_tx_today (tx)))
      continue;
    CrReferralItem *item = new_item (tx, referral, error);
    if (item == NULL)
      return NULL;
    g_ptr_array_add (rows, cr_row_new (referral->id, item, (GDestroyNotify)cr_referral_item_free));
  }
  return g_steal_pointer (&rows);
}

static gboolean
same_item (gconstpointer a, gconstpointer b)
{
  const CrReferralItem *one = a, *two = b;
  return one->referral->version == two->referral->version && one->patient->version == two->patient->version &&
         one->age_days == two->age_days && one->overdue == two->overdue &&
         one->events->len == two->events->len && g_strcmp0 (one->to, two->to) == 0;
}

static const CrLiveSource SOURCE = { CR_RIGHT_CLINICAL_VIEW, CLASSES, load_list, same_item };

void
cr_referral_item_free (CrReferralItem *item)
{
  cr_referral_free (item->referral);
  cr_patient_free (item->patient);
  g_ptr_array_unref (item->events);
  g_free (item->to);
  g_free (item);
}

GListModel *
cr_referral_list_new (CrSession *session, CrReferralFilter filter)
{
  return cr_live_list_new (session, &SOURCE, GINT_TO_POINTER (filter), NULL);
}
