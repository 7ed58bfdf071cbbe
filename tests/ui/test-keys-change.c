/* New keys and new recovery sheets: by keys alone, by pointer, paused behind a lock and stopped; and that
 * what is given up half-way changes nothing. */
#include "program.h"
#include <glib/gstdio.h>
#include <string.h>

#define DIALOG "window:Change the Keys > "

/* Without a window manager keys go where the pointer is. */
static void
look (UiApp *app, const char *picture, const char *back)
{
  ui_picture (app, picture);
  ui_click (app, back);
}

static void
open_keys (UiApp *app)
{
  ui_keys (app, "F10");
  ui_press (app, "menu item:Practice and People…");
  ui_wait (app, "window:Practice and People");
  ui_press (app, "tab:Keys and Recovery Sheet");
  ui_wait (app, "window:Practice and People > status:The keys *");
}

/* The print dialog's own printer, a file; from the button that prints until the person says what became of
 * it. The end of the code, read from that paper. */
static char *
print_sheet (UiProgram *program)
{
  UiApp *app = program->app;
  g_autofree char *sheet = g_build_filename (program->practice.home, "recovery-sheet.pdf", NULL),
                  *group = NULL;
  ui_wait_focus (app, "button:Print Recovery Sheet*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "window:Recovery Sheet > button:Print…");
  ui_keys (app, "Return");
  ui_click (app, "dialog:* > row:* > label:Print to File");
  ui_keys (app, "alt+p");
  ui_wait_gone (app, "window:Recovery Sheet");
  ui_wait (app, "alert:The sheet lies in a file*");
  ui_wait_focus (app, "checkbox:I have printed it*");
  group = ui_read_last_group (sheet);
  g_remove (sheet);
  return g_steal_pointer (&group);
}

/* Where GTK prints to. */
static UiApp *
start (UiProgram *program, const char *const *wrapper)
{
  g_assert_cmpint (g_chdir (program->practice.home), ==, 0);
  return ui_program_start (program, wrapper, "admin");
}

static void
expect_paper_checked (UiApp *app, const char *group)
{
  g_autofree char *lower = g_ascii_strdown (group, -1);
  ui_keys (app, "space Tab");
  ui_wait_focus (app, "text box:Last group on the paper");
  ui_keys (app, "Return");
  ui_wait (app, "label:Type the last five characters*");
  ui_enter (app, "00000");
  ui_wait (app, "label:This is not the end of the code*");
  ui_picture (app, "keys-3-wrong-group");
  ui_fill (app, "text box:Last group on the paper", lower);
}

static void
expect_changed (UiApp *app)
{
  ui_wait (app, "button:Sign In");
  ui_wait (app, "alert:The keys of this practice were changed. Sign in with your usual password*");
}

/* Given up at each step, by Escape. */
static void
give_up (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "alt+c");
  ui_wait_focus (app, DIALOG "text box:Reason*");
  look (app, "keys-1-reason", DIALOG "label:Step 1 of 3*");
  ui_keys (app, "Return");
  ui_wait (app, "label:Say why this is done*");
  ui_keys (app, "Escape");
  ui_wait (app, "window:Practice and People > status:Nothing was changed.");
  ui_keys (app, "alt+c");
  ui_wait_focus (app, DIALOG "text box:Reason*");
  ui_type (app, "a try");
  ui_keys (app, "Return");
  g_free (print_sheet (program));
  ui_keys (app, "Escape");
  ui_wait (app, "window:Practice and People > status:Nothing was changed. The sheet*destroy it*");
}

/* By a lock, which takes the window away: told at the next sign-in. */
static void
lock_away (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "alt+c");
  ui_wait_focus (app, DIALOG "text box:Reason*");
  ui_type (app, "another try");
  ui_keys (app, "Return");
  g_free (print_sheet (program));
  ui_lock (app);
  ui_sign_in (app, "admin");
  ui_wait (app, ":*The recovery sheet that was printed opens nothing*");
  open_keys (app);
}

static void
change_sheet (UiProgram *program)
{
  UiApp *app = program->app;
  ui_keys (app, "alt+n");
  ui_wait_focus (app, "window:New Recovery Sheet > text box:Reason*");
  ui_type (app, "the old one is lost");
  ui_keys (app, "Return");
  g_autofree char *group = print_sheet (program);
  expect_paper_checked (app, group);
  ui_keys (app, "Return");
  ui_wait (app, "window:Practice and People > status:The new recovery sheet is in force*");
  ui_wait (app, "status:*The recovery sheet in force was made on Nov 23, 2026*");
}

static void
test_keys (UiProgram *program)
{
  g_autofree char *place = g_build_filename (program->practice.base, "disk", NULL);
  g_autofree char *former = g_strdup_printf ("label:*%s/*", place);
  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  g_free (ui_practice_ask (&program->practice, "admin", "backup", (const char *[]){ place, NULL }));
  UiApp *app = start (program, NULL);
  open_keys (app);
  ui_wait (app, "status:1 backup was taken so far*");
  g_assert_false (ui_sees (app, former));
  ui_wait (app, "status:The keys are those of the set-up*");
  ui_picture (app, "keys-0-pane");
  give_up (program);
  lock_away (program);
  change_sheet (program);
  ui_keys (app, "alt+c");
  ui_wait_focus (app, DIALOG "text box:Reason*");
  ui_type (app, "a disk was lost");
  ui_keys (app, "Return");
  g_autofree char *group = print_sheet (program);
  look (app, "keys-2-sheet", DIALOG "label:Step 2 of 3*");
  expect_paper_checked (app, group);
  ui_keys (app, "Return");
  expect_changed (app);
  ui_picture (app, "keys-5-changed");
  ui_sign_in (app, "admin");
  open_keys (app);
  ui_wait (app, "status:The keys were last changed on Nov 23, 2026*");
  ui_wait (app, "status:1 backup still opens with the passwords from before*");
  ui_wait (app, former);
  ui_picture (app, "keys-6-after");
}

/* ---- by pointer, after somebody left ---- */

static void
take_access_away (UiApp *app)
{
  ui_keys (app, "F10");
  ui_press (app, "menu item:Practice and People…");
  ui_click (app, "list item:*frontdesk*");
  ui_click (app, "window:Practice and People > button:Take Away Access*");
  ui_click (app, "window:Take away access from* > button:Take Away Access");
  ui_wait (app, "status:Whoever kept a copy*");
  ui_picture (app, "keys-7-advice");
}

static void
test_pointer (UiProgram *program)
{
  UiApp *app = start (program, NULL);
  take_access_away (app);
  ui_click (app, "window:Practice and People > button:Change the Keys…");
  ui_wait_text (app, DIALOG "text box:Reason*", "Removed *");
  ui_click (app, DIALOG "button:Continue");
  g_autofree char *group = print_sheet (program);
  ui_click (app, DIALOG "checkbox:I have printed it*");
  ui_fill (app, DIALOG "text box:Last group on the paper", group);
  ui_click (app, DIALOG "button:Change the Keys");
  expect_changed (app);
  g_autofree char *audit = ui_practice_ask (&program->practice, "admin", "audit",
                                            (const char *[]){ "--action", "rotation", NULL });
  g_assert_nonnull (strstr (audit, "epoch 1 to 2: Removed "));
}

/* ---- while it runs ---- */

/* Each write takes a while, as on a slow disk with much on it. */
static const char *const SLOW[] = {
  "strace",    "-f", "--seccomp-bpf", "-e", "trace=pwrite64", "-e", "inject=pwrite64:delay_enter=10000", "-o",
  "/dev/null", NULL
};

static void
test_pause (UiProgram *program)
{
  UiApp *app = start (program, SLOW);
  open_keys (app);
  ui_keys (app, "alt+c");
  ui_wait_focus (app, DIALOG "text box:Reason*");
  ui_type (app, "a try");
  ui_keys (app, "Return");
  g_autofree char *group = print_sheet (program);
  ui_keys (app, "space Tab");
  ui_type (app, group);
  ui_keys (app, "Return");
  ui_wait_focus (app, DIALOG "button:Pause");
  ui_keys (app, "space");
  ui_wait (app, DIALOG "status:Paused. Nothing is changed yet.");
  look (app, "keys-4-paused", DIALOG "label:Step 3 of 3*");
  ui_lock (app);
  ui_sign_in (app, "admin");
  open_keys (app);
  ui_keys (app, "alt+w");
  ui_wait_focus (app, DIALOG "button:Resume");
  ui_keys (app, "Escape");
  ui_wait (app, DIALOG "alert:Nothing was changed. The sheet*destroy it*");
  look (app, "keys-4-stopped", DIALOG "label:The keys are as they were");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Change the Keys");
  ui_wait (app, "window:Practice and People > button:Change the Keys…");
}

/* ---- changed by somebody else ---- */

static void
begin_note (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+n");
  ui_wait (app, "text box:Subjective");
}

/* Who is writing lands at the sign-in page, and finds what was typed. */
static void
test_elsewhere (UiProgram *program)
{
  g_autofree char *sheet = g_build_filename (program->practice.home, "elsewhere.pdf", NULL);
  const char *rotate[] = { "--reason", "a disk was lost", "--recovery-sheet", sheet, NULL };
  UiApp *app = ui_program_start (program, NULL, "doctor");
  begin_note (app);
  ui_fill (app, "text box:Subjective", "Typed while the keys were changed.");
  g_free (ui_practice_ask (&program->practice, "admin", "rotate", rotate));
  expect_changed (app);
  ui_sign_in (app, "doctor");
  begin_note (app);
  ui_wait_text (app, "text box:Subjective", "Typed while the keys were changed.");
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/keys-change/keys", test_keys, 20, NULL },
    { "/e2e/keys-change/pointer", test_pointer, 20, NULL },
    { "/e2e/keys-change/pause", test_pause, 20, NULL },
    { "/e2e/keys-change/elsewhere", test_elsewhere, 20, NULL },
  };
  ui_excuse_leaks ();
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
