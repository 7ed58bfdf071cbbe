#include "src/ui/admin/zone-choice.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/clock.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

enum { LIST_HEIGHT = 280, LIST_WIDTH = 420 };

struct _CrZoneChoice {
  GtkWidget parent;
  GtkMenuButton *button;
  GtkEditable *entry;
  GtkListBox *list;
  GtkLabel *label;
  char *zone;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrZoneChoice, cr_zone_choice, GTK_TYPE_WIDGET)

/* What people call the zones of the United States; they come first. */
static const struct {
  const char *zone, *name;
} COMMON[] = {
  { "America/New_York", N_ ("Eastern Time") },    { "America/Chicago", N_ ("Central Time") },
  { "America/Denver", N_ ("Mountain Time") },     { "America/Phoenix", N_ ("Mountain Time, Arizona") },
  { "America/Los_Angeles", N_ ("Pacific Time") }, { "America/Anchorage", N_ ("Alaska Time") },
  { "Pacific/Honolulu", N_ ("Hawaii Time") },
};

static const char *
common_name (const char *zone)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMON); i++)
    if (g_str_equal (COMMON[i].zone, zone))
      return _ (COMMON[i].name);
  return NULL;
}

/* "Pacific Time – Los Angeles (America/Los_Angeles)" */
static char *
describe (const char *zone)
{
  const char *slash = strrchr (zone, '/'), *name = common_name (zone);
  g_autofree char *city = g_strdup (slash != NULL ? slash + 1 : zone);
  g_strdelimit (city, "_", ' ');
  g_autofree char *place = slash != NULL ? g_strdup_printf ("%s (%s)", city, zone) : g_steal_pointer (&city);
  return name != NULL ? g_strdup_printf ("%s – %s", name, place) : g_steal_pointer (&place);
}

gboolean
cr_zone_fits (const char *zone, const char *typed)
{
  g_autofree char *described = describe (zone), *text = cr_text_fold (described);
  g_autofree char *folded = cr_text_fold (typed);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static const char *
zone_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "cr-zone");
}

static void
choose (CrZoneChoice *self, const char *zone)
{
  g_autofree char *text = describe (zone);
  g_free (self->zone);
  self->zone = g_strdup (zone);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take (CrZoneChoice *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  choose (self, zone_of (row));
  gtk_menu_button_popdown (self->button);
}

/* ---- the list ---- */

static gboolean
is_wanted (GtkListBoxRow *row, gpointer data)
{
  return cr_zone_fits (zone_of (row), gtk_editable_get_text (CR_ZONE_CHOICE (data)->entry));
}

static GtkListBoxRow *
next_wanted (CrZoneChoice *self, int from, int by)
{
  GtkListBoxRow *row;
  for (int i = from; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i += by)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
typed_cb (CrZoneChoice *self)
{
  gtk_list_box_invalidate_filter (self->list);
  cr_list_mark (self->list, next_wanted (self, 0, 1));
}

static void
activated_cb (CrZoneChoice *self, GtkListBoxRow *row)
{
  take (self, row);
}

/* The arrows move in the list while the typing goes on; Enter takes what is marked. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrZoneChoice *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) {
    take (self, row);
    return GDK_EVENT_STOP;
  }
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;
  int by = key == GDK_KEY_Down ? 1 : -1;
  GtkListBoxRow *next = next_wanted (self, row != NULL ? gtk_list_box_row_get_index (row) + by : 0, by);
  if (next != NULL)
    cr_list_mark (self->list, next);
  return GDK_EVENT_STOP;
}

static void
add_zone (CrZoneChoice *self, const char *zone)
{
  g_autofree char *text = describe (zone);
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "list-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "cr-zone", g_strdup (zone), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (self->list, row);
}

/* Once, when somebody looks: the present one, the common ones, the rest. */
static void
fill (CrZoneChoice *self)
{
  g_auto (GStrv) zones = cr_zone_names (self->zone);
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    return;
  if (zones[0] != NULL)
    add_zone (self, zones[0]);
  for (guint i = 0; i < G_N_ELEMENTS (COMMON); i++)
    if (g_strcmp0 (COMMON[i].zone, zones[0]) != 0)
      add_zone (self, COMMON[i].zone);
  for (guint i = 1; zones[0] != NULL && zones[i] != NULL; i++)
    if (common_name (zones[i]) == NULL)
      add_zone (self, zones[i]);
}

static void
shown_cb (CrZoneChoice *self)
{
  fill (self);
  gtk_editable_set_text (self->entry, "");
  typed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* ---- the widget ---- */

static gboolean
cr_zone_choice_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_ZONE_CHOICE (widget)->button));
}

static void
cr_zone_choice_dispose (GObject *object)
{
  CrZoneChoice *self = CR_ZONE_CHOICE (object);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  g_clear_pointer (&self->zone, g_free);
  G_OBJECT_CLASS (cr_zone_choice_parent_class)->dispose (object);
}

static void
cr_zone_choice_class_init (CrZoneChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_zone_choice_dispose;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_ZONE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  GTK_WIDGET_CLASS (klass)->grab_focus = cr_zone_choice_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_popover (CrZoneChoice *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *entry = gtk_search_entry_new (),
            *list = gtk_list_box_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->entry = GTK_EDITABLE (entry);
  self->list = GTK_LIST_BOX (list);
  g_object_set (entry, "placeholder-text", _ ("Pacific, Denver, Hawaii…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a time zone"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Time zones"), -1);
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_size_request (scrolled, LIST_WIDTH, LIST_HEIGHT);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (shown_cb), self);
  return popover;
}

static void
cr_zone_choice_init (CrZoneChoice *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  self->label = GTK_LABEL (label);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_menu_button_set_child (self->button, label);
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_menu_button_set_popover (self->button, new_popover (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Time zone"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               _ ("Open it and type a city, or Pacific, Eastern…"));
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

GtkWidget *
cr_zone_choice_new (const char *zone)
{
  CrZoneChoice *self = g_object_new (CR_TYPE_ZONE_CHOICE, NULL);
  g_auto (GStrv) zones = cr_zone_names (zone);
  if (zones[0] != NULL)
    choose (self, zones[0]);
  return GTK_WIDGET (self);
}

const char *
cr_zone_choice_get (GtkWidget *choice)
{
  return CR_ZONE_CHOICE (choice)->zone;
}

void
cr_zone_choice_set (GtkWidget *choice, const char *zone)
{
  choose (CR_ZONE_CHOICE (choice), zone);
}
