#include "chartroom/render/test-page.h"
#include <glib/gi18n.h>

#define FRAME_HEIGHT 260.0
#define MARK 18.0 /* a quarter of an inch */

/* A frame with a mark every inch: what is cut off or drawn out is seen. */
static void
draw_frame (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_set_line_width (cr, 0.7);
  cairo_rectangle (cr, 0.5, 0.5, width - 1, height - 1);
  cairo_stroke (cr);
  for (int i = 0; i * 72 < (int)width; i++) {
    cairo_move_to (cr, i * 72 + 0.5, 0);
    cairo_rel_line_to (cr, 0, MARK);
  }
  for (int i = 0; i * 72 < (int)height; i++) {
    cairo_move_to (cr, 0, i * 72 + 0.5);
    cairo_rel_line_to (cr, MARK, 0);
  }
  cairo_stroke (cr);
  for (int i = 0; i < 4; i++) { /* shades that a copier eats */
    double shade = 0.9 - i * 0.2;
    cairo_set_source_rgb (cr, shade, shade, shade);
    cairo_rectangle (cr, 72 + i * 72, height - 108, 72, 72);
    cairo_fill (cr);
  }
}

CrPaper *
cr_test_page (const CrImprint *imprint, const char *paper, const char *printer)
{
  CrPaper *self = cr_paper_new (_ ("Test page"));

  cr_imprint_frame (imprint, self, NULL);
  cr_imprint_letterhead (imprint, self, _ ("Test page"));
  cr_paper_add_field (self, _ ("Paper"), paper);
  cr_paper_add_field (self, _ ("Printer"), printer == NULL ? _ ("chosen when it was printed") : printer);
  cr_paper_add_space (self, 8);
  cr_paper_add_text (self, CR_PAPER_BODY,
                     _ ("This page names no patient. Compare it with the letterhead you want; look whether "
                        "the paper is the right one, whether the frame is whole, and whether its marks are "
                        "one inch apart. On security paper copy this page: the copy must be marked."));
  cr_paper_add_space (self, 12);
  cr_paper_add_figure (self, FRAME_HEIGHT, _ ("Frame with a mark every inch, and four shades of gray"),
                       draw_frame, NULL, NULL);
  return self;
}
