#include "src/ui/shell/focus.h"

struct _CrOneStop {
  GtkWidget parent;
};

enum { PROP_0, PROP_CHILD, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrOneStop, cr_one_stop, GTK_TYPE_WIDGET)

/* An empty scrolled window says that it took the focus, and did not. */
static gboolean
takes_focus (GtkWidget *part, GtkDirectionType direction)
{
  GtkWidget *focus;
  if (!gtk_widget_child_focus (part, direction))
    return FALSE;
  focus = gtk_root_get_focus (gtk_widget_get_root (part));
  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

gboolean
cr_focus_parts (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
  GtkWidget *part = gtk_widget_get_focus_child (widget);
  if (part == NULL)
    part = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  while (part != NULL && !takes_focus (part, direction))
    part = back ? gtk_widget_get_prev_sibling (part) : gtk_widget_get_next_sibling (part);
  return part != NULL;
}

static GtkWidget *
focused_row (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  return focus == NULL ? NULL : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
}

static gboolean
cr_one_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  if (tab && gtk_widget_get_focus_child (widget) != NULL) {
    GtkWidget *row = focused_row (widget);
    return row != NULL && gtk_widget_child_focus (row, direction);
  }
  return cr_focus_parts (widget, direction);
}

/* As much room as what it holds wants. */
static void
cr_one_stop_compute_expand (GtkWidget *widget, gboolean *across, gboolean *down)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  *across = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
  *down = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL);
}

static void
cr_one_stop_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  GtkWidget *child = g_value_get_object (value);
  if (id == PROP_CHILD && child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (object));
}

static void
cr_one_stop_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));
  if (child != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (cr_one_stop_parent_class)->dispose (object);
}

static void
cr_one_stop_class_init (CrOneStopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_one_stop_dispose;
  G_OBJECT_CLASS (klass)->set_property = cr_one_stop_set_property;
  GTK_WIDGET_CLASS (klass)->focus = cr_one_stop_focus;
  GTK_WIDGET_CLASS (klass)->compute_expand = cr_one_stop_compute_expand;
  properties[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_one_stop_init (CrOneStop *self)
{
}

/* ---- keys that come before the field that is to take them ---- */

static gboolean
early_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWindow *dialog)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *focus = gtk_window_get_focus (dialog);
  if (focus == NULL || gdk_event_get_surface (event) == gtk_native_get_surface (GTK_NATIVE (dialog)))
    return FALSE;
  return gtk_event_controller_key_forward (keys, focus);
}

void
cr_focus_keep_typing (GtkWindow *dialog)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys,
                                              GTK_PHASE_BUBBLE); /* keys of the dialog itself come first */
  g_signal_connect (keys, "key-pressed", G_CALLBACK (early_key_cb), dialog);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

typedef struct {
  void (*leave) (gpointer data);
  gpointer data;
} Leaving;

static void
free_leaving (gpointer leaving, GClosure *closure)
{
  g_free (leaving);
}

static gboolean
escape_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, const Leaving *leaving)
{
  GtkWidget *part = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (part));
  if (key != GDK_KEY_Escape || (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return FALSE;
  leaving->leave (leaving->data);
  return TRUE;
}

void
cr_focus_on_escape (GtkWidget *part, void (*leave) (gpointer data), gpointer data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  Leaving *leaving = g_new0 (Leaving, 1);
  *leaving = (Leaving){ leave, data };
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (escape_cb), leaving, free_leaving, 0);
  gtk_widget_add_controller (part, keys);
}

void
cr_focus_at_end (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  if (GTK_IS_EDITABLE (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), -1);
}

static gboolean
late_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWidget *popover)
{
  return !gtk_widget_get_visible (popover) &&
         gtk_event_controller_key_forward (keys, GTK_WIDGET (gtk_widget_get_root (popover)));
}

void
cr_focus_keep_late_keys (GtkPopover *popover)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (late_key_cb), popover);
  gtk_widget_add_controller (GTK_WIDGET (popover), keys);
}

struct _CrTypeAhead {
  GtkWidget *window;
  GtkEventController *keys;
  GString *text;
};

static void
keep_key (GString *text, guint key)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  if (key == GDK_KEY_BackSpace && text->len > 0)
    g_string_truncate (text, (gsize)(g_utf8_prev_char (text->str + text->len) - text->str));
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    g_string_append_c (text, '\n');
  else if (letter != 0 && g_unichar_isprint (letter))
    g_string_append_unichar (text, letter);
}

static gboolean
ahead_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTypeAhead *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  keep_key (self->text, key);
  return TRUE;
}

CrTypeAhead *
cr_type_ahead_start (GtkWidget *part)
{
  CrTypeAhead *self = g_new0 (CrTypeAhead, 1);
  self->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (part)));
  self->text = g_string_new (NULL);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (ahead_key_cb), self);
  gtk_widget_add_controller (self->window, self->keys);
  return self;
}

void
cr_type_ahead_end (CrTypeAhead *self, GtkTextView *view)
{
  gtk_widget_remove_controller (self->window, self->keys);
  if (view != NULL && self->text->len > 0)
    gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (view), self->text->str, (int)self->text->len);
  g_string_free (self->text, TRUE);
  g_object_unref (self->window);
  g_free (self);
}
