/* Booking at the front desk by keys alone and by pointer alone, counted against UX 2.1: F2, F8, a booking in
 * one line; the wait list that is asked as soon as a visit is cancelled; and who is without a visit. */
#include "program.h"

#define PATIENT "GARZA, Marcus"

static void
expect_most (UiApp *app, const char *task, guint keys, guint clicks)
{
  g_test_message ("%s: %u keys, %u clicks", task, ui_count_keys (app), ui_count_clicks (app));
  if (ui_count_keys (app) > keys || ui_count_clicks (app) > clicks)
    ui_fail (app, "%s took %u keys and %u clicks; %u and %u are allowed", task, ui_count_keys (app),
             ui_count_clicks (app), keys, clicks);
}

/* ---- F2 ---- */

static void
test_next_by_keys (UiProgram *program)
{
  UiApp *app = program->app;
  ui_count_begin (app);
  ui_keys (app, "ctrl+k");
  ui_type (app, "garz");
  ui_wait (app, "list item:" PATIENT "*");
  ui_keys (app, "Tab b");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "list item:Mon Nov 23, 2026*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Reason for the visit*");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked *");
  expect_most (app, "F2 by keys", 16, 0);
  ui_wait (app, "button:*" PATIENT ", Follow-up, scheduled*");
}

static void
test_next_by_pointer (UiProgram *program)
{
  UiApp *app = program->app;
  ui_count_begin (app);
  ui_click (app, "search box:Search patients*");
  ui_type (app, "garz"); /* what is searched for is typed, however one goes on */
  ui_click (app, "list item:" PATIENT "* > button:Book a visit: " PATIENT "*");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_click (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "list item:Mon Nov 23, 2026*");
  ui_picture (app, "booking-panel");
  ui_click (app, "list item:Mon Nov 23, 2026*");
  ui_click (app, "window:Schedule* > button:Book");
  ui_wait (app, "status:Booked *");
  expect_most (app, "F2 by pointer", 4, 6);
}

/* While the day is wrong, one sentence says why, and no time of a half-typed day stands there. */
static void
test_from (UiProgram *program)
{
  static const struct {
    const char *typed, *said;
  } WRONG[] = { { "feb 30 2027", "label:February 2027 has 28 days." },
                { "2/30", "label:February* has*days." },
                { "12/31/9999", "label:A date must lie between*" },
                { "20270314", "label:*" } };
  UiApp *app = program->app;
  ui_command (app, "book garza", PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "list item:Mon Nov 23, 2026*");
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    ui_fill (app, "text box:From*", WRONG[i].typed);
    ui_wait (app, WRONG[i].said);
    ui_wait_gone (app, "list item:*Dr. *");
    g_usleep (G_USEC_PER_SEC / 2); /* for what was asked before */
    g_assert_false (ui_sees (app, "list item:*Dr. *"));
    g_assert_false (ui_sees (app, "label:No free time*"));
  }
  ui_picture (app, "booking-from-wrong");
  ui_press (app, "button:Nurse visit, *"); /* another visit does not look for it either */
  g_usleep (G_USEC_PER_SEC / 2);
  g_assert_false (ui_sees (app, "list item:*Dr. *"));
  ui_fill (app, "text box:From*", "yesterday");
  ui_wait (app, "label:Sun Nov 22, 2026 has passed: free times are looked for from today on.");
  ui_wait (app, "list item:Mon Nov 23, 2026*");
  ui_fill (app, "text box:From*", "1/1/1800");
  ui_picture (app, "booking-from-passed");
  ui_fill (app, "text box:From*", "1/4");
  ui_wait (app, "label:= Mon Jan 04, 2027");
  ui_wait (app, "list item:*Jan 04, 2027*");
}

/* ---- the largest text ---- */

#define RESIZED "button:Work Week"
#define REASON_LINE "button:Room and equipment*" /* the reason is beside it */

static gboolean
look_large (UiApp *app, gpointer ordinary)
{
  return ui_height (app, RESIZED) * 5 > *(int *)ordinary * 6;
}

static void
expect_room (UiApp *app, int width, int height)
{
  static const char *const PARTS[] = {
    "window:Schedule*",  "button:Close without booking",   "button:More choices", "button:Change",
    "button:Wait List…", "window:Schedule* > button:Book", "button:Rooms",        "combo box:Whose visits",
    "button:New Visit*",
  };
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    ui_wait_inside (app, PARTS[i], width, height);
}

/* UX 9: with text of 18 points nothing of the booking is out of reach, in the smallest window either. */
static void
test_large_text (UiProgram *program)
{
  UiApp *app = program->app;
  int ordinary;
  ui_keys (app, "ctrl+2");
  ordinary = ui_height (app, RESIZED);
  ui_keys (app, "ctrl+plus ctrl+plus ctrl+plus ctrl+plus ctrl+plus ctrl+plus ctrl+plus");
  ui_until (app, look_large, &ordinary, "the text is large");
  ui_command (app, "book garza", PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_wait_above (app, "list item:*11:40 AM*Okafor*", "status:No time chosen yet.");
  expect_room (app, 1280, 800);
  ui_picture (app, "booking-large-text");
  ui_resize (app, 1024, 700);
  expect_room (app, 1024, 700);
  ui_picture (app, "booking-large-text-small-window");
  ui_keys (app, "Return Return");
  ui_wait_focus (app, "text box:Reason for the visit*");
  ui_wait_above (app, "label:" PATIENT "*", REASON_LINE);
  ui_wait_above (app, REASON_LINE, "status:Monday, November 23 at 11:20*");
  expect_room (app, 1024, 700);
  ui_type (app, "Knee");
  ui_keys (app, "ctrl+minus ctrl+minus ctrl+minus ctrl+minus"); /* to 14: it is below the form again */
  ui_wait_focus (app, "text box:Reason for the visit*");
  ui_type (app, " pain");
  ui_picture (app, "booking-text-of-14");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked *");
  ui_wait_text (app, "text box:Reason for the visit*", "Knee pain");
}

/* ---- a time that somebody else takes ---- */

/* Chosen here, booked by another program: the key that would have booked it books nothing, the time is gone
 * from the list, and another one is chosen. */
static void
test_taken (UiProgram *program)
{
  UiApp *app = program->app;
  g_autofree char *mrn = ui_practice_find_mrn (&program->practice, "nowak");
  const char *const rival[] = { mrn, "2027-01-04", "9:00", "--person", "doctor", "--type", "FU", NULL };
  ui_command (app, "book garza", PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_fill (app, "text box:From*", "1/4");
  ui_wait (app, "list item:*Jan 04, 2027*9:00 AM*Okafor*");
  ui_press (app, "button:Follow-up, 20 minutes");
  ui_click (app, "list item:*Jan 04, 2027*9:00 AM*Okafor*");
  ui_wait (app, "status:Monday, January 4*at 9:00*");
  g_free (ui_practice_ask (&program->practice, "frontdesk", "book", rival));
  ui_wait (app, ":Somebody has just taken this time*");
  ui_wait (app, "status:No time chosen yet.");
  ui_wait_gone (app, "list item:*Jan 04, 2027*9:00 AM*Okafor*");
  ui_picture (app, "booking-taken");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "list item:*Jan 04, 2027*9:20 AM*Okafor*");
  ui_click (app, "list item:*Jan 04, 2027*9:20 AM*Okafor*");
  ui_wait_gone (app, ":Somebody has just taken this time*");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked Mon Jan 04, 2027, 9:20 AM*");
}

/* After a series the panel is closed: one more press books nothing more. */
static void
test_series_closes (UiProgram *program)
{
  UiApp *app = program->app;
  ui_command (app, "book garza", PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "list item:Mon Nov 23, 2026*");
  ui_keys (app, "Return");
  ui_press (app, "button:Repeat…");
  ui_wait (app, "button:Book 1 Visit");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked 1 visit of " PATIENT "*");
  ui_wait_gone (app, "window:Repeat Visit");
  ui_keys (app, "ctrl+Return ctrl+Return");
  ui_wait (app, "button:1 Change Today*");
}

/* ---- two clinicians at once ---- */

static void
book_two (UiApp *app)
{
  ui_command (app, "book garza", PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_press (app, "button:More choices");
  ui_choose (app, ":Second visit", "Two clinicians at once");
  ui_wait (app, "list item:Mon Nov 23, 2026*Dr. *, Dr. *");
  ui_click (app, "button:Follow-up, 20 minutes");
  ui_keys (app, "Return Return");
  ui_wait (app, "status:*with Dr. * and Dr. *, 20 minutes*");
  ui_picture (app, "booking-two");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:Booked *Dr. * and Dr. *");
}

static void
test_two_at_once (UiProgram *program)
{
  UiApp *app = program->app;
  book_two (app);
  ui_keys (app, "ctrl+z"); /* both at one step */
  ui_wait (app, "status:Done. The book is as it was.");
  ui_wait_gone (app, "button:*" PATIENT ", Follow-up, scheduled*");
}

/* ---- one part of two moves, or is cancelled ---- */

#define STRIP "group:The other part"
#define STAYS "status:" PATIENT ": The other part is still Mon Nov 23, 2026, *, Dr. *."

static void
test_part_moves (UiProgram *program)
{
  UiApp *app = program->app;
  book_two (app);
  ui_wait_focus (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_keys (app, "m t plus 6 3 Return"); /* nobody has a visit then */
  ui_wait (app, "status:Moving " PATIENT " to Mon Jan 25, 2027, *");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moved to Mon Jan 25, 2027*");
  ui_wait (app, STAYS);
  ui_picture (app, "part-left");
  ui_count_begin (app);
  ui_keys (app, "alt+t");
  ui_wait_gone (app, STRIP);
  expect_most (app, "the other part follows", 1, 0);
  ui_wait (app, "button:With Dr. *, *M"); /* on the same day again */
  ui_picture (app, "part-followed");
  ui_keys (app, "ctrl+z"); /* one step each */
  ui_wait (app, STAYS);
  ui_wait (app, "button:With Dr. *, Mon Nov 23, 2026, *");
  ui_click (app, "button:With Dr. *, Mon Nov 23, 2026, *");
  ui_wait (app, "button:Mon Nov 23, 2026");
  ui_wait_focus (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_wait (app, "button:With Dr. *, Mon Jan 25, 2027, *");
  ui_keys (app, "ctrl+z");
  ui_wait_gone (app, STRIP);
  ui_keys (app, "ctrl+1");
  ui_wait (app, "list item:*" PATIENT ", Follow-up, scheduled*With Dr. *");
  ui_picture (app, "part-today");
}

/* It cannot follow to where its clinician is not: the sentence stands there, and a way on. */
static void
test_part_stays (UiProgram *program)
{
  UiApp *app = program->app;
  book_two (app);
  ui_wait_focus (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_keys (app, "m t plus 5 Return"); /* a Saturday */
  ui_wait (app, "status:Moving " PATIENT " to Sat Nov 28, 2026, *");
  ui_keys (app, "Return");
  ui_wait_focus (app, "button:Move Anyway");
  ui_keys (app, "Return");
  ui_wait (app, STAYS);
  ui_click (app, STRIP " > button:Move It Too");
  ui_wait (app, STRIP " > status:Dr. * has no hours on Sat Nov 28, 2026*");
  ui_picture (app, "part-refused");
  ui_click (app, STRIP " > button:Choose a Time…");
  ui_wait (app, "status:Moving " PATIENT " to Mon Nov 23, 2026, *");
  ui_keys (app, "Escape");
  ui_keys (app, "ctrl+z"); /* where they were */
  ui_wait_gone (app, STRIP);
}

static void
test_part_cancelled (UiProgram *program)
{
  UiApp *app = program->app;
  book_two (app);
  ui_wait_focus (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_keys (app, "Delete");
  ui_wait_focus (app, "button:1*");
  ui_keys (app, "3");
  ui_wait (app, STAYS);
  ui_picture (app, "part-cancel");
  ui_keys (app, "ctrl+1"); /* said there as well */
  ui_wait (app, STAYS);
  ui_picture (app, "part-cancel-today");
  ui_click (app, STRIP " > button:Cancel It Too");
  ui_wait (app, "status:Cancelled " PATIENT);
  ui_wait_gone (app, STRIP);
  ui_keys (app, "ctrl+z");
  ui_wait (app, STAYS);
  ui_click (app, STRIP " > button:Leave it there");
  ui_wait_gone (app, STRIP);
  ui_wait (app, "list item:*" PATIENT ", Follow-up, scheduled*");
}

/* ---- F8 ---- */

static void
test_walk_in_by_keys (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_count_begin (app);
  ui_keys (app, "w");
  ui_wait_focus (app, "search box:Patient*");
  ui_type (app, "garz");
  ui_wait (app, "list item:" PATIENT "*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_keys (app, "ctrl+Return");
  ui_wait_focus (app, "list item:*" PATIENT ", Follow-up, arrived*"); /* whom the next key is about */
  ui_wait_selected (app, "list item:*" PATIENT ", Follow-up, arrived*");
  expect_most (app, "F8 by keys", 12, 0);
}

static void
test_walk_in_by_pointer (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+1");
  ui_count_begin (app);
  ui_click (app, "button:Walk-In*");
  ui_wait_focus (app, "search box:Patient*");
  ui_type (app, "garz");
  ui_click (app, "list item:" PATIENT "*");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_click (app, "button:Follow-up, 20 minutes");
  ui_click (app, "window:Today* > button:Book*");
  ui_wait (app, "list item:*" PATIENT ", Follow-up, arrived*");
  expect_most (app, "F8 by pointer", 4, 5);
}

/* ---- one line ---- */

static void
test_line (UiProgram *program)
{
  UiApp *app = program->app;
  ui_count_begin (app);
  ui_keys (app, "ctrl+k");
  ui_type (app, "garza 6w fu 20 am okafor");
  ui_wait (app, "list item:" PATIENT "*Mon Jan 04, 2027, *AM, Dr. Okafor – Follow-up, 20 minutes*");
  ui_picture (app, "booking-line");
  ui_keys (app, "Return");
  ui_wait (app, "status:Booked " PATIENT "*Jan 04, 2027*");
  expect_most (app, "booking in one line", 26, 0);
  ui_keys (app, "ctrl+z");
  ui_wait (app, "status:Done. The book is as it was.");
}

/* Two people fit: the line asks which, and books nothing before that. */
static void
test_line_asks (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+k");
  ui_type (app, "garcia fu 2w am");
  ui_wait (app, "list item:GARCIA, Maria *");
  ui_picture (app, "booking-line-whom");
  ui_keys (app, "Return");
  ui_wait (app, "list item:GARCIA, Maria *Dec 07, 2026, *Follow-up, 20 minutes*");
  ui_keys (app, "Escape");
}

/* ---- the wait list ---- */

static void
add_to_wait_list (UiApp *app)
{
  ui_command (app, "book garza", PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "label:" PATIENT "*");
  ui_click (app, "button:Wait List…");
  ui_wait (app, "window:Wait List > button:Add to Wait List");
  ui_fill (app, "text box:Last day", "8w");
  ui_picture (app, "wait-dialog");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Wait List > button:Add to Wait List");
  ui_wait (app, "status:" PATIENT " is on the wait list*");
  ui_keys (app, "Escape");
}

static void
cancel_visit (UiApp *app)
{
  ui_keys (app, "ctrl+2");
  ui_click (app, "button:*GARCIA, Mariana*");
  ui_wait_focus (app, ":*GARCIA, Mariana*");
  ui_keys (app, "Delete");
  ui_wait_focus (app, "button:1*");
  ui_keys (app, "Return");
}

/* By one key; what stands there is there to be changed, and the list says it. */
static void
change_entry (UiApp *app)
{
  ui_click (app, "button:Wait List (1)");
  ui_click (app, "list item:" PATIENT "*");
  ui_keys (app, "e");
  ui_wait_focus (app, "window:Change Wait List Entry > button:Visit type*");
  ui_wait (app, "window:Change Wait List Entry > label:" PATIENT "*");
  ui_fill (app, "text box:Latest time", "11:30");
  ui_choose (app, "combo box:Priority", "Urgent");
  ui_picture (app, "wait-change");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:" PATIENT "*entry of the wait list is changed*");
  ui_wait (app, "list item:" PATIENT "*Urgent*until 11:30 AM*");
  ui_picture (app, "wait-list");
}

static void
test_wait_list (UiProgram *program)
{
  UiApp *app = program->app;
  add_to_wait_list (app);
  cancel_visit (app);
  ui_wait (app, "status:Mon Nov 23, 2026, * is free: 1 person waits for it");
  ui_picture (app, "freed-strip");
  ui_click (app, "button:Who Waits");
  ui_wait_focus (app, "button:Book " PATIENT "*");
  ui_picture (app, "freed-people");
  ui_keys (app, "Return");
  ui_wait (app, "status:Booked " PATIENT "*");
  ui_wait (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_wait_focus (app, "button:*" PATIENT ", Follow-up, scheduled*");
  ui_keys (app, "ctrl+9");
  ui_click (app, "button:Wait List (0)");
  ui_wait (app, "label:Nobody waits for an earlier visit*");
  ui_click (app, "button:Closed");
  ui_wait (app, "list item:" PATIENT ", Follow-up*, Booked Mon Nov 23, 2026*");
  ui_picture (app, "wait-closed");
  ui_keys (app, "ctrl+n"); /* put on it again, here: the patient is found in the dialog */
  ui_wait_focus (app, "window:Wait List > search box:Patient*");
  ui_type (app, "garz");
  ui_wait (app, "window:Wait List > list item:" PATIENT "*");
  ui_picture (app, "wait-add");
  ui_keys (app, "Return");
  ui_wait (app, "window:Wait List > label:" PATIENT "*");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "status:" PATIENT " is on the wait list*");
  ui_wait (app, "button:Wait List (1)");
  change_entry (app);
}

static void
test_unscheduled (UiProgram *program)
{
  UiApp *app = program->app;
  cancel_visit (app);
  ui_keys (app, "ctrl+9");
  ui_wait (app, "list item:GARCIA, Mariana, Cancelled*");
  ui_picture (app, "unscheduled");
  ui_click (app, "list item:GARCIA, Mariana, Cancelled*");
  ui_keys (app, "Return");
  ui_wait (app, "window:Schedule* > label:GARCIA, Mariana*");
  ui_wait_focus (app, "button:*, * minutes");
  ui_keys (app, "Escape");
  ui_keys (app, "ctrl+9");
  ui_wait (app, "window:Wait List*");
  ui_click (app, "list item:GARCIA, Mariana, Cancelled*");
  ui_keys (app, "Delete");
  ui_wait_focus (app, "button:1*");
  ui_picture (app, "unscheduled-reason");
  ui_keys (app, "Return");
  ui_wait (app, "status:GARCIA, Mariana is off the unscheduled list*");
  ui_wait_gone (app, "list item:GARCIA, Mariana, Cancelled*");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/booking/next-by-keys", test_next_by_keys, 20, "frontdesk" },
    { "/e2e/booking/next-by-pointer", test_next_by_pointer, 20, "frontdesk" },
    { "/e2e/booking/from", test_from, 20, "frontdesk" },
    { "/e2e/booking/large-text", test_large_text, 20, "frontdesk" },
    { "/e2e/booking/taken", test_taken, 20, "frontdesk" },
    { "/e2e/booking/series-closes", test_series_closes, 20, "frontdesk" },
    { "/e2e/booking/two-at-once", test_two_at_once, 20, "frontdesk" },
    { "/e2e/booking/part-moves", test_part_moves, 20, "frontdesk" },
    { "/e2e/booking/part-stays", test_part_stays, 20, "frontdesk" },
    { "/e2e/booking/part-cancelled", test_part_cancelled, 20, "frontdesk" },
    { "/e2e/booking/walk-in-by-keys", test_walk_in_by_keys, 20, "frontdesk" },
    { "/e2e/booking/walk-in-by-pointer", test_walk_in_by_pointer, 20, "frontdesk" },
    { "/e2e/booking/line", test_line, 20, "frontdesk" },
    { "/e2e/booking/line-asks", test_line_asks, 20, "frontdesk" },
    { "/e2e/booking/wait-list", test_wait_list, 20, "frontdesk" },
    { "/e2e/booking/unscheduled", test_unscheduled, 20, "frontdesk" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
