/* The front desk by key and by pointer, counted: check in, room, check out with a follow-up, calls, tasks
 * (UX 2.1 F5–F7). */
#include "program.h"

#define PATIENT "NOWAK, Piotr"
#define ROW "list item:*" PATIENT "*"

/* Keys and clicks of what was done since the count began. */
static void
expect_at_most (UiApp *app, const char *task, guint keys, guint clicks)
{
  g_test_message ("%s: %u keys, %u clicks", task, ui_count_keys (app), ui_count_clicks (app));
  g_assert_cmpuint (ui_count_keys (app), <=, keys);
  g_assert_cmpuint (ui_count_clicks (app), <=, clicks);
}

/* The patient's row of Today has the focus. */
static void
go_to_row (UiApp *app)
{
  ui_command (app, "arrive nowak", PATIENT);
  ui_wait_focus (app, ROW " > button:Arrived");
  ui_keys (app, "Escape");
  ui_wait_focus (app, ROW);
}

static void
test_arrive (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_row (app);
  ui_count_begin (app);
  ui_keys (app, "a");
  ui_wait_focus (app, ROW " > button:Arrived");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT "*, arrived*");
  expect_at_most (app, "F5 by keys", 2, 0);
  ui_keys (app, "ctrl+z");
  ui_wait (app, "list item:*" PATIENT "*, scheduled*");
  ui_count_begin (app);
  ui_click (app, ROW " > button:Arrive");
  ui_picture (app, "desk-verify");
  ui_click (app, ROW " > button:Arrived");
  ui_wait (app, "list item:*" PATIENT "*, arrived*");
  expect_at_most (app, "F5 by pointer", 0, 2);
}

/* What the patient says is put right where it stands; what cannot be read stays as it was typed. */
static void
test_verify (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_row (app);
  ui_keys (app, "a");
  ui_wait_focus (app, ROW " > button:Arrived");
  ui_fill (app, ROW " > text box:Phone", "12");
  ui_keys (app, "Return");
  ui_wait (app, ROW " > alert:*");
  ui_wait_text (app, ROW " > text box:Phone", "12");
  ui_fill (app, ROW " > text box:Phone", "503 555 0188");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT "*, arrived*");
}

static void
test_room (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_row (app);
  ui_keys (app, "a");
  ui_wait_focus (app, ROW " > button:Arrived");
  ui_keys (app, "Return");
  ui_wait_focus (app, "list item:*" PATIENT "*, arrived*");
  ui_count_begin (app);
  ui_keys (app, "r");
  ui_wait_focus (app, ROW " > button:Room*, free");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT "*, roomed*");
  expect_at_most (app, "F6 by keys", 3, 0);
  ui_keys (app, "ctrl+z");
  ui_wait (app, "list item:*" PATIENT "*, arrived*");
  ui_count_begin (app);
  ui_click (app, ROW " > button:Room");
  ui_click (app, ROW " > button:Room*, free");
  ui_wait (app, "list item:*" PATIENT "*, roomed*");
  expect_at_most (app, "F6 by pointer", 0, 2);
}

static void
arrive_quickly (UiApp *app)
{
  go_to_row (app);
  ui_keys (app, "a");
  ui_wait_focus (app, ROW " > button:Arrived");
  ui_keys (app, "Return");
  ui_wait_focus (app, "list item:*" PATIENT "*, arrived*");
}

static void
see_card (UiApp *app)
{
  ui_wait (app, "window:Appointment Card");
  ui_wait_focus (app, "window:Appointment Card > button:Print…");
  ui_picture (app, "desk-card");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Appointment Card");
}

/* The doctor has said in the note when the patient is to come again: the first time is taken, the card is
 * looked at, and the visit is over.  Of the printing itself the preview's own keys are counted. */
static void
test_check_out (UiProgram *program)
{
  UiApp *app = program->app;
  arrive_quickly (app);
  ui_keys (app, "o");
  ui_wait_focus (app, ROW " > button:Check Out");
  ui_fill (app, ROW " > text box:Return in", "3m BP");
  ui_keys (app, "Return");
  ui_wait_focus (app, ROW " > list item:*2027*");
  ui_picture (app, "desk-check-out");
  ui_keys (app, "ctrl+Return"); /* without a time: it stays on the list of those to be booked */
  ui_wait (app, "list item:3 checked out*");
  ui_keys (app, "ctrl+z");
  ui_wait (app, "list item:*" PATIENT "*, arrived*");
}

/* Asked for by the desk itself, all keys counted. */
static void
test_check_out_keys (UiProgram *program)
{
  UiApp *app = program->app;
  arrive_quickly (app);
  ui_count_begin (app);
  ui_keys (app, "o");
  ui_wait_focus (app, ROW " > button:Check Out");
  ui_keys (app, "alt+r");
  ui_wait_focus (app, ROW " > text box:Return in");
  ui_type (app, "3m");
  ui_keys (app, "Return");
  ui_wait_focus (app, ROW " > list item:*2027*");
  ui_keys (app, "Return");
  ui_wait (app, ROW " > status:Booked*2027*");
  ui_wait_focus (app, ROW " > button:Check Out");
  ui_keys (app, "ctrl+p");
  see_card (app);
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, ROW " > button:Check Out");
  ui_wait_gone (app, "list item:*" PATIENT "*, arrived*");
  expect_at_most (app, "F7 by keys", 12, 0);
}

/* Closed in between: what was asked for and what was booked is there again. */
static void
test_check_out_again (UiProgram *program)
{
  UiApp *app = program->app;
  arrive_quickly (app);
  ui_keys (app, "o");
  ui_wait_focus (app, ROW " > button:Check Out");
  ui_picture (app, "desk-check-out-empty");
  ui_fill (app, ROW " > text box:Return in", "3m bp check");
  ui_keys (app, "Return");
  ui_wait_focus (app, ROW " > list item:*2027*");
  ui_keys (app, "Return");
  ui_wait (app, ROW " > status:Booked*2027*");
  ui_keys (app, "Escape");
  ui_wait_gone (app, ROW " > button:Check Out");
  ui_keys (app, "o");
  ui_wait_text (app, ROW " > text box:Return in", "3 months*bp check");
  ui_wait (app, ROW " > status:Already booked: *2027*");
  ui_picture (app, "desk-check-out-again");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, ROW " > button:Check Out");
}

static void
test_check_out_clicks (UiProgram *program)
{
  UiApp *app = program->app;
  arrive_quickly (app);
  ui_keys (app, "o");
  ui_wait_focus (app, ROW " > button:Check Out");
  ui_fill (app, ROW " > text box:Return in", "3m");
  ui_keys (app, "Return");
  ui_wait_focus (app, ROW " > list item:*2027*");
  ui_count_begin (app);
  ui_click (app, ROW " > list item:*9:20*");
  ui_wait (app, ROW " > status:Booked*2027*");
  ui_click (app, ROW " > button:Print Ticked…");
  see_card (app);
  ui_click (app, ROW " > button:Check Out");
  ui_wait_gone (app, "list item:*" PATIENT "*, arrived*");
  expect_at_most (app, "F7 by pointer", 1, 4); /* and the click that opens it */
}

static void
test_calls (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+8");
  ui_wait (app, "window:Calls*");
  ui_wait (app, "list:Calls > list item:*");
  ui_keys (app, "Home 3");
  ui_wait (app, "list:Calls > list item:*No answer*");
  ui_picture (app, "desk-calls");
  ui_keys (app, "n");
  ui_wait (app, "window:Log a Call");
  ui_type (app, "a pharmacist");
  ui_keys (app, "Tab");
  ui_type (app, "asks about opening hours");
  ui_picture (app, "desk-call-log");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Log a Call");
}

static void
test_tasks (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+7");
  ui_wait (app, "window:Tasks*");
  ui_keys (app, "ctrl+n");
  ui_wait (app, "window:New Task");
  ui_type (app, "Order paper");
  ui_keys (app, "Tab Tab");
  ui_type (app, "+1w");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:New Task");
  ui_wait (app, "list:Tasks > list item:*Order paper*");
  ui_picture (app, "desk-tasks");
  ui_click (app, "list:Tasks > list item:*Order paper*");
  ui_keys (app, "s");
  ui_wait (app, "window:Change Task");
  ui_type (app, "+2d");
  ui_keys (app, "Return");
  ui_wait_gone (app, "window:Change Task");
  ui_wait_gone (app, "list:Tasks > list item:*Order paper*");
  ui_choose (app, "combo box:Whose tasks*", "Everybody*");
  ui_wait (app, "list:Tasks > list item:*Order paper*Shown again on*");
  ui_click (app, "list:Tasks > list item:*Order paper*");
  ui_keys (app, "k");
  ui_wait_gone (app, "list:Tasks > list item:*Order paper*");
  ui_choose (app, "combo box:Whose tasks*", "Done*");
  ui_wait (app, "list:Tasks > list item:*Order paper*Done*");
  ui_click (app, "list:Tasks > list item:*Order paper*");
  ui_keys (app, "k");
  ui_wait_gone (app, "list:Tasks > list item:*Order paper*");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/desk/arrive", test_arrive, 40, "frontdesk" },
    { "/e2e/desk/verify", test_verify, 40, "frontdesk" },
    { "/e2e/desk/room", test_room, 40, "frontdesk" },
    { "/e2e/desk/check-out", test_check_out, 40, "frontdesk" },
    { "/e2e/desk/check-out-keys", test_check_out_keys, 40, "frontdesk" },
    { "/e2e/desk/check-out-again", test_check_out_again, 40, "frontdesk" },
    { "/e2e/desk/check-out-clicks", test_check_out_clicks, 40, "frontdesk" },
    { "/e2e/desk/calls", test_calls, 40, "frontdesk" },
    { "/e2e/desk/tasks", test_tasks, 40, "frontdesk" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
