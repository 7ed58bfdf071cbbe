/* What is done to a visit from the Today list: stages, sheets below the row, the context menu. */
#include "src/ui/schedule/today-page-private.h"
#include "src/ui/schedule/arrive-sheet.h"
#include "src/ui/schedule/reason-sheet.h"
#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/room-sheet.h"
#include <glib/gi18n.h>

typedef struct { /* a change on its way */
  CrTodayPage *page;
  char *toast;
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->page);
  g_free (change->toast);
  g_free (change);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

/* toast: takes it. */
static Change *
change_new (CrTodayPage *self, char *toast)
{
  Change *change = g_new0 (Change, 1);
  change->page = g_object_ref (self);
  change->toast = toast;
  return change;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (change->page->schedule == NULL)
    return;
  if (done)
    cr_window_toast (change->page->window, change->toast, _("Undo"), "win.undo");
  else
    cr_window_show_error (change->page->window, error);
}

/* The row an action is about: its target, or the selected row when the target is none. */
static CrVisitRow *
row_of (CrTodayPage *self, GVariant *target)
{
  CrId id = target != NULL ? g_variant_get_int64 (target) : CR_ID_NONE;
  return id != CR_ID_NONE ? cr_today_page_find (self, id) : cr_today_page_selected (self);
}

static CrTodayPage *
page_of (CrVisitRow *row)
{
  return CR_TODAY_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), CR_TYPE_TODAY_PAGE));
}

static char *
name_of (CrTodayPage *self, const CrVisit *visit)
{
  return cr_window_name_of (self->window, visit->patient);
}

/* May this visit go there?  Says so when it may not. */
static gboolean
may_go (CrTodayPage *self, const CrVisit *visit, int stage)
{
  g_autofree char *name = name_of (self, visit);
  g_autofree char *text = NULL;
  if (cr_stage_may_follow (visit->appointment->stage, stage))
    return TRUE;
  text = g_strdup_printf (_("%s is “%s”; “%s” cannot follow from there."), name,
                          cr_stage_word (visit->appointment->stage), cr_stage_word (stage));
  cr_window_toast (self->window, text, NULL, NULL);
  return FALSE;
}

static void
set_stage (CrTodayPage *self, const CrVisit *visit, int stage, CrId room)
{
  g_autofree char *name = name_of (self, visit);
  char *toast = g_strdup_printf ("%s: %s", name, cr_stage_word (stage));
  cr_day_schedule_stage_async (self->schedule, visit->appointment->id, stage, room, changed_cb,
                               change_new (self, toast));
}

/* ---- sheets ---- */

static void
close_sheet_cb (CrVisitRow *row)
{
  cr_visit_row_set_sheet (row, NULL);
}

static void
open_sheet (CrTodayPage *self, CrVisitRow *row, GtkWidget *sheet)
{
  GHashTableIter iter;
  gpointer other;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (other != row && cr_visit_row_has_sheet (other))
      cr_visit_row_set_sheet (other, NULL);
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  g_signal_connect_object (sheet, "closed", G_CALLBACK (close_sheet_cb), row, G_CONNECT_SWAPPED);
  cr_visit_row_set_sheet (row, sheet);
}

static void
arrived_cb (CrVisitRow *row)
{
  CrTodayPage *self = page_of (row);
  set_stage (self, cr_visit_row_get_visit (row), CR_STAGE_ARRIVED, CR_ID_NONE);
  cr_visit_row_set_sheet (row, NULL);
}

static void
edit_cb (CrVisitRow *row)
{
  CrTodayPage *self = page_of (row);
  cr_register_dialog_present (self->window, NULL, cr_visit_row_get_visit (row)->patient->id);
}

static void
room_chosen_cb (CrVisitRow *row, gint64 room)
{
  set_stage (page_of (row), cr_visit_row_get_visit (row), CR_STAGE_ROOMED, room);
  cr_visit_row_set_sheet (row, NULL);
}

static void
cancel_chosen_cb (CrVisitRow *row, const char *reason)
{
  CrTodayPage *self = page_of (row);
  const CrVisit *visit = cr_visit_row_get_visit (row);
  g_autofree char *name = name_of (self, visit);
  char *toast = g_strdup_printf (_("Cancelled %s"), name);
  cr_day_schedule_cancel_async (self->schedule, visit->appointment->id, reason, changed_cb, change_new (self, toast));
  cr_visit_row_set_sheet (row, NULL);
}

static void
no_show_chosen_cb (CrVisitRow *row, const char *reason)
{
  CrTodayPage *self = page_of (row);
  const CrVisit *visit = cr_visit_row_get_visit (row);
  g_autofree char *name = name_of (self, visit);
  char *toast = g_strdup_printf (_("%s: No-show"), name);
  cr_day_schedule_no_show_async (self->schedule, visit->appointment->id, reason, changed_cb, change_new (self, toast));
  cr_visit_row_set_sheet (row, NULL);
}

/* ---- actions ---- */

static void
arrive (CrTodayPage *self, CrVisitRow *row)
{
  GtkWidget *sheet;
  if (!may_go (self, cr_visit_row_get_visit (row), CR_STAGE_ARRIVED))
    return;
  sheet = cr_arrive_sheet_new (self->window, cr_visit_row_get_visit (row));
  g_signal_connect_object (sheet, "arrived", G_CALLBACK (arrived_cb), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (sheet, "edit", G_CALLBACK (edit_cb), row, G_CONNECT_SWAPPED);
  open_sheet (self, row, sheet);
}

static void
room (CrTodayPage *self, CrVisitRow *row)
{
  GtkWidget *sheet;
  if (!may_go (self, cr_visit_row_get_visit (row), CR_STAGE_ROOMED))
    return;
  sheet = cr_room_sheet_new (cr_window_get_session (self->window), self->schedule);
  g_signal_connect_object (sheet, "chosen", G_CALLBACK (room_chosen_cb), row, G_CONNECT_SWAPPED);
  open_sheet (self, row, sheet);
}

static void
go_to_stage (CrTodayPage *self, CrVisitRow *row, int stage)
{
  const CrVisit *visit = cr_visit_row_get_visit (row);
  if (may_go (self, visit, stage))
    set_stage (self, visit, stage, CR_ID_NONE);
}

static void
with_doctor (CrTodayPage *self, CrVisitRow *row)
{
  go_to_stage (self, row, CR_STAGE_WITH_DOCTOR);
}

static void
ready (CrTodayPage *self, CrVisitRow *row)
{
  go_to_stage (self, row, CR_STAGE_READY);
}

static void
check_out (CrTodayPage *self, CrVisitRow *row)
{
  go_to_stage (self, row, CR_STAGE_CHECKED_OUT);
}

static void
confirm (CrTodayPage *self, CrVisitRow *row)
{
  go_to_stage (self, row, CR_STAGE_CONFIRMED);
}

static void
no_show (CrTodayPage *self, CrVisitRow *row)
{
  GtkWidget *sheet;
  if (!may_go (self, cr_visit_row_get_visit (row), CR_STAGE_NO_SHOW))
    return;
  sheet = cr_reason_sheet_new (_("Why was there no visit?"), _("No-Show"), cr_reasons_for_no_show (),
                               GTK_ORIENTATION_HORIZONTAL);
  g_signal_connect_object (sheet, "chosen", G_CALLBACK (no_show_chosen_cb), row, G_CONNECT_SWAPPED);
  open_sheet (self, row, sheet);
}

static void
cancel (CrTodayPage *self, CrVisitRow *row)
{
  GtkWidget *sheet;
  if (!may_go (self, cr_visit_row_get_visit (row), CR_STAGE_CANCELLED))
    return;
  sheet = cr_reason_sheet_new (_("Why is this visit cancelled?"), _("Cancel Visit"), cr_reasons_to_cancel (),
                               GTK_ORIENTATION_HORIZONTAL);
  g_signal_connect_object (sheet, "chosen", G_CALLBACK (cancel_chosen_cb), row, G_CONNECT_SWAPPED);
  open_sheet (self, row, sheet);
}

static void
open_chart (CrTodayPage *self, CrVisitRow *row)
{
  gboolean clinical = cr_session_can (cr_window_get_session (self->window), CR_RIGHT_CLINICAL_VIEW);
  cr_window_navigate (self->window, CR_PAGE_CHART, cr_visit_row_get_visit (row)->patient->id,
                      clinical ? CR_SECTION_SUMMARY : CR_SECTION_DETAILS, NULL, "today");
}

static void
move (CrTodayPage *self, CrVisitRow *row)
{
  const CrAppointment *a = cr_visit_row_get_visit (row)->appointment;
  g_autofree char *iso = cr_date_to_iso (a->date);
  g_autofree char *hint = g_strdup_printf ("move:%s:%" G_GINT64_FORMAT, iso, a->id);
  if (a->stage >= CR_STAGE_ARRIVED) {
    cr_window_toast (self->window, _("This patient is here already; a visit that has begun is not moved."), NULL, NULL);
    return;
  }
  cr_window_navigate (self->window, CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "today");
}

static const struct {
  const char *name;
  void (*act) (CrTodayPage *self, CrVisitRow *row);
  gboolean edits; /* needs the right to change the book */
} ACTIONS[] = {
  { "today.arrive", arrive, TRUE },       { "today.room", room, TRUE },     { "today.with-doctor", with_doctor, TRUE },
  { "today.ready", ready, TRUE },         { "today.out", check_out, TRUE }, { "today.confirm", confirm, TRUE },
  { "today.no-show", no_show, TRUE },     { "today.cancel", cancel, TRUE }, { "today.move", move, TRUE },
  { "today.open", open_chart, FALSE },
};

static void
act_cb (GtkWidget *widget, const char *name, GVariant *target)
{
  CrTodayPage *self = CR_TODAY_PAGE (widget);
  CrVisitRow *row = row_of (self, target);
  for (guint i = 0; row != NULL && i < G_N_ELEMENTS (ACTIONS); i++) {
    g_autoptr (GError) error = NULL;
    if (!g_str_equal (ACTIONS[i].name, name))
      continue;
    if (ACTIONS[i].edits &&
        !cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
      cr_window_show_error (self->window, error);
    else
      ACTIONS[i].act (self, row);
  }
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

/* ---- context menu ---- */

static void
add_item (GMenu *menu, const CrVisit *visit, const char *label, const char *action, int stage)
{
  g_autoptr (GMenuItem) item = NULL;
  if (stage >= 0 && !cr_stage_may_follow (visit->appointment->stage, stage))
    return;
  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, action, "x", visit->appointment->id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
menu_for (CrTodayPage *self, const CrVisit *visit)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) stages = g_menu_new (), book = g_menu_new ();
  add_item (menu, visit, _("_Open Chart"), "today.open", -1);
  if (cr_session_can (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT)) {
    add_item (stages, visit, _("Confir_m by Phone"), "today.confirm", CR_STAGE_CONFIRMED);
    add_item (stages, visit, _("_Arrive"), "today.arrive", CR_STAGE_ARRIVED);
    add_item (stages, visit, _("_Room…"), "today.room", CR_STAGE_ROOMED);
    add_item (stages, visit, _("With _Doctor"), "today.with-doctor", CR_STAGE_WITH_DOCTOR);
    add_item (stages, visit, _("Read_y to Check Out"), "today.ready", CR_STAGE_READY);
    add_item (stages, visit, _("Check _Out"), "today.out", CR_STAGE_CHECKED_OUT);
    add_item (book, visit, _("_Move…"), "today.move", CR_STAGE_CANCELLED);
    add_item (book, visit, _("_No-Show…"), "today.no-show", CR_STAGE_NO_SHOW);
    add_item (book, visit, _("_Cancel Visit…"), "today.cancel", CR_STAGE_CANCELLED);
  }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (stages));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (book));
  return G_MENU_MODEL (menu);
}

void
cr_today_page_open_menu (CrTodayPage *self, CrVisitRow *row, double x, double y)
{
  g_autoptr (GMenuModel) model = menu_for (self, cr_visit_row_get_visit (row));
  GtkWidget *from = x < 0 ? GTK_WIDGET (row) : GTK_WIDGET (self->list);
  double left = x < 0 ? 96 : x, top = x < 0 ? gtk_widget_get_height (from) : y;
  GdkRectangle at = { 0, 0, 1, 1 };
  if (self->menu == NULL) {
    self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (NULL));
    gtk_popover_set_has_arrow (self->menu, FALSE);
    gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
    gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  }
  gtk_widget_translate_coordinates (from, GTK_WIDGET (self), left, top, &left, &top);
  at.x = (int) left;
  at.y = (int) top;
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (self->menu, &at);
  gtk_popover_popup (self->menu);
}

/* ---- what the palette asked ---- */

static void
say_no_visit (CrTodayPage *self)
{
  cr_window_toast (self->window, _("This patient has no visit today at that stage."), _("Book"), "win.page(1)");
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

void
cr_today_page_do_asked (CrTodayPage *self)
{
  static const struct {
    const char *hint, *action;
    int stage;
  } ASKED[] = { { "arrive", "today.arrive", CR_STAGE_ARRIVED },
                { "room", "today.room", CR_STAGE_ROOMED },
                { "out", "today.out", CR_STAGE_CHECKED_OUT } };
  g_autofree char *asked = NULL;
  gboolean loading = FALSE;
  g_object_get (self->schedule, "loading", &loading, NULL);
  if (self->asked == NULL || loading)
    return;
  asked = g_steal_pointer (&self->asked);
  if (g_str_equal (asked, "day-sheet"))
    gtk_widget_activate_action (GTK_WIDGET (self), "sheet.print", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ASKED); i++) {
    CrVisitRow *row;
    if (!g_str_equal (asked, ASKED[i].hint))
      continue;
    row = find_for (self, self->asked_patient, ASKED[i].stage);
    if (row == NULL) {
      say_no_visit (self);
      continue;
    }
    cr_today_page_focus_row (self, row);
    gtk_widget_activate_action (GTK_WIDGET (self), ASKED[i].action, "x",
                                cr_visit_row_get_visit (row)->appointment->id);
  }
}

void
cr_today_page_install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (klass, ACTIONS[i].name, "x", act_cb);
  gtk_widget_class_install_action (klass, "today.walk-in", NULL, walk_in_cb);
  gtk_widget_class_install_action (klass, "today.show-today", NULL, show_today_cb);
  gtk_widget_class_install_action (klass, "today.go-to-date", NULL, go_to_date_cb);
  gtk_widget_class_install_action (klass, "today.book", NULL, book_cb);
}
