/* The audit of many years: how fast it is written, proven and asked.  CHARTROOM_BENCH_AUDIT: how many
 * entries. */
#include "bench.h"
#include "chartroom/session/audit.h"

#define TEN_YEARS ((gint64)3650 * 24 * 3600 * G_USEC_PER_SEC)
enum { PER_JOB = 20000, PAGE = 500 };

typedef struct {
  const GPtrArray *patients;
  guint first, n;
  CrClock *clock;
  gint64 pause; /* microseconds between two entries */
} Batch;

/* What an office does: mostly looking, some paper, a broken seal now and then. */
static const char *
choose_action (guint i)
{
  if (i % 5000 == 17)
    return "break-glass";
  if (i % 40 == 3)
    return "print";
  return i % 97 == 5 ? "sign-in" : "view";
}

static gboolean
append_job (CrTx *tx, gpointer data, GError **error)
{
  const Batch *batch = data;
  for (guint i = batch->first; i < batch->first + batch->n; i++) {
    const BenchPatient *p = batch->patients->pdata[(i * 2654435761u) % batch->patients->len];
    if (!cr_tx_audit (tx, choose_action (i), "patient", p->id, p->id, "invented", error))
      return FALSE;
  }
  cr_clock_advance (batch->clock, batch->pause * batch->n);
  return TRUE;
}

static void
write_entries (CrSession *session, const GPtrArray *patients, guint all)
{
  Batch batch = { patients, 0, 0, cr_session_get_clock (session), TEN_YEARS / all };
  double start = bench_now ();
  for (; batch.first < all; batch.first += batch.n) {
    g_autoptr (GError) error = NULL;
    batch.n = MIN (PER_JOB, all - batch.first);
    cr_session_run (session, CR_RIGHT_SCHEDULE_VIEW, append_job, &batch, &error);
    bench_check (error);
  }
  cr_session_touch (session); /* the ten years went by without a key */
  bench_line ("audit-write", all / (bench_now () - start), "entries/s", "%u entries over ten years, in bulk",
              all);
}

static gboolean
verify_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_audit_verify (tx, data, error);
}

static void
measure_chain (CrSession *session)
{
  g_autoptr (GError) error = NULL;
  gint64 entries = 0;
  double start = bench_now ();
  cr_session_run (session, CR_RIGHT_AUDIT_VIEW, verify_job, &entries, &error);
  bench_check (error);
  bench_line ("audit-verify", entries / (bench_now () - start), "entries/s", "the whole chain; goal 300,000");
}

/* Until the first page stands, or all there is. */
static void
measure_question (CrSession *session, const char *name, const CrAuditQuestion *question)
{
  gboolean loading = TRUE;
  double start = bench_now ();
  g_autoptr (CrAuditList) list = cr_audit_list_new (session, question, PAGE);
  for (g_object_get (list, "loading", &loading, NULL); loading;
       g_object_get (list, "loading", &loading, NULL))
    g_main_context_iteration (NULL, TRUE);
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0 && question->view == CR_AUDIT_VIEW_EVERYTHING)
    g_error ("The audit that was written is not found.");
  bench_line (name, (bench_now () - start) * 1000, "ms", "%u entries found",
              g_list_model_get_n_items (G_LIST_MODEL (list)));
}

void
bench_audit (Bench *bench)
{
  const char *wish = g_getenv ("CHARTROOM_BENCH_AUDIT");
  guint all = bench->smoke ? 2000 : wish != NULL ? (guint)g_ascii_strtoull (wish, NULL, 10) : 1000000;
  g_autoptr (GPtrArray) patients = NULL;
  bench_make_demo (bench, "audit.practice", bench->smoke ? 30 : 2000, TRUE, FALSE);
  CrSession *session = bench_open (bench, "audit.practice", "admin");
  CrDate today;
  patients = bench_patients (session);
  write_entries (session, patients, MAX (all, 1));
  today = cr_clock_today (cr_session_get_clock (session));
  measure_chain (session);
  const BenchPatient *one = patients->pdata[patients->len / 2];
  const CrDate week = cr_date_add_days (today, -7), year = cr_date_add_days (today, -365);
  measure_question (session, "audit-newest", &(CrAuditQuestion){ 0 });
  measure_question (session, "audit-chart",
                    &(CrAuditQuestion){ .view = CR_AUDIT_VIEW_OPENED, .patient_id = one->id });
  measure_question (session, "audit-break-glass", &(CrAuditQuestion){ .view = CR_AUDIT_VIEW_BREAK_GLASS });
  measure_question (session, "audit-paper-year",
                    &(CrAuditQuestion){ .view = CR_AUDIT_VIEW_PAPER, .from = year });
  measure_question (session, "audit-late-week",
                    &(CrAuditQuestion){ .view = CR_AUDIT_VIEW_AFTER_HOURS, .from = week });
  measure_question (session, "audit-surname-all", &(CrAuditQuestion){ .view = CR_AUDIT_VIEW_SAME_SURNAME });
  bench_close (session);
}
