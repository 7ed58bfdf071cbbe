#include "src/ui/schedule/tray-view.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/session/holding-tray.h"
#include <glib/gi18n.h>
#include <math.h>

#define DRAG_BEGINS 6 /* pixels */

struct _CrTrayView {
  GtkWidget parent;
  GtkWidget *root, *hint_label, *scroller;
  GtkLabel *title_label;
  GtkListBox *list;
  CrWindow *window; /* borrowed: the view stands in it */
  GListModel *visits;
  CrId dragged;
};

enum { PLACE, DRAG, DRAG_END, TAKE_OUT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrTrayView, cr_tray_view, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static void
take_out_cb (GtkButton *button, CrTrayView *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  g_autoptr (CrRow) item =
      row != NULL
          ? g_list_model_get_item (self->visits, (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)))
          : NULL;
  if (item != NULL)
    g_signal_emit (self, signals[TAKE_OUT], 0, (gint64)cr_row_get_id (item));
}

static GtkWidget *
make_take_out (CrTrayView *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *spoken = g_strdup_printf (_ ("Take %s out of the tray; the visit stays booked"), name);
  gtk_widget_set_tooltip_text (button, _ ("Out of the tray; the visit stays booked where it is (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (take_out_cb), self);
  return button;
}

static GtkWidget *
make_text (const CrVisit *visit, const char *name, const char *where)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *head = g_strdup_printf ("%s  %s", visit->type_code != NULL ? visit->type_code : "", name);
  g_autofree char *still = g_strdup_printf (_ ("still %s"), where);
  GtkWidget *first = cr_visit_label (head, "value"), *second = cr_visit_label (still, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (first), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (second), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), first);
  gtk_box_append (GTK_BOX (text), second);
  return text;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrTrayView *self = data;
  const CrVisit *visit = cr_row_peek (item);
  const CrAppointment *a = visit->appointment;
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = cr_window_name_of (self->window, visit->patient);
  g_autofree char *where = cr_visit_place_words (a->date, (int)a->start_min, visit->clinician);
  g_autofree char *spoken = g_strdup_printf (_ ("%s, %s, in the tray, still booked %s"), name,
                                             visit->type_name != NULL ? visit->type_name : "", where);
  gtk_box_append (GTK_BOX (line), make_text (visit, name, where));
  gtk_box_append (GTK_BOX (line), make_take_out (self, name));
  gtk_widget_add_css_class (line, "tray-card");
  cr_visit_add_type_classes (cr_window_get_session (self->window), visit, line);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_widget_set_tooltip_text (row, _ ("Find it a new time (Enter, or drag it into the book)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
count_cb (CrTrayView *self)
{
  guint n = g_list_model_get_n_items (self->visits);
  g_autofree char *title =
      n > 0 ? g_strdup_printf (_ ("Holding Tray (%u)"), n) : g_strdup (_ ("Holding Tray"));
  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_visible (self->scroller, n > 0);
  gtk_widget_set_visible (self->hint_label, n == 0);
}

static CrId
visit_of (CrTrayView *self, GtkListBoxRow *row)
{
  g_autoptr (CrRow) item = row != NULL && self->visits != NULL
                               ? g_list_model_get_item (self->visits, (guint)gtk_list_box_row_get_index (row))
                               : NULL;
  return item != NULL ? cr_row_get_id (item) : CR_ID_NONE;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrTrayView *self)
{
  CrId visit = visit_of (self, row);
  if (visit != CR_ID_NONE)
    g_signal_emit (self, signals[PLACE], 0, (gint64)visit);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTrayView *self)
{
  CrId visit = visit_of (self, gtk_list_box_get_selected_row (self->list));
  gboolean place = gdk_keyval_to_lower (key) == GDK_KEY_m && cr_window_single_letters (self->window);
  if (visit == CR_ID_NONE || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      !(place || key == GDK_KEY_Delete))
    return FALSE;
  g_signal_emit (self, signals[place ? PLACE : TAKE_OUT], 0, (gint64)visit);
  return TRUE;
}

/* ---- dragging one into the book ---- */

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, CrTrayView *self)
{
  double at_x, at_y;
  GtkListBoxRow *row = NULL;
  if (gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (self->list), x, y, &at_x, &at_y) &&
      gtk_widget_contains (GTK_WIDGET (self->list), at_x, at_y))
    row = gtk_list_box_get_row_at_y (self->list, (int)at_y);
  self->dragged = visit_of (self, row);
  if (self->dragged == CR_ID_NONE)
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, CrTrayView *self)
{
  double x, y;
  if (self->dragged == CR_ID_NONE || hypot (dx, dy) <= DRAG_BEGINS)
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  g_signal_emit (self, signals[DRAG], 0, (gint64)self->dragged, x + dx, y + dy);
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, CrTrayView *self)
{
  self->dragged = CR_ID_NONE;
  g_signal_emit (self, signals[DRAG_END], 0);
}

/* ---- class ---- */

static void
cr_tray_view_dispose (GObject *object)
{
  CrTrayView *self = CR_TRAY_VIEW (object);
  cr_tray_view_forget (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_TRAY_VIEW);
  G_OBJECT_CLASS (cr_tray_view_parent_class)->dispose (object);
}

static void
cr_tray_view_class_init (CrTrayViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_tray_view_dispose;
  signals[PLACE] =
      g_signal_new ("place", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[DRAG] = g_signal_new ("drag", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_INT64, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[DRAG_END] = g_signal_new ("drag-end", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TAKE_OUT] =
      g_signal_new ("take-out", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/tray-view.ui");
  gtk_widget_class_bind_template_child (widget, CrTrayView, root);
  gtk_widget_class_bind_template_child (widget, CrTrayView, hint_label);
  gtk_widget_class_bind_template_child (widget, CrTrayView, scroller);
  gtk_widget_class_bind_template_child (widget, CrTrayView, title_label);
  gtk_widget_class_bind_template_child (widget, CrTrayView, list);
}

static void
cr_tray_view_init (CrTrayView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
}

/* ---- public ---- */

static void
show_cb (CrTrayView *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->list, self->visits, make_row_cb, self, NULL);
  count_cb (self);
}

void
cr_tray_view_set_up (CrTrayView *self, CrWindow *window)
{
  self->window = window;
  self->visits = cr_holding_tray_new (cr_window_get_session (window));
  g_signal_connect_swapped (self->visits, "items-changed", G_CALLBACK (count_cb), self);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  show_cb (self);
}

void
cr_tray_view_forget (CrTrayView *self)
{
  if (self->visits == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->visits, self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->visits);
}

const CrVisit *
cr_tray_view_find (CrTrayView *self, CrId visit)
{
  for (guint i = 0; self->visits != NULL && i < g_list_model_get_n_items (self->visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->visits, i);
    if (cr_row_get_id (row) == visit)
      return cr_row_peek (row);
  }
  return NULL;
}

gboolean
cr_tray_view_focus (CrTrayView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
