/* One list item: a read-only, thin GObject around a record (CrProblem, CrVisit, …). */
#pragma once
#include <gio/gio.h>
#include "chartroom/domain/record.h"

#define CR_TYPE_ROW (cr_row_get_type ())
G_DECLARE_FINAL_TYPE (CrRow, cr_row, CR, ROW, GObject)

CrRow *cr_row_new (CrId id, gpointer record, GDestroyNotify destroy); /* takes the record */
CrId cr_row_get_id (CrRow *self);
gconstpointer cr_row_peek (CrRow *self); /* the record; the list's documentation says of which type */

/* Arrays of rows, before they go into a list.  Free with g_ptr_array_unref. */
GPtrArray *cr_rows_new (void);
/* The records of a store list as rows; takes array and records, each freed with destroy. */
GPtrArray *cr_rows_take (GPtrArray *records, GDestroyNotify destroy);
/* A `same` for plain records: the stored version did not change. */
gboolean cr_rows_same_version (gconstpointer a, gconstpointer b);
/* Makes store equal to rows with as few item changes as it takes: rows whose id stays keep their place
 * and their object when `same` says the record did not change (NULL: every record counts as changed).
 * Takes the contents of rows, an array of cr_rows_new; it is empty afterwards. */
void cr_rows_sync (GListStore *store, GPtrArray *rows, gboolean (*same) (gconstpointer a, gconstpointer b));
