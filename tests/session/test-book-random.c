/* Random work on the book, one office day a sequence: book, move, resize, copy, change type and room, cancel,
 * combined visits whose other part follows, series, undo, redo, and meanwhile charts merged and parted. After
 * every step: no overlap beyond the limits, nobody and no room twice (but where two charts became one), no
 * visit lost nor with a chart that went; undo restores what was there, redo what was undone; and the history
 * replays to the same book. CHARTROOM_SEQUENCES: how many, 120 unless said; CHARTROOM_SEED: one seed again.
 */
#include "chartroom/session/combined.h"
#include "chartroom/session/patient-merge.h"
#include "chartroom/session/series.h"
#include "chartroom/store/patient-merge.h"
#include "book-checks.h"
#include <string.h>
#include "src/session/book-step.h"
#include "src/session/visit-change.h"

enum { USUAL = 120, OF_ONE_PRACTICE = 200, STEPS = 12, DAYS = 12, N_PATIENTS = 6 };

typedef struct {
  Fixture base;
  GRand *dice;
  CrId types[3], rooms[3], people[2], patients[N_PATIENTS];
  CrDate from, to; /* the days of this sequence */
  GArray *visits;  /* CrId of every visit this sequence has made */
  BookReplay replay;
  CrSecondPerson *second;      /* signs for the merges of this practice */
  GArray *merges;              /* CrId of those that hold, oldest first */
  gboolean merged;             /* in this sequence: not every step can be taken back any more */
  gboolean leaves;             /* the last step may have left a part behind */
  guint followed;              /* parts of combined visits that went after the other one */
  guint done[16], refused[16]; /* by Kind */
} World;

typedef enum {
  BOOK,
  MOVE,
  RESIZE,
  COPY,
  TYPE,
  ROOM,
  CANCEL,
  COMBINED,
  FOLLOW,
  SERIES,
  SERIES_MOVE,
  SERIES_CANCEL,
  MERGE,
  PART,
  UNDO,
  REDO,
  N_KINDS
} Kind;
static const char *const KIND_WORDS[] = { "book",   "move",   "resize",      "copy",
                                          "type",   "room",   "cancel",      "combined",
                                          "follow", "series", "series-move", "series-cancel",
                                          "merge",  "part",   "undo",        "redo" };

/* ---- a small practice ---- */

static gboolean
fill_job (CrTx *tx, gpointer data, GError **error)
{
  World *w = data;
  Fixture *f = &w->base;
  static const char *const MORE[] = { "Kim", "Haddad", "Rossi" };
  w->types[0] = f->follow_up;
  w->types[1] = f->new_patient;
  w->types[2] = fixture_add_type (tx, "PROC", "Procedure", 60);
  w->rooms[0] = f->room1;
  w->rooms[1] = f->room2;
  w->rooms[2] = fixture_add_room (tx, "ECG", 3);
  w->people[0] = f->okafor;
  w->people[1] = f->chen;
  w->patients[0] = f->garcia;
  w->patients[1] = f->mariana;
  w->patients[2] = f->nowak;
  for (int i = 0; i < 3; i++)
    w->patients[3 + i] = fixture_add_patient (tx, MORE[i], "Invented", NULL, "1970-01-02", "5035550100");
  g_autoptr (CrPerson) chen = cr_tx_load (tx, &CR_PERSON, f->chen, error);
  chen->overlap_limit = 1;
  if (!cr_tx_save (tx, &CR_PERSON, chen, error))
    return FALSE;
  for (int i = 0; i < 3; i++) { /* the ECG, and one of two rooms */
    g_autoptr (CrVisitTypeNeed) need = cr_visit_type_need_new ();
    need->visit_type_id = w->types[2];
    need->room_id = w->rooms[i];
    need->choice = i < 2 ? 1 : CR_INT_NONE;
    need->active = TRUE;
    if (!cr_tx_save (tx, &CR_VISIT_TYPE_NEED, need, error))
      return FALSE;
  }
  return TRUE;
}

static void
set_up (World *w)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *signing = NULL;
  fixture_set_up (&w->base);
  cr_session_run (w->base.session, CR_RIGHT_ADMIN, fill_job, w, &error);
  g_assert_no_error (error);
  w->visits = g_array_new (FALSE, FALSE, sizeof (CrId));
  w->merges = g_array_new (FALSE, FALSE, sizeof (CrId));
  cr_second_person_sign_async (w->base.session, "frontdesk", FIXTURE_PASSWORD, "merge", fixture_done_cb,
                               &signing);
  g_autoptr (GAsyncResult) result = fixture_wait (&signing);
  w->second = cr_second_person_sign_finish (result, &error);
  g_assert_no_error (error);
  book_replay_init (&w->replay);
}

static void
tear_down (World *w)
{
  g_array_unref (w->visits);
  g_array_unref (w->merges);
  g_clear_object (&w->second);
  book_replay_clear (&w->replay);
  fixture_spin ();
  fixture_tear_down (&w->base);
}

/* ---- what is in the book ---- */

static void
put (GHashTable *book, const CrRecordClass *klass, gconstpointer record)
{
  g_hash_table_insert (book, book_key (klass, record), book_json (klass, record));
}

typedef struct {
  World *world;
  GHashTable *book; /* "kind id" → JSON of the days of the sequence */
} Shot;

static void
check_chart (CrTx *tx, CrId patient_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, patient_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (patient->merged_into, ==, CR_ID_NONE);
}

static gboolean
shoot_job (CrTx *tx, gpointer data, GError **error)
{
  Shot *shot = data;
  World *w = shot->world;
  g_autoptr (GPtrArray) visits = cr_appointments_between (tx, w->from, w->to, error);
  g_autoptr (GPtrArray) resources = cr_appointment_resources_between (tx, w->from, w->to, error);
  CrRuleSet set = { 0 };
  g_assert_true (visits != NULL && resources != NULL && cr_rule_set_load (tx, &set, error));
  book_check_overlaps (visits, resources, &set, w->merged);
  cr_rule_set_clear (&set);
  for (guint i = 0; i < visits->len; i++)
    put (shot->book, &CR_APPOINTMENT, visits->pdata[i]);
  for (guint i = 0; i < resources->len; i++)
    put (shot->book, &CR_APPOINTMENT_RESOURCE, resources->pdata[i]);
  for (guint i = 0; i < w->visits->len; i++) { /* none is lost, wherever it stands */
    g_autoptr (CrAppointment) visit =
        cr_tx_load (tx, &CR_APPOINTMENT, g_array_index (w->visits, CrId, i), error);
    g_assert_nonnull (visit);
    check_chart (tx, visit->patient_id);
    g_assert_true (cr_date_compare (visit->date, w->from) >= 0 && cr_date_compare (visit->date, w->to) <= 0);
  }
  return TRUE;
}

static GHashTable *
shoot (World *w)
{
  g_autoptr (GError) error = NULL;
  Shot shot = { w, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  cr_session_run (w->base.session, CR_RIGHT_SCHEDULE_VIEW, shoot_job, &shot, &error);
  g_assert_no_error (error);
  return shot.book;
}

/* All that was in the book is so again; what is new beside it was withdrawn. */
static void
assert_restored (GHashTable *wanted, GHashTable *now)
{
  GHashTableIter iter;
  gpointer key, json;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &json))
    g_assert_cmpstr (g_hash_table_lookup (now, key), ==, json);
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &key, &json))
    if (!g_hash_table_contains (wanted, key))
      g_assert_nonnull (strstr (json, "\"undone\""));
}

/* The key of the first difference; NULL: none. */
static const char *
find_difference (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, json;
  g_hash_table_iter_init (&iter, g_hash_table_size (a) >= g_hash_table_size (b) ? a : b);
  while (g_hash_table_iter_next (&iter, &key, &json))
    if (g_strcmp0 (g_hash_table_lookup (a, key), g_hash_table_lookup (b, key)) != 0)
      return key;
  return NULL;
}

static void
assert_same (GHashTable *a, GHashTable *b)
{
  const char *key = find_difference (a, b);
  if (key != NULL)
    g_assert_cmpstr (g_hash_table_lookup (a, key), ==, g_hash_table_lookup (b, key));
}

/* ---- the history as the book ---- */

static void
replay (World *w)
{
  g_autoptr (GError) error = NULL;
  cr_session_run (w->base.session, CR_RIGHT_SCHEDULE_VIEW, book_replay_job, &w->replay, &error);
  g_assert_no_error (error);
}

/* ---- one random step ---- */

static CrId
pick (World *w, const CrId *ids, int n)
{
  return ids[g_rand_int_range (w->dice, 0, n)];
}

static CrDate
pick_date (World *w)
{
  return cr_date_add_days (w->from, g_rand_int_range (w->dice, 2, DAYS - 2));
}

/* Few different times, so that visits meet. */
static int
pick_start (World *w)
{
  return 9 * 60 + 10 * g_rand_int_range (w->dice, 0, 14);
}

/* Mostly what a person would take; sometimes everything. */
static guint
pick_accept (World *w)
{
  return g_rand_int_range (w->dice, 0, 3) > 0 ? CR_PLACES_SOFT : CR_PLACES_SOFT & g_rand_int (w->dice);
}

static CrId
pick_visit (World *w)
{
  return w->visits->len > 0
             ? g_array_index (w->visits, CrId, g_rand_int_range (w->dice, 0, (gint32)w->visits->len))
             : CR_ID_NONE;
}

typedef struct {
  World *world;
  Kind kind;
  CrVisitChange change;
  CrBooking booking;
  CrId made;
} Step;

static gboolean
step_job (CrTx *tx, gpointer data, GError **error)
{
  Step *step = data;
  g_autofree char *label = NULL;
  CrId id = CR_ID_NONE;
  g_autoptr (CrBook) book = cr_book_open (tx, step->world->base.clock, error);
  gboolean done = book != NULL;
  if (done && step->kind == BOOK)
    done = cr_visit_book (book, &step->booking, &label, &id, error);
  else if (done && step->kind == CANCEL)
    done = cr_visit_set_stage (book, step->change.appointment, CR_STAGE_CANCELLED, CR_ID_NONE, "invented",
                               &label, error);
  else if (done)
    done = cr_visit_change (book, &step->change, &label, &id, error);
  step->made = step->kind == BOOK || step->kind == COPY ? id : CR_ID_NONE;
  return done && cr_book_step_save (tx, label, NULL, error);
}

static void
roll_change (World *w, Step *step)
{
  CrVisitChange *change = &step->change;
  *change = CR_VISIT_CHANGE (pick_visit (w));
  change->accept = pick_accept (w);
  if (step->kind == MOVE || step->kind == COPY) {
    change->person_id = pick (w, w->people, 2);
    change->date = pick_date (w);
    change->start = pick_start (w);
    change->copy = step->kind == COPY;
  } else if (step->kind == RESIZE) {
    change->minutes = 10 * g_rand_int_range (w->dice, 1, 7);
  } else if (step->kind == TYPE) {
    change->visit_type_id = pick (w, w->types, 3);
  } else if (step->kind == ROOM) {
    change->no_room = g_rand_boolean (w->dice);
    change->room_id = change->no_room ? CR_ID_NONE : pick (w, w->rooms, 2);
  }
}

static gboolean
do_simple (World *w, Kind kind, GError **error)
{
  Step step = { .world = w, .kind = kind };
  roll_change (w, &step);
  step.booking = (CrBooking){ .patient_id = pick (w, w->patients, N_PATIENTS),
                              .person_id = pick (w, w->people, 2),
                              .visit_type_id = pick (w, w->types, 3),
                              .room_id = g_rand_int_range (w->dice, 0, 4) == 0 ? w->rooms[0] : CR_ID_NONE,
                              .date = pick_date (w),
                              .start = pick_start (w),
                              .accept = pick_accept (w) };
  if (!cr_session_run (w->base.session, CR_RIGHT_SCHEDULE_EDIT, step_job, &step, error))
    return FALSE;
  if (step.made != CR_ID_NONE)
    g_array_append_val (w->visits, step.made);
  return TRUE;
}

static gboolean
collect_job (CrTx *tx, gpointer data, GError **error)
{
  World *w = data;
  g_autoptr (GPtrArray) visits = cr_appointments_between (tx, w->from, w->to, error);
  for (guint i = 0; i < visits->len; i++) {
    const CrAppointment *a = visits->pdata[i];
    gboolean known = FALSE;
    for (guint k = 0; k < w->visits->len; k++)
      known = known || g_array_index (w->visits, CrId, k) == a->id;
    if (!known && cr_stage_holds_slot (a->stage))
      g_array_append_val (w->visits, a->id);
  }
  return TRUE;
}

static gboolean
finish_series (World *w, GAsyncResult *result, GError **error)
{
  if (cr_series_finish (result, error) < 0)
    return FALSE;
  return cr_session_run (w->base.session, CR_RIGHT_SCHEDULE_VIEW, collect_job, w, error);
}

static gboolean
do_combined (World *w, GError **error)
{
  GAsyncResult *booked = NULL;
  CrBooking first = { .patient_id = pick (w, w->patients, N_PATIENTS),
                      .person_id = w->people[0],
                      .visit_type_id = pick (w, w->types, 2),
                      .minutes = 20,
                      .date = pick_date (w),
                      .start = pick_start (w),
                      .accept = CR_PLACES_SOFT };
  CrBooking second = first;
  second.person_id = w->people[1];
  second.start += g_rand_boolean (w->dice) ? 20 : 0;
  cr_combined_book_async (w->base.session, &first, &second, fixture_done_cb, &booked);
  g_autoptr (GAsyncResult) result = fixture_wait (&booked);
  return cr_combined_book_finish (w->base.session, result, error) != CR_ID_NONE &&
         cr_session_run (w->base.session, CR_RIGHT_SCHEDULE_VIEW, collect_job, w, error);
}

/* Whatever was left behind last, if anything was. */
static gboolean
do_follow (World *w, GError **error)
{
  GAsyncResult *asked = NULL, *followed = NULL;
  cr_part_left_async (w->base.session, fixture_done_cb, &asked);
  g_autoptr (GAsyncResult) answer = fixture_wait (&asked);
  g_autoptr (CrPartLeft) left = cr_part_left_finish (w->base.session, answer, error);
  if (left == NULL)
    return *error == NULL;
  cr_part_follow_async (w->base.session, left, fixture_done_cb, &followed);
  *error = fixture_finish (&followed);
  w->followed += *error == NULL;
  return *error == NULL;
}

/* Everything that is not impossible is wanted. */
static void
want_all (GPtrArray *occurrences)
{
  for (guint i = 0; i < occurrences->len; i++) {
    CrOccurrence *occurrence = occurrences->pdata[i];
    occurrence->wanted = !occurrence->hard;
  }
}

static gboolean
do_series (World *w, GError **error)
{
  GAsyncResult *previewed = NULL, *booked = NULL;
  CrSeries series = { .patient_id = pick (w, w->patients, N_PATIENTS),
                      .person_id = pick (w, w->people, 2),
                      .visit_type_id = pick (w, w->types, 3),
                      .start_min = pick_start (w),
                      .minutes = 20,
                      .rule = CR_SERIES_DAILY,
                      .every = g_rand_int_range (w->dice, 1, 3),
                      .month_day = CR_INT_NONE,
                      .nth = CR_INT_NONE,
                      .weekday = CR_INT_NONE,
                      .start_on = cr_date_add_days (w->from, 2),
                      .count = g_rand_int_range (w->dice, 2, 5) };
  cr_series_preview_async (w->base.session, &series, fixture_done_cb, &previewed);
  g_autoptr (GAsyncResult) preview = fixture_wait (&previewed);
  g_autoptr (GPtrArray) occurrences = cr_series_preview_finish (preview, error);
  if (occurrences == NULL)
    return FALSE;
  want_all (occurrences);
  cr_series_book_async (w->base.session, &series, occurrences, fixture_done_cb, &booked);
  g_autoptr (GAsyncResult) result = fixture_wait (&booked);
  return finish_series (w, result, error);
}

static gboolean
do_series_change (World *w, Kind kind, GError **error)
{
  GAsyncResult *previewed = NULL, *changed = NULL;
  CrSeriesScope scope = g_rand_int_range (w->dice, CR_SCOPE_THIS, CR_SCOPE_ALL + 1);
  CrVisitChange change = CR_VISIT_CHANGE (pick_visit (w));
  g_autoptr (GPtrArray) occurrences = NULL;
  if (kind == SERIES_CANCEL) {
    cr_series_cancel_async (w->base.session, change.appointment, scope, "invented", fixture_done_cb,
                            &changed);
  } else {
    change.start = pick_start (w);
    change.person_id = pick (w, w->people, 2);
    cr_series_change_preview_async (w->base.session, &change, scope, fixture_done_cb, &previewed);
    g_autoptr (GAsyncResult) preview = fixture_wait (&previewed);
    occurrences = cr_series_preview_finish (preview, error);
    if (occurrences == NULL)
      return FALSE;
    want_all (occurrences);
    cr_series_change_async (w->base.session, &change, scope, occurrences, fixture_done_cb, &changed);
  }
  g_autoptr (GAsyncResult) result = fixture_wait (&changed);
  return finish_series (w, result, error);
}

/* ---- two charts of one person ---- */

static gboolean
newest_merge_job (CrTx *tx, gpointer data, GError **error)
{
  World *w = data;
  g_autoptr (GPtrArray) merges = cr_patient_merges (tx, 0, error);
  CrId newest = CR_ID_NONE;
  g_assert_nonnull (merges);
  for (guint i = 0; i < merges->len; i++)
    newest = MAX (newest, ((const CrPatientMerge *)merges->pdata[i])->id);
  g_array_append_val (w->merges, newest);
  return TRUE;
}

static gboolean
do_merge (World *w, GError **error)
{
  GAsyncResult *merged = NULL;
  cr_merge_async (w->base.session, pick (w, w->patients, N_PATIENTS), pick (w, w->patients, N_PATIENTS),
                  "Invented reason", w->second, fixture_done_cb, &merged);
  GError *problem = fixture_finish (&merged);
  if (problem != NULL) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  w->merged = TRUE;
  return cr_session_run (w->base.session, CR_RIGHT_ADMIN, newest_merge_job, w, error);
}

/* The newest merge that holds. */
static gboolean
do_part (World *w, GError **error)
{
  GAsyncResult *parted = NULL;
  if (w->merges->len == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND, "there is no merge to undo");
    return FALSE;
  }
  cr_merge_undo_async (w->base.session, g_array_index (w->merges, CrId, w->merges->len - 1), fixture_done_cb,
                       &parted);
  g_autoptr (GError) problem = fixture_finish (&parted);
  g_assert_no_error (problem); /* within 30 days it can be, whatever was booked since */
  g_array_set_size (w->merges, w->merges->len - 1);
  return TRUE;
}

static GError *
undo (World *w, gboolean redo)
{
  GAsyncResult *result = NULL;
  if (redo)
    cr_session_redo_async (w->base.session, fixture_done_cb, &result);
  else
    cr_session_undo_async (w->base.session, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static gboolean
do_step (World *w, Kind kind, GError **error)
{
  GError *problem = NULL;
  if (kind == COMBINED)
    return do_combined (w, error);
  if (kind == FOLLOW)
    return do_follow (w, error);
  if (kind == SERIES)
    return do_series (w, error);
  if (kind == SERIES_MOVE || kind == SERIES_CANCEL)
    return do_series_change (w, kind, error);
  if (kind == MERGE)
    return do_merge (w, error);
  if (kind == PART)
    return do_part (w, error);
  if (kind != UNDO && kind != REDO)
    return do_simple (w, kind, error);
  problem = undo (w, kind == REDO);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* A refusal is one that a person is told; anything else is a fault. */
static void
check_refusal (const GError *error)
{
  g_assert_true (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) ||
                 g_error_matches (error, CR_ERROR, CR_ERROR_INVALID) ||
                 g_error_matches (error, CR_ERROR, CR_ERROR_NOT_FOUND));
  g_assert_true (strlen (error->message) > 10);
}

/* Back and forth over the step that was just done. */
static void
check_back_and_forth (World *w, GHashTable *before, GHashTable *after)
{
  g_autoptr (GError) kept = undo (w, FALSE);
  g_assert_no_error (kept);
  g_autoptr (GHashTable) undone = shoot (w);
  assert_restored (before, undone);
  g_autoptr (GError) withheld = undo (w, TRUE);
  g_assert_no_error (withheld);
  g_autoptr (GHashTable) redone = shoot (w);
  assert_same (after, redone);
}

static void
random_step (World *w)
{
  static const Kind FORTH[] = { BOOK,        BOOK,          BOOK,  BOOK, COMBINED, COMBINED, MOVE,   MOVE,
                                MOVE,        RESIZE,        COPY,  TYPE, ROOM,     ROOM,     CANCEL, SERIES,
                                SERIES_MOVE, SERIES_CANCEL, MERGE, PART, UNDO,     UNDO,     REDO };
  Kind kind = w->leaves && g_rand_boolean (w->dice)
                  ? FOLLOW
                  : FORTH[g_rand_int_range (w->dice, 0, G_N_ELEMENTS (FORTH))];
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) before = shoot (w);
  if (w->visits->len == 0 && kind != SERIES && kind < MERGE)
    kind = g_rand_boolean (w->dice) ? BOOK : COMBINED;
  gboolean done = do_step (w, kind, &error);
  w->leaves = done && (kind == MOVE || kind == CANCEL || kind == SERIES_MOVE || kind == UNDO);
  g_autoptr (GHashTable) after = shoot (w);
  if (!done) {
    check_refusal (error);
    assert_same (before, after);
    w->refused[kind]++;
    return;
  }
  w->done[kind]++;
  if (kind < MERGE && g_rand_int_range (w->dice, 0, 3) == 0 && find_difference (before, after) != NULL)
    check_back_and_forth (w, before, after);
}

/* ---- one sequence: a day of work ---- */

static gboolean
clear_job (CrTx *tx, gpointer data, GError **error)
{
  World *w = data;
  for (guint i = 0; i < w->visits->len; i++) {
    g_autoptr (CrAppointment) visit =
        cr_tx_load (tx, &CR_APPOINTMENT, g_array_index (w->visits, CrId, i), error);
    g_assert_nonnull (visit);
    visit->stage = CR_STAGE_CANCELLED;
    if (!cr_tx_save (tx, &CR_APPOINTMENT, visit, error))
      return FALSE;
  }
  return TRUE;
}

static void
sequence (World *w)
{
  g_autoptr (GError) error = NULL;
  w->merged = FALSE;
  w->from = cr_clock_today (w->base.clock);
  w->to = cr_date_add_days (w->from, 6 * DAYS);
  for (int i = 0; i < STEPS; i++)
    random_step (w);
  while (w->merges->len > 0)
    do_part (w, NULL);
  while (cr_session_can_undo (w->base.session)) { /* the whole day, step by step, to nothing */
    g_autoptr (GError) refused = undo (w, FALSE);
    if (w->merged && refused != NULL)
      check_refusal (refused);
    else
      g_assert_no_error (refused);
  }
  cr_session_run (w->base.session, CR_RIGHT_SCHEDULE_EDIT, clear_job, w, &error);
  g_assert_no_error (error);
  g_array_set_size (w->visits, 0);
  cr_clock_advance (w->base.clock, (gint64)24 * 3600 * G_USEC_PER_SEC);
  cr_session_touch (w->base.session);
}

static void
report (const World *w)
{
  for (int kind = 0; kind < N_KINDS; kind++)
    g_test_message ("%s: %u done, %u refused", KIND_WORDS[kind], w->done[kind], w->refused[kind]);
  g_test_message ("%u parts followed", w->followed);
}

static void
test_random (void)
{
  const char *asked = g_getenv ("CHARTROOM_SEQUENCES"), *given = g_getenv ("CHARTROOM_SEED");
  guint n = asked != NULL ? (guint)g_ascii_strtoull (asked, NULL, 10) : USUAL;
  guint32 first = given != NULL ? (guint32)g_ascii_strtoull (given, NULL, 10) : (guint32)g_test_rand_int ();
  World w = { 0 };
  g_test_message ("%u sequences, seeds from %u", n, first);
  for (guint i = 0; i < n; i++) {
    if (i % OF_ONE_PRACTICE == 0)
      set_up (&w);
    w.dice = g_rand_new_with_seed (first + i);
    g_test_message ("seed %u", first + i);
    sequence (&w);
    g_rand_free (w.dice);
    if (i % 20 == 19 || i + 1 == n)
      replay (&w);
    if (i % OF_ONE_PRACTICE == OF_ONE_PRACTICE - 1 || i + 1 == n)
      tear_down (&w);
  }
  report (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-random/sequences", test_random);
  return g_test_run ();
}
