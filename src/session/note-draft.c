#include "note-draft-job.h"
#include "session-private.h"
#include <glib/gi18n.h>

enum {
  AUTOSAVE_MS = 800, /* after the first unsaved key: the save itself has the rest of the second */
  RETRY_MS = 5000    /* after a save that failed */
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_REASON,
  PROP_SUBJECTIVE,
  PROP_OBJECTIVE,
  PROP_ASSESSMENT_PLAN,
  PROP_DIRTY,
  PROP_SIGNED,
  PROP_CONFLICT,
  PROP_STATUS_TEXT,
  N_PROPS
};

struct _CrNoteDraft {
  GObject parent;
  CrChart *chart;
  CrSession *session;
  CrNote *note;       /* the present text; has its id from the start */
  CrNote *sent;       /* as last handed to the store, until the answer says that it arrived */
  CrNote *other;      /* stored version of a conflict */
  guint edits, saved; /* counts of edits; they differ while text is unsaved */
  gboolean saving, save_again, signing;
  gboolean retrying; /* the timer waits for a second try */
  guint timer;
  GPtrArray *waiting; /* GTask of save_async */
  char *failure;      /* sentence of the last failed save */
  gboolean copied;    /* a copy was saved outside that the audit does not know of yet */
  char *status_text;
};

/* One save under way; keeps the draft alive. */
typedef struct {
  CrNoteDraft *draft;
  CrNoteSaving *saving;
  guint edits;
  GPtrArray *waiting;
} Save;

static GParamSpec *properties[N_PROPS];
G_DEFINE_FINAL_TYPE (CrNoteDraft, cr_note_draft, G_TYPE_OBJECT)

static void start_save (CrNoteDraft *self);

static char **
text_of (CrNote *note, guint property)
{
  switch (property) {
  case PROP_TITLE:
    return &note->title;
  case PROP_REASON:
    return &note->reason;
  case PROP_SUBJECTIVE:
    return &note->subjective;
  case PROP_OBJECTIVE:
    return &note->objective;
  case PROP_ASSESSMENT_PLAN:
    return &note->assessment_plan;
  default:
    return NULL;
  }
}

static gboolean
is_dirty (CrNoteDraft *self)
{
  return self->edits != self->saved;
}

static gboolean
is_signed (CrNoteDraft *self)
{
  return self->note->status != CR_NOTE_DRAFT;
}

static gboolean
author_is_here (CrNoteDraft *self)
{
  const CrPerson *person = cr_session_get_person (self->session);
  return person != NULL && person->id == self->note->author_id;
}

/* ---- status ---- */

static char *
time_of (CrNoteDraft *self, CrInstant at)
{
  return cr_minute_format (cr_clock_minute_of (cr_session_get_clock (self->session), at));
}

static char *
describe_signature (CrNoteDraft *self)
{
  const CrNote *note = self->note;
  CrDate day = cr_clock_date_of (cr_session_get_clock (self->session), note->signed_at);
  g_autofree char *date = cr_date_format (day);
  g_autofree char *time = time_of (self, note->signed_at);
  return g_strdup_printf (_ ("Signed by %s, %s %s"), note->signed_name != NULL ? note->signed_name : "", date,
                          time);
}

static char *
describe_status (CrNoteDraft *self)
{
  g_autofree char *time =
      self->note->saved_at != CR_INSTANT_NONE ? time_of (self, self->note->saved_at) : NULL;
  if (is_signed (self))
    return describe_signature (self);
  if (self->failure != NULL && time != NULL)
    return g_strdup_printf (_ ("Not saved since %s. %s Your text is still here."), time, self->failure);
  if (self->failure != NULL)
    return g_strdup_printf (_ ("Not saved. %s Your text is still here."), self->failure);
  return time != NULL ? g_strdup_printf (_ ("Draft saved %s"), time) : NULL;
}

static void
update_status (CrNoteDraft *self)
{
  g_autofree char *text = describe_status (self);
  if (author_is_here (self))
    cr_session_set_draft_trouble (self->session, self->failure != NULL && self->other == NULL ? text : NULL);
  if (g_strcmp0 (text, self->status_text) == 0)
    return;
  g_free (self->status_text);
  self->status_text = g_steal_pointer (&text);
  if (author_is_here (self))
    cr_session_set_draft_status (self->session, self->status_text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS_TEXT]);
}

static void
set_failure (CrNoteDraft *self, const char *sentence)
{
  g_free (self->failure);
  self->failure = g_strdup (sentence);
  update_status (self);
}

static void
set_saved (CrNoteDraft *self, guint edits)
{
  gboolean before = is_dirty (self);
  self->saved = edits;
  if (before != is_dirty (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
}

static void
set_other (CrNoteDraft *self, CrNote *other)
{
  g_clear_pointer (&self->other, cr_note_free);
  self->other = other;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICT]);
}

/* Somebody else's text in place of ours. */
static void
take_note (CrNoteDraft *self, const CrNote *note)
{
  cr_note_free (self->note);
  self->note = cr_note_copy (note);
  for (guint i = PROP_TITLE; i <= PROP_ASSESSMENT_PLAN; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED]);
  update_status (self);
}

/* ---- saving ---- */

static gboolean
save_due_cb (gpointer data)
{
  CrNoteDraft *self = data;
  self->timer = 0;
  self->retrying = FALSE;
  start_save (self);
  return G_SOURCE_REMOVE;
}

static void
start_timer (CrNoteDraft *self, gboolean retry)
{
  if (self->timer != 0 && !self->retrying)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->retrying = retry;
  self->timer = g_timeout_add (retry ? RETRY_MS : AUTOSAVE_MS, save_due_cb, self);
}

static void
stop_timer (CrNoteDraft *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->retrying = FALSE;
}

static void
answer_all (GPtrArray *waiting, const GError *error)
{
  for (guint i = 0; i < waiting->len; i++) {
    GTask *task = waiting->pdata[i];
    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
  g_ptr_array_set_size (waiting, 0);
}

/* A copy outside the practice is an export; the audit hears of it as soon as the store takes entries again.
 */
static void
audit_copy (CrNoteDraft *self)
{
  if (self->copied)
    cr_session_audit_paper (self->session, "export", CR_NOTE.name, self->note->id, self->note->patient_id, 1);
  self->copied = FALSE;
}

static void
take_saved (CrNoteDraft *self, const CrNote *saved, guint edits)
{
  if (saved->version <= self->note->version)
    return; /* a later save was answered first */
  self->note->version = saved->version;
  self->note->saved_at = saved->saved_at;
  g_clear_pointer (&self->sent, cr_note_free);
  set_saved (self, edits);
  set_failure (self, NULL);
  audit_copy (self);
}

/* CANCELLED: the session was locked; what was sent may have arrived all the same. */
static void
take_failure (CrNoteDraft *self, CrNoteSaving *saving, const GError *error)
{
  if (g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    return;
  if (saving->other != NULL) {
    set_other (self, g_steal_pointer (&saving->other));
    stop_timer (self);
  } else if (is_dirty (self)) {
    start_timer (self, TRUE);
  }
  set_failure (self, error->message);
}

static void
free_save (gpointer data)
{
  Save *save = data;
  cr_note_saving_free (save->saving);
  g_ptr_array_unref (save->waiting);
  g_object_unref (save->draft);
  g_free (save);
}

static gboolean
save_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_note_save_job (tx, ((Save *)data)->saving, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Save *save = data; /* freed after this call */
  CrNoteDraft *self = save->draft;
  g_autoptr (GError) error = NULL;
  gboolean again = self->save_again;
  self->saving = self->save_again = FALSE;
  if (cr_session_finish (result, &error))
    take_saved (self, save->saving->note, save->edits);
  else
    take_failure (self, save->saving, error);
  answer_all (save->waiting, error);
  if (again)
    start_save (self);
  if (!self->saving)
    answer_all (self->waiting, error); /* nothing was left to save, or it cannot be saved */
}

static gboolean
may_save (CrNoteDraft *self)
{
  return is_dirty (self) && !is_signed (self) && self->other == NULL && author_is_here (self);
}

/* Remembers what is on its way to the store. */
static CrNoteSaving *
prepare_saving (CrNoteDraft *self)
{
  CrNoteSaving *saving = cr_note_saving_new (self->note, self->sent);
  cr_note_free (self->sent);
  self->sent = cr_note_copy (self->note);
  return saving;
}

static void
start_save (CrNoteDraft *self)
{
  self->save_again = self->saving;
  if (self->saving || self->signing || !may_save (self))
    return;
  stop_timer (self);
  self->saving = TRUE;
  Save *save = g_new0 (Save, 1);
  save->draft = g_object_ref (self);
  save->saving = prepare_saving (self);
  save->edits = self->edits;
  save->waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  cr_session_run_async (self->session, CR_RIGHT_NOTE_WRITE, save_job, save, free_save, saved_cb, save);
}

/* Before a lock, a sign-out, or the end of the draft: at once, waiting for the store. */
static void
flush (CrNoteDraft *self)
{
  g_autoptr (GError) error = NULL;
  if (self->signing || !may_save (self))
    return;
  stop_timer (self);
  g_autoptr (CrNoteSaving) saving = prepare_saving (self);
  if (cr_session_run (self->session, CR_RIGHT_NOTE_WRITE, cr_note_save_job, saving, &error))
    take_saved (self, saving->note, self->edits);
  else
    take_failure (self, saving, error);
  const CrPerson *author = cr_session_get_person (self->session);
  if (error != NULL && cr_session_keep_job (self->session, author->login, cr_note_save_job, saving,
                                            (GDestroyNotify)cr_note_saving_free, error))
    g_steal_pointer (&saving);
}

static void
flush_cb (CrSession *session, gpointer data)
{
  flush (data);
}

static void
state_cb (CrSession *session, GParamSpec *pspec, gpointer data)
{
  CrNoteDraft *self = data;
  if (!author_is_here (self))
    return;
  cr_session_set_draft_status (session, self->status_text);
  if (may_save (self))
    start_timer (self, FALSE);
}

/* The note changed elsewhere: a text without unsaved keys follows; with some, the next save finds out.  The
 * same text with a newer version is our own, whose answer was withheld by a lock. */
static void
reloaded_cb (CrChart *chart, gpointer data)
{
  CrNoteDraft *self = data;
  const GPtrArray *notes = cr_chart_get_records (chart)->notes;
  if (self->saving || self->signing)
    return;
  for (guint i = 0; i < notes->len; i++) {
    const CrNote *note = notes->pdata[i];
    if (note->id != self->note->id || note->version <= self->note->version ||
        (is_dirty (self) && !cr_note_same_text (note, self->note)))
      continue;
    set_saved (self, self->edits);
    take_note (self, note);
  }
}

static void
set_text (CrNoteDraft *self, guint property, const char *typed)
{
  char **text = text_of (self->note, property);
  if (is_signed (self) || self->signing || g_strcmp0 (*text, typed) == 0)
    return;
  if (*text == NULL && *typed == '\0')
    return; /* an empty field is no edit */
  g_free (*text);
  *text = *typed != '\0' ? g_strdup (typed) : NULL;
  self->edits++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
  if (may_save (self))
    start_timer (self, FALSE);
}

/* ---- signing ---- */

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrNoteDraft *self = g_task_get_source_object (task);
  CrNoteSaving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  self->signing = FALSE;
  if (cr_session_finish (result, &error)) {
    g_clear_pointer (&self->sent, cr_note_free);
    g_clear_pointer (&self->failure, g_free);
    set_saved (self, self->edits);
    take_note (self, saving->note);
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (saving->other != NULL)
    take_failure (self, saving, error);
  else if (may_save (self))
    start_timer (self, FALSE);
  g_task_return_error (task, error);
}

/* ---- opening ---- */

static CrNoteDraft *
new_draft (CrChart *chart, CrNote *note)
{
  CrNoteDraft *self = g_object_new (CR_TYPE_NOTE_DRAFT, NULL);
  self->chart = g_object_ref (chart);
  self->session = g_object_ref (cr_chart_get_session (chart));
  self->note = note;
  g_signal_connect_object (self->session, "flush", G_CALLBACK (flush_cb), self, 0);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (chart, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  update_status (self);
  return self;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CrNoteOpening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (
        task, new_draft (g_task_get_source_object (task), g_steal_pointer (&opening->note)), g_object_unref);
  else
    g_task_return_error (task, error);
}

/* ---- the class ---- */

static void
cr_note_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrNoteDraft *self = CR_NOTE_DRAFT_OBJECT (object);
  char **text = text_of (self->note, id);
  if (text != NULL)
    g_value_set_string (value, *text != NULL ? *text : "");
  else if (id == PROP_DIRTY)
    g_value_set_boolean (value, is_dirty (self));
  else if (id == PROP_SIGNED)
    g_value_set_boolean (value, is_signed (self));
  else if (id == PROP_CONFLICT)
    g_value_set_boolean (value, self->other != NULL);
  else if (id == PROP_STATUS_TEXT)
    g_value_set_string (value, self->status_text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_note_draft_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  const char *typed = g_value_get_string (value);
  set_text (CR_NOTE_DRAFT_OBJECT (object), id, typed != NULL ? typed : "");
}

static void
cr_note_draft_dispose (GObject *object)
{
  CrNoteDraft *self = CR_NOTE_DRAFT_OBJECT (object);
  if (self->note != NULL)
    flush (self);
  stop_timer (self);
  G_OBJECT_CLASS (cr_note_draft_parent_class)->dispose (object);
}

static void
cr_note_draft_finalize (GObject *object)
{
  CrNoteDraft *self = CR_NOTE_DRAFT_OBJECT (object);
  g_ptr_array_unref (self->waiting);
  cr_note_free (self->note);
  cr_note_free (self->sent);
  cr_note_free (self->other);
  g_free (self->failure);
  g_free (self->status_text);
  g_clear_object (&self->chart);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_note_draft_parent_class)->finalize (object);
}

static void
cr_note_draft_class_init (CrNoteDraftClass *klass)
{
  static const char *const texts[] = {
    NULL, "title", "reason", "subjective", "objective", "assessment-plan"
  };
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_note_draft_get_property;
  object_class->set_property = cr_note_draft_set_property;
  object_class->dispose = cr_note_draft_dispose;
  object_class->finalize = cr_note_draft_finalize;
  for (guint i = PROP_TITLE; i <= PROP_ASSESSMENT_PLAN; i++)
    properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, reads | G_PARAM_WRITABLE);
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, reads);
  properties[PROP_SIGNED] = g_param_spec_boolean ("signed", NULL, NULL, FALSE, reads);
  properties[PROP_CONFLICT] = g_param_spec_boolean ("conflict", NULL, NULL, FALSE, reads);
  properties[PROP_STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, reads);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cr_note_draft_init (CrNoteDraft *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* ---- public ---- */

void
cr_note_draft_open_async (CrChart *chart, CrId note, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_CHART (chart));
  GTask *task = g_task_new (chart, NULL, cb, data);
  CrNoteOpening *opening = g_new0 (CrNoteOpening, 1);
  opening->patient_id = cr_chart_get_patient_id (chart);
  opening->note_id = note;
  g_task_set_task_data (task, opening, cr_note_opening_free);
  cr_session_run_async (cr_chart_get_session (chart), CR_RIGHT_NOTE_WRITE, cr_note_open_job, opening, NULL,
                        opened_cb, task);
}

CrNoteDraft *
cr_note_draft_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

CrId
cr_note_draft_get_note_id (CrNoteDraft *self)
{
  g_return_val_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self), CR_ID_NONE);
  return self->note->id;
}

const CrNote *
cr_note_draft_peek (CrNoteDraft *self)
{
  g_return_val_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self), NULL);
  return self->note;
}

const CrNote *
cr_note_draft_get_other (CrNoteDraft *self)
{
  g_return_val_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self), NULL);
  return self->other;
}

void
cr_note_draft_save_async (CrNoteDraft *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  if (!is_dirty (self))
    g_task_return_boolean (task, TRUE);
  else if (self->other != NULL)
    g_task_return_new_error (
        task, CR_ERROR, CR_ERROR_CONFLICT, "%s",
        _ ("This note was changed somewhere else meanwhile. Choose which text to keep."));
  else if (!may_save (self) || self->signing)
    g_task_return_new_error (task, CR_ERROR, CR_ERROR_NOT_ALLOWED, "%s",
                             _ ("Only its author can save this note, once signed in."));
  else {
    g_ptr_array_add (self->waiting, g_steal_pointer (&task));
    start_save (self);
  }
}

static void
add_part (GString *text, const char *heading, const char *part)
{
  if (part != NULL)
    g_string_append_printf (text, "%s\n%s\n\n", heading, part);
}

static char *
copy_text (CrNoteDraft *self)
{
  const CrNote *note = self->note;
  const CrPatient *patient = cr_chart_get_records (self->chart)->patient;
  g_autofree char *name = cr_patient_name_display (patient);
  g_autofree char *who = cr_patient_identity (patient, cr_clock_today (cr_session_get_clock (self->session)));
  g_autofree char *day = cr_date_format_weekday (note->date);
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, _ ("%s, %s – copy of a draft, not signed\n%s  ·  %s\n\n"),
                          note->title != NULL ? note->title : _ ("Note"), day, name, who);
  add_part (text, _ ("Reason for visit"), note->reason);
  add_part (text, _ ("Subjective"), note->subjective);
  add_part (text, _ ("Vitals"), note->vitals);
  add_part (text, _ ("Objective"), note->objective);
  add_part (text, _ ("Assessment and plan"), note->assessment_plan);
  return g_string_free (text, FALSE);
}

gboolean
cr_note_draft_save_copy (CrNoteDraft *self, const char *path, GError **error)
{
  g_return_val_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self), FALSE);
  g_autofree char *text = copy_text (self);
  g_autoptr (GError) failure = NULL;
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, &failure)) {
    g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("The copy was not saved: %s"), failure->message);
    return FALSE;
  }
  self->copied = TRUE;
  if (self->failure == NULL)
    audit_copy (self);
  return TRUE;
}

void
cr_note_draft_settle (CrNoteDraft *self, gboolean keep_mine)
{
  g_return_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self));
  if (self->other == NULL)
    return;
  g_autoptr (CrNote) other = g_steal_pointer (&self->other);
  g_clear_pointer (&self->sent, cr_note_free);
  g_clear_pointer (&self->failure, g_free);
  if (keep_mine) {
    self->note->version = other->version;
    start_timer (self, FALSE);
    update_status (self);
  } else {
    set_saved (self, self->edits);
    take_note (self, other);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICT]);
}

GPtrArray *
cr_note_draft_open_items (CrNoteDraft *self)
{
  g_return_val_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self), NULL);
  return cr_note_sheet_items (self->note, cr_chart_get_records (self->chart));
}

void
cr_note_draft_set_vitals (CrNoteDraft *self, const char *line)
{
  g_return_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self));
  if (is_signed (self) || self->signing)
    return;
  g_free (self->note->vitals);
  self->note->vitals = g_strdup (line);
}

void
cr_note_draft_sign_async (CrNoteDraft *self, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_NOTE_DRAFT_OBJECT (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  if (is_signed (self) || self->signing || self->other != NULL) {
    g_task_return_new_error (
        task, CR_ERROR, CR_ERROR_CONFLICT, "%s",
        self->other != NULL ? _ ("This note was changed somewhere else meanwhile. Choose which text to keep.")
                            : _ ("This note is signed already."));
    return;
  }
  stop_timer (self);
  self->signing = TRUE;
  CrNoteSaving *saving = cr_note_saving_new (self->note, self->sent);
  g_task_set_task_data (task, saving, (GDestroyNotify)cr_note_saving_free);
  cr_session_run_async (self->session, CR_RIGHT_SIGN, cr_note_sign_job, saving, NULL, signed_cb,
                        g_steal_pointer (&task));
}
