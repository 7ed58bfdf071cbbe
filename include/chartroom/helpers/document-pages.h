/* The pages of a stored scan, photo or PDF, ready to be put on paper. */
#pragma once
#include <cairo.h>
#include "chartroom/base/error.h"

#define CR_DOCUMENT_PAGES_MAX 100
/* cairo_surface_t, one a page: a PDF's pages as drawings (its text stays text), a picture as one image,
 * turned as its camera says and no larger than a printer needs.  NULL and INVALID: neither, damaged, or too
 * many pages. */
GPtrArray *cr_document_pages (GBytes *content, GError **error);
