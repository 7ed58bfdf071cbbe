/* The pages of a stored scan, photo or PDF, ready to be shown or put on paper.  The bytes came from outside:
 * a child without keys, files or network (chartroom-decode) reads them, and only pixels and lines of text
 * come back. */
#pragma once
#include <cairo.h>
#include <gio/gio.h>
#include "chartroom/base/error.h"

#define CR_DOCUMENT_PAGES_MAX 100
/* cairo_surface_t, one a page: a PDF's page as an image of at most 200 dots per inch with its text unseen
 * beneath it (a recording in points), a picture as one image, turned as its camera says.  PDF, PNG, JPEG,
 * TIFF, GIF, BMP. Waits for the child, at most a minute.  NULL and INVALID: none of these, damaged, locked,
 * too many pages, or the child did not survive it; NOT_FOUND: the child is not installed. */
GPtrArray *cr_document_pages (GBytes *content, GError **error);
/* So in a thread of its own. */
void cr_document_pages_async (GBytes *content, GAsyncReadyCallback callback, gpointer data);
GPtrArray *cr_document_pages_finish (GAsyncResult *result, GError **error);
const char *cr_document_page_text (cairo_surface_t *page);                         /* "" for pictures */
void cr_document_page_size (cairo_surface_t *page, double *width, double *height); /* points, or pixels */
/* Those pages as a PDF of our own making, which is safe to read again. */
GBytes *cr_document_pages_to_pdf (const GPtrArray *pages);
/* A page, at most that many pixels wide and high, as a PNG of our own making: nothing of the file it came
 * from is left but what is seen. */
GBytes *cr_document_page_small (cairo_surface_t *page, int longest);
gboolean cr_document_is_pages (GBytes *content); /* begins like a PDF or a picture, not like text */
