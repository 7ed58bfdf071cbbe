/* Changes of a booked visit: length, type, room, copy; what they need and take; what was shown is accepted
 * and nothing else; undo that outlives the session and belongs to one person. */
#include "book-fixture.h"
#include "chartroom/store/desk-stores.h"

typedef struct {
  Fixture *f;
  CrId procedure, ecg;
} Needs;

/* A procedure is done by Okafor alone, and takes the only ECG. */
static gboolean
needs_job (CrTx *tx, gpointer data, GError **error)
{
  Needs *needs = data;
  g_autoptr (CrVisitTypeNeed) need = cr_visit_type_need_new ();
  g_autoptr (CrVisitTypePerson) does = cr_visit_type_person_new ();
  needs->procedure = fixture_add_type (tx, "PROC", "Procedure", 60);
  needs->ecg = fixture_add_room (tx, "ECG", 3);
  need->visit_type_id = does->visit_type_id = needs->procedure;
  need->room_id = needs->ecg;
  does->person_id = needs->f->okafor;
  need->active = does->active = TRUE;
  return cr_tx_save (tx, &CR_VISIT_TYPE_NEED, need, error) &&
         cr_tx_save (tx, &CR_VISIT_TYPE_PERSON, does, error);
}

static Needs
add_needs (Book *b)
{
  g_autoptr (GError) error = NULL;
  Needs needs = { &b->base };
  cr_store_run (cr_session_get_store (b->base.session), cr_session_get_user (b->base.session), needs_job,
                &needs, &error);
  g_assert_no_error (error);
  return needs;
}

/* Written down at the last full five minutes, and not late for that. */
static void
test_walk_in_now (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  CrBooking wanted = { .patient_id = b.base.garcia,
                       .person_id = b.base.chen,
                       .visit_type_id = b.base.follow_up,
                       .date = FIXTURE_TODAY,
                       .start = 10 * 60 + 30 }; /* now is 10:34 */
  g_autofree char *late = NULL, *now = NULL;
  g_assert_cmphex (cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &late), ==,
                   CR_PLACE_BIT (CR_PLACE_PAST));
  wanted.walk_in = TRUE;
  g_assert_cmphex (cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &now), ==, 0);
  g_assert_null (now);
  book_tear_down (&b);
}

/* 2:30 AM on the spring night is on no clock. */
static void
test_left_out_hour (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrBooking wanted = book_booking (&b, b.base.garcia, 2 * 60 + 30);
  wanted.date = CR_DATE (2027, 3, 14);
  wanted.accept = CR_PLACES_SOFT;
  book_look (&b, wanted.date); /* said while it is chosen, and refused when it is saved */
  g_autofree char *said = NULL, *later = NULL;
  g_assert_cmphex (cr_places_hard (cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &said)), ==,
                   CR_PLACE_BIT (CR_PLACE_NO_TIME));
  g_assert_nonnull (strstr (said, "There is no 2:30 AM on Sun Mar 14, 2027"));
  g_assert_cmpint (book_try (&b, &wanted, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "There is no 2:30 AM on Sun Mar 14, 2027"));
  g_clear_error (&error);
  wanted.start = 3 * 60;
  g_assert_cmphex (cr_places_hard (cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &later)), ==, 0);
  g_assert_cmpint (book_try (&b, &wanted, &error), !=, CR_ID_NONE);
  g_assert_no_error (error);
  book_tear_down (&b);
}

static void
test_resize (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  book_one (&b, b.base.nowak, 11 * 60 + 40);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.minutes = 40;
  g_assert_cmpint (book_change (&b, &change, &error), ==, id);
  g_assert_no_error (error);
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 40);
  g_assert_cmpstr (cr_session_undo_label (b.base.session), ==, "Changed the length of GARCIA, Maria");
  change.minutes = 60; /* into the next visit: asked first, then done */
  g_autofree char *sentence = NULL;
  guint shown = cr_day_schedule_change_places (b.day, &change, &sentence);
  g_assert_cmphex (shown, ==, CR_PLACE_BIT (CR_PLACE_OVERLAP));
  g_assert_cmpint (book_change (&b, &change, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_CONFLICT);
  g_clear_error (&error);
  change.accept = shown;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_assert_no_error (book_undo (&b));
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 40);
  book_tear_down (&b);
}

static void
test_type_and_rooms (void)
{
  Book b;
  g_autoptr (GError) error = NULL, taken = NULL, wrong = NULL;
  book_set_up (&b, "frontdesk");
  Needs needs = add_needs (&b);
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.visit_type_id = needs.procedure;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 60); /* another type brings its length */
  const CrVisit *visit = cr_day_schedule_find (b.day, id);
  g_assert_true (cr_day_schedule_takes_room (b.day, visit, needs.ecg));
  CrBooking other = book_booking (&b, b.base.nowak, 11 * 60 + 30);
  other.visit_type_id = needs.procedure;
  other.accept = CR_PLACES_SOFT;
  g_assert_cmpint (book_try (&b, &other, &taken), ==, CR_ID_NONE);
  g_assert_error (taken, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (taken->message, "Next free: 12:00 PM"));
  other.person_id = b.base.chen;
  g_assert_cmpint (book_try (&b, &other, &wrong), ==, CR_ID_NONE);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (wrong->message, "does not do visits of the type"));
  g_assert_no_error (book_undo (&b)); /* back to a follow-up: the ECG is free again */
  other.person_id = b.base.okafor;
  book_try (&b, &other, &error);
  g_assert_no_error (error);
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_redo (&b));
  book_tear_down (&b);
}

static void
test_room (void)
{
  Book b;
  g_autoptr (GError) error = NULL, taken = NULL;
  book_set_up (&b, "frontdesk");
  CrId first = book_one (&b, b.base.garcia, 11 * 60);
  CrBooking wanted = book_booking (&b, b.base.nowak, 11 * 60 + 10);
  wanted.person_id = b.base.chen;
  CrId second = book_try (&b, &wanted, &error);
  g_assert_no_error (error);
  CrVisitChange change = CR_VISIT_CHANGE (first);
  change.room_id = b.base.room1;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cr_session_undo_label (b.base.session), ==, "Changed the room of GARCIA, Maria");
  change.appointment = second;
  book_change (&b, &change, &taken);
  g_assert_error (taken, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_true (g_str_has_prefix (taken->message, "Room 1 is taken at this time."));
  change.appointment = first;
  change.room_id = CR_ID_NONE;
  change.no_room = TRUE;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_autoptr (CrAppointment) visit = book_visit (&b, first);
  g_assert_cmpint (visit->room_id, ==, CR_ID_NONE);
  book_tear_down (&b);
}

/* What is refused is said of what was asked; the reason alone may always be put right. */
static void
test_over (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 15 * 60);
  const struct {
    CrVisitChange change;
    const char *what;
  } REFUSED[] = {
    { { .appointment = id, .start = 600 }, "it cannot be moved." },
    { { .appointment = id, .start = CR_MINUTE_NONE, .visit_type_id = b.base.new_patient },
      "its type cannot be changed." },
    { { .appointment = id, .start = CR_MINUTE_NONE, .minutes = 30 }, "its length cannot be changed." },
    { { .appointment = id, .start = CR_MINUTE_NONE, .room_id = b.base.room2 },
      "its room cannot be changed." },
  };
  cr_day_schedule_cancel_async (b.day, id, "invented", fixture_done_cb, &b.result);
  g_assert_no_error (fixture_finish (&b.result));
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *sentence = g_strconcat ("This visit is over or cancelled; ", REFUSED[i].what, NULL);
    g_assert_cmpint (book_change (&b, &REFUSED[i].change, &error), ==, CR_ID_NONE);
    g_assert_cmpstr (error->message, ==, sentence);
  }
  g_autoptr (GError) error = NULL;
  CrVisitChange reason = CR_VISIT_CHANGE (id);
  reason.reason = "Put right, invented";
  book_change (&b, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cr_session_undo_label (b.base.session), ==, "Changed the reason of GARCIA, Maria");
  book_tear_down (&b);
}

/* As the entries of the window have it: 200 characters, blanks at the ends not counted. */
static void
test_long_reason (void)
{
  Book b;
  g_autoptr (GError) booked = NULL, changed = NULL, fine = NULL;
  g_autofree char *long_one = g_strnfill (201, 'x'), *most = g_strdup_printf ("%.200s ", long_one);
  book_set_up (&b, "frontdesk");
  CrBooking wanted = book_booking (&b, b.base.garcia, 11 * 60);
  wanted.reason = long_one;
  g_assert_cmpint (book_try (&b, &wanted, &booked), ==, CR_ID_NONE);
  g_assert_error (booked, CR_ERROR, CR_ERROR_INVALID);
  g_assert_cmpstr (booked->message, ==, "The reason has more than 200 characters. Say it in fewer.");
  wanted.reason = most;
  CrId id = book_try (&b, &wanted, &fine);
  g_assert_no_error (fine);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.reason = long_one;
  book_change (&b, &change, &changed);
  g_assert_error (changed, CR_ERROR, CR_ERROR_INVALID);
  cr_day_schedule_cancel_async (b.day, id, long_one, fixture_done_cb, &b.result);
  g_autoptr (GError) cancelled = fixture_finish (&b.result);
  g_assert_error (cancelled, CR_ERROR, CR_ERROR_INVALID);
  book_tear_down (&b);
}

static void
test_copy (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.copy = TRUE;
  change.date = cr_date_add_days (FIXTURE_TODAY, 7);
  CrId copy = book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_assert_cmpint (copy, !=, id);
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 20);
  book_assert (&b, copy, change.date, 11 * 60, 20);
  g_assert_no_error (book_undo (&b));
  g_autoptr (CrAppointment) undone = book_visit (&b, copy);
  g_assert_cmpint (undone->stage, ==, CR_STAGE_CANCELLED);
  g_assert_cmpstr (undone->handled_how, ==, "undone"); /* nobody has to take care of it */
  g_assert_cmpint (undone->handled_at, !=, CR_INSTANT_NONE);
  book_tear_down (&b);
}

/* More than 7 days back only something new, with a reason of its own; what is there keeps its day. */
static void
test_long_past (void)
{
  Book b;
  g_autoptr (GError) plain = NULL, told = NULL, moved = NULL, copied = NULL, again = NULL, longer = NULL;
  book_set_up (&b, "frontdesk");
  CrDate then = cr_date_add_days (FIXTURE_TODAY, -14);
  CrBooking wanted = book_booking (&b, b.base.garcia, 11 * 60);
  wanted.reason = "BP check, invented";
  CrId today = book_try (&b, &wanted, &plain);
  g_assert_no_error (plain);
  CrVisitChange change = CR_VISIT_CHANGE (today);
  change.date = then;
  change.accept = CR_PLACES_SOFT;
  book_change (&b, &change, &moved);
  g_assert_error (moved, CR_ERROR, CR_ERROR_INVALID);
  g_assert_cmpstr (moved->message, ==,
                   "Mon Nov 09, 2026 is more than 7 days back. Choose a later day; or, if there was a visit "
                   "then, book it anew, with a reason that says why it is entered so late.");
  change.copy = TRUE;
  book_change (&b, &change, &copied);
  g_assert_error (copied, CR_ERROR, CR_ERROR_INVALID);
  change.reason = "Forgotten in the paper book";
  CrId copy = book_change (&b, &change, &again);
  g_assert_no_error (again);
  wanted.date = then;
  wanted.start = 14 * 60;
  wanted.accept = CR_PLACES_SOFT;
  book_try (&b, &wanted, &told);
  g_assert_no_error (told);
  CrVisitChange resize = CR_VISIT_CHANGE (copy);
  resize.minutes = 30;
  resize.accept = CR_PLACES_SOFT;
  book_change (&b, &resize, &longer);
  g_assert_no_error (longer);
  book_assert (&b, today, FIXTURE_TODAY, 11 * 60, 20);
  book_assert (&b, copy, then, 11 * 60, 30);
  book_tear_down (&b);
}

/* What was shown is accepted; what came in between is not, and never a third visit at once. */
static void
test_accept (void)
{
  Book b;
  g_autoptr (GError) first = NULL, second = NULL, third = NULL;
  g_autofree char *sentence = NULL;
  book_set_up (&b, "frontdesk");
  CrBooking wanted = book_booking (&b, b.base.garcia, 16 * 60 + 50); /* a little past the hours */
  wanted.accept = cr_day_schedule_places (b.day, &wanted, CR_ID_NONE, &sentence);
  g_assert_cmphex (wanted.accept, ==, CR_PLACE_BIT (CR_PLACE_OUTSIDE));
  CrBooking sooner = book_booking (&b, b.base.nowak, 16 * 60 + 40); /* meanwhile somebody else books */
  book_try (&b, &sooner, &first);
  g_assert_no_error (first);
  wanted.start = 16 * 60 + 45;
  g_assert_cmpint (book_try (&b, &wanted, &second), ==, CR_ID_NONE);
  g_assert_error (second, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (second->message, "already has a visit"));
  g_assert_nonnull (strstr (second->message, "Next free: Tue Nov 24, 2026, 9:00 AM, 9:20 AM, 9:40 AM."));
  wanted.accept = CR_PLACES_SOFT;
  g_assert_cmpint (book_try (&b, &wanted, &third), !=, CR_ID_NONE);
  g_assert_no_error (third);
  wanted.patient_id = b.base.mariana;
  g_assert_cmpint (book_try (&b, &wanted, &third), ==, CR_ID_NONE);
  g_assert_error (third, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_true (g_str_has_prefix (third->message, "Dr. Okafor already has 2 visits at this time"));
  book_tear_down (&b);
}

/* ---- undo ---- */

static gboolean
can_undo (gpointer session)
{
  return cr_session_can_undo (session);
}

/* Signed out, closed, opened again: the steps of the day are still there; on the next day they are not. */
static void
test_undo_outlives (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.start = 14 * 60;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  cr_session_close (b.base.session);
  fixture_spin ();
  g_assert_false (cr_session_can_undo (b.base.session));
  cr_session_open (b.base.session, b.base.folder, "frontdesk", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  fixture_wait_until (can_undo, b.base.session);
  g_assert_cmpstr (cr_session_undo_label (b.base.session), ==, "Moved GARCIA, Maria");
  g_assert_no_error (book_undo (&b));
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 20);
  g_assert_no_error (book_redo (&b));
  book_assert (&b, id, FIXTURE_TODAY, 14 * 60, 20);
  cr_clock_advance (b.base.clock, (gint64)24 * 3600 * G_USEC_PER_SEC);
  cr_session_touch (b.base.session);
  g_assert_false (cr_session_can_undo (b.base.session));
  g_autoptr (GError) nothing = book_undo (&b);
  g_assert_error (nothing, CR_ERROR, CR_ERROR_NOT_FOUND);
  book_tear_down (&b);
}

static const CrStep *
step_at (GListModel *steps, guint at)
{
  g_autoptr (CrRow) row = g_list_model_get_item (steps, at);
  return row != NULL ? cr_row_peek (row) : NULL;
}

static gboolean
has_three (gpointer steps)
{
  return g_list_model_get_n_items (steps) == 3;
}

static gboolean
newest_is_undone (gpointer steps)
{
  return step_at (steps, 0)->undone;
}

/* The strip: before and after, by whom; another's step is refused with the reason. */
static void
test_steps (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  fixture_sign_in (&b.base, "nurse");
  g_autoptr (GListModel) steps = cr_book_steps_new (b.base.session);
  book_one (&b, b.base.nowak, 15 * 60);
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.start = 14 * 60;
  change.person_id = b.base.chen;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  fixture_wait_until (has_three, steps);
  const CrStep *moved = step_at (steps, 0), *booked = step_at (steps, 2);
  g_assert_cmpstr (moved->label, ==, "Moved GARCIA, Maria");
  g_assert_cmpstr (moved->change, ==,
                   "Mon Nov 23, 2026, 11:00 AM, Dr. Okafor → Mon Nov 23, 2026, 2:00 PM, Dr. Chen");
  g_assert_nonnull (strstr (moved->by, "Ortiz"));
  g_assert_true (moved->own && !booked->own);
  g_assert_cmpint (moved->minute, ==, 10 * 60 + 34);
  g_assert_cmpstr (booked->change, ==, "→ Mon Nov 23, 2026, 11:00 AM, Dr. Okafor");
  cr_session_undo_step_async (b.base.session, booked->id, fixture_done_cb, &b.result);
  g_autoptr (GError) others = fixture_finish (&b.result);
  g_assert_error (others, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (others->message, "Diaz did this. Only they can take it back"));
  fixture_sign_in (&b.base, "frontdesk"); /* their own booking was moved by somebody since */
  g_autoptr (GError) changed = book_undo (&b);
  g_assert_error (changed, CR_ERROR, CR_ERROR_CONFLICT);
  g_assert_nonnull (strstr (changed->message, "Ortiz changed this since (Moved GARCIA, Maria)"));
  fixture_sign_in (&b.base, "nurse");
  g_assert_no_error (book_undo (&b));
  book_assert (&b, id, FIXTURE_TODAY, 11 * 60, 20);
  fixture_wait_until (has_three, steps);
  fixture_wait_until (newest_is_undone, steps);
  g_clear_object (&steps);
  book_tear_down (&b);
}

static gboolean
newest_says_why (gpointer steps)
{
  return g_str_has_suffix (step_at (steps, 0)->label, " – clinician out");
}

/* Why a visit was moved: with the step, and another time over it; not for a move that is not one's own. */
static void
test_why_moved (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  g_autoptr (GListModel) steps = cr_book_steps_new (b.base.session);
  cr_book_explain_move_async (b.base.session, id, "patient asked", fixture_done_cb, &b.result);
  g_autoptr (GError) booked = fixture_finish (&b.result);
  g_assert_error (booked, CR_ERROR, CR_ERROR_NOT_FOUND); /* it was booked, not moved */
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.start = 14 * 60;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  cr_book_explain_move_async (b.base.session, id, "patient asked", fixture_done_cb, &b.result);
  g_assert_no_error (fixture_finish (&b.result));
  cr_book_explain_move_async (b.base.session, id, "clinician out", fixture_done_cb, &b.result);
  g_assert_no_error (fixture_finish (&b.result));
  fixture_wait_until (newest_says_why, steps);
  g_assert_cmpstr (step_at (steps, 0)->label, ==, "Moved GARCIA, Maria – clinician out");
  g_assert_no_error (book_undo (&b));
  cr_book_explain_move_async (b.base.session, id, "other", fixture_done_cb, &b.result);
  g_autoptr (GError) undone = fixture_finish (&b.result);
  g_assert_error (undone, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_clear_object (&steps);
  book_tear_down (&b);
}

/* A visit that was confirmed and goes elsewhere is to be confirmed anew, and says how often it was moved. */
static void
test_confirmed_moves (void)
{
  Book b;
  g_autoptr (GError) error = NULL;
  book_set_up (&b, "frontdesk");
  CrId id = book_one (&b, b.base.garcia, 11 * 60);
  cr_day_schedule_stage_async (b.day, id, CR_STAGE_CONFIRMED, CR_ID_NONE, fixture_done_cb, &b.result);
  g_assert_no_error (fixture_finish (&b.result));
  CrVisitChange change = CR_VISIT_CHANGE (id);
  change.room_id = b.base.room1; /* at the same time: it stays confirmed */
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_autoptr (CrAppointment) stays = book_visit (&b, id);
  g_assert_cmpint (stays->stage, ==, CR_STAGE_CONFIRMED);
  change.start = 14 * 60;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  change.start = 15 * 60;
  book_change (&b, &change, &error);
  g_assert_no_error (error);
  g_autoptr (CrAppointment) moved = book_visit (&b, id);
  g_assert_cmpint (moved->stage, ==, CR_STAGE_SCHEDULED);
  g_assert_cmpint (moved->moves, ==, 2);
  book_tear_down (&b);
}

/* A new step ends what could be done again. */
static void
test_redo_ends (void)
{
  Book b;
  book_set_up (&b, "frontdesk");
  book_one (&b, b.base.garcia, 11 * 60);
  g_assert_no_error (book_undo (&b));
  g_assert_true (cr_session_can_redo (b.base.session));
  CrId other = book_one (&b, b.base.nowak, 12 * 60);
  g_assert_false (cr_session_can_redo (b.base.session));
  g_assert_no_error (book_undo (&b));
  g_assert_no_error (book_redo (&b));
  g_assert_false (cr_session_can_redo (b.base.session));
  book_assert (&b, other, FIXTURE_TODAY, 12 * 60, 20);
  book_tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-change/walk-in-now", test_walk_in_now);
  g_test_add_func ("/book-change/left-out-hour", test_left_out_hour);
  g_test_add_func ("/book-change/resize", test_resize);
  g_test_add_func ("/book-change/type-and-rooms", test_type_and_rooms);
  g_test_add_func ("/book-change/room", test_room);
  g_test_add_func ("/book-change/over", test_over);
  g_test_add_func ("/book-change/copy", test_copy);
  g_test_add_func ("/book-change/long-reason", test_long_reason);
  g_test_add_func ("/book-change/long-past", test_long_past);
  g_test_add_func ("/book-change/accept", test_accept);
  g_test_add_func ("/book-change/undo-outlives", test_undo_outlives);
  g_test_add_func ("/book-change/steps", test_steps);
  g_test_add_func ("/book-change/why-moved", test_why_moved);
  g_test_add_func ("/book-change/confirmed-moves", test_confirmed_moves);
  g_test_add_func ("/book-change/redo-ends", test_redo_ends);
  return g_test_run ();
}
