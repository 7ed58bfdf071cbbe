/* Results in the packet: nothing is left out without a word. */
#include <string.h>
#include "pdf.h"
#include "sample.h"

#define MARGIN 54.0

static void
test_results (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content;
  g_autoptr (CrPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;

  for (int month = 1; month <= 10; month++) /* more days than columns, and a test that was done only once */
    sample_add_result (sample, "Trend panel", "Ferritin", "80", "ng/mL", NULL, NULL,
                       sample_instant (sample, 2026, month, 2, 500));
  sample_add_result (sample, "Trend panel", "Transferrin", "2.5", "g/L", "2.0–3.6", NULL,
                     sample_instant (sample, 2026, 1, 2, 500));
  content = sample_packet (sample);
  paper = cr_packet (&content);
  pdf = pdf_of (paper);
  all = pdf_text_all (pdf);
  g_assert_nonnull (strstr (all, "Transferrin")); /* never lost to newer days */
  g_assert_nonnull (strstr (all, "Collected 10 times; the newest three values of each test are shown."));
  g_assert_nonnull (strstr (all, "Oct 02, 2026"));
  g_assert_null (strstr (all, "Jul 02, 2026"));
  g_assert_nonnull (strstr (all, "5.1"));
  g_assert_nonnull (strstr (all, "H ▲"));
  g_assert_nonnull (strstr (all, "L ▼"));
}

static void
assert_all_say (CrPacketContent *content, const char *const *said, const char *const *unsaid)
{
  g_autoptr (CrPaper) paper = cr_packet (content);
  g_autoptr (GBytes) pdf = pdf_of (paper);
  g_autofree char *all = pdf_text_all (pdf);

  for (; *said != NULL; said++)
    if (strstr (all, *said) == NULL)
      g_error ("the packet does not say “%s” in\n%s", *said, all);
  for (; unsaid != NULL && *unsaid != NULL; unsaid++)
    if (strstr (all, *unsaid) != NULL)
      g_error ("the packet says “%s”", *unsaid);
  pdf_assert_inside (pdf, MARGIN);
}

static CrObservation *
last_result (Sample *sample)
{
  return sample->results->pdata[sample->results->len - 1];
}

/* Two final values of one time are both printed; a preliminary one hides neither. */
static void
test_results_same_time (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrInstant at = sample_instant (sample, 2026, 11, 20, 0);
  CrPacketContent content;

  sample_add_result (sample, "Twin panel", "Creatinine", "4.81", "mg/dL", NULL, "HH", at);
  sample_add_result (sample, "Twin panel", "Creatinine", "0.93", "mg/dL", NULL, NULL, at);
  sample_add_result (sample, "Twin panel", "Creatinine", "2.77", "mg/dL", NULL, "H", at + 1000);
  last_result (sample)->status = CR_OBS_PRELIMINARY;
  content = sample_packet (sample);
  assert_all_say (
      &content,
      (const char *const[]){ "4.81", "HH ▲▲", "0.93", "2.77", "preliminary", "Newest Nov 20, 2026", NULL },
      (const char *const[]){ "not in the table", NULL });
}

/* More values of one time than a cell holds: the newest, what is flagged, and how many there are. */
static void
test_results_crowded (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrInstant at = sample_instant (sample, 2026, 11, 20, 600);
  CrPacketContent content;

  sample_add_result (sample, "Crowd panel", "Lactate", "9.87", "mmol/L", NULL, "HH", at);
  sample_add_result (sample, "Crowd panel", "Lactate", "2.65", "mmol/L", NULL, "H", at);
  for (guint i = 0; i < 4; i++)
    sample_add_result (sample, "Crowd panel", "Lactate", "1.11", "mmol/L", NULL, NULL, at);
  content = sample_packet (sample);
  assert_all_say (
      &content,
      (const char *const[]){
          "Critical, not in the table: Lactate 9.87 mmol/L HH ▲▲ (Nov 20, 2026).",
          "Also flagged, not in the table: Lactate 2.65 mmol/L H ▲ (Nov 20, 2026).", "same time",
          "Collected 1 time; the newest three values of each test are shown. 3 more values are in "
          "the chart.",
          NULL },
      NULL);
}

/* Collections of one day carry their time; what falls off the table is named when it is flagged. */
static void
test_results_one_day (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content;

  sample_add_result (sample, "Day panel", "Potassium", "6.91", "mmol/L", NULL, "HH",
                     sample_instant (sample, 2026, 11, 20, 480));
  for (int hour = 10; hour <= 14; hour += 2)
    sample_add_result (sample, "Day panel", "Potassium", "4.02", "mmol/L", NULL, NULL,
                       sample_instant (sample, 2026, 11, 20, hour * 60));
  content = sample_packet (sample);
  assert_all_say (&content,
                  (const char *const[]){
                      "Critical, not in the table: Potassium 6.91 mmol/L HH ▲▲ (Nov 20, 2026 8:00 AM).",
                      "10:00 AM", "12:00 PM", "2:00 PM", "1 older collection is in the chart.", NULL },
                  NULL);
}

static void
test_results_flagged_before (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrPacketContent content;

  sample_add_result (sample, "Past panel", "Glucose", "181", "mg/dL", NULL, "H",
                     sample_instant (sample, 2020, 2, 3, 480));
  sample_add_result (sample, "Past panel", "Glucose", "203", "mg/dL", NULL, "H",
                     sample_instant (sample, 2026, 2, 3, 480));
  for (int day = 1; day <= 3; day++)
    sample_add_result (sample, "Past panel", "Glucose", "99", "mg/dL", NULL, NULL,
                       sample_instant (sample, 2026, 11, day, 480));
  sample_add_result (sample, "Old panel", "Ferritin", "80", "ng/mL", NULL, NULL,
                     sample_instant (sample, 2020, 1, 2, 500));
  content = sample_packet (sample);
  assert_all_say (
      &content,
      (const char *const[]){ "Also flagged, not in the table: Glucose 203 mg/dL H ▲ (Feb 03, 2026).",
                             "Flagged more than 12 months ago, in the chart: Glucose (1).",
                             "2 older collections are in the chart.",
                             "1 more panel of results is in the chart.", NULL },
      (const char *const[]){ "Ferritin", NULL });
}

/* A day without a time, as imports store it, gets no invented one. */
static void
test_results_without_time (void)
{
  g_autoptr (Sample) sample = sample_new ();
  CrInstant day = ((gint64)cr_date_to_days (CR_DATE (2026, 11, 20)) * 24 + 12) * 3600 * G_USEC_PER_SEC;
  CrPacketContent content;

  sample_add_result (sample, "Day panel", "Potassium", "4.02", "mmol/L", NULL, NULL, day);
  sample_add_result (sample, "Day panel", "Potassium", "4.03", "mmol/L", NULL, NULL,
                     sample_instant (sample, 2026, 11, 20, 480));
  content = sample_packet (sample);
  assert_all_say (&content, (const char *const[]){ "8:00 AM", "4.02", "4.03", NULL },
                  (const char *const[]){ "4:00 AM", NULL });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet/results", test_results);
  g_test_add_func ("/packet/results/same-time", test_results_same_time);
  g_test_add_func ("/packet/results/crowded", test_results_crowded);
  g_test_add_func ("/packet/results/one-day", test_results_one_day);
  g_test_add_func ("/packet/results/flagged-before", test_results_flagged_before);
  g_test_add_func ("/packet/results/without-time", test_results_without_time);
  return g_test_run ();
}
