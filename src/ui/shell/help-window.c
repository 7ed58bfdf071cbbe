#include "src/ui/shell/help-window.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/help-text.h"
#include "src/ui/shell/shortcuts-window.h"
#include <glib/gi18n.h>

struct _CrHelpWindow {
  GtkWindow parent;
  GtkSearchEntry *search_entry;
  GtkListBox *topics_list;
  GtkLabel *title, *text, *none_label;
  GtkBox *keys_box;
  GtkScrolledWindow *scroll;
};

G_DEFINE_FINAL_TYPE (CrHelpWindow, cr_help_window, GTK_TYPE_WINDOW)

/* "‹Ctrl+K›" in bold, all else as it is. */
static char *
markup_of (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autoptr (GString) markup = g_string_new (escaped);
  g_string_replace (markup, "‹", "<b>", 0);
  g_string_replace (markup, "›", "</b>", 0);
  return g_string_free (g_steal_pointer (&markup), FALSE);
}

static void
show_keys (CrHelpWindow *self, const CrHelpTopic *topic)
{
  GtkWidget *old = gtk_widget_get_first_child (GTK_WIDGET (self->keys_box));
  GtkWidget *keys = topic->where[0] != NULL ? cr_shortcuts_list_new (topic->where) : NULL;
  if (old != NULL)
    gtk_box_remove (self->keys_box, old);
  if (keys != NULL)
    gtk_box_append (self->keys_box, keys);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_box), keys != NULL);
}

static guint
topic_of (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "cr-topic"));
}

static void
selected_cb (CrHelpWindow *self, GtkListBoxRow *row)
{
  const CrHelpTopic *topic = row != NULL ? cr_help_topic (topic_of (row)) : NULL;
  g_autofree char *markup = topic != NULL ? markup_of (_ (topic->text)) : NULL;
  g_autofree char *title = topic != NULL ? g_strdup_printf (_ ("Help: %s"), _ (topic->title)) : NULL;
  if (topic == NULL)
    return;
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->title, _ (topic->title));
  gtk_label_set_markup (self->text, markup);
  show_keys (self, topic);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer self)
{
  return cr_help_matches (topic_of (row),
                          gtk_editable_get_text (GTK_EDITABLE (CR_HELP_WINDOW (self)->search_entry)));
}

/* The first one that fits is shown, unless the one that is shown fits. */
static void
search_cb (CrHelpWindow *self)
{
  GtkListBoxRow *shown = gtk_list_box_get_selected_row (self->topics_list), *first = NULL;
  gtk_list_box_invalidate_filter (self->topics_list);
  for (int i = (int)cr_help_count () - 1; i >= 0; i--) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->topics_list, i);
    if (filter_cb (row, self))
      first = row;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->none_label), first == NULL);
  if (first != NULL && (shown == NULL || !filter_cb (shown, self)))
    gtk_list_box_select_row (self->topics_list, first);
}

static GtkWidget *
make_row (guint i)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (_ (cr_help_topic (i)->title));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "place");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "cr-topic", GUINT_TO_POINTER (i));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (cr_help_topic (i)->title), -1);
  return row;
}

/* Before the search field takes it. */
static void
close_on_escape (CrHelpWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
cr_help_window_class_init (CrHelpWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (CR_TYPE_ONE_STOP);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/help-window.ui");
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, search_entry);
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, topics_list);
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, title);
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, text);
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, none_label);
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, keys_box);
  gtk_widget_class_bind_template_child (widget, CrHelpWindow, scroll);
}

static void
cr_help_window_init (CrHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < cr_help_count (); i++)
    gtk_list_box_append (self->topics_list, make_row (i));
  gtk_list_box_set_filter_func (self->topics_list, filter_cb, self, NULL);
  g_signal_connect_swapped (self->topics_list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->search_entry, "changed", G_CALLBACK (search_cb), self);
  close_on_escape (self);
}

void
cr_help_window_present (GtkWindow *over, guint topic)
{
  CrHelpWindow *self =
      g_object_new (CR_TYPE_HELP_WINDOW, "transient-for", over, "modal", gtk_window_get_modal (over), NULL);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->topics_list, (int)topic);
  gtk_list_box_select_row (self->topics_list, row);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
