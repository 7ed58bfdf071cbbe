#include "src/ui/schedule/type-chips.h"
#include "src/ui/shell/focus.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

#define PER_LINE 4

struct _CrTypeChips {
  GtkWidget parent;
  GtkGrid *grid;
  char *typed;     /* letters so far */
  gint64 typed_at; /* monotonic time of the last of them, microseconds */
};

enum { CHOSEN, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrTypeChips, cr_type_chips, GTK_TYPE_WIDGET)

static const CrVisitType *
type_of (GtkWidget *chip)
{
  return cr_row_peek (g_object_get_data (G_OBJECT (chip), "cr-row"));
}

static GtkWidget *
active_chip (CrTypeChips *self)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
  while (chip != NULL && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
    chip = gtk_widget_get_next_sibling (chip);
  return chip;
}

static void
toggled_cb (GtkToggleButton *chip, CrTypeChips *self)
{
  if (gtk_toggle_button_get_active (chip))
    g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
make_chip (CrTypeChips *self, CrRow *row, GtkWidget *group)
{
  const CrVisitType *type = cr_row_peek (row);
  GtkWidget *chip = gtk_toggle_button_new_with_label (type->code);
  g_autofree char *spoken = g_strdup_printf (_ ("%s, %d minutes"), type->name, (int)type->minutes);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), group != NULL ? GTK_TOGGLE_BUTTON (group) : NULL);
  gtk_widget_set_hexpand (chip, TRUE);
  gtk_widget_set_tooltip_text (chip, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (chip), "cr-row", g_object_ref (row), g_object_unref);
  g_signal_connect (chip, "toggled", G_CALLBACK (toggled_cb), self);
  return chip;
}

/* A second without a letter starts anew. */
static gboolean
type_ahead (CrTypeChips *self, gunichar letter)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *before = now - self->typed_at < G_USEC_PER_SEC ? g_strdup (self->typed) : NULL;
  char utf8[7] = { 0 };
  g_unichar_to_utf8 (g_unichar_toupper (letter), utf8);
  g_free (self->typed);
  self->typed = g_strconcat (before != NULL ? before : "", utf8, NULL);
  self->typed_at = now;
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip)) {
    if (!g_str_has_prefix (type_of (chip)->code, self->typed))
      continue;
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
    gtk_widget_grab_focus (chip);
    return TRUE;
  }
  return FALSE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrTypeChips *self)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) {
    GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->grid));
    if (focus != NULL)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (focus), TRUE);
    g_signal_emit (self, signals[DONE], 0);
    return TRUE;
  }
  return g_unichar_isalpha (letter) && type_ahead (self, letter);
}

static gboolean
cr_type_chips_grab_focus (GtkWidget *widget)
{
  CrTypeChips *self = CR_TYPE_CHIPS (widget);
  GtkWidget *chip = active_chip (self);
  return gtk_widget_grab_focus (chip != NULL ? chip : GTK_WIDGET (self->grid));
}

static void
cr_type_chips_dispose (GObject *object)
{
  CrTypeChips *self = CR_TYPE_CHIPS (object);
  g_clear_pointer (&self->typed, g_free);
  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (cr_type_chips_parent_class)->dispose (object);
}

static void
cr_type_chips_class_init (CrTypeChipsClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_type_chips_dispose;
  widget->grab_focus = cr_type_chips_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHOSEN] =
      g_signal_new ("chosen", CR_TYPE_TYPE_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] =
      g_signal_new ("done", CR_TYPE_TYPE_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
cr_type_chips_init (CrTypeChips *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_grid_set_column_spacing (self->grid, 6);
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Visit type"), -1);
}

void
cr_type_chips_fill (CrTypeChips *self, GListModel *types)
{
  GtkWidget *first = NULL;
  int at = 0;
  cr_type_chips_clear (self);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    GtkWidget *chip;
    if (!((const CrVisitType *)cr_row_peek (row))->active)
      continue;
    chip = make_chip (self, row, first);
    gtk_grid_attach (self->grid, chip, at % PER_LINE, at / PER_LINE, 1, 1);
    first = first != NULL ? first : chip;
    at++;
  }
  if (first != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
}

void
cr_type_chips_clear (CrTypeChips *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

const CrVisitType *
cr_type_chips_get (CrTypeChips *self)
{
  GtkWidget *chip = active_chip (self);
  return chip != NULL ? type_of (chip) : NULL;
}

void
cr_type_chips_choose (CrTypeChips *self, CrId type)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    if (type_of (chip)->id == type)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}
