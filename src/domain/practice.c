#include "chartroom/domain/practice.h"
#include "chartroom/domain/book-records.h"
#include "fields.h"

const char *const CR_EXCEPTION_CODES[] = { "closed", "blocked", "extra", NULL };
const char *const CR_TYPE_COLOURS[] = { "blue", "purple", "green", "orange", "teal", "grey", "brown", NULL };
const char *const CR_TYPE_PATTERNS[] = { "solid", "double", "dashed", "dotted", NULL };

static const CrField PRACTICE_FIELDS[] = {
  CR_FIELDS_HEAD (CrPractice),
  CR_FIELD (CrPractice, TEXT, name),
  CR_FIELD (CrPractice, TEXT, address),
  CR_FIELD (CrPractice, TEXT, city),
  CR_FIELD (CrPractice, TEXT, state),
  CR_FIELD (CrPractice, TEXT, zip),
  CR_FIELD (CrPractice, TEXT, phone),
  CR_FIELD (CrPractice, TEXT, fax),
  CR_FIELD (CrPractice, TEXT, back_line),
  CR_FIELD (CrPractice, TEXT, npi),
  CR_FIELD (CrPractice, TEXT, tax_id),
  CR_FIELD (CrPractice, TEXT, zone),
  CR_FIELD (CrPractice, TEXT, date_style),
  CR_FIELD (CrPractice, INT, idle_minutes),
  CR_FIELD (CrPractice, INT, forget_minutes),
  CR_FIELD (CrPractice, INT, late_minutes),
  CR_FIELD (CrPractice, BOOL, demo),
  CR_FIELD (CrPractice, DATE, content_reviewed_on),
  CR_FIELD (CrPractice, ID, content_reviewed_by),
  CR_FIELD (CrPractice, INT, arrived_limit),
  CR_FIELD (CrPractice, INT, roomed_limit),
  CR_FIELD (CrPractice, TEXT, units),
  CR_FIELD (CrPractice, TEXT, hour_style),
  CR_FIELD (CrPractice, ID, logo_id),
};
CR_DEFINE_RECORD (CR_PRACTICE, CrPractice, "practice", PRACTICE_FIELDS, FALSE)

static const CrField ROOM_FIELDS[] = {
  CR_FIELDS_HEAD (CrRoom),         CR_FIELD (CrRoom, TEXT, name), CR_FIELD (CrRoom, INT, position),
  CR_FIELD (CrRoom, BOOL, active), CR_FIELD (CrRoom, TEXT, kind),
};
CR_DEFINE_RECORD (CR_ROOM, CrRoom, "room", ROOM_FIELDS, FALSE)

static const CrField VISIT_TYPE_FIELDS[] = {
  CR_FIELDS_HEAD (CrVisitType),
  CR_FIELD (CrVisitType, TEXT, code),
  CR_FIELD (CrVisitType, TEXT, name),
  CR_FIELD (CrVisitType, INT, minutes),
  CR_FIELD (CrVisitType, INT, position),
  CR_FIELD (CrVisitType, BOOL, active),
  CR_FIELD (CrVisitType, TEXT, colour),
  CR_FIELD (CrVisitType, TEXT, pattern),
  CR_FIELD (CrVisitType, INT, latest_min),
  CR_FIELD (CrVisitType, INT, early_minutes),
};
CR_DEFINE_RECORD (CR_VISIT_TYPE, CrVisitType, "visit_type", VISIT_TYPE_FIELDS, FALSE)

static const CrField HOURS_FIELDS[] = {
  CR_FIELDS_HEAD (CrHours),           CR_FIELD (CrHours, ID, person_id),
  CR_FIELD (CrHours, INT, weekday),   CR_FIELD (CrHours, INT, start_min),
  CR_FIELD (CrHours, INT, end_min),   CR_FIELD (CrHours, DATE, valid_from),
  CR_FIELD (CrHours, DATE, valid_to), CR_FIELD (CrHours, INT, every_weeks),
  CR_FIELD (CrHours, DATE, phase_on),
};
CR_DEFINE_RECORD (CR_HOURS, CrHours, "hours", HOURS_FIELDS, FALSE)

static const CrField SCHEDULE_EXCEPTION_FIELDS[] = {
  CR_FIELDS_HEAD (CrScheduleException),
  CR_FIELD (CrScheduleException, ID, person_id),
  CR_FIELD (CrScheduleException, DATE, date),
  CR_FIELD_CODED (CrScheduleException, kind, CR_EXCEPTION_CODES),
  CR_FIELD (CrScheduleException, INT, start_min),
  CR_FIELD (CrScheduleException, INT, end_min),
  CR_FIELD (CrScheduleException, TEXT, reason),
  CR_FIELD (CrScheduleException, DATE, until_on),
  CR_FIELD (CrScheduleException, TEXT, weekdays),
};
CR_DEFINE_RECORD (CR_SCHEDULE_EXCEPTION, CrScheduleException, "schedule_exception", SCHEDULE_EXCEPTION_FIELDS,
                  FALSE)

static const CrField PREFERENCE_FIELDS[] = {
  CR_FIELDS_HEAD (CrPreference),
  CR_FIELD (CrPreference, ID, person_id),
  CR_FIELD (CrPreference, TEXT, key),
  CR_FIELD (CrPreference, TEXT, value),
};
CR_DEFINE_RECORD (CR_PREFERENCE, CrPreference, "preference", PREFERENCE_FIELDS, FALSE)

static gint64
monday_of (CrDate date)
{
  return (gint64)cr_date_to_days (date) - cr_date_weekday (date);
}

gboolean
cr_hours_on (const CrHours *hours, CrDate date)
{
  if (hours->weekday != cr_date_weekday (date) ||
      (cr_date_is_set (hours->valid_from) && cr_date_compare (date, hours->valid_from) < 0) ||
      (cr_date_is_set (hours->valid_to) && cr_date_compare (date, hours->valid_to) > 0))
    return FALSE;
  return hours->every_weeks <= 1 || !cr_date_is_set (hours->phase_on) || /* also where it is absent */
         (monday_of (date) - monday_of (hours->phase_on)) / 7 % hours->every_weeks == 0;
}

gboolean
cr_schedule_exception_on (const CrScheduleException *exception, CrDate date)
{
  CrDate until = cr_date_is_set (exception->until_on) ? exception->until_on : exception->date;
  return cr_date_compare (exception->date, date) <= 0 && cr_date_compare (date, until) <= 0 &&
         cr_weekdays_have (exception->weekdays, cr_date_weekday (date));
}
