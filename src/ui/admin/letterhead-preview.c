#include "src/ui/admin/letterhead-preview.h"
#include "chartroom/render/test-page.h"
#include <glib/gi18n.h>

#define TOP 30.0    /* points of the page that are left out above … */
#define SHOWN 126.0 /* … and shown */
#define PAGE 612.0
#define WIDTH 520 /* pixels of a page */

struct _CrLetterheadPreview {
  GtkWidget parent;
  CrPaper *paper; /* NULL: nothing to show yet */
};

G_DEFINE_FINAL_TYPE (CrLetterheadPreview, cr_letterhead_preview, GTK_TYPE_WIDGET)

static void
cr_letterhead_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CrLetterheadPreview *self = CR_LETTERHEAD_PREVIEW (widget);
  float width = (float)gtk_widget_get_width (widget), height = (float)gtk_widget_get_height (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  double scale = width / PAGE;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, 0, -TOP);
  if (self->paper != NULL)
    cr_paper_draw_page (self->paper, cr, 0);
  cairo_destroy (cr);
}

static void
cr_letterhead_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                               int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : (int)(WIDTH * SHOWN / PAGE);
}

static void
cr_letterhead_preview_finalize (GObject *object)
{
  g_clear_pointer (&CR_LETTERHEAD_PREVIEW (object)->paper, cr_paper_free);
  G_OBJECT_CLASS (cr_letterhead_preview_parent_class)->finalize (object);
}

static void
cr_letterhead_preview_class_init (CrLetterheadPreviewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_letterhead_preview_finalize;
  widget->snapshot = cr_letterhead_preview_snapshot;
  widget->measure = cr_letterhead_preview_measure;
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cr_letterhead_preview_init (CrLetterheadPreview *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The head of a letter"), -1);
}

GtkWidget *
cr_letterhead_preview_new (void)
{
  return g_object_new (CR_TYPE_LETTERHEAD_PREVIEW, NULL);
}

void
cr_letterhead_preview_show (CrLetterheadPreview *self, const CrImprint *imprint)
{
  g_clear_pointer (&self->paper, cr_paper_free);
  self->paper = cr_test_page (imprint, _ ("Plain paper"), NULL);
  cr_paper_layout (self->paper);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  imprint->logo != NULL ? _ ("With a logo") : _ ("Without a logo"), -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
