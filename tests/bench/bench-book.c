/* A full year of a practice with ten clinicians: the next free time, and a day of it. */
#include "bench.h"
#include "chartroom/session/day-schedule.h"
#include "chartroom/session/next-available.h"

enum { CLINICIANS = 10, YEAR = 365, OPEN = 9 * 60, CLOSE = 17 * 60, VISIT = 20, DAYS_A_JOB = 5 };

typedef struct {
  const GPtrArray *patients;
  GArray *people; /* CrId */
  CrId type;
  int first, n; /* days from BENCH_DAY on */
  guint made;
} Fill;

typedef struct {
  GMainLoop *loop;
  CrSlotAnswer *answer;
} Wait;

static gboolean
add_hours (CrTx *tx, CrId person, GError **error)
{
  for (int weekday = 1; weekday <= 5; weekday++) {
    g_autoptr (CrHours) hours = cr_hours_new ();
    hours->person_id = person;
    hours->weekday = weekday;
    hours->start_min = OPEN;
    hours->end_min = CLOSE;
    if (!cr_tx_save (tx, &CR_HOURS, hours, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
staff_job (CrTx *tx, gpointer data, GError **error)
{
  Fill *fill = data;
  g_autoptr (GPtrArray) types = cr_visit_type_list (tx, error);
  if (types == NULL)
    return FALSE;
  fill->type = ((const CrVisitType *)types->pdata[0])->id;
  for (int i = 0; i < CLINICIANS; i++) {
    g_autoptr (CrPerson) person = cr_person_new ();
    person->login = g_strdup_printf ("bench%d", i);
    person->family = g_strdup_printf ("Bench%d", i);
    person->given = g_strdup ("Invented");
    person->roles = CR_ROLE_DOCTOR;
    person->schedulable = person->active = TRUE;
    person->position = 100 + i;
    if (!cr_person_add (tx, person, BENCH_PASSWORD, TRUE, error) || !add_hours (tx, person->id, error))
      return FALSE;
    g_array_append_val (fill->people, person->id);
  }
  return TRUE;
}

static gboolean
add_visit (CrTx *tx, Fill *fill, CrId person, CrDate date, int start, GError **error)
{
  g_autoptr (CrAppointment) visit = cr_appointment_new ();
  const BenchPatient *patient = fill->patients->pdata[fill->made++ * 7919u % fill->patients->len];
  visit->patient_id = patient->id;
  visit->person_id = person;
  visit->visit_type_id = fill->type;
  visit->date = date;
  visit->start_min = start;
  visit->minutes = VISIT;
  visit->stage_at = visit->booked_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_APPOINTMENT, visit, error);
}

/* Of each day all but a handful of times. */
static gboolean
fill_job (CrTx *tx, gpointer data, GError **error)
{
  Fill *fill = data;
  for (int day = fill->first; day < fill->first + fill->n; day++) {
    CrDate date = cr_date_add_days (BENCH_DAY, day);
    for (guint i = 0; i < fill->people->len && cr_date_weekday (date) <= 5; i++)
      for (int start = OPEN; start + VISIT <= CLOSE; start += VISIT)
        if ((day * 31 + (int)i * 7 + start) % 97 != 0 &&
            !add_visit (tx, fill, g_array_index (fill->people, CrId, i), date, start, error))
          return FALSE;
  }
  return TRUE;
}

static void
fill_book (CrSession *session, Fill *fill, int days)
{
  g_autoptr (GError) error = NULL;
  cr_session_run (session, CR_RIGHT_ADMIN, staff_job, fill, &error);
  bench_check (error);
  for (fill->first = 0; fill->first < days; fill->first += fill->n) {
    fill->n = MIN (DAYS_A_JOB, days - fill->first);
    cr_session_run (session, CR_RIGHT_SCHEDULE_EDIT, fill_job, fill, &error);
    bench_check (error);
    cr_session_touch (session);
  }
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  wait->answer = cr_next_available_finish (CR_SESSION (source), result, &error);
  bench_check (error);
  g_main_loop_quit (wait->loop);
}

static guint
ask (CrSession *session, const Fill *fill, const CrSlotQuestion *question, GArray *times)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL };
  double start = bench_now ();
  cr_next_available_async (session, question, found_cb, &wait);
  g_main_loop_run (loop);
  bench_times_add (times, bench_now () - start);
  g_autoptr (CrSlotAnswer) answer = wait.answer;
  return answer->slots->len;
}

static CrSlotQuestion
question_from (const Fill *fill, int days, int minutes)
{
  const CrId *people = (const CrId *)(gpointer)fill->people->data;
  return (CrSlotQuestion){ .wish = { .parts = { { fill->type, minutes, people, fill->people->len } },
                                     .from = cr_date_add_days (BENCH_DAY, days),
                                     .earliest_min = CR_MINUTE_NONE,
                                     .latest_min = CR_MINUTE_NONE },
                           .limit = 6 };
}

static void
print_times (const char *name, const char *label, GArray *times, const char *what)
{
  g_autofree char *p50 = g_strdup_printf ("%s-%s-p50", name, label);
  g_autofree char *p95 = g_strdup_printf ("%s-%s-p95", name, label);
  bench_line (p50, bench_percentile (times, 50) * 1000, "ms", "%s, median of %u", what, times->len);
  bench_line (p95, bench_percentile (times, 95) * 1000, "ms", "the slower ones");
}

static void
measure_next (CrSession *session, const Fill *fill, const char *label, int n)
{
  g_autoptr (GArray) soon = bench_times_new (), late = bench_times_new ();
  guint found = 0;
  for (int i = 0; i < n; i++) {
    CrSlotQuestion question = question_from (fill, i * 11 % 300, VISIT);
    CrSlotQuestion never = question_from (fill, 0, 8 * 60 - 20 + i % 3);
    question.wish.half = (CrHalf)(i % 3);
    found += ask (session, fill, &question, soon);
    never.wish.latest_min = OPEN - 1; /* nothing fits: all 18 months are looked through */
    ask (session, fill, &never, late);
  }
  if (found == 0)
    g_error ("No free time was found in a book that has some.");
  print_times ("next-free", label, soon, "six times in a book of ten clinicians; goal 50 ms");
  print_times ("next-free-none", label, late, "none in 18 months, a year of them full");
}

static void
measure_days (CrSession *session, CrBookSpan span, const char *name, const char *label, int n,
              const char *what)
{
  g_autoptr (GArray) times = bench_times_new ();
  g_autoptr (CrDaySchedule) day = cr_day_schedule_new (session);
  cr_day_schedule_set_span (day, span);
  for (int i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    double start = bench_now ();
    cr_day_schedule_set_date (day, cr_date_add_days (BENCH_DAY, i * 7 % 300));
    cr_day_schedule_load (day, &error);
    bench_times_add (times, bench_now () - start);
    bench_check (error);
  }
  print_times (name, label, times, what);
}

static void
measure (Bench *bench, guint patients, const char *label)
{
  g_autofree char *practice = g_strdup_printf ("book-%s.practice", label);
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (CrId));
  int n = bench->smoke ? 3 : 60;
  bench_make_demo (bench, practice, patients, TRUE, FALSE);
  CrSession *session = bench_open (bench, practice, "admin");
  g_autoptr (GPtrArray) all = bench_patients (session);
  Fill fill = { .patients = all, .people = people };
  fill_book (session, &fill, bench->smoke ? 7 : YEAR);
  measure_next (session, &fill, label, n);
  measure_days (session, CR_SPAN_DAY, "full-day", label, n, "a day of ten clinicians, 240 visits");
  measure_days (session, CR_SPAN_WEEK, "full-week", label, n, "a week of ten clinicians, 1,200 visits");
  bench_close (session);
}

void
bench_book (Bench *bench)
{
  measure (bench, bench->smoke ? 40 : 2000, "2k");
  if (bench->smoke)
    return;
  measure (bench, 20000, "20k");
  measure (bench, 200000, "200k");
}
