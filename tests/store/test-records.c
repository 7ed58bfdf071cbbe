/* Every field of every record class survives the way into the store and back. */
#include "fixture.h"
#include "chartroom/domain/backup.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/domain/merge.h"
#include "chartroom/domain/record-classes.h"
#include "table.h"
#include <math.h>
#include <string.h>

/* Which class an id field points to; other ids may be anything. */
static const struct {
  const char *field;
  const CrRecordClass *klass;
} TARGETS[] = {
  { "patient_id", &CR_PATIENT },
  { "merged_into", &CR_PATIENT },
  { "person_id", &CR_PERSON },
  { "author_id", &CR_PERSON },
  { "assignee_id", &CR_PERSON },
  { "creator_id", &CR_PERSON },
  { "usual_person_id", &CR_PERSON },
  { "content_reviewed_by", &CR_PERSON },
  { "allergy_reviewed_by", &CR_PERSON },
  { "recorded_by", &CR_PERSON },
  { "reviewed_by", &CR_PERSON },
  { "booked_by", &CR_PERSON },
  { "added_by", &CR_PERSON },
  { "frozen_by", &CR_PERSON },
  { "taken_by", &CR_PERSON },
  { "room_id", &CR_ROOM },
  { "visit_type_id", &CR_VISIT_TYPE },
  { "pharmacy_id", &CR_CONTACT },
  { "contact_id", &CR_CONTACT },
  { "photo_id", &CR_DOCUMENT },
  { "document_id", &CR_DOCUMENT },
  { "card_front_id", &CR_DOCUMENT },
  { "card_back_id", &CR_DOCUMENT },
  { "appointment_id", &CR_APPOINTMENT },
  { "encounter_id", &CR_ENCOUNTER },
  { "note_id", &CR_NOTE },
  { "problem_id", &CR_PROBLEM },
  { "medication_id", &CR_MEDICATION },
  { "prescription_id", &CR_PRESCRIPTION },
  { "referral_id", &CR_REFERRAL },
  { "packet_id", &CR_PACKET },
  { "logo_id", &CR_DOCUMENT },
  { "series_id", &CR_SERIES },
  { "follows_id", &CR_SERIES },
  { "interim_appointment_id", &CR_APPOINTMENT },
  { "other_patient_id", &CR_PATIENT },
  { "kept_id", &CR_PATIENT },
  { "gone_id", &CR_PATIENT },
  { "merge_id", &CR_PATIENT_MERGE },
  { "created_by", &CR_PERSON },
  { "closed_by", &CR_PERSON },
  { "answered_by", &CR_PERSON },
  { "merged_by", &CR_PERSON },
  { "second_person_id", &CR_PERSON },
  { "undone_by", &CR_PERSON },
};

/* The stored record of each class, in the order of CR_ALL_CLASSES. */
typedef struct {
  GHashTable *records; /* class → record */
} Stored;

static CrId
target_id (Stored *stored, const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (TARGETS); i++)
    if (g_str_equal (TARGETS[i].field, field)) {
      const CrRecord *record = g_hash_table_lookup (stored->records, TARGETS[i].klass);
      return record == NULL ? CR_ID_NONE : record->id;
    }
  return 4711;
}

/* Fits the checks of the schema. */
static gint64
int_for (const CrField *field)
{
  return g_str_equal (field->name, "nth") || g_str_has_prefix (field->name, "no_") ? 1 : 7;
}

static char *
text_for (const CrRecordClass *klass, const CrField *field)
{
  if (klass == &CR_DOCUMENT && g_str_equal (field->name, "name"))
    return g_strnfill (64, 'a');
  if (klass == &CR_BACKUP && g_str_equal (field->name, "mark"))
    return g_strnfill (32, 'b');
  return g_strdup_printf ("%s of “%s”, naïve\n2nd line", field->name, klass->name);
}

static void
fill_field (Stored *stored, const CrRecordClass *klass, const CrField *field, gpointer record)
{
  gpointer where = (char *)record + field->offset;
  switch (field->type) {
  case CR_FIELD_ID:
    *(CrId *)where = target_id (stored, field->name);
    return;
  case CR_FIELD_INT:
    *(gint64 *)where = int_for (field);
    return;
  case CR_FIELD_BOOL:
    *(gboolean *)where = TRUE;
    return;
  case CR_FIELD_REAL:
    *(double *)where = 0.1;
    return;
  case CR_FIELD_TEXT:
    g_free (*(char **)where);
    *(char **)where = text_for (klass, field);
    return;
  case CR_FIELD_DATE:
    *(CrDate *)where = CR_DATE (2024, 2, 29);
    return;
  case CR_FIELD_INSTANT:
    *(CrInstant *)where = G_GINT64_CONSTANT (1795000000123456);
    return;
  case CR_FIELD_DECIMAL:
    g_assert_true (cr_decimal_parse ("0.50", where));
    return;
  case CR_FIELD_ENUM:
    *(int *)where = 1;
    return;
  default:
    g_assert_not_reached ();
  }
}

static void
fill (Stored *stored, const CrRecordClass *klass, gpointer record)
{
  for (guint i = 2; i < klass->n_fields; i++)
    fill_field (stored, klass, &klass->fields[i], record);
}

static gboolean
insert_all (CrTx *tx, gpointer data, GError **error)
{
  Stored *stored = data;
  for (guint i = 0; CR_ALL_CLASSES[i] != NULL; i++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[i];
    gpointer record = cr_record_new (klass);
    fill (stored, klass, record);
    g_hash_table_insert (stored->records, (gpointer)klass, record);
    if (!cr_tx_save (tx, klass, record, error))
      return FALSE;
  }
  return TRUE;
}

/* References forward in the order of classes could not be filled before. */
static gboolean
complete_all (CrTx *tx, gpointer data, GError **error)
{
  Stored *stored = data;
  for (guint i = 0; CR_ALL_CLASSES[i] != NULL; i++) {
    gpointer record = g_hash_table_lookup (stored->records, CR_ALL_CLASSES[i]);
    fill (stored, CR_ALL_CLASSES[i], record);
    if (!cr_tx_save (tx, CR_ALL_CLASSES[i], record, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
compare_all (CrTx *tx, gpointer data, GError **error)
{
  Stored *stored = data;
  for (guint i = 0; CR_ALL_CLASSES[i] != NULL; i++) {
    const CrRecordClass *klass = CR_ALL_CLASSES[i];
    CrRecord *expected = g_hash_table_lookup (stored->records, klass);
    CrRecord *loaded = cr_tx_load (tx, klass, expected->id, error);
    if (loaded == NULL)
      return FALSE;
    g_autofree char *a = cr_record_to_json (klass, expected);
    g_autofree char *b = cr_record_to_json (klass, loaded);
    g_assert_cmpstr (a, ==, b);
    g_assert_true (cr_record_equal (klass, expected, loaded));
    g_assert_cmpint (expected->version, ==, loaded->version);
    cr_record_free (klass, loaded);
  }
  return TRUE;
}

static void
free_stored (Stored *stored)
{
  GHashTableIter iter;
  gpointer klass, record;
  g_hash_table_iter_init (&iter, stored->records);
  while (g_hash_table_iter_next (&iter, &klass, &record))
    cr_record_free (klass, record);
  g_hash_table_unref (stored->records);
}

static void
test_full_records (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Stored stored = { g_hash_table_new (NULL, NULL) };
  fixture_run (fixture, insert_all, &stored);
  fixture_run (fixture, compare_all, &stored);
  fixture_run (fixture, complete_all, &stored);
  fixture_run (fixture, compare_all, &stored);
  g_assert_true (cr_store_verify (fixture->store, fixture->user, findings, &error));
  g_assert_no_error (error);
  /* The document's invented name has no file; nothing else is to be said of this store. */
  g_assert_cmpuint (findings->len, ==, 1);
  free_stored (&stored);
}

/* Only what a class must have; everything else absent. */
static gboolean
save_bare (CrTx *tx, gpointer data, GError **error)
{
  CrObservation *bare = data;
  g_autoptr (CrObservation) loaded = NULL;
  if (!cr_tx_save (tx, &CR_OBSERVATION, bare, error))
    return FALSE;
  loaded = cr_tx_load (tx, &CR_OBSERVATION, bare->id, error);
  g_assert_nonnull (loaded);
  g_assert_true (cr_record_equal (&CR_OBSERVATION, bare, loaded));
  g_assert_true (isnan (loaded->number));
  g_assert_null (loaded->value);
  g_assert_cmpint (loaded->taken_at, ==, CR_INSTANT_NONE);
  return TRUE;
}

static void
test_absent_fields (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (CrPatient) patient = fixture_patient (fixture, "Sample", NULL, CR_DATE (1998, 6, 0));
  g_autoptr (CrObservation) bare = cr_observation_new ();
  bare->patient_id = patient->id;
  fixture_run (fixture, save_bare, bare);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/records/full", test_full_records);
  g_test_add_func ("/store/records/absent", test_absent_fields);
  return g_test_run ();
}
