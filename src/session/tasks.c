#include "chartroom/session/tasks.h"
#include "chartroom/base/text.h"
#include "live-list.h"
#include "restricted.h"
#include <glib/gi18n.h>

enum {
  MAX_RESULTS = 500,
  DONE_DAYS = 30,
  IMPORTED_DAYS = 30 /* an imported result older than this is history */
};

/* One load. */
typedef struct {
  CrTx *tx;
  CrClock *clock;
  const CrPerson *person;
  GHashTable *patients; /* id → CrPatient, for the many tasks of few patients */
  GPtrArray *rows;
} Collection;

static CrTaskItem *
add_item (Collection *self, CrId row_id, const char *kind, CrId id, CrId patient_id)
{
  gpointer key = (gpointer)(gintptr)patient_id;
  CrPatient *patient = g_hash_table_lookup (self->patients, key);
  if (patient == NULL && patient_id != CR_ID_NONE) {
    patient = cr_patient_kept (self->tx, patient_id, NULL);
    if (patient != NULL)
      g_hash_table_insert (self->patients, key, patient);
  }
  CrTaskItem *item = g_new0 (CrTaskItem, 1);
  item->kind = g_strdup (kind);
  item->id = id;
  item->patient = patient != NULL ? cr_patient_copy (patient) : NULL;
  g_ptr_array_add (self->rows, cr_row_new (row_id, item, (GDestroyNotify)cr_task_item_free));
  return item;
}

/* format holds one %s for the date. */
static char *
format_dated (const char *format, CrDate date)
{
  g_autofree char *text = cr_date_format (date);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  return g_strjoinv (text, parts);
}

static gboolean
add_notes (Collection *self, GError **error)
{
  g_autoptr (GPtrArray) notes = cr_notes_unsigned (self->tx, self->person->id, error);
  for (guint i = 0; notes != NULL && i < notes->len; i++) {
    const CrNote *note = notes->pdata[i];
    CrTaskItem *item = add_item (self, note->id, "note", note->id, note->patient_id);
    item->title = format_dated (_ ("Unsigned note, %s"), note->date);
    item->detail = g_strdup (note->title);
    item->due = note->date;
  }
  return notes != NULL;
}

static gboolean
add_addenda (Collection *self, GError **error)
{
  g_autoptr (GPtrArray) addenda = cr_addenda_unsigned (self->tx, self->person->id, error);
  for (guint i = 0; addenda != NULL && i < addenda->len; i++) {
    const CrAddendum *addendum = addenda->pdata[i];
    CrTaskItem *item = add_item (self, addendum->id, "note", addendum->note_id, addendum->patient_id);
    item->due = cr_clock_date_of (self->clock, addendum->saved_at);
    item->title = format_dated (_ ("Unsigned addendum, %s"), item->due);
  }
  return addenda != NULL;
}

/* "Potassium 5.1 mmol/L H ▲" */
static char *
describe_result (const CrObservation *result)
{
  g_autofree char *value = cr_observation_value (result);
  const char *mark = cr_flag_mark (result->flag);
  return g_strdup_printf ("%s %s%s%s", result->display != NULL ? result->display : result->code, value,
                          *mark != '\0' ? " " : "", mark);
}

static char *
describe_source (const CrObservation *result, CrDate taken)
{
  g_autofree char *date = cr_date_format (taken);
  return cr_str_empty (result->performer) ? g_steal_pointer (&date)
                                          : g_strdup_printf ("%s, %s", date, result->performer);
}

/* A result waits for the patient's usual clinician; for everybody who signs when there is none. */
static gboolean
concerns (const Collection *self, const CrTaskItem *item)
{
  return item->patient == NULL || item->patient->usual_person_id == CR_ID_NONE ||
         item->patient->usual_person_id == self->person->id;
}

/* History that came with an import was somebody else's to review; it is in the chart, not in the tasks. */
static gboolean
is_old_import (const Collection *self, const CrObservation *result)
{
  CrDate taken = cr_clock_date_of (self->clock, result->taken_at);
  CrDate limit = cr_date_add_days (cr_clock_today (self->clock), -IMPORTED_DAYS);
  return result->source_id != NULL && cr_date_compare (taken, limit) < 0;
}

static gboolean
add_results (Collection *self, GError **error)
{
  g_autoptr (GPtrArray) results = cr_observations_unreviewed (self->tx, MAX_RESULTS, error);
  for (guint i = 0; results != NULL && i < results->len; i++) {
    const CrObservation *result = results->pdata[i];
    if (is_old_import (self, result))
      continue;
    CrTaskItem *item = add_item (self, result->id, "result", result->id, result->patient_id);
    item->due = cr_clock_date_of (self->clock, result->taken_at);
    item->title = describe_result (result);
    item->alert = *cr_flag_mark (result->flag) != '\0';
    item->detail = describe_source (result, item->due);
    if (!concerns (self, item))
      g_ptr_array_set_size (self->rows, (int)self->rows->len - 1);
  }
  return results != NULL;
}

static gboolean
add_prescriptions (Collection *self, GError **error)
{
  const int status = CR_RX_NEEDS_SIGNATURE;
  g_autoptr (GPtrArray) list = cr_prescriptions_with_status (self->tx, &status, 1, error);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const CrPrescription *rx = list->pdata[i];
    CrTaskItem *item = add_item (self, rx->id, "rx", rx->id, rx->patient_id);
    item->title = g_strdup_printf (_ ("To sign: %s"), rx->display);
    item->detail = cr_sig_text (&rx->sig);
    item->due = rx->written_on;
  }
  return list != NULL;
}

static gboolean
add_reports (Collection *self, GError **error)
{
  g_autoptr (GPtrArray) referrals = cr_referrals_open (self->tx, error);
  for (guint i = 0; referrals != NULL && i < referrals->len; i++) {
    const CrReferral *referral = referrals->pdata[i];
    if (referral->stage != CR_REF_REPORT_RECEIVED || referral->author_id != self->person->id)
      continue;
    CrTaskItem *item = add_item (self, referral->id, "report", referral->id, referral->patient_id);
    item->title = g_strdup_printf (_ ("Consult report to review: %s"), referral->specialty);
    item->detail = g_strdup (referral->question);
    item->due = cr_clock_date_of (self->clock, referral->stage_at);
  }
  return referrals != NULL;
}

static gboolean
sleeps (const CrTask *task, CrDate today)
{
  return cr_date_is_set (task->snoozed_until) && cr_date_compare (task->snoozed_until, today) > 0;
}

/* "for J. Ortiz · ask for the report"; NULL: neither. */
static char *
describe_task (Collection *self, const CrTask *task)
{
  g_autoptr (CrPerson) person = task->assignee_id != CR_ID_NONE && task->assignee_id != self->person->id
                                    ? cr_tx_load (self->tx, &CR_PERSON, task->assignee_id, NULL)
                                    : NULL;
  g_autofree char *name = person != NULL ? cr_person_short (person) : NULL;
  g_autofree char *who = name != NULL                      ? g_strdup_printf (_ ("for %s"), name)
                         : task->assignee_id == CR_ID_NONE ? g_strdup (_ ("for anybody"))
                                                           : NULL;
  if (who == NULL || cr_str_empty (task->note))
    return who != NULL ? g_steal_pointer (&who) : g_strdup (cr_str_empty (task->note) ? NULL : task->note);
  return g_strdup_printf ("%s · %s", who, task->note);
}

static void
add_task (Collection *self, const CrTask *task)
{
  CrDate today = cr_clock_today (self->clock);
  CrTaskItem *item = add_item (self, task->id, "task", task->id, task->patient_id);
  item->title = g_strdup (task->title);
  item->detail = describe_task (self, task);
  item->due = task->due_on;
  item->task = cr_task_copy (task);
  item->alert = g_strcmp0 (task->status, "open") == 0 && cr_date_is_set (task->due_on) &&
                cr_date_compare (task->due_on, today) < 0;
}

static gboolean
add_tasks (Collection *self, GError **error)
{
  g_autoptr (GPtrArray) tasks = cr_tasks (self->tx, self->person->id, error);
  CrDate today = cr_clock_today (self->clock);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    if (!sleeps (tasks->pdata[i], today))
      add_task (self, tasks->pdata[i]);
  return tasks != NULL;
}

static gboolean
collect (Collection *self, GError **error)
{
  gint64 roles = self->person->roles;
  if (cr_roles_allow (roles, CR_RIGHT_NOTE_WRITE) && (!add_notes (self, error) || !add_addenda (self, error)))
    return FALSE;
  if (cr_roles_allow (roles, CR_RIGHT_SIGN) &&
      (!add_results (self, error) || !add_prescriptions (self, error) || !add_reports (self, error)))
    return FALSE;
  return add_tasks (self, error);
}

/* Of a restricted chart only that something waits. */
static void
close_items (Collection *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    CrTaskItem *item = (CrTaskItem *)cr_row_peek (self->rows->pdata[i]);
    if (item->patient == NULL || !cr_tx_is_closed (self->tx, item->patient))
      continue;
    g_free (item->title);
    item->title = g_strdup (CR_RESTRICTED_WORD);
    g_clear_pointer (&item->detail, g_free);
    if (item->task != NULL)
      g_clear_pointer (&item->task->note, g_free);
    item->alert = FALSE;
  }
}

/* Oldest first; what has no date comes last. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  CrRow *first = *(CrRow *const *)a, *second = *(CrRow *const *)b;
  const CrTaskItem *x = cr_row_peek (first), *y = cr_row_peek (second);
  if (cr_date_is_set (x->due) != cr_date_is_set (y->due))
    return cr_date_is_set (x->due) ? -1 : 1;
  int order = cr_date_compare (x->due, y->due);
  return order != 0 ? order : cr_row_get_id (first) < cr_row_get_id (second) ? -1 : 1;
}

/* Which tasks a list holds. */
typedef struct {
  CrClock *clock;
  CrTaskView view;
} View;

static void
free_view (gpointer data)
{
  View *view = data;
  cr_clock_unref (view->clock);
  g_free (view);
}

static gboolean
collect_view (Collection *self, CrTaskView view, GError **error)
{
  CrInstant since = cr_tx_now (self->tx) - (gint64)DONE_DAYS * 24 * 3600 * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) tasks = view == CR_TASKS_DONE ? cr_tasks_closed (self->tx, since, MAX_RESULTS, error)
                                                      : cr_tasks (self->tx, CR_ID_NONE, error);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    add_task (self, tasks->pdata[i]);
  return tasks != NULL;
}

static GPtrArray *
load_view (CrTx *tx, gpointer data, GError **error)
{
  const View *view = data;
  g_autoptr (GHashTable) patients = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)cr_patient_free);
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  Collection collection = { tx, view->clock, cr_store_user_person (cr_tx_user (tx)), patients, rows };
  if (!collect_view (&collection, view->view, error))
    return NULL;
  close_items (&collection);
  return g_steal_pointer (&rows);
}

static GPtrArray *
load_items (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GHashTable) patients = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)cr_patient_free);
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  /* The row, not the sign-in: an administrator may have changed the roles since. */
  g_autoptr (CrPerson) person =
      cr_tx_load (tx, &CR_PERSON, cr_store_user_person (cr_tx_user (tx))->id, error);
  if (person == NULL)
    return NULL;
  Collection collection = { tx, data, person, patients, rows };
  if (!collect (&collection, error))
    return NULL;
  close_items (&collection);
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

static gboolean
same_item (gconstpointer first, gconstpointer second)
{
  const CrTaskItem *a = first, *b = second;
  if ((a->patient == NULL) != (b->patient == NULL) ||
      (a->patient != NULL && !cr_rows_same_version (a->patient, b->patient)))
    return FALSE;
  return a->id == b->id && g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->detail, b->detail) == 0 &&
         cr_date_compare (a->due, b->due) == 0 && a->alert == b->alert &&
         (a->task == NULL || cr_rows_same_version (a->task, b->task));
}

void
cr_task_item_free (CrTaskItem *item)
{
  g_free (item->kind);
  g_clear_pointer (&item->patient, cr_patient_free);
  g_free (item->title);
  g_free (item->detail);
  g_clear_pointer (&item->task, cr_task_free);
  g_free (item);
}

GListModel *
cr_task_list_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_NOTE,         &CR_ADDENDUM, &CR_OBSERVATION,
                                                  &CR_PRESCRIPTION, &CR_REFERRAL, &CR_TASK,
                                                  &CR_PATIENT,      &CR_PERSON,   NULL };
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, classes, load_items, same_item };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  return cr_live_list_new (session, &source, cr_clock_ref (cr_session_get_clock (session)),
                           (GDestroyNotify)cr_clock_unref);
}

GListModel *
cr_task_view_new (CrSession *session, CrTaskView view)
{
  static const CrRecordClass *const classes[] = { &CR_TASK, &CR_PATIENT, &CR_PERSON, NULL };
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, classes, load_view, same_item };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  View *data = g_new0 (View, 1);
  *data = (View){ cr_clock_ref (cr_session_get_clock (session)), view };
  return cr_live_list_new (session, &source, data, free_view);
}

guint
cr_task_list_alerts (GListModel *tasks)
{
  guint alerts = 0;
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (tasks, i);
    const CrTaskItem *item = cr_row_peek (row);
    alerts += item->alert ? 1 : 0;
  }
  return alerts;
}
