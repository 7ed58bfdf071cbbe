#include "chartroom/session/book-steps.h"
#include "chartroom/store/desk-stores.h"
#include "live-list.h"
#include "chartroom/session/work.h"
#include <glib/gi18n.h>
#include <string.h>

#define WHY " – " /* between what was done and why */

typedef struct {
  CrClock *clock;
} Source;

static void
free_source (gpointer data)
{
  Source *source = data;
  cr_clock_unref (source->clock);
  g_free (source);
}

void
cr_step_free (CrStep *step)
{
  g_free (step->label);
  g_free (step->change);
  g_free (step->by);
  g_free (step);
}

/* ---- before and after in words ---- */

static char *
describe_person (CrTx *tx, CrId id)
{
  g_autoptr (CrPerson) person = id != CR_ID_NONE ? cr_tx_load (tx, &CR_PERSON, id, NULL) : NULL;
  return person != NULL ? cr_person_short (person) : g_strdup ("");
}

/* "Mon Nov 23, 2026, 9:20 AM, Dr. Okafor" */
static char *
describe_place (CrTx *tx, const CrAppointment *a)
{
  g_autofree char *date = cr_date_format_weekday (a->date);
  g_autofree char *time = cr_minute_format ((int)a->start_min);
  g_autofree char *who = describe_person (tx, a->person_id);
  return g_strdup_printf ("%s, %s, %s", date, time, who);
}

static char *
describe_type (CrTx *tx, CrId id)
{
  g_autoptr (CrVisitType) type = id != CR_ID_NONE ? cr_tx_load (tx, &CR_VISIT_TYPE, id, NULL) : NULL;
  return g_strdup (type != NULL && type->name != NULL ? type->name : "");
}

static char *
describe_room (CrTx *tx, CrId id)
{
  g_autoptr (CrRoom) room = id != CR_ID_NONE ? cr_tx_load (tx, &CR_ROOM, id, NULL) : NULL;
  return room != NULL ? g_strdup_printf (_ ("room %s"), room->name) : g_strdup (_ ("no room"));
}

static gboolean
has_moved (const CrAppointment *a, const CrAppointment *b)
{
  return a->person_id != b->person_id || a->start_min != b->start_min ||
         cr_date_compare (a->date, b->date) != 0;
}

/* Takes both. */
static void
add_pair (GString *text, char *before, char *after)
{
  g_string_append_printf (text, "%s%s → %s", text->len > 0 ? "; " : "", before, after);
  g_free (before);
  g_free (after);
}

static char *
describe_change (CrTx *tx, const CrAppointment *before, const CrAppointment *after)
{
  GString *text = g_string_new (NULL);
  if (has_moved (before, after))
    add_pair (text, describe_place (tx, before), describe_place (tx, after));
  if (before->stage != after->stage)
    add_pair (text, g_strdup (cr_stage_word (before->stage)), g_strdup (cr_stage_word (after->stage)));
  if (before->visit_type_id != after->visit_type_id)
    add_pair (text, describe_type (tx, before->visit_type_id), describe_type (tx, after->visit_type_id));
  if (before->minutes != after->minutes)
    add_pair (text, g_strdup_printf (_ ("%d min"), (int)before->minutes),
              g_strdup_printf (_ ("%d min"), (int)after->minutes));
  if (before->room_id != after->room_id)
    add_pair (text, describe_room (tx, before->room_id), describe_room (tx, after->room_id));
  if (g_strcmp0 (before->reason, after->reason) != 0)
    add_pair (text, g_strdup (before->reason != NULL ? before->reason : _ ("no reason")),
              g_strdup (after->reason != NULL ? after->reason : _ ("no reason")));
  return g_string_free (text, FALSE);
}

/* A new visit has no before. */
static char *
describe_entry (CrTx *tx, const CrHistoryEntry *entry)
{
  if (entry->before != NULL)
    return describe_change (tx, (CrAppointment *)entry->before, (CrAppointment *)entry->after);
  g_autofree char *place = describe_place (tx, (CrAppointment *)entry->after);
  return g_strdup_printf ("→ %s", place);
}

/* Both parts of a combined visit are two visits, though the first one is written twice. */
static gboolean
is_known (const GPtrArray *entries, guint at)
{
  const CrHistoryEntry *entry = entries->pdata[at];
  for (guint i = 0; i < at; i++)
    if (((const CrHistoryEntry *)entries->pdata[i])->klass == entry->klass &&
        ((const CrHistoryEntry *)entries->pdata[i])->after->id == entry->after->id)
      return TRUE;
  return FALSE;
}

static char *
describe_step (CrTx *tx, const CrBookStep *step)
{
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, NULL);
  g_autofree char *first = NULL;
  int more = 0;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const CrHistoryEntry *entry = entries->pdata[i];
    if (entry->klass != &CR_APPOINTMENT || is_known (entries, i))
      continue;
    if (first == NULL)
      first = describe_entry (tx, entry);
    else
      more++;
  }
  if (first == NULL || first[0] == '\0')
    return NULL;
  return more == 0 ? g_steal_pointer (&first) : g_strdup_printf (_ ("%s, and %d more"), first, more);
}

/* ---- the list ---- */

static CrStep *
read_step (CrTx *tx, CrClock *clock, const CrBookStep *record)
{
  CrStep *step = g_new0 (CrStep, 1);
  step->id = record->id;
  step->person_id = record->person_id;
  step->label = g_strdup (record->label);
  step->change = describe_step (tx, record);
  step->by = describe_person (tx, record->person_id);
  step->minute = cr_clock_minute_of (clock, record->made_at);
  step->undone = record->undone_at != CR_INSTANT_NONE;
  step->own = record->person_id == cr_store_user_person (cr_tx_user (tx))->id;
  return step;
}

static GPtrArray *
load_steps (CrTx *tx, gpointer data, GError **error)
{
  Source *source = data;
  g_autoptr (GPtrArray) steps = cr_book_steps (tx, cr_tx_today (tx), error);
  GPtrArray *rows;
  if (steps == NULL)
    return NULL;
  rows = cr_rows_new ();
  for (guint i = steps->len; i > 0; i--) {
    CrStep *step = read_step (tx, source->clock, steps->pdata[i - 1]);
    g_ptr_array_add (rows, cr_row_new (step->id, step, (GDestroyNotify)cr_step_free));
  }
  return rows;
}

static gboolean
same_step (gconstpointer first, gconstpointer second)
{
  const CrStep *a = first, *b = second;
  return a->id == b->id && a->undone == b->undone && a->own == b->own && g_str_equal (a->label, b->label);
}

/* ---- why a visit was moved ---- */

typedef struct {
  CrId appointment;
  char *why;
} Reason;

static void
free_reason (gpointer data)
{
  Reason *reason = data;
  g_free (reason->why);
  g_free (reason);
}

static gboolean
moves_visit (CrTx *tx, const CrBookStep *step, CrId appointment)
{
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, NULL);
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const CrHistoryEntry *entry = entries->pdata[i];
    if (entry->klass == &CR_APPOINTMENT && entry->before != NULL && entry->after->id == appointment &&
        has_moved ((CrAppointment *)entry->before, (CrAppointment *)entry->after))
      return TRUE;
  }
  return FALSE;
}

/* The last move of the visit today that still holds; NULL: none. */
static CrBookStep *
find_move (CrTx *tx, const GPtrArray *steps, CrId appointment)
{
  for (guint i = steps->len; i > 0; i--) {
    CrBookStep *step = steps->pdata[i - 1];
    if (step->undone_at == CR_INSTANT_NONE && moves_visit (tx, step, appointment))
      return step;
  }
  return NULL;
}

/* "Moved GARCIA, Maria – patient asked"; another reason takes the place of the first. */
static gboolean
explain_move (CrTx *tx, gpointer data, GError **error)
{
  const Reason *reason = data;
  g_autoptr (GPtrArray) steps = cr_book_steps (tx, cr_tx_today (tx), error);
  g_autoptr (CrAppointment) visit =
      steps != NULL ? cr_tx_load (tx, &CR_APPOINTMENT, reason->appointment, error) : NULL;
  CrBookStep *step = visit != NULL ? find_move (tx, steps, reason->appointment) : NULL;
  if (visit == NULL)
    return FALSE;
  if (step == NULL || step->person_id != cr_store_user_person (cr_tx_user (tx))->id) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                         _ ("This visit was moved by somebody else since, or the move was taken back. No "
                            "reason was noted."));
    return FALSE;
  }
  char *end = strstr (step->label, WHY);
  g_autofree char *what =
      end != NULL ? g_strndup (step->label, (gsize)(end - step->label)) : g_strdup (step->label);
  g_free (step->label);
  step->label = g_strconcat (what, WHY, reason->why, NULL);
  return cr_tx_save (tx, &CR_BOOK_STEP, step, error) &&
         cr_tx_audit (tx, "move-reason", CR_APPOINTMENT.name, visit->id, visit->patient_id, reason->why,
                      error);
}

void
cr_book_explain_move_async (CrSession *session, CrId appointment, const char *why, GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && why != NULL);
  Reason *reason = g_new0 (Reason, 1);
  *reason = (Reason){ appointment, g_strdup (why) };
  cr_session_run_async (session, CR_RIGHT_SCHEDULE_EDIT, explain_move, reason, free_reason, cb, data);
}

/* ---- public ---- */

GListModel *
cr_book_steps_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_BOOK_STEP, NULL };
  static const CrLiveSource list = { CR_RIGHT_SCHEDULE_EDIT, classes, load_steps, same_step };
  Source *source = g_new0 (Source, 1);
  source->clock = cr_clock_ref (cr_session_get_clock (session));
  return cr_live_list_new (session, &list, source, free_source);
}
