/* A laid-out paper as a PDF: the same painter on a PDF surface, with tags, bookmarks and fixed metadata. */
#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include "chartroom/base/error.h"
#include "paper-private.h"

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (CrPaper *self, cairo_surface_t *surface, const CrPaperMeta *meta)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_utc (meta->created / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Chartroom");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, date);
  if (meta->subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, meta->subject);
}

static void
add_bookmarks (CrPaper *self, cairo_surface_t *surface)
{
  int parent = CAIRO_PDF_OUTLINE_ROOT;

  for (guint i = 0; i < self->sections->len; i++) {
    const PaperSection *section = self->sections->pdata[i];
    guint page = cr_paper_page_of (self, section->key);
    g_autofree char *target = NULL;
    CrRect area;
    int id;

    if (section->bookmark == NULL || page == 0)
      continue;
    cr_paper_area_of (self, section->key, page - 1, &area);
    target = g_strdup_printf ("page=%u pos=[%d %d]", page, (int)area.x, (int)area.y);
    id = cairo_pdf_surface_add_outline (surface, section->part ? parent : CAIRO_PDF_OUTLINE_ROOT,
                                        section->bookmark, target, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    if (!section->part)
      parent = id;
  }
}

static void
paint_pages (CrPaper *self, cairo_t *cr, guint pages)
{
  g_autoptr (PaperPainter) painter = paper_painter_new (self, cr, TRUE);

  cairo_tag_begin (cr, "Document", NULL);
  for (guint page = 0; page < pages; page++) {
    paper_painter_draw (painter, page);
    cairo_show_page (cr);
  }
  cairo_tag_end (cr, "Document");
}

GBytes *
cr_paper_to_pdf (CrPaper *self, const CrPaperMeta *meta, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint pages = cr_paper_pages (self);
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;
  cairo_t *cr;

  cr_paper_size (self, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, width, height);
  set_metadata (self, surface, meta);
  cr = cairo_create (surface);
  paint_pages (self, cr, pages);
  status = cairo_status (cr);
  cairo_destroy (cr);
  add_bookmarks (self, surface);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, CR_ERROR, CR_ERROR_FAILED,
                 _ ("The PDF of “%s” could not be made: %s. Nothing was written."), self->title,
                 cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
