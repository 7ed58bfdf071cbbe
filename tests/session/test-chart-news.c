/* What another person writes into a chart that is open here is said, once, and not one's own work. */
#include "chart-fixture.h"
#include "chartroom/session/note-draft.h"

static gboolean
medication_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrMedication) taken = cr_medication_new ();
  taken->patient_id = *(CrId *)data;
  taken->display = g_strdup ("inventol 5 mg tablet");
  taken->status = CR_MED_ACTIVE;
  return cr_tx_save (tx, &CR_MEDICATION, taken, error);
}

/* Another program, where Dr. Chen is signed in, writes. */
static void
write_elsewhere (ChartFixture *c)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrSession) other = cr_session_new (c->f.clock, NULL, "other");
  cr_session_open (other, c->f.folder, "chen", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  cr_session_run (other, CR_RIGHT_CLINICAL_RECORD, medication_job, &c->f.garcia, &error);
  g_assert_no_error (error);
  cr_session_close (other);
}

static void
await_medication (ChartFixture *c, guint n)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  while (chart_records (c)->medications->len < n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (chart_records (c)->medications->len, ==, n);
}

static void
test_news (void)
{
  ChartFixture c = { 0 };
  const char *kind = NULL;
  g_autoptr (GError) error = NULL;
  chart_set_up (&c, "okafor");
  g_assert_null (cr_chart_news (c.chart, &kind));
  cr_session_run (c.f.session, CR_RIGHT_CLINICAL_RECORD, medication_job, &c.f.garcia, &error);
  await_medication (&c, 1);
  g_assert_null (cr_chart_news (c.chart, &kind)); /* my own */
  write_elsewhere (&c);
  await_medication (&c, 2);
  g_autofree char *news = cr_chart_news (c.chart, &kind);
  g_assert_cmpstr (news, ==, "Dr. Chen changed the medication list at 10:34 AM.");
  g_assert_cmpstr (kind, ==, "medication");
  cr_chart_forget_news (c.chart);
  g_assert_null (cr_chart_news (c.chart, &kind));
  cr_session_run (c.f.session, CR_RIGHT_CLINICAL_RECORD, medication_job, &c.f.garcia, &error);
  await_medication (&c, 3);
  g_assert_null (cr_chart_news (c.chart, &kind)); /* what was reviewed does not come back */
  chart_tear_down (&c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-news/news", test_news);
  return g_test_run ();
}
