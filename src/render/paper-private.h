/* Inside a paper: rows of cells, the lines they are arranged into, and where those are placed. */
#pragma once
#include <pango/pangocairo.h>
#include "chartroom/render/paper.h"

#define PAPER_MARGIN 54.0      /* 0.75 in */
#define PAPER_HEADER 24.0      /* identity line with its rule, from page 2 on */
#define PAPER_FOOTER 30.0      /* two lines with their rule */
#define PAPER_GAP 8.0          /* between columns */
#define PAPER_HAIR 0.35        /* thin rule */
#define PAPER_RULE 0.5         /* rule */
#define PAPER_REF_BEGIN '\001' /* around a key in markup: a page number goes here */
#define PAPER_REF_END '\002'

typedef struct {
  double size; /* points */
  gboolean bold;
} PaperStyle;
extern const PaperStyle PAPER_STYLES[CR_PAPER_N_STYLES];

typedef struct {
  double wanted; /* > 0 points, < 0 share of what is left */
  CrPaperAlign align;
  CrPaperStyle style;
  double x, width; /* set when arranged */
} PaperColumn;

typedef struct {
  guint n;
  PaperColumn columns[];
} PaperGrid;

typedef struct {
  double before; /* space above; dropped at the top of a page */
  double height;
  double baseline; /* from the top of the line */
  gboolean with_next;
} PaperLine;

typedef enum {
  PAPER_KIND_CELLS,
  PAPER_KIND_RULE,
  PAPER_KIND_FIGURE,
  PAPER_KIND_HATCH,
  PAPER_KIND_BREAK
} PaperKind;

typedef struct {
  PaperKind kind;
  guint number;       /* position in the document */
  const char *tag;    /* "H1" "H2" "P" "TR" */
  PaperGrid *grid;    /* CELLS; borrowed from the paper */
  char **cells;       /* CELLS: grid->n texts of markup, NULL-terminated */
  double before;      /* space above the first line */
  double least;       /* height at least; also FIGURE and HATCH */
  double rise;        /* share of the spare height that goes above the text */
  double pad;         /* above the first and below the last line */
  double rule_below;  /* thickness, 0 none */
  int ruled_cell;     /* a line to write on along this cell, −1 none */
  gboolean unbroken;  /* its lines stay together */
  gboolean with_next; /* its last line stays with what follows */
  gboolean header;    /* of a table */
  int header_row;     /* row of the table's header, −1 none */
  int section;        /* index of the innermost section or part, −1 none */
  CrPaperFigure draw; /* FIGURE; CELLS: behind its cells, from its top left corner; NULL: nothing */
  gpointer data;
  GDestroyNotify destroy;
  guint first_page, last_page; /* when placed: from 1, 0 = not on any page */
  PaperLine *lines;            /* when arranged */
  guint n_lines;
} PaperRow;

typedef struct {
  char *key;
  char *bookmark;   /* NULL none */
  gboolean part;    /* inside a section */
  int parent;       /* the section a part stands in, −1 none */
  guint first, end; /* rows, half open */
  guint only_above; /* placed only when there are more pages than that; 0 = always */
  PaperRow *again;  /* "Title, continued" */
} PaperSection;

typedef struct {
  PaperRow *row;
  guint from, to; /* lines, half open */
  double y, height;
  gboolean again; /* a heading or table header repeated */
} PaperPlaced;

struct _CrPaper {
  char *title, *identity, *confidence, *imprint, *watermark, *mark;
  gboolean landscape, secret, bare;
  cairo_surface_t *logo; /* beside the letterhead; NULL: none */
  GPtrArray *rows;       /* PaperRow */
  GPtrArray *grids;      /* PaperGrid */
  GPtrArray *sections;   /* PaperSection, in order */
  GPtrArray *pages;      /* GArray of PaperPlaced */
  guint pages_without;   /* pages without the sections that have only_above; 0 = not known yet */
  /* while building */
  double space, label_width, row_height;
  CrPaperStyle field_style;
  guint keeping, keep_from;
  int section, part; /* open ones, −1 none */
  int header_row;    /* of the open table, −1 none */
  guint table_from;  /* its first row */
  PaperGrid *table, *fields;
};

/* paper.c: building blocks */
PaperRow *paper_row_new (PaperKind kind);
void paper_row_free (PaperRow *row, gboolean wipe);
PaperGrid *paper_grid_new (CrPaper *self, guint n);
/* Takes the cells: grid->n strings of markup. */
PaperRow *paper_append_cells (CrPaper *self, PaperGrid *grid, char **cells);
PaperRow *paper_append (CrPaper *self, PaperRow *row);

double paper_margin (const CrPaper *self);

/* paper-text.c; the names give pango's objects an autoptr of their own */
typedef PangoContext PaperContext;
typedef PangoLayout PaperText;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaperContext, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaperText, g_object_unref)
PangoContext *paper_context_new (void);
PangoLayout *paper_text_layout (PangoContext *pango, CrPaperStyle style, const char *markup);
/* One cell ready to measure or draw, page references resolved. */
PangoLayout *paper_cell_layout (CrPaper *self, PangoContext *pango, const PaperRow *row, guint cell);
gboolean paper_row_has_refs (const PaperRow *row);
double paper_style_pitch (CrPaperStyle style); /* height of a line */

/* paper-arrange.c: rows into lines; the row's text decides how many. */
void paper_arrange (CrPaper *self, PangoContext *pango);
void paper_arrange_row (CrPaper *self, PangoContext *pango, PaperRow *row);
/* paper-place.c: lines onto pages. */
void paper_place (CrPaper *self);
/* paper-paint.c: one painter for any number of pages, in order; tagged: with structure tags, for a PDF. */
typedef struct _PaperPainter PaperPainter;
PaperPainter *paper_painter_new (CrPaper *self, cairo_t *cr, gboolean tagged);
void paper_painter_free (PaperPainter *painter);
void paper_painter_draw (PaperPainter *painter, guint page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaperPainter, paper_painter_free)
