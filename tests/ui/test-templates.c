/* Every template of ui/ becomes a widget without a warning, and is gone when its owner lets go of it. */
#include "src/ui/shell/window.h"
#include <string.h>

static GtkApplication *application;

static char *
class_of (const char *path)
{
  g_autofree char *text = NULL;
  const char *at, *end;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  at = strstr (text, "<template class=\"");
  if (at == NULL)
    return NULL;
  at += strlen ("<template class=\"");
  end = strchr (at, '"');
  return g_strndup (at, (gsize)(end - at));
}

static void
gone_cb (gpointer data, GObject *where)
{
  *(gboolean *)data = TRUE;
}

static void
run_loop (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Where such a widget stands: nowhere, in a list, at another widget, in a window. */
static GtkWidget *
give_place (GtkWidget *widget)
{
  GtkWidget *window = GTK_IS_WINDOW (widget) ? widget : gtk_window_new ();
  GtkWidget *place = GTK_IS_LIST_BOX_ROW (widget) ? gtk_list_box_new () : gtk_box_new (0, 0);
  g_object_ref_sink (place);
  if (GTK_IS_LIST_BOX_ROW (widget))
    gtk_list_box_append (GTK_LIST_BOX (place), widget);
  else if (GTK_IS_POPOVER (widget))
    gtk_widget_set_parent (widget, place);
  else if (widget != window)
    gtk_box_append (GTK_BOX (place), widget);
  if (widget != window)
    gtk_window_set_child (GTK_WINDOW (window), place);
  g_object_unref (place);
  return window;
}

/* Shown, then closed as the desktop would. */
static void
live_and_let_go (GtkWidget *widget)
{
  GtkWidget *window = give_place (widget);
  gtk_window_present (GTK_WINDOW (window));
  run_loop ();
  if (GTK_IS_POPOVER (widget))
    gtk_widget_unparent (widget);
  gtk_window_destroy (GTK_WINDOW (window));
  run_loop ();
}

/* The main window alone cannot be without a session. */
static GtkWidget *
make (GType type)
{
  g_autoptr (CrClock) clock = NULL;
  g_autoptr (CrSession) session = NULL;
  if (type != CR_TYPE_WINDOW)
    return g_object_new (type, NULL);
  clock = cr_clock_new_system (NULL);
  session = cr_session_new (clock, NULL, "test");
  return GTK_WIDGET (cr_window_new (application, session));
}

static void
test_template (gconstpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  GType type = gtk_builder_get_type_from_name (builder, data);
  gboolean gone = FALSE;
  GtkWidget *widget;
  g_assert_true (g_type_is_a (type, GTK_TYPE_WIDGET));
  widget = make (type);
  g_object_weak_ref (G_OBJECT (widget), gone_cb, &gone);
  live_and_let_go (widget);
  if (!gone)
    g_error ("%s lives on: somebody still holds it.", (const char *)data);
}

static guint
add_templates (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *class_name = g_str_has_suffix (name, ".ui") ? class_of (path) : NULL;
    g_autofree char *test = g_strdup_printf ("/templates/%s", class_name);
    n += add_templates (path);
    if (class_name == NULL)
      continue;
    g_test_add_data_func_full (test, g_steal_pointer (&class_name), test_template, g_free);
    n++;
  }
  return n;
}

int
main (int argc, char **argv)
{
  int status;
  g_autofree char *folder = g_build_filename (g_getenv ("CHARTROOM_SOURCE"), "ui", NULL);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display here\n");
    return 0;
  }
  application = gtk_application_new ("org.chartroom.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_assert_cmpuint (add_templates (folder), >, 40);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
