#include "chartroom/session/calls.h"
#include "chartroom/session/reach-load.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/store/desk-stores.h"
#include "job-rules.h"
#include "live-list.h"
#include <glib/gi18n.h>

enum { LOG_DAYS = 14, RECALL_DAYS = 540 };

typedef struct {
  CrClock *clock;
  CrCallsView view;
  CrDate day;
} View;

typedef struct {
  CrTx *tx;
  CrClock *clock;
  GPtrArray *people; /* CrPerson */
  GPtrArray *rows;
} Collection;

static void
free_view (gpointer data)
{
  View *view = data;
  cr_clock_unref (view->clock);
  g_free (view);
}

void
cr_call_item_free (CrCallItem *item)
{
  g_clear_pointer (&item->patient, cr_patient_free);
  cr_reach_free (item->reach);
  g_free (item->what);
  g_free (item->last);
  g_free (item);
}

/* ---- words ---- */

static char *
person_name (const Collection *self, CrId id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (((const CrPerson *)self->people->pdata[i])->id == id)
      return cr_person_short (self->people->pdata[i]);
  return NULL;
}

static const char *
kind_word (int kind)
{
  return kind == CR_CONTACT_LETTER ? _ ("Letter") : kind == CR_CONTACT_CARD ? _ ("Card") : _ ("Call");
}

/* "Left a message, Nov 22, 9:12 AM, J. Ortiz" */
static char *
describe_attempt (const Collection *self, const CrContactAttempt *attempt)
{
  g_autofree char *day =
      cr_date_format_near (cr_clock_date_of (self->clock, attempt->at), cr_clock_today (self->clock));
  g_autofree char *time = cr_minute_format (cr_clock_minute_of (self->clock, attempt->at));
  g_autofree char *who = person_name (self, attempt->person_id);
  const char *how = attempt->outcome != NULL ? cr_outcome_word (attempt->outcome) : kind_word (attempt->kind);
  return g_strdup_printf ("%s, %s, %s%s%s", how, day, time, who != NULL ? ", " : "", who != NULL ? who : "");
}

char *
cr_attempts_words (const GPtrArray *attempts)
{
  const CrContactAttempt *last = NULL;
  guint n = 0;
  for (guint i = 0; i < attempts->len; i++) {
    const CrContactAttempt *attempt = attempts->pdata[i];
    n += attempt->at != CR_INSTANT_NONE ? 1 : 0;
    last = attempt->at != CR_INSTANT_NONE ? attempt : last;
  }
  if (last == NULL)
    return NULL;
  return g_strdup_printf (ngettext ("%u try, last: %s", "%u tries, last: %s", n), n,
                          last->outcome != NULL ? cr_outcome_word (last->outcome) : kind_word (last->kind));
}

/* ---- the lists ---- */

static CrCallItem *
add_item (Collection *self, CrId id, CrId patient, GError **error)
{
  CrCallItem *item = g_new0 (CrCallItem, 1);
  item->start = CR_MINUTE_NONE;
  item->stage = -1;
  if (patient != CR_ID_NONE)
    item->patient = cr_tx_load (self->tx, &CR_PATIENT, patient, error);
  if (patient != CR_ID_NONE &&
      (item->patient == NULL || !cr_reach_load (self->tx, item->patient, &item->reach, error))) {
    cr_call_item_free (item);
    return NULL;
  }
  g_ptr_array_add (self->rows, cr_row_new (id, item, (GDestroyNotify)cr_call_item_free));
  return item;
}

static CrId
chain_of (const GPtrArray *visits, CrId appointment)
{
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *a = ((const CrVisit *)visits->pdata[i])->appointment;
    if (a->id == appointment)
      return a->chain_id;
  }
  return CR_ID_NONE;
}

/* visits: of the day, cancelled ones, too.  attempts: about any of them, oldest first; what was tried about
 * another part of a combined visit was tried about this one. */
static void
take_attempts (const Collection *self, CrCallItem *item, const GPtrArray *visits, const GPtrArray *attempts)
{
  CrId chain = chain_of (visits, item->appointment);
  for (guint i = 0; i < attempts->len; i++) {
    const CrContactAttempt *attempt = attempts->pdata[i];
    gboolean about = attempt->appointment_id == item->appointment ||
                     (chain != CR_ID_NONE && chain_of (visits, attempt->appointment_id) == chain);
    if (!about || attempt->at == CR_INSTANT_NONE)
      continue;
    item->attempts++;
    g_free (item->last);
    item->last = describe_attempt (self, attempt);
  }
}

static char *
describe_visit (const CrVisit *visit)
{
  return g_strdup_printf ("%s, %s", visit->type_name != NULL ? visit->type_name : _ ("Visit"),
                          visit->clinician != NULL ? visit->clinician : "–");
}

/* The call about another part of the same visit; NULL: there is none yet. */
static CrCallItem *
find_call (const GPtrArray *visits, guint n, CrCallItem *const *items)
{
  const CrAppointment *a = ((const CrVisit *)visits->pdata[n])->appointment;
  for (guint i = 0; i < n && a->chain_id != CR_ID_NONE; i++)
    if (items[i] != NULL && ((const CrVisit *)visits->pdata[i])->appointment->chain_id == a->chain_id)
      return items[i];
  return NULL;
}

/* Two parts of a combined visit are one call. */
static void
join_call (CrCallItem *item, const CrVisit *visit)
{
  g_autofree char *what = describe_visit (visit), *first = item->what;
  item->what = g_strdup_printf ("%s + %s", first, what);
  item->stage = MIN (item->stage, visit->appointment->stage);
  item->settled = item->settled && visit->appointment->stage != CR_STAGE_SCHEDULED;
}

static gboolean
collect_day (Collection *self, CrDate day, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_visit_list (self->tx, day, day, error);
  g_autoptr (GPtrArray) attempts =
      visits != NULL ? cr_contact_attempts_for_days (self->tx, day, day, error) : NULL;
  if (attempts == NULL)
    return FALSE;
  g_autofree CrCallItem **items = g_new0 (CrCallItem *, visits->len + 1); /* of each visit, once it has one */
  for (guint i = 0; i < visits->len; i++) {
    const CrVisit *visit = visits->pdata[i];
    const CrAppointment *a = visit->appointment;
    if (!cr_stage_holds_slot (a->stage))
      continue;
    CrCallItem *item = find_call (visits, i, items);
    if (item != NULL) {
      join_call (item, visit);
      continue;
    }
    items[i] = item = add_item (self, a->id, a->patient_id, error);
    if (item == NULL)
      return FALSE;
    item->appointment = a->id;
    item->date = a->date;
    item->start = (int)a->start_min;
    item->stage = a->stage;
    item->settled = a->stage != CR_STAGE_SCHEDULED;
    item->what = describe_visit (visit);
    take_attempts (self, item, visits, attempts);
  }
  return TRUE;
}

/* What was tried since that day about coming again. */
static gboolean
take_recalls (Collection *self, CrCallItem *item, CrDate since, GError **error)
{
  g_autoptr (GPtrArray) attempts = cr_contact_attempts (self->tx, item->patient->id, error);
  for (guint i = 0; attempts != NULL && i < attempts->len; i++) {
    const CrContactAttempt *attempt = attempts->pdata[i]; /* newest first */
    if (attempt->purpose != CR_PURPOSE_RECALL || attempt->at == CR_INSTANT_NONE ||
        cr_date_compare (cr_clock_date_of (self->clock, attempt->at), since) < 0)
      continue;
    item->attempts++;
    if (item->last == NULL)
      item->last = describe_attempt (self, attempt);
    item->settled = item->settled || g_strcmp0 (attempt->outcome, "declined") == 0;
  }
  return attempts != NULL;
}

static gboolean
has_coming_visit (Collection *self, CrId patient, CrDate today, gboolean *has, GError **error)
{
  g_autoptr (GPtrArray) all = cr_appointments_for_patient (self->tx, patient, error);
  *has = FALSE;
  for (guint i = 0; all != NULL && i < all->len; i++) {
    const CrAppointment *a = all->pdata[i];
    *has = *has || (a->stage < CR_STAGE_ARRIVED && cr_date_compare (a->date, today) >= 0);
  }
  return all != NULL;
}

static gboolean
add_recall (Collection *self, CrId id, CrId patient, CrDate date, char *what, GError **error)
{
  g_autofree char *owned = what;
  gboolean coming = FALSE;
  if (!has_coming_visit (self, patient, cr_clock_today (self->clock), &coming, error))
    return FALSE;
  if (coming)
    return TRUE;
  CrCallItem *item = add_item (self, id, patient, error);
  if (item == NULL)
    return FALSE;
  item->date = date;
  item->what = g_steal_pointer (&owned);
  return take_recalls (self, item, date, error);
}

static gboolean
collect_recalls (Collection *self, GError **error)
{
  CrDate today = cr_clock_today (self->clock), from = cr_date_add_days (today, -RECALL_DAYS);
  g_autoptr (GPtrArray) asked = cr_encounters_to_return (self->tx, from, today, error);
  g_autoptr (GPtrArray) missed =
      asked != NULL ? cr_appointments_unhandled (self->tx, from, cr_date_add_days (today, RECALL_DAYS), error)
                    : NULL;
  if (missed == NULL)
    return FALSE;
  for (guint i = 0; i < asked->len; i++) {
    const CrEncounter *e = asked->pdata[i];
    g_autofree char *words = cr_return_format (e->return_in, e->return_unit, e->return_note);
    if (!add_recall (self, e->id, e->patient_id, e->date, g_strdup_printf (_ ("to return in %s"), words),
                     error))
      return FALSE;
  }
  for (guint i = 0; i < missed->len; i++) {
    const CrAppointment *a = missed->pdata[i];
    g_autofree char *word = g_utf8_strdown (cr_stage_word (a->stage), -1);
    if (!add_recall (self, a->id, a->patient_id, a->date, g_strdup_printf (_ ("visit %s"), word), error))
      return FALSE;
  }
  return TRUE;
}

static char *
describe_log (const CrContactAttempt *attempt)
{
  const char *what = attempt->purpose == CR_PURPOSE_PHONE_NOTE ? _ ("Phone note")
                     : attempt->purpose == CR_PURPOSE_RECALL   ? _ ("Recall")
                     : attempt->purpose == CR_PURPOSE_CONFIRM  ? _ ("Confirmation")
                                                               : _ ("Reminder");
  g_autofree char *caller =
      cr_str_empty (attempt->caller) ? NULL : g_strdup_printf (_ (" from %s"), attempt->caller);
  return g_strdup_printf ("%s%s%s%s", what, caller != NULL ? caller : "",
                          cr_str_empty (attempt->note) ? "" : ": ",
                          cr_str_empty (attempt->note) ? "" : attempt->note);
}

static gboolean
collect_log (Collection *self, GError **error)
{
  CrInstant now = cr_tx_now (self->tx), from = now - (gint64)LOG_DAYS * 24 * 3600 * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) made = cr_contact_attempts_made (self->tx, from, now + 1, error);
  for (guint i = made != NULL ? made->len : 0; i > 0; i--) {
    const CrContactAttempt *attempt = made->pdata[i - 1];
    CrCallItem *item = add_item (self, attempt->id, attempt->patient_id, error);
    if (item == NULL)
      return FALSE;
    item->appointment = attempt->appointment_id;
    item->date = cr_clock_date_of (self->clock, attempt->at);
    item->what = describe_log (attempt);
    item->last = describe_attempt (self, attempt);
    item->settled = TRUE;
  }
  return made != NULL;
}

static GPtrArray *
load_items (CrTx *tx, gpointer data, GError **error)
{
  const View *view = data;
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  g_autoptr (GPtrArray) people = cr_person_list (tx, error);
  Collection collection = { tx, view->clock, people, rows };
  if (people == NULL)
    return NULL;
  gboolean collected = view->view == CR_CALLS_CONFIRM  ? collect_day (&collection, view->day, error)
                       : view->view == CR_CALLS_RECALL ? collect_recalls (&collection, error)
                                                       : collect_log (&collection, error);
  return collected ? g_steal_pointer (&rows) : NULL;
}

static gboolean
same_item (gconstpointer first, gconstpointer second)
{
  const CrCallItem *a = first, *b = second;
  if ((a->patient == NULL) != (b->patient == NULL) ||
      (a->patient != NULL &&
       (!cr_rows_same_version (a->patient, b->patient) || !cr_reach_equal (a->reach, b->reach))))
    return FALSE;
  return a->stage == b->stage && a->start == b->start && a->attempts == b->attempts &&
         a->settled == b->settled && cr_date_compare (a->date, b->date) == 0 &&
         g_strcmp0 (a->what, b->what) == 0 && g_strcmp0 (a->last, b->last) == 0;
}

GListModel *
cr_call_list_new (CrSession *session, CrCallsView view, CrDate day)
{
  static const CrRecordClass *const classes[] = {
    &CR_APPOINTMENT, &CR_CONTACT_ATTEMPT, &CR_ENCOUNTER, &CR_PATIENT, &CR_RELATED_PERSON, &CR_PERSON, NULL
  };
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, classes, load_items, same_item };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  View *data = g_new0 (View, 1);
  *data = (View){ cr_clock_ref (cr_session_get_clock (session)), view, day };
  return cr_live_list_new (session, &source, data, free_view);
}
