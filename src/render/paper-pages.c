/* A paper that is laid out: its pages, and where its sections and rows are on them. */
#include "paper-private.h"

#define LETTER_WIDTH 612.0
#define LETTER_HEIGHT 792.0

static PaperSection *
find_section (CrPaper *self, const char *key)
{
  for (guint i = 0; i < self->sections->len; i++) {
    PaperSection *section = self->sections->pdata[i];

    if (g_str_equal (section->key, key))
      return section;
  }
  return NULL;
}

static gboolean
holds (const PaperSection *section, const PaperPlaced *placed)
{
  return placed->row->number >= section->first && placed->row->number < section->end;
}

/* First and last page of a section, from 1; FALSE when none of its rows is on a page. */
static gboolean
pages_of_section (CrPaper *self, const PaperSection *section, guint *first, guint *last)
{
  *first = *last = 0;
  for (guint i = section->first; i < MIN (section->end, self->rows->len); i++) {
    const PaperRow *row = self->rows->pdata[i];

    if (*first == 0)
      *first = row->first_page;
    *last = MAX (*last, row->last_page);
  }
  return *first > 0;
}

static gboolean
area_of_section (CrPaper *self, const PaperSection *section, guint page, CrRect *out)
{
  GArray *placed = self->pages->pdata[page];
  CrRect body = cr_paper_body (self, page);
  double top = G_MAXDOUBLE, bottom = 0;

  for (guint i = 0; i < placed->len; i++) {
    const PaperPlaced *p = &g_array_index (placed, PaperPlaced, i);

    if (p->again || !holds (section, p))
      continue;
    top = MIN (top, p->y);
    bottom = MAX (bottom, p->y + p->height);
  }
  *out = (CrRect){ body.x, top, body.width, bottom - top };
  return bottom > 0;
}

void
cr_paper_layout (CrPaper *self)
{
  g_autoptr (PaperContext) pango = paper_context_new ();

  paper_arrange (self, pango);
  paper_place (self);
}

guint
cr_paper_pages (CrPaper *self)
{
  if (self->pages->len == 0)
    cr_paper_layout (self);
  return self->pages->len;
}

void
cr_paper_size (CrPaper *self, double *width, double *height)
{
  *width = self->landscape ? LETTER_HEIGHT : LETTER_WIDTH;
  *height = self->landscape ? LETTER_WIDTH : LETTER_HEIGHT;
}

double
paper_margin (const CrPaper *self)
{
  return self->bare ? 0 : PAPER_MARGIN;
}

CrRect
cr_paper_body (CrPaper *self, guint page)
{
  gboolean header = page > 0 && self->identity != NULL;
  double top = PAPER_MARGIN + (header ? PAPER_HEADER : 0);
  double width, height;

  cr_paper_size (self, &width, &height);
  if (self->bare)
    return (CrRect){ 0, 0, width, height };
  return (CrRect){ PAPER_MARGIN, top, width - 2 * PAPER_MARGIN, height - PAPER_MARGIN - PAPER_FOOTER - top };
}

guint
cr_paper_page_of (CrPaper *self, const char *key)
{
  PaperSection *section = find_section (self, key);
  guint first = 0, last;

  if (section != NULL)
    pages_of_section (self, section, &first, &last);
  return first;
}

guint
cr_paper_pages_of (CrPaper *self, const char *key)
{
  PaperSection *section = find_section (self, key);
  guint first, last;

  return section != NULL && pages_of_section (self, section, &first, &last) ? last - first + 1 : 0;
}

gboolean
cr_paper_area_of (CrPaper *self, const char *key, guint page, CrRect *out)
{
  PaperSection *section = find_section (self, key);

  return section != NULL && page < self->pages->len && area_of_section (self, section, page, out);
}

const char *
cr_paper_key_at (CrPaper *self, guint page, double x, double y)
{
  CrRect body = cr_paper_body (self, page);
  const char *key = NULL;

  if (page >= self->pages->len || x < body.x || x >= body.x + body.width)
    return NULL;
  for (guint i = 0; i < self->sections->len; i++) {
    PaperSection *section = self->sections->pdata[i];
    CrRect area;

    /* parts come after their section, so the innermost is the last that holds the point */
    if (area_of_section (self, section, page, &area) && y >= area.y && y < area.y + area.height)
      key = section->key;
  }
  return key;
}

GArray *
cr_paper_boxes (CrPaper *self, guint page)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (CrPaperBox));
  GArray *placed = self->pages->pdata[page];
  CrRect body = cr_paper_body (self, page);

  for (guint i = 0; i < placed->len; i++) {
    const PaperPlaced *p = &g_array_index (placed, PaperPlaced, i);
    CrPaperBox box = { { body.x, p->y, body.width, p->height }, p->row->number, p->from, p->to };

    g_array_append_val (boxes, box);
  }
  return boxes;
}
