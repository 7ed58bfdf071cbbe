#include "chartroom/domain/record-classes.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/backup.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/merge.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"
#include "chartroom/domain/referral.h"

const CrRecordClass *const CR_ALL_CLASSES[] = {
  &CR_PRACTICE,
  &CR_PERSON,
  &CR_PERSON_KEY,
  &CR_ROOM,
  &CR_VISIT_TYPE,
  &CR_VISIT_TYPE_PERSON,
  &CR_VISIT_TYPE_NEED,
  &CR_HOURS,
  &CR_SCHEDULE_EXCEPTION,
  &CR_PREFERENCE,
  &CR_CODE,
  &CR_CONTACT,
  &CR_PATIENT,
  &CR_PATIENT_NAME,
  &CR_CONTACT_POINT,
  &CR_RELATED_PERSON,
  &CR_DOCUMENT,
  &CR_COVERAGE,
  &CR_CONSENT,
  &CR_DIRECTIVE,
  &CR_SERIES,
  &CR_APPOINTMENT,
  &CR_ENCOUNTER,
  &CR_APPOINTMENT_RESOURCE,
  &CR_WAIT_ENTRY,
  &CR_CONTACT_ATTEMPT,
  &CR_BOOK_STEP,
  &CR_DUPLICATE_ANSWER,
  &CR_PATIENT_MERGE,
  &CR_MERGE_ITEM,
  &CR_NOTE,
  &CR_ADDENDUM,
  &CR_PROBLEM,
  &CR_ALLERGY,
  &CR_OBSERVATION,
  &CR_IMMUNIZATION,
  &CR_PROCEDURE,
  &CR_FAMILY_HISTORY,
  &CR_SOCIAL_HISTORY,
  &CR_PRESCRIPTION,
  &CR_MEDICATION,
  &CR_REFERRAL,
  &CR_REFERRAL_EVENT,
  &CR_PACKET,
  &CR_TASK,
  &CR_BACKUP_TARGET,
  &CR_BACKUP,
  NULL,
};

const CrRecordClass *
cr_record_class_find (const char *name)
{
  for (guint i = 0; CR_ALL_CLASSES[i] != NULL; i++)
    if (g_str_equal (CR_ALL_CLASSES[i]->name, name))
      return CR_ALL_CLASSES[i];
  return NULL;
}
