/* The book: visits of a day with what a card shows; hours, rooms, exceptions. */
#include "fixture.h"

typedef struct {
  CrPatient *patient, *similar;
  CrRoom *room;
  CrVisitType *type;
  CrEncounter *encounter;
  CrAppointment *late, *early, *next_day;
} Book;

static CrAppointment *
book (Fixture *fixture, const CrPatient *patient, CrDate date, int start)
{
  CrAppointment *appointment = cr_appointment_new ();
  appointment->patient_id = patient->id;
  appointment->person_id = cr_store_user_person (fixture->user)->id;
  appointment->date = date;
  appointment->start_min = start;
  appointment->minutes = 20;
  fixture_save (fixture, &CR_APPOINTMENT, appointment);
  return appointment;
}

static void
save_room_and_type (Fixture *fixture, Book *self)
{
  self->room = cr_room_new ();
  self->room->name = g_strdup ("2");
  fixture_save (fixture, &CR_ROOM, self->room);
  self->type = cr_visit_type_new ();
  self->type->code = g_strdup ("FU");
  self->type->name = g_strdup ("Follow-up");
  fixture_save (fixture, &CR_VISIT_TYPE, self->type);
}

static void
save_draft_note (Fixture *fixture, Book *self)
{
  g_autoptr (CrNote) note = cr_note_new ();
  self->encounter = cr_encounter_new ();
  self->encounter->patient_id = self->patient->id;
  self->encounter->appointment_id = self->late->id;
  fixture_save (fixture, &CR_ENCOUNTER, self->encounter);
  note->patient_id = self->patient->id;
  note->encounter_id = self->encounter->id;
  fixture_save (fixture, &CR_NOTE, note);
}

static void
fill_book (Fixture *fixture, Book *self)
{
  CrDate day = CR_DATE (2026, 11, 23);
  self->patient = fixture_patient (fixture, "Garcia", "Maria", CR_DATE_NONE);
  self->similar = fixture_patient (fixture, "Garcia", "Marta", CR_DATE_NONE);
  save_room_and_type (fixture, self);
  self->late = book (fixture, self->patient, day, 10 * 60);
  self->early = book (fixture, self->similar, day, 9 * 60);
  self->next_day = book (fixture, self->patient, CR_DATE (2026, 11, 24), 8 * 60);
  self->late->room_id = self->room->id;
  self->late->visit_type_id = self->type->id;
  fixture_save (fixture, &CR_APPOINTMENT, self->late);
  save_draft_note (fixture, self);
}

static void
clear_book (Book *self)
{
  cr_patient_free (self->patient);
  cr_patient_free (self->similar);
  cr_room_free (self->room);
  cr_visit_type_free (self->type);
  cr_encounter_free (self->encounter);
  cr_appointment_free (self->late);
  cr_appointment_free (self->early);
  cr_appointment_free (self->next_day);
}

static void
check_full_visit (const Book *self, const CrVisit *visit)
{
  g_assert_cmpint (visit->appointment->id, ==, self->late->id);
  g_assert_cmpint (visit->patient->id, ==, self->patient->id);
  g_assert_cmpstr (visit->type_code, ==, "FU");
  g_assert_cmpstr (visit->type_name, ==, "Follow-up");
  g_assert_cmpstr (visit->room_name, ==, "2");
  g_assert_nonnull (visit->clinician);
  g_assert_cmpint (visit->encounter_id, ==, self->encounter->id);
  g_assert_true (visit->unsigned_note);
  g_assert_true (visit->similar);
}

static gboolean
visits_job (CrTx *tx, gpointer data, GError **error)
{
  const Book *self = data;
  CrDate day = CR_DATE (2026, 11, 23);
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, day, day, error);
  g_assert_cmpuint (visits->len, ==, 2);
  const CrVisit *bare = g_ptr_array_index (visits, 0);
  g_assert_cmpint (bare->appointment->id, ==, self->early->id);
  g_assert_null (bare->type_code);
  g_assert_null (bare->room_name);
  g_assert_cmpint (bare->encounter_id, ==, CR_ID_NONE);
  g_assert_false (bare->unsigned_note);
  check_full_visit (self, g_ptr_array_index (visits, 1));
  g_autoptr (GPtrArray) both = cr_visit_list (tx, day, CR_DATE (2026, 11, 24), error);
  g_assert_cmpuint (both->len, ==, 3);
  g_autoptr (GPtrArray) none = cr_visit_list (tx, CR_DATE (2026, 11, 25), CR_DATE (2026, 12, 1), error);
  g_assert_cmpuint (none->len, ==, 0);
  return TRUE;
}

static gboolean
appointments_job (CrTx *tx, gpointer data, GError **error)
{
  const Book *self = data;
  g_autoptr (GPtrArray) day = cr_appointments_of_day (tx, CR_DATE (2026, 11, 24), error);
  g_autoptr (GPtrArray) own = cr_appointments_for_patient (tx, self->patient->id, error);
  g_autoptr (CrEncounter) found = cr_encounter_for_appointment (tx, self->late->id, error);
  g_autoptr (CrEncounter) none = cr_encounter_for_appointment (tx, self->early->id, error);
  g_assert_cmpuint (day->len, ==, 1);
  g_assert_cmpuint (own->len, ==, 2);
  g_assert_cmpint (((CrAppointment *)g_ptr_array_index (own, 0))->id, ==, self->next_day->id);
  g_assert_cmpint (found->id, ==, self->encounter->id);
  g_assert_null (none);
  return TRUE;
}

static void
test_visits (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  Book self = { 0 };
  fill_book (fixture, &self);
  fixture_run (fixture, visits_job, &self);
  fixture_run (fixture, appointments_job, &self);
  clear_book (&self);
}

static void
save_hours (Fixture *fixture, CrId person, int weekday, int start)
{
  g_autoptr (CrHours) hours = cr_hours_new ();
  hours->person_id = person;
  hours->weekday = weekday;
  hours->start_min = start;
  hours->end_min = start + 60;
  fixture_save (fixture, &CR_HOURS, hours);
}

static void
save_exception (Fixture *fixture, CrDate date)
{
  g_autoptr (CrScheduleException) exception = cr_schedule_exception_new ();
  exception->date = date;
  fixture_save (fixture, &CR_SCHEDULE_EXCEPTION, exception);
}

static gboolean
hours_job (CrTx *tx, gpointer data, GError **error)
{
  CrId me = cr_store_user_person (cr_tx_user (tx))->id;
  g_autoptr (GPtrArray) all = cr_hours_list (tx, CR_ID_NONE, error);
  g_autoptr (GPtrArray) mine = cr_hours_list (tx, me, error);
  g_autoptr (GPtrArray) nobodys = cr_hours_list (tx, 4711, error);
  g_autoptr (GPtrArray) closed =
      cr_schedule_exception_list (tx, CR_DATE (2026, 11, 26), CR_DATE (2026, 11, 27), error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (((CrHours *)g_ptr_array_index (mine, 0))->weekday, ==, 1);
  g_assert_cmpuint (nobodys->len, ==, 0);
  g_assert_cmpuint (closed->len, ==, 2);
  return TRUE;
}

static void
test_hours (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  CrId me = cr_store_user_person (fixture->user)->id;
  save_hours (fixture, me, 2, 540);
  save_hours (fixture, me, 1, 540);
  for (int day = 25; day <= 28; day++)
    save_exception (fixture, CR_DATE (2026, 11, day));
  fixture_run (fixture, hours_job, NULL);
}

/* What a booking must not be, whatever program asks. */
static void
test_impossible_bookings (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", "Ana", CR_DATE_NONE);
  static const struct {
    CrDate date;
    int start, minutes;
  } CASES[] = { { { 0 }, 540, 20 },
                { { 2026, 11, 0 }, 540, 20 },
                { { 2026, 11, 23 }, 1440, 20 },
                { { 2026, 11, 23 }, -1, 20 },
                { { 2026, 11, 23 }, 540, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CrAppointment) appointment = cr_appointment_new ();
    g_autoptr (GError) error = NULL;
    appointment->patient_id = patient->id;
    appointment->date = CASES[i].date;
    appointment->start_min = CASES[i].start;
    appointment->minutes = CASES[i].minutes;
    g_assert_false (fixture_try_save (fixture, &CR_APPOINTMENT, appointment, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/book/visits", test_visits);
  g_test_add_func ("/store/book/hours", test_hours);
  g_test_add_func ("/store/book/impossible", test_impossible_bookings);
  return g_test_run ();
}
