/* Which backups are kept, how they stand, when the next is due, and on which disk a folder lies. */
#include "chartroom/domain/backup.h"
#include <glib/gi18n.h>
#include <string.h>

enum { DAYS = 7, WEEKS = 4, MONTHS = 12, LATE_AFTER_DAYS = 3 };
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

/* ---- how they stand ---- */

static const CrBackup *
newest_of (const GPtrArray *backups)
{
  const CrBackup *newest = NULL;
  for (guint i = 0; i < backups->len; i++) {
    const CrBackup *b = backups->pdata[i];
    if (b->removed_at == 0 && (newest == NULL || b->taken_at > newest->taken_at))
      newest = b;
  }
  return newest;
}

/* "today 7:00 AM" · "yesterday 7:00 AM" · "Nov 20, 7:00 AM" · "Dec 31, 2025, 7:00 AM" */
static char *
format_when (CrInstant at, CrClock *clock)
{
  CrDate date = cr_clock_date_of (clock, at), today = cr_clock_today (clock);
  g_autofree char *time = cr_minute_format (cr_clock_minute_of (clock, at));
  int ago = cr_date_to_days (today) - cr_date_to_days (date);
  if (ago == 0)
    return g_strdup_printf (_ ("today %s"), time);
  if (ago == 1)
    return g_strdup_printf (_ ("yesterday %s"), time);
  g_autofree char *day = date.year == today.year ? cr_date_format_short (date) : cr_date_format (date);
  /* Translators: a date, then the time of day. */
  return g_strdup_printf (_ ("%s, %s"), day, time);
}

static gboolean
is_late (const CrBackup *proven, CrClock *clock)
{
  return cr_date_to_days (cr_clock_today (clock)) -
             cr_date_to_days (cr_clock_date_of (clock, proven->taken_at)) >
         LATE_AFTER_DAYS;
}

CrBackupHealth
cr_backup_health (const GPtrArray *backups, CrClock *clock)
{
  const CrBackup *newest = newest_of (backups), *proven = cr_backup_last_proven (backups);
  if (newest == NULL)
    return CR_BACKUP_HEALTH_NONE;
  if (newest->finding != NULL || proven == NULL)
    return CR_BACKUP_HEALTH_UNPROVEN;
  return is_late (proven, clock) ? CR_BACKUP_HEALTH_LATE : CR_BACKUP_HEALTH_OK;
}

char *
cr_backup_sentence (const GPtrArray *backups, CrClock *clock)
{
  const CrBackup *newest = newest_of (backups), *proven = cr_backup_last_proven (backups);
  CrBackupHealth health = cr_backup_health (backups, clock);
  if (health == CR_BACKUP_HEALTH_NONE)
    return g_strdup (_ ("No backup yet"));
  if (health == CR_BACKUP_HEALTH_LATE) {
    g_autofree char *day = cr_date_format (cr_clock_date_of (clock, proven->taken_at));
    return g_strdup_printf (_ ("No proven backup since %s"), day);
  }
  g_autofree char *when =
      format_when (health == CR_BACKUP_HEALTH_OK ? proven->taken_at : newest->taken_at, clock);
  if (health == CR_BACKUP_HEALTH_OK)
    return g_strdup_printf (_ ("Backup OK, %s"), when);
  return newest->finding != NULL ? g_strdup_printf (_ ("Last backup failed its check, %s"), when)
                                 : g_strdup_printf (_ ("Last backup not proven, %s"), when);
}

gboolean
cr_backup_is_due (const char *folder, const GPtrArray *backups, CrClock *clock)
{
  CrDate today = cr_clock_today (clock);
  for (guint i = 0; i < backups->len; i++) {
    const CrBackup *b = backups->pdata[i];
    if (g_strcmp0 (b->folder, folder) == 0 && (b->proven_at != 0 || b->finding != NULL) &&
        cr_date_compare (cr_clock_date_of (clock, b->taken_at), today) >= 0)
      return FALSE;
  }
  return TRUE;
}

/* ---- disks ---- */

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime - ext3 /dev/root rw": the mount point is the fifth word, the source the
 * second after the dash; blanks in them are "\040" (proc(5)).  FALSE: not such a line. */
static gboolean
read_mount (const char *line, char **point, char **device)
{
  const char *tail = strstr (line, " - ");
  g_auto (GStrv) words = g_strsplit (line, " ", 6);
  g_auto (GStrv) source = tail == NULL ? NULL : g_strsplit (tail + 3, " ", 3);
  if (source == NULL || g_strv_length (source) < 2 || g_strv_length (words) < 6)
    return FALSE;
  *point = g_strcompress (words[4]);
  *device = g_strcompress (source[1]);
  return TRUE;
}

char *
cr_backup_mount_point (const char *mountinfo, const char *device)
{
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *point = NULL, *from = NULL;
    if (read_mount (lines[i], &point, &from) && g_str_equal (from, device))
      return g_steal_pointer (&point);
  }
  return NULL;
}

static gboolean
lies_in (const char *path, const char *point)
{
  gsize length = strlen (point);
  return g_str_equal (point, "/") ||
         (strncmp (path, point, length) == 0 && (path[length] == '/' || path[length] == '\0'));
}

/* The longest mount point; of the same one twice, what was mounted last. */
char *
cr_backup_mount_of (const char *mountinfo, const char *path, char **device)
{
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);
  char *best = NULL;
  *device = NULL;
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *point = NULL, *from = NULL;
    if (!read_mount (lines[i], &point, &from) || !lies_in (path, point) ||
        (best != NULL && strlen (point) < strlen (best)))
      continue;
    g_free (best);
    best = g_steal_pointer (&point);
    g_free (*device);
    *device = from[0] == '/' ? g_steal_pointer (&from) : NULL;
  }
  return best;
}
