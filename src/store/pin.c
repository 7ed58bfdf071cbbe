/* Coming back by a PIN: while the practice is open, on the day of the sign-in, five tries. */
#include "store-private.h"
#include "user-private.h"
#include <glib/gi18n.h>

#define MOST_TRIES 5
#define READ "SELECT verifier, tries FROM pin WHERE person_id = $1"
#define COUNT "UPDATE pin SET tries = tries + 1 WHERE person_id = $1"
#define FORGIVE "UPDATE pin SET tries = 0 WHERE person_id = $1"
#define DROP "DELETE FROM pin WHERE person_id = $1"
#define KEEP                                                                                                 \
  "INSERT INTO pin (person_id, verifier, tries) VALUES ($1, $2, 0)"                                          \
  " ON CONFLICT (person_id) DO UPDATE SET verifier = excluded.verifier, tries = 0"

typedef struct {
  CrId person_id;
  char *verifier; /* NULL: none is set */
  gint64 tries;
} Pin;

static gboolean
run_for (CrTx *tx, const char *sql, CrId person_id, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, sql, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, person_id);
  return cr_stmt_run (stmt, error);
}

static gboolean
read_pin (CrTx *tx, Pin *pin, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, READ, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, pin->person_id);
  CrStep step = cr_stmt_step (stmt, error);
  if (step == CR_STEP_ROW) {
    pin->verifier = g_strdup (cr_stmt_text (stmt, 0));
    pin->tries = cr_stmt_int (stmt, 1);
  }
  cr_stmt_reset (stmt);
  return step != CR_STEP_ERROR;
}

/* The try counts before it is looked at: whoever cuts the power gains none. */
static gboolean
begin_job (CrTx *tx, gpointer data, GError **error)
{
  Pin *pin = data;
  return read_pin (tx, pin, error) &&
         (pin->verifier == NULL || pin->tries >= MOST_TRIES || run_for (tx, COUNT, pin->person_id, error));
}

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD, text);
  return FALSE;
}

static gboolean
check_pin (CrStore *self, CrStoreUser *user, const char *typed, Pin *pin, GError **error)
{
  CrDate today = cr_clock_today (self->clock);
  if (cr_date_compare (user->signed_in_on, today) != 0)
    return refuse (error, _ ("A PIN counts on the day of the sign-in. Type your password."));
  if (!cr_store_run (self, user, begin_job, pin, error))
    return FALSE;
  if (pin->verifier == NULL)
    return refuse (error, _ ("You have no PIN. Type your password; a PIN is set under Preferences."));
  if (pin->tries >= MOST_TRIES)
    return refuse (error, _ ("The PIN was wrong five times. Type your password."));
  if (cr_pin_fits (typed, pin->verifier))
    return TRUE;
  return refuse (error, pin->tries + 1 >= MOST_TRIES
                            ? _ ("The PIN was wrong five times. Type your password.")
                            : _ ("The PIN is wrong. Try again, or type your password."));
}

gboolean
cr_pin_unlock (CrStore *self, CrStoreUser *user, const char *typed, GError **error)
{
  Pin pin = { .person_id = user->person->id };
  gboolean fits = check_pin (self, user, typed, &pin, error);
  g_free (pin.verifier);
  return fits;
}

gboolean
cr_pin_forgive (CrTx *tx, CrId person_id, GError **error)
{
  return run_for (tx, FORGIVE, person_id, error);
}

gboolean
cr_pin_drop (CrTx *tx, CrId person_id, GError **error)
{
  return run_for (tx, DROP, person_id, error);
}

static gboolean
keep_job (CrTx *tx, gpointer data, GError **error)
{
  const Pin *pin = data;
  CrStmt *stmt = cr_tx_prepare (tx, KEEP, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, pin->person_id);
  cr_stmt_bind_text (stmt, 2, pin->verifier);
  return cr_stmt_run (stmt, error) &&
         cr_tx_audit (tx, "set-pin", CR_PERSON.name, pin->person_id, CR_ID_NONE, NULL, error);
}

static gboolean
remove_job (CrTx *tx, gpointer data, GError **error)
{
  CrId *person_id = data;
  return cr_pin_drop (tx, *person_id, error) &&
         cr_tx_audit (tx, "remove-pin", CR_PERSON.name, *person_id, CR_ID_NONE, NULL, error);
}

gboolean
cr_store_set_pin (CrStore *self, CrStoreUser *user, const char *typed, GError **error)
{
  Pin pin = { .person_id = user->person->id };
  const char *weak = typed != NULL ? cr_pin_weakness (typed) : NULL;
  if (typed == NULL)
    return cr_store_run (self, user, remove_job, &pin.person_id, error);
  if (weak != NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, weak);
    return FALSE;
  }
  pin.verifier = cr_pin_verifier (typed, error);
  gboolean kept = pin.verifier != NULL && cr_store_run (self, user, keep_job, &pin, error);
  g_free (pin.verifier);
  return kept;
}

gboolean
cr_person_has_pin (CrTx *tx, CrId person_id, gboolean *has, GError **error)
{
  Pin pin = { .person_id = person_id };
  gboolean read = read_pin (tx, &pin, error);
  *has = pin.verifier != NULL;
  g_free (pin.verifier);
  return read;
}
