#include "src/ui/schedule/desk-print.h"
#include "src/ui/schedule/label-dialog.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/render/desk-papers.h"
#include "chartroom/session/calls.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/practice-settings.h"
#include "chartroom/session/visit-desk.h"
#include <glib/gi18n.h>

typedef struct {
  CrWindow *window;
  CrDeskPaper paper;
  CrId patient, visit;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->window);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static const struct {
  const char *title, *file, *kind;
} PAPERS[] = {
  [CR_DESK_CARD] = { N_ ("Appointment Card"), "appointment-card.pdf", "appointment-card" },
  [CR_DESK_LETTER] = { N_ ("Reminder Letter"), "reminder-letter.pdf", "reminder-letter" },
  [CR_DESK_LIST] = { N_ ("List of Visits"), "visits.pdf", "visit-list" },
  [CR_DESK_LABEL] = { N_ ("Address Label"), "label.pdf", "address-label" },
  [CR_DESK_SLIP] = { N_ ("Routing Slip"), "routing-slip.pdf", "routing-slip" },
};

/* ---- what is on the paper ---- */

static const CrVisit *
find_visit (const GPtrArray *visits, CrId id)
{
  for (guint i = 0; i < visits->len; i++)
    if (((const CrVisit *)visits->pdata[i])->appointment->id == id)
      return visits->pdata[i];
  return NULL;
}

static CrPaper *
slip_of (const Job *job, const CrImprint *imprint, const CrChartRecords *records, const GPtrArray *visits,
         GError **error)
{
  CrRoutingSlipContent content = { imprint, find_visit (visits, job->visit), cr_desk_coverage (records) };
  if (content.visit != NULL)
    return cr_routing_slip (&content);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("This visit is not there any more."));
  return NULL;
}

static CrPaper *
letter_of (const CrVisitsContent *content, GError **error)
{
  const char *problem = cr_letter_problem (content->patient, content->reach);
  if (problem == NULL)
    return cr_reminder_letter (content);
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
  return NULL;
}

static CrPaper *
make (const Job *job, const CrImprint *imprint, const CrChartRecords *records, GError **error)
{
  CrSession *session = cr_window_get_session (job->window);
  g_autoptr (GPtrArray) visits = cr_desk_visits (session, records);
  CrVisitsContent content = { imprint, records->patient, visits, records->reach };
  switch (job->paper) {
  case CR_DESK_CARD:
    return cr_appointment_card (&content);
  case CR_DESK_LETTER:
    return letter_of (&content, error);
  case CR_DESK_LIST:
    return cr_visit_list_paper (&content);
  case CR_DESK_SLIP:
  default:
    return slip_of (job, imprint, records, visits, error);
  }
}

/* ---- to the preview ---- */

static GBytes *
paint (CrWindow *window, CrPaper *paper, GError **error)
{
  CrPaperMeta meta = { cr_clock_now (cr_session_get_clock (cr_window_get_session (window))), NULL };
  cr_paper_layout (paper);
  return cr_paper_to_pdf (paper, &meta, error);
}

static GtkWindow *
present (CrWindow *window, CrPaper *paper, const char *title, const char *file, const char *kind, CrId id,
         CrId patient)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = paint (window, paper, &error);
  if (pdf != NULL)
    return cr_window_present_pdf (window, pdf, title, file, kind, id, patient);
  cr_window_show_error (window, error);
  return NULL;
}

/* A letter that was printed is a try to reach the patient. */
static void
letter_logged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (window, error);
}

static void
letter_delivered_cb (GtkWindow *preview, const char *action, Job *job)
{
  g_autoptr (CrContactAttempt) attempt = cr_contact_attempt_new ();
  attempt->patient_id = job->patient;
  attempt->appointment_id = job->visit;
  attempt->kind = CR_CONTACT_LETTER;
  attempt->purpose = job->visit != CR_ID_NONE ? CR_PURPOSE_REMINDER : CR_PURPOSE_RECALL;
  cr_call_record_async (cr_window_get_session (job->window), attempt, letter_logged_cb,
                        g_object_ref (job->window));
}

static void
job_closed (gpointer data, GClosure *closure)
{
  job_free (data);
}

static CrImprint
imprint_of (CrSession *session, char **by)
{
  CrClock *clock = cr_session_get_clock (session);
  *by = cr_person_short (cr_session_get_person (session));
  return (CrImprint){ cr_session_get_practice (session), clock, cr_clock_now (clock), *by, NULL,
                      cr_session_get_logo (session) };
}

void
cr_desk_add_label (CrWindow *window, GPtrArray *addresses, const CrPatient *patient, const CrReach *reach)
{
  CrDate today = cr_clock_today (cr_session_get_clock (cr_window_get_session (window)));
  char *address =
      cr_letter_problem (patient, reach) == NULL ? cr_label_address (patient, reach, today) : NULL;
  if (address != NULL)
    g_ptr_array_add (addresses, address);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  CrSession *session = cr_window_get_session (job->window);
  g_autofree char *by = NULL;
  g_autoptr (CrPaper) paper = NULL;
  if (chart != NULL && job->paper == CR_DESK_LABEL) {
    const CrChartRecords *records = cr_chart_get_records (chart);
    g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_free);
    cr_desk_add_label (job->window, one, records->patient, records->reach);
    cr_desk_print_labels (job->window, one);
    return;
  }
  if (chart != NULL && cr_session_get_person (session) != NULL) {
    CrImprint imprint = imprint_of (session, &by);
    paper = make (job, &imprint, cr_chart_get_records (chart), &error);
  }
  if (error != NULL)
    cr_window_show_error (job->window, error);
  if (paper == NULL)
    return;
  GtkWindow *preview = present (job->window, paper, _ (PAPERS[job->paper].title), PAPERS[job->paper].file,
                                PAPERS[job->paper].kind, job->visit, job->patient);
  if (preview != NULL && job->paper == CR_DESK_LETTER)
    g_signal_connect_data (preview, "delivered", G_CALLBACK (letter_delivered_cb), g_steal_pointer (&job),
                           job_closed, 0);
}

GBytes *
cr_desk_paper_pdf (CrWindow *window, CrDeskPaper kind, CrChart *chart, GError **error)
{
  const CrChartRecords *records = cr_chart_get_records (chart);
  Job job = { window, kind, records->patient->id, CR_ID_NONE };
  g_autofree char *by = NULL;
  CrImprint imprint = imprint_of (cr_window_get_session (window), &by);
  g_autoptr (CrPaper) paper = make (&job, &imprint, records, error);
  return paper != NULL ? paint (window, paper, error) : NULL;
}

void
cr_desk_print (CrWindow *window, CrDeskPaper paper, CrId patient, CrId visit)
{
  Job *job = g_new0 (Job, 1);
  *job = (Job){ g_object_ref (window), paper, patient, visit };
  cr_chart_open_office_async (cr_window_get_session (window), patient, "paper", opened_cb, job);
}

void
cr_desk_print_labels (CrWindow *window, GPtrArray *addresses)
{
  if (addresses->len > 0)
    cr_label_dialog_present (window, addresses);
  else
    cr_window_toast (window, _ ("There is no address that may be written to, so there is no label."), NULL,
                     NULL);
}

/* ---- a clinician's week and calendar ---- */

/* A schedule of its own, so that the page's day stays where it is. */
typedef struct {
  CrWindow *window;
  CrDaySchedule *schedule;
  CrId person;
  CrDate monday;
  gulong handler;
} Week;

static void
week_free (Week *week)
{
  g_object_unref (week->schedule);
  g_object_unref (week->window);
  g_free (week);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Week, week_free)

static const CrPerson *
find_clinician (CrDaySchedule *schedule, CrId person)
{
  GListModel *people = cr_day_schedule_get_clinicians (schedule);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (cr_row_get_id (row) == person)
      return cr_row_peek (row);
  }
  return NULL;
}

static GPtrArray *
visits_of_clinician (CrDaySchedule *schedule, CrId person)
{
  GListModel *all = cr_day_schedule_get_visits (schedule);
  GPtrArray *own = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (all, i);
    const CrVisit *visit = cr_row_peek (row);
    if (visit->appointment->person_id == person)
      g_ptr_array_add (own, cr_visit_copy (visit));
  }
  return own;
}

static void
week_loaded_cb (CrDaySchedule *schedule, Week *taken)
{
  const CrDay *day = cr_day_schedule_get_day_on (schedule, taken->monday, taken->person);
  if (day == NULL || day->hours == NULL) /* not loaded yet */
    return;
  g_autoptr (Week) week = taken;
  CrSession *session = cr_window_get_session (week->window);
  const CrPerson *clinician = find_clinician (schedule, week->person);
  g_autoptr (GPtrArray) visits = visits_of_clinician (schedule, week->person);
  g_autofree char *by = NULL;
  g_signal_handler_disconnect (schedule, week->handler);
  if (clinician == NULL || cr_session_get_person (session) == NULL)
    return;
  CrImprint imprint = imprint_of (session, &by);
  CrWeekSheetContent content = { &imprint, clinician, week->monday, visits, day->hours, day->exceptions };
  g_autoptr (CrPaper) paper = cr_week_sheet (&content);
  present (week->window, paper, _ ("Week Sheet"), "week-sheet.pdf", "week-sheet", CR_ID_NONE, CR_ID_NONE);
}

void
cr_desk_print_week (CrWindow *window, CrId person, CrDate date)
{
  Week *week = g_new0 (Week, 1);
  week->window = g_object_ref (window);
  week->schedule = cr_day_schedule_new (cr_window_get_session (window));
  week->person = person;
  week->monday = cr_date_add_days (date, 1 - cr_date_weekday (date));
  cr_day_schedule_set_span (week->schedule, CR_SPAN_WEEK);
  week->handler = g_signal_connect (week->schedule, "reloaded", G_CALLBACK (week_loaded_cb), week);
  cr_day_schedule_set_date (week->schedule, week->monday);
}
