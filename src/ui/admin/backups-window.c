#include "src/ui/admin/backups-window.h"
#include "src/ui/admin/backups-history.h"
#include "chartroom/session/backups.h"
#include <glib/gi18n.h>

enum { LOOK_SECONDS = 5 /* whether a disk was connected meanwhile */ };

struct _CrBackupsWindow {
  GtkWindow parent;
  GtkImage *health_icon;
  GtkLabel *health_label, *words_label, *message;
  GtkButton *take_button, *stop_button, *add_button, *prove_button;
  GtkBox *run_box;
  GtkProgressBar *progress;
  GtkListBox *places_list;
  GtkStack *history_stack;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  CrWindow *window; /* transient for it */
  CrBackups *backups;
  guint timer;
  gboolean proving; /* the run was begun by that button */
};

G_DEFINE_FINAL_TYPE (CrBackupsWindow, cr_backups_window, GTK_TYPE_WINDOW)

/* ---- showing ---- */

static void
show_health (CrBackupsWindow *self)
{
  g_autofree char *sentence = NULL;
  int health;
  g_object_get (self->backups, "sentence", &sentence, "health", &health, NULL);
  const char *css[] = { health == CR_BACKUP_HEALTH_OK ? "success" : "warning", NULL };
  const char *title[] = { "page-title", css[0], NULL };
  gtk_label_set_label (self->health_label, sentence != NULL ? sentence : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->health_label), title);
  gtk_widget_set_css_classes (GTK_WIDGET (self->health_icon), css);
  gtk_image_set_from_icon_name (self->health_icon,
                                health == CR_BACKUP_HEALTH_OK ? "cr-done-symbolic" : "cr-warning-symbolic");
}

static void
say (CrBackupsWindow *self, const char *text, gboolean wrong)
{
  const char *css[] = { wrong ? "critical" : NULL, NULL };
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_css_classes (GTK_WIDGET (self->message), css);
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

static void
show_outcome (CrBackupsWindow *self)
{
  g_autofree char *outcome = NULL;
  gboolean failed;
  g_object_get (self->backups, "outcome", &outcome, "failed", &failed, NULL);
  say (self, outcome, failed);
}

static void
show_words (CrBackupsWindow *self)
{
  g_autofree char *words = NULL;
  double fraction;
  g_object_get (self->backups, "words", &words, "fraction", &fraction, NULL);
  gtk_label_set_label (self->words_label, words != NULL ? words : _ ("Beginning …"));
  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static gboolean
is_running (CrBackupsWindow *self)
{
  gboolean running;
  g_object_get (self->backups, "running", &running, NULL);
  return running;
}

/* Buttons that can do nothing now look so. */
static void
refresh_buttons (CrBackupsWindow *self)
{
  gboolean running = is_running (self);
  guint places = g_list_model_get_n_items (cr_backups_get_places (self->backups));
  guint taken = g_list_model_get_n_items (cr_backups_get_list (self->backups));
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_button), !running && places > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->prove_button), !running && taken > 0);
  gtk_stack_set_visible_child_name (self->history_stack, taken > 0 ? "list" : "empty");
}

/* The focus goes from the button that began to Stop, and back; what else has it keeps it. */
static void
running_cb (CrBackupsWindow *self)
{
  gboolean running = is_running (self);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean moves = focus == NULL || focus == GTK_WIDGET (self->stop_button) ||
                   focus == GTK_WIDGET (self->take_button) || focus == GTK_WIDGET (self->prove_button);
  if (running)
    self->proving = focus == GTK_WIDGET (self->prove_button);
  gtk_widget_set_visible (GTK_WIDGET (self->run_box), running);
  refresh_buttons (self);
  show_words (self);
  if (moves)
    gtk_widget_grab_focus (GTK_WIDGET (running         ? self->stop_button
                                       : self->proving ? self->prove_button
                                                       : self->take_button));
}

/* Closed, or gone with a lock, before the answer came. */
static gboolean
is_gone (CrBackupsWindow *self)
{
  return self->backups == NULL;
}

/* ---- places ---- */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrBackupsWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (is_gone (self))
    return;
  say (self, done ? _ ("No more backups go there. Those in it stay.") : error->message, !done);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}

static void
remove_cb (CrBackupsWindow *self, GtkButton *button)
{
  const CrId *target = g_object_get_data (G_OBJECT (button), "cr-target");
  cr_backups_remove_place_async (self->backups, *target, removed_cb, g_object_ref (self));
}

static char *
describe_place (const CrBackupPlace *place)
{
  if (place->target->device == NULL)
    return g_strdup (place->connected ? _ ("Connected") : _ ("Not connected"));
  return g_strdup (place->connected ? _ ("Removable disk, connected") : _ ("Removable disk, not connected"));
}

static GtkWidget *
make_line (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_words (const CrBackupPlace *place)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *state = describe_place (place);
  GtkWidget *line = make_line (state, "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words),
                  make_line (place->folder != NULL ? place->folder : place->target->folder, "strong"));
  if (!place->connected)
    gtk_widget_add_css_class (line, "warning");
  gtk_box_append (GTK_BOX (words), line);
  if (place->same_disk) {
    line = make_line (_ ("On the same disk as the practice: if it breaks, both are lost. Add another place."),
                      "caption");
    gtk_widget_add_css_class (line, "warning");
    gtk_box_append (GTK_BOX (words), line);
  }
  return words;
}

static GtkWidget *
make_place_cb (gpointer item, gpointer self)
{
  const CrBackupPlace *place = cr_row_peek (item);
  const char *folder = place->folder != NULL ? place->folder : place->target->folder;
  g_autofree char *state = describe_place (place);
  g_autofree char *row_name = g_strdup_printf ("%s, %s", folder, state);
  g_autofree char *button_name = g_strdup_printf (_ ("Remove %s"), folder);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Remove"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Send no more backups there; those in it stay"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, button_name, -1);
  g_object_set_data_full (G_OBJECT (button), "cr-target",
                          g_memdup2 (&place->target->id, sizeof place->target->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), make_words (place));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "place");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE); /* its button is what can be done here */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, row_name, -1);
  return row;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrBackupsWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (is_gone (self))
    return;
  say (self, done ? _ ("Added. Press Back Up Now, or wait for today's backup.") : error->message, !done);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, CrBackupsWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
    if (path != NULL)
      cr_backups_add_place_async (self->backups, path, added_cb, g_object_ref (self));
  }
  g_object_unref (dialog);
}

static void
add_cb (CrBackupsWindow *self)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Choose a Folder for Backups"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Send Backups There"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- doing ---- */

/* What comes of it is said by the outcome; what does not even begin is said here. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrBackupsWindow) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error) && !is_gone (self))
    say (self, error->message, TRUE);
}

static void
take_cb (CrBackupsWindow *self)
{
  cr_backups_take_async (self->backups, asked_cb, g_object_ref (self));
}

static void
stop_cb (CrBackupsWindow *self)
{
  gtk_label_set_label (self->words_label, _ ("Stopping …"));
  cr_backups_stop (self->backups);
}

static void
prove_cb (CrBackupsWindow *self)
{
  CrRow *row = gtk_single_selection_get_selected_item (self->selection);
  if (row != NULL && !is_running (self))
    cr_backups_prove_async (self->backups, cr_row_get_id (row), asked_cb, g_object_ref (self));
}

static gboolean
look_cb (gpointer self)
{
  cr_backups_look (CR_BACKUPS_WINDOW (self)->backups);
  return G_SOURCE_CONTINUE;
}

/* ---- class ---- */

static void
cr_backups_window_dispose (GObject *object)
{
  CrBackupsWindow *self = CR_BACKUPS_WINDOW (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->backups);
  G_OBJECT_CLASS (cr_backups_window_parent_class)->dispose (object);
}

static void
cr_backups_window_class_init (CrBackupsWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_backups_window_dispose;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/backups-window.ui");
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, health_icon);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, health_label);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, words_label);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, message);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, take_button);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, stop_button);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, add_button);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, prove_button);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, run_box);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, progress);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, places_list);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, history_stack);
  gtk_widget_class_bind_template_child (widget, CrBackupsWindow, view);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_backups_window_init (CrBackupsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->take_button, "clicked", G_CALLBACK (take_cb), self);
  g_signal_connect_swapped (self->stop_button, "clicked", G_CALLBACK (stop_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->prove_button, "clicked", G_CALLBACK (prove_cb), self);
}

static void
watch (CrBackupsWindow *self, gpointer what, const char *signal, void (*func) (CrBackupsWindow *))
{
  g_signal_connect_object (what, signal, G_CALLBACK (func), self, G_CONNECT_SWAPPED);
}

static void
attach (CrBackupsWindow *self)
{
  GListModel *list = cr_backups_get_list (self->backups), *places = cr_backups_get_places (self->backups);
  self->selection = gtk_single_selection_new (g_object_ref (list));
  cr_backups_history_add_columns (self->view, cr_session_get_clock (cr_window_get_session (self->window)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_list_box_bind_model (self->places_list, places, make_place_cb, self, NULL);
  watch (self, list, "items-changed", refresh_buttons);
  watch (self, places, "items-changed", refresh_buttons);
  watch (self, self->backups, "notify::sentence", show_health);
  watch (self, self->backups, "notify::words", show_words);
  watch (self, self->backups, "notify::fraction", show_words);
  watch (self, self->backups, "notify::outcome", show_outcome);
  watch (self, self->backups, "notify::running", running_cb);
}

void
cr_backups_window_present (CrWindow *window)
{
  CrBackupsWindow *self = g_object_new (CR_TYPE_BACKUPS_WINDOW, "transient-for", window, NULL);
  self->window = window;
  self->backups = g_object_ref (cr_window_get_backups (window));
  attach (self);
  show_health (self);
  show_outcome (self);
  refresh_buttons (self);
  cr_backups_look (self->backups);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
  gtk_window_present (GTK_WINDOW (self));
  running_cb (self);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->take_button)) && !is_running (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}
