/* What was typed and is not saved comes back after a lock: field by field and line by line, over what others
 * stored meanwhile, for the person who typed it and nobody else. */
#include "draft-fixture.h"
#include "chartroom/session/kept-form.h"
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static char *
kept_note (CrPatientDraft *draft)
{
  char *note = NULL;
  g_object_get (draft, "kept-note", &note, NULL);
  return note;
}

static void
assert_note (CrPatientDraft *draft, gboolean changed, gboolean files)
{
  g_autofree char *note = kept_note (draft);
  g_assert_nonnull (note);
  g_assert_true ((strstr (note, "Somebody has changed") != NULL) == changed);
  g_assert_true ((strstr (note, "chosen again") != NULL) == files);
}

/* As the window does it: kept, locked, and the same person signs in. */
static void
lock_over (Fixture *f, CrPatientDraft *draft)
{
  cr_patient_draft_keep (draft, FALSE);
  draft_drop (f, draft);
  fixture_sign_in (f, "frontdesk");
}

static CrId
store_coverage (Fixture *f, int rank, const char *payer, const char *member_id)
{
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  coverage->patient_id = f->garcia;
  coverage->rank = rank;
  coverage->payer = g_strdup (payer);
  coverage->member_id = g_strdup (member_id);
  fixture_store (f, &CR_COVERAGE, coverage);
  return coverage->id;
}

static void
set_up (Fixture *f)
{
  fixture_set_up (f);
  fixture_sign_in (f, "frontdesk");
}

static void
test_new (void)
{
  Fixture f;
  set_up (&f);
  CrPatientDraft *draft = cr_patient_draft_new (f.session, NULL);
  g_assert_false (cr_patient_draft_take_kept (draft));
  cr_patient_draft_take_words (draft, "adams ruth 2/3/68");
  g_object_set (draft, "payer", "Invented Plan", "phone-use", "home", NULL);
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONTACT), "value", "", NULL); /* says nothing */
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONTACT), "value", "a@example.org", NULL);
  lock_over (&f, draft);
  draft = cr_patient_draft_new (f.session, NULL);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_note (draft, FALSE, FALSE);
  assert_text (draft, "family", "Adams");
  assert_text (draft, "given", "Ruth");
  assert_text (draft, "birth-date", "2/3/68");
  assert_text (draft, "phone-use", "home");
  assert_text (draft, "payer", "Invented Plan");
  g_assert_cmpuint (draft_count (draft, CR_LINE_COVERAGE), ==, 1);
  g_assert_cmpuint (draft_count (draft, CR_LINE_CONTACT), ==, 1);
  assert_text (draft_line (draft, CR_LINE_CONTACT, 0), "value", "a@example.org");
  cr_patient_draft_forget_kept (draft);
  draft_drop (&f, draft);
  draft = cr_patient_draft_new (f.session, NULL);
  g_assert_false (cr_patient_draft_take_kept (draft));
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
test_existing (void)
{
  Fixture f;
  set_up (&f);
  store_coverage (&f, 1, "Invented Plan", "A1");
  store_coverage (&f, 2, "Second Plan", "B1");
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "city", "Salem", "preferred", "", NULL);
  g_object_set (draft_line (draft, CR_LINE_COVERAGE, 0), "member-id", "A2", NULL);
  cr_patient_draft_remove_line (draft, draft_line (draft, CR_LINE_COVERAGE, 1));
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_RELATIVE), "name", "Ana Garcia", NULL);
  lock_over (&f, draft);
  draft = draft_of (&f, f.garcia);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_note (draft, FALSE, FALSE);
  assert_text (draft, "city", "Salem");
  assert_text (draft, "preferred", ""); /* what was emptied is empty */
  assert_text (draft, "family", "Garcia");
  g_assert_cmpuint (draft_count (draft, CR_LINE_COVERAGE), ==, 1);
  assert_text (draft_line (draft, CR_LINE_COVERAGE, 0), "member-id", "A2");
  assert_text (draft_line (draft, CR_LINE_RELATIVE, 0), "name", "Ana Garcia");
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  draft = draft_of (&f, f.garcia);
  assert_text (draft, "city", "Salem");
  assert_text (draft, "preferred", "");
  g_assert_cmpuint (draft_count (draft, CR_LINE_COVERAGE), ==, 1);
  assert_text (draft, "member-id", "A2");
  g_assert_cmpuint (draft_count (draft, CR_LINE_RELATIVE), ==, 1);
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* Put back before the lines are read, as the window does it. */
static void
test_lines_later (void)
{
  Fixture f;
  set_up (&f);
  store_coverage (&f, 1, "Invented Plan", "A1");
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "member-id", "A2", NULL); /* on the first page */
  lock_over (&f, draft);
  g_autoptr (CrPatient) patient = fixture_load (&f, &CR_PATIENT, f.garcia);
  draft = cr_patient_draft_new (f.session, patient);
  g_assert_true (cr_patient_draft_take_kept (draft));
  cr_patient_draft_keep (draft, FALSE); /* locked again at once */
  draft_drop (&f, draft);
  draft = cr_patient_draft_new (f.session, patient);
  g_assert_true (cr_patient_draft_take_kept (draft));
  fixture_settle (&f);
  g_assert_cmpuint (draft_count (draft, CR_LINE_COVERAGE), ==, 1);
  assert_text (draft, "member-id", "A2");
  assert_text (draft_line (draft, CR_LINE_COVERAGE, 0), "payer", "Invented Plan");
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

static void
test_changed_meanwhile (void)
{
  Fixture f;
  g_autoptr (GBytes) card = g_bytes_new_static ("\x89PNG\r\n\x1a\n an invented card", 24);
  set_up (&f);
  CrId first = store_coverage (&f, 1, "Invented Plan", "A1");
  CrId second = store_coverage (&f, 2, "Second Plan", "B1");
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "city", "Salem", NULL);
  g_object_set (draft_line (draft, CR_LINE_COVERAGE, 0), "member-id", "A2", NULL);
  g_object_set (draft_line (draft, CR_LINE_COVERAGE, 1), "member-id", "B2", NULL);
  g_assert_true (
      cr_patient_line_set_file (draft_line (draft, CR_LINE_COVERAGE, 0), "card-front", card, NULL));
  lock_over (&f, draft);
  g_autoptr (CrCoverage) theirs = fixture_load (&f, &CR_COVERAGE, first);
  g_free (theirs->payer);
  theirs->payer = g_strdup ("Renamed Plan");
  fixture_store (&f, &CR_COVERAGE, theirs);
  g_autoptr (CrCoverage) ended = fixture_load (&f, &CR_COVERAGE, second);
  ended->valid_to = cr_date_add_days (FIXTURE_TODAY, -1);
  fixture_store (&f, &CR_COVERAGE, ended);
  draft = draft_of (&f, f.garcia);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_note (draft, TRUE, TRUE);
  CrPatientLine *line = draft_line (draft, CR_LINE_COVERAGE, 0);
  assert_text (line, "member-id", "A2");
  assert_text (line, "payer", "Renamed Plan"); /* theirs: it was not typed in here */
  line = draft_line (draft, CR_LINE_COVERAGE, 1);
  g_assert_true (cr_patient_line_is_new (line)); /* ended meanwhile: nothing typed is lost */
  assert_text (line, "payer", "Second Plan");
  assert_text (line, "member-id", "B2");
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrCoverage) after = fixture_load (&f, &CR_COVERAGE, first);
  g_assert_cmpstr (after->payer, ==, "Renamed Plan");
  g_assert_cmpstr (after->member_id, ==, "A2");
  fixture_tear_down (&f);
}

/* A save that met somebody else's change: the same way back. */
static void
test_outdated (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "city", "Portland", NULL);
  g_autoptr (CrPatient) theirs = fixture_load (&f, &CR_PATIENT, f.garcia);
  theirs->zip = g_strdup ("97201");
  fixture_store (&f, &CR_PATIENT, theirs);
  g_assert_cmpint (draft_save (draft, CR_REGISTER_ASK, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  cr_patient_draft_keep (draft, TRUE);
  draft_drop (&f, draft);
  draft = draft_of (&f, f.garcia);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_note (draft, TRUE, FALSE);
  draft_save_well (draft, CR_REGISTER_ASK);
  draft_drop (&f, draft);
  g_autoptr (CrPatient) after = fixture_load (&f, &CR_PATIENT, f.garcia);
  g_assert_cmpstr (after->city, ==, "Portland");
  g_assert_cmpstr (after->zip, ==, "97201");
  fixture_tear_down (&f);
}

/* Several forms are kept beside each other; nobody else sees them. */
static void
test_apart (void)
{
  Fixture f;
  set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "city", "Salem", NULL);
  lock_over (&f, draft);
  draft = cr_patient_draft_new (f.session, NULL);
  g_assert_false (cr_patient_draft_take_kept (draft));
  g_object_set (draft, "family", "Adams", NULL);
  lock_over (&f, draft);
  draft = cr_patient_draft_new (f.session, NULL);
  g_assert_true (cr_patient_draft_take_kept (draft));
  cr_patient_draft_forget_kept (draft);
  draft_drop (&f, draft);
  fixture_sign_in (&f, "okafor");
  draft = draft_of (&f, f.garcia);
  g_assert_false (cr_patient_draft_take_kept (draft));
  draft_drop (&f, draft);
  fixture_sign_in (&f, "frontdesk");
  draft = draft_of (&f, f.garcia);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_text (draft, "city", "Salem");
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* Said of Nowak's form, and not that somebody has changed the details. */
static void
assert_merged (Fixture *f, CrPatientDraft *draft)
{
  g_autofree char *note = kept_note (draft), *said = NULL;
  g_autoptr (CrPatient) nowak = fixture_load (f, &CR_PATIENT, f->nowak);
  said = g_strdup_printf ("merged into MRN %s:", nowak->mrn);
  g_assert_nonnull (strstr (note, said));
  g_assert_null (strstr (note, "Somebody has changed"));
}

/* Garcia's chart was merged into Nowak's: what was typed is Nowak's from then on, beside what is kept there.
 */
static void
test_merged (void)
{
  Fixture f;
  set_up (&f);
  CrPatientDraft *draft = draft_of (&f, f.garcia);
  g_object_set (draft, "city", "Salem", "zip", "97301", NULL);
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONTACT), "value", "a@example.org", NULL);
  lock_over (&f, draft);
  draft = draft_of (&f, f.nowak);
  g_object_set (draft, "zip", "97302", NULL);
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONTACT), "value", "b@example.org", NULL);
  lock_over (&f, draft);
  cr_session_move_kept_patient (f.session, f.nowak, f.nowak);
  cr_session_move_kept_patient (f.session, f.garcia, f.nowak);
  draft = draft_of (&f, f.garcia);
  g_assert_false (cr_patient_draft_take_kept (draft));
  draft_drop (&f, draft);
  draft = draft_of (&f, f.nowak);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_merged (&f, draft);
  lock_over (&f, draft); /* it is said again */
  draft = draft_of (&f, f.nowak);
  g_assert_true (cr_patient_draft_take_kept (draft));
  assert_merged (&f, draft);
  assert_text (draft, "city", "Salem");
  assert_text (draft, "zip", "97302"); /* typed there */
  assert_text (draft_line (draft, CR_LINE_CONTACT, draft_count (draft, CR_LINE_CONTACT) - 2), "value",
               "b@example.org");
  assert_text (draft_line (draft, CR_LINE_CONTACT, draft_count (draft, CR_LINE_CONTACT) - 1), "value",
               "a@example.org");
  draft_drop (&f, draft);
  fixture_tear_down (&f);
}

/* Forms of all other kinds, by their name: what was chosen, and what was typed in it and not there before. */
static void
test_forms (void)
{
  Fixture f;
  set_up (&f);
  g_autoptr (CrKeptForm) blank = cr_kept_form_new (), form = cr_kept_form_new (), back = NULL, none = NULL;
  cr_kept_form_set_text (blank, "title", "as stored");
  cr_kept_form_set_text (blank, "note", "");
  cr_kept_form_set_text (blank, "emptied", "was here");
  cr_kept_form_set_number (blank, "patient", CR_ID_NONE);
  cr_kept_form_set_text (form, "title", "as stored");
  cr_kept_form_set_text (form, "note", "two\nlines, \"quoted\" [x]=y; ");
  cr_kept_form_set_text (form, "emptied", NULL);
  cr_kept_form_set_number (form, "patient", f.garcia);
  g_assert_false (cr_kept_form_same_texts (form, blank));
  cr_session_keep_form (f.session, "task", form, blank);
  CrPatientDraft *draft = cr_patient_draft_new (f.session, NULL);
  g_object_set (draft, "family", "Adams", NULL);
  cr_patient_draft_keep (draft, FALSE); /* beside it, not instead of it */
  g_object_set (cr_patient_draft_add_line (draft, CR_LINE_CONTACT), "value", "a@example.org", NULL);
  lock_over (&f, draft);
  g_auto (GStrv) names = cr_session_list_kept_forms (f.session);
  g_assert_cmpuint (g_strv_length (names), ==, 2); /* lines are none */
  g_assert_true (g_strv_contains ((const char *const *)names, "task"));
  g_assert_true (g_strv_contains ((const char *const *)names, "0"));
  back = cr_session_get_kept_form (f.session, "task");
  g_assert_null (cr_kept_form_get_text (back, "title")); /* untouched: it is as somebody else left it */
  g_assert_cmpstr (cr_kept_form_get_text (back, "note"), ==, "two\nlines, \"quoted\" [x]=y; ");
  g_assert_cmpstr (cr_kept_form_get_text (back, "emptied"), ==, "");
  g_assert_cmpint (cr_kept_form_get_number (back, "patient", CR_ID_NONE), ==, f.garcia);
  g_assert_cmpint (cr_kept_form_get_number (back, "else", 7), ==, 7);
  none = cr_session_get_kept_form (f.session, "call");
  g_assert_null (none);
  cr_session_forget_form (f.session, "task");
  g_assert_null (cr_session_get_kept_form (f.session, "task"));
  g_auto (GStrv) left = cr_session_list_kept_forms (f.session);
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  fixture_sign_in (&f, "okafor");
  g_auto (GStrv) others = cr_session_list_kept_forms (f.session);
  g_assert_cmpuint (g_strv_length (others), ==, 0);
  fixture_tear_down (&f);
}

/* As another window of the same person would: what it knew and what it has now, straight into the store. */
typedef struct {
  CrId person;
  const char *text;
} Other;

static gboolean
other_window_job (CrTx *tx, gpointer data, GError **error)
{
  const Other *other = data;
  return cr_preference_set (tx, other->person, "kept-forms", other->text, error);
}

static void
store_elsewhere (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  Other other = { f->frontdesk, text };
  cr_session_run (f->session, CR_RIGHT_SCHEDULE_VIEW, other_window_job, &other, &error);
  g_assert_no_error (error);
}

static void
keep_title (Fixture *f, const char *name, const char *title)
{
  g_autoptr (CrKeptForm) blank = cr_kept_form_new (), form = cr_kept_form_new ();
  cr_kept_form_set_text (form, "title", title);
  cr_session_keep_form (f->session, name, form, blank);
}

static void
assert_title (Fixture *f, const char *name, const char *title)
{
  g_autoptr (CrKeptForm) form = cr_session_get_kept_form (f->session, name);
  g_assert_cmpstr (form != NULL ? cr_kept_form_get_text (form, "title") : NULL, ==, title);
}

/* Two windows of one person keep and forget their own forms, and not each other's. */
static void
test_two_windows (void)
{
  Fixture f;
  set_up (&f);
  keep_title (&f, "call", "here");
  store_elsewhere (&f, "[call]\ntext-title=here\n[wait]\ntext-title=there\n");
  keep_title (&f, "task", "here, too");
  fixture_sign_in (&f, "frontdesk");
  assert_title (&f, "call", "here");
  assert_title (&f, "task", "here, too");
  assert_title (&f, "wait", "there");
  store_elsewhere (&f, "[call]\ntext-title=here\n[task]\ntext-title=here, too\n"); /* saved over there */
  cr_session_forget_form (f.session, "call");
  fixture_sign_in (&f, "frontdesk");
  assert_title (&f, "call", NULL);
  assert_title (&f, "task", "here, too");
  assert_title (&f, "wait", NULL); /* it does not come back */
  fixture_tear_down (&f);
}

static gboolean
read_forms_job (CrTx *tx, gpointer data, GError **error)
{
  Other *other = data;
  other->text = cr_preference_get (tx, other->person, "kept-forms", error);
  return other->text != NULL;
}

/* As they stand in the store. */
static char *
stored_forms (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  Other other = { f->frontdesk, NULL };
  cr_session_run (f->session, CR_RIGHT_SCHEDULE_VIEW, read_forms_job, &other, &error);
  g_assert_no_error (error);
  return (char *)other.text;
}

/* No file can be written any more, as on a full disk; each can still be read. */
static void
fill_disk (gboolean full)
{
  static struct rlimit usual;
  struct rlimit none;
  if (full) {
    g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &usual), ==, 0);
    none = (struct rlimit){ 0, usual.rlim_max };
  } else
    none = usual;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
}

static gboolean
has_trouble (gpointer session)
{
  g_autofree char *reason = NULL;
  g_object_get (session, "keep-trouble", &reason, NULL);
  return reason != NULL;
}

static gboolean
has_no_trouble (gpointer session)
{
  return !has_trouble (session);
}

/* What was typed while the disk was full is stored with what is typed next, and nothing of another window is
 * lost by it. */
static void
test_full_disk (void)
{
  Fixture f;
  set_up (&f);
  keep_title (&f, "wait", "old");
  fixture_settle (&f);
  fill_disk (TRUE);
  keep_title (&f, "call", "here");
  fixture_wait_until (has_trouble, f.session);
  assert_title (&f, "call", "here");
  keep_title (&f, "task", "here, too");
  fixture_settle (&f);
  g_assert_true (has_trouble (f.session));
  fill_disk (FALSE);
  store_elsewhere (&f, "[wait]\ntext-title=there\n");
  keep_title (&f, "task", "again");
  fixture_settle (&f);
  g_assert_false (has_trouble (f.session));
  fixture_sign_in (&f, "frontdesk");
  assert_title (&f, "call", "here");
  assert_title (&f, "task", "again");
  assert_title (&f, "wait", "there");
  fixture_tear_down (&f);
}

/* Nobody types any more: it is tried again by itself. */
static void
test_full_disk_later (void)
{
  Fixture f;
  set_up (&f);
  fixture_settle (&f);
  fill_disk (TRUE);
  keep_title (&f, "call", "here");
  keep_title (&f, "call", "here, more"); /* before the first answer came */
  fixture_wait_until (has_trouble, f.session);
  fill_disk (FALSE);
  fixture_wait_until (has_no_trouble, f.session);
  g_autofree char *stored = stored_forms (&f);
  g_assert_cmpstr (stored, ==, "[call]\ntext-title=here, more\n");
  fixture_tear_down (&f);
}

/* Locked meanwhile: it is there again after the sign-in, and stored then. */
static void
test_full_disk_locked (void)
{
  Fixture f;
  set_up (&f);
  fixture_settle (&f);
  fill_disk (TRUE);
  keep_title (&f, "call", "here");
  fixture_wait_until (has_trouble, f.session);
  cr_session_lock (f.session);
  g_assert_false (has_trouble (f.session));
  fixture_settle (&f);
  fill_disk (FALSE);
  fixture_sign_in (&f, "admin");
  store_elsewhere (&f, "[wait]\ntext-title=there\n");
  fixture_sign_in (&f, "frontdesk");
  assert_title (&f, "call", "here");
  assert_title (&f, "wait", "there");
  fixture_settle (&f);
  g_assert_false (has_trouble (f.session));
  keep_title (&f, "task", "here, too");
  fixture_sign_in (&f, "frontdesk");
  assert_title (&f, "call", "here");
  assert_title (&f, "task", "here, too");
  assert_title (&f, "wait", "there");
  fixture_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-kept/new", test_new);
  g_test_add_func ("/draft-kept/existing", test_existing);
  g_test_add_func ("/draft-kept/lines-later", test_lines_later);
  g_test_add_func ("/draft-kept/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/draft-kept/outdated", test_outdated);
  g_test_add_func ("/draft-kept/apart", test_apart);
  g_test_add_func ("/draft-kept/merged", test_merged);
  g_test_add_func ("/draft-kept/forms", test_forms);
  g_test_add_func ("/draft-kept/two-windows", test_two_windows);
  g_test_add_func ("/draft-kept/full-disk", test_full_disk);
  g_test_add_func ("/draft-kept/full-disk-later", test_full_disk_later);
  g_test_add_func ("/draft-kept/full-disk-locked", test_full_disk_locked);
  return g_test_run ();
}
