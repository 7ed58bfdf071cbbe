/* What hangs on a patient: further numbers, relatives, insurances with their cards, consents, the photo;
 * saved with the patient in one go, or not at all. */
#include <string.h>
#include "draft-fixture.h"
#include "chartroom/session/patient-file.h"

#define CARD "\x89PNG\r\n\x1a\n an invented card, 8841 Invented Plan"
#define FACE "\xff\xd8\xff\xe0 an invented face"

static gboolean
is_fine (CrPatientLine *line, const char *property)
{
  return cr_fields_problem (CR_FIELDS (line), property) == NULL;
}

typedef struct {
  CrId patient;
  GPtrArray *points, *people, *coverages, *consents;
} Stored;

static gboolean
stored_job (CrTx *tx, gpointer data, GError **error)
{
  Stored *stored = data;
  stored->points = cr_contact_points (tx, stored->patient, error);
  stored->people = cr_related_persons (tx, stored->patient, error);
  stored->coverages = cr_coverages (tx, stored->patient, error);
  stored->consents = cr_consents (tx, stored->patient, error);
  return stored->consents != NULL;
}

static Stored
load_stored (Fixture *f, CrId patient)
{
  Stored stored = { .patient = patient };
  g_assert_true (cr_session_run (f->session, CR_RIGHT_SCHEDULE_VIEW, stored_job, &stored, NULL));
  return stored;
}

static void
stored_clear (Stored *stored)
{
  g_ptr_array_unref (stored->points);
  g_ptr_array_unref (stored->people);
  g_ptr_array_unref (stored->coverages);
  g_ptr_array_unref (stored->consents);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stored, stored_clear)

/* ---- numbers ---- */

static void
test_contacts (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  CrPatientLine *phone = cr_patient_draft_add_line (draft, CR_LINE_CONTACT);
  g_assert_true (draft_can_save (draft)); /* a line that says nothing is nothing */
  g_object_set (phone, "note", "after 5 PM", NULL);
  g_assert_false (is_fine (phone, "value"));
  g_assert_false (draft_can_save (draft));
  g_object_set (phone, "way", "work", "value", "503 224 0188", "quiet", "1", NULL);
  CrPatientLine *email = cr_patient_draft_add_line (draft, CR_LINE_CONTACT);
  g_object_set (email, "way", "email", "value", "maria", NULL);
  g_assert_false (is_fine (email, "value"));
  g_object_set (email, "value", "maria@gmial.com", NULL);
  g_autofree char *offer = cr_fields_offer (CR_FIELDS (email), "value");
  g_assert_cmpstr (offer, ==, "maria@gmail.com");
  cr_patient_draft_add_line (draft, CR_LINE_CONTACT);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) stored = load_stored (&f, f.garcia);
  g_assert_cmpuint (stored.points->len, ==, 2);
  const CrContactPoint *point = stored.points->pdata[0];
  g_assert_cmpstr (point->system, ==, "phone");
  g_assert_cmpstr (point->use, ==, "work");
  g_assert_cmpstr (point->value, ==, "5032240188");
  g_assert_cmpstr (point->note, ==, "no voice mail; after 5 PM");
  g_assert_cmpstr (((CrContactPoint *)stored.points->pdata[1])->system, ==, "email");
  draft = draft_of (&f, f.garcia);
  g_assert_cmpuint (draft_count (draft, CR_LINE_CONTACT), ==, 2);
  phone = draft_line (draft, CR_LINE_CONTACT, 0);
  assert_text (phone, "value", "503-224-0188");
  assert_text (phone, "quiet", "1");
  assert_text (phone, "note", "after 5 PM");
  g_object_set (phone, "quiet", "", NULL);
  cr_patient_draft_remove_line (draft, draft_line (draft, CR_LINE_CONTACT, 1));
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) after = load_stored (&f, f.garcia);
  g_assert_cmpstr (((CrContactPoint *)after.points->pdata[0])->note, ==, "after 5 PM");
  g_assert_cmpint (cr_date_compare (((CrContactPoint *)after.points->pdata[1])->valid_to, FIXTURE_TODAY), ==,
                   0);
  fixture_tear_down (&f);
}

/* What has ended is in no chart any more, and is not offered for editing. */
static void
test_ended (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  for (int i = 0; i < 2; i++) {
    g_autoptr (CrRelatedPerson) person = cr_related_person_new ();
    person->patient_id = c.f.garcia;
    person->name = g_strdup (i == 0 ? "Gone Garcia" : "Tom Garcia");
    person->valid_to = i == 0 ? FIXTURE_TODAY : CR_DATE_NONE;
    fixture_store (&c.f, &CR_RELATED_PERSON, person);
    g_autoptr (CrCoverage) coverage = cr_coverage_new ();
    coverage->patient_id = c.f.garcia;
    coverage->rank = 1;
    coverage->payer = g_strdup (i == 0 ? "Ended Plan" : "Invented Plan");
    coverage->valid_to = i == 0 ? FIXTURE_TODAY : CR_DATE (2026, 12, 31);
    fixture_store (&c.f, &CR_COVERAGE, coverage);
  }
  chart_open_as (&c, "frontdesk");
  const CrChartRecords *records = chart_records (&c);
  g_assert_cmpuint (records->related_persons->len, ==, 1);
  g_assert_cmpstr (((CrRelatedPerson *)records->related_persons->pdata[0])->name, ==, "Tom Garcia");
  g_assert_cmpuint (records->coverages->len, ==, 1);
  g_assert_cmpstr (((CrCoverage *)records->coverages->pdata[0])->payer, ==, "Invented Plan");
  g_assert_cmpuint (records->former_coverages->len, ==, 1);
  g_assert_cmpstr (((CrCoverage *)records->former_coverages->pdata[0])->payer, ==, "Ended Plan");
  CrPatientDraft *draft = draft_of (&c.f, c.f.garcia);
  g_assert_cmpuint (draft_count (draft, CR_LINE_RELATIVE), ==, 1);
  assert_text (draft, "payer", "Invented Plan");
  draft_drop (&c.f, draft);
  chart_tear_down (&c);
}

/* ---- relatives ---- */

static void
test_relatives (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "emergency-name", "Tom Garcia", NULL); /* the first page makes a line of it */
  g_assert_cmpuint (draft_count (draft, CR_LINE_RELATIVE), ==, 1);
  CrPatientLine *tom = draft_line (draft, CR_LINE_RELATIVE, 0);
  assert_text (tom, "name", "Tom Garcia");
  g_object_set (tom, "phone", "503 224 0102", "relationship", "husband", "guarantor", "1", NULL);
  assert_text (draft, "emergency-phone", "503 224 0102");
  CrPatientLine *ana = cr_patient_draft_add_line (draft, CR_LINE_RELATIVE);
  g_object_set (ana, "phone", "12", "next-of-kin", "1", NULL);
  g_assert_false (is_fine (ana, "phone"));
  g_object_set (ana, "phone", "", "name", "Ana Garcia", "proxy", "1", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) stored = load_stored (&f, f.garcia);
  g_assert_cmpuint (stored.people->len, ==, 2); /* next of kin first */
  const CrRelatedPerson *first = stored.people->pdata[0], *second = stored.people->pdata[1];
  g_assert_cmpstr (first->name, ==, "Ana Garcia");
  g_assert_true (first->next_of_kin && first->proxy && !first->emergency && !first->guarantor);
  g_assert_cmpstr (second->relationship, ==, "husband");
  g_assert_cmpstr (second->phone, ==, "5032240102");
  g_assert_true (second->emergency && second->guarantor && !second->next_of_kin);
  draft = draft_of (&f, f.garcia);
  assert_text (draft, "emergency-name", "Tom Garcia");
  g_object_set (draft, "emergency-name", "", "emergency-phone", "", NULL);
  tom = draft_line (draft, CR_LINE_RELATIVE, 1);
  g_object_set (tom, "relationship", "", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) after = load_stored (&f, f.garcia);
  second = after.people->pdata[1];
  g_assert_cmpint (cr_date_compare (second->valid_to, FIXTURE_TODAY), ==, 0); /* ended, not deleted */
  g_assert_cmpstr (second->name, ==, "Tom Garcia");
  fixture_tear_down (&f);
}

/* Who the relative is, when a patient here; never the patient. */
static void
test_linked (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autofree char *own = NULL, *other = NULL;
  fixture_set_up (&f);
  own = g_strdup_printf ("%" G_GINT64_FORMAT, f.garcia);
  other = g_strdup_printf ("%" G_GINT64_FORMAT, f.mariana);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  CrPatientLine *line = cr_patient_draft_add_line (draft, CR_LINE_RELATIVE);
  g_object_set (line, "name", "Mariana Garcia", "patient", own, NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_object_set (line, "patient", other, NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) stored = load_stored (&f, f.garcia);
  g_assert_cmpint (((CrRelatedPerson *)stored.people->pdata[0])->other_patient_id, ==, f.mariana);
  draft = draft_of (&f, f.garcia);
  line = draft_line (draft, CR_LINE_RELATIVE, 0);
  assert_text (line, "patient", other);
  g_object_set (line, "patient", "", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) after = load_stored (&f, f.garcia);
  g_assert_cmpint (((CrRelatedPerson *)after.people->pdata[0])->other_patient_id, ==, CR_ID_NONE);
  fixture_tear_down (&f);
}

/* ---- insurance ---- */

static void
test_coverages (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "payer", "Invented Plan", "member-id", "XYZ1", NULL);
  CrPatientLine *second = cr_patient_draft_add_line (draft, CR_LINE_COVERAGE);
  assert_text (second, "rank", "2");
  g_object_set (second, "payer", "Second Plan", NULL);
  g_assert_false (is_fine (second, "member-id"));
  g_object_set (second, "member-id", "B2", "rank", "1", NULL);
  g_assert_false (is_fine (second, "rank")); /* only one pays first */
  g_assert_false (draft_can_save (draft));
  g_object_set (second, "rank", "2", "group-id", "G7", "subscriber", "Tom Garcia", "relationship", "spouse",
                "valid-from", "1/1/2026", "valid-to", "12/31/2025", NULL);
  g_assert_false (is_fine (second, "valid-to"));
  g_object_set (second, "valid-to", "12/31/2026", NULL);
  CrPatientLine *third = cr_patient_draft_add_line (draft, CR_LINE_COVERAGE);
  assert_text (third, "rank", "3");
  g_object_set (third, "payer", "Third Plan", "member-id", "C3", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) stored = load_stored (&f, f.garcia);
  g_assert_cmpuint (stored.coverages->len, ==, 3);
  const CrCoverage *two = stored.coverages->pdata[1];
  g_assert_cmpint (two->rank, ==, 2);
  g_assert_cmpstr (two->subscriber, ==, "Tom Garcia");
  g_assert_cmpstr (two->relationship, ==, "spouse");
  g_assert_cmpstr (two->group_id, ==, "G7");
  g_assert_cmpint (cr_date_compare (two->valid_to, CR_DATE (2026, 12, 31)), ==, 0);
  draft = draft_of (&f, f.garcia);
  g_object_set (draft, "payer", "", "member-id", "", NULL); /* none any more */
  assert_text (draft, "payer", "");
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  draft = draft_of (&f, f.garcia);
  g_assert_cmpuint (draft_count (draft, CR_LINE_COVERAGE), ==, 2);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static GBytes *
read_file (Fixture *f, CrId patient, CrId document, GError **error)
{
  GAsyncResult *result = NULL;
  cr_patient_file_read_async (f->session, patient, document, fixture_done_cb, &result);
  fixture_wait (&result);
  GBytes *bytes = cr_patient_file_read_finish (result, error);
  g_object_unref (result);
  return bytes;
}

static void
assert_sealed (const char *path, const char *secret)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL), *content = NULL;
    gsize size = 0;
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      assert_sealed (child, secret);
    else if (g_file_get_contents (child, &content, &size, NULL))
      g_assert_null (memmem (content, size, secret, strlen (secret)));
  }
}

static void
test_cards (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  g_autoptr (GBytes) card = g_bytes_new_static (CARD, strlen (CARD));
  g_autoptr (GBytes) program = g_bytes_new_static ("MZ\x90 a program", 13);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "payer", "Invented Plan", "member-id", "XYZ1", NULL);
  CrPatientLine *line = draft_line (draft, CR_LINE_COVERAGE, 0);
  g_assert_false (cr_patient_line_set_file (line, "card-front", program, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (cr_patient_line_get_file (line, "card-front")->chosen);
  g_assert_true (cr_patient_line_set_file (line, "card-front", card, &error));
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  assert_sealed (f.base, "8841 Invented Plan");
  g_auto (Stored) stored = load_stored (&f, f.garcia);
  const CrCoverage *coverage = stored.coverages->pdata[0];
  g_assert_cmpint (coverage->card_front_id, !=, CR_ID_NONE);
  g_assert_cmpint (coverage->card_back_id, ==, CR_ID_NONE);
  g_autoptr (CrDocument) document = fixture_load (&f, &CR_DOCUMENT, coverage->card_front_id);
  g_assert_cmpstr (document->mime, ==, "image/png");
  g_assert_cmpstr (document->title, ==, "Insurance card, front: Invented Plan");
  g_autoptr (GBytes) read = read_file (&f, f.garcia, document->id, &error); /* by the front desk */
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, card));
  g_assert_null (read_file (&f, f.nowak, document->id, &error)); /* of another patient */
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  draft = draft_of (&f, f.garcia);
  line = draft_line (draft, CR_LINE_COVERAGE, 0);
  g_assert_cmpint (cr_patient_line_get_file (line, "card-front")->document, ==, document->id);
  g_assert_true (cr_patient_line_set_file (line, "card-front", NULL, NULL));
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) after = load_stored (&f, f.garcia);
  g_assert_cmpint (((CrCoverage *)after.coverages->pdata[0])->card_front_id, ==, CR_ID_NONE);
  g_autoptr (CrDocument) kept = fixture_load (&f, &CR_DOCUMENT, document->id);
  g_assert_nonnull (kept);
  fixture_tear_down (&f);
}

/* ---- consents ---- */

static void
test_consents (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  g_autoptr (GBytes) form = g_bytes_new_static ("%PDF-1.7 an invented form", 25);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  CrPatientLine *line = cr_patient_draft_add_line (draft, CR_LINE_CONSENT);
  g_object_set (line, "given-on", "11/24/2026", NULL);
  g_assert_false (is_fine (line, "kind"));
  g_assert_false (is_fine (line, "given-on")); /* not before tomorrow */
  g_object_set (line, "kind", "release", "given-on", "11/20/2026", "expires-on", "11/19/2026", NULL);
  g_assert_false (is_fine (line, "expires-on"));
  g_object_set (line, "expires-on", "2027", NULL);
  g_assert_false (is_fine (line, "expires-on")); /* a day is needed */
  g_object_set (line, "expires-on", "11/20/2027", NULL);
  g_assert_true (cr_patient_line_set_file (line, "form", form, NULL));
  g_assert_true (cr_patient_line_can_remove (line));
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) stored = load_stored (&f, f.garcia);
  const CrConsent *consent = stored.consents->pdata[0];
  g_assert_cmpstr (consent->kind, ==, "release");
  g_assert_cmpstr (consent->status, ==, "active");
  g_assert_true (cr_consent_to_release (stored.consents, FIXTURE_TODAY) == consent);
  g_autoptr (GBytes) read = read_file (&f, f.garcia, consent->document_id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, form));
  draft = draft_of (&f, f.garcia);
  line = draft_line (draft, CR_LINE_CONSENT, 0);
  g_assert_false (cr_patient_line_can_remove (line)); /* given is given; it can be revoked */
  cr_patient_draft_remove_line (draft, line);
  g_assert_cmpuint (draft_count (draft, CR_LINE_CONSENT), ==, 1);
  g_object_set (line, "status", "revoked", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_auto (Stored) after = load_stored (&f, f.garcia);
  g_assert_null (cr_consent_to_release (after.consents, FIXTURE_TODAY));
  fixture_tear_down (&f);
}

/* ---- the photo ---- */

static void
test_photo (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  g_autoptr (GBytes) face = g_bytes_new_static (FACE, strlen (FACE));
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.7 no face", 16);
  CrPatientDraft *draft = cr_patient_draft_new (f.session, NULL);
  g_object_set (draft, "family", "Adams", "given", "Ruth", "birth-date", "2/3/68", "sex", "female", "phone",
                "503 224 0101", NULL);
  g_assert_false (cr_patient_draft_set_photo (draft, pdf, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (cr_patient_draft_set_photo (draft, face, NULL));
  CrId id = draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, id);
  g_assert_cmpint (patient->photo_id, !=, CR_ID_NONE);
  g_autoptr (GBytes) read = read_file (&f, id, patient->photo_id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, face));
  draft = draft_of (&f, id);
  g_assert_cmpint (cr_patient_draft_get_photo (draft)->document, ==, patient->photo_id);
  g_assert_true (cr_patient_draft_set_photo (draft, NULL, NULL));
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) after = fixture_load (&f, &CR_PATIENT, id);
  g_assert_cmpint (after->photo_id, ==, CR_ID_NONE);
  fixture_tear_down (&f);
}

/* ---- all or nothing ---- */

static void
test_changed_elsewhere (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  coverage->patient_id = f.garcia;
  coverage->rank = 1;
  coverage->payer = g_strdup ("Invented Plan");
  coverage->member_id = g_strdup ("XYZ1");
  fixture_store (&f, &CR_COVERAGE, coverage);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_autoptr (CrCoverage) theirs = fixture_load (&f, &CR_COVERAGE, coverage->id);
  theirs->group_id = g_strdup ("G1");
  fixture_store (&f, &CR_COVERAGE, theirs);
  CrPatientLine *line = draft_line (draft, CR_LINE_COVERAGE, 0);
  g_object_set (line, "member-id", "XYZ2", NULL);
  g_object_set (draft, "city", "Portland", NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_clear_error (&error);
  assert_text (line, "member-id", "XYZ2");
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_null (patient->city); /* nothing of it was kept */
  draft_drop (&f, draft);
  draft = draft_of (&f, f.garcia); /* another desk gives the second place away meanwhile */
  g_autoptr (CrCoverage) other = cr_coverage_new ();
  other->patient_id = f.garcia;
  other->rank = 2;
  other->payer = g_strdup ("Faster Plan");
  fixture_store (&f, &CR_COVERAGE, other);
  line = cr_patient_draft_add_line (draft, CR_LINE_COVERAGE);
  g_object_set (line, "payer", "Second Plan", "member-id", "B2", NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* Two charts were merged, both with a first insurance: that keeps nobody from correcting a city. */
static void
test_two_first (void)
{
  Fixture f;
  fixture_set_up (&f);
  for (int i = 0; i < 2; i++) {
    g_autoptr (CrCoverage) coverage = cr_coverage_new ();
    coverage->patient_id = f.garcia;
    coverage->rank = 1;
    coverage->payer = g_strdup ("Invented Plan");
    coverage->member_id = g_strdup_printf ("XYZ%d", i);
    fixture_store (&f, &CR_COVERAGE, coverage);
  }
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "city", "Portland", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  draft = draft_of (&f, f.garcia);
  g_object_set (draft_line (draft, CR_LINE_COVERAGE, 1), "member-id", "XYZ9", NULL);
  g_assert_false (is_fine (draft_line (draft, CR_LINE_COVERAGE, 1), "rank")); /* now it is asked */
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static gboolean
audit_job (CrTx *tx, gpointer data, GError **error)
{
  GPtrArray **entries = data;
  CrAuditQuery query = { .limit = 50, .watch = CR_AUDIT_ANYTHING };
  *entries = cr_audit_list (tx, &query, error);
  return *entries != NULL;
}

static gboolean
has_entry (GPtrArray *entries, const char *kind, CrId patient)
{
  for (guint i = 0; i < entries->len; i++) {
    const CrAuditEntry *entry = entries->pdata[i];
    if (g_strcmp0 (entry->kind, kind) == 0 && entry->patient_id == patient)
      return TRUE;
  }
  return FALSE;
}

static void
test_audited (void)
{
  Fixture f;
  g_autoptr (GPtrArray) entries = NULL;
  fixture_set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONTACT), "value", "503 224 0188", NULL);
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_RELATIVE), "name", "Ana Garcia", NULL);
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONSENT), "kind", "treatment", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_assert_true (cr_session_run (f.session, CR_RIGHT_ADMIN, audit_job, &entries, NULL));
  g_assert_true (has_entry (entries, "contact_point", f.garcia));
  g_assert_true (has_entry (entries, "related_person", f.garcia));
  g_assert_true (has_entry (entries, "consent", f.garcia));
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patient-details/contacts", test_contacts);
  g_test_add_func ("/patient-details/ended", test_ended);
  g_test_add_func ("/patient-details/relatives", test_relatives);
  g_test_add_func ("/patient-details/linked", test_linked);
  g_test_add_func ("/patient-details/coverages", test_coverages);
  g_test_add_func ("/patient-details/cards", test_cards);
  g_test_add_func ("/patient-details/consents", test_consents);
  g_test_add_func ("/patient-details/photo", test_photo);
  g_test_add_func ("/patient-details/changed-elsewhere", test_changed_elsewhere);
  g_test_add_func ("/patient-details/two-first", test_two_first);
  g_test_add_func ("/patient-details/audited", test_audited);
  return g_test_run ();
}
