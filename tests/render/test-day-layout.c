/* The arithmetic of a day, as tables of cases. */
#include "chartroom/render/day-layout.h"

#define DATE CR_DATE (2026, 11, 23) /* a Monday */
#define DOCTOR ((CrId)7)

/* 8:00 AM to 6:00 PM at 15 minutes, two columns. */
static const CrDayLayout LAYOUT = {
  .from = 480, .to = 1080, .grain = 15, .slot = 24, .gutter = 60, .width = 460, .columns = 2
};

static GPtrArray *
new_hours (int start, int end)
{
  GPtrArray *array = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_hours_free);
  CrHours *hours = cr_hours_new ();

  hours->person_id = DOCTOR;
  hours->weekday = 1;
  hours->start_min = start;
  hours->end_min = end;
  g_ptr_array_add (array, hours);
  return array;
}

static void
add_visit (GPtrArray *visits, int start, int minutes, int stage)
{
  CrAppointment *visit = cr_appointment_new ();

  visit->person_id = DOCTOR;
  visit->date = DATE;
  visit->start_min = start;
  visit->minutes = minutes;
  visit->stage = stage;
  g_ptr_array_add (visits, visit);
}

static GPtrArray *
new_visits (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)cr_appointment_free);
}

static void
test_visible (void)
{
  static const struct {
    const char *name;
    int hours_from, hours_to;  /* 0: none */
    int start, minutes, stage; /* minutes 0: no visit */
    int from, to;
  } CASES[] = {
    { "nothing", 0, 0, 0, 0, 0, 480, 1020 },
    { "hours", 540, 1020, 0, 0, 0, 540, 1020 },
    { "half hours widen", 510, 1010, 0, 0, 0, 480, 1020 },
    { "visit before", 540, 1020, 450, 20, CR_STAGE_SCHEDULED, 420, 1020 },
    { "visit after", 540, 1020, 1015, 20, CR_STAGE_SCHEDULED, 540, 1080 },
    { "cancelled does not count", 540, 1020, 450, 20, CR_STAGE_CANCELLED, 540, 1020 },
    { "no-show does not count", 540, 1020, 450, 20, CR_STAGE_NO_SHOW, 540, 1020 },
    { "visit alone", 0, 0, 600, 20, CR_STAGE_ARRIVED, 600, 660 },
    { "past midnight is cut", 540, 1020, 1430, 60, CR_STAGE_SCHEDULED, 540, 1440 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GPtrArray) hours =
        CASES[i].hours_to > 0 ? new_hours (CASES[i].hours_from, CASES[i].hours_to) : NULL;
    g_autoptr (GPtrArray) visits = new_visits ();
    CrDay day = { .date = DATE, .person_id = DOCTOR, .hours = hours, .visits = visits };
    CrSpan span;

    if (CASES[i].minutes > 0)
      add_visit (visits, CASES[i].start, CASES[i].minutes, CASES[i].stage);
    span = cr_day_visible_span (&day, 1);
    g_test_message ("%s", CASES[i].name);
    g_assert_cmpint (span.start, ==, CASES[i].from);
    g_assert_cmpint (span.end, ==, CASES[i].to);
  }
}

static void
test_visible_of_many (void)
{
  g_autoptr (GPtrArray) early = new_hours (420, 720);
  g_autoptr (GPtrArray) late = new_hours (780, 1140);
  CrDay days[] = { { .date = DATE, .person_id = DOCTOR, .hours = early },
                   { .date = DATE, .person_id = DOCTOR, .hours = late } };
  CrSpan span = cr_day_visible_span (days, 2);

  g_assert_cmpint (span.start, ==, 420);
  g_assert_cmpint (span.end, ==, 1140);
}

static void
test_minutes (void)
{
  static const struct {
    int minute;
    double y;
    int slot, snapped;
  } CASES[] = {
    { 480, 0, 480, 480 },    { 495, 24, 495, 495 },     { 487, 11.2, 480, 480 },
    { 488, 12.8, 480, 495 }, { 1080, 960, 1065, 1080 }, { 1073, 948.8, 1065, 1080 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_assert_cmpfloat_with_epsilon (cr_day_layout_y (&LAYOUT, CASES[i].minute), CASES[i].y, 1e-9);
    g_assert_cmpint (cr_day_layout_minute (&LAYOUT, CASES[i].y + 1e-6), ==, CASES[i].minute);
    g_assert_cmpint (cr_day_layout_slot (&LAYOUT, CASES[i].y + 1e-6), ==, CASES[i].slot);
    g_assert_cmpint (cr_day_layout_snap (&LAYOUT, CASES[i].minute), ==, CASES[i].snapped);
  }
  g_assert_cmpfloat (cr_day_layout_height (&LAYOUT), ==, 960);
  g_assert_cmpfloat (cr_day_layout_y (&LAYOUT, 0), ==, 0); /* clamped */
  g_assert_cmpfloat (cr_day_layout_y (&LAYOUT, 1440), ==, 960);
  g_assert_cmpint (cr_day_layout_minute (&LAYOUT, -50), ==, 480);
  g_assert_cmpint (cr_day_layout_minute (&LAYOUT, 1e9), ==, 1080);
  g_assert_cmpint (cr_day_layout_slot (&LAYOUT, 1e9), ==, 1065);
}

static void
test_columns (void)
{
  static const struct {
    double x;
    int column;
  } CASES[] = { { 0, -1 },  { 59.9, -1 }, { 60, 0 },   { 259.9, 0 },
                { 260, 1 }, { 459.9, 1 }, { 460, -1 }, { -5, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_assert_cmpint (cr_day_layout_column_at (&LAYOUT, CASES[i].x), ==, CASES[i].column);
  g_assert_cmpfloat (cr_day_layout_column_width (&LAYOUT), ==, 200);
  g_assert_cmpfloat (cr_day_layout_column_x (&LAYOUT, 1), ==, 260);
}

static void
test_slot_height (void)
{
  g_assert_cmpfloat (cr_day_slot_height ((CrSpan){ 480, 1080 }, 15, 960, 24), ==, 24);
  g_assert_cmpfloat (cr_day_slot_height ((CrSpan){ 480, 1080 }, 15, 2000, 24), ==, 50);
  g_assert_cmpfloat (cr_day_slot_height ((CrSpan){ 480, 1080 }, 15, 100, 24), ==, 24);
  g_assert_cmpfloat (cr_day_slot_height ((CrSpan){ 480, 480 }, 15, 100, 24), ==, 24);
}

static void
test_cards (void)
{
  g_autoptr (GPtrArray) visits = new_visits ();
  CrRect out[3], span;

  add_visit (visits, 600, 20, CR_STAGE_SCHEDULED);
  add_visit (visits, 610, 20, CR_STAGE_SCHEDULED); /* overlaps the first */
  add_visit (visits, 660, 5, CR_STAGE_SCHEDULED);  /* too short to read: kept legible */
  cr_day_layout_cards (&LAYOUT, 1, visits, 20, out);
  g_assert_cmpfloat (out[0].y, ==, cr_day_layout_y (&LAYOUT, 600));
  g_assert_cmpfloat_with_epsilon (out[0].y + out[0].height, cr_day_layout_y (&LAYOUT, 620), 1.01);
  g_assert_cmpfloat (out[0].x + out[0].width, <=, out[1].x); /* side by side */
  g_assert_cmpfloat (out[0].width, ==, out[1].width);
  g_assert_cmpfloat (out[2].width, >, 2 * out[0].width);
  g_assert_cmpfloat (out[2].height, ==, 20);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpfloat (out[i].x, >=, 260);
    g_assert_cmpfloat (out[i].x + out[i].width, <=, 460);
  }
  span = cr_day_layout_span (&LAYOUT, 0, (CrSpan){ 720, 780 });
  g_assert_cmpfloat (span.x, ==, 60);
  g_assert_cmpfloat (span.width, ==, 200);
  g_assert_cmpfloat (span.y, ==, 384);
  g_assert_cmpfloat (span.height, ==, 96);
}

static void
test_now (void)
{
  double y = -1;

  g_assert_false (cr_day_layout_now (&LAYOUT, 479, &y));
  g_assert_true (cr_day_layout_now (&LAYOUT, 480, &y));
  g_assert_cmpfloat (y, ==, 0);
  g_assert_true (cr_day_layout_now (&LAYOUT, 634, &y));
  g_assert_cmpfloat_with_epsilon (y, 246.4, 1e-9);
  g_assert_false (cr_day_layout_now (&LAYOUT, 1080, &y));
}

static void
test_lines (void)
{
  double y;
  int minute, n = 0, hours = 0;
  gboolean hour;

  for (int i = 0; cr_day_layout_line (&LAYOUT, i, &y, &minute, &hour); i++) {
    g_assert_cmpfloat (y, ==, cr_day_layout_y (&LAYOUT, minute));
    hours += hour;
    n++;
  }
  g_assert_cmpint (n, ==, 41); /* both ends */
  g_assert_cmpint (hours, ==, 11);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day-layout/visible", test_visible);
  g_test_add_func ("/day-layout/visible-of-many", test_visible_of_many);
  g_test_add_func ("/day-layout/minutes", test_minutes);
  g_test_add_func ("/day-layout/columns", test_columns);
  g_test_add_func ("/day-layout/slot-height", test_slot_height);
  g_test_add_func ("/day-layout/cards", test_cards);
  g_test_add_func ("/day-layout/now", test_now);
  g_test_add_func ("/day-layout/lines", test_lines);
  return g_test_run ();
}
