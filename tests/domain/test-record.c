/* Every record class: its table, and what the table drives. */
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/record-classes.h"
#include "expect.h"
#include <math.h>
#include <string.h>

/* A text that fits the field's type; two different ones by n. */
static const char *
sample_text (const CrField *field, int n)
{
  switch (field->type) {
  case CR_FIELD_ID:
    return n == 0 ? "578437695752307201" : "578437695752307202";
  case CR_FIELD_INT:
    return n == 0 ? "0" : "-42";
  case CR_FIELD_BOOL:
    return n == 0 ? "true" : "false";
  case CR_FIELD_REAL:
    return n == 0 ? "5.1" : "-0.25";
  case CR_FIELD_TEXT:
    return n == 0 ? "Zoë \"Zed\" Example\n2 \\ 3" : "";
  case CR_FIELD_DATE:
    return n == 0 ? "1998-06" : "2026-11-23";
  case CR_FIELD_INSTANT:
    return n == 0 ? "1795437000000000" : "1";
  case CR_FIELD_DECIMAL:
    return n == 0 ? "0.50" : "0.5";
  case CR_FIELD_ENUM:
    return field->codes[n];
  default:
    g_assert_not_reached ();
  }
}

static gpointer
filled_record (const CrRecordClass *klass)
{
  gpointer record = cr_record_new (klass);
  for (guint i = 0; i < klass->n_fields; i++)
    g_assert_true (cr_field_set_text (&klass->fields[i], record, sample_text (&klass->fields[i], 0)));
  return record;
}

static gsize
size_of_type (CrFieldType type)
{
  switch (type) {
  case CR_FIELD_ID:
  case CR_FIELD_INT:
  case CR_FIELD_INSTANT:
    return sizeof (gint64);
  case CR_FIELD_BOOL:
    return sizeof (gboolean);
  case CR_FIELD_REAL:
    return sizeof (double);
  case CR_FIELD_TEXT:
    return sizeof (char *);
  case CR_FIELD_DATE:
    return sizeof (CrDate);
  case CR_FIELD_DECIMAL:
    return sizeof (CrDecimal);
  case CR_FIELD_ENUM:
    return sizeof (int);
  default:
    g_assert_not_reached ();
  }
}

/* The fields of a table cover the struct without overlap, in order, and leave only padding. */
static void
check_layout (const CrRecordClass *klass)
{
  gsize end = 0;
  for (guint i = 0; i < klass->n_fields; i++) {
    const CrField *field = &klass->fields[i];
    g_assert_cmpuint (field->offset, >=, end);
    g_assert_cmpuint (field->offset - end, <, 8);
    end = field->offset + size_of_type (field->type);
  }
  g_assert_cmpuint (end, <=, klass->size);
  g_assert_cmpuint (klass->size - end, <, 8);
}

static void
test_tables (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint c = 0; CR_ALL_CLASSES[c] != NULL; c++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[c];
    g_assert_true (g_hash_table_add (names, (gpointer)klass->name));
    g_assert_true (cr_record_class_find (klass->name) == klass);
    g_assert_cmpstr (klass->fields[0].name, ==, "id");
    g_assert_cmpstr (klass->fields[1].name, ==, "version");
    check_layout (klass);
    g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < klass->n_fields; i++) {
      g_assert_true (g_hash_table_add (columns, (gpointer)klass->fields[i].name));
      g_assert_true (cr_record_field (klass, klass->fields[i].name) == &klass->fields[i]);
      g_assert_true ((klass->fields[i].type == CR_FIELD_ENUM) == (klass->fields[i].codes != NULL));
    }
  }
  g_assert_cmpuint (g_hash_table_size (names), ==, 47);
  g_assert_null (cr_record_class_find ("nothing"));
  g_assert_null (cr_record_field (&CR_PATIENT, "nothing"));
}

static void
test_new_is_absent (void)
{
  for (guint c = 0; CR_ALL_CLASSES[c] != NULL; c++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[c];
    gpointer record = cr_record_new (klass);
    for (guint i = 0; i < klass->n_fields; i++) {
      CrFieldType type = klass->fields[i].type;
      const char *expected = type == CR_FIELD_BOOL   ? "false"
                             : type == CR_FIELD_ENUM ? klass->fields[i].codes[0]
                             : i == 1                ? "0"
                                                     : NULL;
      expect_text (cr_field_to_text (&klass->fields[i], record), expected);
    }
    cr_record_free (klass, record);
  }
}

static void
test_copy_equal_diff (void)
{
  for (guint c = 0; CR_ALL_CLASSES[c] != NULL; c++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[c];
    gpointer record = filled_record (klass);
    gpointer copy = cr_record_copy (klass, record);
    g_assert_true (cr_record_equal (klass, record, copy));
    for (guint i = 0; i < klass->n_fields; i++) {
      g_assert_true (cr_field_set_text (&klass->fields[i], copy, sample_text (&klass->fields[i], 1)));
      g_auto (GStrv) differ = cr_record_diff (klass, record, copy);
      g_assert_true (cr_record_equal (klass, record, copy) == (i == 1));
      g_assert_cmpstr (differ[0], ==, i == 1 ? NULL : klass->fields[i].name);
      g_assert_cmpuint (g_strv_length (differ), ==, i == 1 ? 0 : 1);
      g_assert_true (cr_field_set_text (&klass->fields[i], copy, sample_text (&klass->fields[i], 0)));
    }
    cr_record_clear (klass, copy);
    gpointer empty = cr_record_new (klass);
    g_assert_true (cr_record_equal (klass, copy, empty));
    g_assert_false (cr_record_equal (klass, record, empty));
    cr_record_free (klass, empty);
    cr_record_free (klass, copy);
    cr_record_free (klass, record);
  }
}

static void
test_text_round_trip (void)
{
  for (guint c = 0; CR_ALL_CLASSES[c] != NULL; c++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[c];
    gpointer record = filled_record (klass), empty = cr_record_new (klass);
    for (guint i = 0; i < klass->n_fields; i++)
      for (int n = 0; n < 2; n++) {
        const CrField *field = &klass->fields[i];
        g_assert_true (cr_field_set_text (field, record, sample_text (field, n)));
        expect_text (cr_field_to_text (field, record), sample_text (field, n));
      }
    for (guint i = 0; i < klass->n_fields; i++)
      g_assert_true (cr_field_set_text (&klass->fields[i], record, NULL));
    g_assert_true (cr_record_equal (klass, record, empty));
    cr_record_free (klass, record);
    cr_record_free (klass, empty);
  }
}

static void
test_bad_text_changes_nothing (void)
{
  static const struct {
    const char *field, *text;
  } cases[] = {
    { "id", "12a" },          { "id", "9223372036854775808" }, { "id", "" },
    { "birth_order", "1.5" }, { "birth_date", "3/14" },        { "sex", "Female" },
    { "restricted", "yes" },  { "death_date", "2026-02-30" },
  };
  CrPatient *patient = filled_record (&CR_PATIENT);
  CrPatient *before = cr_patient_copy (patient);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const CrField *field = cr_record_field (&CR_PATIENT, cases[i].field);
    g_assert_false (cr_field_set_text (field, patient, cases[i].text));
    g_assert_true (cr_record_equal (&CR_PATIENT, patient, before));
  }
  cr_patient_free (patient);
  cr_patient_free (before);
}

static void
test_json (void)
{
  g_autoptr (CrObservation) o = cr_observation_new ();
  expect_text (cr_record_to_json (&CR_OBSERVATION, o),
               "{\"version\":0,\"kind\":\"vital-signs\",\"status\":\"preliminary\"}");
  o->id = 578437695752307201;
  o->version = 3;
  o->kind = CR_OBS_LAB;
  o->status = CR_OBS_FINAL;
  o->display = g_strdup ("Say \"hä\"\t\\\n\x01");
  o->value = g_strdup ("4.0");
  o->number = 4.0;
  o->taken_at = 1795437000000000;
  expect_text (cr_record_to_json (&CR_OBSERVATION, o),
               "{\"id\":\"578437695752307201\",\"version\":3,\"kind\":\"laboratory\","
               "\"display\":\"Say \\\"hä\\\"\\t\\\\\\n\\u0001\",\"value\":\"4.0\",\"number\":4,"
               "\"status\":\"final\",\"taken_at\":1795437000000000}");
  o->number = 0.1;
  g_free (o->display);
  o->display = g_strdup ("bad \xff byte");
  g_autofree char *json = cr_record_to_json (&CR_OBSERVATION, o);
  g_assert_true (g_utf8_validate (json, -1, NULL));
  g_assert_nonnull (strstr (json, "\"number\":0.1,"));
}

static void
test_json_is_stable (void)
{
  for (guint c = 0; CR_ALL_CLASSES[c] != NULL; c++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[c];
    gpointer record = filled_record (klass), copy = cr_record_copy (klass, record);
    g_autofree char *first = cr_record_to_json (klass, record);
    expect_text (cr_record_to_json (klass, copy), first);
    for (guint i = 0; i < klass->n_fields; i++) {
      g_autofree char *key = g_strdup_printf ("\"%s\":", klass->fields[i].name);
      g_assert_nonnull (strstr (first, key));
    }
    cr_record_free (klass, record);
    cr_record_free (klass, copy);
  }
}

static void
test_values_as_typed (void)
{
  g_autoptr (CrMedication) a = cr_medication_new ();
  g_autoptr (CrMedication) b = cr_medication_new ();
  g_assert_true (cr_decimal_parse ("0.5", &a->sig.dose));
  g_assert_true (cr_decimal_parse ("0.50", &b->sig.dose));
  g_auto (GStrv) differ = cr_record_diff (&CR_MEDICATION, a, b);
  g_assert_cmpstr (differ[0], ==, "sig_dose");

  g_autoptr (CrObservation) nan = cr_observation_new ();
  g_autoptr (CrObservation) infinite = cr_observation_new ();
  infinite->number = INFINITY;
  g_assert_true (isnan (nan->number));
  g_assert_false (cr_record_equal (&CR_OBSERVATION, nan, infinite));
  expect_text (cr_field_to_text (cr_record_field (&CR_OBSERVATION, "number"), infinite), NULL);
}

static void
test_codes (void)
{
  g_assert_cmpint (cr_code_index (CR_SEX_CODES, "male"), ==, CR_SEX_MALE);
  g_assert_cmpint (cr_code_index (CR_SEX_CODES, "Male"), ==, -1);
  g_assert_cmpint (cr_code_index (CR_SEX_CODES, NULL), ==, -1);
  g_autoptr (CrPatient) p = cr_patient_new ();
  p->sex = 99;
  expect_text (cr_field_to_text (cr_record_field (&CR_PATIENT, "sex"), p), NULL);
  g_assert_null (cr_record_copy (&CR_PATIENT, NULL));
  cr_record_free (&CR_PATIENT, NULL);
}

static void
test_clinical (void)
{
  static const char *const office[] = { "practice",
                                        "person",
                                        "person_key",
                                        "room",
                                        "visit_type",
                                        "hours",
                                        "preference",
                                        "schedule_exception",
                                        "code",
                                        "contact",
                                        "patient",
                                        "patient_name",
                                        "contact_point",
                                        "related_person",
                                        "coverage",
                                        "consent",
                                        "directive",
                                        "appointment",
                                        "encounter",
                                        "task",
                                        "backup",
                                        "backup_target",
                                        "visit_type_need",
                                        "visit_type_person",
                                        "series",
                                        "wait_entry",
                                        "contact_attempt",
                                        "appointment_resource",
                                        "book_step",
                                        "duplicate_answer",
                                        "patient_merge",
                                        "merge_item",
                                        NULL };
  for (guint c = 0; CR_ALL_CLASSES[c] != NULL; c++)
    g_assert_true (CR_ALL_CLASSES[c]->clinical != g_strv_contains (office, CR_ALL_CLASSES[c]->name));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/tables", test_tables);
  g_test_add_func ("/record/new-is-absent", test_new_is_absent);
  g_test_add_func ("/record/copy-equal-diff", test_copy_equal_diff);
  g_test_add_func ("/record/text-round-trip", test_text_round_trip);
  g_test_add_func ("/record/bad-text-changes-nothing", test_bad_text_changes_nothing);
  g_test_add_func ("/record/json", test_json);
  g_test_add_func ("/record/json-is-stable", test_json_is_stable);
  g_test_add_func ("/record/values-as-typed", test_values_as_typed);
  g_test_add_func ("/record/codes", test_codes);
  g_test_add_func ("/record/clinical", test_clinical);
  return g_test_run ();
}
