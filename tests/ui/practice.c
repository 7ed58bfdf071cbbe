#include "practice.h"
#include <glib/gstdio.h>

#define DAY "2026-11-23"
#define NOW DAY "T10:34"

static char *
make_folder (const UiPractice *self, const char *name)
{
  char *path = g_build_filename (self->base, name, NULL);
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

/* No blinking, and without being told otherwise no animations: what is asked for is there at once, and stays
 * as it is.  GTK leaks a date each time it looks for recent files that are too old: none is. */
static void
write_settings (const UiPractice *self, gboolean animated)
{
  gboolean dark = g_strcmp0 (g_getenv ("CHARTROOM_TOUR_LOOK"), "dark") == 0;
  g_autofree char *text = g_strdup_printf (
      "[Settings]\ngtk-enable-animations=%d\ngtk-cursor-blink=0\ngtk-font-name=Noto Sans 10\n"
      "gtk-recent-files-max-age=-1\n"
      "gtk-application-prefer-dark-theme=%d\n",
      animated, dark);
  g_autofree char *folder = g_build_filename (self->home, "config", "gtk-4.0", NULL);
  g_autofree char *file = g_build_filename (folder, "settings.ini", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
}

/* Home, temporary files and settings of the program lie in the test's own folder: nothing of the tester's own
 * is touched, and a search for leaks finds all of them. */
static char **
environment_of (const UiPractice *self)
{
  static const char *const CONSTANT[] = {
    "GSK_RENDERER=cairo",       "GDK_BACKEND=x11",
    "GDK_DEBUG=gl-disable",     "GTK_THEME",
    "GSETTINGS_BACKEND=memory", "CUPS_SERVER=/nonexistent/cups.sock",
    "LC_ALL=C.UTF-8",           "LANGUAGE",
    "TZ=America/Los_Angeles",   "GTK_USE_PORTAL=0",
  };
  g_autofree char *config = g_build_filename (self->home, "config", NULL);
  g_autofree char *data = g_build_filename (self->home, "data", NULL);
  g_autofree char *cache = g_build_filename (self->home, "cache", NULL);
  g_autofree char *state = g_build_filename (self->home, "state", NULL);
  g_autofree char *knowledge = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "data", NULL);
  char **environment = g_get_environ ();
  for (guint i = 0; i < G_N_ELEMENTS (CONSTANT); i++) {
    g_auto (GStrv) pair = g_strsplit (CONSTANT[i], "=", 2);
    environment = pair[1] != NULL ? g_environ_setenv (environment, pair[0], pair[1], TRUE)
                                  : g_environ_unsetenv (environment, pair[0]);
  }
  environment = g_environ_setenv (environment, "HOME", self->home, TRUE);
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", config, TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", data, TRUE);
  environment = g_environ_setenv (environment, "XDG_CACHE_HOME", cache, TRUE);
  environment = g_environ_setenv (environment, "XDG_STATE_HOME", state, TRUE);
  environment = g_environ_setenv (environment, "TMPDIR", self->temporary, TRUE);
  if (self->cups != NULL)
    environment = g_environ_setenv (environment, "CUPS_SERVER", self->cups, TRUE);
  if (self->locales != NULL) {
    environment = g_environ_setenv (environment, "LOCPATH", self->locales, TRUE);
    environment = g_environ_setenv (environment, "CHARTROOM_LOCALE_DIR", self->locales, TRUE);
    environment = g_environ_setenv (environment, "LC_ALL", "xx_XX.UTF-8", TRUE);
  }
  if (g_getenv ("CHARTROOM_PROGRAM_ASAN_OPTIONS") != NULL) /* the program's, not its driver's */
    environment =
        g_environ_setenv (environment, "ASAN_OPTIONS", g_getenv ("CHARTROOM_PROGRAM_ASAN_OPTIONS"), TRUE);
  return g_environ_setenv (environment, "CHARTROOM_DATA_DIR", knowledge, TRUE);
}

/* Its standard output; it is not the test's, which is TAP. */
static char *
run_ctl (UiPractice *self, const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = environment_of (self);
  g_autofree char *problem = NULL;
  char *output = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &output, &problem, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("chartroomctl %s: %s", argv[1], problem);
  return output;
}

/* One that is ready, whatever the test asked for: the same tasks in a large practice. */
static void
copy_practice (UiPractice *self, const char *ready)
{
  const char *argv[] = { "cp", "-R", ready, self->folder, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
make_practice (UiPractice *self, guint patients)
{
  g_autofree char *count = g_strdup_printf ("%u", patients);
  const char *argv[] = { g_getenv ("CHARTROOM_CTL"),
                         "demo",
                         self->folder,
                         "--patients",
                         count,
                         "--seed",
                         "1",
                         "--date",
                         DAY,
                         "--fast-kdf",
                         "--password-file",
                         self->password,
                         NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_file_set_contents_full (self->password, UI_PASSWORD "\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  if (g_getenv ("CHARTROOM_UI_PRACTICE") != NULL)
    copy_practice (self, g_getenv ("CHARTROOM_UI_PRACTICE"));
  else
    output = run_ctl (self, argv);
}

void
ui_practice_set_up (UiPractice *self, guint patients)
{
  const char *tour = g_getenv ("CHARTROOM_TOUR_OUT");
  g_autoptr (GError) error = NULL;
  *self = (UiPractice){ .began = g_get_real_time () / G_USEC_PER_SEC };
  self->base = g_dir_make_tmp ("chartroom-ui-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (self->base, "maple-street.practice", NULL);
  self->password = g_build_filename (self->base, "password", NULL);
  self->home = make_folder (self, "home");
  self->temporary = make_folder (self, "tmp");
  self->pictures = tour != NULL ? g_strdup (tour) : make_folder (self, "pictures");
  write_settings (self, FALSE);
  make_practice (self, patients);
}

void
ui_practice_animate (UiPractice *self)
{
  write_settings (self, TRUE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

void
ui_practice_tear_down (UiPractice *self)
{
  remove_tree (self->base);
  g_free (self->base);
  g_free (self->folder);
  g_free (self->password);
  g_free (self->home);
  g_free (self->temporary);
  g_free (self->pictures);
  g_free (self->cups);
  g_free (self->locales);
}

/* "xx" is the C locale by another name, so that a catalogue is looked for, and ours has every text between ⟦
 * and ⟧. */
void
ui_practice_speak_pseudo (UiPractice *self)
{
  static const char SCRIPT[] =
      "cp -r /usr/lib/locale/C.utf8 \"$1/xx_XX.utf8\" && "
      "sh \"$2/tests/tools/pseudo-locale.sh\" \"$2\" \"$1/xx/LC_MESSAGES/chartroom.mo\"";
  const char *argv[] = { "sh", "-c", SCRIPT, "sh", NULL, g_getenv ("CHARTROOM_SOURCE"), NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  self->locales = make_folder (self, "locales");
  argv[4] = self->locales;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

UiApp *
ui_practice_start (UiPractice *self, const char *const *wrapper)
{
  g_auto (GStrv) environment = environment_of (self);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  for (; wrapper != NULL && *wrapper != NULL; wrapper++)
    g_ptr_array_add (argv, (gpointer)*wrapper);
  g_ptr_array_add (argv, (gpointer)g_getenv ("CHARTROOM_PROGRAM"));
  g_ptr_array_add (argv, (gpointer) "--clock");
  g_ptr_array_add (argv, (gpointer)NOW);
  g_ptr_array_add (argv, self->folder);
  g_ptr_array_add (argv, NULL);
  return ui_start ((const char *const *)argv->pdata, (const char *const *)environment, self->pictures);
}

void
ui_sign_in (UiApp *app, const char *login)
{
  ui_wait (app, "button:Sign In");
  ui_fill (app, "text box:Name", login);
  ui_keys (app, "Return");
  ui_wait_focus (app, ":Password");
  ui_type (app, UI_PASSWORD);
  ui_keys (app, "Return");
  ui_wait (app, "search box:Search patients or type a command");
}

void
ui_lock (UiApp *app)
{
  ui_keys (app, "ctrl+shift+l");
  ui_wait_focus (app, ":Password"); /* alone on the lock page */
}

static void
search (UiApp *app, const char *words, const char *patient)
{
  g_autofree char *row = g_strdup_printf ("list item:%s*, MRN *", patient);
  ui_keys (app, "ctrl+k");
  ui_wait_focus (app, "search box:Search patients*");
  ui_type (app, words);
  ui_wait_selected (app, row);
}

void
ui_command (UiApp *app, const char *words, const char *patient)
{
  search (app, words, patient);
  ui_keys (app, "Return");
}

void
ui_open_chart (UiApp *app, const char *words, const char *patient)
{
  g_autofree char *window = g_strdup_printf ("window:%s* – Chart", patient);
  search (app, words, patient);
  ui_keys (app, "ctrl+Return");
  ui_wait (app, window);
}

char *
ui_practice_ask (UiPractice *self, const char *login, const char *command, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (gpointer)g_getenv ("CHARTROOM_CTL"));
  g_ptr_array_add (argv, (gpointer)command);
  g_ptr_array_add (argv, self->folder);
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, (gpointer)*arguments);
  g_ptr_array_add (argv, (gpointer) "--user");
  g_ptr_array_add (argv, (gpointer)login);
  g_ptr_array_add (argv, (gpointer) "--password-file");
  g_ptr_array_add (argv, self->password);
  g_ptr_array_add (argv, NULL);
  return run_ctl (self, (const char *const *)argv->pdata);
}

char *
ui_practice_find_mrn (UiPractice *self, const char *name)
{
  g_autofree char *found = ui_practice_ask (self, "frontdesk", "find", (const char *[]){ name, NULL });
  g_autoptr (GRegex) mrn = g_regex_new ("\\b[0-9]{6}\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_true (g_regex_match (mrn, found, 0, &match));
  return g_match_info_fetch (match, 0);
}

char *
ui_read_last_group (const char *sheet)
{
  const char *argv[] = { "pdftotext", "-layout", sheet, "-", NULL };
  g_autoptr (GRegex) groups = g_regex_new ("(?:[0-9A-Z]{5}[-\\s]+){7}([0-9A-Z]{5})", 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_regex_match (groups, text, 0, &found));
  return g_match_info_fetch (found, 1);
}
