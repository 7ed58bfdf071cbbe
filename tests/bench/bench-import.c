/* Import of FHIR bundles into an empty practice: the Synthea samples beside the source tree, else our own
 * household. */
#include "bench.h"
#include "chartroom/session/import-run.h"

static GPtrArray *
find_files (Bench *bench)
{
  const char *tree = g_getenv ("CHARTROOM_SOURCE");
  g_autofree char *samples = g_build_filename (tree, "..", "shared", "data", "synthea", NULL);
  g_autoptr (GDir) dir = bench->smoke ? NULL : g_dir_open (samples, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (files, g_build_filename (samples, name, NULL));
  if (files->len == 0)
    g_ptr_array_add (files, g_build_filename (tree, "tests", "fixtures", "fhir", "household.json", NULL));
  return files;
}

static guint
count_of (const CrImportReport *report, const char *type)
{
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *count = report->counts->pdata[i];
    if (g_str_equal (count->type, type))
      return count->added + count->unchanged;
  }
  return 0;
}

static CrImportReport *
import_all (CrSession *session, const GPtrArray *files, double *seconds, double *cpu)
{
  CrImportReport *report = cr_import_report_new ();
  double start = bench_now (), used = bench_cpu ();
  for (guint i = 0; i < files->len; i++) {
    g_autoptr (GError) error = NULL;
    cr_import_file (session, files->pdata[i], FALSE, report, &error);
    bench_check (error);
  }
  *seconds = bench_now () - start;
  *cpu = bench_cpu () - used;
  return report;
}

void
bench_import (Bench *bench)
{
  g_autoptr (GPtrArray) files = find_files (bench);
  g_autoptr (GArray) first = bench_times_new (), again = bench_times_new (), used = bench_times_new ();
  guint charts = 0, rows = 0;
  for (guint round = 0; round < (bench->smoke ? 1 : 5); round++) {
    g_autofree char *name = g_strdup_printf ("import-%u.practice", round);
    double seconds, cpu;
    bench_make_demo (bench, name, 1, TRUE, FALSE);
    CrSession *session = bench_open (bench, name, "admin");
    g_autoptr (CrImportReport) report = import_all (session, files, &seconds, &cpu);
    bench_times_add (first, seconds);
    bench_times_add (used, cpu);
    g_autoptr (CrImportReport) second G_GNUC_UNUSED = import_all (session, files, &seconds, &cpu);
    bench_times_add (again, seconds);
    charts = count_of (report, "Patient");
    rows = report->rows_added;
    bench_close (session);
  }
  bench_line ("import", charts / bench_percentile (first, 50), "charts/s",
              "goal 20; %u charts, %u rows, %u files, %.0f charts a processor second", charts, rows,
              files->len, charts / bench_percentile (used, 50));
  bench_line ("import-again", charts / bench_percentile (again, 50), "charts/s", "nothing to change");
}
