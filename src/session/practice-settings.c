#include "chartroom/session/practice-settings.h"
#include "admin-rules.h"
#include "practice-settings-private.h"
#include "session-private.h"
#include <glib/gi18n.h>
#include <string.h>

/* Every setting there is. */
static const char *const KEYS[] = { CR_SETTING_SET_UP, CR_SETTING_PRINTER_PLAIN, CR_SETTING_PRINTER_SECURITY,
                                    CR_SETTING_PRINTER_CARD, CR_SETTING_PRINTER_LABELS };

static const struct {
  const char *setting, *preference, *words;
} PAPERS[CR_N_PRINT_PAPERS] = {
  [CR_PRINT_PLAIN] = { CR_SETTING_PRINTER_PLAIN, "printer", N_ ("plain paper") },
  [CR_PRINT_SECURITY] = { CR_SETTING_PRINTER_SECURITY, "printer-security", N_ ("security paper") },
  [CR_PRINT_CARD] = { CR_SETTING_PRINTER_CARD, "printer-card", N_ ("appointment cards") },
  [CR_PRINT_LABELS] = { CR_SETTING_PRINTER_LABELS, "printer-labels", N_ ("address labels") },
};

typedef struct {
  char *key, *value, *was; /* was: what the session knew of it */
} Change;

static void
free_change (gpointer data)
{
  Change *change = data;
  g_free (change->key);
  g_free (change->value);
  g_free (change->was);
  g_free (change);
}

static gboolean
is_setting (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (g_str_equal (KEYS[i], key))
      return TRUE;
  return FALSE;
}

GHashTable *
cr_settings_load (CrTx *tx, GError **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    GError *failure = NULL;
    char *value = cr_preference_get (tx, CR_ID_NONE, KEYS[i], &failure);
    if (value != NULL)
      g_hash_table_insert (settings, g_strdup (KEYS[i]), value);
    if (failure != NULL) {
      g_propagate_error (error, failure);
      return NULL;
    }
  }
  return g_steal_pointer (&settings);
}

static gboolean
save_change (CrTx *tx, const Change *change, GError **error)
{
  GError *failure = NULL;
  g_autofree char *stored = cr_preference_get (tx, CR_ID_NONE, change->key, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  if (g_strcmp0 (stored, change->value) == 0)
    return TRUE;
  if (g_strcmp0 (stored, change->was) == 0)
    return cr_preference_set (tx, CR_ID_NONE, change->key, change->value, error);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                       _ ("Somebody else has changed this meanwhile. Look at it again, then save."));
  return FALSE;
}

static gboolean
save_settings_job (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray *changes = data;
  for (guint i = 0; i < changes->len; i++)
    if (!save_change (tx, changes->pdata[i], error))
      return FALSE;
  return TRUE;
}

const char *
cr_print_paper_setting (CrPrintPaper paper)
{
  return PAPERS[paper].setting;
}

const char *
cr_print_paper_preference (CrPrintPaper paper)
{
  return PAPERS[paper].preference;
}

const char *
cr_print_paper_words (CrPrintPaper paper)
{
  return _ (PAPERS[paper].words);
}

CrPrintPaper
cr_print_paper_of (const char *kind)
{
  if (g_strcmp0 (kind, "prescription") == 0)
    return CR_PRINT_SECURITY;
  if (g_strcmp0 (kind, "appointment-card") == 0)
    return CR_PRINT_CARD;
  return g_strcmp0 (kind, "address-label") == 0 ? CR_PRINT_LABELS : CR_PRINT_PLAIN;
}

const char *
cr_session_get_setting (CrSession *self, const char *key)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  g_return_val_if_fail (is_setting (key), NULL);
  return self->settings != NULL ? g_hash_table_lookup (self->settings, key) : NULL;
}

/* Known at once: the next change follows before the lists were read again. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrSession *self = CR_SESSION (source);
  g_autoptr (GTask) answer = data;
  const GPtrArray *changes = g_task_get_task_data (answer);
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    g_task_return_error (answer, error);
    return;
  }
  for (guint i = 0; self->settings != NULL && i < changes->len; i++) {
    const Change *change = changes->pdata[i];
    if (change->value != NULL)
      g_hash_table_insert (self->settings, g_strdup (change->key), g_strdup (change->value));
    else
      g_hash_table_remove (self->settings, change->key);
  }
  g_object_notify (G_OBJECT (self), "set-up-step");
  g_task_return_boolean (answer, TRUE);
}

void
cr_admin_save_settings_async (CrSession *self, const CrSetting *settings, guint n, GAsyncReadyCallback cb,
                              gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  GTask *answer = g_task_new (self, NULL, cb, data);
  GPtrArray *changes = g_ptr_array_new_with_free_func (free_change);
  for (guint i = 0; i < n; i++) {
    Change *change = g_new0 (Change, 1);
    *change = (Change){ g_strdup (settings[i].key), g_strdup (settings[i].value),
                        g_strdup (cr_session_get_setting (self, settings[i].key)) };
    g_ptr_array_add (changes, change);
  }
  g_task_set_task_data (answer, changes, (GDestroyNotify)g_ptr_array_unref);
  cr_session_run_async (self, CR_RIGHT_ADMIN, save_settings_job, changes, NULL, saved_cb, answer);
}

/* ---- logo ---- */

typedef struct {
  CrPractice *practice; /* as the session knows it */
  GBytes *png;          /* NULL: none */
} Logo;

static void
free_logo (gpointer data)
{
  Logo *logo = data;
  cr_practice_free (logo->practice);
  g_clear_pointer (&logo->png, g_bytes_unref);
  g_free (logo);
}

static gboolean
check_png (GBytes *png, GError **error)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (png, &size);
  const char *problem =
      size < 8 || memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) != 0 ? _ ("The logo is not a PNG picture.")
      : size > CR_LOGO_MAX_BYTES ? _ ("The logo is too big. Choose a picture with fewer details.")
                                 : NULL;
  if (problem != NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
  return problem == NULL;
}

static gboolean
add_logo (CrTx *tx, Logo *logo, GError **error)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  document->kind = g_strdup ("logo");
  document->title = g_strdup ("Logo of the letterhead");
  document->mime = g_strdup ("image/png");
  document->dated = cr_tx_today (tx);
  if (!check_png (logo->png, error) || !cr_document_add (tx, document, logo->png, error))
    return FALSE;
  logo->practice->logo_id = document->id;
  return TRUE;
}

/* The practice's version is the session's: who changed the practice meanwhile is not overwritten. */
static gboolean
save_logo_job (CrTx *tx, gpointer data, GError **error)
{
  Logo *logo = data;
  logo->practice->logo_id = CR_ID_NONE;
  return (logo->png == NULL || add_logo (tx, logo, error)) &&
         cr_tx_save (tx, &CR_PRACTICE, logo->practice, error);
}

GBytes *
cr_settings_load_logo (CrTx *tx, CrId logo_id, GError **error)
{
  g_autoptr (CrDocument) document = cr_tx_load (tx, &CR_DOCUMENT, logo_id, error);
  return document != NULL ? cr_document_content (tx, document, error) : NULL;
}

GBytes *
cr_session_get_logo (CrSession *self)
{
  g_return_val_if_fail (CR_IS_SESSION (self), NULL);
  return self->logo;
}

void
cr_admin_save_logo_async (CrSession *self, GBytes *png, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (self));
  Logo *logo = g_new0 (Logo, 1);
  const CrPractice *practice = cr_session_get_practice (self);
  logo->practice = practice != NULL ? cr_practice_copy (practice) : NULL;
  logo->png = png != NULL ? g_bytes_ref (png) : NULL;
  cr_session_run_async (self, CR_RIGHT_ADMIN, save_logo_job, logo, free_logo, cb, data);
}
