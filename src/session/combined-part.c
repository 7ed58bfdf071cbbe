/* The other part of a combined visit: where it is, whether it was left behind, and how it follows. */
#include "combined-part.h"
#include "desk-job.h"
#include "session-private.h"
#include "visit-change.h"
#include "chartroom/session/combined.h"
#include <glib/gi18n.h>

void
cr_part_left_free (CrPartLeft *left)
{
  if (left == NULL)
    return;
  cr_patient_free (left->patient);
  g_free (left->clinician);
  g_free (left->reason);
  g_free (left);
}

/* ---- where it is ---- */

/* It is still to come, or goes on. */
static gboolean
is_open (const CrAppointment *visit)
{
  return cr_stage_holds_slot (visit->stage) && visit->stage != CR_STAGE_CHECKED_OUT;
}

static CrAppointment *
find_other (const GPtrArray *parts, CrId id)
{
  for (guint i = 0; i < parts->len; i++) {
    const CrAppointment *part = parts->pdata[i];
    if (part->id != id && cr_stage_holds_slot (part->stage))
      return cr_appointment_copy (part);
  }
  return NULL;
}

static char *
describe_person (CrTx *tx, CrId id, GError **error)
{
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, id, error);
  return person != NULL ? cr_person_short (person) : NULL;
}

static gboolean
find_part (CrTx *tx, CrVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) parts = cr_appointments_of_chain (tx, visit->appointment->chain_id, error);
  g_autoptr (CrAppointment) other = parts != NULL ? find_other (parts, visit->appointment->id) : NULL;
  if (parts == NULL || other == NULL)
    return parts != NULL;
  g_free (visit->other_clinician);
  visit->other_id = other->id;
  visit->other_date = other->date;
  visit->other_start = (int)other->start_min;
  visit->other_clinician = describe_person (tx, other->person_id, error);
  return visit->other_clinician != NULL;
}

gboolean
cr_visits_find_parts (CrTx *tx, GPtrArray *visits, GError **error)
{
  for (guint i = 0; i < visits->len; i++) {
    CrVisit *visit = visits->pdata[i];
    if (visit->appointment->chain_id != CR_ID_NONE && !find_part (tx, visit, error))
      return FALSE;
  }
  return TRUE;
}

/* Each series is read once, however many of its visits the days hold.  Borrowed. */
static const GPtrArray *
read_series (CrTx *tx, GHashTable *series, CrId id, GError **error)
{
  GPtrArray *all = g_hash_table_lookup (series, &id);
  if (all == NULL && (all = cr_appointments_of_series (tx, id, error)) != NULL)
    g_hash_table_insert (series, g_memdup2 (&id, sizeof id), all);
  return all;
}

static void
count_place (const GPtrArray *all, CrVisit *visit)
{
  visit->series_at = visit->series_of = 0;
  for (guint i = 0; i < all->len; i++) {
    const CrAppointment *one = all->pdata[i];
    visit->series_of += cr_stage_holds_slot (one->stage);
    if (one->id == visit->appointment->id)
      visit->series_at = visit->series_of;
  }
}

gboolean
cr_visits_find_series (CrTx *tx, GPtrArray *visits, GError **error)
{
  g_autoptr (GHashTable) series =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < visits->len; i++) {
    CrVisit *visit = visits->pdata[i];
    if (visit->appointment->series_id == CR_ID_NONE || !cr_stage_holds_slot (visit->appointment->stage))
      continue;
    const GPtrArray *all = read_series (tx, series, visit->appointment->series_id, error);
    if (all == NULL)
      return FALSE;
    count_place (all, visit);
  }
  return TRUE;
}

/* ---- what a step did ---- */

/* How it took one part of a combined visit away from the other one. */
typedef struct {
  CrAppointment *before, *after; /* NULL: it did no such thing */
} Leaving;

static void
leaving_clear (Leaving *leaving)
{
  g_clear_pointer (&leaving->before, cr_appointment_free);
  g_clear_pointer (&leaving->after, cr_appointment_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Leaving, leaving_clear)

static int
days_of (const Leaving *leaving)
{
  return cr_date_to_days (leaving->after->date) - cr_date_to_days (leaving->before->date);
}

static int
minutes_of (const Leaving *leaving)
{
  return (int)(leaving->after->start_min - leaving->before->start_min);
}

static gboolean
is_cancelled (const Leaving *leaving)
{
  return leaving->after->stage == CR_STAGE_CANCELLED;
}

/* Moved there and back again. */
static gboolean
is_back (const Leaving *leaving)
{
  return !is_cancelled (leaving) && days_of (leaving) == 0 && minutes_of (leaving) == 0;
}

/* To another time, or off the book; another clinician or room is the part's own. */
static gboolean
leaves (const CrAppointment *before, const CrAppointment *after)
{
  if (after->chain_id == CR_ID_NONE || !cr_stage_holds_slot (before->stage))
    return FALSE;
  return after->stage == CR_STAGE_CANCELLED ||
         (cr_stage_holds_slot (after->stage) &&
          (before->start_min != after->start_min || cr_date_compare (before->date, after->date) != 0));
}

static gboolean
concerns_chain (const CrHistoryEntry *entry, CrId chain, CrId but)
{
  return entry->klass == &CR_APPOINTMENT && entry->after->id != but &&
         ((const CrAppointment *)entry->after)->chain_id == chain;
}

/* The first part that the step took away alone. */
static gboolean
read_step (CrTx *tx, const CrBookStep *step, Leaving *leaving, GError **error)
{
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, error);
  for (guint i = 0; entries != NULL && i < entries->len && leaving->after == NULL; i++) {
    const CrHistoryEntry *entry = entries->pdata[i];
    const CrAppointment *before = (CrAppointment *)entry->before, *after = (CrAppointment *)entry->after;
    gboolean alone = entry->klass == &CR_APPOINTMENT && before != NULL && leaves (before, after);
    for (guint k = 0; alone && k < entries->len; k++)
      alone = !concerns_chain (entries->pdata[k], after->chain_id, after->id);
    if (alone)
      *leaving = (Leaving){ cr_appointment_copy (before), cr_appointment_copy (after) };
  }
  return entries != NULL;
}

static gboolean
touches (CrTx *tx, const CrBookStep *step, CrId chain, gboolean *touched, GError **error)
{
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    *touched |= concerns_chain (entries->pdata[i], chain, CR_ID_NONE);
  return entries != NULL;
}

/* ---- whether it was left ---- */

typedef struct {
  GPtrArray *steps; /* CrBookStep, today's, oldest first */
  CrId person;      /* whose steps count */
} Steps;

static gboolean
holds (const Steps *all, guint i)
{
  const CrBookStep *step = all->steps->pdata[i];
  return step->person_id == all->person && step->undone_at == CR_INSTANT_NONE;
}

static gboolean
is_answer (const Leaving *leaving, const Leaving *to)
{
  return leaving->after->id != to->after->id && !is_cancelled (to) && days_of (to) == days_of (leaving) &&
         minutes_of (to) == minutes_of (leaving);
}

/* The leavings of one combined visit that were made right before that step, newest first: GArray of
 * Leaving. */
static GArray *
read_run (CrTx *tx, const Steps *all, guint at, GError **error)
{
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (Leaving));
  g_array_set_clear_func (run, (GDestroyNotify)leaving_clear);
  for (guint i = at + 1; i > 0; i--) {
    Leaving leaving = { 0 };
    if (!holds (all, i - 1))
      continue;
    if (!read_step (tx, all->steps->pdata[i - 1], &leaving, error))
      return NULL;
    if (leaving.after == NULL)
      break;
    g_array_append_val (run, leaving);
    if (leaving.after->chain_id == g_array_index (run, Leaving, 0).after->chain_id)
      continue;
    g_array_set_size (run, run->len - 1);
    break;
  }
  return g_steal_pointer (&run);
}

/* What is open after all of them: a part that is moved again has gone so far altogether, and one that went as
 * far as the other one has followed it. */
static void
add_up (const GArray *run, Leaving *open)
{
  for (guint i = run->len; i > 0; i--) {
    const Leaving *next = &g_array_index (run, Leaving, i - 1);
    gboolean again = open->after != NULL && open->after->id == next->after->id;
    if (open->after != NULL && is_answer (next, open)) {
      leaving_clear (open);
      continue;
    }
    Leaving sum = { cr_appointment_copy (again ? open->before : next->before),
                    cr_appointment_copy (next->after) };
    leaving_clear (open);
    *open = sum;
  }
}

/* Somebody else has seen to one of the parts since. */
static gboolean
check_touched (CrTx *tx, const Steps *all, guint at, CrId chain, gboolean *touched, GError **error)
{
  *touched = FALSE;
  for (guint i = at + 1; i < all->steps->len && !*touched; i++) {
    const CrBookStep *step = all->steps->pdata[i];
    if (step->undone_at == CR_INSTANT_NONE && !touches (tx, step, chain, touched, error))
      return FALSE;
  }
  return TRUE;
}

/* At once, or one right after the other. */
static gboolean
stand_together (const CrAppointment *a, const CrAppointment *b)
{
  return cr_date_compare (a->date, b->date) == 0 &&
         (a->start_min == b->start_min || a->start_min + a->minutes == b->start_min ||
          b->start_min + b->minutes == a->start_min);
}

static CrPartLeft *
describe_left (CrTx *tx, const CrBookStep *step, const Leaving *leaving, const CrAppointment *other,
               GError **error)
{
  g_autoptr (CrPartLeft) left = g_new0 (CrPartLeft, 1);
  left->step = step->id;
  left->appointment = other->id;
  left->person_id = other->person_id;
  left->date = other->date;
  left->start = (int)other->start_min;
  left->cancelled = is_cancelled (leaving);
  if (left->cancelled) {
    left->reason = g_strdup (leaving->after->cancel_reason);
  } else {
    left->to_date = cr_date_add_days (other->date, days_of (leaving));
    left->to_start = left->start + minutes_of (leaving);
  }
  left->patient = cr_tx_load (tx, &CR_PATIENT, other->patient_id, error);
  left->clinician = left->patient != NULL ? describe_person (tx, other->person_id, error) : NULL;
  return left->clinician != NULL ? g_steal_pointer (&left) : NULL;
}

/* left: NULL when none is. */
static gboolean
find_left (CrTx *tx, const Steps *all, guint at, CrPartLeft **left, GError **error)
{
  g_auto (Leaving) open = { 0 };
  gboolean touched;
  g_autoptr (GArray) run = read_run (tx, all, at, error);
  if (run == NULL)
    return FALSE;
  add_up (run, &open);
  if (open.after == NULL || is_back (&open))
    return TRUE;
  g_autoptr (GPtrArray) parts = cr_appointments_of_chain (tx, open.after->chain_id, error);
  g_autoptr (CrAppointment) other = parts != NULL ? find_other (parts, open.after->id) : NULL;
  if (other == NULL || !is_open (other) || (!is_cancelled (&open) && stand_together (open.after, other)))
    return parts != NULL;
  if (!check_touched (tx, all, at, open.after->chain_id, &touched, error))
    return FALSE;
  if (!touched)
    *left = describe_left (tx, all->steps->pdata[at], &open, other, error);
  return touched || *left != NULL;
}

typedef struct {
  CrPartLeft *left;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;
  cr_part_left_free (question->left);
  g_free (question);
}

static gboolean
left_job (CrTx *tx, gpointer data, GError **error)
{
  Question *question = data;
  g_autoptr (GPtrArray) steps = cr_book_steps (tx, cr_tx_today (tx), error);
  Steps all = { steps, cr_store_user_person (cr_tx_user (tx))->id };
  for (guint i = steps != NULL ? steps->len : 0; i > 0; i--)
    if (holds (&all, i - 1))
      return find_left (tx, &all, i - 1, &question->left, error);
  return steps != NULL;
}

static void
left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  const CrDesk *desk = CR_SESSION (source)->desk;
  if (question->left != NULL && desk != NULL && desk->left_step == question->left->step)
    g_clear_pointer (&question->left, cr_part_left_free);
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&question->left), (GDestroyNotify)cr_part_left_free);
  else
    g_task_return_error (task, error);
}

void
cr_part_left_async (CrSession *session, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *task = g_task_new (session, NULL, cb, data);
  Question *question = g_new0 (Question, 1);
  g_task_set_task_data (task, question, free_question);
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_EDIT, left_job, question, NULL, left_cb, task);
}

CrPartLeft *
cr_part_left_finish (CrSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cr_part_leave (CrSession *session, const CrPartLeft *left)
{
  g_return_if_fail (CR_IS_SESSION (session) && left != NULL);
  if (session->desk == NULL)
    return;
  session->desk->left_step = left->step;
  g_signal_emit_by_name (session, "changed", CR_BOOK_STEP.name, left->step, CR_ID_NONE);
}

/* ---- following ---- */

static gboolean
is_where_it_was (const CrAppointment *part, const CrPartLeft *left)
{
  return is_open (part) && part->person_id == left->person_id && part->start_min == left->start &&
         cr_date_compare (part->date, left->date) == 0;
}

static gboolean
move_too (CrBook *book, const CrPartLeft *left, char **label, GError **error)
{
  CrVisitChange change = CR_VISIT_CHANGE (left->appointment);
  CrId id;
  change.date = left->to_date;
  change.start = left->to_start;
  change.accept = CR_PLACE_BIT (CR_PLACE_SAME_DAY); /* said when the first part went there */
  if (left->to_start >= 0)
    return cr_visit_change (book, &change, label, &id, error);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                       _ ("It would begin before midnight, on the day before."));
  return FALSE;
}

static gboolean
follow_job (CrBook *book, gpointer data, char **label, GError **error)
{
  const CrPartLeft *left = data;
  g_autoptr (CrAppointment) part = cr_tx_load (cr_book_tx (book), &CR_APPOINTMENT, left->appointment, error);
  if (part == NULL)
    return FALSE;
  if (!is_where_it_was (part, left)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT, _ ("The other part was changed meanwhile."));
    return FALSE;
  }
  return left->cancelled ? cr_visit_set_stage (book, left->appointment, CR_STAGE_CANCELLED, CR_ID_NONE,
                                               left->reason, label, error)
                         : move_too (book, left, label, error);
}

static CrPartLeft *
copy_left (const CrPartLeft *left)
{
  CrPartLeft *copy = g_memdup2 (left, sizeof *left);
  copy->patient = cr_patient_copy (left->patient);
  copy->clinician = g_strdup (left->clinician);
  copy->reason = g_strdup (left->reason);
  return copy;
}

void
cr_part_follow_async (CrSession *session, const CrPartLeft *left, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && left != NULL);
  cr_desk_job_start (session, follow_job, copy_left (left), (GDestroyNotify)cr_part_left_free, cb, data);
}
