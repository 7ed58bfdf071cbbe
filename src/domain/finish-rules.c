#include "chartroom/domain/finish-rules.h"

enum { LONGEST = 4 * 60 }; /* minutes: beyond it a stamp was forgotten */

gboolean
cr_visit_overrun (const CrAppointment *appointment, const CrEncounter *encounter, int *overrun)
{
  CrInstant end = encounter->ready_at != CR_INSTANT_NONE ? encounter->ready_at : encounter->checked_out_at;
  if (encounter->with_doctor_at == CR_INSTANT_NONE || end == CR_INSTANT_NONE)
    return FALSE;
  gint64 minutes = (end - encounter->with_doctor_at) / (60 * G_USEC_PER_SEC);
  *overrun = (int)(minutes - appointment->minutes);
  return minutes > 0 && minutes <= LONGEST;
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* type none: of all.  FALSE: too few. */
static gboolean
find_median (const GArray *past, CrId type, int *median)
{
  int overruns[CR_OVERRUN_VISITS];
  guint n = 0;
  for (guint i = 0; i < past->len && n < CR_OVERRUN_VISITS; i++) {
    const CrPastVisit *visit = &g_array_index (past, CrPastVisit, i);
    if (type == CR_ID_NONE || visit->visit_type_id == type)
      overruns[n++] = visit->overrun;
  }
  if (n < CR_OVERRUN_LEAST)
    return FALSE;
  qsort (overruns, n, sizeof *overruns, compare_ints);
  *median = n % 2 == 1 ? overruns[n / 2] : (overruns[n / 2 - 1] + overruns[n / 2]) / 2;
  return TRUE;
}

int
cr_overrun_median (const GArray *past, CrId visit_type_id)
{
  int median = 0;
  if (find_median (past, visit_type_id, &median) || find_median (past, CR_ID_NONE, &median))
    return median;
  return 0;
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const CrAppointment *first = *(CrAppointment *const *)a, *second = *(CrAppointment *const *)b;
  if (first->start_min != second->start_min)
    return first->start_min < second->start_min ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

static gboolean
is_waited_for (const CrAppointment *a, int now)
{
  gboolean here = a->stage == CR_STAGE_ARRIVED || a->stage == CR_STAGE_ROOMED;
  return here || (a->stage < CR_STAGE_ARRIVED && a->start_min + a->minutes > now);
}

/* At least a minute: nobody is seen in none. */
static int
length_of (const CrAppointment *a, const GArray *past)
{
  return MAX ((int)a->minutes + cr_overrun_median (past, a->visit_type_id), 1);
}

CrFinish
cr_expected_finish (const GPtrArray *appointments, const GArray *past, int now, int started)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  CrFinish finish = { CR_MINUTE_NONE, 0, 0 };
  int free_at = now, planned = 0;
  for (guint i = 0; i < appointments->len; i++) {
    CrAppointment *a = appointments->pdata[i];
    if (a->stage == CR_STAGE_WITH_DOCTOR) {
      int begun = started != CR_MINUTE_NONE ? started : (int)a->start_min;
      free_at = MAX (free_at, begun + length_of (a, past));
      finish.minute = free_at;
    }
    if (a->stage == CR_STAGE_WITH_DOCTOR || is_waited_for (a, now))
      planned = MAX (planned, (int)(a->start_min + a->minutes));
    if (is_waited_for (a, now))
      g_ptr_array_add (left, a);
  }
  g_ptr_array_sort (left, compare_starts);
  for (guint i = 0; i < left->len; i++) {
    const CrAppointment *a = left->pdata[i];
    int begin = a->stage >= CR_STAGE_ARRIVED ? free_at : MAX (free_at, (int)a->start_min);
    finish.minute = free_at = begin + length_of (a, past);
  }
  finish.waiting = left->len;
  finish.behind = finish.minute != CR_MINUTE_NONE ? finish.minute - planned : 0;
  return finish;
}
