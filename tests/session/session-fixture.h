/* A small invented practice in a temporary folder, for the tests of the session layer.  Monday, Nov 23, 2026,
 * 10:34 AM; clinicians Okafor and Chen, Mondays to Fridays 9 to 5; everybody's password is FIXTURE_PASSWORD.
 */
#pragma once
#include <glib/gstdio.h>
#include "chartroom/session/row.h"
#include "chartroom/session/work.h"
#include "await.h"

#define FIXTURE_PASSWORD "four invented plain words"
#define FIXTURE_TODAY CR_DATE (2026, 11, 23)

typedef struct {
  char *base, *folder;
  CrClock *clock;
  CrSession *session;
  CrId admin, okafor, chen, nurse, frontdesk, referrals; /* people */
  CrId follow_up, new_patient;                           /* visit types: 20 and 40 minutes */
  CrId room1, room2;
  CrId garcia, mariana, nowak; /* GARCIA Maria "Malena", GARCIA Mariana, NOWAK Piotr */
} Fixture;

static inline CrId
fixture_add_person (CrTx *tx, const char *login, const char *family, gint64 roles, int column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrPerson) person = cr_person_new ();
  person->login = g_strdup (login);
  person->family = g_strdup (family);
  person->given = g_strdup ("Invented");
  person->credentials = roles == CR_ROLE_DOCTOR ? g_strdup ("MD") : NULL;
  person->roles = roles;
  person->schedulable = column > 0;
  person->position = column;
  person->active = TRUE;
  cr_person_add (tx, person, FIXTURE_PASSWORD, TRUE, &error);
  g_assert_no_error (error);
  for (int weekday = 1; column > 0 && weekday <= 5; weekday++) {
    g_autoptr (CrHours) hours = cr_hours_new ();
    hours->person_id = person->id;
    hours->weekday = weekday;
    hours->start_min = 9 * 60;
    hours->end_min = 17 * 60;
    cr_tx_save (tx, &CR_HOURS, hours, &error);
    g_assert_no_error (error);
  }
  return person->id;
}

static inline CrId
fixture_add_type (CrTx *tx, const char *code, const char *name, int minutes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrVisitType) type = cr_visit_type_new ();
  type->code = g_strdup (code);
  type->name = g_strdup (name);
  type->minutes = minutes;
  type->position = minutes;
  type->active = TRUE;
  cr_tx_save (tx, &CR_VISIT_TYPE, type, &error);
  g_assert_no_error (error);
  return type->id;
}

static inline CrId
fixture_add_room (CrTx *tx, const char *name, int position)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup (name);
  room->position = position;
  room->active = TRUE;
  cr_tx_save (tx, &CR_ROOM, room, &error);
  g_assert_no_error (error);
  return room->id;
}

static inline CrId
fixture_add_patient (CrTx *tx, const char *family, const char *given, const char *preferred,
                     const char *birth, const char *phone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrPatient) patient = cr_patient_new ();
  patient->mrn = cr_patient_next_mrn (tx, &error);
  g_assert_no_error (error);
  patient->family = g_strdup (family);
  patient->given = g_strdup (given);
  patient->preferred = g_strdup (preferred);
  g_assert_true (cr_date_from_iso (birth, &patient->birth_date));
  patient->sex = CR_SEX_FEMALE;
  patient->phone = g_strdup (phone);
  patient->registered_on = cr_tx_today (tx);
  cr_patient_index (patient);
  cr_tx_save (tx, &CR_PATIENT, patient, &error);
  g_assert_no_error (error);
  return patient->id;
}

static inline gboolean
fixture_fill_job (CrTx *tx, gpointer data, GError **error)
{
  Fixture *f = data;
  f->okafor = fixture_add_person (tx, "okafor", "Okafor", CR_ROLE_DOCTOR, 1);
  f->chen = fixture_add_person (tx, "chen", "Chen", CR_ROLE_DOCTOR, 2);
  f->nurse = fixture_add_person (tx, "nurse", "Ortiz", CR_ROLE_CLINICAL, 0);
  f->frontdesk = fixture_add_person (tx, "frontdesk", "Diaz", CR_ROLE_FRONT_DESK, 0);
  f->referrals = fixture_add_person (tx, "referrals", "Rossi", CR_ROLE_REFERRAL, 0);
  f->follow_up = fixture_add_type (tx, "FU", "Follow-up", 20);
  f->new_patient = fixture_add_type (tx, "NEW", "New patient", 40);
  f->room1 = fixture_add_room (tx, "1", 1);
  f->room2 = fixture_add_room (tx, "2", 2);
  f->garcia = fixture_add_patient (tx, "Garcia", "Maria", "Malena", "1961-03-14", "5035550142");
  f->mariana = fixture_add_patient (tx, "Garcia", "Mariana", NULL, "1988-07-02", "5035550199");
  f->nowak = fixture_add_patient (tx, "Nowak", "Piotr", NULL, "1955-05-05", "5035550117");
  return TRUE;
}

static inline void
fixture_create (Fixture *f, const char *practice_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrPractice) practice = cr_practice_new ();
  practice->name = g_strdup (practice_name);
  practice->zone = g_strdup ("America/Los_Angeles");
  practice->idle_minutes = 5;
  g_autoptr (CrPerson) admin = cr_person_new ();
  admin->login = g_strdup ("admin");
  admin->family = g_strdup ("Keller");
  admin->given = g_strdup ("Invented");
  admin->roles = CR_ROLE_ADMIN;
  admin->active = TRUE;
  CrSessionSetup setup = { f->folder, practice, admin, FIXTURE_PASSWORD, TRUE };
  cr_session_create (f->session, &setup, &error);
  g_assert_no_error (error);
  f->admin = cr_session_get_person (f->session)->id;
}

/* A practice with the administrator signed in.  knowledge: may be NULL. */
static inline void
fixture_set_up_with (Fixture *f, CrKnowledge *knowledge)
{
  g_autoptr (GError) error = NULL;
  *f = (Fixture){ .base = g_dir_make_tmp ("cr-session-XXXXXX", NULL) };
  f->folder = g_build_filename (f->base, "test.practice", NULL);
  f->clock = cr_clock_new_fixed (FIXTURE_TODAY, 10 * 60 + 34, "America/Los_Angeles");
  f->session = cr_session_new (f->clock, knowledge, "test");
  fixture_create (f, "Invented Family Medicine");
  cr_session_run (f->session, CR_RIGHT_ADMIN, fixture_fill_job, f, &error);
  g_assert_no_error (error);
}

static inline void
fixture_set_up (Fixture *f)
{
  fixture_set_up_with (f, NULL);
}

/* Locks, and lets another person sit down. */
static inline void
fixture_sign_in (Fixture *f, const char *login)
{
  g_autoptr (GError) error = NULL;
  cr_session_lock (f->session);
  cr_session_unlock (f->session, login, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
}

static inline void
fixture_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      fixture_remove_folder (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

static inline void
fixture_tear_down (Fixture *f)
{
  cr_session_close (f->session);
  fixture_spin ();
  g_assert_finalize_object (f->session);
  cr_clock_unref (f->clock);
  fixture_remove_folder (f->base);
  g_free (f->folder);
  g_free (f->base);
}
