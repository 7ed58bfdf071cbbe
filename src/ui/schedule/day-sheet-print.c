#include "src/ui/schedule/day-sheet-print.h"
#include "chartroom/render/day-sheet.h"
#include <glib/gi18n.h>

#define KEY_REASON "day-sheet-reason"
#define KEY_PHONE "day-sheet-phone"

typedef struct {     /* what the sheet's columns point into, kept until the paper is made */
  GPtrArray *rows;   /* CrRow of clinicians and visits */
  GPtrArray *visits; /* GPtrArray of CrVisit per column */
  GArray *columns;   /* CrDaySheetColumn */
} Sheet;

typedef struct {    /* what the actions act on */
  CrWindow *window; /* borrowed: the group belongs to one of its pages */
  CrDaySchedule *schedule;
} Target;

static void
sheet_clear (Sheet *sheet)
{
  g_array_unref (sheet->columns);
  g_ptr_array_unref (sheet->visits);
  g_ptr_array_unref (sheet->rows);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static gboolean
is_on (CrSession *session, const char *key)
{
  return g_strcmp0 (cr_session_get_preference (session, key), "on") == 0;
}

static gconstpointer
take_row (Sheet *sheet, GListModel *list, guint at)
{
  CrRow *row = g_list_model_get_item (list, at);
  g_ptr_array_add (sheet->rows, row);
  return cr_row_peek (row);
}

static GPtrArray *
visits_of (Sheet *sheet, GListModel *visits, CrId person)
{
  GPtrArray *own = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    const CrVisit *visit = take_row (sheet, visits, i);
    if (visit->appointment->person_id == person)
      g_ptr_array_add (own, (gpointer)visit);
  }
  return own;
}

static void
collect (Sheet *sheet, CrDaySchedule *schedule)
{
  GListModel *clinicians = cr_day_schedule_get_clinicians (schedule);
  sheet->rows = g_ptr_array_new_with_free_func (g_object_unref);
  sheet->visits = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  sheet->columns = g_array_new (FALSE, TRUE, sizeof (CrDaySheetColumn));
  for (guint i = 0; i < g_list_model_get_n_items (clinicians); i++) {
    const CrPerson *person = take_row (sheet, clinicians, i);
    const CrDay *day = cr_day_schedule_get_day (schedule, person->id);
    GPtrArray *own = visits_of (sheet, cr_day_schedule_get_visits (schedule), person->id);
    CrDaySheetColumn column = { person, own, day != NULL ? day->hours : NULL,
                                day != NULL ? day->exceptions : NULL };
    g_ptr_array_add (sheet->visits, own);
    g_array_append_val (sheet->columns, column);
  }
}

static GBytes *
make_pdf (CrSession *session, CrDaySchedule *schedule, GError **error)
{
  CrClock *clock = cr_session_get_clock (session);
  const CrPerson *person = cr_session_get_person (session);
  g_autofree char *by = person != NULL ? cr_person_short (person) : NULL;
  g_autofree char *code = cr_session_head_code (session);
  CrImprint imprint = { cr_session_get_practice (session), clock, cr_clock_now (clock), by, NULL };
  CrPaperMeta meta = { imprint.at, NULL };
  g_auto (Sheet) sheet = { 0 };
  CrDaySheetContent content = { .imprint = &imprint,
                                .date = cr_day_schedule_get_date (schedule),
                                .show_reason = is_on (session, KEY_REASON),
                                .show_phone = is_on (session, KEY_PHONE),
                                .chain_code = code };
  g_autoptr (CrPaper) paper = NULL;
  collect (&sheet, schedule);
  if (sheet.columns->len == 0) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("Nobody has a column in the book on this day, so there is no day sheet to print."));
    return NULL;
  }
  content.columns = (const CrDaySheetColumn *)sheet.columns->data;
  content.n_columns = sheet.columns->len;
  paper = cr_day_sheet (&content);
  cr_paper_layout (paper);
  return cr_paper_to_pdf (paper, &meta, error);
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;
  cr_day_sheet_print (target->window, target->schedule);
}

static void
switched (Target *target, GSimpleAction *action, GVariant *state, const char *key)
{
  CrSession *session = cr_window_get_session (target->window);
  cr_session_set_preference (session, key, g_variant_get_boolean (state) ? "on" : "off");
  g_simple_action_set_state (action, state);
}

static void
reason_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  switched (data, action, state, KEY_REASON);
}

static void
phone_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  switched (data, action, state, KEY_PHONE);
}

static void
target_free (gpointer data, GClosure *closure)
{
  Target *target = data;
  g_object_unref (target->schedule);
  g_free (target);
}

static void
add_switch (GSimpleActionGroup *group, CrSession *session, const char *name, const char *key,
            GCallback changed, Target *target)
{
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (is_on (session, key)));
  g_signal_connect (action, "change-state", changed, target);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

GSimpleActionGroup *
cr_day_sheet_actions_new (CrWindow *window, CrDaySchedule *schedule)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) print = g_simple_action_new ("print", NULL);
  Target *target = g_new0 (Target, 1);
  target->window = window;
  target->schedule = g_object_ref (schedule);
  g_signal_connect_data (print, "activate", G_CALLBACK (print_cb), target, target_free, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (print));
  add_switch (group, cr_window_get_session (window), "reason", KEY_REASON, G_CALLBACK (reason_cb), target);
  add_switch (group, cr_window_get_session (window), "phone", KEY_PHONE, G_CALLBACK (phone_cb), target);
  return group;
}

void
cr_day_sheet_print (CrWindow *window, CrDaySchedule *schedule)
{
  g_autoptr (GError) error = NULL;
  CrDate date = cr_day_schedule_get_date (schedule);
  g_autofree char *day = cr_date_format_weekday (date);
  g_autofree char *iso = cr_date_to_iso (date);
  g_autofree char *title = g_strdup_printf (_ ("Day sheet, %s, all clinicians"), day);
  g_autofree char *file = g_strdup_printf ("day-sheet-%s.pdf", iso);
  g_autoptr (GBytes) pdf = make_pdf (cr_window_get_session (window), schedule, &error);
  if (pdf == NULL)
    cr_window_show_error (window, error);
  else
    cr_window_present_pdf (window, pdf, title, file, "day-sheet", CR_ID_NONE, CR_ID_NONE);
}
