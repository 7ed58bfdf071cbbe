#include "chartroom/session/unscheduled.h"
#include "chartroom/session/reach-load.h"
#include "desk-job.h"
#include "live-list.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

enum { DAYS_BACK = 365, MONTHS_AHEAD = 18 };

typedef struct {
  CrUnscheduledKind kind;
  CrId id;
  char *how;
} Done;

static void
free_done (gpointer data)
{
  Done *done = data;
  g_free (done->how);
  g_free (done);
}

void
cr_unscheduled_item_free (CrUnscheduledItem *item)
{
  g_clear_pointer (&item->patient, cr_patient_free);
  cr_reach_free (item->reach);
  g_free (item->what);
  g_free (item->type_name);
  g_free (item->clinician);
  g_free (item);
}

/* ---- the list ---- */

static void
name_visit (CrTx *tx, CrUnscheduledItem *item)
{
  g_autoptr (CrVisitType) type = cr_tx_load (tx, &CR_VISIT_TYPE, item->visit_type_id, NULL);
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, item->person_id, NULL);
  item->type_name = type != NULL ? g_strdup (type->name) : NULL;
  item->clinician = person != NULL ? cr_person_short (person) : NULL;
}

/* FALSE with error; rows stay as they are for the dead and for who has booked since. */
static gboolean
add_item (CrTx *tx, GPtrArray *rows, CrUnscheduledItem *taken, CrId patient, CrInstant since, GError **error)
{
  CrUnscheduledItem *item = taken;
  gboolean booked = FALSE;
  item->patient = cr_tx_load (tx, &CR_PATIENT, patient, error);
  if (item->patient == NULL || !cr_reach_load (tx, item->patient, &item->reach, error) ||
      !cr_patient_booked_since (tx, patient, since, &booked, error)) {
    cr_unscheduled_item_free (item);
    return FALSE;
  }
  if (booked || cr_date_is_set (item->patient->death_date)) {
    cr_unscheduled_item_free (item);
    return TRUE;
  }
  name_visit (tx, item);
  g_ptr_array_add (rows, cr_row_new (item->id, item, (GDestroyNotify)cr_unscheduled_item_free));
  return TRUE;
}

static char *
describe_loss (const CrAppointment *visit)
{
  const char *word = visit->stage == CR_STAGE_NO_SHOW ? _ ("No-show") : _ ("Cancelled");
  return cr_str_empty (visit->cancel_reason) ? g_strdup (word)
                                             : g_strdup_printf ("%s: %s", word, visit->cancel_reason);
}

static gboolean
add_lost (CrTx *tx, CrDate from, CrDate to, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_appointments_unhandled (tx, from, to, error);
  for (guint i = 0; visits != NULL && i < visits->len; i++) {
    const CrAppointment *visit = visits->pdata[i];
    CrUnscheduledItem *item = g_new0 (CrUnscheduledItem, 1);
    *item = (CrUnscheduledItem){ .kind = visit->stage == CR_STAGE_NO_SHOW ? CR_UNSCHEDULED_NO_SHOW
                                                                          : CR_UNSCHEDULED_CANCELLED,
                                 .id = visit->id,
                                 .date = visit->date,
                                 .what = describe_loss (visit),
                                 .visit_type_id = visit->visit_type_id,
                                 .person_id = visit->person_id };
    if (!add_item (tx, rows, item, visit->patient_id, visit->stage_at, error))
      return FALSE;
  }
  return visits != NULL;
}

static CrDate
return_date (const CrEncounter *encounter)
{
  int n = (int)encounter->return_in;
  if (g_strcmp0 (encounter->return_unit, "months") == 0)
    return cr_date_add_months (encounter->date, n);
  return cr_date_add_days (encounter->date, g_strcmp0 (encounter->return_unit, "weeks") == 0 ? n * 7 : n);
}

static char *
describe_return (const CrEncounter *encounter)
{
  gulong n = (gulong)encounter->return_in;
  g_autofree char *in = g_strcmp0 (encounter->return_unit, "months") == 0
                            ? g_strdup_printf (ngettext ("Return in %lu month", "Return in %lu months", n), n)
                        : g_strcmp0 (encounter->return_unit, "weeks") == 0
                            ? g_strdup_printf (ngettext ("Return in %lu week", "Return in %lu weeks", n), n)
                            : g_strdup_printf (ngettext ("Return in %lu day", "Return in %lu days", n), n);
  return cr_str_empty (encounter->return_note) ? g_steal_pointer (&in)
                                               : g_strdup_printf ("%s: %s", in, encounter->return_note);
}

static gboolean
add_returns (CrTx *tx, CrDate from, CrDate to, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) encounters = cr_encounters_to_return (tx, from, to, error);
  for (guint i = 0; encounters != NULL && i < encounters->len; i++) {
    const CrEncounter *encounter = encounters->pdata[i];
    CrUnscheduledItem *item = g_new0 (CrUnscheduledItem, 1);
    *item = (CrUnscheduledItem){ .kind = CR_UNSCHEDULED_RETURN,
                                 .id = encounter->id,
                                 .date = return_date (encounter),
                                 .what = describe_return (encounter),
                                 .person_id = encounter->person_id };
    if (!add_item (tx, rows, item, encounter->patient_id, encounter->arrived_at, error))
      return FALSE;
  }
  return encounters != NULL;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  CrRow *first = *(CrRow *const *)a, *second = *(CrRow *const *)b;
  const CrUnscheduledItem *x = cr_row_peek (first), *y = cr_row_peek (second);
  int order = cr_date_compare (x->date, y->date);
  return order != 0 ? order : x->id < y->id ? -1 : x->id > y->id;
}

static GPtrArray *
load_rows (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  CrDate from = cr_date_add_days (cr_tx_today (tx), -DAYS_BACK);
  CrDate to = cr_date_add_months (cr_tx_today (tx), MONTHS_AHEAD);
  if (!add_lost (tx, from, to, rows, error) || !add_returns (tx, from, to, rows, error))
    return NULL;
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

static gboolean
same_item (gconstpointer first, gconstpointer second)
{
  const CrUnscheduledItem *a = first, *b = second;
  return a->kind == b->kind && a->id == b->id && cr_rows_same_version (a->patient, b->patient) &&
         cr_reach_equal (a->reach, b->reach) && cr_date_compare (a->date, b->date) == 0 &&
         g_strcmp0 (a->what, b->what) == 0 && g_strcmp0 (a->type_name, b->type_name) == 0 &&
         g_strcmp0 (a->clinician, b->clinician) == 0;
}

GListModel *
cr_unscheduled_list_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = {
    &CR_APPOINTMENT, &CR_ENCOUNTER, &CR_PATIENT, &CR_RELATED_PERSON, &CR_VISIT_TYPE, &CR_PERSON, NULL
  };
  static const CrLiveSource source = { CR_RIGHT_SCHEDULE_VIEW, classes, load_rows, same_item };
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  return cr_live_list_new (session, &source, NULL, NULL);
}

/* ---- taking somebody off ---- */

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = cr_text_trim (text);
}

static gboolean
handle_visit (CrTx *tx, const Done *done, CrId *patient, GError **error)
{
  g_autoptr (CrAppointment) visit = cr_tx_load (tx, &CR_APPOINTMENT, done->id, error);
  if (visit == NULL)
    return FALSE;
  *patient = visit->patient_id;
  visit->handled_at = cr_tx_now (tx);
  set_text (&visit->handled_how, done->how);
  return cr_tx_save (tx, &CR_APPOINTMENT, visit, error);
}

static gboolean
handle_return (CrTx *tx, const Done *done, CrId *patient, GError **error)
{
  g_autoptr (CrEncounter) encounter = cr_tx_load (tx, &CR_ENCOUNTER, done->id, error);
  if (encounter == NULL)
    return FALSE;
  *patient = encounter->patient_id;
  encounter->return_handled_at = cr_tx_now (tx);
  set_text (&encounter->return_handled_how, done->how);
  return cr_tx_save (tx, &CR_ENCOUNTER, encounter, error);
}

static gboolean
done_job (CrBook *book, gpointer data, char **label, GError **error)
{
  const Done *done = data;
  CrTx *tx = cr_book_tx (book);
  CrId patient = CR_ID_NONE;
  if (cr_text_is_blank (done->how)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("Say why no visit is needed."));
    return FALSE;
  }
  if (done->kind == CR_UNSCHEDULED_RETURN ? !handle_return (tx, done, &patient, error)
                                          : !handle_visit (tx, done, &patient, error))
    return FALSE;
  *label = cr_desk_label (tx, _ ("%s taken off the unscheduled list"), patient, error);
  return *label != NULL;
}

void
cr_unscheduled_done_async (CrSession *session, const CrUnscheduledItem *item, const char *how,
                           GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Done *done = g_new0 (Done, 1);
  *done = (Done){ item->kind, item->id, g_strdup (how) };
  cr_desk_job_start (session, done_job, done, free_done, cb, data);
}
