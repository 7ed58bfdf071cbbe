/* Nothing that was typed is lost: not by Escape, not by a lock, not when the program is closed or killed. */
#include "day.h"
#include "program.h"
#include <signal.h>
#include <sys/resource.h>

static void
lock_over (UiApp *app)
{
  ui_lock (app);
  ui_sign_in (app, "frontdesk");
}

static void
discard (UiApp *app, const char *dialog)
{
  g_autofree char *asks = g_strdup_printf ("%s > alert:Discard what was typed?", dialog);
  g_autofree char *keep = g_strdup_printf ("%s > button:Keep Editing", dialog);
  g_autofree char *button = g_strdup_printf ("%s > button:Discard", dialog);
  ui_keys (app, "Escape");
  ui_wait (app, asks);
  ui_wait_focus (app, keep);
  ui_keys (app, "Return");
  ui_wait_gone (app, asks);
  ui_keys (app, "Escape");
  ui_press (app, button);
  ui_wait_gone (app, dialog);
}

static void
test_task (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+7");
  ui_wait (app, "window:Tasks*");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "window:New Task > text box:What is to be done");
  ui_keys (app, "Escape"); /* nothing was typed: nothing is asked */
  ui_wait_gone (app, "window:New Task");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "window:New Task > text box:What is to be done");
  ui_type (app, "Order paper");
  ui_fill (app, "window:New Task > text box:Due", "+1w");
  ui_fill (app, "window:New Task > text box:Show again on", "+2w");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:The task would be shown again only after*");
  ui_wait_focus (app, "text box:Show again on");
  ui_wait (app, "window:New Task > button:Save Anyway");
  ui_picture (app, "kept-task-asks");
  lock_over (app);
  ui_wait_text (app, "window:New Task > text box:What is to be done", "Order paper");
  ui_wait_text (app, "window:New Task > text box:Show again on", "+2w");
  ui_picture (app, "kept-task");
  ui_click (app, "window:New Task > search box:Patient*");
  ui_type (app, "garza");
  ui_wait (app, "window:New Task > list item:GARZA, Marcus*");
  ui_keys (app, "Return");
  ui_wait (app, "window:New Task > label:GARZA, Marcus");
  lock_over (app);
  ui_wait (app, "window:New Task > label:GARZA, Marcus");
  discard (app, "window:New Task");
  lock_over (app); /* what was thrown away does not come back */
  ui_wait (app, "window:Tasks*");
  g_assert_false (ui_sees (app, "window:New Task"));
}

/* What was only chosen goes with the form: it is kept by then, and does not come back. */
static void
test_chosen (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+7");
  ui_wait (app, "window:Tasks*");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "window:New Task > text box:What is to be done");
  ui_click (app, "window:New Task > search box:Patient*");
  ui_type (app, "garza");
  ui_wait (app, "window:New Task > list item:GARZA, Marcus*");
  ui_keys (app, "Return");
  ui_wait (app, "window:New Task > label:GARZA, Marcus");
  g_usleep (7 * G_USEC_PER_SEC);
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:New Task");
  lock_over (app);
  ui_wait (app, "window:Tasks*");
  g_assert_false (ui_sees (app, "window:New Task"));
}

static void
test_call (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+8");
  ui_wait (app, "window:Calls*");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "window:Log a Call > text box:Who called");
  ui_type (app, "his daughter");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "window:Log a Call > label:Write what the call was about.");
  ui_wait_focus (app, "window:Log a Call > text box:About what");
  ui_type (app, "asks for the results");
  lock_over (app);
  ui_wait_text (app, "window:Log a Call > text box:About what", "asks for the results");
  ui_wait_text (app, "window:Log a Call > text box:Who called", "his daughter");
  ui_picture (app, "kept-call");
  discard (app, "window:Log a Call");
}

static void
begin_waiting (UiApp *app)
{
  ui_keys (app, "ctrl+9");
  ui_wait (app, "window:Wait List*");
  ui_click (app, "button:Wait List (*");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "window:Wait List > search box:Patient*");
  ui_type (app, "garza");
  ui_wait (app, "window:Wait List > list item:GARZA, Marcus*");
  ui_keys (app, "Return");
  ui_wait (app, "window:Wait List > label:GARZA, Marcus");
}

static void
test_wait (UiProgram *program)
{
  UiApp *app = program->app;
  begin_waiting (app);
  ui_fill (app, "text box:Earliest time", "11");
  ui_fill (app, "text box:Latest time", "9");
  ui_fill (app, "text box:First day", "2w");
  ui_fill (app, "text box:Last day", "1w");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:The latest time is before the earliest*");
  ui_wait (app, "label:The last day is before the first*");
  ui_wait_focus (app, "text box:Latest time");
  ui_picture (app, "kept-wait-wrong");
  lock_over (app);
  ui_wait (app, "window:Wait List > label:GARZA, Marcus");
  ui_wait_text (app, "text box:Earliest time", "11");
  ui_wait_text (app, "text box:Last day", "1w");
  discard (app, "window:Wait List");
}

static void
take_nurse_away (UiApp *app)
{
  ui_keys (app, "F10");
  ui_press (app, "menu item:Practice and People…");
  ui_click (app, "window:Practice and People > list item:*nurse*");
  ui_press (app, "window:Practice and People > button:Take Away Access*");
  ui_press (app, "window:Take away access from* > button:Take Away Access");
  ui_wait (app, "list item:*no access");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Practice and People");
}

/* Whom the task was for has left meanwhile: that is said, and nobody else is put there. */
static void
test_gone (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+8");
  ui_wait (app, "window:Calls*");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "window:Log a Call > text box:Who called");
  ui_fill (app, "window:Log a Call > text box:About what", "asks for the results");
  ui_choose (app, "window:Log a Call > combo box:A task of it for", "*Ortiz*");
  ui_lock (app);
  ui_sign_in (app, "admin");
  take_nurse_away (app);
  lock_over (app);
  ui_wait_text (app, "window:Log a Call > text box:About what", "asks for the results");
  ui_wait (app, "window:Log a Call > label:Who was chosen here is not offered any more*");
  ui_picture (app, "kept-gone");
  discard (app, "window:Log a Call");
}

/* The key comes twice before the store has answered: one entry. */
static void
test_wait_twice (UiProgram *program)
{
  UiApp *app = program->app;
  begin_waiting (app);
  ui_rush (app, "ctrl+Return ctrl+Return");
  ui_wait (app, "status:GARZA, Marcus is on the wait list*");
  g_usleep (G_USEC_PER_SEC);
  ui_wait (app, "button:Wait List (1)");
}

static void
begin_booking (UiApp *app)
{
  ui_command (app, "book garza", "GARZA, Marcus");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:GARZA, Marcus*");
  ui_wait (app, "list item:*Okafor*");
}

static void
test_booking (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_keys (app, "Escape"); /* nothing was typed */
  ui_wait_focus (app, ":*LEE, Samuel*");
  begin_booking (app);
  ui_click (app, "button:Nurse visit, *");
  ui_click (app, "button:More choices");
  ui_wait (app, "combo box:Notice");
  ui_keys (app, "Escape"); /* what was opened closes first */
  ui_wait_gone (app, "combo box:Notice");
  ui_click (app, "list item:*Okafor*");
  ui_wait (app, "status:Monday, November 23 at 11:20*Okafor*");
  ui_fill (app, "text box:Reason for the visit", "Knee");
  ui_keys (app, "Escape");
  ui_wait (app, "alert:Discard what was typed?");
  ui_wait_focus (app, "button:Keep Editing");
  ui_picture (app, "kept-booking-asks");
  ui_keys (app, "Return");
  ui_wait_gone (app, "alert:Discard what was typed?");
  lock_over (app);
  ui_wait (app, "label:GARZA, Marcus");
  ui_wait_text (app, "text box:Reason for the visit", "Knee");
  ui_wait (app, "status:Monday, November 23 at 11:20*Okafor*");
  ui_wait (app, "label:Nurse visit, *");
  ui_picture (app, "kept-booking");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked *Nov 23*");
  lock_over (app);
  ui_wait_focus (app, ":*LEE, Samuel*"); /* in the book: the panel is not there again */
}

/* Two clinicians at once. */
static void
test_booking_two (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_press (app, "button:More choices");
  ui_choose (app, ":Second visit", "Two clinicians at once");
  ui_wait (app, "list item:Mon Nov 23, 2026*Dr. *, Dr. *");
  ui_click (app, "button:Follow-up, 20 minutes");
  ui_keys (app, "Return Return");
  ui_wait (app, "status:*with Dr. * and Dr. *, 20 minutes*");
  g_autofree char *said = ui_text (app, "status:*with Dr. * and Dr. *, 20 minutes*");
  ui_fill (app, "text box:Reason for the visit", "Knee");
  lock_over (app);
  ui_wait_text (app, "text box:Reason for the visit", "Knee");
  g_autofree char *same = g_strdup_printf ("status:%s", said);
  ui_wait (app, same);
  ui_picture (app, "kept-booking-two");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked *Dr. * and Dr. *");
}

/* Nothing is typed in the entry itself: its reason came from the booking that found no time. */
static void
test_wait_reason (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_fill (app, "text box:Reason for the visit", "Knee");
  ui_click (app, "button:Wait List…");
  ui_wait_text (app, "window:Wait List > text box:Reason", "Knee");
  ui_keys (app, "Escape"); /* it stands in the booking all the same: nothing is asked */
  ui_wait_gone (app, "window:Wait List");
  ui_click (app, "button:Wait List…");
  ui_wait_text (app, "window:Wait List > text box:Reason", "Knee");
  ui_choose (app, "combo box:Priority", "Urgent");
  lock_over (app);
  ui_wait_text (app, "window:Wait List > text box:Reason", "Knee");
  ui_picture (app, "kept-wait-reason");
  discard (app, "window:Wait List");
}

static void
test_walk_in (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_keys (app, "w");
  ui_wait_focus (app, "search box:Patient*");
  ui_keys (app, "Escape"); /* also out of the search */
  ui_wait_focus (app, "list item:*");
  ui_keys (app, "w");
  ui_wait_focus (app, "search box:Patient*");
  ui_type (app, "garza");
  ui_wait (app, "list item:GARZA, Marcus*");
  ui_keys (app, "Return");
  ui_wait (app, "label:GARZA, Marcus");
  ui_fill (app, "text box:Reason for the visit", "Cut hand");
  g_usleep (7 * G_USEC_PER_SEC);
  ui_program_kill (program);
  app = ui_program_start (program, NULL, "frontdesk");
  ui_wait (app, "label:GARZA, Marcus");
  ui_wait_text (app, "text box:Reason for the visit", "Cut hand");
  ui_picture (app, "kept-walk-in");
  ui_keys (app, "Escape");
  ui_press (app, "button:Discard");
  ui_wait_focus (app, "list item:*");
}

static void
restart (UiProgram *program)
{
  ui_program_kill (program);
  ui_program_start (program, NULL, "frontdesk");
}

/* The end of the program asks nothing and loses nothing: by the key, by the window's own button. */
static void
test_closed (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_fill (app, "text box:Reason for the visit", "Knee");
  ui_keys (app, "ctrl+q");
  ui_program_ends (program);
  app = ui_program_start (program, NULL, "frontdesk");
  ui_keys (app, "ctrl+2");
  ui_wait (app, "label:GARZA, Marcus");
  ui_wait_text (app, "text box:Reason for the visit", "Knee");
  ui_fill (app, "text box:Reason for the visit", "Knees");
  g_usleep (7 * G_USEC_PER_SEC); /* kept already */
  ui_press (app, "button:Close");
  ui_program_ends (program);
  app = ui_program_start (program, NULL, "frontdesk");
  ui_keys (app, "ctrl+2");
  ui_wait (app, "label:GARZA, Marcus");
  ui_wait_text (app, "text box:Reason for the visit", "Knees");
}

/* Some seconds after the last key it is kept, whatever becomes of the program. */
static void
test_killed (UiProgram *program)
{
  ui_keys (program->app, "ctrl+shift+n");
  ui_wait_focus (program->app, "text box:Family name");
  ui_type (program->app, "Quillon");
  g_usleep (7 * G_USEC_PER_SEC);
  restart (program);
  ui_wait_text (program->app, "window:Register* > text box:Family name", "Quillon");
  ui_wait (program->app, "label:What you had typed is here again*");
  ui_picture (program->app, "kept-register");
  ui_type (program->app, "a");
  ui_wait_text (program->app, "window:Register* > text box:Family name", "Quillona");
  g_usleep (7 * G_USEC_PER_SEC);
  discard (program->app, "window:Register*");
  g_usleep (1000 * 1000);
  restart (program);
  ui_wait (program->app, "window:Today*");
  g_assert_false (ui_sees (program->app, "window:Register*"));
}

/* Whose access is taken away while a form is open is put out, without a word on the standard error. */
static void
test_removed (UiProgram *program)
{
  static const char *const remove[] = { "remove", "frontdesk", NULL };
  UiApp *app = program->app;
  ui_keys (app, "ctrl+shift+n");
  ui_wait_focus (app, "text box:Family name");
  ui_type (app, "Quillon");
  g_free (ui_practice_ask (&program->practice, "admin", "users", remove));
  ui_wait (app, "label:Locked*");
  ui_wait_gone (app, "window:Register*");
  ui_sign_in (app, "admin");
  g_assert_false (ui_sees (app, "window:Register*"));
}

/* Of the program, as on a full disk: what it writes is refused. */
static void
fill_disk (UiApp *app, gboolean full)
{
  struct rlimit limit;
  g_assert_cmpint (prlimit (ui_pid (app), RLIMIT_FSIZE, NULL, &limit), ==, 0);
  limit.rlim_cur = full ? 0 : limit.rlim_max;
  g_assert_cmpint (prlimit (ui_pid (app), RLIMIT_FSIZE, &limit, NULL), ==, 0);
}

/* Said in the form itself, and kept without another key when there is room again. */
static void
test_full_disk (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+shift+n");
  ui_wait_focus (app, "text box:Family name");
  fill_disk (app, TRUE);
  ui_type (app, "Quillon");
  ui_wait (app, "window:Register* > alert:What you type is not kept at the moment: *");
  ui_picture (app, "kept-full-disk");
  fill_disk (app, FALSE);
  ui_wait_gone (app, "window:Register* > alert:What you type is not kept*");
  restart (program);
  ui_wait_text (program->app, "window:Register* > text box:Family name", "Quillon");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/kept/task", test_task, 20, "frontdesk" },
    { "/e2e/kept/chosen", test_chosen, 20, "frontdesk" },
    { "/e2e/kept/call", test_call, 20, "frontdesk" },
    { "/e2e/kept/wait", test_wait, 20, "frontdesk" },
    { "/e2e/kept/gone", test_gone, 20, "frontdesk" },
    { "/e2e/kept/wait-twice", test_wait_twice, 20, "frontdesk" },
    { "/e2e/kept/wait-reason", test_wait_reason, 20, "frontdesk" },
    { "/e2e/kept/booking-two", test_booking_two, 20, "frontdesk" },
    { "/e2e/kept/closed", test_closed, 20, "frontdesk" },
    { "/e2e/kept/booking", test_booking, 20, "frontdesk" },
    { "/e2e/kept/walk-in", test_walk_in, 20, "frontdesk" },
    { "/e2e/kept/killed", test_killed, 20, "frontdesk" },
    { "/e2e/kept/removed", test_removed, 20, "frontdesk" },
    { "/e2e/kept/full-disk", test_full_disk, 20, "frontdesk" },
  };
  signal (SIGXFSZ, SIG_IGN); /* the program has it from here: its writing fails, and it goes on */
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
