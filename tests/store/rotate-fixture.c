#include "rotate-fixture.h"
#include <glib/gstdio.h>
#include <string.h>

void
rotate_remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    rotate_remove_all (inner);
  }
  g_remove (path);
}

void
rotate_copy_all (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;
  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL), *copy = g_build_filename (to, name, NULL);
    g_autofree char *content = NULL;
    gsize length;
    if (g_file_test (source, G_FILE_TEST_IS_DIR)) {
      rotate_copy_all (source, copy);
      continue;
    }
    g_assert_true (g_file_get_contents (source, &content, &length, NULL));
    g_assert_true (
        g_file_set_contents_full (copy, content, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

void
rotate_own_state (void)
{
  g_autofree char *state = g_dir_make_tmp ("chartroom-state-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
}

void
rotate_forget_seen (void)
{
  g_autofree char *seen = g_build_filename (g_getenv ("XDG_STATE_HOME"), "chartroom", "seen", NULL);
  rotate_remove_all (seen);
}

int
rotate_run_tests (void)
{
  int status = g_test_run ();
  rotate_remove_all (g_getenv ("XDG_STATE_HOME"));
  return status;
}

static void
copy_all (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;
  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *a = g_build_filename (from, name, NULL), *b = g_build_filename (to, name, NULL);
    g_autofree char *content = NULL;
    gsize size;
    if (g_file_test (a, G_FILE_TEST_IS_DIR)) {
      copy_all (a, b);
      continue;
    }
    g_assert_true (g_file_get_contents (a, &content, &size, NULL));
    g_assert_true (g_file_set_contents (b, content, (gssize)size, NULL));
  }
}

gboolean
rotate_is_there (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
take_image (Run *run, const char *step)
{
  g_autofree char *name = g_strdup_printf ("%u-%s.practice", run->n_images++, step);
  g_autofree char *image = g_build_filename (run->images, name, NULL);
  copy_all (run->practice->folder, image);
}

static gboolean
progress (const char *step, gint64 done, gint64 all, gpointer data)
{
  Run *run = data;
  if (!g_str_has_suffix (run->steps->str, step))
    g_string_append_printf (run->steps, " %s", step);
  if (run->images != NULL)
    take_image (run, step);
  if (run->at != NULL)
    run->at (run, step);
  return g_strcmp0 (step, run->stop_at) != 0;
}

void
run_init (Run *run, Fixture *practice)
{
  *run = (Run){ .practice = practice, .steps = g_string_new (NULL) };
}

void
run_clear (Run *run)
{
  if (run->steps != NULL)
    g_string_free (run->steps, TRUE);
  cr_store_secret_free (run->code);
  if (run->images != NULL)
    rotate_remove_all (run->images);
  g_free (run->images);
}

gboolean
rotate_try (Run *run, CrRotated *rotated, GError **error)
{
  cr_store_secret_free (run->code);
  run->code = cr_store_new_code (NULL);
  CrRotation rotation = { REASON, run->code, progress, run };
  return cr_store_rotate (run->practice->store, run->practice->user, &rotation, rotated, error);
}

/* Rotates, and signs in again. */
void
rotate_well (Fixture *f, CrRotated *rotated)
{
  g_auto (Run) run = { 0 };
  g_autoptr (GError) error = NULL;
  run_init (&run, f);
  g_assert_true (rotate_try (&run, rotated, &error));
  g_assert_no_error (error);
  fixture_reopen (f);
}

gboolean
rotate_closed (const char *folder, CrClock *clock, GError **error)
{
  Fixture f = { .folder = (char *)folder, .clock = clock };
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  f.store = cr_store_open (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, clock, "test", &f.user, error);
  run_init (&run, &f);
  gboolean done = f.store != NULL && rotate_try (&run, &rotated, error);
  fixture_close (&f);
  return done;
}

void
rotate_assert_sound (Fixture *f)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_assert_true (cr_store_verify (f->store, f->user, findings, &error));
  g_assert_no_error (error);
  if (findings->len > 0)
    g_error ("%s", (char *)findings->pdata[0]);
}

typedef struct {
  CrDocument *document;
  GBytes *content;
} Filed;

static gboolean
file_job (CrTx *tx, gpointer data, GError **error)
{
  Filed *filed = data;
  return cr_document_add (tx, filed->document, filed->content, error);
}

static gboolean
read_job (CrTx *tx, gpointer data, GError **error)
{
  Filed *filed = data;
  filed->content = cr_document_content (tx, filed->document, error);
  return filed->content != NULL;
}

CrDocument *
rotate_add_document (Fixture *f, const char *words)
{
  CrDocument *document = cr_document_new ();
  g_autoptr (GBytes) content = g_bytes_new (words, strlen (words));
  Filed filed = { document, content };
  document->title = g_strdup (words);
  fixture_run (f, file_job, &filed);
  return document;
}

void
rotate_assert_document (Fixture *f, CrDocument *document)
{
  Filed filed = { document, NULL };
  fixture_run (f, read_job, &filed);
  g_assert_cmpmem (g_bytes_get_data (filed.content, NULL), g_bytes_get_size (filed.content), document->title,
                   strlen (document->title));
  g_bytes_unref (filed.content);
}

gboolean
rotate_count_job (CrTx *tx, gpointer data, GError **error)
{
  *(gint64 *)data = cr_patient_count (tx, error);
  return *(gint64 *)data >= 0;
}

gint64
rotate_count_patients (Fixture *f)
{
  gint64 count = 0;
  fixture_run (f, rotate_count_job, &count);
  return count;
}

void
rotate_add_patient (Fixture *f)
{
  cr_patient_free (fixture_patient (f, "Invented", "Somebody", CR_DATE (1980, 1, 2)));
}

gboolean
rotate_add_nurse_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) nurse = cr_person_new ();
  nurse->login = g_strdup ("nurse");
  nurse->family = g_strdup ("Nurse");
  nurse->roles = CR_ROLE_CLINICAL;
  return cr_person_add (tx, nurse, NURSE_PASSWORD, TRUE, error);
}
