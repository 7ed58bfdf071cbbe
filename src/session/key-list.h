/* A sorted list of 64-bit keys with what each belongs to, for the search index: words by their first eight
 * bytes, numbers by their digits, sounds.  Freed memory is zeroed: keys of words are readable. */
#pragma once
#include <glib.h>

typedef struct {
  guint64 key;
  guint32 text;  /* address of the word in the index's arena */
  guint32 owner; /* position in the index × 4 + kind */
} CrKeyed;

typedef struct {
  CrKeyed *items;
  gsize n, capacity;
  gsize sorted; /* items before this are in order; the few after it are looked through one by one */
} CrKeyList;

void cr_key_list_add (CrKeyList *self, guint64 key, guint32 text, guint32 owner);
void cr_key_list_sort (CrKeyList *self);
void cr_key_list_clear (CrKeyList *self);

/* The items with low ≤ key ≤ high, in no order that matters. */
typedef struct {
  const CrKeyList *list;
  guint64 low, high;
  gsize at, end; /* the rest of the sorted part */
  gsize tail;    /* next of the unsorted part */
} CrKeyRange;
CrKeyRange cr_key_list_range (const CrKeyList *self, guint64 low, guint64 high);
const CrKeyed *cr_key_range_next (CrKeyRange *range); /* NULL at the end */
gsize cr_key_range_size (const CrKeyRange *range);    /* at most so many are left */

guint64 cr_word_key (const char *word, gsize length);
/* Digits as a key: its prefixes make ranges.  reversed: from the last digit, so that tails make ranges. */
guint64 cr_digits_key (const char *digits, gsize length, gboolean reversed);
/* The largest key that starts with the same `length` bytes (word) or digits. */
guint64 cr_word_key_end (guint64 key, gsize length);
guint64 cr_digits_key_end (guint64 key, gsize length);
