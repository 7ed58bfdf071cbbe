/* A database sealed with the next keys, in one go, in pieces, and over what an earlier attempt has left. */
#include "cipher-fixture.h"
#include "chartroom/vault/rotation.h"
#include <unistd.h>

#define ROWS 20000
#define PART 256 /* pages at a time */
#define SEALED "practice-2.db.new"

typedef struct {
  VaultFixture base;
  CrVault *next;
  CrDb *reader, *writer;
  char *path, *progress;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  vault_set_up (&f->base, data);
  f->writer = fill_db (&f->base, ROWS);
  number (f->writer, "PRAGMA wal_checkpoint (TRUNCATE)");
  f->reader = open_db (&f->base);
  f->next = cr_vault_next_epoch (f->base.vault, &error);
  g_assert_no_error (error);
  f->path = fixture_path (&f->base, SEALED);
  f->progress = fixture_path (&f->base, SEALED "-pages");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  cr_db_close (f->reader);
  cr_db_close (f->writer);
  cr_vault_unref (f->next);
  g_free (f->path);
  g_free (f->progress);
  vault_tear_down (&f->base, data);
}

typedef struct {
  gint64 stop_at, seen, all; /* pages; stop_at 0: never */
} Steps;

static gboolean
step_cb (gint64 done, gint64 all, gpointer data)
{
  Steps *steps = data;

  g_assert_cmpint (done, >, steps->seen);
  steps->seen = done;
  steps->all = all;
  return steps->stop_at == 0 || done < steps->stop_at;
}

/* Pages that were kept. */
static gint64
reseal (Fixture *f, Steps *steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrDbImage) image = cr_db_image_new (f->reader, &error);
  gint64 kept = -1;

  g_assert_no_error (error);
  g_assert_cmpint (cr_db_image_reseal (image, f->next, f->path, step_cb, steps, &kept, &error), ==,
                   steps->stop_at == 0);
  if (steps->stop_at != 0)
    g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  return kept;
}

static gint64
reseal_all (Fixture *f)
{
  Steps steps = { 0 };
  gint64 kept = reseal (f, &steps);

  g_assert_cmpint (steps.seen, ==, steps.all);
  return kept;
}

/* Under the next keys it is sound, and every row is what the source says now. */
static void
assert_same (Fixture *f)
{
  static const char *const ASK[] = { "SELECT count(*) FROM t", "SELECT sum (length (b)) FROM t",
                                     "SELECT sum (a * unicode (substr (b, 1 + a % length (b)))) FROM t" };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrDb *copy = cr_db_open_named (f->next, SEALED, CR_DB_OPEN, &error);

  g_assert_no_error (error);
  cr_db_verify (copy, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ASK); i++)
    g_assert_cmpint (number (copy, ASK[i]), ==, number (f->writer, ASK[i]));
  cr_db_close (copy);
}

static gint64
pages_of (Fixture *f)
{
  return number (f->writer, "PRAGMA page_count");
}

static void
change_some (Fixture *f)
{
  run (f->writer, "UPDATE t SET b = 'changed' || b WHERE a % 2000 = 7");
  run (f->writer, "INSERT INTO t SELECT max (a) + 1, 'added' FROM t");
}

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (pages_of (f), >, 3 * PART);
  g_assert_cmpint (reseal_all (f), ==, 0);
  assert_same (f);
  g_assert_cmpint (reseal_all (f), >=, pages_of (f) - 1); /* opening it may write page 1 */
  assert_same (f);
}

/* Only what changed is written again; pages of the log are, as long as they are there. */
static void
test_changed (Fixture *f, gconstpointer data)
{
  reseal_all (f);
  change_some (f);
  gint64 kept = reseal_all (f);
  g_assert_cmpint (kept, >, pages_of (f) / 2);
  g_assert_cmpint (kept, <, pages_of (f) - 9);
  assert_same (f);
  number (f->writer, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_cmpint (reseal_all (f), ==, kept);
  assert_same (f);
  g_assert_cmpint (reseal_all (f), >=, pages_of (f) - 1);
}

static void
test_shrunk (Fixture *f, gconstpointer data)
{
  reseal_all (f);
  run (f->writer, "DELETE FROM t WHERE a > 3000");
  run (f->writer, "VACUUM");
  number (f->writer, "PRAGMA wal_checkpoint (TRUNCATE)");
  reseal_all (f);
  assert_same (f);
}

/* After each part: what was made is kept, whether or not somebody wrote since. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  gint64 parts = pages_of (f) / PART;

  for (gint64 part = 1; part <= parts; part++) {
    Steps steps = { .stop_at = part * PART };
    g_assert_cmpint (reseal (f, &steps), ==, (part - 1) * PART);
  }
  g_assert_cmpint (reseal_all (f), ==, parts * PART);
  assert_same (f);
  g_unlink (f->path);
  Steps steps = { .stop_at = parts * PART };
  reseal (f, &steps);
  change_some (f);
  g_assert_cmpint (reseal_all (f), >, 0);
  assert_same (f);
}

/* ---- what lies there is not what was made ---- */

static void
write_at (const char *path, gsize at, const void *bytes, gsize size)
{
  g_autofree char *content = NULL;
  gsize all;

  read_file (path, &content, &all);
  g_assert_cmpuint (at + size, <=, all);
  memcpy (content + at, bytes, size);
  write_file (path, content, all);
}

/* Old pages of the copy, each authentic in its place, put back under newer progress, and the other way. */
static void
test_put_back (Fixture *f, gconstpointer data)
{
  g_autofree char *old = NULL, *old_progress = NULL, *fresh_progress = NULL;
  gsize size, progress_size, fresh_size;

  reseal_all (f);
  read_file (f->path, &old, &size);
  read_file (f->progress, &old_progress, &progress_size);
  change_some (f);
  number (f->writer, "PRAGMA wal_checkpoint (TRUNCATE)");
  reseal_all (f);
  read_file (f->progress, &fresh_progress, &fresh_size);
  write_file (f->path, old, size);
  reseal_all (f);
  assert_same (f);
  write_file (f->path, old, size);
  write_file (f->progress, old_progress, progress_size);
  reseal_all (f);
  assert_same (f);
  write_file (f->progress, old_progress, progress_size);
  reseal_all (f);
  assert_same (f);
}

/* A part is one whole, in its place. */
static void
test_progress_altered (Fixture *f, gconstpointer data)
{
  gsize part = PART * 32 + 32, size;
  g_autofree char *content = NULL;

  reseal_all (f);
  read_file (f->progress, &content, &size);
  for (gsize at = 0; at < part; at += 1021) {
    char changed = (char)(content[part + at] ^ 4);
    write_file (f->progress, content, size);
    write_at (f->progress, part + at, &changed, 1);
    gint64 kept = reseal_all (f);
    g_assert_cmpint (kept, <=, pages_of (f) - PART);
    g_assert_cmpint (kept, >=, pages_of (f) - PART - 1);
    assert_same (f);
    g_clear_pointer (&content, g_free);
    read_file (f->progress, &content, &size);
  }
  write_at (f->progress, 0, content + part, part); /* the second for the first */
  g_assert_cmpint (reseal_all (f), <=, pages_of (f) - PART);
  assert_same (f);
  g_assert_cmpint (truncate (f->progress, (off_t)(part + 9)), ==, 0);
  g_assert_cmpint (reseal_all (f), <=, PART);
  assert_same (f);
  g_unlink (f->progress);
  g_assert_cmpint (reseal_all (f), ==, 0);
  assert_same (f);
}

/* A torn page whose tag is right stays, and is found by who opens it all: nothing else vouches for it. */
static void
test_torn (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  reseal_all (f);
  write_at (f->path, 9 * PAGE + 100, "torn", 4);
  reseal_all (f);
  CrDb *copy = cr_db_open_named (f->next, SEALED, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  g_assert_false (cr_db_verify (copy, findings, &error));
  g_assert_cmpuint (findings->len, >, 0);
  cr_db_close (copy);
}

/* The source is damaged: said, and the copy is not taken for whole. */
static void
test_source_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *source = fixture_path (&f->base, "practice.db");
  g_autoptr (GError) error = NULL;
  Steps steps = { 0 };
  gint64 kept;

  write_at (source, 300 * PAGE + 100, "damage", 6);
  g_autoptr (CrDbImage) image = cr_db_image_new (f->reader, &error);
  g_assert_no_error (error);
  g_assert_false (cr_db_image_reseal (image, f->next, f->path, step_cb, &steps, &kept, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_PAGE_ALTERED);
  g_assert_nonnull (strstr (error->message, "301"));
  g_assert_cmpint (steps.seen, ==, PART);
}

static void
test_no_place (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = fixture_path (&f->base, "nowhere/at-all.db");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrDbImage) image = cr_db_image_new (f->reader, &error);
  gint64 kept;

  g_assert_false (cr_db_image_reseal (image, f->next, nowhere, NULL, NULL, &kept, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (symlink ("practice.db", f->path), ==, 0); /* never through a link */
  g_assert_false (cr_db_image_reseal (image, f->next, f->path, NULL, NULL, &kept, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_IO);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/db-reseal/whole", test_whole },       { "/db-reseal/changed", test_changed },
    { "/db-reseal/shrunk", test_shrunk },     { "/db-reseal/stopped", test_stopped },
    { "/db-reseal/put-back", test_put_back }, { "/db-reseal/progress-altered", test_progress_altered },
    { "/db-reseal/torn", test_torn },         { "/db-reseal/source-damaged", test_source_damaged },
    { "/db-reseal/no-place", test_no_place },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
