/* Place: lines go onto pages in order.  Lines that stay with the next one form a chain, and a chain moves to
 * the next page as a whole when it does not fit; only one that no page could hold is broken, between its rows
 * where that can be. */
#include "paper-private.h"

#define SLACK 0.01      /* rounding */
#define START_HERE 0.25 /* of a page: room enough to begin a chain that has to be broken anyway */
#define MAX_PASSES 4    /* of page references: texts that change size move rows */

typedef struct {
  guint row, line;
} Cursor;

typedef struct {
  CrPaper *paper;
  GArray *page; /* PaperPlaced; owned by the paper */
  double y;
  gboolean fresh; /* nothing but repeated headings on the page yet */
} Placer;

static PaperRow *
row_at (CrPaper *self, guint i)
{
  return i < self->rows->len ? self->rows->pdata[i] : NULL;
}

static Cursor
next_of (CrPaper *self, Cursor at)
{
  if (at.line + 1 < row_at (self, at.row)->n_lines)
    return (Cursor){ at.row, at.line + 1 };
  return (Cursor){ at.row + 1, 0 };
}

static double
bottom_of (Placer *placer)
{
  CrRect body = cr_paper_body (placer->paper, placer->paper->pages->len - 1);

  return body.y + body.height;
}

static void
put (Placer *placer, PaperRow *row, guint n, gboolean again)
{
  const PaperLine *line = &row->lines[n];
  PaperPlaced *last =
      placer->page->len == 0 ? NULL : &g_array_index (placer->page, PaperPlaced, placer->page->len - 1);
  double before = placer->fresh ? 0 : line->before;
  double height = line->height;

  if (row->kind == PAPER_KIND_HATCH && row->least <= 0)
    height = MAX (bottom_of (placer) - placer->y - before, 0);
  placer->y += before;
  if (last != NULL && last->row == row && last->again == again && last->to == n) {
    last->to = n + 1;
    last->height += height;
  } else {
    PaperPlaced placed = {
      .row = row, .from = n, .to = n + 1, .y = placer->y, .height = height, .again = again
    };

    g_array_append_val (placer->page, placed);
  }
  placer->y += height;
  if (again)
    return;
  row->last_page = placer->paper->pages->len;
  if (row->first_page == 0)
    row->first_page = row->last_page;
}

static void
put_again (Placer *placer, PaperRow *row)
{
  for (guint i = 0; i < row->n_lines; i++)
    put (placer, row, i, TRUE);
}

/* The innermost section or part that began before this row; NULL when the row begins it or stands outside. */
static PaperSection *
begun_section (CrPaper *self, const PaperRow *row)
{
  int index = row->section;

  while (index >= 0) {
    PaperSection *section = self->sections->pdata[index];

    if (row->number > section->first)
      return section;
    index = section->parent;
  }
  return NULL;
}

/* Opens a page that goes on with the given row: repeats what the reader needs to understand it. */
static void
open_page (Placer *placer, const PaperRow *row)
{
  CrPaper *self = placer->paper;
  PaperSection *section = row == NULL ? NULL : begun_section (self, row);

  placer->page = g_array_new (FALSE, FALSE, sizeof (PaperPlaced));
  g_ptr_array_add (self->pages, placer->page);
  placer->y = cr_paper_body (self, self->pages->len - 1).y;
  placer->fresh = TRUE;
  if (row == NULL)
    return;
  if (section != NULL) {
    put_again (placer, section->again);
    placer->y += 4;
  }
  if (row->header_row >= 0)
    put_again (placer, row_at (self, (guint)row->header_row));
}

/* Height of the chain that begins here, without the space above it; *end: first line after it. */
static double
chain_height (CrPaper *self, Cursor at, Cursor *end)
{
  const PaperLine *line = &row_at (self, at.row)->lines[at.line];
  double height = line->height;

  while (line->with_next) {
    Cursor next = next_of (self, at);
    const PaperRow *row = row_at (self, next.row);

    if (row == NULL || row->kind == PAPER_KIND_BREAK)
      break;
    at = next;
    line = &row->lines[at.line];
    height += line->before + line->height;
  }
  *end = next_of (self, at);
  return height;
}

static gboolean
fits (Placer *placer, double before, double height)
{
  return placer->y + (placer->fresh ? 0 : before) + height <= bottom_of (placer) + SLACK;
}

/* What stays together from this line on, as far as its own row goes: all of an unbroken one that a page
 * can hold. */
static double
height_from (const PaperRow *row, guint n, double page)
{
  double height = 0;

  if (n > 0 || !row->unbroken)
    return row->lines[n].height;
  for (guint i = 0; i < row->n_lines; i++)
    height += row->lines[i].height;
  return height <= page ? height : row->lines[n].height;
}

static void
place_chain (Placer *placer, Cursor at)
{
  CrPaper *self = placer->paper;
  const PaperRow *first = row_at (self, at.row);
  double before = first->lines[at.line].before;
  double page = cr_paper_body (self, 1).height;
  Cursor end;
  double height = chain_height (self, at, &end);
  gboolean too_tall = height > page;
  gboolean little_room = bottom_of (placer) - placer->y < page * START_HERE;

  if (!placer->fresh && !fits (placer, before, height) && (!too_tall || little_room))
    open_page (placer, first);
  for (; at.row < end.row || (at.row == end.row && at.line < end.line); at = next_of (self, at)) {
    PaperRow *row = row_at (self, at.row);
    const PaperLine *line = &row->lines[at.line];

    if (!placer->fresh && !fits (placer, line->before, height_from (row, at.line, page)))
      open_page (placer, row);
    put (placer, row, at.line, FALSE);
    placer->fresh = FALSE;
  }
}

static gboolean
is_left_out (CrPaper *self, const PaperRow *row)
{
  const PaperSection *section = row->section < 0 ? NULL : self->sections->pdata[row->section];

  return section != NULL && section->only_above > 0 && self->pages_without <= section->only_above;
}

static void
place_once (CrPaper *self)
{
  Placer placer = { .paper = self };
  Cursor at = { 0, 0 };

  g_ptr_array_set_size (self->pages, 0);
  for (guint i = 0; i < self->rows->len; i++)
    row_at (self, i)->first_page = row_at (self, i)->last_page = 0;
  open_page (&placer, NULL);
  while (at.row < self->rows->len) {
    Cursor end;

    if (is_left_out (self, row_at (self, at.row))) {
      at = (Cursor){ at.row + 1, 0 };
      continue;
    }
    if (row_at (self, at.row)->kind == PAPER_KIND_BREAK) {
      at = next_of (self, at);
      if (!placer.fresh && at.row < self->rows->len)
        open_page (&placer, row_at (self, at.row));
      continue;
    }
    place_chain (&placer, at);
    chain_height (self, at, &end);
    at = end;
  }
}

/* First without the sections that only longer documents have, then with those it is long enough for. */
static void
place_all (CrPaper *self)
{
  gboolean longer = FALSE;

  self->pages_without = 0;
  place_once (self);
  self->pages_without = self->pages->len;
  for (guint i = 0; i < self->sections->len; i++) {
    const PaperSection *section = self->sections->pdata[i];

    longer = longer || (section->only_above > 0 && self->pages_without > section->only_above);
  }
  if (longer)
    place_once (self);
}

/* Measures the rows with page references again; TRUE when one of them changed its height. */
static gboolean
refresh_refs (CrPaper *self, PangoContext *pango)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->rows->len; i++) {
    PaperRow *row = row_at (self, i);
    guint before = row->n_lines;

    if (!paper_row_has_refs (row))
      continue;
    paper_arrange_row (self, pango, row);
    changed = changed || row->n_lines != before;
  }
  return changed;
}

void
paper_place (CrPaper *self)
{
  g_autoptr (PaperContext) pango = paper_context_new ();

  place_all (self);
  for (guint pass = 1; pass < MAX_PASSES && refresh_refs (self, pango); pass++)
    place_all (self);
}
