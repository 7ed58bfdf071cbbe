#include "src/ui/shell/inner-names.h"
#include <glib/gi18n.h>
#include <gtk/gtk.h>

/* The first label below that is on the screen: what is chosen. */
static GtkWidget *
find_label (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  for (; child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

static void
name_drop_down (GtkWidget *drop_down, GtkWidget *button)
{
  g_autoptr (GList) labels = gtk_widget_list_mnemonic_labels (drop_down);
  gpointer label = labels != NULL ? labels->data : drop_down, chosen = find_label (button);
  if (chosen != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                    chosen, NULL, -1);
  else
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                    -1);
}

/* Its arrows stand in one row: month back and forth, year back and forth. */
static void
name_arrows (GtkWidget *first)
{
  const char *const names[] = { _ ("Previous month"), _ ("Next month"), _ ("Previous year"),
                                _ ("Next year") };
  guint i = 0;
  for (GtkWidget *each = first; each != NULL && i < G_N_ELEMENTS (names);
       each = gtk_widget_get_next_sibling (each))
    if (GTK_IS_BUTTON (each))
      gtk_accessible_update_property (GTK_ACCESSIBLE (each), GTK_ACCESSIBLE_PROPERTY_LABEL, names[i++], -1);
}

static void
focus_cb (GtkWindow *window, GParamSpec *spec, gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *holder = focus != NULL && GTK_IS_BUTTON (focus) ? gtk_widget_get_parent (focus) : NULL;
  if (holder == NULL)
    return;
  if (GTK_IS_DROP_DOWN (holder))
    name_drop_down (holder, focus);
  else if (gtk_widget_get_parent (holder) != NULL && GTK_IS_CALENDAR (gtk_widget_get_parent (holder)))
    name_arrows (gtk_widget_get_first_child (holder));
}

static void
windows_cb (GListModel *windows, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    g_signal_handlers_disconnect_by_func (window, focus_cb, NULL); /* the list may move what it has */
    g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
  }
}

void
cr_inner_names_follow (void)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_cb), NULL);
}
