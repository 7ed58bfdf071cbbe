/* Paper: a document as a list of rows that is arranged into lines, placed on pages and painted.
 *
 * Build one (the documents in this folder do), call cr_paper_layout, then ask for pages.  Preview, printer,
 * PDF and tests all paint with cr_paper_draw_page.  All lengths are points (1/72 in); colours are black on
 * white.  A paper copies every text given to it and may move between threads, used by one at a time. */
#pragma once
#include <cairo.h>
#include "chartroom/base/clock.h"

typedef struct _CrPaper CrPaper;

typedef struct {
  double x, y, width, height; /* from the top left corner */
} CrRect;

/* title: of the document, goes into the PDF, so never a patient's name ("Referral packet REF-0311"). */
CrPaper *cr_paper_new (const char *title);
void cr_paper_free (CrPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrPaper, cr_paper_free)

/* ---- The frame of every page (UX 6.1) ---- */
void cr_paper_set_landscape (CrPaper *self, gboolean landscape);
void cr_paper_set_identity (CrPaper *self, const char *line);   /* header from page 2 on */
void cr_paper_set_confidence (CrPaper *self, const char *line); /* centre of the footer */
void cr_paper_set_imprint (CrPaper *self, const char *line);    /* right of the footer: id and printed time */
void cr_paper_set_watermark (CrPaper *self, const char *word);  /* "DRAFT" across each page; NULL none */
void cr_paper_set_mark (CrPaper *self, const char *line); /* "REPRINT 2, Nov 25, 2026" above the header */
void cr_paper_set_bare (CrPaper *self);   /* no margins, no header, no footer: a sheet of labels */
void cr_paper_set_secret (CrPaper *self); /* overwrites its texts when freed (recovery sheet) */
const char *cr_paper_title (CrPaper *self);

/* ---- Rows, in order.  Texts are plain; the _markup forms take Pango markup made with
 * cr_paper_escape or g_markup_printf_escaped from cleaned texts. ---- */
typedef enum {
  CR_PAPER_BODY,    /* 11 pt */
  CR_PAPER_SMALL,   /* 9.5 pt: tables */
  CR_PAPER_NOTE,    /* 8.5 pt: sources, small print */
  CR_PAPER_LABEL,   /* 8.5 pt bold: column and field labels */
  CR_PAPER_SUBHEAD, /* 10.5 pt bold */
  CR_PAPER_HEADING, /* 12 pt bold */
  CR_PAPER_TITLE,   /* 14 pt bold */
  CR_PAPER_DISPLAY, /* 20 pt bold */
  CR_PAPER_N_STYLES
} CrPaperStyle;

typedef enum { CR_PAPER_LEFT, CR_PAPER_RIGHT, CR_PAPER_CENTER } CrPaperAlign;

/* New string: valid UTF-8 without control characters, escaped for markup; "" for NULL. */
char *cr_paper_escape (const char *text);
/* The same, and no line break between a number and its unit ("20 mg"). */
char *cr_paper_escape_units (const char *text);

/* A part of the document with a heading, a bookmark, and a key to find it again.  Runs to the next one;
 * where it goes over to a new page its heading is repeated with "continued".
 * aside: right of the heading ("As of Nov 23, 2026") or NULL. */
void cr_paper_begin_section (CrPaper *self, const char *key, const char *title, const char *aside);
/* Key alone, without heading: for a part inside a section (one result panel, one note). */
void cr_paper_begin_part (CrPaper *self, const char *key, const char *bookmark);

/* A name in large type with lines below it, then a rule.  right: lines at the right edge, the first beside
 * the name in bold; NULL none. */
/* png: drawn left of the letterhead that is added next; NULL, or no picture: none. */
void cr_paper_set_logo (CrPaper *self, GBytes *png);
void cr_paper_add_letterhead (CrPaper *self, const char *name, const char *left, const char *right);
/* That section is placed only when the whole document without it has more pages than that (a list of
 * contents). */
void cr_paper_set_only_above (CrPaper *self, const char *key, guint pages);
void cr_paper_add_text (CrPaper *self, CrPaperStyle style, const char *text);
void cr_paper_add_markup (CrPaper *self, CrPaperStyle style, CrPaperAlign align, const char *markup);
void cr_paper_add_heading (CrPaper *self, const char *title, const char *aside);
void cr_paper_add_label (CrPaper *self, const char *title); /* a line above the text it stays with */
/* Two cells of markup on one line, the first with `share` (0–1) of the width; the second one right-aligned or
 * not. */
void cr_paper_add_pair (CrPaper *self, CrPaperStyle style, double share, CrPaperAlign align,
                        const char *first, const char *second);
/* A label and its value, side by side; an empty value prints "Not recorded". */
void cr_paper_add_field (CrPaper *self, const char *label, const char *value);
void cr_paper_add_field_markup (CrPaper *self, const char *label, const char *markup);
/* For the fields that follow: width of the label (0 = default) and style of the value (BODY at first). */
void cr_paper_set_fields (CrPaper *self, double label_width, CrPaperStyle style);
/* Check boxes one after another on a line, wrapping between them. */
typedef struct {
  const char *label;
  gboolean checked;
} CrPaperCheck;
void cr_paper_add_checks (CrPaper *self, const char *label, const CrPaperCheck *checks, guint n);
void cr_paper_add_rule (CrPaper *self);
void cr_paper_add_space (CrPaper *self, double height); /* dropped at the top of a page */
void cr_paper_add_page_break (CrPaper *self);
/* A line to sign on, with what stands under it. */
void cr_paper_add_signature (CrPaper *self, const char *label, const char *name, const char *under);
/* The rows between stay on one page where a page can hold them. */
void cr_paper_begin_keep (CrPaper *self);
void cr_paper_end_keep (CrPaper *self);
/* The end of the row added last stays with the row added next (a text with its signature). */
void cr_paper_keep_with_next (CrPaper *self);

/* A table; its header row repeats on each page, its rows are never broken, and a short table stays whole. */
typedef struct {
  const char *title; /* of the column; NULL on all = no header row */
  double width;      /* > 0: points; < 0: share of what is left */
  CrPaperAlign align;
} CrPaperColumn;
void cr_paper_begin_table (CrPaper *self, const CrPaperColumn *columns, guint n_columns);
void cr_paper_add_row (CrPaper *self, const char *const *cells); /* n_columns plain texts; NULL = empty */
void cr_paper_add_row_markup (CrPaper *self, const char *const *cells); /* n_columns of markup */
void cr_paper_add_row_wide (CrPaper *self, const char *markup);         /* one cell over all columns */
void cr_paper_set_row_height (CrPaper *self, double height); /* at least, for the rows that follow */
void cr_paper_end_table (CrPaper *self);

/* A drawing of that height over the whole width.  caption: what it shows, in words, printed below it. */
typedef void (*CrPaperFigure) (cairo_t *cr, double width, double height, gpointer data);
void cr_paper_add_figure (CrPaper *self, double height, const char *caption, CrPaperFigure draw,
                          gpointer data, GDestroyNotify destroy);
/* Crossed hatching, so that nothing can be added.  height 0: down to the end of the page. */
void cr_paper_add_hatching (CrPaper *self, double height);

/* Markup that becomes a page number once the pages are placed.  NULL key: number of all pages. */
char *cr_paper_page_ref (const char *key);

/* ---- After building ---- */
void cr_paper_layout (CrPaper *self); /* again after more rows were added */
guint cr_paper_pages (CrPaper *self); /* ≥ 1 */
void cr_paper_size (CrPaper *self, double *width, double *height);
/* page: 0-based.  Paints at the current origin, one point = one user unit; the caller scales. */
void cr_paper_draw_page (CrPaper *self, cairo_t *cr, guint page);
/* Where a section or part begins: 1-based page, 0 when there is none. */
guint cr_paper_page_of (CrPaper *self, const char *key);
guint cr_paper_pages_of (CrPaper *self, const char *key); /* pages it touches */
/* Its area on a 0-based page; FALSE when it is not on that page. */
gboolean cr_paper_area_of (CrPaper *self, const char *key, guint page, CrRect *out);
/* Key of the innermost section or part at a point; NULL where there is none. */
const char *cr_paper_key_at (CrPaper *self, guint page, double x, double y);
/* All marked areas on a page as placed, for tests: rows in reading order.  GArray of CrPaperBox. */
typedef struct {
  CrRect rect;
  guint row;      /* number of the row in the document; header rows repeat their number */
  guint from, to; /* its lines on this page, half open */
} CrPaperBox;
GArray *cr_paper_boxes (CrPaper *self, guint page);
CrRect cr_paper_body (CrPaper *self, guint page); /* the area that rows may use */

/* Metadata of the PDF.  Bytes are the same whenever paper and metadata are the same. */
typedef struct {
  CrInstant created;   /* date inside the PDF */
  const char *subject; /* NULL none; no patient's name */
} CrPaperMeta;
GBytes *cr_paper_to_pdf (CrPaper *self, const CrPaperMeta *meta, GError **error);

/* The same mark drawn on a page that was painted elsewhere (the frozen PDF's page at a reprint). */
void cr_paper_draw_mark (cairo_t *cr, double page_width, const char *mark);
