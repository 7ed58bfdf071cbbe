/* Who sees what: the front desk nothing clinical, nobody anything through the lock, and whoever signs in on
 * top of another finds their own work, not the other's. */
#include "program.h"

#define PATIENT "GARCIA, Maria"
#define SENTENCE "Ankle swelling in the evening."

/* What lies in the chart of the patient; none of it is for the front desk. */
static const char *const CLINICAL[] = { "penicillin", "sulfa", "anaphylaxis",     "lisinopril", "metformin",
                                        "kidney",     "a1c",   "known allergies", NULL };

static void
run_command (UiApp *app, const char *words, const char *row)
{
  ui_keys (app, "ctrl+k");
  ui_type (app, words);
  ui_wait (app, row);
  ui_keys (app, "Return");
}

static void
test_front_desk (UiProgram *program)
{
  UiApp *app = program->app;
  ui_open_chart (app, "garcia maria", PATIENT);
  ui_wait (app, "tab:Details");
  ui_wait (app, ":*12 Elm St*");
  ui_expect_unread (app, CLINICAL, "by the front desk");
  g_assert_false (ui_sees (app, "tab:Summary"));
  g_assert_false (ui_sees (app, "tab:Notes"));
  ui_wait (app, "list item:Calls");
  g_assert_false (ui_sees (app, "list item:Rx Queue")); /* what leads nowhere is not offered */
  g_assert_false (ui_sees (app, "list item:Referrals"));
  ui_keys (app, "ctrl+p");
  ui_wait (app, "menu item:Address Label…");
  ui_picture (app, "front-desk-chart");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "menu item:Address Label…");
  ui_press (app, "button:Book a Visit");
  ui_wait_focus (app, ":*, * minutes");
  run_command (app, "> label", "list item:Print an address label for the open chart*");
  ui_wait (app, "window:Address Labels > label:1 label: *Garcia*"); /* whose it is */
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Address Labels");
  ui_keys (app, "ctrl+r ctrl+b ctrl+l ctrl+shift+r"); /* nor by keys */
  ui_keys (app, "ctrl+4");                            /* "none waits" would be no true answer */
  ui_wait (app, "label:Your role does not see prescriptions.");
  g_assert_false (ui_sees (app, "label:No prescription waits here."));
  ui_keys (app, "ctrl+5");
  ui_wait (app, "label:Your role does not see referrals.");
  g_assert_false (ui_sees (app, "label:No referral waits here."));
  ui_keys (app, "ctrl+7 ctrl+1");
  ui_wait (app, "window:Today*");
  ui_expect_unread (app, CLINICAL, "by the front desk after trying keys and pages");
  run_command (app, "> sign out", "list item:Sign out*");
  ui_wait (app, "button:Sign In");
  ui_sign_in (app, "doctor");
  ui_wait (app, "window:Today*");
  ui_wait (app, "list item:Rx Queue");
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
  ui_expect_unread (app, OF_PATIENT, "through the lock");
}

static void
test_second_person (UiProgram *program)
{
  UiApp *app = program->app;
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
}

/* The key works in a dialog, and no dialog stays over the lock. */
static void
test_lock_from_dialog (UiProgram *program)
{
  static const char *const OF_ORDER[] = { "garcia", "torn", "sign and order", NULL };
  UiApp *app = program->app;
  ui_open_chart (app, "garcia maria", PATIENT);
  ui_keys (app, "ctrl+shift+r");
  ui_wait (app, "button:Sign and Order");
  ui_fill (app, "text box:Question*", "Is it torn?");
  ui_lock (app);
  ui_expect_unread (app, OF_ORDER, "through the lock");
  g_assert_cmpuint (ui_tree (app)->children->len, ==, 1);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/roles/front-desk", test_front_desk, 20, "frontdesk" },
    { "/e2e/roles/second-person", test_second_person, 20, "doctor" },
    { "/e2e/roles/lock-from-dialog", test_lock_from_dialog, 20, "doctor" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
