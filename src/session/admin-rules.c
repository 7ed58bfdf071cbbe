#include "admin-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

enum { DAY_MINUTES = 24 * 60, MAX_IDLE_MINUTES = 15, MAX_FORGET_MINUTES = 720, LAST_WEEKDAY = 7 };

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
check_practice (CrTx *tx, gconstpointer record, GError **error)
{
  const CrPractice *practice = record;
  if (cr_text_is_blank (practice->name))
    return refuse (error, _ ("The practice needs a name."));
  if (practice->idle_minutes != CR_INT_NONE &&
      (practice->idle_minutes < 1 || practice->idle_minutes > MAX_IDLE_MINUTES))
    return refuse (error, _ ("The screen can lock after 1 to 15 minutes."));
  if (practice->forget_minutes != CR_INT_NONE &&
      (practice->forget_minutes < 1 || practice->forget_minutes > MAX_FORGET_MINUTES))
    return refuse (error, _ ("A locked practice can be closed after 1 to 720 minutes."));
  if (!cr_str_empty (practice->zone) && !cr_zone_is_known (practice->zone))
    return refuse (error, _ ("This time zone is not known. Write it as “America/Los_Angeles”."));
  const char *problem = cr_str_empty (practice->npi) ? NULL : cr_npi_problem (practice->npi);
  return problem == NULL || refuse (error, problem);
}

/* The sign-in name is the name of the person's key slot: it stays as it was made. */
static gboolean
check_login (CrTx *tx, const CrPerson *person, GError **error)
{
  if (cr_str_empty (person->login) || strpbrk (person->login, " \t\n/") != NULL)
    return refuse (error, _ ("The sign-in name is one word without blanks."));
  if (person->version == 0)
    return TRUE;
  g_autoptr (CrPerson) stored = cr_tx_load (tx, &CR_PERSON, person->id, error);
  if (stored == NULL)
    return FALSE;
  return g_strcmp0 (stored->login, person->login) == 0 ||
         refuse (error, _ ("A sign-in name cannot be changed. Add the person under the new name instead."));
}

static gboolean
check_person (CrTx *tx, gconstpointer record, GError **error)
{
  const CrPerson *person = record;
  if (!check_login (tx, person, error))
    return FALSE;
  if (cr_text_is_blank (person->family) && cr_text_is_blank (person->given))
    return refuse (error, _ ("The person needs a name."));
  if (person->roles == CR_INT_NONE || person->roles == 0)
    return refuse (error, _ ("Choose at least one role for this person."));
  const char *problem = cr_str_empty (person->npi) ? NULL : cr_npi_problem (person->npi);
  if (problem == NULL && !cr_str_empty (person->dea))
    problem = cr_dea_problem (person->dea, person->family);
  return problem == NULL || refuse (error, problem);
}

static gboolean
check_room (CrTx *tx, gconstpointer record, GError **error)
{
  const CrRoom *room = record;
  return !cr_text_is_blank (room->name) || refuse (error, _ ("The room needs a name or number."));
}

static gboolean
check_visit_type (CrTx *tx, gconstpointer record, GError **error)
{
  const CrVisitType *type = record;
  if (cr_text_is_blank (type->code) || cr_text_is_blank (type->name))
    return refuse (error, _ ("The visit type needs a name and a code, as “Follow-up” and “FU”."));
  return (type->minutes >= 1 && type->minutes <= DAY_MINUTES) ||
         refuse (error, _ ("Say how many minutes this type of visit takes."));
}

static gboolean
check_stretch (gint64 start, gint64 end, GError **error)
{
  return (start >= 0 && start < end && end <= DAY_MINUTES) ||
         refuse (error, _ ("The hours end before they begin. Check both times."));
}

static gboolean
check_hours (CrTx *tx, gconstpointer record, GError **error)
{
  const CrHours *hours = record;
  if (hours->person_id == CR_ID_NONE || hours->weekday < 1 || hours->weekday > LAST_WEEKDAY)
    return refuse (error, _ ("Hours belong to a clinician and a day of the week."));
  return check_stretch (hours->start_min, hours->end_min, error);
}

static gboolean
check_exception (CrTx *tx, gconstpointer record, GError **error)
{
  const CrScheduleException *exception = record;
  if (!cr_date_is_full (exception->date))
    return refuse (error, _ ("Choose the day of the closure or block."));
  gboolean whole_day = exception->kind == CR_EXCEPTION_CLOSED && exception->start_min == CR_INT_NONE &&
                       exception->end_min == CR_INT_NONE;
  return whole_day || check_stretch (exception->start_min, exception->end_min, error);
}

static gboolean
check_contact (CrTx *tx, gconstpointer record, GError **error)
{
  const CrContact *contact = record;
  return !cr_str_empty (contact->family) || !cr_str_empty (contact->organization) ||
         refuse (error, _ ("The contact needs a name or an organization."));
}

gboolean
cr_admin_check_record (CrTx *tx, const CrRecordClass *klass, gconstpointer record, GError **error)
{
  static const struct {
    const CrRecordClass *klass;
    gboolean (*check) (CrTx *tx, gconstpointer record, GError **error);
  } checks[] = {
    { &CR_PRACTICE, check_practice }, { &CR_PERSON, check_person },
    { &CR_ROOM, check_room },         { &CR_VISIT_TYPE, check_visit_type },
    { &CR_HOURS, check_hours },       { &CR_SCHEDULE_EXCEPTION, check_exception },
    { &CR_CONTACT, check_contact },
  };
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (checks[i].klass == klass)
      return checks[i].check (tx, record, error);
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED, _ ("A record of the kind “%s” is not set-up."),
               klass->name);
  return FALSE;
}

gboolean
cr_admin_check_administrators (CrTx *tx, GError **error)
{
  g_autoptr (GPtrArray) people = cr_person_list (tx, error);
  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    const CrPerson *person = people->pdata[i];
    if (person->active && cr_roles_allow (person->roles, CR_RIGHT_ADMIN))
      return TRUE;
  }
  return refuse (error, _ ("Somebody must stay administrator. Give that role to another person first."));
}
