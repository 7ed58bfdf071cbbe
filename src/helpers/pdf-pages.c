#include "chartroom/helpers/pdf-pages.h"
#include <cairo-pdf.h>
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

/* ---- several as one ---- */

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
add_pages (cairo_surface_t *surface, cairo_t *cr, GBytes *pdf, GError **error)
{
  g_autoptr (CrPdfPages) pages = cr_pdf_pages_new (pdf, error);
  for (guint i = 0; pages != NULL && i < cr_pdf_pages_count (pages); i++) {
    double width, height;
    cr_pdf_pages_size (pages, i, &width, &height);
    cairo_pdf_surface_set_size (surface, width, height);
    cr_pdf_pages_draw (pages, i, cr);
    cairo_show_page (cr);
  }
  return pages != NULL;
}

GBytes *
cr_pdf_join (const GPtrArray *pdfs, GError **error)
{
  GByteArray *joined = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, joined, 1, 1);
  cairo_t *cr = cairo_create (surface);
  gboolean done = TRUE;
  for (guint i = 0; done && i < pdfs->len; i++)
    done = add_pages (surface, cr, pdfs->pdata[i], error);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (done && cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("The papers could not be put together."));
    done = FALSE;
  }
  cairo_surface_destroy (surface);
  if (done)
    return g_byte_array_free_to_bytes (joined);
  g_byte_array_unref (joined);
  return NULL;
}
