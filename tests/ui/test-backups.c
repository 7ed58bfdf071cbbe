/* An administrator sends backups somewhere, takes one, and sees that it is proven; everybody else sees only
 * how the backups stand.  By keys alone. */
#include "program.h"
#include <glib/gstdio.h>

static char *
make_place (UiPractice *practice)
{
  char *place = g_build_filename (practice->base, "disk", NULL);
  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  return place;
}

static void
open_window (UiApp *app)
{
  ui_keys (app, "F10");
  ui_press (app, "menu item:Backups…");
  ui_wait_focus (app, "window:Backups > button:Add a Place…");
}

/* GTK's own folder chooser: a slash begins a path. */
static void
choose_folder (UiApp *app, const char *folder)
{
  ui_press (app, "button:Add a Place…");
  ui_wait (app, ":Choose a Folder for Backups");
  ui_type (app, folder);
  ui_keys (app, "Return");
  ui_wait_gone (app, ":Choose a Folder for Backups");
}

/* Without a window manager keys go where the pointer is. */
static void
enter (UiApp *app)
{
  ui_click (app, "window:Backups > label:Backups taken");
}

static void
take (UiApp *app)
{
  ui_wait (app, "window:Backups > label:No backup yet. Choose a place*");
  enter (app);
  ui_keys (app, "alt+b");
  ui_wait (app, "window:Backups > status:Backed up and proven.");
  ui_wait (app, "window:Backups > status:Backup OK, today*");
  ui_wait (app, "window:Backups > row:Nov 23, 2026*Restored and verified 10:*");
}

/* The newest is chosen. */
static void
prove_again (UiApp *app)
{
  enter (app);
  ui_keys (app, "alt+p");
  ui_wait (app, "window:Backups > status:Restored and checked: the backup is proven.");
}

/* A menu item that is there and not grey. */
static gboolean
is_offered (const UiNode *node, const char *name)
{
  if (g_str_equal (node->role, "menu item") && g_str_equal (node->name, name))
    return ui_is (node, UI_SENSITIVE);
  for (guint i = 0; i < node->children->len; i++)
    if (is_offered (node->children->pdata[i], name))
      return TRUE;
  return FALSE;
}

static void
look_as_doctor (UiApp *app)
{
  ui_lock (app);
  g_assert_false (ui_sees (app, "status:Backup OK*"));
  ui_sign_in (app, "doctor");
  ui_wait (app, "status:Backup OK, today*");
  ui_keys (app, "F10");
  ui_wait (app, "menu item:About Chartroom");
  g_assert_false (is_offered (ui_tree (app), "Backups…"));
  g_assert_true (is_offered (ui_tree (app), "About Chartroom"));
}

static void
test_take (UiProgram *program)
{
  UiApp *app = program->app;
  g_autofree char *place = make_place (&program->practice);
  g_autofree char *row = g_strdup_printf ("window:Backups > list item:%s*", place);
  ui_wait (app, "status:No backup yet");
  open_window (app);
  ui_picture (app, "backups-0-none");
  choose_folder (app, program->practice.folder);
  ui_wait (app, "status:*belongs to the practice itself*");
  choose_folder (app, place);
  ui_wait (app, row);
  take (app);
  ui_picture (app, "backups-1-taken");
  prove_again (app);
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Backups");
  ui_picture (app, "backups-2-status");
  look_as_doctor (app);
}

int
main (int argc, char **argv)
{
  static const UiTest TESTS[] = {
    { "/e2e/backups/take", test_take, 20, "admin" },
  };
  ui_excuse_leaks ();
  return ui_run_tests (argc, argv, TESTS, G_N_ELEMENTS (TESTS));
}
