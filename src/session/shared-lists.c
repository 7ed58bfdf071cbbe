/* What pages share: practice, people, visit types, rooms and contacts. */
#include "practice-settings-private.h"
#include "session-private.h"
#include "chartroom/clinical/vitals.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

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
  return lists->contacts != NULL && cr_preferences_load (tx, lists, error) &&
         load_settings (tx, lists, error) && cr_person_has_pin (tx, lists->person_id, &lists->has_pin, error);
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
