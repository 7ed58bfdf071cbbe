#include "chartroom/domain/patient.h"
#include "chartroom/base/text.h"
#include "fields.h"

const char *const CR_SEX_CODES[] = { "unknown", "female", "male", "other", NULL };
const char *const CR_ALLERGY_STATUS_CODES[] = { "not-recorded", "none-known", "known", "unavailable", NULL };

static const CrField PATIENT_FIELDS[] = {
  CR_FIELDS_HEAD (CrPatient),
  CR_FIELD (CrPatient, TEXT, mrn),
  CR_FIELD (CrPatient, TEXT, family),
  CR_FIELD (CrPatient, TEXT, given),
  CR_FIELD (CrPatient, TEXT, middle),
  CR_FIELD (CrPatient, TEXT, suffix),
  CR_FIELD (CrPatient, TEXT, preferred),
  CR_FIELD (CrPatient, DATE, birth_date),
  CR_FIELD (CrPatient, INT, birth_order),
  CR_FIELD_CODED (CrPatient, sex, CR_SEX_CODES),
  CR_FIELD (CrPatient, TEXT, sex_documents),
  CR_FIELD (CrPatient, TEXT, gender_identity),
  CR_FIELD (CrPatient, TEXT, pronouns),
  CR_FIELD (CrPatient, DATE, death_date),
  CR_FIELD (CrPatient, TEXT, address),
  CR_FIELD (CrPatient, TEXT, city),
  CR_FIELD (CrPatient, TEXT, state),
  CR_FIELD (CrPatient, TEXT, zip),
  CR_FIELD (CrPatient, TEXT, phone),
  CR_FIELD (CrPatient, TEXT, phone_use),
  CR_FIELD (CrPatient, TEXT, email),
  CR_FIELD (CrPatient, TEXT, language),
  CR_FIELD (CrPatient, TEXT, interpreter),
  CR_FIELD (CrPatient, TEXT, access_needs),
  CR_FIELD (CrPatient, TEXT, contact_preference),
  CR_FIELD (CrPatient, ID, usual_person_id),
  CR_FIELD (CrPatient, ID, pharmacy_id),
  CR_FIELD (CrPatient, TEXT, referred_by),
  CR_FIELD_CODED (CrPatient, allergy_status, CR_ALLERGY_STATUS_CODES),
  CR_FIELD (CrPatient, INSTANT, allergy_reviewed_at),
  CR_FIELD (CrPatient, ID, allergy_reviewed_by),
  CR_FIELD (CrPatient, DATE, verified_on),
  CR_FIELD (CrPatient, DATE, registered_on),
  CR_FIELD (CrPatient, ID, merged_into),
  CR_FIELD (CrPatient, BOOL, restricted),
  CR_FIELD (CrPatient, BOOL, demo),
  CR_FIELD (CrPatient, ID, photo_id),
  CR_FIELD (CrPatient, TEXT, source_id),
  CR_FIELD (CrPatient, TEXT, search),
  CR_FIELD (CrPatient, INT, no_voice_mail),
  CR_FIELD (CrPatient, INT, no_mail),
  CR_FIELD (CrPatient, INT, no_text),
  CR_FIELD (CrPatient, TEXT, contact_by),
  CR_FIELD (CrPatient, INT, no_email),
  CR_FIELD (CrPatient, TEXT, preferred_days),
};
CR_DEFINE_RECORD (CR_PATIENT, CrPatient, "patient", PATIENT_FIELDS, FALSE)

const char *const CR_CONTACT_BY[] = { "phone", "text", "email", "mail", NULL };

static const CrField PATIENT_NAME_FIELDS[] = {
  CR_FIELDS_HEAD (CrPatientName),        CR_FIELD (CrPatientName, ID, patient_id),
  CR_FIELD (CrPatientName, TEXT, use),   CR_FIELD (CrPatientName, TEXT, family),
  CR_FIELD (CrPatientName, TEXT, given), CR_FIELD (CrPatientName, DATE, valid_to),
};
CR_DEFINE_RECORD (CR_PATIENT_NAME, CrPatientName, "patient_name", PATIENT_NAME_FIELDS, FALSE)

static const CrField CONTACT_POINT_FIELDS[] = {
  CR_FIELDS_HEAD (CrContactPoint),           CR_FIELD (CrContactPoint, ID, patient_id),
  CR_FIELD (CrContactPoint, TEXT, system),   CR_FIELD (CrContactPoint, TEXT, use),
  CR_FIELD (CrContactPoint, TEXT, value),    CR_FIELD (CrContactPoint, TEXT, note),
  CR_FIELD (CrContactPoint, DATE, valid_to),
};
CR_DEFINE_RECORD (CR_CONTACT_POINT, CrContactPoint, "contact_point", CONTACT_POINT_FIELDS, FALSE)

static const CrField RELATED_PERSON_FIELDS[] = {
  CR_FIELDS_HEAD (CrRelatedPerson),
  CR_FIELD (CrRelatedPerson, ID, patient_id),
  CR_FIELD (CrRelatedPerson, TEXT, relationship),
  CR_FIELD (CrRelatedPerson, TEXT, name),
  CR_FIELD (CrRelatedPerson, TEXT, phone),
  CR_FIELD (CrRelatedPerson, TEXT, address),
  CR_FIELD (CrRelatedPerson, BOOL, next_of_kin),
  CR_FIELD (CrRelatedPerson, BOOL, emergency),
  CR_FIELD (CrRelatedPerson, BOOL, guarantor),
  CR_FIELD (CrRelatedPerson, BOOL, proxy),
  CR_FIELD (CrRelatedPerson, ID, other_patient_id),
  CR_FIELD (CrRelatedPerson, DATE, valid_to),
};
CR_DEFINE_RECORD (CR_RELATED_PERSON, CrRelatedPerson, "related_person", RELATED_PERSON_FIELDS, FALSE)

static const CrField COVERAGE_FIELDS[] = {
  CR_FIELDS_HEAD (CrCoverage),
  CR_FIELD (CrCoverage, ID, patient_id),
  CR_FIELD (CrCoverage, INT, rank),
  CR_FIELD (CrCoverage, TEXT, payer),
  CR_FIELD (CrCoverage, TEXT, plan),
  CR_FIELD (CrCoverage, TEXT, member_id),
  CR_FIELD (CrCoverage, TEXT, group_id),
  CR_FIELD (CrCoverage, TEXT, subscriber),
  CR_FIELD (CrCoverage, TEXT, relationship),
  CR_FIELD (CrCoverage, TEXT, authorization),
  CR_FIELD (CrCoverage, DATE, valid_from),
  CR_FIELD (CrCoverage, DATE, valid_to),
  CR_FIELD (CrCoverage, DATE, verified_on),
  CR_FIELD (CrCoverage, ID, card_front_id),
  CR_FIELD (CrCoverage, ID, card_back_id),
  CR_FIELD (CrCoverage, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_COVERAGE, CrCoverage, "coverage", COVERAGE_FIELDS, FALSE)

static const CrField CONSENT_FIELDS[] = {
  CR_FIELDS_HEAD (CrConsent),           CR_FIELD (CrConsent, ID, patient_id),
  CR_FIELD (CrConsent, TEXT, kind),     CR_FIELD (CrConsent, TEXT, status),
  CR_FIELD (CrConsent, DATE, given_on), CR_FIELD (CrConsent, DATE, expires_on),
  CR_FIELD (CrConsent, TEXT, note),     CR_FIELD (CrConsent, ID, document_id),
};
CR_DEFINE_RECORD (CR_CONSENT, CrConsent, "consent", CONSENT_FIELDS, FALSE)

static const CrField DIRECTIVE_FIELDS[] = {
  CR_FIELDS_HEAD (CrDirective),         CR_FIELD (CrDirective, ID, patient_id),
  CR_FIELD (CrDirective, TEXT, kind),   CR_FIELD (CrDirective, TEXT, text),
  CR_FIELD (CrDirective, DATE, dated),  CR_FIELD (CrDirective, ID, document_id),
  CR_FIELD (CrDirective, BOOL, active),
};
CR_DEFINE_RECORD (CR_DIRECTIVE, CrDirective, "directive", DIRECTIVE_FIELDS, FALSE)

/* Adds each word of the text that is not there yet. */
static void
add_words (GPtrArray *words, const char *text)
{
  g_autofree char *folded = cr_text_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_ptr_array_find_with_equal_func (words, parts[i], g_str_equal, NULL))
      g_ptr_array_add (words, g_strdup (parts[i]));
}

/* "García-López" is found as "garcialopez", "garcia" and "lopez". */
static void
add_name (GPtrArray *words, const char *name)
{
  if (cr_str_empty (name))
    return;
  add_words (words, name);
  g_autofree char *apart = g_strdelimit (g_strdup (name), "-", ' ');
  add_words (words, apart);
}

void
cr_patient_index (CrPatient *p)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *names[] = { p->family, p->given, p->middle, p->preferred };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_name (words, names[i]);
  g_ptr_array_add (words, NULL);
  g_free (p->search);
  p->search = g_strjoinv (" ", (char **)words->pdata);
}

static gboolean
is_in_force (const CrConsent *c, CrDate today)
{
  return g_strcmp0 (c->status, "active") == 0 && cr_date_is_set (c->given_on) &&
         cr_date_compare (c->given_on, today) <= 0 &&
         (!cr_date_is_set (c->expires_on) || cr_date_compare (c->expires_on, today) >= 0);
}

const CrConsent *
cr_consent_to_release (const GPtrArray *consents, CrDate today)
{
  const CrConsent *found = NULL;
  for (guint i = 0; consents != NULL && i < consents->len; i++) {
    const CrConsent *c = consents->pdata[i];
    if (!is_in_force (c, today))
      continue;
    if (g_strcmp0 (c->kind, "part2") == 0)
      return c;
    if (found == NULL && g_strcmp0 (c->kind, "release") == 0)
      found = c;
  }
  return found;
}
