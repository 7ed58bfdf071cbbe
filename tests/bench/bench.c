#include "bench.h"
#include <time.h>

static const struct {
  const char *name;
  void (*run) (Bench *bench);
} PARTS[] = {
  { "store", bench_store },   { "search", bench_search }, { "chart", bench_chart },
  { "import", bench_import }, { "packet", bench_paper },  { "demo", bench_demo },
  { "audit", bench_audit },   { "backup", bench_backup }, { "book", bench_book },
};

double
bench_now (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

double
bench_cpu (void)
{
  struct timespec used;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

void
bench_line (const char *name, double value, const char *unit, const char *format, ...)
{
  va_list rest;
  va_start (rest, format);
  g_autofree char *note = g_strdup_vprintf (format, rest);
  va_end (rest);
  int decimals = value >= 1000 ? 0 : value >= 10 ? 1 : 3;
  g_print ("%-26s %10.*f %-12s %s\n", name, decimals, value, unit, note);
}

GArray *
bench_times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_times_add (GArray *self, double seconds)
{
  g_array_append_val (self, seconds);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

double
bench_percentile (GArray *self, int percent)
{
  g_array_sort (self, compare_doubles);
  return g_array_index (self, double, (self->len - 1) * (guint)percent / 100);
}

void
bench_check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

char *
bench_path (Bench *bench, const char *name)
{
  return g_build_filename (bench->folder, name, NULL);
}

double
bench_make_demo (Bench *bench, const char *name, guint patients, gboolean thin, gboolean thick)
{
  g_autofree char *folder = bench_path (bench, name);
  CrDemoOptions options = { .folder = folder,
                            .password = BENCH_PASSWORD,
                            .patients = patients,
                            .seed = 1,
                            .date = BENCH_DAY,
                            .thin = thin,
                            .thick = thick,
                            .fast_kdf = TRUE };
  g_autoptr (GError) error = NULL;
  double start = bench_now ();
  if (g_file_test (folder, G_FILE_TEST_EXISTS))
    return 0;
  cr_demo_make (&options, bench->knowledge, NULL, NULL, &error);
  bench_check (error);
  return bench_now () - start;
}

CrSession *
bench_open (Bench *bench, const char *name, const char *login)
{
  g_autofree char *folder = bench_path (bench, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrClock) clock = cr_clock_new_fixed (BENCH_DAY, 10 * 60 + 34, "America/Los_Angeles");
  CrSession *session = cr_session_new (clock, bench->knowledge, "chartroomctl");
  cr_session_open (session, folder, login, BENCH_PASSWORD, &error);
  bench_check (error);
  return session;
}

void
bench_close (CrSession *session)
{
  cr_session_close (session);
  g_object_unref (session);
}

static void
free_patient (gpointer data)
{
  BenchPatient *p = data;
  g_free (p->mrn);
  g_free (p->family);
  g_free (p->given);
  g_free (p->phone);
  g_free (p);
}

static void
patient_cb (const CrPatientKey *key, gpointer data)
{
  BenchPatient *p = g_new (BenchPatient, 1);
  *p = (BenchPatient){
    key->id,   g_strdup (key->mrn), g_strdup (key->family), g_strdup (key->given), g_strdup (key->phone),
    key->birth
  };
  g_ptr_array_add (data, p);
}

static gboolean
patients_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patient_each_key (tx, patient_cb, data, error);
}

GPtrArray *
bench_patients (CrSession *session)
{
  GPtrArray *patients = g_ptr_array_new_with_free_func (free_patient);
  g_autoptr (GError) error = NULL;
  cr_session_run (session, CR_RIGHT_SCHEDULE_VIEW, patients_job, patients, &error);
  bench_check (error);
  return patients;
}

static CrKnowledge *
load_knowledge (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", "knowledge", NULL);
  g_autoptr (GError) error = NULL;
  CrKnowledge *knowledge = cr_knowledge_load (folder, &error);
  bench_check (error);
  return knowledge;
}

/* PART in the list of wanted parts; no list wants all. */
static gboolean
is_wanted (const char *part, char **wanted)
{
  return wanted[0] == NULL || g_strv_contains ((const char *const *)wanted, part);
}

int
main (int argc, char **argv)
{
  gboolean smoke = argc > 2 && g_str_equal (argv[2], "--smoke");
  if (argc < 2 || g_getenv ("CHARTROOM_SOURCE") == NULL) {
    g_printerr ("usage: CHARTROOM_SOURCE=TREE bench SCRATCH-FOLDER [--smoke] [PART…]\n");
    return 2;
  }
  Bench bench = { .smoke = smoke, .folder = argv[1], .knowledge = load_knowledge () };
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (is_wanted (PARTS[i].name, argv + (smoke ? 3 : 2)))
      PARTS[i].run (&bench);
  cr_knowledge_unref (bench.knowledge);
  return 0;
}
