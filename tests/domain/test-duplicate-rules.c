/* Points for two records that may be one person. */
#include "chartroom/domain/duplicate-rules.h"
#include <string.h>

/* One person in words; NULL: not recorded.  former: a former family name.  member: insurance number. */
typedef struct {
  const char *family, *given, *preferred, *birth, *phone, *email, *address, *zip;
  int sex;
  const char *former, *member;
} Person;

typedef struct {
  CrPatient *patient;
  GPtrArray *names, *coverages;
} Side;

static Side
make_side (const Person *p)
{
  Side side = { cr_patient_new (), g_ptr_array_new_with_free_func ((GDestroyNotify)cr_patient_name_free),
                g_ptr_array_new_with_free_func ((GDestroyNotify)cr_coverage_free) };
  side.patient->family = g_strdup (p->family);
  side.patient->given = g_strdup (p->given);
  side.patient->preferred = g_strdup (p->preferred);
  side.patient->phone = g_strdup (p->phone);
  side.patient->email = g_strdup (p->email);
  side.patient->address = g_strdup (p->address);
  side.patient->zip = g_strdup (p->zip);
  side.patient->sex = p->sex;
  g_assert_true (cr_date_from_iso (p->birth, &side.patient->birth_date));
  CrPatientName *name = cr_patient_name_new ();
  name->family = g_strdup (p->former);
  g_ptr_array_add (side.names, name);
  CrCoverage *coverage = cr_coverage_new ();
  coverage->member_id = g_strdup (p->member);
  g_ptr_array_add (side.coverages, coverage);
  return side;
}

static void
clear_side (Side *side)
{
  cr_patient_free (side->patient);
  g_ptr_array_unref (side->names);
  g_ptr_array_unref (side->coverages);
}

static const Person MARIA = { .family = "García-López",
                              .given = "Maria",
                              .birth = "1961-03-14",
                              .phone = "5032240142",
                              .email = "maria@example.org",
                              .address = "12 Elm St",
                              .zip = "97301",
                              .sex = CR_SEX_FEMALE,
                              .member = "XYZ8841" };

static const struct {
  Person other;
  int points;
  const char *reasons;
  gboolean likely, twin;
} CASES[] = {
  { { .family = "Nowak", .given = "Piotr", .birth = "1955-05-05" }, 0, NULL, FALSE, FALSE },
  { { .birth = "1961-03-14" }, 40, "same birth date", FALSE, FALSE },
  { { .birth = "1961-03" }, 0, NULL, FALSE, FALSE },                     /* a month is no birth date */
  { { .birth = "1961-03-15" }, 20, "similar birth date", FALSE, FALSE }, /* one digit */
  { { .birth = "1962-04-14" }, 0, NULL, FALSE, FALSE },                  /* two digits */
  { { .family = "garcia lopez" }, 25, "same family name", FALSE, FALSE },
  { { .family = "GARCIALOPES" }, 15, "similar family name", FALSE, FALSE },
  { { .family = "Ruiz", .former = "Garcia Lopez" }, 15, "former family name", FALSE, FALSE },
  { { .given = "MARÍA" }, 15, "same given name", FALSE, FALSE },
  { { .given = "Elena", .preferred = "Maria" }, 15, "same given name", FALSE, FALSE },
  { { .phone = "5032240142x7" }, 25, "same phone ends 0142", FALSE, FALSE },
  { { .phone = "15032240142" }, 25, "same phone ends 0142", FALSE, FALSE },
  { { .email = "Maria@Example.org" }, 25, "same email", FALSE, FALSE },
  { { .member = "xyz8841" }, 35, "same insurance number", FALSE, FALSE },
  { { .address = "12 ELM ST", .zip = "97301-1234" }, 10, "same address", FALSE, FALSE },
  { { .address = "12 Elm St" }, 0, NULL, FALSE, FALSE }, /* without a ZIP code */
  { { .birth = "1961-03-14", .sex = CR_SEX_MALE }, 30, "same birth date, different sex", FALSE, FALSE },
  { { .family = "Garcia-Lopez", .given = "Maria", .birth = "1961-03-14" },
    80,
    "same birth date, family name, given name",
    TRUE,
    FALSE },
  { { .family = "Garcia-Lopez", .birth = "1961-03-14", .address = "12 Elm St", .zip = "97301" },
    75,
    "same birth date, family name, address",
    TRUE,
    FALSE }, /* no given name yet: not a twin */
  { { .family = "Garcia-Lopez",
      .given = "Ana",
      .birth = "1961-03-14",
      .phone = "5032240142",
      .address = "12 Elm St",
      .zip = "97301" },
    100,
    "same birth date, family name, phone ends 0142, address",
    TRUE,
    TRUE },
  { { .family = "Garcia-Lopez", .given = "Ana", .birth = "1961-03-14" },
    65,
    "same birth date, family name",
    FALSE,
    FALSE }, /* another home: only a namesake of that day */
};

static void
test_points (void)
{
  Side maria = make_side (&MARIA);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    CrDuplicateScore score, back;
    Side other = make_side (&CASES[i].other);
    CrDuplicateSide a = { maria.patient, maria.names, maria.coverages };
    CrDuplicateSide b = { other.patient, other.names, other.coverages };
    cr_duplicate_score (&a, &b, &score);
    g_test_message ("%u: %s", i, CASES[i].reasons);
    g_assert_cmpint (score.points, ==, CASES[i].points);
    g_assert_cmpstr (score.reasons, ==, CASES[i].reasons);
    g_assert_true (score.likely == CASES[i].likely);
    g_assert_true (score.twin == CASES[i].twin);
    cr_duplicate_score (&b, &a, &back); /* the same from the other side */
    g_assert_cmpint (back.points, ==, score.points);
    g_assert_true (back.twin == score.twin);
    cr_duplicate_score_clear (&score);
    cr_duplicate_score_clear (&back);
    clear_side (&other);
  }
  clear_side (&maria);
}

/* Of one home and name, and nothing that is a person's own. */
static void
test_relatives (void)
{
  static const Person maria = { "Garcia", "Maria", .birth = "1961-03-14", .phone = "5032240142" };
  static const struct {
    Person other;
    gboolean relative;
  } cases[] = {
    { { "Garcia", "Luis", .birth = "1990-07-02", .phone = "5032240142" }, TRUE },
    { { "Garcia", "Luis", .phone = "5032240142" }, FALSE }, /* nobody knows when he was born */
    { { "Garcia", "Maria", .birth = "1990-07-02", .phone = "5032240142" }, FALSE },
    { { "Garcia", "Luis", .birth = "1961-03-15", .phone = "5032240142" }, FALSE },
    { { "Garzia", "Mariah", .birth = "1961-03-14" }, FALSE },
  };
  Side one = make_side (&maria);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Side two = make_side (&cases[i].other);
    CrDuplicateSide a = { one.patient, NULL, NULL }, b = { two.patient, NULL, NULL };
    CrDuplicateScore score;
    cr_duplicate_score (&a, &b, &score);
    g_test_message ("%u: %d points", i, score.points);
    g_assert_cmpint (score.points, >=, CR_DUPLICATE_POSSIBLE);
    g_assert_true (score.relative == cases[i].relative);
    cr_duplicate_score_clear (&score);
    clear_side (&two);
  }
  clear_side (&one);
}

static void
test_swapped (void)
{
  static const Person one = { .birth = "1961-03-04" }, two = { .birth = "1961-04-03" };
  CrDuplicateScore score;
  Side a = make_side (&one), b = make_side (&two);
  CrDuplicateSide first = { a.patient, NULL, NULL }, second = { b.patient, NULL, NULL };
  cr_duplicate_score (&first, &second, &score);
  g_assert_cmpint (score.points, ==, 20);
  cr_duplicate_score_clear (&score);
  clear_side (&a);
  clear_side (&b);
  g_assert_cmpint (cr_date_compare (cr_birth_swapped (CR_DATE (1961, 3, 4)), CR_DATE (1961, 4, 3)), ==, 0);
  g_assert_false (cr_date_is_set (cr_birth_swapped (CR_DATE (1961, 3, 14)))); /* no fourteenth month */
  g_assert_false (cr_date_is_set (cr_birth_swapped (CR_DATE (1961, 3, 3))));  /* the same day */
  g_assert_false (cr_date_is_set (cr_birth_swapped (CR_DATE (1961, 3, 0))));
}

static void
test_nicknames (void)
{
  static const struct {
    const char *a, *b;
    gboolean same;
  } cases[] = {
    { "William", "Bill", TRUE },   { "bob", "Robert", TRUE },   { "Billy", "Will", TRUE },
    { "Ted", "Edward", TRUE },     { "Ted", "Theodore", TRUE }, { "Edward", "Theodore", FALSE },
    { "William", "Bob", FALSE },   { "", "", FALSE },           { NULL, "Bill", FALSE },
    { "Maria", "Mariana", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (cr_names_are_nicknames (cases[i].a, cases[i].b) == cases[i].same);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate-rules/points", test_points);
  g_test_add_func ("/duplicate-rules/relatives", test_relatives);
  g_test_add_func ("/duplicate-rules/swapped", test_swapped);
  g_test_add_func ("/duplicate-rules/nicknames", test_nicknames);
  return g_test_run ();
}
