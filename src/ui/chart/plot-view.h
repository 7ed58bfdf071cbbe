/* Measurements on screen, by the painter that puts them on paper: a graph with its readings by key and
 * pointer, and a spark line. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/base/civil.h"

typedef struct {
  gint32 day;    /* cr_date_to_days */
  int minute;    /* of the day */
  double value;  /* systolic of a blood pressure */
  double second; /* diastolic; NAN else */
} CrPlotPoint;

typedef struct {
  const char *title, *unit;   /* "Blood pressure", "mmHg" */
  const char *code;           /* LOINC: fixed range of the measure; else around the goal, or the latest */
  double goal_low, goal_high; /* shaded; NAN none */
  gint32 first_day, last_day; /* time axis; 0 and 0: from the data */
  int decimals;               /* of the values as written */
  const GArray *points;       /* CrPlotPoint, oldest first */
} CrPlot;

#define CR_TYPE_PLOT_VIEW (cr_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (CrPlotView, cr_plot_view, CR, PLOT_VIEW, GtkDrawingArea)
GtkWidget *cr_plot_view_new (void);
/* Copied.  Left and Right walk from reading to reading; the one looked at is said and shown as a tooltip. */
void cr_plot_view_set (CrPlotView *self, const CrPlot *plot); /* NULL: empty */

/* values: oldest first, copied; band: reference range, NAN none; words: what a screen reader says. */
GtkWidget *cr_spark_new (const double *values, guint n, double band_low, double band_high, const char *words);
