/* What is in the way of a visit, as a person is told it: what it is, and what to do. */
#include "day-parts.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

/* A closure or block that covers the stretch, one with a reason first; NULL: none does. */
static const CrScheduleException *
find_exception (const CrDay *day, CrExceptionKind kind, CrSpan wanted)
{
  const CrScheduleException *found = NULL;
  for (guint i = 0; day->exceptions != NULL && i < day->exceptions->len; i++) {
    const CrScheduleException *e = day->exceptions->pdata[i];
    if (e->kind != (int)kind || !cr_exception_applies (e, day) ||
        !cr_spans_overlap (wanted, cr_exception_span (e)))
      continue;
    if (!cr_str_empty (e->reason))
      return e;
    found = e;
  }
  return found;
}

/* "9:00 AM–12:00 PM, 1:00 PM–5:00 PM" */
static char *
describe_spans (const GArray *spans)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < spans->len; i++) {
    CrSpan span = g_array_index (spans, CrSpan, i);
    g_autofree char *start = cr_minute_format (span.start);
    g_autofree char *end = cr_minute_format (span.end);
    g_string_append_printf (text, "%s%s–%s", i > 0 ? ", " : "", start, end);
  }
  return g_string_free (text, FALSE);
}

static char *
describe_closed (const CrDay *day, CrSpan wanted, const char *clinician)
{
  g_autofree char *date = cr_date_format_weekday (day->date);
  const CrScheduleException *closed = find_exception (day, CR_EXCEPTION_CLOSED, wanted);
  gboolean all = closed != NULL && closed->person_id == CR_ID_NONE;
  if (closed != NULL && !cr_str_empty (closed->reason))
    return all ? g_strdup_printf (
                     _ ("The practice is closed on %s (%s). Choose another day, or book all the same."), date,
                     closed->reason)
               : g_strdup_printf (_ ("%s has no hours on %s (%s). Choose another day, or book all the same."),
                                  clinician, date, closed->reason);
  if (all)
    return g_strdup_printf (_ ("The practice is closed on %s. Choose another day, or book all the same."),
                            date);
  return g_strdup_printf (_ ("%s has no hours on %s. Choose another day, or book all the same."), clinician,
                          date);
}

static char *
describe_outside (const CrDay *day, const char *clinician)
{
  g_autoptr (GArray) open = cr_day_open_spans (day);
  g_autofree char *hours = describe_spans (open);
  return g_strdup_printf (
      _ ("This is outside the hours of %s (%s). Choose a time in them, or book all the same."), clinician,
      hours);
}

static char *
describe_blocked (const CrDay *day, CrSpan wanted, const char *clinician)
{
  const CrScheduleException *block = find_exception (day, CR_EXCEPTION_BLOCKED, wanted);
  return g_strdup_printf (
      _ ("This time of %s is blocked (%s). Choose another time, or book all the same."), clinician,
      block != NULL && !cr_str_empty (block->reason) ? block->reason : _ ("no reason given"));
}

static char *
describe_overlap (CrSpan wanted, const char *clinician)
{
  g_autofree char *start = cr_minute_format (wanted.start);
  g_autofree char *end = cr_minute_format (wanted.end);
  return g_strdup_printf (
      _ ("%s already has a visit between %s and %s. Choose another time, or book both side by side."),
      clinician, start, end);
}

static char *
describe_type (const CrDay *day, CrId type)
{
  const CrVisitType *found = cr_rules_type (day->rules, type);
  return g_strdup (found != NULL && found->name != NULL ? found->name : _ ("this type"));
}

static char *
describe_not_type (const CrDay *day, const CrWish *wish, const char *clinician)
{
  g_autofree char *type = describe_type (day, wish->visit_type_id);
  return g_strdup_printf (
      _ ("%s does not do visits of the type “%s”. Choose another clinician, or another type."), clinician,
      type);
}

static char *
describe_late (const CrDay *day, const CrWish *wish)
{
  const CrVisitType *type = cr_rules_type (day->rules, wish->visit_type_id);
  g_autofree char *name = describe_type (day, wish->visit_type_id);
  g_autofree char *latest = cr_minute_format (type != NULL ? (int)type->latest_min : CR_MINUTE_NONE);
  return g_strdup_printf (
      _ ("Visits of the type “%s” start at %s at the latest. Choose an earlier time, or book all the same."),
      name, latest);
}

static char *
describe_limit (const CrDay *day, const char *clinician)
{
  gint64 limit = cr_overlap_limit (day->rules, day->person_id);
  if (limit == 1)
    return g_strdup_printf (
        _ ("%s already has a visit at this time and takes no second one beside it. Choose another time."),
        clinician);
  return g_strdup_printf (
      _ ("%s already has %d visits at this time, and more at once are not allowed. Choose "
         "another time."),
      clinician, (int)limit);
}

/* On the night on which the clocks go forward an hour is left out. */
static char *
describe_no_time (const CrDay *day, const CrWish *wish)
{
  g_autofree char *time = cr_minute_format (wish->start), *date = cr_date_format_weekday (day->date);
  return g_strdup_printf (_ ("There is no %s on %s: the clocks go forward that night. Choose another time."),
                          time, date);
}

/* The day is named: a wrong year is seen. */
static char *
describe_past (const CrDay *day, const CrWish *wish)
{
  g_autofree char *date = cr_date_format_weekday (day->date);
  g_autofree char *time = cr_minute_format (wish->start);
  return g_strdup_printf (
      _ ("%s, %s, has passed. Choose a later time; or, if the visit took place then, enter "
         "it all the same."),
      date, time);
}

/* A visit that was booked is not moved there: what took place is another one. */
static char *
describe_long_past (const CrDay *day, const CrWish *wish)
{
  g_autofree char *date = cr_date_format_weekday (day->date);
  return g_strdup_printf (
      wish->ignore == CR_ID_NONE
          ? _ ("%s is more than 7 days back. Choose a later day; or, if the visit took place then, write why "
               "it is entered so late as its reason.")
          : _ ("%s is more than 7 days back. Choose a later day; or, if there was a visit then, book it "
               "anew, with a reason that says why it is entered so late."),
      date);
}

static char *
describe_room (const CrDay *day, const CrWish *wish)
{
  CrId taken;
  g_autoptr (GArray) rooms G_GNUC_UNUSED = cr_day_choose_rooms (day, wish, &taken);
  const GPtrArray *known = day->rules != NULL ? day->rules->rooms : NULL;
  for (guint i = 0; known != NULL && i < known->len; i++) {
    const CrRoom *room = known->pdata[i];
    if (room->id != taken)
      continue;
    return g_strcmp0 (room->kind, "equipment") == 0
               ? g_strdup_printf (_ ("%s is taken at this time. Choose another time."), room->name)
               : g_strdup_printf (_ ("Room %s is taken at this time. Choose another time or another room."),
                                  room->name);
  }
  return g_strdup (_ ("A room that this visit needs is taken at this time. Choose another time."));
}

static char *
describe_gone (const CrDay *day, const char *clinician)
{
  const GPtrArray *people = day->rules != NULL ? day->rules->people : NULL;
  for (guint i = 0; people != NULL && i < people->len; i++) {
    const CrPerson *person = people->pdata[i];
    if (person->id == day->person_id && person->active)
      return g_strdup_printf (_ ("%s has no column in the book. Choose somebody else."), clinician);
  }
  return g_strdup_printf (_ ("%s no longer works here. Choose somebody else."), clinician);
}

/* ---- public ---- */

char *
cr_place_sentence (CrPlace place, const CrDay *day, const CrWish *wish, const char *clinician)
{
  CrSpan wanted = cr_wish_span (wish);
  switch (place) {
  case CR_PLACE_NO_TIME:
    return describe_no_time (day, wish);
  case CR_PLACE_GONE:
    return describe_gone (day, clinician);
  case CR_PLACE_CLOSED:
    return describe_closed (day, wanted, clinician);
  case CR_PLACE_OUTSIDE:
    return describe_outside (day, clinician);
  case CR_PLACE_BLOCKED:
    return describe_blocked (day, wanted, clinician);
  case CR_PLACE_NOT_TYPE:
    return describe_not_type (day, wish, clinician);
  case CR_PLACE_LATE:
    return describe_late (day, wish);
  case CR_PLACE_LIMIT:
    return describe_limit (day, clinician);
  case CR_PLACE_ROOM:
    return describe_room (day, wish);
  case CR_PLACE_OVERLAP:
    return describe_overlap (wanted, clinician);
  case CR_PLACE_PATIENT_BUSY:
    return g_strdup (
        _ ("The patient has another visit at this time. Choose another time, or move that visit."));
  case CR_PLACE_SAME_DAY:
    return g_strdup (_ ("The patient has another visit on this day. Book a second one?"));
  case CR_PLACE_PAST:
    return describe_past (day, wish);
  case CR_PLACE_LONG_PAST:
    return describe_long_past (day, wish);
  case CR_PLACE_TOO_FAR:
    return g_strdup (_ ("This is more than 18 months ahead. Check the year, or book all the same."));
  case CR_PLACE_OK:
  default:
    return NULL;
  }
}

char *
cr_places_sentence (guint places, const CrDay *day, const CrWish *wish, const char *clinician)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (cr_places_hard (places) != 0)
    return cr_place_sentence (cr_places_first (places), day, wish, clinician);
  for (CrPlace place = CR_PLACE_GONE; place < CR_N_PLACES; place++) {
    g_autofree char *sentence = NULL;
    if ((places & CR_PLACE_BIT (place)) == 0)
      continue;
    sentence = cr_place_sentence (place, day, wish, clinician);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
