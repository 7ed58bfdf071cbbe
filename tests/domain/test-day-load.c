/* How full a day is: hours less blocks, visits inside and outside of them, two at once. */
#include "chartroom/domain/day-load.h"

#define DAY CR_DATE (2026, 11, 23)

typedef struct {
  GPtrArray *hours, *exceptions, *visits;
} Book;

static void
set_up (Book *b)
{
  b->hours = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  b->exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_schedule_exception_free);
  b->visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
}

static void
tear_down (Book *b)
{
  g_ptr_array_unref (b->hours);
  g_ptr_array_unref (b->exceptions);
  g_ptr_array_unref (b->visits);
}

static void
work (Book *b, CrId person, int start, int end)
{
  CrHours *hours = cr_hours_new ();
  hours->person_id = person;
  hours->weekday = cr_date_weekday (DAY);
  hours->start_min = start;
  hours->end_min = end;
  g_ptr_array_add (b->hours, hours);
}

static void
except (Book *b, CrExceptionKind kind, gint64 start, gint64 end)
{
  CrScheduleException *e = cr_schedule_exception_new ();
  e->date = DAY;
  e->kind = kind;
  e->start_min = start;
  e->end_min = end;
  g_ptr_array_add (b->exceptions, e);
}

static void
visit (Book *b, CrId person, int start, int minutes, int stage)
{
  CrAppointment *a = cr_appointment_new ();
  a->date = DAY;
  a->person_id = person;
  a->start_min = start;
  a->minutes = minutes;
  a->stage = stage;
  g_ptr_array_add (b->visits, a);
}

static CrDayLoad
load_of (Book *b, CrId person)
{
  CrDay day = {
    .date = DAY, .person_id = person, .hours = b->hours, .exceptions = b->exceptions, .visits = b->visits
  };
  return cr_day_load (&day);
}

#define assert_load(load, n, minutes_open, minutes_booked)                                                   \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_assert_cmpint ((load).visits, ==, n);                                                                  \
    g_assert_cmpint ((load).open, ==, minutes_open);                                                         \
    g_assert_cmpint ((load).booked, ==, minutes_booked);                                                     \
  }                                                                                                          \
  G_STMT_END

static void
test_share (void)
{
  Book b;
  set_up (&b);
  work (&b, 1, 9 * 60, 12 * 60);
  work (&b, 1, 13 * 60, 17 * 60);
  work (&b, 2, 9 * 60, 10 * 60);
  assert_load (load_of (&b, 1), 0, 420, 0);
  g_assert_cmpint (cr_day_load_free (load_of (&b, 1)), ==, 100);
  except (&b, CR_EXCEPTION_BLOCKED, 11 * 60, 12 * 60);
  visit (&b, 1, 9 * 60, 20, CR_STAGE_CHECKED_OUT);
  visit (&b, 1, 9 * 60 + 10, 20, CR_STAGE_SCHEDULED);  /* half over the first one */
  visit (&b, 1, 11 * 60 + 30, 40, CR_STAGE_SCHEDULED); /* over the block and lunch */
  visit (&b, 1, 14 * 60, 60, CR_STAGE_CANCELLED);
  visit (&b, 1, 15 * 60, 60, CR_STAGE_NO_SHOW);
  visit (&b, 2, 9 * 60, 60, CR_STAGE_ARRIVED);
  assert_load (load_of (&b, 1), 3, 360, 30);
  assert_load (load_of (&b, 2), 1, 60, 60);
  CrDayLoad both = cr_day_load_add (load_of (&b, 1), load_of (&b, 2));
  assert_load (both, 4, 420, 90);
  g_assert_cmpint (cr_day_load_free (both), ==, 78);
  tear_down (&b);
}

static void
test_closed (void)
{
  Book b;
  set_up (&b);
  work (&b, 1, 9 * 60, 17 * 60);
  except (&b, CR_EXCEPTION_CLOSED, CR_INT_NONE, CR_INT_NONE);
  visit (&b, 1, 10 * 60, 20, CR_STAGE_SCHEDULED);
  assert_load (load_of (&b, 1), 1, 0, 0);
  g_assert_cmpint (cr_day_load_free (load_of (&b, 1)), ==, 0);
  assert_load (load_of (&b, 3), 0, 0, 0);
  tear_down (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day-load/share", test_share);
  g_test_add_func ("/day-load/closed", test_closed);
  return g_test_run ();
}
