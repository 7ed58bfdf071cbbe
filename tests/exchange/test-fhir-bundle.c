/* A small invented household, field by field. */
#include <math.h>
#include <string.h>
#include "fhir-test.h"

static CrFhirBundle *
household (void)
{
  gsize length;
  g_autofree char *text = fhir_fixture ("household.json", &length);
  return fhir_read_text (text, (gssize)length);
}

/* Instant so many milliseconds after 2026-03-03 00:00 UTC. */
static CrInstant
march_3 (gint64 milliseconds)
{
  return G_GINT64_CONSTANT (1772496000000000) + milliseconds * 1000;
}

static void
test_counts (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  static const struct {
    const char *type;
    guint in_file, read, records;
  } rows[] = { { "AllergyIntolerance", 2, 1, 1 },
               { "Claim", 2, 0, 0 },
               { "Condition", 1, 1, 1 },
               { "Coverage", 1, 1, 1 },
               { "DiagnosticReport", 2, 2, 3 },
               { "DocumentReference", 1, 1, 1 },
               { "Encounter", 1, 1, 1 },
               { "Immunization", 1, 1, 1 },
               { "MedicationRequest", 1, 1, 1 },
               { "MedicationStatement", 1, 1, 1 },
               { "Observation", 4, 3, 4 },
               { "Organization", 1, 1, 1 },
               { "Patient", 1, 1, 6 },
               { "Practitioner", 1, 1, 1 },
               { "PractitionerRole", 1, 1, 0 },
               { "Procedure", 1, 1, 1 } };
  g_assert_cmpstr (bundle->type, ==, "transaction");
  g_assert_cmpuint (bundle->findings->len, ==, 0);
  g_assert_cmpuint (bundle->counts->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const CrReadCount *count = g_ptr_array_index (bundle->counts, i);
    g_assert_cmpstr (count->type, ==, rows[i].type);
    g_assert_cmpuint (count->in_file, ==, rows[i].in_file);
    g_assert_cmpuint (count->read, ==, rows[i].read);
    g_assert_cmpuint (count->records, ==, rows[i].records);
  }
  const CrReadReason *why = g_ptr_array_index (fhir_count_of (bundle, "Claim")->reasons, 0);
  g_assert_cmpstr (why->text, ==, "not imported (Claim)");
  g_assert_cmpuint (why->n, ==, 2);
}

static void
test_patient (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrPatient *p = fhir_expect (bundle, "urn:uuid:pat-1", &CR_PATIENT);
  g_assert_cmpstr (p->family, ==, "Examplová42");
  g_assert_cmpstr (p->given, ==, "Testina");
  g_assert_cmpstr (p->middle, ==, "Zoë Ann");
  g_assert_cmpstr (p->suffix, ==, "III");
  g_assert_cmpstr (p->preferred, ==, "Tessie");
  g_assert_cmpint (cr_date_compare (p->birth_date, CR_DATE (1961, 3, 14)), ==, 0);
  g_assert_cmpint (p->birth_order, ==, 2);
  g_assert_cmpint (p->sex, ==, CR_SEX_FEMALE);
  g_assert_cmpstr (p->sex_documents, ==, NULL);
  g_assert_cmpstr (p->pronouns, ==, "she/her");
  g_assert_false (cr_date_is_set (p->death_date));
  g_assert_cmpstr (p->address, ==, "12 Elm St");
  g_assert_cmpstr (p->state, ==, "OR");
  g_assert_cmpstr (p->zip, ==, "97301");
  g_assert_cmpstr (p->phone, ==, "5035550142");
  g_assert_cmpstr (p->phone_use, ==, "mobile");
  g_assert_cmpstr (p->email, ==, "tessie@example.org");
  g_assert_cmpstr (p->language, ==, "es");
  g_assert_cmpstr (p->interpreter, ==, "es");
  g_assert_cmpint (p->allergy_status, ==, CR_ALLERGY_KNOWN);
  g_assert_cmpstr (p->mrn, ==, NULL);
}

static void
test_around_the_patient (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrPatientName *maiden = fhir_expect (bundle, "urn:uuid:pat-1#name[0]", &CR_PATIENT_NAME);
  g_assert_cmpstr (maiden->use, ==, "maiden");
  g_assert_cmpstr (maiden->family, ==, "Pretend");
  const CrContactPoint *work = fhir_expect (bundle, "urn:uuid:pat-1#telecom[1]", &CR_CONTACT_POINT);
  g_assert_cmpstr (work->value, ==, "503-555-0143 x7"); /* digits alone would dial another number */
  const CrContactPoint *gone = fhir_expect (bundle, "urn:uuid:pat-1#address[0]", &CR_CONTACT_POINT);
  g_assert_cmpstr (gone->value, ==, "9 Gone Street, Elsewhere");
  g_assert_cmpstr (gone->use, ==, "old");
  const CrRelatedPerson *sister = fhir_expect (bundle, "urn:uuid:pat-1#contact[0]", &CR_RELATED_PERSON);
  g_assert_cmpstr (sister->name, ==, "Petra Pretend");
  g_assert_cmpstr (sister->relationship, ==, "sister, Emergency contact");
  g_assert_true (sister->emergency && !sister->next_of_kin);
  const CrCoverage *coverage = fhir_expect (bundle, "urn:uuid:cov-1", &CR_COVERAGE);
  g_assert_cmpstr (coverage->payer, ==, "Pretend Mutual");
  g_assert_cmpstr (coverage->plan, ==, "Silver pretend");
  g_assert_cmpstr (coverage->group_id, ==, "G-1");
  g_assert_cmpstr (coverage->member_id, ==, "PM-0007");
  g_assert_cmpint (coverage->rank, ==, 2);
  for (guint i = 0; i < bundle->items->len; i++) {
    const CrFhirItem *item = g_ptr_array_index (bundle->items, i);
    if (item->patient != NULL)
      g_assert_cmpstr (item->patient, ==, "urn:uuid:pat-1");
  }
}

static void
test_contacts (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrContact *clinic = fhir_expect (bundle, "urn:uuid:org-1", &CR_CONTACT);
  g_assert_cmpstr (clinic->kind, ==, "practice");
  g_assert_cmpstr (clinic->organization, ==, "Invented Hill Clinic");
  g_assert_cmpstr (clinic->address, ==, "1 Made-up Road, Floor 2");
  g_assert_cmpstr (clinic->phone, ==, "5035550100");
  g_assert_cmpstr (clinic->fax, ==, "5035550101");
  g_assert_cmpstr (clinic->npi, ==, "1234567893");
  const CrContact *doctor = fhir_expect (bundle, "urn:uuid:prac-1", &CR_CONTACT);
  g_assert_cmpstr (doctor->family, ==, "Fictive");
  g_assert_cmpstr (doctor->given, ==, "Dora Q.");
  g_assert_cmpstr (doctor->credentials, ==, "MD");
  g_assert_cmpstr (doctor->organization, ==, "Invented Hill Clinic");
  g_assert_cmpstr (doctor->specialty, ==, "Imaginary medicine");
  g_assert_true (doctor->active);
}

static void
test_visit_and_problem (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrEncounter *visit = fhir_expect (bundle, "urn:uuid:enc-1", &CR_ENCOUNTER);
  g_assert_cmpstr (visit->kind, ==, "Follow-up (Emergency)");
  g_assert_cmpstr (visit->status, ==, "finished");
  g_assert_cmpint (cr_date_compare (visit->date, CR_DATE (2026, 3, 2)), ==,
                   0); /* the day at its own offset */
  g_assert_cmpint (visit->arrived_at, ==, march_3 ((4 * 60 + 30) * 60 * 1000));
  g_assert_cmpint (visit->checked_out_at, ==, march_3 ((5 * 60 + 15) * 60 * 1000 + 30250));
  g_assert_cmpstr (visit->reason, ==, "Hypertensive disorder");
  g_assert_cmpstr (visit->place, ==, "Invented Hill Clinic, Dora Q. Fictive, MD");
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:enc-1")->practitioner, ==, "urn:uuid:prac-1");
  const CrProblem *problem = fhir_expect (bundle, "urn:uuid:cond-1", &CR_PROBLEM);
  g_assert_cmpstr (problem->code, ==, "I10");
  g_assert_cmpstr (problem->system, ==, "icd10cm");
  g_assert_cmpstr (problem->display, ==, "Hypertensive disorder");
  g_assert_cmpint (problem->status, ==, CR_PROBLEM_ACTIVE);
  g_assert_cmpint (problem->onset.year, ==, 1998);
  g_assert_cmpint (problem->onset.month, ==, 6);
  g_assert_cmpint (problem->onset.day, ==, 0);
  g_assert_cmpint (problem->recorded_at, ==, G_GINT64_CONSTANT (1577934245) * G_USEC_PER_SEC);
  g_assert_cmpstr (problem->note, ==, "Invented for a test.");
}

static void
test_medications (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrMedication *ordered = fhir_expect (bundle, "urn:uuid:med-a", &CR_MEDICATION);
  g_assert_cmpstr (ordered->drug_code, ==, "rxnorm:314077");
  g_assert_cmpstr (ordered->display, ==, "lisinopril 20 MG Oral Tablet");
  g_assert_cmpstr (ordered->sig.other, ==, "0.50 tablet, by mouth, 2 times a day, as needed");
  g_assert_cmpstr (ordered->indication, ==, "Hypertensive disorder");
  g_assert_cmpint (ordered->status, ==, CR_MED_ACTIVE);
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:med-a")->encounter, ==, "urn:uuid:enc-1");
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:med-a")->practitioner, ==, "urn:uuid:prac-1");
  const CrMedication *stated = fhir_expect (bundle, "urn:uuid:med-b", &CR_MEDICATION);
  g_assert_cmpstr (stated->drug_code, ==, NULL);
  g_assert_cmpstr (stated->display, ==, "Pretendazole 5 mg capsule");
  g_assert_cmpstr (stated->sig.other, ==, "One capsule at night");
  g_assert_cmpint (stated->status, ==, CR_MED_COMPLETED);
  g_assert_cmpint (stated->started.year, ==, 2024);
  g_assert_cmpint (stated->started.month, ==, 0);
  g_assert_cmpint (stated->stopped.month, ==, 2);
}

static void
test_allergies (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrAllergy *allergy = fhir_expect (bundle, "urn:uuid:all-1", &CR_ALLERGY);
  g_assert_cmpstr (allergy->substance, ==, "penicillin G");
  g_assert_cmpstr (allergy->code, ==, NULL); /* not a key of the knowledge base: never looks checked */
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:all-1")->system, ==, "rxnorm");
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:all-1")->code, ==, "7980");
  g_assert_cmpstr (allergy->reactions, ==, "rash and nausea, anaphylaxis");
  g_assert_cmpstr (allergy->severity, ==, "severe");
  g_assert_cmpstr (allergy->criticality, ==, "high");
  g_assert_cmpstr (allergy->certainty, ==, "confirmed");
  g_assert_null (fhir_item (bundle, "urn:uuid:all-2"));
}

static void
test_observations (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrObservation *systolic = fhir_expect (bundle, "urn:uuid:obs-bp#component[0]", &CR_OBSERVATION);
  const CrObservation *diastolic = fhir_expect (bundle, "urn:uuid:obs-bp#component[1]", &CR_OBSERVATION);
  g_assert_cmpstr (systolic->value, ==, "128");
  g_assert_cmpstr (systolic->code, ==, "8480-6");
  g_assert_cmpstr (systolic->panel, ==, "Blood pressure");
  g_assert_cmpint (systolic->kind, ==, CR_OBS_VITAL);
  g_assert_cmpstr (systolic->method, ==, "left arm");
  g_assert_cmpstr (diastolic->value, ==, "8.40e1");
  g_assert_cmpfloat (diastolic->number, ==, 84);
  g_assert_cmpint (systolic->taken_at, ==, march_3 ((4 * 60 + 35) * 60 * 1000));
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:obs-bp#component[0]")->panel, ==, "urn:uuid:obs-bp");
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:obs-bp#component[1]")->panel, ==, "urn:uuid:obs-bp");
  const CrObservation *potassium = fhir_expect (bundle, "urn:uuid:obs-k", &CR_OBSERVATION);
  g_assert_cmpstr (potassium->value, ==, "5.60");
  g_assert_cmpstr (potassium->comparator, ==, ">");
  g_assert_cmpstr (potassium->unit, ==, "mmol/L");
  g_assert_cmpstr (potassium->range, ==, "3.5–5.0");
  g_assert_cmpstr (potassium->flag, ==, "HH");
  g_assert_cmpint (potassium->status, ==, CR_OBS_CORRECTED);
  g_assert_cmpint (potassium->kind, ==, CR_OBS_LAB);
  g_assert_cmpstr (potassium->performer, ==, "Pretend Labs");
  g_assert_cmpstr (potassium->panel, ==, "Basic pretend panel");
  g_assert_cmpint (potassium->taken_at, ==, march_3 (-36 * 3600 * 1000));
  g_assert_cmpstr (potassium->method, ==, NULL);
  const CrObservation *smoking = fhir_expect (bundle, "urn:uuid:obs-smoke", &CR_OBSERVATION);
  g_assert_cmpstr (smoking->value, ==, "Never smoked");
  g_assert_cmpstr (smoking->code, ==, "sct:229819007");
  g_assert_true (isnan (smoking->number));
  g_assert_cmpstr (smoking->method, ==, "dated 2015-10");
}

static void
test_documents (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrDocument *conclusion = fhir_expect (bundle, "urn:uuid:rep-1", &CR_DOCUMENT);
  g_assert_cmpstr (conclusion->text, ==, "Potassium high; repeat.");
  const CrDocument *letter = fhir_expect (bundle, "urn:uuid:rep-2#presentedForm[0]", &CR_DOCUMENT);
  g_assert_cmpstr (letter->text, ==, "Dear colleague,\nall is well.");
  g_assert_cmpstr (letter->title, ==, "Letter");
  g_assert_cmpint (cr_date_compare (letter->dated, CR_DATE (2026, 2, 1)), ==, 0);
  const CrDocument *scan = fhir_expect (bundle, "urn:uuid:rep-2#presentedForm[1]", &CR_DOCUMENT);
  g_assert_cmpstr (scan->mime, ==, "application/pdf");
  g_assert_cmpstr (scan->title, ==, "Scan");
  g_assert_cmpint (scan->bytes, ==, 9);
  GBytes *content = fhir_item (bundle, "urn:uuid:rep-2#presentedForm[1]")->content;
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), "%PDF-1.4\n", 9);
  const CrDocument *note = fhir_expect (bundle, "urn:uuid:doc-1", &CR_DOCUMENT);
  g_assert_cmpstr (note->text, ==, "Well today\n2 < 3");
  g_assert_cmpstr (note->title, ==, "History and physical");
  g_assert_cmpstr (fhir_item (bundle, "urn:uuid:doc-1")->encounter, ==, "urn:uuid:enc-1");
}

static void
test_immunization_and_procedure (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  const CrImmunization *flu = fhir_expect (bundle, "urn:uuid:imm-1", &CR_IMMUNIZATION);
  g_assert_cmpstr (flu->code, ==, "140");
  g_assert_cmpstr (flu->lot, ==, "L0T");
  g_assert_cmpstr (flu->site, ==, "left deltoid");
  g_assert_cmpint (cr_date_compare (flu->given_on, CR_DATE (2025, 10, 1)), ==, 0);
  const CrProcedure *procedure = fhir_expect (bundle, "urn:uuid:proc-1", &CR_PROCEDURE);
  g_assert_cmpstr (procedure->system, ==, "sct");
  g_assert_cmpstr (procedure->status, ==, "completed");
  g_assert_cmpint (cr_date_compare (procedure->performed_on, CR_DATE (2019, 5, 6)), ==, 0);
}

/* Whoever stores items in order finds what they refer to already stored. */
static void
test_order (void)
{
  g_autoptr (CrFhirBundle) bundle = household ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < bundle->items->len; i++) {
    const CrFhirItem *item = g_ptr_array_index (bundle->items, i);
    g_assert_true (item->patient == NULL || g_hash_table_contains (seen, item->patient));
    g_assert_true (item->encounter == NULL || g_hash_table_contains (seen, item->encounter));
    g_assert_true (item->practitioner == NULL || g_hash_table_contains (seen, item->practitioner));
    g_hash_table_add (seen, item->source);
  }
}

static void
test_same_bytes_same_items (void)
{
  g_autoptr (CrFhirBundle) one = household (), two = household ();
  g_assert_cmpuint (one->items->len, ==, two->items->len);
  for (guint i = 0; i < one->items->len; i++) {
    const CrFhirItem *a = g_ptr_array_index (one->items, i), *b = g_ptr_array_index (two->items, i);
    g_assert_cmpstr (a->source, ==, b->source);
    g_assert_true (cr_record_equal (a->klass, a->record, b->record));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/fhir/counts", test_counts);
  g_test_add_func ("/exchange/fhir/patient", test_patient);
  g_test_add_func ("/exchange/fhir/around-the-patient", test_around_the_patient);
  g_test_add_func ("/exchange/fhir/contacts", test_contacts);
  g_test_add_func ("/exchange/fhir/visit-and-problem", test_visit_and_problem);
  g_test_add_func ("/exchange/fhir/medications", test_medications);
  g_test_add_func ("/exchange/fhir/allergies", test_allergies);
  g_test_add_func ("/exchange/fhir/observations", test_observations);
  g_test_add_func ("/exchange/fhir/documents", test_documents);
  g_test_add_func ("/exchange/fhir/immunization-and-procedure", test_immunization_and_procedure);
  g_test_add_func ("/exchange/fhir/order", test_order);
  g_test_add_func ("/exchange/fhir/same-bytes-same-items", test_same_bytes_same_items);
  return g_test_run ();
}
