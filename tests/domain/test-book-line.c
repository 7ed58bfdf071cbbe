/* A booking typed in one line, word by word.  Today is Monday, Nov 23, 2026. */
#include "chartroom/domain/book-line.h"

#define TODAY CR_DATE (2026, 11, 23)
enum { FU = 1, NEW, PHYS, OKAFOR, CHEN, GONE };

typedef struct {
  GPtrArray *types, *people;
} Practice;

static void
add_type (GPtrArray *types, CrId id, const char *code, const char *name)
{
  CrVisitType *type = cr_visit_type_new ();
  type->id = id;
  type->code = g_strdup (code);
  type->name = g_strdup (name);
  type->active = TRUE;
  g_ptr_array_add (types, type);
}

static void
add_person (GPtrArray *people, CrId id, const char *family, gboolean active)
{
  CrPerson *person = cr_person_new ();
  person->id = id;
  person->family = g_strdup (family);
  person->active = active;
  person->schedulable = TRUE;
  g_ptr_array_add (people, person);
}

static Practice
make_practice (void)
{
  Practice practice = { g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_type_free),
                        g_ptr_array_new_with_free_func ((GDestroyNotify)cr_person_free) };
  add_type (practice.types, FU, "FU", "Follow-up");
  add_type (practice.types, NEW, "NEW", "New patient");
  add_type (practice.types, PHYS, "PHYS", "Physical");
  add_person (practice.people, OKAFOR, "Okafor", TRUE);
  add_person (practice.people, CHEN, "Chén-Ruiz", TRUE);
  add_person (practice.people, GONE, "Gone", FALSE);
  return practice;
}

static void
test_table (void)
{
  static const struct {
    const char *typed, *patient;
    CrDate from;
    CrId type, person;
    int minutes;
    CrHalf half;
    gboolean by_day;
  } ROWS[] = {
    { "garcia 6w fu 20 am okafor", "garcia", { 2027, 1, 4 }, FU, OKAFOR, 20, CR_HALF_AM },
    { "okafor am 20 fu 6w garcia", "garcia", { 2027, 1, 4 }, FU, OKAFOR, 20, CR_HALF_AM },
    { "gar ma phys pm", "gar ma", { 0 }, PHYS, CR_ID_NONE, 0, CR_HALF_PM },
    { "García, María t+7 FU", "García María", { 2026, 11, 30 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
    { "garcia 61 fu 20 6w", "garcia 61", { 2027, 1, 4 }, FU, CR_ID_NONE, 20, CR_HALF_ANY },
    { "garcia 60 fu 20", "garcia 60", { 0 }, FU, CR_ID_NONE, 20, CR_HALF_ANY },
    { "garcia 3/14/61 fu 2w", "garcia 3/14/61", { 2026, 12, 7 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
    { "garcia fu 12/5", "garcia", { 2026, 12, 5 }, FU, CR_ID_NONE, 0, CR_HALF_ANY, TRUE },
    { "garcia fu mon", "garcia", { 2026, 11, 30 }, FU, CR_ID_NONE, 0, CR_HALF_ANY, TRUE },
    { "tom garcia fu 6w", "tom garcia", { 2027, 1, 4 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
    { "tom fu am", "tom", { 0 }, FU, CR_ID_NONE, 0, CR_HALF_AM },
    { "fu li 6w fu", "fu li", { 2027, 1, 4 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
    { "okafor 6w fu", "okafor", { 2027, 1, 4 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
    { "okafor 6w fu okafor", "okafor", { 2027, 1, 4 }, FU, OKAFOR, 0, CR_HALF_ANY },
    { "garcia follow-up chen +10", "garcia", { 2026, 12, 3 }, FU, CHEN, 0, CR_HALF_ANY },
    { "garcia gone fu 6w", "garcia gone", { 2027, 1, 4 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
    { "garcia fu today", "garcia", { 2026, 11, 23 }, FU, CR_ID_NONE, 0, CR_HALF_ANY, TRUE },
    { "garcia fu 2m", "garcia", { 2027, 1, 23 }, FU, CR_ID_NONE, 0, CR_HALF_ANY },
  };
  Practice practice = make_practice ();
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (CrBookLine) line = { 0 };
    g_test_message ("%s", ROWS[i].typed);
    g_assert_true (cr_book_line_parse (ROWS[i].typed, practice.types, practice.people, TODAY, &line));
    g_assert_cmpstr (line.patient, ==, ROWS[i].patient);
    g_assert_cmpint (cr_date_compare (line.from, ROWS[i].from), ==, 0);
    g_assert_cmpint (line.visit_type_id, ==, ROWS[i].type);
    g_assert_cmpint (line.person_id, ==, ROWS[i].person);
    g_assert_cmpint (line.minutes, ==, ROWS[i].minutes);
    g_assert_cmpint (line.half, ==, ROWS[i].half);
    g_assert_true (line.by_day == ROWS[i].by_day);
  }
  g_ptr_array_unref (practice.types);
  g_ptr_array_unref (practice.people);
}

/* A number that is nothing is named, not searched for. */
static void
test_odd (void)
{
  static const char *const TYPED[][3] = {
    { "garza fu 0 today okafor", "garza", "0" },  { "garza fu 300 today okafor", "garza", "300" },
    { "garcia fu 3 okafor", "garcia", "3" },      { "garza 99999w fu okafor", "garza", "99999w" },
    { "garcia 61 fu okafor", "garcia 61", NULL }, { "garcia 0142 fu okafor", "garcia 0142", NULL }
  };
  Practice practice = make_practice ();
  for (guint i = 0; i < G_N_ELEMENTS (TYPED); i++) {
    g_auto (CrBookLine) line = { 0 };
    g_test_message ("%s", TYPED[i][0]);
    g_assert_true (cr_book_line_parse (TYPED[i][0], practice.types, practice.people, TODAY, &line));
    g_assert_cmpstr (line.patient, ==, TYPED[i][1]);
    g_assert_cmpstr (line.odd, ==, TYPED[i][2]);
  }
  g_ptr_array_unref (practice.types);
  g_ptr_array_unref (practice.people);
}

/* What is a search, not a booking. */
static void
test_searches (void)
{
  static const char *const TYPED[] = { "",          "garcia",    "garcia fu",        "fu 6w", "6w fu 20 am",
                                       "garcia 6w", "gar ma 61", "garcia 3/14/1961", "20 am", "book garcia" };
  Practice practice = make_practice ();
  for (guint i = 0; i < G_N_ELEMENTS (TYPED); i++) {
    g_auto (CrBookLine) line = { 0 };
    g_test_message ("%s", TYPED[i]);
    g_assert_false (cr_book_line_parse (TYPED[i], practice.types, practice.people, TODAY, &line));
  }
  g_ptr_array_unref (practice.types);
  g_ptr_array_unref (practice.people);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-line/table", test_table);
  g_test_add_func ("/book-line/odd", test_odd);
  g_test_add_func ("/book-line/searches", test_searches);
  return g_test_run ();
}
