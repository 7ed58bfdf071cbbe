#include "fixture.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *program, *folder;
static guint uid;

static void
become_cb (gpointer data)
{
  if (uid != 0 && (setgroups (0, NULL) != 0 || setgid (uid) != 0 || setuid (uid) != 0))
    _exit (99);
}

static void
run_shell (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

void
ctl_init (int *argc, char ***argv)
{
  g_autofree char *data = NULL;
  g_test_init (argc, argv, NULL);
  g_assert_cmpint (*argc, >=, 2);
  program = g_canonicalize_filename ((*argv)[1], NULL);
  folder = g_dir_make_tmp ("ctl-XXXXXX", NULL);
  data = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", NULL);
  g_setenv ("CHARTROOM_DATA_DIR", data, TRUE);
  ctl_remember (FALSE);
  ctl_write ("password", CTL_PASSWORD "\n");
}

int
ctl_end (void)
{
  int status = g_test_run ();
  ctl_remove_folder (folder);
  g_free (folder);
  g_free (program);
  return status;
}

const char *
ctl_path (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_intern_string (path);
}

const char *
ctl_write (const char *name, const char *content)
{
  const char *path = ctl_path (name);
  ctl_overwrite (path, content, strlen (content));
  return path;
}

const char *
ctl_program (void)
{
  return program;
}

const char *
ctl_password_file (void)
{
  return ctl_path ("password");
}

void
ctl_copy_folder (const char *from, const char *to)
{
  run_shell ((const char *const[]){ "cp", "-a", from, to, NULL });
}

void
ctl_remove_folder (const char *path)
{
  run_shell ((const char *const[]){ "rm", "-rf", path, NULL });
}

const char *
ctl_demo_copy (const char *name)
{
  const char *demo = ctl_path ("demo.practice"), *copy = ctl_path (name);
  if (!g_file_test (demo, G_FILE_TEST_EXISTS)) {
    g_autoptr (CtlRun) run = ctl_run ("demo", demo, "--patients", "30", "--seed", "7", "--date", "2026-11-23",
                                      "--password-file", ctl_password_file (), "--fast-kdf", NULL);
    ctl_assert_done (run);
  }
  ctl_copy_folder (demo, copy);
  return copy;
}

char *
ctl_read (const char *path, gsize *length)
{
  char *content;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

void
ctl_overwrite (const char *path, const char *content, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_unlink (path); /* a shorter content does not leave the end of the longer one */
  g_file_set_contents_full (path, content, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

void
ctl_remember (gboolean remember)
{
  g_setenv ("XDG_STATE_HOME", remember ? ctl_path ("state") : "/dev/null/state", TRUE);
}

CtlRun *
ctl_runv (char **argv)
{
  g_autoptr (GError) error = NULL;
  CtlRun *run = g_new0 (CtlRun, 1);
  int status = 0;
  g_spawn_sync (folder, argv, NULL, G_SPAWN_SEARCH_PATH, become_cb, NULL, &run->out, &run->err, &status,
                &error);
  g_assert_no_error (error);
  run->status = WIFEXITED (status) ? WEXITSTATUS (status) : -1;
  return run;
}

static CtlRun *
run_list (const char *command, va_list rest, const char *login)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, program);
  for (const char *word = command; word != NULL; word = va_arg (rest, const char *))
    g_ptr_array_add (argv, (char *)word);
  if (login != NULL) {
    g_ptr_array_add (argv, (char *)"--user");
    g_ptr_array_add (argv, (char *)login);
    g_ptr_array_add (argv, (char *)"--password-file");
    g_ptr_array_add (argv, (char *)ctl_password_file ());
  }
  g_ptr_array_add (argv, NULL);
  return ctl_runv ((char **)argv->pdata);
}

CtlRun *
ctl_run (const char *command, ...)
{
  va_list rest;
  va_start (rest, command);
  CtlRun *run = run_list (command, rest, NULL);
  va_end (rest);
  return run;
}

CtlRun *
ctl_as (const char *login, const char *command, ...)
{
  va_list rest;
  va_start (rest, command);
  CtlRun *run = run_list (command, rest, login);
  va_end (rest);
  return run;
}

void
ctl_run_free (CtlRun *run)
{
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

/* The tree may lie where another user cannot read (below /root): the program and its data come along. */
static void
take_along (void)
{
  g_autofree char *knowledge = g_build_filename (g_getenv ("CHARTROOM_DATA_DIR"), "knowledge", NULL);
  const char *data = ctl_path ("data"), *own = ctl_path ("chartroomctl");
  if (g_file_test (data, G_FILE_TEST_EXISTS))
    return;
  g_assert_cmpint (g_mkdir (data, 0755), ==, 0);
  run_shell ((const char *const[]){ "cp", "-r", knowledge, data, NULL });
  run_shell ((const char *const[]){ "cp", program, own, NULL });
  run_shell ((const char *const[]){ "chmod", "-R", "go+rX", data, own, NULL });
  g_setenv ("CHARTROOM_DATA_DIR", data, TRUE);
  g_free (program);
  program = g_strdup (own);
}

void
ctl_set_uid (guint new_uid)
{
  take_along ();
  uid = new_uid;
}

guint
ctl_lines (const char *text)
{
  guint n = 0;
  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

void
ctl_assert_has (const char *text, const char *words)
{
  if (strstr (text, words) != NULL)
    return;
  g_test_message ("%s", text);
  g_error ("“%s” is not in the text above", words);
}

void
ctl_assert_lacks (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    return;
  g_test_message ("%s", text);
  g_error ("“%s” is in the text above", words);
}

void
ctl_assert_done (const CtlRun *run)
{
  if (run->status != 0 || run->err[0] != '\0')
    g_error ("status %d, said: %s", run->status, run->err);
}

void
ctl_assert_refused (const CtlRun *run, int status, const char *words)
{
  if (run->status != status || ctl_lines (run->err) != 1 || !g_str_has_prefix (run->err, "chartroomctl: "))
    g_error ("status %d, said: %s", run->status, run->err);
  ctl_assert_has (run->err, words);
  g_test_message ("%s", run->err);
}

char *
ctl_pdf_text (const char *path)
{
  g_autofree char *found = g_find_program_in_path ("pdftotext");
  if (found == NULL) {
    g_test_skip ("there is no pdftotext");
    return NULL;
  }
  g_autoptr (CtlRun) run = ctl_runv ((char *[]){ found, (char *)"-layout", (char *)path, (char *)"-", NULL });
  ctl_assert_done (run);
  return g_steal_pointer (&run->out);
}

guint
ctl_writes (const char *practice, const char *admin)
{
  static const char *const ACTIONS[] = { "create", "change" };
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    g_autoptr (CtlRun) run =
        ctl_as (admin, "audit", practice, "--action", ACTIONS[i], "--limit", "1000000", NULL);
    g_assert_cmpint (run->status, ==, 0);
    n += ctl_lines (run->out);
  }
  return n;
}

char *
ctl_code_on (const char *sheet)
{
  g_autoptr (CtlRun) text =
      ctl_runv ((char *[]){ (char *)"pdftotext", (char *)"-layout", (char *)sheet, (char *)"-", NULL });
  g_autoptr (GRegex) groups = g_regex_new ("(?:[0-9A-Z*~$=]{5}[-\\s]+){7}[0-9A-Z*~$=]{5}", 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;
  ctl_assert_done (text);
  g_assert_true (g_regex_match (groups, text->out, 0, &found));
  return g_strdelimit (g_match_info_fetch (found, 0), "\n ", '-');
}
