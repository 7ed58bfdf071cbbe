#include "src/ui/shell/focus.h"

struct _CrOneStop {
  GtkWidget parent;
};

enum { PROP_0, PROP_CHILD, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrOneStop, cr_one_stop, GTK_TYPE_WIDGET)

gboolean
cr_focus_parts (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
  GtkWidget *part = gtk_widget_get_focus_child (widget);
  if (part == NULL)
    part = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  while (part != NULL && !gtk_widget_child_focus (part, direction))
    part = back ? gtk_widget_get_prev_sibling (part) : gtk_widget_get_next_sibling (part);
  return part != NULL;
}

static gboolean
cr_one_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  if (tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return cr_focus_parts (widget, direction);
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
