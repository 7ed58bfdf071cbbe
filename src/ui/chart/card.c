#include "src/ui/chart/card.h"
#include "src/ui/chart/line.h"

struct _CrCard {
  GtkWidget parent;
  GtkWidget *root, *last_box;
  GtkLabel *title_label, *count_label;
  GtkButton *action_button;
  GtkListBox *list;
  gint64 focused; /* id of the row that had the focus before a refill; 0 none */
};

enum { PROP_0, PROP_TITLE, PROP_ACTION, PROP_ACTION_TOOLTIP, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { ACTION, OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrCard, cr_card, GTK_TYPE_WIDGET)

static gint64
id_of (GtkListBoxRow *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "cr-id");
  return id != NULL ? *id : 0;
}

static void
opened_cb (GtkListBox *list, GtkListBoxRow *row, CrCard *self)
{
  g_signal_emit (self, signals[OPENED], 0, id_of (row), row);
}

static void
action_cb (CrCard *self)
{
  g_signal_emit (self, signals[ACTION], 0);
}

static void
cr_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  CrCard *self = CR_CARD (object);
  const char *text = g_value_get_string (value);
  if (id == PROP_TITLE) {
    gtk_label_set_label (self->title_label, text);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  } else if (id == PROP_ACTION) {
    gtk_button_set_label (self->action_button, text);
    gtk_widget_set_visible (GTK_WIDGET (self->action_button), text != NULL);
  } else {
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->action_button), text);
    /* "+ Add" stands on several cards */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->action_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
  }
}

static void
cr_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  CrCard *self = CR_CARD (object);
  if (id == PROP_TITLE)
    g_value_set_string (value, gtk_label_get_label (self->title_label));
  else if (id == PROP_ACTION)
    g_value_set_string (value, gtk_button_get_label (self->action_button));
  else
    g_value_set_string (value, gtk_widget_get_tooltip_text (GTK_WIDGET (self->action_button)));
}

static void
cr_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_CARD);
  G_OBJECT_CLASS (cr_card_parent_class)->dispose (object);
}

static void
install_signals (GObjectClass *object)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_ACTION] = g_param_spec_string ("action", NULL, NULL, NULL, flags);
  props[PROP_ACTION_TOOLTIP] = g_param_spec_string ("action-tooltip", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, props);
  signals[ACTION] =
      g_signal_new ("action", CR_TYPE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", CR_TYPE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_INT64, GTK_TYPE_WIDGET);
}

static void
cr_card_class_init (CrCardClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GObjectClass *object = G_OBJECT_CLASS (klass);
  object->dispose = cr_card_dispose;
  object->set_property = cr_card_set_property;
  object->get_property = cr_card_get_property;
  install_signals (object);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/chart/card.ui");
  gtk_widget_class_bind_template_child (widget, CrCard, root);
  gtk_widget_class_bind_template_child (widget, CrCard, last_box);
  gtk_widget_class_bind_template_child (widget, CrCard, title_label);
  gtk_widget_class_bind_template_child (widget, CrCard, count_label);
  gtk_widget_class_bind_template_child (widget, CrCard, action_button);
  gtk_widget_class_bind_template_child (widget, CrCard, list);
}

static void
cr_card_init (CrCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->action_button, "clicked", G_CALLBACK (action_cb), self);
}

GtkWidget *
cr_card_new (const char *title)
{
  return g_object_new (CR_TYPE_CARD, "title", title, NULL);
}

void
cr_card_set_count (CrCard *self, const char *count)
{
  gtk_label_set_label (self->count_label, count != NULL ? count : "");
}

void
cr_card_set_action_visible (CrCard *self, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (self->action_button), visible);
}

GtkWidget *
cr_card_action_button (CrCard *self)
{
  return GTK_WIDGET (self->action_button);
}

void
cr_card_clear (CrCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkListBoxRow *row;
  self->focused = 0;
  if (focus != NULL && GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    self->focused = id_of (GTK_LIST_BOX_ROW (focus));
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  cr_line_clear (self->last_box);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
}

void
cr_card_add (CrCard *self, GtkWidget *line, const char *spoken, gint64 id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), id != 0);
  g_object_set_data_full (G_OBJECT (row), "cr-id", g_memdup2 (&id, sizeof id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  if (id != 0 && id == self->focused)
    gtk_widget_grab_focus (row);
}

void
cr_card_add_last (CrCard *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->last_box), widget);
}

void
cr_card_add_empty (CrCard *self, const char *sentence)
{
  cr_card_add_last (self, cr_line_text (sentence, "text-2"));
}

void
cr_card_focus (CrCard *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->action_button));
}
