#include "power-private.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512 };

static char *watched;
static PowerLie lying;
static GPtrArray *start;   /* PowerNode: what was there at first */
static GPtrArray *now;     /* PowerNode: who has which name */
static GPtrArray *changes; /* PowerOp */

/* ---- nodes ---- */

PowerNode *
power_node_new (gboolean a_folder)
{
  PowerNode *node = g_new0 (PowerNode, 1);
  node->pending = g_ptr_array_new ();
  if (a_folder)
    node->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  else
    node->content = g_byte_array_new ();
  return node;
}

static void
node_free (gpointer data)
{
  PowerNode *node = data;
  g_clear_pointer (&node->entries, g_hash_table_unref);
  g_clear_pointer (&node->content, g_byte_array_unref);
  g_ptr_array_unref (node->pending);
  g_free (node->link);
  g_free (node);
}

void
power_put_entry (PowerNode *folder, const char *name, guint place)
{
  g_hash_table_replace (folder->entries, g_strdup (name), GUINT_TO_POINTER (place));
}

guint
power_look_up (GPtrArray *nodes, guint folder, const char *name)
{
  const PowerNode *node = nodes->pdata[folder];
  gpointer place = NULL;
  if (node->entries == NULL || !g_hash_table_lookup_extended (node->entries, name, NULL, &place))
    return POWER_NOTHING;
  return GPOINTER_TO_UINT (place);
}

static GPtrArray *
copy_nodes (GPtrArray *nodes)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (node_free);
  for (guint i = 0; i < nodes->len; i++) {
    const PowerNode *node = nodes->pdata[i];
    PowerNode *same = power_node_new (node->entries != NULL);
    same->link = g_strdup (node->link);
    GHashTableIter iter;
    gpointer name, place;
    if (node->content != NULL && node->content->len > 0)
      g_byte_array_append (same->content, node->content->data, node->content->len);
    if (node->entries != NULL) {
      g_hash_table_iter_init (&iter, node->entries);
      while (g_hash_table_iter_next (&iter, &name, &place))
        power_put_entry (same, name, GPOINTER_TO_UINT (place));
    }
    g_ptr_array_add (copy, same);
  }
  return copy;
}

/* What lies at path goes to the end of the array; its place. */
static guint
read_tree (GPtrArray *nodes, const char *path)
{
  char *target = g_file_read_link (path, NULL);
  g_autoptr (GDir) dir = target == NULL ? g_dir_open (path, 0, NULL) : NULL;
  guint place = nodes->len;
  PowerNode *node = power_node_new (dir != NULL);
  node->link = target;
  g_autofree char *content = NULL;
  const char *name;
  gsize size;
  g_ptr_array_add (nodes, node);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    power_put_entry (node, name, read_tree (nodes, inner));
  }
  if (dir == NULL && target == NULL && g_file_get_contents (path, &content, &size, NULL) && size > 0)
    g_byte_array_append (node->content, (const guint8 *)content, (guint)size);
  return place;
}

static void
remove_below (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    remove_below (inner);
    g_remove (inner);
  }
}

static void
write_file (const PowerNode *node, const char *path)
{
  if (node->link != NULL) {
    g_assert_cmpint (symlink (node->link, path), ==, 0);
    return;
  }
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  if (node->content->len > 0)
    g_assert_cmpint (write (fd, node->content->data, node->content->len), ==, node->content->len);
  g_assert_true (g_close (fd, NULL));
}

static void
write_tree (GPtrArray *nodes, guint folder, const char *path)
{
  const PowerNode *node = nodes->pdata[folder];
  GHashTableIter iter;
  gpointer name, place;
  g_hash_table_iter_init (&iter, node->entries);
  while (g_hash_table_iter_next (&iter, &name, &place)) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    const PowerNode *entry = nodes->pdata[GPOINTER_TO_UINT (place)];
    if (entry->entries == NULL) {
      write_file (entry, inner);
      continue;
    }
    g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
    write_tree (nodes, GPOINTER_TO_UINT (place), inner);
  }
}

/* ---- the cut ---- */

static void
set_length (GByteArray *content, gint64 length)
{
  guint before = content->len;
  g_byte_array_set_size (content, (guint)length);
  if (content->len > before)
    memset (content->data + before, 0, content->len - before);
}

/* One by one its sectors, if they survive. */
static void
apply_write (GByteArray *content, const PowerOp *op, GRand *chance, double survival)
{
  gsize size, done = 0;
  const guint8 *data = g_bytes_get_data (op->data, &size);
  while (done < size) {
    gint64 at = op->at + (gint64)done;
    gsize step = MIN (SECTOR - (gsize)at % SECTOR, size - done);
    if (survival > 1 || g_rand_double (chance) < survival) {
      if (at + (gint64)step > content->len)
        set_length (content, at + (gint64)step);
      memcpy (content->data + at, data + done, step);
    }
    done += step;
  }
}

static void
apply_name (PowerNode *folder, const PowerOp *op)
{
  gpointer place = g_hash_table_lookup (folder->entries, op->name);
  if (op->type == OP_ENTER)
    power_put_entry (folder, op->name, op->entered);
  else
    g_hash_table_remove (folder->entries, op->name);
  if (op->type == OP_MOVE)
    power_put_entry (folder, op->to, GPOINTER_TO_UINT (place));
}

/* Of a file: each with that chance.  Of a folder: the first n. */
static void
apply_pending (PowerNode *node, GRand *chance, double survival, guint n)
{
  for (guint i = 0; i < node->pending->len; i++) {
    const PowerOp *op = node->pending->pdata[i];
    if (node->entries != NULL && i < n)
      apply_name (node, op);
    else if (op->type == OP_WRITE)
      apply_write (node->content, op, chance, survival);
    else if (op->type == OP_LENGTH && (survival > 1 || g_rand_double (chance) < survival))
      set_length (node->content, op->at);
  }
  g_ptr_array_set_size (node->pending, 0);
}

static void
settle (PowerNode *node)
{
  apply_pending (node, NULL, 2, G_MAXUINT);
}

static void
lose_power (PowerNode *node, GRand *chance)
{
  static const double SURVIVAL[] = { -1, 0.1, 0.5, 0.9, 2 };
  guint all = node->pending->len;
  const guint first[] = { 0, all, (guint)g_rand_int_range (chance, 0, (gint32)all + 1) };
  guint n = first[g_rand_int_range (chance, 0, G_N_ELEMENTS (first))];
  apply_pending (node, chance, SURVIVAL[g_rand_int_range (chance, 0, G_N_ELEMENTS (SURVIVAL))], n);
}

static gboolean
counts (const PowerNode *node)
{
  return lying == POWER_HONEST || (lying == POWER_FILES_UNSYNCED) != (node->entries == NULL);
}

static void
live_through (GPtrArray *nodes, const PowerOp *op)
{
  PowerNode *node = nodes->pdata[op->node];
  if (op->type == OP_SYNC && counts (node))
    settle (node);
  if (op->type != OP_SYNC)
    g_ptr_array_add (node->pending, (gpointer)op);
  if (op->type == OP_ENTER && op->entered == nodes->len) {
    PowerNode *entered = power_node_new (op->a_folder);
    entered->link = g_strdup (op->to);
    g_ptr_array_add (nodes, entered);
  }
}

/* What the first n changes make of the start; a sync that is the last of them has done nothing yet. */
static GPtrArray *
live (guint n, int *acknowledged)
{
  GPtrArray *nodes = copy_nodes (start);
  for (guint i = 0; i < MIN (n, changes->len); i++) {
    const PowerOp *op = changes->pdata[i];
    if (op->type == OP_ACKNOWLEDGE)
      *acknowledged = (int)op->at;
    else if (op->type != OP_SYNC || i + 1 < n)
      live_through (nodes, op);
  }
  return nodes;
}

void
power_folder_cut (guint n, guint32 seed, int *acknowledged)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  *acknowledged = 0;
  g_autoptr (GPtrArray) nodes = live (n, acknowledged);
  for (guint i = 0; i < nodes->len; i++)
    lose_power (nodes->pdata[i], chance);
  remove_below (watched);
  write_tree (nodes, POWER_TOP, watched);
}

/* ---- from begin to end ---- */

static void
op_free (gpointer data)
{
  PowerOp *op = data;
  g_free (op->name);
  g_free (op->to);
  g_clear_pointer (&op->data, g_bytes_unref);
  g_free (op);
}

void
power_folder_begin (const char *folder)
{
  g_clear_pointer (&start, g_ptr_array_unref);
  g_clear_pointer (&now, g_ptr_array_unref);
  g_clear_pointer (&changes, g_ptr_array_unref);
  g_free (watched);
  watched = g_strdup (folder);
  lying = POWER_HONEST;
  start = g_ptr_array_new_with_free_func (node_free);
  read_tree (start, folder);
  now = copy_nodes (start);
  changes = g_ptr_array_new_with_free_func (op_free);
  power_calls_begin (folder, now, changes);
}

static char *compare_folders (GPtrArray *a, guint in_a, GPtrArray *b, guint in_b, const char *where);

static char *
compare (GPtrArray *a, guint in_a, GPtrArray *b, guint in_b, const char *where)
{
  const PowerNode *one = a->pdata[in_a], *other = b->pdata[in_b];
  if ((one->entries == NULL) != (other->entries == NULL))
    return g_strdup_printf ("%s: a file and a folder", where);
  if (one->entries != NULL)
    return compare_folders (a, in_a, b, in_b, where);
  if (one->content->len == other->content->len &&
      (one->content->len == 0 || memcmp (one->content->data, other->content->data, one->content->len) == 0))
    return NULL;
  return g_strdup_printf ("%s: other content, %u and %u bytes", where, one->content->len,
                          other->content->len);
}

static char *
compare_folders (GPtrArray *a, guint in_a, GPtrArray *b, guint in_b, const char *where)
{
  const PowerNode *one = a->pdata[in_a], *other = b->pdata[in_b];
  GHashTableIter iter;
  gpointer name, place;
  char *difference = NULL;
  if (g_hash_table_size (one->entries) != g_hash_table_size (other->entries))
    return g_strdup_printf ("%s: another number of files", where);
  g_hash_table_iter_init (&iter, one->entries);
  while (difference == NULL && g_hash_table_iter_next (&iter, &name, &place)) {
    g_autofree char *inner = g_build_filename (where, name, NULL);
    guint beside = power_look_up (b, in_b, name);
    difference = beside == POWER_NOTHING ? g_strdup_printf ("%s is on one side only", inner)
                                         : compare (a, GPOINTER_TO_UINT (place), b, beside, inner);
  }
  return difference;
}

char *
power_folder_end (void)
{
  int acknowledged = 0;
  g_autoptr (GPtrArray) nodes = live (G_MAXUINT, &acknowledged);
  g_autoptr (GPtrArray) there = g_ptr_array_new_with_free_func (node_free);
  power_calls_end ();
  for (guint i = 0; i < nodes->len; i++)
    settle (nodes->pdata[i]);
  read_tree (there, watched);
  return compare (nodes, POWER_TOP, there, POWER_TOP, "");
}

guint
power_folder_operations (void)
{
  return changes->len;
}

GArray *
power_folder_turns (void)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint n = 1; n <= changes->len; n++) {
    const PowerOp *op = changes->pdata[n - 1];
    if (op->type == OP_MOVE || op->type == OP_ACKNOWLEDGE)
      g_array_append_val (turns, n);
  }
  return turns;
}

void
power_folder_lie (PowerLie lie)
{
  lying = lie;
}
