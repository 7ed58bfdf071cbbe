#include "src/ui/shell/app.h"
#include "src/ui/shell/inner-names.h"
#include "src/ui/shell/recent.h"
#include "src/ui/shell/window.h"
#include "chartroom/clinical/knowledge.h"
#include <glib/gi18n.h>
#include <glib-unix.h>
#include <locale.h>

typedef struct {
  const char *const *data_dirs;
  char *folder; /* practice to open; owned */
  char *clock;  /* --clock YYYY-MM-DDTHH:MM: starts there and runs on; for tours and demonstrations */
  CrWindow *window;
  CrSession *session;
  GSettings *settings;
} App;

static CrKnowledge *
load_knowledge (const char *const *dirs)
{
  for (guint i = 0; dirs[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *dir = g_build_filename (dirs[i], "knowledge", NULL);
    CrKnowledge *knowledge = g_file_test (dir, G_FILE_TEST_IS_DIR) ? cr_knowledge_load (dir, &error) : NULL;
    if (knowledge != NULL)
      return knowledge;
  }
  return NULL;
}

static CrClock *
make_clock (const char *start)
{
  CrDate date;
  int hour = 0, minute = 0;
  g_auto (GStrv) parts = start != NULL ? g_strsplit (start, "T", 2) : NULL;
  if (parts == NULL || !cr_date_from_iso (parts[0], &date))
    return cr_clock_new_system (NULL);
  if (parts[1] != NULL && sscanf (parts[1], "%d:%d", &hour, &minute) != 2)
    return cr_clock_new_system (NULL);
  return cr_clock_new_from (date, hour * 60 + minute, NULL);
}

/* The folder's path and the name on the practice's door; never anything else of its content. */
static void
remember_practice (App *app, CrSession *session)
{
  const CrPractice *practice = cr_session_get_practice (session);
  g_autofree char *path = g_canonicalize_filename (cr_session_get_folder (session), NULL);
  if (app->settings == NULL)
    return;
  g_settings_set_string (app->settings, "last-practice", path);
  cr_recent_note (app->settings, path, practice != NULL ? practice->name : NULL);
}

static void
restore_size (App *app)
{
  int width, height;
  if (app->settings == NULL)
    return;
  g_settings_get (app->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (app->window), width, height);
  if (g_settings_get_boolean (app->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (app->window));
}

/* The practice is closed while its forms still stand, so that what was typed in them is kept. */
static gboolean
close_cb (GtkWindow *window, App *app)
{
  int width, height;
  cr_session_close (app->session);
  if (app->settings == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set (app->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (app->settings, "window-maximized", gtk_window_is_maximized (window));
  return GDK_EVENT_PROPAGATE;
}

static void
state_cb (CrSession *session, GParamSpec *spec, App *app)
{
  if (cr_session_get_state (session) == CR_SESSION_OPEN)
    remember_practice (app, session);
}

static void
activate_cb (GtkApplication *gtk, App *app)
{
  g_autoptr (CrKnowledge) knowledge = NULL;
  g_autoptr (CrClock) clock = NULL;
  if (app->window != NULL) {
    gtk_window_present (GTK_WINDOW (app->window));
    return;
  }
  knowledge = load_knowledge (app->data_dirs);
  clock = make_clock (app->clock);
  app->session = cr_session_new (clock, knowledge, "chartroom");
  g_signal_connect (app->session, "notify::state", G_CALLBACK (state_cb), app);
  app->window = cr_window_new (gtk, app->session);
  app->settings = cr_recent_settings ();
  g_signal_connect (app->window, "close-request", G_CALLBACK (close_cb), app);
  restore_size (app);
  if (app->folder == NULL && app->settings != NULL)
    app->folder = g_settings_get_string (app->settings, "last-practice");
  if (app->folder != NULL && g_file_test (app->folder, G_FILE_TEST_IS_DIR))
    cr_window_choose_practice (app->window, app->folder);
  gtk_window_present (GTK_WINDOW (app->window));
}

static int
command_line_cb (GApplication *gtk, GApplicationCommandLine *line, App *app)
{
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (line, NULL);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_variant_dict_lookup (options, "clock", "s", &app->clock);
  if (arguments[0] != NULL && arguments[1] != NULL)
    app->folder = g_canonicalize_filename (arguments[1], NULL);
  g_application_activate (gtk);
  return 0;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer gtk)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (gtk));
  if (window != NULL)
    gtk_window_close (window);
  g_application_quit (G_APPLICATION (gtk));
}

static gboolean
terminated_cb (gpointer gtk)
{
  g_application_quit (G_APPLICATION (gtk));
  return G_SOURCE_REMOVE;
}

static void
startup_cb (GtkApplication *gtk, App *app)
{
  static const GActionEntry ACTIONS[] = { { "quit", quit_cb, NULL, NULL, NULL, { 0 } } };
  g_action_map_add_action_entries (G_ACTION_MAP (gtk), ACTIONS, G_N_ELEMENTS (ACTIONS), gtk);
  gtk_application_set_accels_for_action (gtk, "app.quit", (const char *const[]){ "<Control>q", NULL });
  gtk_window_set_default_icon_name ("org.chartroom.Chartroom");
  cr_inner_names_follow ();
  g_unix_signal_add (SIGTERM, terminated_cb, gtk);
  g_unix_signal_add (SIGINT, terminated_cb, gtk);
}

/* Quit, SIGTERM: drafts are flushed and the practice is closed before the program ends. */
static void
shutdown_cb (GtkApplication *gtk, App *app)
{
  if (app->session != NULL)
    cr_session_close (app->session);
}

int
cr_app_run (int argc, char **argv, const char *const *data_dirs)
{
  App app = { .data_dirs = data_dirs };
  int status;
  g_autoptr (GtkApplication) gtk = gtk_application_new (
      "org.chartroom.Chartroom", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  g_application_add_main_option (G_APPLICATION (gtk), "clock", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING,
                                 _ ("Start at this time (demonstrations)"), "YYYY-MM-DDTHH:MM");
  g_application_set_option_context_parameter_string (G_APPLICATION (gtk), _ ("[PRACTICE FOLDER]"));
  g_signal_connect (gtk, "startup", G_CALLBACK (startup_cb), &app);
  g_signal_connect (gtk, "command-line", G_CALLBACK (command_line_cb), &app);
  g_signal_connect (gtk, "activate", G_CALLBACK (activate_cb), &app);
  g_signal_connect (gtk, "shutdown", G_CALLBACK (shutdown_cb), &app);
  status = g_application_run (G_APPLICATION (gtk), argc, argv);
  g_clear_object (&app.session);
  g_clear_object (&app.settings);
  g_free (app.folder);
  g_free (app.clock);
  return status;
}
