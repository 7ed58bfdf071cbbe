#include "book-step.h"
#include "book-rules.h"
#include <glib/gi18n.h>

/* ---- which step ---- */

/* The newest stamp of the person's steps that day: instants of one person never repeat, so that they order.
 */
static CrInstant
newest_stamp (const GPtrArray *steps, CrId person)
{
  CrInstant newest = CR_INSTANT_NONE;
  for (guint i = 0; i < steps->len; i++) {
    const CrBookStep *step = steps->pdata[i];
    if (step->person_id == person)
      newest = MAX (newest, MAX (step->made_at, step->undone_at));
  }
  return newest;
}

static CrInstant
newest_made (const GPtrArray *steps, CrId person)
{
  CrInstant newest = CR_INSTANT_NONE;
  for (guint i = 0; i < steps->len; i++) {
    const CrBookStep *step = steps->pdata[i];
    if (step->person_id == person)
      newest = MAX (newest, step->made_at);
  }
  return newest;
}

const CrBookStep *
cr_book_step_next (const GPtrArray *steps, CrId person, gboolean redo, GHashTable *passed)
{
  CrInstant made = newest_made (steps, person), best_at = CR_INSTANT_NONE;
  const CrBookStep *best = NULL;
  for (guint i = 0; i < steps->len; i++) {
    const CrBookStep *step = steps->pdata[i];
    CrInstant at = redo ? step->undone_at : step->made_at;
    gboolean undone = step->undone_at != CR_INSTANT_NONE;
    if (step->person_id != person || undone != redo || at <= best_at || (redo && at < made) ||
        (passed != NULL && g_hash_table_contains (passed, &step->id)))
      continue;
    best = step;
    best_at = at;
  }
  return best;
}

/* ---- saving one ---- */

gboolean
cr_book_step_save (CrTx *tx, const char *label, CrBookStep **step, GError **error)
{
  CrId person = cr_store_user_person (cr_tx_user (tx))->id;
  g_autoptr (CrBookStep) made = cr_book_step_new ();
  CrInstant newest;
  if (step != NULL)
    *step = NULL;
  cr_tx_entries (tx, &made->first_entry, &made->last_entry);
  if (made->first_entry == 0 || label == NULL)
    return TRUE;
  if (!cr_book_step_newest (tx, cr_tx_today (tx), person, &newest, error))
    return FALSE;
  made->person_id = person;
  made->date = cr_tx_today (tx);
  made->made_at = MAX (cr_tx_now (tx), newest + 1);
  made->label = g_strdup (label);
  if (!cr_tx_save (tx, &CR_BOOK_STEP, made, error))
    return FALSE;
  if (step != NULL)
    *step = g_steal_pointer (&made);
  return TRUE;
}

/* ---- taking one back ---- */

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* What is left of a record that an undone step made: nothing is deleted.  at: when it was withdrawn. */
static gpointer
withdraw (const CrRecordClass *klass, gconstpointer after, CrInstant at)
{
  gpointer record = cr_record_copy (klass, after);
  if (klass == &CR_APPOINTMENT) {
    CrAppointment *appointment = record;
    appointment->stage = CR_STAGE_CANCELLED;
    appointment->handled_at = at; /* nobody has to take care of it */
    set_text (&appointment->cancel_reason, _ ("Booking undone"));
    set_text (&appointment->handled_how, "undone");
  } else if (klass == &CR_ENCOUNTER) {
    set_text (&((CrEncounter *)record)->status, "entered-in-error");
  } else if (klass == &CR_APPOINTMENT_RESOURCE) {
    ((CrAppointmentResource *)record)->active = FALSE;
  } else if (klass == &CR_WAIT_ENTRY) {
    CrWaitEntry *entry = record;
    entry->status = CR_WAIT_CANCELLED;
    entry->closed_at = at;
    set_text (&entry->closed_how, "undone");
  }
  return record;
}

/* When the record was withdrawn, as it says itself. */
static CrInstant
withdrawn_at (const CrRecordClass *klass, gconstpointer record, CrInstant otherwise)
{
  if (klass == &CR_APPOINTMENT)
    return ((const CrAppointment *)record)->handled_at;
  if (klass == &CR_WAIT_ENTRY)
    return ((const CrWaitEntry *)record)->closed_at;
  return otherwise;
}

static gboolean
is_void (const CrEncounter *encounter)
{
  return g_strcmp0 (encounter->status, "entered-in-error") == 0;
}

/* Who changed the record after the step, from the steps made since; NULL when none of them did. */
static char *
describe_later (CrTx *tx, const GPtrArray *steps, const CrBookStep *step, CrId record)
{
  for (guint i = steps->len; i > 0; i--) {
    const CrBookStep *later = steps->pdata[i - 1];
    g_autoptr (GPtrArray) entries = NULL;
    if (later->first_entry <= step->last_entry)
      continue;
    entries = cr_history_between (tx, later->first_entry, later->last_entry, NULL);
    for (guint k = 0; entries != NULL && k < entries->len; k++) {
      const CrHistoryEntry *entry = entries->pdata[k];
      if (entry->after->id != record)
        continue;
      g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, later->person_id, NULL);
      g_autofree char *name = person != NULL ? cr_person_short (person) : g_strdup (_ ("Somebody"));
      /* Translators: who, and what they did: "Booked GARCIA, Maria". */
      return g_strdup_printf (_ ("%s changed this since (%s). Nothing was undone or redone."), name,
                              later->label);
    }
  }
  return NULL;
}

static gboolean
refuse_changed (CrTx *tx, const GPtrArray *steps, const CrBookStep *step, CrId record, GError **error)
{
  g_autofree char *later = describe_later (tx, steps, step, record);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                       later != NULL ? later
                                     : _ ("This was changed by somebody else since. Nothing was undone or "
                                          "redone."));
  return FALSE;
}

typedef struct {
  CrTx *tx;
  const CrBookStep *step;
  const GPtrArray *steps;
  gboolean redo;
} Run;

/* A task or a call that the step made beside it stays, whatever became of it since. */
static gboolean
stays (const CrHistoryEntry *entry)
{
  const CrRecordClass *const withdrawn[] = { &CR_APPOINTMENT, &CR_ENCOUNTER, &CR_APPOINTMENT_RESOURCE,
                                             &CR_WAIT_ENTRY };
  for (guint i = 0; i < G_N_ELEMENTS (withdrawn); i++)
    if (entry->klass == withdrawn[i])
      return FALSE;
  return entry->before == NULL;
}

/* Writes one side of a change over the other one. */
static gboolean
apply_entry (const Run *run, const CrHistoryEntry *entry, GError **error)
{
  const CrRecordClass *klass = entry->klass;
  if (stays (entry))
    return TRUE;
  CrRecord *now = cr_tx_load (run->tx, klass, entry->after->id, error);
  if (now == NULL)
    return FALSE;
  CrInstant at = run->redo ? withdrawn_at (klass, now, CR_INSTANT_NONE) : cr_tx_now (run->tx);
  CrRecord *former =
      entry->before != NULL ? cr_record_copy (klass, entry->before) : withdraw (klass, entry->after, at);
  const CrRecord *expected = run->redo ? former : entry->after;
  CrRecord *wanted = cr_record_copy (klass, run->redo ? entry->after : former);
  gboolean applied = cr_record_equal (klass, now, expected) ||
                     refuse_changed (run->tx, run->steps, run->step, now->id, error);
  if (applied && klass == &CR_ENCOUNTER && is_void ((CrEncounter *)wanted) && !is_void ((CrEncounter *)now))
    applied = cr_encounter_check_unused (run->tx, (CrEncounter *)now, error);
  wanted->version = now->version;
  applied = applied && cr_tx_save (run->tx, klass, wanted, error);
  cr_record_free (klass, former);
  cr_record_free (klass, wanted);
  cr_record_free (klass, now);
  return applied;
}

/* The visit that an entry concerns; none for others. */
static CrId
appointment_of (const CrHistoryEntry *entry)
{
  if (entry->klass == &CR_APPOINTMENT)
    return entry->after->id;
  return entry->klass == &CR_APPOINTMENT_RESOURCE ? ((CrAppointmentResource *)entry->after)->appointment_id
                                                  : CR_ID_NONE;
}

static gboolean
same_place (const CrAppointment *a, const CrAppointment *b)
{
  return cr_stage_holds_slot (a->stage) && cr_stage_holds_slot (b->stage) && a->person_id == b->person_id &&
         a->room_id == b->room_id && a->start_min == b->start_min && a->minutes == b->minutes &&
         cr_date_compare (a->date, b->date) == 0;
}

static gboolean
is_of_step (const GPtrArray *entries, CrId appointment)
{
  for (guint i = 0; i < entries->len; i++)
    if (appointment_of (entries->pdata[i]) == appointment)
      return TRUE;
  return FALSE;
}

/* Whether both stand at one time now; FALSE also when the other one cannot be read. */
static gboolean
meets (CrTx *tx, const CrAppointment *appointment, CrId other_id)
{
  g_autoptr (CrAppointment) other = cr_tx_load (tx, &CR_APPOINTMENT, other_id, NULL);
  return other != NULL && cr_stage_holds_slot (other->stage) &&
         cr_date_compare (other->date, appointment->date) == 0 &&
         other->start_min < appointment->start_min + appointment->minutes &&
         appointment->start_min < other->start_min + other->minutes;
}

/* Nothing came there after the step: what stands over the place stood there before it, too, as the visits of
 * two charts that were merged may. */
static gboolean
was_so_before (const Run *run, const GPtrArray *entries, const CrAppointment *appointment)
{
  g_autoptr (GPtrArray) since = cr_history_between (run->tx, run->step->last_entry + 1, G_MAXINT64, NULL);
  for (guint i = 0; since != NULL && i < since->len; i++) {
    CrId id = appointment_of (since->pdata[i]);
    if (id != CR_ID_NONE && !is_of_step (entries, id) && meets (run->tx, appointment, id))
      return FALSE;
  }
  return since != NULL;
}

static gboolean
check_place (const Run *run, CrBook *book, const GPtrArray *entries, CrId id, GError **error)
{
  g_autoptr (CrAppointment) appointment = cr_tx_load (run->tx, &CR_APPOINTMENT, id, error);
  g_autoptr (GError) taken = NULL;
  if (appointment == NULL)
    return FALSE;
  if (!cr_stage_holds_slot (appointment->stage) || cr_book_check_restored (book, appointment, &taken))
    return TRUE;
  if (g_error_matches (taken, CR_ERROR, CR_ERROR_CONFLICT) && was_so_before (run, entries, appointment))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&taken));
  return FALSE;
}

/* Of what came back to a place, all is still free. */
static gboolean
check_places (const Run *run, CrClock *clock, const GPtrArray *entries, GError **error)
{
  g_autoptr (CrBook) book = cr_book_open (run->tx, clock, error);
  if (book == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++) {
    const CrHistoryEntry *entry = entries->pdata[i];
    CrId id = appointment_of (entry);
    if (id == CR_ID_NONE || (entry->klass == &CR_APPOINTMENT && entry->before != NULL &&
                             same_place ((CrAppointment *)entry->before, (CrAppointment *)entry->after)))
      continue;
    if (!check_place (run, book, entries, id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
stamp_step (const Run *run, CrBookStep *step, GError **error)
{
  CrId person = cr_store_user_person (cr_tx_user (run->tx))->id;
  step->undone_at =
      run->redo ? CR_INSTANT_NONE : MAX (cr_tx_now (run->tx), newest_stamp (run->steps, step->person_id) + 1);
  step->undone_by = run->redo ? CR_ID_NONE : person;
  return cr_tx_save (run->tx, &CR_BOOK_STEP, step, error);
}

gboolean
cr_book_step_run (CrTx *tx, CrClock *clock, CrBookStep *step, const GPtrArray *steps, gboolean redo,
                  GError **error)
{
  Run run = { tx, step, steps, redo };
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++) /* undo runs from the last change to the first */
    if (!apply_entry (&run, entries->pdata[redo ? i : entries->len - 1 - i], error))
      return FALSE;
  return check_places (&run, clock, entries, error) && stamp_step (&run, step, error);
}
