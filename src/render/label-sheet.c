/* Labels by position: a page of a bare paper is one figure that places them. */
#include <glib/gi18n.h>
#include <string.h>
#include "chartroom/base/text.h"
#include "desk-words.h"
#include "paper-private.h"

#define INCH 72.0
#define MM (INCH / 25.4)
#define COLUMNS 3
#define LABEL_WIDTH (2.625 * INCH)
#define LABEL_HEIGHT (1.0 * INCH)
#define LEFT (0.1875 * INCH)
#define TOP (0.5 * INCH)
#define PITCH (2.75 * INCH)
#define PADDING 9.0 /* in from the edges of a label */
#define LETTER_HEIGHT 792.0

typedef struct {
  char *lines[CR_LABELS_PER_SHEET]; /* NULL: stays empty */
  double right_mm, down_mm;
  gboolean outlines;
} Sheet;

static void
free_sheet (gpointer data)
{
  Sheet *sheet = data;

  for (guint i = 0; i < CR_LABELS_PER_SHEET; i++)
    g_free (sheet->lines[i]);
  g_free (sheet);
}

/* Long addresses are set smaller until they fit; what is still too long ends in an ellipsis. */
static PangoLayout *
fit_text (PangoContext *pango, const char *lines, double width, double height)
{
  static const CrPaperStyle STYLES[] = { CR_PAPER_BODY, CR_PAPER_SMALL, CR_PAPER_NOTE };
  g_autofree char *markup = cr_paper_escape (lines);
  PangoLayout *layout = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (STYLES); i++) {
    PangoRectangle logical;

    g_clear_object (&layout);
    layout = paper_text_layout (pango, STYLES[i], markup);
    pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
    pango_layout_get_extents (layout, NULL, &logical);
    if (logical.height <= height * PANGO_SCALE)
      break;
  }
  pango_layout_set_height (layout, (int)(height * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
draw_label (cairo_t *cr, PangoContext *pango, const char *lines, CrRect at)
{
  g_autoptr (PaperText) layout = fit_text (pango, lines, at.width - 2 * PADDING, at.height - 2 * PADDING);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  cairo_move_to (cr, at.x + PADDING, at.y + (at.height - logical.height / (double)PANGO_SCALE) / 2);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_sheet (cairo_t *cr, double width, double height, gpointer data)
{
  const Sheet *sheet = data;
  g_autoptr (PaperContext) pango = paper_context_new ();

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < CR_LABELS_PER_SHEET; i++) {
    CrRect at = cr_label_place (i, sheet->right_mm, sheet->down_mm);

    if (sheet->outlines) {
      cairo_set_line_width (cr, PAPER_HAIR);
      cairo_rectangle (cr, at.x, at.y, at.width, at.height);
      cairo_stroke (cr);
    }
    if (sheet->lines[i] != NULL)
      draw_label (cr, pango, sheet->lines[i], at);
  }
}

static Sheet *
next_sheet (const CrLabelSheetContent *content, guint *taken, guint first)
{
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->right_mm = content->right_mm;
  sheet->down_mm = content->down_mm;
  sheet->outlines = content->outlines;
  for (guint i = first; i < CR_LABELS_PER_SHEET && *taken < content->addresses->len; i++)
    sheet->lines[i] = g_strdup (content->addresses->pdata[(*taken)++]);
  return sheet;
}

CrRect
cr_label_place (guint position, double right_mm, double down_mm)
{
  return (CrRect){ LEFT + position % COLUMNS * PITCH + right_mm * MM,
                   TOP + position / COLUMNS * LABEL_HEIGHT + down_mm * MM, LABEL_WIDTH, LABEL_HEIGHT };
}

char *
cr_label_address (const CrPatient *patient, const CrReach *reach, CrDate today)
{
  g_autofree char *name = cr_reach_addressee (patient, today);
  g_autofree char *place = cr_address_format (NULL, patient->city, patient->state, patient->zip);
  g_autofree char *care = NULL;

  if (!cr_str_empty (patient->address))
    return g_strjoin ("\n", name, patient->address, cr_str_empty (place) ? NULL : place, NULL);
  if (reach == NULL || reach->address == NULL)
    return NULL;
  care = g_strdup_printf (_ ("c/o %s"), reach->address_of);
  return g_strjoin ("\n", name, care, reach->address, reach->place, NULL);
}

CrPaper *
cr_label_sheet (const CrLabelSheetContent *content)
{
  CrPaper *paper = cr_paper_new (_ ("Address labels"));
  guint taken = 0, first = content->first % CR_LABELS_PER_SHEET;

  cr_paper_set_bare (paper);
  do {
    if (taken > 0)
      cr_paper_add_page_break (paper);
    cr_paper_add_figure (paper, LETTER_HEIGHT, NULL, draw_sheet, next_sheet (content, &taken, first),
                         free_sheet);
    first = 0;
  } while (taken < content->addresses->len);
  return paper;
}
