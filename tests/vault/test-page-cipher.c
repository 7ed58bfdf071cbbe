/* Golden vectors: these bytes are in people's files and never change. */
#include "chartroom/vault/page-cipher.h"
#include <glib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 512

static CrPageKeys
known_keys (void)
{
  CrPageKeys keys;

  for (guint i = 0; i < sizeof keys; i++)
    ((guint8 *)&keys)[i] = (guint8)(i * 7 + 1);
  return keys;
}

static void
fill (guint8 page[SIZE])
{
  memset (page, 0, SIZE);
  for (guint i = 0; i < SIZE - CR_PAGE_RESERVE; i++)
    page[i] = (guint8)i;
}

static char *
hex_of (const guint8 *bytes, gsize len)
{
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

static const struct {
  CrPagePlace place;
  const char *start; /* first 16 sealed bytes */
  const char *tag;
} golden[] = {
  { { 'D', SIZE, 3, 0, 0 }, "aeacb5d1864db9c79b6129813d3d345f", "dc1718593db9f657d0b72151856fac5b" },
  { { 'W', SIZE, 3, 0x0102030405060708, 9 },
    "aeacb5d1864db9c79b6129813d3d345f",
    "54d06520d0d52ec7dbd221f41699d2b1" },
  { { 'J', SIZE, 3, 4100, 0 }, "aeacb5d1864db9c79b6129813d3d345f", "cff701358fa77e52b5a823aa9971d9c7" },
};

static void
test_golden (void)
{
  const CrPageKeys keys = known_keys ();
  guint8 nonce[CR_PAGE_NONCE], plain[SIZE], sealed[SIZE];

  memset (nonce, 0x5a, sizeof nonce);
  fill (plain);
  for (guint i = 0; i < G_N_ELEMENTS (golden); i++) {
    g_autofree char *start = NULL, *tag = NULL;

    cr_page_seal (&keys, &golden[i].place, nonce, plain, sealed);
    start = hex_of (sealed, 16);
    tag = hex_of (sealed + SIZE - CR_PAGE_TAG, CR_PAGE_TAG);
    g_assert_cmpstr (start, ==, golden[i].start);
    g_assert_cmpstr (tag, ==, golden[i].tag);
    g_assert_cmpmem (sealed + SIZE - CR_PAGE_RESERVE, CR_PAGE_NONCE, nonce, CR_PAGE_NONCE);
    g_assert_cmpint (cr_page_open (&keys, &golden[i].place, sealed), ==, 0);
    g_assert_cmpmem (sealed, SIZE, plain, SIZE);
  }
}

static void
test_golden_words (void)
{
  const CrPageKeys keys = known_keys ();
  guint8 words[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, nonce[CR_PAGE_NONCE];
  g_autofree char *sealed = NULL;

  memset (nonce, 0x5a, sizeof nonce);
  cr_wal_words_seal (&keys, 0x1122334455667788, 7, words);
  sealed = hex_of (words, sizeof words);
  g_assert_cmpstr (sealed, ==, "861e6aa2287c9633");
  cr_wal_words_open (&keys, 0x1122334455667788, 7, words);
  g_assert_cmpmem (words, 8, "\1\2\3\4\5\6\7\10", 8);
  g_assert_cmphex (cr_journal_mask (&keys, nonce, 4612), ==, 0x8ce780e7);
}

/* Whatever is different about the place, the keys or one byte: it does not open, and shows nothing. */
static void
test_binding (void)
{
  const CrPagePlace place = { 'W', SIZE, 3, 77, 9 };
  const CrPagePlace others[] = {
    { 'D', SIZE, 3, 77, 9 },
    { 'W', SIZE, 4, 77, 9 },
    { 'W', SIZE, 3, 78, 9 },
    { 'W', SIZE, 3, 77, 10 },
  };
  CrPageKeys keys = known_keys (), other_store = known_keys ();
  guint8 nonce[CR_PAGE_NONCE], plain[SIZE], sealed[SIZE], page[SIZE];
  static const guint8 zeros[SIZE];

  other_store.store_id[15] ^= 1;
  fill (plain);
  cr_page_nonce (nonce);
  cr_page_seal (&keys, &place, nonce, plain, sealed);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    memcpy (page, sealed, SIZE);
    g_assert_cmpint (cr_page_open (&keys, &others[i], page), ==, -1);
    g_assert_cmpmem (page, SIZE, zeros, SIZE);
  }
  memcpy (page, sealed, SIZE);
  g_assert_cmpint (cr_page_open (&other_store, &place, page), ==, -1);
  for (guint i = 0; i < SIZE; i++) {
    memcpy (page, sealed, SIZE);
    page[i] ^= 0x10;
    g_assert_cmpint (cr_page_open (&keys, &place, page), ==, -1);
  }
}

static void
test_permutation (void)
{
  const CrPageKeys keys = known_keys ();

  for (guint i = 0; i < 200; i++) {
    guint8 words[8], before[8];

    memset (before, (int)i, sizeof before);
    memcpy (words, before, sizeof words);
    cr_wal_words_seal (&keys, i, i + 1, words);
    g_assert_cmpint (memcmp (words, before, sizeof words), !=, 0);
    cr_wal_words_open (&keys, i, i + 1, words);
    g_assert_cmpmem (words, 8, before, 8);
  }
}

static void
test_nonces (void)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  guint8 nonce[CR_PAGE_NONCE];

  for (guint i = 0; i < 1000; i++) {
    cr_page_nonce (nonce);
    g_assert_true (g_hash_table_add (seen, g_bytes_new (nonce, sizeof nonce)));
  }
}

/* Parent and child must not draw the same nonces from the pool they both inherit. */
static void
test_nonces_after_fork (void)
{
  guint8 own[CR_PAGE_NONCE], childs[CR_PAGE_NONCE];
  int ends[2], status;
  pid_t child;

  cr_page_nonce (own);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    cr_page_nonce (childs);
    _exit (write (ends[1], childs, sizeof childs) == sizeof childs ? 0 : 1);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  cr_page_nonce (own);
  g_assert_cmpint (read (ends[0], childs, sizeof childs), ==, sizeof childs);
  g_assert_cmpint (memcmp (own, childs, sizeof own), !=, 0);
  close (ends[0]);
  close (ends[1]);
}

static void
test_handles (void)
{
  const CrPageKeys keys = known_keys ();
  guint64 handle = cr_page_keys_add (&keys);
  const CrPageKeys *held;

  g_assert_cmpuint (handle, !=, 0);
  g_assert_null (cr_page_keys_acquire (handle + 1));
  g_assert_null (cr_page_keys_acquire (0));
  held = cr_page_keys_acquire (handle);
  g_assert_cmpmem (held, sizeof *held, &keys, sizeof keys);
  cr_page_keys_drop (handle);
  g_assert_null (cr_page_keys_acquire (handle));
  g_assert_cmpmem (held, sizeof *held, &keys, sizeof keys); /* who holds them keeps them */
  cr_page_keys_release (held);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (cr_page_cipher_init (), ==, 0);
  g_test_add_func ("/page-cipher/golden", test_golden);
  g_test_add_func ("/page-cipher/golden-words", test_golden_words);
  g_test_add_func ("/page-cipher/binding", test_binding);
  g_test_add_func ("/page-cipher/permutation", test_permutation);
  g_test_add_func ("/page-cipher/nonces", test_nonces);
  g_test_add_func ("/page-cipher/nonces-after-fork", test_nonces_after_fork);
  g_test_add_func ("/page-cipher/handles", test_handles);
  return g_test_run ();
}
