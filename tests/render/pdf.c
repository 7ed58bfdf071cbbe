#include <poppler.h>
#include "chartroom/base/text.h"
#include "pdf.h"

#define DATED 1795459920000000 /* Nov 23, 2026 */

/* Names of our own, since poppler's objects have no autoptr everywhere. */
typedef PopplerDocument PdfDocument;
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

static PopplerDocument *
document_of (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static void
assert_page_inside (PopplerPage *page, double margin)
{
  PopplerRectangle *rectangles = NULL;
  g_autofree char *text = poppler_page_get_text (page);
  double width, height;
  guint n = 0;

  poppler_page_get_size (page, &width, &height);
  poppler_page_get_text_layout (page, &rectangles, &n);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    if (rectangles[i].x1 < margin - 1 || rectangles[i].x2 > width - margin + 1 || rectangles[i].y1 < 30 ||
        rectangles[i].y2 > height - margin + 6)
      g_error ("glyph %u at %.1f–%.1f, %.1f–%.1f near “%.40s”", i, rectangles[i].x1, rectangles[i].x2,
               rectangles[i].y1, rectangles[i].y2, g_utf8_offset_to_pointer (text, i > 10 ? i - 10 : 0));
  g_free (rectangles);
}

GBytes *
pdf_of (CrPaper *paper)
{
  g_autoptr (GError) error = NULL;
  CrPaperMeta meta = { .created = DATED };
  GBytes *pdf = cr_paper_to_pdf (paper, &meta, &error);

  g_assert_no_error (error);
  return pdf;
}

guint
pdf_pages (GBytes *pdf)
{
  g_autoptr (PdfDocument) document = document_of (pdf);

  return (guint)poppler_document_get_n_pages (document);
}

char *
pdf_text (GBytes *pdf, guint page)
{
  g_autoptr (PdfDocument) document = document_of (pdf);
  g_autoptr (PdfPage) it = poppler_document_get_page (document, (int)page);
  g_autofree char *text = poppler_page_get_text (it);

  return cr_text_trim (text);
}

char *
pdf_text_all (GBytes *pdf)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < pdf_pages (pdf); i++) {
    g_autofree char *text = pdf_text (pdf, i);

    g_string_append_printf (all, "%s ", text);
  }
  return g_string_free (all, FALSE);
}

void
pdf_assert_inside (GBytes *pdf, double margin)
{
  g_autoptr (PdfDocument) document = document_of (pdf);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++) {
    g_autoptr (PdfPage) page = poppler_document_get_page (document, i);

    assert_page_inside (page, margin);
  }
}

gboolean
pdf_says (GBytes *pdf, guint page, const char *text)
{
  g_autofree char *all = pdf_text (pdf, page);

  return strstr (all, text) != NULL;
}

char *
pdf_title (GBytes *pdf)
{
  g_autoptr (PdfDocument) document = document_of (pdf);

  return poppler_document_get_title (document);
}

char *
pdf_first_bookmark (GBytes *pdf)
{
  g_autoptr (PdfDocument) document = document_of (pdf);
  PopplerIndexIter *iter = poppler_index_iter_new (document);
  PopplerAction *action = iter == NULL ? NULL : poppler_index_iter_get_action (iter);
  char *title = action == NULL ? NULL : g_strdup (action->any.title);

  g_clear_pointer (&action, poppler_action_free);
  g_clear_pointer (&iter, poppler_index_iter_free);
  return title;
}

void
pdf_assert_says (GBytes *pdf, guint page, const char *text, const char *where)
{
  g_autofree char *all = pdf_text (pdf, page);

  if (strstr (all, text) == NULL)
    g_error ("%s: page %u does not say “%s” but:\n%s", where, page, text, all);
}
