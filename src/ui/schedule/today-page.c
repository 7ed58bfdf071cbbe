#include "src/ui/schedule/today-page.h"

struct _CrTodayPage {
  GtkWidget parent;
  CrWindow *window; /* borrowed: the page stands in it */
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrTodayPage, cr_today_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static void
page_iface_init (CrPageInterface *iface)
{
}

static void
cr_today_page_class_init (CrTodayPageClass *klass)
{
}

static void
cr_today_page_init (CrTodayPage *self)
{
}

GtkWidget *
cr_today_page_new (CrWindow *window)
{
  CrTodayPage *self = g_object_new (CR_TYPE_TODAY_PAGE, NULL);
  self->window = window;
  return GTK_WIDGET (self);
}
