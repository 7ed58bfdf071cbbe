/* Stages of a visit, and visits of people with similar names. */
#include "chartroom/domain/schedule-rules.h"
#include "expect.h"

static void
test_stage_words (void)
{
  static const struct {
    const char *code, *word, *icon, *mark;
    gboolean holds;
  } stages[CR_N_STAGES] = {
    { "scheduled", "Scheduled", "cr-stage-scheduled-symbolic", "○", TRUE },
    { "confirmed", "Confirmed", "cr-stage-confirmed-symbolic", "⊙", TRUE },
    { "arrived", "Arrived", "cr-stage-arrived-symbolic", "◔", TRUE },
    { "roomed", "Roomed", "cr-stage-roomed-symbolic", "◑", TRUE },
    { "with-doctor", "With doctor", "cr-stage-with-doctor-symbolic", "◕", TRUE },
    { "ready", "Ready to check out", "cr-stage-ready-symbolic", "●", TRUE },
    { "checked-out", "Checked out", "cr-stage-checked-out-symbolic", "✓", TRUE },
    { "no-show", "No-show", "cr-stage-no-show-symbolic", "⊘", FALSE },
    { "cancelled", "Cancelled", "cr-stage-cancelled-symbolic", "✕", FALSE },
  };
  for (int stage = 0; stage < CR_N_STAGES; stage++) {
    g_assert_cmpstr (CR_STAGE_CODES[stage], ==, stages[stage].code);
    g_assert_cmpstr (cr_stage_word (stage), ==, stages[stage].word);
    g_assert_cmpstr (cr_stage_icon (stage), ==, stages[stage].icon);
    g_assert_cmpstr (cr_stage_mark (stage), ==, stages[stage].mark);
    g_assert_true (cr_stage_holds_slot (stage) == stages[stage].holds);
  }
  g_assert_null (CR_STAGE_CODES[CR_N_STAGES]);
}

/* Rows: from; columns: to; both in the order of CrStage. */
static void
test_stage_order (void)
{
  static const char *const may[CR_N_STAGES] = {
    "-yy----yy", /* scheduled */
    "y-y----yy", /* confirmed */
    "yy-yyyy--", /* arrived */
    "--y-yyy--", /* roomed */
    "---y-yy--", /* with doctor */
    "----y-y--", /* ready */
    "-----y---", /* checked out */
    "yyy-----y", /* no-show */
    "yy-------", /* cancelled */
  };
  for (int from = 0; from < CR_N_STAGES; from++)
    for (int to = 0; to < CR_N_STAGES; to++)
      g_assert_true (cr_stage_may_follow (from, to) == (may[from][to] == 'y'));
  g_assert_false (cr_stage_may_follow (-1, 0));
  g_assert_false (cr_stage_may_follow (0, CR_N_STAGES));
}

static CrVisit *
visit_of (CrId patient_id, const char *family, const char *given)
{
  CrVisit *visit = g_new0 (CrVisit, 1);
  visit->appointment = cr_appointment_new ();
  visit->patient = cr_patient_new ();
  visit->patient->id = patient_id;
  visit->patient->family = g_strdup (family);
  visit->patient->given = g_strdup (given);
  return visit;
}

static void
test_similar (void)
{
  static const struct {
    const char *family_a, *given_a, *family_b, *given_b;
    gboolean similar;
  } cases[] = {
    { "Garcia", "Maria", "García", "Mariana", TRUE },
    { "Meier", "Ann", "Mayer", "Alma", TRUE },
    { "Garcia", "Maria", "Garcia", "Ana", FALSE },
    { "Garcia", "Maria", "Nowak", "Marek", FALSE },
    { NULL, "Suharto", NULL, "Suharto", TRUE },
    { "Smith", NULL, "Smyth", NULL, TRUE },
    { "王", "小", "李", "小", FALSE },
    { "O'Brien", "Pat", "OBrien", "Paul", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
    g_ptr_array_add (visits, visit_of (1, cases[i].family_a, cases[i].given_a));
    g_ptr_array_add (visits, visit_of (2, cases[i].family_b, cases[i].given_b));
    g_ptr_array_add (visits, visit_of (3, "Quux", "Zoe"));
    ((CrVisit *)visits->pdata[2])->similar = TRUE; /* left from an earlier day */
    cr_visits_mark_similar (visits);
    g_assert_true (((CrVisit *)visits->pdata[0])->similar == cases[i].similar);
    g_assert_true (((CrVisit *)visits->pdata[1])->similar == cases[i].similar);
    g_assert_false (((CrVisit *)visits->pdata[2])->similar);
  }
}

static void
test_same_patient_twice_is_not_similar (void)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  g_ptr_array_add (visits, visit_of (1, "Garcia", "Maria"));
  g_ptr_array_add (visits, visit_of (1, "Garcia", "Maria"));
  cr_visits_mark_similar (visits);
  g_assert_false (((CrVisit *)visits->pdata[0])->similar);
}

static void
test_similar_on_another_day (void)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  g_ptr_array_add (visits, visit_of (1, "Garcia", "Maria"));
  g_ptr_array_add (visits, visit_of (2, "Garcia", "Maria"));
  ((CrVisit *)visits->pdata[0])->appointment->date = CR_DATE (2026, 11, 23);
  ((CrVisit *)visits->pdata[1])->appointment->date = CR_DATE (2026, 11, 24);
  cr_visits_mark_similar (visits);
  g_assert_false (((CrVisit *)visits->pdata[0])->similar);
  g_assert_false (((CrVisit *)visits->pdata[1])->similar);
}

static void
test_visit_copy (void)
{
  g_autoptr (CrVisit) visit = visit_of (7, "Garcia", "Maria");
  visit->type_code = g_strdup ("FU");
  visit->clinician = g_strdup ("Dr. Okafor");
  visit->encounter_id = 12;
  g_autoptr (CrVisit) copy = cr_visit_copy (visit);
  g_assert_true (copy->patient != visit->patient);
  g_assert_cmpstr (copy->patient->family, ==, "Garcia");
  g_assert_cmpstr (copy->type_code, ==, "FU");
  g_assert_true (copy->clinician != visit->clinician);
  g_assert_null (copy->room_name);
  g_assert_cmpint (copy->encounter_id, ==, 12);
  cr_visit_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/appointment/stage-words", test_stage_words);
  g_test_add_func ("/appointment/stage-order", test_stage_order);
  g_test_add_func ("/appointment/similar", test_similar);
  g_test_add_func ("/appointment/same-patient-twice", test_same_patient_twice_is_not_similar);
  g_test_add_func ("/appointment/similar-on-another-day", test_similar_on_another_day);
  g_test_add_func ("/appointment/visit-copy", test_visit_copy);
  return g_test_run ();
}
