#include "chartroom/domain/day-load.h"
#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

static void
mark (char *minutes, int start, int end, char what)
{
  start = CLAMP (start, 0, DAY_MINUTES);
  end = CLAMP (end, start, DAY_MINUTES);
  memset (minutes + start, what, (gsize)(end - start));
}

static void
mark_spans (char *minutes, const GArray *spans, char what)
{
  for (guint i = 0; i < spans->len; i++)
    mark (minutes, g_array_index (spans, CrSpan, i).start, g_array_index (spans, CrSpan, i).end, what);
}

CrDayLoad
cr_day_load (const CrDay *day)
{
  char open[DAY_MINUTES] = { 0 }, busy[DAY_MINUTES] = { 0 };
  g_autoptr (GArray) hours = cr_day_open_spans (day);
  g_autoptr (GArray) blocked = cr_day_blocked_spans (day);
  CrDayLoad load = { 0 };
  mark_spans (open, hours, 1);
  mark_spans (open, blocked, 0);
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *a = day->visits->pdata[i];
    if (a->person_id != day->person_id || !cr_stage_holds_slot (a->stage) ||
        cr_date_compare (a->date, day->date) != 0)
      continue;
    load.visits++;
    mark (busy, (int)a->start_min, (int)(a->start_min + MAX (a->minutes, 0)), 1);
  }
  for (int minute = 0; minute < DAY_MINUTES; minute++) {
    load.open += open[minute];
    load.booked += open[minute] & busy[minute];
  }
  return load;
}

CrDayLoad
cr_day_load_add (CrDayLoad a, CrDayLoad b)
{
  return (CrDayLoad){ a.visits + b.visits, a.open + b.open, a.booked + b.booked };
}

int
cr_day_load_free (CrDayLoad load)
{
  return load.open > 0 ? (load.open - load.booked) * 100 / load.open : 0;
}
