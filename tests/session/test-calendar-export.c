/* A clinician's book as a file: without names for whoever sees the book, with names for who may export. */
#include "chartroom/session/calendar-export.h"
#include "session-fixture.h"
#include <string.h>

typedef struct {
  Fixture base;
  GAsyncResult *result;
  char *path;
} Desk;

static gboolean
book_job (CrTx *tx, gpointer data, GError **error)
{
  const Desk *d = data;
  const CrId people[] = { d->base.okafor, d->base.okafor, d->base.chen };
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autoptr (CrAppointment) a = cr_appointment_new ();
    a->patient_id = d->base.garcia;
    a->person_id = people[i];
    a->visit_type_id = d->base.follow_up;
    a->date = cr_date_add_days (FIXTURE_TODAY, i);
    a->start_min = 10 * 60;
    a->minutes = 20;
    if (!cr_tx_save (tx, &CR_APPOINTMENT, a, error))
      return FALSE;
  }
  return TRUE;
}

static void
set_up (Desk *d, const char *login)
{
  g_autoptr (GError) error = NULL;
  *d = (Desk){ 0 };
  fixture_set_up (&d->base);
  d->path = g_build_filename (d->base.base, "book.ics", NULL);
  cr_session_run (d->base.session, CR_RIGHT_ADMIN, book_job, d, &error);
  g_assert_no_error (error);
  fixture_sign_in (&d->base, login);
}

static void
tear_down (Desk *d)
{
  fixture_tear_down (&d->base);
  g_free (d->path);
}

static gint64 export(Desk *d, gboolean names, int days, GError **error)
{
  CrCalendarRequest request = { d->base.okafor, FIXTURE_TODAY, cr_date_add_days (FIXTURE_TODAY, days), names,
                                d->path };
  cr_calendar_export_async (d->base.session, &request, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  return cr_calendar_export_finish (result, error);
}

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .actions = { "export" }, .limit = 10 };
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, &query, error);
  *(guint *)data = entries != NULL ? entries->len : 0;
  return entries != NULL;
}

static guint
exports (Desk *d)
{
  guint n = 0;
  g_autoptr (GError) error = NULL;
  cr_session_run (d->base.session, CR_RIGHT_SCHEDULE_VIEW, audit_job, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_without_names (void)
{
  Desk d;
  g_autoptr (GError) error = NULL, refused = NULL, backwards = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;
  set_up (&d, "frontdesk");
  g_assert_cmpint (export(&d, FALSE, 7, &error), ==, 2); /* not Dr. Chen's */
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (d.path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Follow-up"));
  g_assert_null (strstr (text, "GARCIA"));
  g_assert_cmpint (g_stat (d.path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (exports (&d), ==, 1);
  g_unlink (d.path);
  g_assert_cmpint (export(&d, TRUE, 7, &refused), ==, -1);
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_cmpint (export(&d, FALSE, -1, &backwards), ==, -1);
  g_assert_error (backwards, CR_ERROR, CR_ERROR_INVALID);
  g_assert_false (g_file_test (d.path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (exports (&d), ==, 1);
  tear_down (&d);
}

static guint
files_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* What lies beside the file is somebody else's, whether the export comes to something or not. */
static void
test_stranger (void)
{
  Desk d;
  g_autoptr (GError) error = NULL, refused = NULL, folder = NULL;
  set_up (&d, "frontdesk");
  g_autofree char *stranger = g_strconcat (d.path, ".part", NULL), *text = NULL;
  g_assert_true (g_file_set_contents (stranger, "a stranger's", -1, NULL));
  guint before = files_in (d.base.base);
  g_assert_cmpint (export(&d, TRUE, 7, &refused), ==, -1);
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_cmpint (g_mkdir (d.path, 0700), ==, 0); /* the file cannot have that name */
  g_assert_cmpint (export(&d, FALSE, 7, &folder), ==, -1);
  g_assert_error (folder, CR_ERROR, CR_ERROR_IO);
  g_rmdir (d.path);
  g_assert_cmpuint (files_in (d.base.base), ==, before);
  g_assert_cmpint (export(&d, FALSE, 7, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (files_in (d.base.base), ==, before + 1);
  g_assert_true (g_file_get_contents (stranger, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a stranger's");
  tear_down (&d);
}

static void
test_with_names (void)
{
  Desk d;
  g_autoptr (GError) error = NULL, nowhere = NULL;
  g_autofree char *text = NULL;
  set_up (&d, "okafor");
  g_assert_cmpint (export(&d, TRUE, 0, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (d.path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "GARCIA"));
  g_free (d.path);
  d.path = g_strdup ("/nonexistent/book.ics"); /* no file: no entry */
  g_assert_cmpint (export(&d, TRUE, 0, &nowhere), ==, -1);
  g_assert_nonnull (nowhere);
  g_assert_cmpstr (
      nowhere->message, ==,
      "/nonexistent/book.ics could not be written: No such file or directory. Choose another folder.");
  g_assert_cmpuint (exports (&d), ==, 1);
  tear_down (&d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-export/without-names", test_without_names);
  g_test_add_func ("/calendar-export/stranger", test_stranger);
  g_test_add_func ("/calendar-export/with-names", test_with_names);
  return g_test_run ();
}
