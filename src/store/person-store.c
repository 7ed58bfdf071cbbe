/* People who work here: a row, and a slot in the key file. */
#include "user-private.h"
#include "list.h"
#include <glib/gi18n.h>

#define PERSON_COLUMNS                                                                                       \
  "login, family, given, credentials, roles, schedulable, npi, license, dea, direct_line, public_key, "      \
  "position, active, overlap_limit"

#define PERSON_KEY_COLUMNS "person_id, public_key, valid_from, valid_until"

#define PEOPLE CR_SELECT ("person", PERSON_COLUMNS) " ORDER BY position IS NULL, position, family, given"
#define BY_LOGIN CR_SELECT ("person", PERSON_COLUMNS) " WHERE login = $1"
#define OTHER_ADMINS "SELECT count (*) FROM person WHERE active = 1 AND (roles & $1) <> 0 AND id <> $2"

const CrTable CR_PERSON_TABLE = {
  CR_TABLE (CR_PERSON, "person", PERSON_COLUMNS, CR_PARAMS_14),
  .word = N_ ("person"),
  .free = (GDestroyNotify)cr_person_free,
};

const CrTable CR_PERSON_KEY_TABLE = {
  CR_TABLE (CR_PERSON_KEY, "person_key", PERSON_KEY_COLUMNS, CR_PARAMS_4),
  .word = N_ ("signing key"),
  .free = (GDestroyNotify)cr_person_key_free,
};

/* Undoes the slot of a person whose row was not committed. */
static gboolean
take_slot_back_cb (CrTx *tx, gpointer login, GError **error)
{
  return cr_vault_remove_person (tx->store->vault, login, error);
}

static gboolean
remove_slot_cb (CrTx *tx, gpointer login, GError **error)
{
  if (cr_vault_remove_person (tx->store->vault, login, error))
    return TRUE;
  g_prefix_error (
      error,
      _ ("“%s” can no longer sign in, but the key slot is still in the key file. Remove the person "
         "again. "),
      (const char *)login);
  return FALSE;
}

typedef struct {
  char *login, *password; /* password in locked memory */
} NewPassword;

static void
free_new_password (gpointer data)
{
  NewPassword *change = data;
  cr_secret_free (change->password);
  g_free (change->login);
  g_free (change);
}

static gboolean
set_password_cb (CrTx *tx, gpointer data, GError **error)
{
  const NewPassword *change = data;
  return cr_vault_change_password (tx->store->vault, change->login, change->password, tx->store->kdf, error);
}

static gboolean
is_slot (CrTx *tx, const char *login)
{
  g_auto (GStrv) names = cr_vault_slot_names (tx->store->folder, NULL);
  return names != NULL && g_strv_contains ((const char *const *)names, login);
}

static gboolean
check_other_admin (CrTx *tx, const CrPerson *person, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, OTHER_ADMINS, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, CR_ROLE_ADMIN);
  cr_stmt_bind_int (stmt, 2, person->id);
  gboolean read = cr_stmt_step (stmt, error) == CR_STEP_ROW;
  gint64 others = read ? cr_stmt_int (stmt, 0) : 0;
  cr_stmt_reset (stmt);
  if (read && others == 0)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                 _ ("“%s” is the only administrator. Make somebody else an administrator first."),
                 person->login);
  return others > 0;
}

GPtrArray *
cr_person_list (CrTx *tx, GError **error)
{
  return cr_list_all (tx, &CR_PERSON_TABLE, PEOPLE, error);
}

CrPerson *
cr_person_by_login (CrTx *tx, const char *login, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrStmt *stmt = cr_tx_prepare (tx, BY_LOGIN, &failure);
  CrPerson *person = NULL;
  if (stmt != NULL) {
    cr_stmt_bind_text (stmt, 1, login);
    person = cr_table_first (&CR_PERSON_TABLE, stmt, &failure);
  }
  if (person == NULL && failure == NULL)
    g_set_error (
        &failure, CR_ERROR, CR_ERROR_NOT_FOUND,
        _ ("Nobody in this practice has the sign-in name “%s”. Check the name, or ask an administrator."),
        login == NULL ? "" : login);
  if (person == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return person;
}

gboolean
cr_person_add (CrTx *tx, CrPerson *person, const char *password, gboolean test_kdf, GError **error)
{
  CrKdf kdf = test_kdf ? CR_KDF_TEST : tx->store->kdf;
  person->active = TRUE;
  /* The row first: it is refused when the name is taken, and the slot of another person stays untouched. */
  if (!cr_tx_save (tx, &CR_PERSON, person, error) ||
      !cr_vault_add_person (tx->store->vault, person->login, password, kdf, error))
    return FALSE;
  cr_tx_on_rollback (tx, take_slot_back_cb, g_strdup (person->login), g_free);
  return cr_tx_audit (tx, "add-person", CR_PERSON.name, person->id, CR_ID_NONE, person->login, error);
}

gboolean
cr_person_restore (CrTx *tx, CrPerson *person, const char *password, gboolean test_kdf, GError **error)
{
  CrKdf kdf = test_kdf ? CR_KDF_TEST : tx->store->kdf;
  person->active = TRUE;
  if (!cr_tx_save (tx, &CR_PERSON, person, error) ||
      !cr_tx_audit (tx, "restore-person", CR_PERSON.name, person->id, CR_ID_NONE, person->login, error))
    return FALSE;
  if (is_slot (tx, person->login)) /* it could not be taken out of the key file then */
    return cr_person_set_password (tx, person, password, error);
  if (!cr_vault_add_person (tx->store->vault, person->login, password, kdf, error))
    return FALSE;
  cr_tx_on_rollback (tx, take_slot_back_cb, g_strdup (person->login), g_free);
  return TRUE;
}

gboolean
cr_person_remove (CrTx *tx, CrPerson *person, GError **error)
{
  if (!check_other_admin (tx, person, error))
    return FALSE;
  person->active = FALSE;
  if (!cr_tx_save (tx, &CR_PERSON, person, error) || !cr_pin_drop (tx, person->id, error) ||
      !cr_tx_audit (tx, "remove-person", CR_PERSON.name, person->id, CR_ID_NONE, person->login, error))
    return FALSE;
  /* The slot cannot be brought back, so it goes only when the row is committed. */
  if (is_slot (tx, person->login))
    cr_tx_on_commit (tx, remove_slot_cb, g_strdup (person->login), g_free);
  return TRUE;
}

gboolean
cr_person_set_password (CrTx *tx, CrPerson *person, const char *password, GError **error)
{
  if (!cr_pin_drop (tx, person->id, error) ||
      !cr_tx_audit (tx, "set-password", CR_PERSON.name, person->id, CR_ID_NONE, person->login, error))
    return FALSE;
  /* The old slot cannot be brought back, so it is replaced only when the audit entry is committed. */
  NewPassword *change = g_new0 (NewPassword, 1);
  *change = (NewPassword){ g_strdup (person->login), cr_secret_new (password) };
  cr_tx_on_commit (tx, set_password_cb, change, free_new_password);
  return TRUE;
}
