/* What is done from the Today list: to a visit, by key, menu or the palette. */
#include "src/ui/schedule/today-page-private.h"
#include "src/ui/schedule/visit-actions.h"
#include "src/ui/schedule/visit-words.h"
#include <glib/gi18n.h>
#include <string.h>

/* One sheet at a time: another row's closes. */
static void
show_sheet (GtkWidget *host, GtkWidget *sheet)
{
  CrTodayPage *self = CR_TODAY_PAGE (gtk_widget_get_ancestor (host, CR_TYPE_TODAY_PAGE));
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (sheet != NULL && g_hash_table_iter_next (&iter, NULL, &row))
    if (row != host && cr_visit_row_has_sheet (row))
      cr_visit_row_set_sheet (row, NULL);
  if (sheet != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (host));
  cr_visit_row_set_sheet (CR_VISIT_ROW (host), sheet);
}

/* "visit.move", "visit.copy", "visit.length": in the book. */
static void
move (CrTodayPage *self, const CrVisit *visit, const char *action)
{
  g_autofree char *hint =
      cr_visit_hint (action + strlen ("visit."), visit->appointment->date, visit->appointment->id);
  if (cr_visit_may_move (visit) || g_str_equal (action, "visit.copy"))
    cr_window_navigate (self->window, CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "today");
  else
    cr_window_toast (self->window, _ ("This visit is over or cancelled; it cannot be moved."), NULL, NULL);
}

/* The row an action is about: its target, or the selected row when the target is none. */
static CrVisitRow *
row_of (CrTodayPage *self, GVariant *target)
{
  CrId id = target != NULL ? g_variant_get_int64 (target) : CR_ID_NONE;
  return id != CR_ID_NONE ? cr_today_page_find (self, id) : cr_today_page_selected (self);
}

static void
act_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  CrTodayPage *self = CR_TODAY_PAGE (widget);
  CrVisitRow *row = row_of (self, target);
  CrVisitContext context = {
    self->window, self->schedule, GTK_WIDGET (row), show_sheet, GTK_ORIENTATION_HORIZONTAL, "today"
  };
  if (row == NULL)
    return;
  if (g_str_equal (name, "visit.move") || g_str_equal (name, "visit.copy") ||
      g_str_equal (name, "visit.length"))
    move (self, cr_visit_row_get_visit (row), name);
  else
    cr_visit_act (&context, cr_visit_row_get_visit (row), name);
}

static void
walk_in_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  CrTodayPage *self = CR_TODAY_PAGE (widget);
  g_autoptr (GError) error = NULL;
  if (cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
    cr_today_page_show_walk_in (self, TRUE);
  else
    cr_window_show_error (self->window, error);
}

static void
show_today_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  cr_date_nav_today (CR_TODAY_PAGE (widget)->date_nav);
}

static void
go_to_date_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  cr_date_nav_ask (CR_TODAY_PAGE (widget)->date_nav);
}

static void
book_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  CrTodayPage *self = CR_TODAY_PAGE (widget);
  g_autofree char *iso = cr_date_to_iso (cr_day_schedule_get_date (self->schedule));
  g_autofree char *hint = g_strconcat ("book:", iso, NULL);
  cr_window_navigate (self->window, CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "today");
}

/* The patient's visit that may go to the stage; the earliest. */
static CrVisitRow *
find_for (CrTodayPage *self, CrId patient, int stage)
{
  CrVisitRow *found = NULL;
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    const CrVisit *visit = cr_visit_row_get_visit (row);
    if (visit->patient->id == patient && cr_stage_may_follow (visit->appointment->stage, stage) &&
        (found == NULL ||
         visit->appointment->start_min < cr_visit_row_get_visit (found)->appointment->start_min))
      found = row;
  }
  return found;
}

static void
do_for_patient (CrTodayPage *self, const char *action, int stage)
{
  CrVisitRow *row = find_for (self, self->asked_patient, stage);
  if (row == NULL) {
    cr_window_toast (self->window, _ ("This patient has no visit today that could go to that stage."), NULL,
                     NULL);
    return;
  }
  cr_today_page_focus_row (self, row);
  gtk_widget_activate_action (GTK_WIDGET (self), action, "x", cr_visit_row_get_visit (row)->appointment->id);
}

/* ---- for the page's other file ---- */

void
cr_today_page_open_menu (CrTodayPage *self, CrVisitRow *row, double x, double y)
{
  g_autoptr (GMenuModel) model =
      cr_visit_menu_new (cr_window_get_session (self->window), cr_visit_row_get_visit (row));
  GtkWidget *from = x < 0 ? GTK_WIDGET (row) : GTK_WIDGET (self->list);
  double left = x < 0 ? 96 : x, top = x < 0 ? gtk_widget_get_height (from) : y;
  GdkRectangle at = { 0, 0, 1, 1 };
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (model));
  gtk_popover_set_has_arrow (self->menu, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  gtk_widget_translate_coordinates (from, GTK_WIDGET (self), left, top, &left, &top);
  at.x = (int)left;
  at.y = (int)top;
  gtk_popover_set_pointing_to (self->menu, &at);
  gtk_popover_popup (self->menu);
}

void
cr_today_page_do_asked (CrTodayPage *self)
{
  g_autofree char *asked = NULL;
  gboolean loading = FALSE;
  g_object_get (self->schedule, "loading", &loading, NULL);
  if (self->asked == NULL || loading)
    return;
  asked = g_steal_pointer (&self->asked);
  if (g_str_equal (asked, "day-sheet"))
    gtk_widget_activate_action (GTK_WIDGET (self), "sheet.print", NULL);
  else if (g_str_equal (asked, "arrive"))
    do_for_patient (self, "visit.arrive", CR_STAGE_ARRIVED);
  else if (g_str_equal (asked, "room"))
    do_for_patient (self, "visit.room", CR_STAGE_ROOMED);
  else if (g_str_equal (asked, "out"))
    do_for_patient (self, "visit.out", CR_STAGE_CHECKED_OUT);
}

void
cr_today_page_install_actions (GtkWidgetClass *klass)
{
  cr_visit_actions_install (klass, act_cb);
  gtk_widget_class_install_action (klass, "today.walk-in", NULL, walk_in_cb);
  gtk_widget_class_install_action (klass, "today.show-today", NULL, show_today_cb);
  gtk_widget_class_install_action (klass, "today.go-to-date", NULL, go_to_date_cb);
  gtk_widget_class_install_action (klass, "today.book", NULL, book_cb);
}
