#include "src/ui/shell/page.h"

G_DEFINE_INTERFACE (CrPage, cr_page, GTK_TYPE_WIDGET)

static void
cr_page_default_init (CrPageInterface *iface)
{
}

void
cr_page_enter (CrPage *self, CrId patient, const char *section, const char *hint)
{
  CrPageInterface *iface = CR_PAGE_GET_IFACE (self);
  if (iface->enter != NULL)
    iface->enter (self, patient, section, hint);
}

gboolean
cr_page_perform (CrPage *self, const char *what)
{
  CrPageInterface *iface = CR_PAGE_GET_IFACE (self);
  return iface->perform != NULL && iface->perform (self, what);
}

void
cr_page_forget (CrPage *self)
{
  CrPageInterface *iface = CR_PAGE_GET_IFACE (self);
  if (iface->forget != NULL)
    iface->forget (self);
}

GtkWidget *
cr_page_foot (CrPage *self)
{
  CrPageInterface *iface = CR_PAGE_GET_IFACE (self);
  return iface->foot != NULL ? iface->foot (self) : NULL;
}

CrWindow *
cr_page_get_window (CrPage *self)
{
  return CR_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), CR_TYPE_WINDOW));
}
