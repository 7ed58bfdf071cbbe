/* What the doctor says of damage of every kind, and what a salvage brings back. */
#include "salvage-fixture.h"
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAF = 0x0d, BRANCH = 0x05, INDEX_LEAF = 0x0a, OTHER = 0x00, SPREAD = 12 };

static guint patients = 24;

static GArray *
take (GArray *from, guint n)
{
  GArray *some = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < n && i < from->len; i++) {
    guint32 page = g_array_index (from, guint32, (guint64)i * from->len / n);
    g_array_append_val (some, page);
  }
  g_array_unref (from);
  return some;
}

/* The doctor names the pages; everything else comes back. */
static guint
salvage_without (Patient *patient, GArray *pages)
{
  g_assert_cmpuint (pages->len, >, 0);
  patient_hurt_pages (patient, pages);
  patient_salvage (patient);
  for (guint i = 0; i < pages->len && pages->len < 3; i++) {
    g_autofree char *name = g_strdup_printf ("Page %u of practice.db", g_array_index (pages, guint32, i));
    patient_assert_says (patient->report->wrong, name);
  }
  g_array_unref (pages);
  patient_assert_verifies (patient);
  return patient_compare (patient);
}

static void
test_sound (void)
{
  g_autoptr (Patient) patient = patient_new ();
  patient_salvage (patient);
  g_assert_cmpuint (patient->report->wrong->len, ==, 0);
  g_assert_cmpuint (patient->report->unsaved->len, ==, 0);
  g_assert_cmpuint (patient->report->rebuilt->len, ==, 0);
  patient_assert_verifies (patient);
  g_assert_cmpuint (patient_compare (patient), ==, 0);
}

/* The history gives back what one page of rows held. */
static void
test_leaf (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, take (original_leaves ("observation", CR_ID_NONE), 1)), ==, 0);
  patient_assert_says (patient->report->wrong, "rows of the kind “result”");
  patient_assert_says (patient->report->rebuilt, "given back by the history");
  patient_assert_says (patient->report->meaning, "Nothing is lost");
  patient_assert_says (patient->report->next, "Restore the newest proven backup");
}

static void
test_branch (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, take (original_pages_of_type (BRANCH), 1)), ==, 0);
  g_assert_cmpuint (patient->report->unsaved->len, ==, 0);
}

static void
test_all_branches (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, original_pages_of_type (BRANCH)), ==, 0);
  g_assert_cmpuint (patient->report->unsaved->len, ==, 0);
}

static void
test_index (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, take (original_pages_of_type (INDEX_LEAF), 1)), ==, 0);
  patient_assert_says (patient->report->wrong, "an index of");
  patient_assert_says (patient->report->meaning, "searches fail, nothing is lost");
  g_assert_cmpuint (patient->report->rebuilt->len, ==, 0);
}

static void
test_first_page (void)
{
  g_autoptr (Patient) patient = patient_new ();
  guint32 first = 1;
  GArray *pages = g_array_new (FALSE, FALSE, sizeof first);
  g_array_append_val (pages, first);
  g_assert_cmpuint (salvage_without (patient, pages), ==, 0);
  patient_assert_says (patient->report->wrong, "table of contents");
}

static void
test_overflow (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, take (original_pages_of_type (OTHER), 1)), ==, 0);
  patient_assert_says (patient->report->wrong, "the rest of a long row");
}

static void
test_history (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, take (original_leaves ("history", CR_ID_NONE), 3)), ==, 0);
  patient_assert_says (patient->report->unsaved, "The before and after of");
}

static void
test_audit (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_assert_cmpuint (salvage_without (patient, take (original_leaves ("audit", CR_ID_NONE), 3)), ==, 0);
  patient_assert_says (patient->report->unsaved, "Audit entries");
  patient_assert_says (patient->report->meaning, "no code on a day sheet matches");
}

/* Rows and their history together: those are lost, and named, with the record number. */
static void
test_lost_for_good (void)
{
  g_autoptr (Patient) patient = patient_new ();
  GArray *pages = original_leaves ("history", CR_ID_NONE),
         *rows = original_leaves ("observation", CR_ID_NONE);
  g_array_append_vals (pages, rows->data, rows->len);
  g_array_unref (rows);
  g_assert_cmpuint (salvage_without (patient, pages), >, 0);
  patient_assert_says (patient->report->unsaved, "of record number");
  patient_assert_says (patient->report->unsaved, "neither its row nor its history");
}

/* A patient with all that speaks of it: an empty chart stands in for the rest of the records. */
static void
test_lost_patients (void)
{
  g_autoptr (Patient) patient = patient_new ();
  GArray *pages = original_leaves ("history", CR_ID_NONE), *rows = original_leaves ("patient", CR_ID_NONE);
  g_array_append_vals (pages, rows->data, rows->len);
  g_array_unref (rows);
  g_assert_cmpuint (salvage_without (patient, pages), >, 0);
  patient_assert_says (patient->report->unsaved, "stands in");
}

static void
test_several (void)
{
  g_autoptr (Patient) patient = patient_new ();
  GArray *pages = take (original_pages_of_type (LEAF), SPREAD);
  GArray *branches = take (original_pages_of_type (BRANCH), 3);
  g_array_append_vals (pages, branches->data, branches->len);
  g_array_unref (branches);
  salvage_without (patient, pages);
}

static void
test_truncated (void)
{
  for (guint quarter = 1; quarter < 4; quarter++) {
    g_autoptr (Patient) patient = patient_new ();
    gint64 pages = patient_size (patient, "practice.db") / SALVAGE_PAGE;
    patient_cut (patient, "practice.db", pages * quarter / 4 * SALVAGE_PAGE + 1000);
    patient_salvage (patient);
    patient_assert_says (patient->report->wrong, "missing, the file was cut off");
    patient_assert_says (patient->report->wrong, "ends in the middle of a page");
    patient_assert_verifies (patient);
    patient_compare (patient);
  }
}

/* ---- the log ---- */

enum { ROOMS = 8, LOG_HEADER = 32, FRAME = SALVAGE_PAGE + 24 };

static void
assert_rooms (Patient *patient, gint64 least)
{
  g_assert_cmpint (patient_number (patient, "SELECT count (*) FROM room WHERE name LIKE 'Invented %'"), >=,
                   least);
}

/* A program was killed: what it saved last is in the log alone. */
static Patient *
new_killed (void)
{
  Patient *patient = patient_new ();
  patient_add_rooms_and_die (patient, ROOMS);
  g_assert_cmpint (patient_size (patient, "practice.db-wal"), >, ROOMS * FRAME);
  return patient;
}

static void
test_log_sound (void)
{
  g_autoptr (Patient) patient = new_killed ();
  patient_salvage (patient);
  g_assert_cmpuint (patient->report->wrong->len, ==, 0);
  g_assert_cmpuint (patient->report->unsaved->len, ==, 0);
  patient_assert_verifies (patient);
  assert_rooms (patient, ROOMS);
}

static void
test_log_frame (void)
{
  g_autoptr (Patient) patient = new_killed ();
  patient_flip (patient, "practice.db-wal", LOG_HEADER + 2 * FRAME + 24 + 100);
  patient_salvage (patient);
  patient_assert_says (patient->report->wrong, "Page frame 3 of practice.db-wal was altered");
  patient_assert_verifies (patient);
  g_assert_cmpuint (patient_compare (patient), ==, 0);
  assert_rooms (patient, ROOMS);
}

static void
test_log_header (void)
{
  g_autoptr (Patient) patient = new_killed ();
  patient_flip (patient, "practice.db-wal", 16);
  patient_salvage (patient);
  patient_assert_says (patient->report->wrong, "The header of practice.db-wal was altered");
  patient_assert_says (patient->report->meaning, "Nothing is lost");
  patient_assert_verifies (patient);
  assert_rooms (patient, ROOMS);
}

/* As a power cut would leave it, but the key file has seen the last entry. */
static void
test_log_end (void)
{
  g_autoptr (Patient) patient = new_killed ();
  patient_cut (patient, "practice.db-wal", patient_size (patient, "practice.db-wal") - FRAME / 2);
  patient_salvage (patient);
  patient_assert_says (patient->report->wrong, "The key file has seen audit entry");
  patient_assert_says (patient->report->unsaved, "Audit entries");
  patient_assert_verifies (patient);
  assert_rooms (patient, ROOMS - 1);
}

/* ---- documents ---- */

static void
test_documents (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_autofree char *gone = g_build_filename (patient->folder, "documents", salvage_document (0), NULL);
  g_autofree char *altered = g_build_filename ("documents", salvage_document (1), NULL);
  g_assert_cmpint (g_unlink (gone), ==, 0);
  patient_flip (patient, altered, 100);
  patient_salvage (patient);
  patient_assert_says (patient->report->wrong, "is missing from the practice");
  patient_assert_says (patient->report->wrong, "was damaged or altered");
  patient_assert_says (patient->report->unsaved, "“Letter 0” of record number");
  patient_assert_says (patient->report->unsaved, "“Letter 1” of record number");
  patient_assert_verifies (patient);
  g_assert_cmpuint (patient_compare (patient), ==, 2);
}

/* ---- keys ---- */

static void
test_key_file (void)
{
  g_autoptr (Patient) patient = patient_new ();
  patient_flip (patient, "practice.keys", 200);
  patient_salvage (patient);
  patient_assert_says (patient->report->wrong, "practice.keys was altered");
  patient_assert_says (patient->report->meaning, "Nobody can sign in");
  patient_assert_says (patient->report->meaning, "The key file is taken from");
  patient_assert_verifies (patient);
  g_assert_cmpuint (patient_compare (patient), ==, 0);
}

static void
test_no_key_file (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_autoptr (CrClock) clock = cr_clock_new_system (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *keys = patient_path (patient, "practice.keys"),
                  *backups = patient_path (patient, "backups");
  g_autofree char *aside = patient_path (patient, "elsewhere");
  CrDoctorOptions options = { .folder = patient->folder,
                              .login = SALVAGE_LOGIN,
                              .password = SALVAGE_PASSWORD };
  g_assert_cmpint (g_unlink (keys), ==, 0);
  g_assert_cmpint (g_rename (backups, aside), ==, 0);
  g_assert_false (cr_doctor (&options, clock, "test", patient->report, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_KEYS_MISSING);
  patient_assert_says (patient->report->next, "--keys-from");
  g_autoptr (GDir) dir = g_dir_open (aside, 0, NULL);
  g_autofree char *backup = g_build_filename (aside, g_dir_read_name (dir), NULL);
  g_autoptr (GError) none = NULL;
  options.keys_from = backup;
  g_assert_true (cr_doctor (&options, clock, "test", patient->report, &none));
  g_assert_no_error (none);
  g_assert_cmpuint (patient->report->unsaved->len, ==, 0);
}

/* ---- refusals ---- */

static void
test_refusals (void)
{
  g_autoptr (Patient) patient = patient_new ();
  g_autoptr (CrClock) clock = cr_clock_new_system (NULL);
  g_autoptr (GError) wrong = NULL, there = NULL;
  CrDoctorOptions options = { .folder = patient->folder,
                              .login = SALVAGE_LOGIN,
                              .password = "not the password" };
  g_assert_false (cr_doctor (&options, clock, "test", patient->report, &wrong));
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  options.password = SALVAGE_PASSWORD;
  options.salvage_to = salvage_original ();
  g_assert_false (cr_doctor (&options, clock, "test", patient->report, &there));
  g_assert_error (there, CR_ERROR, CR_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  int status;
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--patients"))
    patients = (guint)atoi (argv[2]);
  salvage_begin (patients);
  g_test_add_func ("/store/salvage/sound", test_sound);
  g_test_add_func ("/store/salvage/leaf", test_leaf);
  g_test_add_func ("/store/salvage/branch", test_branch);
  g_test_add_func ("/store/salvage/all-branches", test_all_branches);
  g_test_add_func ("/store/salvage/index", test_index);
  g_test_add_func ("/store/salvage/first-page", test_first_page);
  g_test_add_func ("/store/salvage/overflow", test_overflow);
  g_test_add_func ("/store/salvage/history", test_history);
  g_test_add_func ("/store/salvage/audit", test_audit);
  g_test_add_func ("/store/salvage/lost-for-good", test_lost_for_good);
  g_test_add_func ("/store/salvage/lost-patients", test_lost_patients);
  g_test_add_func ("/store/salvage/several", test_several);
  g_test_add_func ("/store/salvage/truncated", test_truncated);
  g_test_add_func ("/store/salvage/log-sound", test_log_sound);
  g_test_add_func ("/store/salvage/log-frame", test_log_frame);
  g_test_add_func ("/store/salvage/log-header", test_log_header);
  g_test_add_func ("/store/salvage/log-end", test_log_end);
  g_test_add_func ("/store/salvage/documents", test_documents);
  g_test_add_func ("/store/salvage/key-file", test_key_file);
  g_test_add_func ("/store/salvage/no-key-file", test_no_key_file);
  g_test_add_func ("/store/salvage/refusals", test_refusals);
  status = g_test_run ();
  return salvage_end (status);
}
