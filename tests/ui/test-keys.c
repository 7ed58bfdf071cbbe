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

/* A visit moved by hand.  What the hands do is counted: each key, each letter, each click, a drag as one. */
static void
test_hands (UiProgram *program)
{
  UiApp *app = program->app;
  const char *card = "button:11:00 AM to 11:20 AM, NOWAK, Piotr*";
  ui_keys (app, "ctrl+2");
  ui_wait_focus (app, ":10:00 AM to 10:40 AM, LEE, Samuel*");
  ui_picture (app, "hands-before"); /* once the day has come to rest */
  ui_count_begin (app);
  ui_drag_hold (app, card, card, 0, 60);
  ui_wait (app, "label:Mon Nov 23, 2026, 11:20 AM, Dr. Okafor*");
  ui_drop (app);
  ui_wait (app, "button:11:20 AM to 11:40 AM, NOWAK, Piotr*");
  g_assert_cmpuint (ui_count_keys (app), ==, 0);
  g_assert_cmpuint (ui_count_clicks (app), ==, 1);
  ui_wait (app, "status:Moved to Mon Nov 23, 2026, 11:20 AM*"); /* from now on it can be undone */
  ui_keys (app, "ctrl+z");
  ui_wait (app, card);
  ui_keys (app, "ctrl+k");
  ui_type (app, "gar");
  g_assert_cmpuint (ui_count_keys (app), ==, 5);
  g_assert_cmpuint (ui_count_clicks (app), ==, 1);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/keys/desk", test_desk, 20, "frontdesk" },
    { "/e2e/keys/schedule", test_schedule, 20, "frontdesk" },
    { "/e2e/keys/hands", test_hands, 20, "frontdesk" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
