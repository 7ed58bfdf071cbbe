#include "src/ui/shell/pdf-view.h"

typedef struct {
  CrPdfPages *pages;
  guint page;
} View;

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  View *view = data;
  double page_width, page_height;
  cr_pdf_pages_size (view->pages, view->page, &page_width, &page_height);
  cairo_scale (cr, width / page_width, height / page_height);
  cr_pdf_pages_draw (view->pages, view->page, cr);
}

GtkWidget *
cr_pdf_view_new (CrPdfPages *pages, guint page, int width, const char *label)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  View *view = g_new0 (View, 1);
  double page_width, page_height;
  g_autofree char *text = cr_pdf_pages_text (pages, page);
  view->pages = pages;
  view->page = page;
  cr_pdf_pages_size (pages, page, &page_width, &page_height);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), width);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int)(width * page_height / page_width));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, view, g_free);
  gtk_widget_add_css_class (area, "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return area;
}
