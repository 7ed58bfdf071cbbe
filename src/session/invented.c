#include "chartroom/session/invented.h"
#include "session-private.h"
#include "chartroom/clinical/vitals.h"
#include "chartroom/domain/invented-people.h"
#include "chartroom/session/work.h"
#include "chartroom/store/desk-stores.h"
#include <glib/gi18n.h>

#define BATCH 20 /* patients of a job: nobody waits long for it */
#define BOOK_DAYS 14
#define SLOT 20 /* minutes, where no type of visit says how many */
#define SEED 20
#define LOINC_PULSE "8867-4"

typedef struct {
  GTask *answer;
  CrClock *clock;
  CrInventedProgress progress;
  gpointer data;
  CrDice dice;
  guint done;     /* patients in the practice, of this work or an earlier one */
  GArray *people; /* CrId: who sees patients */
  GArray *ids;    /* CrId: patients of this work */
} Work;

static const struct {
  const char *code, *substance, *reaction;
} ALLERGIES[] = { { "penicillins", "penicillin (class)", "rash" },
                  { "sulfonamide-antibiotics", "sulfonamide antibiotics (class)", "hives" } };
static const char *const REASONS[] = {
  "Blood pressure check", "Cough", "Knee pain", "Yearly check-up", "Back pain", "Rash", "Results", NULL
};

static void
free_work (gpointer data)
{
  Work *work = data;
  g_array_unref (work->people);
  g_array_unref (work->ids);
  cr_clock_unref (work->clock);
  g_free (work);
}

static CrId
roll_clinician (Work *work)
{
  guint n = work->people->len;
  return n > 0 ? g_array_index (work->people, CrId, (guint)cr_dice_int (&work->dice, 0, (int)n - 1))
               : CR_ID_NONE;
}

/* ---- the practice ---- */

static gboolean
find_clinicians (Work *work, CrTx *tx, GError **error)
{
  g_autoptr (GPtrArray) people = cr_person_list (tx, error);
  g_array_set_size (work->people, 0);
  for (guint i = 0; people != NULL && i < people->len; i++) {
    const CrPerson *person = people->pdata[i];
    if (person->active && person->schedulable)
      g_array_append_val (work->people, person->id);
  }
  return people != NULL;
}

/* Invented people do not go among real ones. */
static gboolean
mark_practice (CrTx *tx, guint patients, GError **error)
{
  g_autoptr (CrPractice) practice = cr_practice_load (tx, error);
  if (practice == NULL || practice->demo)
    return practice != NULL;
  if (patients > 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("There are patients in this practice already. Invented ones go into a practice "
                            "of their own."));
    return FALSE;
  }
  practice->demo = TRUE;
  return cr_tx_save (tx, &CR_PRACTICE, practice, error);
}

/* All patients are there and their book is not: it stopped in between. */
static gboolean
find_unbooked (Work *work, CrTx *tx, GError **error)
{
  CrDate today = cr_tx_today (tx);
  if (work->done < CR_INVENTED_PATIENTS)
    return TRUE;
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, today, cr_date_add_days (today, BOOK_DAYS), error);
  if (visits == NULL || visits->len > 0)
    return visits != NULL;
  g_autoptr (GPtrArray) patients = cr_patients_after (tx, CR_ID_NONE, CR_INVENTED_PATIENTS, error);
  for (guint i = 0; patients != NULL && i < patients->len; i++)
    g_array_append_val (work->ids, ((const CrPatient *)patients->pdata[i])->id);
  return patients != NULL;
}

static gboolean
begin_job (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  gint64 patients = cr_patient_count (tx, error);
  work->done = (guint)MAX (patients, 0);
  work->dice.state = SEED + work->done; /* others than before an interruption */
  return patients >= 0 && mark_practice (tx, work->done, error) && find_clinicians (work, tx, error) &&
         find_unbooked (work, tx, error);
}

/* ---- a patient ---- */

static gboolean
add_allergy (Work *work, CrTx *tx, CrId patient, GError **error)
{
  guint which = (guint)cr_dice_int (&work->dice, 0, G_N_ELEMENTS (ALLERGIES) - 1);
  g_autoptr (CrAllergy) a = cr_allergy_new ();
  a->patient_id = patient;
  a->substance = g_strdup (ALLERGIES[which].substance);
  a->code = g_strdup (ALLERGIES[which].code);
  a->category = g_strdup ("medication");
  a->type = g_strdup ("allergy");
  a->reactions = g_strdup (ALLERGIES[which].reaction);
  a->severity = g_strdup ("mild");
  a->certainty = g_strdup ("confirmed");
  a->source = g_strdup ("patient");
  a->state = CR_ALLERGY_ACTIVE;
  a->recorded_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_ALLERGY, a, error);
}

static gboolean
add_reading (CrTx *tx, const CrEncounter *visit, const char *code, const char *display, const char *unit,
             int value, GError **error)
{
  g_autoptr (CrObservation) o = cr_observation_new ();
  o->patient_id = visit->patient_id;
  o->encounter_id = visit->id;
  o->kind = CR_OBS_VITAL;
  o->code = g_strdup (code);
  o->display = g_strdup (display);
  o->unit = g_strdup (unit);
  o->number = value;
  o->value = g_strdup_printf ("%d", value);
  o->status = CR_OBS_FINAL;
  o->taken_at = visit->arrived_at;
  return cr_tx_save (tx, &CR_OBSERVATION, o, error);
}

static gboolean
add_vitals (Work *work, CrTx *tx, const CrEncounter *visit, GError **error)
{
  int systolic = cr_dice_int (&work->dice, 106, 156), diastolic = cr_dice_int (&work->dice, 62, 92);
  int pulse = cr_dice_int (&work->dice, 58, 96), kilograms = cr_dice_int (&work->dice, 52, 104);
  return add_reading (tx, visit, CR_LOINC_SYSTOLIC, "Systolic blood pressure", "mm[Hg]", systolic, error) &&
         add_reading (tx, visit, CR_LOINC_DIASTOLIC, "Diastolic blood pressure", "mm[Hg]", diastolic,
                      error) &&
         add_reading (tx, visit, LOINC_PULSE, "Heart rate", "/min", pulse, error) &&
         add_reading (tx, visit, CR_LOINC_WEIGHT, "Body weight", "kg", kilograms, error);
}

static gboolean
add_past_visit (Work *work, CrTx *tx, const CrPatient *patient, GError **error)
{
  g_autoptr (CrEncounter) visit = cr_encounter_new ();
  visit->patient_id = patient->id;
  visit->person_id = patient->usual_person_id;
  visit->kind = g_strdup ("Follow-up");
  visit->status = g_strdup ("finished");
  visit->date = cr_date_add_days (cr_tx_today (tx), -cr_dice_int (&work->dice, 10, 400));
  visit->reason = g_strdup (cr_dice_pick (&work->dice, REASONS));
  visit->arrived_at =
      cr_clock_instant_of (work->clock, visit->date, cr_dice_int (&work->dice, 9 * 60, 16 * 60));
  return cr_tx_save (tx, &CR_ENCOUNTER, visit, error) && add_vitals (work, tx, visit, error);
}

static gboolean
add_patient (Work *work, CrTx *tx, GError **error)
{
  CrDate today = cr_tx_today (tx);
  g_autoptr (CrPatient) p = cr_invented_patient (&work->dice, today, 18, 92);
  gboolean allergic = cr_dice_chance (&work->dice, 18);
  p->mrn = cr_patient_next_mrn (tx, error);
  if (p->mrn == NULL)
    return FALSE;
  p->usual_person_id = roll_clinician (work);
  p->registered_on = cr_date_add_days (today, -cr_dice_int (&work->dice, 410, 3650));
  p->allergy_status = allergic                           ? CR_ALLERGY_KNOWN
                      : cr_dice_chance (&work->dice, 80) ? CR_ALLERGY_NONE_KNOWN
                                                         : CR_ALLERGY_NOT_RECORDED;
  cr_patient_index (p);
  if (!cr_tx_save (tx, &CR_PATIENT, p, error))
    return FALSE;
  g_array_append_val (work->ids, p->id);
  return (!allergic || add_allergy (work, tx, p->id, error)) && add_past_visit (work, tx, p, error);
}

static gboolean
patients_job (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  for (guint i = 0; i < BATCH; i++)
    if (!add_patient (work, tx, error))
      return FALSE;
  return TRUE;
}

/* ---- the book ---- */

static gboolean
book_visit (Work *work, CrTx *tx, CrId person, CrDate date, int start, const CrVisitType *type,
            GError **error)
{
  g_autoptr (CrAppointment) a = cr_appointment_new ();
  guint turn = (guint)cr_dice_int (&work->dice, 0, (int)work->ids->len - 1);
  a->patient_id = g_array_index (work->ids, CrId, turn);
  a->person_id = person;
  a->visit_type_id = type != NULL ? type->id : CR_ID_NONE;
  a->date = date;
  a->start_min = start;
  a->minutes = type != NULL ? type->minutes : SLOT;
  a->reason = g_strdup (cr_dice_pick (&work->dice, REASONS));
  a->stage = cr_dice_chance (&work->dice, 40) ? CR_STAGE_CONFIRMED : CR_STAGE_SCHEDULED;
  a->stage_at = a->booked_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_APPOINTMENT, a, error);
}

static gboolean
fill_stretch (Work *work, CrTx *tx, const CrHours *hours, CrDate date, const CrVisitType *type,
              GError **error)
{
  int step = type != NULL ? (int)type->minutes : SLOT;
  for (int at = (int)hours->start_min; at + step <= (int)hours->end_min; at += step)
    if (cr_dice_chance (&work->dice, 55) && !book_visit (work, tx, hours->person_id, date, at, type, error))
      return FALSE;
  return TRUE;
}

static gboolean
works (Work *work, CrId person)
{
  for (guint i = 0; i < work->people->len; i++)
    if (g_array_index (work->people, CrId, i) == person)
      return TRUE;
  return FALSE;
}

static gboolean
book_job (CrTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) types = cr_visit_type_list (tx, error);
  g_autoptr (GPtrArray) hours = types != NULL ? cr_hours_list (tx, CR_ID_NONE, error) : NULL;
  const CrVisitType *type = types != NULL && types->len > 0 ? types->pdata[0] : NULL;
  CrDate today = cr_tx_today (tx);
  for (guint i = 0; hours != NULL && i < hours->len; i++) {
    const CrHours *stretch = hours->pdata[i];
    for (int day = 0; day < BOOK_DAYS && works (work, stretch->person_id); day++) {
      CrDate date = cr_date_add_days (today, day);
      if (cr_hours_on (stretch, date) && !fill_stretch (work, tx, stretch, date, type, error))
        return FALSE;
    }
  }
  return hours != NULL;
}

/* ---- one job after the other ---- */

static void go_on (Work *work, CrSession *session);

static void
end (Work *work, GError *error)
{
  GTask *answer = work->answer;
  if (error != NULL)
    g_task_return_error (answer, error);
  else
    g_task_return_boolean (answer, TRUE);
  g_object_unref (answer); /* and the work with it */
}

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  cr_session_finish (result, &error);
  end (data, error);
}

static void
batch_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  GError *error = NULL;
  if (!cr_session_finish (result, &error)) {
    end (work, error);
    return;
  }
  work->done += BATCH;
  if (work->progress != NULL)
    work->progress (MIN (work->done, CR_INVENTED_PATIENTS), CR_INVENTED_PATIENTS, work->data);
  go_on (work, CR_SESSION (source));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    go_on (data, CR_SESSION (source));
  else
    end (data, error);
}

static void
go_on (Work *work, CrSession *session)
{
  if (work->done < CR_INVENTED_PATIENTS)
    cr_session_run_async (session, CR_RIGHT_ADMIN, patients_job, work, NULL, batch_cb, work);
  else if (work->ids->len > 0)
    cr_session_run_async (session, CR_RIGHT_ADMIN, book_job, work, NULL, booked_cb, work);
  else
    end (work, NULL);
}

void
cr_admin_invent_async (CrSession *session, CrInventedProgress progress, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Work *work = g_new0 (Work, 1);
  work->answer = g_task_new (session, NULL, cb, data);
  work->clock = cr_clock_ref (cr_session_get_clock (session));
  work->progress = progress;
  work->data = data;
  work->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  work->ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_task_set_task_data (work->answer, work, free_work);
  cr_session_run_async (session, CR_RIGHT_ADMIN, begin_job, work, NULL, begun_cb, work);
}
