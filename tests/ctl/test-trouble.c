/* What goes wrong around the program: permissions, a full disk, a clock set back, two programs at once. */
#include "fixture.h"
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOMEBODY 65534

static void
give_all_to_somebody (void)
{
  g_autoptr (CtlRun) run = ctl_runv ((char *[]){
      (char *)"chown", (char *)"-R", (char *)G_STRINGIFY (SOMEBODY), (char *)ctl_path (""), NULL });
  ctl_assert_done (run);
}

/* As root no permission stands in the way: then another user is tried. */
static void
become_somebody (void)
{
  if (geteuid () != 0)
    return;
  give_all_to_somebody ();
  ctl_set_uid (SOMEBODY);
}

static void
assert_works (const char *practice)
{
  g_autoptr (CtlRun) run = ctl_as ("doctor", "find", practice, "garcia malena", NULL);
  ctl_assert_done (run);
  g_assert_true (g_str_has_prefix (run->out, "004217"));
}

/* Taken away, refused in one line; given back, all is as before. */
static void
test_permissions (void)
{
  static const struct {
    const char *file;
    mode_t without, with;
    const char *words;
  } CASES[] = {
    { "", 0500, 0700, "" },
    { "", 0000, 0700, "Permission denied" },
    { "practice.db", 0400, 0600, "practice.db cannot be written" },
    { "practice.db", 0000, 0600, "practice.db cannot be written" },
    { "practice.keys", 0000, 0600, "practice.keys: Permission denied" },
  };
  const char *practice = ctl_demo_copy ("permissions.practice");
  become_somebody ();
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *path = g_build_filename (practice, CASES[i].file, NULL);
    g_assert_cmpint (g_chmod (path, CASES[i].without), ==, 0);
    g_autoptr (CtlRun) run = ctl_as ("doctor", "find", practice, "garcia", NULL);
    g_assert_cmpint (g_chmod (path, CASES[i].with), ==, 0);
    ctl_assert_refused (run, 1, CASES[i].words);
    assert_works (practice);
  }
  ctl_set_uid (0);
}

/* The packet could not be stored, so the referral is not ordered either, and that is what is said. */
static void
test_documents_closed (void)
{
  const char *practice = ctl_demo_copy ("closed.practice"), *out = ctl_path ("closed.pdf");
  g_autofree char *documents = g_build_filename (practice, "documents", NULL);
  become_somebody ();
  g_assert_cmpint (g_chmod (documents, 0), ==, 0);
  g_autoptr (CtlRun) run = ctl_as ("doctor", "packet", practice, "004217", "--to", "cardiology", "--question",
                                   "Is the breathlessness cardiac?", "--out", out, NULL);
  g_assert_cmpint (g_chmod (documents, 0700), ==, 0);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", practice, NULL);
  ctl_assert_refused (run, 1, "Nothing was ordered");
  ctl_assert_has (run->err, "Permission denied");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  ctl_assert_done (whole);
  ctl_set_uid (0);
}

static void
test_new_in_read_only_folder (void)
{
  const char *folder = ctl_path ("locked");
  g_autofree char *practice = g_build_filename (folder, "new.practice", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  become_somebody ();
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  g_autoptr (CtlRun) made =
      ctl_run ("new", practice, "--name", "N", "--user", "u", "-p", ctl_password_file (), "--recovery-sheet",
               ctl_path ("locked.pdf"), "--fast-kdf", NULL);
  g_autoptr (CtlRun) demo = ctl_run ("demo", practice, "-p", ctl_password_file (), "--fast-kdf", NULL);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  ctl_assert_refused (made, 1, "Permission denied");
  ctl_assert_refused (demo, 1, "Permission denied");
  g_assert_false (g_file_test (practice, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (ctl_path ("locked.pdf"), G_FILE_TEST_EXISTS));
  ctl_set_uid (0);
}

/* Everything in it was written four years from now. */
static void
test_clock_set_back (void)
{
  const char *practice = ctl_path ("future.practice");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc (), later = g_date_time_add_years (now, 4);
  g_autofree char *date = g_date_time_format (later, "%Y-%m-%d");
  g_autoptr (CtlRun) made = ctl_run ("demo", practice, "--patients", "20", "--date", date, "-p",
                                     ctl_password_file (), "--fast-kdf", NULL);
  ctl_assert_done (made);
  g_autoptr (CtlRun) run = ctl_as ("doctor", "find", practice, "malena", NULL);
  g_autoptr (CtlRun) again = ctl_as ("nurse", "find", practice, "malena", NULL);
  g_autoptr (CtlRun) audit = ctl_as ("admin", "audit", practice, "--action", "clock-set-back", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", practice, NULL);
  ctl_assert_refused (run, 0, "clock of this computer");   /* it goes on, and says so */
  ctl_assert_refused (again, 0, "clock of this computer"); /* each time */
  g_assert_true (g_str_has_prefix (run->out, "004217"));
  ctl_assert_has (audit->out, "newest entry");
  g_assert_cmpint (whole->status, ==, 0);
}

typedef struct {
  const char *practice;
  guint n;
} Order;

static gpointer
order_thread (gpointer data)
{
  Order *order = data;
  g_autofree char *name = g_strdup_printf ("order-%u.pdf", order->n);
  g_autofree char *question = g_strdup_printf ("Question number %u: is it cardiac?", order->n);
  return ctl_as ("doctor", "packet", order->practice, "004217", "--to", "cardiology", "--question", question,
                 "--out", ctl_path (name), NULL);
}

/* Several programs at work in one practice: each gets through, each number is given once. */
static void
test_opened_by_several (void)
{
  enum { N = 5 };
  const char *practice = ctl_demo_copy ("several.practice");
  Order orders[N];
  GThread *threads[N];
  for (guint i = 0; i < N; i++) {
    orders[i] = (Order){ practice, i };
    threads[i] = g_thread_new ("order", order_thread, &orders[i]);
  }
  for (guint i = 0; i < N; i++) {
    g_autoptr (CtlRun) run = g_thread_join (threads[i]);
    ctl_assert_done (run);
  }
  g_autoptr (CtlRun) chart = ctl_as ("doctor", "chart", practice, "004217", NULL);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", practice, NULL);
  for (guint i = 0; i < N; i++) {
    g_autofree char *number = g_strdup_printf ("REF-%04u  Cardiology", 5 + i);
    ctl_assert_has (chart->out, number);
  }
  ctl_assert_done (whole);
}

/* A small disk of our own, gone with this process; FALSE: not permitted here. */
static gboolean
mount_small_disk (const char *folder, const char *size)
{
  g_autofree char *options = g_strdup_printf ("size=%s,mode=0700", size);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (geteuid () != 0 || unshare (CLONE_NEWNS) != 0 ||
      mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return FALSE;
  return mount ("tmpfs", folder, "tmpfs", 0, options) == 0;
}

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  return g_dir_read_name (dir) == NULL;
}

/* Packets until the disk is full.  A referral that could not be stored was not ordered, or says that it was.
 */
static CtlRun *
fill_up (const char *practice)
{
  for (guint i = 0; i < 300; i++) {
    g_autofree char *name = g_strdup_printf ("full-%u.pdf", i);
    g_autoptr (CtlRun) run =
        ctl_as ("doctor", "packet", practice, "004217", "--to", "cardiology", "--question",
                "Is the breathlessness cardiac?", "--out", ctl_path (name), NULL);
    if (run->status != 0) {
      g_assert_false (g_file_test (ctl_path (name), G_FILE_TEST_EXISTS));
      return g_steal_pointer (&run);
    }
  }
  return NULL;
}

static void
test_full_disk (void)
{
  const char *disk = ctl_path ("disk"), *practice = ctl_path ("disk/full.practice");
  if (!mount_small_disk (disk, "2m")) {
    g_test_skip ("no file system can be mounted here");
    return;
  }
  g_autoptr (CtlRun) demo =
      ctl_run ("demo", practice, "--patients", "60", "-p", ctl_password_file (), "--fast-kdf", NULL);
  ctl_assert_refused (demo, 1, "disk is full");
  g_assert_true (is_empty (disk));
  g_assert_cmpint (mount (NULL, disk, NULL, MS_REMOUNT, "size=64k"), ==, 0);
  g_autoptr (CtlRun) made =
      ctl_run ("new", practice, "--name", "N", "--user", "u", "-p", ctl_password_file (), "--recovery-sheet",
               ctl_path ("full.pdf"), "--fast-kdf", NULL);
  ctl_assert_refused (made, 1, "disk is full");
  g_assert_null (strstr (made->err, "brought to the form"));
  g_assert_cmpint (mount (NULL, disk, NULL, MS_REMOUNT, "size=8m"), ==, 0);
  ctl_copy_folder (ctl_demo_copy ("source.practice"), practice);
  g_autoptr (CtlRun) full = fill_up (practice);
  g_assert_nonnull (full);
  ctl_assert_refused (full, 1, "disk is full");
  g_assert_cmpint (mount (NULL, disk, NULL, MS_REMOUNT, "size=64m"), ==, 0);
  g_autoptr (CtlRun) whole = ctl_as ("admin", "verify", practice, NULL);
  ctl_assert_done (whole);
  assert_works (practice);
  g_assert_cmpint (umount (disk), ==, 0);
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/trouble/permissions", test_permissions);
  g_test_add_func ("/ctl/trouble/documents-closed", test_documents_closed);
  g_test_add_func ("/ctl/trouble/new-in-read-only-folder", test_new_in_read_only_folder);
  g_test_add_func ("/ctl/trouble/clock-set-back", test_clock_set_back);
  g_test_add_func ("/ctl/trouble/opened-by-several", test_opened_by_several);
  g_test_add_func ("/ctl/trouble/full-disk", test_full_disk);
  return ctl_end ();
}
