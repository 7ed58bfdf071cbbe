/* Who sees what: the front desk nothing clinical, nobody anything through the lock, and whoever signs in on
 * top of another finds their own work, not the other's. */
#include "practice.h"
#include <string.h>

#define PATIENT "GARCIA, Maria"
#define SENTENCE "Ankle swelling in the evening."

static void
expect_nowhere (UiApp *app, const char *const *words, const char *when)
{
  g_autofree char *all = ui_everything (app);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  for (; *words != NULL; words++)
    if (strstr (folded, *words) != NULL)
      ui_fail (app, "«%s» can be read %s.", *words, when);
}

/* What lies in the chart of the patient; none of it is for the front desk. */
static const char *const CLINICAL[] = { "penicillin", "sulfa", "anaphylaxis",     "lisinopril", "metformin",
                                        "kidney",     "a1c",   "known allergies", NULL };

static void
test_front_desk (void)
{
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "frontdesk");
  ui_open_chart (app, "garcia maria", PATIENT);
  ui_wait (app, "tab:Details");
  ui_wait (app, ":*12 Elm St*");
  expect_nowhere (app, CLINICAL, "by the front desk");
  g_assert_false (ui_sees (app, "tab:Summary"));
  g_assert_false (ui_sees (app, "tab:Notes"));
  ui_keys (app, "ctrl+r ctrl+b ctrl+l ctrl+shift+r"); /* nor by keys */
  ui_keys (app, "ctrl+4 ctrl+5 ctrl+7 ctrl+1");
  ui_wait (app, "window:Today*");
  expect_nowhere (app, CLINICAL, "by the front desk after trying keys and pages");
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

/* The one who works may read it, so the words above do show what is hidden. */
static void
expect_clinical (UiApp *app)
{
  ui_wait (app, "label:Known allergies: penicillin*");
  ui_wait (app, ":*lisinopril*");
}

static void
write_and_lock (UiApp *app)
{
  static const char *const OF_PATIENT[] = { "garcia",   "malena",     "004217",     "1961",
                                            "swelling", "penicillin", "lisinopril", NULL };
  ui_open_chart (app, "garcia maria", PATIENT);
  expect_clinical (app);
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Subjective");
  ui_keys (app, "ctrl+End");
  ui_type (app, SENTENCE);
  ui_lock (app);
  expect_nowhere (app, OF_PATIENT, "through the lock");
}

static void
test_second_person (void)
{
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  write_and_lock (app);
  ui_sign_in (app, "nurse");
  ui_open_chart (app, "garcia maria", PATIENT);
  ui_press (app, "tab:Notes");
  ui_wait (app, ":Dr. Okafor is writing (draft). It is not signed.");
  ui_wait (app, "label:" SENTENCE);                      /* to be read … */
  g_assert_false (ui_sees (app, "text box:Subjective")); /* … not to be written on */
  ui_lock (app);
  ui_sign_in (app, "doctor");
  ui_wait (app, "window:" PATIENT "* – Chart");
  ui_wait_text (app, "text box:Subjective", "*" SENTENCE "*");
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

/* The key works in a dialog, and no dialog stays over the lock. */
static void
test_lock_from_dialog (void)
{
  static const char *const OF_ORDER[] = { "garcia", "torn", "sign and order", NULL };
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  ui_open_chart (app, "garcia maria", PATIENT);
  ui_keys (app, "ctrl+shift+r");
  ui_wait (app, "button:Sign and Order");
  ui_fill (app, "text box:Question*", "Is it torn?");
  ui_lock (app);
  expect_nowhere (app, OF_ORDER, "through the lock");
  g_assert_cmpuint (ui_tree (app)->children->len, ==, 1);
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!ui_can_run ())
    return 0;
  g_test_add_func ("/e2e/roles/front-desk", test_front_desk);
  g_test_add_func ("/e2e/roles/second-person", test_second_person);
  g_test_add_func ("/e2e/roles/lock-from-dialog", test_lock_from_dialog);
  return g_test_run ();
}
