/* Booking and changing as the desktop does it, one call each. */
#pragma once
#include "chartroom/session/book-steps.h"
#include "chartroom/session/series.h"
#include "session-fixture.h"
#include <string.h>

typedef struct {
  Fixture base;
  CrDaySchedule *day;
  GAsyncResult *result;
} Book;

static inline void
book_look (Book *b, CrDate date)
{
  g_autoptr (GError) error = NULL;
  cr_day_schedule_set_date (b->day, date);
  cr_day_schedule_load (b->day, &error);
  g_assert_no_error (error);
}

static inline void
book_set_up (Book *b, const char *login)
{
  *b = (Book){ 0 };
  fixture_set_up (&b->base);
  fixture_sign_in (&b->base, login);
  fixture_spin ();
  b->day = cr_day_schedule_new (b->base.session);
  book_look (b, FIXTURE_TODAY);
}

static inline gboolean
book_is_quiet (gpointer day)
{
  gboolean loading;
  g_object_get (day, "loading", &loading, NULL);
  return !loading;
}

static inline void
book_tear_down (Book *b)
{
  fixture_wait_until (book_is_quiet, b->day);
  g_assert_finalize_object (b->day);
  fixture_tear_down (&b->base);
}

static inline CrBooking
book_booking (const Book *b, CrId patient, int start)
{
  return (CrBooking){ .patient_id = patient,
                      .person_id = b->base.okafor,
                      .visit_type_id = b->base.follow_up,
                      .date = FIXTURE_TODAY,
                      .start = start };
}

static inline CrId
book_try (Book *b, const CrBooking *wanted, GError **error)
{
  cr_day_schedule_book_async (b->day, wanted, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  return cr_day_schedule_book_finish (b->day, result, error);
}

static inline CrId
book_one (Book *b, CrId patient, int start)
{
  g_autoptr (GError) error = NULL;
  CrBooking wanted = book_booking (b, patient, start);
  CrId id = book_try (b, &wanted, &error);
  g_assert_no_error (error);
  return id;
}

static inline CrId
book_change (Book *b, const CrVisitChange *change, GError **error)
{
  cr_day_schedule_change_async (b->day, change, fixture_done_cb, &b->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&b->result);
  b->result = NULL;
  return cr_day_schedule_change_finish (b->day, result, error);
}

static inline GError *
book_undo (Book *b)
{
  cr_session_undo_async (b->base.session, fixture_done_cb, &b->result);
  return fixture_finish (&b->result);
}

static inline GError *
book_redo (Book *b)
{
  cr_session_redo_async (b->base.session, fixture_done_cb, &b->result);
  return fixture_finish (&b->result);
}

typedef struct {
  const CrRecordClass *klass;
  CrId id;
  gpointer record;
} BookLoad;

static inline gboolean
book_load_job (CrTx *tx, gpointer data, GError **error)
{
  BookLoad *load = data;
  load->record = cr_tx_load (tx, load->klass, load->id, error);
  return load->record != NULL;
}

static inline CrAppointment *
book_visit (Book *b, CrId id)
{
  g_autoptr (GError) error = NULL;
  BookLoad load = { &CR_APPOINTMENT, id, NULL };
  cr_session_run (b->base.session, CR_RIGHT_SCHEDULE_VIEW, book_load_job, &load, &error);
  g_assert_no_error (error);
  return load.record;
}

/* The visit stands there, of so many minutes. */
static inline void
book_assert (Book *b, CrId id, CrDate date, int start, int minutes)
{
  g_autoptr (CrAppointment) visit = book_visit (b, id);
  g_assert_cmpint (cr_date_compare (visit->date, date), ==, 0);
  g_assert_cmpint (visit->start_min, ==, start);
  g_assert_cmpint (visit->minutes, ==, minutes);
}
