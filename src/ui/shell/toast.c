#include "src/ui/shell/toast.h"

#define SECONDS_PLAIN 6
#define SECONDS_WITH_BUTTON 10
#define CLEAR_LINES 3

struct _CrToast {
  GtkWidget parent;
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
  GtkEventController *motion, *focus;
  guint timer;
};

G_DEFINE_FINAL_TYPE (CrToast, cr_toast, GTK_TYPE_WIDGET)

static void
stop_timer (CrToast *self)
{
  if (self->timer != 0)
    g_source_remove (self->timer);
  self->timer = 0;
}

static gboolean
is_held (CrToast *self)
{
  return gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion)) ||
         gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (self->focus));
}

static gboolean
timeout_cb (gpointer data)
{
  CrToast *self = data;
  self->timer = 0;
  if (is_held (self)) {
    self->timer = g_timeout_add_seconds (1, timeout_cb, self);
    return G_SOURCE_REMOVE;
  }
  cr_toast_hide (self);
  return G_SOURCE_REMOVE;
}

static void
clicked_cb (GtkButton *button, CrToast *self)
{
  cr_toast_hide (self);
}

static void
cr_toast_dispose (GObject *object)
{
  CrToast *self = CR_TOAST (object);
  stop_timer (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_TOAST);
  G_OBJECT_CLASS (cr_toast_parent_class)->dispose (object);
}

static void
cr_toast_class_init (CrToastClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_toast_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/toast.ui");
  gtk_widget_class_bind_template_child (widget, CrToast, revealer);
  gtk_widget_class_bind_template_child (widget, CrToast, label);
  gtk_widget_class_bind_template_child (widget, CrToast, button);
}

static void
cr_toast_init (CrToast *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->motion = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), self->motion);
  self->focus = gtk_event_controller_focus_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), self->focus);
  g_signal_connect (self->button, "clicked", G_CALLBACK (clicked_cb), self);
}

void
cr_toast_show (CrToast *self, const char *text, const char *button, const char *action)
{
  stop_timer (self);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL) {
    gtk_button_set_label (self->button, button);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  }
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  self->timer =
      g_timeout_add_seconds (button != NULL ? SECONDS_WITH_BUTTON : SECONDS_PLAIN, timeout_cb, self);
}

void
cr_toast_hide (CrToast *self)
{
  stop_timer (self);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

void
cr_toast_clear (CrToast *self)
{
  cr_toast_hide (self);
  gtk_label_set_label (self->label, "");
}

int
cr_toast_clearance (CrToast *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int line = pango_font_metrics_get_height (metrics) / PANGO_SCALE;
  pango_font_metrics_unref (metrics);
  return CLEAR_LINES * line;
}
