/* The desk's papers and calendars: card, letter, visits, label, slip, weeksheet, calendar. */
#include "src/ctl/ctl.h"
#include "src/ctl/outside.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/exchange/icalendar.h"
#include "chartroom/render/desk-papers.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/reach-load.h"
#include "chartroom/session/practice-settings.h"
#include "chartroom/session/visit-desk.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>

enum { CALENDAR_DAYS = 28, MOST_DAYS = 400 };

static CrImprint
imprint_of (CtlCall *call, char **by)
{
  CrClock *clock = cr_session_get_clock (call->session);
  *by = cr_person_short (cr_session_get_person (call->session));
  return (CrImprint){ cr_session_get_practice (call->session), clock, cr_clock_now (clock), *by, NULL,
                      cr_session_get_logo (call->session) };
}

/* ---- papers of one patient ---- */

static CrChart *
open_office (CtlCall *call, GError **error)
{
  g_autoptr (CrPatient) patient = ctl_patient (call, call->rest[1], error);
  CrChart *chart;
  CtlWait wait;
  if (patient == NULL)
    return NULL;
  ctl_wait_init (&wait);
  cr_chart_open_office_async (call->session, patient->id, "chartroomctl", ctl_wait_cb, &wait);
  chart = cr_chart_open_finish (ctl_wait_result (&wait), error);
  ctl_wait_clear (&wait);
  return chart;
}

/* The visit of that day that has not been cancelled; the first one. */
static const CrVisit *
visit_on (const GPtrArray *visits, CrDate date, GError **error)
{
  const CrVisit *found = NULL;
  for (guint i = 0; i < visits->len; i++) {
    const CrVisit *visit = visits->pdata[i];
    if (cr_date_compare (visit->appointment->date, date) == 0 &&
        cr_stage_holds_slot (visit->appointment->stage) &&
        (found == NULL || visit->appointment->start_min < found->appointment->start_min))
      found = visit;
  }
  if (found == NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("This patient has no visit on that day."));
  return found;
}

static CrPaper *
slip_of (CtlCall *call, const CrImprint *imprint, const CrChartRecords *records, const GPtrArray *visits,
         GError **error)
{
  CrDate date = cr_clock_today (imprint->clock);
  if (call->n_rest == 3 && !ctl_date (call->rest[2], &date, error))
    return NULL;
  CrRoutingSlipContent content = { imprint, visit_on (visits, date, error), cr_desk_coverage (records) };
  return content.visit != NULL ? cr_routing_slip (&content) : NULL;
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
make_paper (CtlCall *call, const CrImprint *imprint, const CrChartRecords *records, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_desk_visits (call->session, records);
  CrVisitsContent content = { imprint, records->patient, visits, records->reach };
  if (g_str_equal (call->command, "card"))
    return cr_appointment_card (&content);
  if (g_str_equal (call->command, "letter"))
    return letter_of (&content, error);
  return g_str_equal (call->command, "visits") ? cr_visit_list_paper (&content)
                                               : slip_of (call, imprint, records, visits, error);
}

/* As the desktop names them in the audit. */
static const char *
kind_of (const char *command)
{
  static const char *const KINDS[][2] = { { "card", "appointment-card" },
                                          { "letter", "reminder-letter" },
                                          { "visits", "visit-list" },
                                          { "slip", "routing-slip" } };
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_str_equal (KINDS[i][0], command))
      return KINDS[i][1];
  return command;
}

int
ctl_desk_paper (CtlCall *call, GError **error)
{
  g_autoptr (CrChart) chart = NULL;
  g_autoptr (CrPaper) paper = NULL;
  g_autofree char *by = NULL;
  CrImprint imprint;
  if (!ctl_need_out (call, error))
    return call->out == NULL ? CTL_USAGE : CTL_REFUSED;
  chart = open_office (call, error);
  if (chart == NULL)
    return CTL_REFUSED;
  imprint = imprint_of (call, &by);
  paper = make_paper (call, &imprint, cr_chart_get_records (chart), error);
  ctl_hold_signals ();
  return paper != NULL && ctl_export (call, paper, kind_of (call->command), error) ? CTL_DONE : CTL_REFUSED;
}

/* ---- labels ---- */

typedef struct {
  const CrPatient *patient;
  CrReach *reach;
} Reaching;

static gboolean
reach_job (CrTx *tx, gpointer data, GError **error)
{
  Reaching *reaching = data;
  return cr_reach_load (tx, reaching->patient, &reaching->reach, error);
}

static gboolean
find_reach (CtlCall *call, const CrPatient *patient, CrReach **reach, GError **error)
{
  Reaching reaching = { patient, NULL };
  gboolean read = cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, reach_job, &reaching, error);
  *reach = reaching.reach;
  return read;
}

int
ctl_labels (CtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  CrLabelSheetContent content = { .addresses = addresses,
                                  .first = call->start > 0 ? (guint)call->start - 1 : 0 };
  g_autoptr (CrPaper) paper = NULL;
  if (!ctl_need_out (call, error))
    return call->out == NULL ? CTL_USAGE : CTL_REFUSED;
  for (guint i = 1; i < call->n_rest; i++) {
    g_autoptr (CrPatient) patient = ctl_patient (call, call->rest[i], error);
    g_autoptr (CrReach) reach = NULL;
    char *address;
    if (patient == NULL || !find_reach (call, patient, &reach, error))
      return CTL_REFUSED;
    address = cr_label_address (patient, reach, cr_clock_today (cr_session_get_clock (call->session)));
    if (address == NULL) {
      g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("No address is recorded of MRN %s."),
                   call->rest[i]);
      return CTL_REFUSED;
    }
    g_ptr_array_add (addresses, address);
  }
  paper = cr_label_sheet (&content);
  ctl_hold_signals ();
  return ctl_export (call, paper, "address-label", error) ? CTL_DONE : CTL_REFUSED;
}

/* ---- of a clinician ---- */

static const CrPerson *
find_clinician (CtlCall *call, const char *login, GError **error)
{
  GListModel *people = cr_session_get_people (call->session);
  g_autoptr (GString) others = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row); /* the list keeps it */
    if (person->schedulable && g_strcmp0 (person->login, login) == 0)
      return person;
    if (person->schedulable && person->active)
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", person->login);
  }
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               others->len > 0 ? _ ("“%s” has no column in the book. These have one: %s.")
                               : _ ("“%s” has no column in the book, nor has anybody else."),
               login, others->str);
  return NULL;
}

/* Copies of the clinician's visits on the days that the schedule holds. */
static void
add_visits (CrDaySchedule *schedule, CrId person, CrDate from, CrDate to, GPtrArray *out)
{
  GListModel *visits = cr_day_schedule_get_visits (schedule);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrVisit *visit = cr_row_peek (row);
    const CrAppointment *a = visit->appointment;
    if (a->person_id == person && cr_date_compare (a->date, from) >= 0 && cr_date_compare (a->date, to) <= 0)
      g_ptr_array_add (out, cr_visit_copy (visit));
  }
}

static CrDaySchedule *
load_week (CtlCall *call, CrDate monday, GError **error)
{
  g_autoptr (CrDaySchedule) schedule = cr_day_schedule_new (call->session);
  cr_day_schedule_set_span (schedule, CR_SPAN_WEEK);
  cr_day_schedule_set_date (schedule, monday);
  return cr_day_schedule_load (schedule, error) ? g_steal_pointer (&schedule) : NULL;
}

int
ctl_weeksheet (CtlCall *call, GError **error)
{
  CrDate date = cr_clock_today (cr_session_get_clock (call->session));
  const CrPerson *clinician;
  if (!ctl_need_out (call, error))
    return call->out == NULL ? CTL_USAGE : CTL_REFUSED;
  if (call->n_rest == 3 && !ctl_date (call->rest[2], &date, error))
    return CTL_USAGE;
  clinician = find_clinician (call, call->rest[1], error);
  CrDate monday = cr_date_add_days (date, 1 - cr_date_weekday (date));
  g_autoptr (CrDaySchedule) schedule = clinician != NULL ? load_week (call, monday, error) : NULL;
  if (schedule == NULL)
    return CTL_REFUSED;
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  g_autofree char *by = NULL;
  const CrDay *rules = cr_day_schedule_get_day_on (schedule, monday, clinician->id);
  CrImprint imprint = imprint_of (call, &by);
  add_visits (schedule, clinician->id, monday, cr_date_add_days (monday, 6), visits);
  CrWeekSheetContent content = { &imprint, clinician, monday, visits, rules->hours, rules->exceptions };
  g_autoptr (CrPaper) paper = cr_week_sheet (&content);
  ctl_hold_signals ();
  return ctl_export (call, paper, "week-sheet", error) ? CTL_DONE : CTL_REFUSED;
}

/* ---- calendar ---- */

static gboolean
read_names (CtlCall *call, int *names, GError **error)
{
  static const char *const WORDS[] = { "none", "initials", "full", NULL };
  *names = CR_CALENDAR_NO_NAMES;
  for (int i = 0; call->names != NULL && WORDS[i] != NULL; i++)
    if (g_str_equal (WORDS[i], call->names))
      *names = i;
  if (call->names == NULL || g_strv_contains (WORDS, call->names))
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("--names is none, initials or full, not “%s”."),
               call->names);
  return FALSE;
}

static gboolean
read_days (CtlCall *call, CrDate *from, CrDate *to, GError **error)
{
  *from = cr_clock_today (cr_session_get_clock (call->session));
  if ((call->from != NULL && !ctl_date (call->from, from, error)))
    return FALSE;
  *to = cr_date_add_days (*from, CALENDAR_DAYS - 1);
  if (call->until != NULL && !ctl_date (call->until, to, error))
    return FALSE;
  if (cr_date_compare (*to, *from) >= 0 && cr_date_to_days (*to) - cr_date_to_days (*from) <= MOST_DAYS)
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                       _ ("--until is a day after --from, at most 400 days later."));
  return FALSE;
}

static gboolean
collect (CtlCall *call, CrId person, CrDate from, CrDate to, GPtrArray *visits, GError **error)
{
  CrDate monday = cr_date_add_days (from, 1 - cr_date_weekday (from));
  for (; cr_date_compare (monday, to) <= 0; monday = cr_date_add_days (monday, 7)) {
    g_autoptr (CrDaySchedule) schedule = load_week (call, monday, error);
    CrDate sunday = cr_date_add_days (monday, 6);
    if (schedule == NULL)
      return FALSE;
    add_visits (schedule, person, cr_date_compare (monday, from) < 0 ? from : monday,
                cr_date_compare (sunday, to) > 0 ? to : sunday, visits);
  }
  return TRUE;
}

typedef struct {
  const char *path, *names;
  GBytes *bytes;
  guint visits;
} Export;

/* The file and its audit entry: neither without the other. */
static gboolean
export_job (CrTx *tx, gpointer data, GError **error)
{
  const Export *export = data;
  g_autofree char *detail = g_strdup_printf ("%u visits, names: %s", export->visits, export->names);
  return cr_tx_audit (tx, "export", "calendar", CR_ID_NONE, CR_ID_NONE, detail, error) &&
         ctl_write_file (export->path, export->bytes, error);
}

int
ctl_calendar (CtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  CrClock *clock = cr_session_get_clock (call->session);
  const CrPerson *clinician = NULL;
  CrDate from, to;
  int names;
  if (!ctl_need_out (call, error))
    return call->out == NULL ? CTL_USAGE : CTL_REFUSED;
  if (!read_names (call, &names, error) || !read_days (call, &from, &to, error))
    return CTL_USAGE;
  if (names == CR_CALENDAR_NAMES && !cr_session_require (call->session, CR_RIGHT_EXPORT, error))
    return CTL_REFUSED;
  clinician = find_clinician (call, call->rest[1], error);
  if (clinician == NULL || !collect (call, clinician->id, from, to, visits, error))
    return CTL_REFUSED;
  CrCalendarContent content = {
    cr_session_get_practice (call->session), clinician, visits, clock, cr_clock_now (clock), names
  };
  g_autoptr (GBytes) bytes = cr_calendar_write (&content);
  Export export = { call->out, call->names != NULL ? call->names : "none", bytes, visits->len };
  ctl_hold_signals ();
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, export_job, &export, error))
    return CTL_REFUSED;
  g_print (ngettext ("%s: %u visit.\n", "%s: %u visits.\n", visits->len), call->out, visits->len);
  return CTL_DONE;
}
