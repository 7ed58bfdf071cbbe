/* Walks the b-trees of a damaged database: SQLite's file format, documented in its "Database File Format". */
#include "salvage-tree.h"
#include "chartroom/vault/page-cipher.h"
#include <string.h>

enum {
  LEAF_INDEX = 0x0a,
  LEAF_TABLE = 0x0d,
  BRANCH_INDEX = 0x02,
  BRANCH_TABLE = 0x05,
  FILE_HEADER = 100,
  USER_VERSION = 60, /* offsets in the file header */
  FREE_LIST = 32,
  LEAF_HEADER = 8,
  BRANCH_HEADER = 12,
  DEPTH_MAX = 24,
  LOCK_PAGE = 0x40000000 / CR_RAW_PAGE + 1, /* SQLite never uses it */
  SCHEMA_COLUMNS = 5
};

/* What a page was found to be. */
enum { UNSEEN = 0, SEEN = 1 };

struct _CrRawTree {
  CrRawPages *pages;
  guint32 count;
  guint8 *seen;      /* by page number */
  GPtrArray *roots;  /* CrRawRoot */
  GPtrArray *losses; /* CrRawLoss */
  GByteArray *body;  /* of one long row */
  GArray *values;    /* CrRawValue of one row */
};

typedef struct {
  CrRawTree *tree;
  const char *owner;
  CrRawPart part;
  CrRawRowFunc func; /* NULL: rows are not wanted */
  gpointer data;
  GError **error;
} Walk;

static void
free_root (gpointer data)
{
  CrRawRoot *root = data;
  g_free (root->name);
  g_free (root->table);
  g_free (root);
}

static void
free_loss (gpointer data)
{
  CrRawLoss *loss = data;
  g_free (loss->owner);
  g_free (loss);
}

static guint
get_u16 (const guint8 *p)
{
  return (guint)p[0] << 8 | p[1];
}

/* Bytes used, 0 when it runs over the end. */
static guint
get_varint (const guint8 *p, gsize room, guint64 *value)
{
  *value = 0;
  for (guint i = 0; i < 9 && i < room; i++) {
    if (i == 8) {
      *value = *value << 8 | p[i];
      return 9;
    }
    *value = *value << 7 | (p[i] & 0x7f);
    if ((p[i] & 0x80) == 0)
      return i + 1;
  }
  return 0;
}

static gint64
get_int (const guint8 *p, guint size)
{
  gint64 value = size > 0 && (p[0] & 0x80) ? -1 : 0;
  for (guint i = 0; i < size; i++)
    value = (gint64)((guint64)value << 8 | p[i]);
  return value;
}

/* ---- losses ---- */

static void
note_loss (CrRawTree *self, guint32 page, CrRawState state, CrRawPart part, const char *owner)
{
  CrRawLoss *loss = g_new0 (CrRawLoss, 1);
  *loss = (CrRawLoss){ page, state, part, g_strdup (owner) };
  g_ptr_array_add (self->losses, loss);
}

/* FALSE when it is out of range, was met before, or cannot be read as it was last: then it is noted, and an
 * older state is left to the orphans.  The rest of a long row is read as often as the row is. */
static gboolean
enter_page (Walk *walk, guint32 number, CrRawPart part, guint8 *page)
{
  CrRawTree *self = walk->tree;
  CrRawState state;
  gboolean again = number <= self->count && self->seen[number] == SEEN;
  if (number == 0 || number > self->count || (again && part != CR_PART_LONG))
    return FALSE;
  self->seen[number] = SEEN;
  state = cr_raw_pages_read (self->pages, number, page);
  if (state == CR_RAW_SOUND)
    return TRUE;
  if (!again)
    note_loss (self, number, state, part, walk->owner);
  if (state == CR_RAW_OLDER)
    self->seen[number] = UNSEEN;
  return FALSE;
}

/* ---- one row ---- */

/* How much of a payload lies in the cell itself. */
static gsize
local_size (guint64 payload, gboolean index)
{
  guint64 most = index ? (CR_RAW_USABLE - 12) * 64 / 255 - 23 : CR_RAW_USABLE - 35;
  guint64 least = (CR_RAW_USABLE - 12) * 32 / 255 - 23;
  guint64 kept;
  if (payload <= most)
    return (gsize)payload;
  kept = least + (payload - least) % (CR_RAW_USABLE - 4);
  return (gsize)(kept <= most ? kept : least);
}

/* Appends the rest of a long row; FALSE when a page of it is lost. */
static gboolean
follow_chain (Walk *walk, guint32 number, guint64 missing)
{
  guint8 page[CR_RAW_PAGE];
  while (missing > 0) {
    gsize step = (gsize)MIN (missing, CR_RAW_USABLE - 4);
    if (!enter_page (walk, number, CR_PART_LONG, page))
      return FALSE;
    g_byte_array_append (walk->tree->body, page + 4, (guint)step);
    missing -= step;
    number = cr_get_u32 (page);
  }
  return TRUE;
}

/* The cell's payload into tree->body. */
static gboolean
gather_payload (Walk *walk, const guint8 *cell, gsize room, guint64 payload, gboolean index)
{
  gsize local = local_size (payload, index);
  g_byte_array_set_size (walk->tree->body, 0);
  if (local > room || payload > (guint64)walk->tree->count * CR_RAW_PAGE)
    return FALSE;
  g_byte_array_append (walk->tree->body, cell, (guint)local);
  if (local == payload)
    return TRUE;
  return room >= local + 4 && follow_chain (walk, cr_get_u32 (cell + local), payload - local);
}

/* Bytes of a value of this serial type. */
static gsize
serial_size (guint64 type)
{
  static const guint8 FIXED[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };
  return type < G_N_ELEMENTS (FIXED) ? FIXED[type] : (gsize)(type - 12) / 2;
}

static CrRawValue
read_value (guint64 type, const guint8 *bytes, gsize size)
{
  CrRawValue value = { CR_RAW_NULL, 0, 0, bytes, size };
  if (type == 7) {
    guint64 bits = (guint64)get_int (bytes, 8);
    value.type = CR_RAW_REAL;
    memcpy (&value.real, &bits, sizeof value.real);
  } else if (type >= 12) {
    value.type = type % 2 == 0 ? CR_RAW_BLOB : CR_RAW_TEXT;
  } else if (type != 0) {
    value.type = CR_RAW_INT;
    value.integer = type == 8 || type == 9 ? (gint64)type - 8 : get_int (bytes, (guint)size);
  }
  return value;
}

/* tree->body into tree->values. */
static gboolean
split_record (CrRawTree *self)
{
  const guint8 *body = self->body->data;
  gsize size = self->body->len, at, data;
  guint64 header, type;
  guint used = get_varint (body, size, &header);
  g_array_set_size (self->values, 0);
  if (used == 0 || header > size)
    return FALSE;
  for (at = used, data = (gsize)header; at < header; at += used) {
    used = get_varint (body + at, (gsize)header - at, &type);
    if (used == 0 || type == 10 || type == 11 || serial_size (type) > size - data)
      return FALSE;
    CrRawValue value = read_value (type, body + data, serial_size (type));
    g_array_append_val (self->values, value);
    data += serial_size (type);
  }
  return self->values->len > 0;
}

/* TRUE also for a row that is lost: its overflow page was noted. */
static gboolean
give_row (Walk *walk, guint32 number, gboolean older, const guint8 *cell, gsize room)
{
  CrRawTree *self = walk->tree;
  guint64 payload, rowid;
  guint first = get_varint (cell, room, &payload);
  guint second = first == 0 ? 0 : get_varint (cell + first, room - first, &rowid);
  if (second == 0 || !gather_payload (walk, cell + first + second, room - first - second, payload, FALSE) ||
      walk->func == NULL || !split_record (self))
    return TRUE;
  CrRawRow row = { number, older, (gint64)rowid, self->values->len,
                   (const CrRawValue *)(gpointer)self->values->data };
  return walk->func (&row, walk->data, walk->error);
}

/* ---- pages ---- */

static const guint8 *
page_header (const guint8 *page, guint32 number)
{
  return number == 1 ? page + FILE_HEADER : page;
}

/* Offset of cell i, or 0 when it cannot be one. */
static guint
cell_at (const guint8 *page, guint32 number, guint header_size, guint i)
{
  const guint8 *header = page_header (page, number);
  guint at = (guint)(header - page) + header_size + 2 * i;
  guint offset = at + 2 <= CR_RAW_USABLE ? get_u16 (page + at) : 0;
  return offset > at && offset < CR_RAW_USABLE ? offset : 0;
}

static guint
count_cells (const guint8 *page, guint32 number)
{
  return get_u16 (page_header (page, number) + 3);
}

static gboolean
give_rows (Walk *walk, guint32 number, gboolean older, const guint8 *page)
{
  guint n = count_cells (page, number);
  for (guint i = 0; i < n; i++) {
    guint offset = cell_at (page, number, LEAF_HEADER, i);
    if (offset != 0 && !give_row (walk, number, older, page + offset, CR_RAW_USABLE - offset))
      return FALSE;
  }
  return TRUE;
}

/* Index entries may be long, too; their pages are marked. */
static void
pass_entries (Walk *walk, guint32 number, const guint8 *page, gboolean branch)
{
  guint n = count_cells (page, number);
  for (guint i = 0; i < n; i++) {
    guint offset = cell_at (page, number, branch ? BRANCH_HEADER : LEAF_HEADER, i);
    guint start = offset + (branch ? 4 : 0), used;
    guint64 payload;
    if (offset == 0 || start >= CR_RAW_USABLE)
      continue;
    used = get_varint (page + start, CR_RAW_USABLE - start, &payload);
    if (used != 0)
      gather_payload (walk, page + start + used, CR_RAW_USABLE - start - used, payload, TRUE);
  }
}

static gboolean walk_page (Walk *walk, guint32 number, guint depth);

static gboolean
walk_children (Walk *walk, guint32 number, const guint8 *page, guint depth)
{
  guint n = count_cells (page, number);
  for (guint i = 0; i < n; i++) {
    guint offset = cell_at (page, number, BRANCH_HEADER, i);
    if (offset != 0 && offset + 4 <= CR_RAW_USABLE && !walk_page (walk, cr_get_u32 (page + offset), depth))
      return FALSE;
  }
  return walk_page (walk, cr_get_u32 (page_header (page, number) + 8), depth);
}

static gboolean
walk_page (Walk *walk, guint32 number, guint depth)
{
  g_autofree guint8 *page = g_malloc (CR_RAW_PAGE);
  gboolean going = TRUE;
  if (depth > DEPTH_MAX || !enter_page (walk, number, walk->part, page))
    return TRUE;
  switch (page_header (page, number)[0]) {
  case LEAF_TABLE:
    going = give_rows (walk, number, FALSE, page);
    break;
  case BRANCH_INDEX:
    pass_entries (walk, number, page, TRUE);
    going = walk_children (walk, number, page, depth + 1);
    break;
  case BRANCH_TABLE:
    going = walk_children (walk, number, page, depth + 1);
    break;
  case LEAF_INDEX:
    pass_entries (walk, number, page, FALSE);
    break;
  default:
    break;
  }
  explicit_bzero (page, CR_RAW_PAGE);
  return going;
}

/* ---- the schema ---- */

static char *
text_of (const CrRawValue *value)
{
  return value->type == CR_RAW_TEXT ? g_strndup ((const char *)value->bytes, value->size) : g_strdup ("");
}

static gboolean
schema_row (const CrRawRow *row, gpointer data, GError **error)
{
  CrRawTree *self = data;
  if (row->n < SCHEMA_COLUMNS || row->values[3].type != CR_RAW_INT || row->values[3].integer <= 0)
    return TRUE;
  g_autofree char *type = text_of (&row->values[0]);
  CrRawRoot *root = g_new0 (CrRawRoot, 1);
  *root = (CrRawRoot){ text_of (&row->values[1]), text_of (&row->values[2]), g_str_equal (type, "index"),
                       (guint32)row->values[3].integer };
  g_ptr_array_add (self->roots, root);
  return TRUE;
}

/* ---- public ---- */

CrRawTree *
cr_raw_tree_new (CrRawPages *pages)
{
  CrRawTree *self = g_new0 (CrRawTree, 1);
  self->pages = pages;
  self->count = cr_raw_pages_count (pages);
  self->seen = g_malloc0 ((gsize)self->count + 1);
  self->roots = g_ptr_array_new_with_free_func (free_root);
  self->losses = g_ptr_array_new_with_free_func (free_loss);
  self->body = g_byte_array_new ();
  self->values = g_array_new (FALSE, FALSE, sizeof (CrRawValue));
  Walk walk = { self, "sqlite_schema", CR_PART_ROWS, schema_row, self, NULL };
  walk_page (&walk, 1, 0);
  return self;
}

void
cr_raw_tree_free (CrRawTree *self)
{
  g_free (self->seen);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->losses);
  g_byte_array_unref (self->body);
  g_array_unref (self->values);
  g_free (self);
}

const GPtrArray *
cr_raw_tree_roots (CrRawTree *self)
{
  return self->roots;
}

gint64
cr_raw_tree_user_version (CrRawTree *self, gint64 fallback)
{
  guint8 page[CR_RAW_PAGE];
  return cr_raw_pages_read (self->pages, 1, page) == CR_RAW_SOUND ? cr_get_u32 (page + USER_VERSION)
                                                                  : fallback;
}

gboolean
cr_raw_tree_walk (CrRawTree *self, const CrRawRoot *root, CrRawRowFunc func, gpointer data, GError **error)
{
  Walk walk = { self, root->name, CR_PART_ROWS, func, data, error };
  return walk_page (&walk, root->root, 0);
}

void
cr_raw_tree_pass (CrRawTree *self, const CrRawRoot *root)
{
  Walk walk = { self, root->name, CR_PART_INDEX, NULL, NULL, NULL };
  walk_page (&walk, root->root, 0);
}

void
cr_raw_tree_pass_free (CrRawTree *self)
{
  Walk walk = { self, NULL, CR_PART_FREE, NULL, NULL, NULL };
  guint8 page[CR_RAW_PAGE];
  guint32 trunk =
      cr_raw_pages_read (self->pages, 1, page) == CR_RAW_SOUND ? cr_get_u32 (page + FREE_LIST) : 0;
  while (enter_page (&walk, trunk, CR_PART_FREE, page)) {
    guint32 n = MIN (cr_get_u32 (page + 4), (CR_RAW_USABLE - 8) / 4);
    guint8 leaf[CR_RAW_PAGE];
    for (guint32 i = 0; i < n; i++)
      enter_page (&walk, cr_get_u32 (page + 8 + 4 * (gsize)i), CR_PART_FREE, leaf);
    trunk = cr_get_u32 (page);
  }
}

GArray *
cr_raw_tree_orphans (CrRawTree *self)
{
  GArray *orphans = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint8 page[CR_RAW_PAGE];
  for (guint32 n = 2; n <= self->count; n++) {
    if (self->seen[n] == SEEN || n == LOCK_PAGE)
      continue;
    CrRawState state = cr_raw_pages_read (self->pages, n, page);
    if (state <= CR_RAW_OLDER && page[0] == LEAF_TABLE)
      g_array_append_val (orphans, n);
    if (state != CR_RAW_SOUND)
      note_loss (self, n, state, CR_PART_UNKNOWN, NULL);
  }
  explicit_bzero (page, sizeof page);
  return orphans;
}

gboolean
cr_raw_tree_read (CrRawTree *self, guint32 number, CrRawRowFunc func, gpointer data, GError **error)
{
  Walk walk = { self, NULL, CR_PART_ROWS, func, data, error };
  g_autofree guint8 *page = g_malloc (CR_RAW_PAGE);
  CrRawState state = cr_raw_pages_read (self->pages, number, page);
  gboolean going =
      state > CR_RAW_OLDER || page[0] != LEAF_TABLE || give_rows (&walk, number, state == CR_RAW_OLDER, page);
  explicit_bzero (page, CR_RAW_PAGE);
  return going;
}

static int
compare_losses (gconstpointer a, gconstpointer b)
{
  const CrRawLoss *x = *(CrRawLoss *const *)a, *y = *(CrRawLoss *const *)b;
  int by_page = (x->page > y->page) - (x->page < y->page);
  return by_page != 0 ? by_page : (int)x->part - (int)y->part; /* what is known of a page first */
}

GPtrArray *
cr_raw_tree_losses (CrRawTree *self)
{
  g_ptr_array_sort (self->losses, compare_losses);
  for (guint i = self->losses->len; i > 1; i--)
    if (((CrRawLoss *)self->losses->pdata[i - 1])->page == ((CrRawLoss *)self->losses->pdata[i - 2])->page)
      g_ptr_array_remove_index (self->losses, i - 1);
  return self->losses;
}
