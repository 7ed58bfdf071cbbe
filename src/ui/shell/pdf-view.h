/* One page of a finished PDF as a widget, drawn at its width. */
#pragma once
#include "chartroom/helpers/pdf-pages.h"
#include <gtk/gtk.h>

/* label: what a screen reader says ("Page 1 of 3"); the page's text is its description. */
GtkWidget *cr_pdf_view_new (CrPdfPages *pages /* borrowed for the widget's life */, guint page, int width,
                            const char *label);
