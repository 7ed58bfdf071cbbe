/* Duplicates of the practice, the answers to them, and merging as the people of an office do it. */
#include "chartroom/session/chart.h"
#include "chartroom/session/duplicate-list.h"
#include "chartroom/session/patient-draft.h"
#include "chartroom/session/patient-merge.h"
#include "session-fixture.h"

#define WAIT_UNTIL(holds)                                                                                    \
  while (!(holds))                                                                                           \
  g_main_context_iteration (NULL, TRUE)

/* GARZIA Malena: the same day, phone and sound; another record of GARCIA Maria. */
typedef struct {
  Fixture base;
  CrId twin;
} Office;

static gboolean
fill_twin_job (CrTx *tx, gpointer data, GError **error)
{
  Office *office = data;
  office->twin = fixture_add_patient (tx, "Garzia", "Malena", NULL, "1961-03-14", "5035550142");
  g_autoptr (CrAllergy) allergy = cr_allergy_new ();
  allergy->patient_id = office->twin;
  allergy->substance = g_strdup ("penicillin");
  allergy->state = CR_ALLERGY_ACTIVE;
  if (!cr_tx_save (tx, &CR_ALLERGY, allergy, error))
    return FALSE;
  g_autoptr (CrPatient) maria = cr_tx_load (tx, &CR_PATIENT, office->base.garcia, error);
  maria->allergy_status = CR_ALLERGY_NONE_KNOWN;
  return cr_tx_save (tx, &CR_PATIENT, maria, error);
}

static void
set_up (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture_set_up (&office->base);
  cr_session_run (office->base.session, CR_RIGHT_ADMIN, fill_twin_job, office, &error);
  g_assert_no_error (error);
}

static void
tear_down (Office *office, gconstpointer data)
{
  fixture_tear_down (&office->base);
}

static gboolean
is_idle (gpointer list)
{
  return !cr_duplicate_list_is_running (list);
}

static CrDuplicateList *
search (Office *office)
{
  CrDuplicateList *list = cr_duplicate_list_new (office->base.session);
  fixture_wait_until (is_idle, list);
  return list;
}

static guint
size_of (GListModel *model)
{
  return g_list_model_get_n_items (model);
}

static gconstpointer
peek (GListModel *model, guint at)
{
  g_autoptr (CrRow) row = g_list_model_get_item (model, at);
  return cr_row_peek (row);
}

static gboolean
is_for_later (CrDuplicateList *list)
{
  GListModel *open = cr_duplicate_list_get_open (list);
  return size_of (open) == 1 && ((const CrDuplicateEntry *)peek (open, 0))->answer != NULL;
}

static void
answer (Office *office, CrDuplicateList *list, CrDuplicateJudgement judgement)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_duplicate_answer_async (office->base.session, office->base.garcia, office->twin, judgement, "Sisters",
                             fixture_done_cb, &result);
  g_assert_true (cr_session_finish (fixture_wait (&result), &error));
  g_assert_no_error (error);
  gboolean not_same = judgement == CR_DUPLICATE_NOT_SAME;
  WAIT_UNTIL (size_of (cr_duplicate_list_get_answered (list)) == (not_same ? 1u : 0u) && is_idle (list) &&
              (not_same || is_for_later (list)));
}

static void
test_work_list (Office *office, gconstpointer data)
{
  fixture_sign_in (&office->base, "frontdesk");
  g_autoptr (CrDuplicateList) list = search (office);
  GListModel *open = cr_duplicate_list_get_open (list), *answered = cr_duplicate_list_get_answered (list);
  g_assert_cmpuint (size_of (open), ==, 1);
  const CrDuplicateEntry *entry = peek (open, 0);
  g_assert_cmpint (entry->score.points, ==, 95); /* birth 40, sound 15, preferred name 15, phone 25 */
  g_assert_cmpstr (entry->score.reasons, ==,
                   "same birth date, given name, phone ends 0142, similar family name");
  g_assert_null (entry->answer);

  answer (office, list, CR_DUPLICATE_LATER);
  g_assert_cmpuint (size_of (open), ==, 1);
  g_assert_nonnull (((const CrDuplicateEntry *)peek (open, 0))->answer);
  answer (office, list, CR_DUPLICATE_NOT_SAME);
  g_assert_cmpuint (size_of (open), ==, 0);
  g_assert_cmpuint (size_of (answered), ==, 1);
  g_autoptr (CrDuplicateList) again = search (office); /* never shown again */
  g_assert_cmpuint (size_of (cr_duplicate_list_get_open (again)), ==, 0);
  const CrDuplicateEntry *judged = peek (cr_duplicate_list_get_answered (again), 0);
  g_assert_cmpstr (judged->answered_by, ==, "I. Diaz");
  answer (office, list, CR_DUPLICATE_LATER); /* taken back */
  g_assert_cmpuint (size_of (open), ==, 1);
  g_assert_cmpuint (size_of (answered), ==, 0);
}

/* ---- registration ---- */

static void
put (CrPatientDraft *draft, const char *property, const char *text)
{
  g_object_set (draft, property, text, NULL);
}

static CrPatientDraft *
fill_form (Office *office)
{
  CrPatientDraft *draft = cr_patient_draft_new (office->base.session, NULL);
  put (draft, "family", "Garcia");
  put (draft, "given", "Malena");
  put (draft, "birth-date", "3/14/1961");
  put (draft, "sex", "female");
  put (draft, "phone", "503 555 0142");
  return draft;
}

static void
test_answer_at_registration (Office *office, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  fixture_sign_in (&office->base, "frontdesk");
  g_autoptr (CrPatientDraft) draft = fill_form (office);
  cr_patient_draft_save_async (draft, CR_REGISTER_NOT_SAME, fixture_done_cb, &result);
  g_assert_cmpint (cr_patient_draft_save_finish (draft, fixture_wait (&result), &error), !=, CR_ID_NONE);
  g_assert_no_error (error);
  g_autoptr (CrDuplicateList) list = search (office);
  g_assert_cmpuint (size_of (cr_duplicate_list_get_answered (list)), ==, 2); /* of both Garcias */
  g_assert_cmpuint (size_of (cr_duplicate_list_get_open (list)), ==, 1);     /* who were never compared */
}

static CrId
register_as (CrPatientDraft *draft, CrRegisterAnswer said)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_patient_draft_save_async (draft, said, fixture_done_cb, &result);
  CrId id = cr_patient_draft_save_finish (draft, fixture_wait (&result), &error);
  g_assert_no_error (error);
  return id;
}

/* What registration called possible is looked at in the work-list, too; a relative is not. */
static void
test_possible (Office *office, gconstpointer data)
{
  fixture_sign_in (&office->base, "frontdesk");
  g_autoptr (CrPatientDraft) draft = fill_form (office);
  put (draft, "family", "Garcya");
  put (draft, "given", "Mariah");
  put (draft, "phone", "none");
  cr_patient_draft_check (draft);
  GListModel *found = cr_patient_draft_get_candidates (draft);
  WAIT_UNTIL (size_of (found) > 0);
  g_assert_cmpint (((const CrCandidate *)peek (found, 0))->points, ==, 55);
  g_assert_false (((const CrCandidate *)peek (found, 0))->likely);
  CrId mariah = register_as (draft, CR_REGISTER_ASK);
  g_autoptr (CrPatientDraft) son = fill_form (office);
  put (son, "given", "Luis");
  put (son, "birth-date", "7/2/1990");
  register_as (son, CR_REGISTER_ASK);
  g_autoptr (CrDuplicateList) list = search (office);
  guint with_mariah = 0;
  for (guint i = 0; i < size_of (cr_duplicate_list_get_open (list)); i++) {
    const CrDuplicateEntry *entry = peek (cr_duplicate_list_get_open (list), i);
    with_mariah += entry->a->id == mariah || entry->b->id == mariah ? 1 : 0;
    g_assert_cmpint (entry->score.points, >=, CR_DUPLICATE_POSSIBLE);
    g_assert_cmpstr (entry->a->given, !=, "Luis");
    g_assert_cmpstr (entry->b->given, !=, "Luis");
  }
  g_assert_cmpuint (with_mariah, ==, 2); /* with Maria and with Malena */
}

/* ---- the task that asks for a decision ---- */

static gboolean
is_open_job (CrTx *tx, gpointer data, GError **error)
{
  guint *open = data;
  g_autoptr (GPtrArray) tasks = cr_tasks (tx, CR_ID_NONE, error);
  *open = 0;
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    *open += g_strcmp0 (((const CrTask *)tasks->pdata[i])->kind, "duplicate") == 0 ? 1 : 0;
  return tasks != NULL;
}

static guint
count_open (Office *office)
{
  g_autoptr (GError) error = NULL;
  guint open = 0;
  cr_session_run (office->base.session, CR_RIGHT_SCHEDULE_VIEW, is_open_job, &open, &error);
  g_assert_no_error (error);
  return open;
}

static void
decide (Office *office, CrId a, CrId b)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_duplicate_answer_async (office->base.session, a, b, CR_DUPLICATE_NOT_SAME, NULL, fixture_done_cb,
                             &result);
  g_assert_true (cr_session_finish (fixture_wait (&result), &error));
  g_assert_no_error (error);
}

/* It speaks of two charts: only when both are decided on it closes. */
static void
test_task_answered (Office *office, gconstpointer data)
{
  fixture_sign_in (&office->base, "frontdesk");
  g_autoptr (CrPatientDraft) draft = fill_form (office);
  CrId id = register_as (draft, CR_REGISTER_REVIEW);
  g_assert_cmpuint (count_open (office), ==, 1);
  decide (office, id, office->base.garcia);
  g_assert_cmpuint (count_open (office), ==, 1);
  decide (office, office->twin, id);
  g_assert_cmpuint (count_open (office), ==, 0);
}

typedef struct {
  const Office *office;
  const char *title; /* MARIA and OWN stand for numbers */
} Edited;

static gboolean
edit_title_job (CrTx *tx, gpointer data, GError **error)
{
  const Edited *edited = data;
  const Office *office = edited->office;
  g_autoptr (CrPatient) maria = cr_tx_load (tx, &CR_PATIENT, office->base.garcia, error);
  g_autoptr (CrPatient) twin = cr_tx_load (tx, &CR_PATIENT, office->twin, error);
  g_autoptr (CrTask) task = cr_task_new ();
  g_auto (GStrv) parts = g_strsplit (edited->title, "MARIA", -1);
  g_autofree char *with_maria = g_strjoinv (maria->mrn, parts);
  g_auto (GStrv) others = g_strsplit (with_maria, "OWN", -1);
  task->patient_id = task->subject_id = office->twin;
  task->kind = g_strdup ("duplicate");
  task->status = g_strdup ("open");
  task->title = g_strjoinv (twin->mrn, others);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

/* A title that somebody edited: marks hide no number, and where none is left nothing closes by itself. */
static void
test_task_edited (Office *office, gconstpointer data)
{
  static const char *const TITLES[] = { "Possible duplicate of MRN MARIA.", "Same as MRN (MARIA)? Ask her.",
                                        "Is this one Maria Garcia, too?", "Is OWN another chart of hers?" };
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++) {
    Edited edited = { office, TITLES[i] };
    cr_session_run (office->base.session, CR_RIGHT_ADMIN, edit_title_job, &edited, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (count_open (office), ==, 4);
  decide (office, office->base.garcia, office->twin);
  g_assert_cmpuint (count_open (office), ==, 2);
}

/* ---- merging ---- */

static CrSecondPerson *
sign_second (Office *office, const char *login, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  cr_second_person_sign_async (office->base.session, login, password, "merge", fixture_done_cb, &result);
  return cr_second_person_sign_finish (fixture_wait (&result), error);
}

static gboolean
merge (Office *office, CrSecondPerson *second, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  cr_merge_async (office->base.session, office->base.garcia, office->twin, "Same photo ID", second,
                  fixture_done_cb, &result);
  return cr_session_finish (fixture_wait (&result), error);
}

static void
merge_well (Office *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrSecondPerson) second = sign_second (office, "frontdesk", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_true (merge (office, second, &error));
  g_assert_no_error (error);
}

static void
test_preview (Office *office, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_merge_preview_async (office->base.session, office->base.garcia, office->twin, fixture_done_cb, &result);
  g_autoptr (CrMergePreview) preview = cr_merge_preview_finish (fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_null (preview->objection);
  const CrMergeLine *name = preview->lines->pdata[1], *birth = preview->lines->pdata[2];
  g_assert_true (name->differs);
  g_assert_cmpstr (name->kept, ==, "GARCIA, Maria");
  g_assert_cmpstr (name->gone, ==, "GARZIA, Malena");
  g_assert_cmpstr (name->after, ==, "GARCIA, Maria");
  g_assert_false (birth->differs);
  const CrMergeLine *allergies = preview->records->pdata[0];
  g_assert_cmpstr (allergies->label, ==, "Allergies");
  g_assert_cmpstr (allergies->after, ==, "1");
}

static void
test_second_person (Office *office, gconstpointer data)
{
  g_autoptr (GError) wrong = NULL, same = NULL, weak = NULL, refused = NULL;
  g_assert_null (sign_second (office, "frontdesk", "not the password", &wrong));
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_null (sign_second (office, "admin", FIXTURE_PASSWORD, &same));
  g_assert_error (same, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_autoptr (CrSecondPerson) clerk = sign_second (office, "referrals", FIXTURE_PASSWORD, &weak);
  g_assert_no_error (weak);
  g_assert_false (merge (office, clerk, &refused)); /* may not change patient details */
  g_assert_error (refused, CR_ERROR, CR_ERROR_INVALID);
}

static void
test_not_for_everybody (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture_sign_in (&office->base, "nurse");
  g_autoptr (CrSecondPerson) second = sign_second (office, "frontdesk", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_false (merge (office, second, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
}

/* Both charts are open elsewhere when they are merged: each is the kept one then, with the allergies of both.
 */
static void
test_open_charts (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture_sign_in (&office->base, "okafor");
  g_autoptr (CrChart) kept = cr_chart_open (office->base.session, office->base.garcia, "test", &error);
  g_assert_no_error (error);
  g_autoptr (CrChart) gone = cr_chart_open (office->base.session, office->twin, "test", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size_of (cr_chart_get_allergies (kept)), ==, 0);
  fixture_sign_in (&office->base, "admin");
  merge_well (office);
  fixture_sign_in (&office->base, "okafor");
  WAIT_UNTIL (size_of (cr_chart_get_allergies (kept)) == 1);
  WAIT_UNTIL (cr_chart_get_patient_id (gone) == office->base.garcia);
  g_assert_cmpstr (cr_chart_get_records (gone)->patient->mrn, ==, cr_chart_get_records (kept)->patient->mrn);
  g_assert_cmpint (cr_chart_get_records (kept)->patient->allergy_status, ==, CR_ALLERGY_KNOWN);
  g_assert_true (cr_chart_is_of (kept, office->twin));
}

/* A record of the chart that went is changed in the kept one: it stays where it was written. */
static void
test_change_of_gone (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  merge_well (office);
  fixture_sign_in (&office->base, "okafor");
  g_autoptr (CrChart) chart = cr_chart_open (office->base.session, office->twin, "test", &error);
  g_assert_no_error (error);
  g_assert_cmpint (cr_chart_get_patient_id (chart), ==, office->base.garcia);
  g_autoptr (CrAllergy) allergy = cr_allergy_copy (peek (cr_chart_get_allergies (chart), 0));
  allergy->reactions = g_strdup ("hives");
  cr_chart_save_allergy_async (chart, allergy, fixture_done_cb, &result);
  g_assert_true (cr_session_finish (fixture_wait (&result), &error));
  g_assert_no_error (error);
  WAIT_UNTIL (((const CrAllergy *)peek (cr_chart_get_allergies (chart), 0))->reactions != NULL);
  const CrAllergy *saved = peek (cr_chart_get_allergies (chart), 0);
  g_assert_cmpstr (saved->reactions, ==, "hives");
  g_assert_cmpint (saved->patient_id, ==, office->twin);
}

static void
test_undo (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  merge_well (office);
  g_autoptr (GListModel) merges = cr_merge_list_new (office->base.session);
  WAIT_UNTIL (size_of (merges) == 1);
  const CrMergedPair *pair = peek (merges, 0);
  g_assert_null (pair->objection);
  g_assert_cmpstr (pair->by, ==, "I. Keller");
  g_assert_cmpstr (pair->second, ==, "I. Diaz");
  cr_merge_undo_async (office->base.session, pair->merge->id, fixture_done_cb, &result);
  g_assert_true (cr_session_finish (fixture_wait (&result), &error));
  g_assert_no_error (error);
  WAIT_UNTIL (((const CrMergedPair *)peek (merges, 0))->undone_by != NULL);
  g_assert_cmpstr (((const CrMergedPair *)peek (merges, 0))->undone_by, ==, "I. Keller");
  g_autoptr (CrDuplicateList) list = search (office);
  g_assert_cmpuint (size_of (cr_duplicate_list_get_open (list)), ==, 1); /* two charts again */
}

static gboolean
flag_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *office = data;
  g_autoptr (CrPatient) kept = cr_tx_load (tx, &CR_PATIENT, office->base.garcia, error);
  g_autoptr (CrTask) task = cr_task_new ();
  task->patient_id = task->subject_id = office->twin;
  task->kind = g_strdup ("duplicate");
  task->status = g_strdup ("open");
  task->title = g_strdup_printf ("Possible duplicate of MRN %s", kept->mrn);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

static void
test_task_merged (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  cr_session_run (office->base.session, CR_RIGHT_ADMIN, flag_job, office, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_open (office), ==, 1);
  merge_well (office);
  g_assert_cmpuint (count_open (office), ==, 0);
  g_autoptr (GListModel) merges = cr_merge_list_new (office->base.session);
  WAIT_UNTIL (size_of (merges) == 1);
  cr_merge_undo_async (office->base.session, ((const CrMergedPair *)peek (merges, 0))->merge->id,
                       fixture_done_cb, &result);
  g_assert_true (cr_session_finish (fixture_wait (&result), &error));
  g_assert_cmpuint (count_open (office), ==, 0); /* parting them asks nothing anew */
}

static void
test_same_twice (Office *office, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  cr_merge_preview_async (office->base.session, office->base.garcia, office->base.garcia, fixture_done_cb,
                          &result);
  g_autoptr (CrMergePreview) preview = cr_merge_preview_finish (fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (preview->objection);
}

/* Who gives the name of a chart that went is shown the one that is kept. */
static void
test_registration_finds_gone (Office *office, gconstpointer data)
{
  merge_well (office);
  fixture_sign_in (&office->base, "frontdesk");
  g_autoptr (CrPatientDraft) draft = cr_patient_draft_new (office->base.session, NULL);
  put (draft, "family", "Garzia");
  put (draft, "given", "Malena");
  put (draft, "birth-date", "3/14/1961");
  cr_patient_draft_check (draft);
  GListModel *found = cr_patient_draft_get_candidates (draft);
  WAIT_UNTIL (size_of (found) > 0);
  g_assert_cmpuint (size_of (found), ==, 1);
  const CrCandidate *candidate = peek (found, 0);
  g_assert_cmpint (candidate->patient->id, ==, office->base.garcia);
  g_assert_cmpint (candidate->points, ==, 80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/duplicates/" name, Office, NULL, set_up, func, tear_down)
  ADD ("work-list", test_work_list);
  ADD ("answer-at-registration", test_answer_at_registration);
  ADD ("possible", test_possible);
  ADD ("task-answered", test_task_answered);
  ADD ("task-edited", test_task_edited);
  ADD ("task-merged", test_task_merged);
  ADD ("same-twice", test_same_twice);
  ADD ("preview", test_preview);
  ADD ("second-person", test_second_person);
  ADD ("not-for-everybody", test_not_for_everybody);
  ADD ("open-charts", test_open_charts);
  ADD ("change-of-gone", test_change_of_gone);
  ADD ("undo", test_undo);
  ADD ("registration-finds-gone", test_registration_finds_gone);
  return g_test_run ();
}
