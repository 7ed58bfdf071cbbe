/* A large practice as a whole: opened, backed up, restored, verified.  CHARTROOM_BENCH_PATIENTS: how many
 * patients (200,000 make 310 MB). */
#include "bench.h"
#include "chartroom/store/backup.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MEGABYTE 1e6

static double
size_of (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  double bytes = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf entry;
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      bytes += size_of (path);
    else if (g_stat (path, &entry) == 0)
      bytes += (double)entry.st_size;
  }
  return bytes;
}

static CrStore *
open_store (Bench *bench, const char *name, CrClock *clock, CrStoreUser **user)
{
  g_autofree char *folder = bench_path (bench, name);
  g_autoptr (GError) error = NULL;
  CrStore *store = cr_store_open (folder, "admin", BENCH_PASSWORD, clock, "chartroomctl", user, &error);
  bench_check (error);
  return store;
}

static void
close_store (CrStore *store, CrStoreUser *user)
{
  cr_store_user_unref (user);
  cr_store_close (store);
  cr_store_unref (store);
}

/* With the cheap key derivation: what the size of the file adds. */
static void
measure_open (Bench *bench, const char *line, const char *name, CrClock *clock)
{
  g_autoptr (GArray) times = bench_times_new ();
  g_autofree char *folder = bench_path (bench, name);
  for (int i = 0; i < (bench->smoke ? 1 : 9); i++) {
    CrStoreUser *user = NULL;
    double start = bench_now ();
    CrStore *store = open_store (bench, name, clock, &user);
    bench_times_add (times, bench_now () - start);
    close_store (store, user);
  }
  bench_line (line, bench_percentile (times, 50) * 1000, "ms",
              "a practice of %.0f MB, without the password's part", size_of (folder) / MEGABYTE);
}

/* As many bytes written plainly to the same disk, and synced: what a backup cannot be faster than. */
static void
measure_disk (Bench *bench, double size)
{
  g_autofree char *path = bench_path (bench, "plain"), *block = g_malloc0 (1 << 20);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  double start = bench_now (), written = 0;
  gboolean sound = fd >= 0;
  while (sound && written < size) {
    gssize n = write (fd, block, 1 << 20);
    sound = n > 0;
    written += (double)n;
  }
  sound = sound && fsync (fd) == 0;
  bench_check (sound ? NULL : g_error_new (CR_ERROR, CR_ERROR_IO, "the disk cannot be written"));
  bench_line ("disk", written / MEGABYTE / (bench_now () - start), "MB/s",
              "as many bytes, written and synced");
  close (fd);
  g_unlink (path);
}

static char *
measure_backup (Bench *bench, CrStore *store, CrStoreUser *user, double size)
{
  g_autofree char *folder = bench_path (bench, "backups");
  CrBackupOptions options = { folder, TRUE, NULL, NULL };
  g_autoptr (GError) error = NULL;
  double start;
  bench_check (g_mkdir (folder, 0700) == 0 ? NULL
                                           : g_error_new (CR_ERROR, CR_ERROR_IO, "no folder for backups"));
  start = bench_now ();
  g_autoptr (CrBackup) backup = cr_store_backup (store, user, &options, &error);
  bench_check (error);
  bench_line ("backup", size / MEGABYTE / (bench_now () - start), "MB/s",
              "taken, sealed and synced; goal 300");
  return g_build_filename (folder, backup->file, NULL);
}

static void
measure_verify (CrStore *store, CrStoreUser *user, double size)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  double start = bench_now ();
  cr_store_verify (store, user, findings, &error);
  bench_check (error);
  bench_line ("verify", size / MEGABYTE / (bench_now () - start), "MB/s",
              "pages, structure, history, audit, documents; %u findings; goal 500 on two processors",
              findings->len);
}

static void
measure_restore (Bench *bench, const char *file, CrClock *clock, double size)
{
  g_autofree char *folder = bench_path (bench, "restored.practice");
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrBackupRestore restore = { .file = file, .folder = folder, .login = "admin", .password = BENCH_PASSWORD };
  double start = bench_now ();
  cr_backup_restore (&restore, clock, "chartroomctl", findings, &error);
  bench_check (error);
  bench_line ("restore", size / MEGABYTE / (bench_now () - start), "MB/s", "made and verified");
}

void
bench_backup (Bench *bench)
{
  const char *wish = g_getenv ("CHARTROOM_BENCH_PATIENTS");
  guint patients = bench->smoke ? 50 : wish != NULL ? (guint)g_ascii_strtoull (wish, NULL, 10) : 50000;
  g_autoptr (CrClock) clock = cr_clock_new_fixed (BENCH_DAY, 10 * 60 + 34, "America/Los_Angeles");
  g_autofree char *folder = bench_path (bench, "large.practice");
  g_autofree char *file = NULL;
  CrStoreUser *user = NULL;
  bench_make_demo (bench, "small.practice", 20, TRUE, FALSE);
  bench_make_demo (bench, "large.practice", MAX (patients, 1), TRUE, FALSE);
  measure_open (bench, "open-small", "small.practice", clock);
  measure_open (bench, "open-large", "large.practice", clock);
  double size = size_of (folder);
  CrStore *store = open_store (bench, "large.practice", clock, &user);
  measure_disk (bench, size);
  file = measure_backup (bench, store, user, size);
  measure_verify (store, user, size);
  close_store (store, user);
  measure_restore (bench, file, clock, size);
}
