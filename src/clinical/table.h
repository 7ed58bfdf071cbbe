/* Tab-separated tables of data/knowledge, read strictly: UTF-8, lines end in LF, the first line names exactly
 * the expected columns, no quoting, no blanks around a cell.  The last two columns are always source and
 * as_of. */
#pragma once
#include "chartroom/clinical/knowledge.h"

typedef struct {
  char *name; /* "drugs.tsv" */
  guint n_columns;
  char **columns;
  GPtrArray *rows; /* char **, n_columns cells; "" for an empty one */
} CrTable;

/* columns: NULL-terminated, source and as_of not among them. */
CrTable *cr_table_open (const char *dir, const char *name, const char *const *columns, GError **error);
void cr_table_free (CrTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrTable, cr_table_free)

/* NULL for an empty cell; valid while the table lives. */
const char *cr_table_text (const CrTable *table, guint row, guint column);
/* Absent or none for an empty cell. */
gboolean cr_table_decimal (const CrTable *table, guint row, guint column, CrDecimal *out, GError **error);
gboolean cr_table_int (const CrTable *table, guint row, guint column, gint64 *out, GError **error);
/* Index of the cell's text in the NULL-terminated choices. */
gboolean cr_table_choice (const CrTable *table, guint row, guint column, const char *const *choices, int *out,
                          GError **error);
gboolean cr_table_origin (const CrTable *table, guint row, CrOrigin *out, GError **error);
/* Sets "drugs.tsv, line 12, strength: WHAT" and returns FALSE. */
gboolean cr_table_fail (const CrTable *table, guint row, guint column, const char *what, GError **error);
