#include "chartroom/helpers/document-pages.h"
#include "chartroom/helpers/memory-file.h"
#include "decode-child.h"
#include "wire.h"
#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PAPER_MAX 20000.0 /* points; PDF's own limit is 14,400 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

static const cairo_user_data_key_t TEXT_KEY;

static gboolean
fail_garbled (GError **error)
{
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_INVALID,
      _ ("The document cannot be read: it is damaged, or made to do harm. Ask whoever sent it for "
         "a new copy. Nothing else is affected."));
  return FALSE;
}

/* ---- what the child says, number by number ---- */

static gboolean
take_problem (const CrWireBegin *begin, GError **error)
{
  static const char *const SENTENCES[] = {
    [CR_WIRE_UNREADABLE] = N_ ("The document cannot be read: it is neither a readable PDF nor a readable "
                               "picture, or it ends too early."),
    [CR_WIRE_LOCKED] = N_ ("The document is a PDF with a password. Ask whoever sent it for one without."),
    [CR_WIRE_NO_PAGE] = N_ ("The document is a PDF without a page."),
    [CR_WIRE_TOO_LARGE] =
        N_ ("The picture is too large: it has more than 250 million dots. Make it smaller, or "
            "scan it with fewer dots per inch."),
  };
  if (begin->problem == CR_WIRE_TOO_MANY)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("The document has %u pages; at most %d can be taken. Split it."), begin->pages,
                 CR_DOCUMENT_PAGES_MAX);
  else if (begin->problem < G_N_ELEMENTS (SENTENCES) && SENTENCES[begin->problem] != NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ (SENTENCES[begin->problem]));
  else
    fail_garbled (error);
  return FALSE;
}

static gboolean
take_begin (CrDecodeChild *child, guint *pages, GError **error)
{
  CrWireBegin begin;
  if (!cr_decode_child_read (child, &begin, sizeof begin, error))
    return FALSE;
  if (begin.magic != CR_WIRE_MAGIC)
    return fail_garbled (error);
  if (begin.problem != CR_WIRE_FINE)
    return take_problem (&begin, error);
  *pages = begin.pages;
  return begin.pages >= 1 && begin.pages <= CR_DOCUMENT_PAGES_MAX ? TRUE : fail_garbled (error);
}

static gboolean
is_possible (const CrWirePage *page)
{
  return page->width >= 1 && page->width <= CR_WIRE_LONGEST && page->height >= 1 &&
         page->height <= CR_WIRE_LONGEST && page->gray <= 1 && page->lines <= CR_WIRE_LINES &&
         page->page_width >= 0 && page->page_width <= PAPER_MAX && page->page_height >= 0 &&
         page->page_height <= PAPER_MAX && (page->page_width >= 1) == (page->page_height >= 1);
}

/* Text that a search of the finished PDF finds; the picture is painted over it. */
static void
put_line (cairo_t *cr, const CrWireLine *line, const char *text)
{
  cairo_text_extents_t extents;
  cairo_save (cr);
  cairo_set_font_size (cr, CLAMP (line->height, 1, 200));
  cairo_text_extents (cr, text, &extents);
  cairo_translate (cr, line->x, line->y + line->height * 0.8);
  if (extents.x_advance > 0 && line->width > 0)
    cairo_scale (cr, line->width / extents.x_advance, 1);
  cairo_move_to (cr, 0, 0);
  cairo_show_text (cr, text);
  cairo_restore (cr);
}

static gboolean
take_line (CrDecodeChild *child, cairo_t *cr, GString *all, GError **error)
{
  CrWireLine line;
  g_autofree char *text = NULL, *valid = NULL;
  if (!cr_decode_child_read (child, &line, sizeof line, error))
    return FALSE;
  if (line.bytes == 0 || line.bytes > CR_WIRE_LINE_BYTES || !(fabs (line.x) <= PAPER_MAX) ||
      !(fabs (line.y) <= PAPER_MAX) || !(fabs (line.width) <= PAPER_MAX) ||
      !(fabs (line.height) <= PAPER_MAX))
    return fail_garbled (error);
  text = g_malloc0 (line.bytes + 1);
  if (!cr_decode_child_read (child, text, line.bytes, error))
    return FALSE;
  valid = g_utf8_make_valid (text, -1);
  g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "", valid);
  if (cr != NULL)
    put_line (cr, &line, valid);
  return TRUE;
}

static gboolean
take_row (CrDecodeChild *child, const CrWirePage *page, guint32 *row, guint8 *line, GError **error)
{
  if (!page->gray)
    return cr_decode_child_read (child, row, (gsize)page->width * 4, error);
  if (!cr_decode_child_read (child, line, page->width, error))
    return FALSE;
  for (guint32 x = 0; x < page->width; x++)
    row[x] = line[x] * 0x010101u;
  return TRUE;
}

static cairo_surface_t *
take_pixels (CrDecodeChild *child, const CrWirePage *page, GError **error)
{
  g_autoptr (cairo_surface_t) picture =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)page->width, (int)page->height);
  g_autofree guint8 *line = g_malloc (page->width);
  guint8 *data = cairo_image_surface_get_data (picture);
  if (data == NULL) {
    fail_garbled (error);
    return NULL;
  }
  for (guint32 y = 0; y < page->height; y++)
    if (!take_row (child, page,
                   (guint32 *)(gpointer)(data + (gsize)y * (gsize)cairo_image_surface_get_stride (picture)),
                   line, error))
      return NULL;
  cairo_surface_mark_dirty (picture);
  return g_steal_pointer (&picture);
}

static void
paint_over (cairo_t *cr, cairo_surface_t *picture, const CrWirePage *page)
{
  cairo_scale (cr, page->page_width / page->width, page->page_height / page->height);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
}

static cairo_surface_t *
take_page (CrDecodeChild *child, const CrWirePage *page, GError **error)
{
  const cairo_rectangle_t extents = { 0, 0, page->page_width, page->page_height };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (cairo_surface_t) paper =
      page->page_width > 0 ? cairo_recording_surface_create (CAIRO_CONTENT_COLOR, &extents) : NULL;
  g_autoptr (cairo_t) cr = paper != NULL ? cairo_create (paper) : NULL;
  g_autoptr (cairo_surface_t) picture = NULL;
  if (cr != NULL) {
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
  }
  for (guint32 i = 0; i < page->lines; i++)
    if (!take_line (child, cr, text, error))
      return NULL;
  picture = take_pixels (child, page, error);
  if (picture != NULL && cr != NULL)
    paint_over (cr, picture, page);
  if (picture == NULL)
    return NULL;
  if (paper == NULL)
    paper = g_steal_pointer (&picture);
  cairo_surface_set_user_data (paper, &TEXT_KEY, g_strdup (text->str), g_free);
  return g_steal_pointer (&paper);
}

static GPtrArray *
take_pages (CrDecodeChild *child, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  guint64 pixels = 0;
  guint n = 0;
  if (!take_begin (child, &n, error))
    return NULL;
  for (guint i = 0; i < n; i++) {
    CrWirePage page;
    cairo_surface_t *surface;
    if (!cr_decode_child_read (child, &page, sizeof page, error))
      return NULL;
    pixels += (guint64)page.width * page.height;
    if (!is_possible (&page) || pixels > CR_WIRE_PIXELS) {
      fail_garbled (error);
      return NULL;
    }
    if ((surface = take_page (child, &page, error)) == NULL)
      return NULL;
    g_ptr_array_add (pages, surface);
  }
  return g_steal_pointer (&pages);
}

/* ---- public ---- */

GPtrArray *
cr_document_pages (GBytes *content, GError **error)
{
  CrDecodeChild *child = cr_decode_child_new (content, error);
  GPtrArray *pages = child != NULL ? take_pages (child, error) : NULL;
  if (child != NULL)
    cr_decode_child_free (child);
  return pages;
}

static void
pages_thread (GTask *task, gpointer source, gpointer content, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *pages = cr_document_pages (content, &error);
  if (pages != NULL)
    g_task_return_pointer (task, pages, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
cr_document_pages_async (GBytes *content, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  g_task_set_task_data (task, g_bytes_ref (content), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, pages_thread);
}

GPtrArray *
cr_document_pages_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
cr_document_page_text (cairo_surface_t *page)
{
  const char *text = cairo_surface_get_user_data (page, &TEXT_KEY);
  return text != NULL ? text : "";
}

void
cr_document_page_size (cairo_surface_t *page, double *width, double *height)
{
  cairo_rectangle_t extents = { 0 };
  if (cairo_surface_get_type (page) == CAIRO_SURFACE_TYPE_IMAGE) {
    *width = cairo_image_surface_get_width (page);
    *height = cairo_image_surface_get_height (page);
    return;
  }
  cairo_recording_surface_get_extents (page, &extents);
  *width = extents.width;
  *height = extents.height;
}

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

/* Pictures, which have no size, fill a Letter page's width or height. */
static void
add_pdf_page (cairo_surface_t *pdf, cairo_t *cr, cairo_surface_t *page)
{
  double width, height, scale = 1;
  cr_document_page_size (page, &width, &height);
  if (cairo_surface_get_type (page) == CAIRO_SURFACE_TYPE_IMAGE)
    scale = MIN (612 / width, 792 / height);
  cairo_pdf_surface_set_size (pdf, width * scale, height * scale);
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_show_page (cr);
}

GBytes *
cr_document_pages_to_pdf (const GPtrArray *pages)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) pdf = cairo_pdf_surface_create_for_stream (append_cb, out, 612, 792);
  g_autoptr (cairo_t) cr = cairo_create (pdf);
  for (guint i = 0; i < pages->len; i++)
    add_pdf_page (pdf, cr, pages->pdata[i]);
  cairo_surface_finish (pdf);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
cr_document_page_small (cairo_surface_t *page, int longest)
{
  GByteArray *out = g_byte_array_new ();
  double width, height;
  cr_document_page_size (page, &width, &height);
  double scale = MIN (1, longest / MAX (width, height));
  g_autoptr (cairo_surface_t) small = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
  g_autoptr (cairo_t) cr = cairo_create (small);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_surface_write_to_png_stream (small, append_cb, out);
  return g_byte_array_free_to_bytes (out);
}

gboolean
cr_document_is_pages (GBytes *content)
{
  static const struct {
    const char *bytes;
    gsize size;
  } BEGIN[] = { { "%PDF-", 5 }, { "\x89PNG", 4 }, { "\xff\xd8\xff", 3 },
                { "II*\0", 4 }, { "MM\0*", 4 },   { "GIF8", 4 } };
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  for (guint i = 0; i < G_N_ELEMENTS (BEGIN); i++)
    if (size > BEGIN[i].size && memcmp (bytes, BEGIN[i].bytes, BEGIN[i].size) == 0)
      return TRUE;
  return FALSE;
}
