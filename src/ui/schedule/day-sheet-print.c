#include "src/ui/schedule/day-sheet-print.h"
#include "src/ui/schedule/desk-print.h"
#include "chartroom/render/day-sheet.h"
#include <glib/gi18n.h>

#define KEY_REASON "day-sheet-reason"
#define KEY_PHONE "day-sheet-phone"
#define KEY_PERSON "day-sheet-person" /* login of the one clinician; empty: all */

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

/* The one clinician of the sheet, when that person has a column on this day; NULL: all. */
static const CrPerson *
only_clinician (CrSession *session, CrDaySchedule *schedule)
{
  GListModel *clinicians = cr_day_schedule_get_clinicians (schedule);
  const char *login = cr_session_get_preference (session, KEY_PERSON);
  for (guint i = 0; login != NULL && *login != '\0' && i < g_list_model_get_n_items (clinicians); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (clinicians, i);
    const CrPerson *person = cr_row_peek (row); /* the list keeps it */
    if (g_strcmp0 (person->login, login) == 0)
      return person;
  }
  return NULL;
}

static void
collect (Sheet *sheet, CrDaySchedule *schedule, const CrPerson *only)
{
  GListModel *clinicians = cr_day_schedule_get_clinicians (schedule);
  sheet->rows = g_ptr_array_new_with_free_func (g_object_unref);
  sheet->visits = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  sheet->columns = g_array_new (FALSE, TRUE, sizeof (CrDaySheetColumn));
  for (guint i = 0; i < g_list_model_get_n_items (clinicians); i++) {
    const CrPerson *person = take_row (sheet, clinicians, i);
    if (only != NULL && person->id != only->id)
      continue;
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
  collect (&sheet, schedule, only_clinician (session, schedule));
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

/* The state is a login, "" for all clinicians. */
static void
person_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  Target *target = data;
  cr_session_set_preference (cr_window_get_session (target->window), KEY_PERSON,
                             g_variant_get_string (state, NULL));
  g_simple_action_set_state (action, state);
}

/* The week of the clinician of the sheet, or of the first one. */
static void
week_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;
  const CrPerson *only = only_clinician (cr_window_get_session (target->window), target->schedule);
  g_autoptr (CrRow) first = g_list_model_get_item (cr_day_schedule_get_clinicians (target->schedule), 0);
  CrId person = only != NULL ? only->id : first != NULL ? cr_row_get_id (first) : CR_ID_NONE;
  if (person != CR_ID_NONE)
    cr_desk_print_week (target->window, person, cr_day_schedule_get_date (target->schedule));
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

static gboolean
is_loaded (CrDaySchedule *schedule)
{
  return cr_day_schedule_get_day (schedule, CR_ID_NONE)->hours != NULL;
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
  const char *login = cr_session_get_preference (cr_window_get_session (window), KEY_PERSON);
  g_autoptr (GSimpleAction) person = g_simple_action_new_stateful (
      "person", G_VARIANT_TYPE_STRING, g_variant_new_string (login != NULL ? login : ""));
  g_autoptr (GSimpleAction) week = g_simple_action_new ("week", NULL);
  g_signal_connect (person, "change-state", G_CALLBACK (person_cb), target);
  g_signal_connect (week, "activate", G_CALLBACK (week_cb), target);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (person));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (week));
  add_switch (group, cr_window_get_session (window), "reason", KEY_REASON, G_CALLBACK (reason_cb), target);
  add_switch (group, cr_window_get_session (window), "phone", KEY_PHONE, G_CALLBACK (phone_cb), target);
  return group;
}

/* Asked for before the day was there: once it is, unless the screen was locked meanwhile. */
static void
day_there_cb (CrDaySchedule *schedule, CrWindow *window)
{
  gboolean open = cr_session_get_state (cr_window_get_session (window)) == CR_SESSION_OPEN;
  if (open && !is_loaded (schedule))
    return;
  g_signal_handlers_disconnect_by_func (schedule, day_there_cb, window);
  if (open)
    cr_day_sheet_print (window, schedule);
}

void
cr_day_sheet_print (CrWindow *window, CrDaySchedule *schedule)
{
  g_autoptr (GError) error = NULL;
  g_signal_handlers_disconnect_by_func (schedule, day_there_cb, window);
  if (!is_loaded (schedule)) {
    g_signal_connect_object (schedule, "reloaded", G_CALLBACK (day_there_cb), window, 0);
    return;
  }
  CrDate date = cr_day_schedule_get_date (schedule);
  g_autofree char *day = cr_date_format_weekday (date);
  g_autofree char *iso = cr_date_to_iso (date);
  const CrPerson *only = only_clinician (cr_window_get_session (window), schedule);
  g_autofree char *who = only != NULL ? cr_person_short (only) : g_strdup (_ ("all clinicians"));
  g_autofree char *title = g_strdup_printf (_ ("Day sheet, %s, %s"), day, who);
  g_autofree char *file = g_strdup_printf ("day-sheet-%s.pdf", iso);
  g_autoptr (GBytes) pdf = make_pdf (cr_window_get_session (window), schedule, &error);
  if (pdf == NULL)
    cr_window_show_error (window, error);
  else
    cr_window_present_pdf (window, pdf, title, file, "day-sheet", CR_ID_NONE, CR_ID_NONE);
}

GMenuModel *
cr_day_sheet_menu_new (CrSession *session)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) print = g_menu_new (), who = g_menu_new (), shown = g_menu_new ();
  GListModel *people = cr_session_get_people (session);
  g_menu_append (print, _ ("_Print Day Sheet…"), "sheet.print");
  g_menu_append (print, _ ("Print _Week Sheet…"), "sheet.week");
  g_menu_append (who, _ ("_All Clinicians"), "sheet.person::");
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_short (person);
    g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);
    if (!person->active || !person->schedulable)
      continue;
    g_menu_item_set_action_and_target (item, "sheet.person", "s", person->login);
    g_menu_append_item (who, item);
  }
  g_menu_append (shown, _ ("With _Reasons"), "sheet.reason");
  g_menu_append (shown, _ ("With Phone _Numbers"), "sheet.phone");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (print));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (who));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (shown));
  return G_MENU_MODEL (menu);
}
