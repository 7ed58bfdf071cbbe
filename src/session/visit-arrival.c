/* Arrival with what the patient confirmed at the desk; the question of a late one; when to be there. */
#include "chartroom/session/visit-desk.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/domain/patient-rules.h"
#include "desk-action.h"
#include "job-rules.h"
#include "visit-change.h"
#include <glib/gi18n.h>

typedef struct {
  CrId appointment;
  char *phone, *address, *payer, *member_id;
} Arrival;

static void
free_arrival (gpointer data)
{
  Arrival *arrival = data;
  g_free (arrival->phone);
  g_free (arrival->address);
  g_free (arrival->payer);
  g_free (arrival->member_id);
  g_free (arrival);
}

static void
take_text (char **field, char *taken)
{
  g_free (*field);
  *field = taken;
}

/* ---- what is verified ---- */

/* The number is kept as it is stored; the same number typed in another way is no change. */
static gboolean
take_phone (CrPatient *patient, const char *typed, GError **error)
{
  g_autofree char *problem = cr_str_empty (typed) ? NULL : cr_phone_problem (typed);
  if (typed == NULL)
    return TRUE;
  if (problem != NULL)
    return cr_refuse (error, problem);
  take_text (&patient->phone, cr_str_empty (typed) ? NULL : cr_phone_normal (typed));
  return TRUE;
}

static gboolean
take_address (CrPatient *patient, const char *typed, GError **error)
{
  g_autofree char *shown = cr_patient_address (patient);
  char *street, *city, *state, *zip;
  g_autofree char *problem = NULL;
  if (typed == NULL || g_strcmp0 (typed, shown != NULL ? shown : "") == 0)
    return TRUE; /* as it was shown, also where it lacks a part */
  if (!cr_address_parse (typed, &street, &city, &state, &zip, &problem))
    return cr_refuse (error, problem);
  take_text (&patient->address, street);
  take_text (&patient->city, city);
  take_text (&patient->state, state);
  take_text (&patient->zip, zip);
  return TRUE;
}

static gboolean
verify_patient (CrTx *tx, const Arrival *arrival, CrId patient, GError **error)
{
  g_autoptr (CrPatient) before = cr_tx_load (tx, &CR_PATIENT, patient, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrPatient) after = cr_patient_copy (before);
  after->verified_on = cr_tx_today (tx);
  return take_phone (after, arrival->phone, error) && take_address (after, arrival->address, error) &&
         cr_desk_save (tx, &CR_PATIENT, before, after, error);
}

static const CrCoverage *
primary_of (const GPtrArray *coverages, CrDate today)
{
  const CrCoverage *first = NULL;
  for (guint i = 0; i < coverages->len; i++) {
    const CrCoverage *coverage = coverages->pdata[i];
    if (coverage->payer != NULL && cr_still_holds (coverage->valid_to, today) &&
        (first == NULL || coverage->rank < first->rank))
      first = coverage;
  }
  return first;
}

static gboolean
verify_coverage (CrTx *tx, const Arrival *arrival, CrId patient, GError **error)
{
  g_autoptr (GPtrArray) coverages = cr_coverages (tx, patient, error);
  const CrCoverage *before = coverages != NULL ? primary_of (coverages, cr_tx_today (tx)) : NULL;
  if (coverages == NULL || before == NULL)
    return coverages != NULL;
  g_autoptr (CrCoverage) after = cr_coverage_copy (before);
  if (!cr_str_empty (arrival->payer))
    take_text (&after->payer, cr_text_trim (arrival->payer));
  if (arrival->member_id != NULL)
    take_text (&after->member_id,
               cr_str_empty (arrival->member_id) ? NULL : cr_text_trim (arrival->member_id));
  after->verified_on = cr_tx_today (tx);
  return cr_desk_save (tx, &CR_COVERAGE, before, after, error);
}

static gboolean
arrive (CrBook *book, gpointer data, char **label, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  const Arrival *arrival = data;
  g_autoptr (CrAppointment) appointment = cr_tx_load (tx, &CR_APPOINTMENT, arrival->appointment, error);
  if (appointment == NULL || !cr_tx_require (tx, CR_RIGHT_DEMOGRAPHICS_EDIT, error))
    return FALSE;
  return verify_patient (tx, arrival, appointment->patient_id, error) &&
         verify_coverage (tx, arrival, appointment->patient_id, error) &&
         cr_visit_set_stage (book, appointment->id, CR_STAGE_ARRIVED, CR_ID_NONE, NULL, label, error) &&
         cr_visit_set_parts (book, appointment, CR_STAGE_ARRIVED, label, error);
}

/* ---- late ---- */

typedef struct {
  CrId appointment;
  int minutes;
} Minutes;

static gboolean
ask_late (CrBook *book, gpointer data, char **label, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  const Minutes *late = data;
  g_autoptr (CrAppointment) appointment = cr_tx_load (tx, &CR_APPOINTMENT, late->appointment, error);
  g_autoptr (CrTask) task = cr_task_new ();
  if (appointment == NULL)
    return FALSE;
  g_autofree char *time = cr_minute_format ((int)appointment->start_min);
  task->patient_id = appointment->patient_id;
  task->assignee_id = appointment->person_id;
  task->creator_id = cr_tx_person (tx);
  task->kind = g_strdup ("late");
  task->status = g_strdup ("open");
  task->subject_id = appointment->id;
  task->due_on = cr_tx_today (tx);
  task->created_at = cr_tx_now (tx);
  /* Translators: minutes, and the time of the visit. */
  task->title = g_strdup_printf (_ ("%d min late for %s: see today, or move?"), late->minutes, time);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

/* ---- when to be there ---- */

static gboolean
set_early (CrBook *book, gpointer data, char **label, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  const Minutes *early = data;
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, early->appointment, error);
  if (before == NULL)
    return FALSE;
  if (early->minutes < 0 || early->minutes > CR_MOST_EARLY || early->minutes > before->start_min)
    return cr_refuse (error, _ ("Ask for 0 to 120 minutes before the visit, on the same day."));
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, before->patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autofree char *name = cr_patient_name_display (patient);
  after->early_minutes = early->minutes > 0 ? early->minutes : CR_INT_NONE;
  *label = g_strdup_printf (_ ("When %s is to be here"), name);
  return cr_desk_save (tx, &CR_APPOINTMENT, before, after, error);
}

/* ---- public ---- */

void
cr_day_schedule_arrive_async (CrDaySchedule *self, CrId appointment, const CrVerified *verified,
                              GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  Arrival *arrival = g_new0 (Arrival, 1);
  *arrival = (Arrival){ appointment, g_strdup (verified->phone), g_strdup (verified->address),
                        g_strdup (verified->payer), g_strdup (verified->member_id) };
  cr_desk_action_start (self, arrive, arrival, free_arrival, cb, data);
}

static void
start_minutes (CrDaySchedule *self, CrDeskRun run, CrId appointment, int minutes, GAsyncReadyCallback cb,
               gpointer data)
{
  Minutes *about = g_new0 (Minutes, 1);
  *about = (Minutes){ appointment, minutes };
  cr_desk_action_start (self, run, about, g_free, cb, data);
}

void
cr_day_schedule_ask_late_async (CrDaySchedule *self, CrId appointment, int minutes_late,
                                GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  start_minutes (self, ask_late, appointment, minutes_late, cb, data);
}

void
cr_day_schedule_set_early_async (CrDaySchedule *self, CrId appointment, int minutes, GAsyncReadyCallback cb,
                                 gpointer data)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  start_minutes (self, set_early, appointment, minutes, cb, data);
}
