/* Copies of a practice as it lies there, taken without its keys: while nobody writes, and while somebody
 * does. */
#include "rotate-fixture.h"
#include "chartroom/vault/sealed-copy.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

enum { COPIES = 12, WRITER_PAUSE_US = 2000 };

typedef struct {
  Fixture *practice;
  char *target;
} CopyFixture;

static void
set_up (CopyFixture *f, gconstpointer data)
{
  f->practice = fixture_new ();
  f->target = g_dir_make_tmp ("chartroom-copies-XXXXXX", NULL);
}

static void
tear_down (CopyFixture *f, gconstpointer data)
{
  fixture_free (f->practice);
  rotate_remove_all (f->target);
  g_free (f->target);
}

static char *
take_well (CopyFixture *f, const char *stamp, CrSealedCopy *copy)
{
  g_autoptr (GError) error = NULL;
  cr_sealed_copy_take (f->practice->folder, f->target, stamp, copy, &error);
  g_assert_no_error (error);
  return g_strdup (copy->folder);
}

static void
assert_refused (const char *folder, const char *target, CrErrorCode code)
{
  g_auto (CrSealedCopy) copy = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (cr_sealed_copy_take (folder, target, "20261129-0230", &copy, &error));
  g_assert_error (error, CR_ERROR, (int)code);
}

/* The copy opens with the password, is sound and has so many patients.  This computer forgets the newer one.
 */
static gint64
open_copy (const char *folder)
{
  gint64 patients;
  rotate_forget_seen ();
  Fixture *copy = fixture_in_child (folder);
  rotate_assert_sound (copy);
  patients = rotate_count_patients (copy);
  fixture_leave (copy);
  rotate_forget_seen ();
  return patients;
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_open (CopyFixture *f, gconstpointer data)
{
  g_auto (CrSealedCopy) copy = { 0 };
  g_autofree char *folder = NULL, *name = NULL;
  g_autoptr (CrDocument) document = NULL;
  rotate_add_patient (f->practice); /* lies in the log */
  document = rotate_add_document (f->practice, "an invented letter");
  folder = take_well (f, "20261129-0230", &copy);
  name = g_path_get_basename (folder);
  g_assert_true (g_str_has_suffix (name, "-20261129-0230.practice"));
  g_assert_cmpuint (copy.files, ==, 4); /* database, log, keys, document */
  g_assert_cmpuint (count_entries (f->target), ==, 1);
  g_assert_cmpint (open_copy (folder), ==, 1);
  Fixture *opened = fixture_in_child (folder);
  rotate_assert_document (opened, document);
  fixture_leave (opened);
}

static gboolean
has (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A copy that verify found sound says so, and is still one of the copies that are thinned. */
static void
test_proven (CopyFixture *f, gconstpointer data)
{
  g_auto (CrSealedCopy) copy = { 0 }, later = { 0 };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL, *second = NULL;
  Fixture *opened;
  rotate_add_patient (f->practice);
  folder = take_well (f, "20261129-0230", &copy);
  g_assert_true (has (folder, "NOT-YET-PROVEN.txt"));
  opened = fixture_in_child (folder);
  g_assert_true (has (folder, "NOT-YET-PROVEN.txt")); /* to be opened is no proof */
  cr_store_verify (opened->store, opened->user, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  fixture_leave (opened);
  rotate_forget_seen ();
  g_assert_false (has (folder, "NOT-YET-PROVEN.txt"));
  g_assert_true (has (folder, "PROVEN.txt"));
  cr_store_verify (f->practice->store, f->practice->user, findings, &error);
  g_assert_false (has (f->practice->folder, "PROVEN.txt")); /* the practice itself is no copy */
  second = take_well (f, "20261130-0230", &later);
  g_assert_cmpint (cr_sealed_copy_thin (f->practice->folder, f->target, 1, &error), ==, 1);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_closed (CopyFixture *f, gconstpointer data)
{
  g_auto (CrSealedCopy) copy = { 0 };
  g_autofree char *folder = NULL;
  rotate_add_patient (f->practice);
  fixture_close (f->practice);
  folder = take_well (f, "20261129-0230", &copy);
  g_assert_cmpint (open_copy (folder), ==, 1);
}

/* A writer does not stop for it: each copy has all that was committed before it began, or is not there. */
static void
test_written_to (CopyFixture *f, gconstpointer data)
{
  g_autoptr (GSubprocess) writer = fixture_spawn (f->practice, "write");
  guint taken = 0;
  while (rotate_count_patients (f->practice) == 0)
    g_usleep (WRITER_PAUSE_US);
  for (int i = 0; i < COPIES; i++) {
    g_auto (CrSealedCopy) copy = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *stamp = g_strdup_printf ("20261129-02%02d", i);
    gint64 before = rotate_count_patients (f->practice);
    if (!cr_sealed_copy_take (f->practice->folder, f->target, stamp, &copy, &error)) {
      g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
      continue;
    }
    taken++;
    gint64 there = open_copy (copy.folder);
    g_test_message ("%" G_GINT64_FORMAT " patients before, %" G_GINT64_FORMAT " in the copy", before, there);
    g_assert_cmpint (there, >=, before);
  }
  g_subprocess_force_exit (writer);
  g_subprocess_wait (writer, NULL, NULL);
  g_assert_cmpuint (taken, >, 0);
  g_assert_cmpuint (count_entries (f->target), ==, taken);
}

/* A document that an earlier copy has is one file under two names; what is thinned takes only its own name.
 */
static void
test_shared (CopyFixture *f, gconstpointer data)
{
  g_auto (CrSealedCopy) first = { 0 }, second = { 0 };
  g_autofree char *one = NULL, *two = NULL;
  g_autoptr (CrDocument) old = rotate_add_document (f->practice, "one letter");
  g_autoptr (CrDocument) new = NULL;
  g_autoptr (GError) error = NULL;
  one = take_well (f, "20261129-0230", &first);
  new = rotate_add_document (f->practice, "another letter");
  two = take_well (f, "20261130-0230", &second);
  g_assert_cmpuint (first.shared, ==, 0);
  g_assert_cmpuint (second.shared, ==, 1);
  g_assert_cmpint (cr_sealed_copy_thin (f->practice->folder, f->target, 1, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_cmpint (open_copy (two), ==, 0);
  Fixture *opened = fixture_in_child (two);
  rotate_assert_document (opened, old);
  rotate_assert_document (opened, new);
  fixture_leave (opened);
}

/* What was spoilt in the copy before is not handed on. */
static void
test_spoilt (CopyFixture *f, gconstpointer data)
{
  g_auto (CrSealedCopy) first = { 0 }, second = { 0 };
  g_autoptr (CrDocument) document = rotate_add_document (f->practice, "one letter");
  g_autofree char *one = take_well (f, "20261129-0230", &first), *two = NULL;
  g_autofree char *sealed = g_build_filename (one, "documents", document->name, NULL), *content = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (sealed, &content, &length, NULL));
  content[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (sealed, content, (gssize)length, NULL));
  two = take_well (f, "20261130-0230", &second);
  g_assert_cmpuint (second.shared, ==, 0);
  g_assert_cmpint (open_copy (two), ==, 0);
}

/* "maple-street" */
static char *
stem_of (CopyFixture *f)
{
  char *name = g_path_get_basename (f->practice->folder);
  name[strlen (name) - strlen (".practice")] = '\0';
  return name;
}

/* A copy that was killed leaves a folder without a good name; the next one removes it when it is old. */
static void
test_abandoned (CopyFixture *f, gconstpointer data)
{
  g_autofree char *name = stem_of (f);
  g_autofree char *old = g_strdup_printf ("%s/%s-20261120-0230.practice.unfinished", f->target, name);
  g_autofree char *new = g_strdup_printf ("%s/%s-20261128-0230.practice.unfinished", f->target, name);
  g_autofree char *inner = g_build_filename (old, "practice.db", NULL);
  g_auto (CrSealedCopy) copy = { 0 };
  g_autofree char *folder = NULL;
  struct utimbuf yesterday = { time (NULL) - 24 * 3600, time (NULL) - 24 * 3600 };
  g_mkdir (old, 0700);
  g_mkdir (new, 0700);
  g_assert_true (g_file_set_contents (inner, "half", -1, NULL));
  g_assert_cmpint (g_utime (old, &yesterday), ==, 0);
  folder = take_well (f, "20261129-0230", &copy);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
}

static void
test_refused (CopyFixture *f, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (f->practice->folder, "documents", NULL);
  g_autofree char *nowhere = g_build_filename (f->target, "nowhere", NULL);
  g_auto (CrSealedCopy) copy = { 0 };
  g_autofree char *folder = NULL;
  g_mkdir (inside, 0700);
  assert_refused (nowhere, f->target, CR_ERROR_NOT_FOUND);
  assert_refused (f->practice->folder, nowhere, CR_ERROR_NOT_FOUND);
  assert_refused (f->practice->folder, inside, CR_ERROR_CONFLICT);
  folder = take_well (f, "20261129-0230", &copy);
  assert_refused (f->practice->folder, f->target, CR_ERROR_CONFLICT);
  g_assert_cmpuint (count_entries (f->target), ==, 1);
}

/* A folder beside the copies, with this in it; inner NULL: an empty file of that name. */
static char *
make_beside (CopyFixture *f, const char *start, const char *end, const char *inner)
{
  g_autofree char *name = g_strconcat (start, end, NULL);
  char *path = g_build_filename (f->target, name, NULL);
  g_autofree char *inside = inner != NULL ? g_build_filename (path, inner, NULL) : NULL;
  if (inner != NULL)
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inner != NULL ? inside : path, "words", -1, NULL));
  return path;
}

/* Only copies of this practice are thinned and swept: not a practice itself that lies there, not another
 * one's, not what merely looks alike. */
static void
test_neighbours (CopyFixture *f, gconstpointer data)
{
  g_autofree char *stem = stem_of (f);
  struct utimbuf yesterday = { time (NULL) - 24 * 3600, time (NULL) - 24 * 3600 };
  char *beside[] = { make_beside (f, stem, "-20261120-0230.practice",
                                  "practice.keys"), /* no note: somebody works with it */
                     make_beside (f, stem, "-20261120-02300.practice", "NOT-YET-PROVEN.txt"),
                     make_beside (f, stem, "-20261120-0231.practica", "NOT-YET-PROVEN.txt"),
                     make_beside (f, "other", "-20261120-0230.practice", "NOT-YET-PROVEN.txt"),
                     make_beside (f, "other", "-20261120-0230.practice.unfinished", "practice.db"),
                     make_beside (f, stem, "-20261121-0230.practice.unfinished", NULL),
                     make_beside (f, stem, "-20261122-0230.practice.unfinishes", "practice.db"),
                     NULL };
  g_autoptr (GError) error = NULL;
  for (guint i = 0; beside[i] != NULL; i++)
    g_assert_cmpint (g_utime (beside[i], &yesterday), ==, 0);
  for (guint i = 0; i < 3; i++) {
    g_auto (CrSealedCopy) copy = { 0 };
    g_autofree char *stamp = g_strdup_printf ("20261129-023%u", i), *folder = take_well (f, stamp, &copy);
    g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  }
  g_assert_cmpint (cr_sealed_copy_thin (f->practice->folder, f->target, 0, &error), ==,
                   2); /* one always stays */
  g_assert_no_error (error);
  for (guint i = 0; beside[i] != NULL; i++) {
    g_assert_true (g_file_test (beside[i], G_FILE_TEST_EXISTS));
    g_free (beside[i]);
  }
}

/* What is only being written beside the practice's own is left out, and so is what is no file. */
static void
test_strangers (CopyFixture *f, gconstpointer data)
{
  static const char *const FILES[] = { "practice-9.db.new", "practice.txt", "other.db",
                                       "documents/12ab.new" };
  g_auto (CrSealedCopy) copy = { 0 };
  g_autofree char *folder = NULL, *odd = g_build_filename (f->practice->folder, "practice-odd.db", NULL);
  g_autoptr (CrDocument) document G_GNUC_UNUSED = rotate_add_document (f->practice, "one letter");
  fixture_close (f->practice);
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_build_filename (f->practice->folder, FILES[i], NULL);
    g_assert_true (g_file_set_contents (path, "words", -1, NULL));
  }
  g_assert_cmpint (g_mkdir (odd, 0700), ==, 0);
  folder = take_well (f, "20261129-0230", &copy);
  g_assert_cmpuint (copy.files, ==, 3); /* database, keys, the letter */
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_build_filename (folder, FILES[i], NULL);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
  g_assert_cmpint (g_rmdir (odd), ==, 0);
  g_assert_cmpint (open_copy (folder), ==, 0);
}

/* A document that the copy before has lost, or that cannot be read here. */
static void
test_documents_gone (CopyFixture *f, gconstpointer data)
{
  g_auto (CrSealedCopy) first = { 0 }, second = { 0 }, third = { 0 };
  g_autoptr (CrDocument) document = rotate_add_document (f->practice, "one letter");
  g_autofree char *one = take_well (f, "20261129-0230", &first), *two = NULL;
  g_autofree char *copied = g_build_filename (one, "documents", document->name, NULL),
                  *here = g_build_filename (f->practice->folder, "documents", document->name, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_unlink (copied), ==, 0);
  two = take_well (f, "20261130-0230", &second);
  g_assert_cmpuint (second.shared, ==, 0);
  g_assert_cmpint (open_copy (two), ==, 0);
  g_assert_cmpint (g_unlink (here), ==, 0);
  g_assert_cmpint (symlink ("/etc/hostname", here), ==, 0); /* is not followed */
  g_assert_false (cr_sealed_copy_take (f->practice->folder, f->target, "20261201-0230", &third, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_IO);
  g_assert_cmpuint (count_entries (f->target), ==, 2);
}

/* A practice that has no document yet has no folder for them. */
static void
test_no_documents (CopyFixture *f, gconstpointer data)
{
  g_autofree char *folder = NULL, *documents = g_build_filename (f->practice->folder, "documents", NULL);
  g_auto (CrSealedCopy) copy = { 0 };
  g_rmdir (documents);
  folder = take_well (f, "20261129-0230", &copy);
  g_assert_cmpint (open_copy (folder), ==, 0);
}

G_NORETURN static void
write_for_ever (const char *folder)
{
  Fixture *f = fixture_in_child (folder);
  for (;;) {
    rotate_add_patient (f);
    g_usleep (WRITER_PAUSE_US);
  }
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "write"))
    write_for_ever (argv[2]);
  rotate_own_state ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sealed-copy/open", CopyFixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/sealed-copy/proven", CopyFixture, NULL, set_up, test_proven, tear_down);
  g_test_add ("/sealed-copy/closed", CopyFixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/sealed-copy/written-to", CopyFixture, NULL, set_up, test_written_to, tear_down);
  g_test_add ("/sealed-copy/shared", CopyFixture, NULL, set_up, test_shared, tear_down);
  g_test_add ("/sealed-copy/spoilt", CopyFixture, NULL, set_up, test_spoilt, tear_down);
  g_test_add ("/sealed-copy/abandoned", CopyFixture, NULL, set_up, test_abandoned, tear_down);
  g_test_add ("/sealed-copy/refused", CopyFixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/sealed-copy/neighbours", CopyFixture, NULL, set_up, test_neighbours, tear_down);
  g_test_add ("/sealed-copy/strangers", CopyFixture, NULL, set_up, test_strangers, tear_down);
  g_test_add ("/sealed-copy/documents-gone", CopyFixture, NULL, set_up, test_documents_gone, tear_down);
  g_test_add ("/sealed-copy/no-documents", CopyFixture, NULL, set_up, test_no_documents, tear_down);
  return rotate_run_tests ();
}
