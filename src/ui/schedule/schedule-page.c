#include "src/ui/schedule/schedule-page.h"

struct _CrSchedulePage {
  GtkWidget parent;
  CrWindow *window; /* borrowed: the page stands in it */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrSchedulePage, cr_schedule_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static void
page_iface_init (CrPageInterface *iface)
{
}

static void
cr_schedule_page_class_init (CrSchedulePageClass *klass)
{
}

static void
cr_schedule_page_init (CrSchedulePage *self)
{
}

GtkWidget *
cr_schedule_page_new (CrWindow *window)
{
  CrSchedulePage *self = g_object_new (CR_TYPE_SCHEDULE_PAGE, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}
