#include "chartroom/helpers/document-pages.h"
#include "chartroom/helpers/pdf-pages.h"
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <string.h>

#define LONGEST 2200 /* pixels: a Letter page at 200 dots per inch */
#define CHUNK 65536

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

static gboolean
is_pdf (GBytes *content)
{
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  return size > 5 && memcmp (bytes, "%PDF-", 5) == 0;
}

static GPtrArray *
new_pages (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
}

/* ---- PDF ---- */

static GPtrArray *
pages_of_pdf (GBytes *content, GError **error)
{
  g_autoptr (CrPdfPages) pdf = cr_pdf_pages_new (content, error);
  g_autoptr (GPtrArray) pages = new_pages ();
  guint n = pdf != NULL ? cr_pdf_pages_count (pdf) : 0;
  if (pdf == NULL)
    return NULL;
  if (n > CR_DOCUMENT_PAGES_MAX) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("The document has %u pages; at most %d fit into a packet. Send it by itself."), n,
                 CR_DOCUMENT_PAGES_MAX);
    return NULL;
  }
  if (n == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("The document is a PDF without a page."));
    return NULL;
  }
  for (guint i = 0; i < n; i++) {
    cairo_rectangle_t extents = { 0 };
    cr_pdf_pages_size (pdf, i, &extents.width, &extents.height);
    cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, &extents);
    g_autoptr (cairo_t) cr = cairo_create (surface);
    cr_pdf_pages_draw (pdf, i, cr);
    g_ptr_array_add (pages, surface);
  }
  return g_steal_pointer (&pages);
}

/* ---- pictures ---- */

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  double scale = (double)LONGEST / MAX (MAX (width, height), 1);
  if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int)(width * scale), 1), MAX ((int)(height * scale), 1));
}

static gboolean
feed (GdkPixbufLoader *loader, GBytes *content, GError **error)
{
  gsize size;
  const guchar *bytes = g_bytes_get_data (content, &size);
  for (gsize at = 0; at < size; at += CHUNK)
    if (!gdk_pixbuf_loader_write (loader, bytes + at, MIN (CHUNK, size - at), error)) {
      gdk_pixbuf_loader_close (loader, NULL);
      return FALSE;
    }
  return gdk_pixbuf_loader_close (loader, error);
}

/* The loader takes what there is of a PNG and leaves the rest blank: half a scan must not pass for one. */
static gboolean
is_cut_off (GBytes *content)
{
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  return size > 8 && memcmp (bytes, "\x89PNG", 4) == 0 && memmem (bytes, size, "IEND", 4) == NULL;
}

static GdkPixbuf *
read_picture (GBytes *content, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) why = NULL;
  GdkPixbuf *read = NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), NULL);
  if (feed (loader, content, &why) && !is_cut_off (content))
    read = gdk_pixbuf_loader_get_pixbuf (loader);
  if (read != NULL)
    return gdk_pixbuf_apply_embedded_orientation (read);
  g_set_error (
      error, CR_ERROR, CR_ERROR_INVALID,
      _ ("The document cannot be printed: it is neither a readable PDF nor a readable picture (%s)."),
      why != NULL ? why->message : _ ("it is empty or ends too early"));
  return NULL;
}

/* On white: what is transparent prints as paper. */
static void
copy_row (const guchar *from, guint32 *to, int width, int channels)
{
  for (int x = 0; x < width; x++, from += channels) {
    guint alpha = channels == 4 ? from[3] : 255, rest = 255 * (255 - alpha);
    guint red = (from[0] * alpha + rest) / 255, green = (from[1] * alpha + rest) / 255,
          blue = (from[2] * alpha + rest) / 255;
    to[x] = red << 16 | green << 8 | blue;
  }
}

static GPtrArray *
pages_of_picture (GBytes *content, GError **error)
{
  g_autoptr (GdkPixbuf) picture = read_picture (content, error);
  if (picture == NULL)
    return NULL;
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  GPtrArray *pages = new_pages ();
  for (int y = 0; y < height; y++)
    copy_row (gdk_pixbuf_read_pixels (picture) + (gsize)y * gdk_pixbuf_get_rowstride (picture),
              (guint32 *)(gpointer)(cairo_image_surface_get_data (surface) +
                                    (gsize)y * cairo_image_surface_get_stride (surface)),
              width, gdk_pixbuf_get_n_channels (picture));
  cairo_surface_mark_dirty (surface);
  g_ptr_array_add (pages, surface);
  return pages;
}

GPtrArray *
cr_document_pages (GBytes *content, GError **error)
{
  return is_pdf (content) ? pages_of_pdf (content, error) : pages_of_picture (content, error);
}
