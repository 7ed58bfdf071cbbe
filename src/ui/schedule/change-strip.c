#include "src/ui/schedule/change-strip.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/session/book-steps.h"
#include <glib/gi18n.h>

struct _CrChangeStrip {
  GtkWidget parent;
  GtkWidget *root, *undo_button;
  GtkLabel *newest_label;
  GtkMenuButton *all_button;
  GtkListBox *list;
  CrWindow *window; /* borrowed: the strip stands in it */
  GListModel *steps;
  gboolean bound; /* the list shows them */
};

G_DEFINE_FINAL_TYPE (CrChangeStrip, cr_change_strip, GTK_TYPE_WIDGET)

/* ---- undoing one step ---- */

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (window, _ ("Undone"), _ ("Redo"), "win.redo");
  else
    cr_window_show_error (window, error);
}

static void
undo_cb (GtkButton *button, CrChangeStrip *self)
{
  const CrId *step = g_object_get_data (G_OBJECT (button), "cr-step");
  if (step == NULL)
    return;
  gtk_menu_button_popdown (self->all_button);
  cr_session_undo_step_async (cr_window_get_session (self->window), *step, undone_cb,
                              g_object_ref (self->window));
}

static void
aim (GtkWidget *button, const CrStep *step)
{
  g_autofree char *spoken = g_strdup_printf (_ ("Undo: %s"), step->label);
  g_object_set_data_full (G_OBJECT (button), "cr-step", g_memdup2 (&step->id, sizeof step->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* ---- what is said ---- */

static char *
describe (const CrStep *step)
{
  g_autofree char *time = cr_minute_format (step->minute);
  g_autofree char *what =
      step->change != NULL ? g_strdup_printf ("%s: %s", step->label, step->change) : g_strdup (step->label);
  return step->undone ? g_strdup_printf (_ ("%s  %s  %s – undone"), time, step->by, what)
                      : g_strdup_printf ("%s  %s  %s", time, step->by, what);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrChangeStrip *self = data;
  const CrStep *step = cr_row_peek (item);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *time = cr_minute_format (step->minute), *spoken = describe (step);
  GtkWidget *label = cr_list_cell (step->label, step->undone ? "struck" : "value", 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), cr_list_cell (time, "caption", 9));
  gtk_box_append (GTK_BOX (line), cr_list_cell (step->by, "caption", 14));
  gtk_box_append (GTK_BOX (text), label);
  if (step->change != NULL)
    gtk_box_append (GTK_BOX (text), cr_list_cell (step->change, "caption", 0));
  gtk_box_append (GTK_BOX (line), text);
  if (step->undone) {
    gtk_box_append (GTK_BOX (line), cr_list_cell (_ ("Undone"), "caption", 0));
  } else if (step->own) {
    GtkWidget *button = gtk_button_new_with_label (_ ("Undo"));
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    aim (button, step);
    g_signal_connect (button, "clicked", G_CALLBACK (undo_cb), self);
    gtk_box_append (GTK_BOX (line), button);
  }
  return cr_list_row (line, spoken);
}

static void
show_newest (CrChangeStrip *self, guint n)
{
  g_autoptr (CrRow) row = n > 0 ? g_list_model_get_item (self->steps, 0) : NULL;
  const CrStep *step = row != NULL ? cr_row_peek (row) : NULL;
  g_autofree char *text = step != NULL ? describe (step) : g_strdup ("");
  gboolean undoable = step != NULL && step->own && !step->undone;
  gtk_label_set_label (self->newest_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->newest_label), text);
  gtk_widget_set_visible (self->undo_button, undoable);
  if (undoable)
    aim (self->undo_button, step);
}

/* What is not shown is not in the tree of assistive technology, either. */
static void
bind (CrChangeStrip *self, gboolean on)
{
  if (self->bound == on)
    return;
  self->bound = on;
  if (on)
    gtk_list_box_bind_model (self->list, self->steps, make_row_cb, self, NULL);
  else
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
}

static void
show (CrChangeStrip *self)
{
  guint n = self->steps != NULL ? g_list_model_get_n_items (self->steps) : 0;
  g_autofree char *all = g_strdup_printf (ngettext ("%u Change Today", "%u Changes Today", n), n);
  gboolean shown = n > 0 && !cr_window_is_private (self->window);
  if (!shown)
    gtk_menu_button_popdown (self->all_button);
  bind (self, shown);
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  gtk_menu_button_set_label (self->all_button, all);
  show_newest (self, shown ? n : 0);
}

/* ---- class ---- */

static void
cr_change_strip_dispose (GObject *object)
{
  CrChangeStrip *self = CR_CHANGE_STRIP (object);
  cr_change_strip_forget (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_CHANGE_STRIP);
  G_OBJECT_CLASS (cr_change_strip_parent_class)->dispose (object);
}

static void
cr_change_strip_class_init (CrChangeStripClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_change_strip_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/change-strip.ui");
  gtk_widget_class_bind_template_child (widget, CrChangeStrip, root);
  gtk_widget_class_bind_template_child (widget, CrChangeStrip, newest_label);
  gtk_widget_class_bind_template_child (widget, CrChangeStrip, undo_button);
  gtk_widget_class_bind_template_child (widget, CrChangeStrip, all_button);
  gtk_widget_class_bind_template_child (widget, CrChangeStrip, list);
}

static void
cr_change_strip_init (CrChangeStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect (self->undo_button, "clicked", G_CALLBACK (undo_cb), self);
}

/* ---- public ---- */

void
cr_change_strip_set_up (CrChangeStrip *self, CrWindow *window)
{
  self->window = window;
  self->steps = cr_book_steps_new (cr_window_get_session (window));
  g_signal_connect_swapped (self->steps, "items-changed", G_CALLBACK (show), self);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
cr_change_strip_forget (CrChangeStrip *self)
{
  if (self->steps == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->steps, self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  bind (self, FALSE);
  g_clear_object (&self->steps);
}
