/* The recovery code opens the practice when no password does: it gives an administrator a new one. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include <glib/gi18n.h>

typedef struct {
  const char *login, *password;
  GError **error;
  gboolean done;
} Recovery;

static gboolean
recover_job (CrTx *tx, gpointer data, GError **error)
{
  Recovery *recovery = data;
  g_autoptr (CrPerson) person = cr_person_by_login (tx, recovery->login, error);
  if (person == NULL)
    return FALSE;
  if (person->active && (person->roles & CR_ROLE_ADMIN))
    return cr_tx_audit (tx, "recover", CR_PERSON.name, person->id, CR_ID_NONE, person->login, error) &&
           cr_person_set_password (tx, person, recovery->password, error);
  g_set_error (
      error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
      _ ("“%s” is not an administrator of this practice. The recovery code gives an administrator a new "
         "password; the administrator then gives the others theirs."),
      person->login);
  return FALSE;
}

static void
recover_call (CrStore *store, gpointer data)
{
  Recovery *recovery = data;
  store->db = cr_db_open (store->vault, CR_DB_OPEN, recovery->error);
  recovery->done = store->db != NULL && cr_chain_read_head (store->db, &store->head, recovery->error) &&
                   cr_tx_execute (store, NULL, recover_job, recovery, recovery->error);
}

gboolean
cr_store_recover (const char *folder, const char *code, const char *login, const char *password,
                  gboolean test_kdf, CrClock *clock, const char *program, GError **error)
{
  Recovery recovery = { login, password, error, FALSE };
  g_autoptr (CrVault) vault = cr_vault_open_recovery (folder, code, error);
  if (vault == NULL)
    return FALSE;
  g_autoptr (CrStore) store = cr_store_new (vault, clock, program);
  if (test_kdf)
    store->kdf = CR_KDF_TEST;
  return cr_store_call (store, recover_call, &recovery, error) && recovery.done;
}
