#include "src/ui/schedule/hand-over-print.h"
#include "src/ui/schedule/desk-print.h"
#include "chartroom/helpers/pdf-pages.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/referral-work.h"
#include "chartroom/session/visit-desk.h"
#include "src/ui/referrals/packet-delivery.h"
#include "src/ui/shell/print-window.h"
#include <glib/gi18n.h>

typedef struct {
  CrWindow *window;
  CrId patient, visit;
  gboolean card;
  GArray *packets; /* CrId of referrals */
  guint next;      /* the packet that is read next */
  GPtrArray *pdfs; /* GBytes, in the order of paper */
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->window);
  g_array_unref (job->packets);
  g_ptr_array_unref (job->pdfs);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void read_next (Job *job);

static CrSession *
session_of (const Job *job)
{
  return cr_window_get_session (job->window);
}

/* ---- the one document ---- */

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf G_GNUC_UNUSED = cr_referral_packet_finish (result, &error);
  if (error != NULL)
    cr_window_show_error (window, error);
}

/* Each paper is counted and audited for itself. */
static void
delivered_cb (GtkWindow *preview, const char *action, Job *job)
{
  if (job->card)
    cr_session_audit_paper (session_of (job), action, "appointment-card", CR_ID_NONE, job->patient, 1);
  for (guint i = 0; i < job->packets->len; i++)
    cr_check_out_packet_async (session_of (job), job->visit, g_array_index (job->packets, CrId, i), "print",
                               counted_cb, g_object_ref (job->window));
}

static void
job_closed (gpointer data, GClosure *closure)
{
  job_free (data);
}

static void
present (Job *taken)
{
  g_autoptr (Job) job = taken;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_pdf_join (job->pdfs, &error);
  if (pdf == NULL) {
    cr_window_show_error (job->window, error);
    return;
  }
  GtkWindow *preview = cr_window_present_pdf (job->window, pdf, _ ("To Hand Over"), "to-hand-over.pdf", NULL,
                                              CR_ID_NONE, job->patient);
  if (preview == NULL)
    return;
  cr_print_window_only_paper (CR_PRINT_WINDOW (preview));
  g_signal_connect_data (preview, "delivered", G_CALLBACK (delivered_cb), g_steal_pointer (&job), job_closed,
                         0);
}

/* ---- its parts ---- */

static void
take (Job *taken, GBytes *pdf, const GError *error)
{
  g_autoptr (Job) job = taken;
  if (pdf == NULL) { /* nothing is printed by halves */
    cr_window_show_error (job->window, error);
    return;
  }
  g_ptr_array_add (job->pdfs, pdf);
  read_next (g_steal_pointer (&job));
}

static void
packet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Job *job = data;
  int prints = 0;
  g_autoptr (GBytes) pdf = cr_referral_packet_earlier_finish (result, &prints, &error);
  g_autofree char *day = cr_date_format (cr_clock_today (cr_session_get_clock (session_of (job))));
  g_autofree char *mark = prints > 0 ? g_strdup_printf (_ ("REPRINT %d, %s"), prints, day) : NULL;
  GBytes *paper = pdf != NULL && mark != NULL
                      ? cr_packet_mark_pages (pdf, _ ("Referral packet"), mark, &error)
                      : g_steal_pointer (&pdf);
  take (job, paper, error); /* error as it is after the marking */
}

static void
card_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  GBytes *pdf = chart != NULL ? cr_desk_paper_pdf (job->window, CR_DESK_CARD, chart, &error) : NULL;
  take (job, pdf, error);
}

static void
read_next (Job *job)
{
  if (job->card && job->pdfs->len == 0)
    cr_chart_open_office_async (session_of (job), job->patient, "paper", card_cb, job);
  else if (job->next < job->packets->len)
    cr_check_out_packet_async (session_of (job), job->visit, g_array_index (job->packets, CrId, job->next++),
                               "view", packet_cb, job);
  else
    present (job);
}

void
cr_hand_over_print (CrWindow *window, CrId patient, CrId visit, gboolean card, const GArray *packets)
{
  Job *job = g_new0 (Job, 1);
  if (card && packets->len == 0) { /* a paper of its own, and its own printer */
    cr_desk_print (window, CR_DESK_CARD, patient, CR_ID_NONE);
    g_free (job);
    return;
  }
  *job = (Job){ g_object_ref (window),
                patient,
                visit,
                card,
                g_array_copy ((GArray *)packets),
                0,
                g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref) };
  read_next (job);
}
