/* Rows as they are, from the damaged database's pages into the new practice's tables.  Where the branches of
 * a table are lost, its pages are recognized by what is on them. */
#include "salvage-private.h"
#include <glib/gi18n.h>
#include <string.h>

#define TABLES "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
#define COLUMNS "SELECT name, pk = 1 AND type = 'INTEGER' FROM pragma_table_info ($1) ORDER BY cid"
#define KIND_IN_HISTORY "SELECT kind FROM history WHERE record_id = $1 LIMIT 1"
#define KEEP_LARGER " ON CONFLICT DO UPDATE SET value = max (value, excluded.value)"

enum { ROWS_PER_COMMIT = 4000, HASH_SIZE = 32, AUDIT_COLUMNS = 12, HISTORY_COLUMNS = 6, PAIR_COLUMNS = 2 };

/* ---- the tables of the new practice ---- */

static void
free_table (gpointer data)
{
  SalvageTable *table = data;
  g_free (table->name);
  g_free (table->insert);
  g_ptr_array_unref (table->columns);
  g_free (table);
}

static const CrTable *
table_of_name (const char *name)
{
  for (guint i = 0; CR_TABLES[i] != NULL; i++)
    if (g_str_equal (CR_TABLES[i]->klass->name, name))
      return CR_TABLES[i];
  return NULL;
}

static char *
compose_insert (const SalvageTable *table)
{
  GString *sql = g_string_new (NULL);
  g_string_printf (sql, "INSERT INTO %s VALUES (", table->name);
  for (guint i = 1; i <= table->n_columns; i++)
    g_string_append_printf (sql, "%s$%u", i > 1 ? ", " : "", i);
  g_string_append_c (sql, ')');
  if (g_str_equal (table->name, "counter") || g_str_equal (table->name, "store_meta"))
    g_string_append (sql, KEEP_LARGER);
  return g_string_free (sql, FALSE);
}

static gboolean
read_columns (CrDb *db, SalvageTable *table, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, COLUMNS, error);
  CrStep step = CR_STEP_ERROR;
  if (stmt != NULL)
    cr_stmt_bind_text (stmt, 1, table->name);
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    if (cr_stmt_int (stmt, 1) != 0)
      table->id_column = (int)table->n_columns;
    table->n_columns++;
    g_ptr_array_add (table->columns, g_strdup (cr_stmt_text (stmt, 0)));
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  table->insert = compose_insert (table);
  return step == CR_STEP_DONE;
}

static SalvageTable *
new_table (const char *name)
{
  SalvageTable *table = g_new0 (SalvageTable, 1);
  table->name = g_strdup (name);
  table->table = table_of_name (name);
  table->id_column = -1;
  table->columns = g_ptr_array_new_with_free_func (g_free);
  return table;
}

GPtrArray *
salvage_read_tables (CrDb *db, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (free_table);
  CrStmt *stmt = cr_db_prepare (db, TABLES, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    g_ptr_array_add (tables, new_table (cr_stmt_text (stmt, 0)));
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  for (guint i = 0; i < tables->len && step == CR_STEP_DONE; i++)
    if (!read_columns (db, tables->pdata[i], error))
      return NULL;
  return step == CR_STEP_DONE ? g_steal_pointer (&tables) : NULL;
}

const SalvageTable *
salvage_table (Salvage *self, const char *name)
{
  for (guint i = 0; i < self->tables->len; i++) {
    const SalvageTable *table = self->tables->pdata[i];
    if (g_str_equal (table->name, name))
      return table;
  }
  return NULL;
}

/* ---- putting a row in ---- */

static void
bind_value (CrStmt *stmt, int n, const CrRawValue *value)
{
  g_autofree char *text = NULL;
  switch (value->type) {
  case CR_RAW_INT:
    cr_stmt_bind_int (stmt, n, value->integer);
    return;
  case CR_RAW_REAL:
    cr_stmt_bind_real (stmt, n, value->real);
    return;
  case CR_RAW_TEXT:
    text = g_strndup ((const char *)value->bytes, value->size);
    cr_stmt_bind_text (stmt, n, text);
    return;
  case CR_RAW_BLOB:
    cr_stmt_bind_blob (stmt, n, value->bytes, value->size);
    return;
  case CR_RAW_NULL:
  default:
    cr_stmt_bind_null (stmt, n);
  }
}

static gboolean
insert_row (Salvage *self, const CrRawRow *row, GError **error)
{
  CrStmt *stmt = cr_db_prepare (self->db, self->at->insert, error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < self->at->n_columns; i++)
    if ((int)i == self->at->id_column)
      cr_stmt_bind_int (stmt, (int)i + 1, row->rowid);
    else if (i < row->n)
      bind_value (stmt, (int)i + 1, &row->values[i]);
    else
      cr_stmt_bind_null (stmt, (int)i + 1);
  return cr_stmt_run (stmt, error);
}

/* The version of the row that is there already; −1 none. */
static gint64
version_of (Salvage *self, CrId id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT version FROM %s WHERE id = $1", self->at->name);
  CrStmt *stmt = cr_db_prepare (self->db, sql, error);
  gint64 version = -1;
  if (stmt == NULL)
    return -1;
  cr_stmt_bind_int (stmt, 1, id);
  if (cr_stmt_step (stmt, error) == CR_STEP_ROW)
    version = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return version;
}

static gboolean
remove_row (Salvage *self, CrId id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = $1", self->at->name);
  CrStmt *stmt = cr_db_prepare (self->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, id);
  return cr_stmt_run (stmt, error);
}

/* Another state of the row was there first: the newer one stays. */
static gboolean
replace_older (Salvage *self, const CrRawRow *row, GError **error)
{
  gint64 there = self->at->table == NULL ? G_MAXINT64 : version_of (self, row->rowid, error);
  if (there == -1 || row->n < 2 || row->values[1].integer <= there)
    return there != -1;
  return remove_row (self, row->rowid, error) && insert_row (self, row, error);
}

static void
note_doubtful (Salvage *self, CrId id)
{
  SalvageRecord *record = g_hash_table_lookup (self->doubtful, &id);
  if (record != NULL)
    return;
  record = g_new0 (SalvageRecord, 1);
  *record = (SalvageRecord){ .table = self->at, .id = id };
  g_hash_table_insert (self->doubtful, &record->id, record);
}

/* The practice's own rules refuse a row: it is named, not forced in. */
static gboolean
is_about_the_row (const GError *failure)
{
  return g_error_matches (failure, CR_ERROR, CR_ERROR_CONFLICT) ||
         g_error_matches (failure, CR_ERROR, CR_ERROR_INVALID) ||
         g_error_matches (failure, CR_ERROR, CR_ERROR_FAILED);
}

static gboolean
place_row (const CrRawRow *row, gpointer data, GError **error)
{
  Salvage *self = data;
  g_autoptr (GError) failure = NULL;
  if (row->older && self->at->table != NULL)
    note_doubtful (self, row->rowid);
  if (row->n > self->at->n_columns) {
    self->unrecognized++;
    return TRUE;
  }
  if (insert_row (self, row, &failure))
    return salvage_step (self, error);
  if (g_error_matches (failure, CR_ERROR, CR_ERROR_CONFLICT)) {
    g_autoptr (GError) again = NULL;
    if (replace_older (self, row, &again))
      return salvage_step (self, error);
    if (again != NULL)
      g_clear_error (&failure);
    failure = failure != NULL ? g_steal_pointer (&failure) : g_steal_pointer (&again);
  }
  if (!is_about_the_row (failure)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  salvage_say (self->report->unsaved,
               _ ("The row %" G_GINT64_FORMAT " of “%s” on page %u was not accepted: %s"), row->rowid,
               self->at->name, row->page, failure->message);
  return TRUE;
}

gboolean
salvage_step (Salvage *self, GError **error)
{
  if (++self->pending < ROWS_PER_COMMIT)
    return TRUE;
  self->pending = 0;
  return cr_db_commit (self->db, error) && cr_db_begin (self->db, error);
}

/* ---- recognizing ---- */

static gboolean
value_fits (const CrField *field, gpointer scratch, const CrRawValue *value)
{
  g_autofree char *text = NULL;
  if (value->type == CR_RAW_NULL)
    return TRUE;
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INT:
  case CR_FIELD_BOOL:
  case CR_FIELD_INSTANT:
    return value->type == CR_RAW_INT;
  case CR_FIELD_REAL:
    return value->type == CR_RAW_INT || value->type == CR_RAW_REAL;
  case CR_FIELD_TEXT:
    return value->type == CR_RAW_TEXT;
  case CR_FIELD_DATE:
  case CR_FIELD_DECIMAL:
  case CR_FIELD_ENUM:
  default:
    text = value->type == CR_RAW_TEXT ? g_strndup ((const char *)value->bytes, value->size) : NULL;
    return text != NULL && cr_field_set_text (field, scratch, text);
  }
}

static gboolean
row_fits (const SalvageTable *table, const CrRawRow *row)
{
  const CrRecordClass *klass = table->table->klass;
  gpointer scratch = cr_record_new (klass);
  gboolean fits = row->n == table->n_columns;
  for (guint i = 1; fits && i < row->n; i++) {
    const CrField *field = cr_record_field (klass, table->columns->pdata[i]);
    fits = field != NULL && value_fits (field, scratch, &row->values[i]);
  }
  cr_record_free (klass, scratch);
  return fits;
}

/* The only record class that such a row can be of, or NULL. */
static const SalvageTable *
recognize_by_shape (Salvage *self, const CrRawRow *row)
{
  const SalvageTable *found = NULL;
  for (guint i = 0; i < self->tables->len; i++) {
    const SalvageTable *table = self->tables->pdata[i];
    if (table->table == NULL || !row_fits (table, row))
      continue;
    if (found != NULL)
      return NULL;
    found = table;
  }
  return found;
}

static const SalvageTable *
recognize_by_history (Salvage *self, CrId id)
{
  CrStmt *stmt = cr_db_prepare (self->db, KIND_IN_HISTORY, NULL);
  const SalvageTable *found = NULL;
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, id);
  if (cr_stmt_step (stmt, NULL) == CR_STEP_ROW)
    found = salvage_table (self, cr_stmt_text (stmt, 0));
  cr_stmt_reset (stmt);
  return found;
}

/* The store's own tables look like no other. */
static const SalvageTable *
recognize_own (Salvage *self, const CrRawRow *row)
{
  const CrRawValue *v = row->values;
  if (row->n == AUDIT_COLUMNS && v[11].type == CR_RAW_BLOB && v[11].size == HASH_SIZE)
    return salvage_table (self, "audit");
  if (row->n == HISTORY_COLUMNS && v[1].type == CR_RAW_TEXT && v[2].type == CR_RAW_INT &&
      v[3].type == CR_RAW_INT && v[5].type == CR_RAW_TEXT)
    return salvage_table (self, "history");
  if (row->n == PAIR_COLUMNS && v[0].type == CR_RAW_TEXT)
    return salvage_table (self, v[1].type == CR_RAW_INT ? "counter" : "store_meta");
  return NULL;
}

static gboolean
is_record (const CrRawRow *row)
{
  return row->n > PAIR_COLUMNS && row->values[0].type == CR_RAW_NULL && row->values[1].type == CR_RAW_INT &&
         row->values[1].integer > 0;
}

/* Sets self->at by the first row of a page that tells. */
static gboolean
recognize_cb (const CrRawRow *row, gpointer data, GError **error)
{
  Salvage *self = data;
  if (self->at == NULL)
    self->at = recognize_own (self, row);
  if (self->at == NULL && is_record (row))
    self->at = recognize_by_history (self, row->rowid);
  return TRUE;
}

static gboolean
recognize_shape_cb (const CrRawRow *row, gpointer data, GError **error)
{
  Salvage *self = data;
  if (self->at == NULL && is_record (row))
    self->at = recognize_by_shape (self, row);
  return TRUE;
}

static gboolean
count_cb (const CrRawRow *row, gpointer data, GError **error)
{
  Salvage *self = data;
  self->unrecognized += is_record (row);
  return TRUE;
}

static gboolean
place_orphan (Salvage *self, guint32 page, gboolean own, GError **error)
{
  self->at = NULL;
  if (!cr_raw_tree_read (self->tree, page, recognize_cb, self, error))
    return FALSE;
  if (own && (self->at == NULL || self->at->table != NULL))
    return TRUE;
  if (self->at == NULL && !cr_raw_tree_read (self->tree, page, recognize_shape_cb, self, error))
    return FALSE;
  if (self->at == NULL)
    return cr_raw_tree_read (self->tree, page, count_cb, self, error);
  return (!own && self->at->table == NULL) || cr_raw_tree_read (self->tree, page, place_row, self, error);
}

/* own: the store's own tables, which help to recognize the others; else those. */
static gboolean
place_orphans (Salvage *self, const GArray *orphans, gboolean own, GError **error)
{
  for (guint i = 0; i < orphans->len; i++)
    if (!place_orphan (self, g_array_index (orphans, guint32, i), own, error))
      return FALSE;
  return TRUE;
}

static gboolean
walk_tables (Salvage *self, gboolean own, GError **error)
{
  const GPtrArray *roots = cr_raw_tree_roots (self->tree);
  for (guint i = 0; i < roots->len; i++) {
    const CrRawRoot *root = roots->pdata[i];
    self->at = root->is_index ? NULL : salvage_table (self, root->name);
    if (self->at != NULL && (self->at->table == NULL) == own &&
        !cr_raw_tree_walk (self->tree, root, place_row, self, error))
      return FALSE;
  }
  return TRUE;
}

static void
pass_indexes (Salvage *self)
{
  const GPtrArray *roots = cr_raw_tree_roots (self->tree);
  for (guint i = 0; i < roots->len; i++) {
    const CrRawRoot *root = roots->pdata[i];
    if (root->is_index)
      cr_raw_tree_pass (self->tree, root);
  }
  cr_raw_tree_pass_free (self->tree);
}

gboolean
salvage_rows (Salvage *self, GError **error)
{
  g_autoptr (GArray) orphans = NULL;
  pass_indexes (self);
  if (!cr_db_begin (self->db, error) || !walk_tables (self, TRUE, error) || !walk_tables (self, FALSE, error))
    return FALSE;
  orphans = cr_raw_tree_orphans (self->tree);
  return place_orphans (self, orphans, TRUE, error) && place_orphans (self, orphans, FALSE, error) &&
         cr_db_commit (self->db, error);
}
