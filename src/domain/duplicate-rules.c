#include "chartroom/domain/duplicate-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

/* Short forms of English given names, folded; names of one row are one name.  Own list, Nov 2026. */
static const char *const NICKNAMES[][7] = {
  { "alexander", "alex", "sasha", "sandy" },
  { "andrew", "andy", "drew" },
  { "anthony", "tony" },
  { "barbara", "barb", "babs" },
  { "benjamin", "ben", "benny" },
  { "catherine", "katherine", "kathryn", "cathy", "kathy", "kate", "katie" },
  { "charles", "charlie", "chuck" },
  { "christopher", "chris", "kit" },
  { "daniel", "dan", "danny" },
  { "david", "dave" },
  { "deborah", "debra", "debbie", "deb" },
  { "donald", "don", "donnie" },
  { "edward", "ed", "eddie", "ted", "ned" },
  { "elizabeth", "liz", "beth", "betty", "lisa", "eliza" },
  { "francisco", "paco", "pancho" },
  { "gerald", "jerry" },
  { "gregory", "greg" },
  { "guadalupe", "lupe" },
  { "henry", "hank", "harry" },
  { "isabel", "isabella", "bella", "izzy" },
  { "jacob", "jake" },
  { "james", "jim", "jimmy", "jamie" },
  { "jennifer", "jen", "jenny" },
  { "john", "jack", "johnny", "jon" },
  { "jose", "pepe" },
  { "joseph", "joe", "joey" },
  { "judith", "judy" },
  { "kenneth", "ken", "kenny" },
  { "kimberly", "kim" },
  { "lawrence", "larry" },
  { "margaret", "maggie", "meg", "peggy", "marge", "greta" },
  { "matthew", "matt" },
  { "michael", "mike", "mick", "mikey" },
  { "nicholas", "nick" },
  { "pamela", "pam" },
  { "patricia", "pat", "patty", "trish", "tricia" },
  { "patrick", "pat", "paddy" },
  { "peter", "pete" },
  { "philip", "phil" },
  { "rebecca", "becky" },
  { "richard", "rick", "dick", "rich", "ricky" },
  { "robert", "bob", "bobby", "rob", "robbie", "bert" },
  { "ronald", "ron", "ronnie" },
  { "samuel", "samantha", "sam" },
  { "stephen", "steven", "steve" },
  { "susan", "sue", "susie" },
  { "theodore", "ted", "theo" },
  { "theresa", "teresa", "terry", "tess" },
  { "thomas", "tom", "tommy" },
  { "timothy", "tim" },
  { "victoria", "vicky", "tori" },
  { "william", "bill", "billy", "will", "liam" },
};

/* Case, accents, hyphens, apostrophes and blanks away. */
static char *
normal_name (const char *name)
{
  g_autofree char *folded = cr_text_fold (name);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  return g_strjoinv ("", parts);
}

static gboolean
same_name (const char *a, const char *b)
{
  if (cr_str_empty (a) || cr_str_empty (b))
    return FALSE;
  g_autofree char *one = normal_name (a);
  g_autofree char *two = normal_name (b);
  return *one != '\0' && g_str_equal (one, two);
}

static gboolean
sounds_alike (const char *a, const char *b)
{
  if (cr_str_empty (a) || cr_str_empty (b))
    return FALSE;
  g_autofree char *one = normal_name (a);
  g_autofree char *two = normal_name (b);
  return cr_text_sounds_alike (one, two) || (strlen (one) > 3 && cr_text_within_one_edit (one, two));
}

static gboolean
is_former (const char *family, const GPtrArray *names)
{
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (same_name (family, ((const CrPatientName *)names->pdata[i])->family))
      return TRUE;
  return FALSE;
}

static gboolean
same_text (const char *a, const char *b)
{
  return !cr_str_empty (a) && !cr_str_empty (b) && g_ascii_strcasecmp (a, b) == 0;
}

static char *
last_ten (const char *phone)
{
  g_autofree char *number = g_strndup (phone, strcspn (phone, "x"));
  g_autofree char *digits = cr_text_digits (number);
  gsize n = strlen (digits);
  return n >= 10 ? g_strdup (digits + n - 10) : NULL;
}

static gboolean
same_phone (const CrPatient *a, const CrPatient *b)
{
  if (cr_str_empty (a->phone) || cr_str_empty (b->phone))
    return FALSE;
  g_autofree char *one = last_ten (a->phone);
  g_autofree char *two = last_ten (b->phone);
  return one != NULL && g_strcmp0 (one, two) == 0;
}

static gboolean
same_member (const CrDuplicateSide *a, const CrDuplicateSide *b)
{
  for (guint i = 0; a->coverages != NULL && i < a->coverages->len; i++)
    for (guint k = 0; b->coverages != NULL && k < b->coverages->len; k++)
      if (same_text (((const CrCoverage *)a->coverages->pdata[i])->member_id,
                     ((const CrCoverage *)b->coverages->pdata[k])->member_id))
        return TRUE;
  return FALSE;
}

static gboolean
same_address (const CrPatient *a, const CrPatient *b)
{
  return same_name (a->address, b->address) && !cr_str_empty (a->zip) && !cr_str_empty (b->zip) &&
         strncmp (a->zip, b->zip, 5) == 0;
}

static gboolean
differs_in_one_digit (CrDate a, CrDate b)
{
  g_autofree char *one = cr_date_to_iso (a);
  g_autofree char *two = cr_date_to_iso (b);
  guint different = 0;
  for (guint i = 0; one[i] != '\0' && two[i] != '\0'; i++)
    different += one[i] != two[i] ? 1 : 0;
  return different == 1;
}

static gboolean
near_birth (CrDate a, CrDate b)
{
  if (!cr_date_is_full (a) || !cr_date_is_full (b))
    return FALSE;
  CrDate swapped = cr_birth_swapped (a);
  return (cr_date_is_set (swapped) && cr_date_compare (swapped, b) == 0) || differs_in_one_digit (a, b);
}

static gboolean
same_given (const CrPatient *a, const CrPatient *b)
{
  const char *ones[] = { a->given, a->preferred }, *twos[] = { b->given, b->preferred };
  for (guint i = 0; i < G_N_ELEMENTS (ones); i++)
    for (guint k = 0; k < G_N_ELEMENTS (twos); k++)
      if (same_name (ones[i], twos[k]) || cr_names_are_nicknames (ones[i], twos[k]))
        return TRUE;
  return FALSE;
}

/* ---- adding up ---- */

typedef struct {
  int points;
  GPtrArray *same, *other; /* char* */
} Sum;

static void
add (Sum *sum, GPtrArray *reasons, int points, const char *reason)
{
  sum->points += points;
  g_ptr_array_add (reasons, g_strdup (reason));
}

static void
add_birth (Sum *sum, const CrPatient *a, const CrPatient *b)
{
  if (cr_date_is_full (a->birth_date) && cr_date_compare (a->birth_date, b->birth_date) == 0)
    add (sum, sum->same, CR_POINTS_SAME_BIRTH, _ ("birth date"));
  else if (near_birth (a->birth_date, b->birth_date))
    add (sum, sum->other, CR_POINTS_NEAR_BIRTH, _ ("similar birth date"));
}

static void
add_names (Sum *sum, const CrDuplicateSide *a, const CrDuplicateSide *b)
{
  const CrPatient *one = a->patient, *two = b->patient;
  if (same_name (one->family, two->family))
    add (sum, sum->same, CR_POINTS_SAME_FAMILY, _ ("family name"));
  else if (is_former (one->family, b->names) || is_former (two->family, a->names))
    add (sum, sum->other, CR_POINTS_NEAR_FAMILY, _ ("former family name"));
  else if (sounds_alike (one->family, two->family))
    add (sum, sum->other, CR_POINTS_NEAR_FAMILY, _ ("similar family name"));
  if (same_given (one, two))
    add (sum, sum->same, CR_POINTS_SAME_GIVEN, _ ("given name"));
}

static void
add_phone (Sum *sum, const CrPatient *a, const CrPatient *b)
{
  if (!same_phone (a, b))
    return;
  g_autofree char *number = last_ten (b->phone);
  g_autofree char *reason = g_strdup_printf (_ ("phone ends %s"), number + 6);
  add (sum, sum->same, CR_POINTS_SAME_PHONE, reason);
}

static void
add_reach (Sum *sum, const CrDuplicateSide *a, const CrDuplicateSide *b)
{
  add_phone (sum, a->patient, b->patient);
  if (same_text (a->patient->email, b->patient->email))
    add (sum, sum->same, CR_POINTS_SAME_EMAIL, _ ("email"));
  if (same_member (a, b))
    add (sum, sum->same, CR_POINTS_SAME_MEMBER, _ ("insurance number"));
  if (same_address (a->patient, b->patient))
    add (sum, sum->same, CR_POINTS_SAME_ADDRESS, _ ("address"));
}

static char *
join_reasons (Sum *sum)
{
  if (sum->same->len + sum->other->len == 0)
    return NULL;
  g_ptr_array_add (sum->same, NULL);
  g_ptr_array_add (sum->other, NULL);
  g_autofree char *same = g_strjoinv (", ", (char **)sum->same->pdata);
  g_autofree char *other = g_strjoinv (", ", (char **)sum->other->pdata);
  if (*same == '\0')
    return g_steal_pointer (&other);
  g_autofree char *both = g_strdup_printf (_ ("same %s"), same);
  return *other == '\0' ? g_steal_pointer (&both) : g_strdup_printf ("%s, %s", both, other);
}

static gboolean
may_be_twins (const CrPatient *a, const CrPatient *b)
{
  return cr_date_is_full (a->birth_date) && cr_date_compare (a->birth_date, b->birth_date) == 0 &&
         same_name (a->family, b->family) && (same_address (a, b) || same_phone (a, b)) &&
         !cr_str_empty (a->given) && !cr_str_empty (b->given) && !same_given (a, b);
}

static gboolean
has_given (const CrPatient *p)
{
  g_autofree char *given = normal_name (p->given != NULL ? p->given : "");
  g_autofree char *preferred = normal_name (p->preferred != NULL ? p->preferred : "");
  return *given != '\0' || *preferred != '\0';
}

/* Of one home and one name, and that is all. */
static gboolean
may_be_relatives (const CrPatient *a, const CrPatient *b)
{
  return cr_date_is_full (a->birth_date) && cr_date_is_full (b->birth_date) &&
         cr_date_compare (a->birth_date, b->birth_date) != 0 && !near_birth (a->birth_date, b->birth_date) &&
         has_given (a) && has_given (b) && !same_given (a, b);
}

void
cr_duplicate_score (const CrDuplicateSide *a, const CrDuplicateSide *b, CrDuplicateScore *out)
{
  g_autoptr (GPtrArray) same = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) other = g_ptr_array_new_with_free_func (g_free);
  const CrPatient *one = a->patient, *two = b->patient;
  Sum sum = { 0, same, other };
  add_birth (&sum, one, two);
  add_names (&sum, a, b);
  add_reach (&sum, a, b);
  if (one->sex != two->sex && one->sex != CR_SEX_UNKNOWN && two->sex != CR_SEX_UNKNOWN)
    add (&sum, sum.other, CR_POINTS_OTHER_SEX, _ ("different sex"));
  *out = (CrDuplicateScore){ .points = sum.points,
                             .reasons = join_reasons (&sum),
                             .likely = sum.points >= CR_DUPLICATE_LIKELY,
                             .relative = sum.points < CR_DUPLICATE_LIKELY && may_be_relatives (one, two),
                             .twin = may_be_twins (one, two) };
}

void
cr_duplicate_score_clear (CrDuplicateScore *score)
{
  g_clear_pointer (&score->reasons, g_free);
}

CrDate
cr_birth_swapped (CrDate birth)
{
  if (!cr_date_is_full (birth) || birth.day > 12 || birth.day == birth.month)
    return CR_DATE_NONE;
  return CR_DATE (birth.year, birth.day, birth.month);
}

static gboolean
is_in_row (const char *const *row, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (NICKNAMES[0]) && row[i] != NULL; i++)
    if (g_str_equal (row[i], name))
      return TRUE;
  return FALSE;
}

gboolean
cr_names_are_nicknames (const char *a, const char *b)
{
  if (cr_str_empty (a) || cr_str_empty (b))
    return FALSE;
  g_autofree char *one = normal_name (a);
  g_autofree char *two = normal_name (b);
  for (guint i = 0; i < G_N_ELEMENTS (NICKNAMES); i++)
    if (is_in_row (NICKNAMES[i], one) && is_in_row (NICKNAMES[i], two))
      return TRUE;
  return FALSE;
}

guint
cr_nickname_rows (const char *name, guint *rows, guint size)
{
  guint n = 0;
  if (cr_str_empty (name))
    return 0;
  g_autofree char *normal = normal_name (name);
  for (guint i = 0; i < G_N_ELEMENTS (NICKNAMES) && n < size; i++)
    if (is_in_row (NICKNAMES[i], normal))
      rows[n++] = i;
  return n;
}
