/* A new practice of all that is sound in a damaged one. */
#include "salvage-private.h"
#include "backup-private.h"
#include "schema.h"
#include <glib/gi18n.h>

#define GENERATION "keys_generation"

void
salvage_say (GPtrArray *sentences, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_ptr_array_add (sentences, g_strdup_vprintf (format, args));
  va_end (args);
}

/* ---- the new database ---- */

/* The steps up to the damaged practice's own version: rows go in as they are, the rest follows. */
static gboolean
make_tables (CrDb *db, gint64 version, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (TRUE, TRUE, sizeof (CrSchemaStep));
  for (guint i = 0; CR_SCHEMA_STEPS[i].sql != NULL && CR_SCHEMA_STEPS[i].version <= version; i++)
    g_array_append_val (steps, CR_SCHEMA_STEPS[i]);
  return cr_schema_migrate (db, (const CrSchemaStep *)(gpointer)steps->data, NULL, error);
}

static gboolean
check_version (gint64 version, GError **error)
{
  int newest = cr_schema_newest (CR_SCHEMA_STEPS);
  if (version <= newest)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_STORE_NEWER,
               _ ("This practice was last used with a newer Chartroom. Examine it with the newer program; "
                  "nothing was changed."));
  return FALSE;
}

/* References are put right at the end: parents may come after their children. */
static gboolean
open_new (Salvage *self, GError **error)
{
  gint64 newest = cr_schema_newest (CR_SCHEMA_STEPS);
  gint64 version = cr_raw_tree_user_version (self->tree, newest);
  if (!check_version (version, error))
    return FALSE;
  self->store->db = self->db = cr_db_open (self->store->vault, CR_DB_CREATE, error);
  if (self->db == NULL || !cr_db_exec (self->db, "PRAGMA foreign_keys=OFF", error) ||
      !make_tables (self->db, version > 0 ? version : newest, error))
    return FALSE;
  self->tables = salvage_read_tables (self->db, error);
  return self->tables != NULL;
}

/* ---- the steps ---- */

static gboolean
mend_chain (Salvage *self, CrChainMend *mend, GError **error)
{
  gint64 sealed = 0;
  guint8 head[32];
  if (!cr_vault_sealed_head (self->store->vault, &sealed, head))
    sealed = 0;
  if (!cr_db_begin (self->db, error))
    return FALSE;
  if (!cr_chain_mend (self->store, sealed, mend, error) || !cr_db_commit (self->db, error)) {
    cr_db_rollback (self->db);
    return FALSE;
  }
  self->store->seen_seq = mend->entries;
  self->report->entries = mend->entries;
  for (guint i = 0; i < mend->gaps->len; i += 2)
    self->report->entries -=
        g_array_index (mend->gaps, gint64, i + 1) - g_array_index (mend->gaps, gint64, i) + 1;
  return TRUE;
}

typedef struct {
  const SalvageJob *job;
  const CrChainMend *mend;
} Closing;

/* A key file out of a backup is older than the one the database saw last. */
static gboolean
note_generation (CrTx *tx, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, cr_vault_generation (tx->store->vault));
  return cr_tx_set_meta (tx, GENERATION, text, error);
}

static gboolean
check_person (CrTx *tx, GError **error)
{
  g_autoptr (CrStoreUser) user = NULL;
  gboolean admin = TRUE;
  if (cr_vault_name (tx->store->vault) != NULL)
    user = cr_user_admit (tx, tx->store->vault, NULL); /* the row may be what was lost */
  if (user != NULL)
    admin = (user->person->roles & CR_ROLE_ADMIN) != 0;
  tx->user = NULL;
  if (!admin)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
                         _ ("Only an administrator can examine a damaged practice."));
  return admin;
}

static gboolean
closing_job (CrTx *tx, gpointer data, GError **error)
{
  const Closing *closing = data;
  g_autofree char *name = g_path_get_basename (closing->job->folder);
  g_autofree char *ranges = salvage_ranges (closing->mend->gaps);
  g_autofree char *detail = closing->mend->gaps->len == 0
                                ? g_strdup_printf ("salvaged from %s, no entry missing", name)
                                : g_strdup_printf ("salvaged from %s, entries %s missing", name, ranges);
  return check_person (tx, error) && note_generation (tx, error) &&
         cr_tx_audit (tx, "salvage", NULL, CR_ID_NONE, CR_ID_NONE, detail, error);
}

static gboolean
seal (CrStore *store, GError **error)
{
  CrChainHead head;
  return cr_chain_read_head (store->db, &head, error) &&
         cr_vault_seal_head (store->vault, head.seq, head.hash, error);
}

static gboolean
tell (const SalvageJob *job, const char *what, GError **error)
{
  return cr_backup_tell (job->progress, job->data, what, 0, 0, error);
}

static gboolean
run_steps (Salvage *self, SalvageJob *job, CrRawPages *pages, CrChainMend *mend, GError **error)
{
  Closing closing = { job, mend };
  if (!open_new (self, error) || !salvage_rows (self, error) || !tell (job, "history", error) ||
      !mend_chain (self, mend, error) || !salvage_records (self, error) ||
      !salvage_count_losses (self, error) || !salvage_stand_ins (self, error) ||
      !salvage_counters (self, error) || !tell (job, "documents", error) ||
      !salvage_documents (self, job->folder, job->copy_documents, error) ||
      !cr_schema_migrate (self->db, CR_SCHEMA_STEPS, NULL, error) ||
      !cr_tx_execute (self->store, NULL, closing_job, &closing, error))
    return FALSE;
  salvage_say_chain (self, mend);
  salvage_say_pages (self, pages, job->file, &job->pages_lost);
  job->newest_entry = mend->entries;
  salvage_advise (self, mend->entries, job->folder);
  return tell (job, "verify", error) && seal (self->store, error) &&
         cr_store_inspect (self->store, job->found, error);
}

static void
free_record (gpointer data)
{
  g_free (data);
}

gboolean
salvage_run (CrStore *store, SalvageJob *job, GError **error)
{
  g_autofree char *path = g_build_filename (job->folder, job->file, NULL);
  g_autoptr (CrRawPages) pages = cr_raw_pages_open (store->vault, path, error);
  g_autoptr (CrRawTree) tree = pages == NULL ? NULL : cr_raw_tree_new (pages);
  g_autoptr (GHashTable) doubtful = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_record);
  g_autoptr (GHashTable) lost = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_record);
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) altered = g_array_new (FALSE, FALSE, sizeof (gint64));
  CrChainMend mend = { .gaps = gaps, .altered = altered };
  Salvage self = { .store = store, .tree = tree, .report = job->report, .doubtful = doubtful, .lost = lost };
  gboolean done = tree != NULL && run_steps (&self, job, pages, &mend, error);
  if (self.db != NULL)
    cr_db_rollback (self.db);
  g_clear_pointer (&self.tables, g_ptr_array_unref);
  return done;
}
