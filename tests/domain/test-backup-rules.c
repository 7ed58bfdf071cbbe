/* Which backups are kept, and where a disk is mounted. */
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
  g_test_add_func ("/domain/backup/mount-point", test_mount_point);
  return g_test_run ();
}
