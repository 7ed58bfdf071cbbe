#include "chartroom/session/row.h"

struct _CrRow {
  GObject parent;
  CrId id;
  gpointer record;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (CrRow, cr_row, G_TYPE_OBJECT)

static GArray *
new_numbers (guint n)
{
  GArray *numbers = g_array_new (FALSE, TRUE, sizeof (int));
  g_array_set_size (numbers, n);
  return numbers;
}

static int *
numbers_of (GArray *numbers)
{
  return (int *)(gpointer)numbers->data;
}

/* For each new row: the old position it may keep its object from, or −1. */
static GArray *
match_rows (GListModel *store, GPtrArray *rows, gboolean (*same) (gconstpointer a, gconstpointer b))
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n_old = g_list_model_get_n_items (store);
  for (guint i = 0; i < n_old; i++) {
    g_autoptr (CrRow) old = g_list_model_get_item (store, i); /* the store keeps it alive */
    g_hash_table_insert (places, &old->id, GUINT_TO_POINTER (i + 1));
  }
  GArray *match = new_numbers (rows->len);
  for (guint j = 0; j < rows->len; j++) {
    CrRow *row = rows->pdata[j];
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, &row->id));
    g_autoptr (CrRow) old = place > 0 ? g_list_model_get_item (store, place - 1) : NULL;
    gboolean keep = old != NULL && same != NULL && same (old->record, row->record);
    numbers_of (match)[j] = keep ? (int)place - 1 : -1;
    if (old != NULL)
      g_hash_table_remove (places, &row->id); /* an id that comes twice matches once */
  }
  return match;
}

/* Puts into `tails` the row that ends a rising run of each length; returns the length this row reaches. */
static guint
extend_run (const int *match, GArray *tails, guint j)
{
  guint low = 0, high = tails->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (match[g_array_index (tails, guint, middle)] < match[j])
      low = middle + 1;
    else
      high = middle;
  }
  if (low == tails->len)
    g_array_append_val (tails, j);
  else
    g_array_index (tails, guint, low) = j;
  return low;
}

/* TRUE for the rows of the longest run whose old positions rise: they stay where they are. */
static GArray *
find_staying (const int *match, guint n)
{
  GArray *stays = new_numbers (n);
  g_autoptr (GArray) before = new_numbers (n); /* the row before this one in its run, or −1 */
  g_autoptr (GArray) tails = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint j = 0; j < n; j++) {
    if (match[j] < 0)
      continue;
    guint length = extend_run (match, tails, j);
    numbers_of (before)[j] = length > 0 ? (int)g_array_index (tails, guint, length - 1) : -1;
  }
  int j = tails->len > 0 ? (int)g_array_index (tails, guint, tails->len - 1) : -1;
  for (; j >= 0; j = numbers_of (before)[j])
    numbers_of (stays)[j] = TRUE;
  return stays;
}

/* The rows to put in: the old object where the record is the same, so that a moved row stays itself. */
static GPtrArray *
collect_additions (GPtrArray *olds, GPtrArray *rows, const int *match, guint from, guint to)
{
  GPtrArray *additions = g_ptr_array_new ();
  for (guint j = from; j < to; j++)
    g_ptr_array_add (additions, match[j] >= 0 ? olds->pdata[match[j]] : rows->pdata[j]);
  return additions;
}

static GPtrArray *
list_rows (GListModel *store)
{
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    g_ptr_array_add (rows, g_list_model_get_item (store, i));
  return rows;
}

static void
cr_row_finalize (GObject *object)
{
  CrRow *self = CR_ROW (object);
  if (self->destroy != NULL)
    self->destroy (self->record);
  G_OBJECT_CLASS (cr_row_parent_class)->finalize (object);
}

static void
cr_row_class_init (CrRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_row_finalize;
}

static void
cr_row_init (CrRow *self)
{
}

CrRow *
cr_row_new (CrId id, gpointer record, GDestroyNotify destroy)
{
  CrRow *self = g_object_new (CR_TYPE_ROW, NULL);
  self->id = id;
  self->record = record;
  self->destroy = destroy;
  return self;
}

CrId
cr_row_get_id (CrRow *self)
{
  g_return_val_if_fail (CR_IS_ROW (self), CR_ID_NONE);
  return self->id;
}

gconstpointer
cr_row_peek (CrRow *self)
{
  g_return_val_if_fail (CR_IS_ROW (self), NULL);
  return self->record;
}

GPtrArray *
cr_rows_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

GPtrArray *
cr_rows_take (GPtrArray *records, GDestroyNotify destroy)
{
  GPtrArray *rows = cr_rows_new ();
  gsize n = 0;
  gpointer *stolen = g_ptr_array_steal (records, &n);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (rows, cr_row_new (((CrRecord *)stolen[i])->id, stolen[i], destroy));
  g_free (stolen);
  g_ptr_array_unref (records);
  return rows;
}

gboolean
cr_rows_same_version (gconstpointer a, gconstpointer b)
{
  return ((const CrRecord *)a)->version == ((const CrRecord *)b)->version;
}

void
cr_rows_sync (GListStore *store, GPtrArray *rows, gboolean (*same) (gconstpointer a, gconstpointer b))
{
  g_autoptr (GPtrArray) olds = list_rows (G_LIST_MODEL (store));
  g_autoptr (GArray) matches = match_rows (G_LIST_MODEL (store), rows, same);
  const int *match = numbers_of (matches);
  g_autoptr (GArray) stays = find_staying (match, rows->len);
  guint old = 0, from = 0, position = 0; /* all before these three is in place */
  for (guint j = 0; j <= rows->len; j++) {
    if (j < rows->len && !numbers_of (stays)[j])
      continue;
    guint next_old = j < rows->len ? (guint)match[j] : olds->len;
    g_autoptr (GPtrArray) additions = collect_additions (olds, rows, match, from, j);
    if (next_old > old || additions->len > 0)
      g_list_store_splice (store, position, next_old - old, additions->pdata, additions->len);
    position += additions->len + 1;
    old = next_old + 1;
    from = j + 1;
  }
  g_ptr_array_set_size (rows, 0);
}
