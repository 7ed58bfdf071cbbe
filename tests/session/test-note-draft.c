/* A note being written: autosave, flush, conflicts, signing, and what happens after signing. */
#include "chart-fixture.h"
#include "chartroom/session/note-draft.h"

static CrNoteDraft *
open_note (ChartFixture *c, CrId id, GError **error)
{
  GAsyncResult *result = NULL;
  cr_note_draft_open_async (c->chart, id, fixture_done_cb, &result);
  fixture_wait (&result);
  CrNoteDraft *draft = cr_note_draft_open_finish (result, error);
  g_object_unref (result);
  return draft;
}

static CrNoteDraft *
open_today (ChartFixture *c)
{
  g_autoptr (GError) error = NULL;
  CrNoteDraft *draft = open_note (c, CR_ID_NONE, &error);
  g_assert_no_error (error);
  return draft;
}

static GError *
save (CrNoteDraft *draft)
{
  GAsyncResult *result = NULL;
  cr_note_draft_save_async (draft, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static GError *
sign (CrNoteDraft *draft)
{
  GAsyncResult *result = NULL;
  cr_note_draft_sign_async (draft, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static CrNote *
stored (ChartFixture *c, CrNoteDraft *draft)
{
  return fixture_load (&c->f, &CR_NOTE, cr_note_draft_get_note_id (draft));
}

static gboolean
flag (CrNoteDraft *draft, const char *property)
{
  gboolean value = FALSE;
  g_object_get (draft, property, &value, NULL);
  return value;
}

static char *
text (CrNoteDraft *draft, const char *property)
{
  char *value = NULL;
  g_object_get (draft, property, &value, NULL);
  return value;
}

static gboolean
is_clean (gpointer draft)
{
  return !flag (draft, "dirty");
}

/* Lets go of the draft; nobody else holds it. */
static void
drop (ChartFixture *c, CrNoteDraft *draft)
{
  fixture_settle (&c->f);
  g_assert_finalize_object (draft);
}

static CrId
add_visit (Fixture *f)
{
  g_autoptr (CrEncounter) encounter = cr_encounter_new ();
  encounter->patient_id = f->garcia;
  encounter->date = FIXTURE_TODAY;
  encounter->kind = g_strdup ("Follow-up");
  encounter->reason = g_strdup ("Blood pressure check");
  fixture_store (f, &CR_ENCOUNTER, encounter);
  return encounter->id;
}

/* ---- writing ---- */

static void
test_autosave (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrId visit = add_visit (&c.f);
  CrNoteDraft *draft = open_today (&c);
  g_autofree char *title = text (draft, "title");
  g_autofree char *reason = text (draft, "reason");
  g_assert_cmpstr (title, ==, "Follow-up");
  g_assert_cmpstr (reason, ==, "Blood pressure check");
  g_assert_false (flag (draft, "dirty"));
  fixture_settle (&c.f);
  g_assert_cmpuint (chart_records (&c)->notes->len, ==, 0); /* stored with its first text */
  g_object_set (draft, "subjective", "Feels w", NULL);
  g_object_set (draft, "subjective", "Feels well.", NULL);
  g_assert_true (flag (draft, "dirty"));
  fixture_wait_until (is_clean, draft);
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpstr (note->subjective, ==, "Feels well.");
  g_assert_cmpint (note->encounter_id, ==, visit);
  g_assert_cmpint (note->author_id, ==, c.f.okafor);
  g_assert_cmpint (note->status, ==, CR_NOTE_DRAFT);
  g_assert_cmpint (note->version, ==, 1);
  g_autofree char *status = text (draft, "status-text");
  g_assert_cmpstr (status, ==, "Draft saved 10:34 AM");
  g_autofree char *shown = NULL;
  g_object_get (c.f.session, "draft-status", &shown, NULL);
  g_assert_cmpstr (shown, ==, status);
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_keys_during_save (void)
{
  ChartFixture c = { 0 };
  GAsyncResult *first = NULL, *second = NULL;
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "one", NULL);
  cr_note_draft_save_async (draft, fixture_done_cb, &first);
  g_object_set (draft, "subjective", "one two", NULL);
  cr_note_draft_save_async (draft, fixture_done_cb, &second);
  g_assert_no_error (fixture_finish (&first));
  g_assert_true (flag (draft, "dirty"));
  g_assert_no_error (fixture_finish (&second));
  g_assert_false (flag (draft, "dirty"));
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpstr (note->subjective, ==, "one two");
  g_assert_cmpint (note->version, ==, 2);
  g_assert_no_error (save (draft)); /* nothing to save */
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_found_again (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "objective", "BP 128/76", NULL);
  g_assert_no_error (save (draft));
  CrId id = cr_note_draft_get_note_id (draft);
  drop (&c, draft);
  draft = open_today (&c);
  g_assert_cmpint (cr_note_draft_get_note_id (draft), ==, id);
  g_assert_cmpstr (cr_note_draft_peek (draft)->objective, ==, "BP 128/76");
  drop (&c, draft);
  chart_tear_down (&c);
}

/* ---- lock, sign-out, and the end of the draft ---- */

static void
test_flush_at_lock (void)
{
  ChartFixture c = { 0 };
  GAsyncResult *under_way = NULL;
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "one", NULL);
  cr_note_draft_save_async (draft, fixture_done_cb, &under_way);
  g_object_set (draft, "subjective", "one two", NULL);
  cr_session_lock (c.f.session); /* while the first save is under way */
  GError *error = fixture_finish (&under_way);
  g_clear_error (&error); /* its answer is withheld; what it wrote stands */
  g_assert_false (flag (draft, "dirty"));
  cr_session_unlock (c.f.session, "okafor", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpstr (note->subjective, ==, "one two");
  g_object_set (draft, "subjective", "one two three", NULL);
  g_assert_no_error (save (draft));
  g_assert_false (flag (draft, "conflict"));
  g_autoptr (CrNote) again = stored (&c, draft);
  g_assert_cmpstr (again->subjective, ==, "one two three");
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_not_in_anothers_name (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "mine", NULL);
  fixture_sign_in (&c.f, "chen");
  g_object_set (draft, "subjective", "typed while chen sat here", NULL);
  GError *error = save (draft);
  assert_refused (error, CR_ERROR_NOT_ALLOWED);
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpstr (note->subjective, ==, "mine");
  fixture_sign_in (&c.f, "okafor");
  g_assert_no_error (save (draft));
  g_autoptr (CrNote) again = stored (&c, draft);
  g_assert_cmpstr (again->subjective, ==, "typed while chen sat here");
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_saved_at_end (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  CrId id = cr_note_draft_get_note_id (draft);
  g_object_set (draft, "subjective", "the last words", NULL);
  drop (&c, draft);
  g_autoptr (CrNote) note = fixture_load (&c.f, &CR_NOTE, id);
  g_assert_cmpstr (note->subjective, ==, "the last words");
  chart_tear_down (&c);
}

static void
test_failure_keeps_text (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "one", NULL);
  g_assert_no_error (save (draft));
  cr_store_close (cr_session_get_store (c.f.session));
  g_object_set (draft, "subjective", "one two", NULL);
  GError *error = save (draft);
  g_assert_nonnull (error);
  g_autofree char *trouble = NULL, *copied = NULL;
  g_object_get (c.f.session, "draft-trouble", &trouble, NULL);
  g_assert_true (g_str_has_prefix (trouble, "Not saved since 10:34 AM."));
  g_autofree char *copy = g_build_filename (c.f.base, "copy.txt", NULL);
  g_autofree char *nowhere = g_build_filename (c.f.base, "nowhere", "copy.txt", NULL);
  g_autoptr (GError) refused = NULL;
  struct stat info;
  g_assert_false (cr_note_draft_save_copy (draft, nowhere, &refused));
  g_assert_error (refused, CR_ERROR, CR_ERROR_IO);
  g_assert_true (cr_note_draft_save_copy (draft, copy, NULL));
  g_assert_true (g_file_get_contents (copy, &copied, NULL, NULL));
  g_assert_nonnull (strstr (copied, "one two"));
  g_assert_nonnull (strstr (copied, "GARCIA, Maria"));
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_autofree char *expected =
      g_strdup_printf ("Not saved since 10:34 AM. %s Your text is still here.", error->message);
  g_autofree char *status = text (draft, "status-text");
  g_assert_cmpstr (status, ==, expected);
  g_assert_true (flag (draft, "dirty"));
  g_assert_cmpstr (cr_note_draft_peek (draft)->subjective, ==, "one two");
  g_error_free (error);
  g_assert_finalize_object (draft);
  chart_tear_down (&c);
}

/* ---- written elsewhere meanwhile ---- */

static void
write_elsewhere (ChartFixture *c, CrNoteDraft *draft, const char *words)
{
  g_autoptr (CrNote) note = stored (c, draft);
  g_free (note->subjective);
  note->subjective = g_strdup (words);
  fixture_store (&c->f, &CR_NOTE, note);
}

static void
test_conflict (gconstpointer data)
{
  gboolean keep_mine = GPOINTER_TO_INT (data);
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "start", NULL);
  g_assert_no_error (save (draft));
  fixture_settle (&c.f);
  g_object_set (draft, "subjective", "mine", NULL);
  write_elsewhere (&c, draft, "theirs");
  GError *error = save (draft);
  assert_refused (error, CR_ERROR_CONFLICT);
  g_assert_true (flag (draft, "conflict"));
  g_assert_true (flag (draft, "dirty"));
  g_assert_cmpstr (cr_note_draft_peek (draft)->subjective, ==, "mine");
  g_assert_cmpstr (cr_note_draft_get_other (draft)->subjective, ==, "theirs");
  error = save (draft);
  assert_refused (error, CR_ERROR_CONFLICT); /* not before one is chosen */
  cr_note_draft_settle (draft, keep_mine);
  g_assert_false (flag (draft, "conflict"));
  g_assert_no_error (save (draft));
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpstr (note->subjective, ==, keep_mine ? "mine" : "theirs");
  g_assert_cmpstr (cr_note_draft_peek (draft)->subjective, ==, note->subjective);
  drop (&c, draft);
  chart_tear_down (&c);
}

static gboolean
reads_theirs (gpointer draft)
{
  return g_strcmp0 (cr_note_draft_peek (draft)->subjective, "theirs") == 0;
}

static void
test_follows_when_clean (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "start", NULL);
  g_assert_no_error (save (draft));
  fixture_settle (&c.f);
  write_elsewhere (&c, draft, "theirs");
  fixture_wait_until (reads_theirs, draft);
  g_object_set (draft, "subjective", "theirs and mine", NULL);
  g_assert_no_error (save (draft));
  g_assert_false (flag (draft, "conflict"));
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_author_only (void)
{
  ChartFixture c = { 0 };
  g_autoptr (GError) error = NULL;
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "start", NULL);
  g_assert_no_error (save (draft));
  CrId id = cr_note_draft_get_note_id (draft);
  drop (&c, draft);
  chart_open_as (&c, "chen");
  g_assert_null (open_note (&c, id, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (error->message, "Dr. Okafor"));
  draft = open_today (&c); /* a note of chen's own */
  g_assert_cmpint (cr_note_draft_get_note_id (draft), !=, id);
  drop (&c, draft);
  chart_open_as (&c, "referrals");
  g_clear_error (&error);
  g_assert_null (open_note (&c, CR_ID_NONE, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  chart_tear_down (&c);
}

/* ---- signing ---- */

static void
test_sign_refused (void)
{
  static const struct {
    const char *login, *words;
    int code;
  } cases[] = {
    { "okafor", "", CR_ERROR_INVALID },
    { "okafor", "Heart ***", CR_ERROR_INVALID },
    { "okafor", "Feels [[better|worse]].", CR_ERROR_INVALID },
    { "nurse", "Feels well.", CR_ERROR_NOT_ALLOWED },
  };
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    chart_open_as (&c, cases[i].login);
    CrNoteDraft *draft = open_today (&c);
    g_object_set (draft, "subjective", cases[i].words, NULL);
    GError *error = sign (draft);
    assert_refused (error, cases[i].code);
    g_assert_false (flag (draft, "signed"));
    g_assert_cmpint (cr_note_draft_peek (draft)->status, ==, CR_NOTE_DRAFT);
    drop (&c, draft);
  }
  chart_tear_down (&c);
}

static void
test_sign (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  CrId visit = add_visit (&c.f); /* the patient arrived while the note was open */
  g_object_set (draft, "subjective", "Feels well.", "assessment-plan", "Continue.", NULL);
  g_assert_no_error (sign (draft));
  g_assert_true (flag (draft, "signed"));
  g_assert_false (flag (draft, "dirty"));
  g_autofree char *status = text (draft, "status-text");
  g_assert_cmpstr (status, ==, "Signed by Invented Okafor, MD, Nov 23, 2026 10:34 AM");
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpint (note->status, ==, CR_NOTE_SIGNED);
  g_assert_cmpint (note->encounter_id, ==, visit);
  g_assert_cmpstr (note->signed_name, ==, "Invented Okafor, MD");
  g_assert_cmpint (note->signed_at, ==, cr_clock_now (c.f.clock));
  g_assert_true (cr_note_verify (note));
  g_object_set (draft, "subjective", "Feels ill.", NULL); /* locked */
  g_assert_cmpstr (cr_note_draft_peek (draft)->subjective, ==, "Feels well.");
  g_assert_false (flag (draft, "dirty"));
  GError *error = sign (draft);
  assert_refused (error, CR_ERROR_CONFLICT);
  g_autoptr (GPtrArray) entries = fixture_audit (&c.f, "sign", c.f.garcia);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((CrAuditEntry *)entries->pdata[0])->detail, ==, note->hash);
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_verify (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "Feels well.", NULL);
  g_assert_false (cr_note_verify (cr_note_draft_peek (draft)));
  g_assert_no_error (sign (draft));
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_true (cr_note_verify (note));
  char **fields[] = { &note->subjective, &note->signed_name, &note->hash, &note->signature,
                      &note->public_key };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *before = *fields[i];
    *fields[i] = g_strdup_printf ("%s0", before);
    g_assert_false (cr_note_verify (note));
    g_free (*fields[i]);
    *fields[i] = g_steal_pointer (&before);
    g_assert_true (cr_note_verify (note));
  }
  drop (&c, draft);
  chart_tear_down (&c);
}

/* Signed at another machine while keys were typed here: both texts stay. */
static void
test_signed_elsewhere (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "start", NULL);
  g_assert_no_error (save (draft));
  fixture_settle (&c.f);
  CrNoteDraft *other = open_note (&c, cr_note_draft_get_note_id (draft), NULL);
  g_object_set (draft, "subjective", "start and more", NULL);
  g_assert_no_error (sign (other));
  GError *error = save (draft);
  assert_refused (error, CR_ERROR_CONFLICT);
  cr_note_draft_settle (draft, TRUE);
  error = save (draft);
  assert_refused (error, CR_ERROR_CONFLICT); /* a signed note is not written over */
  g_assert_cmpstr (cr_note_draft_peek (draft)->subjective, ==, "start and more");
  cr_note_draft_settle (draft, FALSE);
  g_assert_true (flag (draft, "signed"));
  g_autoptr (CrNote) note = stored (&c, draft);
  g_assert_cmpstr (note->subjective, ==, "start");
  g_assert_true (cr_note_verify (note));
  drop (&c, other);
  drop (&c, draft);
  chart_tear_down (&c);
}

static void
test_open_items (void)
{
  ChartFixture c = { 0 };
  chart_set_up (&c, "okafor");
  g_autoptr (CrPrescription) rx = cr_prescription_new ();
  rx->patient_id = c.f.garcia;
  rx->status = CR_RX_NEEDS_SIGNATURE;
  fixture_store (&c.f, &CR_PRESCRIPTION, rx);
  chart_open_as (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "reason", "Check", "assessment-plan", "Continue. ***", NULL);
  g_autoptr (GPtrArray) items = cr_note_draft_open_items (draft);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpstr (items->pdata[0], ==, "1 field is not filled in yet.");
  g_assert_cmpstr (items->pdata[1], ==, "1 prescription is not signed.");
  drop (&c, draft);
  chart_tear_down (&c);
}

/* ---- after signing ---- */

static CrId
signed_note (ChartFixture *c)
{
  CrNoteDraft *draft = open_today (c);
  g_object_set (draft, "subjective", "Feels well.", NULL);
  g_assert_no_error (sign (draft));
  CrId id = cr_note_draft_get_note_id (draft);
  drop (c, draft);
  return id;
}

static void
test_addendum (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "okafor");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "Feels well.", NULL);
  g_assert_no_error (save (draft));
  CrId id = cr_note_draft_get_note_id (draft);
  chart_change (&c, error, cr_chart_add_addendum_async (c.chart, id, "More.", CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID); /* not signed yet */
  g_assert_no_error (sign (draft));
  drop (&c, draft);
  chart_change (&c, error, cr_chart_add_addendum_async (c.chart, id, "  ", CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  chart_change (&c, error,
                cr_chart_add_addendum_async (c.chart, id, "Potassium came back normal.", CHART_ANSWER));
  g_assert_no_error (error);
  g_assert_cmpuint (chart_records (&c)->addenda->len, ==, 1);
  const CrAddendum *addendum = chart_records (&c)->addenda->pdata[0];
  g_assert_cmpint (addendum->note_id, ==, id);
  g_assert_cmpint (addendum->author_id, ==, c.f.okafor);
  g_assert_true (cr_addendum_verify (addendum));
  g_autoptr (CrAddendum) altered = cr_addendum_copy (addendum);
  altered->text[0] = 'p';
  g_assert_false (cr_addendum_verify (altered));
  g_autoptr (CrNote) note = fixture_load (&c.f, &CR_NOTE, id);
  g_assert_cmpstr (note->subjective, ==, "Feels well.");
  chart_tear_down (&c);
}

static void
test_in_error (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "okafor");
  CrId id = signed_note (&c);
  chart_change (&c, error, cr_chart_note_in_error_async (c.chart, id, "", CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  chart_open_as (&c, "nurse");
  chart_change (&c, error, cr_chart_note_in_error_async (c.chart, id, "wrong patient", CHART_ANSWER));
  assert_refused (error, CR_ERROR_NOT_ALLOWED);
  chart_open_as (&c, "okafor");
  chart_change (&c, error, cr_chart_note_in_error_async (c.chart, id, "wrong patient", CHART_ANSWER));
  g_assert_no_error (error);
  g_autoptr (CrNote) note = fixture_load (&c.f, &CR_NOTE, id);
  g_assert_cmpint (note->status, ==, CR_NOTE_ERROR);
  g_assert_cmpstr (note->subjective, ==, "Feels well."); /* still readable */
  g_autoptr (GPtrArray) entries = fixture_audit (&c.f, "entered-in-error", c.f.garcia);
  g_assert_cmpstr (((CrAuditEntry *)entries->pdata[0])->detail, ==, "wrong patient");
  chart_change (&c, error, cr_chart_add_addendum_async (c.chart, id, "More.", CHART_ANSWER));
  assert_refused (error, CR_ERROR_INVALID);
  chart_tear_down (&c);
}

static void
test_nurse_withdraws_draft (void)
{
  ChartFixture c = { 0 };
  GError *error = NULL;
  chart_set_up (&c, "nurse");
  CrNoteDraft *draft = open_today (&c);
  g_object_set (draft, "subjective", "Called.", NULL);
  g_assert_no_error (save (draft));
  CrId id = cr_note_draft_get_note_id (draft);
  drop (&c, draft);
  chart_change (&c, error, cr_chart_note_in_error_async (c.chart, id, "wrong chart", CHART_ANSWER));
  g_assert_no_error (error);
  draft = open_today (&c); /* a new one, not the withdrawn one */
  g_assert_cmpint (cr_note_draft_get_note_id (draft), !=, id);
  drop (&c, draft);
  chart_tear_down (&c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-draft/autosave", test_autosave);
  g_test_add_func ("/note-draft/keys-during-save", test_keys_during_save);
  g_test_add_func ("/note-draft/found-again", test_found_again);
  g_test_add_func ("/note-draft/flush-at-lock", test_flush_at_lock);
  g_test_add_func ("/note-draft/not-in-anothers-name", test_not_in_anothers_name);
  g_test_add_func ("/note-draft/saved-at-end", test_saved_at_end);
  g_test_add_func ("/note-draft/failure-keeps-text", test_failure_keeps_text);
  g_test_add_data_func ("/note-draft/conflict-mine", GINT_TO_POINTER (TRUE), test_conflict);
  g_test_add_data_func ("/note-draft/conflict-theirs", GINT_TO_POINTER (FALSE), test_conflict);
  g_test_add_func ("/note-draft/follows-when-clean", test_follows_when_clean);
  g_test_add_func ("/note-draft/author-only", test_author_only);
  g_test_add_func ("/note-draft/sign-refused", test_sign_refused);
  g_test_add_func ("/note-draft/sign", test_sign);
  g_test_add_func ("/note-draft/verify", test_verify);
  g_test_add_func ("/note-draft/signed-elsewhere", test_signed_elsewhere);
  g_test_add_func ("/note-draft/open-items", test_open_items);
  g_test_add_func ("/note-draft/addendum", test_addendum);
  g_test_add_func ("/note-draft/in-error", test_in_error);
  g_test_add_func ("/note-draft/nurse-withdraws-draft", test_nurse_withdraws_draft);
  return g_test_run ();
}
