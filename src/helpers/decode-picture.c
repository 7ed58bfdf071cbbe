/* Pictures: the formats scanners and cameras write, and no others. */
#include "decode.h"
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define CHUNK 65536
#define MOST_DOTS 250000000 /* 1 GB while it is read: half of what the cage allows */

static const struct {
  const char *begins, *type;
  gsize length;
} TYPES[] = { { "\x89PNG", "png", 4 }, { "\xff\xd8\xff", "jpeg", 3 }, { "II*\0", "tiff", 4 },
              { "MM\0*", "tiff", 4 },  { "GIF8", "gif", 4 },          { "BM", "bmp", 2 } };

static const char *
type_of (const guchar *bytes, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    if (size > 8 && memcmp (bytes, TYPES[i].begins, TYPES[i].length) == 0)
      return TYPES[i].type;
  return NULL;
}

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  gboolean *too_large = data;
  double scale = (double)CR_WIRE_LONGEST / MAX (MAX (width, height), 1);
  *too_large = (gint64)width * height > MOST_DOTS;
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0); /* it ends here */
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int)(width * scale), 1), MAX ((int)(height * scale), 1));
}

static gboolean
feed (GdkPixbufLoader *loader, const guchar *bytes, gsize size)
{
  for (gsize at = 0; at < size; at += CHUNK)
    if (!gdk_pixbuf_loader_write (loader, bytes + at, MIN (CHUNK, size - at), NULL)) {
      gdk_pixbuf_loader_close (loader, NULL);
      return FALSE;
    }
  return gdk_pixbuf_loader_close (loader, NULL);
}

/* The loader takes what there is of a PNG and leaves the rest blank: half a scan must not pass for one. */
static gboolean
is_cut_off (const guchar *bytes, gsize size)
{
  return memcmp (bytes, "\x89PNG", 4) == 0 && memmem (bytes, size, "IEND", 4) == NULL;
}

static GdkPixbuf *
read_picture (GBytes *content, gboolean *too_large)
{
  gsize size;
  const guchar *bytes = g_bytes_get_data (content, &size);
  const char *type = type_of (bytes, size);
  g_autoptr (GdkPixbufLoader) loader =
      type != NULL && !is_cut_off (bytes, size) ? gdk_pixbuf_loader_new_with_type (type, NULL) : NULL;
  GdkPixbuf *read;
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), too_large);
  if (!feed (loader, bytes, size))
    return NULL;
  read = gdk_pixbuf_loader_get_pixbuf (loader);
  return read != NULL ? gdk_pixbuf_apply_embedded_orientation (read) : NULL;
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

void
cr_decode_picture (GBytes *content)
{
  gboolean too_large = FALSE;
  g_autoptr (GdkPixbuf) picture = read_picture (content, &too_large);
  cairo_surface_t *surface;
  int width, height;
  if (picture == NULL) {
    cr_decode_begin (too_large ? CR_WIRE_TOO_LARGE : CR_WIRE_UNREADABLE, 0);
    return;
  }
  width = gdk_pixbuf_get_width (picture);
  height = gdk_pixbuf_get_height (picture);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    copy_row (gdk_pixbuf_read_pixels (picture) + (gsize)y * (gsize)gdk_pixbuf_get_rowstride (picture),
              (guint32 *)(gpointer)(cairo_image_surface_get_data (surface) +
                                    (gsize)y * (gsize)cairo_image_surface_get_stride (surface)),
              width, gdk_pixbuf_get_n_channels (picture));
  cairo_surface_mark_dirty (surface);
  cr_decode_begin (CR_WIRE_FINE, 1);
  cr_decode_page ((CrWirePage){ 0 }, NULL, NULL, surface);
  cairo_surface_destroy (surface);
}
