/* Signals in the middle, an output that takes nothing, and texts that would play with the terminal. */
#include "fixture.h"
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* The shell runs the program ($0) with the common password file ($1) in practice $2. */
static CtlRun *
run_in_shell (const char *script, const char *practice)
{
  return ctl_runv ((char *[]){ (char *)"sh", (char *)"-c", (char *)script, (char *)ctl_program (),
                               (char *)ctl_password_file (), (char *)practice, NULL });
}

static void
assert_whole (const char *practice, const char *login)
{
  g_autoptr (CtlRun) run = ctl_as (login, "verify", practice, NULL);
  ctl_assert_done (run);
}

static void
test_full_output (void)
{
  const char *practice = ctl_demo_copy ("output.practice");
  static const char *const SCRIPTS[] = {
    "\"$0\" find \"$2\" '' -u doctor -p \"$1\" >/dev/full",
    "\"$0\" find \"$2\" '' -u doctor -p \"$1\" --json >/dev/full",
    "\"$0\" chart \"$2\" 004217 -u doctor -p \"$1\" >&-",
    "\"$0\" verify \"$2\" -u admin -p \"$1\" >&-",
  };
  for (guint i = 0; i < G_N_ELEMENTS (SCRIPTS); i++) {
    g_autoptr (CtlRun) run = run_in_shell (SCRIPTS[i], practice);
    ctl_assert_refused (run, 1, "could not be written");
  }
  assert_whole (practice, "admin");
}

/* What is printed never lands in a file of the practice that took the closed descriptor's place. */
static void
test_all_closed (void)
{
  const char *practice = ctl_path ("closed.practice");
  g_autoptr (CtlRun) made =
      run_in_shell ("\"$0\" new \"$2\" --name N --user boss -p \"$1\" --recovery-sheet \"$2.pdf\" --fast-kdf "
                    "<&- >&- 2>&-",
                    practice);
  g_assert_cmpint (made->status, ==, 1); /* its words reached nobody */
  assert_whole (practice, "boss");
}

/* The reader leaves early: nothing happened to the practice. */
static void
test_reader_leaves (void)
{
  const char *practice = ctl_demo_copy ("pipe.practice");
  g_autoptr (CtlRun) run =
      run_in_shell ("\"$0\" chart \"$2\" 004217 -u doctor -p \"$1\" | head -n 1", practice);
  ctl_assert_done (run);
  g_assert_cmpuint (ctl_lines (run->out), ==, 1);
  assert_whole (practice, "admin");
}

/* Starts the program, sends the signal after so many milliseconds; the exit status, −1: it was killed. */
static int
interrupt (const char *const *argv, int number, guint milliseconds)
{
  g_autoptr (GError) error = NULL;
  GPid pid;
  int status;
  g_spawn_async (NULL, (char **)argv, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  g_usleep (milliseconds * 1000);
  kill (pid, number);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

/* Made, or not there at all. */
static void
assert_all_or_nothing (int status, const char *practice, const char *login)
{
  g_assert_cmpint (g_file_test (practice, G_FILE_TEST_EXISTS), ==, status == 0);
  if (status == 0)
    assert_whole (practice, login);
  ctl_remove_folder (practice);
}

static void
test_demo_interrupted (void)
{
  static const int NUMBERS[] = { SIGINT, SIGTERM, SIGHUP };
  const char *practice = ctl_path ("stopped.practice");
  const char *argv[] = { ctl_program (),       "demo",    practice,     "--patients", "2000", "-p",
                         ctl_password_file (), "--thick", "--fast-kdf", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++) {
    int status = interrupt (argv, NUMBERS[i], 300 + 150 * i);
    g_assert_cmpint (status, ==, 1);
    assert_all_or_nothing (status, practice, "admin");
  }
}

static void
test_new_interrupted (void)
{
  const char *practice = ctl_path ("half.practice"), *sheet = ctl_path ("half.pdf");
  const char *argv[] = {
    ctl_program (),     "new", practice, "--name", "N", "--user", "boss", "-p", ctl_password_file (),
    "--recovery-sheet", sheet, NULL
  };
  for (guint i = 0; i < 3; i++) {
    int status = interrupt (argv, SIGTERM, 40 + 200 * i);
    gboolean sheet_is_there = g_file_test (sheet, G_FILE_TEST_EXISTS);
    g_assert_cmpint (sheet_is_there, ==, status == 0);
    assert_all_or_nothing (status, practice, "boss");
    ctl_remove_folder (sheet);
  }
}

/* Whole files are in, the one in work is finished, and the status says that not all were read. */
static void
test_import_interrupted (void)
{
  enum { FILES = 8000 }; /* takes far longer than the signal */
  const char *practice = ctl_demo_copy ("import.practice");
  g_autofree char *file =
      g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "tests", "fixtures", "fhir", "household.json", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *const words[] = {
    ctl_program (), "import", practice, "-u", "admin", "-p", ctl_password_file ()
  };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_add (argv, (gpointer)words[i]);
  for (guint i = 0; i < FILES; i++)
    g_ptr_array_add (argv, file);
  g_ptr_array_add (argv, NULL);
  g_assert_cmpint (interrupt ((const char *const *)argv->pdata, SIGTERM, 250), ==, 1);
  assert_whole (practice, "admin");
}

static void
test_control_characters (void)
{
  const char *practice = ctl_demo_copy ("control.practice");
  const char *file = ctl_write (
      "control.json", "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
                      "{\"resourceType\":\"Patient\",\"id\":\"c\",\"name\":[{\"family\":"
                      "\"Inv\\u001b[31ment\\u009b\",\"given\":[\"two\\nlines\\u202e\"]}],"
                      "\"gender\":\"female\",\"birthDate\":\"1970-01-02\"}}]}");
  g_autoptr (CtlRun) in = ctl_as ("admin", "import", practice, file, NULL);
  g_autoptr (CtlRun) found = ctl_as ("doctor", "find", practice, "", NULL);
  g_autoptr (CtlRun) missing = ctl_as ("admin", "import", practice, "no\n\x1b[2Jthing.json", NULL);
  g_assert_cmpint (in->status, ==, 0);
  ctl_assert_has (in->err, "cannot be printed");
  ctl_assert_done (found);
  ctl_assert_has (found->out, "two lines");
  ctl_assert_lacks (found->out, "\x1b");
  ctl_assert_lacks (found->out, "\xc2\x9b");
  ctl_assert_lacks (found->out, "\xe2\x80\xae");
  ctl_assert_refused (missing, 1, "thing.json");
  ctl_assert_lacks (missing->err, "\x1b");
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/outside/full-output", test_full_output);
  g_test_add_func ("/ctl/outside/all-closed", test_all_closed);
  g_test_add_func ("/ctl/outside/reader-leaves", test_reader_leaves);
  g_test_add_func ("/ctl/outside/demo-interrupted", test_demo_interrupted);
  g_test_add_func ("/ctl/outside/new-interrupted", test_new_interrupted);
  g_test_add_func ("/ctl/outside/import-interrupted", test_import_interrupted);
  g_test_add_func ("/ctl/outside/control-characters", test_control_characters);
  return ctl_end ();
}
