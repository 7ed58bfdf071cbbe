/* Which backups are kept, how they stand, when the next is due, and where a disk is mounted. */
#include "chartroom/domain/backup.h"
#include <string.h>

#define DAY ((CrInstant)24 * 3600 * G_USEC_PER_SEC)

typedef struct {
  CrClock *clock;
  GPtrArray *backups;
} Shelf;

static void
set_up (Shelf *shelf, gconstpointer data)
{
  shelf->clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 9 * 60, "America/Los_Angeles");
  shelf->backups = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_backup_free);
}

static void
tear_down (Shelf *shelf, gconstpointer data)
{
  g_ptr_array_unref (shelf->backups);
  cr_clock_unref (shelf->clock);
}

static CrBackup *
put (Shelf *shelf, double days_ago, gboolean proven, const char *needs)
{
  CrBackup *b = cr_backup_new ();
  b->taken_at = cr_clock_now (shelf->clock) - (CrInstant)(days_ago * (double)DAY);
  b->proven_at = proven ? b->taken_at + 1 : CR_INSTANT_NONE;
  b->mark = g_strdup_printf ("%032u", shelf->backups->len);
  b->needs = g_strdup (needs);
  g_ptr_array_add (shelf->backups, b);
  return b;
}

static gboolean
is_kept (Shelf *shelf, const CrBackup *b)
{
  g_autoptr (GPtrArray) expired = cr_backup_expired (shelf->backups, shelf->clock);
  return !g_ptr_array_find (expired, b, NULL);
}

/* One a day for three years: 7 days, 4 weeks and 12 months are kept; one backup may stand for all three. */
static void
test_daily (Shelf *shelf, gconstpointer data)
{
  for (int day = 0; day < 3 * 365; day++)
    put (shelf, day, TRUE, NULL);
  g_autoptr (GPtrArray) expired = cr_backup_expired (shelf->backups, shelf->clock);
  guint kept = shelf->backups->len - expired->len;
  for (guint i = 0; i < 7; i++)
    g_assert_false (g_ptr_array_find (expired, shelf->backups->pdata[i], NULL));
  g_assert_cmpuint (kept, <=, 7 + 4 + 12);
  g_assert_cmpuint (kept, ==, 7 + 2 + 11); /* weeks of Nov 9 and Nov 2; December to October */
  /* Nov 23 is a Monday: the week before ends on Nov 22, kept as a day; then Nov 15 and Nov 8 */
  g_assert_true (is_kept (shelf, shelf->backups->pdata[8]));
  g_assert_true (is_kept (shelf, shelf->backups->pdata[15]));
  g_assert_true (is_kept (shelf, shelf->backups->pdata[23])); /* Oct 31 */
}

static void
test_several_a_day (Shelf *shelf, gconstpointer data)
{
  const CrBackup *later = put (shelf, 3.0, TRUE, NULL), *earlier = put (shelf, 3.1, TRUE, NULL);
  g_assert_true (is_kept (shelf, later));
  g_assert_false (is_kept (shelf, earlier));
}

/* Nothing goes while nothing is proven; nothing newer than the newest proven one goes. */
static void
test_unproven (Shelf *shelf, gconstpointer data)
{
  const CrBackup *old = put (shelf, 100, FALSE, NULL), *older = put (shelf, 200, FALSE, NULL);
  g_assert_true (is_kept (shelf, old));
  g_assert_true (is_kept (shelf, older));
  put (shelf, 150, TRUE, NULL);
  g_assert_true (is_kept (shelf, old));
  g_assert_false (is_kept (shelf, older));
}

static void
test_young (Shelf *shelf, gconstpointer data)
{
  const CrBackup *unproven = put (shelf, 0.5, FALSE, NULL);
  put (shelf, 0.1, TRUE, NULL);
  g_assert_true (is_kept (shelf, unproven));
}

static void
test_needed (Shelf *shelf, gconstpointer data)
{
  const CrBackup *base = put (shelf, 800, TRUE, NULL), *other = put (shelf, 801, TRUE, NULL);
  for (int day = 0; day < 400; day++)
    put (shelf, day, TRUE, day == 2 ? base->mark : NULL);
  g_assert_true (is_kept (shelf, base));
  g_assert_false (is_kept (shelf, other));
}

static void
test_last_proven (Shelf *shelf, gconstpointer data)
{
  g_assert_null (cr_backup_last_proven (shelf->backups));
  put (shelf, 1, FALSE, NULL);
  CrBackup *gone = put (shelf, 2, TRUE, NULL);
  const CrBackup *last = put (shelf, 3, TRUE, NULL);
  gone->removed_at = 1;
  g_assert_true (cr_backup_last_proven (shelf->backups) == last);
}

/* ---- how they stand, in words for everybody ---- */

/* One backup: when (days before, minute of the day), and what came of its proof. */
typedef struct {
  int days_ago, minute;
  enum { END, PROVEN, UNPROVEN, FAILED, REMOVED } state;
} Taken;

typedef struct {
  const char *name;
  Taken taken[3];
  CrBackupHealth health;
  const char *sentence;
} Standing;

static const Standing STANDINGS[] = {
  { "none", { { 0 } }, CR_BACKUP_HEALTH_NONE, "No backup yet" },
  { "removed", { { 1, 420, REMOVED } }, CR_BACKUP_HEALTH_NONE, "No backup yet" },
  { "today", { { 0, 420, PROVEN } }, CR_BACKUP_HEALTH_OK, "Backup OK, today 7:00 AM" },
  { "yesterday", { { 1, 1439, PROVEN } }, CR_BACKUP_HEALTH_OK, "Backup OK, yesterday 11:59 PM" },
  { "weekend", { { 3, 0, PROVEN } }, CR_BACKUP_HEALTH_OK, "Backup OK, Nov 20, 12:00 AM" },
  { "late", { { 4, 1439, PROVEN } }, CR_BACKUP_HEALTH_LATE, "No proven backup since Nov 19, 2026" },
  { "last-year",
    { { 400, 420, UNPROVEN } },
    CR_BACKUP_HEALTH_UNPROVEN,
    "Last backup not proven, Oct 19, 2025, 7:00 AM" },
  { "unproven",
    { { 2, 420, UNPROVEN } },
    CR_BACKUP_HEALTH_UNPROVEN,
    "Last backup not proven, Nov 21, 7:00 AM" },
  { "being-proven",
    { { 1, 420, PROVEN }, { 0, 480, UNPROVEN } },
    CR_BACKUP_HEALTH_OK,
    "Backup OK, yesterday 7:00 AM" },
  { "late-and-unproven",
    { { 9, 420, PROVEN }, { 0, 480, UNPROVEN } },
    CR_BACKUP_HEALTH_LATE,
    "No proven backup since Nov 14, 2026" },
  { "failed",
    { { 1, 420, PROVEN }, { 0, 480, FAILED } },
    CR_BACKUP_HEALTH_UNPROVEN,
    "Last backup failed its check, today 8:00 AM" },
  { "failed-and-mended",
    { { 1, 420, FAILED }, { 0, 480, PROVEN } },
    CR_BACKUP_HEALTH_OK,
    "Backup OK, today 8:00 AM" },
  { "removed-is-not-newest",
    { { 1, 420, PROVEN }, { 0, 480, REMOVED } },
    CR_BACKUP_HEALTH_OK,
    "Backup OK, yesterday 7:00 AM" },
};

static void
put_taken (Shelf *shelf, const Taken *taken)
{
  CrBackup *b = put (shelf, 0, taken->state == PROVEN || taken->state == REMOVED, NULL);
  b->taken_at = cr_clock_instant_of (
      shelf->clock, cr_date_add_days (cr_clock_today (shelf->clock), -taken->days_ago), taken->minute);
  b->finding = taken->state == FAILED ? g_strdup ("A page is damaged.") : NULL;
  b->removed_at = taken->state == REMOVED ? b->taken_at : CR_INSTANT_NONE;
}

static void
test_standing (gconstpointer data)
{
  const Standing *standing = data;
  Shelf shelf;
  set_up (&shelf, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (standing->taken) && standing->taken[i].state != END; i++)
    put_taken (&shelf, &standing->taken[i]);
  g_autofree char *sentence = cr_backup_sentence (shelf.backups, shelf.clock);
  g_assert_cmpint (cr_backup_health (shelf.backups, shelf.clock), ==, standing->health);
  g_assert_cmpstr (sentence, ==, standing->sentence);
  tear_down (&shelf, NULL);
}

static void
add_standings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (STANDINGS); i++) {
    g_autofree char *name = g_strconcat ("/domain/backup/standing/", STANDINGS[i].name, NULL);
    g_test_add_data_func (name, &STANDINGS[i], test_standing);
  }
}

/* Once a day for each place; one that was never put to the proof does not count. */
static void
test_due (Shelf *shelf, gconstpointer data)
{
  g_assert_true (cr_backup_is_due ("/a", shelf->backups, shelf->clock));
  CrBackup *b = put (shelf, 0, FALSE, NULL);
  b->folder = g_strdup ("/a");
  b->taken_at = cr_clock_instant_of (shelf->clock, CR_DATE (2026, 11, 23), 0);
  g_assert_true (cr_backup_is_due ("/a", shelf->backups, shelf->clock));
  b->finding = g_strdup ("A page is damaged.");
  g_assert_false (cr_backup_is_due ("/a", shelf->backups, shelf->clock));
  g_clear_pointer (&b->finding, g_free);
  b->proven_at = b->taken_at + 1;
  g_assert_false (cr_backup_is_due ("/a", shelf->backups, shelf->clock));
  g_assert_true (cr_backup_is_due ("/b", shelf->backups, shelf->clock));
  b->taken_at -= G_USEC_PER_SEC; /* the last second of yesterday */
  g_assert_true (cr_backup_is_due ("/a", shelf->backups, shelf->clock));
}

static const char DISKS[] = "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
                            "21 20 8:17 / /media/disk rw - ext4 /dev/sdb1 rw\n"
                            "22 21 8:33 / /media/disk/inner rw - ext4 /dev/sdc1 rw\n"
                            "23 20 0:50 / /media/net rw - nfs4 server:/x rw\n"
                            "24 20 8:49 / /media/disk rw - vfat /dev/sdd1 rw\n";

static void
test_mount_of (void)
{
  static const struct {
    const char *path, *point, *device;
  } CASES[] = { { "/srv/x", "/", "/dev/sda1" },
                { "/media/disk", "/media/disk", "/dev/sdd1" },
                { "/media/disk/a", "/media/disk", "/dev/sdd1" },
                { "/media/disks", "/", "/dev/sda1" },
                { "/media/disk/inner/a", "/media/disk/inner", "/dev/sdc1" },
                { "/media/net/a", "/media/net", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *device = NULL, *point = cr_backup_mount_of (DISKS, CASES[i].path, &device);
    g_assert_cmpstr (point, ==, CASES[i].point);
    g_assert_cmpstr (device, ==, CASES[i].device);
  }
  char *device;
  g_assert_null (cr_backup_mount_of ("", "/srv", &device));
  g_assert_null (device);
}

static void
test_mount_point (void)
{
  static const char MOUNTS[] = "22 28 0:20 / /proc rw,relatime shared:12 - proc proc rw\n"
                               "36 28 8:17 / /media/Front\\040desk\\040disk rw,nosuid - ext4 /dev/sdb1 rw\n"
                               "broken line\n37 28 8:18 / /x rw - ext4\n";
  g_autofree char *point = cr_backup_mount_point (MOUNTS, "/dev/sdb1");
  g_assert_cmpstr (point, ==, "/media/Front desk disk");
  g_assert_null (cr_backup_mount_point (MOUNTS, "/dev/sdb"));
  g_assert_null (cr_backup_mount_point ("", "/dev/sdb1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/domain/backup/" name, Shelf, NULL, set_up, func, tear_down)
  ADD ("daily", test_daily);
  ADD ("several-a-day", test_several_a_day);
  ADD ("unproven", test_unproven);
  ADD ("young", test_young);
  ADD ("needed", test_needed);
  ADD ("last-proven", test_last_proven);
  ADD ("due", test_due);
  add_standings ();
  g_test_add_func ("/domain/backup/mount-point", test_mount_point);
  g_test_add_func ("/domain/backup/mount-of", test_mount_of);
  return g_test_run ();
}
