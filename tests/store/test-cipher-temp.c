/* A temporary file below SQLite is a plain file to it, and nothing of it lies in clear on the disk. */
#include "sealed-file.h"

#define KNOWN_TEXT "Zebediah Quillfeather"
enum {
  BLOCK = 4096,
  STORED = BLOCK + CR_PAGE_RESERVE,
  MOST = 10 * BLOCK /* bytes of a file here */
};

/* One thing done to the file and to a plain array of bytes: both say the same. */
static int
do_anything (Sealed *temp, GByteArray *model, GRand *chance)
{
  g_autofree guint8 *bytes = g_malloc0 (3 * BLOCK);
  int amount = g_rand_int_range (chance, 1, 3 * BLOCK);
  gint64 at = g_rand_int_range (chance, 0, MOST - 3 * BLOCK);
  int what = g_rand_int_range (chance, 0, 10), rc;
  if (what < 5) {
    memset (bytes, g_rand_int_range (chance, 1, 255), (gsize)amount);
    rc = put (temp, bytes, amount, at);
    if (rc == SQLITE_OK && at + amount > model->len) {
      guint before = model->len;
      g_byte_array_set_size (model, (guint)(at + amount));
      memset (model->data + before, 0, model->len - before);
    }
    if (rc == SQLITE_OK)
      memcpy (model->data + at, bytes, (gsize)amount);
  } else if (what < 9) {
    gint64 there = CLAMP (model->len - at, 0, amount);
    rc = get (temp, bytes, amount, at);
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
      return rc;
    g_assert_cmpint (rc, ==, there < amount ? SQLITE_IOERR_SHORT_READ : SQLITE_OK);
    g_assert_true (there == 0 || memcmp (bytes, model->data + at, (gsize)there) == 0);
    for (gint64 i = there; i < amount; i++)
      g_assert_cmpuint (bytes[i], ==, 0);
    rc = SQLITE_OK;
  } else {
    rc = cut (temp, at);
    if (rc == SQLITE_OK && at < model->len)
      g_byte_array_set_size (model, (guint)at);
  }
  return rc;
}

static void
test_temporary (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261129);
  g_autoptr (GByteArray) model = g_byte_array_new (), raw = NULL;
  g_auto (Sealed) temp = open_sealed (SQLITE_OPEN_TEMP_DB);
  for (guint i = 0; i < 4000; i++) {
    g_assert_cmpint (do_anything (&temp, model, chance), ==, SQLITE_OK);
    g_assert_cmpint (size_of (temp.file), ==, model->len);
  }
  g_assert_cmpint (put (&temp, KNOWN_TEXT, sizeof KNOWN_TEXT, 10), ==, SQLITE_OK);
  g_assert_cmpint (put (&temp, KNOWN_TEXT, sizeof KNOWN_TEXT, 3 * BLOCK), ==, SQLITE_OK);
  raw = raw_content (temp.name);
  g_assert_cmpuint (raw->len % STORED, ==, 0);
  g_assert_cmpuint (raw->len, >, 0);
  g_assert_null (memmem (raw->data, raw->len, KNOWN_TEXT, strlen (KNOWN_TEXT)));
}

/* Whatever was under way when the disk failed is told as failed. */
static void
test_temporary_fails (void)
{
  gboolean reached = TRUE;
  for (guint n = 2; reached; n++) {
    g_autoptr (GRand) chance = g_rand_new_with_seed (n);
    g_autoptr (GByteArray) model = g_byte_array_new ();
    int rc = SQLITE_OK;
    fault_disk_wipe (disk);
    {
      g_auto (Sealed) temp = open_sealed (SQLITE_OPEN_TEMP_DB);
      fault_disk_fail (disk, n, n % 2 == 0 ? SQLITE_FULL : SQLITE_IOERR, FALSE);
      for (guint i = 0; i < 60 && rc == SQLITE_OK; i++) {
        rc = do_anything (&temp, model, chance);
        g_assert_true ((rc != SQLITE_OK) == fault_disk_failed (disk));
      }
    }
    reached = fault_disk_failed (disk);
    fault_disk_fail (disk, 0, 0, FALSE);
  }
}

/* What was taken while the disk was full is still there when it no longer is. */
static void
test_temporary_kept (void)
{
  g_auto (Sealed) temp = open_sealed (SQLITE_OPEN_TEMP_DB);
  guint8 bytes[BLOCK];
  for (guint8 i = 0; i < 2; i++) {
    memset (bytes, i + 1, BLOCK);
    g_assert_cmpint (put (&temp, bytes, BLOCK, (gint64)i * BLOCK), ==, SQLITE_OK);
  }
  fault_disk_fail (disk, 1, SQLITE_FULL, FALSE);
  g_assert_cmpint (get (&temp, bytes, BLOCK, 0), ==, SQLITE_FULL); /* the second block has to go out first */
  for (guint8 i = 0; i < 2; i++) {
    g_assert_cmpint (get (&temp, bytes, BLOCK, (gint64)i * BLOCK), ==, SQLITE_OK);
    g_assert_cmpuint (bytes[BLOCK - 1], ==, i + 1);
  }
}

static void
test_temporary_altered (void)
{
  g_auto (Sealed) temp = open_sealed (SQLITE_OPEN_TEMP_DB);
  guint8 bytes[BLOCK] = { 1 };
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (put (&temp, bytes, BLOCK, (gint64)i * BLOCK), ==, SQLITE_OK);
  raw_put (temp.name, "x", 1, STORED + 7);
  g_assert_cmpint (get (&temp, bytes, BLOCK, BLOCK), ==, SQLITE_IOERR_DATA);
  assert_report (CR_DAMAGE_TEMPORARY, 1);
  raw_cut (temp.name, 2 * STORED + 100);
  g_assert_cmpint (get (&temp, bytes, BLOCK, (gint64)2 * BLOCK), ==, SQLITE_IOERR_DATA);
  assert_report (CR_DAMAGE_TEMPORARY, 2);
  g_assert_cmpint (put (&temp, bytes, 1, (gint64)2 * BLOCK), ==, SQLITE_IOERR_DATA);
  g_assert_cmpint (cut (&temp, 2 * BLOCK + 1), ==, SQLITE_IOERR_DATA);
  g_assert_cmpint (get (&temp, bytes, BLOCK, 0), ==, SQLITE_OK);
}

int
main (int argc, char **argv)
{
  static void (*const TESTS[]) (void) = { test_temporary, test_temporary_fails, test_temporary_altered,
                                          test_temporary_kept };
  g_test_init (&argc, &argv, NULL);
  set_up_disk ();
  g_test_add_data_func ("/cipher-temp/as-plain", &TESTS[0], test_case);
  g_test_add_data_func ("/cipher-temp/fails", &TESTS[1], test_case);
  g_test_add_data_func ("/cipher-temp/altered", &TESTS[2], test_case);
  g_test_add_data_func ("/cipher-temp/kept", &TESTS[3], test_case);
  return g_test_run ();
}
