/* To whom a referral goes: nobody before a person chooses, and whom the directory does not know is added. */
#include "program.h"

static void
begin (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+shift+r");
  ui_wait_focus (app, "text box:To");
}

static void
go_on (UiApp *app, const char *question)
{
  ui_wait_focus (app, "checkbox:Emergency today");
  ui_keys (app, "Right Tab");
  ui_wait_focus (app, "text box:Question*");
  ui_type (app, question);
  ui_keys (app, "ctrl+Return");
}

static void
add_one (UiApp *app)
{
  ui_type (app, "Hand surgery");
  ui_press (app, "button:Add a Recipient…");
  ui_wait_focus (app, "text box:Family name");
  ui_wait_text (app, "text box:Specialty", "Hand surgery");
  ui_keys (app, "Return");
  ui_wait (app, "label:A family name or an organization is needed.");
  ui_type (app, "Quill");
  ui_keys (app, "Tab");
  ui_type (app, "Ines");
  ui_fill (app, "text box:Fax", "12");
  ui_keys (app, "Return");
  ui_wait (app, "label:A phone number has 10 digits*");
  ui_fill (app, "text box:Fax", "5035550177");
  ui_picture (app, "recipient-form");
  ui_keys (app, "Return");
}

static void
test_order (UiProgram *program)
{
  UiApp *app = program->app;
  begin (app);
  ui_wait_text (app, "text box:To", "");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:Choose a specialty or a recipient.");
  ui_wait_focus (app, "text box:To");
  add_one (app);
  ui_wait_text (app, "text box:To", "Hand surgery – Dr. I. Quill");
  ui_wait (app, "label:Fax 503-555-0177");
  ui_picture (app, "recipient-chosen");
  go_on (app, "Is the tendon torn at all?");
  ui_wait (app, "label:Referral to Hand surgery – Dr. I. Quill, fax 503-555-0177*");
  ui_wait_focus (app, "text box:Type the patient's year of birth*");
  ui_type (app, "1961");
  ui_keys (app, "Return");
  ui_wait (app, "status:Ordered: Hand surgery – Dr. I. Quill, fax 503-555-0177");
}

/* Referral staff: a specialty of which no recipient is known. */
static void
test_specialty (UiProgram *program)
{
  UiApp *app = program->app;
  begin (app);
  ui_type (app, "Acupuncture");
  ui_wait (app, "list item:Only “Acupuncture”, no recipient yet");
  ui_keys (app, "Return");
  go_on (app, "Would needles help her knee?");
  ui_wait (app, "status:Kept for the prescriber’s signature: Acupuncture");
  ui_wait (app, "label:GARCIA, Maria*→ Acupuncture*");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/recipient/order", test_order, 20, "doctor" },
    { "/e2e/recipient/specialty", test_specialty, 20, "referrals" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
