/* What is typed after a key lands in the field the key opens, however slow the machine is: the keys of a task
 * are all pressed while the program sleeps.  With animations, as a person has them. */
#include "program.h"

static void
test_chart (UiProgram *program)
{
  UiApp *app;
  ui_practice_animate (&program->practice);
  app = ui_program_start (program, NULL, "doctor");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_rush (app, "ctrl+r i b u p r o");
  ui_wait_focus (app, "text box:Drug*");
  ui_wait_text (app, "text box:Drug*", "ibupro");
  ui_press (app, "button:Cancel");
  ui_wait_focus (app, "button:New Prescription");
  ui_rush (app, "ctrl+r n a p r o"); /* the section is on the screen already */
  ui_wait_text (app, "text box:Drug*", "napro");
  ui_rush (app, "ctrl+b 1 3 2 slash 8 4");
  ui_wait_text (app, "text box:BP*", "132/84");
  ui_rush (app, "ctrl+n k n e e space p a i n");
  ui_wait_text (app, "text box:Subjective", "knee pain");
  ui_rush (app, "ctrl+d k n e e");
  ui_wait_text (app, "text box:Problem", "knee");
  ui_keys (app, "Escape");
  ui_wait_focus (app, "list item:Essential hypertension*");
  ui_rush (app, "ctrl+d");
  ui_wait_text (app, "text box:Problem", "knee"); /* what was typed stays */
  ui_rush (app, "Escape ctrl+shift+a p e n i");
  ui_wait_text (app, "text box:Substance*", "peni");
  ui_keys (app, "ctrl+a BackSpace Escape");
  ui_wait_gone (app, "text box:Substance*");
  ui_rush (app, "ctrl+shift+r c a r d");
  ui_wait_text (app, "text box:To", "card");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/typing/chart", test_chart, 20, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
