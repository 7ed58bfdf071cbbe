/* What is in the way of a visit on the days that are shown, while the person still chooses. */
#include "day-schedule-private.h"
#include "chartroom/base/text.h"

enum { ARRIVED_LIMIT = 20, ROOMED_LIMIT = 15 }; /* minutes until a stage counts as late */

static char *
dup_clinician (CrDaySchedule *self, CrId person_id)
{
  GListModel *clinicians = cr_day_schedule_get_clinicians (self);
  for (guint i = 0; i < g_list_model_get_n_items (clinicians); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (clinicians, i);
    if (cr_row_get_id (row) == person_id)
      return cr_person_short (cr_row_peek (row));
  }
  return NULL;
}

static int
booking_minutes (CrDaySchedule *self, const CrBooking *booking)
{
  GListModel *types = cr_session_get_visit_types (cr_day_schedule_get_session (self));
  if (booking->minutes > 0)
    return booking->minutes;
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    if (cr_row_get_id (row) == booking->visit_type_id)
      return (int)((const CrVisitType *)cr_row_peek (row))->minutes;
  }
  return 1;
}

/* NULL: it is not among those that are shown. */
static const CrDay *
day_of (CrDaySchedule *self, const CrAppointment *visit)
{
  return cr_day_schedule_shows (self, visit->date)
             ? cr_day_schedule_get_day_on (self, visit->date, visit->person_id)
             : NULL;
}

static CrWish
wish_of (CrDaySchedule *self, const CrAppointment *visit, const CrRoomSet *also)
{
  CrClock *clock = cr_session_get_clock (cr_day_schedule_get_session (self));
  return (CrWish){ .start = (int)visit->start_min,
                   .minutes = (int)visit->minutes,
                   .patient_id = visit->patient_id,
                   .visit_type_id = visit->visit_type_id,
                   .room_id = visit->stage <= CR_STAGE_ARRIVED ? visit->room_id : CR_ID_NONE,
                   .ignore = visit->id,
                   .chain_id = visit->chain_id,
                   .also = *also,
                   .reasoned = visit->id == CR_ID_NONE && !cr_text_is_blank (visit->reason),
                   .no_time = !cr_clock_has_minute (clock, visit->date, (int)visit->start_min) };
}

/* A set of CrPlace bits, before accepting any.  after: the visit as it would be. */
static guint
find_places (CrDaySchedule *self, const CrAppointment *before, const CrAppointment *after,
             const CrRoomSet *also, char **sentence)
{
  CrClock *clock = cr_session_get_clock (cr_day_schedule_get_session (self));
  CrDate today = cr_clock_today (clock);
  const CrDay *day = day_of (self, after);
  CrWish wish = wish_of (self, after, also);
  *sentence = NULL;
  if (day == NULL)
    return 0;
  g_autofree char *clinician = dup_clinician (self, after->person_id);
  guint places =
      cr_places_of_change (cr_day_places (day, &wish, today, cr_clock_minute (clock)), before, after);
  if (before == NULL && after->walk_in) /* it begins now, whatever full minutes are written down */
    places &= ~CR_PLACE_BIT (CR_PLACE_PAST);
  *sentence = cr_places_sentence (places, day, &wish, clinician != NULL ? clinician : "");
  return places;
}

static CrAppointment
as_visit (CrDaySchedule *self, const CrBooking *booking, CrId ignore)
{
  return (CrAppointment){ .id = ignore,
                          .patient_id = booking->patient_id,
                          .person_id = booking->person_id,
                          .room_id = booking->room_id,
                          .visit_type_id = booking->visit_type_id,
                          .chain_id = booking->chain_id,
                          .date = booking->date,
                          .start_min = booking->start,
                          .walk_in = booking->walk_in,
                          .reason = (char *)booking->reason, /* borrowed, as all of it */
                          .minutes = booking_minutes (self, booking) };
}

guint
cr_day_schedule_places (CrDaySchedule *self, const CrBooking *booking, CrId ignore, char **sentence)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), 0);
  CrAppointment after = as_visit (self, booking, ignore);
  return find_places (self, NULL, &after, &booking->also, sentence);
}

GArray *
cr_day_schedule_rooms (CrDaySchedule *self, const CrBooking *booking)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), NULL);
  CrAppointment visit = as_visit (self, booking, CR_ID_NONE);
  CrWish wish = wish_of (self, &visit, &booking->also);
  CrDay nothing = { .date = booking->date };
  const CrDay *day = day_of (self, &visit);
  CrId taken;
  GArray *rooms = cr_day_choose_rooms (day != NULL ? day : &nothing, &wish, &taken);
  if (booking->room_id != CR_ID_NONE)
    g_array_prepend_val (rooms, booking->room_id);
  return rooms;
}

static gboolean
is_among (const GArray *people, CrId person)
{
  for (guint i = 0; i < people->len; i++)
    if (g_array_index (people, CrId, i) == person)
      return TRUE;
  return people->len == 0;
}

/* That the patient has another visit that day is not the clinician's. */
static gboolean
is_free_for (CrDaySchedule *self, const CrBooking *booking, CrId person)
{
  CrBooking wanted = *booking;
  g_autofree char *sentence = NULL;
  wanted.person_id = person;
  return (cr_day_schedule_places (self, &wanted, CR_ID_NONE, &sentence) &
          ~CR_PLACE_BIT (CR_PLACE_SAME_DAY)) == 0;
}

CrId
cr_day_schedule_pick (CrDaySchedule *self, const CrBooking *booking, const GArray *people, CrId preferred)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), CR_ID_NONE);
  GListModel *all = cr_day_schedule_get_clinicians (self);
  CrId first = CR_ID_NONE;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (all, i);
    const CrPerson *person = cr_row_peek (row);
    gboolean wanted = first == CR_ID_NONE || person->id == preferred;
    if (wanted && person->active && person->schedulable && is_among (people, person->id) &&
        is_free_for (self, booking, person->id))
      first = person->id;
  }
  return first;
}

CrPlace
cr_day_schedule_check (CrDaySchedule *self, const CrBooking *booking, CrId ignore, char **sentence)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), CR_PLACE_OK);
  guint places = cr_day_schedule_places (self, booking, ignore, sentence);
  return cr_places_first (places);
}

static void
take_change (CrDaySchedule *self, const CrVisitChange *change, CrAppointment *after)
{
  if (change->visit_type_id != CR_ID_NONE && change->visit_type_id != after->visit_type_id) {
    CrBooking typed = { .visit_type_id = change->visit_type_id };
    after->visit_type_id = change->visit_type_id;
    after->minutes = booking_minutes (self, &typed);
  }
  if (change->person_id != CR_ID_NONE)
    after->person_id = change->person_id;
  if (change->room_id != CR_ID_NONE || change->no_room)
    after->room_id = change->room_id;
  if (cr_date_is_set (change->date))
    after->date = change->date;
  if (change->start != CR_MINUTE_NONE)
    after->start_min = change->start;
  if (change->minutes > 0)
    after->minutes = change->minutes;
}

guint
cr_day_schedule_change_places (CrDaySchedule *self, const CrVisitChange *change, char **sentence)
{
  g_return_val_if_fail (CR_IS_DAY_SCHEDULE (self), 0);
  const CrVisit *visit = cr_day_schedule_find (self, change->appointment);
  const CrDay *day = visit != NULL ? day_of (self, visit->appointment) : NULL;
  *sentence = NULL;
  if (day == NULL)
    return 0;
  CrAppointment after = *visit->appointment; /* borrows its texts */
  CrRoomSet also = cr_visit_chosen_rooms (&after, day->resources, day->rules);
  take_change (self, change, &after);
  if (change->copy) {
    after.id = after.chain_id = CR_ID_NONE;
    after.reason = NULL; /* the first one's; it does not say why the second is entered late */
  }
  return find_places (self, change->copy ? NULL : visit->appointment, &after, &also, sentence);
}

/* The practice's own, where it has set one. */
static int
limit_of (const CrPractice *practice, int stage)
{
  gboolean arrived = stage == CR_STAGE_ARRIVED;
  gint64 own = practice == NULL ? CR_INT_NONE : arrived ? practice->arrived_limit : practice->roomed_limit;
  return own > 0 ? (int)own : arrived ? ARRIVED_LIMIT : ROOMED_LIMIT;
}

int
cr_visit_minutes_in_stage (const CrVisit *visit, CrClock *clock, const CrPractice *practice, gboolean *late)
{
  const CrAppointment *appointment = visit->appointment;
  int limit = limit_of (practice, appointment->stage);
  gboolean limited = appointment->stage == CR_STAGE_ARRIVED || appointment->stage == CR_STAGE_ROOMED;
  *late = FALSE;
  if (appointment->stage < CR_STAGE_ARRIVED || appointment->stage > CR_STAGE_READY ||
      appointment->stage_at == CR_INSTANT_NONE)
    return -1;
  gint64 minutes = (cr_clock_now (clock) - appointment->stage_at) / ((gint64)60 * G_USEC_PER_SEC);
  *late = limited && minutes > limit;
  return (int)CLAMP (minutes, 0, G_MAXINT);
}
