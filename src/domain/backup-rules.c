/* Which backups are kept. */
#include "chartroom/domain/backup.h"
#include <string.h>

enum { DAYS = 7, WEEKS = 4, MONTHS = 12 };
#define ONE_DAY ((CrInstant)24 * 60 * 60 * G_USEC_PER_SEC)

/* Numbers of the period a date lies in: the same number, the same day, week or month. */
typedef int (*Period) (CrDate date);

static int
day_number (CrDate date)
{
  return cr_date_to_days (date);
}

/* Weeks begin on Monday. */
static int
week_number (CrDate date)
{
  return (cr_date_to_days (date) - cr_date_weekday (date) + 1 + 7) / 7;
}

static int
month_number (CrDate date)
{
  return date.year * 12 + date.month;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CrBackup *one = *(const CrBackup *const *)a, *two = *(const CrBackup *const *)b;
  return (one->taken_at < two->taken_at) - (one->taken_at > two->taken_at);
}

/* The newest proven one of each of the latest `most` periods that have one. */
static void
keep_by (GPtrArray *sorted, GHashTable *kept, CrClock *clock, Period period, int most)
{
  int last = G_MININT;
  for (guint i = 0; i < sorted->len && most > 0; i++) {
    CrBackup *b = sorted->pdata[i];
    int now = period (cr_clock_date_of (clock, b->taken_at));
    if (b->proven_at == 0 || now == last)
      continue;
    last = now;
    most--;
    g_hash_table_add (kept, b);
  }
}

static gboolean
is_needed (const CrBackup *b, GHashTable *kept)
{
  GHashTableIter iter;
  gpointer keeper;
  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &keeper, NULL)) {
    const char *needs = ((const CrBackup *)keeper)->needs;
    if (needs != NULL && b->mark != NULL && strstr (needs, b->mark) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* A backup lists all that it needs itself, so one pass is enough. */
static void
keep_needed (GPtrArray *sorted, GHashTable *kept)
{
  g_autoptr (GPtrArray) needed = g_ptr_array_new ();
  for (guint i = 0; i < sorted->len; i++)
    if (is_needed (sorted->pdata[i], kept))
      g_ptr_array_add (needed, sorted->pdata[i]);
  for (guint i = 0; i < needed->len; i++)
    g_hash_table_add (kept, needed->pdata[i]);
}

GPtrArray *
cr_backup_expired (const GPtrArray *backups, CrClock *clock)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  GPtrArray *expired = g_ptr_array_new ();
  const CrBackup *proven = cr_backup_last_proven (backups);
  CrInstant young = cr_clock_now (clock) - ONE_DAY;
  if (proven == NULL)
    return expired;
  for (guint i = 0; i < backups->len; i++)
    g_ptr_array_add (sorted, backups->pdata[i]);
  g_ptr_array_sort (sorted, newest_first);
  keep_by (sorted, kept, clock, day_number, DAYS);
  keep_by (sorted, kept, clock, week_number, WEEKS);
  keep_by (sorted, kept, clock, month_number, MONTHS);
  for (guint i = 0; i < sorted->len; i++)
    if (((CrBackup *)sorted->pdata[i])->taken_at > MIN (young, proven->taken_at))
      g_hash_table_add (kept, sorted->pdata[i]);
  keep_needed (sorted, kept);
  for (guint i = 0; i < sorted->len; i++)
    if (!g_hash_table_contains (kept, sorted->pdata[i]))
      g_ptr_array_add (expired, sorted->pdata[i]);
  return expired;
}

const CrBackup *
cr_backup_last_proven (const GPtrArray *backups)
{
  const CrBackup *last = NULL;
  for (guint i = 0; i < backups->len; i++) {
    const CrBackup *b = backups->pdata[i];
    if (b->proven_at != 0 && b->removed_at == 0 && (last == NULL || b->taken_at > last->taken_at))
      last = b;
  }
  return last;
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime - ext3 /dev/root rw": the mount point is the fifth word, the source the
 * second after the dash; blanks in them are "\040" (proc(5)). */
char *
cr_backup_mount_point (const char *mountinfo, const char *device)
{
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *tail = strstr (lines[i], " - ");
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 6);
    g_auto (GStrv) source = tail == NULL ? NULL : g_strsplit (tail + 3, " ", 3);
    if (source == NULL || g_strv_length (source) < 2 || g_strv_length (words) < 6)
      continue;
    g_autofree char *from = g_strcompress (source[1]);
    if (g_str_equal (from, device))
      return g_strcompress (words[4]);
  }
  return NULL;
}
