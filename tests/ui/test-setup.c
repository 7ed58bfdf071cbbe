/* A new practice: what is wrong is said beside its field and keeps the typed text, left half-way nothing is
 * kept, and nothing goes on before the recovery sheet is on paper and proven from there.  By keys alone. */
#include "program.h"
#include <glib/gstdio.h>

#define GROUP "text box:Last group on the paper"

static const char PASSWORD[] = "seven quiet lamps burning";

static void
begin (UiApp *app)
{
  ui_press (app, "button:Set Up a New Practice*");
  ui_wait_focus (app, "window:Set Up* > text box:Name");
}

/* From one field to the next, each as a person would: Tab, then what is typed. */
static void
type_fields (UiApp *app, const char *const *texts)
{
  for (; *texts != NULL; texts++) {
    ui_keys (app, "ctrl+a BackSpace");
    if (**texts != '\0')
      ui_type (app, *texts);
    ui_keys (app, "Tab");
  }
}

static void
refuse_practice (UiApp *app)
{
  static const char *const WRONG[] = { "",   "1 Elm St", "Salem", "Oregonia", "123", "555",
                                       "12", "1",        "",      "",         NULL };
  type_fields (app, WRONG);
  ui_enter (app, "/nonexistent");
  ui_wait (app, "label:The practice needs a name*");
  ui_wait (app, "label:There is no such folder*");
  ui_picture (app, "setup-1-refused");
  ui_wait_text (app, "text box:State", "Oregonia");
  ui_wait (app, "label:*NPI*");
  ui_wait_text (app, "text box:ZIP", "123");
  ui_wait_text (app, "text box:Phone", "555");
  ui_wait_focus (app, "text box:Name");
}

/* Typing goes into the list at once, and Enter takes the only one that fits. */
static void
find_zone (UiApp *app)
{
  ui_press (app, "button:Time zone");
  ui_wait_focus (app, ":Find a time zone");
  ui_type (app, "pacif");
  ui_wait (app, "list item:Pacific Time*");
  ui_type (app, " ang");
  ui_picture (app, "setup-1-zone");
  ui_keys (app, "Return");
  ui_wait_gone (app, ":Find a time zone");
  ui_wait (app, "label:Pacific Time – Los Angeles*");
  ui_keys (app, "Tab");
  ui_wait_focus (app, "text box:Keep it in");
}

static void
give_practice (UiApp *app, const char *place)
{
  const char *right[] = { "Elm Row", "1 Elm St", "Salem", "Oregon", "97301", "503 555 0100",
                          "",        "",         "", /* NPI, tax ID */
                          "",                        /* the computer's time zone */
                          NULL };
  type_fields (app, right);
  ui_enter (app, place);
}

static void
give_administrator (UiApp *app)
{
  const char *const admin[] = { "Adminson", "Ada", "", "ada", "", PASSWORD, NULL };
  ui_wait_focus (app, "window:Set Up* > text box:Family name");
  ui_keys (app, "Return");
  ui_wait (app, "label:A family name is needed*");
  ui_wait_focus (app, "text box:Family name");
  type_fields (app, admin);
  ui_type (app, "seven quiet lamp");
  ui_keys (app, "Return");
  ui_wait (app, "label:The two passwords differ*");
  ui_wait_focus (app, ":Password again");
  ui_picture (app, "setup-2-refused");
  ui_enter (app, PASSWORD);
  ui_wait_focus (app, "button:Print Recovery Sheet*");
}

static gboolean
is_gone (UiApp *app, gpointer folder)
{
  return !g_file_test (folder, G_FILE_TEST_EXISTS);
}

static void
leave_half_way (UiApp *app, const char *folder)
{
  ui_wait (app, "button:Print Recovery Sheet*");
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
  ui_picture (app, "setup-3-recovery");
  ui_keys (app, "alt+a"); /* Cancel Set-up */
  ui_wait_gone (app, "window:Set Up*");
  ui_until (app, is_gone, (gpointer)folder, "nothing is left of the practice");
  ui_wait (app, "status:*nothing was kept*");
  ui_wait (app, "button:Set Up a New Practice*");
  ui_picture (app, "setup-3-left");
}

static void
test_wrong (UiProgram *program)
{
  UiApp *app;
  g_autofree char *folder = NULL, *kept = NULL;
  folder = g_build_filename (program->practice.home, "elm-row.practice", NULL);
  kept = g_build_filename (folder, "note", NULL);
  app = ui_program_start (program, NULL, NULL);
  ui_wait (app, "button:Sign In");
  begin (app);
  refuse_practice (app);
  give_practice (app, "/proc"); /* nothing can be made there */
  ui_wait (app, "label:Nothing can be written there*");
  g_assert_false (ui_sees (app, "label:The practice needs a name*")); /* corrected, it is gone */
  ui_wait_focus (app, "text box:Keep it in");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept, "mine", 4, NULL));
  find_zone (app);
  ui_enter (app, program->practice.home);
  ui_wait (app, "label:*is there already*");
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
test_half_way (UiProgram *program)
{
  UiApp *app;
  g_autofree char *folder = NULL;
  folder = g_build_filename (program->practice.home, "elm-row.practice", NULL);
  app = ui_program_start (program, NULL, NULL);
  ui_wait (app, "button:Sign In");
  begin (app);
  give_practice (app, program->practice.home);
  give_administrator (app);
  leave_half_way (app, folder);
  begin (app);
  give_practice (app, program->practice.home);
  give_administrator (app);
  ui_keys (app, "ctrl+shift+l"); /* and a lock leaves nothing without a way in, either */
  ui_until (app, is_gone, folder, "nothing is left of the practice");
  ui_wait (app, "button:Set Up a New Practice*");
}

/* Without a window manager keys go where the pointer is. */
static void
look_at (UiApp *app, const char *picture, const char *heading)
{
  ui_picture (app, picture);
  ui_click (app, heading);
}

static void
look (UiApp *app, const char *picture)
{
  look_at (app, picture, "window:Set Up* > label:The recovery sheet");
}

/* The print dialog's own printer: a file, not for all to read.  The end of the code, read from that paper. */
static char *
print_sheet (UiProgram *program)
{
  UiApp *app = program->app;
  g_autofree char *sheet = g_build_filename (program->practice.home, "recovery-sheet.pdf", NULL), *pdf = NULL;
  GStatBuf info;
  ui_wait_focus (app, "button:Print Recovery Sheet*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "button:Print…");
  ui_picture (app, "setup-3-sheet");
  ui_keys (app, "Return");
  ui_click (app, "dialog:* > row:* > label:Print to File");
  ui_picture (app, "setup-3-print");
  ui_keys (app, "alt+p");
  ui_wait_gone (app, "window:Recovery Sheet");
  ui_wait (app, ":The sheet lies in a file: print it*");
  look (app, "setup-3-printed");
  ui_wait_focus (app, "checkbox:I have printed it*");
  g_assert_cmpint (g_stat (sheet, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (sheet, &pdf, NULL, NULL));
  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  g_autofree char *group = ui_read_last_group (sheet);
  g_remove (sheet);
  return g_steal_pointer (&group);
}

/* An empty group, and that of another paper: what was typed stays, and so does the page. */
static void
refuse_group (UiApp *app)
{
  ui_keys (app, "space Tab");
  ui_wait_focus (app, GROUP);
  ui_keys (app, "Return");
  ui_wait (app, "label:Type the last five characters*");
  ui_enter (app, "0l0l0");
  ui_wait (app, "label:This is not the end of the code*");
  ui_wait_text (app, GROUP, "0l0l0");
  ui_wait_focus (app, GROUP);
  look (app, "setup-3-wrong-group");
  ui_wait_focus (app, GROUP);
  g_assert_true (ui_sees (app, "window:Set Up – Step 2 of 8"));
}

/* As it was typed from the paper: small letters, a hyphen from the line. */
static void
prove_sheet (UiProgram *program)
{
  g_autofree char *group = print_sheet (program), *small = g_ascii_strdown (group, -1);
  g_autofree char *typed = g_strconcat ("-", small, NULL);
  refuse_group (program->app);
  ui_keys (program->app, "ctrl+a BackSpace");
  ui_type (program->app, typed);
  g_assert_false (ui_sees (program->app, "label:This is not the end of the code*"));
  ui_picture (program->app, "setup-3-proven");
  ui_keys (program->app, "Return");
}

/* Somebody added by mistake. */
static void
add_and_remove (UiApp *app)
{
  const char *const nobody[] = {
    "Wrong", "Wanda", "", "wanda", "", "four other plain words", "four other plain words", NULL
  };
  ui_click (app, "window:Set Up* > text box:Given name");
  ui_keys (app, "shift+Tab");
  type_fields (app, nobody);
  ui_press (app, "button:Add This Person");
  ui_press (app, "button:Remove Wanda Wrong");
  ui_wait_focus (app, "window:Remove Wanda Wrong? > button:Keep"); /* a second click in its place keeps her */
  ui_press (app, "window:Remove Wanda Wrong? > button:Remove");
  ui_wait (app, ":Taken off the list*");
  ui_wait_gone (app, "button:Remove Wanda Wrong");
}

static void
add_people (UiApp *app)
{
  const char *const doctor[] = {
    "Quill", "Petra", "MD", "petra", "1234567893", "four other plain words", "four other plain words", NULL
  };
  ui_wait_focus (app, "window:Set Up* > text box:Family name");
  ui_picture (app, "setup-4-people");
  add_and_remove (app);
  ui_click (app, "window:Set Up* > text box:Given name"); /* without a window manager keys go where it is */
  ui_keys (app, "shift+Tab");
  type_fields (app, doctor);
  ui_press (app, "button:Continue"); /* not yet added: it is not lost */
  ui_wait (app, ":The person in the form is not added*");
  ui_press (app, "button:Add This Person");
  ui_wait (app, "label:1 person added.");
  ui_wait_gone (app, ":The person in the form is not added*");
  ui_wait (app, "label:Petra Quill, MD*petra*Doctor*");
  ui_wait (app, "button:Remove Petra Quill, MD");
  ui_picture (app, "setup-4-added");
  ui_press (app, "button:Continue");
}

/* Where GTK prints to; at the page of the sheet. */
static UiApp *
begin_sheet (UiProgram *program)
{
  g_assert_cmpint (g_chdir (program->practice.home), ==, 0);
  UiApp *app = ui_program_start (program, NULL, NULL);
  ui_wait (app, "button:Sign In");
  begin (app);
  give_practice (app, program->practice.home);
  give_administrator (app);
  return app;
}

/* Once it is printed the practice stays, whoever leaves then or is locked out on the way to the printer: it
 * is said that nobody proved the paper. */
static void
test_unproven (UiProgram *program)
{
  UiApp *app = begin_sheet (program);
  g_free (print_sheet (program));
  ui_keys (app, "ctrl+shift+l");
  ui_wait_gone (app, "window:Set Up*");
  ui_wait_focus (app, ":Password");
  ui_enter (app, PASSWORD);
  ui_wait (app, "search box:Search patients*");
  ui_wait (app, "alert:The recovery sheet was not checked*");
  ui_picture (app, "setup-3-unproven");
}

static void
test_finish_later (UiProgram *program)
{
  UiApp *app = begin_sheet (program);
  g_free (print_sheet (program));
  ui_keys (app, "alt+e"); /* Finish Later */
  ui_wait_gone (app, "window:Set Up*");
  ui_wait (app, "alert:The recovery sheet was not checked*");
}

static void
give_hours (UiApp *app)
{
  ui_wait_focus (app, "text box:Monday");
  ui_fill (app, "text box:Monday", "nine to five");
  ui_keys (app, "Return");
  ui_wait (app, "label:*is not a time*");
  ui_wait_focus (app, "text box:Monday");
  look_at (app, "setup-5-hours", "window:Set Up* > label:Hours of every*");
  ui_enter (app, "9a-12p, 1p-5p");
  ui_wait (app, "window:Set Up – Step 5 of 8");
  ui_wait_focus (app, "button:Choose a Logo*");
  look_at (app, "setup-6-letterhead", "window:Set Up* > label:Letterhead and printers");
}

/* Left, it is said where it stands, also to who signs in later; and it goes on there. */
static void
leave_and_go_on (UiApp *app)
{
  ui_keys (app, "alt+e"); /* Finish Later */
  ui_wait_gone (app, "window:Set Up*");
  ui_wait (app, "status:*not finished: step 5 of 8, Letterhead*");
  ui_keys (app, "ctrl+shift+l");
  ui_wait_focus (app, ":Password");
  ui_enter (app, PASSWORD);
  ui_wait (app, "status:*not finished: step 5 of 8, Letterhead*");
  ui_picture (app, "setup-6-left");
  ui_press (app, "button:Go On with the Set-Up");
  ui_wait_focus (app, "window:Set Up – Step 5 of 8 > button:Choose a Logo*");
  ui_click (app, "window:Set Up* > label:Letterhead and printers");
  ui_keys (app, "alt+b"); /* what was given before is there */
  ui_wait_text (app, "window:Set Up* > text box:Monday", "9:00 AM–12:00 PM, 1:00 PM–5:00 PM");
  ui_keys (app, "alt+c");
  ui_wait_focus (app, "window:Set Up – Step 5 of 8 > button:Choose a Logo*");
}

static void
give_defaults (UiApp *app)
{
  ui_keys (app, "alt+c");
  ui_wait (app, "window:Set Up – Step 6 of 8");
  look_at (app, "setup-7-defaults", "window:Set Up* > label:How measurements*");
  ui_keys (app, "alt+c");
  ui_wait (app, "window:Set Up – Step 7 of 8");
  ui_wait_focus (app, "button:Import Charts*");
  look_at (app, "setup-8-data", "window:Set Up* > label:Nothing has to be done*");
  ui_keys (app, "alt+c");
}

static void
take_backup (UiProgram *program)
{
  UiApp *app = program->app;
  g_autofree char *place = g_build_filename (program->practice.home, "copies", NULL);
  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  ui_wait (app, "window:Set Up – Step 8 of 8");
  ui_wait_focus (app, "text box:Send backups to");
  ui_enter (app, "/nonexistent");
  ui_wait (app, "label:*not*folder*");
  ui_keys (app, "ctrl+a BackSpace");
  ui_enter (app, place);
  ui_wait (app, "label:*the first one is made and proven*");
  look_at (app, "setup-9-finish", "window:Set Up* > label:A backup is taken*");
  ui_keys (app, "alt+o");
}

static void
test_practice (UiProgram *program)
{
  UiApp *app = begin_sheet (program);
  prove_sheet (program);
  add_people (app);
  give_hours (app);
  leave_and_go_on (app);
  give_defaults (app);
  take_backup (program);
  ui_wait_gone (app, "window:Set Up*");
  ui_wait_gone (app, "status:*not finished*");
  ui_picture (app, "setup-10-open");
}

/* Nobody types into fields that go nowhere. */
static void
test_no_practice (UiProgram *program)
{
  char *folder = g_steal_pointer (&program->practice.folder);
  UiApp *app = ui_program_start (program, NULL, NULL);
  program->practice.folder = folder;
  ui_wait_focus (app, "button:Set Up a New Practice*");
  ui_picture (app, "setup-0-none");
  ui_click (app, "text box:Name");
  ui_type (app, "ada");
  ui_keys (app, "Return");
  ui_wait (app, "alert:No practice is chosen yet*");
  ui_wait_focus (app, "button:Set Up a New Practice*");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/setup/no-practice", test_no_practice, 20, NULL },
    { "/e2e/setup/wrong", test_wrong, 20, NULL },
    { "/e2e/setup/half-way", test_half_way, 20, NULL },
    { "/e2e/setup/unproven", test_unproven, 20, NULL },
    { "/e2e/setup/finish-later", test_finish_later, 20, NULL },
    { "/e2e/setup/practice", test_practice, 20, NULL },
  };
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
