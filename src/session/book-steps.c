#include "chartroom/session/book-steps.h"
#include "chartroom/store/desk-stores.h"
#include "live-list.h"
#include <glib/gi18n.h>

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

static char *
describe_step (CrTx *tx, const CrBookStep *step)
{
  g_autoptr (GPtrArray) entries = cr_history_between (tx, step->first_entry, step->last_entry, NULL);
  g_autofree char *first = NULL;
  int more = 0;
  for (guint i = 0; entries != NULL && i < entries->len; i++) {
    const CrHistoryEntry *entry = entries->pdata[i];
    if (entry->klass != &CR_APPOINTMENT)
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
  return a->id == b->id && a->undone == b->undone && a->own == b->own;
}

GListModel *
cr_book_steps_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_BOOK_STEP, NULL };
  static const CrLiveSource list = { CR_RIGHT_SCHEDULE_EDIT, classes, load_steps, same_step };
  Source *source = g_new0 (Source, 1);
  source->clock = cr_clock_ref (cr_session_get_clock (session));
  return cr_live_list_new (session, &list, source, free_source);
}
