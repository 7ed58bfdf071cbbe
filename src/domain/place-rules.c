/* Whether a visit may stand at a place: each rule a function, each breach a bit. */
#include "day-parts.h"

#define PAST_DAYS 7
#define AHEAD_MONTHS 18

/* ---- what the rules look at ---- */

gboolean
cr_spans_overlap (CrSpan a, CrSpan b)
{
  return a.start < b.end && b.start < a.end;
}

CrSpan
cr_wish_span (const CrWish *wish)
{
  return (CrSpan){ wish->start, wish->start + MAX (wish->minutes, 1) };
}

CrSpan
cr_visit_span (const CrAppointment *appointment)
{
  int start = (int)appointment->start_min;
  return (CrSpan){ start, start + (int)MAX (appointment->minutes, 0) };
}

gboolean
cr_visit_counts (const CrAppointment *appointment, const CrDay *day, CrId ignore)
{
  return appointment->id != ignore && cr_stage_holds_slot (appointment->stage) &&
         cr_date_compare (appointment->date, day->date) == 0;
}

const CrVisitType *
cr_rules_type (const CrBookRules *rules, CrId id)
{
  for (guint i = 0; rules != NULL && rules->types != NULL && i < rules->types->len; i++) {
    const CrVisitType *type = rules->types->pdata[i];
    if (type->id == id)
      return type;
  }
  return NULL;
}

static const CrPerson *
find_person (const CrBookRules *rules, CrId id)
{
  for (guint i = 0; rules != NULL && rules->people != NULL && i < rules->people->len; i++)
    if (((const CrPerson *)rules->people->pdata[i])->id == id)
      return rules->people->pdata[i];
  return NULL;
}

gint64
cr_overlap_limit (const CrBookRules *rules, CrId person_id)
{
  const CrPerson *person = find_person (rules, person_id);
  return person != NULL && person->overlap_limit > 0 ? person->overlap_limit /* absent is negative */
                                                     : CR_OVERLAP_LIMIT;
}

gboolean
cr_clinician_is_gone (const CrBookRules *rules, CrId person_id)
{
  const CrPerson *person = find_person (rules, person_id);
  return person != NULL && (!person->active || !person->schedulable);
}

gboolean
cr_room_set_has (const CrRoomSet *set, CrId room)
{
  for (guint i = 0; i < set->n; i++)
    if (set->ids[i] == room)
      return TRUE;
  return FALSE;
}

void
cr_room_set_add (CrRoomSet *set, CrId room)
{
  if (room != CR_ID_NONE && set->n < CR_MOST_ROOMS && !cr_room_set_has (set, room))
    set->ids[set->n++] = room;
}

/* Another part of the same combined visit, at once with it or at another time; but not half over it: then one
 * of them was moved, and the patient would be in two places. */
static gboolean
is_same_chain (const CrWish *wish, const CrAppointment *appointment)
{
  return wish->chain_id != CR_ID_NONE && appointment->chain_id == wish->chain_id &&
         (appointment->start_min == wish->start ||
          !cr_spans_overlap (cr_wish_span (wish), cr_visit_span (appointment)));
}

/* ---- the rules ---- */

static guint
check_person (const CrDay *day)
{
  return cr_clinician_is_gone (day->rules, day->person_id) ? CR_PLACE_BIT (CR_PLACE_GONE) : 0;
}

static guint
check_hours (const CrDay *day, CrSpan wanted)
{
  g_autoptr (GArray) open = cr_day_open_spans (day);
  for (guint i = 0; i < open->len; i++) {
    CrSpan span = g_array_index (open, CrSpan, i);
    if (wanted.start >= span.start && wanted.end <= span.end)
      return 0;
  }
  return open->len == 0 ? CR_PLACE_BIT (CR_PLACE_CLOSED) : CR_PLACE_BIT (CR_PLACE_OUTSIDE);
}

static guint
check_blocks (const CrDay *day, CrSpan wanted)
{
  g_autoptr (GArray) blocked = cr_day_blocked_spans (day);
  for (guint i = 0; i < blocked->len; i++)
    if (cr_spans_overlap (wanted, g_array_index (blocked, CrSpan, i)))
      return CR_PLACE_BIT (CR_PLACE_BLOCKED);
  return 0;
}

/* Nobody named for a type: everybody does it. */
static gboolean
does_type (const CrDay *day, CrId type)
{
  const GPtrArray *named = day->rules->type_persons;
  gboolean anybody = TRUE;
  for (guint i = 0; named != NULL && i < named->len; i++) {
    const CrVisitTypePerson *row = named->pdata[i];
    if (row->visit_type_id != type)
      continue;
    if (row->person_id == day->person_id)
      return TRUE;
    anybody = FALSE;
  }
  return anybody;
}

static guint
check_type (const CrDay *day, const CrWish *wish)
{
  const CrVisitType *type;
  guint found = 0;
  if (day->rules == NULL || wish->visit_type_id == CR_ID_NONE)
    return 0;
  type = cr_rules_type (day->rules, wish->visit_type_id);
  if (day->person_id != CR_ID_NONE && !does_type (day, wish->visit_type_id))
    found |= CR_PLACE_BIT (CR_PLACE_NOT_TYPE);
  if (type != NULL && type->latest_min >= 0 && wish->start > type->latest_min)
    found |= CR_PLACE_BIT (CR_PLACE_LATE);
  return found;
}

static guint
check_rooms (const CrDay *day, const CrWish *wish)
{
  CrId taken;
  g_autoptr (GArray) rooms G_GNUC_UNUSED = cr_day_choose_rooms (day, wish, &taken);
  return taken != CR_ID_NONE ? CR_PLACE_BIT (CR_PLACE_ROOM) : 0;
}

/* How many other visits of the clinician there are at the busiest moment of the stretch. */
static gint64
count_at_once (const CrDay *day, CrSpan wanted, CrId ignore)
{
  gint64 most = 0;
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *first = day->visits->pdata[i];
    CrSpan span = cr_visit_span (first);
    gint64 count = 0;
    if (first->person_id != day->person_id || !cr_visit_counts (first, day, ignore) ||
        !cr_spans_overlap (wanted, span))
      continue;
    int moment = MAX (span.start, wanted.start); /* the busiest moment is where one of them begins */
    for (guint k = 0; k < day->visits->len; k++) {
      const CrAppointment *a = day->visits->pdata[k];
      CrSpan other = cr_visit_span (a);
      if (a->person_id == day->person_id && cr_visit_counts (a, day, ignore) && other.start <= moment &&
          moment < other.end)
        count++;
    }
    most = MAX (most, count);
  }
  return most;
}

static guint
check_limit (const CrDay *day, const CrWish *wish)
{
  gint64 others = count_at_once (day, cr_wish_span (wish), wish->ignore);
  if (others == 0)
    return 0;
  return others < cr_overlap_limit (day->rules, day->person_id)
             ? CR_PLACE_BIT (CR_PLACE_OVERLAP)
             : CR_PLACE_BIT (CR_PLACE_OVERLAP) | CR_PLACE_BIT (CR_PLACE_LIMIT);
}

static guint
check_patient (const CrDay *day, const CrWish *wish)
{
  guint found = 0;
  if (wish->patient_id == CR_ID_NONE)
    return 0;
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *a = day->visits->pdata[i];
    if (a->patient_id == wish->patient_id && cr_visit_counts (a, day, wish->ignore) &&
        !is_same_chain (wish, a))
      found |= cr_spans_overlap (cr_wish_span (wish), cr_visit_span (a))
                   ? CR_PLACE_BIT (CR_PLACE_PATIENT_BUSY)
                   : CR_PLACE_BIT (CR_PLACE_SAME_DAY);
  }
  return found;
}

static guint
check_calendar (const CrDay *day, const CrWish *wish, CrDate today, int now)
{
  int order = cr_date_compare (day->date, today);
  if (!wish->reasoned && cr_date_to_days (today) - cr_date_to_days (day->date) > PAST_DAYS)
    return CR_PLACE_BIT (CR_PLACE_LONG_PAST);
  if (order < 0 || (order == 0 && wish->start < now))
    return CR_PLACE_BIT (CR_PLACE_PAST);
  if (cr_date_compare (day->date, cr_date_add_months (today, AHEAD_MONTHS)) > 0)
    return CR_PLACE_BIT (CR_PLACE_TOO_FAR);
  return 0;
}

/* ---- rooms and equipment ---- */

gboolean
cr_visit_takes_room (const CrAppointment *appointment, const GPtrArray *resources, CrId room)
{
  if (appointment->room_id == room && appointment->stage <= CR_STAGE_ARRIVED)
    return TRUE;
  for (guint i = 0; resources != NULL && i < resources->len; i++) {
    const CrAppointmentResource *resource = resources->pdata[i];
    if (resource->active && resource->appointment_id == appointment->id && resource->room_id == room)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_room_free (const CrDay *day, const CrWish *wish, CrId room)
{
  for (guint i = 0; day->visits != NULL && i < day->visits->len; i++) {
    const CrAppointment *a = day->visits->pdata[i];
    if (cr_visit_counts (a, day, wish->ignore) && cr_spans_overlap (cr_wish_span (wish), cr_visit_span (a)) &&
        !is_same_chain (wish, a) && cr_visit_takes_room (a, day->resources, room))
      return FALSE;
  }
  return TRUE;
}

static gboolean
holds_room (const CrDay *day, const CrWish *wish, CrId room)
{
  for (guint i = 0; day->resources != NULL && i < day->resources->len; i++) {
    const CrAppointmentResource *resource = day->resources->pdata[i];
    if (resource->active && resource->appointment_id == wish->ignore && resource->room_id == room)
      return TRUE;
  }
  return FALSE;
}

static gboolean
are_alternatives (const CrVisitTypeNeed *a, const CrVisitTypeNeed *b)
{
  return a->visit_type_id == b->visit_type_id &&
         (a == b || (a->choice != CR_INT_NONE && a->choice == b->choice));
}

/* One of those that would do: the visit's own room, what it holds, the first that is free; none is free. */
static CrId
choose_room (const CrDay *day, const CrWish *wish, const CrVisitTypeNeed *need)
{
  const GPtrArray *needs = day->rules->needs;
  CrId best = CR_ID_NONE;
  for (guint i = 0; i < needs->len; i++) {
    const CrVisitTypeNeed *other = needs->pdata[i];
    if (!are_alternatives (need, other))
      continue;
    if (other->room_id == wish->room_id || cr_room_set_has (&wish->also, other->room_id))
      return other->room_id;
    if (!is_room_free (day, wish, other->room_id))
      continue;
    if (best == CR_ID_NONE || (!holds_room (day, wish, best) && holds_room (day, wish, other->room_id)))
      best = other->room_id;
  }
  return best;
}

static gboolean
is_first_alternative (const GPtrArray *needs, guint at)
{
  for (guint i = 0; i < at; i++)
    if (are_alternatives (needs->pdata[at], needs->pdata[i]))
      return FALSE;
  return TRUE;
}

/* What somebody chose beside the visit's own room. */
static GArray *
take_chosen (const CrDay *day, const CrWish *wish, CrId *taken)
{
  GArray *rooms = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < wish->also.n; i++) {
    CrId room = wish->also.ids[i];
    if (room == wish->room_id)
      continue;
    if (*taken == CR_ID_NONE && !is_room_free (day, wish, room))
      *taken = room;
    g_array_append_val (rooms, room);
  }
  return rooms;
}

GArray *
cr_day_choose_rooms (const CrDay *day, const CrWish *wish, CrId *taken)
{
  const GPtrArray *needs = day->rules != NULL ? day->rules->needs : NULL;
  *taken = CR_ID_NONE;
  if (wish->room_id != CR_ID_NONE && !is_room_free (day, wish, wish->room_id))
    *taken = wish->room_id;
  GArray *rooms = take_chosen (day, wish, taken);
  for (guint i = 0; needs != NULL && wish->visit_type_id != CR_ID_NONE && i < needs->len; i++) {
    const CrVisitTypeNeed *need = needs->pdata[i];
    if (need->visit_type_id != wish->visit_type_id || !is_first_alternative (needs, i))
      continue;
    CrId room = choose_room (day, wish, need);
    if (room == CR_ID_NONE && *taken == CR_ID_NONE)
      *taken = need->room_id;
    if (room != CR_ID_NONE && room != wish->room_id && !cr_room_set_has (&wish->also, room))
      g_array_append_val (rooms, room);
  }
  return rooms;
}

static gboolean
is_needed (const CrBookRules *rules, CrId type, CrId room)
{
  const GPtrArray *needs = rules != NULL ? rules->needs : NULL;
  for (guint i = 0; needs != NULL && i < needs->len; i++) {
    const CrVisitTypeNeed *need = needs->pdata[i];
    if (need->visit_type_id == type && need->room_id == room)
      return TRUE;
  }
  return FALSE;
}

CrRoomSet
cr_visit_chosen_rooms (const CrAppointment *appointment, const GPtrArray *resources, const CrBookRules *rules)
{
  CrRoomSet chosen = { .n = 0 };
  for (guint i = 0; resources != NULL && i < resources->len; i++) {
    const CrAppointmentResource *resource = resources->pdata[i];
    if (resource->active && resource->appointment_id == appointment->id &&
        !is_needed (rules, appointment->visit_type_id, resource->room_id))
      cr_room_set_add (&chosen, resource->room_id);
  }
  return chosen;
}

/* ---- public ---- */

guint
cr_day_places (const CrDay *day, const CrWish *wish, CrDate today, int now)
{
  CrSpan wanted = cr_wish_span (wish);
  return check_person (day) | (wish->no_time ? CR_PLACE_BIT (CR_PLACE_NO_TIME) : 0) |
         check_hours (day, wanted) | check_blocks (day, wanted) | check_type (day, wish) |
         check_limit (day, wish) | check_rooms (day, wish) | check_patient (day, wish) |
         check_calendar (day, wish, today, now);
}

guint
cr_places_hard (guint places)
{
  guint hard = 0;
  for (CrPlace place = CR_PLACE_GONE; place < CR_N_PLACES; place++)
    if (cr_place_is_hard (place))
      hard |= places & CR_PLACE_BIT (place);
  return hard;
}

CrPlace
cr_places_first (guint places)
{
  guint hard = cr_places_hard (places);
  guint of = hard != 0 ? hard : places;
  for (CrPlace place = CR_PLACE_GONE; place < CR_N_PLACES; place++)
    if ((of & CR_PLACE_BIT (place)) != 0)
      return place;
  return CR_PLACE_OK;
}

static gboolean
is_within (const CrAppointment *before, const CrAppointment *after)
{
  return before != NULL && cr_stage_holds_slot (before->stage) && before->person_id == after->person_id &&
         cr_date_compare (before->date, after->date) == 0 && before->start_min <= after->start_min &&
         after->start_min + after->minutes <= before->start_min + before->minutes;
}

static gboolean
is_unchanged (const CrAppointment *before, const CrAppointment *after)
{
  return is_within (before, after) && before->start_min == after->start_min &&
         before->minutes == after->minutes && before->visit_type_id == after->visit_type_id &&
         before->room_id == after->room_id;
}

guint
cr_places_of_change (guint places, const CrAppointment *before, const CrAppointment *after)
{
  const guint other = CR_PLACE_BIT (CR_PLACE_NO_TIME) | CR_PLACE_BIT (CR_PLACE_NOT_TYPE) |
                      CR_PLACE_BIT (CR_PLACE_LATE) | CR_PLACE_BIT (CR_PLACE_ROOM);
  if (is_unchanged (before, after))
    return 0;
  if (before != NULL && cr_date_compare (before->date, after->date) == 0)
    places &= ~CR_PLACE_BIT (CR_PLACE_LONG_PAST); /* the day was not chosen now */
  return is_within (before, after) ? places & other : places;
}

CrPlace
cr_day_check (const CrDay *day, int start, int minutes, CrId patient_id, CrId ignore, CrDate today, int now)
{
  CrWish wish = { .start = start, .minutes = minutes, .patient_id = patient_id, .ignore = ignore };
  return cr_places_first (cr_day_places (day, &wish, today, now));
}

gboolean
cr_place_is_hard (CrPlace place)
{
  switch (place) {
  case CR_PLACE_GONE:
  case CR_PLACE_NO_TIME:
  case CR_PLACE_NOT_TYPE:
  case CR_PLACE_LIMIT:
  case CR_PLACE_ROOM:
  case CR_PLACE_PATIENT_BUSY:
  case CR_PLACE_LONG_PAST:
    return TRUE;
  default:
    return FALSE;
  }
}
