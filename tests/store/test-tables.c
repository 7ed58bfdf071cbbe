/* Each table's SQL agrees with its record's field table and with the schema. */
#include "fixture.h"
#include "chartroom/domain/record-classes.h"
#include "table.h"
#include <string.h>

#define COLUMNS_OF "SELECT name, type, \"notnull\" FROM pragma_table_info ($1) ORDER BY cid"

/* Column names between commas, without the quotes that one of them needs. */
static char **
split_columns (const CrTable *table)
{
  g_autofree char *plain = g_strdup (table->columns);
  char *to = plain;
  for (const char *from = plain; *from != '\0'; from++)
    if (*from != '"' && *from != ' ')
      *to++ = *from;
  *to = '\0';
  return g_strsplit (plain, ",", -1);
}

static const char *
column_type (CrFieldType type)
{
  static const char *const TYPES[] = {
    [CR_FIELD_ID] = "INTEGER",   [CR_FIELD_INT] = "INTEGER", [CR_FIELD_BOOL] = "INTEGER",
    [CR_FIELD_REAL] = "REAL",    [CR_FIELD_TEXT] = "TEXT",   [CR_FIELD_DATE] = "TEXT",
    [CR_FIELD_DECIMAL] = "TEXT", [CR_FIELD_ENUM] = "TEXT",   [CR_FIELD_INSTANT] = "INTEGER",
  };
  return TYPES[type];
}

static void
test_every_class_has_a_table (void)
{
  guint classes = 0, tables = 0;
  for (; CR_ALL_CLASSES[classes] != NULL; classes++)
    g_assert_nonnull (cr_table_of (CR_ALL_CLASSES[classes]));
  while (CR_TABLES[tables] != NULL)
    tables++;
  g_assert_cmpuint (classes, ==, tables);
}

static void
test_columns_are_fields (void)
{
  for (guint t = 0; CR_TABLES[t] != NULL; t++) {
    const CrRecordClass *klass = CR_TABLES[t]->klass;
    g_auto (GStrv) columns = split_columns (CR_TABLES[t]);
    g_assert_cmpuint (g_strv_length (columns), ==, klass->n_fields - 2);
    for (guint i = 0; columns[i] != NULL; i++)
      g_assert_cmpstr (columns[i], ==, klass->fields[i + 2].name);
    g_autofree char *last = g_strdup_printf ("$%u)", klass->n_fields);
    g_assert_true (g_str_has_suffix (CR_TABLES[t]->insert, last));
  }
}

static void
check_schema_of (CrDb *db, const CrRecordClass *klass)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt = cr_db_prepare (db, COLUMNS_OF, &error);
  g_assert_no_error (error);
  cr_stmt_bind_text (stmt, 1, klass->name);
  for (guint i = 0; i < klass->n_fields; i++) {
    const CrField *field = &klass->fields[i];
    g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
    g_assert_cmpstr (cr_stmt_text (stmt, 0), ==, field->name);
    g_assert_cmpstr (cr_stmt_text (stmt, 1), ==, column_type (field->type));
    if (field->type == CR_FIELD_BOOL || field->type == CR_FIELD_ENUM)
      g_assert_cmpint (cr_stmt_int (stmt, 2), ==, 1);
  }
  g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_DONE);
  cr_stmt_reset (stmt);
}

static void
test_schema_is_fields (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  CrDb *db = cr_db_open (vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  for (guint t = 0; CR_TABLES[t] != NULL; t++)
    check_schema_of (db, CR_TABLES[t]->klass);
  cr_db_close (db);
}

/* A list that is asked for by key must find its rows by an index. */
static void
test_statements_use_indexes (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  for (guint t = 0; CR_TABLES[t] != NULL; t++) {
    const CrTable *table = CR_TABLES[t];
    if (table->by_source == NULL)
      continue;
    g_autofree char *plan = g_strconcat ("EXPLAIN QUERY PLAN ", table->by_source, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
    CrDb *db = cr_db_open (vault, CR_DB_OPEN, &error);
    g_assert_no_error (error);
    CrStmt *stmt = cr_db_prepare (db, plan, &error);
    g_assert_no_error (error);
    g_assert_cmpint (cr_stmt_step (stmt, &error), ==, CR_STEP_ROW);
    g_assert_nonnull (strstr (cr_stmt_text (stmt, 3), "_source"));
    cr_stmt_reset (stmt);
    cr_db_close (db);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tables/every-class", test_every_class_has_a_table);
  g_test_add_func ("/store/tables/columns", test_columns_are_fields);
  g_test_add_func ("/store/tables/schema", test_schema_is_fields);
  g_test_add_func ("/store/tables/indexes", test_statements_use_indexes);
  return g_test_run ();
}
