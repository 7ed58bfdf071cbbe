#include "src/ui/shell/recent.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define SCHEMA "org.chartroom.Chartroom"
#define KEY "practices"
#define MOST 9

/* ---- what is remembered ---- */

GSettings *
cr_recent_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  return schema != NULL && g_settings_schema_has_key (schema, KEY) ? g_settings_new (SCHEMA) : NULL;
}

void
cr_recent_note (GSettings *settings, const char *folder, const char *name)
{
  g_autoptr (GVariant) before = settings != NULL ? g_settings_get_value (settings, KEY) : NULL;
  GVariantBuilder after;
  const char *path, *called;
  GVariantIter iter;
  guint n = 1;
  if (before == NULL)
    return;
  g_variant_builder_init (&after, G_VARIANT_TYPE ("a(ss)"));
  g_variant_builder_add (&after, "(ss)", folder, name != NULL ? name : "");
  g_variant_iter_init (&iter, before);
  while (n < MOST && g_variant_iter_next (&iter, "(&s&s)", &path, &called)) {
    if (g_str_equal (path, folder))
      continue;
    g_variant_builder_add (&after, "(ss)", path, called);
    n++;
  }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&after));
}

char *
cr_recent_name (GSettings *settings, const char *folder)
{
  g_autoptr (GVariant) all = settings != NULL ? g_settings_get_value (settings, KEY) : NULL;
  const char *path, *name;
  GVariantIter iter;
  if (all == NULL || folder == NULL)
    return NULL;
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s)", &path, &name))
    if (g_str_equal (path, folder) && *name != '\0')
      return g_strdup (name);
  return NULL;
}

/* ---- any folder ---- */

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, CrWindow *window)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = g_file_get_path (file);
    cr_window_choose_practice (window, path);
  }
  g_object_unref (dialog);
}

static void
browse (CrWindow *window)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Open a Practice Folder"), GTK_WINDOW (window),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (folder_chosen_cb), window);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- the list ---- */

static CrWindow *
window_of (GtkWidget *inside)
{
  GtkRoot *dialog = gtk_widget_get_root (inside);
  return CR_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
}

static void
close_dialog (GtkWidget *inside)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (inside)));
}

static void
browse_cb (GtkWidget *button)
{
  CrWindow *window = window_of (button);
  close_dialog (button);
  browse (window);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row)
{
  CrWindow *window = window_of (GTK_WIDGET (list));
  g_autofree char *folder = g_strdup (g_object_get_data (G_OBJECT (row), "cr-folder"));
  close_dialog (GTK_WIDGET (list));
  cr_window_choose_practice (window, folder);
}

static GtkWidget *
make_row (const char *folder, const char *name)
{
  g_autofree char *base = g_path_get_basename (folder);
  const char *shown = *name != '\0' ? name : base;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *row;
  g_autofree char *spoken = g_strdup_printf ("%s, %s", shown, folder);
  gtk_box_append (GTK_BOX (line), cr_list_cell (shown, "strong", 0));
  gtk_box_append (GTK_BOX (line), cr_list_cell (folder, "caption", 0));
  row = cr_list_row (line, spoken);
  g_object_set_data_full (G_OBJECT (row), "cr-folder", g_strdup (folder), g_free);
  return row;
}

/* How many there are to choose from. */
static guint
fill (GtkListBox *list, const char *present)
{
  g_autoptr (GSettings) settings = cr_recent_settings ();
  g_autoptr (GVariant) all = settings != NULL ? g_settings_get_value (settings, KEY) : NULL;
  const char *path, *name;
  GVariantIter iter;
  guint n = 0;
  if (all == NULL)
    return 0;
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(&s&s)", &path, &name)) {
    if (g_strcmp0 (path, present) == 0 || !g_file_test (path, G_FILE_TEST_IS_DIR))
      continue;
    gtk_list_box_append (list, make_row (path, name));
    n++;
  }
  return n;
}

static GtkWidget *
make_bar (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *other = gtk_button_new_with_mnemonic (_ ("_Browse…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_set_hexpand (cancel, TRUE);
  gtk_widget_set_halign (cancel, GTK_ALIGN_START);
  gtk_widget_add_css_class (bar, "dialog-bar");
  g_signal_connect (other, "clicked", G_CALLBACK (browse_cb), NULL);
  gtk_box_append (GTK_BOX (bar), cancel);
  gtk_box_append (GTK_BOX (bar), other);
  return bar;
}

static gboolean
escape_cb (GtkWidget *dialog, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (dialog));
  return TRUE;
}

static void
present (CrWindow *window, GtkWidget *list)
{
  GtkWidget *dialog = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 480);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), make_bar ());
  gtk_window_set_child (GTK_WINDOW (dialog), box);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Open Another Practice"));
  gtk_window_set_default_size (GTK_WINDOW (dialog), 520, -1);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

void
cr_recent_choose (CrWindow *window, const char *chosen)
{
  GtkWidget *list = g_object_ref_sink (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Practices opened before"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_BROWSE);
  g_signal_connect (list, "row-activated", G_CALLBACK (activated_cb), NULL);
  if (fill (GTK_LIST_BOX (list), chosen) > 0)
    present (window, list);
  else
    browse (window);
  g_object_unref (list);
}
