/* Finding patients: every keystroke of names, dates, phones and numbers as people type them. */
#include "bench.h"
#include "chartroom/session/search-index.h"

static void
key_cb (const CrPatientKey *key, gpointer data)
{
  CrIndexKey entry = { .id = key->id,
                       .merged_into = key->merged_into,
                       .mrn = key->mrn,
                       .family = key->family,
                       .given = key->given,
                       .preferred = key->preferred,
                       .former = key->names,
                       .search = key->search,
                       .phone = key->phone,
                       .phones = key->phones,
                       .birth = key->birth,
                       .death = key->death,
                       .sex = key->sex };
  cr_search_index_put (data, &entry);
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patient_each_key (tx, key_cb, data, error);
}

/* The query grows by one character a time, as the index sees it. */
static void
type_query (CrSearchIndex *index, const char *text, GArray *times)
{
  CrSearchContext context = { .today = BENCH_DAY, .limit = 9 };
  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end)) {
    g_autofree char *typed = g_strndup (text, (gsize)(end - text));
    guint total;
    double start = bench_now ();
    g_autoptr (GArray) found G_GNUC_UNUSED = cr_search_index_query (index, typed, &context, &total);
    bench_times_add (times, bench_now () - start);
    if (*end == '\0')
      return;
  }
}

static void
type_for_patient (CrSearchIndex *index, const BenchPatient *p, GArray *times)
{
  g_autofree char *names = g_strdup_printf ("%s %s", p->family, p->given);
  g_autofree char *turned = g_strdup_printf ("%.3s %.3s", p->given, p->family);
  g_autofree char *born = g_strdup_printf ("%d/%d/%d", p->birth.month, p->birth.day, p->birth.year);
  g_autofree char *wrong = g_strdup_printf ("%.2sx%s", p->family, p->family + 2);
  const char *queries[] = { names, turned, born, wrong, p->mrn, p->phone + 6 };
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    type_query (index, queries[i], times);
}

static void
measure (Bench *bench, guint patients, const char *label, const char *goal)
{
  g_autofree char *practice = g_strdup_printf ("thin-%u.practice", patients);
  g_autofree char *p50 = g_strdup_printf ("search-%s-p50", label),
                  *p95 = g_strdup_printf ("search-%s-p95", label);
  g_autofree char *most = g_strdup_printf ("search-%s-max", label),
                  *load = g_strdup_printf ("search-%s-load", label);
  g_autoptr (CrSearchIndex) index = cr_search_index_new (patients);
  g_autoptr (GArray) times = bench_times_new ();
  g_autoptr (GError) error = NULL;
  bench_make_demo (bench, practice, patients, TRUE, FALSE);
  CrSession *session = bench_open (bench, practice, "frontdesk");
  double start = bench_now ();
  cr_session_run (session, CR_RIGHT_SCHEDULE_VIEW, load_job, index, &error);
  bench_check (error);
  cr_search_index_prepare (index);
  double loaded = bench_now () - start;
  g_autoptr (GPtrArray) all = bench_patients (session);
  guint n = bench->smoke ? 3 : 100;
  for (guint i = 0; i < n; i++)
    type_for_patient (index, all->pdata[(gsize)i * all->len / n], times);
  bench_close (session);
  bench_line (p50, bench_percentile (times, 50) * 1000, "ms", "a keystroke among %u patients, %u keystrokes",
              patients, times->len);
  bench_line (p95, bench_percentile (times, 95) * 1000, "ms", "goal %s", goal);
  bench_line (most, bench_percentile (times, 100) * 1000, "ms", "the slowest");
  bench_line (load, loaded * 1000, "ms", "names into memory, after unlocking");
}

void
bench_search (Bench *bench)
{
  if (bench->smoke) {
    measure (bench, 300, "2k", "16 ms");
    return;
  }
  measure (bench, 2000, "2k", "16 ms");
  measure (bench, 20000, "20k", "16 ms");
  measure (bench, 200000, "200k", "16 ms");
  if (g_getenv ("CHARTROOM_BENCH_MILLION") != NULL) /* takes long to make */
    measure (bench, 1000000, "1m", "50 ms");
}
