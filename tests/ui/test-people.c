/* Practice and People: hours, rooms and visit types of a practice that works already, people changed and left
 * without access, passwords given and changed. */
#include "program.h"

static const char FRESH[] = "other invented plain words";

static void
open_window (UiApp *app, const char *tab)
{
  ui_keys (app, "F10");
  ui_press (app, "menu item:Practice and People…");
  ui_wait (app, "window:Practice and People");
  if (tab != NULL)
    ui_press (app, tab);
}

static void
close_window (UiApp *app)
{
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Practice and People");
}

/* Who is booked after four is named, with the way to the book. */
static void
look_at_hit (UiApp *app)
{
  ui_wait (app, "status:Saved. * outside the new hours*");
  ui_press (app, "button:Look at Them…");
  ui_wait (app, "window:Visits That Need a New Time > list item:*Okafor*");
  ui_picture (app, "people-1-hit");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Visits That Need a New Time");
}

/* A stretch of days of its own, every second week. */
static void
test_stretch (UiApp *app)
{
  ui_fill (app, "text box:From", "12/14");
  ui_fill (app, "text box:Until", "12/1");
  ui_fill (app, "text box:Friday", "8a-11a");
  ui_press (app, "button:Save Changes");
  ui_wait (app, "label:The last day comes before the first one.");
  ui_wait_focus (app, "text box:Until");
  g_assert_false (ui_sees (app, "status:Saved.*"));
  ui_fill (app, "text box:Until", "12/31");
  ui_picture (app, "people-1-stretch");
  ui_press (app, "button:Save Changes");
  ui_wait (app, "status:Saved.*");
  ui_wait_text (app, "text box:Friday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM"); /* today's again */
  ui_fill (app, "text box:From", "12/14");
  ui_wait_text (app, "text box:Friday", "8:00 AM–11:00 AM");
  ui_fill (app, "text box:From", "1/4");
  ui_wait_text (app, "text box:Friday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
}

static void
test_hours (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Hours, Rooms, Visits");
  ui_wait_text (app, "text box:Monday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  ui_picture (app, "people-1-hours");
  ui_keys (app, "alt+m");
  ui_wait_focus (app, "text box:From");
  ui_keys (app, "alt+i");
  ui_wait_focus (app, "text box:Until");
  ui_keys (app, "alt+u");
  ui_wait_focus (app, "text box:Sunday");
  ui_keys (app, "alt+n");
  ui_wait_focus (app, "text box:Monday");
  ui_fill (app, "text box:Monday", "nine to five");
  ui_press (app, "button:Save Changes");
  ui_wait (app, "label:*is not a time*");
  ui_wait_focus (app, "text box:Monday");
  ui_fill (app, "text box:Monday", "8a-4p");
  ui_wait_gone (app, "label:*is not a time*");
  ui_press (app, "button:Add Room");
  ui_wait_focus (app, "text box:Name of room*");
  ui_type (app, "Attic");
  ui_press (app, "button:Save Changes");
  look_at_hit (app);
  ui_wait_text (app, "text box:Monday", "8:00 AM–4:00 PM"); /* as it is stored */
  test_stretch (app);
  close_window (app);
  open_window (app, "tab:Hours, Rooms, Visits");
  ui_wait_text (app, "text box:Monday", "8:00 AM–4:00 PM");
  ui_press (app, "button:Save Changes");
  ui_wait (app, "status:Nothing was changed.");
}

static void
save_monday (UiApp *app, const char *hours)
{
  ui_press (app, "tab:Hours, Rooms, Visits");
  ui_wait (app, "text box:Monday");
  ui_fill (app, "text box:Monday", hours);
  ui_press (app, "button:Save Changes");
  ui_wait (app, "status:Saved. * outside the new hours*");
  ui_press (app, "button:Look at Them…");
  ui_wait (app, "window:Visits That Need a New Time > list item:*Okafor*");
  ui_press (app, "window:Visits That Need a New Time > list item:*Okafor* > button:Show in Schedule");
  ui_wait_gone (app, "window:Visits That Need a New Time");
}

/* The way from a visit without a time to its place in the book: what is typed on another page is not lost. */
static void
test_hit (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Practice");
  ui_fill (app, "window:Practice and People > text box:City", "Elsewhere");
  save_monday (app, "8a-4p");
  ui_press (app, "tab:Practice");
  ui_wait_text (app, "window:Practice and People > text box:City", "Elsewhere");
  ui_press (app, "window:Practice and People > button:Save");
  ui_wait (app, "status:Saved.");
  save_monday (app, "8a-2p"); /* nothing else is typed */
  ui_wait_gone (app, "window:Practice and People");
  ui_wait (app, "window:Schedule*");
  ui_wait_focus (app, "button:*scheduled*");
  ui_picture (app, "people-5-shown");
}

static void
change_nurse (UiApp *app)
{
  ui_click (app, "list item:*nurse*");
  ui_wait (app, "label:Change *");
  ui_fill (app, "window:Practice and People > text box:Family name", "Newname");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "status:*Newname*is saved.");
  ui_wait (app, "list item:*Newname*nurse*");
  ui_picture (app, "people-2-changed");
}

/* How many visits at once: of clinicians alone. */
static void
limit_doctor (UiApp *app)
{
  ui_click (app, "list item:*Okafor*");
  ui_wait (app, "spin button:Most visits at the same time*");
  ui_fill (app, "spin button:Most visits at the same time*", "1");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "status:*is saved.");
}

static void
take_access_away (UiApp *app)
{
  ui_click (app, "list item:*frontdesk*");
  ui_press (app, "window:Practice and People > button:Take Away Access*");
  ui_wait_focus (app, "button:Keep Access");
  ui_picture (app, "people-3-question");
  ui_keys (app, "Return");
  ui_wait_gone (app, "button:Keep Access");
  g_assert_false (ui_sees (app, "list item:*no access"));
  ui_press (app, "window:Practice and People > button:Take Away Access*");
  ui_press (app, "window:Take away access from* > button:Take Away Access");
  ui_wait (app, "status:*can no longer sign in.");
  ui_wait (app, "list item:*frontdesk*no access");
  ui_wait (app, "label:*has no access any more*");
  ui_picture (app, "people-4-removed");
  ui_press (app, "window:Practice and People > button:Give Access Back…");
  ui_wait_focus (app, "window:Access Again for* > :New password");
  ui_picture (app, "people-4-restore");
  ui_type (app, FRESH);
  ui_keys (app, "Tab");
  ui_enter (app, FRESH);
  ui_wait (app, "status:*can sign in again*");
  ui_wait_gone (app, "list item:*frontdesk*no access");
}

static void
give_password (UiApp *app)
{
  ui_click (app, "list item:*referrals*");
  ui_press (app, "window:Practice and People > button:New Password*");
  ui_wait_focus (app, "window:New Password for* > :New password");
  ui_type (app, FRESH);
  ui_keys (app, "Tab");
  ui_enter (app, FRESH);
  ui_wait (app, "status:*has a new password*");
}

static void
test_people (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, NULL);
  ui_picture (app, "people-0");
  change_nurse (app);
  limit_doctor (app);
  give_password (app);
  take_access_away (app);
}

static void
test_own_password (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+k");
  ui_type (app, "change pass");
  ui_keys (app, "Return");
  ui_wait_focus (app, "window:Change Password > :Present password");
  ui_type (app, "not the present one");
  ui_keys (app, "Tab");
  ui_type (app, FRESH);
  ui_keys (app, "Tab");
  ui_enter (app, FRESH);
  ui_wait (app, "alert:The present password is not right*");
  ui_wait_focus (app, ":Present password");
  ui_picture (app, "people-5-own");
  ui_enter (app, UI_PASSWORD);
  ui_wait_gone (app, "window:Change Password");
  ui_wait (app, "status:Your password is changed*");
}

/* A vacation with visits in it, a lunch every week, and one taken back; the book shows them at once. */
static void
test_closures (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Holidays and Blocks");
  ui_wait (app, "list item:*Lunch*");
  ui_press (app, "window:Practice and People > button:Add");
  ui_wait (app, "label:Say on which day it begins.");
  ui_wait_focus (app, "text box:First day");
  ui_type (app, "11/25");
  ui_fill (app, "text box:Reason", "Roof repair");
  ui_picture (app, "people-6-closures");
  ui_press (app, "window:Practice and People > button:Add");
  ui_wait (app, "status:Saved. * booked in this time*");
  ui_wait (app, "list item:Wed Nov 25, 2026, all day*Roof repair");
  ui_wait_text (app, "text box:First day", ""); /* ready for the next one */
  ui_click (app, "list item:*Roof repair*");
  ui_wait (app, "label:Change it");
  ui_wait_text (app, "text box:First day", "Wed Nov 25, 2026");
  ui_fill (app, "text box:From", "2p");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "label:Say both times*");
  ui_fill (app, "text box:Until", "4p");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "list item:Wed Nov 25, 2026, 2:00 PM–4:00 PM*");
  ui_click (app, "list item:*Roof repair*");
  ui_press (app, "window:Practice and People > button:Take Back…");
  ui_wait_focus (app, "button:Keep It");
  ui_picture (app, "people-7-take-back");
  ui_press (app, "button:Take It Back");
  ui_wait_gone (app, "list item:*Roof repair*");
  ui_wait (app, "status:It was taken back*");
}

/* A type that begins no later than an hour, done by one clinician; what is typed wrong stays. */
static void
test_visit_rules (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Visit Rules");
  ui_click (app, "list item:NEW*");
  ui_wait (app, "label:NEW*");
  ui_fill (app, "text box:Starts no later than", "late");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "label:*is not a time*");
  ui_wait_text (app, "text box:Starts no later than", "late");
  ui_fill (app, "text box:Starts no later than", "4p");
  ui_click (app, "checkbox:Adaeze Okafor, MD");
  ui_picture (app, "people-8-visit-rules");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "status:Saved. Visits that are booked stay*");
  ui_click (app, "list item:FU*");
  ui_wait (app, "label:FU*");
  ui_wait_text (app, "text box:Starts no later than", "");
  ui_click (app, "list item:NEW*");
  ui_wait_text (app, "text box:Starts no later than", "4:00 PM");
}

/* A number that cannot be is kept and said; the test page shows what would be printed. */
static void
test_practice (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Practice");
  ui_fill (app, "text box:Line for colleagues", "555");
  ui_press (app, "window:Practice and People > button:Save");
  ui_wait_focus (app, "text box:Line for colleagues");
  ui_wait_text (app, "text box:Line for colleagues", "555");
  ui_fill (app, "text box:Line for colleagues", "503 555 0177");
  ui_picture (app, "people-9-practice");
  ui_press (app, "window:Practice and People > button:Save");
  ui_wait (app, "status:Saved.");
  ui_press (app, "tab:Letterhead, Printers");
  ui_wait (app, "image:The head of a letter");
  ui_picture (app, "people-10-letterhead");
  ui_press (app, "button:Test page on security paper");
  ui_wait (app, "window:Test Page");
  ui_wait (app, "image:Page 1 of 1");
  ui_picture (app, "people-11-test-page");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Test Page");
  close_window (app);
  open_window (app, "tab:Practice");
  ui_wait_text (app, "text box:Line for colleagues", "503-555-0177");
}

static const char ASKS[] = "alert:*Discard what was typed?";

static void
keep_editing (UiApp *app)
{
  ui_wait_focus (app, "window:Practice and People > button:Keep Editing");
  ui_keys (app, "Return");
  ui_wait_gone (app, ASKS);
}

static void
expect_family (UiApp *app, const char *family)
{
  ui_wait_text (app, "window:Practice and People > text box:Family name", family);
}

/* What is typed is not lost by Escape; without any it closes at once. */
static void
test_unsaved (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, NULL);
  close_window (app);
  open_window (app, NULL);
  ui_click (app, "list item:*nurse*");
  ui_wait (app, "label:Change *");
  close_window (app);
  open_window (app, "tab:Practice");
  ui_fill (app, "window:Practice and People > text box:City", "Elsewhere");
  ui_press (app, "tab:People");
  ui_wait_selected (app, "tab:People");
  ui_fill (app, "window:Practice and People > text box:Family name", "Halfway");
  ui_press (app, "tab:Keys and Recovery Sheet");
  ui_wait_selected (app, "tab:Keys and Recovery Sheet");
  ui_keys (app, "Escape");
  ui_wait (app, "alert:“People”, “Practice”: not saved yet. Discard what was typed?");
  ui_wait_selected (app, "tab:People");
  ui_picture (app, "people-12-asks");
  keep_editing (app);
  ui_wait_focus (app, "window:Practice and People > text box:Family name");
  expect_family (app, "Halfway");
  ui_click (app, "window:Practice and People > text box:Family name");
  ui_type (app, "s");
  ui_keys (app, "Escape");
  keep_editing (app);
  ui_wait_focus (app, "window:Practice and People > text box:Family name");
  ui_press (app, "tab:Practice");
  ui_wait_text (app, "window:Practice and People > text box:City", "Elsewhere");
  ui_keys (app, "Escape Tab");
  ui_keys (app, "Escape");
  ui_press (app, "window:Practice and People > button:Discard");
  ui_wait_gone (app, "window:Practice and People");
  open_window (app, NULL);
  expect_family (app, "");
}

/* Somebody else is chosen in the list while one is half changed. */
static void
test_other_person (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, NULL);
  ui_click (app, "list item:*nurse*");
  ui_wait (app, "label:Change *Ortiz*");
  ui_fill (app, "window:Practice and People > text box:Family name", "Halfway");
  ui_click (app, "list item:*referrals*");
  ui_wait (app, ASKS);
  ui_picture (app, "people-13-other");
  keep_editing (app);
  ui_wait_focus (app, "window:Practice and People > text box:Family name");
  ui_wait_selected (app, "list item:*nurse*");
  expect_family (app, "Halfway");
  ui_press (app, "window:Practice and People > button:New Password…");
  keep_editing (app);
  ui_press (app, "window:Practice and People > button:Add Somebody New");
  keep_editing (app);
  ui_wait (app, "label:Change *Ortiz*");
  expect_family (app, "Halfway");
  ui_click (app, "list item:*referrals*");
  ui_wait (app, ASKS);
  ui_keys (app, "Escape"); /* of the two questions, the wider one */
  ui_wait (app, "alert:“People”: not saved yet. Discard what was typed?");
  keep_editing (app);
  ui_click (app, "list item:*referrals*");
  ui_press (app, "window:Practice and People > button:Discard");
  ui_wait_selected (app, "list item:*referrals*");
  ui_wait_focus (app, "list item:*referrals*");
  ui_click (app, "list item:*nurse*");
  ui_wait (app, "label:Change *Ortiz*");
  expect_family (app, "Ortiz");
  close_window (app);
}

/* The same on the pages with other lists. */
static void
test_other_row (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Visit Rules");
  ui_click (app, "list item:NEW*");
  ui_wait (app, "label:NEW*");
  ui_click (app, "checkbox:Adaeze Okafor, MD");
  ui_click (app, "list item:FU*");
  ui_wait (app, ASKS);
  ui_picture (app, "people-16-other-type");
  keep_editing (app);
  ui_wait_focus (app, "checkbox:Adaeze Okafor, MD");
  ui_wait_selected (app, "list item:NEW*");
  ui_click (app, "list item:FU*");
  ui_press (app, "window:Practice and People > button:Discard");
  ui_wait (app, "label:FU*");
  ui_wait_focus (app, "list item:FU*");
  ui_press (app, "tab:Holidays and Blocks");
  ui_wait (app, "list item:*Lunch*");
  ui_fill (app, "text box:Reason", "Roof repair");
  ui_click (app, "list item:*Lunch*");
  ui_wait (app, ASKS);
  keep_editing (app);
  ui_wait_text (app, "text box:Reason", "Roof repair");
  ui_press (app, "button:Add a New One");
  ui_wait (app, ASKS);
  ui_press (app, "window:Practice and People > button:Discard");
  ui_wait_text (app, "text box:Reason", "");
  ui_click (app, "list item:*Lunch*");
  ui_wait (app, "label:Change it");
  close_window (app);
}

/* A lock closes the window; what was typed is there again, but for a password. */
static void
test_lock (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, NULL);
  ui_click (app, "list item:*nurse*");
  ui_wait (app, "label:Change *Ortiz*");
  ui_fill (app, "window:Practice and People > text box:Credentials", "RN, BSN");
  ui_lock (app);
  ui_sign_in (app, "admin");
  ui_wait (app, "window:Practice and People > label:Change *Ortiz*");
  ui_wait_text (app, "window:Practice and People > text box:Credentials", "RN, BSN");
  ui_wait_selected (app, "list item:*nurse*");
  ui_wait_focus (app, "window:Practice and People > text box:Family name");
  ui_picture (app, "people-14-kept");
  ui_press (app, "window:Practice and People > button:Save Changes");
  ui_wait (app, "status:*is saved.");
  close_window (app);
  open_window (app, NULL);
  ui_fill (app, "window:Practice and People > text box:Sign-in name", "helper");
  ui_keys (app, "Tab Tab");
  ui_wait_focus (app, "window:Practice and People > :Password");
  ui_type (app, FRESH);
  ui_choose (app, "window:Practice and People > combo box:Role", "Referral staff");
  ui_lock (app);
  ui_sign_in (app, "admin");
  ui_wait_text (app, "window:Practice and People > text box:Sign-in name", "helper");
  ui_wait (app, "window:Practice and People > label:A password is not kept. Type it again.");
  ui_picture (app, "people-15-kept-new");
  ui_keys (app, "Escape");
  ui_press (app, "window:Practice and People > button:Discard");
  ui_wait_gone (app, "window:Practice and People");
  ui_lock (app); /* what was thrown away does not come back */
  ui_sign_in (app, "admin");
  open_window (app, NULL);
  ui_wait_text (app, "window:Practice and People > text box:Sign-in name", "");
}

/* The pages that read first what there is, and the choices. */
static void
test_lock_pages (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Holidays and Blocks");
  ui_click (app, "list item:*Lunch*");
  ui_wait (app, "label:Change it");
  ui_fill (app, "text box:Reason", "Long lunch");
  ui_choose (app, "combo box:Who", "Li Chen*");
  ui_press (app, "tab:Visit Rules");
  ui_click (app, "list item:NEW*");
  ui_wait (app, "label:NEW*");
  ui_fill (app, "text box:Starts no later than", "late");
  ui_click (app, "checkbox:Adaeze Okafor, MD");
  ui_press (app, "tab:Practice");
  ui_fill (app, "window:Practice and People > text box:City", "Elsewhere");
  ui_choose (app, "combo box:Units of measure", "Kilograms*");
  ui_lock (app);
  ui_sign_in (app, "admin");
  ui_wait_selected (app, "tab:Visit Rules"); /* the first of them */
  ui_wait (app, "label:NEW*");
  ui_wait_text (app, "text box:Starts no later than", "late");
  ui_picture (app, "people-17-kept-rules");
  ui_press (app, "tab:Holidays and Blocks");
  ui_wait (app, "label:Change it");
  ui_wait_text (app, "text box:Reason", "Long lunch");
  ui_wait (app, "combo box:Who > label:Li Chen*");
  ui_picture (app, "people-18-kept-closure");
  ui_press (app, "tab:Practice");
  ui_wait_text (app, "window:Practice and People > text box:City", "Elsewhere");
  ui_wait (app, "combo box:Units of measure > label:Kilograms*");
  ui_picture (app, "people-19-kept-practice");
  ui_press (app, "window:Practice and People > button:Save");
  ui_wait (app, "status:Saved.");
  ui_click (app, "window:Practice and People > text box:City");
  ui_keys (app, "Escape");
  ui_wait (app, "alert:“Visit Rules”, “Holidays and Blocks”: not saved yet. Discard what was typed?");
  ui_wait_focus (app, "window:Practice and People > button:Keep Editing");
  ui_press (app, "window:Practice and People > button:Discard");
  ui_wait_gone (app, "window:Practice and People");
  ui_lock (app);
  ui_sign_in (app, "admin");
  open_window (app, "tab:Practice");
  ui_wait_text (app, "window:Practice and People > text box:City", "Elsewhere");
  close_window (app);
}

/* Weeks of two clinicians, for days of their own, and a room that was added. */
static void
test_lock_hours (UiProgram *program)
{
  UiApp *app = program->app;
  open_window (app, "tab:Hours, Rooms, Visits");
  ui_wait_text (app, "text box:Monday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  ui_fill (app, "text box:From", "12/14");
  ui_fill (app, "text box:Friday", "8a-11a");
  ui_choose (app, "combo box:Hours of", "Li Chen*");
  ui_fill (app, "text box:Tuesday", "10a-1p");
  ui_press (app, "button:Add Room");
  ui_wait_focus (app, "text box:Name of room*");
  ui_type (app, "Attic");
  ui_lock (app);
  ui_sign_in (app, "admin");
  ui_wait_selected (app, "tab:Hours, Rooms, Visits");
  ui_wait (app, "combo box:Hours of > label:Li Chen*");
  ui_wait_text (app, "text box:Tuesday", "10a-1p");
  ui_picture (app, "people-20-kept-hours");
  ui_press (app, "button:Save Changes");
  ui_wait (app, "status:Saved.*");
  ui_wait_text (app, "text box:Tuesday", "10:00 AM–1:00 PM");
  ui_wait_text (app, "text box:Friday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  close_window (app);
  open_window (app, "tab:Hours, Rooms, Visits");
  ui_wait_text (app, "text box:Tuesday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  ui_wait_text (app, "text box:Friday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  ui_fill (app, "text box:From", "12/14");
  ui_wait_text (app, "text box:Friday", "8:00 AM–11:00 AM");
  ui_press (app, "tab:Visit Rules");
  ui_click (app, "list item:NEW*");
  ui_wait (app, "checkbox:Attic");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/people/hours", test_hours, 20, "admin" },
    { "/e2e/people/hit", test_hit, 20, "admin" },
    { "/e2e/people/visit-rules", test_visit_rules, 20, "admin" },
    { "/e2e/people/closures", test_closures, 20, "admin" },
    { "/e2e/people/people", test_people, 20, "admin" },
    { "/e2e/people/practice", test_practice, 20, "admin" },
    { "/e2e/people/unsaved", test_unsaved, 20, "admin" },
    { "/e2e/people/other-person", test_other_person, 20, "admin" },
    { "/e2e/people/other-row", test_other_row, 20, "admin" },
    { "/e2e/people/lock", test_lock, 20, "admin" },
    { "/e2e/people/lock-pages", test_lock_pages, 20, "admin" },
    { "/e2e/people/lock-hours", test_lock_hours, 20, "admin" },
    { "/e2e/people/own-password", test_own_password, 20, "nurse" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
