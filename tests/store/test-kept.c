/* Practices of every version of the schema, each made by the program of its day and kept in
 * fixtures/schema/VERSION: this program opens them, and nothing in them is lost.  usage to make the present
 * version's, once: test-kept --make FOLDER */
#include "rotate-fixture.h"
#include "schema.h"

#define FAMILY "García-Invented"
#define LETTER "an invented letter of that version"

static char *
kept_folder (const char *version)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "schema", version, NULL);
}

typedef struct {
  CrId id;
  CrDocument *document;
} Loading;

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Loading *loading = data;
  loading->document = cr_tx_load (tx, &CR_DOCUMENT, loading->id, error);
  return loading->document != NULL;
}

static void
test_kept (gconstpointer version)
{
  g_autofree char *name = g_strdup_printf ("%d", GPOINTER_TO_INT (version));
  g_autofree char *kept = kept_folder (name);
  g_autofree char *base = g_dir_make_tmp ("chartroom-kept-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (base, "kept.practice", NULL);
  Loading loading = { 0 };
  Fixture *f;
  rotate_copy_all (kept, folder); /* opening may change it */
  f = fixture_in_child (folder);
  rotate_assert_sound (f);
  g_assert_cmpint (rotate_count_patients (f), ==, 1);
  g_assert_cmpint (fixture_number (f, "SELECT count(*) FROM patient WHERE family = '" FAMILY "'"), ==, 1);
  loading.id = fixture_number (f, "SELECT id FROM document");
  fixture_run (f, load_job, &loading);
  g_assert_cmpstr (loading.document->title, ==, LETTER);
  rotate_assert_document (f, loading.document);
  cr_document_free (loading.document);
  rotate_add_patient (f); /* and it goes on */
  fixture_reopen (f);
  rotate_assert_sound (f);
  g_assert_cmpint (rotate_count_patients (f), ==, 2);
  fixture_leave (f);
  rotate_remove_all (base);
}

static int
make (const char *folder)
{
  Fixture *f = fixture_new ();
  cr_patient_free (fixture_patient (f, FAMILY, "Ana", CR_DATE (1974, 5, 21)));
  cr_document_free (rotate_add_document (f, LETTER));
  fixture_close (f);
  rotate_copy_all (f->folder, folder);
  fixture_free (f);
  return 0;
}

int
main (int argc, char **argv)
{
  rotate_own_state ();
  if (argc == 3 && g_str_equal (argv[1], "--make"))
    return make (argv[2]);
  g_test_init (&argc, &argv, NULL);
  for (int version = 1; version <= cr_schema_newest (CR_SCHEMA_STEPS); version++) {
    g_autofree char *path = g_strdup_printf ("/kept/%d", version);
    g_test_add_data_func (path, GINT_TO_POINTER (version), test_kept);
  }
  return rotate_run_tests ();
}
