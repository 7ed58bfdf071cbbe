/* Keys do what they promise, wherever on the page the focus is, and say why when they may not. */
#include "program.h"

/* A day without visits: W begins a walk-in all the same. */
static void
walk_in_from_nothing (UiApp *app)
{
  ui_keys (app, "j");
  ui_type (app, "11/29");
  ui_keys (app, "Return");
  ui_wait (app, "label:No visits are booked on *");
  ui_keys (app, "ctrl+1 w");
  ui_wait_focus (app, "search box:Patient*");
  ui_keys (app, "Escape");
}

static void
refuse (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+b");
  ui_wait (app, "status:You may not record vitals, allergies and medications: your role is Front desk.*");
  ui_keys (app, "ctrl+r");
  ui_wait (app, "status:You may not record vitals*");
}

static void
test_desk (UiProgram *program)
{
  UiApp *app = program->app;
  walk_in_from_nothing (app);
  refuse (app);
}

/* The day opens at the visit of now; what a key asks is in view, with the focus. */
static void
open_day (UiApp *app)
{
  ui_keys (app, "ctrl+2");
  ui_wait_focus (app, ":10:00 AM to 10:40 AM, LEE, Samuel*");
  ui_picture (app, "keys-day");
  ui_keys (app, "Down");
  ui_wait_focus (app, ":10:40 AM to 11:20 AM, GARCIA, Mariana*");
  ui_keys (app, "Delete");
  ui_wait_focus (app, "button:1*");
  ui_picture (app, "keys-sheet");
  ui_keys (app, "Escape");
}

/* "2" takes the second time, though the focus is on the visit type. */
static void
book_by_digit (UiApp *app)
{
  ui_keys (app, "n");
  ui_wait_focus (app, "search box:*");
  ui_type (app, "garcia maria");
  ui_wait (app, "list item:GARCIA, Maria*");
  ui_keys (app, "Return");
  ui_wait_focus (app, ":Follow-up, 20 minutes");
  ui_keys (app, "2");
  ui_wait_focus (app, "text box:Reason for the visit*");
}

static void
test_schedule (UiProgram *program)
{
  UiApp *app = program->app;
  open_day (app);
  book_by_digit (app);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/keys/desk", test_desk, 20, "frontdesk" },
    { "/e2e/keys/schedule", test_schedule, 20, "frontdesk" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
