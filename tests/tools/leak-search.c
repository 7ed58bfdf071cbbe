#include "leak-search.h"
#include <string.h>

enum { LEAST = 8, PAIRS = 65536 };

typedef struct {
  char *what;
  guint8 *bytes;
  gsize size;
  int next; /* of those that begin with the same two bytes; −1 */
} Spelling;

struct _LeakSearch {
  GArray *spellings; /* Spelling */
  int first[PAIRS];  /* by the first two bytes; −1 */
  guint markers;
};

static void
clear_spelling (gpointer data)
{
  Spelling *spelling = data;
  g_free (spelling->what);
  g_free (spelling->bytes);
}

LeakSearch *
leak_search_new (void)
{
  LeakSearch *self = g_new0 (LeakSearch, 1);
  self->spellings = g_array_new (FALSE, FALSE, sizeof (Spelling));
  g_array_set_clear_func (self->spellings, clear_spelling);
  for (guint i = 0; i < PAIRS; i++)
    self->first[i] = -1;
  return self;
}

void
leak_search_free (LeakSearch *self)
{
  g_array_unref (self->spellings);
  g_free (self);
}

static guint
pair_at (const guint8 *bytes)
{
  return (guint)bytes[0] << 8 | bytes[1];
}

static gboolean
is_known (const LeakSearch *self, const void *bytes, gsize size)
{
  for (guint i = 0; i < self->spellings->len; i++) {
    const Spelling *spelling = &g_array_index (self->spellings, Spelling, i);
    if (spelling->size == size && memcmp (spelling->bytes, bytes, size) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
add (LeakSearch *self, const char *what, const char *how, const void *bytes, gsize size)
{
  Spelling spelling = { g_strconcat (what, how, NULL), g_memdup2 (bytes, size), size, -1 };
  g_assert_cmpuint (size, >=, LEAST);
  if (is_known (self, bytes, size)) {
    clear_spelling (&spelling);
    return;
  }
  spelling.next = self->first[pair_at (bytes)];
  self->first[pair_at (bytes)] = (int)self->spellings->len;
  g_array_append_val (self->spellings, spelling);
}

/* The letters in the middle, which do not depend on what stands before and behind. */
static void
add_base64 (LeakSearch *self, const char *what, const guint8 *bytes, gsize size)
{
  for (gsize skip = 0; skip < 3; skip++) {
    gsize whole = (size - skip) / 3 * 3;
    g_autofree char *code = g_base64_encode (bytes + skip, whole);
    g_autofree char *for_urls = g_strdelimit (g_strdelimit (g_strdup (code), "+", '-'), "/", '_');
    add (self, what, ", as base64", code, strlen (code));
    add (self, what, ", as base64 for addresses", for_urls, strlen (for_urls));
  }
}

static void
add_hex (LeakSearch *self, const char *what, const guint8 *bytes, gsize size)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (digits, "%02x", bytes[i]);
  add (self, what, ", as hex", digits->str, digits->len);
  g_string_ascii_up (digits);
  add (self, what, ", as HEX", digits->str, digits->len);
}

static void
add_utf16 (LeakSearch *self, const char *what, const char *text)
{
  glong n = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);
  for (int order = 0; order < 2; order++) {
    add (self, what, ", as UTF-16", wide, (gsize)n * 2);
    for (glong i = 0; i < n; i++)
      wide[i] = GUINT16_SWAP_LE_BE (wide[i]);
  }
}

static void
add_all (LeakSearch *self, const char *what, const void *bytes, gsize size)
{
  add (self, what, "", bytes, size);
  add_base64 (self, what, bytes, size);
  add_hex (self, what, bytes, size);
}

void
leak_search_add_text (LeakSearch *self, const char *what, const char *text)
{
  g_autofree char *small = g_utf8_strdown (text, -1), *capital = g_utf8_strup (text, -1);
  const char *cases[] = { text, small, capital };
  self->markers++;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    add_all (self, what, cases[i], strlen (cases[i]));
    add_utf16 (self, what, cases[i]);
  }
}

void
leak_search_add_bytes (LeakSearch *self, const char *what, const void *bytes, gsize size)
{
  self->markers++;
  add_all (self, what, bytes, size);
}

void
leak_search_add_mark (LeakSearch *self, const char *what, const char *mark)
{
  self->markers++;
  add (self, what, "", mark, strlen (mark));
}

guint
leak_search_markers (const LeakSearch *self)
{
  return self->markers;
}

guint
leak_search_spellings (const LeakSearch *self)
{
  return self->spellings->len;
}

const char *
leak_search_in (LeakSearch *self, const void *content, gsize size)
{
  const guint8 *bytes = content;
  for (gsize at = 0; at + LEAST <= size; at++)
    for (int i = self->first[pair_at (bytes + at)]; i >= 0;) {
      const Spelling *spelling = &g_array_index (self->spellings, Spelling, i);
      if (spelling->size <= size - at && memcmp (bytes + at, spelling->bytes, spelling->size) == 0)
        return spelling->what;
      i = spelling->next;
    }
  return NULL;
}
