/* The finder against the plain way: every pair of the whole practice, each with each. */
#include "chartroom/domain/duplicate-finder.h"

enum { PEOPLE = 200, PRACTICES = 5 };

typedef struct {
  CrPatient *patient;
  GPtrArray *names, *coverages;
} Person;

static void
free_person (gpointer data)
{
  Person *person = data;
  cr_patient_free (person->patient);
  g_ptr_array_unref (person->names);
  g_ptr_array_unref (person->coverages);
  g_free (person);
}

static char *
choose (GRand *random, const char *const *from, guint n)
{
  return g_strdup (from[g_rand_int_range (random, 0, (int)n)]);
}

#define CHOOSE(random, list) choose (random, list, G_N_ELEMENTS (list))

/* Few values, so that many agree, and slips among them. */
static CrPatient *
invent_patient (GRand *random, CrId id)
{
  static const char *const families[] = { "Garcia",     "Garzia",   "García",  "Nowak",   "Novak",
                                          "Smith",      "Smyth",    "Schmidt", "Stewart", "Stuart",
                                          "de la Cruz", "Delacruz", "Lee",     "" };
  static const char *const given[] = { "William", "Bill",  "Ted", "Edward", "Theodore",
                                       "Maria",   "Marie", "Ana", "" };
  static const char *const phones[] = { "5035550142", "15035550142", "5035550143", "", "", "" };
  static const char *const emails[] = { "a@example.org", "A@Example.org", "b@example.org", "", "" };
  static const char *const addresses[] = { "12 Elm St", "12 elm st", "14 Oak Ave", "" };
  static const char *const zips[] = { "97301", "97301-1234", "97302", "" };
  CrPatient *p = cr_patient_new ();
  p->id = id;
  p->family = CHOOSE (random, families);
  p->given = CHOOSE (random, given);
  p->preferred = g_rand_int_range (random, 0, 4) == 0 ? CHOOSE (random, given) : NULL;
  p->phone = CHOOSE (random, phones);
  p->email = CHOOSE (random, emails);
  p->address = CHOOSE (random, addresses);
  p->zip = CHOOSE (random, zips);
  p->sex = g_rand_int_range (random, 0, 3);
  if (g_rand_int_range (random, 0, 5) > 0)
    p->birth_date =
        CR_DATE ((gint16)g_rand_int_range (random, 1960, 1963), (guint8)g_rand_int_range (random, 1, 5),
                 (guint8)g_rand_int_range (random, 1, 6));
  return p;
}

static void
add_name (Person *person, const char *family)
{
  CrPatientName *name = cr_patient_name_new ();
  name->family = g_strdup (family);
  g_ptr_array_add (person->names, name);
}

static Person *
invent_person (GRand *random, CrId id)
{
  static const char *const members[] = { "M-1", "m-1", "M-2", "M-3" };
  Person *person = g_new0 (Person, 1);
  person->patient = invent_patient (random, id);
  person->names = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_patient_name_free);
  person->coverages = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_coverage_free);
  if (g_rand_int_range (random, 0, 4) == 0)
    add_name (person, "Garcia");
  if (g_rand_int_range (random, 0, 3) == 0) {
    CrCoverage *coverage = cr_coverage_new ();
    coverage->member_id = CHOOSE (random, members);
    g_ptr_array_add (person->coverages, coverage);
  }
  return person;
}

/* 0: relatives, who are left out. */
static int
score (const Person *a, const Person *b)
{
  CrDuplicateSide one = { a->patient, a->names, a->coverages }, two = { b->patient, b->names, b->coverages };
  CrDuplicateScore out;
  cr_duplicate_score (&one, &two, &out);
  cr_duplicate_score_clear (&out);
  return out.relative ? 0 : out.points;
}

static const CrDuplicatePair *
find_pair (const GArray *pairs, CrId a, CrId b)
{
  for (guint i = 0; i < pairs->len; i++) {
    const CrDuplicatePair *pair = &g_array_index (pairs, CrDuplicatePair, i);
    if (pair->a == a && pair->b == b)
      return pair;
  }
  return NULL;
}

static guint
check_practice (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (free_person);
  g_autoptr (CrDuplicateFinder) finder = cr_duplicate_finder_new ();
  guint possible = 0;
  for (CrId id = 1; id <= PEOPLE; id++) {
    Person *person = invent_person (random, id);
    CrDuplicateSide side = { person->patient, person->names, person->coverages };
    cr_duplicate_finder_add (finder, &side);
    g_ptr_array_add (people, person);
  }
  g_autoptr (GArray) pairs = cr_duplicate_finder_pairs (finder, CR_DUPLICATE_POSSIBLE);
  for (guint i = 0; i < PEOPLE; i++)
    for (guint k = i + 1; k < PEOPLE; k++) {
      int points = score (people->pdata[i], people->pdata[k]);
      if (points < CR_DUPLICATE_POSSIBLE)
        continue;
      const CrDuplicatePair *pair = find_pair (pairs, i + 1, k + 1);
      if (pair == NULL)
        g_error ("seed %u: %u and %u have %d points and were not found", seed, i + 1, k + 1, points);
      g_assert_cmpint (pair->at_most, >=, points);
      possible++;
    }
  g_assert_cmpuint (possible, >, 0);
  g_assert_cmpuint (pairs->len, <, PEOPLE * (PEOPLE - 1) / 2); /* it left something out */
  return possible;
}

static void
test_against_plain (void)
{
  guint32 first = (guint32)g_test_rand_int_range (0, G_MAXINT32 / 2);
  for (guint32 i = 0; i < PRACTICES; i++)
    g_test_message ("seed %u: %u possible pairs", first + i, check_practice (first + i));
}

/* The last of several former names counts as the first one does. */
static void
test_former_names (void)
{
  static const char *const former[] = { "Nowak", "Schmidt", "Stewart", "Thompson" };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (free_person);
  for (CrId id = 1; id <= 2; id++) {
    Person *person = invent_person (random, id);
    cr_patient_free (person->patient);
    g_ptr_array_set_size (person->names, 0);
    g_ptr_array_set_size (person->coverages, 0);
    person->patient = cr_patient_new ();
    person->patient->id = id;
    person->patient->given = g_strdup ("Maria");
    person->patient->birth_date = id == 1 ? CR_DATE (1961, 3, 14) : CR_DATE (1961, 4, 14);
    person->patient->family = g_strdup (id == 1 ? "Garcia" : "Thompson");
    g_ptr_array_add (people, person);
  }
  for (guint i = 0; i < G_N_ELEMENTS (former); i++)
    add_name (people->pdata[0], former[i]);
  g_autoptr (CrDuplicateFinder) finder = cr_duplicate_finder_new ();
  for (guint i = 0; i < people->len; i++) {
    const Person *person = people->pdata[i];
    CrDuplicateSide side = { person->patient, person->names, person->coverages };
    cr_duplicate_finder_add (finder, &side);
  }
  g_autoptr (GArray) pairs = cr_duplicate_finder_pairs (finder, CR_DUPLICATE_POSSIBLE);
  const CrDuplicatePair *pair = find_pair (pairs, 1, 2);
  int points = score (people->pdata[0], people->pdata[1]);
  g_assert_nonnull (pair);
  g_assert_cmpint (points, >=, CR_DUPLICATE_POSSIBLE);
  g_assert_cmpint (pair->at_most, >=, points);
}

/* Each pair once, the best first, the smaller id first. */
static void
test_order (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (CrDuplicateFinder) finder = cr_duplicate_finder_new ();
  for (CrId id = 50; id > 0; id--) {
    Person *person = invent_person (random, id);
    CrDuplicateSide side = { person->patient, person->names, person->coverages };
    cr_duplicate_finder_add (finder, &side);
    free_person (person);
  }
  g_assert_cmpuint (cr_duplicate_finder_size (finder), ==, 50);
  g_autoptr (GArray) pairs = cr_duplicate_finder_pairs (finder, CR_DUPLICATE_POSSIBLE);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < pairs->len; i++) {
    const CrDuplicatePair *pair = &g_array_index (pairs, CrDuplicatePair, i);
    g_assert_cmpint (pair->a, <, pair->b);
    g_assert_true (g_hash_table_add (
        seen, g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, pair->a, pair->b)));
    if (i > 0)
      g_assert_cmpint (pair->at_most, <=, g_array_index (pairs, CrDuplicatePair, i - 1).at_most);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate-finder/against-plain", test_against_plain);
  g_test_add_func ("/duplicate-finder/former-names", test_former_names);
  g_test_add_func ("/duplicate-finder/order", test_order);
  return g_test_run ();
}
