#include "src/ui/schedule/visit-actions.h"
#include "src/ui/schedule/arrive-sheet.h"
#include "src/ui/schedule/check-out-sheet.h"
#include "src/ui/schedule/desk-print.h"
#include "src/ui/schedule/reason-sheet.h"
#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/room-sheet.h"
#include "src/ui/schedule/series-change.h"
#include "src/ui/schedule/series-dialog.h"
#include "src/ui/schedule/times-sheet.h"
#include "src/ui/shell/task-dialog.h"
#include "chartroom/session/holding-tray.h"
#include "src/ui/schedule/wait-dialog.h"
#include <glib/gi18n.h>

typedef struct { /* one visit and one thing to do to it, while a sheet is open or the change is on its way */
  CrVisitContext context;
  CrId visit, patient;
  char *name; /* as lists show it */
  int stage;  /* present */
} Errand;

static const struct {
  const char *action, *label;
} NEXT[CR_N_STAGES] = {
  [CR_STAGE_SCHEDULED] = { "visit.arrive", N_ ("Arrive") },
  [CR_STAGE_CONFIRMED] = { "visit.arrive", N_ ("Arrive") },
  [CR_STAGE_ARRIVED] = { "visit.room", N_ ("Room") },
  [CR_STAGE_ROOMED] = { "visit.with-doctor", N_ ("With Doctor") },
  [CR_STAGE_WITH_DOCTOR] = { "visit.ready", N_ ("Ready") },
  [CR_STAGE_READY] = { "visit.out", N_ ("Check Out") },
};

static Errand *
errand_new (const CrVisitContext *context, const CrVisit *visit)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->context = *context;
  g_object_ref (context->window);
  g_object_ref (context->schedule);
  errand->visit = visit->appointment->id;
  errand->patient = visit->patient->id;
  errand->stage = visit->appointment->stage;
  errand->name = cr_window_name_of (context->window, visit->patient);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->context.window);
  g_object_unref (errand->context.schedule);
  g_free (errand->name);
  g_free (errand);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
errand_closed (gpointer data, GClosure *closure)
{
  errand_free (data);
}

/* ---- changes ---- */

typedef struct {
  CrWindow *window;
  char *toast;
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->window);
  g_free (change->toast);
  g_free (change);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

/* toast: takes it. */
static Change *
change_new (const Errand *errand, char *toast)
{
  Change *change = g_new0 (Change, 1);
  change->window = g_object_ref (errand->context.window);
  change->toast = toast;
  return change;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (change->window, change->toast, _ ("Undo"), "win.undo");
  else
    cr_window_show_error (change->window, error);
}

static void
set_stage (const Errand *errand, int stage, CrId room)
{
  char *toast = g_strdup_printf ("%s: %s", errand->name, cr_stage_word (stage));
  cr_day_schedule_stage_async (errand->context.schedule, errand->visit, stage, room, changed_cb,
                               change_new (errand, toast));
}

static gboolean
may_go (const Errand *errand, int stage)
{
  g_autofree char *text = NULL;
  if (cr_stage_may_follow (errand->stage, stage))
    return TRUE;
  text = g_strdup_printf (_ ("%s is “%s”; “%s” cannot follow from there."), errand->name,
                          cr_stage_word (errand->stage), cr_stage_word (stage));
  cr_window_toast (errand->context.window, text, NULL, NULL);
  return FALSE;
}

/* ---- sheets ---- */

static void
close_sheet (Errand *errand)
{
  errand->context.show_sheet (errand->context.host, NULL);
}

/* Takes the errand: it lives as long as the sheet.  The close comes last in each callback, since it frees
 * both. */
static void
open_sheet (Errand *errand, GtkWidget *sheet)
{
  g_signal_connect_data (sheet, "closed", G_CALLBACK (close_sheet), errand, errand_closed, G_CONNECT_SWAPPED);
  errand->context.show_sheet (errand->context.host, sheet);
}

/* An arrival with typed changes keeps its sheet until they are saved. */
typedef struct {
  Change *change;
  GtkWidget *sheet;
} Arriving;

static void
arriving_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Arriving *arriving = data;
  g_autoptr (Change) change = arriving->change;
  g_autoptr (GtkWidget) sheet = arriving->sheet;
  g_autoptr (GError) error = NULL;
  gboolean shown = gtk_widget_get_root (sheet) != NULL;
  g_free (arriving);
  if (cr_session_finish (result, &error)) {
    cr_window_toast (change->window, change->toast, _ ("Undo"), "win.undo");
    if (shown)
      g_signal_emit_by_name (sheet, "closed");
  } else if (shown) {
    cr_arrive_sheet_say (CR_ARRIVE_SHEET (sheet), error->message);
  } else {
    cr_window_show_error (change->window, error);
  }
}

static void
arrived_cb (GtkWidget *sheet, Errand *errand)
{
  CrVerified verified;
  gboolean edited = cr_arrive_sheet_get_verified (CR_ARRIVE_SHEET (sheet), &verified);
  char *toast = g_strdup_printf ("%s: %s", errand->name, cr_stage_word (CR_STAGE_ARRIVED));
  CrSession *session = cr_window_get_session (errand->context.window);
  if (!cr_session_can (session, CR_RIGHT_DEMOGRAPHICS_EDIT)) {
    g_free (toast);
    set_stage (errand, CR_STAGE_ARRIVED, CR_ID_NONE); /* who may not change details has verified nothing */
  } else if (edited) {
    Arriving *arriving = g_new0 (Arriving, 1);
    *arriving = (Arriving){ change_new (errand, toast), g_object_ref (sheet) };
    cr_day_schedule_arrive_async (errand->context.schedule, errand->visit, &verified, arriving_cb, arriving);
    return;
  } else {
    cr_day_schedule_arrive_async (errand->context.schedule, errand->visit, &verified, changed_cb,
                                  change_new (errand, toast));
  }
  close_sheet (errand);
}

static void
late_move_cb (GtkWidget *sheet, Errand *errand)
{
  GtkWidget *host = errand->context.host;
  gint64 visit = errand->visit;
  close_sheet (errand);
  gtk_widget_activate_action (host, "visit.move", "x", visit);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (change->window, change->toast, NULL, NULL);
  else
    cr_window_show_error (change->window, error);
}

static void
late_ask_cb (GtkWidget *sheet, Errand *errand)
{
  char *toast = g_strdup_printf (_ ("%s: the clinician was asked, by a task."), errand->name);
  cr_day_schedule_ask_late_async (errand->context.schedule, errand->visit,
                                  cr_arrive_sheet_get_late (CR_ARRIVE_SHEET (sheet)), asked_cb,
                                  change_new (errand, toast));
  close_sheet (errand);
}

static void
edit_cb (Errand *errand)
{
  cr_register_dialog_present (errand->context.window, NULL, errand->patient);
}

static void
room_chosen_cb (GtkWidget *sheet, gint64 room, Errand *errand)
{
  set_stage (errand, CR_STAGE_ROOMED, room);
  close_sheet (errand);
}

static void
cancel_chosen_cb (GtkWidget *sheet, const char *reason, Errand *errand)
{
  char *toast = g_strdup_printf (_ ("Cancelled %s"), errand->name);
  cr_day_schedule_cancel_async (errand->context.schedule, errand->visit, reason, changed_cb,
                                change_new (errand, toast));
  close_sheet (errand);
}

static void
no_show_chosen_cb (GtkWidget *sheet, const char *reason, Errand *errand)
{
  char *toast = g_strdup_printf (_ ("%s: No-show"), errand->name);
  cr_day_schedule_no_show_async (errand->context.schedule, errand->visit, reason, changed_cb,
                                 change_new (errand, toast));
  close_sheet (errand);
}

/* ---- what can be done; each takes the errand ---- */

static void
go_to_stage (Errand *taken, int stage)
{
  g_autoptr (Errand) errand = taken;
  if (may_go (errand, stage))
    set_stage (errand, stage, CR_ID_NONE);
}

static void
arrive (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  GtkWidget *sheet;
  if (!may_go (errand, CR_STAGE_ARRIVED))
    return;
  sheet = cr_arrive_sheet_new (errand->context.window, visit);
  g_signal_connect (sheet, "arrived", G_CALLBACK (arrived_cb), errand);
  g_signal_connect (sheet, "move", G_CALLBACK (late_move_cb), errand);
  g_signal_connect (sheet, "ask", G_CALLBACK (late_ask_cb), errand);
  g_signal_connect_swapped (sheet, "edit", G_CALLBACK (edit_cb), errand);
  open_sheet (g_steal_pointer (&errand), sheet);
}

/* A patient who is in a room may change to another one. */
static void
room (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  GtkWidget *sheet;
  if (errand->stage != CR_STAGE_ROOMED && !may_go (errand, CR_STAGE_ROOMED))
    return;
  sheet = cr_room_sheet_new (cr_window_get_session (errand->context.window), errand->context.schedule,
                             errand->context.layout);
  g_signal_connect (sheet, "chosen", G_CALLBACK (room_chosen_cb), errand);
  open_sheet (g_steal_pointer (&errand), sheet);
}

static void
with_doctor (Errand *errand, const CrVisit *visit)
{
  go_to_stage (errand, CR_STAGE_WITH_DOCTOR);
}

static void
ready (Errand *errand, const CrVisit *visit)
{
  go_to_stage (errand, CR_STAGE_READY);
}

static void
check_out (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  GtkWidget *sheet;
  if (!may_go (errand, CR_STAGE_CHECKED_OUT))
    return;
  sheet = cr_check_out_sheet_new (errand->context.window, errand->context.schedule, visit,
                                  errand->context.layout);
  open_sheet (g_steal_pointer (&errand), sheet);
}

static void
print (Errand *taken, CrDeskPaper paper)
{
  g_autoptr (Errand) errand = taken;
  cr_desk_print (errand->context.window, paper, errand->patient, errand->visit);
}

static void
print_card (Errand *errand, const CrVisit *visit)
{
  print (errand, CR_DESK_CARD);
}

static void
print_slip (Errand *errand, const CrVisit *visit)
{
  print (errand, CR_DESK_SLIP);
}

static void
print_letter (Errand *errand, const CrVisit *visit)
{
  print (errand, CR_DESK_LETTER);
}

static void
print_label (Errand *errand, const CrVisit *visit)
{
  print (errand, CR_DESK_LABEL);
}

static void
print_list (Errand *errand, const CrVisit *visit)
{
  print (errand, CR_DESK_LIST);
}

static void
confirm (Errand *errand, const CrVisit *visit)
{
  go_to_stage (errand, CR_STAGE_CONFIRMED);
}

static void
ask_reason (Errand *taken, int stage, GtkWidget *sheet, GCallback chosen)
{
  g_autoptr (Errand) errand = taken;
  g_object_ref_sink (sheet);
  if (may_go (errand, stage)) {
    g_signal_connect (sheet, "chosen", chosen, errand);
    open_sheet (g_steal_pointer (&errand), sheet);
  }
  g_object_unref (sheet);
}

static void
no_show (Errand *errand, const CrVisit *visit)
{
  ask_reason (errand, CR_STAGE_NO_SHOW,
              cr_reason_sheet_new (_ ("Why was there no visit?"), _ ("No-Show"), _ ("Keep Visit"),
                                   cr_reasons_for_no_show (), errand->context.layout),
              G_CALLBACK (no_show_chosen_cb));
}

static void
cancel (Errand *errand, const CrVisit *visit)
{
  g_autofree char *question =
      visit->series_of > 1
          ? g_strdup_printf (
                _ ("Why is this visit cancelled? It is %d of %d of a series; the others stay (to cancel "
                   "several: Series… in its menu)."),
                visit->series_at, visit->series_of)
          : g_strdup (_ ("Why is this visit cancelled?"));
  ask_reason (errand, CR_STAGE_CANCELLED,
              cr_reason_sheet_new (question, _ ("Cancel Visit"), _ ("Keep Visit"), cr_reasons_to_cancel (),
                                   errand->context.layout),
              G_CALLBACK (cancel_chosen_cb));
}

static void
new_task (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  g_autoptr (CrTask) task = cr_task_new ();
  task->patient_id = errand->patient;
  task->subject_id = errand->visit;
  cr_task_dialog_present (errand->context.window, task, visit->patient, CR_TASK_DIALOG_WHAT);
}

static void
times (Errand *errand, const CrVisit *visit)
{
  open_sheet (errand, cr_times_sheet_new (errand->context.window, errand->context.schedule, visit));
}

static void
open_chart (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  CrWindow *window = errand->context.window;
  gboolean clinical = cr_session_can (cr_window_get_session (window), CR_RIGHT_CLINICAL_VIEW);
  cr_window_navigate (window, CR_PAGE_CHART, errand->patient,
                      clinical ? CR_SECTION_SUMMARY : CR_SECTION_DETAILS, NULL, errand->context.from);
}

static void
repeat (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  if (visit->appointment->series_id != CR_ID_NONE)
    cr_series_change_present (errand->context.window, visit);
  else
    cr_series_dialog_present_after (errand->context.window, visit);
}

static void
hold (Errand *errand, const CrVisit *visit)
{
  g_autoptr (Errand) held = errand;
  cr_visit_hold (errand->context.window, visit);
}

static void
wait_for_sooner (Errand *taken, const CrVisit *visit)
{
  g_autoptr (Errand) errand = taken;
  const CrAppointment *a = visit->appointment;
  cr_wait_dialog_present (errand->context.window, visit->patient, a->visit_type_id, a->person_id, a->reason,
                          a);
}

static const struct {
  const char *name;
  void (*act) (Errand *errand, const CrVisit *visit);
  gboolean edits; /* needs the right to change the book */
} ACTIONS[] = {
  { "visit.arrive", arrive, TRUE },
  { "visit.confirm", confirm, TRUE },
  { "visit.room", room, TRUE },
  { "visit.ready", ready, TRUE },
  { "visit.out", check_out, TRUE },
  { "visit.with-doctor", with_doctor, TRUE },
  { "visit.no-show", no_show, TRUE },
  { "visit.cancel", cancel, TRUE },
  { "visit.card", print_card, FALSE },
  { "visit.slip", print_slip, FALSE },
  { "visit.letter", print_letter, FALSE },
  { "visit.label", print_label, FALSE },
  { "visit.list", print_list, FALSE },
  { "visit.times", times, TRUE },
  { "visit.task", new_task, FALSE },
  { "visit.open", open_chart, FALSE },
  { "visit.series", repeat, TRUE },
  { "visit.hold", hold, TRUE },
  { "visit.wait", wait_for_sooner, TRUE },
};

/* What the page with the book does itself. */
static const char *const PLACES[] = { "visit.move", "visit.length", "visit.copy" };

/* ---- menu ---- */

static void
add_item (GMenu *menu, const CrVisit *visit, const char *label, const char *action, gboolean possible)
{
  g_autoptr (GMenuItem) item = NULL;
  if (!possible)
    return;
  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, action, "x", visit->appointment->id);
  g_menu_append_item (menu, item);
}

static void
add_stage (GMenu *menu, const CrVisit *visit, const char *label, const char *action, int stage)
{
  add_item (menu, visit, label, action, cr_stage_may_follow (visit->appointment->stage, stage));
}

/* ---- public ---- */

void
cr_visit_act (const CrVisitContext *context, const CrVisit *visit, const char *action)
{
  CrSession *session = cr_window_get_session (context->window);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    if (!g_str_equal (ACTIONS[i].name, action))
      continue;
    if (ACTIONS[i].edits && !cr_session_require (session, CR_RIGHT_SCHEDULE_EDIT, &error))
      cr_window_show_error (context->window, error);
    else
      ACTIONS[i].act (errand_new (context, visit), visit);
    return;
  }
}

void
cr_visit_actions_install (GtkWidgetClass *klass, GtkWidgetActionActivateFunc act)
{
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (klass, ACTIONS[i].name, "x", act);
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    gtk_widget_class_install_action (klass, PLACES[i], "x", act);
}

GMenuModel *
cr_visit_menu_new (CrSession *session, const CrVisit *visit)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) stages = g_menu_new (), book = g_menu_new (), paper = g_menu_new ();
  add_item (menu, visit, _ ("O_pen Chart"), "visit.open", TRUE);
  add_item (menu, visit, _ ("New Tas_k…"), "visit.task", TRUE);
  if (cr_session_can (session, CR_RIGHT_SCHEDULE_EDIT)) {
    add_stage (stages, visit, _ ("Con_firmed"), "visit.confirm", CR_STAGE_CONFIRMED);
    add_stage (stages, visit, _ ("_Arrive…"), "visit.arrive", CR_STAGE_ARRIVED);
    add_item (stages, visit, _ ("_Room…"), "visit.room",
              visit->appointment->stage == CR_STAGE_ROOMED ||
                  cr_stage_may_follow (visit->appointment->stage, CR_STAGE_ROOMED));
    add_stage (stages, visit, _ ("With _Doctor"), "visit.with-doctor", CR_STAGE_WITH_DOCTOR);
    add_stage (stages, visit, _ ("Read_y to Check Out"), "visit.ready", CR_STAGE_READY);
    add_stage (stages, visit, _ ("Check _Out…"), "visit.out", CR_STAGE_CHECKED_OUT);
    add_item (book, visit, _ ("_Move…"), "visit.move", cr_visit_may_move (visit));
    add_item (book, visit, _ ("Change _Length…"), "visit.length", cr_visit_may_move (visit));
    add_item (book, visit, _ ("Cop_y…"), "visit.copy", TRUE);
    add_item (book, visit, _ ("Put into the _Holding Tray"), "visit.hold", cr_visit_may_move (visit));
    add_item (book, visit, _ ("_Times…"), "visit.times", cr_stage_holds_slot (visit->appointment->stage));
    add_item (book, visit, _ ("Wait _List…"), "visit.wait", visit->appointment->stage < CR_STAGE_ARRIVED);
    add_item (book, visit, _ ("_Series…"), "visit.series", cr_stage_holds_slot (visit->appointment->stage));
    add_stage (book, visit, _ ("_No-Show…"), "visit.no-show", CR_STAGE_NO_SHOW);
    add_stage (book, visit, _ ("_Cancel Visit…"), "visit.cancel", CR_STAGE_CANCELLED);
  }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (stages));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (book));
  add_item (paper, visit, _ ("Appointment _Card…"), "visit.card", TRUE);
  add_item (paper, visit, _ ("Routing _Slip…"), "visit.slip", TRUE);
  add_item (paper, visit, _ ("Reminder _Letter…"), "visit.letter", TRUE);
  add_item (paper, visit, _ ("Address La_bel…"), "visit.label", TRUE);
  add_item (paper, visit, _ ("List of _Visits…"), "visit.list", TRUE);
  g_menu_append_submenu (menu, _ ("Pr_int"), G_MENU_MODEL (paper));
  return G_MENU_MODEL (menu);
}

const char *
cr_visit_next_action (int stage, const char **label)
{
  *label = NEXT[stage].label != NULL ? _ (NEXT[stage].label) : NULL;
  return NEXT[stage].action;
}

gboolean
cr_visit_may_move (const CrVisit *visit)
{
  return cr_stage_holds_slot (visit->appointment->stage) && visit->appointment->stage != CR_STAGE_CHECKED_OUT;
}

void
cr_visit_hold (CrWindow *window, const CrVisit *visit)
{
  g_autofree char *name = cr_window_name_of (window, visit->patient);
  g_autofree char *text =
      g_strdup_printf (_ ("%s is in the holding tray, and stays booked until it has a new time"), name);
  if (!cr_visit_may_move (visit)) {
    cr_window_toast (window, _ ("This visit is over or cancelled; it cannot be moved."), NULL, NULL);
    return;
  }
  cr_holding_tray_put (cr_window_get_session (window), visit->appointment->id);
  cr_window_toast (window, text, NULL, NULL);
}
