/* Prescriptions by keys alone: several renewed and signed at once, lines and reasons by their numbers. */
#include "program.h"

static void
open_meds (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_press (app, ":Meds");
  ui_wait_focus (app, "list item:acetaminophen*");
}

/* Two Garcias have a visit today: the sheet of several asks as the sheet of one does. */
static void
renew_two (UiApp *app)
{
  ui_keys (app, "Down Down space");
  ui_wait (app, "button:Renew 1 Selected…");
  ui_keys (app, "Down space");
  ui_wait (app, "button:Renew 2 Selected…");
  ui_keys (app, "n");
  ui_wait (app, "button:Sign 2 Prescriptions");
  ui_wait_focus (app, "text box:Type the patient's year of birth*");
  ui_wait (app, "label:atorvastatin 40 mg tablet");
  ui_wait (app, "label:*quantity 90 (ninety) tablets – refills none");
  ui_type (app, "1900");
  ui_keys (app, "Return");
  ui_wait (app, ":That does not fit this patient.*");
  ui_picture (app, "rx-renew");
  ui_type (app, "1961");
  ui_keys (app, "Return");
  ui_wait (app, "status:Signed; ready to print.");
  ui_wait_gone (app, "button:Sign 2 Prescriptions");
}

/* "ibupro2": the second line; what it interacts with is answered by the number of the reason. */
static void
choose_by_numbers (UiApp *app)
{
  ui_keys (app, "ctrl+r");
  ui_wait_focus (app, "text box:Drug*");
  ui_type (app, "ibupro");
  ui_wait (app, "list item:ibuprofen 400 mg tablet*");
  ui_picture (app, "rx-lines");
  ui_keys (app, "2");
  ui_wait_focus (app, "text box:Quantity*");
  ui_keys (app, "ctrl+Return");
  ui_wait_focus (app, "button:1*");
  ui_picture (app, "rx-reasons");
  ui_keys (app, "1");
  ui_wait (app, ":*needs a few words*"); /* in the field, which has the focus now */
  ui_keys (app, "3");
  ui_wait (app, ":✓ Answered");
  ui_wait_focus (app, "text box:Type the patient's year of birth*");
}

/* Enter at once behind the name, while the program sleeps: the line that stands first, never the bare text.
 */
static void
choose_in_a_rush (UiApp *app)
{
  ui_keys (app, "Escape");
  ui_wait_gone (app, "button:Sign Prescription");
  ui_press (app, "button:Cancel");
  ui_wait_focus (app, "button:New Prescription");
  ui_rush (app, "ctrl+r a m o x i c i l l i n space 5 0 0 Return");
  ui_wait_focus (app, "text box:Quantity*");
  ui_wait_text (app, "text box:Drug*", "amoxicillin 500 mg capsule");
}

/* What is past its limit is said beside the field, and there is nothing to sign. */
static void
pass_limits (UiApp *app)
{
  ui_type (app, "999999999999");
  ui_wait (app, "label:The quantity can be at most 10,000. Correct it.");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:The quantity can be at most 10,000. Correct it.");
  if (ui_sees (app, "button:Sign Prescription"))
    ui_fail (app, "an impossible quantity can be signed");
  ui_picture (app, "rx-limits");
}

static void
test_keys (UiProgram *program)
{
  UiApp *app = program->app;
  open_meds (app);
  renew_two (app);
  choose_by_numbers (app);
  choose_in_a_rush (app);
  pass_limits (app);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/rx/keys", test_keys, 20, "doctor" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
