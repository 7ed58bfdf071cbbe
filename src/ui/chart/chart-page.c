#include "src/ui/chart/chart-page.h"

struct _CrChartPage {
  GtkWidget parent;
  CrWindow *window; /* borrowed: the page stands in it */
  CrChart *chart;   /* NULL: none open */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrChartPage, cr_chart_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static void
page_iface_init (CrPageInterface *iface)
{
}

static void
cr_chart_page_dispose (GObject *object)
{
  CrChartPage *self = CR_CHART_PAGE (object);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (cr_chart_page_parent_class)->dispose (object);
}

static void
cr_chart_page_class_init (CrChartPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_chart_page_dispose;
}

static void
cr_chart_page_init (CrChartPage *self)
{
}

GtkWidget *
cr_chart_page_new (CrWindow *window)
{
  CrChartPage *self = g_object_new (CR_TYPE_CHART_PAGE, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}

void
cr_chart_page_set_chart (CrChartPage *self, CrChart *chart)
{
  g_set_object (&self->chart, chart);
}
