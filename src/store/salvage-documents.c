/* Documents of a damaged practice: each file that opens is kept, each that does not is named. */
#include "salvage-private.h"
#include "chartroom/store/stores.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define FILES "SELECT DISTINCT name FROM document WHERE name IS NOT NULL ORDER BY name"
#define ROWS_OF CR_SELECT ("document", "patient_id, title") " WHERE name = $1"

typedef struct {
  Salvage *salvage;
  GPtrArray *bad; /* names */
  GPtrArray *why; /* a sentence for each */
} Shelf;

/* Sealed bytes as they are; its own reading decides whether they are sound. */
static gboolean
copy_sealed (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  return g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, error);
}

static gboolean
is_disk_full (const GError *failure)
{
  return g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* FALSE with an error only when the disk is full; sentence: why the document is lost. */
static gboolean
keep_file (Salvage *self, const char *from, const char *name, gboolean copy, char **sentence, GError **error)
{
  g_autofree char *source = g_build_filename (from, "documents", name, NULL);
  g_autofree char *target = g_build_filename (self->store->folder, "documents", name, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) content = NULL;
  if (copy && !copy_sealed (source, target, &failure) && is_disk_full (failure)) {
    g_set_error (error, CR_ERROR, CR_ERROR_DISK_FULL, _ ("The disk is full: %s could not be written."),
                 target);
    return FALSE;
  }
  g_clear_error (&failure);
  content = cr_vault_document_read (self->store->vault, name, NULL, &failure);
  if (content != NULL) {
    self->report->documents++;
    return TRUE;
  }
  if (copy)
    (void)g_unlink (target);
  *sentence = g_strdup (failure->message);
  return TRUE;
}

static GPtrArray *
list_names (CrDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  CrStmt *stmt = cr_db_prepare (db, FILES, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    g_ptr_array_add (names, g_strdup (cr_stmt_text (stmt, 0)));
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

/* The record stays and says that it has no file. */
static gboolean
let_go (CrTx *tx, Salvage *self, const char *name, const char *why, CrId id, GError **error)
{
  g_autoptr (CrDocument) document = cr_tx_load (tx, &CR_DOCUMENT, id, error);
  if (document == NULL)
    return FALSE;
  g_autofree char *whose = salvage_whose (self, document->patient_id);
  salvage_say (self->report->unsaved, _ ("The file of the document “%s” of %s (documents/%s). %s"),
               document->title == NULL ? "" : document->title, whose, name, why);
  g_clear_pointer (&document->name, g_free);
  return cr_tx_save (tx, &CR_DOCUMENT, document, error);
}

static GArray *
rows_of (CrTx *tx, const char *name, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  CrStmt *stmt = cr_tx_prepare (tx, ROWS_OF, error);
  CrStep step = CR_STEP_ERROR;
  if (stmt != NULL)
    cr_stmt_bind_text (stmt, 1, name);
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    CrId id = cr_stmt_int (stmt, 0);
    g_array_append_val (ids, id);
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
let_go_job (CrTx *tx, gpointer data, GError **error)
{
  const Shelf *shelf = data;
  for (guint i = 0; i < shelf->bad->len; i++) {
    g_autoptr (GArray) ids = rows_of (tx, shelf->bad->pdata[i], error);
    for (guint n = 0; ids != NULL && n < ids->len; n++)
      if (!let_go (tx, shelf->salvage, shelf->bad->pdata[i], shelf->why->pdata[i],
                   g_array_index (ids, CrId, n), error))
        return FALSE;
    if (ids == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Where rows are lost, the rows that named a sound file may be among them. */
static void
say_nameless (Salvage *self, const char *from, const GPtrArray *names)
{
  g_autofree char *folder = g_build_filename (from, "documents", NULL);
  g_autoptr (GDir) dir = self->report->unsaved->len == 0 ? NULL : g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_ptr_array_find_with_equal_func ((GPtrArray *)names, name, g_str_equal, NULL))
      salvage_say (
          self->report->unsaved,
          _ ("No record names the file documents/%s: it is a leftover, or its record is lost. It stays in "
             "the old folder."),
          name);
}

gboolean
salvage_documents (Salvage *self, const char *from, gboolean copy, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (self->db, error);
  g_autoptr (GPtrArray) bad = g_ptr_array_new (), why = g_ptr_array_new_with_free_func (g_free);
  Shelf shelf = { self, bad, why };
  for (guint i = 0; names != NULL && i < names->len; i++) {
    char *sentence = NULL;
    if (!keep_file (self, from, names->pdata[i], copy, &sentence, error))
      return FALSE;
    if (sentence == NULL)
      continue;
    salvage_say (self->report->wrong, _ ("A document cannot be read. %s"), sentence);
    g_ptr_array_add (bad, names->pdata[i]);
    g_ptr_array_add (why, sentence);
  }
  if (names != NULL)
    say_nameless (self, from, names);
  return names != NULL && (bad->len == 0 || cr_tx_execute (self->store, NULL, let_go_job, &shelf, error));
}
