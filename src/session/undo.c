#include "undo.h"
#include "book-step.h"
#include "session-private.h"
#include <glib/gi18n.h>

/* One undo or redo on its way through the store. */
typedef struct {
  CrUndo *undo;
  CrClock *clock;
  gboolean redo;
  CrId wanted;      /* a step of the strip; none: whichever is next */
  CrId tried;       /* which one it was */
  CrBookStep *step; /* as it became */
} Run;

typedef struct {
  CrUndo *undo;
  GPtrArray *steps;
} Load;

static void
free_run (gpointer data)
{
  Run *run = data;
  cr_undo_unref (run->undo);
  cr_clock_unref (run->clock);
  g_clear_pointer (&run->step, cr_book_step_free);
  g_free (run);
}

static void
free_load (gpointer data)
{
  Load *load = data;
  cr_undo_unref (load->undo);
  g_clear_pointer (&load->steps, g_ptr_array_unref);
  g_free (load);
}

/* ---- the job ---- */

static const CrBookStep *
find_step (const GPtrArray *steps, CrId id)
{
  for (guint i = 0; i < steps->len; i++) {
    const CrBookStep *step = steps->pdata[i];
    if (step->id == id)
      return step;
  }
  return NULL;
}

static gboolean
check_step (CrTx *tx, const Run *run, const CrBookStep *step, GError **error)
{
  if (step == NULL || (step->undone_at != CR_INSTANT_NONE) != run->redo) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                         run->redo ? _ ("There is nothing to redo.") : _ ("There is nothing to undo."));
    return FALSE;
  }
  if (step->person_id != cr_store_user_person (cr_tx_user (tx))->id) {
    g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, step->person_id, NULL);
    g_autofree char *name = person != NULL ? cr_person_short (person) : g_strdup (_ ("Somebody else"));
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                 _ ("%s did this. Only they can take it back; ask them, or change the visit itself."), name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
run_job (CrTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  CrId person = cr_store_user_person (cr_tx_user (tx))->id;
  g_autoptr (GPtrArray) steps = cr_book_steps (tx, cr_tx_today (tx), error);
  if (steps == NULL)
    return FALSE;
  const CrBookStep *step = run->wanted != CR_ID_NONE
                               ? find_step (steps, run->wanted)
                               : cr_book_step_next (steps, person, run->redo, run->undo->passed);
  if (!check_step (tx, run, step, error))
    return FALSE;
  run->tried = step->id;
  run->step = cr_book_step_copy (step);
  return cr_book_step_run (tx, run->clock, run->step, steps, run->redo, error);
}

/* ---- one after another ---- */

static void
notify_undo (CrSession *self)
{
  g_object_notify (G_OBJECT (self), "can-undo");
  g_object_notify (G_OBJECT (self), "can-redo");
}

static void
put_step (CrUndo *undo, CrBookStep *step)
{
  for (guint i = 0; i < undo->steps->len; i++)
    if (((CrBookStep *)undo->steps->pdata[i])->id == step->id) {
      g_ptr_array_remove_index (undo->steps, i);
      break;
    }
  g_ptr_array_add (undo->steps, step);
}

/* A step that was refused goes, so that it does not bar the ones below. */
static void
take_answer (Run *run, const GError *error)
{
  if (error == NULL)
    put_step (run->undo, g_steal_pointer (&run->step));
  else if (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) && run->wanted == CR_ID_NONE)
    g_hash_table_add (run->undo->passed, g_memdup2 (&run->tried, sizeof run->tried));
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
  take_answer (run, error);
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
  run->undo->running = TRUE;
  cr_session_run_async (self, CR_RIGHT_SCHEDULE_EDIT, run_job, run, NULL, run_done_cb,
                        g_steal_pointer (&task));
}

static void
start_next (CrSession *self, CrUndo *undo)
{
  if (!undo->running && !g_queue_is_empty (&undo->waiting))
    start_run (self, g_queue_pop_head (&undo->waiting));
}

static void
enqueue (CrSession *self, CrId wanted, gboolean redo, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  if (self->desk == NULL) {
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_NOT_ALLOWED, "%s",
                             _ ("The session is locked. Sign in to go on."));
    return;
  }
  Run *run = g_new0 (Run, 1);
  run->undo = g_rc_box_acquire (self->desk->undo);
  run->clock = cr_clock_ref (self->clock);
  run->redo = redo;
  run->wanted = wanted;
  g_task_set_task_data (task, run, free_run);
  g_queue_push_tail (&run->undo->waiting, g_steal_pointer (&task));
  start_next (self, self->desk->undo);
}

/* ---- what is known of the store ---- */

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Load *load = data;
  load->steps = cr_book_steps (tx, cr_tx_today (tx), error);
  return load->steps != NULL;
}

static void
take_own (CrUndo *undo, const GPtrArray *steps, CrId person)
{
  for (guint i = 0; i < steps->len; i++) {
    const CrBookStep *step = steps->pdata[i];
    const CrBookStep *known = find_step (undo->steps, step->id);
    if (step->person_id == person && (known == NULL || known->version < step->version))
      put_step (undo, cr_book_step_copy (step));
  }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrSession *self = CR_SESSION (source);
  Load *load = data; /* freed after this call */
  if (!cr_session_finish (result, NULL) || self->desk == NULL || self->desk->undo != load->undo)
    return; /* the next sign-in or change asks again */
  take_own (load->undo, load->steps, self->desk->person->id);
  notify_undo (self);
}

static const CrBookStep *
next_step (CrSession *self, gboolean redo)
{
  g_autoptr (GPtrArray) todays = g_ptr_array_new ();
  CrDate today = cr_clock_today (self->clock);
  if (self->desk == NULL)
    return NULL;
  for (guint i = 0; i < self->desk->undo->steps->len; i++) {
    CrBookStep *step = self->desk->undo->steps->pdata[i];
    if (cr_date_compare (step->date, today) == 0)
      g_ptr_array_add (todays, step);
  }
  return cr_book_step_next (todays, self->desk->person->id, redo, self->desk->undo->passed);
}

static void
clear_undo (gpointer data)
{
  CrUndo *undo = data;
  g_ptr_array_unref (undo->steps);
  g_hash_table_unref (undo->passed);
}

CrUndo *
cr_undo_new (void)
{
  CrUndo *undo = g_rc_box_new0 (CrUndo);
  undo->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_book_step_free);
  undo->passed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&undo->waiting);
  return undo;
}

void
cr_undo_unref (CrUndo *undo)
{
  g_rc_box_release_full (undo, clear_undo);
}

void
cr_session_note_step (CrSession *self, CrBookStep *step)
{
  if (self->desk != NULL && self->desk->person->id == step->person_id) {
    put_step (self->desk->undo, step);
    notify_undo (self);
  } else {
    cr_book_step_free (step);
  }
}

void
cr_session_load_steps (CrSession *self)
{
  if (!cr_session_can (self, CR_RIGHT_SCHEDULE_EDIT))
    return;
  Load *load = g_new0 (Load, 1);
  load->undo = g_rc_box_acquire (self->desk->undo);
  cr_session_run_async (self, CR_RIGHT_SCHEDULE_EDIT, load_job, load, free_load, loaded_cb, load);
}

gboolean
cr_session_can_undo (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return next_step (self, FALSE) != NULL;
}

gboolean
cr_session_can_redo (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), FALSE);
  return next_step (self, TRUE) != NULL;
}

const char *
cr_session_undo_label (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  const CrBookStep *newest = next_step (self, FALSE);
  return newest != NULL ? newest->label : NULL;
}

void
cr_session_undo_async (CrSession *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  enqueue (self, CR_ID_NONE, FALSE, cb, data);
}

void
cr_session_redo_async (CrSession *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  enqueue (self, CR_ID_NONE, TRUE, cb, data);
}

void
cr_session_undo_step_async (CrSession *self, CrId step, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  enqueue (self, step, FALSE, cb, data);
}
