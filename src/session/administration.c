/* People and set-up.  The audit and its verification are in audit-view.c. */
#include "chartroom/session/administration.h"
#include "admin-rules.h"
#include "password.h"
#include "session-private.h"
#include "chartroom/domain/closure.h"
#include "chartroom/domain/practice-setup.h"
#include <glib/gi18n.h>

enum { CLOSURE_MONTHS = 36 };

typedef struct {
  CrPerson *person; /* to add */
  CrId id;
  char *password;
} PersonChange;

typedef struct {
  const CrRecordClass *klass;
  gpointer record;
} Entry;

static void
free_person_change (gpointer data)
{
  PersonChange *change = data;
  cr_person_free (change->person);
  cr_password_free (change->password);
  g_free (change);
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;
  cr_record_free (entry->klass, entry->record);
  g_free (entry);
}

static void
free_set_up_slot (gpointer data)
{
  CrAdminSetUp **set_up = data;
  cr_admin_set_up_free (*set_up);
  g_free (set_up);
}

static gboolean
check_password (const char *password, GError **error)
{
  const char *weakness = cr_store_password_weakness (password != NULL ? password : "");
  if (weakness == NULL)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, weakness);
  return FALSE;
}

/* Also the name of somebody who was removed: old signatures and the audit speak of it. */
static gboolean
check_free_login (CrTx *tx, const char *login, GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (CrPerson) known = cr_person_by_login (tx, login, &none);
  if (g_error_matches (none, CR_ERROR, CR_ERROR_NOT_FOUND))
    return TRUE;
  if (known != NULL)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("The sign-in name “%s” is or was somebody's here. Choose another one."), login);
  else
    g_propagate_error (error, g_steal_pointer (&none));
  return FALSE;
}

static gboolean
save_usual_hours (CrTx *tx, CrId person, GError **error)
{
  g_autoptr (GPtrArray) hours = cr_default_hours (person);
  for (guint i = 0; i < hours->len; i++)
    if (!cr_tx_save (tx, &CR_HOURS, hours->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_person_job (CrTx *tx, gpointer data, GError **error)
{
  PersonChange *change = data;
  return cr_admin_check_record (tx, &CR_PERSON, change->person, error) &&
         check_free_login (tx, change->person->login, error) && check_password (change->password, error) &&
         cr_person_add (tx, change->person, change->password, FALSE, error) &&
         (!change->person->schedulable || save_usual_hours (tx, change->person->id, error));
}

static gboolean
remove_person_job (CrTx *tx, gpointer data, GError **error)
{
  PersonChange *change = data;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, change->id, error);
  if (person == NULL)
    return FALSE;
  if (person->id == cr_store_user_person (cr_tx_user (tx))->id) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("You cannot remove yourself. Another administrator can."));
    return FALSE;
  }
  return cr_person_remove (tx, person, error);
}

static gboolean
restore_person_job (CrTx *tx, gpointer data, GError **error)
{
  PersonChange *change = data;
  if (!check_password (change->password, error))
    return FALSE;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, change->id, error);
  if (person == NULL)
    return FALSE;
  if (person->active) { /* the password that was typed here would not be the one */
    g_set_error (
        error, CR_ERROR, CR_ERROR_CONFLICT,
        _ ("“%s” was given access again meanwhile, with another password. Set a new password for the "
           "person if that one is not known."),
        person->login);
    return FALSE;
  }
  return cr_person_restore (tx, person, change->password, FALSE, error);
}

static gboolean
set_password_job (CrTx *tx, gpointer data, GError **error)
{
  PersonChange *change = data;
  if (!check_password (change->password, error))
    return FALSE;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, change->id, error);
  return person != NULL && cr_person_set_password (tx, person, change->password, error);
}

static gboolean
save_job (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray *entries = data;
  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = entries->pdata[i];
    if (!cr_admin_check_record (tx, entry->klass, entry->record, error) ||
        !cr_tx_save (tx, entry->klass, entry->record, error))
      return FALSE;
  }
  return cr_admin_check_administrators (tx, error);
}

/* From today on; without those that were taken back. */
static GPtrArray *
load_closures (CrTx *tx, GError **error)
{
  CrDate today = cr_tx_today (tx);
  GPtrArray *all = cr_schedule_exception_list (tx, today, cr_date_add_months (today, CLOSURE_MONTHS), error);
  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    if (cr_closure_is_withdrawn (all->pdata[i - 1]))
      g_ptr_array_remove_index (all, i - 1);
  return all;
}

static gboolean
load_set_up_job (CrTx *tx, gpointer data, GError **error)
{
  CrAdminSetUp *set_up = data;
  set_up->hours = cr_hours_list (tx, CR_ID_NONE, error);
  if (set_up->hours != NULL)
    set_up->rooms = cr_room_list (tx, error);
  if (set_up->rooms != NULL)
    set_up->visit_types = cr_visit_type_list (tx, error);
  if (set_up->visit_types != NULL)
    set_up->closures = load_closures (tx, error);
  return set_up->closures != NULL;
}

static void
set_up_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

static PersonChange *
new_change (CrId id, const char *password)
{
  PersonChange *change = g_new0 (PersonChange, 1);
  change->id = id;
  change->password = g_strdup (password);
  return change;
}

void
cr_admin_add_person_async (CrSession *session, const CrPerson *person, const char *password,
                           GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  PersonChange *change = new_change (CR_ID_NONE, password);
  change->person = cr_person_copy (person);
  cr_session_run_async (session, CR_RIGHT_ADMIN, add_person_job, change, free_person_change, cb, data);
}

void
cr_admin_remove_person_async (CrSession *session, CrId person, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  cr_session_run_async (session, CR_RIGHT_ADMIN, remove_person_job, new_change (person, NULL),
                        free_person_change, cb, data);
}

void
cr_admin_restore_person_async (CrSession *session, CrId person, const char *password, GAsyncReadyCallback cb,
                               gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  cr_session_run_async (session, CR_RIGHT_ADMIN, restore_person_job, new_change (person, password),
                        free_person_change, cb, data);
}

void
cr_admin_set_password_async (CrSession *session, CrId person, const char *password, GAsyncReadyCallback cb,
                             gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  const CrPerson *own = cr_session_get_person (session);
  PersonChange *change = new_change (person, password);
  if (own != NULL && own->id == person) /* one's own password takes no right */
    cr_session_start_job (session, set_password_job, change, free_person_change, cb, data);
  else
    cr_session_run_async (session, CR_RIGHT_ADMIN, set_password_job, change, free_person_change, cb, data);
}

void
cr_admin_save_async (CrSession *session, const CrRecordClass *const *classes, gconstpointer *records, guint n,
                     GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GPtrArray *entries = g_ptr_array_new_with_free_func (free_entry);
  for (guint i = 0; i < n; i++) {
    Entry *entry = g_new0 (Entry, 1);
    entry->klass = classes[i];
    entry->record = cr_record_copy (classes[i], records[i]);
    g_ptr_array_add (entries, entry);
  }
  cr_session_run_async (session, CR_RIGHT_ADMIN, save_job, entries, (GDestroyNotify)g_ptr_array_unref, cb,
                        data);
}

void
cr_admin_load_set_up_async (CrSession *session, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *answer = g_task_new (session, NULL, cb, data);
  CrAdminSetUp **set_up = g_new0 (CrAdminSetUp *, 1);
  *set_up = g_new0 (CrAdminSetUp, 1);
  g_task_set_task_data (answer, set_up, free_set_up_slot);
  cr_session_run_async (session, CR_RIGHT_ADMIN, load_set_up_job, *set_up, NULL, set_up_loaded_cb, answer);
}

CrAdminSetUp *
cr_admin_load_set_up_finish (GAsyncResult *result, GError **error)
{
  CrAdminSetUp **set_up = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (set_up) : NULL;
}

void
cr_admin_set_up_free (CrAdminSetUp *set_up)
{
  if (set_up == NULL)
    return;
  g_clear_pointer (&set_up->hours, g_ptr_array_unref);
  g_clear_pointer (&set_up->rooms, g_ptr_array_unref);
  g_clear_pointer (&set_up->visit_types, g_ptr_array_unref);
  g_clear_pointer (&set_up->closures, g_ptr_array_unref);
  g_free (set_up);
}
