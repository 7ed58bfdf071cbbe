/* The book's views by real keys and pointer: day, weeks, month, list, rooms; moving, copying, lengthening,
 * and the holding tray. */
#include "program.h"
#include <string.h>

#define NOWAK "11:00 AM to 11:20 AM, NOWAK, Piotr*"

static void
open_schedule (UiApp *app)
{
  ui_keys (app, "ctrl+2");
  ui_wait_focus (app, ":10:00 AM to 10:40 AM, LEE, Samuel*");
}

/* From the visit that goes on at 10:34. */
static void
go_to_nowak (UiApp *app)
{
  open_schedule (app);
  for (int i = 0; i < 8 && !ui_sees (app, "button:" NOWAK); i++)
    ui_keys (app, "Down");
  ui_click (app, "button:" NOWAK);
  ui_wait_focus (app, "button:" NOWAK);
}

/* ---- F4: reschedule, ≤ 9 keys or one drag ---- */

static void
test_reschedule (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_count_begin (app);
  ui_keys (app, "m Down Down Return");
  ui_wait (app, "status:Moved to Mon Nov 23, 2026, 11:20 AM*");
  ui_wait (app, "button:11:20 AM to 11:40 AM, NOWAK, Piotr*");
  g_test_message ("F4 by keyboard: %u keys", ui_count_keys (app));
  g_assert_cmpuint (ui_count_keys (app), <=, 9);
  ui_keys (app, "ctrl+z");
  ui_wait_focus (app, "button:" NOWAK);
  ui_keys (app, "j");
  ui_wait_focus (app, "text box:Go to date");
  ui_picture (app, "go-to-date");
  ui_keys (app, "Escape");
  ui_wait_focus (app, "button:" NOWAK);
  ui_count_begin (app);
  ui_keys (app, "m");
  ui_type (app, "t+2");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moving NOWAK, Piotr to Wed Nov 25, 2026, 11:00 AM*");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moved to Wed Nov 25, 2026, 11:00 AM*");
  g_test_message ("F4 to another day: %u keys", ui_count_keys (app));
  g_assert_cmpuint (ui_count_keys (app), <=, 9);
  ui_keys (app, "ctrl+z");
  ui_keys (app, "t");
  ui_wait (app, "button:" NOWAK);
  ui_count_begin (app);
  ui_drag (app, "button:" NOWAK, "button:" NOWAK, 0, 60);
  ui_wait (app, "button:11:20 AM to 11:40 AM, NOWAK, Piotr*");
  g_test_message ("F4 by pointer: %u drag", ui_count_clicks (app));
  g_assert_cmpuint (ui_count_clicks (app), ==, 1);
  g_assert_cmpuint (ui_count_keys (app), ==, 0);
}

/* Let go outside the grid, or given up with Escape while it is held: nothing is moved.  Somebody else's
 * change ends a move by keys. */
static void
test_no_move (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_drag_hold (app, "button:" NOWAK, "list item:Calls", 0, 40);
  ui_wait (app, "label:its old place*");
  ui_picture (app, "drag-away");
  ui_drop (app);
  ui_wait_gone (app, "label:its old place*");
  ui_wait (app, "button:" NOWAK);
  ui_drag_hold (app, "button:" NOWAK, "button:" NOWAK, 0, 54);
  ui_wait (app, "status:Moving NOWAK, Piotr to Mon Nov 23, 2026, 11:20 AM*");
  ui_hold_key (app, "Escape", TRUE);
  ui_hold_key (app, "Escape", FALSE);
  ui_wait_gone (app, "status:Moving NOWAK, Piotr to *");
  ui_drag_on (app, 0, 20);
  ui_drop (app);
  ui_wait_focus (app, "button:" NOWAK);
  g_assert_false (ui_sees (app, "status:Moved to*"));
  ui_keys (app, "m Down");
  ui_wait (app, "status:Moving NOWAK, Piotr to *");
  g_autofree char *said = ui_practice_ask (
      &program->practice, "doctor", "cancel",
      (const char *const[]){ "001902", "2026-11-23", "11:00", "--reason", "called elsewhere", NULL });
  ui_wait (app, "status:Somebody changed this visit meanwhile, so it is not moved*");
  ui_wait_gone (app, "status:Moving NOWAK, Piotr to *");
}

/* A day and a time in one line; a day that would be next year's is asked about before the visit goes there.
 */
static void
test_move_typed (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_keys (app, "m");
  ui_type (app, "11/25 4:40p");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moving NOWAK, Piotr to Wed Nov 25, 2026, 4:40 PM*");
  ui_wait_focus (app, "button:*4:40 PM*");
  ui_type (app, "11/17");
  ui_keys (app, "Return");
  ui_wait (app, "status:That is Wed Nov 17, 2027, far ahead*");
  ui_wait (app, "status:Moving NOWAK, Piotr to Wed Nov 25, 2026, 4:40 PM*");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moving NOWAK, Piotr to Wed Nov 17, 2027, 4:40 PM*");
  ui_keys (app, "Escape");
}

/* ---- who did what ---- */

static void
test_strip (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_keys (app, "m Down Down Return");
  ui_wait (app, "label:*F. Dietz*NOWAK, Piotr*11:00 AM*→*11:20 AM*");
  ui_press (app, "button:Changes today");
  ui_wait (app, "list item:*F. Dietz*NOWAK, Piotr*");
  ui_picture (app, "strip");
  ui_keys (app, "Escape");
  ui_picture (app, "why-moved");
  ui_press (app, "group:Why was it moved? > button:Patient asked");
  ui_wait (app, "label:*Moved NOWAK, Piotr – patient asked: *11:00 AM*→*11:20 AM*");
  ui_wait (app, "label:Mon Nov 23, 2026, 11:20 AM, Dr. Okafor (moved once)");
  ui_click (app, "button:Undo: *NOWAK, Piotr*");
  ui_wait (app, "button:" NOWAK);
  ui_wait (app, "label:*NOWAK, Piotr*undone");
  ui_keys (app, "ctrl+shift+h"); /* privacy mode */
  ui_wait_gone (app, ":*NOWAK*");
  ui_picture (app, "strip-private");
}

/* ---- cancelled visits ---- */

static void
test_cancelled (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_keys (app, "Delete");
  ui_wait_focus (app, "button:1*");
  ui_keys (app, "Return");
  ui_wait_gone (app, "button:" NOWAK);
  ui_click (app, "button:Show Cancelled");
  ui_wait (app, "button:11:00 AM to 11:20 AM, NOWAK, Piotr, Follow-up, cancelled*");
  ui_wait (app, "button:10:00 AM to 10:40 AM, LEE, Samuel*");
  ui_picture (app, "cancelled");
  ui_click (app, "button:" NOWAK);
  ui_wait_focus (app, "button:" NOWAK); /* what it was is in the panel */
  ui_keys (app, "Up Down");
  ui_wait_focus (app, "button:" NOWAK);
  ui_lock (app);
  ui_sign_in (app, "frontdesk");
  ui_keys (app, "ctrl+2");
  ui_wait (app, "button:" NOWAK); /* as this person left it */
}

/* ---- weeks ---- */

/* What is verified there has the room of the panel: its buttons are as tall as others, its lower edge in
 * sight. */
static void
test_week_arrive (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+2 3");
  ui_click (app, "button:*NOWAK, Piotr, Follow-up, scheduled*");
  ui_keys (app, "a");
  ui_wait_focus (app, "button:Arrived");
  ui_wait_above (app, "button:Arrived", "label:Holding Tray");
  g_assert_cmpint (ui_height (app, "button:Arrived"), <=, ui_height (app, "button:New Visit*"));
  ui_picture (app, "week-verify");
  ui_keys (app, "Return");
  ui_wait (app, "button:*NOWAK, Piotr, Follow-up, arrived*");
}

static void
test_week (UiProgram *program)
{
  UiApp *app = program->app;
  const char *monday = "button:Mon Nov 23, 2026, " NOWAK, *wednesday = "button:Wed Nov 25, 2026, " NOWAK;
  go_to_nowak (app);
  ui_keys (app, "2");
  ui_wait_focus (app, monday);
  ui_wait (app, "button:Nov 23 – Nov 27, 2026");
  ui_picture (app, "work-week");
  ui_keys (app, "m Right");
  ui_wait (app, "status:Moving NOWAK, Piotr to Tue Nov 24, 2026, 11:00 AM*already has a visit*");
  ui_picture (app, "week-move");
  ui_keys (app, "Right Return");
  ui_wait_focus (app, wednesday);
  ui_keys (app, "3");
  ui_wait (app, "label:Sun 29");
  ui_wait_focus (app, wednesday);
  ui_picture (app, "week");
  ui_keys (app, "m Left Left Left"); /* left of Monday lies the week before */
  ui_wait (app, "status:Moving NOWAK, Piotr to Sun Nov 22, 2026, 11:00 AM*");
  ui_keys (app, "Escape t");
  ui_wait (app, wednesday);
  ui_drag (app, wednesday, wednesday, 0, 54);
  ui_wait_focus (app, "button:Wed Nov 25, 2026, 11:20 AM*NOWAK*");
  ui_keys (app, "1");
  ui_wait (app, "button:Wed Nov 25, 2026");
}

/* The view that a person chose is there again. */
static void
test_remembered (UiProgram *program)
{
  UiApp *app = program->app;
  open_schedule (app);
  ui_keys (app, "3");
  ui_wait (app, "label:Sun 29");
  ui_lock (app);
  ui_sign_in (app, "frontdesk");
  ui_keys (app, "ctrl+2");
  ui_wait (app, "label:Sun 29");
}

/* ---- length ---- */

static void
test_length (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_keys (app, "l Down");
  ui_wait (app, "status:Changing the length of NOWAK, Piotr*30 min*");
  ui_picture (app, "length");
  ui_keys (app, "Return");
  ui_wait (app, "button:11:00 AM to 11:30 AM, NOWAK, Piotr*");
  ui_keys (app, "m Down shift+Up Return");
  ui_wait (app, "button:11:10 AM to 11:30 AM, NOWAK, Piotr*");
  ui_drag_edge (app, "button:11:10 AM to 11:30 AM, NOWAK, Piotr*", 60);
  ui_wait (app, "button:11:10 AM to 11:50 AM, NOWAK, Piotr*");
  ui_keys (app, "ctrl+z ctrl+z ctrl+z");
  ui_wait (app, "button:" NOWAK);
}

/* ---- copying ---- */

static void
test_copy (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_keys (app, "c Page_Down Page_Down");
  ui_wait (app, "status:Copying NOWAK, Piotr to Wed Nov 25, 2026, 11:00 AM*");
  ui_keys (app, "Return");
  ui_wait (app, "status:Copied to Wed Nov 25, 2026, 11:00 AM*");
  ui_wait_focus (app, "button:" NOWAK);
  ui_keys (app, "t");
  ui_wait (app, "button:" NOWAK); /* it is still there */
  ui_hold_key (app, "ctrl", TRUE);
  ui_drag_hold (app, "button:" NOWAK, "button:" NOWAK, 0, 135);
  ui_wait (app, "label:*11:50 AM*");
  ui_drop (app);
  ui_hold_key (app, "ctrl", FALSE);
  ui_wait (app, "button:Copy Anyway"); /* a second visit of that day */
  ui_keys (app, "Return");
  ui_wait (app, "button:11:50 AM to 12:10 PM, NOWAK, Piotr*");
  ui_wait (app, "button:" NOWAK);
}

/* ---- the holding tray ---- */

static void
test_tray (UiProgram *program)
{
  UiApp *app = program->app;
  const char *held =
      "list item:NOWAK, Piotr, Follow-up, in the tray, still booked Mon Nov 23, 2026, 11:00 AM*";
  go_to_nowak (app);
  ui_keys (app, "h");
  ui_wait (app, held);
  ui_wait (app, "button:" NOWAK); /* still booked */
  ui_picture (app, "tray");
  ui_keys (app, "ctrl+1 ctrl+2");
  ui_wait (app, held);
  ui_lock (app);
  ui_sign_in (app, "frontdesk");
  ui_keys (app, "ctrl+2");
  ui_wait (app, held);
  ui_keys (app, "ctrl+Next ctrl+Next ctrl+Next ctrl+Next"); /* four weeks on */
  ui_wait (app, "button:Mon Dec 21, 2026");
  ui_click (app, held);
  ui_wait (app, "status:Moving NOWAK, Piotr to Mon Dec 21, 2026, 11:00 AM*");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moved to Mon Dec 21, 2026, 11:00 AM*");
  ui_wait_gone (app, held);
  ui_wait_focus (app, "button:" NOWAK);
  ui_keys (app, "ctrl+z");
  ui_keys (app, "t");
  ui_wait (app, "button:" NOWAK);
  /* By pointer: into the tray, and out of it into the book. */
  ui_drag (app, "button:" NOWAK, "label:Holding Tray", 0, 12);
  ui_wait (app, held);
  ui_drag (app, held, "button:" NOWAK, 0, 40);
  ui_wait (app, "button:11:20 AM to 11:40 AM, NOWAK, Piotr*");
  ui_wait_gone (app, "list item:NOWAK, Piotr*in the tray*");
}

/* ---- month and list ---- */

static void
test_month (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+k");
  ui_type (app, "> month");
  ui_wait (app, "list item:Go to the Month View*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "button:Mon Nov 23, 2026: *visits, *% free*Dr. Okafor*");
  ui_wait (app, ":Thu Nov 26, 2026: *");
  ui_picture (app, "month");
  ui_keys (app, "Right");
  ui_wait_focus (app, "button:Tue Nov 24, 2026: *");
  ui_keys (app, "Return");
  ui_wait (app, "button:Tue Nov 24, 2026");
  ui_wait (app, "button:Day");
  ui_keys (app, "4");
  ui_wait_focus (app, "button:Tue Nov 24, 2026: *");
  ui_keys (app, "Next");
  ui_wait (app, "button:Dec 2026");
}

static void
test_list (UiProgram *program)
{
  UiApp *app = program->app;
  open_schedule (app);
  ui_keys (app, "5");
  ui_wait (app, "list:Visits > list item:Mon Nov 23, 2026, " NOWAK);
  ui_picture (app, "list");
  ui_keys (app, "ctrl+f");
  ui_wait_focus (app, "search box:Filter the visits");
  ui_type (app, "nowak");
  ui_wait_gone (app, "list:Visits > list item:*LEE, Samuel*");
  ui_wait (app, "list:Visits > list item:Mon Nov 23, 2026, " NOWAK);
  ui_keys (app, "Tab Tab");
  ui_wait_selected (app, "list item:Mon Nov 23, 2026, " NOWAK);
  ui_keys (app, "Return");
  ui_wait_focus (app, "button:" NOWAK);
}

/* ---- rooms ---- */

static void
test_rooms (UiProgram *program)
{
  UiApp *app = program->app;
  go_to_nowak (app);
  ui_keys (app, "6");
  ui_wait (app, "label:Room 1");
  ui_keys (app, "1"); /* and back to the clinicians */
  ui_wait_gone (app, "label:Room 1");
  ui_click (app, "button:Rooms");
  ui_wait (app, "label:Room 1");
  ui_wait (app, "label:No room");
  ui_click (app, "button:" NOWAK);
  ui_wait_focus (app, "button:" NOWAK);
  ui_picture (app, "rooms");
  ui_keys (app, "m Right Return");
  ui_wait (app, "status:Moved to Mon Nov 23, 2026, 11:00 AM, Dr. Okafor, Room 1*");
  ui_wait (app, "button:" NOWAK ", room 1*");
  ui_wait_focus (app, "button:" NOWAK ", room 1*");
  ui_keys (app, "Down");
  ui_wait_focus (app, "button:11:20 AM, Room 1, free");
  ui_keys (app, "n"); /* booked there it takes that room, with whoever is free */
  ui_wait_focus (app, "search box:Patient*");
  ui_type (app, "garz");
  ui_wait (app, "list item:GARZA, Marcus*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_wait (app, "status:Monday, November 23 at 11:20 in the morning with Dr. *, 20 minutes · Room 1");
  ui_wait (app, "button:Room and equipment: Room 1");
  ui_wait (app, "button:Book");
  ui_picture (app, "rooms-booking");
  ui_keys (app, "ctrl+Return");
  ui_wait_focus (app, "button:11:20 AM to 11:40 AM, GARZA, Marcus*room 1*");
}

/* ---- what a screen reader is told ---- */

typedef struct {
  guint named, pressed;
} Told;

/* Whatever can have the focus has a name and says whether it can be used. */
static void
check_told (const UiNode *node, Told *told)
{
  gboolean acts = g_str_equal (node->role, "button") || g_str_equal (node->role, "list item");
  if (acts && ui_is (node, UI_FOCUSABLE)) {
    g_assert_cmpstr (node->name, !=, "");
    g_assert_true (ui_is (node, UI_SENSITIVE) || !ui_is (node, UI_ENABLED));
    told->named++;
    told->pressed += ui_is (node, UI_PRESSED) || ui_is (node, UI_SELECTED);
  }
  for (guint i = 0; i < node->children->len; i++)
    check_told (node->children->pdata[i], told);
}

/* Its name and role are told when the focus comes to it. */
static const UiNode *
find_focused (const UiNode *node)
{
  gboolean named = node->name[0] != '\0' && !g_str_equal (node->role, "window");
  const UiNode *found = ui_is (node, UI_FOCUSED) && named ? node : NULL;
  for (guint i = 0; i < node->children->len && found == NULL; i++)
    found = find_focused (node->children->pdata[i]);
  return found;
}

static gboolean
look_focus (UiApp *app, gpointer data)
{
  return find_focused (ui_tree (app)) != NULL;
}

static void
test_spoken (UiProgram *program)
{
  UiApp *app = program->app;
  static const struct {
    const char *keys, *shown;
  } VIEWS[] = {
    { "1", "button:10:00 AM to 10:40 AM, LEE, Samuel, Physical, with doctor*" },
    { "2", "button:Mon Nov 23, 2026, 11:00 AM to 11:20 AM, NOWAK, Piotr, Follow-up, scheduled*" },
    { "4", "button:Tue Nov 24, 2026: * visits, *% free; Dr. Okafor: * visits, *% free*" },
    { "5", "list:Visits > list item:Mon Nov 23, 2026, * NOWAK, Piotr, Follow-up, scheduled*Dr. Okafor" },
  };
  open_schedule (app);
  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++) {
    Told told = { 0 };
    const UiNode *tree;
    ui_keys (app, VIEWS[i].keys);
    ui_wait (app, VIEWS[i].shown);
    ui_until (app, look_focus, NULL, VIEWS[i].shown);
    tree = ui_tree (app);
    check_told (tree, &told);
    g_test_message ("view %s: %u things with role, name and state; %u pressed or selected", VIEWS[i].keys,
                    told.named, told.pressed);
    g_assert_cmpuint (told.named, >, 15);
    g_assert_cmpuint (told.pressed, >, 0);
  }
  /* A free slot is told, too. */
  ui_keys (app, "1");
  ui_wait_focus (app, "button:9:00 AM to 9:20 AM, MOREAU, Anika*"); /* as it was selected in the list */
  ui_keys (app, "Down");
  ui_wait_focus (app, "button:9:20 AM, Dr. Chen, free");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/book/no-move", test_no_move, 20, "frontdesk" },
    { "/e2e/book/reschedule", test_reschedule, 20, "frontdesk" },
    { "/e2e/book/move-typed", test_move_typed, 20, "frontdesk" },
    { "/e2e/book/strip", test_strip, 20, "frontdesk" },
    { "/e2e/book/cancelled", test_cancelled, 20, "frontdesk" },
    { "/e2e/book/week", test_week, 20, "frontdesk" },
    { "/e2e/book/week-arrive", test_week_arrive, 20, "frontdesk" },
    { "/e2e/book/remembered", test_remembered, 20, "frontdesk" },
    { "/e2e/book/length", test_length, 20, "frontdesk" },
    { "/e2e/book/copy", test_copy, 20, "frontdesk" },
    { "/e2e/book/tray", test_tray, 20, "frontdesk" },
    { "/e2e/book/month", test_month, 20, "frontdesk" },
    { "/e2e/book/list", test_list, 20, "frontdesk" },
    { "/e2e/book/rooms", test_rooms, 20, "frontdesk" },
    { "/e2e/book/spoken", test_spoken, 20, "frontdesk" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
