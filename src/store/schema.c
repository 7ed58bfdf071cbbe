#include "schema.h"
#include <glib/gi18n.h>

static gboolean
apply_step (CrDb *db, const CrSchemaStep *step, GError **error)
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
  g_prefix_error (error,
                  _ ("The practice could not be brought to the form this program needs (step %d) and was "
                     "left as it was. "),
                  step->version);
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

gboolean
cr_schema_migrate (CrDb *db, const CrSchemaStep *steps, GError **error)
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
  for (guint i = 0; steps[i].sql != NULL; i++)
    if (steps[i].version > version && !apply_step (db, &steps[i], error))
      return FALSE;
  return TRUE;
}
