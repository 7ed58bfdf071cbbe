/* Loading a day, or the days around it, and keeping them up to date; what changes it is in day-actions.c. */
#include "day-schedule-private.h"
#include "chartroom/session/reach-load.h"
#include "combined-part.h"
#include "reloader.h"
#include "rule-set.h"
#include "session-private.h"
#include "visit-change.h"

enum { WORK_DAYS = 5 };

struct _CrDaySchedule {
  GObject parent;
  CrSession *session;
  CrReloader *reloader;
  CrDate date; /* absent until one is set */
  CrBookSpan span;
  CrDate from, to; /* the days that are loaded, around the date */
  GListStore *clinicians, *visits;
  GPtrArray *hours, *exceptions, *resources; /* NULL until loaded */
  CrRuleSet set;
  GPtrArray *appointments; /* CrAppointment, those of the visits; NULL until loaded */
  GHashTable *days;        /* CrDay of a clinician and date → itself, made when asked for */
  GPtrArray *due, *next;   /* GTask: answered after the running load, after the one that follows */
};

/* What one job reads. */
typedef struct {
  CrDaySchedule *schedule;
  CrDate from, to;
  GPtrArray *clinicians, *visits; /* rows */
  GPtrArray *hours, *exceptions, *resources;
  CrRuleSet set;
} Load;

enum { PROP_0, PROP_DATE_DAYS, PROP_LOADING, N_PROPS };
enum { RELOADED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrDaySchedule, cr_day_schedule, G_TYPE_OBJECT)

/* ---- the job ---- */

static void
free_load (gpointer data)
{
  Load *load = data;
  g_clear_pointer (&load->clinicians, g_ptr_array_unref);
  g_clear_pointer (&load->visits, g_ptr_array_unref);
  g_clear_pointer (&load->hours, g_ptr_array_unref);
  g_clear_pointer (&load->exceptions, g_ptr_array_unref);
  g_clear_pointer (&load->resources, g_ptr_array_unref);
  cr_rule_set_clear (&load->set);
  g_object_unref (load->schedule);
  g_free (load);
}

static Load *
new_load (CrDaySchedule *self)
{
  Load *load = g_new0 (Load, 1);
  load->schedule = g_object_ref (self);
  load->from = self->from;
  load->to = self->to;
  return load;
}

/* An arrival that was taken back leaves an encounter that is none. */
static GPtrArray *
make_visit_rows (GPtrArray *visits)
{
  GPtrArray *rows = cr_rows_new ();
  gsize n = 0;
  cr_visits_mark_similar (visits);
  g_autofree gpointer *stolen = g_ptr_array_steal (visits, &n);
  for (gsize i = 0; i < n; i++) {
    CrVisit *visit = stolen[i];
    if (visit->appointment->stage < CR_STAGE_ARRIVED)
      visit->encounter_id = CR_ID_NONE;
    g_ptr_array_add (rows, cr_row_new (visit->appointment->id, visit, (GDestroyNotify)cr_visit_free));
  }
  return rows;
}

static gboolean
has_visit (GPtrArray *visits, CrId person_id)
{
  for (guint i = 0; i < visits->len; i++)
    if (((const CrVisit *)cr_row_peek (visits->pdata[i]))->appointment->person_id == person_id)
      return TRUE;
  return FALSE;
}

/* Those with a column, and whoever has left but has visits on these days. */
static GPtrArray *
make_clinician_rows (GPtrArray *people, GPtrArray *visits)
{
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; i < people->len; i++) {
    const CrPerson *person = people->pdata[i];
    if ((person->active && person->schedulable) || has_visit (visits, person->id))
      g_ptr_array_add (rows,
                       cr_row_new (person->id, cr_person_copy (person), (GDestroyNotify)cr_person_free));
  }
  return rows;
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Load *load = data;
  g_autoptr (GPtrArray) visits = cr_visit_list (tx, load->from, load->to, error);
  if (visits == NULL || !cr_visits_find_parts (tx, visits, error) ||
      !cr_visits_find_series (tx, visits, error) || !cr_visits_find_reach (tx, visits, error) ||
      !cr_rule_set_load (tx, &load->set, error))
    return FALSE;
  load->hours = cr_hours_list (tx, CR_ID_NONE, error);
  if (load->hours == NULL)
    return FALSE;
  load->exceptions = cr_schedule_exception_list (tx, load->from, load->to, error);
  if (load->exceptions == NULL)
    return FALSE;
  load->resources = cr_appointment_resources_between (tx, load->from, load->to, error);
  if (load->resources == NULL)
    return FALSE;
  load->visits = make_visit_rows (visits);
  load->clinicians = make_clinician_rows (load->set.people, load->visits);
  return TRUE;
}

/* ---- showing it ---- */

static gboolean
same_part (const CrVisit *a, const CrVisit *b)
{
  return a->other_id == b->other_id && a->other_start == b->other_start &&
         cr_date_compare (a->other_date, b->other_date) == 0 &&
         g_strcmp0 (a->other_clinician, b->other_clinician) == 0;
}

static gboolean
same_visit (gconstpointer first, gconstpointer second)
{
  const CrVisit *a = first, *b = second;
  return cr_rows_same_version (a->appointment, b->appointment) && same_part (a, b) &&
         cr_rows_same_version (a->patient, b->patient) && a->similar == b->similar &&
         a->series_at == b->series_at && a->series_of == b->series_of &&
         a->unsigned_note == b->unsigned_note && a->encounter_id == b->encounter_id &&
         cr_reach_equal (a->reach, b->reach) && g_strcmp0 (a->room_name, b->room_name) == 0 &&
         g_strcmp0 (a->clinician, b->clinician) == 0 && g_strcmp0 (a->type_code, b->type_code) == 0 &&
         g_strcmp0 (a->type_name, b->type_name) == 0;
}

static void
clear_day (CrDaySchedule *self)
{
  g_hash_table_remove_all (self->days);
  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  cr_rule_set_clear (&self->set);
  g_clear_pointer (&self->hours, g_ptr_array_unref);
  g_clear_pointer (&self->exceptions, g_ptr_array_unref);
}

static GPtrArray *
new_tasks (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* What the actions did stands, whether it can be shown or not. */
static void
answer_waiting (GPtrArray **tasks)
{
  GPtrArray *waiting = g_steal_pointer (tasks);
  *tasks = new_tasks ();
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], TRUE);
  g_ptr_array_unref (waiting);
}

static void
empty_day (CrDaySchedule *self)
{
  clear_day (self);
  g_list_store_remove_all (self->visits);
  g_list_store_remove_all (self->clinicians);
  g_signal_emit (self, signals[RELOADED], 0);
}

static void
forget_day (gpointer owner)
{
  CrDaySchedule *self = owner;
  empty_day (self);
  answer_waiting (&self->next);
}

static void
collect_appointments (CrDaySchedule *self)
{
  GListModel *visits = G_LIST_MODEL (self->visits);
  self->appointments = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    g_ptr_array_add (self->appointments, ((const CrVisit *)cr_row_peek (row))->appointment);
  }
}

static void
take_rules (CrDaySchedule *self, Load *load)
{
  self->hours = g_steal_pointer (&load->hours);
  self->exceptions = g_steal_pointer (&load->exceptions);
  self->resources = g_steal_pointer (&load->resources);
  self->set = load->set;
  load->set = (CrRuleSet){ 0 };
}

static void
show_day (CrDaySchedule *self, Load *load)
{
  clear_day (self);
  take_rules (self, load);
  cr_rows_sync (self->clinicians, load->clinicians, cr_rows_same_version);
  cr_rows_sync (self->visits, load->visits, same_visit);
  collect_appointments (self);
  g_hash_table_remove_all (self->days); /* made while the lists changed, without the visits */
  g_signal_emit (self, signals[RELOADED], 0);
}

static void
end_load (CrDaySchedule *self)
{
  cr_reloader_done (self->reloader);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  answer_waiting (&self->due);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Load *load = data; /* freed after this call */
  g_autoptr (CrDaySchedule) self = g_object_ref (load->schedule);
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error)) {
    if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED))
      cr_session_set_warning (self->session, error->message);
  } else if (cr_date_compare (load->from, self->from) == 0 && cr_date_compare (load->to, self->to) == 0) {
    show_day (self, load);
  }
  end_load (self);
}

static void
load_day (gpointer owner)
{
  CrDaySchedule *self = owner;
  GPtrArray *none = self->due;
  self->due = self->next; /* `due` is empty between loads */
  self->next = none;
  if (!cr_date_is_set (self->date) || !cr_session_can (self->session, CR_RIGHT_SCHEDULE_VIEW)) {
    end_load (self);
    return;
  }
  Load *load = new_load (self);
  cr_session_run_async (self->session, CR_RIGHT_SCHEDULE_VIEW, load_job, load, free_load, loaded_cb, load);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* ---- which days ---- */

static guint
hash_day (gconstpointer key)
{
  const CrDay *day = key;
  return g_int64_hash (&day->person_id) ^ (guint)cr_date_to_days (day->date);
}

static gboolean
same_day (gconstpointer first, gconstpointer second)
{
  const CrDay *a = first, *b = second;
  return a->person_id == b->person_id && cr_date_compare (a->date, b->date) == 0;
}

/* Weeks begin on Monday, a month with the week as the small calendar beside it shows it; a working week
 * reaches the weekend when the date does. */
static void
span_around (CrBookSpan span, CrDate date, CrDate *from, CrDate *to)
{
  int weekday = cr_date_weekday (date);
  CrDate monday = cr_date_add_days (date, 1 - weekday);
  CrDate first = { date.year, date.month, 1 };
  *from = span == CR_SPAN_DAY ? date
          : span == CR_SPAN_MONTH
              ? cr_date_add_days (first, -((cr_date_weekday (first) - cr_week_begins () + 7) % 7))
              : monday;
  *to = cr_date_add_days (*from, span == CR_SPAN_DAY         ? 0
                                 : span == CR_SPAN_WORK_WEEK ? MAX (WORK_DAYS, weekday) - 1
                                 : span == CR_SPAN_WEEK      ? 6
                                 : span == CR_SPAN_WEEKS     ? 4 * 7 - 1
                                                             : 6 * 7 - 1);
}

/* Yesterday's visits never stand under today's date. */
static void
take_days (CrDaySchedule *self, CrDate date, CrBookSpan span)
{
  CrDate from, to;
  gboolean other;
  span_around (span, date, &from, &to);
  other = cr_date_compare (from, self->from) != 0 || cr_date_compare (to, self->to) != 0;
  self->date = date;
  self->span = span;
  self->from = from;
  self->to = to;
  if (other) {
    empty_day (self);
    cr_reloader_request (self->reloader);
  } else if (self->hours != NULL) {
    g_signal_emit (self, signals[RELOADED], 0);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE_DAYS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* ---- class ---- */

static void
cr_day_schedule_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrDaySchedule *self = CR_DAY_SCHEDULE (object);
  switch (id) {
  case PROP_DATE_DAYS:
    g_value_set_int (value, cr_date_is_full (self->date) ? cr_date_to_days (self->date) : 0);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, cr_reloader_is_busy (self->reloader));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
cr_day_schedule_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DATE_DAYS)
    cr_day_schedule_set_date (CR_DAY_SCHEDULE (object), cr_date_from_days (g_value_get_int (value)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_day_schedule_finalize (GObject *object)
{
  CrDaySchedule *self = CR_DAY_SCHEDULE (object);
  cr_reloader_free (self->reloader);
  clear_day (self);
  g_hash_table_unref (self->days);
  g_ptr_array_unref (self->due);
  g_ptr_array_unref (self->next);
  g_object_unref (self->clinicians);
  g_object_unref (self->visits);
  g_object_unref (self->session);
  G_OBJECT_CLASS (cr_day_schedule_parent_class)->finalize (object);
}

static void
cr_day_schedule_class_init (CrDayScheduleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  object_class->get_property = cr_day_schedule_get_property;
  object_class->set_property = cr_day_schedule_set_property;
  object_class->finalize = cr_day_schedule_finalize;
  properties[PROP_DATE_DAYS] =
      g_param_spec_int ("date-days", NULL, NULL, G_MININT, G_MAXINT, 0, flags | G_PARAM_READWRITE);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[RELOADED] = g_signal_new ("reloaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
cr_day_schedule_init (CrDaySchedule *self)
{
  self->clinicians = g_list_store_new (CR_TYPE_ROW);
  self->visits = g_list_store_new (CR_TYPE_ROW);
  self->days = g_hash_table_new_full (hash_day, same_day, NULL, g_free);
  self->due = new_tasks ();
  self->next = new_tasks ();
}

/* ---- public ---- */

CrDaySchedule *
cr_day_schedule_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_APPOINTMENT,
                                                  &CR_ENCOUNTER,
                                                  &CR_PATIENT,
                                                  &CR_RELATED_PERSON,
                                                  &CR_NOTE,
                                                  &CR_HOURS,
                                                  &CR_SCHEDULE_EXCEPTION,
                                                  &CR_PERSON,
                                                  &CR_VISIT_TYPE,
                                                  &CR_ROOM,
                                                  &CR_VISIT_TYPE_PERSON,
                                                  &CR_VISIT_TYPE_NEED,
                                                  &CR_APPOINTMENT_RESOURCE,
                                                  NULL };
  static const CrReloaderPlan plan = { classes, load_day, forget_day, G_PRIORITY_DEFAULT };
  CrDaySchedule *self = g_object_new (CR_TYPE_DAY_SCHEDULE, NULL);
  self->session = g_object_ref (session);
  self->reloader = cr_reloader_new (session, &plan, self);
  return self;
}

CrSession *
cr_day_schedule_get_session (CrDaySchedule *self)
{
  return self->session;
}

void
cr_day_schedule_set_date (CrDaySchedule *self, CrDate date)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  if (cr_date_compare (self->date, date) != 0)
    take_days (self, date, self->span);
}

void
cr_day_schedule_set_span (CrDaySchedule *self, CrBookSpan span)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  if (self->span == span)
    return;
  if (cr_date_is_set (self->date))
    take_days (self, self->date, span);
  self->span = span;
}

CrBookSpan
cr_day_schedule_get_span (CrDaySchedule *self)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), CR_SPAN_DAY);
  return self->span;
}

void
cr_day_schedule_get_days (CrDaySchedule *self, CrDate *from, CrDate *to)
{
  g_return_if_fail (CR_IS_DAY_SCHEDULE (self));
  *from = self->from;
  *to = self->to;
}

CrDate
cr_day_schedule_get_date (CrDaySchedule *self)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), CR_DATE_NONE);
  return self->date;
}

gboolean
cr_day_schedule_load (CrDaySchedule *self, GError **error)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), FALSE);
  Load *load = new_load (self);
  gboolean loaded = cr_session_run (self->session, CR_RIGHT_SCHEDULE_VIEW, load_job, load, error);
  if (loaded)
    show_day (self, load);
  free_load (load);
  return loaded;
}

void
cr_day_schedule_answer_after_reload (CrDaySchedule *self, GTask *task)
{
  if (!cr_date_is_set (self->date) || cr_session_get_person (self->session) == NULL) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  g_ptr_array_add (self->next, task);
  cr_reloader_request (self->reloader);
}

GListModel *
cr_day_schedule_get_clinicians (CrDaySchedule *self)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), NULL);
  return G_LIST_MODEL (self->clinicians);
}

GListModel *
cr_day_schedule_get_visits (CrDaySchedule *self)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), NULL);
  return G_LIST_MODEL (self->visits);
}

const CrDay *
cr_day_schedule_get_day (CrDaySchedule *self, CrId person_id)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), NULL);
  return cr_day_schedule_get_day_on (self, self->date, person_id);
}

const CrDay *
cr_day_schedule_get_day_on (CrDaySchedule *self, CrDate date, CrId person_id)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), NULL);
  CrDay wanted = {
    date, person_id, self->hours, self->exceptions, self->appointments, &self->set.rules, self->resources
  };
  CrDay *day = g_hash_table_lookup (self->days, &wanted);
  if (day != NULL)
    return day;
  wanted.gone = cr_clinician_is_gone (&self->set.rules, person_id) &&
                cr_date_compare (date, cr_clock_today (cr_session_get_clock (self->session))) >= 0;
  day = g_memdup2 (&wanted, sizeof wanted);
  g_hash_table_add (self->days, day);
  return day;
}

const CrVisit *
cr_day_schedule_find (CrDaySchedule *self, CrId appointment_id)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), NULL);
  GListModel *visits = G_LIST_MODEL (self->visits);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (visits, i);
    if (cr_row_get_id (row) == appointment_id)
      return cr_row_peek (row);
  }
  return NULL;
}

gboolean
cr_day_schedule_shows (CrDaySchedule *self, CrDate date)
{
  return self->appointments != NULL && cr_date_compare (date, self->from) >= 0 &&
         cr_date_compare (date, self->to) <= 0;
}

gboolean
cr_day_schedule_takes_room (CrDaySchedule *self, const CrVisit *visit, CrId room)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), FALSE);
  return cr_visit_takes_room (visit->appointment, self->resources, room);
}
