#include "src/ui/schedule/day-chips.h"
#include <glib/gi18n.h>
#include <string.h>

enum { WEEKDAYS = 7 };

struct _CrDayChips {
  GtkWidget parent;
  GtkWidget *box;
  GtkToggleButton *days[WEEKDAYS];
  gboolean settling;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrDayChips, cr_day_chips, GTK_TYPE_WIDGET)

static const struct {
  const char *label, *name;
} DAYS[WEEKDAYS] = {
  { N_ ("Mo"), N_ ("Monday") },   { N_ ("Tu"), N_ ("Tuesday") }, { N_ ("We"), N_ ("Wednesday") },
  { N_ ("Th"), N_ ("Thursday") }, { N_ ("Fr"), N_ ("Friday") },  { N_ ("Sa"), N_ ("Saturday") },
  { N_ ("Su"), N_ ("Sunday") },
};

static void
toggled_cb (CrDayChips *self)
{
  if (!self->settling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
cr_day_chips_dispose (GObject *object)
{
  CrDayChips *self = CR_DAY_CHIPS (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_day_chips_parent_class)->dispose (object);
}

static void
cr_day_chips_class_init (CrDayChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_day_chips_dispose;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_DAY_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_day_chips_init (CrDayChips *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->box), TRUE);
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_add_css_class (self->box, "day-chips");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  for (int i = 0; i < WEEKDAYS; i++) {
    GtkWidget *day = gtk_toggle_button_new_with_label (_ (DAYS[i].label));
    gtk_widget_set_hexpand (day, TRUE);
    gtk_widget_set_tooltip_text (day, _ (DAYS[i].name));
    gtk_accessible_update_property (GTK_ACCESSIBLE (day), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (DAYS[i].name),
                                    -1);
    g_signal_connect_swapped (day, "toggled", G_CALLBACK (toggled_cb), self);
    gtk_box_append (GTK_BOX (self->box), day);
    self->days[i] = GTK_TOGGLE_BUTTON (day);
  }
}

char *
cr_day_chips_get (CrDayChips *self)
{
  char days[WEEKDAYS + 1] = { 0 };
  guint n = 0;
  for (int i = 0; i < WEEKDAYS; i++)
    if (gtk_toggle_button_get_active (self->days[i]))
      days[n++] = (char)('1' + i);
  return n > 0 && n < WEEKDAYS ? g_strdup (days) : NULL;
}

void
cr_day_chips_set (CrDayChips *self, const char *weekdays)
{
  self->settling = TRUE;
  for (int i = 0; i < WEEKDAYS; i++)
    gtk_toggle_button_set_active (self->days[i], weekdays != NULL && strchr (weekdays, '1' + i) != NULL);
  self->settling = FALSE;
}
