/* A change of the keys: the database goes over into a file sealed with new ones, and one rename of
 * practice.keys decides.  Order of events, for what a power cut at any moment leaves:
 *   1. practice-N.db.new is written and checked while people work, and again when somebody wrote meanwhile
 *   2. the write lock of the old database is taken: nobody commits from here on
 *   3. the entry "rotation" goes into practice-N.db, which is closed and synced
 *   4. practice.keys is replaced: from here on the new keys are in force
 * Up to 3 the next change of the keys by the same person goes on with practice-N.db.new: its key is noted in
 * practice.keys, and only pages that are not as they were are written again.  After 4 the old database is a
 * leftover, which the next proven backup removes.  A lock on the documents folder keeps a second change, and
 * the removing of what nobody can go on with, away. */
#include "backup-private.h"
#include "chartroom/store/rotate.h"
#include "chartroom/store/stores.h"
#include "chartroom/vault/rotation.h"
#include "table.h"
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define ROTATION_ENTRY "rotation_entry"
#define ACTIVE_LOGINS "SELECT login FROM person WHERE active = 1 AND login IS NOT NULL"

#define AUDIT_ROWS "SELECT count (*) FROM audit"
#define HISTORY_ROWS "SELECT count (*) FROM history"
#define NEWEST_IS_ROTATION "SELECT action = '" CR_CHAIN_ROTATION "' FROM audit ORDER BY seq DESC LIMIT 1"

enum { TRIES_WITHOUT_LOCK = 2, TRIES_FOR_LOCK = 12 /* of five seconds */ };

typedef struct {
  CrStore *store;
  CrStoreUser *user;
  const CrRotation *rotation;
  CrRotated *rotated;
  int turn;          /* documents folder, locked; −1 */
  CrVault *next;     /* of the new epoch */
  char *path;        /* of its database */
  CrDb *source;      /* reads the old one */
  gint64 stamp;      /* source's when it was copied */
  CrDb *holder;      /* keeps writers out; NULL before the last phase */
  gboolean last;     /* copied with writers kept out */
  CrStore *copy;     /* the new database, open on a thread of its own */
  gboolean resumed;  /* what a change that was cut off had made is kept, until it is found wanting */
  GPtrArray *logins; /* who keeps a slot */
} Rotating;

/* ---- one at a time ---- */

static char *
documents_of (CrStore *store)
{
  return g_build_filename (store->folder, "documents", NULL);
}

/* −1 when another program has it. */
static int
take_turn (CrStore *store)
{
  g_autofree char *documents = documents_of (store);
  int fd = open (documents, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0) {
    close (fd);
    return -1;
  }
  return fd;
}

static gboolean
wait_for_turn (Rotating *self, GError **error)
{
  self->turn = take_turn (self->store);
  if (self->turn >= 0)
    return TRUE;
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_LOCKED,
      _ ("Another program is changing the keys of this practice. Wait until it is done, and sign in again."));
  return FALSE;
}

/* ---- files ---- */

/* What SQLite keeps beside a database; TRUE when any was there. */
static gboolean
remove_beside (const char *path)
{
  static const char *const BESIDE[] = { "-wal", "-shm", "-journal" };
  gboolean there = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (BESIDE); i++) {
    g_autofree char *beside = g_strconcat (path, BESIDE[i], NULL);
    there = g_unlink (beside) == 0 || there;
  }
  return there;
}

static gboolean
remove_database (const char *path)
{
  gboolean there = g_unlink (path) == 0;
  return remove_beside (path) || there;
}

static gint64
size_of (const char *path)
{
  GStatBuf info;
  return g_stat (path, &info) == 0 ? (gint64)info.st_size : 0;
}

/* The copy, and its log while it is being opened. */
static gboolean
check_room (Rotating *self, GError **error)
{
  const char *folder = self->store->folder;
  g_autofree char *database = g_build_filename (folder, cr_vault_database (self->user->vault), NULL);
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  gint64 needed = size_of (database) + 2 * size_of (log) - size_of (self->path);
  return cr_backup_check_room (folder, MAX (needed, 0), error);
}

/* "practice-2.db.new", and what lies beside it. */
static gboolean
is_unfinished (const char *name)
{
  return g_str_has_prefix (name, "practice-") && strstr (name, ".db" CR_EPOCH_UNFINISHED) != NULL;
}

/* With the turn taken: they are nobody's, but for that database and what lies beside it; NULL: none.  TRUE
 * when there was a database. */
static gboolean
remove_unfinished (CrStore *store, const char *but)
{
  g_autoptr (GDir) dir = g_dir_open (store->folder, 0, NULL);
  const char *name;
  gboolean removed = FALSE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (store->folder, name, NULL);
    if (is_unfinished (name) && (but == NULL || !g_str_has_prefix (name, but)))
      removed = (g_unlink (path) == 0 && g_str_has_suffix (name, CR_EPOCH_UNFINISHED)) || removed;
  }
  return removed;
}

static gboolean
is_there (CrStore *store, const char *name)
{
  g_autofree char *path = g_build_filename (store->folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* "practice-2.db" for "practice-2.db.new". */
static char *
final_name (const char *unfinished)
{
  return g_strndup (unfinished, strlen (unfinished) - strlen (CR_EPOCH_UNFINISHED));
}

/* Under either name: the power may have gone between that and the key file. */
static gboolean
can_go_on (CrStore *store, const char *noted)
{
  g_autofree char *progress = noted != NULL ? g_strconcat (noted, "-pages", NULL) : NULL;
  g_autofree char *final = noted != NULL ? final_name (noted) : NULL;
  return noted != NULL && is_there (store, progress) && (is_there (store, noted) || is_there (store, final));
}

gboolean
cr_rotation_is_interrupted (CrTx *tx)
{
  g_autofree char *noted = cr_vault_noted_database (tx->store->vault);
  return can_go_on (tx->store, noted);
}

CrRotationLeft
cr_rotation_sweep (CrStore *store)
{
  int turn = take_turn (store);
  if (turn < 0)
    return CR_ROTATION_LEFT_NOTHING;
  g_autofree char *noted = cr_vault_noted_database (store->vault);
  gboolean kept = can_go_on (store, noted);
  gboolean removed = remove_unfinished (store, kept ? noted : NULL);
  close (turn);
  return kept ? CR_ROTATION_LEFT_TO_GO_ON : removed ? CR_ROTATION_LEFT_REMOVED : CR_ROTATION_LEFT_NOTHING;
}

char *
cr_rotation_unknown (CrStore *store)
{
  g_autofree char *name = g_strdup_printf ("practice-%u.db", cr_vault_epoch (store->vault) + 1);
  g_autofree char *path = g_build_filename (store->folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&name) : NULL;
}

gboolean
cr_rotation_remove_former (CrStore *store)
{
  g_auto (GStrv) former = cr_vault_former_databases (store->vault);
  gboolean removed = FALSE;
  for (guint i = 0; former[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (store->folder, former[i], NULL);
    removed = remove_database (path) || removed;
  }
  return removed;
}

/* ---- the copy ---- */

static gboolean
tell (Rotating *self, const char *what, gint64 done, gint64 all, GError **error)
{
  return cr_backup_tell (self->rotation->progress, self->rotation->data, what, done, all, error);
}

static gboolean
copy_step_cb (gint64 done, gint64 all, gpointer data)
{
  return tell (data, ((Rotating *)data)->last ? "last" : "copy", done, all, NULL);
}

typedef struct {
  Rotating *rotating;
  GError **error;
  gboolean done;
} CopyCall;

static gboolean
count_rows (CrDb *db, const char *sql, gint64 *rows, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, sql, error);
  gboolean read = stmt != NULL && cr_stmt_step (stmt, error) == CR_STEP_ROW;
  if (read)
    *rows = cr_stmt_int (stmt, 0);
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return read;
}

/* sql: a count, the same in both. */
static gboolean
compare_rows (CrDb *source, CrDb *copy, const char *sql, GError **error)
{
  gint64 before = 0, after = 0;
  if (!count_rows (source, sql, &before, error) || !count_rows (copy, sql, &after, error))
    return FALSE;
  if (before != after)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_FAILED,
                         _ ("The copy of the database lacks some of its rows. Nothing was changed; check the "
                            "disk and run verify."));
  return before == after;
}

static gboolean
compare_all_rows (CrDb *source, CrDb *copy, GError **error)
{
  for (guint i = 0; CR_TABLES[i] != NULL; i++)
    if (!compare_rows (source, copy, CR_TABLES[i]->count, error))
      return FALSE;
  return compare_rows (source, copy, AUDIT_ROWS, error) && compare_rows (source, copy, HISTORY_ROWS, error);
}

/* Every page, SQLite's structure, the chain under the former keys, and that no row is missing. */
static gboolean
check_copy (CrStore *copy, Rotating *self, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  copy->db = cr_db_open (self->next, CR_DB_OPEN, error);
  if (copy->db == NULL || !cr_db_verify (copy->db, findings, error) ||
      !cr_chain_walk_to (copy, cr_vault_epoch (self->next) - 1, NULL, error) ||
      !compare_all_rows (self->source, copy->db, error) || !cr_chain_read_head (copy->db, &copy->head, error))
    return FALSE;
  copy->seen_seq = copy->sealed_seq = copy->head.seq;
  return TRUE;
}

static void
check_copy_call (CrStore *copy, gpointer data)
{
  CopyCall *call = data;
  call->done = check_copy (copy, call->rotating, call->error);
}

static gboolean
remove_copy (Rotating *self)
{
  g_autofree char *progress = g_strconcat (self->path, "-pages", NULL);
  g_unlink (progress);
  return remove_database (self->path);
}

static gboolean
copy_and_check (Rotating *self, CrDbImage *image, GError **error)
{
  CopyCall call = { self, error, FALSE };
  gint64 kept;
  if (!cr_db_image_reseal (image, self->next, self->path, copy_step_cb, self, &kept, error))
    return FALSE;
  if (self->resumed && self->rotated->pages_kept == 0)
    self->rotated->pages_kept = kept;
  if (!tell (self, self->last ? "last" : "verify", 0, 0, error))
    return FALSE;
  self->copy = cr_store_new (self->next, self->store->clock, self->store->program);
  return cr_store_call (self->copy, check_copy_call, &call, error) && call.done;
}

/* Of one moment, in which the rows are counted too.  A page that has not changed since the last time stays.
 */
static gboolean
make_copy_once (Rotating *self, GError **error)
{
  g_clear_pointer (&self->copy, cr_store_unref);
  remove_beside (self->path);
  self->stamp = cr_db_change_stamp (self->source, error);
  g_autoptr (CrDbImage) image = self->stamp >= 0 ? cr_db_image_new (self->source, error) : NULL;
  return image != NULL && copy_and_check (self, image, error);
}

/* A power cut may have left less of the copy than was noted: once more, from its beginning. */
static gboolean
make_copy (Rotating *self, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (make_copy_once (self, &failed))
    return TRUE;
  if (!self->resumed || g_error_matches (failed, CR_ERROR, CR_ERROR_CANCELLED) ||
      g_error_matches (failed, CR_ERROR, CR_ERROR_DISK_FULL)) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  g_clear_pointer (&self->copy, cr_store_unref);
  remove_copy (self);
  self->resumed = FALSE;
  self->rotated->pages_kept = 0;
  return make_copy_once (self, error);
}

/* ---- the last phase ---- */

/* Somebody may be writing for longer than a job waits: asked again, as long as nobody stops it. */
static gboolean
take_write_lock (Rotating *self, GError **error)
{
  g_autoptr (GError) failed = NULL;
  for (guint i = 0; i < TRIES_FOR_LOCK; i++) {
    g_clear_error (&failed);
    if (!tell (self, "lock", 0, 0, error))
      return FALSE;
    if (cr_db_begin (self->holder, &failed))
      return TRUE;
    if (!g_error_matches (failed, CR_ERROR, CR_ERROR_LOCKED))
      break;
  }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
lock_writers_out (Rotating *self, GError **error)
{
  if (self->holder == NULL)
    self->holder = cr_db_open (self->user->vault, CR_DB_OPEN, error);
  return self->holder != NULL && take_write_lock (self, error) &&
         cr_vault_check_epoch (self->user->vault, error);
}

/* A copy of what is now, and the write lock held. */
static gboolean
copy_and_lock (Rotating *self, GError **error)
{
  for (guint i = 0; i < TRIES_WITHOUT_LOCK; i++) {
    if (!make_copy (self, error) || !lock_writers_out (self, error))
      return FALSE;
    if (cr_db_change_stamp (self->source, error) == self->stamp)
      return TRUE;
    cr_db_rollback (self->holder);
  }
  self->last = TRUE;
  return lock_writers_out (self, error) && make_copy (self, error);
}

static gboolean
read_logins (Rotating *self, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self->source, ACTIVE_LOGINS, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    g_ptr_array_add (self->logins, g_strdup (cr_stmt_text (stmt, 0)));
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

static gboolean
entry_job (CrTx *tx, gpointer data, GError **error)
{
  Rotating *self = data;
  guint32 epoch = cr_vault_epoch (self->next);
  g_autofree char *detail = g_strdup_printf ("epoch %u to %u: %s", epoch - 1, epoch, self->rotation->reason);
  if (!cr_tx_audit (tx, CR_CHAIN_ROTATION, NULL, CR_ID_NONE, CR_ID_NONE, detail, error))
    return FALSE;
  g_autofree char *entry = g_strdup_printf ("%" G_GINT64_FORMAT, tx->head.seq);
  return cr_tx_set_meta (tx, ROTATION_ENTRY, entry, error);
}

/* Closed, so that all of it is in the one file. */
static void
enter_call (CrStore *copy, gpointer data)
{
  CopyCall *call = data;
  call->done = cr_tx_execute (copy, call->rotating->user, entry_job, call->rotating, call->error) &&
               cr_db_checkpoint (copy->db, call->error);
  g_hash_table_remove_all (copy->statements);
  cr_db_close (copy->db);
  copy->db = NULL;
}

static gboolean
write_entry (Rotating *self, GError **error)
{
  CopyCall call = { self, error, FALSE };
  return tell (self, "entry", 0, 0, error) && cr_store_call (self->copy, enter_call, &call, error) &&
         call.done && cr_backup_sync (self->path, error) && cr_backup_sync (self->store->folder, error);
}

static gboolean
stays_cb (const char *name, gpointer data)
{
  Rotating *self = data;
  return g_ptr_array_find_with_equal_func (self->logins, name, g_str_equal, NULL);
}

static gboolean
change_keys (Rotating *self, GError **error)
{
  CrEpochChange change = { stays_cb, self, self->rotation->code, self->copy->head.seq, { 0 } };
  memcpy (change.head, self->copy->head.hash, sizeof change.head);
  if (!tell (self, "keys", 0, 0, error) ||
      !cr_vault_enter_epoch (self->user->vault, self->next, &change, error))
    return FALSE;
  cr_seen_note (self->copy, self->store->folder, &self->copy->head, FALSE);
  return TRUE;
}

/* ---- before and after ---- */

static gboolean
require_admin_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, tx->user->person->id, error);
  if (person == NULL)
    return FALSE;
  if (person->active && (person->roles & CR_ROLE_ADMIN))
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                       _ ("Only an administrator can change the keys of the practice."));
  return FALSE;
}

static gboolean
list_backups_job (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray **kept = data;
  g_autoptr (GPtrArray) all = cr_backup_list (tx, error);
  if (all == NULL)
    return FALSE;
  *kept = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_backup_free);
  for (guint i = 0; i < all->len; i++)
    if (((const CrBackup *)all->pdata[i])->removed_at == 0)
      g_ptr_array_add (*kept, cr_backup_copy (all->pdata[i]));
  return TRUE;
}

static gboolean
check_reason (const char *text, GError **error)
{
  g_autofree char *reason = g_strstrip (g_strdup (text != NULL ? text : ""));
  if (*reason != '\0')
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                       _ ("Say why this is done; it is kept in the audit."));
  return FALSE;
}

/* The name is given, but the keys are not in force.  It is that change's own database, and holds nothing that
 * is not in the former one, when the change itself is the newest that was recorded in it. */
static gboolean
take_name_back (Rotating *self)
{
  g_autofree char *final = final_name (cr_vault_database (self->next));
  g_autofree char *path = g_build_filename (self->store->folder, final, NULL);
  CrDb *db =
      is_there (self->store, final) ? cr_db_open_named (self->next, final, CR_DB_READ_ONLY, NULL) : NULL;
  gint64 newest = 0;
  gboolean own = db != NULL && count_rows (db, NEWEST_IS_ROTATION, &newest, NULL) && newest == 1;
  if (db != NULL)
    cr_db_close (db);
  return own && g_rename (path, self->path) == 0;
}

static void
take_next (Rotating *self, CrVault *next)
{
  g_clear_pointer (&self->next, cr_vault_unref);
  g_free (self->path);
  self->next = next;
  self->path = next != NULL ? g_build_filename (self->store->folder, cr_vault_database (next), NULL) : NULL;
}

/* What a change that was cut off has left, when this person can go on with it. */
static gboolean
resume (Rotating *self)
{
  take_next (self, cr_vault_noted_epoch (self->user->vault, NULL));
  if (self->next == NULL || !can_go_on (self->store, cr_vault_database (self->next)))
    return FALSE;
  self->resumed = is_there (self->store, cr_vault_database (self->next)) || take_name_back (self);
  return self->resumed;
}

static gboolean
prepare_next (Rotating *self, GError **error)
{
  gboolean resumed = resume (self);
  gboolean removed = remove_unfinished (self->store, resumed ? cr_vault_database (self->next) : NULL);
  self->rotated->began_again = removed && !resumed;
  if (resumed)
    return TRUE;
  take_next (self, cr_vault_next_epoch (self->user->vault, error));
  return self->next != NULL && cr_vault_note_epoch (self->user->vault, self->next, error);
}

/* What the store would do by itself in the next minute, while the copy is being checked: that would look like
 * somebody's writing, and all would be copied and checked again. */
static void
settle_call (CrStore *store, gpointer data)
{
  cr_chain_seal (store, TRUE);
  cr_db_checkpoint (store->db, NULL);
  store->committed_at = 0;
}

static gboolean
prepare (Rotating *self, GError **error)
{
  if (!check_reason (self->rotation->reason, error) ||
      !cr_store_run (self->store, self->user, require_admin_job, NULL, error) ||
      !wait_for_turn (self, error) || !prepare_next (self, error) || !check_room (self, error) ||
      !cr_store_run (self->store, self->user, list_backups_job, &self->rotated->backups, error))
    return FALSE;
  cr_store_call (self->store, settle_call, NULL, NULL);
  self->source = cr_db_open (self->user->vault, CR_DB_READ_ONLY, error);
  return self->source != NULL;
}

/* What failed in order is not gone on with. */
static void
give_up (Rotating *self)
{
  g_clear_pointer (&self->copy, cr_store_unref);
  if (self->path == NULL)
    return;
  remove_copy (self);
  cr_vault_forget_next (self->user->vault, NULL);
}

static void
finish (Rotating *self, gboolean done)
{
  if (!done)
    give_up (self);
  g_clear_pointer (&self->copy, cr_store_unref);
  g_clear_pointer (&self->holder, cr_db_close);
  g_clear_pointer (&self->source, cr_db_close);
  if (done)
    remove_unfinished (self->store, NULL);
  g_clear_pointer (&self->next, cr_vault_unref);
  g_ptr_array_unref (self->logins);
  g_free (self->path);
  if (self->turn >= 0)
    close (self->turn);
}

gboolean
cr_store_rotate (CrStore *self, CrStoreUser *user, const CrRotation *rotation, CrRotated *rotated,
                 GError **error)
{
  Rotating rotating = { .store = self, .user = user, .rotation = rotation, .rotated = rotated, .turn = -1 };
  *rotated = (CrRotated){ 0 };
  rotating.logins = g_ptr_array_new_with_free_func (g_free);
  gboolean done = prepare (&rotating, error) && copy_and_lock (&rotating, error) &&
                  read_logins (&rotating, error) && write_entry (&rotating, error) &&
                  change_keys (&rotating, error);
  if (done) {
    rotated->epoch = cr_vault_epoch (rotating.next);
    rotated->left_over = g_strdup (cr_vault_database (user->vault));
    tell (&rotating, "done", 0, 0, NULL);
  } else
    cr_rotated_clear (rotated);
  finish (&rotating, done);
  return done;
}

/* ---- the recovery sheet alone ---- */

typedef struct {
  const char *code, *reason;
} NewSheet;

static gboolean
put_code_cb (CrTx *tx, gpointer code, GError **error)
{
  return cr_vault_replace_recovery (tx->store->vault, code, error);
}

static gboolean
new_sheet_job (CrTx *tx, gpointer data, GError **error)
{
  const NewSheet *sheet = data;
  if (!require_admin_job (tx, NULL, error) ||
      !cr_tx_audit (tx, "new-recovery-sheet", NULL, CR_ID_NONE, CR_ID_NONE, sheet->reason, error))
    return FALSE;
  /* The old slot cannot be brought back, so it is replaced only when the entry is committed. */
  cr_tx_on_commit (tx, put_code_cb, cr_secret_new (sheet->code), (GDestroyNotify)cr_secret_free);
  return TRUE;
}

gboolean
cr_store_replace_recovery (CrStore *self, CrStoreUser *user, const char *code, const char *reason,
                           GError **error)
{
  NewSheet sheet = { code, reason };
  return check_reason (reason, error) && cr_store_run (self, user, new_sheet_job, &sheet, error);
}

char *
cr_store_new_code (GError **error)
{
  return cr_recovery_code_new (error);
}

void
cr_rotated_clear (CrRotated *rotated)
{
  g_clear_pointer (&rotated->backups, g_ptr_array_unref);
  g_clear_pointer (&rotated->left_over, g_free);
}

char **
cr_store_left_over (CrStore *self)
{
  return cr_vault_former_databases (self->vault);
}

gboolean
cr_backup_has_former_key (CrTx *tx, const CrBackup *backup)
{
  g_autofree char *entry = cr_tx_meta (tx, ROTATION_ENTRY, NULL);
  return entry != NULL && backup->entries < g_ascii_strtoll (entry, NULL, 10);
}
