/* The hunter of leaks can find them: words in each spelling, keys, bytes that are not sealed, files of no
 * known kind. */
#include "../tools/leak-files.h"
#include <string.h>

static void
expect_found (LeakSearch *search, const char *name, const void *content, gsize size, gboolean found)
{
  LeakFiles files;
  leak_files_init (&files, search);
  leak_files_look (&files, name, content, size);
  if ((files.finding != NULL) != found)
    g_error ("%s: %s", name, found ? "nothing was found" : files.finding);
  leak_files_clear (&files);
}

/* A page of random bytes with something in it, in a database. */
static void
plant (LeakSearch *search, const void *bytes, gsize size)
{
  guint8 page[4096];
  for (guint at = 0; at < 300; at += 99) { /* at every alignment */
    for (guint i = 0; i < sizeof page; i++)
      page[i] = (guint8)g_random_int ();
    expect_found (search, "/x/practice.db", page, sizeof page, FALSE);
    memcpy (page + at, bytes, size);
    leak_search_in (search, page, sizeof page);
    expect_found (search, "/x/practice.db", page, sizeof page, TRUE);
  }
}

#define MARKER "Zebediah Quillfeather"

static void
plant_base64 (LeakSearch *search, const char *before)
{
  g_autofree char *whole = g_strconcat (before, MARKER, " and more", NULL);
  g_autofree char *code = g_base64_encode ((const guchar *)whole, strlen (whole));
  plant (search, code, strlen (code));
}

static void
test_finds_words (void)
{
  g_autoptr (LeakSearch) search = leak_search_new ();
  g_autofree char *small = g_utf8_strdown (MARKER, -1);
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (MARKER, -1, NULL, NULL, NULL);
  gunichar2 swapped[sizeof MARKER];
  GString *hex = g_string_new (NULL);
  leak_search_add_text (search, "the name", MARKER);
  for (guint i = 0; i < strlen (MARKER); i++) {
    swapped[i] = GUINT16_SWAP_LE_BE (wide[i]);
    g_string_append_printf (hex, "%02x", MARKER[i]);
  }
  plant (search, MARKER, strlen (MARKER));
  plant (search, small, strlen (small));
  plant (search, wide, 2 * strlen (MARKER));
  plant (search, swapped, 2 * strlen (MARKER));
  plant (search, hex->str, hex->len);
  g_string_ascii_up (hex);
  plant (search, hex->str, hex->len);
  plant_base64 (search, "");
  plant_base64 (search, "1");
  plant_base64 (search, "12");
  g_string_free (hex, TRUE);
}

static void
test_finds_keys (void)
{
  g_autoptr (LeakSearch) search = leak_search_new ();
  guint8 key[32];
  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8)g_random_int ();
  leak_search_add_bytes (search, "a key", key, sizeof key);
  plant (search, key, sizeof key);
}

/* What is not sealed, though it shows no word that is known; and what nobody knows. */
static void
test_finds_shapes (void)
{
  g_autoptr (LeakSearch) search = leak_search_new ();
  guint8 page[2 * 4096];
  for (guint i = 0; i < sizeof page; i++)
    page[i] = (guint8)g_random_int ();
  expect_found (search, "/x/practice.db", page, sizeof page, FALSE);
  expect_found (search, "/x/practice.sqlite", page, sizeof page, TRUE);
  expect_found (search, "/x/practice.keys", page, sizeof page, TRUE);
  expect_found (search, "/x/practice.db-shm", page, sizeof page, TRUE);
  memset (page + 6000, 0, 16); /* zeros */
  expect_found (search, "/x/practice.db", page, sizeof page, TRUE);
  for (guint i = 4096; i < sizeof page; i++)
    page[i] = (guint8) "any other text of a page "[i % 25];
  expect_found (search, "/x/practice.db", page, sizeof page, TRUE);
  for (guint i = 4096; i < sizeof page; i++)
    page[i] = (guint8)g_random_int_range (0, 128); /* seven bits */
  expect_found (search, "/x/practice.db", page, sizeof page, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leak-search/words", test_finds_words);
  g_test_add_func ("/leak-search/keys", test_finds_keys);
  g_test_add_func ("/leak-search/shapes", test_finds_shapes);
  return g_test_run ();
}
