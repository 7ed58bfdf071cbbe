#include "chartroom/base/clock.h"
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define DAY_SECONDS G_GINT64_CONSTANT (86400)

/* As zone.tab has them. */
#define USUAL_ZONES                                                                                          \
  "US\t\tAmerica/New_York\nUS\t\tAmerica/Chicago\nUS\t\tAmerica/Denver\nUS\t\tAmerica/Phoenix\n"             \
  "US\t\tAmerica/Los_Angeles\nUS\t\tAmerica/Anchorage\nUS\t\tPacific/Honolulu\n"

typedef enum { CLOCK_SYSTEM, CLOCK_FIXED, CLOCK_RUNNING } ClockKind;

struct _CrClock {
  gatomicrefcount refs;
  ClockKind kind;
  GMutex lock; /* guards what follows */
  GTimeZone *zone;
  CrInstant start;   /* fixed: the instant itself; running: where it began */
  gint64 started_at; /* running: the monotonic time of `start` */
  gboolean floating; /* made from a civil time of no zone yet: keeps it when the zone is set first */
};

/* A name nobody knows falls back to the machine's own zone; cr_clock_zone tells which one holds. */
static GTimeZone *
open_zone (const char *name)
{
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  return zone != NULL ? zone : g_time_zone_new_local ();
}

static CrClock *
new_clock (ClockKind kind, const char *zone)
{
  CrClock *self = g_new0 (CrClock, 1);
  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->kind = kind;
  self->zone = open_zone (zone);
  return self;
}

static GTimeZone *
copy_zone (CrClock *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  return g_time_zone_ref (self->zone);
}

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

/* Seconds of the office's own civil time since 1970-01-01 00:00. */
static gint64
local_seconds (CrClock *self, CrInstant at)
{
  g_autoptr (GTimeZone) zone = copy_zone (self);
  gint64 utc = floor_divide (at, SECOND);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc);
  return utc + g_time_zone_get_offset (zone, interval);
}

/* GLib moves a skipped time to the end of the gap; `type` chooses between the two of a repeated one. */
static gint64
utc_seconds (GTimeZone *zone, GTimeType type, gint64 local)
{
  int interval = g_time_zone_adjust_time (zone, type, &local);
  return local - g_time_zone_get_offset (zone, interval);
}

gboolean
cr_zone_is_known (const char *zone)
{
  g_autoptr (GTimeZone) found = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  return found != NULL;
}

/* Lines of zone.tab: country, place on earth, name, comment; those of other countries go to `others`. */
static void
read_zones (GStrvBuilder *names, GPtrArray *others, const char *first)
{
  const char *dir = g_getenv ("TZDIR");
  g_autofree char *path = g_build_filename (dir != NULL ? dir : "/usr/share/zoneinfo", "zone.tab", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup (USUAL_ZONES);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (g_strchomp (lines[i]), "\t", 4);
    if (lines[i][0] == '#' || g_strv_length (fields) < 3 || g_strcmp0 (fields[2], first) == 0)
      continue;
    if (g_str_equal (fields[0], "US"))
      g_strv_builder_add (names, fields[2]);
    else
      g_ptr_array_add (others, g_strdup (fields[2]));
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
cr_zone_names (const char *first)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  if (first != NULL && *first != '\0')
    g_strv_builder_add (names, first);
  read_zones (names, others, first);
  g_ptr_array_sort (others, compare_names);
  for (guint i = 0; i < others->len; i++)
    g_strv_builder_add (names, others->pdata[i]);
  return g_strv_builder_end (names);
}

CrClock *
cr_clock_new_system (const char *zone)
{
  return new_clock (CLOCK_SYSTEM, zone);
}

CrClock *
cr_clock_new_fixed (CrDate date, int minute, const char *zone)
{
  CrClock *self = new_clock (CLOCK_FIXED, zone);
  self->start = cr_clock_instant_of (self, date, minute);
  return self;
}

CrClock *
cr_clock_new_from (CrDate date, int minute, const char *zone)
{
  CrClock *self = new_clock (CLOCK_RUNNING, zone);
  self->start = cr_clock_instant_of (self, date, minute);
  self->started_at = g_get_monotonic_time ();
  self->floating = zone == NULL;
  return self;
}

CrClock *
cr_clock_ref (CrClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
cr_clock_unref (CrClock *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_time_zone_unref (self->zone);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
cr_clock_advance (CrClock *self, gint64 microseconds)
{
  g_return_if_fail (self != NULL && self->kind == CLOCK_FIXED);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  self->start += microseconds;
}

void
cr_clock_set_zone (CrClock *self, const char *zone)
{
  g_return_if_fail (self != NULL);
  CrDate date = cr_clock_date_of (self, self->start);
  int minute = cr_clock_minute_of (self, self->start);
  g_autoptr (GTimeZone) fresh = open_zone (zone);
  if (self->floating)
    self->start =
        utc_seconds (fresh, G_TIME_TYPE_STANDARD, cr_date_to_days (date) * DAY_SECONDS + minute * 60) *
        SECOND;
  self->floating = FALSE;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  GTimeZone *previous = self->zone;
  self->zone = g_steal_pointer (&fresh);
  fresh = previous;
}

const char *
cr_clock_zone (CrClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_autoptr (GTimeZone) zone = copy_zone (self);
  return g_intern_string (g_time_zone_get_identifier (zone));
}

CrInstant
cr_clock_now (CrClock *self)
{
  g_return_val_if_fail (self != NULL, CR_INSTANT_NONE);
  if (self->kind == CLOCK_SYSTEM)
    return g_get_real_time ();

  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gint64 elapsed = self->kind == CLOCK_RUNNING ? g_get_monotonic_time () - self->started_at : 0;
  return self->start + elapsed;
}

CrDate
cr_clock_today (CrClock *self)
{
  return cr_clock_date_of (self, cr_clock_now (self));
}

int
cr_clock_minute (CrClock *self)
{
  return cr_clock_minute_of (self, cr_clock_now (self));
}

CrDate
cr_clock_date_of (CrClock *self, CrInstant at)
{
  g_return_val_if_fail (self != NULL, CR_DATE_NONE);
  return cr_date_from_days ((gint32)floor_divide (local_seconds (self, at), DAY_SECONDS));
}

int
cr_clock_minute_of (CrClock *self, CrInstant at)
{
  g_return_val_if_fail (self != NULL, 0);
  gint64 local = local_seconds (self, at);
  return (int)((local - floor_divide (local, DAY_SECONDS) * DAY_SECONDS) / 60);
}

CrInstant
cr_clock_instant_of (CrClock *self, CrDate date, int minute)
{
  g_return_val_if_fail (self != NULL && cr_date_is_full (date), CR_INSTANT_NONE);

  g_autoptr (GTimeZone) zone = copy_zone (self);
  gint64 local = cr_date_to_days (date) * DAY_SECONDS + minute * 60;
  gint64 summer = utc_seconds (zone, G_TIME_TYPE_DAYLIGHT, local);
  gint64 winter = utc_seconds (zone, G_TIME_TYPE_STANDARD, local);
  return MIN (summer, winter) * SECOND;
}

gboolean
cr_clock_has_minute (CrClock *self, CrDate date, int minute)
{
  g_return_val_if_fail (self != NULL && cr_date_is_full (date), FALSE);
  return cr_clock_minute_of (self, cr_clock_instant_of (self, date, minute)) == minute;
}

char *
cr_clock_format (CrClock *self, CrInstant at)
{
  g_return_val_if_fail (self != NULL, NULL);
  if (at == CR_INSTANT_NONE)
    return g_strdup ("");

  g_autofree char *day = cr_date_to_iso (cr_clock_date_of (self, at));
  int minute = cr_clock_minute_of (self, at);
  gint64 second = floor_divide (at, SECOND) - floor_divide (at, 60 * SECOND) * 60;
  return g_strdup_printf ("%s %02d:%02d:%02d", day, minute / 60, minute % 60, (int)second);
}
