#include "src/ui/chart/plot-view.h"
#include "chartroom/render/graph.h"
#include <glib/gi18n.h>
#include <math.h>

#define NO_POINT G_MAXUINT

struct _CrPlotView {
  GtkDrawingArea parent;
  char *title, *unit, *latest, *before;
  GArray *points; /* CrGraphPoint */
  int decimals;
  double low, high, goal_low, goal_high;
  gint32 first_day, last_day;
  guint focused; /* reading under the focus line */
};

G_DEFINE_FINAL_TYPE (CrPlotView, cr_plot_view, GTK_TYPE_DRAWING_AREA)

/* ---- colours of the style sheet ---- */

static CrInk
ink_of (GtkWidget *widget, const char *token, double strength)
{
  GdkRGBA color = { 0, 0, 0, 1 };
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), token, &color);
  return (CrInk){ color.red, color.green, color.blue, color.alpha * strength };
}

static CrGraphColors
colors_of (GtkWidget *widget)
{
  static const char *const SERIES[CR_GRAPH_SERIES] = { "cr_type_fu",  "cr_type_acut", "cr_type_phys",
                                                       "cr_type_new", "cr_text",      "cr_type_proc" };
  CrGraphColors colors = { 0 };
  colors.text = ink_of (widget, "cr_text", 1);
  colors.muted = ink_of (widget, "cr_text_2", 1);
  colors.grid = ink_of (widget, "cr_hairline", 1);
  colors.plot = ink_of (widget, "cr_row_alt", 1);
  colors.band = ink_of (widget, "cr_success_tint", 1);
  for (guint i = 0; i < CR_GRAPH_SERIES; i++)
    colors.series[i] = ink_of (widget, SERIES[i], 1);
  return colors;
}

/* ---- the graph ---- */

static CrGraphSeries
series_of (CrPlotView *self)
{
  const CrGraphPoint *points = (const CrGraphPoint *)self->points->data;
  gboolean bars = self->points->len > 0 && !isnan (points[0].second);
  return (
      CrGraphSeries){ .name = self->title, .points = points, .n_points = self->points->len, .bars = bars };
}

static CrGraph
chart_of (CrPlotView *self, const CrGraphSeries *series)
{
  return (CrGraph){ .title = self->title,
                    .unit = self->unit,
                    .latest = self->latest,
                    .before = self->before,
                    .low = self->low,
                    .high = self->high,
                    .goal_low = self->goal_low,
                    .goal_high = self->goal_high,
                    .first_day = self->first_day,
                    .last_day = self->last_day,
                    .series = series,
                    .n_series = 1 };
}

static char *
value_text (CrPlotView *self, const CrGraphPoint *point)
{
  if (!isnan (point->second))
    return g_strdup_printf ("%.0f/%.0f", point->value, point->second);
  return g_strdup_printf ("%.*f", self->decimals, point->value);
}

static char *
point_text (CrPlotView *self, guint index)
{
  const CrGraphPoint *point = &g_array_index (self->points, CrGraphPoint, index);
  g_autofree char *day = cr_date_format (cr_date_from_days (point->day));
  g_autofree char *time = cr_minute_format (point->minute);
  g_autofree char *value = value_text (self, point);
  return g_strdup_printf (_ ("%s %s: %s %s"), day, time, value, self->unit);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  CrPlotView *self = CR_PLOT_VIEW (area);
  CrGraphSeries series = series_of (self);
  CrGraph chart = chart_of (self, &series);
  CrGraphColors colors = colors_of (GTK_WIDGET (area));
  PangoContext *pango = gtk_widget_get_pango_context (GTK_WIDGET (area));
  double x, y;
  if (self->points->len == 0)
    return;
  cr_graph_paint (&chart, cr, pango, width, height, &colors);
  if (self->focused == NO_POINT || !gtk_widget_has_focus (GTK_WIDGET (area)) ||
      !cr_graph_locate (&chart, pango, width, height, 0, self->focused, &x, &y))
    return;
  cairo_set_source_rgba (cr, colors.text.red, colors.text.green, colors.text.blue, 1);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (x) + 0.5, height * 0.18);
  cairo_line_to (cr, floor (x) + 0.5, height - 24);
  cairo_stroke (cr);
}

/* ---- readings ---- */

static void
look_at (CrPlotView *self, guint index)
{
  g_autofree char *text = NULL;
  self->focused = index;
  if (index != NO_POINT)
    text = point_text (self, index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text != NULL ? text : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrPlotView *self)
{
  guint last = self->points->len - 1;
  if (self->points->len == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Left)
    look_at (self, self->focused == NO_POINT ? last : self->focused > 0 ? self->focused - 1 : 0);
  else if (key == GDK_KEY_Right)
    look_at (self, self->focused == NO_POINT ? last : MIN (self->focused + 1, last));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
tooltip_cb (CrPlotView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  CrGraphSeries series = series_of (self);
  CrGraph chart = chart_of (self, &series);
  guint which = 0, point = self->focused;
  g_autofree char *text = NULL;
  if (self->points->len == 0)
    return FALSE;
  if (!keyboard && !cr_graph_hit (&chart, gtk_widget_get_pango_context (GTK_WIDGET (self)),
                                  gtk_widget_get_width (GTK_WIDGET (self)),
                                  gtk_widget_get_height (GTK_WIDGET (self)), x, y, &which, &point))
    return FALSE;
  if (point >= self->points->len)
    return FALSE;
  text = point_text (self, point);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
focus_cb (CrPlotView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- contents ---- */

static void
clear (CrPlotView *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->latest, g_free);
  g_clear_pointer (&self->before, g_free);
  g_array_set_size (self->points, 0);
  look_at (self, NO_POINT);
}

static void
take_points (CrPlotView *self, const CrPlot *plot)
{
  for (guint i = 0; i < plot->points->len; i++) {
    const CrPlotPoint *from = &g_array_index (plot->points, CrPlotPoint, i);
    CrGraphPoint point = { from->day, from->minute, from->value, from->second };
    g_array_append_val (self->points, point);
  }
  if (self->points->len > 0)
    self->latest = value_text (self, &g_array_index (self->points, CrGraphPoint, self->points->len - 1));
  if (self->points->len > 1)
    self->before = value_text (self, &g_array_index (self->points, CrGraphPoint, self->points->len - 2));
}

static void
describe (CrPlotView *self)
{
  guint n = self->points->len;
  g_autofree char *first = n > 0 ? point_text (self, 0) : NULL;
  g_autofree char *last = n > 0 ? point_text (self, n - 1) : NULL;
  g_autofree char *text = NULL;
  if (n == 0)
    text = g_strdup (_ ("No readings"));
  else
    text =
        g_strdup_printf (ngettext ("%u reading: %s", "%u readings. First %s. Latest %s", n), n, first, last);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->title != NULL ? self->title : _ ("Graph"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
cr_plot_view_finalize (GObject *object)
{
  CrPlotView *self = CR_PLOT_VIEW (object);
  g_free (self->title);
  g_free (self->unit);
  g_free (self->latest);
  g_free (self->before);
  g_array_unref (self->points);
  G_OBJECT_CLASS (cr_plot_view_parent_class)->finalize (object);
}

static void
cr_plot_view_class_init (CrPlotViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_plot_view_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cr_plot_view_init (CrPlotView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->points = g_array_new (FALSE, FALSE, sizeof (CrGraphPoint));
  self->focused = NO_POINT;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "plot");
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self), draw_cb, NULL, NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
}

GtkWidget *
cr_plot_view_new (void)
{
  return g_object_new (CR_TYPE_PLOT_VIEW, NULL);
}

/* The same at every look, so that a flat line looks flat and one reading has a scale. */
static void
set_range (CrPlotView *self, const CrPlot *plot)
{
  guint n = self->points->len;
  double latest = n > 0 ? g_array_index (self->points, CrGraphPoint, n - 1).value : NAN;
  if (plot->code == NULL || !cr_graph_range (plot->code, &self->low, &self->high))
    cr_graph_range_around (plot->goal_low, plot->goal_high, latest, &self->low, &self->high);
}

void
cr_plot_view_set (CrPlotView *self, const CrPlot *plot)
{
  clear (self);
  if (plot != NULL) {
    self->title = g_strdup (plot->title);
    self->unit = g_strdup (plot->unit != NULL ? plot->unit : "");
    self->decimals = plot->decimals;
    self->goal_low = plot->goal_low;
    self->goal_high = plot->goal_high;
    self->first_day = plot->first_day;
    self->last_day = plot->last_day;
    take_points (self, plot);
    set_range (self, plot);
  }
  describe (self);
}

/* ---- spark line ---- */

typedef struct {
  guint n;
  double low, high;
  double values[];
} Spark;

static void
draw_spark_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Spark *spark = data;
  CrGraphColors colors = colors_of (GTK_WIDGET (area));
  cr_sparkline_paint (spark->values, spark->n, spark->low, spark->high, cr, width, height, &colors);
}

GtkWidget *
cr_spark_new (const double *values, guint n, double band_low, double band_high, const char *words)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  Spark *spark = g_malloc (sizeof *spark + n * sizeof (double));
  spark->n = n;
  spark->low = band_low;
  spark->high = band_high;
  memcpy (spark->values, values, n * sizeof (double));
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 72);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 18);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_spark_cb, spark, g_free);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (area, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return area;
}
