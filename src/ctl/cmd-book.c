/* book, move, cancel: a second program at work on the book, under the same rules as the desktop. */
#include "src/ctl/ctl.h"
#include "chartroom/base/text.h"
#include "chartroom/session/day-schedule.h"
#include <glib/gi18n.h>

typedef struct {
  const char *text; /* a login or a code */
  CrId id;
} Wanted;

/* ---- what the arguments name ---- */

static gboolean
person_job (CrTx *tx, gpointer data, GError **error)
{
  Wanted *wanted = data;
  g_autoptr (CrPerson) person = cr_person_by_login (tx, wanted->text, error);
  if (person == NULL)
    return FALSE;
  wanted->id = person->id;
  return TRUE;
}

static gboolean
type_job (CrTx *tx, gpointer data, GError **error)
{
  Wanted *wanted = data;
  g_autoptr (GPtrArray) types = cr_visit_type_list (tx, error);
  for (guint i = 0; types != NULL && i < types->len; i++) {
    const CrVisitType *type = types->pdata[i];
    if (type->active && type->code != NULL && g_ascii_strcasecmp (type->code, wanted->text) == 0)
      wanted->id = type->id;
  }
  if (types != NULL && wanted->id == CR_ID_NONE)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("There is no visit type with the code “%s”. Give one that the practice has, as FU."),
                 wanted->text);
  return wanted->id != CR_ID_NONE;
}

/* text NULL: none, id stays as it is. */
static gboolean
find_id (CtlCall *call, CrJob job, const char *text, CrId *id, GError **error)
{
  Wanted wanted = { text, CR_ID_NONE };
  if (text == NULL)
    return TRUE;
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, job, &wanted, error))
    return FALSE;
  *id = wanted.id;
  return TRUE;
}

static gboolean
read_time (CtlCall *call, const char *text, int *minute, GError **error)
{
  int now = cr_clock_minute (cr_session_get_clock (call->session));
  if (cr_minute_parse (text, now, minute, error) && *minute != CR_MINUTE_NONE)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("The time is empty. Give it as 9:20 or 14:30."));
  return FALSE;
}

/* DIR PATIENT DATE TIME */
static gboolean
read_place (CtlCall *call, CrPatient **patient, CrDate *date, int *minute, GError **error)
{
  *patient = ctl_patient (call, call->rest[1], error);
  return *patient != NULL && ctl_date (call->rest[2], date, error) &&
         read_time (call, call->rest[3], minute, error);
}

/* The patient's visit at that time; NULL with error. */
static const CrVisit *
find_visit (CrDaySchedule *day, const CrPatient *patient, CrDate date, int minute, GError **error)
{
  GListModel *visits = cr_day_schedule_get_visits (day);
  cr_day_schedule_set_date (day, date);
  if (!cr_day_schedule_load (day, error))
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    const CrVisit *visit = cr_row_peek (row);
    if (visit->patient->id == patient->id && visit->appointment->start_min == minute &&
        cr_stage_holds_slot (visit->appointment->stage))
      return visit;
  }
  g_autofree char *time = cr_minute_format (minute);
  g_autofree char *day_words = cr_date_format_weekday (date);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
               _ ("Patient %s has no visit on %s at %s. The day command lists those there are."),
               patient->mrn, day_words, time);
  return NULL;
}

static guint
accepted (const CtlCall *call)
{
  return call->anyway ? CR_PLACES_SOFT : 0;
}

static void
print_done (const char *done, const CrPatient *patient, CrDate date, int minute)
{
  g_autofree char *day = cr_date_format_weekday (date);
  g_autofree char *time = cr_minute_format (minute);
  /* Translators: "Booked 004217: Mon Nov 23, 2026, 9:20 AM" */
  g_print (_ ("%s %s: %s, %s\n"), done, patient->mrn, day, time);
}

/* ---- commands ---- */

int
ctl_book (CtlCall *call, GError **error)
{
  g_autoptr (CrPatient) patient = NULL;
  g_autoptr (CrDaySchedule) day = cr_day_schedule_new (call->session);
  CtlWait wait;
  CrBooking booking = { .minutes = call->minutes, .reason = call->why, .accept = accepted (call) };
  if (call->person == NULL || call->type == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("book needs --person LOGIN and --type CODE."));
    return CTL_USAGE;
  }
  if (!read_place (call, &patient, &booking.date, &booking.start, error) ||
      !find_id (call, person_job, call->person, &booking.person_id, error) ||
      !find_id (call, type_job, call->type, &booking.visit_type_id, error))
    return CTL_REFUSED;
  booking.patient_id = patient->id;
  ctl_wait_init (&wait);
  cr_day_schedule_book_async (day, &booking, ctl_wait_cb, &wait);
  CrId id = cr_day_schedule_book_finish (day, ctl_wait_result (&wait), error);
  ctl_wait_clear (&wait);
  if (id == CR_ID_NONE)
    return CTL_REFUSED;
  print_done (_ ("Booked"), patient, booking.date, booking.start);
  return CTL_DONE;
}

int
ctl_move (CtlCall *call, GError **error)
{
  g_autoptr (CrPatient) patient = NULL;
  g_autoptr (CrDaySchedule) day = cr_day_schedule_new (call->session);
  CrVisitChange change = CR_VISIT_CHANGE (CR_ID_NONE);
  CtlWait wait;
  CrDate date;
  int minute;
  if (call->to_date == NULL && call->to_time == NULL && call->person == NULL && call->type == NULL &&
      call->minutes == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("move needs at least one of --to-date, --to-time, --person, --type, --minutes."));
    return CTL_USAGE;
  }
  if (!read_place (call, &patient, &date, &minute, error) ||
      (call->to_date != NULL && !ctl_date (call->to_date, &change.date, error)) ||
      (call->to_time != NULL && !read_time (call, call->to_time, &change.start, error)) ||
      !find_id (call, person_job, call->person, &change.person_id, error) ||
      !find_id (call, type_job, call->type, &change.visit_type_id, error))
    return CTL_REFUSED;
  const CrVisit *visit = find_visit (day, patient, date, minute, error);
  if (visit == NULL)
    return CTL_REFUSED;
  change.appointment = visit->appointment->id;
  change.minutes = call->minutes;
  change.accept = accepted (call);
  ctl_wait_init (&wait);
  cr_day_schedule_change_async (day, &change, ctl_wait_cb, &wait);
  CrId id = cr_day_schedule_change_finish (day, ctl_wait_result (&wait), error);
  ctl_wait_clear (&wait);
  if (id == CR_ID_NONE)
    return CTL_REFUSED;
  print_done (_ ("Moved"), patient, cr_date_is_set (change.date) ? change.date : date,
              change.start != CR_MINUTE_NONE ? change.start : minute);
  return CTL_DONE;
}

int
ctl_cancel (CtlCall *call, GError **error)
{
  g_autoptr (CrPatient) patient = NULL;
  g_autoptr (CrDaySchedule) day = cr_day_schedule_new (call->session);
  CtlWait wait;
  CrDate date;
  int minute;
  if (cr_str_empty (call->why)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("cancel needs --reason TEXT."));
    return CTL_USAGE;
  }
  if (!read_place (call, &patient, &date, &minute, error))
    return CTL_REFUSED;
  const CrVisit *visit = find_visit (day, patient, date, minute, error);
  if (visit == NULL)
    return CTL_REFUSED;
  ctl_wait_init (&wait);
  cr_day_schedule_cancel_async (day, visit->appointment->id, call->why, ctl_wait_cb, &wait);
  gboolean done = cr_session_finish (ctl_wait_result (&wait), error);
  ctl_wait_clear (&wait);
  if (!done)
    return CTL_REFUSED;
  print_done (_ ("Cancelled"), patient, date, minute);
  return CTL_DONE;
}
