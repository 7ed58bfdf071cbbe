/* Referral packets: arranged, placed and painted into a PDF. */
#include "bench.h"
#include "chartroom/render/packet-source.h"
#include "chartroom/session/chart.h"

static CrReferral *
invented_referral (CrSession *session, const CrChartRecords *records)
{
  const CrContact *to = NULL;
  CrReferral *r = cr_referral_new ();
  for (guint i = 0; i < records->contacts->len && to == NULL; i++)
    to = records->contacts->pdata[i];
  r->patient_id = records->patient->id;
  r->author_id = cr_session_get_person (session)->id;
  r->contact_id = to != NULL ? to->id : CR_ID_NONE;
  r->number = g_strdup ("REF-0001");
  r->specialty = g_strdup ("Cardiology");
  r->question = g_strdup ("Is the breathlessness on stairs cardiac?");
  r->ask = g_strdup ("evaluate");
  r->urgency = CR_URGENCY_ROUTINE;
  r->ordered_on = BENCH_DAY;
  return r;
}

/* Seconds for one packet; pages and bytes of it. */
static double
make_packet (Bench *bench, CrSession *session, const CrChartRecords *records, const CrReferral *referral,
             guint *pages)
{
  CrClock *clock = cr_session_get_clock (session);
  CrImprint imprint = {
    .practice = records->practice, .clock = clock, .at = cr_clock_now (clock), .by = "Dr. Okafor"
  };
  CrPaperMeta meta = { cr_clock_now (clock), NULL };
  g_autoptr (GError) error = NULL;
  double start = bench_now ();
  g_autoptr (CrPacketSource) source = cr_packet_source_new (records, referral, &imprint);
  CrPacketContent *content = cr_packet_source_content (source);
  content->knowledge = bench->knowledge;
  g_autoptr (CrPaper) paper = cr_packet (content);
  g_autoptr (GBytes) pdf G_GNUC_UNUSED = cr_paper_to_pdf (paper, &meta, &error);
  bench_check (error);
  *pages = cr_paper_pages (paper);
  return bench_now () - start;
}

static void
measure (Bench *bench, CrSession *session, const BenchPatient *patient, guint times, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open (session, patient->id, "chartroomctl", &error);
  bench_check (error);
  const CrChartRecords *records = cr_chart_get_records (chart);
  g_autoptr (CrReferral) referral = invented_referral (session, records);
  double seconds = 0, used = bench_cpu ();
  guint pages = 0, all = 0;
  for (guint i = 0; i < times; i++) {
    seconds += make_packet (bench, session, records, referral, &pages);
    all += pages;
  }
  used = bench_cpu () - used;
  bench_line (name, all / seconds, "pages/s",
              "packets of %u pages, %.0f ms each, %.0f pages a processor second", pages,
              seconds * 1000 / times, all / used);
}

/* What the composer does after a change: the paper arranged and placed anew, and its first page painted. */
static void
measure_relayout (Bench *bench, CrSession *session, const BenchPatient *patient, guint times,
                  const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open (session, patient->id, "chartroomctl", &error);
  bench_check (error);
  const CrChartRecords *records = cr_chart_get_records (chart);
  g_autoptr (CrReferral) referral = invented_referral (session, records);
  CrClock *clock = cr_session_get_clock (session);
  CrImprint imprint = {
    .practice = records->practice, .clock = clock, .at = cr_clock_now (clock), .by = "Dr. Okafor"
  };
  g_autoptr (CrPacketSource) source = cr_packet_source_new (records, referral, &imprint);
  cairo_surface_t *screen = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 612, 792);
  cairo_t *cr = cairo_create (screen);
  double longest = 0;
  guint pages = 0;
  cr_packet_source_content (source)->knowledge = bench->knowledge;
  for (guint i = 0; i < times; i++) {
    double start = bench_now ();
    g_autoptr (CrPaper) paper = cr_packet (cr_packet_source_content (source));
    cr_paper_draw_page (paper, cr, 0);
    longest = MAX (longest, bench_now () - start);
    pages = cr_paper_pages (paper);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (screen);
  bench_line (name, longest * 1000, "ms", "the slowest of %u, packets of %u pages; 150 ms are allowed", times,
              pages);
}

void
bench_paper (Bench *bench)
{
  guint n = bench->smoke ? 20 : 200;
  bench_make_demo (bench, "normal.practice", n, FALSE, !bench->smoke);
  CrSession *session = bench_open (bench, "normal.practice", "doctor");
  g_autoptr (GPtrArray) patients = bench_patients (session);
  measure (bench, session, patients->pdata[0], bench->smoke ? 1 : 20, "packet");
  measure_relayout (bench, session, patients->pdata[0], bench->smoke ? 2 : 20, "packet-relayout");
  if (!bench->smoke) {
    measure (bench, session, patients->pdata[patients->len - 1], 3, "packet-thick");
    measure_relayout (bench, session, patients->pdata[patients->len - 1], 5, "packet-thick-relayout");
  }
  bench_close (session);
}
