#include "chartroom/helpers/pdf-pages.h"
#include <glib/gi18n.h>
#include <poppler.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

struct _CrPdfPages {
  PopplerDocument *document;
};

CrPdfPages *
cr_pdf_pages_new (GBytes *pdf, GError **error)
{
  g_autoptr (GError) why = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &why);
  CrPdfPages *self;
  if (document == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("The document cannot be shown: it is not a readable PDF (%s)."), why->message);
    return NULL;
  }
  self = g_new0 (CrPdfPages, 1);
  self->document = document;
  return self;
}

void
cr_pdf_pages_free (CrPdfPages *self)
{
  g_object_unref (self->document);
  g_free (self);
}

guint
cr_pdf_pages_count (CrPdfPages *self)
{
  return (guint)poppler_document_get_n_pages (self->document);
}

void
cr_pdf_pages_size (CrPdfPages *self, guint page, double *width, double *height)
{
  g_autoptr (PopplerPage) at = poppler_document_get_page (self->document, (int)page);
  poppler_page_get_size (at, width, height);
}

void
cr_pdf_pages_draw (CrPdfPages *self, guint page, cairo_t *cr)
{
  g_autoptr (PopplerPage) at = poppler_document_get_page (self->document, (int)page);
  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  poppler_page_render (at, cr);
  cairo_restore (cr);
}

char *
cr_pdf_pages_text (CrPdfPages *self, guint page)
{
  g_autoptr (PopplerPage) at = poppler_document_get_page (self->document, (int)page);
  return poppler_page_get_text (at);
}
