/* Building a paper: every call appends rows; nothing is measured yet. */
#include <glib/gi18n.h>
#include <string.h>
#include "paper-private.h"

#define LABEL_WIDTH 112.0
#define WHOLE_ROWS 8 /* tables up to this length are not broken */

static void
wipe_free (char *text, gboolean wipe)
{
  if (wipe && text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
section_free (gpointer data)
{
  PaperSection *section = data;

  g_free (section->key);
  g_free (section->bookmark);
  if (section->again != NULL)
    paper_row_free (section->again, FALSE);
  g_free (section);
}

static void
take_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static PaperGrid *
single_grid (CrPaper *self, CrPaperStyle style, CrPaperAlign align)
{
  PaperGrid *grid = paper_grid_new (self, 1);

  grid->columns[0] = (PaperColumn){ .wanted = -1, .align = align, .style = style };
  return grid;
}

static char **
cells_of (char *first, char *second)
{
  char **cells = g_new0 (char *, 3);

  cells[0] = first;
  cells[1] = second;
  return cells;
}

static PaperRow *
append_single (CrPaper *self, CrPaperStyle style, CrPaperAlign align, const char *markup)
{
  return paper_append_cells (self, single_grid (self, style, align), cells_of (g_strdup (markup), NULL));
}

/* Title on the left, aside on the right. */
static PaperRow *
heading_row (CrPaper *self, CrPaperStyle style, const char *title, const char *aside)
{
  PaperGrid *grid = paper_grid_new (self, aside == NULL ? 1 : 2);
  PaperRow *row = paper_row_new (PAPER_KIND_CELLS);

  grid->columns[0] = (PaperColumn){ .wanted = -3, .style = style };
  if (aside != NULL)
    grid->columns[1] = (PaperColumn){ .wanted = -2, .align = CR_PAPER_RIGHT, .style = CR_PAPER_NOTE };
  row->grid = grid;
  row->cells = cells_of (cr_paper_escape (title), aside == NULL ? NULL : cr_paper_escape (aside));
  row->tag = style == CR_PAPER_HEADING ? "H2" : "H3";
  row->pad = 1.5;
  row->rule_below = style == CR_PAPER_HEADING ? 1.0 : 0;
  row->unbroken = TRUE;
  row->with_next = TRUE;
  return row;
}

static void
close_part (CrPaper *self)
{
  if (self->part >= 0)
    ((PaperSection *)self->sections->pdata[self->part])->end = self->rows->len;
  self->part = -1;
}

static void
close_section (CrPaper *self)
{
  close_part (self);
  if (self->section >= 0)
    ((PaperSection *)self->sections->pdata[self->section])->end = self->rows->len;
  self->section = -1;
}

static PaperSection *
open_section (CrPaper *self, const char *key, const char *bookmark)
{
  PaperSection *section = g_new0 (PaperSection, 1);

  section->key = g_strdup (key);
  section->bookmark = g_strdup (bookmark);
  section->first = self->rows->len;
  section->end = G_MAXUINT; /* open: to the end of the document */
  section->parent = -1;
  g_ptr_array_add (self->sections, section);
  return section;
}

/* What stands on top of a page that goes on with a section or part. */
static PaperRow *
again_row (CrPaper *self, const char *title, const char *part)
{
  g_autofree char *text = part == NULL ? g_strdup_printf (_ ("%s, continued"), title)
                                       : g_strdup_printf (_ ("%s – %s, continued"), title, part);

  return heading_row (self, CR_PAPER_HEADING, text, NULL);
}

static PaperGrid *
field_grid (CrPaper *self)
{
  if (self->fields == NULL) {
    self->fields = paper_grid_new (self, 2);
    self->fields->columns[0] = (PaperColumn){ .wanted = self->label_width, .style = CR_PAPER_LABEL };
    self->fields->columns[1] = (PaperColumn){ .wanted = -1, .style = self->field_style };
  }
  return self->fields;
}

static PaperRow *
append_field (CrPaper *self, const char *label, char *markup)
{
  PaperRow *row = paper_append_cells (self, field_grid (self), cells_of (cr_paper_escape (label), markup));

  row->before += 3;
  return row;
}

static void
add_header (CrPaper *self, const CrPaperColumn *columns, guint n)
{
  PaperGrid *grid = paper_grid_new (self, n);
  char **cells = g_new0 (char *, n + 1);
  PaperRow *row;

  for (guint i = 0; i < n; i++) {
    grid->columns[i] = self->table->columns[i];
    grid->columns[i].style = CR_PAPER_LABEL;
    cells[i] = cr_paper_escape (columns[i].title);
  }
  row = paper_append_cells (self, grid, cells);
  row->tag = "TR";
  row->header = TRUE;
  row->unbroken = row->with_next = TRUE;
  row->pad = 2;
  row->rule_below = PAPER_RULE;
  self->header_row = (int)row->number;
}

static void
append_table_row (CrPaper *self, PaperGrid *grid, char **cells)
{
  PaperRow *row = paper_append_cells (self, grid, cells);

  row->tag = "TR";
  row->unbroken = TRUE;
  row->pad = 2;
  row->rule_below = PAPER_HAIR;
  row->least = self->row_height;
  row->header_row = self->header_row;
}

PaperRow *
paper_row_new (PaperKind kind)
{
  PaperRow *row = g_new0 (PaperRow, 1);

  row->kind = kind;
  row->tag = "P";
  row->rise = 0.5;
  row->ruled_cell = row->header_row = row->section = -1;
  return row;
}

void
paper_row_free (PaperRow *row, gboolean wipe)
{
  for (guint i = 0; row->cells != NULL && row->cells[i] != NULL; i++)
    wipe_free (row->cells[i], wipe);
  g_free (row->cells);
  if (row->destroy != NULL)
    row->destroy (row->data);
  g_free (row->lines);
  g_free (row);
}

PaperGrid *
paper_grid_new (CrPaper *self, guint n)
{
  PaperGrid *grid = g_malloc0 (sizeof (PaperGrid) + n * sizeof (PaperColumn));

  grid->n = n;
  g_ptr_array_add (self->grids, grid);
  return grid;
}

PaperRow *
paper_append (CrPaper *self, PaperRow *row)
{
  row->number = self->rows->len;
  row->section = self->part >= 0 ? self->part : self->section;
  row->before += self->space;
  self->space = 0;
  if (self->keeping > 0)
    row->with_next = row->unbroken = TRUE;
  g_ptr_array_add (self->rows, row);
  return row;
}

PaperRow *
paper_append_cells (CrPaper *self, PaperGrid *grid, char **cells)
{
  PaperRow *row = paper_row_new (PAPER_KIND_CELLS);

  row->grid = grid;
  row->cells = cells;
  return paper_append (self, row);
}

CrPaper *
cr_paper_new (const char *title)
{
  CrPaper *self = g_new0 (CrPaper, 1);

  self->title = g_strdup (title);
  self->rows = g_ptr_array_new ();
  self->grids = g_ptr_array_new_with_free_func (g_free);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->label_width = LABEL_WIDTH;
  self->field_style = CR_PAPER_BODY;
  self->section = self->part = self->header_row = -1;
  return self;
}

void
cr_paper_free (CrPaper *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    paper_row_free (self->rows->pdata[i], self->secret);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->grids);
  g_ptr_array_unref (self->sections);
  g_ptr_array_unref (self->pages);
  g_free (self->title);
  g_clear_pointer (&self->logo, cairo_surface_destroy);
  g_free (self->identity);
  g_free (self->confidence);
  g_free (self->imprint);
  g_free (self->watermark);
  g_free (self->mark);
  g_free (self);
}

void
cr_paper_set_landscape (CrPaper *self, gboolean landscape)
{
  self->landscape = landscape;
}

void
cr_paper_set_identity (CrPaper *self, const char *line)
{
  take_text (&self->identity, line);
}

void
cr_paper_set_confidence (CrPaper *self, const char *line)
{
  take_text (&self->confidence, line);
}

void
cr_paper_set_imprint (CrPaper *self, const char *line)
{
  take_text (&self->imprint, line);
}

void
cr_paper_set_watermark (CrPaper *self, const char *word)
{
  take_text (&self->watermark, word);
}

void
cr_paper_set_mark (CrPaper *self, const char *line)
{
  take_text (&self->mark, line);
}

void
cr_paper_set_bare (CrPaper *self)
{
  self->bare = TRUE;
}

void
cr_paper_set_secret (CrPaper *self)
{
  self->secret = TRUE;
}

const char *
cr_paper_title (CrPaper *self)
{
  return self->title;
}

void
cr_paper_begin_section (CrPaper *self, const char *key, const char *title, const char *aside)
{
  PaperSection *section;

  close_section (self);
  if (self->rows->len > 0)
    self->space = MAX (self->space, 16);
  section = open_section (self, key, title);
  section->again = again_row (self, title, NULL);
  self->section = (int)self->sections->len - 1;
  paper_append (self, heading_row (self, CR_PAPER_HEADING, title, aside));
  self->space = 4;
}

void
cr_paper_begin_part (CrPaper *self, const char *key, const char *bookmark)
{
  const char *title =
      self->section < 0 ? NULL : ((PaperSection *)self->sections->pdata[self->section])->bookmark;
  PaperSection *part;

  close_part (self);
  part = open_section (self, key, bookmark);
  part->part = TRUE;
  part->parent = self->section;
  part->again = title == NULL ? again_row (self, bookmark, NULL) : again_row (self, title, bookmark);
  self->part = (int)self->sections->len - 1;
}

void
cr_paper_set_only_above (CrPaper *self, const char *key, guint pages)
{
  for (guint i = 0; i < self->sections->len; i++) {
    PaperSection *section = self->sections->pdata[i];

    if (g_str_equal (section->key, key))
      section->only_above = pages;
  }
}

void
cr_paper_add_text (CrPaper *self, CrPaperStyle style, const char *text)
{
  g_autofree char *markup = cr_paper_escape (text);

  append_single (self, style, CR_PAPER_LEFT, markup);
}

void
cr_paper_add_markup (CrPaper *self, CrPaperStyle style, CrPaperAlign align, const char *markup)
{
  append_single (self, style, align, markup);
}

void
cr_paper_add_heading (CrPaper *self, const char *title, const char *aside)
{
  PaperRow *row = heading_row (self, CR_PAPER_SUBHEAD, title, aside);

  row->before = 8;
  paper_append (self, row);
}

void
cr_paper_add_label (CrPaper *self, const char *title)
{
  g_autofree char *escaped = cr_paper_escape (title);
  PaperRow *row = append_single (self, CR_PAPER_LABEL, CR_PAPER_LEFT, escaped);

  row->tag = "H3";
  row->with_next = TRUE;
}

void
cr_paper_add_pair (CrPaper *self, CrPaperStyle style, double share, CrPaperAlign align, const char *first,
                   const char *second)
{
  PaperGrid *grid = paper_grid_new (self, 2);
  PaperRow *row;

  grid->columns[0] = (PaperColumn){ .wanted = -share, .style = style };
  grid->columns[1] = (PaperColumn){ .wanted = share - 1, .align = align, .style = style };
  row = paper_append_cells (self, grid, cells_of (g_strdup (first), g_strdup (second)));
  row->unbroken = TRUE;
}

void
cr_paper_add_field (CrPaper *self, const char *label, const char *value)
{
  gboolean empty = value == NULL || *value == '\0';

  append_field (self, label, cr_paper_escape (empty ? _ ("Not recorded") : value));
}

void
cr_paper_add_field_markup (CrPaper *self, const char *label, const char *markup)
{
  append_field (self, label, g_strdup (markup));
}

void
cr_paper_set_fields (CrPaper *self, double label_width, CrPaperStyle style)
{
  self->label_width = label_width > 0 ? label_width : LABEL_WIDTH;
  self->field_style = style;
  self->fields = NULL;
}

void
cr_paper_add_checks (CrPaper *self, const char *label, const CrPaperCheck *checks, guint n)
{
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    g_autofree char *text = cr_paper_escape (checks[i].label);

    g_string_append_printf (
        markup, "%s<span allow_breaks='false'><span font_family='DejaVu Sans'>%s</span> %s</span>",
        i == 0 ? "" : "    ", checks[i].checked ? "☒" : "☐", text);
  }
  append_field (self, label, g_string_free (g_steal_pointer (&markup), FALSE));
}

void
cr_paper_add_rule (CrPaper *self)
{
  PaperRow *row = paper_row_new (PAPER_KIND_RULE);

  row->least = 1;
  row->before = 5;
  paper_append (self, row);
  self->space = 5;
}

void
cr_paper_add_space (CrPaper *self, double height)
{
  self->space += height;
}

void
cr_paper_add_page_break (CrPaper *self)
{
  paper_append (self, paper_row_new (PAPER_KIND_BREAK));
}

void
cr_paper_add_signature (CrPaper *self, const char *label, const char *name, const char *under)
{
  PaperGrid *grid = paper_grid_new (self, 3);
  char **cells = g_new0 (char *, 4);
  PaperRow *row;

  grid->columns[0] = (PaperColumn){ .wanted = 58, .style = CR_PAPER_LABEL };
  grid->columns[1] = (PaperColumn){ .wanted = 250, .style = CR_PAPER_BODY };
  grid->columns[2] = (PaperColumn){ .wanted = -1, .style = CR_PAPER_BODY };
  cells[0] = cr_paper_escape (label);
  cells[1] = g_strdup ("");
  cells[2] = cr_paper_escape (name);
  row = paper_append_cells (self, grid, cells);
  row->least = 38;
  row->rise = 1.0;
  row->ruled_cell = 1;
  row->unbroken = TRUE;
  if (under == NULL)
    return;
  row->with_next = TRUE;
  grid = paper_grid_new (self, 2);
  grid->columns[0] = (PaperColumn){ .wanted = 58, .style = CR_PAPER_NOTE };
  grid->columns[1] = (PaperColumn){ .wanted = -1, .style = CR_PAPER_NOTE };
  row = paper_append_cells (self, grid, cells_of (g_strdup (""), cr_paper_escape (under)));
  row->before += 2;
  row->unbroken = TRUE;
}

void
cr_paper_begin_keep (CrPaper *self)
{
  if (self->keeping++ == 0)
    self->keep_from = self->rows->len;
}

void
cr_paper_end_keep (CrPaper *self)
{
  g_return_if_fail (self->keeping > 0);
  if (--self->keeping == 0 && self->rows->len > self->keep_from)
    ((PaperRow *)self->rows->pdata[self->rows->len - 1])->with_next = FALSE;
}

void
cr_paper_keep_with_next (CrPaper *self)
{
  if (self->rows->len > 0)
    ((PaperRow *)self->rows->pdata[self->rows->len - 1])->with_next = TRUE;
}

void
cr_paper_begin_table (CrPaper *self, const CrPaperColumn *columns, guint n_columns)
{
  gboolean titled = FALSE;

  self->table = paper_grid_new (self, n_columns);
  for (guint i = 0; i < n_columns; i++) {
    self->table->columns[i] =
        (PaperColumn){ .wanted = columns[i].width, .align = columns[i].align, .style = CR_PAPER_SMALL };
    titled = titled || columns[i].title != NULL;
  }
  self->header_row = -1;
  self->row_height = 0;
  if (titled)
    add_header (self, columns, n_columns);
  self->table_from = self->rows->len;
}

void
cr_paper_add_row (CrPaper *self, const char *const *cells)
{
  guint n = self->table->n;
  char **markup = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    markup[i] = cr_paper_escape (cells[i]);
  append_table_row (self, self->table, markup);
}

void
cr_paper_add_row_markup (CrPaper *self, const char *const *cells)
{
  guint n = self->table->n;
  char **markup = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    markup[i] = g_strdup (cells[i] == NULL ? "" : cells[i]);
  append_table_row (self, self->table, markup);
}

void
cr_paper_add_row_wide (CrPaper *self, const char *markup)
{
  append_table_row (self, single_grid (self, CR_PAPER_SMALL, CR_PAPER_LEFT),
                    cells_of (g_strdup (markup), NULL));
}

void
cr_paper_set_row_height (CrPaper *self, double height)
{
  self->row_height = height;
}

void
cr_paper_end_table (CrPaper *self)
{
  guint n = self->rows->len - self->table_from;

  for (guint i = 0; i + 1 < n; i++)
    if (n <= WHOLE_ROWS || i == 0 || i + 2 == n) /* of a long one no single row is left alone */
      ((PaperRow *)self->rows->pdata[self->table_from + i])->with_next = TRUE;
  self->table = NULL;
  self->header_row = -1;
  self->row_height = 0;
  self->space = 6;
}

void
cr_paper_add_figure (CrPaper *self, double height, const char *caption, CrPaperFigure draw, gpointer data,
                     GDestroyNotify destroy)
{
  PaperRow *row = paper_row_new (PAPER_KIND_FIGURE);

  row->least = height;
  row->draw = draw;
  row->data = data;
  row->destroy = destroy;
  row->with_next = caption != NULL;
  paper_append (self, row);
  if (caption != NULL)
    cr_paper_add_text (self, CR_PAPER_NOTE, caption);
}

void
cr_paper_add_hatching (CrPaper *self, double height)
{
  PaperRow *row = paper_row_new (PAPER_KIND_HATCH);

  row->least = height;
  paper_append (self, row);
}
