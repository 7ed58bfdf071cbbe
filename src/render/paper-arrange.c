/* Arrange: every row becomes lines.  Line n of a row holds line n of each of its cells on one baseline. */
#include "paper-private.h"

typedef struct {
  double ascent, descent;
} Extent;

static double
body_width (CrPaper *self)
{
  double width, height;

  cr_paper_size (self, &width, &height);
  return width - 2 * paper_margin (self);
}

/* Fixed widths first, shares divide what they leave. */
static void
arrange_grid (PaperGrid *grid, double total)
{
  double fixed = PAPER_GAP * (grid->n - 1);
  double shares = 0, x = 0;

  for (guint i = 0; i < grid->n; i++)
    if (grid->columns[i].wanted > 0)
      fixed += grid->columns[i].wanted;
    else
      shares -= grid->columns[i].wanted;
  for (guint i = 0; i < grid->n; i++) {
    PaperColumn *column = &grid->columns[i];

    column->width =
        column->wanted > 0 ? column->wanted : MAX (total - fixed, 0) * -column->wanted / MAX (shares, 1);
    column->x = x;
    x += column->width + PAPER_GAP;
  }
}

/* Widens the row's extents by those of one cell's lines.  Fallback fonts may be taller than the style. */
static void
extend (GArray *extents, PangoLayout *layout, double pitch)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  guint n = 0;

  do {
    PangoRectangle logical;
    double ascent, descent, slack;
    Extent *extent;

    pango_layout_iter_get_line_extents (iter, NULL, &logical);
    ascent = (pango_layout_iter_get_baseline (iter) - logical.y) / (double)PANGO_SCALE;
    descent = logical.height / (double)PANGO_SCALE - ascent;
    slack = (pitch - ascent - descent) / 2;
    if (slack > -pitch * 0.1) /* the style's own font: its loose leading is tightened to ours */
      ascent += slack, descent += slack;
    if (n == extents->len)
      g_array_append_val (extents, ((Extent){ 0, 0 }));
    extent = &g_array_index (extents, Extent, n++);
    extent->ascent = MAX (extent->ascent, ascent);
    extent->descent = MAX (extent->descent, descent);
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
make_lines (PaperRow *row, const GArray *extents)
{
  double content = 2 * row->pad, spare;

  for (guint i = 0; i < extents->len; i++)
    content += g_array_index (extents, Extent, i).ascent + g_array_index (extents, Extent, i).descent;
  spare = MAX (row->least - content, 0);
  row->n_lines = extents->len;
  row->lines = g_renew (PaperLine, row->lines, row->n_lines);
  for (guint i = 0; i < row->n_lines; i++) {
    const Extent *extent = &g_array_index (extents, Extent, i);
    gboolean first = i == 0, last = i + 1 == row->n_lines;
    double above = first ? row->pad + spare * row->rise : 0;
    double below = last ? row->pad + spare * (1 - row->rise) + row->rule_below : 0;

    row->lines[i] = (PaperLine){
      .before = first ? row->before : 0,
      .height = above + extent->ascent + extent->descent + below,
      .baseline = above + extent->ascent,
      /* no first or last line alone on a page */
      .with_next = last ? row->with_next : row->unbroken || first || i + 2 == row->n_lines,
    };
  }
}

static void
arrange_solid (PaperRow *row, double most)
{
  row->n_lines = 1;
  row->lines = g_renew (PaperLine, row->lines, 1);
  row->lines[0] = (PaperLine){
    .before = row->before,
    .height = MIN (row->least, most),
    .with_next = row->with_next,
  };
}

void
paper_arrange_row (CrPaper *self, PangoContext *pango, PaperRow *row)
{
  g_autoptr (GArray) extents = NULL;

  if (row->kind != PAPER_KIND_CELLS) {
    arrange_solid (row, cr_paper_body (self, 1).height - (self->bare ? 0 : 60));
    return;
  }
  extents = g_array_new (FALSE, FALSE, sizeof (Extent));
  for (guint i = 0; i < row->grid->n; i++) {
    g_autoptr (PaperText) layout = paper_cell_layout (self, pango, row, i);

    extend (extents, layout, paper_style_pitch (row->grid->columns[i].style));
  }
  make_lines (row, extents);
}

void
paper_arrange (CrPaper *self, PangoContext *pango)
{
  double width = body_width (self);

  for (guint i = 0; i < self->grids->len; i++)
    arrange_grid (self->grids->pdata[i], width);
  for (guint i = 0; i < self->rows->len; i++)
    paper_arrange_row (self, pango, self->rows->pdata[i]);
  for (guint i = 0; i < self->sections->len; i++) {
    PaperSection *section = self->sections->pdata[i];

    if (section->again != NULL)
      paper_arrange_row (self, pango, section->again);
  }
}
