/* PDF: each page as pixels, and its text line by line with the place where it stands. */
#include "decode.h"
#include "chartroom/helpers/document-pages.h"
#include <math.h>
#include <poppler.h>
#include <string.h>

#define DOTS 200.0 /* per inch */
#define POINTS 72.0

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

/* Pixels a point: as fine as a printer needs, as coarse as all pages together ask for. */
static double
scale_for (double width, double height, guint pages)
{
  double scale = MIN (DOTS / POINTS, CR_WIRE_LONGEST / MAX (width, height));
  return MIN (scale, sqrt ((double)CR_WIRE_PIXELS / pages / (width * height)));
}

static cairo_surface_t *
paint (PopplerPage *page, double width, double height, guint pages)
{
  double scale = scale_for (width, height, pages);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX ((int)(width * scale), 1),
                                                         MAX ((int)(height * scale), 1));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  return surface;
}

static void
add_line (GArray *lines, GPtrArray *texts, const char *text, gsize bytes, const PopplerRectangle *box)
{
  CrWireLine line = {
    box->x1, box->y1, box->x2 - box->x1, box->y2 - box->y1, (guint32)MIN (bytes, CR_WIRE_LINE_BYTES), 0
  };
  while (line.bytes > 0 && line.bytes < bytes && ((guchar)text[line.bytes] & 0xc0) == 0x80)
    line.bytes--; /* not within a character */
  if (line.bytes == 0 || lines->len == CR_WIRE_LINES)
    return;
  g_array_append_val (lines, line);
  g_ptr_array_add (texts, g_strndup (text, line.bytes));
}

static void
widen (PopplerRectangle *box, const PopplerRectangle *by)
{
  box->x1 = MIN (box->x1, by->x1);
  box->y1 = MIN (box->y1, by->y1);
  box->x2 = MAX (box->x2, by->x2);
  box->y2 = MAX (box->y2, by->y2);
}

/* One rectangle a character, line ends included. */
static void
take_lines (PopplerPage *page, GArray *lines, GPtrArray *texts)
{
  g_autofree char *text = poppler_page_get_text (page);
  g_autofree PopplerRectangle *boxes = NULL;
  guint n = 0, i = 0;
  const char *start = text;
  PopplerRectangle box = { 0 };
  if (text == NULL || !poppler_page_get_text_layout (page, &boxes, &n))
    return;
  for (const char *p = text; *p != '\0' && i < n; p = g_utf8_next_char (p), i++)
    if (*p == '\n') {
      add_line (lines, texts, start, (gsize)(p - start), &box);
      start = p + 1;
    } else if (p == start)
      box = boxes[i];
    else
      widen (&box, &boxes[i]);
  add_line (lines, texts, start, strlen (start), &box);
}

static void
send_page (PopplerDocument *document, guint at, guint pages)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, (int)at);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (CrWireLine));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  CrWirePage to = { .page_width = 612, .page_height = 792 };
  cairo_surface_t *surface;
  if (page != NULL)
    poppler_page_get_size (page, &to.page_width, &to.page_height);
  if (page == NULL || !(to.page_width >= 1) || !(to.page_height >= 1))
    _exit (1); /* a page that is listed and not there: the document is damaged */
  surface = paint (page, to.page_width, to.page_height, pages);
  take_lines (page, lines, texts);
  cr_decode_page (to, lines, texts, surface);
  cairo_surface_destroy (surface);
}

void
cr_decode_pdf (GBytes *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (content, NULL, &error);
  int pages = document != NULL ? poppler_document_get_n_pages (document) : 0;
  if (document == NULL)
    cr_decode_begin (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? CR_WIRE_LOCKED
                                                                                     : CR_WIRE_UNREADABLE,
                     0);
  else if (pages < 1)
    cr_decode_begin (CR_WIRE_NO_PAGE, 0);
  else if (pages > CR_DOCUMENT_PAGES_MAX)
    cr_decode_begin (CR_WIRE_TOO_MANY, (guint)pages);
  else
    cr_decode_begin (CR_WIRE_FINE, (guint)pages);
  for (int i = 0; pages <= CR_DOCUMENT_PAGES_MAX && i < pages; i++)
    send_page (document, (guint)i, (guint)pages);
}
