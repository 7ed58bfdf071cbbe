/* Making invented practices: how fast records of every kind get into the store. */
#include "bench.h"
#include <glib/gstdio.h>

static gint64
bytes_of (Bench *bench, const char *name)
{
  g_autofree char *folder = bench_path (bench, name), *path = g_build_filename (folder, "practice.db", NULL);
  GStatBuf info;
  return g_stat (path, &info) == 0 ? (gint64)info.st_size : 0;
}

static void
measure (Bench *bench, const char *line, guint patients, gboolean thin, gboolean thick, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s.practice", line);
  double used = bench_cpu (), seconds = bench_make_demo (bench, name, patients, thin, thick);
  bench_line (line, patients / seconds, "patients/s",
              "%u patients %s, %" G_GINT64_FORMAT " MB, %.0f patients a processor second", patients, what,
              bytes_of (bench, name) / 1000000, patients / (bench_cpu () - used));
}

void
bench_demo (Bench *bench)
{
  measure (bench, "demo", bench->smoke ? 20 : 400, FALSE, FALSE, "with ten years each");
  measure (bench, "demo-thin", bench->smoke ? 200 : 50000, TRUE, FALSE, "with one visit each");
  if (bench->smoke)
    return;
  double seconds = bench_make_demo (bench, "demo-thick.practice", 1, TRUE, TRUE);
  bench_line ("demo-thick", 32500 / seconds, "records/s",
              "one chart of 2,000 encounters, 30,000 observations, 500 documents");
}
