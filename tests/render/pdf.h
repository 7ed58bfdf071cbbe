/* Reading back what was printed. */
#pragma once
#include "chartroom/render/paper.h"

GBytes *pdf_of (CrPaper *paper); /* laid out, as a PDF dated Nov 23, 2026 */
guint pdf_pages (GBytes *pdf);
char *pdf_text (GBytes *pdf, guint page); /* 0-based; words of a line joined by single blanks */
char *pdf_text_all (GBytes *pdf);
char *pdf_title (GBytes *pdf);
char *pdf_first_bookmark (GBytes *pdf);              /* NULL none */
void pdf_assert_inside (GBytes *pdf, double margin); /* no glyph nearer to an edge */
gboolean pdf_says (GBytes *pdf, guint page, const char *text);
void pdf_assert_says (GBytes *pdf, guint page, const char *text, const char *where);
#define assert_says(pdf, page, text) pdf_assert_says ((pdf), (page), (text), G_STRLOC)
