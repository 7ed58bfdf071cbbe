/* The query of UX 1.5: what matches, in which group, in which order. */
#include "chartroom/base/text.h"
#include "chartroom/session/search-index.h"
#include <string.h>

#define TODAY CR_DATE (2026, 11, 23)

typedef struct {
  CrId id;
  const char *mrn, *family, *given, *preferred, *former, *phone, *birth, *death;
  CrId merged_into;
  const char *phones;
} Person;

static const Person PEOPLE[] = {
  { 1, "004217", "Garcia", "Maria Elena", "Malena", NULL, "5035550142", "1961-03-14", NULL, 0 },
  { 2, "003120", "Garcia", "Mariana", NULL, NULL, "5035550199", "1988-07-02", NULL, 0 },
  { 3, "001544", "Garza", "Marcus", NULL, NULL, "5035550117", "1959-11-30", NULL, 0 },
  { 4, "000101", "García-Marín", "Ana", NULL, NULL, "5035551961", "1970-01-02", NULL, 0 },
  { 5, "000102", "O'Brien", "Seán", NULL, NULL, "5035550105", "1961-12-25", NULL, 0 },
  { 6, "000103", "de la Cruz", "José", NULL, NULL, "15035550106", "1990-12-31", NULL, 0 },
  { 7, "000104", "Book", "Linda", NULL, NULL, NULL, "1975", NULL, 0 },
  { 8, "000105", "Garcia", "Manuel", NULL, NULL, "5035550108", "1930-05-05", "2026-03-02", 0 },
  { 9, "000106", "Smith", "Jane", NULL, "garcia jane", "5035550109", "1980-03-14", NULL, 0 },
  { 10, "000107", NULL, "Suharto", NULL, NULL, "5035550110", "1955-06-08", NULL, 0 },
  { 11, "001961", "Lee", "Samuel", NULL, NULL, "5035550111", "2022-10-20", NULL, 0 },
  { 12, "000108", "Schmidt", "Jon", NULL, NULL, "5035550112", "1966-06-06", NULL, 9 },
  { 13, "000109", "Bergström-Christophersen", "Ulla", NULL, NULL, "5035550113", "1949-09-09", NULL, 0,
    "9715550177 9715550178" },
};

static CrDate
read_date (const char *iso)
{
  CrDate date;
  g_assert_true (cr_date_from_iso (iso, &date));
  return date;
}

static void
put_person (CrSearchIndex *index, const Person *person)
{
  g_autoptr (CrPatient) patient = cr_patient_new ();
  patient->family = g_strdup (person->family);
  patient->given = g_strdup (person->given);
  patient->preferred = g_strdup (person->preferred);
  cr_patient_index (patient);
  CrIndexKey key = {
    .id = person->id,
    .merged_into = person->merged_into,
    .mrn = person->mrn,
    .family = person->family,
    .given = person->given,
    .preferred = person->preferred,
    .former = person->former,
    .search = patient->search,
    .phone = person->phone,
    .phones = person->phones,
    .birth = read_date (person->birth),
    .death = read_date (person->death),
    .sex = CR_SEX_FEMALE,
  };
  cr_search_index_put (index, &key);
}

static CrSearchIndex *
make_index (void)
{
  CrSearchIndex *index = cr_search_index_new (0);
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++)
    put_person (index, &PEOPLE[i]);
  cr_search_index_prepare (index);
  return index;
}

/* "F1~ N9^ D8": group, id, ~ similar, ^ found by a former name. */
static char *
describe (CrSearchIndex *index, const char *query, const CrSearchContext *context)
{
  static const char letters[] = "TRFNMPBS";
  guint total = 0;
  g_autoptr (GArray) matches = cr_search_index_query (index, query, context, &total);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < matches->len; i++) {
    const CrMatch *match = &g_array_index (matches, CrMatch, i);
    CrIndexKey key;
    cr_search_index_key (index, match->at, &key);
    g_string_append_printf (text, "%s%c%d%s%s", i > 0 ? " " : "",
                            match->deceased ? 'D' : letters[match->group], (int)key.id,
                            match->similar ? "~" : "", match->former ? "^" : "");
  }
  if (total > matches->len)
    g_string_append_printf (text, " of %u", total);
  return g_string_free (text, FALSE);
}

static void
check_found (const char *query, const char *found, const char *expected)
{
  if (g_str_equal (found, expected))
    return;
  g_test_message ("“%s” finds “%s”, expected “%s”", query, found, expected);
  g_test_fail ();
}

static const struct {
  const char *query, *expected;
} QUERIES_AND_ANSWERS[] = {
  { "", "" },
  { "g", "" }, /* starts at two characters */
  { " g ", "" },
  { "gar ma", "F1~ F2~ F4 F3~ D8~" },
  { "ma gar", "F1~ F2~ F4 F3~ D8~" }, /* any order */
  { "garcia,maria", "F1~ F2~" },
  { "GARCÍA", "F1~ F2~ F4 N9^ S3~ D8~" }, /* without accents and case; Garza sounds alike */
  { "malena", "N1" },                     /* preferred name */
  { "elena gar", "F1" },
  { "marin", "F4 S2" }, /* part of a hyphenated name */
  { "garcia-m", "F4" },
  { "obrien", "F5" },
  { "o'brien sean", "F5" },
  { "de la cruz", "F6" },
  { "delacruz", "F6" },
  { "cruz jos", "F6" },
  { "suhar", "F10" },            /* a single name counts as family name */
  { "bergstromchristo", "F13" }, /* longer than a key */
  { "bergstromchristx", "S13" },
  { "christophersen ulla", "F13" },
  { "jane garcia", "N9^" }, /* former name */
  { "smith", "F9" },        /* Schmidt is her former chart */
  { "smyth", "S9" },
  { "smyth jane", "S9" }, /* Jon sounds like Jane */
  { "gar 61", "F1" },     /* last two digits of the year */
  { "gar 6", "F1" },      /* … as far as typed */
  { "gar 196", "F1" },
  { "garcia 1961", "F1 F4" }, /* year of birth, or the end of the phone number */
  { "3/14/61", "B1" },
  { "03-14-1961", "B1" },
  { "1961-03-14", "B1" },
  { "3/14", "B1 B9" },
  { "14/3", "B1 B9" }, /* the only possible reading */
  { "31/12/90", "B6" },
  { "12/", "B6 B5" },
  { "3/1961", "B1" },
  { "2/30/61", "" },
  { "031461", "B1" }, /* every form of a date field */
  { "03141961", "B1" },
  { "14 mar 61", "B1" },
  { "mar 14 1961", "B1" },
  { "Mar 14, 1961", "B1" },
  { "14-mar-1961", "B1" },
  { "14 mar", "B1 B9" }, /* … as far as typed */
  { "14 mar 6", "B1" },
  { "14 mar 196", "B1" },
  { "jun 55", "B10" },
  { "dec 90", "B6" },
  { "30 feb 61", "" },
  { "123190", "B6" },
  { "garcia 14 mar 61", "F1" },
  { "garcia 031461", "F1" },
  { "mar 59", "N3" }, /* a name and a year as well: MARcus, born 1959 */
  { "mar 61", "B1" },
  { "0142", "P1" },
  { "4217", "M1" }, /* MRN without its zeros */
  { "004217", "M1" },
  { "00421", "M1" },
  { "42170", "" },
  { "217", "" },
  { "1961", "M11 P4 B1 B5" }, /* three sub-headings */
  { "1975", "B7" },           /* only the year is known */
  { "503-555-0142", "P1" },
  { "(503) 555-0142", "P1" },
  { "+1 503 555 0142", "P1" },
  { "555-0142", "P1" },
  { "5550106", "P6" },
  { "0178", "P13" }, /* the second of further numbers */
  { "971 555 0177", "P13" },
  { "bergs 0177", "F13" },
  { "book", "F7" },
  { "book gar", "" },
  { "nobody", "" },
  { "garcia nobody", "" },
};

static void
test_query (void)
{
  g_autoptr (CrSearchIndex) index = make_index ();
  CrSearchContext context = { .today = TODAY, .limit = 9 };
  for (guint i = 0; i < G_N_ELEMENTS (QUERIES_AND_ANSWERS); i++) {
    g_autofree char *found = describe (index, QUERIES_AND_ANSWERS[i].query, &context);
    check_found (QUERIES_AND_ANSWERS[i].query, found, QUERIES_AND_ANSWERS[i].expected);
  }
}

static void
test_day_first (void)
{
  g_autoptr (CrSearchIndex) index = make_index ();
  CrSearchContext context = { .today = TODAY, .limit = 9 };
  cr_date_set_day_first (TRUE);
  g_autofree char *day_first = describe (index, "8/6/55", &context);
  cr_date_set_day_first (FALSE);
  g_autofree char *month_first = describe (index, "8/6/55", &context);
  g_assert_cmpstr (day_first, ==, "B10");
  g_assert_cmpstr (month_first, ==, "");
}

static void
test_context (void)
{
  const CrId todays[] = { 3, 9 }, recent[] = { 2, 9, 77 };
  CrSearchContext context = { TODAY, todays, G_N_ELEMENTS (todays), recent, G_N_ELEMENTS (recent), 9 };
  g_autoptr (CrSearchIndex) index = make_index ();
  g_autofree char *found = describe (index, "gar", &context);
  g_assert_cmpstr (found, ==, "T3~ T9^ R2~ F1~ F4 D8~");
  /* Garza is expected today, but only sounds like what was typed. */
  g_autofree char *typed = describe (index, "garcia", &context);
  g_assert_cmpstr (typed, ==, "T9^ R2~ F1~ F4 S3~ D8~");
  context.n_todays = context.n_recent = 0;
  g_autofree char *without = describe (index, "gar", &context); /* no mark is left behind */
  g_assert_cmpstr (without, ==, "F1~ F2~ F4 F3~ N9^ D8~");
}

static void
test_limit (void)
{
  g_autoptr (CrSearchIndex) index = make_index ();
  CrSearchContext context = { .today = TODAY, .limit = 2 };
  g_autofree char *found = describe (index, "gar", &context);
  g_assert_cmpstr (found, ==, "F1~ F2~ of 6");
  context.limit = 3;
  g_autofree char *shared = describe (index, "1961", &context); /* each sub-heading has its share */
  g_assert_cmpstr (shared, ==, "M11 P4 B1 of 4");
}

static void
test_replace (void)
{
  g_autoptr (CrSearchIndex) index = make_index ();
  CrSearchContext context = { .today = TODAY, .limit = 9 };
  Person married = { 2,    "003120", "Nowak", "Mariana", NULL, "garcia mariana", "9715550001", "1988-07-03",
                     NULL, 0 };
  Person newcomer = { 20, "000200", "Novak", "Milan", NULL, NULL, "9715550002", "2001-01-01", NULL, 0 };
  guint size = cr_search_index_size (index), before, after;
  g_assert_true (cr_search_index_find (index, 2, &before));
  put_person (index, &married);
  put_person (index, &newcomer);
  g_assert_cmpuint (cr_search_index_size (index), ==, size + 1);
  g_assert_true (cr_search_index_find (index, 2, &after));
  g_assert_cmpuint (before, ==, after);
  const char *const cases[][2] = {
    { "garcia mariana", "N2^ S4" },
    { "nowak", "F2~ S20~" },
    { "0199", "" },
    { "0001", "M13 P2 of 9" },
    { "9715550001", "P2" },
    { "7/2/88", "" },
    { "garcia maria", "F1 N2^" },
    { "novak mil", "F20" },
    { "novak", "F20~ S2~" }, /* sounds alike: Nowak */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    context.limit = g_str_equal (cases[i][0], "0001") ? 2 : 9;
    g_autofree char *found = describe (index, cases[i][0], &context);
    check_found (cases[i][0], found, cases[i][1]);
  }
}

/* ---- twenty thousand invented people against a plain reading of the rules ---- */

enum { MANY = 20000, QUERIES = 300 };

static const char *const SYLLABLES[] = { "ka",  "ro", "mi",  "ten", "bel", "sor", "li", "van", "du",  "gar",
                                         "cia", "no", "wak", "ber", "ton", "mar", "el", "shu", "pet", "ov" };

static char *
invent_name (GRand *random)
{
  GString *name = g_string_new (NULL);
  int n = g_rand_int_range (random, 2, 4);
  for (int i = 0; i < n; i++)
    g_string_append (name, SYLLABLES[g_rand_int_range (random, 0, G_N_ELEMENTS (SYLLABLES))]);
  name->str[0] = g_ascii_toupper (name->str[0]);
  return g_string_free (name, FALSE);
}

typedef struct {
  char *family, *given, *mrn, *phone, *birth;
} Invented;

static void
free_invented (gpointer data)
{
  Invented *person = data;
  g_free (person->family);
  g_free (person->given);
  g_free (person->mrn);
  g_free (person->phone);
  g_free (person->birth);
  g_free (person);
}

static GPtrArray *
invent_people (GRand *random, CrSearchIndex *index)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (free_invented);
  for (int i = 0; i < MANY; i++) {
    Invented *p = g_new0 (Invented, 1);
    p->family = invent_name (random);
    p->given = invent_name (random);
    p->mrn = g_strdup_printf ("%06d", i + 1);
    p->phone = g_strdup_printf ("503%07d", g_rand_int_range (random, 0, 10000000));
    p->birth = g_strdup_printf ("%04d-%02d-%02d", g_rand_int_range (random, 1930, 2026),
                                g_rand_int_range (random, 1, 13), g_rand_int_range (random, 1, 29));
    Person person = { i + 1, p->mrn, p->family, p->given, NULL, NULL, p->phone, p->birth, NULL, 0 };
    put_person (index, &person);
    g_ptr_array_add (people, p);
  }
  return people;
}

static gboolean
fits (const char *name, const char *word, gboolean by_sound)
{
  g_autofree char *folded = cr_text_fold (name);
  return g_str_has_prefix (folded, word) ||
         (by_sound && strlen (word) > 2 && cr_text_sounds_alike (folded, word));
}

static gboolean
fits_person (const Invented *person, const char *first, const char *second, gboolean by_sound)
{
  gboolean one = fits (person->family, first, by_sound) || fits (person->given, first, by_sound);
  return one && (fits (person->family, second, by_sound) || fits (person->given, second, by_sound));
}

static guint
count_plainly (GPtrArray *people, const char *first, const char *second)
{
  guint n = 0;
  for (guint i = 0; i < people->len; i++)
    n += fits_person (people->pdata[i], first, second, TRUE) ? 1 : 0;
  return n;
}

static gboolean
is_found (CrSearchIndex *index, GArray *matches, CrId id)
{
  guint at;
  g_assert_true (cr_search_index_find (index, id, &at));
  for (guint i = 0; i < matches->len; i++)
    if (g_array_index (matches, CrMatch, i).at == at)
      return TRUE;
  return FALSE;
}

static void
shorten (char *text, int length)
{
  if ((int)strlen (text) > length)
    text[length] = '\0';
}

static void
test_many (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  g_autoptr (CrSearchIndex) index = cr_search_index_new (MANY);
  g_autoptr (GPtrArray) people = invent_people (random, index);
  CrSearchContext context = { .today = TODAY, .limit = MANY };
  cr_search_index_prepare (index);
  for (int i = 0; i < QUERIES; i++) {
    int at = g_rand_int_range (random, 0, MANY);
    const Invented *person = people->pdata[at];
    g_autofree char *family = cr_text_fold (person->family);
    g_autofree char *given = cr_text_fold (person->given);
    shorten (family, g_rand_int_range (random, 2, 8));
    shorten (given, g_rand_int_range (random, 1, 8));
    g_autofree char *query = g_strdup_printf ("%s %s", given, family);
    guint total;
    g_autoptr (GArray) matches = cr_search_index_query (index, query, &context, &total);
    g_assert_cmpuint (matches->len, ==, total);
    g_assert_true (is_found (index, matches, at + 1));
    if (i % 10 == 0)
      g_assert_cmpuint (total, ==, count_plainly (people, given, family));
  }
}

static void
test_many_numbers (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (CrSearchIndex) index = cr_search_index_new (0);
  g_autoptr (GPtrArray) people = invent_people (random, index);
  CrSearchContext context = { .today = TODAY, .limit = MANY };
  cr_search_index_prepare (index);
  for (int i = 0; i < QUERIES; i++) {
    int at = g_rand_int_range (random, 0, MANY);
    const Invented *person = people->pdata[at];
    const char *queries[] = { person->phone + 6, person->phone, person->mrn, person->birth };
    guint total;
    g_autoptr (GArray) matches = cr_search_index_query (index, queries[i % 4], &context, &total);
    g_assert_true (is_found (index, matches, at + 1));
    g_assert_cmpuint (total, <, MANY / 100);
  }
}

/* Puts after the sorting, enough of them to sort again. */
static void
test_many_later (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (CrSearchIndex) index = make_index ();
  g_autoptr (GPtrArray) people = invent_people (random, index); /* replaces the first thirteen */
  CrSearchContext context = { .today = TODAY, .limit = MANY };
  guint total;
  g_assert_cmpuint (cr_search_index_size (index), ==, MANY);
  for (int at = 0; at < MANY; at += 997) {
    const Invented *person = people->pdata[at];
    g_autofree char *query = g_strdup_printf ("%s %s", person->family, person->mrn);
    g_autoptr (GArray) matches = cr_search_index_query (index, query, &context, &total);
    g_assert_true (is_found (index, matches, at + 1));
  }
  g_autoptr (GArray) former = cr_search_index_query (index, "bergstromchristo", &context, &total);
  g_assert_false (is_found (index, former, 13));
}

/* One row for one person, whichever chart of hers fits, and similar to nobody but others. */
static void
test_merged (void)
{
  static const Person people[] = {
    { 1, "004217", "Garcia", "Maria", NULL, NULL, "5035550142", "1961-03-14", NULL, 0 },
    { 2, "003120", "Garcia", "Maria", NULL, NULL, "5035550199", "1961-03-14", NULL, 1 },
    { 3, "003121", "Garzia", "Mariah", NULL, NULL, NULL, "1961-03-14", NULL, 2 },
    { 4, "003122", "Garzia", "Mary", NULL, NULL, NULL, "1961-03-14", NULL, 1 },
  };
  static const struct {
    const char *query, *expected;
  } cases[] = {
    { "garcia", "F1" },      { "004217", "M1" },     { "003120", "M2" },    { "garzia", "F3" },
    { "garzia mary", "F4" }, { "5035550199", "P2" }, { "3/14/1961", "B1" }, { "garsia", "S1" },
  };
  CrSearchContext context = { .today = TODAY, .limit = 9 };
  CrSearchIndex *index = cr_search_index_new (0);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    put_person (index, &people[i]);
  cr_search_index_prepare (index);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *found = describe (index, cases[i].query, &context);
    check_found (cases[i].query, found, cases[i].expected);
  }
  cr_search_index_free (index);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-index/query", test_query);
  g_test_add_func ("/search-index/day-first", test_day_first);
  g_test_add_func ("/search-index/context", test_context);
  g_test_add_func ("/search-index/limit", test_limit);
  g_test_add_func ("/search-index/replace", test_replace);
  g_test_add_func ("/search-index/many", test_many);
  g_test_add_func ("/search-index/many-numbers", test_many_numbers);
  g_test_add_func ("/search-index/many-later", test_many_later);
  g_test_add_func ("/search-index/merged", test_merged);
  return g_test_run ();
}
