#include "src/ui/chart/section.h"

typedef struct {
  CrWindow *window; /* borrowed: the section stands in it */
  CrChart *chart;
  gboolean stale;
} CrChartSectionPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CrChartSection, cr_chart_section, GTK_TYPE_WIDGET)

static CrChartSectionPrivate *
peek (CrChartSection *self)
{
  return cr_chart_section_get_instance_private (self);
}

static void
show (CrChartSection *self)
{
  peek (self)->stale = FALSE;
  CR_CHART_SECTION_GET_CLASS (self)->show (self);
}

/* What nobody sees waits until it is looked at. */
static void
changed_cb (CrChartSection *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show (self);
  else
    peek (self)->stale = TRUE;
}

static void
cr_chart_section_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cr_chart_section_parent_class)->map (widget);
  cr_chart_section_refresh (CR_CHART_SECTION (widget));
}

static void
cr_chart_section_dispose (GObject *object)
{
  CrChartSectionPrivate *own = peek (CR_CHART_SECTION (object));
  if (own->chart != NULL)
    g_signal_handlers_disconnect_by_data (own->chart, object);
  g_clear_object (&own->chart);
  G_OBJECT_CLASS (cr_chart_section_parent_class)->dispose (object);
}

static void
cr_chart_section_class_init (CrChartSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_chart_section_dispose;
  GTK_WIDGET_CLASS (klass)->map = cr_chart_section_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cr_chart_section_init (CrChartSection *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

void
cr_chart_section_set_window (CrChartSection *self, CrWindow *window)
{
  peek (self)->window = window;
  g_signal_connect_object (window, "notify::private", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

CrWindow *
cr_chart_section_get_window (CrChartSection *self)
{
  return peek (self)->window;
}

void
cr_chart_section_set_chart (CrChartSection *self, CrChart *chart)
{
  CrChartSectionPrivate *own = peek (self);
  if (own->chart == chart)
    return;
  if (own->chart != NULL) {
    g_signal_handlers_disconnect_by_data (own->chart, self);
    if (CR_CHART_SECTION_GET_CLASS (self)->leave != NULL)
      CR_CHART_SECTION_GET_CLASS (self)->leave (self);
  }
  g_set_object (&own->chart, chart);
  if (chart != NULL)
    g_signal_connect_swapped (chart, "reloaded", G_CALLBACK (changed_cb), self);
  if (chart == NULL)
    show (self); /* nothing of the last patient stays in the widgets */
  else
    changed_cb (self);
}

CrChart *
cr_chart_section_get_chart (CrChartSection *self)
{
  return peek (self)->chart;
}

const CrChartRecords *
cr_chart_section_records (CrChartSection *self)
{
  CrChart *chart = peek (self)->chart;
  return chart != NULL ? cr_chart_get_records (chart) : NULL;
}

void
cr_chart_section_refresh (CrChartSection *self)
{
  if (peek (self)->stale)
    show (self);
}

CrClock *
cr_chart_section_clock (CrChartSection *self)
{
  return cr_session_get_clock (cr_window_get_session (peek (self)->window));
}

CrDate
cr_chart_section_today (CrChartSection *self)
{
  return cr_clock_today (cr_chart_section_clock (self));
}

char *
cr_chart_section_day (CrChartSection *self, CrInstant at)
{
  return cr_date_format (at != CR_INSTANT_NONE ? cr_clock_date_of (cr_chart_section_clock (self), at)
                                               : CR_DATE_NONE);
}

char *
cr_chart_section_time (CrChartSection *self, CrInstant at)
{
  g_autofree char *day = cr_chart_section_day (self, at);
  g_autofree char *minute = NULL;
  if (at == CR_INSTANT_NONE)
    return g_steal_pointer (&day);
  minute = cr_minute_format (cr_clock_minute_of (cr_chart_section_clock (self), at));
  return g_strdup_printf ("%s %s", day, minute);
}

gboolean
cr_chart_section_can (CrChartSection *self, CrRight right)
{
  return cr_session_can (cr_window_get_session (peek (self)->window), right);
}
