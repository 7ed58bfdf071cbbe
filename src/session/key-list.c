#include "key-list.h"
#include "wiped-memory.h"

enum { KEY_BYTES = 8, KEY_DIGITS = 16, BUCKETS = 256, MAX_UNSORTED = 4096 };

/* One pass of the radix sort, by one byte of the key.  FALSE when all keys have the same byte there. */
static gboolean
sort_by_byte (const CrKeyed *from, CrKeyed *to, gsize n, guint byte)
{
  gsize starts[BUCKETS + 1] = { 0 };
  guint shift = byte * 8;
  for (gsize i = 0; i < n; i++)
    starts[(from[i].key >> shift & 0xff) + 1]++;
  for (guint b = 0; b < BUCKETS; b++) {
    if (starts[b + 1] == n)
      return FALSE;
    starts[b + 1] += starts[b];
  }
  for (gsize i = 0; i < n; i++)
    to[starts[from[i].key >> shift & 0xff]++] = from[i];
  return TRUE;
}

static void
sort_items (CrKeyed *items, gsize n)
{
  CrKeyed *spare = g_new (CrKeyed, n);
  CrKeyed *from = items, *to = spare;
  for (guint byte = 0; byte < KEY_BYTES; byte++)
    if (sort_by_byte (from, to, n, byte)) {
      CrKeyed *swap = from;
      from = to;
      to = swap;
    }
  if (from != items)
    memcpy (items, from, n * sizeof *items);
  cr_wiped_free (spare, n * sizeof *spare);
}

/* Both parts are in order; fills the list from its end. */
static void
merge_tail (CrKeyList *self)
{
  gsize n_tail = self->n - self->sorted;
  CrKeyed *tail = g_memdup2 (self->items + self->sorted, n_tail * sizeof *tail);
  gsize head = self->sorted, rest = n_tail;
  for (gsize to = self->n; rest > 0; to--) {
    gboolean from_head = head > 0 && self->items[head - 1].key > tail[rest - 1].key;
    self->items[to - 1] = from_head ? self->items[--head] : tail[--rest];
  }
  cr_wiped_free (tail, n_tail * sizeof *tail);
}

/* First sorted item whose key is not below. */
static gsize
find_first (const CrKeyList *self, guint64 key)
{
  gsize low = 0, high = self->sorted;
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (self->items[middle].key < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void
cr_key_list_add (CrKeyList *self, guint64 key, guint32 text, guint32 owner)
{
  if (self->n == self->capacity) {
    self->capacity = MAX (self->capacity * 2, 64);
    self->items = cr_wiped_move (self->items, self->n * sizeof (CrKeyed), self->capacity * sizeof (CrKeyed));
  }
  self->items[self->n++] = (CrKeyed){ key, text, owner };
  if (self->sorted > 0 && self->n - self->sorted > MAX_UNSORTED)
    cr_key_list_sort (self);
}

void
cr_key_list_sort (CrKeyList *self)
{
  if (self->sorted == self->n)
    return;
  sort_items (self->items + self->sorted, self->n - self->sorted);
  if (self->sorted > 0)
    merge_tail (self);
  self->sorted = self->n;
}

void
cr_key_list_clear (CrKeyList *self)
{
  cr_wiped_free (self->items, self->n * sizeof *self->items);
  *self = (CrKeyList){ 0 };
}

CrKeyRange
cr_key_list_range (const CrKeyList *self, guint64 low, guint64 high)
{
  CrKeyRange range = { self, low, high, find_first (self, low), 0, self->sorted };
  range.end = high == G_MAXUINT64 ? self->sorted : find_first (self, high + 1);
  return range;
}

const CrKeyed *
cr_key_range_next (CrKeyRange *range)
{
  if (range->at < range->end)
    return &range->list->items[range->at++];
  while (range->tail < range->list->n) {
    const CrKeyed *item = &range->list->items[range->tail++];
    if (item->key >= range->low && item->key <= range->high)
      return item;
  }
  return NULL;
}

gsize
cr_key_range_size (const CrKeyRange *range)
{
  return range->end - range->at + range->list->n - range->tail;
}

guint64
cr_word_key (const char *word, gsize length)
{
  guint64 key = 0;
  for (gsize i = 0; i < KEY_BYTES; i++)
    key = key << 8 | (i < length ? (guchar)word[i] : 0);
  return key;
}

guint64
cr_word_key_end (guint64 key, gsize length)
{
  return length >= KEY_BYTES ? key : key | G_MAXUINT64 >> (8 * length);
}

/* Four bits a digit, 1 to 10; 0 stands for the end. */
guint64
cr_digits_key (const char *digits, gsize length, gboolean reversed)
{
  guint64 key = 0;
  for (gsize i = 0; i < KEY_DIGITS; i++) {
    guint64 digit = i < length ? (guint64)(digits[reversed ? length - 1 - i : i] - '0' + 1) : 0;
    key = key << 4 | digit;
  }
  return key;
}

guint64
cr_digits_key_end (guint64 key, gsize length)
{
  return length >= KEY_DIGITS ? key : key | G_MAXUINT64 >> (4 * length);
}
