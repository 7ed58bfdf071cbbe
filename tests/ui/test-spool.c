/* A packet on its way to paper, through a print scheduler of the test's own: what the job holds while it
 * waits is the scheduler's; the program leaves no readable file beside it, the job's name tells nobody's, and
 * once it is printed nothing can be read anywhere. */
#include "program.h"
#include "search-files.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCHEDULER "/usr/sbin/cupsd"
#define QUESTION "Does the kneecap need surgery?"
#define MRN "004217"

typedef struct {
  UiPractice *practice;
  UiSearch *words; /* of the patient */
  char *folder;    /* of the scheduler */
  GPid pid;
} Spool;

/* ---- the scheduler ---- */

static const char FILES_CONF[] =
    "ServerRoot %1$s/etc\nServerBin %1$s/bin\nRequestRoot %1$s/spool\n"
    "TempDir %1$s/spool/tmp\nCacheDir %1$s/cache\nStateDir %1$s/run\n"
    "AccessLog %1$s/log/access\nErrorLog %1$s/log/error\nPageLog %1$s/log/page\n";
static const char CUPSD_CONF[] =
    "LogLevel warn\nListen %1$s/run/cups.sock\nBrowsing No\nWebInterface No\nDefaultAuthType None\n"
    "PreserveJobFiles No\nDirtyCleanInterval 0\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
    "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n";
static const char PRINTERS_CONF[] =
    "<DefaultPrinter Backroom>\nInfo Backroom\nDeviceURI held:%1$s/go\nState Idle\n"
    "Accepting Yes\nShared No\n</DefaultPrinter>\n";
/* A printer that reads its job and throws it away, as soon as the test says so. */
static const char BACKEND[] = "#!/bin/sh\n[ $# -ge 5 ] || exit 0\n"
                              "until [ -e \"${DEVICE_URI#held:}\" ]; do sleep 0.1; done\n"
                              "exec cat ${6:+\"$6\"} >/dev/null\n";

static char *
write_file (Spool *self, const char *name, const char *format, int mode)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_auto (GStrv) parts = g_strsplit (format, "%1$s", -1);
  g_autofree char *text = g_strjoinv (self->folder, parts), *parent = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static void
follow_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
start_scheduler (Spool *self)
{
  static const char *const FOLDERS[] = { "spool/tmp", "cache", "run", "log" };
  g_autofree char *files = write_file (self, "etc/cups-files.conf", FILES_CONF, 0644);
  g_autofree char *conf = write_file (self, "etc/cupsd.conf", CUPSD_CONF, 0644);
  g_autofree char *printers G_GNUC_UNUSED = write_file (self, "etc/printers.conf", PRINTERS_CONF, 0600);
  g_autofree char *backend G_GNUC_UNUSED = write_file (self, "bin/backend/held", BACKEND, 0700);
  g_autofree char *daemons = g_build_filename (self->folder, "bin", "daemon", NULL);
  const char *argv[] = { SCHEDULER, "-f", "-c", conf, "-s", files, NULL };
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (symlink ("/usr/lib/cups/daemon", daemons), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (FOLDERS); i++) {
    g_autofree char *path = g_build_filename (self->folder, FOLDERS[i], NULL);
    g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  }
  g_spawn_async (NULL, (char **)argv, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                 follow_parent, NULL, &self->pid, &error);
  g_assert_no_error (error);
  self->practice->cups = g_build_filename (self->folder, "run", "cups.sock", NULL);
  for (guint i = 0; i < 200 && !exists (self->practice->cups); i++)
    g_usleep (50 * 1000);
  g_assert_true (exists (self->practice->cups));
}

static void
stop_scheduler (Spool *self)
{
  kill (self->pid, SIGTERM);
  g_assert_cmpint (waitpid (self->pid, NULL, 0), ==, self->pid);
}

/* ---- what is looked for ---- */

static guint
look (Spool *self, const char *below, char **found)
{
  g_autofree char *path = g_build_filename (self->folder, below, NULL);
  return ui_search_below (self->words, path, found);
}

/* Nothing of the patient, nor any PDF, in files of the program and of the person, and in shared folders. */
static void
expect_none_beside (Spool *self, int pid, const char *when)
{
  static const char *const SHARED[] = { "/tmp", "/var/tmp", "/dev/shm", "/var/spool/cups",
                                        "/var/spool/cups/tmp" };
  g_autofree char *found = NULL;
  g_assert_cmpuint (ui_search_below (self->words, self->practice->folder, &found), >=, 3);
  ui_search_below (self->words, self->practice->home, &found);
  ui_search_below (self->words, self->practice->temporary, &found);
  if (pid != 0)
    ui_search_open_files (self->words, pid, &found);
  for (guint i = 0; i < G_N_ELEMENTS (SHARED); i++)
    ui_search_recent (self->words, SHARED[i], self->practice->began, &found);
  if (found != NULL)
    g_error ("%s %s", found, when);
}

static void
expect_none (Spool *self, const char *below, const char *when)
{
  g_autofree char *found = NULL;
  look (self, below, &found);
  if (found != NULL)
    g_error ("%s %s", found, when);
}

/* A packet made outside the desktop, which is read as any other file is, compressed as it is. */
static void
make_packet (Spool *self)
{
  static const char *const WORDS[] = { "GARCIA", "lisinopril", "kneecap" };
  g_autofree char *out = g_build_filename (self->practice->base, "packet.pdf", NULL);
  const char *packet[] = { MRN, "--to", "Orthopedics", "--question", QUESTION, "--out", out, NULL };
  g_autofree char *said G_GNUC_UNUSED = ui_practice_ask (self->practice, "doctor", "packet", packet);
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    UiSearch *one = ui_search_new ();
    g_autofree char *found = NULL;
    ui_search_add (one, WORDS[i]);
    ui_search_add (self->words, WORDS[i]);
    g_assert_cmpuint (ui_search_below (one, out, &found), ==, 1);
    g_assert_nonnull (found);
    ui_search_free (one);
  }
  g_assert_cmpint (g_remove (out), ==, 0);
}

/* ---- the job ---- */

static void
print_packet (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_press (app, "tab:Documents");
  ui_wait_focus (app, "list item:*eferral packet*");
  ui_keys (app, "Return");
  ui_wait (app, "button:Print*");
  ui_wait (app, ":Page 1 of*");
  ui_keys (app, "ctrl+p");
  ui_wait_focus (app, "button:Print…");
  ui_keys (app, "Return");
  ui_click (app, "dialog:* > row:* > label:Backroom");
  ui_picture (app, "spool-printer");
  ui_keys (app, "alt+p");
  ui_wait (app, "status:*was given to the printer*");
}

static gboolean
is_held (UiApp *app, gpointer data)
{
  Spool *self = data;
  g_autofree char *control = g_build_filename (self->folder, "spool", "c00001", NULL), *found = NULL;
  look (self, "spool", &found);
  return exists (control) && found != NULL && strstr (found, "/d00001") != NULL &&
         strstr (found, "%PDF") == NULL; /* by a word, in what is compressed */
}

static gboolean
is_printed (UiApp *app, gpointer data)
{
  Spool *self = data;
  g_autofree char *job = g_build_filename (self->folder, "spool", "d00001-001", NULL);
  return !exists (job);
}

static gboolean
are_printed (UiApp *app, gpointer data)
{
  static const char *const JOBS[] = { "d00002-001", "d00003-001" };
  Spool *self = data;
  for (guint i = 0; i < G_N_ELEMENTS (JOBS); i++) {
    g_autofree char *job = g_build_filename (self->folder, "spool", JOBS[i], NULL);
    if (exists (job))
      return FALSE;
  }
  return TRUE;
}

/* UX 2.1 F9: the printer of last time is remembered, so that no dialog stands between. */
static void
print_day_sheet (UiApp *app)
{
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_count_begin (app);
  ui_keys (app, "ctrl+p"); /* whether the day is there yet or not */
  ui_wait_focus (app, "window:Day sheet* > button:Print on Backroom");
  ui_wait (app, "window:Day sheet* > button:Other Printer…");
  ui_keys (app, "Return");
  ui_wait (app, "status:Day sheet*was given to the printer*");
  g_test_message ("F9 by keys: %u", ui_count_keys (app));
  g_assert_cmpuint (ui_count_keys (app), <=, 3);
  ui_count_begin (app);
  ui_click (app, "button:Day Sheet");
  ui_wait (app, "menu item:*");
  ui_picture (app, "day-sheet-menu");
  ui_press (app, "menu item:Print Day Sheet…");
  ui_click (app, "window:Day sheet* > button:Print on Backroom");
  ui_wait_gone (app, "window:Day sheet*");
  g_test_message ("F9 by pointer: %u", ui_count_clicks (app));
  g_assert_cmpuint (ui_count_clicks (app), <=, 3);
}

/* The practice's printer for a paper is whoever's first choice, also theirs who never printed. */
static void
appoint_printer (UiApp *app)
{
  ui_lock (app);
  ui_sign_in (app, "admin");
  ui_keys (app, "F10");
  ui_press (app, "menu item:Practice and People…");
  ui_press (app, "tab:Letterhead, Printers");
  ui_wait (app, "image:The head of a letter");
  ui_choose (app, "combo box:Plain paper", "Backroom");
  ui_picture (app, "spool-appointed");
  ui_press (app, "window:Practice and People > button:Save");
  ui_wait (app, "status:Saved.");
  ui_click (app, "tab:Letterhead, Printers"); /* without a window manager keys go where the pointer is */
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Practice and People");
  ui_keys (app, "ctrl+1 ctrl+p");
  ui_wait_focus (app, "window:Day sheet* > button:Print on Backroom");
  ui_keys (app, "Escape");
}

/* The job's own data apart, which the scheduler holds: its name, its owner, logs and lists. */
static void
expect_quiet_envelope (Spool *self)
{
  UiSearch *title = ui_search_new ();
  g_autofree char *control = g_build_filename (self->folder, "spool", "c00001", NULL), *found = NULL;
  ui_search_add (title, "Referral packet");
  ui_search_below (title, control, &found);
  ui_search_free (title);
  g_assert_nonnull (found); /* what it is called does stand there */
  expect_none (self, "spool/c00001", "in what the job is called");
  expect_none (self, "cache", "while the job waits");
  expect_none (self, "log", "while the job waits");
  expect_none (self, "run", "while the job waits");
}

static void
test_spool (UiProgram *program)
{
  Spool self = { .practice = &program->practice, .words = ui_search_new () };
  g_autofree char *trace = g_build_filename (program->practice.base, "trace", NULL);
  UiApp *app;
  if (!exists (SCHEDULER)) {
    g_test_skip ("no print scheduler (" SCHEDULER ") here");
    return;
  }
  self.folder = g_build_filename (program->practice.base, "cups", NULL);
  make_packet (&self);
  ui_search_add_mark (self.words, "%PDF-1.");
  start_scheduler (&self);
  app = ui_program_start_traced (program, trace, "doctor");
  print_packet (app);
  ui_until (app, is_held, &self, "the job waits in the spool, and is found there");
  expect_quiet_envelope (&self);
  expect_none_beside (&self, ui_pid (app), "while the job waits");
  g_free (write_file (&self, "go", "", 0644));
  ui_until (app, is_printed, &self, "the job is printed");
  expect_none (&self, "spool", "after it was printed");
  print_day_sheet (app);
  ui_until (app, are_printed, &self, "the day sheets are printed");
  appoint_printer (app);
  ui_program_stop (program);
  stop_scheduler (&self);
  expect_none (&self, ".", "after it was printed");
  expect_none_beside (&self, 0, "after it was printed");
  ui_expect_no_network (trace);
  ui_search_free (self.words);
  g_free (self.folder);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/spool", test_spool, 20, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
