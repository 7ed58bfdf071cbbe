/* Registration: validation, duplicates, saving new and known patients. */
#include "draft-fixture.h"
#include "chartroom/domain/patient-rules.h"

static CrPatientDraft *
new_draft (Fixture *f)
{
  return cr_patient_draft_new (f->session, NULL);
}

/* Enough to save: nobody like that is here. */
static CrPatientDraft *
complete_draft (Fixture *f)
{
  CrPatientDraft *draft = new_draft (f);
  g_object_set (draft, "family", "Adams", "given", "Ruth", "birth-date", "2/3/68", "sex", "female", "phone",
                "503 224 0101", NULL);
  return draft;
}

typedef struct {
  CrId patient;
  GPtrArray *coverages, *people, *names;
} Extras;

static gboolean
extras_job (CrTx *tx, gpointer data, GError **error)
{
  Extras *extras = data;
  extras->coverages = cr_coverages (tx, extras->patient, error);
  extras->people = cr_related_persons (tx, extras->patient, error);
  extras->names = cr_patient_names (tx, extras->patient, error);
  return extras->names != NULL;
}

static Extras
load_extras (Fixture *f, CrId patient)
{
  Extras extras = { .patient = patient };
  g_assert_true (cr_session_run (f->session, CR_RIGHT_SCHEDULE_VIEW, extras_job, &extras, NULL));
  return extras;
}

static void
clear_extras (Extras *extras)
{
  g_ptr_array_unref (extras->coverages);
  g_ptr_array_unref (extras->people);
  g_ptr_array_unref (extras->names);
}

/* ---- validation ---- */

static void
test_fields (void)
{
  static const struct {
    const char *property, *typed;
    gboolean fine;
  } cases[] = {
    { "family", "Adams", TRUE },
    { "birth-date", "", FALSE },
    { "birth-date", "2/3/68", TRUE },
    { "birth-date", "?", TRUE },
    { "birth-date", "1968", TRUE },
    { "birth-date", "2/30/68", FALSE },
    { "birth-date", "12/5/25", FALSE }, /* of this or the last century */
    { "birth-date", "12/5/1925", TRUE },
    { "birth-date", "11/24/2026", FALSE },
    { "birth-date", "02031968", TRUE },
    { "sex", "", FALSE },
    { "sex", "unknown", TRUE },
    { "phone", "", FALSE },
    { "phone", "none", TRUE },
    { "phone", "224 0101", FALSE },
    { "phone", "+49 30 1234567", TRUE },
    { "zip", "973", FALSE },
    { "zip", "97301", TRUE },
    { "state", "Ontario", FALSE },
    { "state", "oregon", TRUE },
    { "email", "ruth", FALSE },
    { "email", "ruth@example.org", TRUE },
    { "emergency-phone", "1", FALSE },
    { "emergency-phone", "", TRUE },
  };
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = complete_draft (&f);
  g_assert_true (draft_can_save (draft));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_object_set (draft, cases[i].property, cases[i].typed, NULL);
    const char *problem = cr_patient_draft_problem (draft, cases[i].property);
    g_test_message ("%s %s: %s", cases[i].property, cases[i].typed, problem);
    g_assert_true ((problem == NULL) == cases[i].fine);
    g_assert_true (draft_can_save (draft) == cases[i].fine);
    assert_text (draft, cases[i].property, cases[i].typed);
  }
  g_object_set (draft, "payer", "Invented Plan", NULL);
  g_assert_nonnull (cr_patient_draft_problem (draft, "member-id"));
  g_object_set (draft, "member-id", "XYZ1", NULL);
  g_assert_null (cr_patient_draft_problem (draft, "member-id"));
  g_object_set (draft, "phone", "", NULL); /* there is an email */
  g_assert_null (cr_patient_draft_problem (draft, "phone"));
  g_object_set (draft, "family", "", "given", "", NULL);
  g_assert_nonnull (cr_patient_draft_problem (draft, "family"));
  g_object_set (draft, "family", "   ", "given", "Ruth", NULL); /* blanks are no name */
  g_assert_nonnull (cr_patient_draft_problem (draft, "family"));
  g_assert_false (draft_can_save (draft));
  g_object_set (draft, "family", "Suharto", "given", "", "no-given", "yes", NULL); /* a single name */
  g_assert_true (draft_can_save (draft));
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
assert_offer (CrPatientDraft *draft, const char *property, const char *expected)
{
  g_autofree char *offer = cr_fields_offer (CR_FIELDS (draft), property);
  g_assert_cmpstr (offer, ==, expected);
}

static void
test_questions (void)
{
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = complete_draft (&f);
  g_assert_null (cr_patient_draft_question (draft, "family"));
  g_object_set (draft, "family", "adams", NULL);
  g_assert_cmpstr (cr_patient_draft_question (draft, "family"), ==, "Use Adams?");
  assert_offer (draft, "family", "Adams");
  g_object_set (draft, "email", "ruth@gmial.com", "middle", "L", "preferred", "RUTHIE", NULL);
  assert_offer (draft, "email", "ruth@gmail.com");
  assert_offer (draft, "preferred", "Ruthie");
  g_assert_null (cr_patient_draft_question (draft, "middle")); /* its first letter is enough */
  assert_offer (draft, "given", NULL);
  g_object_set (draft, "contact-preference", "No voicemail please", NULL);
  g_assert_nonnull (cr_patient_draft_question (draft, "contact-preference"));
  g_object_set (draft, "no-voice-mail", "1", NULL);
  g_assert_null (cr_patient_draft_question (draft, "contact-preference"));
  g_object_set (draft, "zip", "97301", "state", "WA", NULL);
  g_assert_nonnull (cr_patient_draft_question (draft, "zip"));
  g_object_set (draft, "zip", "9730", NULL); /* a problem is no question */
  g_assert_null (cr_patient_draft_question (draft, "zip"));
  g_object_set (draft, "zip", "98101", NULL);
  g_assert_true (draft_can_save (draft)); /* questions do not keep anybody from saving */
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* Forgotten is not the same as none. */
static void
test_no_given (void)
{
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = complete_draft (&f);
  g_object_set (draft, "given", "", NULL);
  g_assert_nonnull (cr_patient_draft_problem (draft, "given"));
  g_assert_false (draft_can_save (draft));
  g_object_set (draft, "no-given", "1", "suffix", "Jr.", "sex-documents", "M", "no-mail", "1", NULL);
  g_assert_true (draft_can_save (draft));
  CrId id = draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, id);
  g_autofree char *name = cr_patient_name_display (patient);
  g_assert_cmpstr (name, ==, "ADAMS, (no given name)");
  g_assert_cmpstr (patient->suffix, ==, "Jr.");
  g_assert_cmpstr (patient->sex_documents, ==, "M");
  g_assert_cmpint (patient->no_mail, ==, 1);
  g_assert_cmpint (patient->no_text, ==, CR_INT_NONE); /* never said */
  draft = draft_of (&f, id);
  assert_text (draft, "no-given", "1");
  assert_text (draft, "no-mail", "1");
  g_object_set (draft, "no-mail", "", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) after = fixture_load (&f, &CR_PATIENT, id);
  g_assert_cmpint (after->no_mail, ==, 0);
  fixture_tear_down (&f);
}

static void
test_birth_echo (void)
{
  static const char *const cases[][2] = {
    { "3/14/61", "= Mar 14, 1961 (65 y)" },
    { "", "" },
    { "?", "= Unknown" },
    { "2/30/61", "" },
    { "12/5/25", "Dec 05, 2025 (50 wk 3 d) or Dec 05, 1925 (100 y)?" },
  };
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = new_draft (&f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_object_set (draft, "birth-date", cases[i][0], NULL);
    assert_text (draft, "birth-echo", cases[i][1]);
  }
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
test_words (void)
{
  static const struct {
    const char *words, *family, *given, *birth, *phone;
  } cases[] = {
    { "garcia maria 3/14/61", "Garcia", "Maria", "3/14/61", "" },
    { "garcia, maria", "Garcia", "Maria", "", "" },
    { "O'KON-SMITH", "O'Kon-Smith", "", "", "" },
    { "503-224-0142 adams", "Adams", "", "", "503-224-0142" },
    { "adams 99/99/99", "Adams", "", "", "" },
    { "   ", "", "", "", "" },
  };
  Fixture f;
  fixture_set_up (&f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    CrPatientDraft *draft = new_draft (&f);
    cr_patient_draft_take_words (draft, cases[i].words);
    assert_text (draft, "family", cases[i].family);
    assert_text (draft, "given", cases[i].given);
    assert_text (draft, "birth-date", cases[i].birth);
    assert_text (draft, "phone", cases[i].phone);
    draft_drop (&f, draft);
  }
  fixture_tear_down (&f);
}

/* ---- saving ---- */

static void
test_register (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  CrPatientDraft *draft = complete_draft (&f);
  g_object_set (draft, "state", "or", "zip", "973011234", "payer", "Invented Plan", "member-id", "XYZ1",
                "emergency-name", "Tom Adams", "emergency-phone", "(503) 224-0102", NULL);
  CrId id = draft_save_well (draft, CR_REGISTER_ASK);
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, id);
  g_assert_cmpstr (patient->mrn, ==, "000004");
  g_assert_cmpstr (patient->family, ==, "Adams");
  g_assert_cmpstr (patient->search, ==, "adams ruth");
  g_assert_cmpint (cr_date_compare (patient->birth_date, CR_DATE (1968, 2, 3)), ==, 0);
  g_assert_cmpint (cr_date_compare (patient->registered_on, FIXTURE_TODAY), ==, 0);
  g_assert_cmpint (patient->sex, ==, CR_SEX_FEMALE);
  g_assert_cmpstr (patient->phone, ==, "5032240101");
  g_assert_cmpstr (patient->phone_use, ==, "mobile");
  g_assert_cmpstr (patient->state, ==, "OR");
  g_assert_cmpstr (patient->zip, ==, "97301-1234");
  Extras extras = load_extras (&f, id);
  const CrCoverage *coverage = extras.coverages->pdata[0];
  const CrRelatedPerson *contact = extras.people->pdata[0];
  g_assert_cmpstr (coverage->payer, ==, "Invented Plan");
  g_assert_cmpstr (coverage->member_id, ==, "XYZ1");
  g_assert_cmpint (coverage->rank, ==, 1);
  g_assert_cmpstr (contact->name, ==, "Tom Adams");
  g_assert_cmpstr (contact->phone, ==, "5032240102");
  g_assert_true (contact->emergency);
  clear_extras (&extras);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
test_refused (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  CrPatientDraft *draft = complete_draft (&f);
  g_object_set (draft, "birth-date", "2/30/68", NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_clear_error (&error);
  g_object_set (draft, "birth-date", "2/3/68", NULL);
  fixture_sign_in (&f, "referrals"); /* may look, not change */
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
test_change (void)
{
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  assert_text (draft, "family", "Garcia");
  assert_text (draft, "phone", "503-555-0142");
  assert_text (draft, "sex", "female");
  g_assert_true (draft_can_save (draft));
  g_object_set (draft, "family", "Lopez", "emergency-name", "Tom Lopez", NULL);
  g_assert_cmpint (draft_save_well (draft, CR_REGISTER_ASK), ==, f.garcia);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_cmpstr (patient->family, ==, "Lopez");
  g_assert_cmpstr (patient->preferred, ==, "Malena");
  g_assert_cmpstr (patient->mrn, ==, "000001");
  g_assert_cmpstr (patient->phone, ==, "5035550142");
  g_assert_true (g_str_has_prefix (patient->search, "lopez maria"));
  Extras extras = load_extras (&f, f.garcia);
  g_assert_cmpuint (extras.names->len, ==, 1); /* still found under the old name */
  g_assert_cmpstr (((CrPatientName *)extras.names->pdata[0])->family, ==, "Garcia");
  g_assert_cmpuint (extras.people->len, ==, 1);
  g_assert_cmpuint (extras.coverages->len, ==, 0);
  clear_extras (&extras);
  draft = draft_of (&f, f.garcia); /* read with the form, and changed in place */
  assert_text (draft, "emergency-name", "Tom Lopez");
  g_object_set (draft, "emergency-name", "Tim Lopez", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  extras = load_extras (&f, f.garcia);
  g_assert_cmpuint (extras.people->len, ==, 1);
  g_assert_cmpstr (((CrRelatedPerson *)extras.people->pdata[0])->name, ==, "Tim Lopez");
  clear_extras (&extras);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* The usual clinician is chosen on the form, and taken back. */
static void
test_usual_person (void)
{
  Fixture f;
  fixture_set_up (&f);
  g_autofree char *okafor = g_strdup_printf ("%" G_GINT64_FORMAT, f.okafor);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  assert_text (draft, "usual-person", "");
  g_object_set (draft, "usual-person", okafor, NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) with = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_cmpint (with->usual_person_id, ==, f.okafor);
  draft = draft_of (&f, f.garcia);
  assert_text (draft, "usual-person", okafor);
  g_object_set (draft, "usual-person", "", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) without = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_cmpint (without->usual_person_id, ==, CR_ID_NONE);
  fixture_tear_down (&f);
}

/* By the rules of UX 7.3. */
static void
test_death (void)
{
  static const struct {
    const char *typed;
    gboolean fine;
  } cases[] = { { "", TRUE },           { "11/22/2026", TRUE },  { "2026", TRUE },
                { "3/13/1961", FALSE }, { "11/24/2026", FALSE }, { "dead", FALSE },
                { "1960", FALSE },      { "1961", TRUE } };
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia); /* born Mar 14, 1961 */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_object_set (draft, "death-date", cases[i].typed, NULL);
    const char *problem = cr_patient_draft_problem (draft, "death-date");
    g_test_message ("%s: %s", cases[i].typed, problem);
    g_assert_true ((problem == NULL) == cases[i].fine);
  }
  g_object_set (draft, "death-date", "11/2/2026", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) dead = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_cmpint (cr_date_compare (dead->death_date, CR_DATE (2026, 11, 2)), ==, 0);
  draft = draft_of (&f, f.garcia);
  assert_text (draft, "death-date", "2026-11-02");
  g_object_set (draft, "death-date", "", NULL); /* it was somebody else */
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) living = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_false (cr_date_is_set (living->death_date));
  g_autofree char *asked = cr_death_question (CR_DATE (2026, 9, 1), CR_DATE (2026, 9, 20));
  g_autofree char *late = cr_death_question (CR_DATE (2026, 11, 10), CR_DATE (2026, 11, 20));
  g_assert_nonnull (asked);
  g_assert_nonnull (late); /* in the wrong chart, it is most often of these days */
  g_assert_null (cr_death_question (CR_DATE (2026, 9, 1), CR_DATE (2026, 9, 1)));
  fixture_tear_down (&f);
}

/* What a person may not see is not changed by their saving. */
static void
test_change_keeps_the_rest (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  g_autoptr (CrPatient) before = fixture_load (&c.f, &CR_PATIENT, c.f.garcia);
  before->allergy_status = CR_ALLERGY_NONE_KNOWN;
  before->allergy_reviewed_by = c.f.okafor;
  before->usual_person_id = c.f.okafor;
  fixture_store (&c.f, &CR_PATIENT, before);
  chart_open_as (&c, "frontdesk");
  CrPatientDraft *draft = cr_patient_draft_new (c.f.session, chart_records (&c)->patient);
  fixture_settle (&c.f);
  g_object_set (draft, "phone", "503 224 0199", NULL);
  draft_save_well (draft, CR_REGISTER_ASK);
  g_autoptr (CrPatient) after = fixture_load (&c.f, &CR_PATIENT, c.f.garcia);
  g_assert_cmpstr (after->phone, ==, "5032240199");
  g_assert_cmpint (after->allergy_status, ==, CR_ALLERGY_NONE_KNOWN);
  g_assert_cmpint (after->allergy_reviewed_by, ==, c.f.okafor);
  g_assert_cmpint (after->usual_person_id, ==, c.f.okafor);
  draft_drop (&c.f, draft);
  chart_tear_down (&c);
}

static void
test_changed_elsewhere (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_autoptr (CrPatient) theirs = fixture_load (&f, &CR_PATIENT, f.garcia);
  theirs->city = g_strdup ("Salem");
  fixture_store (&f, &CR_PATIENT, theirs);
  g_object_set (draft, "city", "Portland", NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_autoptr (CrPatient) stored = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_cmpstr (stored->city, ==, "Salem");
  assert_text (draft, "city", "Portland");
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
test_born_after_visit (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  g_autoptr (CrAppointment) visit = cr_appointment_new ();
  visit->patient_id = f.garcia;
  visit->date = CR_DATE (1990, 5, 1);
  visit->start_min = 600;
  visit->minutes = 20;
  fixture_store (&f, &CR_APPOINTMENT, visit);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "birth-date", "5/2/1990", NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* ---- duplicates ---- */

static void
checked_cb (CrPatientDraft *draft, gboolean *checked)
{
  *checked = TRUE;
}

static void
check (CrPatientDraft *draft)
{
  gboolean checked = FALSE;
  gulong handler = g_signal_connect (draft, "checked", G_CALLBACK (checked_cb), &checked);
  cr_patient_draft_check (draft);
  while (!checked)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (draft, handler);
}

static void
test_candidates (void)
{
  Fixture f;
  fixture_set_up (&f);
  fixture_sign_in (&f, "frontdesk");
  CrPatientDraft *draft = new_draft (&f);
  GListModel *candidates = cr_patient_draft_get_candidates (draft);
  g_object_set (draft, "family", "garcia", NULL);
  check (draft);
  g_assert_cmpuint (g_list_model_get_n_items (candidates), ==, 0); /* a name is too little */
  g_object_set (draft, "given", "Maria", "birth-date", "3/14/61", "phone", "5035550142", NULL);
  check (draft);
  g_assert_cmpuint (g_list_model_get_n_items (candidates), ==, 1);
  g_autoptr (CrRow) row = g_list_model_get_item (candidates, 0);
  const CrCandidate *best = cr_row_peek (row);
  g_assert_cmpint (best->patient->id, ==, f.garcia);
  g_assert_cmpint (best->points, ==, 105);
  g_assert_true (best->likely);
  g_assert_false (best->twin);
  g_assert_cmpstr (best->reasons, ==, "same birth date, family name, given name, phone ends 0142");
  check (draft);
  g_autoptr (CrRow) again = g_list_model_get_item (candidates, 0);
  g_assert_true (row == again); /* the same finding keeps its row */
  g_object_set (draft, "family", "Nobody", "given", "New", "birth-date", "1/2/03", "phone", "5032240000",
                NULL);
  check (draft);
  g_assert_cmpuint (g_list_model_get_n_items (candidates), ==, 0);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* Day and month in the other order, and the number on the card. */
static void
test_candidates_by_detail (void)
{
  Fixture f;
  fixture_set_up (&f);
  CrPatientDraft *first = complete_draft (&f);
  g_object_set (first, "payer", "Invented Plan", "member-id", "XYZ1", NULL);
  CrId id = draft_save_well (first, CR_REGISTER_ASK);
  draft_drop (&f, first);
  CrPatientDraft *draft = new_draft (&f);
  g_object_set (draft, "family", "Other", "given", "Ruth", "birth-date", "3/2/68", "member-id", "xyz1", NULL);
  check (draft);
  GListModel *candidates = cr_patient_draft_get_candidates (draft);
  g_assert_cmpuint (g_list_model_get_n_items (candidates), ==, 1);
  g_autoptr (CrRow) row = g_list_model_get_item (candidates, 0);
  g_assert_cmpint (((const CrCandidate *)cr_row_peek (row))->patient->id, ==, id);
  g_assert_cmpint (((const CrCandidate *)cr_row_peek (row))->points, ==, 70);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static gboolean
count_job (CrTx *tx, gpointer data, GError **error)
{
  *(gint64 *)data = cr_patient_count (tx, error);
  return TRUE;
}

static void
test_duplicate_answers (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  fixture_set_up (&f);
  CrPatientDraft *draft = new_draft (&f);
  g_object_set (draft, "family", "Garcia", "given", "Maria", "birth-date", "3/14/1961", "sex", "female",
                "phone", "none", NULL);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "000001"));
  cr_session_run (f.session, CR_RIGHT_SCHEDULE_VIEW, count_job, &n, NULL);
  g_assert_cmpint (n, ==, 3);
  CrId other = draft_save_well (draft, CR_REGISTER_NOT_SAME);
  g_autoptr (GPtrArray) answers = fixture_audit (&f, "not-the-same-person", other);
  g_assert_cmpuint (answers->len, ==, 1);
  g_assert_cmpstr (((CrAuditEntry *)answers->pdata[0])->detail, ==, "000001");
  CrPatientDraft *third = new_draft (&f);
  g_object_set (third, "family", "Garcia", "given", "Maria", "birth-date", "3/14/1961", "sex", "female",
                "phone", "none", NULL);
  CrId flagged = draft_save_well (third, CR_REGISTER_REVIEW);
  g_assert_cmpint (flagged, !=, other);
  g_autoptr (GPtrArray) none = fixture_audit (&f, "not-the-same-person", flagged);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (GPtrArray) created = fixture_audit (&f, "create", flagged);
  gboolean task = FALSE;
  for (guint i = 0; i < created->len; i++)
    task = task || g_str_equal (((CrAuditEntry *)created->pdata[i])->kind, CR_TASK.name);
  g_assert_true (task);
  draft_drop (&f, draft);
  draft_drop (&f, third);
  fixture_tear_down (&f);
}

static void
test_twin (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  fixture_set_up (&f);
  CrPatientDraft *draft = new_draft (&f);
  g_object_set (draft, "family", "Garcia", "given", "Ana", "birth-date", "3/14/1961", "sex", "female",
                "phone", "503 555 0142", NULL);
  check (draft);
  g_autoptr (CrRow) row = g_list_model_get_item (cr_patient_draft_get_candidates (draft), 0);
  g_assert_true (((const CrCandidate *)cr_row_peek (row))->twin);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "twin or sibling"));
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patient-draft/fields", test_fields);
  g_test_add_func ("/patient-draft/questions", test_questions);
  g_test_add_func ("/patient-draft/no-given", test_no_given);
  g_test_add_func ("/patient-draft/birth-echo", test_birth_echo);
  g_test_add_func ("/patient-draft/words", test_words);
  g_test_add_func ("/patient-draft/register", test_register);
  g_test_add_func ("/patient-draft/refused", test_refused);
  g_test_add_func ("/patient-draft/change", test_change);
  g_test_add_func ("/patient-draft/usual-person", test_usual_person);
  g_test_add_func ("/patient-draft/death", test_death);
  g_test_add_func ("/patient-draft/change-keeps-the-rest", test_change_keeps_the_rest);
  g_test_add_func ("/patient-draft/changed-elsewhere", test_changed_elsewhere);
  g_test_add_func ("/patient-draft/born-after-visit", test_born_after_visit);
  g_test_add_func ("/patient-draft/candidates", test_candidates);
  g_test_add_func ("/patient-draft/candidates-by-detail", test_candidates_by_detail);
  g_test_add_func ("/patient-draft/duplicate-answers", test_duplicate_answers);
  g_test_add_func ("/patient-draft/twin", test_twin);
  return g_test_run ();
}
