#include "chartroom/domain/book-records.h"
#include "chartroom/base/text.h"
#include "fields.h"
#include <glib/gi18n.h>
#include <string.h>

const char *const CR_SERIES_RULE_CODES[] = { "daily", "weekly", "monthly", "monthly-nth", NULL };
const char *const CR_WAIT_STATUS_CODES[] = { "waitlist", "booked", "cancelled", NULL };
const char *const CR_CONTACT_KIND_CODES[] = { "call", "letter", "card", "other", NULL };
const char *const CR_CONTACT_PURPOSE_CODES[] = {
  "confirm", "reminder", "recall", "phone-note", "other", NULL
};

static const CrField VISIT_TYPE_PERSON_FIELDS[] = {
  CR_FIELDS_HEAD (CrVisitTypePerson),
  CR_FIELD (CrVisitTypePerson, ID, visit_type_id),
  CR_FIELD (CrVisitTypePerson, ID, person_id),
  CR_FIELD (CrVisitTypePerson, BOOL, active),
};
CR_DEFINE_RECORD (CR_VISIT_TYPE_PERSON, CrVisitTypePerson, "visit_type_person", VISIT_TYPE_PERSON_FIELDS,
                  FALSE)

static const CrField VISIT_TYPE_NEED_FIELDS[] = {
  CR_FIELDS_HEAD (CrVisitTypeNeed),         CR_FIELD (CrVisitTypeNeed, ID, visit_type_id),
  CR_FIELD (CrVisitTypeNeed, ID, room_id),  CR_FIELD (CrVisitTypeNeed, INT, choice),
  CR_FIELD (CrVisitTypeNeed, BOOL, active),
};
CR_DEFINE_RECORD (CR_VISIT_TYPE_NEED, CrVisitTypeNeed, "visit_type_need", VISIT_TYPE_NEED_FIELDS, FALSE)

static const CrField APPOINTMENT_RESOURCE_FIELDS[] = {
  CR_FIELDS_HEAD (CrAppointmentResource),
  CR_FIELD (CrAppointmentResource, ID, appointment_id),
  CR_FIELD (CrAppointmentResource, ID, room_id),
  CR_FIELD (CrAppointmentResource, BOOL, active),
};
CR_DEFINE_RECORD (CR_APPOINTMENT_RESOURCE, CrAppointmentResource, "appointment_resource",
                  APPOINTMENT_RESOURCE_FIELDS, FALSE)

static const CrField SERIES_FIELDS[] = {
  CR_FIELDS_HEAD (CrSeries),
  CR_FIELD (CrSeries, ID, patient_id),
  CR_FIELD (CrSeries, ID, person_id),
  CR_FIELD (CrSeries, ID, room_id),
  CR_FIELD (CrSeries, ID, visit_type_id),
  CR_FIELD (CrSeries, INT, start_min),
  CR_FIELD (CrSeries, INT, minutes),
  CR_FIELD (CrSeries, TEXT, reason),
  CR_FIELD_CODED (CrSeries, rule, CR_SERIES_RULE_CODES),
  CR_FIELD (CrSeries, INT, every),
  CR_FIELD (CrSeries, TEXT, weekdays),
  CR_FIELD (CrSeries, INT, month_day),
  CR_FIELD (CrSeries, INT, nth),
  CR_FIELD (CrSeries, INT, weekday),
  CR_FIELD (CrSeries, DATE, start_on),
  CR_FIELD (CrSeries, DATE, until_on),
  CR_FIELD (CrSeries, INT, count),
  CR_FIELD (CrSeries, ID, follows_id),
  CR_FIELD (CrSeries, INSTANT, created_at),
  CR_FIELD (CrSeries, ID, created_by),
};
CR_DEFINE_RECORD (CR_SERIES, CrSeries, "series", SERIES_FIELDS, FALSE)

static const CrField WAIT_ENTRY_FIELDS[] = {
  CR_FIELDS_HEAD (CrWaitEntry),
  CR_FIELD (CrWaitEntry, ID, patient_id),
  CR_FIELD (CrWaitEntry, ID, person_id),
  CR_FIELD (CrWaitEntry, ID, visit_type_id),
  CR_FIELD (CrWaitEntry, INT, minutes),
  CR_FIELD (CrWaitEntry, TEXT, weekdays),
  CR_FIELD (CrWaitEntry, INT, earliest_min),
  CR_FIELD (CrWaitEntry, INT, latest_min),
  CR_FIELD (CrWaitEntry, DATE, earliest_on),
  CR_FIELD (CrWaitEntry, DATE, latest_on),
  CR_FIELD (CrWaitEntry, INT, notice_hours),
  CR_FIELD (CrWaitEntry, INT, priority),
  CR_FIELD (CrWaitEntry, ID, interim_appointment_id),
  CR_FIELD (CrWaitEntry, TEXT, reason),
  CR_FIELD_CODED (CrWaitEntry, status, CR_WAIT_STATUS_CODES),
  CR_FIELD (CrWaitEntry, INSTANT, added_at),
  CR_FIELD (CrWaitEntry, ID, added_by),
  CR_FIELD (CrWaitEntry, ID, appointment_id),
  CR_FIELD (CrWaitEntry, INSTANT, closed_at),
  CR_FIELD (CrWaitEntry, ID, closed_by),
  CR_FIELD (CrWaitEntry, TEXT, closed_how),
};
CR_DEFINE_RECORD (CR_WAIT_ENTRY, CrWaitEntry, "wait_entry", WAIT_ENTRY_FIELDS, FALSE)

static const CrField CONTACT_ATTEMPT_FIELDS[] = {
  CR_FIELDS_HEAD (CrContactAttempt),
  CR_FIELD (CrContactAttempt, ID, patient_id),
  CR_FIELD (CrContactAttempt, ID, appointment_id),
  CR_FIELD_CODED (CrContactAttempt, kind, CR_CONTACT_KIND_CODES),
  CR_FIELD_CODED (CrContactAttempt, purpose, CR_CONTACT_PURPOSE_CODES),
  CR_FIELD (CrContactAttempt, DATE, due_on),
  CR_FIELD (CrContactAttempt, INSTANT, at),
  CR_FIELD (CrContactAttempt, ID, person_id),
  CR_FIELD (CrContactAttempt, TEXT, caller),
  CR_FIELD (CrContactAttempt, TEXT, outcome),
  CR_FIELD (CrContactAttempt, TEXT, note),
};
CR_DEFINE_RECORD (CR_CONTACT_ATTEMPT, CrContactAttempt, "contact_attempt", CONTACT_ATTEMPT_FIELDS, FALSE)

static const CrField BOOK_STEP_FIELDS[] = {
  CR_FIELDS_HEAD (CrBookStep),
  CR_FIELD (CrBookStep, ID, person_id),
  CR_FIELD (CrBookStep, DATE, date),
  CR_FIELD (CrBookStep, INSTANT, made_at),
  CR_FIELD (CrBookStep, TEXT, label),
  CR_FIELD (CrBookStep, INT, first_entry),
  CR_FIELD (CrBookStep, INT, last_entry),
  CR_FIELD (CrBookStep, INSTANT, undone_at),
  CR_FIELD (CrBookStep, ID, undone_by),
};
CR_DEFINE_RECORD (CR_BOOK_STEP, CrBookStep, "book_step", BOOK_STEP_FIELDS, FALSE)

gboolean
cr_weekdays_have (const char *weekdays, int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, FALSE);
  return weekdays == NULL || strchr (weekdays, '0' + weekday) != NULL;
}

char *
cr_weekdays_words (const char *weekdays)
{
  static const char *const NAMES[] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                       N_ ("Fri"), N_ ("Sat"), N_ ("Sun") };
  if (cr_str_empty (weekdays))
    return NULL;
  GString *text = g_string_new (NULL);
  for (int day = 1; day <= (int)G_N_ELEMENTS (NAMES); day++)
    if (cr_weekdays_have (weekdays, day))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (NAMES[day - 1]));
  return g_string_free (text, FALSE);
}
