/* Finding and registering within the budgets of UX 2.1 (F1, F3), and what becomes of a duplicate: seen at
 * registration, decided on in the work-list, merged by two people, undone.  Keys and clicks are counted as
 * hands do them. */
#include "focus.h"
#include "program.h"
#include <string.h>

enum { F1_KEYS = 9, F1_CLICKS = 1, F1_MOUSE_KEYS = 6, F3_KEYS = 95, F3_CLICKS = 12 };

static void
expect_at_most (UiApp *app, const char *task, guint keys, guint clicks)
{
  g_test_message ("%s: %u keys of %u, %u clicks of %u", task, ui_count_keys (app), keys,
                  ui_count_clicks (app), clicks);
  g_assert_cmpuint (ui_count_keys (app), <=, keys);
  g_assert_cmpuint (ui_count_clicks (app), <=, clicks);
}

/* One exact hit waits for Enter: nothing is opened by itself. */
static void
find_by_keys (UiApp *app)
{
  ui_count_begin (app);
  ui_keys (app, "ctrl+k");
  ui_type (app, "031461");
  ui_wait (app, "list item:GARCIA, Maria*");
  ui_picture (app, "find-1-exact");
  g_assert_true (ui_sees (app, "search box:*"));
  g_assert_false (ui_sees (app, "window:GARCIA, Maria*"));
  ui_keys (app, "Return");
  ui_wait (app, "window:GARCIA, Maria*");
  expect_at_most (app, "F1 by keyboard", F1_KEYS, 0);
}

static void
find_by_mouse (UiApp *app)
{
  ui_keys (app, "ctrl+1");
  ui_count_begin (app);
  ui_keys (app, "ctrl+k");
  ui_type (app, "0142");
  ui_click (app, "list item:GARCIA, Maria*");
  ui_wait (app, "window:GARCIA, Maria*");
  expect_at_most (app, "F1 by mouse", F1_MOUSE_KEYS, F1_CLICKS);
}

static void
test_find (UiProgram *program)
{
  find_by_keys (program->app);
  find_by_mouse (program->app);
}

/* ---- registering ---- */

static void
type_newcomer (UiApp *app)
{
  ui_wait_focus (app, "text box:Family name");
  ui_type (app, "Quill");
  ui_keys (app, "Tab");
  ui_type (app, "Nora");
  ui_keys (app, "Tab");
  ui_type (app, "7/9/84");
  ui_keys (app, "Tab space Tab");
  ui_type (app, "971 555 0188");
}

static void
register_by_keys (UiApp *app)
{
  ui_count_begin (app);
  ui_keys (app, "ctrl+shift+n");
  type_newcomer (app);
  ui_keys (app, "ctrl+shift+Return");
  ui_wait_focus (app, ":*, * minutes");
  ui_wait (app, "list item:*Okafor*");
  ui_keys (app, "Return Return ctrl+Return");
  ui_wait (app, "status:Booked *");
  expect_at_most (app, "F3 by keyboard", F3_KEYS, 0);
}

/* Who is likely there already: that chart is what the next key opens. */
static void
test_likely (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+shift+n");
  ui_wait_focus (app, "text box:Family name");
  ui_wait (app, "status:Who is like this appears here*");
  ui_type (app, "Garcia");
  ui_keys (app, "Tab");
  ui_type (app, "Maria");
  ui_keys (app, "Tab");
  ui_type (app, "3/14/61");
  ui_keys (app, "Tab space Tab");
  ui_wait (app, "button:Open GARCIA, Maria*");
  ui_type (app, "503 555 0142");
  ui_keys (app, "ctrl+Return");
  ui_wait_focus (app, "window:Register Patient > button:Open That Chart");
  ui_picture (app, "find-2-bar");
  ui_keys (app, "Return");
  ui_wait (app, "window:GARCIA, Maria*");
}

/* What was typed beside the name stands in no chart: it is not thrown away unasked. */
static void
test_likely_asks (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "ctrl+shift+n");
  ui_wait_focus (app, "text box:Family name");
  ui_type (app, "Garcia");
  ui_keys (app, "Tab");
  ui_type (app, "Maria");
  ui_keys (app, "Tab");
  ui_type (app, "3/14/61");
  ui_keys (app, "Tab space Tab");
  ui_type (app, "503 555 0142");
  ui_fill (app, "window:Register Patient > text box:Email", "m@example.org");
  ui_press (app, "button:Open GARCIA, Maria*");
  ui_wait_focus (app, "window:Register Patient > button:Keep Editing");
  ui_picture (app, "find-2-asks");
  ui_keys (app, "Return");
  ui_wait_gone (app, "alert:Discard what was typed?");
  ui_wait_text (app, "window:Register Patient > text box:Email", "m@example.org");
  ui_keys (app, "Escape"); /* asks, too; and then it only closes */
  ui_wait_focus (app, "window:Register Patient > button:Keep Editing");
  ui_keys (app, "Return");
  ui_press (app, "button:Open GARCIA, Maria*");
  ui_press (app, "window:Register Patient > button:Discard");
  ui_wait (app, "window:GARCIA, Maria*");
}

/* ---- the rest of the details ---- */

static void
open_details (UiApp *app)
{
  ui_keys (app, "ctrl+k");
  ui_type (app, "quill");
  ui_wait (app, "list item:QUILL, Nora*");
  ui_keys (app, "Return");
  ui_wait (app, "window:QUILL, Nora*");
  ui_press (app, "button:Edit…");
  ui_wait (app, "window:Edit Details");
}

static void
add_phone (UiApp *app)
{
  ui_keys (app, "ctrl+Page_Down");
  ui_wait (app, "window:Edit Details > button:Add Phone or Email");
  ui_choose (app, "window:Edit Details > combo box:Best reached by", "Text message");
  ui_press (app, "window:Edit Details > button:Thursday");
  ui_press (app, "window:Edit Details > button:Add Phone or Email");
  ui_wait_focus (app, ":Kind*");
  ui_keys (app, "Tab");
  ui_type (app, "503 224 01");
  ui_keys (app, "Tab space");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:A phone number has 10 digits*");
  ui_wait_text (app, "text box:Number or email", "503 224 01");
  ui_fill (app, "text box:Number or email", "503 224 0177");
  ui_picture (app, "find-8-contact");
}

static void
add_relative (UiApp *app)
{
  ui_keys (app, "ctrl+Page_Down");
  ui_press (app, "window:Edit Details > button:Add Relative or Contact");
  ui_wait_focus (app, "window:Edit Details > text box:Name");
  ui_type (app, "Olga Quill");
  ui_keys (app, "Tab");
  ui_type (app, "mother");
  ui_press (app, "window:Edit Details > button:Link to a Patient Here…");
  ui_wait_focus (app, "search box:Patient");
  ui_type (app, "031461");
  ui_wait (app, "window:Edit Details > list item:GARCIA, Maria*");
  ui_keys (app, "Return");
  ui_wait (app, "label:GARCIA, Maria*, MRN *");
  ui_picture (app, "find-9-relative");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Edit Details");
}

/* Whoever unlocks goes on in the same form, with all that was typed. */
static void
lock_over_details (UiApp *app)
{
  ui_lock (app);
  ui_sign_in (app, "frontdesk");
  ui_wait (app, "window:Edit Details > label:What you had typed is here again*");
  ui_wait (app, "window:Edit Details > button:Discard It");
  ui_picture (app, "find-8-locked");
  ui_keys (app, "ctrl+Page_Down");
  ui_wait_text (app, "text box:Number or email", "503 224 0177");
}

static void
edit_details (UiApp *app)
{
  open_details (app);
  add_phone (app);
  lock_over_details (app);
  add_relative (app);
  ui_wait (app, ":*503-224-0177*no voice mail*");
  ui_wait (app, ":How to contact: best by text message");
  ui_wait (app, ":Days that suit: Thu");
  ui_wait (app, ":*Olga Quill*");
  ui_picture (app, "find-10-details");
}

/* Free times are looked for on the days that suit, and that is said. */
static void
look_for_times (UiApp *app)
{
  ui_keys (app, "ctrl+k");
  ui_type (app, "book quill");
  ui_wait_selected (app, "list item:QUILL, Nora*");
  ui_keys (app, "Return");
  ui_wait (app, "label:On days that suit this patient*");
  ui_wait (app, "list item:*Okafor*");
  ui_picture (app, "find-11-days");
  ui_keys (app, "1"); /* a time of theirs; then it is for somebody else, who has no such days */
  ui_wait (app, "label:Thu *");
  ui_press (app, "button:Change");
  ui_wait_focus (app, "search box:Patient*");
  ui_type (app, "garza");
  ui_wait (app, "list item:GARZA, Marcus*");
  ui_keys (app, "Return");
  ui_wait (app, "label:GARZA, Marcus*");
  ui_wait_gone (app, "label:On days that suit this patient*");
  ui_press (app, "button:Change");
  ui_wait_focus (app, "search box:Patient*");
  ui_type (app, "quill");
  ui_wait (app, "list item:QUILL, Nora*");
  ui_keys (app, "Return");
  ui_wait (app, "label:On days that suit this patient*");
  ui_press (app, "button:Thursday");
  ui_wait_gone (app, "label:On days that suit this patient*");
  ui_keys (app, "Escape");
}

/* By Tab, which brings the field into sight. */
static void
go_to_field (UiApp *app, const char *name)
{
  UiFocus *focus = ui_focus_new (app);
  g_assert_true (ui_focus_find (focus));
  for (guint i = 0; i < 40 && g_strcmp0 (ui_focus_at (focus)->name, name) != 0; i++)
    g_assert_true (ui_focus_press (focus, "Tab"));
  ui_focus_free (focus);
}

/* Who has died keeps no appointment: what is booked is named, cancelled together and brought back together.
 */
static void
enter_death (UiProgram *program)
{
  UiApp *app = program->app;
  g_autofree char *mrn = ui_practice_find_mrn (&program->practice, "quill");
  g_free (ui_practice_ask (
      &program->practice, "frontdesk", "book",
      (const char *[]){ mrn, "2027-01-04", "9:00", "--person", "doctor", "--type", "FU", NULL }));
  open_details (app);
  go_to_field (app, "Date of death");
  ui_type (app, "11/24/2026");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:The date of death lies in the future*");
  ui_choose (app, "window:Edit Details > combo box:Usual clinician", "Adaeze Okafor, MD");
  ui_fill (app, "window:Edit Details > text box:Date of death", "11/22/2026");
  ui_picture (app, "find-12-death");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "window:Edit Details");
  ui_wait (app, "window:Visits Still Booked > list item:QUILL, Nora*Nov *");
  ui_wait (app, "window:Visits Still Booked > list item:QUILL, Nora*Jan 04, 2027*");
  ui_picture (app, "find-13-booked");
  ui_press (app, "window:Visits Still Booked > button:Cancel These Visits");
  ui_wait_gone (app, "window:Visits Still Booked");
  ui_wait (app, "status:2 visits are cancelled*");
  ui_wait (app, ":Usual clinician: Adaeze Okafor, MD");
  ui_wait (app, "list item:Mon Nov 23*, Cancelled");
  ui_wait (app, "list item:*Jan 04*, Cancelled");
  ui_press (app, "button:Undo");
  ui_wait (app, "list item:Mon Nov 23*, Scheduled");
  ui_wait (app, "list item:*Jan 04*, Scheduled");
  ui_picture (app, "find-14-undone");
  ui_click (app, "list item:*Jan 04*, Scheduled");
  ui_wait (app, "window:Schedule*");
  ui_wait_focus (app, "button:*QUILL, Nora*");
}

static void
fill_by_mouse (UiApp *app, const char *selector, const char *text)
{
  ui_click (app, selector);
  ui_wait_focus (app, selector);
  ui_type (app, text);
}

/* What is said on the phone is typed, however one goes from field to field. */
static void
register_by_mouse (UiApp *app)
{
  guint typed = strlen ("Quillon") + strlen ("Nestor") + strlen ("8/1/85") + strlen ("971 555 0177");
  ui_keys (app, "Escape ctrl+1");
  ui_wait_focus (app, "list item:*");
  ui_count_begin (app);
  ui_click (app, "button:New Patient");
  ui_wait_focus (app, "text box:Family name");
  ui_type (app, "Quillon");
  fill_by_mouse (app, "text box:Given name", "Nestor");
  fill_by_mouse (app, "text box:Date of birth", "8/1/85");
  ui_click (app, "checkbox:Male");
  fill_by_mouse (app, "text box:Phone", "971 555 0177");
  ui_click (app, "button:Save and Book");
  ui_wait_focus (app, ":*, * minutes");
  ui_click (app, ":New patient, * minutes");
  ui_click (app, "list item:*Okafor*");
  ui_click (app, "window:Schedule* > button:Book");
  ui_wait (app, "status:Booked *");
  expect_at_most (app, "F3 by pointer", typed, F3_CLICKS);
}

static void
test_register (UiProgram *program)
{
  register_by_keys (program->app);
  edit_details (program->app);
  look_for_times (program->app);
  enter_death (program);
  register_by_mouse (program->app);
}

/* ---- a duplicate, from registration to the undone merge ---- */

static void
register_twice (UiApp *app)
{
  ui_keys (app, "ctrl+shift+n");
  ui_wait_focus (app, "text box:Family name");
  ui_type (app, "Garzia");
  ui_keys (app, "Tab");
  ui_type (app, "Malena");
  ui_keys (app, "Tab");
  ui_type (app, "3/14/61");
  ui_keys (app, "Tab space Tab");
  ui_type (app, "503 555 0142");
  ui_keys (app, "Tab");
  ui_wait (app, "label:▲ Likely the same person · *");
  ui_picture (app, "find-2-likely");
  ui_keys (app, "ctrl+Return");
  ui_press (app, "button:Save and Flag for Review");
  ui_wait_gone (app, "window:Register*");
}

static void
open_duplicates (UiApp *app)
{
  ui_keys (app, "F10");
  ui_press (app, "menu item:Duplicates…");
  ui_wait (app, "window:Duplicates");
  ui_wait (app, "list item:*GARZIA, Malena*");
}

static void
merge (UiApp *app)
{
  ui_press (app, "list item:*GARZIA, Malena* > button:Merge…*");
  ui_wait (app, "window:Merge Two Charts");
  ui_wait (app, "label:GARZIA, Malena");
  ui_picture (app, "find-4-merge");
  ui_type (app, "000000");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "alert:This is not the record number*");
}

static void
test_duplicate_desk (UiProgram *program)
{
  UiApp *app = program->app;
  register_twice (app);
  open_duplicates (app);
  ui_picture (app, "find-3-work-list");
  g_assert_false (
      ui_sees (app, "list item:*GARZIA, Malena* > button:Merge…*")); /* that is for administrators */
  ui_press (app, "list item:*GARZIA, Malena* > button:Not the Same Person*");
  ui_wait_gone (app, "list:Pairs to decide on > list item:*GARZIA, Malena*");
  ui_click (app, "tab:Not the Same");
  ui_press (app, "list:Pairs that are not the same person > list item:*GARZIA, Malena* > button:Take Back*");
  ui_wait_gone (app, "list:Pairs that are not the same person > list item:*GARZIA, Malena*");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Duplicates");
}

/* Two charts that nobody found alike; one chart twice is none. */
static void
choose_same (UiApp *app)
{
  ui_press (app, "button:Merge Two Charts…");
  ui_wait (app, "window:Choose Two Charts");
  ui_wait (app, ":Find the chart that is kept.");
  ui_type (app, "garcia maria");
  ui_wait (app, "window:Choose Two Charts > list item:*GARCIA, Maria*");
  ui_keys (app, "Return");
  ui_wait (app, ":Find the chart that becomes part of it.");
  ui_type (app, "garcia maria");
  ui_wait (app, "window:Choose Two Charts > list item:*GARCIA, Maria*");
  ui_picture (app, "find-4-choice");
  ui_keys (app, "Return");
  ui_wait (app, "alert:This is one chart already*");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Choose Two Charts");
}

/* The record number of the newcomer, as the comparison asks for it. */
static char *
read_number (UiApp *app)
{
  g_autofree char *all = ui_everything (app);
  const char *asked = strstr (all, "record number that goes: ");
  g_assert_nonnull (asked);
  return g_strndup (asked + strlen ("record number that goes: "), 6);
}

static void
sign_second (UiApp *app)
{
  ui_wait_focus (app, "text box:Sign-in name of the second person");
  ui_type (app, "frontdesk");
  ui_keys (app, "Return");
  ui_type (app, "wrong");
  ui_keys (app, "Return");
  ui_wait (app, "window:A Second Person Signs > alert:*");
  ui_picture (app, "find-5-second");
  ui_enter (app, UI_PASSWORD);
  ui_wait_gone (app, "window:Merge Two Charts");
}

static void
find_gone (UiApp *app)
{
  ui_keys (app, "ctrl+k");
  ui_type (app, "garzia malena");
  ui_wait (app, "list item:*now GARCIA*");
  ui_picture (app, "find-7-now");
  ui_keys (app, "Escape");
}

static void
undo_merge (UiApp *app)
{
  ui_click (app, "tab:Merged");
  ui_press (app, "list:Merged charts > list item:*GARZIA, Malena* > button:Undo Merge…*");
  ui_press (app, "window:Undo this merge? > button:Undo Merge");
  ui_wait (app, "list:Merged charts > list item:*undone by*");
}

static void
test_merge (UiProgram *program)
{
  UiApp *app = program->app;
  register_twice (app);
  open_duplicates (app);
  choose_same (app);
  merge (app);
  g_autofree char *mrn = read_number (app);
  ui_enter (app, mrn);
  ui_fill (app, "text box:How do you know that both are one person?", "Same photo ID");
  ui_keys (app, "ctrl+Return");
  sign_second (app);
  ui_click (app, "tab:Merged");
  ui_wait (app, "list:Merged charts > list item:*GARZIA, Malena*");
  ui_picture (app, "find-6-merged");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Duplicates");
  find_gone (app);
  ui_keys (app, "F10");
  ui_press (app, "menu item:Duplicates…");
  ui_wait (app, "window:Duplicates");
  undo_merge (app);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/find/find", test_find, 200, "frontdesk" },
    { "/e2e/find/register", test_register, 200, "frontdesk" },
    { "/e2e/find/likely", test_likely, 20, "frontdesk" },
    { "/e2e/find/likely-asks", test_likely_asks, 20, "frontdesk" },
    { "/e2e/find/duplicate", test_duplicate_desk, 60, "frontdesk" },
    { "/e2e/find/merge", test_merge, 60, "admin" },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
