/* A practice from being opened to being closed. */
#include "store-private.h"
#include "place.h"
#include "chartroom/store/stores.h"
#include "schema.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

enum { CLOCK_SLACK_US = 2 * 60 * 1000 * 1000, CODE_LENGTH = 8 };
#define GENERATION "keys_generation"
#define NEWEST_ENTRY "newest-entry"

/* What opening or creating carries to the store thread and back. */
typedef struct {
  CrDbFlags flags;
  const CrStoreSetup *setup; /* NULL: an existing practice */
  const char *older_reason;  /* why an older copy is gone on with; NULL: it is refused */
  CrStoreUser *user;
  CrRotationLeft left; /* by a change of the keys */
  GError **error;
  gboolean done;
} Opening;

CrStore *
cr_store_new (CrVault *vault, CrClock *clock, const char *program)
{
  CrStore *self = g_new0 (CrStore, 1);
  self->refs = 1;
  self->folder = g_strdup (cr_vault_folder (vault));
  self->program = g_strdup (program);
  self->clock = cr_clock_ref (clock);
  self->vault = cr_vault_ref (vault);
  self->kdf = CR_KDF_MODERATE;
  g_mutex_init (&self->lock);
  self->ids = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_ids_free);
  g_ptr_array_add (self->ids, cr_ids_new (clock, 0));
  self->watches = g_ptr_array_new ();
  self->next_watch = 1;
  self->calls = g_async_queue_new ();
  self->scratch = g_byte_array_new ();
  self->statements = g_hash_table_new (NULL, NULL);
  cr_store_start (self);
  return self;
}

static void
free_store (CrStore *self)
{
  cr_store_close (self);
  cr_watch_clear (self);
  g_ptr_array_unref (self->watches);
  g_ptr_array_unref (self->ids);
  g_async_queue_unref (self->calls);
  g_byte_array_unref (self->scratch);
  g_hash_table_unref (self->statements);
  g_mutex_clear (&self->lock);
  g_free (self->warning);
  cr_vault_unref (self->vault);
  cr_clock_unref (self->clock);
  g_free (self->program);
  g_free (self->folder);
  g_free (self);
}

/* The job's own instant follows, for a clock that was set by civil time. */
static void
set_zone (CrTx *tx, const char *zone)
{
  cr_clock_set_zone (tx->store->clock, zone);
  tx->now = cr_clock_now (tx->store->clock);
}

static gboolean
take_zone (CrTx *tx, GError **error)
{
  g_autoptr (CrPractice) practice = cr_practice_load (tx, error);
  if (practice == NULL)
    return FALSE;
  if (practice->zone != NULL)
    set_zone (tx, practice->zone);
  return TRUE;
}

guint64
cr_store_generation (CrStore *self, guint64 wanted)
{
  if (cr_vault_generation (self->vault) < wanted)
    cr_vault_check_epoch (self->vault, NULL);
  return cr_vault_generation (self->vault);
}

/* The key file never goes back: an older copy would bring removed people back. */
static gboolean
check_generation (CrTx *tx, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *seen = cr_tx_meta (tx, GENERATION, &failure);
  guint64 before = seen == NULL ? 0 : g_ascii_strtoull (seen, NULL, 10);
  guint64 now = cr_store_generation (tx->store, before);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, now);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (now < before)
    g_set_error (
        error, CR_ERROR, CR_ERROR_KEYS_OLDER,
        _ ("The key file practice.keys in %s is an older copy than the one this practice was last used "
           "with. Put the newest key file back, or restore a whole backup into a new folder."),
        tx->store->folder);
  else
    return now == before || cr_tx_set_meta (tx, GENERATION, text, error);
  return FALSE;
}

static char *
describe_instant (CrClock *clock, CrInstant at)
{
  g_autofree char *date = cr_date_to_iso (cr_clock_date_of (clock, at));
  int minute = cr_clock_minute_of (clock, at);
  return g_strdup_printf ("%s %02d:%02d", date, minute / 60, minute % 60);
}

/* The newest instant that anything was recorded at.  While the clock is behind, the last entry is older than
 * that: what was newest when it was found behind is kept. */
static gboolean
take_newest (CrTx *tx, const CrChainHead *head, CrInstant *newest, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *kept = cr_tx_meta (tx, NEWEST_ENTRY, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  *newest = MAX (head->at, kept != NULL ? g_ascii_strtoll (kept, NULL, 10) : 0);
  return TRUE;
}

/* Told at every sign-in for as long as it is so. */
static gboolean
check_clock (CrTx *tx, const CrChainHead *head, GError **error)
{
  CrStore *store = tx->store;
  CrInstant latest = 0;
  if (!take_newest (tx, head, &latest, error))
    return FALSE;
  if (tx->now >= latest - CLOCK_SLACK_US)
    return TRUE;
  g_autofree char *kept = g_strdup_printf ("%" G_GINT64_FORMAT, latest);
  g_autofree char *now = describe_instant (store->clock, tx->now);
  g_autofree char *newest = describe_instant (store->clock, latest);
  g_autofree char *detail = g_strdup_printf ("clock %s, newest entry %s", now, newest);
  g_free (store->warning);
  store->warning =
      g_strdup_printf (_ ("The clock of this computer (%s) is behind the newest entry in this practice "
                          "(%s). Set the clock right before you record anything."),
                       now, newest);
  return cr_tx_set_meta (tx, NEWEST_ENTRY, kept, error) &&
         cr_tx_audit (tx, "clock-set-back", NULL, CR_ID_NONE, CR_ID_NONE, detail, error);
}

static gboolean
check_sealed_head (CrStore *store, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  if (!cr_chain_check_sealed (store, findings, error))
    return FALSE;
  if (findings->len > 0)
    store->warning = g_strdup (g_ptr_array_index (findings, 0));
  return TRUE;
}

/* Asked once the person is known. */
static gboolean
check_seen (CrTx *tx, const Opening *opening, GError **error)
{
  g_autoptr (GError) older = NULL;
  if (cr_seen_check (tx->store, &older))
    return TRUE;
  if (g_error_matches (older, CR_ERROR, CR_ERROR_OLDER_COPY) && opening->older_reason != NULL) {
    if (opening->user->person->roles & CR_ROLE_ADMIN)
      return cr_tx_audit (tx, "older-copy", NULL, CR_ID_NONE, CR_ID_NONE, opening->older_reason, error);
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                         _ ("Only an administrator can go on with an older copy of the practice."));
    return FALSE;
  }
  g_propagate_error (error, g_steal_pointer (&older));
  return FALSE;
}

/* Either the change of the keys was cut off at its very last step, or the key file is an older one. */
static void
tell_unknown (CrStore *store)
{
  g_autofree char *name = cr_rotation_unknown (store);
  if (name == NULL)
    return;
  g_free (store->warning);
  store->warning = g_strdup_printf (
      _ ("The folder holds %s, for which practice.keys has no key. If what was recorded last is "
         "missing here, practice.keys is an older copy: put the newest one back. Otherwise the last "
         "change of the keys was interrupted, and the file can be deleted."),
      name);
}

/* A change of the keys that did not come to its end is nobody's fault, but must be known: once, or to the
 * administrators until one of them goes on with it. */
static gboolean
tell_interrupted (CrTx *tx, const Opening *opening, GError **error)
{
  gboolean to_go_on = opening->left == CR_ROTATION_LEFT_TO_GO_ON;
  if (opening->left == CR_ROTATION_LEFT_NOTHING)
    tell_unknown (tx->store);
  if (opening->left == CR_ROTATION_LEFT_NOTHING ||
      (to_go_on && !(opening->user->person->roles & CR_ROLE_ADMIN)))
    return TRUE;
  g_free (tx->store->warning);
  tx->store->warning = g_strdup (
      to_go_on ? _ ("The last change of this practice's keys was interrupted before it took effect. The keys "
                    "are as they were before. Change them again: what is there already is kept. A recovery "
                    "sheet made for it opens nothing.")
               : _ ("The last change of this practice's keys was interrupted before it took effect. "
                    "The keys are as they were before; change them again. A recovery sheet made for it opens "
                    "nothing."));
  return cr_tx_audit (tx, "rotation-interrupted", NULL, CR_ID_NONE, CR_ID_NONE, NULL, error);
}

static gboolean
enter_job (CrTx *tx, gpointer data, GError **error)
{
  Opening *opening = data;
  CrChainHead head = tx->store->head;
  if (!take_zone (tx, error) || !check_generation (tx, error) || !check_sealed_head (tx->store, error))
    return FALSE;
  opening->user = cr_user_admit (tx, tx->store->vault, error);
  return opening->user != NULL && check_seen (tx, opening, error) && check_clock (tx, &head, error) &&
         tell_interrupted (tx, opening, error) &&
         cr_tx_audit (tx, "sign-in", NULL, CR_ID_NONE, CR_ID_NONE, NULL, error);
}

static gboolean
found_job (CrTx *tx, gpointer data, GError **error)
{
  Opening *opening = data;
  CrPerson *admin = opening->setup->admin;
  CrPractice *practice = opening->setup->practice;
  if (practice->zone != NULL)
    set_zone (tx, practice->zone);
  g_free (admin->login);
  admin->login = g_strdup (cr_vault_name (tx->store->vault));
  admin->active = TRUE;
  if (!cr_tx_save (tx, &CR_PERSON, admin, error))
    return FALSE;
  opening->user = cr_user_admit (tx, tx->store->vault, error);
  if (opening->user == NULL || !cr_tx_save (tx, &CR_PRACTICE, practice, error) ||
      !check_generation (tx, error))
    return FALSE;
  return cr_tx_audit (tx, "sign-in", NULL, CR_ID_NONE, CR_ID_NONE, NULL, error);
}

/* Where the chain stands, before anything is written. */
static gboolean
take_bearings (CrStore *self, GError **error)
{
  if (!cr_chain_read_head (self->db, &self->head, error))
    return FALSE;
  self->seen_seq = self->sealed_seq = self->head.seq;
  self->seen_stamp = cr_db_change_stamp (self->db, NULL);
  self->looked_at = self->sealed_at = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
refused_job (CrTx *tx, gpointer login, GError **error)
{
  return cr_tx_audit (tx, "sign-in-failed", NULL, CR_ID_NONE, CR_ID_NONE, login, error);
}

/* A key that opens the file, but a row that says no, is worth an entry. */
static void
audit_refusal (CrStore *self, const GError *failure)
{
  if (g_error_matches (failure, CR_ERROR, CR_ERROR_NOT_ALLOWED) ||
      g_error_matches (failure, CR_ERROR, CR_ERROR_NOT_FOUND))
    cr_tx_execute (self, NULL, refused_job, (gpointer)cr_vault_name (self->vault), NULL);
}

static gboolean
enter (CrStore *self, Opening *opening, GError **error)
{
  self->db = cr_db_open (self->vault, opening->flags, error);
  if (self->db == NULL || !cr_schema_migrate (self->db, CR_SCHEMA_STEPS, self->folder, error) ||
      !take_bearings (self, error))
    return FALSE;
  cr_db_set_wait (self->db, cr_watch_wait_cb, self);
  opening->left = cr_rotation_sweep (self);
  g_autoptr (GError) failure = NULL;
  if (cr_tx_execute (self, NULL, opening->setup != NULL ? found_job : enter_job, opening, &failure)) {
    cr_seen_note (self, NULL, &self->head, opening->older_reason != NULL);
    return TRUE;
  }
  audit_refusal (self, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
open_call (CrStore *self, gpointer data)
{
  Opening *opening = data;
  opening->done = enter (self, opening, opening->error);
}

/* NULL when it failed; the store is freed then. */
static CrStore *
open_store (CrStore *self, Opening *opening, CrStoreUser **user)
{
  if (cr_store_call (self, open_call, opening, opening->error) && opening->done) {
    *user = opening->user;
    return self;
  }
  g_clear_pointer (&opening->user, cr_store_user_unref);
  cr_store_unref (self);
  return NULL;
}

void
cr_store_unmake (const char *folder)
{
  static const char *const FILES[] = { "practice.db",         "practice.db-wal", "practice.db-shm",
                                       "practice.db-journal", "practice.keys",   "backups" };
  g_autofree char *documents = g_build_filename (folder, "documents", NULL);
  g_autoptr (GDir) dir = g_dir_open (documents, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (documents, name, NULL);
    (void)g_remove (path);
  }
  (void)g_rmdir (documents);
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_build_filename (folder, FILES[i], NULL);
    (void)g_remove (path);
  }
  g_rmdir (folder);
}

CrStore *
cr_store_create (const CrStoreSetup *setup, CrClock *clock, const char *program, CrStoreUser **user,
                 char **recovery_code, GError **error)
{
  CrKdf kdf = setup->test_kdf ? CR_KDF_TEST : CR_KDF_MODERATE;
  g_autoptr (CrVault) vault =
      !cr_place_check (setup->folder, error)
          ? NULL
          : cr_vault_create (setup->folder, setup->admin->login, setup->password, kdf, recovery_code, error);
  if (vault == NULL)
    return NULL;
  Opening opening = { .flags = CR_DB_CREATE, .setup = setup, .error = error };
  CrStore *self = cr_store_new (vault, clock, program);
  self->kdf = kdf;
  self = open_store (self, &opening, user);
  if (self != NULL)
    return self;
  g_clear_pointer (recovery_code, cr_secret_free);
  setup->admin->version = setup->practice->version = 0;
  cr_store_unmake (setup->folder); /* the folder was new or empty */
  return NULL;
}

static CrStore *
open_once (const char *folder, const char *login, const char *password, const char *older_reason,
           CrClock *clock, const char *program, CrStoreUser **user, GError **error)
{
  g_autoptr (CrVault) vault = cr_vault_open (folder, login, password, error);
  if (vault == NULL)
    return NULL;
  Opening opening = { .flags = CR_DB_OPEN, .older_reason = older_reason, .error = error };
  return open_store (cr_store_new (vault, clock, program), &opening, user);
}

CrStore *
cr_store_open_older (const char *folder, const char *login, const char *password, const char *reason,
                     CrClock *clock, const char *program, CrStoreUser **user, GError **error)
{
  g_autoptr (GError) older = NULL;
  if (!cr_place_check (folder, error))
    return NULL;
  CrStore *self = open_once (folder, login, password, reason, clock, program, user, &older);
  if (g_error_matches (older, CR_ERROR, CR_ERROR_KEYS_OLDER) ||
      g_error_matches (older, CR_ERROR, CR_ERROR_KEYS_CHANGED)) {
    /* Another program may have replaced the key file while this one derived the key: look once more. */
    g_clear_error (&older);
    self = open_once (folder, login, password, reason, clock, program, user, &older);
  }
  if (older != NULL)
    g_propagate_error (error, g_steal_pointer (&older));
  return self;
}

CrStore *
cr_store_open (const char *folder, const char *login, const char *password, CrClock *clock,
               const char *program, CrStoreUser **user, GError **error)
{
  return cr_store_open_older (folder, login, password, NULL, clock, program, user, error);
}

CrStore *
cr_store_ref (CrStore *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
cr_store_unref (CrStore *self)
{
  if (g_atomic_int_dec_and_test (&self->refs))
    free_store (self);
}

void
cr_store_close (CrStore *self)
{
  cr_store_stop (self);
}

void
cr_store_shut (CrStore *self)
{
  if (self->db == NULL)
    return;
  cr_chain_seal (self, TRUE);
  cr_db_close (self->db);
  self->db = NULL;
}

const char *
cr_store_folder (CrStore *self)
{
  return self->folder;
}

CrClock *
cr_store_clock (CrStore *self)
{
  return self->clock;
}

CrIds *
cr_store_ids (CrStore *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  return g_ptr_array_index (self->ids, self->ids->len - 1);
}

void
cr_store_seed_ids (CrStore *self, guint64 seed)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  CrIds *ids = cr_ids_new_after (self->ids->pdata[self->ids->len - 1], seed);
  g_ptr_array_add (self->ids, ids); /* earlier ones stay: another thread may be using them */
}

const char *
cr_store_warning (CrStore *self)
{
  return self->warning;
}

char *
cr_store_head_code (CrStore *self)
{
  static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint64 bits = 0;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < 5; i++)
    bits = bits << 8 | self->head.hash[i];
  g_mutex_unlock (&self->lock);
  GString *code = g_string_new (NULL);
  for (int i = CODE_LENGTH - 1; i >= 0; i--) {
    g_string_append_c (code, DIGITS[bits >> (5 * i) & 31]);
    if (i == CODE_LENGTH / 2)
      g_string_append_c (code, '-');
  }
  return g_string_free (code, FALSE);
}
