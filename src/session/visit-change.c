#include "visit-change.h"
#include "book-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

enum { DAY_MINUTES = 24 * 60, WALK_IN_GRAIN = 5 };

/* ---- saving, with what it takes to undo it ---- */

static gboolean
save_appointment (CrTx *tx, const CrAppointment *before, CrAppointment *after, CrUndoStep *step,
                  GError **error)
{
  if (!cr_tx_save (tx, &CR_APPOINTMENT, after, error))
    return FALSE;
  cr_undo_step_add (step, &CR_APPOINTMENT, before, after);
  return TRUE;
}

static gboolean
save_encounter (CrTx *tx, const CrEncounter *before, CrEncounter *after, CrUndoStep *step, GError **error)
{
  if (before != NULL && cr_record_equal (&CR_ENCOUNTER, before, after))
    return TRUE;
  if (!cr_tx_save (tx, &CR_ENCOUNTER, after, error))
    return FALSE;
  cr_undo_step_add (step, &CR_ENCOUNTER, before, after);
  return TRUE;
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = cr_str_empty (text) ? NULL : cr_text_trim (text);
}

/* format holds one %s: the patient's name. */
static gboolean
label_step (CrTx *tx, CrUndoStep *step, const char *format, CrId patient_id, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autofree char *name = cr_patient_name_display (patient);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  step->label = g_strjoinv (name, parts);
  return TRUE;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return FALSE;
}

/* ---- the encounter behind the visit ---- */

static gboolean
has_begun (int stage)
{
  return stage >= CR_STAGE_ARRIVED && stage <= CR_STAGE_CHECKED_OUT;
}

/* NULL without error: the patient has not arrived yet. */
static CrEncounter *
load_encounter (CrTx *tx, CrId appointment, GError **error, gboolean *failed)
{
  GError *failure = NULL;
  CrEncounter *encounter = cr_encounter_for_appointment (tx, appointment, &failure);
  *failed = failure != NULL;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return encounter;
}

static CrEncounter *
new_encounter (CrTx *tx, const CrAppointment *appointment)
{
  CrEncounter *encounter = cr_encounter_new ();
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, appointment->visit_type_id, NULL);
  encounter->patient_id = appointment->patient_id;
  encounter->appointment_id = appointment->id;
  encounter->kind = g_strdup (type != NULL ? type->name : NULL);
  encounter->date = appointment->date;
  return encounter;
}

/* The time of the present stage goes on when a later one is taken back. */
static void
stamp (CrEncounter *encounter, int from, CrAppointment *appointment, CrInstant now)
{
  CrInstant *stamps[] = { &encounter->arrived_at, &encounter->roomed_at, &encounter->with_doctor_at,
                          &encounter->ready_at, &encounter->checked_out_at };
  guint present = (guint)(appointment->stage - CR_STAGE_ARRIVED);
  if (from < appointment->stage || *stamps[present] == CR_INSTANT_NONE)
    *stamps[present] = now;
  if (encounter->arrived_at == CR_INSTANT_NONE)
    encounter->arrived_at = now;
  for (guint i = present + 1; i < G_N_ELEMENTS (stamps); i++)
    *stamps[i] = CR_INSTANT_NONE;
  appointment->stage_at = *stamps[present];
}

static void
begin_encounter (CrEncounter *encounter, int from, CrAppointment *appointment, CrInstant now)
{
  set_text (&encounter->status, appointment->stage == CR_STAGE_CHECKED_OUT ? "finished" : "in-progress");
  set_text (&encounter->reason, appointment->reason);
  encounter->person_id = appointment->person_id;
  encounter->room_id = appointment->room_id;
  stamp (encounter, from, appointment, now);
}

/* The patient was not there after all. */
static gboolean
withdraw_encounter (CrTx *tx, CrEncounter *encounter, GError **error)
{
  if (g_strcmp0 (encounter->status, "entered-in-error") == 0)
    return TRUE;
  if (!cr_encounter_check_unused (tx, encounter, error))
    return FALSE;
  set_text (&encounter->status, "entered-in-error");
  return TRUE;
}

/* Saves both records after the appointment's stage, clinician, room or reason changed. */
static gboolean
save_both (CrTx *tx, const CrAppointment *before, CrAppointment *after, CrUndoStep *step, GError **error)
{
  gboolean failed;
  g_autoptr (CrEncounter) old = load_encounter (tx, after->id, error, &failed);
  if (failed)
    return FALSE;
  if (old == NULL && !has_begun (after->stage))
    return save_appointment (tx, before, after, step, error);
  g_autoptr (CrEncounter) encounter = old != NULL ? cr_encounter_copy (old) : new_encounter (tx, after);
  if (has_begun (after->stage))
    begin_encounter (encounter, before->stage, after, cr_tx_now (tx));
  else if (!withdraw_encounter (tx, encounter, error))
    return FALSE;
  return save_appointment (tx, before, after, step, error) &&
         save_encounter (tx, old, encounter, step, error);
}

/* ---- booking ---- */

static gboolean
check_patient (CrTx *tx, CrId id, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, id, error);
  if (patient == NULL)
    return FALSE;
  if (cr_date_is_set (patient->death_date))
    return refuse (error, _ ("This patient has died; no visit can be booked."));
  if (patient->merged_into != CR_ID_NONE)
    return refuse (error, _ ("This record was merged into another one. Book the visit there."));
  return TRUE;
}

static gboolean
check_time (const CrAppointment *appointment, GError **error)
{
  if (!cr_date_is_full (appointment->date) || !cr_date_is_valid (appointment->date))
    return refuse (error, _ ("Choose the day of the visit."));
  if (appointment->minutes < 1 || appointment->start_min < 0 ||
      appointment->start_min + appointment->minutes > DAY_MINUTES)
    return refuse (error, _ ("Choose a time so that the visit ends before midnight."));
  if (appointment->person_id == CR_ID_NONE)
    return refuse (error, _ ("Choose the clinician."));
  return TRUE;
}

static gboolean
take_type (CrTx *tx, const CrBooking *booking, CrAppointment *appointment, GError **error)
{
  if (booking->visit_type_id == CR_ID_NONE)
    return refuse (error, _ ("Choose the type of the visit."));
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, booking->visit_type_id, error);
  if (type == NULL)
    return FALSE;
  appointment->visit_type_id = type->id;
  appointment->minutes = booking->minutes > 0 ? booking->minutes : type->minutes;
  return TRUE;
}

/* A walk-in is here and now. */
static gboolean
take_walk_in (CrTx *tx, CrClock *clock, CrAppointment *appointment, GError **error)
{
  int now = cr_clock_minute_of (clock, cr_tx_now (tx));
  appointment->walk_in = TRUE;
  appointment->date = cr_tx_today (tx);
  if (appointment->start_min < 0)
    appointment->start_min = now - now % WALK_IN_GRAIN;
  return appointment->person_id != CR_ID_NONE || cr_book_pick_clinician (tx, clock, appointment, error);
}

static CrAppointment *
make_appointment (CrTx *tx, CrClock *clock, const CrBooking *booking, GError **error)
{
  g_autoptr (CrAppointment) appointment = cr_appointment_new ();
  appointment->patient_id = booking->patient_id;
  appointment->person_id = booking->person_id;
  appointment->room_id = booking->room_id;
  appointment->date = booking->date;
  appointment->start_min = booking->start;
  appointment->moves = 0;
  appointment->stage = CR_STAGE_SCHEDULED;
  appointment->stage_at = appointment->booked_at = cr_tx_now (tx);
  appointment->booked_by = cr_store_user_person (cr_tx_user (tx))->id;
  set_text (&appointment->reason, booking->reason);
  if (!take_type (tx, booking, appointment, error) || !check_patient (tx, booking->patient_id, error))
    return NULL;
  if (booking->walk_in && !take_walk_in (tx, clock, appointment, error))
    return NULL;
  return check_time (appointment, error) ? g_steal_pointer (&appointment) : NULL;
}

static gboolean
begin_walk_in (CrTx *tx, CrAppointment *appointment, CrUndoStep *step, GError **error)
{
  g_autoptr (CrEncounter) encounter = new_encounter (tx, appointment);
  appointment->stage = CR_STAGE_ARRIVED;
  begin_encounter (encounter, CR_STAGE_SCHEDULED, appointment, cr_tx_now (tx));
  if (!save_appointment (tx, NULL, appointment, step, error))
    return FALSE;
  encounter->appointment_id = appointment->id;
  return save_encounter (tx, NULL, encounter, step, error);
}

gboolean
cr_visit_book (CrTx *tx, CrClock *clock, const CrBooking *booking, CrUndoStep *step, CrId *id, GError **error)
{
  g_autoptr (CrAppointment) appointment = make_appointment (tx, clock, booking, error);
  if (appointment == NULL ||
      !cr_book_check (tx, clock, appointment, booking->accept || booking->walk_in, error))
    return FALSE;
  if (booking->walk_in ? !begin_walk_in (tx, appointment, step, error)
                       : !save_appointment (tx, NULL, appointment, step, error))
    return FALSE;
  *id = appointment->id;
  /* Translators: the patient's name. */
  return label_step (tx, step, _ ("Booked %s"), appointment->patient_id, error);
}

/* ---- changes of a booked visit ---- */

static gboolean
check_movable (const CrAppointment *appointment, CrDate date, GError **error)
{
  if (!cr_stage_holds_slot (appointment->stage) || appointment->stage == CR_STAGE_CHECKED_OUT)
    return refuse (error, _ ("This visit is over or cancelled; it cannot be moved."));
  if (has_begun (appointment->stage) && cr_date_compare (appointment->date, date) != 0)
    return refuse (error, _ ("The patient has arrived; the visit can only be moved within the day."));
  return TRUE;
}

gboolean
cr_visit_move (CrTx *tx, CrClock *clock, const CrVisitMove *move, CrUndoStep *step, GError **error)
{
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, move->appointment, error);
  if (before == NULL || !check_movable (before, move->date, error))
    return FALSE;
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  after->person_id = move->person_id;
  after->date = move->date;
  after->start_min = move->start;
  after->moves = before->moves != CR_INT_NONE ? before->moves + 1 : 1;
  if (after->stage == CR_STAGE_CONFIRMED)
    after->stage = CR_STAGE_SCHEDULED; /* the new time has not been confirmed */
  return check_time (after, error) && cr_book_check (tx, clock, after, move->accept, error) &&
         save_both (tx, before, after, step, error) &&
         label_step (tx, step, _ ("Moved %s"), after->patient_id, error);
}

static gboolean
check_stage (CrTx *tx, const CrAppointment *appointment, int stage, const char *reason, GError **error)
{
  if (stage < 0 || stage >= CR_N_STAGES || !cr_stage_may_follow (appointment->stage, stage)) {
    /* Translators: two stages of a visit, "Arrived" and "Scheduled". */
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("A visit that is “%s” cannot become “%s”."),
                 cr_stage_word (appointment->stage),
                 stage >= 0 && stage < CR_N_STAGES ? cr_stage_word (stage) : "?");
    return FALSE;
  }
  if (stage == CR_STAGE_CANCELLED && cr_str_empty (reason))
    return refuse (error, _ ("Say why the visit is cancelled."));
  if (has_begun (stage) && cr_date_compare (appointment->date, cr_tx_today (tx)) > 0)
    return refuse (error, _ ("This visit is on a later day. Move it to today first."));
  return TRUE;
}

/* "%s: Arrived" */
static char *
stage_label (int stage)
{
  if (stage == CR_STAGE_CANCELLED)
    return g_strdup (_ ("Cancelled %s"));
  return g_strdup_printf ("%%s: %s", cr_stage_word (stage));
}

/* The same stage in another room: its clock runs on. */
static gboolean
changes_room_only (const CrAppointment *appointment, int stage, CrId room)
{
  return stage == appointment->stage && has_begun (stage) && room != CR_ID_NONE &&
         room != appointment->room_id;
}

static gboolean
take_stage (CrTx *tx, CrAppointment *appointment, int stage, const char *reason, GError **error)
{
  gboolean returns = !cr_stage_holds_slot (appointment->stage) && cr_stage_holds_slot (stage);
  appointment->stage = stage;
  appointment->stage_at = cr_tx_now (tx);
  set_text (&appointment->cancel_reason, cr_stage_holds_slot (stage) ? NULL : reason);
  return !returns || cr_book_check_free (tx, appointment, error);
}

gboolean
cr_visit_set_stage (CrTx *tx, CrId appointment, int stage, CrId room, const char *reason, CrUndoStep *step,
                    GError **error)
{
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, appointment, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  g_autofree char *label = stage_label (stage);
  if (room != CR_ID_NONE)
    after->room_id = room;
  if (!changes_room_only (before, stage, room) &&
      (!check_stage (tx, before, stage, reason, error) || !take_stage (tx, after, stage, reason, error)))
    return FALSE;
  return save_both (tx, before, after, step, error) && label_step (tx, step, label, after->patient_id, error);
}

gboolean
cr_visit_set_reason (CrTx *tx, CrId appointment, const char *reason, CrUndoStep *step, GError **error)
{
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, appointment, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  set_text (&after->reason, reason);
  return save_both (tx, before, after, step, error) &&
         label_step (tx, step, _ ("Changed the reason of %s"), after->patient_id, error);
}
