/* The holding tray beside the book: visits laid aside, each with the place where it is still booked. Signals:
 * "place" (gint64 visit): is to be moved now   "drag" (gint64 visit, double x, double y) and "drag-end", the
 * pointer in the view's coordinates   "take-out" (gint64 visit). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_TRAY_VIEW (cr_tray_view_get_type ())
G_DECLARE_FINAL_TYPE (CrTrayView, cr_tray_view, CR, TRAY_VIEW, GtkWidget)
void cr_tray_view_set_up (CrTrayView *self, CrWindow *window);
void cr_tray_view_forget (CrTrayView *self);
const CrVisit *cr_tray_view_find (CrTrayView *self, CrId visit); /* NULL: not in it */
gboolean cr_tray_view_focus (CrTrayView *self);                  /* FALSE: it is empty */
