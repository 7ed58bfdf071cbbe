/* Lists that are brought up to date keep what did not change. */
#include "chartroom/session/row.h"

typedef struct {
  CrId id;
  gint64 version;
} Thing;

static guint freed;

static void
free_thing (gpointer thing)
{
  freed++;
  g_free (thing);
}

/* "1a 2a": id 1 and 2, version by letter. */
static GPtrArray *
make_rows (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++) {
    Thing *thing = g_new0 (Thing, 1);
    thing->id = words[i][0] - '0';
    thing->version = words[i][1];
    g_ptr_array_add (rows, cr_row_new (thing->id, thing, free_thing));
  }
  return rows;
}

static char *
describe (GListModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (model, i);
    const Thing *thing = cr_row_peek (row);
    g_string_append_printf (text, "%s%d%c", i > 0 ? " " : "", (int)thing->id, (char)thing->version);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct {
  guint removed, added;
} Changes;

static void
count_changes_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Changes *changes = data;
  changes->removed += removed;
  changes->added += added;
}

static void
test_sync (void)
{
  static const struct {
    const char *before, *after;
    guint removed, added;
  } cases[] = {
    { "", "", 0, 0 },
    { "", "1a 2a 3a", 0, 3 },
    { "1a 2a 3a", "", 3, 0 },
    { "1a 2a 3a", "1a 2a 3a", 0, 0 },
    { "1a 2a 3a", "1a 2b 3a", 1, 1 },          /* changed in place */
    { "1a 2a 3a", "1a 4a 2a 3a", 0, 1 },       /* inserted */
    { "1a 2a 3a 4a", "2a 3a 4a 1a", 1, 1 },    /* first to last: one row moves */
    { "1a 2a 3a 4a", "4a 1a 2a 3a", 1, 1 },    /* last to first */
    { "1a 2a 3a", "4a 5a", 3, 2 },             /* nothing in common */
    { "1a 2a 3a 4a 5a", "1a 3b 5a 6a", 3, 2 }, /* 2 and 4 go, 3 changes, 6 comes */
    { "1a 2a", "2a 2a 1a", 1, 2 },             /* an id that comes twice */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GListStore) store = g_list_store_new (CR_TYPE_ROW);
    g_autoptr (GPtrArray) before = make_rows (cases[i].before);
    cr_rows_sync (store, before, cr_rows_same_version);
    Changes changes = { 0 };
    g_signal_connect (store, "items-changed", G_CALLBACK (count_changes_cb), &changes);
    g_autoptr (GPtrArray) after = make_rows (cases[i].after);
    cr_rows_sync (store, after, cr_rows_same_version);
    g_assert_cmpuint (after->len, ==, 0);
    g_autofree char *text = describe (G_LIST_MODEL (store));
    g_assert_cmpstr (text, ==, cases[i].after);
    g_assert_cmpuint (changes.removed, ==, cases[i].removed);
    g_assert_cmpuint (changes.added, ==, cases[i].added);
  }
}

static void
test_keeps_objects (void)
{
  g_autoptr (GListStore) store = g_list_store_new (CR_TYPE_ROW);
  g_autoptr (GPtrArray) before = make_rows ("1a 2a 3a");
  cr_rows_sync (store, before, cr_rows_same_version);
  g_autoptr (CrRow) first = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_autoptr (CrRow) second = g_list_model_get_item (G_LIST_MODEL (store), 1);
  g_autoptr (GPtrArray) after = make_rows ("2a 3b 1a");
  cr_rows_sync (store, after, cr_rows_same_version);
  g_autoptr (CrRow) moved = g_list_model_get_item (G_LIST_MODEL (store), 2);
  g_autoptr (CrRow) stayed = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_true (moved == first);
  g_assert_true (stayed == second);
}

static void
test_frees_records (void)
{
  freed = 0;
  {
    g_autoptr (GListStore) store = g_list_store_new (CR_TYPE_ROW);
    g_autoptr (GPtrArray) rows = make_rows ("1a 2a");
    cr_rows_sync (store, rows, NULL);
    g_autoptr (GPtrArray) again = make_rows ("1a 2a");
    cr_rows_sync (store, again, NULL);
    g_assert_cmpuint (freed, ==, 2); /* without a comparison every record is new */
  }
  g_assert_cmpuint (freed, ==, 4);
}

static void
test_take (void)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (free_thing);
  Thing *thing = g_new0 (Thing, 1);
  thing->id = 7;
  g_ptr_array_add (records, thing);
  freed = 0;
  g_autoptr (GPtrArray) rows = cr_rows_take (records, free_thing);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (cr_row_get_id (rows->pdata[0]), ==, 7);
  g_assert_true (cr_row_peek (rows->pdata[0]) == thing);
  g_assert_cmpuint (freed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/sync", test_sync);
  g_test_add_func ("/row/keeps-objects", test_keeps_objects);
  g_test_add_func ("/row/frees-records", test_frees_records);
  g_test_add_func ("/row/take", test_take);
  return g_test_run ();
}
