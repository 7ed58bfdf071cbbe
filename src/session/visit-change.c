#include "visit-change.h"
#include "book-rules.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include <glib/gi18n.h>

enum { DAY_MINUTES = 24 * 60, WALK_IN_GRAIN = 5 };

/* ---- saving ---- */

static gboolean
save_encounter (CrTx *tx, CrEncounter *encounter, GError **error)
{
  return cr_tx_save (tx, &CR_ENCOUNTER, encounter, error); /* an equal one is left alone */
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = cr_str_empty (text) ? NULL : cr_text_trim (text);
}

/* format holds one %s: the patient's name. */
static gboolean
make_label (CrTx *tx, const char *format, CrId patient_id, char **label, GError **error)
{
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, patient_id, error);
  if (patient == NULL)
    return FALSE;
  g_autofree char *name = cr_patient_name_display (patient);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_free (*label);
  *label = g_strjoinv (name, parts);
  return TRUE;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return FALSE;
}

/* Of what is written now: what stood there already may be longer. */
static gboolean
check_reason (const char *before, const char *reason, GError **error)
{
  const char *problem = g_strcmp0 (before, reason) != 0 ? cr_reason_problem (reason) : NULL;
  return problem == NULL || refuse (error, problem);
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
save_both (CrTx *tx, const CrAppointment *before, CrAppointment *after, GError **error)
{
  gboolean failed;
  g_autoptr (CrEncounter) old = load_encounter (tx, after->id, error, &failed);
  if (failed)
    return FALSE;
  if (old == NULL && !has_begun (after->stage))
    return cr_tx_save (tx, &CR_APPOINTMENT, after, error);
  g_autoptr (CrEncounter) encounter = old != NULL ? cr_encounter_copy (old) : new_encounter (tx, after);
  if (has_begun (after->stage))
    begin_encounter (encounter, before->stage, after, cr_tx_now (tx));
  else if (!withdraw_encounter (tx, encounter, error))
    return FALSE;
  return cr_tx_save (tx, &CR_APPOINTMENT, after, error) && save_encounter (tx, encounter, error);
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
  return appointment->person_id != CR_ID_NONE || refuse (error, _ ("Choose the clinician."));
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
  appointment->early_minutes = type->early_minutes;
  return TRUE;
}

/* A walk-in is here and now. */
static gboolean
take_walk_in (CrBook *book, CrAppointment *appointment, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  CrClock *clock = cr_book_clock (book);
  int now = cr_clock_minute_of (clock, cr_tx_now (tx));
  appointment->walk_in = TRUE;
  appointment->early_minutes = CR_INT_NONE;
  appointment->date = cr_tx_today (tx);
  if (appointment->start_min < 0)
    appointment->start_min = now - now % WALK_IN_GRAIN;
  return appointment->person_id != CR_ID_NONE || cr_book_pick_clinician (book, appointment, error);
}

static CrAppointment *
make_appointment (CrBook *book, const CrBooking *booking, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) appointment = cr_appointment_new ();
  appointment->patient_id = booking->patient_id;
  appointment->person_id = booking->person_id;
  appointment->room_id = booking->room_id;
  appointment->chain_id = booking->chain_id;
  appointment->date = booking->date;
  appointment->start_min = booking->start;
  appointment->moves = 0;
  appointment->stage = CR_STAGE_SCHEDULED;
  appointment->stage_at = appointment->booked_at = cr_tx_now (tx);
  appointment->booked_by = cr_store_user_person (cr_tx_user (tx))->id;
  set_text (&appointment->reason, booking->reason);
  if (!check_reason (NULL, booking->reason, error))
    return NULL;
  if (!take_type (tx, booking, appointment, error) || !check_patient (tx, booking->patient_id, error))
    return NULL;
  if (booking->walk_in && !take_walk_in (book, appointment, error))
    return NULL;
  return check_time (appointment, error) ? g_steal_pointer (&appointment) : NULL;
}

static gboolean
begin_walk_in (CrTx *tx, CrAppointment *appointment, GError **error)
{
  g_autoptr (CrEncounter) encounter = new_encounter (tx, appointment);
  appointment->stage = CR_STAGE_ARRIVED;
  begin_encounter (encounter, CR_STAGE_SCHEDULED, appointment, cr_tx_now (tx));
  if (!cr_tx_save (tx, &CR_APPOINTMENT, appointment, error))
    return FALSE;
  encounter->appointment_id = appointment->id;
  return save_encounter (tx, encounter, error);
}

gboolean
cr_visit_book (CrBook *book, const CrBooking *booking, char **label, CrId *id, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) appointment = make_appointment (book, booking, error);
  if (appointment == NULL || !cr_book_place (book, NULL, appointment, &booking->also,
                                             booking->walk_in ? CR_PLACES_SOFT : booking->accept, error))
    return FALSE;
  appointment->series_id = booking->series_id;
  if (booking->walk_in ? !begin_walk_in (tx, appointment, error)
                       : !cr_tx_save (tx, &CR_APPOINTMENT, appointment, error))
    return FALSE;
  *id = appointment->id;
  return cr_book_take_rooms (book, appointment, error) &&
         /* Translators: the patient's name. */
         make_label (tx, _ ("Booked %s"), appointment->patient_id, label, error);
}

/* ---- changes of a booked visit ---- */

static gboolean
has_moved (const CrAppointment *before, const CrAppointment *after)
{
  return before->person_id != after->person_id || before->start_min != after->start_min ||
         cr_date_compare (before->date, after->date) != 0;
}

/* What was asked for of a visit that is over. */
static const char *
refusal_of (const CrAppointment *before, const CrAppointment *after)
{
  if (has_moved (before, after))
    return _ ("This visit is over or cancelled; it cannot be moved.");
  if (before->visit_type_id != after->visit_type_id)
    return _ ("This visit is over or cancelled; its type cannot be changed.");
  if (before->minutes != after->minutes)
    return _ ("This visit is over or cancelled; its length cannot be changed.");
  return _ ("This visit is over or cancelled; its room cannot be changed.");
}

/* Neither its place nor its type or room changes; what else there is may be put right at any time. */
static gboolean
stays (const CrAppointment *before, const CrAppointment *after)
{
  return !has_moved (before, after) && before->visit_type_id == after->visit_type_id &&
         before->minutes == after->minutes && before->room_id == after->room_id;
}

static gboolean
check_changeable (const CrAppointment *before, const CrAppointment *after, GError **error)
{
  if ((!cr_stage_holds_slot (before->stage) || before->stage == CR_STAGE_CHECKED_OUT))
    return refuse (error, refusal_of (before, after));
  if (has_begun (before->stage) && cr_date_compare (before->date, after->date) != 0)
    return refuse (error, _ ("The patient has arrived; the visit can only be moved within the day."));
  return TRUE;
}

static gboolean
take_other_type (CrTx *tx, const CrVisitChange *change, CrAppointment *after, GError **error)
{
  if (change->visit_type_id == CR_ID_NONE || change->visit_type_id == after->visit_type_id)
    return TRUE;
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, change->visit_type_id, error);
  if (type == NULL)
    return FALSE;
  after->visit_type_id = type->id;
  after->minutes = type->minutes;
  after->early_minutes = type->early_minutes;
  return TRUE;
}

gboolean
cr_visit_take (CrTx *tx, const CrVisitChange *change, CrAppointment *after, GError **error)
{
  if (!take_other_type (tx, change, after, error))
    return FALSE;
  if (change->person_id != CR_ID_NONE)
    after->person_id = change->person_id;
  if (change->room_id != CR_ID_NONE || change->no_room)
    after->room_id = change->room_id;
  if (cr_date_is_set (change->date))
    after->date = change->date;
  if (change->start != CR_MINUTE_NONE)
    after->start_min = change->start;
  if (change->minutes > 0)
    after->minutes = change->minutes;
  if (change->reason != NULL && !check_reason (after->reason, change->reason, error))
    return FALSE;
  if (change->reason != NULL)
    set_text (&after->reason, change->reason);
  return TRUE;
}

static const char *
change_label (const CrAppointment *before, const CrAppointment *after)
{
  if (has_moved (before, after))
    return _ ("Moved %s");
  if (before->visit_type_id != after->visit_type_id)
    return _ ("Changed the type of %s");
  if (before->minutes != after->minutes)
    return _ ("Changed the length of %s");
  return before->room_id != after->room_id ? _ ("Changed the room of %s") : _ ("Changed the reason of %s");
}

/* Another visit like it, as if it were booked anew. */
static void
begin_copy (CrTx *tx, CrAppointment *copy)
{
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, copy->visit_type_id, NULL);
  copy->id = CR_ID_NONE;
  copy->version = 0;
  copy->series_id = copy->chain_id = CR_ID_NONE;
  copy->stage = CR_STAGE_SCHEDULED;
  copy->moves = 0;
  copy->walk_in = FALSE;
  copy->stage_at = copy->booked_at = cr_tx_now (tx);
  copy->booked_by = cr_store_user_person (cr_tx_user (tx))->id;
  copy->early_minutes = type != NULL ? type->early_minutes : CR_INT_NONE;
  copy->handled_at = CR_INSTANT_NONE;
  set_text (&copy->handled_how, NULL);
  set_text (&copy->cancel_reason, NULL);
}

static gboolean
copy_visit (CrBook *book, const CrVisitChange *change, const CrRoomSet *also, CrAppointment *copy,
            char **label, CrId *id, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  if (has_begun (copy->stage) && change->room_id == CR_ID_NONE)
    copy->room_id = CR_ID_NONE; /* where the patient was, not what was booked */
  begin_copy (tx, copy);
  if (!cr_visit_take (tx, change, copy, error) || !check_time (copy, error) ||
      !check_patient (tx, copy->patient_id, error))
    return FALSE;
  /* The first one's does not say why the second is entered late. */
  g_autofree char *reason = change->reason == NULL ? g_steal_pointer (&copy->reason) : NULL;
  if (!cr_book_place (book, NULL, copy, also, change->accept, error))
    return FALSE;
  if (reason != NULL)
    copy->reason = g_steal_pointer (&reason);
  if (!cr_tx_save (tx, &CR_APPOINTMENT, copy, error))
    return FALSE;
  *id = copy->id;
  return cr_book_take_rooms (book, copy, error) &&
         make_label (tx, _ ("Copied the visit of %s"), copy->patient_id, label, error);
}

gboolean
cr_visit_change (CrBook *book, const CrVisitChange *change, char **label, CrId *id, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, change->appointment, error);
  CrRoomSet also;
  if (before == NULL || !cr_book_chosen_rooms (book, before, &also, error))
    return FALSE;
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  if (change->copy)
    return copy_visit (book, change, &also, after, label, id, error);
  *id = before->id;
  if (!cr_visit_take (tx, change, after, error))
    return FALSE;
  if (stays (before, after))
    return save_both (tx, before, after, error) &&
           make_label (tx, change_label (before, after), after->patient_id, label, error);
  if (!check_changeable (before, after, error))
    return FALSE;
  if (has_moved (before, after)) {
    after->moves = before->moves != CR_INT_NONE ? before->moves + 1 : 1;
    if (after->stage == CR_STAGE_CONFIRMED)
      after->stage = CR_STAGE_SCHEDULED; /* the new time has not been confirmed */
  }
  return check_time (after, error) && cr_book_place (book, before, after, &also, change->accept, error) &&
         save_both (tx, before, after, error) && cr_book_take_rooms (book, after, error) &&
         make_label (tx, change_label (before, after), after->patient_id, label, error);
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
  if (stage == CR_STAGE_CANCELLED && cr_text_is_blank (reason))
    return refuse (error, _ ("Say why the visit is cancelled."));
  if (!check_reason (appointment->cancel_reason, reason, error))
    return FALSE;
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

static void
take_stage (CrTx *tx, CrAppointment *appointment, int stage, const char *reason)
{
  gboolean holds = cr_stage_holds_slot (stage);
  if (holds && !cr_stage_holds_slot (appointment->stage)) {
    appointment->handled_at = CR_INSTANT_NONE; /* it is no longer on the list of those to be taken care of */
    set_text (&appointment->handled_how, NULL);
  }
  appointment->stage = stage;
  appointment->stage_at = cr_tx_now (tx);
  set_text (&appointment->cancel_reason, holds ? NULL : reason);
}

gboolean
cr_visit_set_stage (CrBook *book, CrId appointment, int stage, CrId room, const char *reason, char **label,
                    GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, appointment, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  g_autofree char *words = stage_label (stage);
  gboolean returns = !cr_stage_holds_slot (before->stage) && cr_stage_holds_slot (stage);
  if (room != CR_ID_NONE)
    after->room_id = room;
  if (!changes_room_only (before, stage, room)) {
    if (!check_stage (tx, before, stage, reason, error))
      return FALSE;
    take_stage (tx, after, stage, reason);
  }
  return save_both (tx, before, after, error) && (!returns || cr_book_check_restored (book, after, error)) &&
         make_label (tx, words, after->patient_id, label, error);
}

gboolean
cr_visit_set_reason (CrBook *book, CrId appointment, const char *reason, char **label, GError **error)
{
  CrTx *tx = cr_book_tx (book);
  g_autoptr (CrAppointment) before = cr_tx_load (tx, &CR_APPOINTMENT, appointment, error);
  if (before == NULL)
    return FALSE;
  g_autoptr (CrAppointment) after = cr_appointment_copy (before);
  set_text (&after->reason, reason);
  return check_reason (before->reason, reason, error) && save_both (tx, before, after, error) &&
         make_label (tx, _ ("Changed the reason of %s"), after->patient_id, label, error);
}

gboolean
cr_visit_set_parts (CrBook *book, const CrAppointment *first, int stage, char **label, GError **error)
{
  if (first->chain_id == CR_ID_NONE)
    return TRUE;
  g_autoptr (GPtrArray) parts = cr_appointments_of_chain (cr_book_tx (book), first->chain_id, error);
  for (guint i = 0; parts != NULL && i < parts->len; i++) {
    const CrAppointment *part = parts->pdata[i];
    g_autofree char *own = NULL;
    if (part->id == first->id || part->stage >= stage || cr_date_compare (part->date, first->date) != 0)
      continue;
    if (!cr_visit_set_stage (book, part->id, stage, CR_ID_NONE, NULL, &own, error))
      return FALSE;
    if (*label == NULL)
      *label = g_steal_pointer (&own);
  }
  return parts != NULL;
}
