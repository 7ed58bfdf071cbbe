#include "src/ui/shell/pdf-view.h"

typedef struct {
  CrPdfPages *pages; /* NULL: surface */
  guint page;
  cairo_surface_t *surface;
  double width, height; /* the page's own */
} View;

static void
free_view (gpointer data)
{
  View *view = data;
  g_clear_pointer (&view->surface, cairo_surface_destroy);
  g_free (view);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  View *view = data;
  cairo_scale (cr, width / view->width, height / view->height);
  if (view->pages != NULL) {
    cr_pdf_pages_draw (view->pages, view->page, cr);
    return;
  }
  cairo_set_source_surface (cr, view->surface, 0, 0);
  cairo_paint (cr);
}

static GtkWidget *
new_area (View *view, int width, const char *label, const char *text)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), width);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (int)(width * view->height / view->width));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, view, free_view);
  gtk_widget_add_css_class (area, "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return area;
}

GtkWidget *
cr_pdf_view_new (CrPdfPages *pages, guint page, int width, const char *label)
{
  View *view = g_new0 (View, 1);
  g_autofree char *text = cr_pdf_pages_text (pages, page);
  view->pages = pages;
  view->page = page;
  cr_pdf_pages_size (pages, page, &view->width, &view->height);
  return new_area (view, width, label, text);
}

GtkWidget *
cr_page_view_new (cairo_surface_t *page, int width, const char *label)
{
  View *view = g_new0 (View, 1);
  view->surface = cairo_surface_reference (page);
  cr_document_page_size (page, &view->width, &view->height);
  return new_area (view, width, label, cr_document_page_text (page));
}
