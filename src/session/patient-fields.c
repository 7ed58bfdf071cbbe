#include "patient-fields.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/domain/patient-rules.h"
#include <glib/gi18n.h>

const char *const CR_PATIENT_PROPERTIES[CR_PATIENT_N_FIELDS] = {
  [CR_PATIENT_FAMILY] = "family",
  [CR_PATIENT_GIVEN] = "given",
  [CR_PATIENT_MIDDLE] = "middle",
  [CR_PATIENT_PREFERRED] = "preferred",
  [CR_PATIENT_BIRTH_DATE] = "birth-date",
  [CR_PATIENT_SEX] = "sex",
  [CR_PATIENT_PHONE] = "phone",
  [CR_PATIENT_PHONE_USE] = "phone-use",
  [CR_PATIENT_EMAIL] = "email",
  [CR_PATIENT_ADDRESS] = "address",
  [CR_PATIENT_CITY] = "city",
  [CR_PATIENT_STATE] = "state",
  [CR_PATIENT_ZIP] = "zip",
  [CR_PATIENT_PRONOUNS] = "pronouns",
  [CR_PATIENT_GENDER_IDENTITY] = "gender-identity",
  [CR_PATIENT_LANGUAGE] = "language",
  [CR_PATIENT_INTERPRETER] = "interpreter",
  [CR_PATIENT_ACCESS_NEEDS] = "access-needs",
  [CR_PATIENT_CONTACT_PREFERENCE] = "contact-preference",
  [CR_PATIENT_PAYER] = "payer",
  [CR_PATIENT_MEMBER_ID] = "member-id",
  [CR_PATIENT_EMERGENCY_NAME] = "emergency-name",
  [CR_PATIENT_EMERGENCY_PHONE] = "emergency-phone",
  [CR_PATIENT_REFERRED_BY] = "referred-by",
  [CR_PATIENT_SUFFIX] = "suffix",
  [CR_PATIENT_SEX_DOCUMENTS] = "sex-documents",
  [CR_PATIENT_CONTACT_BY] = "contact-by",
  [CR_PATIENT_PREFERRED_DAYS] = "preferred-days",
  [CR_PATIENT_USUAL_PERSON] = "usual-person",
  [CR_PATIENT_DEATH_DATE] = "death-date",
  [CR_PATIENT_NO_GIVEN] = "no-given",
  [CR_PATIENT_NO_VOICE_MAIL] = "no-voice-mail",
  [CR_PATIENT_NO_MAIL] = "no-mail",
  [CR_PATIENT_NO_TEXT] = "no-text",
  [CR_PATIENT_NO_EMAIL] = "no-email",
};

static gboolean
says_none (const char *typed)
{
  g_autofree char *folded = cr_text_fold (typed);
  g_autofree char *ours = cr_text_fold (_ ("none"));
  return g_str_equal (folded, "none") || g_str_equal (folded, ours);
}

static gboolean
read_birth (const char *typed, CrDate today, CrDateReading *out, GError **error)
{
  return cr_date_parse (typed, today, CR_DATE_BIRTH, CR_DATE_NONE, out, error);
}

static char *
choice_of_two (const CrDateReading *reading)
{
  g_autofree char *one = cr_date_format (reading->date);
  g_autofree char *two = cr_date_format (reading->other);
  return g_strdup_printf (_ ("This can be %s or %s. Type the year with four digits."), one, two);
}

static char *
birth_problem (const char *typed, CrDate today)
{
  g_autoptr (GError) error = NULL;
  CrDateReading reading;
  if (cr_text_is_blank (typed))
    return g_strdup (_ ("Enter the birth date, or ? when it is not known."));
  if (!read_birth (typed, today, &reading, &error))
    return g_strdup (error->message);
  if (cr_date_is_set (reading.other))
    return choice_of_two (&reading);
  return cr_birth_problem (reading.date, today);
}

static char *
birth_question (const char *typed, CrDate today)
{
  CrDateReading reading;
  if (cr_text_is_blank (typed) || !read_birth (typed, today, &reading, NULL) ||
      cr_date_is_set (reading.other))
    return NULL;
  return cr_birth_question (reading.date, today);
}

/* Nothing typed: absent, and fine. */
static gboolean
read_death (const char *typed, CrDate today, CrDateReading *out, GError **error)
{
  *out = (CrDateReading){ 0 };
  return cr_text_is_blank (typed) || cr_date_parse (typed, today, CR_DATE_PAST, CR_DATE_NONE, out, error);
}

static char *
death_problem (char *const *typed, CrDate today)
{
  g_autoptr (GError) error = NULL;
  CrDateReading death, birth;
  if (!read_death (typed[CR_PATIENT_DEATH_DATE], today, &death, &error))
    return g_strdup (error->message);
  if (cr_date_is_set (death.other))
    return choice_of_two (&death);
  if (death.unknown)
    return g_strdup (_ ("Type the year when more is not known."));
  if (cr_text_is_blank (typed[CR_PATIENT_BIRTH_DATE]) ||
      !read_birth (typed[CR_PATIENT_BIRTH_DATE], today, &birth, NULL))
    birth.date = CR_DATE_NONE;
  return cr_death_problem (death.date, birth.date, today);
}

char *
cr_patient_death_question (const char *typed, CrDate last_seen, CrDate today)
{
  CrDateReading death;
  return read_death (typed, today, &death, NULL) ? cr_death_question (death.date, last_seen) : NULL;
}

/* Whose only name was stored as the given one keeps it there. */
static char *
family_problem (char *const *typed, const CrPatient *stored)
{
  gboolean given_only =
      stored != NULL && cr_str_empty (stored->family) && !cr_text_is_blank (typed[CR_PATIENT_GIVEN]);
  if (cr_text_is_blank (typed[CR_PATIENT_FAMILY]) && !given_only)
    return g_strdup (_ ("Enter the family name. Of somebody with one name only, enter that one here."));
  return cr_name_problem (typed[CR_PATIENT_FAMILY]);
}

/* A name that nobody knows is said to be none; what was only forgotten is asked for. */
static char *
given_problem (char *const *typed)
{
  if (cr_text_is_blank (typed[CR_PATIENT_GIVEN]) && !cr_text_is_blank (typed[CR_PATIENT_FAMILY]) &&
      *typed[CR_PATIENT_NO_GIVEN] == '\0')
    return g_strdup (_ ("Enter the given name, or tick “No given name”."));
  return cr_name_problem (typed[CR_PATIENT_GIVEN]);
}

static char *
phone_problem (char *const *typed)
{
  const char *phone = typed[CR_PATIENT_PHONE];
  if (says_none (phone))
    return NULL;
  if (cr_text_is_blank (phone) && cr_text_is_blank (typed[CR_PATIENT_EMAIL]) &&
      cr_text_is_blank (typed[CR_PATIENT_ADDRESS]))
    return g_strdup (_ ("Enter a phone number, or “none”."));
  return cr_phone_problem (phone);
}

static char *
member_problem (char *const *typed)
{
  if (cr_text_is_blank (typed[CR_PATIENT_PAYER]) || !cr_text_is_blank (typed[CR_PATIENT_MEMBER_ID]))
    return NULL;
  return g_strdup (_ ("Enter the number on the insurance card."));
}

static char *
contact_by_problem (char *const *typed)
{
  CrPatient said = { .contact_preference = typed[CR_PATIENT_CONTACT_PREFERENCE],
                     .no_mail = *typed[CR_PATIENT_NO_MAIL] != '\0',
                     .no_text = *typed[CR_PATIENT_NO_TEXT] != '\0',
                     .no_email = *typed[CR_PATIENT_NO_EMAIL] != '\0' };
  return g_strdup (cr_contact_by_problem (typed[CR_PATIENT_CONTACT_BY], &said));
}

static char *
plain_problem (const char *typed)
{
  return cr_text_is_clean (typed) && !cr_text_has_turns (typed)
             ? NULL
             : g_strdup (_ ("This contains characters that cannot be printed."));
}

int
cr_patient_field_of (const char *property)
{
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++)
    if (g_strcmp0 (CR_PATIENT_PROPERTIES[i], property) == 0)
      return i;
  return -1;
}

char *
cr_patient_field_problem (char *const *typed, const CrPatient *stored, CrPatientFieldId field, CrDate today)
{
  const char *text = typed[field];
  switch (field) {
  case CR_PATIENT_FAMILY:
    return family_problem (typed, stored);
  case CR_PATIENT_GIVEN:
    return given_problem (typed);
  case CR_PATIENT_MIDDLE:
  case CR_PATIENT_SUFFIX:
  case CR_PATIENT_PREFERRED:
  case CR_PATIENT_EMERGENCY_NAME:
    return cr_name_problem (text);
  case CR_PATIENT_BIRTH_DATE:
    return birth_problem (text, today);
  case CR_PATIENT_DEATH_DATE:
    return death_problem (typed, today);
  case CR_PATIENT_SEX:
    return *text != '\0' ? NULL : g_strdup (_ ("Choose the sex for clinical use; Unknown is possible."));
  case CR_PATIENT_PHONE:
    return phone_problem (typed);
  case CR_PATIENT_EMERGENCY_PHONE:
    return cr_phone_problem (text);
  case CR_PATIENT_EMAIL:
    return cr_email_problem (text);
  case CR_PATIENT_STATE:
    return cr_state_problem (text);
  case CR_PATIENT_ZIP:
    return cr_zip_problem (text);
  case CR_PATIENT_MEMBER_ID:
    return member_problem (typed);
  case CR_PATIENT_CONTACT_BY:
    return contact_by_problem (typed);
  default:
    return plain_problem (text);
  }
}

/* A middle name is often its first letter alone. */
static char *
middle_question (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  return trimmed != NULL && g_utf8_strlen (trimmed, -1) <= 2 ? NULL : cr_name_question (trimmed);
}

/* Ticks take back nothing that the words beside them still say. */
static char *
preference_question (char *const *typed)
{
  CrPatient said = { .contact_preference = typed[CR_PATIENT_CONTACT_PREFERENCE] };
  if ((cr_patient_no_voice_mail (&said) && *typed[CR_PATIENT_NO_VOICE_MAIL] == '\0') ||
      (cr_patient_no_mail (&said) && *typed[CR_PATIENT_NO_MAIL] == '\0'))
    return g_strdup (_ ("These words forbid what is not ticked above. They hold until they are taken out."));
  return NULL;
}

char *
cr_patient_field_question (char *const *typed, CrPatientFieldId field, CrDate today,
                           const char *practice_phone)
{
  const char *text = typed[field];
  switch (field) {
  case CR_PATIENT_FAMILY:
  case CR_PATIENT_GIVEN:
  case CR_PATIENT_PREFERRED:
  case CR_PATIENT_EMERGENCY_NAME:
    return cr_name_question (text);
  case CR_PATIENT_MIDDLE:
    return middle_question (text);
  case CR_PATIENT_CONTACT_PREFERENCE:
    return preference_question (typed);
  case CR_PATIENT_BIRTH_DATE:
    return birth_question (text, today);
  case CR_PATIENT_PHONE:
  case CR_PATIENT_EMERGENCY_PHONE:
    return cr_phone_question (text, practice_phone);
  case CR_PATIENT_EMAIL:
    return cr_email_question (text);
  case CR_PATIENT_ZIP:
    return cr_zip_question (text, typed[CR_PATIENT_STATE]);
  default:
    return NULL;
  }
}

char *
cr_patient_field_offer (char *const *typed, CrPatientFieldId field)
{
  switch (field) {
  case CR_PATIENT_FAMILY:
  case CR_PATIENT_GIVEN:
  case CR_PATIENT_MIDDLE:
  case CR_PATIENT_PREFERRED:
  case CR_PATIENT_EMERGENCY_NAME:
    return cr_name_offer (typed[field]);
  case CR_PATIENT_EMAIL:
    return cr_email_offer (typed[field]);
  default:
    return NULL;
  }
}

char *
cr_patient_birth_echo (const char *typed, CrDate today)
{
  CrDateReading reading;
  if (cr_text_is_blank (typed) || !read_birth (typed, today, &reading, NULL))
    return g_strdup ("");
  if (reading.unknown)
    return g_strdup (_ ("= Unknown"));
  g_autofree char *date = cr_date_format (reading.date);
  if (cr_date_compare (reading.date, today) > 0)
    return g_strdup_printf ("= %s", date);
  g_autofree char *age = cr_age_format (reading.date, today);
  if (!cr_date_is_set (reading.other))
    return g_strdup_printf ("= %s (%s)", date, age);
  g_autofree char *other = cr_date_format (reading.other);
  g_autofree char *other_age = cr_age_format (reading.other, today);
  return g_strdup_printf (_ ("%s (%s) or %s (%s)?"), date, age, other, other_age);
}

/* ---- to and from the record ---- */

/* Fields that are kept as typed. */
static char **
plain_text_of (CrPatient *p, CrPatientFieldId field)
{
  switch (field) {
  case CR_PATIENT_FAMILY:
    return &p->family;
  case CR_PATIENT_GIVEN:
    return &p->given;
  case CR_PATIENT_MIDDLE:
    return &p->middle;
  case CR_PATIENT_PREFERRED:
    return &p->preferred;
  case CR_PATIENT_PHONE_USE:
    return &p->phone_use;
  case CR_PATIENT_EMAIL:
    return &p->email;
  case CR_PATIENT_ADDRESS:
    return &p->address;
  case CR_PATIENT_CITY:
    return &p->city;
  case CR_PATIENT_PRONOUNS:
    return &p->pronouns;
  case CR_PATIENT_GENDER_IDENTITY:
    return &p->gender_identity;
  case CR_PATIENT_LANGUAGE:
    return &p->language;
  case CR_PATIENT_INTERPRETER:
    return &p->interpreter;
  case CR_PATIENT_ACCESS_NEEDS:
    return &p->access_needs;
  case CR_PATIENT_CONTACT_PREFERENCE:
    return &p->contact_preference;
  case CR_PATIENT_REFERRED_BY:
    return &p->referred_by;
  case CR_PATIENT_SUFFIX:
    return &p->suffix;
  case CR_PATIENT_SEX_DOCUMENTS:
    return &p->sex_documents;
  case CR_PATIENT_CONTACT_BY:
    return &p->contact_by;
  case CR_PATIENT_PREFERRED_DAYS:
    return &p->preferred_days;
  default:
    return NULL;
  }
}

static void
take (char **field, char *text)
{
  g_free (*field);
  *field = cr_str_empty (text) ? NULL : g_strdup (text);
  g_free (text);
}

/* What was never said stays unsaid: a row from before says nothing in its history either. */
static void
take_tick (gint64 *field, const char *typed)
{
  if (*typed != '\0')
    *field = 1;
  else if (*field == 1)
    *field = 0;
}

void
cr_patient_fields_apply (char *const *typed, CrPatient *patient, CrDate today)
{
  CrDateReading reading;
  for (int i = 0; i < CR_PATIENT_N_FIELDS; i++) {
    char **text = plain_text_of (patient, i);
    if (text != NULL)
      take (text, cr_text_trim (typed[i]));
  }
  if (!cr_text_is_blank (typed[CR_PATIENT_BIRTH_DATE]) &&
      read_birth (typed[CR_PATIENT_BIRTH_DATE], today, &reading, NULL))
    patient->birth_date = cr_date_is_set (reading.other) ? CR_DATE_NONE : reading.date;
  if (read_death (typed[CR_PATIENT_DEATH_DATE], today, &reading, NULL))
    patient->death_date = reading.date;
  patient->sex = MAX (cr_code_index (CR_SEX_CODES, typed[CR_PATIENT_SEX]), CR_SEX_UNKNOWN);
  take (&patient->phone, cr_phone_normal (typed[CR_PATIENT_PHONE]));
  take (&patient->state, cr_state_normal (typed[CR_PATIENT_STATE]));
  take (&patient->zip, cr_zip_normal (typed[CR_PATIENT_ZIP]));
  patient->usual_person_id = g_ascii_strtoll (typed[CR_PATIENT_USUAL_PERSON], NULL, 10);
  take_tick (&patient->no_voice_mail, typed[CR_PATIENT_NO_VOICE_MAIL]);
  take_tick (&patient->no_mail, typed[CR_PATIENT_NO_MAIL]);
  take_tick (&patient->no_text, typed[CR_PATIENT_NO_TEXT]);
  take_tick (&patient->no_email, typed[CR_PATIENT_NO_EMAIL]);
}

/* As it may be typed, whatever the display preference. */
static char *
birth_text (CrDate birth)
{
  if (!cr_date_is_set (birth))
    return g_strdup ("?");
  if (!cr_date_is_full (birth))
    return cr_date_format (birth);
  return cr_date_to_iso (birth);
}

static gboolean
is_ticked (const CrPatient *patient, CrPatientFieldId field)
{
  switch (field) {
  case CR_PATIENT_NO_GIVEN:
    return cr_str_empty (patient->given) && !cr_str_empty (patient->family);
  case CR_PATIENT_NO_VOICE_MAIL:
    return cr_patient_no_voice_mail (patient);
  case CR_PATIENT_NO_MAIL:
    return cr_patient_no_mail (patient);
  case CR_PATIENT_NO_TEXT:
    return patient->no_text == 1;
  default:
    return patient->no_email == 1;
  }
}

char *
cr_patient_field_text (const CrPatient *patient, CrPatientFieldId field)
{
  char *const *text = plain_text_of ((CrPatient *)patient, field);
  if (text != NULL)
    return g_strdup (*text != NULL ? *text : "");
  switch (field) {
  case CR_PATIENT_BIRTH_DATE:
    return birth_text (patient->birth_date);
  case CR_PATIENT_DEATH_DATE:
    return cr_date_is_set (patient->death_date) ? birth_text (patient->death_date) : g_strdup ("");
  case CR_PATIENT_SEX:
    return g_strdup (CR_SEX_CODES[patient->sex]);
  case CR_PATIENT_PHONE:
    return patient->phone != NULL ? cr_phone_format (patient->phone) : g_strdup (_ ("none"));
  case CR_PATIENT_STATE:
    return g_strdup (patient->state != NULL ? patient->state : "");
  case CR_PATIENT_ZIP:
    return g_strdup (patient->zip != NULL ? patient->zip : "");
  case CR_PATIENT_USUAL_PERSON:
    return patient->usual_person_id == CR_ID_NONE
               ? g_strdup ("")
               : g_strdup_printf ("%" G_GINT64_FORMAT, patient->usual_person_id);
  default:
    return g_strdup (field >= CR_PATIENT_NO_GIVEN && is_ticked (patient, field) ? "1" : "");
  }
}
