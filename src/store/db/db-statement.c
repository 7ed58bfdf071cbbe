/* Statements: prepared once per text, bound by number, read by column. */
#include "db-private.h"
#include "db-statement.h"
#include <math.h>
#include <string.h>

struct _CrStmt {
  CrDb *db;
  sqlite3_stmt *stmt;
  int *slots; /* slots[n]: SQLite's own number of `$n`; 0: the text has no such parameter */
  int slot_count;
  int bind_code;
  gint64 changes;
};

/* n of "$n", or 0. */
static int
parameter_number (const char *name)
{
  guint64 n;

  if (name == NULL || (*name != '$' && *name != '?') ||
      !g_ascii_string_to_unsigned (name + 1, 10, 1, 999, &n, NULL))
    return 0;
  return (int)n;
}

/* SQLite numbers `$1` by first appearance, as if it were a name. */
static gboolean
map_parameters (CrStmt *self)
{
  int count = sqlite3_bind_parameter_count (self->stmt);

  for (int i = 1; i <= count; i++)
    self->slot_count =
        MAX (self->slot_count, parameter_number (sqlite3_bind_parameter_name (self->stmt, i)) + 1);
  self->slots = g_new0 (int, self->slot_count + 1);
  for (int i = 1; i <= count; i++) {
    int n = parameter_number (sqlite3_bind_parameter_name (self->stmt, i));

    if (n == 0)
      return FALSE;
    self->slots[n] = i;
  }
  return TRUE;
}

static CrStmt *
statement_new (CrDb *db, const char *sql, GError **error)
{
  CrStmt *self = g_new0 (CrStmt, 1);
  const char *rest = NULL;
  int rc;

  self->db = db;
  rc = sqlite3_prepare_v3 (db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->stmt, &rest);
  if (rc != SQLITE_OK)
    db_set_error (db, rc, error);
  else if (self->stmt == NULL || strspn (rest, " \t\n;") != strlen (rest) || !map_parameters (self))
    g_set_error (error, CR_ERROR, CR_ERROR_FAILED, "Not one statement with parameters $1, $2, …: %s", sql);
  else
    return self;
  statement_free (self);
  return NULL;
}

/* SQLite's number for `$n`; 0 when a bind failed or must be skipped. */
static int
slot_of (CrStmt *self, int n)
{
  return n > 0 && n < self->slot_count ? self->slots[n] : 0;
}

static void
note_bind (CrStmt *self, int n, int rc)
{
  if (slot_of (self, n) == 0)
    g_critical ("no parameter $%d in: %s", n, sqlite3_sql (self->stmt));
  else if (rc != SQLITE_OK)
    self->bind_code = rc;
}

void
statement_free (gpointer data)
{
  CrStmt *self = data;

  sqlite3_finalize (self->stmt);
  g_free (self->slots);
  g_free (self);
}

CrStmt *
cr_db_prepare (CrDb *self, const char *sql, GError **error)
{
  CrStmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt != NULL) {
    cr_stmt_reset (stmt);
    return stmt;
  }
  stmt = statement_new (self, sql, error);
  if (stmt != NULL)
    g_hash_table_insert (self->statements, g_strdup (sql), stmt);
  return stmt;
}

void
cr_stmt_bind_int (CrStmt *self, int n, gint64 v)
{
  note_bind (self, n, sqlite3_bind_int64 (self->stmt, slot_of (self, n), v));
}

void
cr_stmt_bind_real (CrStmt *self, int n, double v)
{
  if (isnan (v))
    cr_stmt_bind_null (self, n);
  else
    note_bind (self, n, sqlite3_bind_double (self->stmt, slot_of (self, n), v));
}

void
cr_stmt_bind_text (CrStmt *self, int n, const char *v)
{
  note_bind (self, n, sqlite3_bind_text (self->stmt, slot_of (self, n), v, -1, SQLITE_TRANSIENT));
}

void
cr_stmt_bind_blob (CrStmt *self, int n, const void *v, gsize len)
{
  if (v == NULL && len == 0)
    v = ""; /* an empty blob is not NULL */
  note_bind (self, n, sqlite3_bind_blob64 (self->stmt, slot_of (self, n), v, len, SQLITE_TRANSIENT));
}

void
cr_stmt_bind_null (CrStmt *self, int n)
{
  note_bind (self, n, sqlite3_bind_null (self->stmt, slot_of (self, n)));
}

CrStep
cr_stmt_step (CrStmt *self, GError **error)
{
  int rc = self->bind_code != SQLITE_OK ? self->bind_code : sqlite3_step (self->stmt);

  if (rc == SQLITE_ROW)
    return CR_STEP_ROW;
  if (rc == SQLITE_DONE) {
    self->changes = sqlite3_changes64 (self->db->sqlite);
    return CR_STEP_DONE;
  }
  db_set_error (self->db, rc, error);
  cr_stmt_reset (self);
  return CR_STEP_ERROR;
}

gboolean
cr_stmt_run (CrStmt *self, GError **error)
{
  CrStep step;

  do
    step = cr_stmt_step (self, error);
  while (step == CR_STEP_ROW);
  if (step == CR_STEP_DONE)
    cr_stmt_reset (self);
  return step == CR_STEP_DONE;
}

void
cr_stmt_reset (CrStmt *self)
{
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->bind_code = SQLITE_OK;
}

int
cr_stmt_changes (CrStmt *self)
{
  return (int)self->changes;
}

gboolean
cr_stmt_is_null (CrStmt *self, int col)
{
  return sqlite3_column_type (self->stmt, col) == SQLITE_NULL;
}

gint64
cr_stmt_int (CrStmt *self, int col)
{
  return sqlite3_column_int64 (self->stmt, col);
}

double
cr_stmt_real (CrStmt *self, int col)
{
  return cr_stmt_is_null (self, col) ? NAN : sqlite3_column_double (self->stmt, col);
}

const char *
cr_stmt_text (CrStmt *self, int col)
{
  return (const char *)sqlite3_column_text (self->stmt, col);
}

const void *
cr_stmt_blob (CrStmt *self, int col, gsize *len)
{
  const void *blob = sqlite3_column_blob (self->stmt, col);

  *len = (gsize)sqlite3_column_bytes (self->stmt, col);
  return blob;
}

int
cr_stmt_columns (CrStmt *self)
{
  return sqlite3_column_count (self->stmt);
}
