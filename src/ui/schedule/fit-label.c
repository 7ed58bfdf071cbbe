#include "src/ui/schedule/fit-label.h"
#include <string.h>

struct _CrFitLabel {
  GtkWidget parent;
  GtkWidget *whole, *shorter, *family;
};

G_DEFINE_FINAL_TYPE (CrFitLabel, cr_fit_label, GTK_TYPE_WIDGET)

static void
cr_fit_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  CrFitLabel *self = CR_FIT_LABEL (widget);
  int ignored;
  gtk_widget_measure (self->whole, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    gtk_widget_measure (self->family, orientation, -1, minimum, &ignored, NULL, NULL);
}

static gboolean
fits (GtkWidget *label, int width)
{
  int wanted = 0;
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);
  return wanted <= width;
}

static void
cr_fit_label_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrFitLabel *self = CR_FIT_LABEL (widget);
  GtkWidget *shown = fits (self->whole, width)     ? self->whole
                     : fits (self->shorter, width) ? self->shorter
                                                   : self->family;
  gtk_widget_set_child_visible (self->whole, shown == self->whole);
  gtk_widget_set_child_visible (self->shorter, shown == self->shorter);
  gtk_widget_set_child_visible (self->family, shown == self->family);
  gtk_widget_allocate (shown, width, height, baseline, NULL);
}

static void
cr_fit_label_dispose (GObject *object)
{
  CrFitLabel *self = CR_FIT_LABEL (object);
  g_clear_pointer (&self->whole, gtk_widget_unparent);
  g_clear_pointer (&self->shorter, gtk_widget_unparent);
  g_clear_pointer (&self->family, gtk_widget_unparent);
  G_OBJECT_CLASS (cr_fit_label_parent_class)->dispose (object);
}

static void
cr_fit_label_class_init (CrFitLabelClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_fit_label_dispose;
  widget->measure = cr_fit_label_measure;
  widget->size_allocate = cr_fit_label_size_allocate;
}

static GtkWidget *
add_label (CrFitLabel *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
cr_fit_label_init (CrFitLabel *self)
{
  self->whole = add_label (self);
  self->shorter = add_label (self);
  self->family = add_label (self);
}

GtkWidget *
cr_fit_label_new (void)
{
  return g_object_new (CR_TYPE_FIT_LABEL, NULL);
}

void
cr_fit_label_set (CrFitLabel *self, const char *text, const char *shorter)
{
  g_autofree char *family = g_strndup (shorter, strcspn (shorter, ","));
  gtk_label_set_label (GTK_LABEL (self->whole), text);
  gtk_label_set_label (GTK_LABEL (self->shorter), shorter);
  gtk_label_set_label (GTK_LABEL (self->family), family);
}

int
cr_fit_label_least (CrFitLabel *self)
{
  int natural = 0;
  gtk_widget_measure (self->shorter, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}
