/* Taking a backup: a snapshot of the database first, then the documents its rows name. */
#include "backup-private.h"
#include "chartroom/vault/backup.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

/* Each document's file and the audit entry it came with: what came up to a backup's last entry is in that
 * backup or in one it needs. */
#define DOCUMENT_NAMES                                                                                       \
  "SELECT d.name, min (h.seq) FROM document d JOIN history h ON h.record_id = d.id AND h.version = 1 "       \
  "WHERE d.name IS NOT NULL GROUP BY d.name ORDER BY d.name"
#define ROOM_TO_SPARE ((gint64)32 << 20)

/* A restore needs every link of a chain; after so many, all is written again. */
enum { CHAIN_MOST = 30 };

/* One backup in the making. */
typedef struct {
  CrStore *store;
  CrStoreUser *user;
  const CrBackupOptions *options;
  GPtrArray *earlier;    /* CrBackup */
  const CrBackup *base;  /* what this one may leave documents to; NULL: nothing */
  GPtrArray *documents;  /* names in the snapshot that go in */
  GPtrArray *elsewhere;  /* names that the base holds */
  gint64 bytes_to_write; /* foreseen */
  CrBackup *backup;
  char *path;
} Taking;

static void
taking_clear (Taking *self)
{
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->elsewhere, g_ptr_array_unref);
  g_clear_pointer (&self->backup, cr_backup_free);
  g_free (self->path);
}

gboolean
cr_backup_tell (CrBackupProgress progress, gpointer data, const char *what, gint64 done, gint64 all,
                GError **error)
{
  if (progress == NULL || progress (what, done, all, data))
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED, _ ("This was stopped. Nothing of it was kept."));
  return FALSE;
}

gboolean
cr_backup_check_room (const char *folder, gint64 needed, GError **error)
{
  struct statvfs info;
  if (statvfs (folder, &info) != 0) /* a file system that does not tell: writing will */
    return TRUE;
  gint64 available = (gint64)info.f_bavail * (gint64)info.f_frsize;
  if (available >= needed + ROOM_TO_SPARE)
    return TRUE;
  g_autofree char *wanted = g_format_size ((guint64)(needed + ROOM_TO_SPARE));
  g_autofree char *there = g_format_size ((guint64)available);
  g_set_error (error, CR_ERROR, CR_ERROR_DISK_FULL,
               _ ("%s has %s left and needs %s. Make room or choose another disk; nothing was changed."),
               folder, there, wanted);
  return FALSE;
}

void
cr_backup_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    cr_backup_remove_tree (inner);
  }
  (void)g_remove (path);
}

/* ---- what other backups hold ---- */

static gboolean
list_job (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray **list = data;
  *list = cr_backup_list (tx, error);
  return *list != NULL;
}

static gboolean
is_there (const CrBackup *b, const char *folder)
{
  g_autofree char *path = g_build_filename (b->folder, b->file, NULL);
  return b->removed_at == 0 && g_str_equal (b->folder, folder) && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
mark_is_there (Taking *self, const char *mark)
{
  for (guint i = 0; i < self->earlier->len; i++) {
    const CrBackup *b = self->earlier->pdata[i];
    if (g_str_equal (b->mark, mark))
      return is_there (b, self->options->folder);
  }
  return FALSE;
}

/* Proven, here with all that it needs, and not the end of too long a chain. */
static gboolean
is_base (Taking *self, const CrBackup *b)
{
  g_auto (GStrv) needs = g_strsplit (b->needs == NULL ? "" : b->needs, " ", -1);
  if (b->proven_at == 0 || !is_there (b, self->options->folder) || g_strv_length (needs) >= CHAIN_MOST)
    return FALSE;
  for (guint i = 0; needs[i] != NULL; i++)
    if (!mark_is_there (self, needs[i]))
      return FALSE;
  return TRUE;
}

/* The newest one in this folder that a restore has proven. */
static gboolean
find_base (Taking *self, GError **error)
{
  if (!cr_store_run (self->store, self->user, list_job, &self->earlier, error))
    return FALSE;
  for (guint i = 0; !self->options->full && self->base == NULL && i < self->earlier->len; i++)
    if (is_base (self, self->earlier->pdata[i]))
      self->base = self->earlier->pdata[i];
  return TRUE;
}

/* ---- the snapshot ---- */

static gboolean
read_documents (Taking *self, CrDb *db, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, DOCUMENT_NAMES, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    gboolean held = self->base != NULL && cr_stmt_int (stmt, 1) <= self->base->entries;
    g_ptr_array_add (held ? self->elsewhere : self->documents, g_strdup (cr_stmt_text (stmt, 0)));
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

static gint64
size_of (const char *path)
{
  GStatBuf info;
  return g_stat (path, &info) == 0 ? (gint64)info.st_size : 0;
}

static char *
document_path (Taking *self, const char *name)
{
  return g_build_filename (self->store->folder, "documents", name, NULL);
}

static gboolean
foresee (Taking *self, gint64 database, GError **error)
{
  self->bytes_to_write = database;
  for (guint i = 0; i < self->documents->len; i++) {
    g_autofree char *path = document_path (self, self->documents->pdata[i]);
    self->bytes_to_write += size_of (path);
  }
  return cr_backup_check_room (self->options->folder, self->bytes_to_write, error);
}

static gssize
read_image_cb (guint8 *out, gsize room, gpointer data, GError **error)
{
  return cr_db_image_read (data, out, room, error);
}

/* Documents are listed, and the head is read, in the same moment that is copied. */
static gboolean
write_moment (Taking *self, CrDb *db, CrBackupWriter *writer, GError **error)
{
  const char *name = cr_vault_database (self->user->vault);
  CrChainHead head;
  g_autoptr (CrDbImage) image = cr_db_image_new (db, error);
  if (image == NULL)
    return FALSE;
  guint64 bytes = (guint64)cr_db_image_size (image);
  gboolean done = cr_chain_read_head (db, &head, error) && read_documents (self, db, error) &&
                  foresee (self, (gint64)bytes, error) &&
                  cr_backup_writer_add_from (writer, name, bytes, read_image_cb, image, error);
  self->backup->entries = done ? head.seq : 0;
  return done;
}

static gboolean
write_database (Taking *self, CrBackupWriter *writer, GError **error)
{
  CrDb *db = cr_db_open (self->user->vault, CR_DB_READ_ONLY, error);
  if (db == NULL)
    return FALSE;
  gboolean done = write_moment (self, db, writer, error);
  cr_db_close (db);
  return done;
}

/* ---- the file ---- */

static char *
about (Taking *self)
{
  GString *text = g_string_new ("chartroom-backup 1\n");
  g_autoptr (GDateTime) taken = g_date_time_new_from_unix_utc (self->backup->taken_at / G_USEC_PER_SEC);
  g_autofree char *when = g_date_time_format_iso8601 (taken);
  g_string_append_printf (text, "mark %s\nneeds %s\ntaken %s\nentries %" G_GINT64_FORMAT "\n",
                          self->backup->mark, self->backup->needs != NULL ? self->backup->needs : "none",
                          when, self->backup->entries);
  for (guint i = 0; i < self->elsewhere->len; i++)
    g_string_append_printf (text, "elsewhere documents/%s\n", (const char *)self->elsewhere->pdata[i]);
  return g_string_free (text, FALSE);
}

static gboolean
add_document (Taking *self, CrBackupWriter *writer, const char *name, GError **error)
{
  g_autofree char *path = document_path (self, name);
  g_autofree char *within = g_strconcat ("documents/", name, NULL);
  return cr_backup_writer_add (writer, within, path, error);
}

/* A backup that leaves nothing out needs no other. */
static void
lean_on_base (Taking *self)
{
  const CrBackup *base = self->base;
  if (self->elsewhere->len == 0)
    return;
  self->backup->kind = CR_BACKUP_INCREMENTAL;
  self->backup->needs =
      base->needs == NULL ? g_strdup (base->mark) : g_strdup_printf ("%s %s", base->mark, base->needs);
}

static gboolean
write_step_cb (guint64 bytes, gpointer data)
{
  Taking *self = data;
  return cr_backup_tell (self->options->progress, self->options->data, "write", (gint64)bytes,
                         self->bytes_to_write, NULL);
}

static gboolean
fill (Taking *self, CrBackupWriter *writer, GError **error)
{
  if (!write_database (self, writer, error))
    return FALSE;
  lean_on_base (self);
  for (guint i = 0; i < self->documents->len; i++)
    if (!add_document (self, writer, self->documents->pdata[i], error))
      return FALSE;
  g_autofree char *text = about (self);
  return cr_backup_writer_finish (writer, text, error);
}

/* The key file is read before the database, so that the database never knows less than it. */
static gboolean
write_backup (Taking *self, GError **error)
{
  g_autoptr (CrBackupWriter) writer =
      cr_backup_writer_new (self->user->vault, self->path, write_step_cb, self, error);
  return writer != NULL && fill (self, writer, error);
}

/* ---- the record ---- */

/* "maple-street-20261123-1034-1f3a9c0d.chartroom-backup" */
static void
name_backup (Taking *self)
{
  CrClock *clock = self->store->clock;
  guint8 random[16];
  g_autofree char *base = g_path_get_basename (self->store->folder);
  for (guint i = 0; i < 4; i++)
    ((guint32 *)(void *)random)[i] = g_random_int ();
  self->backup->mark = cr_hash_hex (random, sizeof random);
  self->backup->taken_at = cr_clock_now (clock);
  g_autofree char *day = cr_date_to_iso (cr_clock_date_of (clock, self->backup->taken_at));
  int minute = cr_clock_minute_of (clock, self->backup->taken_at);
  g_auto (GStrv) parts = g_strsplit (day, "-", -1);
  g_autofree char *digits = g_strjoinv ("", parts);
  if (g_str_has_suffix (base, ".practice"))
    base[strlen (base) - strlen (".practice")] = '\0';
  self->backup->file = g_strdup_printf ("%s-%s-%02d%02d-%.8s" BACKUP_SUFFIX, base, digits, minute / 60,
                                        minute % 60, self->backup->mark);
  self->backup->folder = g_strdup (self->options->folder);
  self->backup->taken_by = self->user->person->id;
  self->path = g_build_filename (self->backup->folder, self->backup->file, NULL);
}

static gboolean
record_job (CrTx *tx, gpointer data, GError **error)
{
  CrBackup *backup = data;
  g_autofree char *detail = g_strdup_printf ("%s, %" G_GINT64_FORMAT " bytes", backup->file, backup->bytes);
  return cr_tx_save (tx, &CR_BACKUP, backup, error) &&
         cr_tx_audit (tx, "backup", "backup", backup->id, CR_ID_NONE, detail, error);
}

static gboolean
record (Taking *self, GError **error)
{
  self->backup->bytes = size_of (self->path);
  return cr_store_run (self->store, self->user, record_job, self->backup, error);
}

static gboolean
check_target (Taking *self, GError **error)
{
  g_autofree char *inside = g_canonicalize_filename (self->options->folder, NULL);
  g_autofree char *practice = g_canonicalize_filename (self->store->folder, NULL);
  g_autofree char *documents = g_build_filename (practice, "documents", NULL);
  if (!g_file_test (inside, G_FILE_TEST_IS_DIR))
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("There is no folder %s. Connect the disk or choose another folder for backups."),
                 self->options->folder);
  else if (g_str_equal (inside, practice) || g_str_equal (inside, documents))
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("%s is the practice's own folder. Choose a folder on another disk for backups."),
                 self->options->folder);
  else
    return TRUE;
  return FALSE;
}

CrBackup *
cr_store_backup (CrStore *self, CrStoreUser *user, const CrBackupOptions *options, GError **error)
{
  Taking taking = { .store = self, .user = user, .options = options };
  CrBackup *taken = NULL;
  taking.backup = cr_backup_new ();
  taking.documents = g_ptr_array_new_with_free_func (g_free);
  taking.elsewhere = g_ptr_array_new_with_free_func (g_free);
  if (check_target (&taking, error) && find_base (&taking, error)) {
    name_backup (&taking);
    if (write_backup (&taking, error)) {
      if (record (&taking, error))
        taken = g_steal_pointer (&taking.backup);
      else
        g_unlink (taking.path); /* one that nobody knows of is no backup */
    }
  }
  taking_clear (&taking);
  return taken;
}
