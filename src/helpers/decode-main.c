/* chartroom-decode: a document on standard input, its pages as pixels and text on standard output (wire.h).
 * It is the only part of Chartroom that lets poppler and gdk-pixbuf at bytes from outside, and it holds no
 * key. */
#include "cage.h"
#include "decode.h"
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 65536

void
cr_decode_write (gconstpointer bytes, gsize size)
{
  const char *at = bytes;
  while (size > 0) {
    gssize n = write (STDOUT_FILENO, at, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      _exit (1);
    at += n;
    size -= (gsize)n;
  }
}

void
cr_decode_begin (CrWireProblem problem, guint pages)
{
  const CrWireBegin begin = { CR_WIRE_MAGIC, problem, pages };
  cr_decode_write (&begin, sizeof begin);
}

/* ---- a page ---- */

static gboolean
is_gray (const guint32 *row, guint32 width)
{
  for (guint32 x = 0; x < width; x++)
    if (((row[x] >> 16) & 0xff) != (row[x] & 0xff) || ((row[x] >> 8) & 0xff) != (row[x] & 0xff))
      return FALSE;
  return TRUE;
}

static const guint32 *
row_of (cairo_surface_t *picture, guint32 y)
{
  return (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (picture) +
                                          (gsize)y * (gsize)cairo_image_surface_get_stride (picture));
}

static void
write_row (const guint32 *row, const CrWirePage *page, guint8 *line)
{
  if (!page->gray) {
    cr_decode_write (row, (gsize)page->width * 4);
    return;
  }
  for (guint32 x = 0; x < page->width; x++)
    line[x] = (guint8)row[x];
  cr_decode_write (line, page->width);
}

void
cr_decode_page (CrWirePage page, const GArray *lines, GPtrArray *texts, cairo_surface_t *picture)
{
  g_autofree guint8 *line = NULL;
  cairo_surface_flush (picture);
  page.width = (guint32)cairo_image_surface_get_width (picture);
  page.height = (guint32)cairo_image_surface_get_height (picture);
  page.lines = lines != NULL ? lines->len : 0;
  page.gray = TRUE;
  for (guint32 y = 0; y < page.height && page.gray; y++)
    page.gray = is_gray (row_of (picture, y), page.width);
  line = g_malloc (page.width);
  cr_decode_write (&page, sizeof page);
  for (guint32 i = 0; i < page.lines; i++) {
    const CrWireLine *at = &g_array_index (lines, CrWireLine, i);
    cr_decode_write (at, sizeof *at);
    cr_decode_write (texts->pdata[i], at->bytes);
  }
  for (guint32 y = 0; y < page.height; y++)
    write_row (row_of (picture, y), &page, line);
}

/* ---- the program ---- */

static GBytes *
read_all (void)
{
  GByteArray *all = g_byte_array_new ();
  guint8 *chunk = g_malloc (CHUNK);
  gssize n;
  while ((n = read (STDIN_FILENO, chunk, CHUNK)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      g_byte_array_append (all, chunk, (guint)n);
  g_free (chunk);
  return g_byte_array_free_to_bytes (all);
}

int
main (void)
{
  g_autoptr (GBytes) content = NULL;
  gsize size;
  const char *bytes;
  FcInit (); /* may write its cache: before the cage */
  if (!cr_cage_enter (CR_WIRE_SECONDS))
    return 1;
  content = read_all ();
  bytes = g_bytes_get_data (content, &size);
  if (size > 5 && memcmp (bytes, "%PDF-", 5) == 0)
    cr_decode_pdf (content);
  else
    cr_decode_picture (content);
  _exit (0); /* nothing of what was read is run once more on the way out */
}
