/* One page of a finished PDF, or of a document from outside, as a widget, drawn at its width. */
#pragma once
#include "chartroom/helpers/document-pages.h"
#include "chartroom/helpers/pdf-pages.h"
#include <gtk/gtk.h>

/* label: what a screen reader says ("Page 1 of 3"); the page's text is its description. */
GtkWidget *cr_pdf_view_new (CrPdfPages *pages /* borrowed for the widget's life */, guint page, int width,
                            const char *label);
GtkWidget *cr_page_view_new (cairo_surface_t *page /* of cr_document_pages */, int width, const char *label);
