/* Small graphs of measurements (UX 3.10): to a true time scale, oldest left, no point hidden, fixed ranges.
 */
#pragma once
#include <pango/pangocairo.h>
#include "chartroom/base/civil.h"
#include "chartroom/render/paper.h"

typedef struct {
  double red, green, blue, alpha;
} CrInk;

#define CR_GRAPH_SERIES 6
typedef struct {
  CrInk text, muted, grid, plot, band;
  CrInk series[CR_GRAPH_SERIES]; /* each series has its own marker too */
} CrGraphColors;
extern const CrGraphColors CR_GRAPH_ON_PAPER; /* black and greys */

typedef struct {
  gint32 day;    /* cr_date_to_days */
  int minute;    /* of the day */
  double value;  /* systolic in a pressure series */
  double second; /* diastolic: drawn as a double-ended bar; NAN else */
} CrGraphPoint;

typedef struct {
  const char *name;           /* "Weight"; for the legend */
  const CrGraphPoint *points; /* oldest first; NAN values are left out */
  guint n_points;
  gboolean bars; /* values are pairs */
} CrGraphSeries;

typedef struct {
  const char *title;  /* "Blood pressure" */
  const char *unit;   /* "mmHg" */
  const char *latest; /* printed large beside the title: "128/76"; NULL none */
  const char *before; /* the one before; NULL none */
  double low, high;   /* fixed range of the measure, widened to hold every value; NAN: from the data */
  double goal_low, goal_high; /* shaded; NAN none */
  gint32 first_day, last_day; /* time axis; 0 and 0: from the data */
  const CrGraphSeries *series;
  guint n_series;
} CrGraph;

/* Fixed range of a measure by LOINC code, in its canonical unit ("8480-6" → 40–200); FALSE when there is
 * none. */
gboolean cr_graph_range (const char *code, double *low, double *high);
/* For the others: the reference range and as much again on either side (one bound b: 0 to 2b); without one
 * (NAN) from half to one and a half of the latest reading.  Never fitted to the spread of the readings. */
void cr_graph_range_around (double reference_low, double reference_high, double latest, double *low,
                            double *high);
/* pango: fonts of the target; NULL: those of paper.  Paints into width × height at the origin. */
void cr_graph_paint (const CrGraph *graph, cairo_t *cr, PangoContext *pango, double width, double height,
                     const CrGraphColors *colors);
/* Nearest reading within reach of a point of the painted graph; FALSE when none. */
gboolean cr_graph_hit (const CrGraph *graph, PangoContext *pango, double width, double height, double x,
                       double y, guint *series, guint *point);
/* Position of a reading in the painted graph (focus line). */
gboolean cr_graph_locate (const CrGraph *graph, PangoContext *pango, double width, double height,
                          guint series, guint point, double *x, double *y);
/* Last values as a line with the reference band (NAN none) behind it and a dot on the newest. */
void cr_sparkline_paint (const double *values, guint n, double band_low, double band_high, cairo_t *cr,
                         double width, double height, const CrGraphColors *colors);
