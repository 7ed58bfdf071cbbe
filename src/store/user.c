/* Signed-in people: a person's row and the person's own key slot. */
#include "user-private.h"
#include <glib/gi18n.h>

#define NEWEST_KEY_END "SELECT max (valid_until) FROM person_key WHERE person_id = $1"

/* What a sign-in job carries. */
typedef struct {
  const char *action, *detail;
  CrVault *vault; /* of a sign-in that succeeded so far */
  CrId person_id; /* of an unlock */
  CrStoreUser *user;
} SignIn;

static CrStoreUser *
new_user (CrPerson *person, CrVault *vault)
{
  CrStoreUser *user = g_new0 (CrStoreUser, 1);
  user->refs = 1;
  user->person = person;
  user->role = cr_roles_describe (person->roles);
  user->vault = cr_vault_ref (vault);
  user->charts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return user;
}

static gboolean
check_active (const CrPerson *person, GError **error)
{
  if (person->active)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
               _ ("“%s” may no longer sign in to this practice. Ask an administrator."), person->login);
  return FALSE;
}

/* When the present key came into use: when the one before it ended; 0 for the first. */
static gboolean
read_key_start (CrTx *tx, CrId person_id, CrInstant *start, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, NEWEST_KEY_END, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, person_id);
  gboolean read = cr_stmt_step (stmt, error) == CR_STEP_ROW;
  if (read)
    *start = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return read;
}

static gboolean
keep_former_key (CrTx *tx, const CrPerson *person, GError **error)
{
  g_autoptr (CrPersonKey) former = cr_person_key_new ();
  if (person->public_key == NULL)
    return TRUE;
  former->person_id = person->id;
  former->public_key = g_strdup (person->public_key);
  former->until = tx->now;
  return read_key_start (tx, person->id, &former->from, error) &&
         cr_tx_save (tx, &CR_PERSON_KEY, former, error);
}

/* The row follows the slot: a new slot has a new signing key, old signatures keep theirs. */
static gboolean
adopt_key (CrTx *tx, CrStoreUser *user, GError **error)
{
  guint8 key[32];
  cr_vault_public_key (user->vault, key);
  g_autofree char *hex = cr_hash_hex (key, sizeof key);
  if (g_strcmp0 (hex, user->person->public_key) == 0)
    return TRUE;
  if (!keep_former_key (tx, user->person, error))
    return FALSE;
  g_free (user->person->public_key);
  user->person->public_key = g_steal_pointer (&hex);
  return cr_tx_save (tx, &CR_PERSON, user->person, error);
}

/* The typed name when it is one of the practice's; else it may be a password typed in the wrong place. */
static const char *
known_login (const char *folder, const char *login)
{
  g_auto (GStrv) names = cr_store_login_names (folder, NULL);
  return names != NULL && g_strv_contains ((const char *const *)names, login) ? login : "unknown name";
}

static gboolean
admit_job (CrTx *tx, gpointer data, GError **error)
{
  SignIn *sign_in = data;
  sign_in->user = cr_user_admit (tx, sign_in->vault, error);
  return sign_in->user != NULL && cr_pin_forgive (tx, sign_in->user->person->id, error) &&
         cr_tx_audit (tx, sign_in->action, NULL, CR_ID_NONE, CR_ID_NONE, NULL, error);
}

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  SignIn *sign_in = data;
  return cr_tx_audit (tx, sign_in->action, NULL, CR_ID_NONE, CR_ID_NONE, sign_in->detail, error);
}

static gboolean
unlock_job (CrTx *tx, gpointer data, GError **error)
{
  SignIn *sign_in = data;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, sign_in->person_id, error);
  return person != NULL && check_active (person, error) && cr_pin_forgive (tx, person->id, error) &&
         audit_job (tx, data, error);
}

/* A refused sign-in is worth an entry of its own; the refusal stays the error. */
static void
audit_failure (CrStore *self, CrStoreUser *user, const char *action, const char *login)
{
  SignIn failed = { .action = action, .detail = known_login (self->folder, login) };
  cr_store_run (self, user, audit_job, &failed, NULL);
}

static void
sign_out_cb (CrStore *self, gpointer data)
{
  CrStoreUser *user = data;
  SignIn out = { .action = "sign-out" };
  cr_tx_execute (self, user, audit_job, &out, NULL);
  cr_store_user_unref (user);
}

CrStoreUser *
cr_user_admit (CrTx *tx, CrVault *vault, GError **error)
{
  g_autoptr (CrPerson) person = cr_person_by_login (tx, cr_vault_name (vault), error);
  if (person == NULL || !check_active (person, error))
    return NULL;
  g_autoptr (CrStoreUser) user = new_user (g_steal_pointer (&person), vault);
  user->signed_in_on = cr_clock_date_of (tx->store->clock, tx->now);
  tx->user = user;
  if (adopt_key (tx, user, error))
    return g_steal_pointer (&user);
  tx->user = NULL;
  return NULL;
}

CrStoreUser *
cr_store_sign_in (CrStore *self, const char *login, const char *password, GError **error)
{
  g_autoptr (CrVault) vault = cr_vault_open_beside (self->vault, login, password, error);
  SignIn sign_in = { .action = "sign-in", .vault = vault };
  if (vault != NULL && cr_store_run (self, NULL, admit_job, &sign_in, error))
    return sign_in.user;
  g_clear_pointer (&sign_in.user, cr_store_user_unref);
  audit_failure (self, NULL, "sign-in-failed", login);
  return NULL;
}

static gboolean
same_key (CrVault *a, CrVault *b)
{
  guint8 first[32], second[32];
  cr_vault_public_key (a, first);
  cr_vault_public_key (b, second);
  return memcmp (first, second, sizeof first) == 0;
}

static gboolean
unlock_by_pin (CrStore *self, CrStoreUser *user, const char *pin, GError **error)
{
  SignIn unlock = { .action = "unlock", .detail = "PIN", .person_id = user->person->id };
  return cr_pin_unlock (self, user, pin, error) && cr_store_run (self, user, unlock_job, &unlock, error);
}

/* Whose slot was made anew meanwhile signs with its key from now on. */
static gboolean
unlock_by_password (CrStore *self, CrStoreUser **user, const char *password, GError **error)
{
  const CrPerson *person = (*user)->person;
  g_autoptr (CrVault) vault = cr_vault_open_beside (self->vault, person->login, password, error);
  SignIn unlock = { .action = "unlock", .vault = vault, .person_id = person->id };
  if (vault == NULL)
    return FALSE;
  if (same_key ((*user)->vault, vault)) {
    if (!cr_store_run (self, *user, unlock_job, &unlock, error))
      return FALSE;
    (*user)->signed_in_on = cr_clock_today (self->clock);
    return TRUE;
  }
  if (!cr_store_run (self, NULL, admit_job, &unlock, error)) {
    g_clear_pointer (&unlock.user, cr_store_user_unref);
    return FALSE;
  }
  cr_store_user_unref (*user);
  *user = unlock.user;
  return TRUE;
}

gboolean
cr_store_unlock (CrStore *self, CrStoreUser **user, const char *password, GError **error)
{
  if (cr_pin_is_pin (password) ? unlock_by_pin (self, *user, password, error)
                               : unlock_by_password (self, user, password, error))
    return TRUE;
  audit_failure (self, *user, "unlock-failed", (*user)->person->login);
  return FALSE;
}

gboolean
cr_store_check_password (CrStore *self, CrStoreUser *user, const char *password, GError **error)
{
  g_autoptr (CrVault) vault = cr_vault_open_beside (self->vault, user->person->login, password, error);
  if (vault == NULL)
    audit_failure (self, user, "password-refused", user->person->login);
  return vault != NULL;
}

/* ---- a second person's signature ---- */

static gboolean
second_job (CrTx *tx, gpointer data, GError **error)
{
  SignIn *sign = data;
  g_autoptr (CrPerson) person = cr_person_by_login (tx, cr_vault_name (sign->vault), error);
  if (person == NULL || !check_active (person, error))
    return FALSE;
  if (person->id == tx->user->person->id) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                         _ ("A second person has to sign, not the one who is signed in."));
    return FALSE;
  }
  sign->user = new_user (g_steal_pointer (&person), sign->vault);
  return audit_job (tx, data, error);
}

CrStoreUser *
cr_store_second_person (CrStore *self, CrStoreUser *user, const char *login, const char *password,
                        const char *purpose, GError **error)
{
  g_autoptr (CrVault) vault = cr_vault_open_beside (self->vault, login, password, error);
  g_autofree char *detail = g_strdup_printf ("%s: %s", login, purpose);
  SignIn sign = { .action = "second-signature", .detail = detail, .vault = vault };
  if (vault != NULL && cr_store_run (self, user, second_job, &sign, error))
    return sign.user;
  g_clear_pointer (&sign.user, cr_store_user_unref);
  audit_failure (self, user, "second-signature-refused", login);
  return NULL;
}

void
cr_store_sign_out (CrStore *self, CrStoreUser *user)
{
  if (!cr_store_post (self, sign_out_cb, cr_store_user_ref (user)))
    cr_store_user_unref (user);
}

CrStoreUser *
cr_store_user_ref (CrStoreUser *user)
{
  g_atomic_int_inc (&user->refs);
  return user;
}

void
cr_store_user_unref (CrStoreUser *user)
{
  if (!g_atomic_int_dec_and_test (&user->refs))
    return;
  cr_person_free (user->person);
  g_free (user->role);
  cr_vault_unref (user->vault);
  g_hash_table_unref (user->charts);
  g_free (user);
}

const CrPerson *
cr_store_user_person (CrStoreUser *user)
{
  return user->person;
}

/* ---- restricted charts ---- */

static gboolean
keep_chart (CrTx *tx, gpointer data, GError **error)
{
  CrDate today = cr_tx_today (tx);
  g_hash_table_insert (tx->user->charts, g_memdup2 (data, sizeof (CrId)), g_memdup2 (&today, sizeof today));
  return TRUE;
}

void
cr_tx_chart_opened (CrTx *tx, CrId patient)
{
  cr_tx_on_commit (tx, keep_chart, g_memdup2 (&patient, sizeof patient), g_free);
}

gboolean
cr_tx_chart_is_open (CrTx *tx, CrId patient)
{
  const CrDate *day = tx->user != NULL ? g_hash_table_lookup (tx->user->charts, &patient) : NULL;
  return day != NULL && cr_date_compare (*day, cr_tx_today (tx)) == 0;
}

char **
cr_store_login_names (const char *folder, GError **error)
{
  return cr_vault_slot_names (folder, error);
}

const char *
cr_store_password_weakness (const char *password)
{
  return cr_password_weakness (password);
}

guint
cr_store_password_strength (const char *password)
{
  return cr_password_strength (password);
}

char *
cr_store_password_from_file (const char *path, GError **error)
{
  return cr_secret_read_file (path, error);
}

void
cr_store_secret_free (char *secret)
{
  cr_secret_free (secret);
}
