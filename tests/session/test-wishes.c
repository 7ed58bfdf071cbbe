/* What patients wish and what visits ask of them: days that suit, the best way to reach somebody, when to be
 * there. */
#include "book-fixture.h"
#include "draft-fixture.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/next-available.h"
#include "chartroom/session/visit-desk.h"

static void
ask_early (Book *b, CrId type_id, gint64 minutes)
{
  g_autoptr (CrVisitType) type = fixture_load (&b->base, &CR_VISIT_TYPE, type_id);
  type->early_minutes = minutes;
  fixture_store (&b->base, &CR_VISIT_TYPE, type);
}

static void
assert_early (Book *b, CrId visit, gint64 minutes)
{
  g_autoptr (CrAppointment) appointment = fixture_load (&b->base, &CR_APPOINTMENT, visit);
  g_assert_cmpint (appointment->early_minutes, ==, minutes);
}

/* Asked of a visit when it is booked, by its type; a person may ask for something else. */
static void
test_early (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId before = book_one (&b, b.base.nowak, 15 * 60);
  ask_early (&b, b.base.follow_up, 15);
  CrId visit = book_one (&b, b.base.garcia, 11 * 60);
  assert_early (&b, visit, 15);
  assert_early (&b, before, CR_INT_NONE); /* what was booked stays as it is */
  cr_day_schedule_set_early_async (b.day, visit, 30, fixture_done_cb, &b.result);
  g_assert_null (fixture_finish (&b.result));
  CrVisitChange move = CR_VISIT_CHANGE (visit);
  move.start = 13 * 60;
  book_change (&b, &move, &error);
  g_assert_no_error (error);
  assert_early (&b, visit, 30);
  move.copy = TRUE;
  move.accept = CR_PLACES_SOFT;
  move.start = 14 * 60;
  CrId copy = book_change (&b, &move, &error);
  g_assert_no_error (error);
  assert_early (&b, copy, 15); /* as if booked anew */
  CrBooking walk_in = book_booking (&b, b.base.mariana, CR_MINUTE_NONE);
  walk_in.walk_in = TRUE;
  CrId here = book_try (&b, &walk_in, &error);
  g_assert_no_error (error);
  assert_early (&b, here, CR_INT_NONE);
  book_tear_down (&b);
}

static void
test_early_words (void)
{
  static const struct {
    const char *typed;
    gint64 minutes;
    gboolean refused;
  } CASES[] = { { "15", 15, FALSE },         { " 120 ", 120, FALSE }, { "", CR_INT_NONE, FALSE },
                { "0", CR_INT_NONE, FALSE }, { "121", 0, TRUE },      { "-5", 0, TRUE },
                { "ten", 0, TRUE } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    gint64 minutes = 0;
    g_assert_true ((cr_early_parse (CASES[i].typed, &minutes) != NULL) == CASES[i].refused);
    g_assert_cmpint (minutes, ==, CASES[i].minutes);
  }
}

/* The first three weekdays that are offered, ISO digits. */
static char *
offered (Book *b, CrId patient, const char *weekdays, gboolean suits)
{
  char found[4] = { 0 };
  g_autoptr (GError) error = NULL;
  CrSlotQuestion question = {
    .wish = { .patient_id = patient,
              .parts = { { .minutes = 60, .people = &b->base.okafor, .n_people = 1 } },
              .weekdays = weekdays,
              .from = cr_date_add_days (FIXTURE_TODAY, 1),
              .earliest_min = CR_MINUTE_NONE,
              .latest_min = CR_MINUTE_NONE },
    .suits = suits,
    .limit = 6
  };
  cr_next_available_async (b->base.session, &question, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  g_autoptr (CrSlotAnswer) answer = cr_next_available_finish (b->base.session, result, &error);
  g_assert_no_error (error);
  for (guint i = 0, n = 0; i < answer->slots->len && n < 3; i++) {
    char day = (char)('0' + cr_date_weekday (g_array_index (answer->slots, CrSlot, i).date));
    if (n == 0 || found[n - 1] != day)
      found[n++] = day;
  }
  return g_strdup (found);
}

static void
test_days (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  g_autoptr (CrPatient) garcia = fixture_load (&b.base, &CR_PATIENT, b.base.garcia);
  garcia->preferred_days = g_strdup ("4");
  fixture_store (&b.base, &CR_PATIENT, garcia);
  g_autofree char *any = offered (&b, b.base.garcia, NULL, FALSE);
  g_autofree char *own = offered (&b, b.base.garcia, NULL, TRUE);
  g_autofree char *named = offered (&b, b.base.garcia, "5", TRUE);
  g_autofree char *other = offered (&b, b.base.nowak, NULL, TRUE);
  g_assert_cmpstr (any, ==, "2"); /* tomorrow */
  g_assert_cmpstr (own, ==, "4");
  g_assert_cmpstr (named, ==, "5"); /* what somebody asked for goes first */
  g_assert_cmpstr (other, ==, "2");
  book_tear_down (&b);
}

static void
test_typed (void)
{
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "contact-by", "text", "preferred-days", "135", "no-email", "1", NULL);
  g_assert_null (cr_patient_draft_problem (draft, "contact-by"));
  g_object_set (draft, "no-text", "1", NULL);
  g_assert_nonnull (cr_patient_draft_problem (draft, "contact-by"));
  g_assert_false (draft_can_save (draft));
  g_object_set (draft, "no-text", "", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_autofree char *words = cr_patient_contact_words (patient);
  g_autofree char *days = cr_weekdays_words (patient->preferred_days);
  g_assert_cmpstr (words, ==, "best by text message  ⊘ no email");
  g_assert_cmpstr (days, ==, "Mon, Wed, Fri");
  draft = draft_of (&f, f.garcia);
  assert_text (draft, "contact-by", "text");
  assert_text (draft, "no-email", "1");
  g_object_set (draft, "contact-by", "", "preferred-days", "", "no-email", "", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) after = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_null (after->contact_by);
  g_assert_null (after->preferred_days);
  g_assert_cmpint (after->no_email, ==, 0);
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wishes/early", test_early);
  g_test_add_func ("/wishes/early-words", test_early_words);
  g_test_add_func ("/wishes/days", test_days);
  g_test_add_func ("/wishes/typed", test_typed);
  return g_test_run ();
}
