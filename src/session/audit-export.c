/* The answers to a question of the audit as a file, beside the main loop. */
#include "audit-search.h"
#include "session-private.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE 5000

typedef struct {
  CrStore *store;
  CrStoreUser *user;
  CrAuditSearch *search;
  char *path;
  FILE *file;
  GPtrArray *rows; /* of one step */
  gint64 written;
} Export;

static void
free_export (gpointer data)
{
  Export *export = data;
  if (export->file != NULL)
    (void)fclose (export->file); /* of a list that failed already */
  cr_audit_search_free (export->search);
  cr_store_user_unref (export->user);
  cr_store_unref (export->store);
  g_ptr_array_unref (export->rows);
  g_free (export->path);
  g_free (export);
}

/* A cell is quoted when it has to be.  One that a spreadsheet would take for a formula gets an apostrophe. */
static void
append_cell (GString *line, const char *text)
{
  gboolean formula = text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
  g_autofree char *whole = g_strconcat (formula ? "'" : "", text != NULL ? text : "", NULL);
  if (line->len > 0)
    g_string_append_c (line, ',');
  if (strpbrk (whole, ",\"\r\n") == NULL) {
    g_string_append (line, whole);
    return;
  }
  g_autoptr (GString) doubled = g_string_new (whole);
  g_string_replace (doubled, "\"", "\"\"", 0);
  g_string_append_printf (line, "\"%s\"", doubled->str);
}

static gboolean
write_line (Export *self, const char *const *cells, guint n)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    append_cell (line, cells[i]);
  g_string_append (line, "\r\n");
  return fwrite (line->str, 1, line->len, self->file) == line->len;
}

static gboolean
write_rows (Export *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    const CrAuditRow *r = cr_row_peek (self->rows->pdata[i]);
    g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, r->seq);
    if (!write_line (self,
                     (const char *const[]){ seq, r->when, r->person, r->role, r->program,
                                            cr_admin_audit_words (r->action), r->what, r->detail },
                     8))
      return FALSE;
  }
  self->written += self->rows->len;
  g_ptr_array_set_size (self->rows, 0);
  return TRUE;
}

static gboolean
step_job (CrTx *tx, gpointer data, GError **error)
{
  Export *self = data;
  return cr_audit_search_step (self->search, tx, "export", PAGE, self->rows, error);
}

static gboolean
set_unwritable (Export *self, GError **error)
{
  g_set_error (error, CR_ERROR, errno == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_READ_ONLY,
               _ ("“%s” could not be written: %s. Choose another folder."), self->path, g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (Export *self, GError **error)
{
  static const char *const HEAD[] = { "number",  "when",   "person", "role",
                                      "program", "action", "what",   "detail" };
  int fd = open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  self->file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (self->file == NULL || !write_line (self, HEAD, G_N_ELEMENTS (HEAD)))
    return set_unwritable (self, error);
  while (!self->search->done) {
    if (!cr_store_run (self->store, self->user, step_job, self, error))
      return FALSE;
    if (!write_rows (self))
      return set_unwritable (self, error);
  }
  if (fflush (self->file) != 0 || fsync (fd) != 0)
    return set_unwritable (self, error);
  return TRUE;
}

static void
export_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  GError *error = NULL;
  gboolean was_there = g_file_test (self->path, G_FILE_TEST_EXISTS);
  if (write_all (self, &error)) {
    g_task_return_int (task, (gssize)self->written);
    return;
  }
  if (!was_there)
    g_unlink (self->path);
  g_task_return_error (task, error);
}

void
cr_audit_export_async (CrSession *session, const CrAuditQuestion *question, const char *path,
                       GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, cb, data);
  GError *error = NULL;
  if (!cr_session_require (session, CR_RIGHT_AUDIT_VIEW, &error)) {
    g_task_return_error (task, error);
    return;
  }
  Export *self = g_new0 (Export, 1);
  self->store = cr_store_ref (cr_session_get_store (session));
  self->user = cr_store_user_ref (cr_session_get_user (session));
  self->search = cr_audit_search_new (question, cr_session_get_clock (session));
  self->path = g_strdup (path);
  self->rows = cr_rows_new ();
  g_task_set_task_data (task, self, free_export);
  g_task_run_in_thread (task, export_thread_cb);
}

gint64
cr_audit_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
