/* References, times, odd patients, directions and attachments, case by case. */
#include <string.h>
#include "fhir-test.h"

#define PATIENT "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Invented\"}]}"
#define SUBJECT "\"subject\":{\"reference\":\"Patient/p\"}"

/* The only finding's path, or NULL when there is none. */
static const char *
only_finding (const CrFhirBundle *bundle)
{
  g_assert_cmpuint (bundle->findings->len, <=, 1);
  return bundle->findings->len == 0 ? NULL : ((CrReadFinding *)g_ptr_array_index (bundle->findings, 0))->path;
}

static const char *
reason_of (const CrFhirBundle *bundle, const char *type)
{
  const CrReadCount *count = fhir_count_of (bundle, type);
  g_assert_nonnull (count);
  g_assert_cmpuint (count->reasons->len, ==, 1);
  return ((CrReadReason *)g_ptr_array_index (count->reasons, 0))->text;
}

static void
test_references (void)
{
  static const struct {
    const char *reference, *key;
  } cases[] = {
    { "Patient/7", "https://a.example/fhir/Patient/7" },
    { "https://a.example/fhir/Patient/7", "https://a.example/fhir/Patient/7" },
    { "Patient/7/_history/3", "https://a.example/fhir/Patient/7" },
    { "Patient/9", "https://a.example/fhir/Patient/9" },
    { "https://b.example/Patient/7", "https://b.example/Patient/7" },
    { "urn:uuid:0", "urn:uuid:0" },
    { "Patient?identifier=x|1", "Patient?identifier=x|1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
                         "{\"fullUrl\":\"https:\\/\\/a.example\\/fhir\\/Patient\\/"
                         "7\",\"resource\":{\"resourceType\":\"Patient\","
                         "\"id\":\"7\",\"name\":[{\"text\":\"Invented\"}]}},"
                         "{\"fullUrl\":\"https://a.example/fhir/Condition/"
                         "1\",\"resource\":{\"resourceType\":\"Condition\",\"id\":\"1\","
                         "\"code\":{\"text\":\"c\"},\"subject\":{\"reference\":\"%s\"}}}]}",
                         cases[i].reference);
    g_autoptr (CrFhirBundle) bundle = fhir_read_text (text, -1);
    const CrFhirItem *item = fhir_item (bundle, "https://a.example/fhir/Condition/1");
    g_assert_nonnull (item);
    g_assert_cmpstr (item->patient, ==, cases[i].key);
  }
}

static void
test_about_something_else (void)
{
  g_autoptr (CrFhirBundle) bundle =
      fhir_read_resources ("{\"resourceType\":\"Organization\",\"id\":\"o\",\"name\":\"Made-up\"}",
                           "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"text\":\"c\"},"
                           "\"subject\":{\"reference\":\"Organization/"
                           "o\"}}",
                           NULL);
  g_assert_cmpstr (reason_of (bundle, "Condition"), ==, "not about a patient");
}

/* A resource without any id has the same key at every reading, and another text another key. */
static void
test_keys_without_ids (void)
{
  static const char one[] = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"One\"}]}";
  static const char two[] = "{ \"resourceType\" : \"Patient\", \"name\":[{\"family\":\"Two\"}]}";
  g_autoptr (CrFhirBundle) a = fhir_read_resources (one, two, NULL), b = fhir_read_resources (two, one, NULL);
  const CrFhirItem *first = g_ptr_array_index (a->items, 0), *second = g_ptr_array_index (a->items, 1);
  g_assert_true (g_str_has_prefix (first->source, "Patient/sha256:"));
  g_assert_cmpstr (first->source, !=, second->source);
  g_assert_cmpstr (((CrPatient *)fhir_expect (b, first->source, &CR_PATIENT))->family, ==, "One");
}

/* Seconds since 1970, and what `method` keeps of a date that says less. */
static void
test_times (void)
{
  static const struct {
    const char *written;
    gint64 milliseconds;
    const char *method;
  } cases[] = {
    { "2020-02-29T12:00:00Z", 1582977600000, NULL },
    { "2020-02-29T12:00:00.5+05:30", 1582957800500, NULL },
    { "2020-02-29T12:00:00.123456789-11:00", 1583017200123, NULL },
    { "2016-12-31T23:59:60Z", 1483228800000, NULL },
    { "1969-12-31T23:59:59Z", -1000, NULL },
    { "1910-01-01T00:00:00+00:00", -1893456000000, NULL },
    { "2020-02-29T12:00Z", 1582977600000, NULL },
    { "2020-02-29", 1582977600000, NULL },
    { "2020-02", 1580558400000, "dated 2020-02" },
    { "2020", 1577880000000, "dated 2020" },
    { "2020-02-29T08:15:00", 1582977600000, "dated 2020-02-29T08:15:00" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf ("{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
                         "\"code\":{\"text\":\"t\"}," SUBJECT ",\"valueString\":\"v\","
                         "\"effectiveDateTime\":\"%s\"}",
                         cases[i].written);
    g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, text, NULL);
    const CrObservation *row = fhir_expect (bundle, "Observation/o", &CR_OBSERVATION);
    g_assert_cmpint (row->taken_at / 1000, ==, cases[i].milliseconds);
    g_assert_cmpstr (row->method, ==, cases[i].method);
  }
}

static void
test_times_that_are_none (void)
{
  static const char *const written[] = { "2020-2-3",
                                         "20200203",
                                         "2020-02-30",
                                         "2021-02-29",
                                         "2020-02-03T",
                                         "2020-02-03T10",
                                         "2020-02-03T24:00:00Z",
                                         "2020-02-03T10:60:00Z",
                                         "2020-02-03T10:00:61Z",
                                         "2020-02-03T10:00:00+0500",
                                         "2020-02-03T10:00:00+15:00",
                                         "2020-02-03T10:00:00Zulu",
                                         "2020-02-03T10:00:00.Z",
                                         "2020-02T10:00:00Z",
                                         "2020-02-03 10:00:00Z",
                                         "0000",
                                         "T",
                                         "2020-02-03T10:00:00Z " };
  for (guint i = 0; i < G_N_ELEMENTS (written); i++) {
    g_autofree char *text =
        g_strdup_printf ("{\"resourceType\":\"Procedure\",\"id\":\"x\",\"status\":\"completed\","
                         "\"code\":{\"text\":\"t\"}," SUBJECT ",\"performedDateTime\":\"%s\"}",
                         written[i]);
    g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, text, NULL);
    if (g_strcmp0 (only_finding (bundle), "entry[1].resource (Procedure).performedDateTime") != 0)
      g_error ("“%s” was taken for a time", written[i]);
  }
}

static void
test_odd_patients (void)
{
  g_autoptr (CrFhirBundle) bundle = fhir_read_resources (
      "{\"resourceType\":\"Patient\",\"id\":\"a\",\"name\":[{\"text\":\"Onename\"}],\"gender\":\"male\","
      "\"deceasedBoolean\":true,\"extension\":[{\"url\":\"http://hl7.org/fhir/us/core/StructureDefinition/"
      "us-core-birthsex\",\"valueCode\":\"F\"}]}",
      "{\"resourceType\":\"Patient\",\"id\":\"b\",\"name\":[{\"family\":\"Kept\"}],\"gender\":\"other\","
      "\"birthDate\":\"1950\","
      "\"telecom\":[7,{\"system\":\"phone\",\"value\":\"555-0101; 555-0102\"},{\"value\":\"k@example.org\"}],"
      "\"address\":[{\"line\":[\"1 Way\"],\"city\":\"Town\",\"state\":\"ON\",\"country\":\"CA\"}]}",
      NULL);
  const CrPatient *a = fhir_expect (bundle, "Patient/a", &CR_PATIENT);
  const CrPatient *b = fhir_expect (bundle, "Patient/b", &CR_PATIENT);
  g_assert_cmpstr (a->given, ==, "Onename");
  g_assert_cmpstr (a->family, ==, NULL);
  g_assert_cmpint (a->sex, ==, CR_SEX_FEMALE);
  g_assert_cmpstr (a->sex_documents, ==, "Male");
  g_assert_false (fhir_finding_at (bundle, "entry[0].resource (Patient).deceasedBoolean")->skipped);
  g_assert_false (fhir_finding_at (bundle, "entry[1].resource (Patient).telecom[0]")->skipped);
  g_assert_cmpint (b->sex, ==, CR_SEX_INTERSEX);
  g_assert_cmpint (b->birth_date.month, ==, 0);
  g_assert_cmpstr (b->phone, ==, NULL); /* two numbers in one field are nobody's number */
  g_assert_cmpstr (b->email, ==, "k@example.org");
  g_assert_cmpstr (b->state, ==, "ON, CA");
  const CrContactPoint *both = fhir_expect (bundle, "Patient/b#telecom[1]", &CR_CONTACT_POINT);
  g_assert_cmpstr (both->value, ==, "555-0101; 555-0102");
}

static void
test_directions (void)
{
  static const struct {
    const char *dosage, *words;
  } cases[] = {
    { "{\"text\":\"Use as told\"}", "Use as told" },
    { "{\"doseAndRate\":[{\"doseQuantity\":{\"value\":1}}],\"timing\":{\"repeat\":{\"frequency\":1,"
      "\"period\":1,"
      "\"periodUnit\":\"d\"}}}",
      "dose 1, once a day" },
    { "{\"timing\":{\"repeat\":{\"frequency\":1,\"period\":6,\"periodUnit\":\"h\"}}}", "every 6 hours" },
    { "{\"timing\":{\"repeat\":{\"frequency\":3,\"period\":2,\"periodUnit\":\"wk\"}}}",
      "3 times every 2 weeks" },
    { "{\"timing\":{\"repeat\":{\"frequency\":3,\"period\":1,\"periodUnit\":\"wk\",\"when\":[\"HS\",\"X\"]}}"
      "}",
      "3 times a week, at bedtime, X" },
    { "{\"timing\":{\"code\":{\"text\":\"BID\"}}}", "BID" },
    { "{\"timing\":{\"repeat\":{\"boundsDuration\":{\"value\":10,\"unit\":\"days\"}}}}", "for 10 days" },
    { "{\"doseAndRate\":[{\"doseRange\":{\"low\":{\"value\":1},\"high\":{\"value\":2}}}],\"asNeededBoolean\":"
      "true}",
      "dose 1–2, as needed" },
    { "{\"asNeededCodeableConcept\":{\"text\":\"pain\"},\"route\":{\"text\":\"by mouth\"}}",
      "by mouth, as needed for pain" },
    { "{\"additionalInstruction\":[{\"text\":\"With food\"}],\"patientInstruction\":\"Slowly\"}",
      "With food. Slowly" },
    { "{\"text\":\"A\"},{\"text\":\"B\"}", "A; B" },
    { "{\"sequence\":1}", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf ("{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"active\"," SUBJECT
                         ",\"medicationCodeableConcept\":{\"text\":\"d\"},\"dosageInstruction\":[%s]}",
                         cases[i].dosage);
    g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, text, NULL);
    const CrMedication *medication = fhir_expect (bundle, "MedicationRequest/m", &CR_MEDICATION);
    g_assert_cmpstr (medication->sig.other, ==, cases[i].words);
  }
}

/* What is no record of the chart is left out and says why. */
static void
test_left_out (void)
{
  static const struct {
    const char *type, *fields, *reason;
  } cases[] = {
    { "MedicationRequest",
      "\"status\":\"active\",\"intent\":\"proposal\",\"medicationCodeableConcept\":{\"text\":\"d\"}",
      "a proposal, not an order" },
    { "MedicationRequest",
      "\"status\":\"active\",\"doNotPerform\":true,\"medicationCodeableConcept\":{\"text\":\"d\"}",
      "an order not to give a drug" },
    { "MedicationStatement",
      "\"status\":\"active\",\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"http://hl7.org/fhir/uv/"
      "ips/"
      "CodeSystem/absent-unknown-uv-ips\",\"code\":\"no-medication-info\"}]}",
      "says that there is none or nothing is known" },
    { "Condition", "\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"160245001\"}]}",
      "says that there is none or nothing is known" },
    { "Condition", "\"code\":{\"text\":\"c\"},\"verificationStatus\":{\"coding\":[{\"code\":\"refuted\"}]}",
      "refuted: the patient does not have it" },
    { "Encounter", "\"status\":\"cancelled\",\"period\":{\"start\":\"2020-01-01\"}", "a cancelled visit" },
    { "Observation", "\"status\":\"final\",\"code\":{\"text\":\"t\"}", "has no value" },
    { "Observation",
      "\"status\":\"final\",\"code\":{\"text\":\"t\"},\"dataAbsentReason\":{\"text\":\"asked\"}",
      "says that it was not measured" },
    { "DiagnosticReport", "\"status\":\"final\",\"code\":{\"text\":\"t\"}",
      "has neither results nor text that is kept" },
    { "DiagnosticReport", "\"status\":\"entered-in-error\",\"code\":{\"text\":\"t\"},\"conclusion\":\"c\"",
      "cancelled or entered in error" },
    { "DocumentReference", "\"content\":[{\"attachment\":{\"url\":\"https://a.example/x.pdf\"}}]",
      "has neither results nor text that is kept" },
    { "DocumentReference", "\"content\":[{\"attachment\":{\"contentType\":\"video/mp4\",\"data\":\"AAAA\"}}]",
      "has neither results nor text that is kept" },
    { "DocumentReference", "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"a*b\"}}]",
      "unreadable: see the findings" },
    { "DocumentReference",
      "\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"//79AA==\"}}]",
      "unreadable: see the findings" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"%s\",\"id\":\"x\"," SUBJECT ",%s}",
                                             cases[i].type, cases[i].fields);
    g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, text, NULL);
    g_assert_cmpuint (bundle->items->len, ==, 1);
    g_assert_cmpstr (reason_of (bundle, cases[i].type), ==, cases[i].reason);
  }
}

static void
test_narratives (void)
{
  g_autoptr (CrFhirBundle) bundle = fhir_read_resources (
      PATIENT,
      "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"status\":\"final\",\"code\":{\"text\":\"X-ray\"}"
      "," SUBJECT ",\"text\":{\"status\":\"generated\",\"div\":\"<div><p>Normal.</p></div>\"}}",
      NULL);
  const CrDocument *report = fhir_expect (bundle, "DiagnosticReport/r", &CR_DOCUMENT);
  g_assert_cmpstr (report->text, ==, "Normal.");
  g_assert_cmpstr (report->title, ==, "X-ray");
}

/* What a readable resource loses is said, and costs nothing else. */
static void
test_notes (void)
{
  g_autoptr (CrFhirBundle) bundle = fhir_read_resources (
      PATIENT,
      "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"status\":\"final\",\"code\":{\"text\":\"X-ray\"}"
      "," SUBJECT ",\"conclusion\":\"Normal.\",\"presentedForm\":[{\"url\":\"https://a.example/"
      "1\"},{\"contentType\":\"video/mp4\","
      "\"data\":\"AAAA\"},{}]}",
      "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"code\":{\"text\":\"t\"}," SUBJECT
      ",\"effectiveDateTime\":\"2020-01-01\",\"component\":[{\"code\":{\"text\":\"a\"}},{\"code\":{\"text\":"
      "\"b\"},"
      "\"valueInteger\":1}]}",
      NULL);
  static const char *const paths[] = { "entry[1].resource (DiagnosticReport).presentedForm[0]",
                                       "entry[1].resource (DiagnosticReport).presentedForm[1].contentType",
                                       "entry[1].resource (DiagnosticReport).presentedForm[2]",
                                       "entry[2].resource (Observation).component[0]" };
  fhir_expect (bundle, "DiagnosticReport/r", &CR_DOCUMENT);
  fhir_expect (bundle, "Observation/o#component[1]", &CR_OBSERVATION);
  g_assert_cmpuint (bundle->items->len, ==, 3);
  g_assert_cmpuint (bundle->findings->len, ==, G_N_ELEMENTS (paths));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_false (fhir_finding_at (bundle, paths[i])->skipped);
}

static void
test_panels_in_any_order (void)
{
  static const char panel[] =
      "{\"resourceType\":\"Observation\",\"id\":\"panel\",\"status\":\"final\",\"code\":{\"text\":"
      "\"Pair\"}," SUBJECT ",\"hasMember\":[{\"reference\":\"Observation/one\"}]}";
  static const char member[] =
      "{\"resourceType\":\"Observation\",\"id\":\"one\",\"status\":\"final\",\"code\":{\"text\":"
      "\"One\"}," SUBJECT ",\"effectiveDateTime\":\"2020-01-01\",\"valueInteger\":1}";
  for (int order = 0; order < 2; order++) {
    g_autoptr (CrFhirBundle) bundle =
        fhir_read_resources (order == 0 ? panel : member, PATIENT, order == 0 ? member : panel, NULL);
    const CrObservation *row = fhir_expect (bundle, "Observation/one", &CR_OBSERVATION);
    g_assert_cmpstr (row->panel, ==, "Pair");
    g_assert_cmpstr (fhir_item (bundle, "Observation/one")->panel, ==, "Observation/panel");
    g_assert_cmpuint (fhir_count_of (bundle, "Observation")->read, ==, 2);
  }
}

static void
test_values (void)
{
  static const struct {
    const char *value, *text, *unit;
  } cases[] = {
    { "\"valueBoolean\":true", "yes", NULL },
    { "\"valueInteger\":-3", "-3", NULL },
    { "\"valueRange\":{\"low\":{\"value\":1.0,\"unit\":\"g\"},\"high\":{\"value\":2}}", "1.0–2", "g" },
    { "\"valueRatio\":{\"numerator\":{\"value\":1},\"denominator\":{\"value\":128}}", "1:128", NULL },
    { "\"valueDateTime\":\"2020-05\"", "2020-05", NULL },
    { "\"valueTime\":\"10:00:00\"", "10:00:00", NULL },
    { "\"valueQuantity\":{\"value\":7,\"code\":\"mg\"}", "7", "mg" },
    { "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"x\"},{\"display\":\"Shown\"}]}", "Shown", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        g_strdup_printf ("{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"code\":{"
                         "\"text\":\"t\"}," SUBJECT ",\"effectiveDateTime\":\"2020-01-01\",%s}",
                         cases[i].value);
    g_autoptr (CrFhirBundle) bundle = fhir_read_resources (PATIENT, text, NULL);
    const CrObservation *row = fhir_expect (bundle, "Observation/o", &CR_OBSERVATION);
    g_assert_cmpstr (row->value, ==, cases[i].text);
    g_assert_cmpstr (row->unit, ==, cases[i].unit);
  }
}

static void
test_merged_counts (void)
{
  g_autoptr (CrFhirBundle) bundle =
      fhir_read_resources (PATIENT, "{\"resourceType\":\"Claim\"}", "{\"resourceType\":\"Claim\"}", NULL);
  g_autoptr (GPtrArray) sum = cr_read_counts_new ();
  for (int i = 0; i < 3; i++)
    cr_read_counts_merge (sum, bundle->counts);
  const CrReadCount *claims = g_ptr_array_index (sum, 0), *patients = g_ptr_array_index (sum, 1);
  g_assert_cmpuint (sum->len, ==, 2);
  g_assert_cmpstr (claims->type, ==, "Claim");
  g_assert_cmpuint (claims->in_file, ==, 6);
  g_assert_cmpuint (claims->skipped, ==, 6);
  g_assert_cmpuint (claims->reasons->len, ==, 1);
  g_assert_cmpuint (patients->read, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/fhir-details/references", test_references);
  g_test_add_func ("/exchange/fhir-details/about-something-else", test_about_something_else);
  g_test_add_func ("/exchange/fhir-details/keys-without-ids", test_keys_without_ids);
  g_test_add_func ("/exchange/fhir-details/times", test_times);
  g_test_add_func ("/exchange/fhir-details/times-that-are-none", test_times_that_are_none);
  g_test_add_func ("/exchange/fhir-details/odd-patients", test_odd_patients);
  g_test_add_func ("/exchange/fhir-details/directions", test_directions);
  g_test_add_func ("/exchange/fhir-details/left-out", test_left_out);
  g_test_add_func ("/exchange/fhir-details/narratives", test_narratives);
  g_test_add_func ("/exchange/fhir-details/notes", test_notes);
  g_test_add_func ("/exchange/fhir-details/panels-in-any-order", test_panels_in_any_order);
  g_test_add_func ("/exchange/fhir-details/values", test_values);
  g_test_add_func ("/exchange/fhir-details/merged-counts", test_merged_counts);
  return g_test_run ();
}
