/* The practice's name and lines at the top of a letter, with its logo on the left. */
#include "paper-private.h"
#include <string.h>

#define LOGO_HEIGHT 44.0 /* at most; as name and two lines */
#define LOGO_WIDTH 150.0 /* at most */

typedef struct {
  const guint8 *bytes;
  gsize size, at;
} Reader;

static cairo_status_t
read_cb (void *data, unsigned char *out, unsigned int length)
{
  Reader *reader = data;

  if (length > reader->size - reader->at)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (out, reader->bytes + reader->at, length);
  reader->at += length;
  return CAIRO_STATUS_SUCCESS;
}

void
cr_paper_set_logo (CrPaper *self, GBytes *png)
{
  Reader reader = { NULL, 0, 0 };
  cairo_surface_t *logo;

  g_clear_pointer (&self->logo, cairo_surface_destroy);
  if (png == NULL)
    return;
  reader.bytes = g_bytes_get_data (png, &reader.size);
  logo = cairo_image_surface_create_from_png_stream (read_cb, &reader);
  if (cairo_surface_status (logo) == CAIRO_STATUS_SUCCESS)
    self->logo = logo;
  else
    cairo_surface_destroy (logo);
}

static double
logo_scale (cairo_surface_t *logo)
{
  return MIN (LOGO_HEIGHT / MAX (cairo_image_surface_get_height (logo), 1),
              LOGO_WIDTH / MAX (cairo_image_surface_get_width (logo), 1));
}

static void
draw_logo (cairo_t *cr, double width, double height, gpointer logo)
{
  double scale = logo_scale (logo);

  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, logo, 0, 0);
  cairo_paint (cr);
}

/* Of two columns, or of three with room for the logo before them. */
static PaperRow *
append_row (CrPaper *self, PaperColumn first, PaperColumn second, const char *left, const char *right)
{
  guint before = self->logo != NULL ? 1 : 0;
  PaperGrid *grid = paper_grid_new (self, 2 + before);
  char **cells = g_new0 (char *, 3 + before);

  if (before > 0) {
    grid->columns[0] =
        (PaperColumn){ .wanted = cairo_image_surface_get_width (self->logo) * logo_scale (self->logo),
                       .style = CR_PAPER_SMALL };
    cells[0] = g_strdup ("");
  }
  grid->columns[before] = first;
  grid->columns[before + 1] = second;
  cells[before] = cr_paper_escape (left);
  cells[before + 1] = cr_paper_escape (right);
  return paper_append_cells (self, grid, cells);
}

/* The rest of the logo's height lies beside the lines. */
static void
make_room (CrPaper *self, PaperRow *name, PaperRow *lines)
{
  double height = cairo_image_surface_get_height (self->logo) * logo_scale (self->logo);

  name->draw = draw_logo;
  name->data = cairo_surface_reference (self->logo);
  name->destroy = (GDestroyNotify)cairo_surface_destroy;
  lines->rise = 0;
  lines->least = MAX (height - paper_style_pitch (CR_PAPER_TITLE) + lines->pad, 0);
}

void
cr_paper_add_letterhead (CrPaper *self, const char *name, const char *left, const char *right)
{
  g_auto (GStrv) parts = g_strsplit (right == NULL ? "" : right, "\n", 2);
  const char *first = parts[0] == NULL ? "" : parts[0];
  const char *rest = parts[0] == NULL || parts[1] == NULL ? "" : parts[1];
  const PaperColumn right_head = { .wanted = -1, .align = CR_PAPER_RIGHT, .style = CR_PAPER_SUBHEAD };
  const PaperColumn right_small = { .wanted = -1, .align = CR_PAPER_RIGHT, .style = CR_PAPER_SMALL };
  PaperRow *head =
      append_row (self, (PaperColumn){ .wanted = -2, .style = CR_PAPER_TITLE }, right_head, name, first);
  PaperRow *lines;

  head->tag = "H1";
  head->with_next = TRUE;
  lines = append_row (self, (PaperColumn){ .wanted = -1, .style = CR_PAPER_SMALL }, right_small, left, rest);
  lines->unbroken = lines->with_next = TRUE;
  lines->pad = 2;
  lines->rule_below = 1.0;
  if (self->logo != NULL)
    make_room (self, head, lines);
  self->space = 8;
}
