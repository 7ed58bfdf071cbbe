/* What pages share: practice, people, visit types, rooms, contacts, and the person's preferences. */
#include "practice-settings-private.h"
#include "session-private.h"
#include "chartroom/clinical/vitals.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

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

static gboolean
load_preferences (CrTx *tx, CrSharedLists *lists, GError **error)
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

/* Takes the records; NULL when they could not be read. */
static GPtrArray *
take_rows (GPtrArray *records, GDestroyNotify destroy)
{
  return records != NULL ? cr_rows_take (records, destroy) : NULL;
}

/* Those with a column in the book first, in the order of their columns; then by name. */
static int
compare_people (gconstpointer a, gconstpointer b)
{
  const CrPerson *first = cr_row_peek (*(CrRow *const *)a), *second = cr_row_peek (*(CrRow *const *)b);
  if (first->schedulable != second->schedulable)
    return first->schedulable ? -1 : 1;
  if (first->position != second->position)
    return first->position < second->position ? -1 : 1;
  return g_strcmp0 (first->family, second->family);
}

static const CrPerson *
find_person (GListModel *people, CrId id)
{
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (cr_row_get_id (row) == id)
      return cr_row_peek (row);
  }
  return NULL;
}

/* Rights follow what an administrator changed meanwhile; who was removed is put out at once. */
static void
update_own_person (CrSession *self)
{
  const CrPerson *person = find_person (G_LIST_MODEL (self->people), self->desk->person->id);
  if (person == NULL)
    return;
  cr_person_free (self->desk->person);
  self->desk->person = cr_person_copy (person);
  g_object_notify (G_OBJECT (self), "person-name");
  if (!person->active)
    cr_session_lock (self);
}

static void
free_lists (gpointer data)
{
  cr_shared_lists_clear (data);
  g_free (data);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrSession *self = CR_SESSION (source);
  CrSharedLists *lists = data; /* freed with the task */
  g_autoptr (GError) error = NULL;
  gboolean again = self->reload_again;
  self->reloading = self->reload_again = FALSE;
  if (cr_session_finish (result, &error))
    cr_session_show_lists (self, lists);
  else if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_session_set_warning (self, error->message);
  if (again)
    cr_session_reload_lists (self);
}

static void
preference_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error) && !g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
    cr_session_set_warning (CR_SESSION (source), error->message);
}

typedef struct {
  CrId person_id;
  char *key, *value;
  char *before;            /* merged: what it was here */
  CrPreferenceMerge merge; /* NULL: the value takes the place of any other */
} Preference;

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

/* Nobody is kept out of the practice by a damaged picture. */
static void
load_logo (CrTx *tx, CrSharedLists *lists)
{
  g_autoptr (GError) failure = NULL;
  if (lists->practice->logo_id == CR_ID_NONE || lists->practice->logo_id == lists->known_logo)
    return;
  lists->logo = cr_settings_load_logo (tx, lists->practice->logo_id, &failure);
  if (lists->logo == NULL)
    lists->trouble = g_strdup_printf (_ ("The logo is missing on papers: %s"), failure->message);
}

static gboolean
load_settings (CrTx *tx, CrSharedLists *lists, GError **error)
{
  load_logo (tx, lists);
  lists->settings = cr_settings_load (tx, error);
  return lists->settings != NULL;
}

void
cr_shared_lists_clear (CrSharedLists *lists)
{
  g_clear_pointer (&lists->practice, cr_practice_free);
  g_clear_pointer (&lists->people, g_ptr_array_unref);
  g_clear_pointer (&lists->visit_types, g_ptr_array_unref);
  g_clear_pointer (&lists->rooms, g_ptr_array_unref);
  g_clear_pointer (&lists->contacts, g_ptr_array_unref);
  g_clear_pointer (&lists->preferences, g_hash_table_unref);
  g_clear_pointer (&lists->settings, g_hash_table_unref);
  g_clear_pointer (&lists->logo, g_bytes_unref);
  g_clear_pointer (&lists->trouble, g_free);
}

gboolean
cr_shared_lists_load_job (CrTx *tx, gpointer data, GError **error)
{
  CrSharedLists *lists = data;
  lists->practice = cr_practice_load (tx, error);
  if (lists->practice == NULL)
    return FALSE;
  lists->people = take_rows (cr_person_list (tx, error), (GDestroyNotify)cr_person_free);
  if (lists->people == NULL)
    return FALSE;
  g_ptr_array_sort (lists->people, compare_people);
  lists->visit_types = take_rows (cr_visit_type_list (tx, error), (GDestroyNotify)cr_visit_type_free);
  if (lists->visit_types == NULL)
    return FALSE;
  lists->rooms = take_rows (cr_room_list (tx, error), (GDestroyNotify)cr_room_free);
  if (lists->rooms == NULL)
    return FALSE;
  lists->contacts = take_rows (cr_contact_list (tx, NULL, error), (GDestroyNotify)cr_contact_free);
  return lists->contacts != NULL && load_preferences (tx, lists, error) && load_settings (tx, lists, error) &&
         cr_person_has_pin (tx, lists->person_id, &lists->has_pin, error);
}

static void
take_practice (CrSession *self, CrPractice *practice)
{
  g_clear_pointer (&self->practice, cr_practice_free);
  self->practice = practice;
  cr_clock_set_zone (self->clock, practice->zone);
  cr_date_set_style (g_strcmp0 (practice->date_style, "cui") == 0 ? CR_DATE_STYLE_CUI : CR_DATE_STYLE_US);
  cr_units_set (g_strcmp0 (practice->units, "metric") == 0 ? CR_UNITS_METRIC : CR_UNITS_US);
  cr_minute_set_24_hour (g_strcmp0 (practice->hour_style, "24") == 0);
  g_object_notify (G_OBJECT (self), "practice-name");
}

static void
take_settings (CrSession *self, CrSharedLists *lists)
{
  g_clear_pointer (&self->settings, g_hash_table_unref);
  self->settings = g_steal_pointer (&lists->settings);
  if (self->logo_id != self->practice->logo_id || lists->logo != NULL) {
    g_clear_pointer (&self->logo, g_bytes_unref);
    self->logo = g_steal_pointer (&lists->logo);
    self->logo_id = self->practice->logo_id;
  }
  if (lists->trouble != NULL)
    cr_session_set_warning (self, lists->trouble);
  g_object_notify (G_OBJECT (self), "set-up-step");
}

void
cr_session_show_lists (CrSession *self, CrSharedLists *lists)
{
  take_practice (self, g_steal_pointer (&lists->practice));
  take_settings (self, lists);
  cr_rows_sync (self->people, lists->people, cr_rows_same_version);
  cr_rows_sync (self->visit_types, lists->visit_types, cr_rows_same_version);
  cr_rows_sync (self->rooms, lists->rooms, cr_rows_same_version);
  cr_rows_sync (self->contacts, lists->contacts, cr_rows_same_version);
  if (self->desk != NULL)
    update_own_person (self);
}

void
cr_session_reload_lists (CrSession *self)
{
  self->reload_again = self->reloading;
  if (self->reloading || self->desk == NULL)
    return;
  self->reloading = TRUE;
  CrSharedLists *lists = g_new0 (CrSharedLists, 1);
  lists->person_id = self->desk->person->id;
  lists->known_logo = self->logo_id;
  cr_session_start_job (self, cr_shared_lists_load_job, lists, free_lists, reloaded_cb, lists);
}

gboolean
cr_session_lists_depend_on (const char *kind)
{
  const CrRecordClass *const classes[] = { &CR_PRACTICE, &CR_PERSON,  &CR_VISIT_TYPE,
                                           &CR_ROOM,     &CR_CONTACT, &CR_PREFERENCE /* the practice's */ };
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (kind, classes[i]->name))
      return TRUE;
  return g_str_equal (kind, "*");
}

GListModel *
cr_session_get_people (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->people);
}

GListModel *
cr_session_get_visit_types (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->visit_types);
}

GListModel *
cr_session_get_rooms (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->rooms);
}

GListModel *
cr_session_get_contacts (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->contacts);
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
  const char *before = cr_session_get_preference (self, key);
  if (self->desk == NULL || g_strcmp0 (before, value) == 0)
    return;
  Preference *preference = g_new0 (Preference, 1);
  *preference =
      (Preference){ self->desk->person->id, g_strdup (key), g_strdup (value), g_strdup (before), merge };
  if (value != NULL)
    g_hash_table_insert (self->desk->preferences, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (self->desk->preferences, key);
  cr_session_start_job (self, save_preference_job, preference, free_preference, preference_saved_cb, NULL);
}

void
cr_session_set_preference (CrSession *self, const char *key, const char *value)
{
  g_return_if_fail (CR_IS_SESSION (self));
  g_return_if_fail (is_preference (key));
  cr_session_merge_preference (self, key, value, NULL);
}
