/* Scans into pages, and PDFs behind a password. */
#include "chartroom/helpers/document-pages.h"
#include "chartroom/helpers/logo.h"
#include "chartroom/helpers/pdf-pages.h"
#include "chartroom/helpers/pdf-password.h"
#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (data, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_pdf (guint pages)
{
  GByteArray *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, out, 612, 792);
  cairo_t *cr = cairo_create (surface);
  for (guint i = 0; i < pages; i++) {
    cairo_move_to (cr, 72, 72);
    cairo_show_text (cr, "A report of nobody");
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
make_png (int width, int height)
{
  GByteArray *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_rectangle (cr, 0, 0, width / 2, height);
  cairo_fill (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, out);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

static void
test_pdf (void)
{
  g_autoptr (GBytes) pdf = make_pdf (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = cr_document_pages (pdf, &error);
  cairo_rectangle_t extents;
  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, 3);
  g_assert_true (cairo_recording_surface_get_extents (pages->pdata[2], &extents));
  g_assert_cmpfloat (extents.width, ==, 612);
  g_assert_cmpfloat (extents.height, ==, 792);
}

static guint32
crc_of (const guint8 *bytes, gsize size)
{
  guint32 crc = 0xffffffffu;
  for (gsize i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc & 1u) != 0 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
  }
  return ~crc;
}

/* A few bytes that say they are a picture of 30,000 by 30,000: that it is too large is said. */
static void
test_large_picture (void)
{
  g_autoptr (GBytes) png = make_png (40, 20);
  gsize size;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (png, &size), g_bytes_get_size (png));
  g_autoptr (GError) error = NULL;
  guint32 side = GUINT32_TO_BE (30000), crc;
  memcpy (bytes + 16, &side, 4);
  memcpy (bytes + 20, &side, 4);
  crc = GUINT32_TO_BE (crc_of (bytes + 12, 17));
  memcpy (bytes + 29, &crc, 4);
  g_autoptr (GBytes) large = g_bytes_new (bytes, size);
  g_assert_null (cr_document_pages (large, &error));
  g_assert_nonnull (strstr (error->message, "too large"));
}

/* What is transparent is paper; a huge picture is made smaller. */
static void
test_picture (void)
{
  g_autoptr (GBytes) png = make_png (40, 20), large = make_png (4400, 100);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = cr_document_pages (png, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, 1);
  guint32 *row = (guint32 *)(gpointer)cairo_image_surface_get_data (pages->pdata[0]);
  g_assert_cmpint (cairo_image_surface_get_width (pages->pdata[0]), ==, 40);
  g_assert_cmphex (row[0] & 0xffffff, ==, 0xff0000);
  g_assert_cmphex (row[39] & 0xffffff, ==, 0xffffff);
  g_autoptr (GPtrArray) small = cr_document_pages (large, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cairo_image_surface_get_width (small->pdata[0]), ==, 2200);
  g_assert_cmpint (cairo_image_surface_get_height (small->pdata[0]), ==, 50);
}

static void
refuse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (cr_document_pages (bytes, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_bytes_unref (bytes);
}

static void
test_hostile (void)
{
  g_autoptr (GBytes) png = make_png (40, 20);
  refuse (g_bytes_new_static ("", 0));
  refuse (g_bytes_new_static ("%PDF-1.7 and nothing else", 25));
  refuse (g_bytes_new_static ("MZ not a picture at all", 23));
  refuse (g_bytes_new_from_bytes (png, 0, 60)); /* cut off */
  refuse (make_pdf (CR_DOCUMENT_PAGES_MAX + 1));
}

/* The text of a PDF from outside stays text in the packet, and is at hand for a screen reader. */
static void
test_text (void)
{
  g_autoptr (GBytes) pdf = make_pdf (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = cr_document_pages (pdf, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cr_document_page_text (pages->pdata[1]), ==, "A report of nobody");
  g_autoptr (GBytes) copy = cr_document_pages_to_pdf (pages);
  g_autoptr (CrPdfPages) again = cr_pdf_pages_new (copy, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_pdf_pages_count (again), ==, 2);
  double width, height;
  cr_pdf_pages_size (again, 0, &width, &height);
  g_assert_cmpfloat (width, ==, 612);
  g_assert_cmpfloat (height, ==, 792);
  g_autofree char *text = cr_pdf_pages_text (again, 0);
  g_assert_cmpstr (g_strstrip (text), ==, "A report of nobody");
}

/* A child that is not there, or that answers nonsense, is an error for the document and nothing more. */
static void
with_child (const char *script, GQuark domain, int code)
{
  g_autofree char *folder = g_dir_make_tmp ("decode-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chartroom-decode", NULL);
  g_autofree char *before = g_strdup (g_getenv ("CHARTROOM_LIBEXEC_DIR"));
  g_autoptr (GBytes) png = make_png (4, 4);
  g_autoptr (GError) error = NULL;
  if (script != NULL) {
    g_assert_true (g_file_set_contents (path, script, -1, NULL));
    g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  }
  g_setenv ("CHARTROOM_LIBEXEC_DIR", folder, TRUE);
  g_assert_null (cr_document_pages (png, &error));
  g_assert_error (error, domain, code);
  if (before != NULL)
    g_setenv ("CHARTROOM_LIBEXEC_DIR", before, TRUE);
  else
    g_unsetenv ("CHARTROOM_LIBEXEC_DIR");
  g_remove (path);
  g_rmdir (folder);
}

static void
test_bad_child (void)
{
  with_child (NULL, CR_ERROR, CR_ERROR_NOT_FOUND);
  with_child ("#!/bin/sh\nkill -SEGV $$\n", CR_ERROR, CR_ERROR_INVALID);
  with_child ("#!/bin/sh\nexit 0\n", CR_ERROR, CR_ERROR_INVALID);
  with_child ("#!/bin/sh\nyes\n", CR_ERROR, CR_ERROR_INVALID);
  /* "fine, one page" and then a page of 65,535 × 65,535 */
  with_child ("#!/bin/sh\nprintf '1DRC\\000\\000\\000\\000\\001\\000\\000\\000'\n"
              "printf '\\377\\377\\000\\000\\377\\377\\000\\000'\nyes\n",
              CR_ERROR, CR_ERROR_INVALID);
}

static void
test_password (void)
{
  g_autoptr (GBytes) pdf = make_pdf (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  if (qpdf == NULL) {
    g_test_skip ("qpdf is not installed");
    return;
  }
  g_autoptr (GBytes) locked = cr_pdf_with_password (pdf, "@blue heron 7 é", &error);
  g_assert_no_error (error);
  gsize size;
  const char *bytes = g_bytes_get_data (locked, &size);
  g_assert_nonnull (memmem (bytes, size, "/AESV3", 6)); /* AES-256 */
  g_assert_null (cr_pdf_pages_new (locked, &error));    /* not without it */
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
}

static void
test_weak_password (void)
{
  g_autoptr (GBytes) pdf = make_pdf (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *fine = cr_pdf_password_problem ("blue heron");
  g_assert_null (cr_pdf_with_password (pdf, "short", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (cr_pdf_with_password (pdf, "eight characters\n--decrypt", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_null (fine);
  g_clear_error (&error);
  g_assert_null (cr_pdf_with_password (pdf, "--decrypted", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
}

static GBytes *
read_logo (const char *path, GBytes *content, gsize most, GError **error)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (content, &size);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  return cr_logo_read (path, most, error);
}

/* Made smaller until it fits; what is no PNG or JPEG, damaged, too big or not there is refused. */
static void
test_logo (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cr-logo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "logo", NULL), *blank = NULL;
  g_autoptr (GBytes) wide = make_png (2400, 300), pdf = make_pdf (1);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (wide, 0, 60);
  g_autoptr (GBytes) huge = NULL, logo = NULL, small = NULL;
  g_autoptr (GError) error = NULL, type = NULL, damaged = NULL, big = NULL, none = NULL;
  logo = read_logo (path, wide, 100000, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) pages = cr_document_pages (logo, &error);
  g_assert_cmpint (cairo_image_surface_get_width (pages->pdata[0]), ==, 1200);
  g_assert_cmpint (cairo_image_surface_get_height (pages->pdata[0]), >=, 149); /* the child bounds it, too */
  small = read_logo (path, wide, g_bytes_get_size (logo) - 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (small), <, g_bytes_get_size (logo));
  g_assert_null (read_logo (path, pdf, 100000, &type));
  g_assert_error (type, CR_ERROR, CR_ERROR_INVALID);
  g_assert_null (read_logo (path, half, 100000, &damaged));
  g_assert_error (damaged, CR_ERROR, CR_ERROR_INVALID);
  blank = g_malloc0 (CR_LOGO_FILE_MAX + 1);
  huge = g_bytes_new (blank, CR_LOGO_FILE_MAX + 1);
  g_assert_null (read_logo (path, huge, 100000, &big));
  g_assert_error (big, CR_ERROR, CR_ERROR_INVALID);
  g_unlink (path);
  g_assert_null (cr_logo_read (path, 100000, &none));
  g_assert_error (none, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_rmdir (folder);
}

/* Several PDFs as one: every page, as large as it was, with its text. */
static void
test_join (void)
{
  g_autoptr (GError) error = NULL, damaged = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  double width, height;
  g_ptr_array_add (parts, make_pdf (1));
  g_ptr_array_add (parts, make_pdf (2));
  g_autoptr (GBytes) joined = cr_pdf_join (parts, &error);
  g_assert_no_error (error);
  g_autoptr (CrPdfPages) pages = cr_pdf_pages_new (joined, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cr_pdf_pages_count (pages), ==, 3);
  cr_pdf_pages_size (pages, 2, &width, &height);
  g_assert_cmpfloat (width, ==, 612);
  g_assert_cmpfloat (height, ==, 792);
  g_autofree char *text = cr_pdf_pages_text (pages, 2);
  g_assert_nonnull (strstr (text, "A report of nobody"));
  g_ptr_array_add (parts, g_bytes_new_static ("no PDF", 6));
  g_assert_null (cr_pdf_join (parts, &damaged)); /* nothing by halves */
  g_assert_error (damaged, CR_ERROR, CR_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helpers/pdf", test_pdf);
  g_test_add_func ("/helpers/picture", test_picture);
  g_test_add_func ("/helpers/large-picture", test_large_picture);
  g_test_add_func ("/helpers/logo", test_logo);
  g_test_add_func ("/helpers/hostile", test_hostile);
  g_test_add_func ("/helpers/text", test_text);
  g_test_add_func ("/helpers/bad-child", test_bad_child);
  g_test_add_func ("/helpers/password", test_password);
  g_test_add_func ("/helpers/weak-password", test_weak_password);
  g_test_add_func ("/helpers/join", test_join);
  return g_test_run ();
}
