#include "table.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/record.h"
#include <glib/gi18n.h>
#include <string.h>

#define BYTES_MAX (8 * 1024 * 1024)

/* Row index → line of the file: the header is line 1. */
#define LINE_OF(row) ((int)(row) + 2)

static gboolean
fail_line (const CrTable *table, int line, const char *what, GError **error)
{
  g_set_error (
      error, CR_ERROR, CR_ERROR_INVALID,
      _ ("The clinical knowledge in %s, line %d, cannot be used: %s. Install the program's data again."),
      table->name, line, what);
  return FALSE;
}

static gboolean
is_clean_cell (const char *cell)
{
  gsize length = strlen (cell);
  return length == 0 || (cell[0] != ' ' && cell[length - 1] != ' ' && cr_text_is_clean (cell));
}

static gboolean
add_row (CrTable *table, const char *text, int line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (text, "\t", -1);
  if (g_strv_length (cells) != table->n_columns)
    return fail_line (table, line, _ ("the number of columns is not that of the first line"), error);
  for (guint i = 0; i < table->n_columns; i++)
    if (!is_clean_cell (cells[i]))
      return fail_line (table, line, _ ("a cell begins or ends with a blank"), error);
  g_ptr_array_add (table->rows, g_steal_pointer (&cells));
  return TRUE;
}

static gboolean
check_header (CrTable *table, const char *line, GError **error)
{
  g_autofree char *expected = g_strjoinv ("\t", table->columns);
  if (g_str_equal (line, expected))
    return TRUE;
  return fail_line (table, 1, _ ("the columns are not the expected ones"), error);
}

static gboolean
read_rows (CrTable *table, char *text, gsize length, GError **error)
{
  if (length == 0 || text[length - 1] != '\n' || !g_utf8_validate (text, (gssize)length, NULL))
    return fail_line (table, 1, _ ("it is empty, cut off or not UTF-8"), error);
  text[length - 1] = '\0';
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  if (!check_header (table, lines[0], error))
    return FALSE;
  for (int i = 1; lines[i] != NULL; i++)
    if (!add_row (table, lines[i], i + 1, error))
      return FALSE;
  return TRUE;
}

static char **
with_origin (const char *const *columns)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **)columns);
  g_strv_builder_add_many (builder, "source", "as_of", NULL);
  return g_strv_builder_end (builder);
}

CrTable *
cr_table_open (const char *dir, const char *name, const char *const *columns, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) local = NULL;
  if (!g_file_get_contents (path, &text, &length, &local)) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("The clinical knowledge cannot be read from %s: %s. Install the program's data again."),
                 path, local->message);
    return NULL;
  }
  g_autoptr (CrTable) table = g_new0 (CrTable, 1);
  table->name = g_strdup (name);
  table->columns = with_origin (columns);
  table->n_columns = g_strv_length (table->columns);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  if (length > BYTES_MAX || strlen (text) != length) {
    fail_line (table, 1, _ ("it is too large or not a text"), error);
    return NULL;
  }
  return read_rows (table, text, length, error) ? g_steal_pointer (&table) : NULL;
}

void
cr_table_free (CrTable *table)
{
  if (table == NULL)
    return;
  g_free (table->name);
  g_strfreev (table->columns);
  g_clear_pointer (&table->rows, g_ptr_array_unref);
  g_free (table);
}

const char *
cr_table_text (const CrTable *table, guint row, guint column)
{
  char **cells = g_ptr_array_index (table->rows, row);
  return *cells[column] == '\0' ? NULL : cells[column];
}

gboolean
cr_table_decimal (const CrTable *table, guint row, guint column, CrDecimal *out, GError **error)
{
  const char *text = cr_table_text (table, row, column);
  *out = CR_DECIMAL_NONE;
  if (text == NULL || cr_decimal_parse (text, out))
    return TRUE;
  return cr_table_fail (table, row, column, _ ("not a number"), error);
}

gboolean
cr_table_int (const CrTable *table, guint row, guint column, gint64 *out, GError **error)
{
  const char *text = cr_table_text (table, row, column);
  *out = CR_INT_NONE;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, out, NULL))
    return TRUE;
  return cr_table_fail (table, row, column, _ ("not a whole number"), error);
}

gboolean
cr_table_choice (const CrTable *table, guint row, guint column, const char *const *choices, int *out,
                 GError **error)
{
  char **cells = g_ptr_array_index (table->rows, row);
  for (*out = 0; choices[*out] != NULL; (*out)++)
    if (g_str_equal (choices[*out], cells[column]))
      return TRUE;
  return cr_table_fail (table, row, column, _ ("not one of the possible words"), error);
}

gboolean
cr_table_origin (const CrTable *table, guint row, CrOrigin *out, GError **error)
{
  guint source = table->n_columns - 2, as_of = table->n_columns - 1;
  out->source = cr_table_text (table, row, source);
  if (out->source == NULL)
    return cr_table_fail (table, row, source, _ ("the source is missing"), error);
  const char *date = cr_table_text (table, row, as_of);
  if (date == NULL || !cr_date_from_iso (date, &out->as_of) || !cr_date_is_full (out->as_of))
    return cr_table_fail (table, row, as_of, _ ("not a date"), error);
  return TRUE;
}

gboolean
cr_table_fail (const CrTable *table, guint row, guint column, const char *what, GError **error)
{
  g_autofree char *where = g_strdup_printf ("%s: %s", table->columns[column], what);
  return fail_line (table, LINE_OF (row), where, error);
}
