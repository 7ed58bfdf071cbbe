/* A visit that repeats: from the booking panel, by keys and by pointer; what is in the way of
 * each is said before anything is booked. */
#include "program.h"

#define DIALOG "window:Repeat Visit > "

static void
begin_booking (UiApp *app)
{
  ui_keys (app, "ctrl+2");
  ui_keys (app, "n");
  ui_wait_focus (app, "search box:*");
  ui_type (app, "garcia maria");
  ui_wait (app, "list item:GARCIA, Maria*");
  ui_keys (app, "Return");
  ui_wait_focus (app, ":Follow-up, 20 minutes");
  ui_keys (app, "1");
  ui_wait_focus (app, "text box:Reason for the visit*");
}

static void
test_repeat (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_keys (app, "Tab Tab Return"); /* past Wait List… to Repeat… */
  ui_wait_focus (app, DIALOG "spin button:Repeats every so many");
  ui_wait (app, DIALOG "status:Every week on Tue, 4 visits: * of 4 ticked");
  ui_wait (app, DIALOG "checkbox:Tue Nov 24, 2026*");
  ui_wait (app, DIALOG "checkbox:Tue Dec 15, 2026*");
  ui_picture (app, "series-preview");
  ui_keys (app, "Up"); /* every two weeks */
  ui_wait (app, DIALOG "status:Every 2 weeks on Tue, 4 visits*");
  ui_wait (app, DIALOG "checkbox:Tue Jan 05, 2027*");
  ui_fill (app, DIALOG "text box:Day of the first visit",
           "11/28"); /* the first Tuesday of those weeks from then on */
  ui_wait (app, DIALOG "checkbox:Tue Dec 08, 2026*");
  ui_fill (app, DIALOG "text box:Day of the first visit", "someday");
  ui_wait (app, DIALOG "label:*someday*");
  ui_wait_text (app, DIALOG "text box:Day of the first visit", "someday"); /* what was typed stays */
  ui_fill (app, DIALOG "text box:Day of the first visit", "6/1/2027");
  ui_wait (app, DIALOG "status:Every 2 weeks on Tue, 4 visits: 4 of 4 ticked");
  ui_fill (app, DIALOG "spin button:Number of visits", "1000");
  ui_keys (app, "Tab");
  ui_wait (app, DIALOG "alert:1 to 200 visits");
  ui_wait_text (app, DIALOG "spin button:Number of visits", "1000"); /* neither 200 nor anything else */
  ui_fill (app, DIALOG "spin button:Number of visits", "4");
  ui_keys (app, "Tab");
  ui_wait (app, DIALOG "status:Every 2 weeks on Tue, 4 visits: 4 of 4 ticked");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Repeat Visit");
  ui_wait (app, "status:Booked 4 visits of GARCIA, Maria*");
  ui_press (app, "button:Undo"); /* one step */
  ui_wait (app, "status:Done. The book is as it was.");
}

/* A holiday of the clinician, a Sunday: said, not ticked; booked when ticked. */
static void
test_obstacles (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_press (app, "button:Repeat…");
  ui_press (app, DIALOG "combo box:Days, weeks or months > button"); /* weeks; days stand above them */
  ui_wait_focus (app, "list item");
  ui_keys (app, "Up Return");
  ui_wait (app, DIALOG "status:Every day, 4 visits*");
  ui_fill (app, DIALOG "text box:Day of the first visit", "6/4/2027"); /* Friday, Saturday, Sunday, Monday */
  ui_wait (app, DIALOG "label:▲ * has no hours on Sat Jun 05, 2027*");
  ui_wait (app, DIALOG "status:Every day, 4 visits: 2 of 4 ticked");
  ui_picture (app, "series-obstacles");
  ui_click (app, DIALOG "checkbox:Sat Jun 05, 2027*");
  ui_wait (app, DIALOG "status:Every day, 4 visits: 3 of 4 ticked");
  ui_press (app, DIALOG "button:Book 3 Visits");
  ui_wait_gone (app, "window:Repeat Visit");
  ui_wait (app, "status:Booked 3 visits of GARCIA, Maria*");
}

#define CHANGE "window:Change Series > "

/* From the menu of one of them, that one and those that follow: to another time, then cancelled. */
static void
test_change (UiProgram *program)
{
  UiApp *app = program->app;
  begin_booking (app);
  ui_press (app, "button:Repeat…");
  ui_wait (app, DIALOG "status:Every week on Tue, 4 visits*");
  ui_fill (app, DIALOG "text box:Day of the first visit", "6/1/2027");
  ui_wait (app, DIALOG "checkbox:Tue Jun 22, 2027*");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Repeat Visit");
  ui_wait (app, "status:Booked 4 visits of GARCIA, Maria*");
  ui_press (app, "button:Close without booking");
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_keys (app, "ctrl+2");
  ui_wait_focus (app, ":* AM to *");
  ui_keys (app, "j");
  ui_type (app, "6/8/2027");
  ui_keys (app, "Return");
  ui_wait (app, ":*9:00 AM to 9:20 AM, GARCIA, Maria*");
  ui_click (app, ":*9:00 AM to 9:20 AM, GARCIA, Maria*");
  ui_keys (app, "Menu");
  ui_press (app, "menu item:Series…");
  ui_wait_focus (app, CHANGE "combo box:Which visits > button");
  ui_wait (app, CHANGE "status:3 visits. Nothing is changed yet.");
  ui_wait (app, CHANGE "checkbox:Tue Jun 08, 2027*");
  ui_fill (app, CHANGE "text box:Time", "4:20 pm");
  ui_wait (app, CHANGE "checkbox:Tue Jun 08, 2027, 4:20 PM*");
  ui_choose (app, CHANGE "combo box:Room", "Room 2");
  ui_fill (app, CHANGE "text box:Reason for the visit", "Knee, weekly");
  ui_wait (app, CHANGE "status:So they would stand: 3 of 3 ticked");
  ui_choose (app, CHANGE "combo box:Visit type", "New patient"); /* which brings its length */
  ui_wait_text (app, CHANGE "spin button:Minutes", "40");
  ui_fill (app, CHANGE "text box:Time", "4:40 pm");
  ui_wait (app, CHANGE "status:So they would stand: 0 of 3 ticked");
  ui_wait (app, CHANGE "label:▲ *outside the hours of*");
  ui_picture (app, "series-change-obstacles");
  ui_fill (app, CHANGE "text box:Time", "3:20 pm");
  ui_wait (app, CHANGE "status:So they would stand: 3 of 3 ticked");
  ui_picture (app, "series-change");
  ui_press (app, CHANGE "button:Cancel These Visits");
  ui_wait (app, CHANGE "alert:Say why they are cancelled*");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Change Series");
  ui_wait (app, "status:Changed 3 visits of GARCIA, Maria*");
  ui_wait (app, ":*3:20 PM to 4:00 PM, GARCIA, Maria*, New patient*, room 2*");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/series/repeat", test_repeat, 20, "frontdesk" },
    { "/e2e/series/obstacles", test_obstacles, 20, "frontdesk" },
    { "/e2e/series/change", test_change, 20, "frontdesk" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
