/* Choosing among the open charts by name: which one to go to (Ctrl+O), and which one to put away for a fifth.
 */
#include "src/ui/shell/window-private.h"
#include <glib/gi18n.h>

typedef struct { /* where to go when a chart was put away */
  CrId patient;
  char *section, *hint;
} Next;

static void
next_free (gpointer data)
{
  Next *next = data;
  g_free (next->section);
  g_free (next->hint);
  g_free (next);
}

static CrWindow *
window_of (GtkWidget *dialog)
{
  return CR_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
}

static gboolean
escape_cb (GtkWidget *dialog, GVariant *arguments, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
  return TRUE;
}

static void
close_on_escape (GtkWidget *dialog)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
}

static void
go_cb (GtkListBox *list, GtkListBoxRow *row, GtkWidget *dialog)
{
  CrWindow *self = window_of (dialog);
  CrId patient = cr_chart_get_patient_id (cr_chart_of_row (row));
  gtk_window_destroy (GTK_WINDOW (dialog));
  cr_window_navigate (self, CR_PAGE_CHART, patient, CR_SECTION_SUMMARY, NULL, "open-charts");
}

static void
put_away_cb (GtkListBox *list, GtkListBoxRow *row, GtkWidget *dialog)
{
  CrWindow *self = window_of (dialog);
  Next *next = g_object_steal_data (G_OBJECT (dialog), "cr-next");
  cr_window_put_away (self, cr_chart_of_row (row));
  gtk_window_destroy (GTK_WINDOW (dialog));
  cr_window_navigate (self, CR_PAGE_CHART, next->patient, next->section, next->hint, "search");
  next_free (next);
}

static GtkWidget *
make_list (CrWindow *self, const char *label)
{
  GtkWidget *list = gtk_list_box_new ();
  for (guint i = 0; i < self->charts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         cr_chart_row_new (self->charts->pdata[i], self->charts->pdata[i] == self->chart,
                                           self->hidden, FALSE));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return list;
}

/* chosen: GtkListBox::row-activated with the dialog. */
static GtkWidget *
present_picker (CrWindow *self, const char *title, const char *text, GCallback chosen)
{
  GtkWidget *dialog = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *list = make_list (self, title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (box, "dialog-body");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), list);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_set_default_size (GTK_WINDOW (dialog), 420, -1);
  gtk_window_set_child (GTK_WINDOW (dialog), box);
  close_on_escape (dialog);
  g_signal_connect (list, "row-activated", chosen, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
  return dialog;
}

void
cr_window_choose_chart (CrWindow *self)
{
  present_picker (self, _ ("Open Charts"), _ ("Which chart do you want to see?"), G_CALLBACK (go_cb));
}

void
cr_window_ask_put_away (CrWindow *self, CrId patient, const char *section, const char *hint)
{
  GtkWidget *dialog = present_picker (
      self, _ ("Put a Chart Away"),
      _ ("Four charts are open. Which one shall be put away?\nDrafts are kept; nothing is lost."),
      G_CALLBACK (put_away_cb));
  Next *next = g_new0 (Next, 1);
  next->patient = patient;
  next->section = g_strdup (section);
  next->hint = g_strdup (hint);
  g_object_set_data_full (G_OBJECT (dialog), "cr-next", next, next_free);
}
