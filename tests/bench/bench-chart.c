/* What a person waits for: unlocking, opening a chart, changing the day. */
#include "bench.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/day-schedule.h"

static void
measure_unlock (Bench *bench)
{
  g_autofree char *plain = bench_path (bench, "real-kdf.practice");
  g_autoptr (GArray) times = bench_times_new ();
  CrDemoOptions options = { .folder = plain,
                            .password = BENCH_PASSWORD,
                            .patients = 20,
                            .seed = 1,
                            .date = BENCH_DAY,
                            .fast_kdf = bench->smoke };
  g_autoptr (GError) error = NULL;
  cr_demo_make (&options, bench->knowledge, NULL, NULL, &error);
  bench_check (error);
  for (guint i = 0; i < (bench->smoke ? 1 : 7); i++) {
    double start = bench_now ();
    CrSession *session = bench_open (bench, "real-kdf.practice", "doctor");
    bench_times_add (times, bench_now () - start);
    bench_close (session);
  }
  bench_line ("unlock", bench_percentile (times, 50) * 1000, "ms",
              "name and password to an open practice, median of %u", times->len);
}

static void
measure_charts (CrSession *session, const GPtrArray *patients, guint from, guint n, guint times_each,
                const char *name, const char *what)
{
  g_autoptr (GArray) times = bench_times_new ();
  g_autofree char *p95 = g_strdup_printf ("%s-p95", name), *p50 = g_strdup_printf ("%s-p50", name);
  for (guint i = 0; i < n * times_each; i++) {
    g_autoptr (GError) error = NULL;
    const BenchPatient *p = patients->pdata[from + i % n];
    double start = bench_now ();
    g_autoptr (CrChart) chart G_GNUC_UNUSED = cr_chart_open (session, p->id, "chartroomctl", &error);
    bench_times_add (times, bench_now () - start);
    bench_check (error);
  }
  bench_line (p50, bench_percentile (times, 50) * 1000, "ms", "%s, all of it in memory, median of %u", what,
              times->len);
  bench_line (p95, bench_percentile (times, 95) * 1000, "ms", "the slower ones");
}

/* The days of each view, at dates `step` days apart around today. */
static void
measure_days (Bench *bench, CrSession *session)
{
  static const struct {
    CrBookSpan span;
    int step;
    const char *p50, *p95, *what;
  } VIEWS[] = {
    { CR_SPAN_DAY, 1, "day-view-p50", "day-view-p95", "a day" },
    { CR_SPAN_WEEK, 7, "week-view-p50", "week-view-p95", "a week" },
    { CR_SPAN_MONTH, 30, "month-view-p50", "month-view-p95", "the six weeks of a month" },
  };
  for (guint v = 0; v < G_N_ELEMENTS (VIEWS); v++) {
    g_autoptr (GArray) times = bench_times_new ();
    g_autoptr (CrDaySchedule) book = cr_day_schedule_new (session);
    cr_day_schedule_set_span (book, VIEWS[v].span);
    for (int i = -20; i < (bench->smoke ? -17 : 20); i++) {
      g_autoptr (GError) error = NULL;
      double start = bench_now ();
      cr_day_schedule_set_date (book, cr_date_add_days (BENCH_DAY, i * VIEWS[v].step));
      cr_day_schedule_load (book, &error);
      bench_times_add (times, bench_now () - start);
      bench_check (error);
    }
    bench_line (VIEWS[v].p50, bench_percentile (times, 50) * 1000, "ms",
                "hours and visits of %s, median of %u", VIEWS[v].what, times->len);
    bench_line (VIEWS[v].p95, bench_percentile (times, 95) * 1000, "ms", "the slower ones");
  }
}

void
bench_chart (Bench *bench)
{
  guint n = bench->smoke ? 20 : 200;
  bench_make_demo (bench, "normal.practice", n, FALSE, !bench->smoke);
  CrSession *session = bench_open (bench, "normal.practice", "doctor");
  g_autoptr (GPtrArray) patients = bench_patients (session);
  measure_charts (session, patients, 0, n, 1, "chart-open", "a chart of ten years");
  if (!bench->smoke)
    measure_charts (session, patients, patients->len - 1, 1, 11, "chart-open-thick",
                    "2,000 encounters, 30,000 observations");
  measure_days (bench, session);
  bench_close (session);
  measure_unlock (bench);
}
