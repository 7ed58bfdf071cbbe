#include "chartroom/domain/practice.h"
#include "fields.h"

const char *const CR_EXCEPTION_CODES[] = { "closed", "blocked", "extra", NULL };

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
};
CR_DEFINE_RECORD (CR_PRACTICE, CrPractice, "practice", PRACTICE_FIELDS, FALSE)

static const CrField ROOM_FIELDS[] = {
  CR_FIELDS_HEAD (CrRoom),
  CR_FIELD (CrRoom, TEXT, name),
  CR_FIELD (CrRoom, INT, position),
  CR_FIELD (CrRoom, BOOL, active),
};
CR_DEFINE_RECORD (CR_ROOM, CrRoom, "room", ROOM_FIELDS, FALSE)

static const CrField VISIT_TYPE_FIELDS[] = {
  CR_FIELDS_HEAD (CrVisitType),          CR_FIELD (CrVisitType, TEXT, code),
  CR_FIELD (CrVisitType, TEXT, name),    CR_FIELD (CrVisitType, INT, minutes),
  CR_FIELD (CrVisitType, INT, position), CR_FIELD (CrVisitType, BOOL, active),
};
CR_DEFINE_RECORD (CR_VISIT_TYPE, CrVisitType, "visit_type", VISIT_TYPE_FIELDS, FALSE)

static const CrField HOURS_FIELDS[] = {
  CR_FIELDS_HEAD (CrHours),           CR_FIELD (CrHours, ID, person_id), CR_FIELD (CrHours, INT, weekday),
  CR_FIELD (CrHours, INT, start_min), CR_FIELD (CrHours, INT, end_min),  CR_FIELD (CrHours, DATE, valid_from),
  CR_FIELD (CrHours, DATE, valid_to),
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
