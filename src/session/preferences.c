/* What a person likes and has typed: read at the sign-in, stored at once, and again until it could be. */
#include "session-private.h"

enum { AGAIN_SECONDS = 5 };

/* Every preference there is; a page that needs another one adds it here. */
static const char *const PREFERENCE_KEYS[] = { "text-size",          "density",         "look",
                                               "single-letter-keys", "privacy",         "recent-charts",
                                               "day-sheet-reason",   "day-sheet-phone", "kept-forms",
                                               "schedule-view",      "holding-tray",    "day-sheet-person",
                                               "label-right",        "label-down",      "printer",
                                               "printer-security",   "printer-card",    "printer-labels",
                                               "schedule-cancelled" };

static gboolean
is_preference (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (PREFERENCE_KEYS); i++)
    if (g_str_equal (PREFERENCE_KEYS[i], key))
      return TRUE;
  return FALSE;
}

/* ---- storing ---- */

/* What could not be stored, by its key, until it is. */
typedef struct {
  char *before; /* what was stored last, as far as is known here */
  char *reason;
  CrPreferenceMerge merge;
  guint running; /* jobs that try it again */
} Unsaved;

typedef struct {
  CrId person_id;
  char *key, *value;
  char *before;            /* merged: what it was here */
  CrPreferenceMerge merge; /* NULL: the value takes the place of any other */
  gboolean again;          /* also what failed earlier is stored with it */
} Preference;

static void
free_unsaved (gpointer data)
{
  Unsaved *unsaved = data;
  g_free (unsaved->before);
  g_free (unsaved->reason);
  g_free (unsaved);
}

static void
free_preference (gpointer data)
{
  Preference *preference = data;
  g_free (preference->key);
  g_free (preference->value);
  g_free (preference->before);
  g_free (preference);
}

static gboolean
save_preference_job (CrTx *tx, gpointer data, GError **error)
{
  const Preference *preference = data;
  g_autoptr (GError) failure = NULL;
  g_autofree char *stored = NULL, *merged = NULL;
  if (preference->merge != NULL) {
    stored = cr_preference_get (tx, preference->person_id, preference->key, &failure);
    if (failure != NULL) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
    merged = preference->merge (stored, preference->before, preference->value);
    return cr_preference_set (tx, preference->person_id, preference->key, merged, error);
  }
  return cr_preference_set (tx, preference->person_id, preference->key, preference->value, error);
}

static CrDesk *
desk_of (CrSession *self, CrId person)
{
  for (guint i = 0; i < self->desks->len; i++) {
    CrDesk *desk = self->desks->pdata[i];
    if (desk->person->id == person)
      return desk;
  }
  return NULL;
}

static Unsaved *
find_unsaved (CrDesk *desk, const char *key)
{
  return desk->unsaved != NULL ? g_hash_table_lookup (desk->unsaved, key) : NULL;
}

static void
remember_unsaved (CrDesk *desk, const Preference *preference, const GError *error)
{
  Unsaved *unsaved = find_unsaved (desk, preference->key);
  if (desk->unsaved == NULL)
    desk->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_unsaved);
  if (unsaved == NULL) {
    unsaved = g_new0 (Unsaved, 1);
    unsaved->before = g_strdup (preference->before);
    unsaved->merge = preference->merge;
    g_hash_table_insert (desk->unsaved, g_strdup (preference->key), unsaved);
  }
  g_free (unsaved->reason);
  unsaved->reason = g_strdup (error->message);
}

/* What was typed is told of where it is typed; that a setting was not stored is a warning. */
static void
show_unsaved (CrSession *self)
{
  GHashTableIter iter;
  gpointer unsaved;
  const char *typed = NULL;
  if (self->desk != NULL && self->desk->unsaved != NULL) {
    g_hash_table_iter_init (&iter, self->desk->unsaved);
    while (g_hash_table_iter_next (&iter, NULL, &unsaved))
      if (((Unsaved *)unsaved)->merge != NULL)
        typed = ((Unsaved *)unsaved)->reason;
      else
        cr_session_set_warning (self, ((Unsaved *)unsaved)->reason);
  }
  cr_session_set_keep_trouble (self, typed);
}

static gboolean
again_cb (gpointer data)
{
  CrSession *self = data;
  cr_session_store_unsaved (self);
  if (self->desk != NULL && self->desk->unsaved != NULL)
    return G_SOURCE_CONTINUE;
  self->again_timer = 0;
  return G_SOURCE_REMOVE;
}

static void
plan_again (CrSession *self)
{
  if (self->desk != NULL && self->desk->unsaved != NULL && self->again_timer == 0)
    self->again_timer = g_timeout_add_seconds (AGAIN_SECONDS, again_cb, self);
}

static void
drop_unsaved (CrDesk *desk, const char *key)
{
  g_hash_table_remove (desk->unsaved, key);
  if (g_hash_table_size (desk->unsaved) == 0)
    g_clear_pointer (&desk->unsaved, g_hash_table_unref);
}

static void
preference_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrSession *self = CR_SESSION (source);
  const Preference *preference = data; /* freed with the task */
  CrDesk *desk = desk_of (self, preference->person_id);
  Unsaved *unsaved = desk != NULL ? find_unsaved (desk, preference->key) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean stored = cr_session_finish (result, &error);
  if (desk == NULL)
    return;
  if (preference->again && unsaved != NULL && unsaved->running > 0)
    unsaved->running--;
  if (stored && preference->again && unsaved != NULL)
    drop_unsaved (desk, preference->key);
  else if (!stored && !g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    remember_unsaved (desk, preference, error);
  if (desk != self->desk)
    return;
  show_unsaved (self);
  plan_again (self);
}

/* What is known here, over what stands in the store. */
static void
start_storing (CrSession *self, const char *key, const char *before, CrPreferenceMerge merge)
{
  CrDesk *desk = self->desk;
  Unsaved *unsaved = find_unsaved (desk, key);
  Preference *preference = g_new0 (Preference, 1);
  *preference = (Preference){ .person_id = desk->person->id,
                              .key = g_strdup (key),
                              .value = g_strdup (g_hash_table_lookup (desk->preferences, key)),
                              .before = g_strdup (unsaved != NULL ? unsaved->before : before),
                              .merge = merge,
                              .again = unsaved != NULL };
  if (unsaved != NULL)
    unsaved->running++;
  cr_session_start_job (self, save_preference_job, preference, free_preference, preference_saved_cb,
                        preference);
}

static void
put (GHashTable *preferences, const char *key, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (preferences, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (preferences, key);
}

/* ---- in the session ---- */

gboolean
cr_preferences_load (CrTx *tx, CrSharedLists *lists, GError **error)
{
  lists->preferences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (PREFERENCE_KEYS); i++) {
    GError *failure = NULL;
    char *value = cr_preference_get (tx, lists->person_id, PREFERENCE_KEYS[i], &failure);
    if (value != NULL)
      g_hash_table_insert (lists->preferences, g_strdup (PREFERENCE_KEYS[i]), value);
    if (failure != NULL) {
      g_propagate_error (error, failure);
      return FALSE;
    }
  }
  return TRUE;
}

void
cr_session_seat_preferences (CrSession *self, GHashTable *stored)
{
  CrDesk *desk = self->desk;
  GHashTableIter iter;
  gpointer key, data;
  if (desk->unsaved != NULL)
    g_hash_table_iter_init (&iter, desk->unsaved);
  while (desk->unsaved != NULL && g_hash_table_iter_next (&iter, &key, &data)) {
    Unsaved *unsaved = data;
    const char *there = g_hash_table_lookup (stored, key),
               *here = g_hash_table_lookup (desk->preferences, key);
    g_autofree char *now =
        unsaved->merge != NULL ? unsaved->merge (there, unsaved->before, here) : g_strdup (here);
    g_free (unsaved->before);
    unsaved->before = g_strdup (there);
    unsaved->running = 0;
    put (stored, key, now);
  }
  g_clear_pointer (&desk->preferences, g_hash_table_unref);
  desk->preferences = stored;
}

void
cr_session_store_unsaved (CrSession *self)
{
  GHashTableIter iter;
  gpointer key, unsaved;
  if (self->desk == NULL)
    return;
  show_unsaved (self);
  plan_again (self);
  if (self->desk->unsaved == NULL)
    return;
  g_hash_table_iter_init (&iter, self->desk->unsaved);
  while (g_hash_table_iter_next (&iter, &key, &unsaved))
    if (((Unsaved *)unsaved)->running == 0)
      start_storing (self, key, NULL, ((Unsaved *)unsaved)->merge);
}

const char *
cr_session_get_preference (CrSession *self, const char *key)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  g_return_val_if_fail (is_preference (key), NULL);
  return self->desk != NULL ? g_hash_table_lookup (self->desk->preferences, key) : NULL;
}

void
cr_session_merge_preference (CrSession *self, const char *key, const char *value, CrPreferenceMerge merge)
{
  g_autofree char *before = g_strdup (cr_session_get_preference (self, key));
  if (self->desk == NULL)
    return;
  if (g_strcmp0 (before, value) == 0 && find_unsaved (self->desk, key) == NULL)
    return;
  put (self->desk->preferences, key, value);
  start_storing (self, key, before, merge);
}

void
cr_session_set_preference (CrSession *self, const char *key, const char *value)
{
  g_return_if_fail (CR_IS_SESSION (self));
  g_return_if_fail (is_preference (key));
  cr_session_merge_preference (self, key, value, NULL);
}
