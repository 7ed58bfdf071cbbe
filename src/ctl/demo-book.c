/* The book around the demo day: four weeks back, six ahead, half to three quarters full; the day itself with
 * every stage at 10:30. */
#include "src/ctl/demo-private.h"
#include "chartroom/domain/schedule-rules.h"

#define DAYS_BACK 28
#define DAYS_AHEAD 42
#define N_CAST 11                 /* the first patients: those everybody knows by name */
#define NOW_ON_DAY (10 * 60 + 34) /* what the day looks like is true at 10:34 AM */

/* What people come for, by the type of visit. */
static const struct {
  const char *code, *reasons[6]; /* NULL-terminated */
} REASONS[] = {
  { "FU", { "Blood pressure check", "Diabetes follow-up", "Knee pain", "Back pain", "Results" } },
  { "NEW", { "New patient", "New patient, blood pressure", "New patient, diabetes" } },
  { "PHYS", { "Yearly check-up", "Sports physical", "Pre-employment physical" } },
  { "ACUT", { "Cough", "Rash", "Sore throat", "Ankle sprain", "Back pain" } },
  { "NURS", { "Blood pressure check", "Flu shot", "Dressing change", "Blood draw" } },
  { "TELE", { "Medication review", "Results", "Refill question" } },
};

static const char *
reason_for (CrDemo *demo, const char *code)
{
  guint at = 0;
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (g_str_equal (REASONS[i].code, code))
      at = i;
  return cr_dice_pick (&demo->dice, REASONS[at].reasons);
}

static CrVisitType *
type_named (CrDemo *demo, const char *code)
{
  for (guint i = 0; i < demo->types->len; i++)
    if (g_str_equal (((CrVisitType *)demo->types->pdata[i])->code, code))
      return demo->types->pdata[i];
  return demo->types->pdata[0];
}

static int
stage_on_day (CrDemo *demo, int start)
{
  int ago = NOW_ON_DAY - start;
  if (ago > 70)
    return cr_dice_chance (&demo->dice, 90) ? CR_STAGE_CHECKED_OUT : CR_STAGE_NO_SHOW;
  if (ago > 45)
    return CR_STAGE_READY;
  if (ago > 28)
    return CR_STAGE_WITH_DOCTOR;
  if (ago > 12)
    return CR_STAGE_ROOMED;
  if (ago > -2)
    return CR_STAGE_ARRIVED;
  return cr_dice_chance (&demo->dice, 50) ? CR_STAGE_CONFIRMED : CR_STAGE_SCHEDULED;
}

/* Stamps for the stages a visit has gone through, a few minutes apart, the last one a few minutes ago. */
static void
stamp (CrDemo *demo, CrAppointment *a, CrEncounter *e)
{
  CrInstant at = cr_clock_instant_of (demo->clock, a->date, MIN ((int)a->start_min - 4, NOW_ON_DAY - 6));
  CrInstant *stamps[] = { &e->arrived_at, &e->roomed_at, &e->with_doctor_at, &e->ready_at,
                          &e->checked_out_at };
  int last = MIN (a->stage, CR_STAGE_CHECKED_OUT) - CR_STAGE_ARRIVED;
  for (int i = 0; i <= last; i++) {
    *stamps[i] = at;
    a->stage_at = at;
    at += (CrInstant)cr_dice_int (&demo->dice, 5, 11) * 60 * G_USEC_PER_SEC;
  }
}

static gboolean
save_encounter (CrDemo *demo, CrTx *tx, CrAppointment *a, const CrVisitType *type, GError **error)
{
  g_autoptr (CrEncounter) e = cr_encounter_new ();
  e->patient_id = a->patient_id;
  e->appointment_id = a->id;
  e->person_id = a->person_id;
  e->room_id = a->room_id;
  e->kind = g_strdup (type->name);
  e->status = g_strdup (a->stage == CR_STAGE_CHECKED_OUT ? "finished" : "in-progress");
  e->date = a->date;
  e->reason = g_strdup (a->reason);
  stamp (demo, a, e);
  return cr_tx_save (tx, &CR_APPOINTMENT, a, error) && cr_tx_save (tx, &CR_ENCOUNTER, e, error);
}

static gboolean
book (CrDemo *demo, CrTx *tx, CrId patient, int person, CrDate date, int start, const char *code,
      const char *reason, int *length, GError **error)
{
  const CrVisitType *type = type_named (demo, code);
  int day = cr_date_compare (date, demo->date);
  g_autoptr (CrAppointment) a = cr_appointment_new ();
  a->patient_id = patient;
  a->person_id = demo->people[person]->id;
  a->visit_type_id = type->id;
  a->date = date;
  a->start_min = start;
  a->minutes = *length = (int)type->minutes;
  a->reason = g_strdup (reason);
  a->booked_at = cr_tx_now (tx);
  a->booked_by = demo->people[CR_DEMO_FRONT]->id;
  a->moves = 0;
  a->stage = day < 0 ? CR_STAGE_CHECKED_OUT : day > 0 ? CR_STAGE_SCHEDULED : stage_on_day (demo, start);
  if (a->stage >= CR_STAGE_ROOMED && a->stage < CR_STAGE_CHECKED_OUT)
    a->room_id = ((CrRoom *)demo->rooms->pdata[demo->rooms_taken++ % demo->rooms->len])->id;
  if (day == 0 && a->stage >= CR_STAGE_ARRIVED && a->stage <= CR_STAGE_CHECKED_OUT)
    return cr_tx_save (tx, &CR_APPOINTMENT, a, error) && save_encounter (demo, tx, a, type, error);
  return cr_tx_save (tx, &CR_APPOINTMENT, a, error);
}

static const struct {
  guint cast; /* index among the cast */
  int person, start;
  const char *code, *reason;
} DAY[] = {
  { 7, CR_DEMO_DOCTOR, 9 * 60, "FU", "Thyroid follow-up" },
  { 5, CR_DEMO_DOCTOR, 10 * 60 + 15, "ACUT", "Knee locked since yesterday" },
  { 0, CR_DEMO_DOCTOR, 10 * 60 + 35, "FU", "Blood pressure and diabetes check" },
  { 6, CR_DEMO_DOCTOR, 11 * 60, "FU", "Urology letter" },
  { 4, CR_DEMO_CHEN, 10 * 60, "PHYS", "Well-child check" },
  { 1, CR_DEMO_CHEN, 10 * 60 + 40, "NEW", "New patient" },
  { 8, CR_DEMO_CHEN, 13 * 60, "TELE", "Palpitations" },
};

static gboolean
is_cast_slot (int person, int start, int minutes)
{
  for (guint i = 0; i < G_N_ELEMENTS (DAY); i++)
    if (DAY[i].person == person && start < DAY[i].start + 40 && DAY[i].start < start + minutes)
      return TRUE;
  return FALSE;
}

static gboolean
book_day (CrDemo *demo, CrTx *tx, CrDate date, int person, GError **error)
{
  static const char *const CODES[] = { "FU", "FU", "FU", "NEW", "PHYS", "ACUT", "NURS", "TELE", NULL };
  gboolean today = cr_date_compare (date, demo->date) == 0;
  int full = cr_date_compare (date, demo->date) <= 0
                 ? 72
                 : MAX (25, 70 - (cr_date_to_days (date) - cr_date_to_days (demo->date)));
  int at = 9 * 60;
  while (at < 16 * 60 + 30) {
    const char *code = cr_dice_pick (&demo->dice, CODES);
    int length = (int)type_named (demo, code)->minutes;
    gboolean lunch = at < 13 * 60 && at + length > 12 * 60;
    guint pick = N_CAST + demo->turn % (demo->patient_ids->len - N_CAST); /* in turn: nobody twice a day */
    if (!lunch && !(today && is_cast_slot (person, at, length)) && cr_dice_chance (&demo->dice, full) &&
        !book (demo, tx, g_array_index (demo->patient_ids, CrId, pick), person, date, at, code,
               reason_for (demo, code), &length, error))
      return FALSE;
    demo->turn++;
    at += lunch ? 20 : length;
  }
  return TRUE;
}

static gboolean
block (CrDemo *demo, CrTx *tx, int person, CrDate date, int kind, gint64 start, gint64 end,
       const char *reason, GError **error)
{
  g_autoptr (CrScheduleException) e = cr_schedule_exception_new ();
  e->person_id = person < 0 ? CR_ID_NONE : demo->people[person]->id;
  e->date = date;
  e->kind = kind;
  e->start_min = start;
  e->end_min = end;
  e->reason = g_strdup (reason);
  return cr_tx_save (tx, &CR_SCHEDULE_EXCEPTION, e, error);
}

static gboolean
add_exceptions (CrDemo *demo, CrTx *tx, CrDate date, GError **error)
{
  gboolean weekend = cr_date_weekday (date) > 5;
  for (int person = CR_DEMO_DOCTOR; person <= CR_DEMO_CHEN; person++) {
    if (weekend &&
        (!block (demo, tx, person, date, CR_EXCEPTION_EXTRA, 9 * 60, 12 * 60, "Weekend clinic", error) ||
         !block (demo, tx, person, date, CR_EXCEPTION_EXTRA, 13 * 60, 17 * 60, "Weekend clinic", error)))
      return FALSE;
    if (!block (demo, tx, person, date, CR_EXCEPTION_BLOCKED, 12 * 60, 13 * 60, "Lunch", error))
      return FALSE;
  }
  return cr_date_compare (date, demo->date) != 0 || block (demo, tx, CR_DEMO_CHEN, date, CR_EXCEPTION_BLOCKED,
                                                           9 * 60 + 40, 10 * 60, "Phone hour", error);
}

gboolean
cr_demo_book (CrDemo *demo, CrTx *tx, GError **error)
{
  gboolean is_weekend = cr_date_weekday (demo->date) > 5; /* open then: both days of it have a book */
  int length;
  for (int i = -DAYS_BACK; i <= DAYS_AHEAD; i++) {
    CrDate date = cr_date_add_days (demo->date, i);
    if (cr_date_weekday (date) > 5 && !(is_weekend && ABS (i) <= 1))
      continue;
    if (!add_exceptions (demo, tx, date, error) || !book_day (demo, tx, date, CR_DEMO_DOCTOR, error) ||
        !book_day (demo, tx, date, CR_DEMO_CHEN, error))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (DAY); i++)
    if (!book (demo, tx, g_array_index (demo->patient_ids, CrId, DAY[i].cast), DAY[i].person, demo->date,
               DAY[i].start, DAY[i].code, DAY[i].reason, &length, error))
      return FALSE;
  return TRUE;
}
