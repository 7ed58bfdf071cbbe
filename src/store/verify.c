/* Whether a practice still holds what was put into it: pages, chain, rows against history, documents. */
#include "store-private.h"
#include "chartroom/store/stores.h"
#include "chartroom/vault/sealed-copy.h"
#include "table.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Counted here rather than there: grouping millions of rows would need as much memory. */
#define FIRST_VERSIONS "SELECT kind FROM history WHERE version = 1"
#define DOCUMENT_NAMES "SELECT DISTINCT name FROM document WHERE name IS NOT NULL"

/* A file that no row names may belong to a job that is still running; after a day it is a leftover. */
enum { GRACE_SECONDS = 24 * 60 * 60 };

typedef struct {
  GPtrArray *findings;
  GError **error;
  gboolean done;
} Verification;

static void G_GNUC_PRINTF (2, 3) note (GPtrArray *findings, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_ptr_array_add (findings, g_strdup_vprintf (format, args));
  va_end (args);
}

/* The present row of a table's `all` against the history entry that stands behind the record. */
static void
check_row (const CrTable *table, CrStmt *stmt, GPtrArray *findings)
{
  const CrRecordClass *klass = table->klass;
  g_autoptr (GError) unreadable = NULL;
  CrId id = cr_stmt_int (stmt, 0);
  const char *after = cr_stmt_text (stmt, (int)klass->n_fields);
  gpointer record = cr_table_read (klass, stmt, &unreadable);
  g_autofree char *now = record == NULL ? NULL : cr_record_to_json (klass, record);
  if (record == NULL)
    note (findings, "%s", unreadable->message);
  else if (after == NULL)
    note (findings,
          _ ("The %s with id %" G_GINT64_FORMAT
             " has no history: it was added outside Chartroom. Check it, and "
             "restore a proven backup if nobody knows it."),
          _ (table->word), id);
  else if (g_strcmp0 (now, after) != 0)
    note (findings,
          _ ("The %s with id %" G_GINT64_FORMAT
             " is not what was last saved: its row was changed or put back "
             "outside Chartroom. Restore a proven backup."),
          _ (table->word), id);
  cr_record_free (klass, record);
}

/* Rows of one table; counts them. */
static gboolean
check_table (CrDb *db, const CrTable *table, gint64 *rows, GPtrArray *findings, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, table->all, error);
  CrStep step;
  if (stmt == NULL)
    return FALSE;
  for (*rows = 0; (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW; (*rows)++)
    check_row (table, stmt, findings);
  cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

/* How many records the history knows, by table name: gint64. */
static GHashTable *
count_history (CrDb *db, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  CrStmt *stmt = cr_db_prepare (db, FIRST_VERSIONS, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    gint64 *count = g_hash_table_lookup (counts, cr_stmt_text (stmt, 0));
    if (count == NULL) {
      count = g_new0 (gint64, 1);
      g_hash_table_insert (counts, g_strdup (cr_stmt_text (stmt, 0)), count);
    }
    ++*count;
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&counts) : NULL;
}

static gboolean
check_rows (CrDb *db, GPtrArray *findings, GError **error)
{
  g_autoptr (GHashTable) counts = count_history (db, error);
  if (counts == NULL)
    return FALSE;
  for (guint i = 0; CR_TABLES[i] != NULL; i++) {
    gint64 rows = 0;
    const gint64 *remembered = g_hash_table_lookup (counts, CR_TABLES[i]->klass->name);
    if (!check_table (db, CR_TABLES[i], &rows, findings, error))
      return FALSE;
    if (remembered != NULL && *remembered > rows)
      note (findings,
            _ ("The history knows %" G_GINT64_FORMAT " records of the kind “%s”, but only %" G_GINT64_FORMAT
               " are there: rows were removed outside Chartroom. Restore a proven backup."),
            *remembered, _ (CR_TABLES[i]->word), rows);
  }
  return TRUE;
}

static gboolean
is_leftover (CrStore *store, const char *name)
{
  g_autofree char *path = g_build_filename (store->folder, "documents", name, NULL);
  GStatBuf info;
  return g_stat (path, &info) == 0 && g_get_real_time () / G_USEC_PER_SEC - info.st_mtime > GRACE_SECONDS;
}

static void
check_document (CrStore *store, const char *name, GPtrArray *findings)
{
  g_autoptr (GError) bad = NULL;
  g_autoptr (GBytes) content = cr_vault_document_read (store->vault, name, NULL, &bad);
  if (content == NULL)
    note (findings, _ ("A document cannot be read. %s"), bad->message);
}

/* present: files as listed before the rows were read, so that no new row's file is missed. */
static gboolean
check_documents (CrStore *store, char **present, GPtrArray *findings, GError **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CrStmt *stmt = cr_db_prepare (store->db, DOCUMENT_NAMES, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    check_document (store, cr_stmt_text (stmt, 0), findings);
    g_hash_table_add (named, g_strdup (cr_stmt_text (stmt, 0)));
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  for (guint i = 0; step == CR_STEP_DONE && present[i] != NULL; i++)
    if (!g_hash_table_contains (named, present[i]) && is_leftover (store, present[i]))
      note (findings, _ ("The file documents/%s belongs to no record. It can be deleted."), present[i]);
  return step == CR_STEP_DONE;
}

static gboolean
check_chain (CrStore *store, GPtrArray *findings, GError **error)
{
  g_autoptr (GError) failure = NULL;
  if (!cr_chain_walk (store, NULL, &failure)) {
    if (!g_error_matches (failure, CR_ERROR, CR_ERROR_CHAIN_BROKEN)) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
    note (findings, "%s", failure->message);
  }
  return cr_chain_check_sealed (store, findings, error);
}

/* In one read transaction: a consistent picture that keeps no other program from working. */
static gboolean
check_content (CrStore *store, GPtrArray *findings, GError **error)
{
  g_auto (GStrv) present = cr_vault_document_list (store->vault, error);
  if (present == NULL || !cr_db_exec (store->db, "BEGIN", error))
    return FALSE;
  gboolean done = check_chain (store, findings, error) && check_rows (store->db, findings, error) &&
                  check_documents (store, present, findings, error);
  cr_db_rollback (store->db);
  return done;
}

/* Content and structure are looked at by one processor each.  Unreadable pages end it: what lies on them
 * cannot be judged; nor can content on a damaged structure. */
gboolean
cr_store_inspect (CrStore *store, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) content = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  CrDbStructure *structure = cr_db_structure_begin (store->db);
  guint before = findings->len;
  if (!cr_db_verify_pages (store->db, findings)) {
    cr_db_structure_abandon (structure);
    return TRUE;
  }
  gboolean looked = check_content (store, content, &failure);
  if (!cr_db_structure_end (structure, findings, error))
    return FALSE;
  if (findings->len > before)
    return TRUE;
  for (guint i = 0; i < content->len; i++)
    g_ptr_array_add (findings, g_steal_pointer (&content->pdata[i]));
  if (!looked)
    g_propagate_error (error, g_steal_pointer (&failure));
  return looked;
}

static void
verify_call (CrStore *store, gpointer data)
{
  Verification *verification = data;
  verification->done = cr_store_inspect (store, verification->findings, verification->error);
}

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  const GPtrArray *findings = data;
  g_autofree char *detail = g_strdup_printf ("findings: %u", findings->len);
  return cr_tx_audit (tx, "verify", NULL, CR_ID_NONE, CR_ID_NONE, detail, error);
}

static gboolean
note_proven (CrStore *self, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (cr_clock_now (self->clock) / G_USEC_PER_SEC);
  g_autofree char *when = g_date_time_format_iso8601 (now);
  return cr_sealed_copy_set_proven (self->folder, when, error);
}

gboolean
cr_store_verify (CrStore *self, CrStoreUser *user, GPtrArray *findings, GError **error)
{
  Verification verification = { findings, error, FALSE };
  if (!cr_store_call (self, verify_call, &verification, error) || !verification.done)
    return FALSE;
  /* A damaged store may refuse the entry; what was found must be told all the same. */
  if (findings->len > 0) {
    cr_store_run (self, user, audit_job, findings, NULL);
    return TRUE;
  }
  return cr_store_run (self, user, audit_job, findings, error) && note_proven (self, error);
}
