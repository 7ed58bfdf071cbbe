/* Everything is drawn inside one frame, which paint, hit and locate all compute alike. */
#include <glib/gi18n.h>
#include <math.h>
#include "chartroom/render/graph.h"
#include "paper-private.h"

#define MINUTES_A_DAY 1440.0
#define Y_TICKS 6.0 /* at most; fewer where their numbers would touch */
#define LEAST_Y_TICKS 2.0
#define TICK_LINES 1.3  /* lines of text from one number of the value axis to the next */
#define LABEL_ROOM 84.0 /* of a date under the axis */
#define REACH 12.0      /* of the pointer, around a reading */
#define BAR_HALF 3.5    /* half width of a pressure bar's ends */

typedef struct {
  double left, top, right, bottom; /* of the plot */
  double low, high;                /* values at bottom and top */
  double first, last;              /* days at left and right */
  double line;                     /* height of a line of text */
  double ticks;                    /* of the value axis, at most */
} Frame;

typedef struct {
  const CrGraph *graph;
  cairo_t *cr;
  PangoContext *pango;
  const CrGraphColors *colors;
  Frame frame;
} Plot;

const CrGraphColors CR_GRAPH_ON_PAPER = {
  .text = { 0, 0, 0, 1 },
  .muted = { 0.25, 0.25, 0.25, 1 },
  .grid = { 0.75, 0.75, 0.75, 1 },
  .plot = { 1, 1, 1, 1 },
  .band = { 0.93, 0.93, 0.93, 1 },
  .series = { { 0, 0, 0, 1 },
              { 0, 0, 0, 1 },
              { 0, 0, 0, 1 },
              { 0, 0, 0, 1 },
              { 0, 0, 0, 1 },
              { 0, 0, 0, 1 } },
};

static void
use (cairo_t *cr, const CrInk *ink)
{
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, ink->alpha);
}

static PangoLayout *
text_layout (PangoContext *pango, const char *text, gboolean large)
{
  g_autofree char *escaped = cr_paper_escape (text);
  g_autofree char *markup =
      g_strdup_printf (large ? "<span size='x-large' weight='bold'>%s</span>" : "%s", escaped);
  PangoLayout *layout = pango_layout_new (pango);

  pango_layout_set_markup (layout, markup, -1);
  return layout;
}

/* align: 0 starts at x, 0.5 is centred on it, 1 ends there; limits keep it inside the graph. */
static double
draw_text (Plot *plot, const char *text, const CrInk *ink, gboolean large, double x, double y, double align,
           double limit)
{
  g_autoptr (PaperText) layout = text_layout (plot->pango, text, large);
  PangoRectangle logical;
  double width;

  pango_layout_get_extents (layout, NULL, &logical);
  width = logical.width / (double)PANGO_SCALE;
  x = CLAMP (x - align * width, 0, MAX (limit - width, 0));
  use (plot->cr, ink);
  cairo_move_to (plot->cr, x, y);
  pango_cairo_show_layout (plot->cr, layout);
  return width;
}

static double
text_height (PangoContext *pango, const char *text, gboolean large, double *width)
{
  g_autoptr (PaperText) layout = text_layout (pango, text, large);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  if (width != NULL)
    *width = logical.width / (double)PANGO_SCALE;
  return logical.height / (double)PANGO_SCALE;
}

static double
day_of (const CrGraphPoint *point)
{
  return point->day + point->minute / MINUTES_A_DAY;
}

static void
widen (double *low, double *high, double value)
{
  if (isnan (value))
    return;
  *low = isnan (*low) ? value : fmin (*low, value);
  *high = isnan (*high) ? value : fmax (*high, value);
}

/* A round step of which at most that many fit. */
static double
step_of (double low, double high, double ticks)
{
  double raw = fmax (high - low, 1e-9) / ticks;
  double power = pow (10, floor (log10 (raw)));
  double share = raw / power;

  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 4 ? 4 : share <= 5 ? 5 : 10);
}

static void
frame_values (const CrGraph *graph, Frame *frame)
{
  double step;

  frame->low = graph->low;
  frame->high = graph->high;
  frame->first = graph->first_day;
  frame->last = graph->last_day;
  if (graph->first_day == 0 && graph->last_day == 0)
    frame->first = frame->last = NAN;
  for (guint s = 0; s < graph->n_series; s++)
    for (guint i = 0; i < graph->series[s].n_points; i++) {
      const CrGraphPoint *point = &graph->series[s].points[i];

      widen (&frame->low, &frame->high, point->value);
      if (graph->series[s].bars)
        widen (&frame->low, &frame->high, point->second);
      widen (&frame->first, &frame->last, day_of (point));
    }
  if (isnan (frame->low))
    frame->low = 0, frame->high = 1;
  step = step_of (frame->low, frame->high, frame->ticks);
  if (isnan (graph->low) || frame->low < graph->low)
    frame->low = floor (frame->low / step) * step;
  if (isnan (graph->high) || frame->high > graph->high)
    frame->high = ceil (frame->high / step) * step;
  if (frame->high <= frame->low)
    frame->high = frame->low + 1;
  if (isnan (frame->first))
    frame->first = frame->last = 0;
  if (frame->last <= frame->first)
    frame->first -= 1, frame->last += 1;
}

static Frame
frame_of (const CrGraph *graph, PangoContext *pango, double width, double height)
{
  Frame frame = { 0 };
  double large = text_height (pango, "0", TRUE, NULL), axis;

  frame.line = text_height (pango, "000", FALSE, &axis);
  frame.left = axis * 4 / 3 + 6;
  frame.right = width - 8;
  frame.top = large + 6 + (graph->n_series > 1 ? frame.line : 0);
  frame.bottom = fmax (height - frame.line - 5, frame.top + 10);
  frame.ticks =
      CLAMP (floor ((frame.bottom - frame.top) / (frame.line * TICK_LINES)), LEAST_Y_TICKS, Y_TICKS);
  frame_values (graph, &frame);
  return frame;
}

static double
x_of (const Frame *frame, double day)
{
  return frame->left + 6 +
         (day - frame->first) / (frame->last - frame->first) * (frame->right - frame->left - 12);
}

static double
y_of (const Frame *frame, double value)
{
  return frame->bottom - (value - frame->low) / (frame->high - frame->low) * (frame->bottom - frame->top);
}

static char *
number_text (double value, double step)
{
  return g_strdup_printf ("%.*f", step < 0.1 ? 2 : step < 1 ? 1 : 0, value);
}

static void
draw_plot_area (Plot *plot)
{
  const Frame *frame = &plot->frame;
  double low = isnan (plot->graph->goal_low) ? frame->low : fmax (plot->graph->goal_low, frame->low);
  double high = isnan (plot->graph->goal_high) ? frame->high : fmin (plot->graph->goal_high, frame->high);
  gboolean goal = !isnan (plot->graph->goal_low) || !isnan (plot->graph->goal_high);

  use (plot->cr, &plot->colors->plot);
  cairo_rectangle (plot->cr, frame->left, frame->top, frame->right - frame->left, frame->bottom - frame->top);
  cairo_fill (plot->cr);
  if (!goal || high <= low)
    return;
  use (plot->cr, &plot->colors->band);
  cairo_rectangle (plot->cr, frame->left, y_of (frame, high), frame->right - frame->left,
                   y_of (frame, low) - y_of (frame, high));
  cairo_fill (plot->cr);
}

static void
draw_line (cairo_t *cr, double x1, double y1, double x2, double y2, double thickness)
{
  cairo_set_line_width (cr, thickness);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_value_axis (Plot *plot)
{
  const Frame *frame = &plot->frame;
  double step = step_of (frame->low, frame->high, frame->ticks);

  for (int i = (int)ceil (frame->low / step); i * step <= frame->high + step / 1000; i++) {
    double v = i * step, y = y_of (frame, v);
    g_autofree char *text = number_text (v, step);

    use (plot->cr, &plot->colors->grid);
    draw_line (plot->cr, frame->left, y, frame->right, y, 0.5);
    draw_text (plot, text, &plot->colors->muted, FALSE, frame->left - 4, y - frame->line / 2, 1, frame->left);
  }
}

/* Full dates, evenly spaced: the axis is true to time. */
static void
draw_time_axis (Plot *plot, double width)
{
  const Frame *frame = &plot->frame;
  int n = CLAMP ((int)((frame->right - frame->left) / LABEL_ROOM), 2, 8);
  double days = floor (frame->last) - floor (frame->first);

  n = (int)fmin (n, days + 1);
  use (plot->cr, &plot->colors->muted);
  draw_line (plot->cr, frame->left, frame->bottom, frame->right, frame->bottom, 0.8);
  for (int i = 0; i < n; i++) {
    gint32 day = (gint32)(floor (frame->first) + round (n > 1 ? days * i / (n - 1) : 0));
    double x = x_of (frame, fmax (day, frame->first));
    g_autofree char *text = cr_date_format (cr_date_from_days (day));

    use (plot->cr, &plot->colors->muted);
    draw_line (plot->cr, x, frame->bottom, x, frame->bottom + 3, 0.8);
    draw_text (plot, text, &plot->colors->muted, FALSE, x, frame->bottom + 4, 0.5, width);
  }
}

static void
draw_polygon (cairo_t *cr, double x, double y, double r, int corners, double turn)
{
  for (int i = 0; i < corners; i++) {
    double angle = turn + 2 * G_PI * i / corners;

    cairo_line_to (cr, x + r * cos (angle), y + r * sin (angle));
  }
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* ● ■ ▲ ◆ ✚ ▼: one of its own for each series, so that colour is never needed. */
static void
draw_marker (cairo_t *cr, guint series, double x, double y, double r)
{
  switch (series % CR_GRAPH_SERIES) {
  case 0:
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
    cairo_fill (cr);
    break;
  case 1:
    draw_polygon (cr, x, y, r * 1.3, 4, G_PI / 4);
    break;
  case 2:
    draw_polygon (cr, x, y, r * 1.3, 3, -G_PI / 2);
    break;
  case 3:
    draw_polygon (cr, x, y, r * 1.3, 4, 0);
    break;
  case 4:
    draw_line (cr, x - r * 1.2, y, x + r * 1.2, y, r * 0.8);
    draw_line (cr, x, y - r * 1.2, x, y + r * 1.2, r * 0.8);
    break;
  default:
    draw_polygon (cr, x, y, r * 1.3, 3, G_PI / 2);
    break;
  }
}

static void
draw_bar (Plot *plot, const CrGraphPoint *point)
{
  double x = x_of (&plot->frame, day_of (point));
  double top = y_of (&plot->frame, point->value);
  double bottom = isnan (point->second) ? top : y_of (&plot->frame, point->second);

  draw_line (plot->cr, x, top, x, bottom, 1.2);
  draw_line (plot->cr, x - BAR_HALF, top, x + BAR_HALF, top, 1.6);
  draw_line (plot->cr, x - BAR_HALF, bottom, x + BAR_HALF, bottom, 1.6);
}

static void
draw_series (Plot *plot, guint s)
{
  const CrGraphSeries *series = &plot->graph->series[s];
  double room = (plot->frame.right - plot->frame.left) / MAX (series->n_points, 1);
  double r = CLAMP (room / 3, 1.2, 2.8);
  gboolean started = FALSE;

  use (plot->cr, &plot->colors->series[s % CR_GRAPH_SERIES]);
  for (guint i = 0; !series->bars && i < series->n_points; i++) {
    const CrGraphPoint *point = &series->points[i];

    if (isnan (point->value))
      continue;
    if (started)
      cairo_line_to (plot->cr, x_of (&plot->frame, day_of (point)), y_of (&plot->frame, point->value));
    else
      cairo_move_to (plot->cr, x_of (&plot->frame, day_of (point)), y_of (&plot->frame, point->value));
    started = TRUE;
  }
  cairo_set_line_width (plot->cr, 0.9);
  cairo_stroke (plot->cr);
  for (guint i = 0; i < series->n_points; i++)
    if (isnan (series->points[i].value))
      continue;
    else if (series->bars)
      draw_bar (plot, &series->points[i]);
    else
      draw_marker (plot->cr, s, x_of (&plot->frame, day_of (&series->points[i])),
                   y_of (&plot->frame, series->points[i].value), r);
}

static void
draw_title (Plot *plot, double width)
{
  const CrGraph *graph = plot->graph;
  g_autofree char *title = g_strdup_printf (_ ("%s, %s"), graph->title, graph->unit);
  double large = text_height (plot->pango, "0", TRUE, NULL);
  double x = width;

  draw_text (plot, title, &plot->colors->text, FALSE, 0, large - plot->frame.line, 0, width);
  if (graph->before != NULL) {
    g_autofree char *before = g_strdup_printf (_ ("   before %s"), graph->before);

    x -= draw_text (plot, before, &plot->colors->muted, FALSE, x, large - plot->frame.line, 1, width);
  }
  if (graph->latest != NULL) {
    x -= draw_text (plot, graph->latest, &plot->colors->text, TRUE, x, 0, 1, width);
    draw_text (plot, _ ("Latest "), &plot->colors->muted, FALSE, x, large - plot->frame.line, 1, width);
  }
}

static void
draw_legend (Plot *plot, double width)
{
  double x = plot->frame.left;
  double y = plot->frame.top - plot->frame.line - 3;

  for (guint s = 0; plot->graph->n_series > 1 && s < plot->graph->n_series; s++) {
    use (plot->cr, &plot->colors->series[s % CR_GRAPH_SERIES]);
    draw_marker (plot->cr, s, x + 4, y + plot->frame.line / 2, 2.8);
    x += 12 + draw_text (plot, plot->graph->series[s].name, &plot->colors->text, FALSE, x + 11, y, 0, width) +
         12;
  }
}

gboolean
cr_graph_range (const char *code, double *low, double *high)
{
  /* display ranges alone, chosen wide; they flag nothing */
  static const struct {
    const char *code;
    double low, high;
  } RANGES[] = {
    { "8480-6", 40, 200 }, { "8462-4", 40, 200 }, { "85354-9", 40, 200 }, { "8867-4", 40, 160 },
    { "9279-1", 5, 45 },   { "8310-5", 35, 41 },  { "59408-5", 80, 100 }, { "2708-6", 80, 100 },
    { "39156-5", 10, 50 }, { "4548-4", 4, 14 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (RANGES); i++)
    if (g_strcmp0 (code, RANGES[i].code) == 0) {
      *low = RANGES[i].low;
      *high = RANGES[i].high;
      return TRUE;
    }
  return FALSE;
}

void
cr_graph_range_around (double reference_low, double reference_high, double latest, double *low, double *high)
{
  double span = reference_high - reference_low;
  double bound = isnan (reference_high) ? reference_low : reference_high;
  double reach = isnan (latest) || latest == 0 ? 1 : fabs (latest) / 2;

  *low = 0;
  if (span > 0) {
    *low = reference_low >= 0 ? fmax (reference_low - span, 0) : reference_low - span;
    *high = reference_high + span;
  } else if (bound > 0)
    *high = bound * 2;
  else {
    *low = (isnan (latest) ? 0 : latest) - reach;
    *high = *low + reach * 2;
  }
}

void
cr_graph_paint (const CrGraph *graph, cairo_t *cr, PangoContext *pango, double width, double height,
                const CrGraphColors *colors)
{
  g_autoptr (PaperContext) own = pango == NULL ? paper_context_new () : g_object_ref (pango);
  Plot plot = { graph, cr, own, colors, frame_of (graph, own, width, height) };

  cairo_save (cr);
  draw_plot_area (&plot);
  draw_value_axis (&plot);
  draw_time_axis (&plot, width);
  draw_title (&plot, width);
  draw_legend (&plot, width);
  for (guint s = 0; s < graph->n_series; s++)
    draw_series (&plot, s);
  cairo_restore (cr);
}

gboolean
cr_graph_locate (const CrGraph *graph, PangoContext *pango, double width, double height, guint series,
                 guint point, double *x, double *y)
{
  g_autoptr (PaperContext) own = pango == NULL ? paper_context_new () : g_object_ref (pango);
  Frame frame = frame_of (graph, own, width, height);

  if (series >= graph->n_series || point >= graph->series[series].n_points ||
      isnan (graph->series[series].points[point].value))
    return FALSE;
  *x = x_of (&frame, day_of (&graph->series[series].points[point]));
  *y = y_of (&frame, graph->series[series].points[point].value);
  return TRUE;
}

gboolean
cr_graph_hit (const CrGraph *graph, PangoContext *pango, double width, double height, double x, double y,
              guint *series, guint *point)
{
  double nearest = REACH;

  for (guint s = 0; s < graph->n_series; s++)
    for (guint i = 0; i < graph->series[s].n_points; i++) {
      double px, py;

      if (!cr_graph_locate (graph, pango, width, height, s, i, &px, &py) || hypot (px - x, py - y) >= nearest)
        continue;
      nearest = hypot (px - x, py - y);
      *series = s;
      *point = i;
    }
  return nearest < REACH;
}

void
cr_sparkline_paint (const double *values, guint n, double band_low, double band_high, cairo_t *cr,
                    double width, double height, const CrGraphColors *colors)
{
  CrGraphPoint points[64];
  guint shown = MIN (n, G_N_ELEMENTS (points)), from = n - shown;
  CrGraphSeries series = { NULL, points, shown, FALSE };
  CrGraph graph = { .low = band_low,
                    .high = band_high,
                    .goal_low = band_low,
                    .goal_high = band_high,
                    .series = &series,
                    .n_series = 1,
                    .first_day = 0,
                    .last_day = (gint32)MAX (shown, 2) - 1 };
  Plot plot = { .graph = &graph, .cr = cr, .colors = colors };

  for (guint i = 0; i < shown; i++)
    points[i] = (CrGraphPoint){ (gint32)i, 0, values[from + i], NAN };
  frame_values (&graph, &plot.frame);
  plot.frame.right = width;
  plot.frame.top = 3;
  plot.frame.bottom = height - 3;
  plot.frame.left = -6 + 3; /* no axis: the ends keep only the room of a dot */
  plot.frame.right = width + 6 - 3;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  draw_plot_area (&plot);
  draw_series (&plot, 0);
  cairo_restore (cr);
}
