#include "chartroom/domain/duplicate-finder.h"
#include "chartroom/base/text.h"
#include <string.h>

enum { MAX_GIVEN = 8, MAX_SOUNDS = 12, MAX_MEMBERS = 3 };

/* What of a record is compared; 0: it has none. */
typedef struct {
  CrId id;
  guint32 birth, swapped; /* year × 10000 + month × 100 + day */
  guint32 phone, email, address;
  guint32 family;  /* the name itself */
  guint64 letters; /* a bit for each letter of it: one slip changes two at most */
  glong length;
  guint32 sounds[MAX_SOUNDS]; /* two of each family name, former ones too */
  guint32 given[MAX_GIVEN];   /* of given and preferred name and of the names they are short for */
  guint32 members[MAX_MEMBERS];
} Facts;

typedef struct {
  guint64 key; /* kind of agreement and its number */
  guint32 at;  /* in facts */
} Agreement;

typedef enum { BY_BIRTH = 1, BY_PHONE, BY_EMAIL, BY_MEMBER, BY_NAME, BY_HOME, BY_YEAR, BY_DAY } Kind;

struct _CrDuplicateFinder {
  GArray *facts;      /* Facts */
  GArray *agreements; /* Agreement */
};

/* Never 0 for a text. */
static guint32
number_of (const char *text)
{
  return cr_str_empty (text) ? 0 : MAX (g_str_hash (text), 1);
}

static guint32
number_folded (const char *text)
{
  g_autofree char *folded = cr_text_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  return number_of (joined);
}

static guint32
pack (CrDate date)
{
  return cr_date_is_full (date) ? (guint32)date.year * 10000 + date.month * 100u + date.day : 0;
}

static guint32
phone_number (const char *phone)
{
  g_autofree char *number = g_strndup (phone != NULL ? phone : "", strcspn (phone != NULL ? phone : "", "x"));
  g_autofree char *digits = cr_text_digits (number);
  gsize n = strlen (digits);
  return n >= 10 ? number_of (digits + n - 10) : 0;
}

static guint32
address_number (const CrPatient *p)
{
  guint32 street = number_folded (p->address);
  if (street == 0 || cr_str_empty (p->zip))
    return 0;
  g_autofree char *zip = g_strndup (p->zip, 5);
  return MAX (street * 31 + g_str_hash (zip), 1);
}

static void
put_number (guint32 *numbers, guint size, guint32 number)
{
  for (guint i = 0; i < size && number != 0; i++)
    if (numbers[i] == 0 || numbers[i] == number) {
      numbers[i] = number;
      return;
    }
}

static void
put_sounds (Facts *facts, const char *family)
{
  g_autofree char *folded = cr_text_fold (family);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  g_autofree char *first = cr_text_sound (joined), *second = cr_text_sound_other (joined);
  put_number (facts->sounds, MAX_SOUNDS, *first != '\0' ? number_of (first) : number_of (joined));
  put_number (facts->sounds, MAX_SOUNDS, number_of (second));
}

static void
put_family (Facts *facts, const char *family)
{
  g_autofree char *folded = cr_text_fold (family);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  facts->family = number_of (joined);
  facts->length = g_utf8_strlen (joined, -1);
  for (const char *at = joined; *at != '\0'; at = g_utf8_next_char (at))
    facts->letters |= G_GUINT64_CONSTANT (1) << (g_utf8_get_char (at) & 63);
}

static void
put_given (Facts *facts, const char *name)
{
  guint rows[MAX_GIVEN];
  guint n = cr_nickname_rows (name, rows, MAX_GIVEN);
  put_number (facts->given, MAX_GIVEN, number_folded (name));
  for (guint i = 0; i < n; i++)
    put_number (facts->given, MAX_GIVEN, rows[i] + 1); /* rows are few: no hash is meant to be that small */
}

static Facts
read_facts (const CrDuplicateSide *side)
{
  const CrPatient *p = side->patient;
  g_autofree char *email = p->email != NULL ? g_ascii_strdown (p->email, -1) : NULL;
  Facts facts = { .id = p->id,
                  .birth = pack (p->birth_date),
                  .swapped = pack (cr_birth_swapped (p->birth_date)),
                  .phone = phone_number (p->phone),
                  .email = number_of (email),
                  .address = address_number (p) };
  put_family (&facts, p->family);
  put_sounds (&facts, p->family);
  for (guint i = 0; side->names != NULL && i < side->names->len; i++)
    put_sounds (&facts, ((const CrPatientName *)side->names->pdata[i])->family);
  put_given (&facts, p->given);
  put_given (&facts, p->preferred);
  for (guint i = 0; side->coverages != NULL && i < side->coverages->len; i++) {
    const char *member = ((const CrCoverage *)side->coverages->pdata[i])->member_id;
    g_autofree char *lower = member != NULL ? g_ascii_strdown (member, -1) : NULL;
    put_number (facts.members, MAX_MEMBERS, number_of (lower));
  }
  return facts;
}

static void
agree (CrDuplicateFinder *self, guint32 at, Kind kind, guint32 number)
{
  Agreement agreement = { (guint64)kind << 32 | number, at };
  if (number != 0)
    g_array_append_val (self->agreements, agreement);
}

/* A slip in the birth date leaves the year or the day of it, and swapping day and month the year. */
static void
add_near_births (CrDuplicateFinder *self, guint32 at, const Facts *facts)
{
  for (guint g = 0; facts->birth != 0 && g < MAX_GIVEN && facts->given[g] != 0; g++) {
    agree (self, at, BY_YEAR, MAX (facts->given[g] * 31 + facts->birth / 10000, 1));
    agree (self, at, BY_DAY, MAX (facts->given[g] * 31 + facts->birth % 10000, 1));
  }
}

static void
add_agreements (CrDuplicateFinder *self, guint32 at, const Facts *facts)
{
  guint32 swapped = facts->swapped != 0 ? facts->swapped : facts->birth;
  agree (self, at, BY_BIRTH, MIN (facts->birth, swapped)); /* 3/4 and 4/3 meet */
  agree (self, at, BY_PHONE, facts->phone);
  agree (self, at, BY_EMAIL, facts->email);
  for (guint i = 0; i < MAX_MEMBERS; i++)
    agree (self, at, BY_MEMBER, facts->members[i]);
  for (guint s = 0; s < MAX_SOUNDS && facts->sounds[s] != 0; s++)
    for (guint g = 0; g < MAX_GIVEN && facts->given[g] != 0; g++)
      agree (self, at, BY_NAME, MAX (facts->sounds[s] * 31 + facts->given[g], 1));
  for (guint s = 0; facts->address != 0 && s < MAX_SOUNDS && facts->sounds[s] != 0; s++)
    agree (self, at, BY_HOME, MAX (facts->sounds[s] * 31 + facts->address, 1));
  add_near_births (self, at, facts);
}

/* ---- how many points at most ---- */

static gboolean
share (const guint32 *a, const guint32 *b, guint n)
{
  for (guint i = 0; i < n && a[i] != 0; i++)
    for (guint k = 0; k < n && b[k] != 0; k++)
      if (a[i] == b[k])
        return TRUE;
  return FALSE;
}

static gboolean
one_digit_apart (guint32 a, guint32 b)
{
  guint different = 0;
  for (; a != 0 || b != 0; a /= 10, b /= 10)
    different += a % 10 != b % 10 ? 1 : 0;
  return different == 1;
}

static int
birth_points (const Facts *a, const Facts *b)
{
  if (a->birth == 0 || b->birth == 0)
    return 0;
  if (a->birth == b->birth)
    return CR_POINTS_SAME_BIRTH;
  return a->swapped == b->birth || one_digit_apart (a->birth, b->birth) ? CR_POINTS_NEAR_BIRTH : 0;
}

/* A family name that differs by one slip may sound otherwise. */
static gboolean
may_be_a_slip (const Facts *a, const Facts *b)
{
  guint64 different = a->letters ^ b->letters;
  different &= different - (different != 0); /* without its lowest bit, and the next one */
  different &= different - (different != 0);
  return a->family != 0 && b->family != 0 && different == 0 && ABS (a->length - b->length) <= 1;
}

static int
family_points (const Facts *a, const Facts *b)
{
  if (a->family != 0 && a->family == b->family)
    return CR_POINTS_SAME_FAMILY;
  return share (a->sounds, b->sounds, MAX_SOUNDS) || may_be_a_slip (a, b) ? CR_POINTS_NEAR_FAMILY : 0;
}

static gboolean
are_relatives (const Facts *a, const Facts *b)
{
  return a->birth != 0 && b->birth != 0 && birth_points (a, b) == 0 && a->given[0] != 0 && b->given[0] != 0 &&
         !share (a->given, b->given, MAX_GIVEN);
}

static int
most_points (const Facts *a, const Facts *b)
{
  int points = birth_points (a, b) + family_points (a, b);
  points += share (a->given, b->given, MAX_GIVEN) ? CR_POINTS_SAME_GIVEN : 0;
  points += share (a->members, b->members, MAX_MEMBERS) ? CR_POINTS_SAME_MEMBER : 0;
  points += a->phone != 0 && a->phone == b->phone ? CR_POINTS_SAME_PHONE : 0;
  points += a->email != 0 && a->email == b->email ? CR_POINTS_SAME_EMAIL : 0;
  return points + (a->address != 0 && a->address == b->address ? CR_POINTS_SAME_ADDRESS : 0);
}

/* ---- pairs ---- */

static int
compare_agreements (gconstpointer a, gconstpointer b)
{
  const Agreement *one = a, *two = b;
  if (one->key != two->key)
    return one->key < two->key ? -1 : 1;
  return (one->at > two->at) - (one->at < two->at);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const CrDuplicatePair *one = a, *two = b;
  if (one->at_most != two->at_most)
    return two->at_most - one->at_most;
  if (one->a != two->a)
    return one->a < two->a ? -1 : 1;
  return (one->b > two->b) - (one->b < two->b);
}

typedef struct {
  const Facts *facts;
  int at_least;
  GHashTable *seen; /* set of positions, both in one number */
  GArray *pairs;
} Pairing;

static void
consider (Pairing *self, guint32 first, guint32 second)
{
  const Facts *a = &self->facts[first], *b = &self->facts[second];
  CrDuplicatePair pair = { MIN (a->id, b->id), MAX (a->id, b->id), most_points (a, b) };
  gint64 both = (gint64)first << 32 | second;
  if (first == second || pair.at_most < self->at_least ||
      (pair.at_most < CR_DUPLICATE_LIKELY && are_relatives (a, b)) ||
      g_hash_table_contains (self->seen, &both))
    return;
  g_hash_table_add (self->seen, g_memdup2 (&both, sizeof both));
  g_array_append_val (self->pairs, pair);
}

/* Those that agree lie side by side. */
static void
pair_up (Pairing *self, const GArray *agreements)
{
  const Agreement *all = (const Agreement *)(gpointer)agreements->data;
  for (guint from = 0, to; from < agreements->len; from = to) {
    for (to = from + 1; to < agreements->len && all[to].key == all[from].key; to++)
      ;
    for (guint i = from; i < to; i++)
      for (guint k = i + 1; k < to; k++)
        consider (self, all[i].at, all[k].at);
  }
}

CrDuplicateFinder *
cr_duplicate_finder_new (void)
{
  CrDuplicateFinder *self = g_new0 (CrDuplicateFinder, 1);
  self->facts = g_array_new (FALSE, FALSE, sizeof (Facts));
  self->agreements = g_array_new (FALSE, FALSE, sizeof (Agreement));
  return self;
}

void
cr_duplicate_finder_free (CrDuplicateFinder *self)
{
  g_array_unref (self->facts);
  g_array_unref (self->agreements);
  g_free (self);
}

void
cr_duplicate_finder_add (CrDuplicateFinder *self, const CrDuplicateSide *side)
{
  Facts facts = read_facts (side);
  add_agreements (self, self->facts->len, &facts);
  g_array_append_val (self->facts, facts);
}

guint
cr_duplicate_finder_size (const CrDuplicateFinder *self)
{
  return self->facts->len;
}

GArray *
cr_duplicate_finder_pairs (CrDuplicateFinder *self, int at_least)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (CrDuplicatePair));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Pairing pairing = { (const Facts *)(gpointer)self->facts->data, at_least, seen, pairs };
  g_array_sort (self->agreements, compare_agreements);
  pair_up (&pairing, self->agreements);
  g_array_sort (pairs, compare_pairs);
  return pairs;
}
