#include "session-private.h"
#include "chartroom/session/practice-settings.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

enum { DEFAULT_IDLE_MINUTES = 5, MAX_IDLE_MINUTES = 15 };

enum {
  PROP_0,
  PROP_STATE,
  PROP_PERSON_NAME,
  PROP_PRACTICE_NAME,
  PROP_DRAFT_STATUS,
  PROP_DRAFT_TROUBLE,
  PROP_KEEP_TROUBLE,
  PROP_WARNING,
  PROP_WAITING,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_SET_UP_STEP,
  N_PROPS
};
enum { CHANGED, FLUSH, FORGET, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSession, cr_session, G_TYPE_OBJECT)

static CrDesk *
add_desk (CrSession *self, CrStoreUser *user)
{
  CrDesk *desk = g_new0 (CrDesk, 1);
  desk->user = user;
  desk->person = cr_person_copy (cr_store_user_person (user));
  desk->undo = cr_undo_new ();
  g_ptr_array_add (self->desks, desk);
  return desk;
}

/* Takes the user; another one when the key slot was made anew while the person was away. */
static void
replace_user (CrDesk *desk, CrStoreUser *user)
{
  cr_store_user_unref (desk->user);
  desk->user = user;
  cr_person_free (desk->person);
  desk->person = cr_person_copy (cr_store_user_person (user));
}

static void
notify_person (CrSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
stop_idle_timer (CrSession *self)
{
  g_clear_handle_id (&self->idle_timer, g_source_remove);
}

static void
stop_forget_timer (CrSession *self)
{
  g_clear_handle_id (&self->forget_timer, g_source_remove);
}

/* The longer of two measures: the clock counts while the machine sleeps, the other one cannot be set back. */
static gint64
seconds_since_touch (CrSession *self)
{
  return MAX (g_get_monotonic_time () - self->touched_monotonic,
              cr_clock_now (self->clock) - self->touched_at) /
         G_USEC_PER_SEC;
}

static gboolean
forget_keys_cb (gpointer data)
{
  CrSession *self = data;
  gint64 minutes = self->practice != NULL ? self->practice->forget_minutes : CR_INT_NONE;
  if (self->state != CR_SESSION_LOCKED || minutes == CR_INT_NONE || seconds_since_touch (self) < minutes * 60)
    return G_SOURCE_CONTINUE; /* somebody may be typing the password */
  self->forget_timer = 0;
  cr_session_close (self);
  return G_SOURCE_REMOVE;
}

static void
set_waiting (CrSession *self, gboolean waiting)
{
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

/* Nobody sits here any more; whoever asked before gets no answer. */
static void
leave_desk (CrSession *self, CrSessionState state)
{
  stop_idle_timer (self);
  stop_forget_timer (self);
  self->epoch++;
  self->desk = NULL;
  cr_session_set_draft_status (self, NULL);
  cr_session_set_draft_trouble (self, NULL);
  g_clear_handle_id (&self->again_timer, g_source_remove);
  cr_session_set_keep_trouble (self, NULL);
  set_waiting (self, FALSE);
  cr_session_set_state (self, state);
  notify_person (self);
  g_signal_emit (self, signals[FORGET], 0);
}

static void
sign_out_all (CrSession *self)
{
  for (guint i = 0; i < self->desks->len; i++) {
    CrDesk *desk = self->desks->pdata[i];
    cr_store_sign_out (self->store, desk->user);
  }
  g_ptr_array_set_size (self->desks, 0);
}

/* Answers that the closed store still owes: they come as errors, and free what was asked with. */
static void
await_answers (CrSession *self)
{
  while (self->n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
close_store (CrSession *self)
{
  if (self->store == NULL)
    return;
  sign_out_all (self);
  cr_store_unwatch (self->store, self->watch);
  cr_store_close (self->store);
  g_clear_pointer (&self->store, cr_store_unref);
}

static void
clear_settings (CrSession *self)
{
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->logo, g_bytes_unref);
  self->logo_id = CR_ID_NONE;
}

static void
clear_practice (CrSession *self)
{
  clear_settings (self);
  g_clear_pointer (&self->practice, cr_practice_free);
  g_clear_pointer (&self->recovery_code, cr_store_secret_free);
  g_clear_pointer (&self->locked_login, g_free);
  g_list_store_remove_all (self->people);
  g_list_store_remove_all (self->visit_types);
  g_list_store_remove_all (self->rooms);
  g_list_store_remove_all (self->contacts);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRACTICE_NAME]);
}

static guint
idle_limit_seconds (CrSession *self)
{
  gint64 minutes = self->practice != NULL ? self->practice->idle_minutes : DEFAULT_IDLE_MINUTES;
  if (minutes < 1 || minutes > MAX_IDLE_MINUTES)
    minutes = DEFAULT_IDLE_MINUTES;
  return (guint)minutes * 60;
}

static gboolean
idle_cb (gpointer data)
{
  CrSession *self = data;
  if (cr_session_idle_seconds_left (self) > 0)
    return G_SOURCE_CONTINUE;
  self->idle_timer = 0;
  cr_session_lock (self);
  return G_SOURCE_REMOVE;
}

static gboolean
has_new_keys (const CrChange *changes, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (changes[i].kind, CR_CHANGE_KEYS))
      return TRUE;
  return FALSE;
}

static void
changes_cb (const CrChange *changes, guint n, gpointer data)
{
  CrSession *self = data;
  gboolean lists = FALSE, steps = FALSE;
  if (has_new_keys (changes, n)) {
    cr_session_close_for_new_keys (self);
    return;
  }
  for (guint i = 0; i < n && self->state == CR_SESSION_OPEN; i++) {
    if (g_str_equal (changes[i].kind, CR_CHANGE_WAIT)) {
      set_waiting (self, changes[i].id != 0);
      continue;
    }
    lists = lists || cr_session_lists_depend_on (changes[i].kind);
    steps = steps || g_str_equal (changes[i].kind, CR_BOOK_STEP.name) || g_str_equal (changes[i].kind, "*");
    g_signal_emit (self, signals[CHANGED], 0, changes[i].kind, changes[i].id, changes[i].patient_id);
  }
  if (lists)
    cr_session_reload_lists (self);
  if (steps)
    cr_session_load_steps (self);
}

static char *
dup_person_name (CrSession *self)
{
  return self->desk != NULL ? cr_person_short (self->desk->person) : NULL;
}

static void
cr_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrSession *self = CR_SESSION (object);
  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, (int)self->state);
    break;
  case PROP_PERSON_NAME:
    g_value_take_string (value, dup_person_name (self));
    break;
  case PROP_PRACTICE_NAME:
    g_value_set_string (value, self->practice != NULL ? self->practice->name : NULL);
    break;
  case PROP_DRAFT_STATUS:
    g_value_set_string (value, self->draft_status);
    break;
  case PROP_DRAFT_TROUBLE:
    g_value_set_string (value, self->draft_trouble);
    break;
  case PROP_KEEP_TROUBLE:
    g_value_set_string (value, self->keep_trouble);
    break;
  case PROP_WAITING:
    g_value_set_boolean (value, self->waiting);
    break;
  case PROP_WARNING:
    g_value_set_string (value, self->warning);
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, cr_session_can_undo (self));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, cr_session_can_redo (self));
    break;
  case PROP_SET_UP_STEP:
    g_value_set_string (value, cr_session_get_setting (self, CR_SETTING_SET_UP));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cr_session_finalize (GObject *object)
{
  CrSession *self = CR_SESSION (object);
  stop_idle_timer (self);
  stop_forget_timer (self);
  g_clear_handle_id (&self->again_timer, g_source_remove);
  self->desk = NULL;
  close_store (self);
  g_ptr_array_unref (self->desks);
  g_ptr_array_unref (self->kept);
  clear_settings (self);
  g_clear_pointer (&self->practice, cr_practice_free);
  g_clear_pointer (&self->recovery_code, cr_store_secret_free);
  g_clear_pointer (&self->knowledge, cr_knowledge_unref);
  g_object_unref (self->people);
  g_object_unref (self->visit_types);
  g_object_unref (self->rooms);
  g_object_unref (self->contacts);
  cr_clock_unref (self->clock);
  g_free (self->program);
  g_free (self->folder);
  g_free (self->locked_login);
  g_free (self->draft_status);
  g_free (self->draft_trouble);
  g_free (self->keep_trouble);
  g_free (self->warning);
  G_OBJECT_CLASS (cr_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, CR_SESSION_CLOSED, CR_SESSION_LOCKED, CR_SESSION_CLOSED, flags);
  properties[PROP_PERSON_NAME] = g_param_spec_string ("person-name", NULL, NULL, NULL, flags);
  properties[PROP_PRACTICE_NAME] = g_param_spec_string ("practice-name", NULL, NULL, NULL, flags);
  properties[PROP_DRAFT_STATUS] = g_param_spec_string ("draft-status", NULL, NULL, NULL, flags);
  properties[PROP_DRAFT_TROUBLE] = g_param_spec_string ("draft-trouble", NULL, NULL, NULL, flags);
  properties[PROP_KEEP_TROUBLE] = g_param_spec_string ("keep-trouble", NULL, NULL, NULL, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_SET_UP_STEP] = g_param_spec_string ("set-up-step", NULL, NULL, NULL, flags);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static void
cr_session_class_init (CrSessionClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->get_property = cr_session_get_property;
  G_OBJECT_CLASS (klass)->finalize = cr_session_finalize;
  install_properties (G_OBJECT_CLASS (klass));
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                   G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64, G_TYPE_INT64);
  signals[FLUSH] = g_signal_new ("flush", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FORGET] = g_signal_new ("forget", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cr_session_init (CrSession *self)
{
  self->desks = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_desk_free);
  self->kept = g_ptr_array_new_with_free_func (cr_kept_job_free);
  self->people = g_list_store_new (CR_TYPE_ROW);
  self->visit_types = g_list_store_new (CR_TYPE_ROW);
  self->rooms = g_list_store_new (CR_TYPE_ROW);
  self->contacts = g_list_store_new (CR_TYPE_ROW);
}

void
cr_desk_free (CrDesk *desk)
{
  cr_store_user_unref (desk->user);
  cr_person_free (desk->person);
  g_clear_pointer (&desk->preferences, g_hash_table_unref);
  g_clear_pointer (&desk->unsaved, g_hash_table_unref);
  cr_undo_unref (desk->undo);
  g_free (desk);
}

CrDesk *
cr_session_find_desk (CrSession *self, const char *login)
{
  for (guint i = 0; i < self->desks->len; i++) {
    CrDesk *desk = self->desks->pdata[i];
    if (g_strcmp0 (desk->person->login, login) == 0)
      return desk;
  }
  return NULL;
}

void
cr_session_set_state (CrSession *self, CrSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
cr_session_set_warning (CrSession *self, const char *text)
{
  if (g_strcmp0 (self->warning, text) == 0)
    return;
  g_free (self->warning);
  self->warning = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WARNING]);
}

void
cr_session_set_keep_trouble (CrSession *self, const char *reason)
{
  if (g_strcmp0 (self->keep_trouble, reason) == 0)
    return;
  g_free (self->keep_trouble);
  self->keep_trouble = g_strdup (reason);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEEP_TROUBLE]);
}

void
cr_session_take_store (CrSession *self, CrStore *store)
{
  self->store = store;
  g_free (self->folder);
  self->folder = g_strdup (cr_store_folder (store));
  self->watch = cr_store_watch (store, changes_cb, self, NULL);
}

void
cr_session_seat (CrSession *self, CrStoreUser *user, CrSharedLists *lists)
{
  CrDesk *desk = cr_session_find_desk (self, cr_store_user_person (user)->login);
  if (desk == NULL)
    desk = add_desk (self, user);
  else
    replace_user (desk, user);
  self->desk = desk;
  cr_session_seat_preferences (self, g_steal_pointer (&lists->preferences));
  desk->has_pin = lists->has_pin;
  g_clear_pointer (&self->locked_login, g_free);
  cr_session_set_warning (self, cr_store_warning (self->store));
  cr_session_show_lists (self, lists);
  cr_session_set_state (self, CR_SESSION_OPEN);
  notify_person (self);
  cr_session_touch (self);
  stop_idle_timer (self);
  stop_forget_timer (self);
  self->idle_timer = g_timeout_add_seconds (1, idle_cb, self);
  cr_session_load_steps (self);
  cr_session_store_unsaved (self);
}

CrSession *
cr_session_new (CrClock *clock, CrKnowledge *knowledge, const char *program)
{
  CrSession *self = g_object_new (CR_TYPE_SESSION, NULL);
  self->clock = cr_clock_ref (clock);
  self->knowledge = knowledge != NULL ? cr_knowledge_ref (knowledge) : NULL;
  self->program = g_strdup (program);
  return self;
}

char *
cr_session_take_recovery_code (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return g_steal_pointer (&self->recovery_code);
}

void
cr_session_secret_free (char *secret)
{
  cr_store_secret_free (secret);
}

gboolean
cr_session_check_idle (CrSession *self, GError **error)
{
  if (self->long_work != NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, self->long_work);
  return self->long_work == NULL;
}

void
cr_session_flush (CrSession *self)
{
  if (self->state != CR_SESSION_OPEN)
    return;
  self->flushing = TRUE;
  g_signal_emit (self, signals[FLUSH], 0);
  cr_session_store_unsaved (self);
  self->flushing = FALSE;
}

void
cr_session_lock (CrSession *self)
{
  g_return_if_fail (CR_IS_SESSION (self));
  if (self->state != CR_SESSION_OPEN)
    return;
  cr_session_flush (self);
  self->locked_login = g_strdup (self->desk->person->login);
  leave_desk (self, CR_SESSION_LOCKED);
  cr_session_touch (self);
  if (self->practice != NULL && self->practice->forget_minutes != CR_INT_NONE)
    self->forget_timer = g_timeout_add_seconds (1, forget_keys_cb, self);
}

void
cr_session_close (CrSession *self)
{
  g_return_if_fail (CR_IS_SESSION (self));
  if (self->state == CR_SESSION_CLOSED && self->n_waiting == 0)
    return;
  g_autoptr (CrSession) kept = g_object_ref (self); /* answers may hold the last references */
  cr_session_flush (self);
  leave_desk (self, CR_SESSION_CLOSED);
  close_store (self);
  await_answers (kept);
  clear_practice (kept);
}

/* Nothing succeeds here any more until somebody signs in with the new keys. */
void
cr_session_close_for_new_keys (CrSession *self)
{
  if (self->store != NULL)
    cr_session_close (self);
  cr_session_set_warning (
      self,
      _ ("The keys of this practice were changed. Sign in with your usual password; your drafts are kept."));
}

void
cr_session_unmake (CrSession *self)
{
  g_return_if_fail (CR_IS_SESSION (self) && self->made && self->store != NULL);
  g_autofree char *folder = g_strdup (cr_store_folder (self->store));
  cr_session_close (self);
  self->made = FALSE;
  cr_store_unmake (folder);
}

CrSessionState
cr_session_get_state (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), CR_SESSION_CLOSED);
  return self->state;
}

CrClock *
cr_session_get_clock (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->clock;
}

CrKnowledge *
cr_session_get_knowledge (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->knowledge;
}

const CrPractice *
cr_session_get_practice (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->practice;
}

const CrPerson *
cr_session_get_person (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->desk != NULL ? self->desk->person : NULL;
}

const char *
cr_session_get_locked_login (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->locked_login;
}

const char *
cr_session_get_folder (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->store != NULL ? cr_store_folder (self->store) : NULL;
}

char **
cr_session_login_names (const char *folder, GError **error)
{
  return cr_store_login_names (folder, error);
}

const char *
cr_session_password_weakness (const char *password)
{
  return cr_store_password_weakness (password);
}

guint
cr_session_password_strength (const char *password)
{
  return cr_store_password_strength (password);
}

void
cr_session_touch (CrSession *self)
{
  g_return_if_fail (CR_IS_SESSION (self));
  self->touched_monotonic = g_get_monotonic_time ();
  self->touched_at = cr_clock_now (self->clock);
}

guint
cr_session_idle_seconds_left (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), 0);
  gint64 left = (gint64)idle_limit_seconds (self) - seconds_since_touch (self);
  return left > 0 ? (guint)left : 0;
}

void
cr_session_set_draft_status (CrSession *self, const char *text)
{
  g_return_if_fail (CR_IS_SESSION (self));
  if (g_strcmp0 (self->draft_status, text) == 0)
    return;
  g_free (self->draft_status);
  self->draft_status = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT_STATUS]);
}

void
cr_session_set_draft_trouble (CrSession *self, const char *text)
{
  g_return_if_fail (CR_IS_SESSION (self));
  if (g_strcmp0 (self->draft_trouble, text) == 0)
    return;
  g_free (self->draft_trouble);
  self->draft_trouble = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT_TROUBLE]);
}

char *
cr_session_head_code (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->store != NULL ? cr_store_head_code (self->store) : NULL;
}
