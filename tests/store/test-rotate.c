/* New keys: nothing is lost, everybody signs in again, and what cannot be done changes nothing. */
#include "rotate-fixture.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define KNOWN_CODE "TR0FP-Y4TQK-KFFG5-4HMAA-ST04N-080G2-1020V-40FYH"

/* ---- what comes along ---- */

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .actions = { "rotation" }, .limit = 10 };
  GPtrArray **list = data;
  gint64 entries = 0;
  *list = cr_audit_list (tx, &query, error);
  return *list != NULL && cr_audit_verify (tx, &entries, error) && entries > 5;
}

static void
test_whole (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (CrDocument) old = rotate_add_document (f, "a letter from before");
  g_autoptr (GPtrArray) list = NULL;
  g_auto (GStrv) former = NULL, logins = NULL;
  rotate_add_patient (f);
  fixture_run (f, rotate_add_nurse_job, NULL);
  g_autoptr (CrVault) vault = cr_vault_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, NULL);
  g_assert_true (cr_vault_add_person (vault, "ghost", "a slot of nobody at all", CR_KDF_TEST, NULL));
  rotate_well (f, &rotated);
  g_assert_cmpuint (rotated.epoch, ==, 2);
  g_assert_false (rotated.began_again);
  g_assert_cmpstr (rotated.left_over, ==, "practice.db");
  g_assert_null (cr_store_warning (f->store));
  g_assert_cmpint (rotate_count_patients (f), ==, 1);
  rotate_assert_document (f, old);
  g_autoptr (CrDocument) fresh = rotate_add_document (f, "a letter from after");
  rotate_assert_document (f, fresh);
  rotate_add_patient (f);
  rotate_assert_sound (f);
  fixture_run (f, audit_job, &list);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((CrAuditEntry *)list->pdata[0])->detail, ==, "epoch 1 to 2: " REASON);
  g_assert_nonnull (((CrAuditEntry *)list->pdata[0])->person);
  former = cr_store_left_over (f->store);
  g_assert_cmpuint (g_strv_length (former), ==, 1);
  g_assert_cmpstr (former[0], ==, "practice.db");
  logins = cr_store_login_names (f->folder, NULL);
  g_assert_false (g_strv_contains ((const char *const *)logins, "ghost"));
  g_assert_true (g_strv_contains ((const char *const *)logins, "nurse"));
}

/* The nurse signs in only after both; the chain holds over three epochs. */
static void
test_twice (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) one = { 0 }, two = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrStoreUser) nurse = NULL;
  fixture_run (f, rotate_add_nurse_job, NULL);
  g_autoptr (CrDocument) first = rotate_add_document (f, "a letter of the first epoch");
  rotate_well (f, &one);
  g_autoptr (CrDocument) second = rotate_add_document (f, "a letter of the second epoch");
  rotate_well (f, &two);
  g_assert_cmpuint (two.epoch, ==, 3);
  g_assert_cmpstr (two.left_over, ==, "practice-2.db");
  g_autoptr (CrStore) store =
      cr_store_open (f->folder, "nurse", NURSE_PASSWORD, f->clock, "test", &nurse, &error);
  g_assert_no_error (error);
  cr_store_close (store);
  rotate_assert_document (f, first);
  rotate_assert_document (f, second);
  rotate_assert_sound (f);
}

static void
assert_opens_nothing (Fixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (cr_store_recover (f->folder, code, FIXTURE_LOGIN, "a phrase for nothing at all", TRUE,
                                    f->clock, "test", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
}

static gboolean
sheets_job (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .actions = { "new-recovery-sheet" }, .limit = 10 };
  return (*(GPtrArray **)data = cr_audit_list (tx, &query, error)) != NULL;
}

static void
test_recovery_code (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  run_init (&run, f);
  g_assert_true (rotate_try (&run, &rotated, &error));
  fixture_close (f);
  g_assert_true (cr_store_recover (f->folder, run.code, FIXTURE_LOGIN, "a phrase from the new sheet", TRUE,
                                   f->clock, "test", &error));
  g_assert_no_error (error);
  f->store = cr_store_open (f->folder, FIXTURE_LOGIN, "a phrase from the new sheet", f->clock, "test",
                            &f->user, &error);
  g_assert_no_error (error);
  rotate_assert_sound (f);
}

/* The same keys, another sheet: nobody signs in again. */
static void
test_new_sheet (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  char *first = cr_store_new_code (NULL), *second = cr_store_new_code (NULL);
  g_assert_true (cr_store_replace_recovery (f->store, f->user, first, REASON, &error));
  g_assert_true (cr_store_replace_recovery (f->store, f->user, second, REASON, &error));
  g_assert_no_error (error);
  rotate_add_patient (f);
  fixture_run (f, sheets_job, &list);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((CrAuditEntry *)list->pdata[0])->detail, ==, REASON);
  fixture_close (f);
  assert_opens_nothing (f, first);
  g_assert_true (
      cr_store_recover (f->folder, second, FIXTURE_LOGIN, FIXTURE_PASSWORD, TRUE, f->clock, "test", &error));
  g_assert_no_error (error);
  cr_store_secret_free (first);
  cr_store_secret_free (second);
}

/* ---- other programs ---- */

static void
told_cb (const CrChange *changes, guint n, gpointer data)
{
  for (guint i = 0; i < n; i++)
    *(gboolean *)data = *(gboolean *)data || g_str_equal (changes[i].kind, CR_CHANGE_KEYS);
}

static void
test_open_elsewhere (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (CrRotated) rotated = { 0 };
  CrStoreUser *user = NULL;
  CrStore *beside = fixture_open_beside (f, &user);
  g_autoptr (GError) error = NULL;
  gboolean told = FALSE;
  gint64 count = 0;
  cr_store_watch (beside, told_cb, &told, NULL);
  rotate_well (f, &rotated);
  g_assert_false (cr_store_run (beside, user, rotate_add_nurse_job, NULL, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_KEYS_CHANGED);
  g_assert_cmpstr (error->message, ==, "The keys of this practice were changed. Sign in again.");
  g_clear_error (&error);
  g_assert_false (cr_store_run (beside, user, rotate_count_job, &count, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_KEYS_CHANGED);
  fixture_wait (&told);
  cr_store_user_unref (user);
  cr_store_close (beside);
  cr_store_unref (beside);
  g_assert_cmpint (fixture_number (f, "SELECT count (*) FROM person WHERE login = 'nurse'"), ==, 0);
  rotate_assert_sound (f);
}

/* A new password of somebody is no reason to sign in again. */
static gboolean
set_password_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrPerson) nurse = cr_person_by_login (tx, "nurse", error);
  return nurse != NULL && cr_person_set_password (tx, nurse, "a third invented phrase", error);
}

static void
test_password_elsewhere (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  CrStoreUser *user = NULL;
  CrStore *beside = fixture_open_beside (f, &user);
  g_autoptr (GError) error = NULL;
  gint64 count = 0;
  fixture_run (f, rotate_add_nurse_job, NULL);
  fixture_run (f, set_password_job, NULL);
  g_assert_true (cr_store_run (beside, user, rotate_count_job, &count, &error));
  g_assert_no_error (error);
  cr_store_user_unref (user);
  cr_store_close (beside);
  cr_store_unref (beside);
}

static void
write_at_verify (Run *run, const char *step)
{
  if (g_str_equal (step, "verify") && run->n_writes++ < 2)
    rotate_add_patient (run->practice);
}

/* Whatever is written while the copy is made is in the new database. */
static void
test_written_meanwhile (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  run_init (&run, f);
  run.at = write_at_verify;
  rotate_try (&run, &rotated, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (run.steps->str, ==, " copy verify lock copy verify lock last entry keys done");
  fixture_reopen (f);
  g_assert_cmpint (rotate_count_patients (f), ==, 2);
  rotate_assert_sound (f);
}

/* Another program writes for longer than a job would wait. */
typedef struct {
  Run run; /* first */
  CrVault *vault;
  CrDb *db;
  guint asked;
} Busy;

static void
write_long (Run *run, const char *step)
{
  Busy *busy = (Busy *)run;
  if (!g_str_equal (step, "lock"))
    return;
  if (busy->asked++ == 0)
    g_assert_true (cr_db_begin (busy->db, NULL));
  else
    cr_db_rollback (busy->db);
}

static void
test_busy (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Busy busy = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  run_init (&busy.run, f);
  busy.run.at = write_long;
  busy.vault = cr_vault_open (f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  busy.db = cr_db_open (busy.vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  rotate_try (&busy.run, &rotated, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (busy.asked, ==, 2);
  cr_db_close (busy.db);
  cr_vault_unref (busy.vault);
  run_clear (&busy.run);
}

static void
rotate_beside (Run *run, const char *step)
{
  g_auto (CrRotated) rotated = { 0 };
  g_auto (Run) other = { 0 };
  g_autoptr (GError) error = NULL;
  if (!g_str_equal (step, "verify"))
    return;
  run_init (&other, run->practice);
  g_assert_false (rotate_try (&other, &rotated, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_LOCKED);
  run->n_writes++;
}

static void
test_two_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  run_init (&run, f);
  run.at = rotate_beside;
  g_assert_true (rotate_try (&run, &rotated, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (run.n_writes, >=, 1);
}

/* ---- what keeps it from being done ---- */

static void
test_not_allowed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  CrRotation blank = { .reason = " \t", .code = KNOWN_CODE }, good = { .reason = REASON, .code = KNOWN_CODE };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) no_reason = NULL, error = NULL;
  fixture_run (f, rotate_add_nurse_job, NULL);
  g_assert_false (cr_store_rotate (f->store, f->user, &blank, &rotated, &no_reason));
  g_assert_error (no_reason, CR_ERROR, CR_ERROR_INVALID);
  g_autoptr (CrStoreUser) nurse = cr_store_sign_in (f->store, "nurse", NURSE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_false (cr_store_rotate (f->store, nurse, &good, &rotated, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_false (rotate_is_there (f, "practice-2.db") || rotate_is_there (f, "practice-2.db.new"));
  g_clear_error (&error);
  g_assert_false (cr_store_replace_recovery (f->store, nurse, KNOWN_CODE, REASON, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (cr_store_replace_recovery (f->store, f->user, KNOWN_CODE, "", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  assert_opens_nothing (f, KNOWN_CODE);
}

static void
test_cancel (void)
{
  static const char *const STEPS[] = { "copy", "verify", "lock", "entry", "keys" };
  g_autoptr (Fixture) f = fixture_new ();
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_auto (Run) run = { 0 };
    g_auto (CrRotated) rotated = { 0 };
    g_autoptr (GError) error = NULL;
    run_init (&run, f);
    run.stop_at = STEPS[i];
    g_assert_false (rotate_try (&run, &rotated, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
    g_assert_false (rotate_is_there (f, "practice-2.db.new"));
    g_assert_false (rotate_is_there (f, "practice-2.db.new-wal"));
    rotate_add_patient (f); /* work goes on */
    if (i == G_N_ELEMENTS (STEPS) - 1)
      assert_opens_nothing (f, run.code);
  }
  rotate_assert_sound (f);
  g_assert_cmpint (rotate_count_patients (f), ==, G_N_ELEMENTS (STEPS));
}

static void
test_no_code (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  CrRotation rotation = { .reason = REASON, .code = "7K3QD-" };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_false (cr_store_rotate (f->store, f->user, &rotation, &rotated, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_false (rotate_is_there (f, "practice-2.db") || rotate_is_there (f, "practice-2.db.new"));
  fixture_reopen (f);
  g_assert_null (cr_store_warning (f->store));
  rotate_assert_sound (f);
}

/* The very last write: practice.keys cannot be replaced. */
static void
test_keys_not_written (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Run) run = { 0 };
  g_auto (CrRotated) rotated = { 0 };
  g_autofree char *in_the_way = g_build_filename (f->folder, "practice.keys.new", NULL);
  g_autoptr (GError) error = NULL;
  run_init (&run, f);
  g_assert_cmpint (g_mkdir (in_the_way, 0700), ==, 0);
  g_assert_false (rotate_try (&run, &rotated, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_IO);
  g_assert_cmpint (g_rmdir (in_the_way), ==, 0);
  g_assert_false (rotate_is_there (f, "practice-2.db") || rotate_is_there (f, "practice-2.db.new"));
  rotate_add_patient (f);
  fixture_reopen (f);
  g_assert_null (cr_store_warning (f->store));
  rotate_assert_sound (f);
}

/* Files may grow to this size only, as on a disk that is full. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes == 0 ? limit.rlim_max : bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_no_room (void)
{
  static const rlim_t ROOM[] = { 4096, 65536, 200000, 400000 };
  g_autoptr (Fixture) f = fixture_new ();
  signal (SIGXFSZ, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS (ROOM); i++) {
    g_auto (Run) run = { 0 };
    g_auto (CrRotated) rotated = { 0 };
    g_autoptr (GError) error = NULL;
    run_init (&run, f);
    limit_files (ROOM[i]);
    gboolean done = rotate_try (&run, &rotated, &error);
    limit_files (0);
    g_assert_false (done);
    g_assert_nonnull (error);
    g_assert_false (rotate_is_there (f, "practice-2.db") || rotate_is_there (f, "practice-2.db.new"));
    rotate_add_patient (f);
  }
  rotate_assert_sound (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rotate/whole", test_whole);
  g_test_add_func ("/store/rotate/twice", test_twice);
  g_test_add_func ("/store/rotate/recovery-code", test_recovery_code);
  g_test_add_func ("/store/rotate/new-sheet", test_new_sheet);
  g_test_add_func ("/store/rotate/open-elsewhere", test_open_elsewhere);
  g_test_add_func ("/store/rotate/password-elsewhere", test_password_elsewhere);
  g_test_add_func ("/store/rotate/written-meanwhile", test_written_meanwhile);
  g_test_add_func ("/store/rotate/busy", test_busy);
  g_test_add_func ("/store/rotate/two-at-once", test_two_at_once);
  g_test_add_func ("/store/rotate/not-allowed", test_not_allowed);
  g_test_add_func ("/store/rotate/cancel", test_cancel);
  g_test_add_func ("/store/rotate/no-code", test_no_code);
  g_test_add_func ("/store/rotate/keys-not-written", test_keys_not_written);
  g_test_add_func ("/store/rotate/no-room", test_no_room);
  return g_test_run ();
}
