#include "chartroom/domain/scan-rules.h"
#include <glib/gi18n.h>
#include <string.h>

static const struct {
  const char *mime;
  guint length;
  const char *start;
} KINDS[] = {
  { "image/png", 8, "\x89PNG\r\n\x1a\n" },
  { "image/jpeg", 3, "\xff\xd8\xff" },
  { "image/tiff", 4, "II*\0" },
  { "image/tiff", 4, "MM\0*" },
  { "image/gif", 4, "GIF8" },
  { "application/pdf", 5, "%PDF-" },
};

const char *
cr_scan_mime (GBytes *content)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (content, &size);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (size > KINDS[i].length && memcmp (bytes, KINDS[i].start, KINDS[i].length) == 0)
      return KINDS[i].mime;
  return NULL;
}

const char *
cr_scan_problem (GBytes *content, gboolean picture)
{
  const char *mime = cr_scan_mime (content);
  if (g_bytes_get_size (content) == 0)
    return _ ("The file is empty. Choose another one.");
  if (g_bytes_get_size (content) > CR_SCAN_MOST_BYTES)
    return _ ("The file is larger than 20 MB. Scan it with fewer dots per inch, or choose a smaller one.");
  if (picture && (mime == NULL || g_str_equal (mime, "application/pdf")))
    return _ ("This is no picture. Choose a PNG, JPEG or TIFF file.");
  if (mime == NULL)
    return _ ("This is neither a picture nor a PDF. Choose a PNG, JPEG, TIFF or PDF file.");
  return NULL;
}
