/* What is wrong with a practice; and a new one made of what is sound.  The practice itself is only read: it
 * is verified in a copy, and what can be saved is found out by saving it. */
#include "salvage-private.h"
#include "backup-private.h"
#include "schema.h"
#include "chartroom/vault/backup.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define KEYS "practice.keys"

typedef struct {
  const CrDoctorOptions *options;
  CrDoctorReport *report;
  CrClock *clock;
  const char *program;
  char *work;       /* the new practice, under a name of its own until it is done */
  char *mirror;     /* a copy to verify */
  CrVault *vault;   /* of work */
  gboolean no_keys; /* the practice's own key file does not open */
} Doctor;

CrDoctorReport *
cr_doctor_report_new (void)
{
  CrDoctorReport *report = g_new0 (CrDoctorReport, 1);
  report->wrong = g_ptr_array_new_with_free_func (g_free);
  report->meaning = g_ptr_array_new_with_free_func (g_free);
  report->rebuilt = g_ptr_array_new_with_free_func (g_free);
  report->unsaved = g_ptr_array_new_with_free_func (g_free);
  report->next = g_ptr_array_new_with_free_func (g_free);
  return report;
}

void
cr_doctor_report_free (CrDoctorReport *report)
{
  g_ptr_array_unref (report->wrong);
  g_ptr_array_unref (report->meaning);
  g_ptr_array_unref (report->rebuilt);
  g_ptr_array_unref (report->unsaved);
  g_ptr_array_unref (report->next);
  g_free (report);
}

/* ---- files ---- */

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  g_autoptr (GError) failure = NULL;
  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL,
                   &failure))
    return g_chmod (to, 0600) == 0;
  g_set_error (error, CR_ERROR,
               g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? CR_ERROR_DISK_FULL : CR_ERROR_IO,
               _ ("%s could not be copied: %s."), from, failure->message);
  return FALSE;
}

static gboolean
copy_if_there (const char *folder, const char *name, const char *to, GError **error)
{
  g_autofree char *from = g_build_filename (folder, name, NULL), *target = g_build_filename (to, name, NULL);
  return !g_file_test (from, G_FILE_TEST_EXISTS) || copy_file (from, target, error);
}

static gboolean
link_documents (const char *folder, const char *to, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autofree char *from = g_build_filename (absolute, "documents", NULL);
  g_autofree char *link = g_build_filename (to, "documents", NULL);
  if (!g_file_test (from, G_FILE_TEST_IS_DIR))
    return cr_backup_make_folder (link, error);
  if (symlink (from, link) == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s could not be made: %s."), link, g_strerror (errno));
  return FALSE;
}

static gint64
size_of (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;
  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* ---- keys ---- */

static CrVault *
open_vault (const Doctor *self, GError **error)
{
  const CrDoctorOptions *o = self->options;
  if (o->recovery_code != NULL)
    return cr_vault_open_recovery (self->work, o->recovery_code, error);
  return cr_vault_open (self->work, o->login, o->password, error);
}

/* The key file as it was when a backup was taken. */
static gboolean
take_keys_of (Doctor *self, const char *backup, GError **error)
{
  g_autofree char *own = g_build_filename (self->work, KEYS, NULL);
  (void)g_unlink (own);
  if (!cr_backup_unpack_keys (backup, self->work, error))
    return FALSE;
  self->vault = open_vault (self, error);
  return self->vault != NULL;
}

static void
say_keys_from (Doctor *self, const char *backup)
{
  salvage_say (
      self->report->meaning,
      _ ("The key file is taken from %s: who was added since cannot sign in, who was removed since can, "
         "and passwords are those of that day."),
      backup);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)b, *(char *const *)a);
}

/* Names of backups begin with their time. */
static GPtrArray *
list_backups (const char *folder)
{
  g_autofree char *shelf = g_build_filename (folder, "backups", NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (shelf, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, BACKUP_SUFFIX))
      g_ptr_array_add (paths, g_build_filename (shelf, name, NULL));
  g_ptr_array_sort (paths, compare_newest_first);
  return paths;
}

/* Keys from before a change of the keys open nothing that was saved since. */
static gboolean
keys_fit (const Doctor *self)
{
  g_autofree char *path = g_build_filename (self->options->folder, cr_vault_database (self->vault), NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrRawPages) pages = cr_raw_pages_open (self->vault, path, &failure);
  return pages != NULL || g_error_matches (failure, CR_ERROR, CR_ERROR_LOCKED);
}

static gboolean
find_other_keys (Doctor *self)
{
  g_autoptr (GPtrArray) backups = list_backups (self->options->folder);
  for (guint i = 0; i < backups->len; i++)
    if (take_keys_of (self, backups->pdata[i], NULL)) {
      if (keys_fit (self)) {
        say_keys_from (self, backups->pdata[i]);
        return TRUE;
      }
      g_clear_pointer (&self->vault, cr_vault_unref);
    }
  return FALSE;
}

static gboolean
keys_are_damaged (const GError *failure)
{
  return g_error_matches (failure, CR_ERROR, CR_ERROR_KEYS_ALTERED) ||
         g_error_matches (failure, CR_ERROR, CR_ERROR_KEYS_MISSING) ||
         g_error_matches (failure, CR_ERROR, CR_ERROR_HOSTILE_KEYS) ||
         g_error_matches (failure, CR_ERROR, CR_ERROR_NOT_A_PRACTICE);
}

static gboolean
use_other_keys (Doctor *self, GError **error)
{
  g_autofree char *own = g_build_filename (self->options->folder, KEYS, NULL);
  gboolean there = g_file_test (own, G_FILE_TEST_EXISTS);
  self->no_keys = TRUE;
  salvage_say (self->report->wrong, there ? _ ("The key file practice.keys was altered.")
                                          : _ ("The key file practice.keys is missing."));
  salvage_say (self->report->meaning, _ ("Nobody can sign in until a good copy of the key file is back."));
  if (find_other_keys (self))
    return TRUE;
  salvage_say (self->report->next,
               _ ("Name a backup with --keys-from: each one holds a copy of the key file."));
  g_set_error (
      error, CR_ERROR, there ? CR_ERROR_KEYS_ALTERED : CR_ERROR_KEYS_MISSING,
      _ ("Without a good key file nothing in %s can be read, and no copy in its backups folder opens "
         "with this password."),
      self->options->folder);
  return FALSE;
}

static gboolean
open_keys (Doctor *self, GError **error)
{
  const CrDoctorOptions *o = self->options;
  g_autoptr (GError) failure = NULL;
  if (o->keys_from != NULL) {
    salvage_say (self->report->wrong, _ ("The key file in use is not the practice's own."));
    self->no_keys = TRUE;
    if (!take_keys_of (self, o->keys_from, error))
      return FALSE;
    say_keys_from (self, o->keys_from);
    return TRUE;
  }
  if (!copy_if_there (o->folder, KEYS, self->work, error))
    return FALSE;
  self->vault = open_vault (self, &failure);
  if (self->vault != NULL || (keys_are_damaged (failure) && use_other_keys (self, error)))
    return TRUE;
  if (!keys_are_damaged (failure))
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* ---- verifying a copy ---- */

typedef struct {
  GPtrArray *found;
  GError **error;
  gboolean done;
} Mirror;

/* What keeps it from being tried at all, rather than damage. */
static gboolean
is_no_damage (const GError *failure)
{
  static const CrErrorCode CODES[] = { CR_ERROR_LOCKED, CR_ERROR_DISK_FULL, CR_ERROR_CIPHER_UNKNOWN,
                                       CR_ERROR_READ_ONLY, CR_ERROR_CANCELLED };
  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    if (g_error_matches (failure, CR_ERROR, (int)CODES[i]))
      return TRUE;
  return FALSE;
}

static void
mirror_call (CrStore *store, gpointer data)
{
  Mirror *mirror = data;
  g_autoptr (GError) failure = NULL;
  store->sealed_seq = G_MAXINT64; /* a look, nothing to seal */
  store->db = cr_db_open (store->vault, CR_DB_OPEN, &failure);
  mirror->done = store->db != NULL && cr_store_inspect (store, mirror->found, &failure);
  if (failure != NULL && is_no_damage (failure))
    g_propagate_error (mirror->error, g_steal_pointer (&failure));
  else if (failure != NULL) {
    salvage_say (mirror->found, "%s", failure->message);
    mirror->done = TRUE;
  }
}

static gboolean
fill_mirror (const Doctor *self, GError **error)
{
  const char *folder = self->options->folder, *file = cr_vault_database (self->vault);
  g_autofree char *log = g_strconcat (file, "-wal", NULL);
  return copy_if_there (self->work, KEYS, self->mirror, error) &&
         copy_if_there (folder, file, self->mirror, error) &&
         copy_if_there (folder, log, self->mirror, error) && link_documents (folder, self->mirror, error);
}

static gboolean
verify_mirror (Doctor *self, GPtrArray *found, GError **error)
{
  Mirror mirror = { found, error, FALSE };
  if (!fill_mirror (self, error))
    return FALSE;
  g_autoptr (CrVault) vault = cr_vault_adopt (self->vault, self->mirror, error);
  if (vault == NULL)
    return FALSE;
  g_autoptr (CrStore) store = cr_store_new (vault, self->clock, self->program);
  return cr_store_call (store, mirror_call, &mirror, error) && mirror.done;
}

/* ---- salvage ---- */

typedef struct {
  SalvageJob *job;
  GError **error;
  const char *keep; /* the folder the new practice will lie in; NULL: nothing stays */
  gboolean done;
} Run;

static void
run_call (CrStore *store, gpointer data)
{
  Run *run = data;
  CrChainHead head;
  store->sealed_seq = G_MAXINT64; /* sealed by the salvage itself */
  run->done = salvage_run (store, run->job, run->error);
  if (run->done && run->keep != NULL && cr_chain_read_head (store->db, &head, NULL))
    cr_seen_note (store, run->keep, &head, TRUE);
}

static gboolean
salvage (Doctor *self, SalvageJob *job, GError **error)
{
  Run run = { job, error, self->options->salvage_to, FALSE };
  g_autofree char *documents = g_build_filename (self->work, "documents", NULL);
  gboolean ready = run.keep != NULL ? cr_backup_make_folder (documents, error)
                                    : link_documents (self->options->folder, self->work, error);
  g_autoptr (CrStore) store = ready ? cr_store_new (self->vault, self->clock, self->program) : NULL;
  return ready && cr_store_call (store, run_call, &run, error) && run.done;
}

/* Where no page is lost, what verifying found is the better list. */
static void
merge_findings (CrDoctorReport *report, const GPtrArray *found, gboolean pages_lost, guint own)
{
  if (pages_lost || found->len == 0)
    return;
  g_ptr_array_set_size (report->wrong, (gint)own);
  for (guint i = 0; i < found->len; i++)
    salvage_say (report->wrong, "%s", (const char *)found->pdata[i]);
}

static void
say_conclusion (const Doctor *self, const SalvageJob *job)
{
  CrDoctorReport *report = self->report;
  for (guint i = 0; i < job->found->len; i++)
    salvage_say (report->unsaved, _ ("The new practice does not verify: %s"),
                 (const char *)job->found->pdata[i]);
  if (report->unsaved->len == 0)
    salvage_say (report->meaning,
                 _ ("Nothing is lost: everything that was saved can be had from what is sound."));
  else
    salvage_say (report->meaning,
                 ngettext ("%u thing cannot be had from what is sound; it is listed.",
                           "%u things cannot be had from what is sound; they are listed.",
                           report->unsaved->len),
                 report->unsaved->len);
  if (self->options->salvage_to == NULL)
    salvage_say (report->next,
                 _ ("Or make a new practice of what is sound: chartroomctl doctor %s --salvage NEWDIR."),
                 self->options->folder);
  else
    salvage_say (
        report->next,
        _ ("Go on working with %s, keep %s as it is, and take a backup at once.  Enter again what is "
           "listed as lost."),
        self->options->salvage_to, self->options->folder);
}

static gboolean
examine (Doctor *self, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (g_free);
  const CrDoctorOptions *o = self->options;
  SalvageJob job = { .folder = o->folder,
                     .file = cr_vault_database (self->vault),
                     .copy_documents = o->salvage_to != NULL,
                     .report = self->report,
                     .found = after,
                     .progress = o->progress,
                     .data = o->data };
  guint own = self->report->wrong->len;
  if (!cr_backup_tell (o->progress, o->data, "verify", 0, 0, error) || !verify_mirror (self, found, error))
    return FALSE;
  cr_backup_remove_tree (self->mirror);
  if (found->len == 0 && !self->no_keys && o->salvage_to == NULL)
    return TRUE;
  if (!cr_backup_tell (o->progress, o->data, "salvage", 0, 0, error) || !salvage (self, &job, error))
    return FALSE;
  merge_findings (self->report, found, job.pages_lost, own);
  say_conclusion (self, &job);
  return TRUE;
}

/* ---- the frame ---- */

/* Databases with their logs, by any epoch's name: which one is active the keys will tell.  −1: there is none.
 */
static gint64
database_bytes (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gint64 bytes = -1;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "practice") && strstr (name, ".db") != NULL)
      bytes = MAX (bytes, 0) + size_of (folder, name);
  return bytes;
}

static gboolean
check_folder (const CrDoctorOptions *o, GError **error)
{
  g_autofree char *keys = g_build_filename (o->folder, KEYS, NULL);
  if (g_file_test (keys, G_FILE_TEST_EXISTS) || database_bytes (o->folder) >= 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE,
               _ ("There is no practice in %s: it holds neither a key file nor a database."), o->folder);
  return FALSE;
}

static gboolean
make_work (Doctor *self, GError **error)
{
  const CrDoctorOptions *o = self->options;
  gint64 room = 2 * MAX (database_bytes (o->folder), 0);
  if (o->salvage_to != NULL) {
    self->work = g_strdup_printf ("%s.unfinished-%08x", o->salvage_to, g_random_int ());
    if (!cr_backup_check_free (o->salvage_to, error) || !cr_backup_make_folder (self->work, error))
      return FALSE;
  } else {
    g_autoptr (GError) failure = NULL;
    self->work = g_dir_make_tmp ("chartroom-doctor-XXXXXX", &failure);
    if (self->work == NULL) {
      g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("No temporary folder could be made: %s."),
                   failure->message);
      return FALSE;
    }
  }
  self->mirror = g_build_filename (self->work, "mirror", NULL);
  return cr_backup_check_room (self->work, room, error) && cr_backup_make_folder (self->mirror, error);
}

static gboolean
finish (Doctor *self, GError **error)
{
  const char *to = self->options->salvage_to;
  return to == NULL || cr_backup_give_name (self->work, to, error);
}

gboolean
cr_doctor (const CrDoctorOptions *options, CrClock *clock, const char *program, CrDoctorReport *report,
           GError **error)
{
  Doctor self = { .options = options, .report = report, .clock = clock, .program = program };
  gboolean done = check_folder (options, error) && make_work (&self, error) && open_keys (&self, error) &&
                  examine (&self, error);
  g_clear_pointer (&self.vault, cr_vault_unref);
  done = done && finish (&self, error);
  if (self.work != NULL && (!done || options->salvage_to == NULL))
    cr_backup_remove_tree (self.work);
  g_free (self.mirror);
  g_free (self.work);
  return done;
}
