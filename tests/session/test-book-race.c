/* Several programs at work on one book at once: the same slot has one winner, the other is told which are
 * next; random work of four ends with no overlap beyond the limits, no visit lost, and a history that replays
 * to the same book.  CHARTROOM_OPERATIONS: how many each, 60 unless said; CHARTROOM_SEED: one seed again. */
#include "book-checks.h"
#include "src/session/book-step.h"
#include "src/session/visit-change.h"
#include <stdlib.h>
#include <string.h>

enum { PROGRAMS = 4, USUAL = 60, SLOTS = 12, DAYS = 3 };
static const char *const LOGINS[PROGRAMS] = { "frontdesk", "nurse", "okafor", "chen" };
static const char *self; /* this program */

/* ---- one of the programs ---- */

typedef struct {
  CrClock *clock;
  CrSession *session;
  GRand *dice;
  GPtrArray *people, *types, *patients; /* all there are */
  GArray *visits;                       /* CrId of the days at the last look */
  CrBooking booking;
  CrVisitChange change;
  gboolean cancel;
  CrId made;
} Program;

static CrDate
first_day (void)
{
  return cr_date_add_days (FIXTURE_TODAY, 1);
}

static void
add_key_cb (const CrPatientKey *key, gpointer data)
{
  g_array_append_val ((GArray *)data, key->id);
}

static CrId
roll (Program *p, const GPtrArray *records)
{
  return ((CrRecord *)records->pdata[g_rand_int_range (p->dice, 0, (gint32)records->len)])->id;
}

static CrId
roll_id (Program *p, const GArray *ids)
{
  return ids->len > 0 ? g_array_index (ids, CrId, g_rand_int_range (p->dice, 0, (gint32)ids->len))
                      : CR_ID_NONE;
}

static gboolean
schedulable (const CrPerson *person)
{
  return person->active && person->schedulable;
}

static gboolean
roll_job (CrTx *tx, gpointer data, GError **error)
{
  Program *p = data;
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_autoptr (GPtrArray) people = cr_person_list (tx, error), types = cr_visit_type_list (tx, error);
  g_autoptr (GPtrArray) visits =
      cr_appointments_between (tx, first_day (), cr_date_add_days (first_day (), DAYS - 1), error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_assert_true (cr_patient_each_key (tx, add_key_cb, patients, error));
  for (guint i = people->len; i > 0; i--)
    if (!schedulable (people->pdata[i - 1]))
      g_ptr_array_remove_index (people, i - 1);
  for (guint i = 0; i < visits->len; i++)
    g_array_append_val (ids, ((CrAppointment *)visits->pdata[i])->id);
  p->booking = (CrBooking){ .patient_id = roll_id (p, patients),
                            .person_id = roll (p, people),
                            .visit_type_id = roll (p, types),
                            .date = cr_date_add_days (first_day (), g_rand_int_range (p->dice, 0, DAYS)),
                            .start = 9 * 60 + 10 * g_rand_int_range (p->dice, 0, 40),
                            .accept = g_rand_boolean (p->dice) ? CR_PLACES_SOFT : 0 };
  p->change = CR_VISIT_CHANGE (roll_id (p, ids));
  p->change.accept = p->booking.accept;
  p->change.person_id = g_rand_boolean (p->dice) ? p->booking.person_id : CR_ID_NONE;
  if (g_rand_boolean (p->dice)) {
    p->change.date = p->booking.date;
    p->change.start = p->booking.start;
  } else {
    p->change.minutes = 10 * g_rand_int_range (p->dice, 1, 7);
  }
  return TRUE;
}

static gboolean
work_job (CrTx *tx, gpointer data, GError **error)
{
  Program *p = data;
  g_autofree char *label = NULL;
  CrId id = CR_ID_NONE;
  g_autoptr (CrBook) book = cr_book_open (tx, p->clock, error);
  gboolean done = book != NULL;
  p->made = CR_ID_NONE;
  if (done && p->change.appointment == CR_ID_NONE)
    done = cr_visit_book (book, &p->booking, &label, &p->made, error);
  else if (done && p->cancel)
    done = cr_visit_set_stage (book, p->change.appointment, CR_STAGE_CANCELLED, CR_ID_NONE, "invented",
                               &label, error);
  else if (done)
    done = cr_visit_change (book, &p->change, &label, &id, error);
  return done && cr_book_step_save (tx, label, NULL, error);
}

static gboolean
undo_or_redo (Program *p, gboolean redo, GError **error)
{
  GAsyncResult *result = NULL;
  GError *problem = NULL;
  if (redo)
    cr_session_redo_async (p->session, fixture_done_cb, &result);
  else
    cr_session_undo_async (p->session, fixture_done_cb, &result);
  problem = fixture_finish (&result);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static gboolean
operate (Program *p, GError **error)
{
  int kind = g_rand_int_range (p->dice, 0, 10);
  if (kind == 0 || kind == 1)
    return undo_or_redo (p, kind == 1, error);
  if (!cr_session_run (p->session, CR_RIGHT_SCHEDULE_EDIT, roll_job, p, error))
    return FALSE;
  if (kind < 6)
    p->change.appointment = CR_ID_NONE;
  p->cancel = kind == 9;
  return cr_session_run (p->session, CR_RIGHT_SCHEDULE_EDIT, work_job, p, error);
}

/* A refusal is one that a person is told. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) ||
         g_error_matches (error, CR_ERROR, CR_ERROR_INVALID) ||
         g_error_matches (error, CR_ERROR, CR_ERROR_NOT_FOUND);
}

static void
program_open (Program *p, const char *folder, const char *login, guint32 seed)
{
  g_autoptr (GError) error = NULL;
  *p = (Program){ .clock = cr_clock_new_fixed (FIXTURE_TODAY, 10 * 60 + 34, "America/Los_Angeles"),
                  .dice = g_rand_new_with_seed (seed) };
  p->session = cr_session_new (p->clock, NULL, "test");
  cr_session_open (p->session, folder, login, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
}

static void
program_close (Program *p)
{
  cr_session_close (p->session);
  fixture_spin ();
  g_object_unref (p->session);
  cr_clock_unref (p->clock);
  g_rand_free (p->dice);
}

/* Prints "booked ID" for each visit that it has booked. */
static int
work (char **argv)
{
  Program p;
  guint done = 0, refused = 0, n = (guint)atoi (argv[5]);
  program_open (&p, argv[2], argv[3], (guint32)g_ascii_strtoull (argv[4], NULL, 10));
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    p.made = CR_ID_NONE;
    if (operate (&p, &error)) {
      done++;
      if (p.made != CR_ID_NONE)
        g_print ("booked %" G_GINT64_FORMAT "\n", p.made);
    } else {
      g_assert_true (is_refusal (error));
      refused++;
    }
    cr_session_touch (p.session);
  }
  g_print ("done %u refused %u\n", done, refused);
  program_close (&p);
  return 0;
}

/* ---- the same slots, at the same moment ---- */

static int
race (char **argv)
{
  Program p;
  gint64 begin = g_ascii_strtoll (argv[4], NULL, 10);
  CrId patient = g_ascii_strtoll (argv[5], NULL, 10), person = g_ascii_strtoll (argv[6], NULL, 10),
       type = g_ascii_strtoll (argv[7], NULL, 10);
  program_open (&p, argv[2], argv[3], 1);
  while (g_get_monotonic_time () < begin)
    g_usleep (200);
  for (int i = 0; i < SLOTS; i++) {
    g_autoptr (GError) error = NULL;
    p.booking = (CrBooking){ .patient_id = patient,
                             .person_id = person,
                             .visit_type_id = type,
                             .date = cr_date_add_days (FIXTURE_TODAY, 7 * (1 + i)), /* Mondays */
                             .start = 9 * 60 };
    p.change = CR_VISIT_CHANGE (CR_ID_NONE);
    if (cr_session_run (p.session, CR_RIGHT_SCHEDULE_EDIT, work_job, &p, &error))
      g_print ("won\n");
    else
      g_print ("%s %s\n", g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) ? "lost" : "failed",
               error->message);
  }
  program_close (&p);
  return 0;
}

/* ---- the tests ---- */

static GSubprocess *
start_program (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *program = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  return program;
}

static char **
end_program (GSubprocess *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_subprocess_communicate_utf8 (program, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));
  return g_strsplit (g_strstrip (out), "\n", -1);
}

static void
test_slot (void)
{
  Fixture f;
  GSubprocess *programs[2];
  fixture_set_up (&f);
  const CrId patients[] = { f.garcia, f.nowak };
  for (int i = 0; i < 2; i++) {
    g_autofree char *begin =
        g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time () + 3 * G_USEC_PER_SEC / 2);
    g_autofree char *patient = g_strdup_printf ("%" G_GINT64_FORMAT, patients[i]);
    g_autofree char *person = g_strdup_printf ("%" G_GINT64_FORMAT, f.okafor);
    g_autofree char *type = g_strdup_printf ("%" G_GINT64_FORMAT, f.follow_up);
    programs[i] = start_program (
        (const char *const[]){ self, "--race", f.folder, LOGINS[i], begin, patient, person, type, NULL });
  }
  g_auto (GStrv) first = end_program (programs[0]);
  g_auto (GStrv) second = end_program (programs[1]);
  g_assert_cmpuint (g_strv_length (first), ==, SLOTS);
  g_assert_cmpuint (g_strv_length (second), ==, SLOTS);
  for (int i = 0; i < SLOTS; i++) {
    gboolean won = g_str_equal (first[i], "won");
    const char *loser = won ? second[i] : first[i];
    g_assert_cmpstr (won ? first[i] : second[i], ==, "won");
    g_assert_true (
        g_str_has_prefix (loser, "lost Dr. Okafor already has a visit between 9:00 AM and 9:20 AM."));
    g_assert_nonnull (strstr (loser, "Next free: 9:20 AM, 9:40 AM, 10:00 AM."));
  }
  for (int i = 0; i < 2; i++)
    g_object_unref (programs[i]);
  fixture_tear_down (&f);
}

static gboolean
fill_job (CrTx *tx, gpointer data, GError **error)
{
  const Fixture *f = data;
  static const char *const MORE[] = { "Kim", "Haddad", "Rossi", "Iyer", "Lee", "Brown", "Baptiste", "Adams" };
  g_autoptr (CrVisitTypeNeed) need = cr_visit_type_need_new ();
  g_autoptr (CrPerson) chen = cr_tx_load (tx, &CR_PERSON, f->chen, error);
  for (guint i = 0; i < G_N_ELEMENTS (MORE); i++)
    fixture_add_patient (tx, MORE[i], "Invented", NULL, "1970-01-02", "5035550100");
  need->visit_type_id = f->new_patient;
  need->room_id = f->room1;
  need->active = TRUE;
  chen->overlap_limit = 1;
  return cr_tx_save (tx, &CR_VISIT_TYPE_NEED, need, error) && cr_tx_save (tx, &CR_PERSON, chen, error);
}

static gboolean
check_job (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray *claims = data; /* char *: ids of visits that somebody was told are booked */
  CrRuleSet set = { 0 };
  CrDate last = cr_date_add_days (first_day (), DAYS - 1);
  g_autoptr (GPtrArray) visits = cr_appointments_between (tx, first_day (), last, error);
  g_autoptr (GPtrArray) resources = cr_appointment_resources_between (tx, first_day (), last, error);
  g_assert_true (visits != NULL && resources != NULL && cr_rule_set_load (tx, &set, error));
  book_check_overlaps (visits, resources, &set, FALSE);
  for (guint i = 0; i < claims->len; i++) {
    g_autoptr (CrAppointment) visit =
        cr_tx_load (tx, &CR_APPOINTMENT, g_ascii_strtoll (claims->pdata[i], NULL, 10), error);
    g_assert_nonnull (visit);
  }
  g_test_message ("%u visits, %u of them booked as new", visits->len, claims->len);
  cr_rule_set_clear (&set);
  return TRUE;
}

static void
collect_claims (GPtrArray *claims, char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "booked "))
      g_ptr_array_add (claims, g_strdup (lines[i] + strlen ("booked ")));
    else
      g_test_message ("%s", lines[i]);
}

static void
test_stress (void)
{
  Fixture f;
  BookReplay replay;
  GSubprocess *programs[PROGRAMS];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  const char *asked = g_getenv ("CHARTROOM_OPERATIONS"), *given = g_getenv ("CHARTROOM_SEED");
  g_autofree char *n = asked != NULL ? g_strdup (asked) : g_strdup_printf ("%d", USUAL);
  guint32 seed = given != NULL ? (guint32)g_ascii_strtoull (given, NULL, 10) : (guint32)g_test_rand_int ();
  fixture_set_up (&f);
  cr_session_run (f.session, CR_RIGHT_ADMIN, fill_job, &f, &error);
  g_assert_no_error (error);
  g_test_message ("%d programs, %s operations each, seeds from %u", PROGRAMS, n, seed);
  for (int i = 0; i < PROGRAMS; i++) {
    g_autofree char *own = g_strdup_printf ("%u", seed + (guint32)i);
    programs[i] = start_program ((const char *const[]){ self, "--work", f.folder, LOGINS[i], own, n, NULL });
  }
  for (int i = 0; i < PROGRAMS; i++) {
    g_auto (GStrv) lines = end_program (programs[i]);
    collect_claims (claims, lines);
    g_object_unref (programs[i]);
  }
  cr_session_run (f.session, CR_RIGHT_ADMIN, check_job, claims, &error);
  g_assert_no_error (error);
  book_replay_init (&replay);
  cr_session_run (f.session, CR_RIGHT_ADMIN, book_replay_job, &replay, &error);
  g_assert_no_error (error);
  book_replay_clear (&replay);
  cr_store_verify (cr_session_get_store (f.session), cr_session_get_user (f.session), findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && g_str_equal (argv[1], "--work"))
    return work (argv);
  if (argc == 8 && g_str_equal (argv[1], "--race"))
    return race (argv);
  g_test_init (&argc, &argv, NULL);
  self = argv[0];
  g_test_add_func ("/book-race/slot", test_slot);
  g_test_add_func ("/book-race/stress", test_stress);
  return g_test_run ();
}
