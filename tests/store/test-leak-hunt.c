/* Known words, and the raw keys, are looked for in every file that any path writes, while it is written and
 * afterwards: saving, checkpoint, a log and a journal left by a kill, VACUUM, backup, proof, restore, sealed
 * copy, new keys, a new form, salvage, what a kill left half made, what chartroomctl does, a core file.
 * usage: test-leak-hunt CHARTROOMCTL
 *
 * What is given to a printer or into a file at somebody's wish is meant to be readable; that nothing of it
 * stays beside it is tested in ui/test-spool.c and ui/test-quiet.c, with the real print window. */
#include "../../src/vault/vault-private.h"
#include "leak-fixture.h"
#include "schema.h"
#include "store-private.h"
#include "chartroom/store/doctor.h"
#include "chartroom/vault/page-cipher.h"
#include "chartroom/vault/sealed-copy.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROLE_LOG "log"
#define ROLE_JOURNAL "journal"
#define ROLE_CORE "core"
#define ROLE_HARD_CORE "hard-core"

/* Sanitized programs are not hardened, for the leak check's sake, and lock no memory. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED TRUE
#else
#define SANITIZED FALSE
#endif

static const char *program; /* chartroomctl */

/* A progress: of backup, proof, restore, salvage, new keys. */
static gboolean
hunt_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  hunt_now (data, what);
  return TRUE;
}

/* What it looks for, planted: in a file, in one that is deleted but open, and where the folders are shared.
 */
static void
expect_awake (Hunt *hunt)
{
  g_autofree char *path = g_build_filename (leak_beside, "practice-8.db", NULL);
  LeakFiles files;
  leak_files_init (&files, hunt->search);
  g_assert_true (g_file_set_contents (path, hunt->words.note, -1, NULL));
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);
  leak_files_walk (&files, leak_scratch);
  g_assert_cmpuint (files.hits, ==, 1);
  leak_files_walk_shared (&files, hunt->own, leak_beside, hunt->since);
  g_assert_cmpuint (files.hits, ==, 2);
  g_assert_cmpint (g_remove (path), ==, 0);
  leak_files_walk_open (&files);
  g_assert_cmpuint (files.hits, ==, 3);
  g_assert_nonnull (strstr (files.finding, "practice-8.db shows the note"));
  g_assert_true (g_close (fd, NULL));
  leak_files_clear (&files);
}

/* ---- saving ---- */

/* Behind the store's back, with the right key. */
static CrDb *
open_behind (Hunt *hunt, CrVault **vault)
{
  g_autoptr (GError) error = NULL;
  *vault = cr_vault_open (hunt->f->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  CrDb *db = cr_db_open (*vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  return db;
}

static void
hunt_saving (Hunt *hunt)
{
  g_autoptr (CrVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  hunt_now (hunt, "with the log");
  fixture_run (hunt->f, rotate_add_nurse_job, NULL);
  g_assert_true (cr_store_set_pin (hunt->f->store, hunt->f->user, LEAK_PIN, &error));
  g_assert_no_error (error);
  hunt_now (hunt, "after a person and a PIN");
  CrDb *db = open_behind (hunt, &vault);
  g_assert_true (cr_db_checkpoint (db, NULL));
  cr_db_close (db);
  hunt_now (hunt, "after a checkpoint");
  fixture_close (hunt->f);
  hunt_now (hunt, "closed");
  fixture_reopen (hunt->f);
}

/* A copy goes through the same cipher, or is not made. */
static void
hunt_vacuum (Hunt *hunt)
{
  g_autofree char *into = g_strdup_printf ("VACUUM INTO '%s/practice-9.db'; SELECT 1", leak_beside);
  g_autofree char *made = g_build_filename (leak_beside, "practice-9.db", NULL);
  g_autoptr (CrVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  CrDb *db = open_behind (hunt, &vault);
  g_assert_true (cr_db_exec (db, "PRAGMA cache_spill=ON; PRAGMA cache_size=5; VACUUM", &error));
  hunt_now (hunt, "after VACUUM");
  gboolean copied = cr_db_exec (db, into, &error);
  g_test_message ("VACUUM INTO: %s", copied ? "sealed" : error->message);
  hunt_now (hunt, "after VACUUM INTO");
  g_assert_true (cr_db_exec (
      db,
      "PRAGMA temp_store=FILE; PRAGMA temp.cache_size=5; CREATE TEMP TABLE copied AS SELECT text, "
      "randomblob(3000) AS b FROM document, (SELECT * FROM audit LIMIT 200)",
      NULL));
  hunt_now (hunt, "with a temporary table");
  cr_db_close (db);
  g_remove (made);
}

/* ---- programs that are killed ---- */

/* This program once more, on that folder; its status. */
static int
run_role (const char *folder, const char *role, const char *extra)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { self, program, role, folder, extra, NULL };
  int status = 0;
  g_assert_true (g_spawn_sync (leak_scratch, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                               &status, NULL));
  return status;
}

static void
die_with_log (Hunt *child)
{
  hunt_add_patient (child, 2);
  raise (SIGKILL);
}

static void
die_with_journal (Hunt *child)
{
  g_autoptr (CrVault) vault = NULL;
  fixture_close (child->f);
  CrDb *db = open_behind (child, &vault);
  g_assert_true (cr_db_exec (
      db,
      "PRAGMA journal_mode=DELETE; PRAGMA cache_spill=ON; PRAGMA cache_size=5; BEGIN; UPDATE patient SET "
      "family = family || 'x'; UPDATE note SET subjective = subjective || 'y'; UPDATE document SET text = "
      "text || hex(zeroblob(30000)); DELETE FROM history WHERE seq > 3",
      NULL));
  raise (SIGKILL);
}

static void
hunt_kills (Hunt *hunt)
{
  static const char *const ROLES[] = { ROLE_LOG, ROLE_JOURNAL };
  fixture_close (hunt->f);
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++) {
    int status = run_role (hunt->f->folder, ROLES[i], NULL);
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
    hunt_now (hunt, ROLES[i]);
    fixture_reopen (hunt->f);
    rotate_assert_sound (hunt->f);
    hunt_now (hunt, "opened after a kill");
    fixture_close (hunt->f);
  }
  fixture_reopen (hunt->f);
}

/* ---- backups and copies ---- */

static CrBackup *
back_up (Fixture *f, CrBackupProgress progress, gpointer data)
{
  CrBackupOptions options = { leak_beside, FALSE, progress, data };
  g_autoptr (GError) error = NULL;
  CrBackup *backup = cr_store_backup (f->store, f->user, &options, &error);
  g_assert_no_error (error);
  return backup;
}

static void
prove (Hunt *hunt, const CrBackup *backup)
{
  CrBackupOptions options = { leak_beside, FALSE, hunt_cb, hunt };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  cr_store_prove (hunt->f->store, hunt->f->user, backup, &options, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static gboolean
restore (CrClock *clock, const char *file, const char *to, CrBackupProgress progress, gpointer data)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  CrBackupRestore options = { .file = file,
                              .folder = to,
                              .login = FIXTURE_LOGIN,
                              .password = FIXTURE_PASSWORD,
                              .progress = progress,
                              .data = data };
  return cr_backup_restore (&options, clock, "test", findings, NULL);
}

static void
hunt_backups (Hunt *hunt)
{
  g_autofree char *to = g_build_filename (leak_beside, "restored.practice", NULL);
  g_autoptr (CrBackup) full = back_up (hunt->f, hunt_cb, hunt);
  hunt_now (hunt, "after a backup");
  prove (hunt, full);
  hunt_add_patient (hunt, 3);
  g_autoptr (CrBackup) incremental = back_up (hunt->f, hunt_cb, hunt);
  g_autofree char *file = g_build_filename (leak_beside, incremental->file, NULL);
  g_assert_cmpint (incremental->kind, ==, CR_BACKUP_INCREMENTAL);
  g_assert_true (restore (hunt->f->clock, file, to, hunt_cb, hunt));
  hunt_now (hunt, "after a restore");
  rotate_remove_all (to);
}

static void
hunt_copy (Hunt *hunt)
{
  g_auto (CrSealedCopy) copy = { 0 };
  g_autoptr (GError) error = NULL;
  cr_sealed_copy_take (hunt->f->folder, leak_beside, "20261129-0230", &copy, &error);
  g_assert_no_error (error);
  hunt_now (hunt, "after a sealed copy");
  rotate_remove_all (copy.folder);
}

/* ---- new keys, a new form, salvage ---- */

typedef struct {
  Run run; /* first */
  Hunt *hunt;
} HuntingRun;

static void
hunt_step (Run *run, const char *step)
{
  hunt_now (((HuntingRun *)run)->hunt, step);
}

static void
hunt_rotation (Hunt *hunt)
{
  HuntingRun rotating = { .hunt = hunt };
  g_auto (CrRotated) rotated = { 0 };
  g_autoptr (GError) error = NULL;
  run_init (&rotating.run, hunt->f);
  rotating.run.at = hunt_step;
  rotate_try (&rotating.run, &rotated, &error);
  g_assert_no_error (error);
  hunt_add_code (hunt, rotating.run.code);
  hunt_add_keys (hunt, hunt->f->folder);
  hunt_now (hunt, "after new keys, both known");
  fixture_reopen (hunt->f);
  hunt_add_patient (hunt, 4);
  hunt_now (hunt, "written with the new keys");
  g_autoptr (CrBackup) backup = back_up (hunt->f, hunt_cb, hunt);
  prove (hunt, backup);
  hunt_now (hunt, "without the former database");
  run_clear (&rotating.run);
}

/* A practice that an earlier program made; a step that is invented brings it to a new form. */
static void
hunt_migration (Hunt *hunt)
{
  static const CrSchemaStep LATER = {
    999, "CREATE TABLE later (word TEXT) STRICT; INSERT INTO later SELECT family FROM patient; "
         "UPDATE patient SET given = family"
  };
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "fixtures", "schema", "1", NULL);
  g_autofree char *folder = g_build_filename (leak_beside, "kept.practice", NULL);
  g_autoptr (GArray) steps = g_array_new (TRUE, TRUE, sizeof (CrSchemaStep));
  g_autoptr (GError) error = NULL;
  for (guint i = 0; CR_SCHEMA_STEPS[i].sql != NULL; i++)
    g_array_append_val (steps, CR_SCHEMA_STEPS[i]);
  g_array_append_val (steps, LATER);
  rotate_copy_all (kept, folder);
  leak_search_add_text (hunt->search, "the kept patient", "García-Invented");
  leak_search_add_text (hunt->search, "the kept letter", "an invented letter of that version");
  hunt_add_keys (hunt, folder);
  fixture_leave (fixture_in_child (folder));
  hunt_now (hunt, "with the practice that was kept");
  g_autoptr (CrVault) vault = cr_vault_open (folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  CrDb *db = cr_db_open (vault, CR_DB_OPEN, &error);
  g_assert_true (cr_schema_migrate (db, (const CrSchemaStep *)(gpointer)steps->data, folder, &error));
  hunt_now (hunt, "after a new form");
  cr_db_close (db);
  hunt_now (hunt, "after a new form, closed");
  rotate_remove_all (folder);
}

static void
damage (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "practice-2.db", NULL);
  FILE *stream = g_fopen (path, "r+b");
  g_assert_nonnull (stream);
  g_assert_cmpint (fseek (stream, 20 * 4096 + 77, SEEK_SET), ==, 0);
  g_assert_cmpint (fputc (0x5a, stream), !=, EOF);
  g_assert_cmpint (fclose (stream), ==, 0);
}

/* First it only looks, in a temporary folder; then it makes a new practice. */
static void
hunt_salvage (Hunt *hunt)
{
  g_autofree char *to = g_build_filename (leak_beside, "saved.practice", NULL);
  g_autofree char *broken = g_build_filename (leak_beside, "broken.practice", NULL);
  const char *const TO[] = { NULL, to };
  fixture_close (hunt->f);
  rotate_copy_all (hunt->f->folder, broken);
  damage (broken);
  for (guint i = 0; i < G_N_ELEMENTS (TO); i++) {
    CrDoctorOptions options = { .folder = broken,
                                .login = FIXTURE_LOGIN,
                                .password = FIXTURE_PASSWORD,
                                .salvage_to = TO[i],
                                .progress = hunt_cb,
                                .data = hunt };
    g_autoptr (CrDoctorReport) report = cr_doctor_report_new ();
    g_autoptr (GError) error = NULL;
    cr_doctor (&options, hunt->f->clock, "test", report, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (report->wrong->len, >, 0);
    hunt_now (hunt, TO[i] == NULL ? "after the doctor" : "after a salvage");
  }
  rotate_remove_all (to);
  rotate_remove_all (broken);
  fixture_reopen (hunt->f);
}

/* ---- killed half-way ---- */

static int calls_left;

static gboolean
die_cb (const char *what, gint64 done, gint64 all, gpointer data)
{
  if (--calls_left == 0)
    raise (SIGKILL);
  return TRUE;
}

static void
die_at (Run *run, const char *step)
{
  die_cb (step, 0, 0, NULL);
}

static char *
newest_backup (void)
{
  g_autoptr (GDir) dir = g_dir_open (leak_beside, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".chartroom-backup"))
      return g_build_filename (leak_beside, name, NULL);
  g_assert_not_reached ();
}

static void
work_until_killed (Fixture *f, const char *work)
{
  g_autofree char *to = g_build_filename (leak_beside, "restored.practice", NULL);
  if (g_str_equal (work, "backup")) {
    cr_backup_free (back_up (f, die_cb, NULL));
  } else if (g_str_equal (work, "restore")) {
    g_autofree char *file = newest_backup ();
    restore (f->clock, file, to, die_cb, NULL);
  } else {
    Run run;
    g_auto (CrRotated) rotated = { 0 };
    run_init (&run, f);
    run.at = die_at;
    rotate_try (&run, &rotated, NULL);
    run_clear (&run);
  }
}

/* "backup 2": killed at the second sign of progress. */
static void
hunt_half_made (Hunt *hunt)
{
  static const char *const WORKS[] = { "backup", "restore", "rotate" };
  guint killed = 0;
  fixture_close (hunt->f);
  for (guint i = 0; i < G_N_ELEMENTS (WORKS); i++)
    for (int n = 1;; n++) {
      g_autofree char *at = g_strdup_printf ("%d", n);
      int status = run_role (hunt->f->folder, WORKS[i], at);
      hunt_now (hunt, WORKS[i]);
      if (!WIFSIGNALED (status))
        break;
      killed++;
    }
  g_test_message ("%u kills half-way", killed);
  g_assert_cmpuint (killed, >, 8);
  hunt_add_keys (hunt, hunt->f->folder);
  hunt_now (hunt, "with the keys of the last change");
  fixture_reopen (hunt->f);
  rotate_assert_sound (hunt->f);
}

/* ---- chartroomctl ---- */

static void
run_ctl (Hunt *hunt, const char *command, const char *option, const char *value)
{
  g_autofree char *password = g_build_filename (leak_given, "password", NULL);
  const char *argv[] = { program,           command,  hunt->f->folder, "--user", FIXTURE_LOGIN,
                         "--password-file", password, option,          value,    NULL };
  g_autofree char *output = NULL, *said = NULL;
  int status = 0;
  g_assert_true (g_spawn_sync (leak_scratch, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &said,
                               &status, NULL));
  if (status != 0)
    g_error ("chartroomctl %s: %s%s", command, output, said);
  hunt_now (hunt, command);
}

/* Somebody whose day can be printed. */
static gboolean
give_column_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) people = cr_person_list (tx, error);
  g_assert_true (people != NULL && people->len > 0);
  ((CrPerson *)people->pdata[0])->schedulable = TRUE;
  return cr_tx_save (tx, &CR_PERSON, people->pdata[0], error);
}

/* What is written at somebody's wish lies elsewhere, and can be read. */
static void
hunt_ctl (Hunt *hunt)
{
  g_autofree char *password = g_build_filename (leak_given, "password", NULL);
  g_autofree char *audit = g_build_filename (leak_given, "audit.csv", NULL);
  g_autofree char *sheet = g_build_filename (leak_given, "sheet.pdf", NULL), *content = NULL;
  g_assert_true (
      g_file_set_contents_full (password, FIXTURE_PASSWORD "\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  fixture_run (hunt->f, give_column_job, NULL);
  fixture_close (hunt->f);
  run_ctl (hunt, "audit", "--out", audit);
  run_ctl (hunt, "daysheet", "--out", sheet);
  run_ctl (hunt, "verify", NULL, NULL);
  run_ctl (hunt, "doctor", NULL, NULL);
  run_ctl (hunt, "backup", leak_beside, NULL);
  g_assert_true (g_file_get_contents (audit, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, hunt->words.reason));
  fixture_reopen (hunt->f);
}

/* ---- memory ---- */

/* The flags of the memory that holds that address, " rd wr mr dd lo". */
static char *
flags_of (gconstpointer address)
{
  g_autofree char *maps = NULL;
  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (maps, "\n", -1);
  gboolean here = FALSE;
  for (guint i = 0; lines[i] != NULL; i++) {
    guintptr from, to;
    if (sscanf (lines[i], "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x ", &from, &to) == 2)
      here = (guintptr)address >= from && (guintptr)address < to;
    else if (here && g_str_has_prefix (lines[i], "VmFlags:"))
      return g_strdup (lines[i] + strlen ("VmFlags:"));
  }
  g_assert_not_reached ();
}

/* Neither dumped nor, where a person may lock memory at all, swapped out. */
static void
expect_locked (const char *what, gconstpointer address)
{
  struct rlimit limit = { 0, 0 };
  g_autofree char *flags = flags_of (address), *usual = flags_of (leak_scratch);
  g_assert_null (strstr (usual, " dd")); /* not so everywhere */
  getrlimit (RLIMIT_MEMLOCK, &limit);
  gboolean lockable = limit.rlim_cur >= 1 << 20 && !SANITIZED;
  if (strstr (flags, " dd") == NULL || (lockable && strstr (flags, " lo") == NULL))
    g_error ("%s lies in memory that could be dumped or swapped out: %s", what, flags);
}

static void
hunt_memory (Hunt *hunt)
{
  CrVault *vault = hunt->f->user->vault;
  const CrPageKeys *pages = cr_page_keys_acquire (cr_vault_page_key_handle (vault));
  char *secret = cr_secret_new (FIXTURE_PASSWORD);
  expect_locked ("the practice key", vault->epochs);
  expect_locked ("the person's key", vault->person);
  expect_locked ("the page key", pages);
  expect_locked ("a password", secret);
  cr_secret_free (secret);
  cr_page_keys_release (pages);
}

static void
allow_core (void)
{
  const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
  setrlimit (RLIMIT_CORE, &all);
}

/* "core", "core.1234": what is there is taken away; NULL: none. */
static char *
take_core (gsize *size)
{
  g_autoptr (GDir) dir = g_dir_open (leak_scratch, 0, NULL);
  const char *name;
  char *content = NULL;
  while (content == NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (leak_scratch, name, NULL);
    if (!g_str_has_prefix (name, "core") || !g_file_get_contents (path, &content, size, NULL))
      continue;
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  return content;
}

/* Hardened as the programs are, none is written, even where the limit could be raised again.  Without that
 * one is, and has words, but no key. */
static void
hunt_core (Hunt *hunt)
{
  g_autoptr (LeakSearch) keys = leak_search_new ();
  LeakSearch *all = hunt->search;
  g_autofree char *core = NULL;
  gsize size = 0;
  fixture_close (hunt->f);
  int status = run_role (hunt->f->folder, ROLE_HARD_CORE, NULL);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGABRT);
  g_assert_false (WCOREDUMP (status));
  g_assert_null (take_core (&size));
  status = run_role (hunt->f->folder, ROLE_CORE, NULL);
  core = take_core (&size);
  if (core != NULL) {
    hunt->search = keys;
    hunt_add_keys (hunt, hunt->f->folder);
    hunt->search = all;
    g_test_message ("a core of %zu bytes, written for the test alone", size);
    g_assert_nonnull (leak_search_in (hunt->own, core, size));
    g_assert_cmpstr (leak_search_in (keys, core, size), ==, NULL);
  } else
    g_test_message ("This computer writes no core where the program stood: only that none comes was tested");
  hunt_now (hunt, "after cores");
  fixture_reopen (hunt->f);
}

/* ---- the tests ---- */

static void
expect_nowhere_else (Hunt *hunt)
{
  static const char *const SHARED[] = { "/tmp", "/var/tmp", "/dev/shm" };
  for (guint i = 0; i < G_N_ELEMENTS (SHARED); i++)
    leak_files_walk_shared (&hunt->files, hunt->own, SHARED[i], hunt->since);
  if (hunt->files.finding != NULL)
    g_error ("elsewhere: %s", hunt->files.finding);
}

static void
test_hunt (void)
{
  Hunt hunt;
  hunt_init (&hunt);
  expect_awake (&hunt);
  hunt_saving (&hunt);
  hunt_vacuum (&hunt);
  hunt_kills (&hunt);
  hunt_backups (&hunt);
  hunt_copy (&hunt);
  hunt_memory (&hunt);
  hunt_rotation (&hunt);
  hunt_migration (&hunt);
  hunt_salvage (&hunt);
  hunt_ctl (&hunt);
  hunt_half_made (&hunt);
  if (!SANITIZED)
    hunt_core (&hunt);
  expect_nowhere_else (&hunt);
  g_autofree char *unmet = leak_files_unmet (&hunt.files);
  g_test_message ("%u files, %" G_GUINT64_FORMAT
                  " bytes, in %u walks; %u markers in %u spellings; %u hits; %u sealed blocks, "
                  "%" G_GUINT64_FORMAT " bytes, chi-square at most %.0f (255 expected)",
                  hunt.files.files, hunt.files.bytes, hunt.files.walks, leak_search_markers (hunt.search),
                  leak_search_spellings (hunt.search), hunt.files.hits, hunt.files.blocks, hunt.files.sealed,
                  hunt.files.worst);
  g_assert_cmpstr (unmet, ==, ""); /* a kind that is never written is never looked at */
  hunt_clear (&hunt);
}

/* ---- the frame ---- */

static int
play_role (const char *role, const char *folder, const char *extra)
{
  Hunt child = { 0 };
  leak_words_init (&child.words);
  if (g_str_equal (role, ROLE_HARD_CORE))
    cr_vault_harden_process ();
  child.f = fixture_in_child (folder);
  if (g_str_equal (role, ROLE_LOG))
    die_with_log (&child);
  if (g_str_equal (role, ROLE_JOURNAL))
    die_with_journal (&child);
  if (g_str_equal (role, ROLE_CORE) || g_str_equal (role, ROLE_HARD_CORE)) {
    allow_core ();
    abort ();
  }
  calls_left = atoi (extra);
  work_until_killed (child.f, role);
  fixture_leave (child.f);
  leak_words_clear (&child.words);
  return 0;
}

int
main (int argc, char **argv)
{
  leak_set_environment ();
  program = argc > 1 ? g_canonicalize_filename (argv[1], NULL) : NULL;
  if (argc > 3 && strchr (argv[1], '/') != NULL && argv[2][0] != '-')
    return play_role (argv[2], argv[3], argv[4]);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_test_add_func ("/leak-hunt/every-path", test_hunt);
  int status = g_test_run ();
  rotate_remove_all (leak_base);
  return status;
}
