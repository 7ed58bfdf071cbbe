#include "undo.h"
#include "book-rules.h"
#include "session-private.h"
#include <glib/gi18n.h>

enum { MAX_STEPS = 50 };

/* One undo or redo on its way through the store. */
typedef struct {
  CrUndo *undo;
  gboolean redo;
  CrUndoStep *step; /* taken from its stack until the answer comes */
  GArray *versions; /* gint64: what each record became, in the step's order */
} Run;

static void
free_change (gpointer data)
{
  CrUndoChange *change = data;
  cr_record_free (change->klass, change->before);
  cr_record_free (change->klass, change->after);
  g_free (change);
}

static void
free_run (gpointer data)
{
  Run *run = data;
  cr_undo_unref (run->undo);
  g_clear_pointer (&run->step, cr_undo_step_free);
  g_clear_pointer (&run->versions, g_array_unref);
  g_free (run);
}

/* What is left of a record that an undone step made: nothing is deleted. */
static gpointer
withdraw (const CrRecordClass *klass, gconstpointer after)
{
  gpointer record = cr_record_copy (klass, after);
  ((CrRecord *)record)->version = 0;
  if (klass == &CR_APPOINTMENT) {
    CrAppointment *appointment = record;
    appointment->stage = CR_STAGE_CANCELLED;
    g_free (appointment->cancel_reason);
    appointment->cancel_reason = g_strdup (_ ("Booking undone"));
  } else if (klass == &CR_ENCOUNTER) {
    CrEncounter *encounter = record;
    g_free (encounter->status);
    encounter->status = g_strdup ("entered-in-error");
  }
  return record;
}

static gboolean
is_void (const CrEncounter *encounter)
{
  return g_strcmp0 (encounter->status, "entered-in-error") == 0;
}

static gboolean
check_appointment (CrTx *tx, const CrAppointment *now, const CrAppointment *wanted, GError **error)
{
  gboolean same_place = cr_stage_holds_slot (now->stage) && now->person_id == wanted->person_id &&
                        now->start_min == wanted->start_min && cr_date_compare (now->date, wanted->date) == 0;
  if (same_place || !cr_stage_holds_slot (wanted->stage) || wanted->overbooked)
    return TRUE;
  return cr_book_check_free (tx, wanted, error);
}

static gboolean
check_change (CrTx *tx, const CrRecordClass *klass, gconstpointer now, gconstpointer wanted, GError **error)
{
  if (klass == &CR_APPOINTMENT)
    return check_appointment (tx, now, wanted, error);
  if (klass == &CR_ENCOUNTER && is_void (wanted) && !is_void (now))
    return cr_encounter_check_unused (tx, now, error);
  return TRUE;
}

static gboolean
check_version (gconstpointer now, gconstpointer expected, GError **error)
{
  if (((const CrRecord *)now)->version == ((const CrRecord *)expected)->version)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                       _ ("This visit was changed by somebody else since. Nothing was undone or redone."));
  return FALSE;
}

/* Writes one side of a change over the other one. */
static gboolean
apply_change (CrTx *tx, const CrUndoChange *change, gboolean redo, gint64 *version, GError **error)
{
  const CrRecordClass *klass = change->klass;
  gconstpointer from = redo ? change->before : change->after;
  gpointer now = cr_tx_load (tx, klass, ((const CrRecord *)from)->id, error);
  if (now == NULL)
    return FALSE;
  CrRecord *wanted = cr_record_copy (klass, redo ? change->after : change->before);
  wanted->version = ((CrRecord *)now)->version;
  gboolean applied = check_version (now, from, error) && check_change (tx, klass, now, wanted, error) &&
                     cr_tx_save (tx, klass, wanted, error);
  *version = wanted->version;
  cr_record_free (klass, wanted);
  cr_record_free (klass, now);
  return applied;
}

/* Undo runs from the last change to the first. */
static gboolean
run_job (CrTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  guint n = run->step->changes->len;
  for (guint i = 0; i < n; i++) {
    guint at = run->redo ? i : n - 1 - i;
    if (!apply_change (tx, run->step->changes->pdata[at], run->redo,
                       &g_array_index (run->versions, gint64, at), error))
      return FALSE;
  }
  return TRUE;
}

static void
rename_in (GPtrArray *steps, CrId id, gint64 from, gint64 to)
{
  for (guint i = 0; i < steps->len; i++) {
    CrUndoStep *step = steps->pdata[i];
    for (guint k = 0; k < step->changes->len; k++) {
      CrUndoChange *change = step->changes->pdata[k];
      CrRecord *sides[] = { change->before, change->after };
      for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
        if (sides[side]->id == id && sides[side]->version == from)
          sides[side]->version = to;
    }
  }
}

/* The record reads again as it did in an earlier version, under a new number: older steps follow. */
static void
rename_versions (const Run *run, const CrUndoStep *step)
{
  for (guint i = 0; i < step->changes->len; i++) {
    const CrUndoChange *change = step->changes->pdata[i];
    const CrRecord *became = run->redo ? change->after : change->before;
    gint64 from = became->version, to = g_array_index (run->versions, gint64, i);
    rename_in (run->undo->done, became->id, from, to);
    rename_in (run->undo->undone, became->id, from, to);
  }
}

static void
notify_undo (CrSession *self)
{
  g_object_notify (G_OBJECT (self), "can-undo");
  g_object_notify (G_OBJECT (self), "can-redo");
}

/* A step that was refused can never be undone: it goes, so that it does not bar the ones below. */
static void
put_step (Run *run, const GError *error)
{
  gboolean stands = error == NULL || g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED);
  if (!stands && g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT))
    return;
  CrUndoStep *step = g_steal_pointer (&run->step);
  g_ptr_array_add (stands == run->redo ? run->undo->done : run->undo->undone, step);
  if (stands)
    rename_versions (run, step);
}

static void start_next (CrSession *self, CrUndo *undo);

static void
run_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrSession *self = CR_SESSION (source);
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = cr_session_finish (result, &error);
  put_step (run, error);
  run->undo->running = FALSE;
  notify_undo (self);
  start_next (self, run->undo);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start_run (CrSession *self, GTask *taken)
{
  g_autoptr (GTask) task = taken;
  Run *run = g_task_get_task_data (task);
  GPtrArray *from = run->redo ? run->undo->undone : run->undo->done;
  if (from->len == 0) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_NOT_FOUND, "%s",
                             run->redo ? _ ("There is nothing to redo.") : _ ("There is nothing to undo."));
    return;
  }
  run->step = g_ptr_array_steal_index (from, from->len - 1);
  run->versions = g_array_sized_new (FALSE, TRUE, sizeof (gint64), run->step->changes->len);
  g_array_set_size (run->versions, run->step->changes->len);
  run->undo->running = TRUE;
  cr_session_run_async (self, CR_RIGHT_SCHEDULE_EDIT, run_job, run, NULL, run_done_cb,
                        g_steal_pointer (&task));
}

static void
start_next (CrSession *self, CrUndo *undo)
{
  while (!undo->running && !g_queue_is_empty (&undo->waiting))
    start_run (self, g_queue_pop_head (&undo->waiting));
}

static void
enqueue (CrSession *self, gboolean redo, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  if (self->desk == NULL) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_NOT_ALLOWED, "%s",
                             _ ("The session is locked. Sign in to go on."));
    return;
  }
  Run *run = g_new0 (Run, 1);
  run->undo = g_rc_box_acquire (self->desk->undo);
  run->redo = redo;
  g_task_set_task_data (task, run, free_run);
  g_queue_push_tail (&run->undo->waiting, g_steal_pointer (&task));
  start_next (self, self->desk->undo);
}

static void
clear_undo (gpointer data)
{
  CrUndo *undo = data;
  g_ptr_array_unref (undo->done);
  g_ptr_array_unref (undo->undone);
}

CrUndoStep *
cr_undo_step_new (void)
{
  CrUndoStep *step = g_new0 (CrUndoStep, 1);
  step->changes = g_ptr_array_new_with_free_func (free_change);
  return step;
}

void
cr_undo_step_free (CrUndoStep *step)
{
  g_free (step->label);
  g_ptr_array_unref (step->changes);
  g_free (step);
}

static CrUndoChange *
find_change (const CrUndoStep *step, const CrRecordClass *klass, CrId id)
{
  for (guint i = 0; i < step->changes->len; i++) {
    CrUndoChange *change = step->changes->pdata[i];
    if (change->klass == klass && ((const CrRecord *)change->after)->id == id)
      return change;
  }
  return NULL;
}

/* A record that the step changes twice is one change, from the first state to the last. */
void
cr_undo_step_add (CrUndoStep *step, const CrRecordClass *klass, gconstpointer before, gconstpointer after)
{
  CrUndoChange *change = find_change (step, klass, ((const CrRecord *)after)->id);
  if (change != NULL) {
    cr_record_free (klass, change->after);
    change->after = cr_record_copy (klass, after);
    return;
  }
  change = g_new0 (CrUndoChange, 1);
  change->klass = klass;
  change->before = before != NULL ? cr_record_copy (klass, before) : withdraw (klass, after);
  change->after = cr_record_copy (klass, after);
  g_ptr_array_add (step->changes, change);
}

CrUndo *
cr_undo_new (void)
{
  CrUndo *undo = g_rc_box_new0 (CrUndo);
  undo->done = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_undo_step_free);
  undo->undone = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_undo_step_free);
  g_queue_init (&undo->waiting);
  return undo;
}

void
cr_undo_unref (CrUndo *undo)
{
  g_rc_box_release_full (undo, clear_undo);
}

void
cr_session_push_undo (CrSession *self, CrUndoStep *step)
{
  CrUndo *undo = self->desk->undo;
  g_ptr_array_set_size (undo->undone, 0);
  g_ptr_array_add (undo->done, step);
  if (undo->done->len > MAX_STEPS)
    g_ptr_array_remove_index (undo->done, 0);
  notify_undo (self);
}

gboolean
cr_session_can_undo (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return self->desk != NULL && self->desk->undo->done->len > 0;
}

gboolean
cr_session_can_redo (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return self->desk != NULL && self->desk->undo->undone->len > 0;
}

const char *
cr_session_undo_label (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  if (!cr_session_can_undo (self))
    return NULL;
  const CrUndoStep *newest = g_ptr_array_index (self->desk->undo->done, self->desk->undo->done->len - 1);
  return newest->label;
}

void
cr_session_undo_async (CrSession *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  enqueue (self, FALSE, cb, data);
}

void
cr_session_redo_async (CrSession *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  enqueue (self, TRUE, cb, data);
}
