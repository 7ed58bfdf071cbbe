#include "book-rules.h"
#include "rule-set.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

enum { NEXT_STARTS = 3, NEXT_DAYS = 14, NEXT_GRAIN = 5 };
/* A time that is taken: the message says which are next. */
#define TAKEN                                                                                                \
  (CR_PLACE_BIT (CR_PLACE_OVERLAP) | CR_PLACE_BIT (CR_PLACE_LIMIT) | CR_PLACE_BIT (CR_PLACE_ROOM) |          \
   CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY))
struct _CrBook {
  CrTx *tx;
  CrClock *clock;
  CrRuleSet set;
  GPtrArray *hours;
  CrDate date; /* whose records are read; absent: none */
  GPtrArray *exceptions, *visits, *resources;
  CrRoomSet also; /* chosen for the visit that is looked at */
  GArray *rooms;  /* CrId: what the visit that was placed last takes */
};

/* ---- what the rules read ---- */

static void
forget_day (CrBook *book)
{
  book->date = (CrDate){ 0 };
  g_clear_pointer (&book->exceptions, g_ptr_array_unref);
  g_clear_pointer (&book->visits, g_ptr_array_unref);
  g_clear_pointer (&book->resources, g_ptr_array_unref);
}

CrBook *
cr_book_open (CrTx *tx, CrClock *clock, GError **error)
{
  g_autoptr (CrBook) book = g_new0 (CrBook, 1);
  book->tx = tx;
  book->clock = clock;
  book->rooms = g_array_new (FALSE, FALSE, sizeof (CrId));
  book->hours = cr_hours_list (tx, CR_ID_NONE, error);
  if (book->hours == NULL || !cr_rule_set_load (tx, &book->set, error))
    return NULL;
  return g_steal_pointer (&book);
}

void
cr_book_free (CrBook *book)
{
  forget_day (book);
  g_clear_pointer (&book->hours, g_ptr_array_unref);
  cr_rule_set_clear (&book->set);
  g_array_unref (book->rooms);
  g_free (book);
}

CrTx *
cr_book_tx (CrBook *book)
{
  return book->tx;
}

CrClock *
cr_book_clock (CrBook *book)
{
  return book->clock;
}

static gboolean
read_day (CrBook *book, CrDate date, GError **error)
{
  forget_day (book);
  if ((book->exceptions = cr_schedule_exception_list (book->tx, date, date, error)) == NULL ||
      (book->visits = cr_appointments_of_day (book->tx, date, error)) == NULL ||
      (book->resources = cr_appointment_resources_between (book->tx, date, date, error)) == NULL)
    return FALSE;
  book->date = date;
  return TRUE;
}

static void
set_chosen (CrBook *book, const CrRoomSet *also)
{
  book->also = also != NULL ? *also : (CrRoomSet){ .n = 0 };
}

static CrDay
day_of (CrBook *book, CrId person)
{
  return (CrDay){ book->date,   person,           book->hours,    book->exceptions,
                  book->visits, &book->set.rules, book->resources };
}

static CrWish
wish_of (const CrBook *book, const CrAppointment *a)
{
  return (CrWish){ .start = (int)a->start_min,
                   .minutes = (int)a->minutes,
                   .patient_id = a->patient_id,
                   .visit_type_id = a->visit_type_id,
                   .room_id = a->stage <= CR_STAGE_ARRIVED ? a->room_id : CR_ID_NONE,
                   .ignore = a->id,
                   .chain_id = a->chain_id,
                   .also = book->also,
                   .reasoned = a->id == CR_ID_NONE && !cr_text_is_blank (a->reason),
                   .no_time = !cr_clock_has_minute (book->clock, a->date, (int)a->start_min) };
}

static guint
find_places (CrBook *book, const CrAppointment *appointment, CrId person)
{
  CrDay day = day_of (book, person);
  CrWish wish = wish_of (book, appointment);
  return cr_day_places (&day, &wish, cr_tx_today (book->tx),
                        cr_clock_minute_of (book->clock, cr_tx_now (book->tx)));
}

static char *
describe_person (CrBook *book, CrId id)
{
  for (guint i = 0; i < book->set.people->len; i++) {
    const CrPerson *person = book->set.people->pdata[i];
    if (person->id == id)
      return cr_person_short (person);
  }
  return g_strdup (_ ("This clinician"));
}

/* ---- the next times ---- */

/* Starts of that day at which nothing is in the way, at most so many. */
static void
add_starts (CrBook *book, CrAppointment *wanted, int from, GArray *starts)
{
  const guint lone = ~CR_PLACE_BIT (CR_PLACE_SAME_DAY);
  for (int start = from; start + wanted->minutes <= 24 * 60 && starts->len < NEXT_STARTS;) {
    wanted->start_min = start;
    if ((find_places (book, wanted, wanted->person_id) & lone) != 0) {
      start += NEXT_GRAIN;
      continue;
    }
    g_array_append_val (starts, start);
    start += (int)wanted->minutes;
  }
}

static char *
describe_starts (CrDate date, CrDate asked, const GArray *starts)
{
  g_autofree char *day = cr_date_format_weekday (date);
  GString *text = g_string_new (cr_date_compare (date, asked) == 0 ? NULL : day);
  for (guint i = 0; i < starts->len; i++) {
    g_autofree char *start = cr_minute_format (g_array_index (starts, int, i));
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", start);
  }
  return g_string_free (text, FALSE);
}

/* "9:40 AM, 10:00 AM, 10:20 AM"; of a later day with its name; NULL when there is none soon. */
static char *
describe_next (CrBook *book, const CrAppointment *appointment)
{
  g_autoptr (CrAppointment) wanted = cr_appointment_copy (appointment);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (int));
  int from = (int)appointment->start_min / NEXT_GRAIN * NEXT_GRAIN;
  for (int i = 0; i < NEXT_DAYS && starts->len == 0; i++) {
    CrDate date = cr_date_add_days (appointment->date, i);
    if (!read_day (book, date, NULL))
      return NULL;
    wanted->date = date;
    add_starts (book, wanted, i == 0 ? from : 0, starts);
    if (starts->len > 0)
      return describe_starts (date, appointment->date, starts);
  }
  return NULL;
}

static gboolean
refuse_place (CrBook *book, guint places, const CrAppointment *appointment, GError **error)
{
  CrPlace place = cr_places_first (places);
  gboolean taken = (CR_PLACE_BIT (place) & TAKEN) != 0;
  gboolean hard = (!taken || place == CR_PLACE_PATIENT_BUSY) && cr_place_is_hard (place);
  CrDay day = day_of (book, appointment->person_id);
  CrWish wish = wish_of (book, appointment);
  g_autofree char *clinician = describe_person (book, appointment->person_id);
  g_autofree char *sentence = cr_place_sentence (place, &day, &wish, clinician);
  g_autofree char *next = taken ? describe_next (book, appointment) : NULL;
  CrErrorCode code = hard ? CR_ERROR_INVALID : CR_ERROR_CONFLICT;
  if (next != NULL)
    /* Translators: what is in the way; "9:40 AM, 10:00 AM". */
    g_set_error (error, CR_ERROR, code, _ ("%s Next free: %s."), sentence, next);
  else
    g_set_error_literal (error, CR_ERROR, code, sentence);
  return FALSE;
}

/* ---- public ---- */

gboolean
cr_book_chosen_rooms (CrBook *book, const CrAppointment *visit, CrRoomSet *also, GError **error)
{
  g_autoptr (GPtrArray) held = cr_appointment_resources_ever (book->tx, visit->id, error);
  if (held != NULL)
    *also = cr_visit_chosen_rooms (visit, held, &book->set.rules);
  return held != NULL;
}

gboolean
cr_book_place (CrBook *book, const CrAppointment *before, CrAppointment *after, const CrRoomSet *also,
               guint accept, GError **error)
{
  set_chosen (book, also);
  if (!read_day (book, after->date, error))
    return FALSE;
  CrDay day = day_of (book, after->person_id);
  CrWish wish = wish_of (book, after);
  CrId taken;
  guint found = find_places (book, after, after->person_id);
  guint hard = cr_places_hard (found);
  guint refused = (found & ~accept) | hard;
  g_array_unref (book->rooms);
  book->rooms = cr_day_choose_rooms (&day, &wish, &taken);
  after->overbooked = (found & CR_PLACE_BIT (CR_PLACE_OVERLAP)) != 0;
  refused = cr_places_of_change (refused, before, after);
  return refused == 0 || refuse_place (book, refused, after, error);
}

static gboolean
set_resource (CrBook *book, const CrAppointmentResource *present, CrId appointment, CrId room,
              gboolean active, GError **error)
{
  g_autoptr (CrAppointmentResource) resource =
      present != NULL ? cr_appointment_resource_copy (present) : cr_appointment_resource_new ();
  resource->appointment_id = appointment;
  resource->room_id = room;
  resource->active = active;
  return cr_tx_save (book->tx, &CR_APPOINTMENT_RESOURCE, resource, error);
}

static gboolean
is_chosen (const CrBook *book, CrId room)
{
  for (guint i = 0; i < book->rooms->len; i++)
    if (g_array_index (book->rooms, CrId, i) == room)
      return TRUE;
  return FALSE;
}

static const CrAppointmentResource *
find_resource (const GPtrArray *resources, CrId room)
{
  for (guint i = 0; i < resources->len; i++) {
    const CrAppointmentResource *resource = resources->pdata[i];
    if (resource->room_id == room)
      return resource;
  }
  return NULL;
}

gboolean
cr_book_take_rooms (CrBook *book, const CrAppointment *appointment, GError **error)
{
  g_autoptr (GPtrArray) present = cr_appointment_resources_ever (book->tx, appointment->id, error);
  if (present == NULL)
    return FALSE;
  for (guint i = 0; i < present->len; i++) {
    const CrAppointmentResource *resource = present->pdata[i];
    if (resource->active && !is_chosen (book, resource->room_id) &&
        !set_resource (book, resource, appointment->id, resource->room_id, FALSE, error))
      return FALSE;
  }
  for (guint i = 0; i < book->rooms->len; i++) {
    CrId room = g_array_index (book->rooms, CrId, i);
    const CrAppointmentResource *resource = find_resource (present, room);
    if ((resource == NULL || !resource->active) &&
        !set_resource (book, resource, appointment->id, room, TRUE, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
cr_book_look (CrBook *book, const CrAppointment *appointment, const CrRoomSet *also, guint *places,
              char **sentence, GError **error)
{
  set_chosen (book, also);
  if (!read_day (book, appointment->date, error))
    return FALSE;
  CrDay day = day_of (book, appointment->person_id);
  CrWish wish = wish_of (book, appointment);
  g_autofree char *clinician = describe_person (book, appointment->person_id);
  *places = find_places (book, appointment, appointment->person_id);
  *sentence = cr_places_sentence (*places, &day, &wish, clinician);
  return TRUE;
}

/* Better is smaller: free, at work but busy, not at work, not to be had at all. */
static int
rate_clinician (CrBook *book, const CrAppointment *appointment, CrId person)
{
  const guint beside = CR_PLACE_BIT (CR_PLACE_PAST) | CR_PLACE_BIT (CR_PLACE_SAME_DAY);
  const guint busy = CR_PLACE_BIT (CR_PLACE_OVERLAP) | CR_PLACE_BIT (CR_PLACE_BLOCKED);
  guint places = find_places (book, appointment, person) & ~beside;
  if (places == 0)
    return 0;
  if (cr_places_hard (places) != 0)
    return 3;
  return (places & ~busy) == 0 ? 1 : 2;
}

gboolean
cr_book_pick_clinician (CrBook *book, CrAppointment *appointment, GError **error)
{
  int best = G_MAXINT;
  if (!read_day (book, appointment->date, error))
    return FALSE;
  for (guint i = 0; i < book->set.people->len; i++) {
    const CrPerson *person = book->set.people->pdata[i];
    int rate =
        person->active && person->schedulable ? rate_clinician (book, appointment, person->id) : G_MAXINT;
    if (rate >= best)
      continue;
    best = rate;
    appointment->person_id = person->id;
  }
  return TRUE;
}

static gboolean
overlap (const CrAppointment *a, const CrAppointment *b)
{
  return a->start_min < b->start_min + b->minutes && b->start_min < a->start_min + a->minutes;
}

/* Neither knew of the other; a visit that was accepted over another may stand there again. */
static gboolean
are_strangers (const CrAppointment *a, const CrAppointment *b)
{
  return a->person_id == b->person_id && !a->overbooked && !b->overbooked;
}

/* Of the rooms that it holds already, not of those it would take now. */
static gboolean
share_room (const CrBook *book, const CrAppointment *a, const CrAppointment *b)
{
  gboolean combined = a->chain_id != CR_ID_NONE && a->chain_id == b->chain_id;
  for (guint i = 0; i < book->set.rooms->len && !combined; i++) {
    CrId room = ((const CrRoom *)book->set.rooms->pdata[i])->id;
    if (cr_visit_takes_room (a, book->resources, room) && cr_visit_takes_room (b, book->resources, room))
      return TRUE;
  }
  return FALSE;
}

gboolean
cr_book_check_restored (CrBook *book, const CrAppointment *appointment, GError **error)
{
  set_chosen (book, NULL);
  if (!read_day (book, appointment->date, error))
    return FALSE;
  const guint barred = CR_PLACE_BIT (CR_PLACE_LIMIT) | CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY);
  gboolean taken = (find_places (book, appointment, appointment->person_id) & barred) != 0;
  for (guint i = 0; i < book->visits->len && !taken; i++) {
    const CrAppointment *other = book->visits->pdata[i];
    taken = other->id != appointment->id && cr_stage_holds_slot (other->stage) &&
            overlap (appointment, other) &&
            (are_strangers (appointment, other) || share_room (book, appointment, other));
  }
  if (taken)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_CONFLICT,
                         _ ("That time has been taken by another visit since. Book a new time instead."));
  return !taken;
}

static gboolean
refuse_used (GError **error)
{
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_CONFLICT,
      _ ("This visit already has a note or measurements. Mark those as entered in error first."));
  return FALSE;
}

gboolean
cr_encounter_check_unused (CrTx *tx, const CrEncounter *encounter, GError **error)
{
  g_autoptr (GPtrArray) notes = cr_notes (tx, encounter->patient_id, error);
  if (notes == NULL)
    return FALSE;
  for (guint i = 0; i < notes->len; i++) {
    const CrNote *note = notes->pdata[i];
    if (note->encounter_id == encounter->id && note->status != CR_NOTE_ERROR)
      return refuse_used (error);
  }
  g_autoptr (GPtrArray) observations =
      cr_observations (tx, encounter->patient_id, -1, encounter->arrived_at, error);
  if (observations == NULL)
    return FALSE;
  for (guint i = 0; i < observations->len; i++) {
    const CrObservation *observation = observations->pdata[i];
    if (observation->encounter_id == encounter->id && observation->status != CR_OBS_ERROR)
      return refuse_used (error);
  }
  return TRUE;
}
