/* Each record in its newest known state: the row, or what the history remembers of it. */
#include "salvage-private.h"
#include "chartroom/domain/patient.h"
#include <glib/gi18n.h>

#define HISTORY "SELECT kind, record_id FROM history"
#define NEWEST_AFTER                                                                                         \
  "SELECT after FROM history WHERE record_id = $1 AND kind = $2 ORDER BY version DESC LIMIT 1"
#define WRITES "SELECT kind, record_id, patient_id FROM audit WHERE action IN ('create', 'change')"
#define MRN "SELECT mrn FROM patient WHERE id = $1"
#define RAISE                                                                                                \
  "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = "              \
  "max (counter.value, excluded.value)"
#define HAS_COUNTER "SELECT 1 FROM counter WHERE name = $1"
#define LARGEST(table, column)                                                                               \
  "SELECT max (CAST (substr (" column ", length (rtrim (" column                                             \
  ", '0123456789')) + 1) AS INTEGER)) FROM " table

enum { RECORDS_PER_JOB = 2000, SPARE_NUMBERS = 100 };

/* A row that does not agree with its history. */
typedef struct {
  const SalvageTable *table;
  CrId id;
} Problem;

static void
add_problem (GArray *problems, const SalvageTable *table, CrId id)
{
  Problem problem = { table, id };
  g_array_append_val (problems, problem);
}

/* ---- records and their history ---- */

/* The newest state that the history knows; NULL none. */
static gpointer
remembered (Salvage *self, const SalvageTable *table, CrId id)
{
  CrStmt *stmt = cr_db_prepare (self->db, NEWEST_AFTER, NULL);
  g_autofree char *json = NULL;
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, id);
  cr_stmt_bind_text (stmt, 2, table->name);
  if (cr_stmt_step (stmt, NULL) == CR_STEP_ROW)
    json = g_strdup (cr_stmt_text (stmt, 0));
  cr_stmt_reset (stmt);
  return json == NULL ? NULL : cr_record_from_json (self->db, table->table->klass, json);
}

/* The row as it is; NULL none, or not to be read. */
static gpointer
present (Salvage *self, const SalvageTable *table, CrId id)
{
  CrStmt *stmt = cr_db_prepare (self->db, table->table->by_id, NULL);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, id);
  return cr_table_first (table->table, stmt, NULL);
}

static gboolean
is_there (Salvage *self, const SalvageTable *table, CrId id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE id = $1", table->name);
  CrStmt *stmt = cr_db_prepare (self->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, id);
  gboolean found = cr_stmt_step (stmt, error) == CR_STEP_ROW;
  cr_stmt_reset (stmt);
  return found;
}

static gboolean
put_row (Salvage *self, const SalvageTable *table, gconstpointer record, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = $1", table->name);
  CrStmt *stmt = cr_db_prepare (self->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, ((const CrRecord *)record)->id);
  if (!cr_stmt_run (stmt, error))
    return FALSE;
  stmt = cr_db_prepare (self->db, table->table->insert, error);
  if (stmt == NULL)
    return FALSE;
  cr_table_bind (table->table->klass, stmt, record);
  return cr_stmt_run (stmt, error);
}

char *
salvage_whose (Salvage *self, CrId patient)
{
  CrStmt *stmt = patient == CR_ID_NONE ? NULL : cr_db_prepare (self->db, MRN, NULL);
  char *whose = NULL;
  if (patient == CR_ID_NONE)
    return g_strdup (_ ("the practice"));
  if (stmt != NULL) {
    cr_stmt_bind_int (stmt, 1, patient);
    if (cr_stmt_step (stmt, NULL) == CR_STEP_ROW)
      whose = g_strdup_printf (_ ("record number %s"), cr_stmt_text (stmt, 0));
    cr_stmt_reset (stmt);
  }
  return whose != NULL ? whose : g_strdup_printf (_ ("patient %" G_GINT64_FORMAT), patient);
}

static void
note_doubtful (Salvage *self, const SalvageTable *table, CrId id)
{
  if (g_hash_table_contains (self->doubtful, &id))
    return;
  SalvageRecord *record = g_new0 (SalvageRecord, 1);
  *record = (SalvageRecord){ .table = table, .id = id };
  g_hash_table_insert (self->doubtful, &record->id, record);
}

static void
say_rebuilt (Salvage *self, const SalvageTable *table, gconstpointer record)
{
  g_autofree char *whose = salvage_whose (self, cr_table_patient (table->table, record));
  salvage_say (
      self->report->rebuilt,
      _ ("%s %" G_GINT64_FORMAT " of %s: given back by the history, as version %" G_GINT64_FORMAT "."),
      _ (table->table->word), ((const CrRecord *)record)->id, whose, ((const CrRecord *)record)->version);
}

/* ---- agreeing ---- */

/* The row is newer than what is left of its history: the chain remembers it from now on. */
static gboolean
remember (CrTx *tx, const SalvageTable *table, gconstpointer record, gconstpointer before, GError **error)
{
  const CrRecordClass *klass = table->table->klass;
  g_autofree char *before_json = before == NULL ? NULL : cr_record_to_json (klass, before);
  g_autofree char *after_json = cr_record_to_json (klass, record);
  CrChainEntry entry = { .action = "salvage",
                         .kind = klass->name,
                         .detail = "history lost",
                         .record_id = ((const CrRecord *)record)->id,
                         .patient_id = cr_table_patient (table->table, record),
                         .version = ((const CrRecord *)record)->version,
                         .before = before_json,
                         .after = after_json };
  return cr_chain_append (tx, &entry, error);
}

static gboolean
settle (CrTx *tx, Salvage *self, const SalvageTable *table, CrId id, GError **error)
{
  const CrRecordClass *klass = table->table->klass;
  CrRecord *row = present (self, table, id), *known = remembered (self, table, id);
  gboolean done = TRUE;
  if (row != NULL && (known == NULL || known->version < row->version))
    done = remember (tx, table, row, known, error);
  else if (known != NULL) {
    g_autoptr (GError) refused = NULL;
    if (row != NULL && row->version == known->version)
      salvage_say (self->report->wrong,
                   _ ("The %s with id %" G_GINT64_FORMAT
                      " is not what was last saved: its row was changed or put back outside Chartroom."),
                   _ (table->table->word), id);
    if (put_row (self, table, known, &refused)) {
      say_rebuilt (self, table, known);
      note_doubtful (self, table, id);
    } else
      salvage_say (self->report->unsaved, _ ("%s %" G_GINT64_FORMAT " was not accepted: %s"),
                   _ (table->table->word), id, refused->message);
  } else
    salvage_say (self->report->unsaved,
                 _ ("%s %" G_GINT64_FORMAT ": its row cannot be read, and nothing of its history is left."),
                 _ (table->table->word), id);
  cr_record_free (klass, row);
  cr_record_free (klass, known);
  return done;
}

typedef struct {
  Salvage *self;
  const GArray *problems;
  guint from;
} Settling;

static gboolean
settle_job (CrTx *tx, gpointer data, GError **error)
{
  const Settling *settling = data;
  guint end = MIN (settling->problems->len, settling->from + RECORDS_PER_JOB);
  for (guint i = settling->from; i < end; i++) {
    const Problem *problem = &g_array_index (settling->problems, Problem, i);
    if (!settle (tx, settling->self, problem->table, problem->id, error))
      return FALSE;
  }
  return TRUE;
}

/* Rows of one table that are not what their newest history entry says. */
static gboolean
compare_rows (Salvage *self, const SalvageTable *table, GArray *problems, GError **error)
{
  const CrRecordClass *klass = table->table->klass;
  CrStmt *stmt = cr_db_prepare (self->db, table->table->all, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    gpointer record = cr_table_read (klass, stmt, NULL);
    g_autofree char *now = record == NULL ? NULL : cr_record_to_json (klass, record);
    if (now == NULL || g_strcmp0 (now, cr_stmt_text (stmt, (int)klass->n_fields)) != 0)
      add_problem (problems, table, cr_stmt_int (stmt, 0));
    cr_record_free (klass, record);
    self->report->records++;
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

/* Records that the history knows and no row holds. */
static gboolean
find_missing (Salvage *self, GArray *problems, GError **error)
{
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  CrStmt *stmt = cr_db_prepare (self->db, HISTORY, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW && failure == NULL) {
    const SalvageTable *table = salvage_table (self, cr_stmt_text (stmt, 0));
    gint64 id = cr_stmt_int (stmt, 1);
    if (table == NULL || table->table == NULL || is_there (self, table, id, &failure))
      continue;
    if (g_hash_table_add (met, g_memdup2 (&id, sizeof id))) {
      add_problem (problems, table, id);
      self->report->records++;
    }
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return step == CR_STEP_DONE;
}

gboolean
salvage_records (Salvage *self, GError **error)
{
  g_autoptr (GArray) problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  self->report->records = 0;
  for (guint i = 0; i < self->tables->len; i++) {
    const SalvageTable *table = self->tables->pdata[i];
    if (table->table != NULL && !compare_rows (self, table, problems, error))
      return FALSE;
  }
  if (!find_missing (self, problems, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i += RECORDS_PER_JOB) {
    Settling settling = { self, problems, i };
    if (!cr_tx_execute (self->store, NULL, settle_job, &settling, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- what nothing gives back ---- */

static void
note_lost (Salvage *self, const SalvageTable *table, CrId id, CrId patient)
{
  if (g_hash_table_contains (self->lost, &id))
    return;
  SalvageRecord *record = g_new0 (SalvageRecord, 1);
  *record = (SalvageRecord){ .table = table, .id = id, .patient = patient };
  g_hash_table_insert (self->lost, &record->id, record);
}

/* Goes through the writes of the audit. */
static gboolean
count_writes (Salvage *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrStmt *stmt = cr_db_prepare (self->db, WRITES, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW && failure == NULL) {
    const SalvageTable *table = salvage_table (self, cr_stmt_text (stmt, 0));
    CrId id = cr_stmt_int (stmt, 1);
    SalvageRecord *doubtful = g_hash_table_lookup (self->doubtful, &id);
    if (table == NULL || table->table == NULL)
      continue;
    if (doubtful != NULL)
      doubtful->writes++;
    if (!is_there (self, table, id, &failure) && failure == NULL)
      note_lost (self, table, id, cr_stmt_int (stmt, 2));
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return step == CR_STEP_DONE;
}

static void
say_lost (Salvage *self, const SalvageRecord *record)
{
  g_autofree char *whose = salvage_whose (self, record->patient);
  if (record->id == record->patient) {
    salvage_say (self->report->unsaved,
                 _ ("patient %" G_GINT64_FORMAT ": neither the row nor its history can be read."),
                 record->id);
    return;
  }
  salvage_say (self->report->unsaved,
               _ ("%s %" G_GINT64_FORMAT " of %s: neither its row nor its history can be read."),
               _ (record->table->table->word), record->id, whose);
}

static void
say_older (Salvage *self, const SalvageRecord *record)
{
  CrRecord *row = present (self, record->table, record->id);
  if (row != NULL && row->version < record->writes) {
    g_autofree char *whose = salvage_whose (self, cr_table_patient (record->table->table, row));
    salvage_say (
        self->report->unsaved,
        _ ("%s %" G_GINT64_FORMAT " of %s: only an older state is left, version %" G_GINT64_FORMAT " of %u."),
        _ (record->table->table->word), record->id, whose, row->version, record->writes);
  }
  cr_record_free (record->table->table->klass, row);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const SalvageRecord *x = a, *y = b;
  int by_table = g_strcmp0 (x->table->name, y->table->name);
  return by_table != 0 ? by_table : (x->id > y->id) - (x->id < y->id);
}

static void
say_each (Salvage *self, GHashTable *records, void (*say) (Salvage *, const SalvageRecord *))
{
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_values (records), compare_records);
  for (GList *l = sorted; l != NULL; l = l->next)
    say (self, l->data);
}

gboolean
salvage_count_losses (Salvage *self, GError **error)
{
  if (!count_writes (self, error))
    return FALSE;
  say_each (self, self->lost, say_lost);
  say_each (self, self->doubtful, say_older);
  return TRUE;
}

/* ---- running numbers ---- */

static gboolean
raise_counter (Salvage *self, const char *name, const char *largest, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self->db, HAS_COUNTER, error);
  gboolean there;
  gint64 number;
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_text (stmt, 1, name);
  there = cr_stmt_step (stmt, error) == CR_STEP_ROW;
  cr_stmt_reset (stmt);
  stmt = there ? NULL : cr_db_prepare (self->db, largest, error);
  if (there || stmt == NULL || cr_stmt_step (stmt, error) != CR_STEP_ROW)
    return there;
  number = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  if (number == 0)
    return TRUE;
  stmt = cr_db_prepare (self->db, RAISE, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_text (stmt, 1, name);
  cr_stmt_bind_int (stmt, 2, number + SPARE_NUMBERS);
  salvage_say (self->report->rebuilt,
               _ ("The running number “%s” was lost; it goes on from %" G_GINT64_FORMAT
                  ", so that none is given twice."),
               name, number + SPARE_NUMBERS);
  return cr_stmt_run (stmt, error);
}

/* One that was never used has no row either. */
static gboolean
counters_are_lost (Salvage *self)
{
  const GPtrArray *losses = cr_raw_tree_losses (self->tree);
  gboolean lost = FALSE;
  for (guint i = 0; i < losses->len && !lost; i++) {
    const CrRawLoss *loss = losses->pdata[i];
    lost = loss->part == CR_PART_UNKNOWN || g_strcmp0 (loss->owner, "counter") == 0;
  }
  return lost;
}

gboolean
salvage_counters (Salvage *self, GError **error)
{
  if (!counters_are_lost (self))
    return TRUE;
  return raise_counter (self, "mrn", LARGEST ("patient", "mrn"), error) &&
         raise_counter (self, "referral", LARGEST ("referral", "number"), error) &&
         raise_counter (self, "prescription", LARGEST ("prescription", "number"), error);
}
