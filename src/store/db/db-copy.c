/* A consistent copy of an open database, through SQLite's backup interface and the same cipher. */
#include "db-private.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PAGES_PER_STEP 2048 /* 8 MiB between two questions whether to go on */

/* The target is nobody's yet: no journal, and one sync at the end. */
static CrDb *
open_target (CrVault *vault, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  CrDb *target;

  if (fd < 0) {
    g_set_error (error, CR_ERROR, errno == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_READ_ONLY,
                 _ ("%s could not be made: %s."), path, g_strerror (errno));
    return NULL;
  }
  close (fd);
  target = db_new (name, vault);
  if (db_connect_sealed (target, path, CR_DB_OPEN, error)) {
    db_set_limits (target);
    if (db_run (target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", error))
      return target;
  }
  db_free (target);
  return NULL;
}

static gboolean
copy_pages (CrDb *self, CrDb *target, CrDbStep step, gpointer data, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->sqlite, "main", self->sqlite, "main");
  gboolean wanted = TRUE;
  int rc = backup == NULL ? sqlite3_errcode (target->sqlite) : SQLITE_OK;

  while (backup != NULL && rc == SQLITE_OK && wanted) {
    rc = sqlite3_backup_step (backup, PAGES_PER_STEP);
    if (step != NULL && (rc == SQLITE_OK || rc == SQLITE_DONE)) {
      gint64 all = sqlite3_backup_pagecount (backup);

      wanted = step (all - sqlite3_backup_remaining (backup), all, data);
    }
  }
  if (rc != SQLITE_OK && rc != SQLITE_DONE)
    db_set_error (self, rc, error);
  sqlite3_backup_finish (backup);
  if (!wanted)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED,
                         _ ("The copy was stopped; nothing of it was kept."));
  return wanted && rc == SQLITE_DONE;
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s could not be written: %s."), path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}

gboolean
cr_db_copy (CrDb *self, const char *path, CrDbStep step, gpointer data, GError **error)
{
  gboolean own = !cr_db_in_transaction (self), done;
  CrDb *target;

  if (own && !db_run (self, "BEGIN; SELECT count(*) FROM sqlite_schema", error))
    return FALSE;
  target = open_target (self->vault, path, error);
  done = target != NULL && copy_pages (self, target, step, data, error);
  if (target != NULL) {
    db_free (target);
    done = done && sync_file (path, error);
    if (!done)
      g_unlink (path);
  }
  if (own)
    cr_db_rollback (self);
  return done;
}
