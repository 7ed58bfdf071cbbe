#include "schema.h"
#include "backup-private.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define COPY_PREFIX "practice-version-"
#define COPY_SUFFIX ".db"

/* A practice that is just being made has no form yet that it could keep. */
static void
say_failed (int before, const CrSchemaStep *step, GError **error)
{
  if (before == 0)
    g_prefix_error (error, "%s", _ ("The practice could not be made. "));
  else
    g_prefix_error (error,
                    _ ("The practice could not be brought to the form this program needs (step %d) and was "
                       "left as it was. "),
                    step->version);
}

static gboolean
apply_step (CrDb *db, const CrSchemaStep *step, int before, GError **error)
{
  if (!cr_db_begin (db, error))
    return FALSE;
  int version = cr_db_schema_version (db, error); /* again: another program may have been quicker */
  gboolean applied = version >= step->version;
  if (version >= 0 && !applied)
    applied = cr_db_exec (db, step->sql, error) && cr_db_set_schema_version (db, step->version, error);
  if (applied && cr_db_commit (db, error))
    return TRUE;
  if (cr_db_in_transaction (db))
    cr_db_rollback (db);
  say_failed (before, step, error);
  return FALSE;
}

int
cr_schema_newest (const CrSchemaStep *steps)
{
  int newest = 0;
  for (guint i = 0; steps[i].sql != NULL; i++)
    newest = steps[i].version;
  return newest;
}

/* Under a name of its own until it is whole: what is called a copy is one.  It is on the disk, with its name,
 * before anything is changed. */
static gboolean
keep_copy (CrDb *db, int version, const char *folder, GError **error)
{
  g_autofree char *name = g_strdup_printf (COPY_PREFIX "%d" COPY_SUFFIX, version);
  g_autofree char *copy = g_build_filename (folder, name, NULL);
  g_autofree char *unfinished = g_strconcat (copy, ".unfinished", NULL);
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;
  (void)g_unlink (unfinished);
  if (!cr_db_copy (db, unfinished, NULL, NULL, error)) {
    g_prefix_error (error,
                    _ ("The practice must be brought to a new form, and is copied before; that failed, and "
                       "nothing was changed. "));
    return FALSE;
  }
  if (g_rename (unfinished, copy) == 0)
    return cr_backup_sync (folder, error);
  g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s could not be made: %s."), copy, g_strerror (errno));
  return FALSE;
}

void
cr_schema_remove_copies (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_str_has_prefix (name, COPY_PREFIX))
      (void)g_unlink (path);
  }
}

gboolean
cr_schema_migrate (CrDb *db, const CrSchemaStep *steps, const char *folder, GError **error)
{
  int version = cr_db_schema_version (db, error);
  if (version < 0)
    return FALSE;
  if (version > cr_schema_newest (steps)) {
    g_set_error (error, CR_ERROR, CR_ERROR_STORE_NEWER,
                 _ ("This practice was last used with a newer Chartroom (its store is of version %d, this "
                    "program knows "
                    "%d). Open it with the newer program; nothing was changed."),
                 version, cr_schema_newest (steps));
    return FALSE;
  }
  if (version > 0 && version < cr_schema_newest (steps) && folder != NULL &&
      !keep_copy (db, version, folder, error))
    return FALSE;
  for (guint i = 0; steps[i].sql != NULL; i++)
    if (steps[i].version > version && !apply_step (db, &steps[i], version, error))
      return FALSE;
  return TRUE;
}
