/* Paint: one page of a laid-out paper on a cairo context.  Preview, printer, PDF and tests all come here. */
#include <glib/gi18n.h>
#include <math.h>
#include "paper-private.h"

#define HATCH_STEP 9.0
#define FOOTER_SIZE CR_PAPER_NOTE

struct _PaperPainter {
  CrPaper *paper;
  cairo_t *cr;
  PangoContext *pango;
  gboolean tagged;
  const PaperRow *broken; /* the last row that went over a page's end; its layouts serve the next page */
  GPtrArray *layouts;     /* PangoLayout per cell of that row */
};

static void
open_tag (PaperPainter *painter, const char *tag)
{
  if (painter->tagged)
    cairo_tag_begin (painter->cr, tag, NULL);
}

static void
close_tag (PaperPainter *painter, const char *tag)
{
  if (painter->tagged)
    cairo_tag_end (painter->cr, tag);
}

/* Hairlines only guide the eye along a row, so they are grey. */
static void
draw_rule (cairo_t *cr, double x, double y, double width, double thickness)
{
  double grey = thickness <= PAPER_HAIR ? 0.6 : 0;

  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, thickness);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
}

/* One line of text in the frame of the page, cut to its width with an ellipsis when it must be. */
static void
draw_frame_text (PaperPainter *painter, const char *text, CrPaperStyle style, PangoAlignment align, double x,
                 double y, double width)
{
  g_autofree char *markup = cr_paper_escape (text);
  g_autoptr (PaperText) layout = paper_text_layout (painter->pango, style, markup);

  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (layout, align);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_move_to (painter->cr, x, y);
  pango_cairo_show_layout (painter->cr, layout);
}

/* A text of many pages would otherwise be arranged anew for each of them. */
static PangoLayout *
take_layout (PaperPainter *painter, const PaperPlaced *placed, guint cell)
{
  const PaperRow *row = placed->row;

  if (placed->from == 0 && placed->to == row->n_lines)
    return paper_cell_layout (painter->paper, painter->pango, row, cell);
  if (painter->broken != row) {
    painter->broken = row;
    g_ptr_array_set_size (painter->layouts, 0);
    for (guint i = 0; i < row->grid->n; i++)
      g_ptr_array_add (painter->layouts, paper_cell_layout (painter->paper, painter->pango, row, i));
  }
  return g_object_ref (painter->layouts->pdata[cell]);
}

static void
draw_cell (PaperPainter *painter, const PaperPlaced *placed, guint cell, double x)
{
  const PaperRow *row = placed->row;
  const PaperColumn *column = &row->grid->columns[cell];
  g_autoptr (PaperText) layout = take_layout (painter, placed, cell);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double y = placed->y;
  guint n = 0;

  do {
    PangoRectangle logical;

    if (n >= placed->from && n < placed->to) {
      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      cairo_move_to (painter->cr, x + column->x + logical.x / (double)PANGO_SCALE,
                     y + row->lines[n].baseline);
      pango_cairo_show_layout_line (painter->cr, pango_layout_iter_get_line_readonly (iter));
      y += row->lines[n].height;
    }
    n++;
  } while (pango_layout_iter_next_line (iter) && n < placed->to);
  pango_layout_iter_free (iter);
}

static gboolean
is_table_row (const PaperRow *row)
{
  return g_str_equal (row->tag, "TR");
}

/* The logo: it may reach below its row. */
static void
draw_behind (PaperPainter *painter, const PaperPlaced *placed, CrRect body)
{
  cairo_save (painter->cr);
  cairo_translate (painter->cr, body.x, placed->y);
  placed->row->draw (painter->cr, body.width, placed->height, placed->row->data);
  cairo_restore (painter->cr);
}

static void
draw_cells (PaperPainter *painter, const PaperPlaced *placed, CrRect body)
{
  const PaperRow *row = placed->row;
  gboolean table = is_table_row (row), first = TRUE;

  if (row->draw != NULL && placed->from == 0)
    draw_behind (painter, placed, body);
  if (table)
    open_tag (painter, "TR");
  for (guint i = 0; i < row->grid->n; i++) {
    const char *tag = table ? (row->header ? "TH" : "TD") : first ? row->tag : "P";
    gboolean silent = !table && *row->cells[i] == '\0';

    if (silent)
      continue;
    first = FALSE;
    open_tag (painter, tag);
    draw_cell (painter, placed, i, body.x);
    close_tag (painter, tag);
  }
  if (table)
    close_tag (painter, "TR");
  if (row->ruled_cell >= 0) {
    const PaperColumn *column = &row->grid->columns[row->ruled_cell];

    draw_rule (painter->cr, body.x + column->x, placed->y + row->lines[0].baseline + 2, column->width,
               PAPER_RULE);
  }
  if (row->rule_below > 0 && placed->to == row->n_lines)
    draw_rule (painter->cr, body.x, placed->y + placed->height - row->rule_below / 2, body.width,
               row->rule_below);
}

static void
draw_figure (PaperPainter *painter, const PaperPlaced *placed, CrRect body)
{
  cairo_t *cr = painter->cr;

  cairo_save (cr);
  cairo_rectangle (cr, body.x, placed->y, body.width, placed->height);
  cairo_clip (cr);
  cairo_translate (cr, body.x, placed->y);
  placed->row->draw (cr, body.width, placed->height, placed->row->data);
  cairo_restore (cr);
}

static void
draw_hatching (cairo_t *cr, CrRect area)
{
  cairo_save (cr);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_clip (cr);
  cairo_set_line_width (cr, PAPER_HAIR);
  for (int i = 0; i * HATCH_STEP < area.width + area.height; i++) {
    double x = i * HATCH_STEP - area.height;
    cairo_move_to (cr, area.x + x, area.y + area.height);
    cairo_line_to (cr, area.x + x + area.height, area.y);
    cairo_move_to (cr, area.x + x, area.y);
    cairo_line_to (cr, area.x + x + area.height, area.y + area.height);
  }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_placed (PaperPainter *painter, const PaperPlaced *placed, CrRect body)
{
  switch (placed->row->kind) {
  case PAPER_KIND_CELLS:
    draw_cells (painter, placed, body);
    break;
  case PAPER_KIND_RULE:
    draw_rule (painter->cr, body.x, placed->y + 0.5, body.width, PAPER_RULE);
    break;
  case PAPER_KIND_FIGURE:
    draw_figure (painter, placed, body);
    break;
  case PAPER_KIND_HATCH:
    draw_hatching (painter->cr, (CrRect){ body.x, placed->y, body.width, placed->height });
    break;
  case PAPER_KIND_BREAK:
  default:
    break;
  }
}

/* A table's rows on this page stand in one element. */
static void
draw_rows (PaperPainter *painter, guint page)
{
  GArray *placed = painter->paper->pages->pdata[page];
  CrRect body = cr_paper_body (painter->paper, page);
  gboolean in_table = FALSE;

  for (guint i = 0; i < placed->len; i++) {
    const PaperPlaced *p = &g_array_index (placed, PaperPlaced, i);
    gboolean table = is_table_row (p->row);

    if (in_table && !table)
      close_tag (painter, "Table");
    else if (table && !in_table)
      open_tag (painter, "Table");
    in_table = table;
    draw_placed (painter, p, body);
  }
  if (in_table)
    close_tag (painter, "Table");
}

static void
draw_header (PaperPainter *painter, guint page)
{
  CrPaper *self = painter->paper;
  CrRect body = cr_paper_body (self, page);

  if (page == 0 || self->identity == NULL)
    return;
  open_tag (painter, "P");
  draw_frame_text (painter, self->identity, CR_PAPER_SMALL, PANGO_ALIGN_LEFT, body.x, PAPER_MARGIN - 2,
                   body.width);
  close_tag (painter, "P");
  draw_rule (painter->cr, body.x, PAPER_MARGIN + 13.5, body.width, PAPER_RULE);
}

static void
draw_footer (PaperPainter *painter, guint page)
{
  CrPaper *self = painter->paper;
  CrRect body = cr_paper_body (self, page);
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, self->pages->len);
  double y = body.y + body.height + 6;

  draw_rule (painter->cr, body.x, y - 1, body.width, PAPER_HAIR);
  open_tag (painter, "P");
  if (self->confidence != NULL)
    draw_frame_text (painter, self->confidence, FOOTER_SIZE, PANGO_ALIGN_CENTER, body.x, y, body.width);
  y += 11.5;
  draw_frame_text (painter, number, FOOTER_SIZE, PANGO_ALIGN_LEFT, body.x, y, 90);
  if (self->imprint != NULL)
    draw_frame_text (painter, self->imprint, FOOTER_SIZE, PANGO_ALIGN_RIGHT, body.x + 90, y, body.width - 90);
  close_tag (painter, "P");
}

/* Under the text and as an outline, so that the text above stays whole for readers and for search. */
static void
draw_watermark (PaperPainter *painter)
{
  cairo_t *cr = painter->cr;
  g_autofree char *markup = cr_paper_escape (painter->paper->watermark);
  g_autoptr (PaperText) layout = paper_text_layout (painter->pango, CR_PAPER_DISPLAY, markup);
  PangoRectangle logical;
  double width, height, scale;

  cr_paper_size (painter->paper, &width, &height);
  pango_layout_get_extents (layout, NULL, &logical);
  scale = 0.75 * hypot (width, height) * PANGO_SCALE / MAX (logical.width, 1);
  scale = MIN (scale, 9);
  cairo_save (cr);
  cairo_translate (cr, width / 2, height / 2);
  cairo_rotate (cr, -atan2 (height, width));
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -logical.width / (2.0 * PANGO_SCALE), -logical.height / (2.0 * PANGO_SCALE));
  cairo_set_source_rgb (cr, 0.92, 0.92, 0.92);
  cairo_move_to (cr, 0, 0);
  pango_cairo_layout_path (cr, layout);
  cairo_fill (cr);
  cairo_restore (cr);
}

PaperPainter *
paper_painter_new (CrPaper *self, cairo_t *cr, gboolean tagged)
{
  PaperPainter *painter = g_new0 (PaperPainter, 1);

  painter->paper = self;
  painter->cr = cairo_reference (cr);
  painter->pango = paper_context_new ();
  painter->tagged = tagged;
  painter->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  return painter;
}

void
paper_painter_free (PaperPainter *painter)
{
  g_ptr_array_unref (painter->layouts);
  g_object_unref (painter->pango);
  cairo_destroy (painter->cr);
  g_free (painter);
}

void
paper_painter_draw (PaperPainter *painter, guint page)
{
  CrPaper *self = painter->paper;
  double width, height;

  cr_paper_size (self, &width, &height);
  cairo_save (painter->cr);
  cairo_set_source_rgb (painter->cr, 0, 0, 0);
  if (self->watermark != NULL)
    draw_watermark (painter);
  if (!self->bare)
    draw_header (painter, page);
  draw_rows (painter, page);
  if (!self->bare)
    draw_footer (painter, page);
  if (self->mark != NULL) {
    open_tag (painter, "P");
    cr_paper_draw_mark (painter->cr, width, self->mark);
    close_tag (painter, "P");
  }
  cairo_restore (painter->cr);
}

void
cr_paper_draw_page (CrPaper *self, cairo_t *cr, guint page)
{
  g_autoptr (PaperPainter) painter = NULL;

  g_return_if_fail (page < cr_paper_pages (self));
  painter = paper_painter_new (self, cr, FALSE);
  paper_painter_draw (painter, page);
}

void
cr_paper_draw_mark (cairo_t *cr, double page_width, const char *mark)
{
  g_autoptr (PaperContext) pango = paper_context_new ();
  g_autofree char *markup = cr_paper_escape (mark);
  g_autoptr (PaperText) layout = paper_text_layout (pango, CR_PAPER_LABEL, markup);

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  pango_layout_set_width (layout, (int)((page_width - 2 * PAPER_MARGIN) * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_move_to (cr, PAPER_MARGIN, PAPER_MARGIN * 2 / 3); /* the unprintable edge ends at 0.5 in */
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}
