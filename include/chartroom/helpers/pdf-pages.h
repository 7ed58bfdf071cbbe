/* Pages of a finished PDF as pictures and text, through poppler; bytes in memory, never a file.  Poppler runs
 * inside this program, so only PDFs that Chartroom itself made come here: just painted, or frozen in the
 * sealed store, which proves them unaltered.  What came from outside goes through document-pages.h. */
#pragma once
#include <cairo.h>
#include "chartroom/base/error.h"

typedef struct _CrPdfPages CrPdfPages;
/* INVALID when the bytes are not a readable PDF. */
CrPdfPages *cr_pdf_pages_new (GBytes *pdf, GError **error);
void cr_pdf_pages_free (CrPdfPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrPdfPages, cr_pdf_pages_free)
guint cr_pdf_pages_count (CrPdfPages *self);
void cr_pdf_pages_size (CrPdfPages *self, guint page, double *width, double *height); /* points */
void cr_pdf_pages_draw (CrPdfPages *self, guint page, cairo_t *cr); /* one point = one user unit, on white */
char *cr_pdf_pages_text (CrPdfPages *self, guint page);
/* Several such PDFs (GBytes) as one, page after page, each as large as it was; text stays text. */
GBytes *cr_pdf_join (const GPtrArray *pdfs, GError **error);
