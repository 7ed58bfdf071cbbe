/* SQLite's own check of the structure, in a thread beside what else is looked at. */
#include "db-private.h"
#include <glib/gi18n.h>

struct _CrDbStructure {
  CrDb *db;     /* the caller's */
  CrDb *beside; /* reads for the thread; NULL: it could not be opened, and db is read in the end */
  GThread *thread;
  GPtrArray *findings;
  GError *error;
  gboolean read;
};

#define UNREAD "error code=266" /* SQLITE_IOERR_READ, in the words of integrity_check */

/* "*** in database main ***\nTree 5 page 5: …": what it says. */
static const char *
complaint_in (const char *text)
{
  const char *heading = g_str_has_prefix (text, "***") ? strchr (text, '\n') : NULL;
  return heading != NULL ? heading + 1 : text;
}

gboolean
db_check_structure (CrDb *self, GPtrArray *findings, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self, "PRAGMA integrity_check(100)", error);
  CrStep step = CR_STEP_ERROR;

  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    const char *text = cr_stmt_text (stmt, 0);
    if (strstr (text, UNREAD) != NULL)
      g_ptr_array_add (findings,
                       g_strdup_printf (_ ("%s could not be read whole: the disk fails. Copy the practice to "
                                           "another disk, or restore from a backup."),
                                        self->name));
    else if (!g_str_equal (text, "ok"))
      g_ptr_array_add (findings, g_strdup_printf (_ ("The structure of %s is damaged: %s."), self->name,
                                                  complaint_in (text)));
  }
  if (step == CR_STEP_DONE)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

static gpointer
check_cb (gpointer data)
{
  CrDbStructure *self = data;

  self->read = db_check_structure (self->beside, self->findings, &self->error);
  return NULL;
}

CrDbStructure *
cr_db_structure_begin (CrDb *self)
{
  CrDbStructure *structure = g_new0 (CrDbStructure, 1);

  structure->db = self;
  structure->findings = g_ptr_array_new ();
  if (self->vault != NULL)
    structure->beside = cr_db_open_named (self->vault, self->name, CR_DB_READ_ONLY, NULL);
  if (structure->beside != NULL)
    structure->thread = g_thread_new ("structure", check_cb, structure);
  return structure;
}

static void
end (CrDbStructure *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  cr_db_close (self->beside);
}

static void
free_structure (CrDbStructure *self)
{
  g_ptr_array_unref (self->findings);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
cr_db_structure_end (CrDbStructure *self, GPtrArray *findings, GError **error)
{
  gboolean read;

  end (self);
  if (self->thread == NULL)
    self->read = db_check_structure (self->db, self->findings, &self->error);
  read = self->read;
  for (guint i = 0; i < self->findings->len; i++)
    g_ptr_array_add (findings, self->findings->pdata[i]);
  if (!read)
    g_propagate_error (error, g_steal_pointer (&self->error));
  free_structure (self);
  return read;
}

void
cr_db_structure_abandon (CrDbStructure *self)
{
  if (self->beside != NULL)
    sqlite3_interrupt (self->beside->sqlite);
  end (self);
  g_ptr_array_set_free_func (self->findings, g_free);
  free_structure (self);
}
