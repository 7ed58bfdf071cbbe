/* What may be taken in from a file. */
#include <string.h>
#include "chartroom/domain/scan-rules.h"

static GBytes *
bytes_of (const char *start, gsize length, gsize size)
{
  guint8 *data = g_malloc0 (size);
  if (length > 0)
    memcpy (data, start, MIN (length, size));
  return g_bytes_new_take (data, size);
}

static void
test_kinds (void)
{
  static const struct {
    const char *start;
    gsize length, size;
    const char *mime;
    gboolean scan, picture;
  } cases[] = {
    { "\x89PNG\r\n\x1a\n", 8, 90, "image/png", TRUE, TRUE },
    { "\xff\xd8\xff\xe0", 4, 90, "image/jpeg", TRUE, TRUE },
    { "II*\0", 4, 90, "image/tiff", TRUE, TRUE },
    { "%PDF-1.7", 8, 90, "application/pdf", TRUE, FALSE },
    { "MZ\x90", 3, 90, NULL, FALSE, FALSE },
    { "<html>", 6, 90, NULL, FALSE, FALSE },
    { "", 0, 0, NULL, FALSE, FALSE },
    { "\x89PNG\r\n\x1a\n", 8, 8, NULL, FALSE, FALSE }, /* a beginning alone */
    { "\xff\xd8\xff\xe0", 4, CR_SCAN_MOST_BYTES, "image/jpeg", TRUE, TRUE },
    { "\xff\xd8\xff\xe0", 4, CR_SCAN_MOST_BYTES + 1, "image/jpeg", FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) content = bytes_of (cases[i].start, cases[i].length, cases[i].size);
    g_assert_cmpstr (cr_scan_mime (content), ==, cases[i].mime);
    g_assert_true ((cr_scan_problem (content, FALSE) == NULL) == cases[i].scan);
    g_assert_true ((cr_scan_problem (content, TRUE) == NULL) == cases[i].picture);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-rules/kinds", test_kinds);
  return g_test_run ();
}
