#include "chartroom/domain/patient-rules.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

enum { NAME_MAX_CHARS = 100, AGE_MAX = 120, AGE_RARE = 105 };

static gboolean
is_blank (const char *text)
{
  g_autofree char *trimmed = cr_text_trim (text);
  return cr_str_empty (trimmed);
}

static char *
say (const char *sentence)
{
  return g_strdup (sentence);
}

/* ---- names ---- */

typedef struct {
  guint letters, upper, lower, digits;
} Letters;

static Letters
count_letters (const char *text)
{
  Letters n = { 0 };
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    n.letters += g_unichar_isalpha (c) ? 1 : 0;
    n.upper += g_unichar_isupper (c) ? 1 : 0;
    n.lower += g_unichar_islower (c) ? 1 : 0;
    n.digits += g_unichar_isdigit (c) ? 1 : 0;
  }
  return n;
}

/* Names that forms are tried out with, and names of children who have none yet. */
static gboolean
is_placeholder (const char *name)
{
  static const char *const words[] = { "test",    "testing", "baby",  "babyboy", "babygirl", "unknown",
                                       "patient", "doe",     "dummy", "asdf",    "xxx",      NULL };
  g_autofree char *folded = cr_text_fold (name);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  return g_strv_contains (words, joined);
}

gboolean
cr_name_takes (gunichar c)
{
  gboolean turns = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  gboolean shapeless = c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x2028 || c == 0x2029;
  return !g_unichar_iscntrl (c) && !turns && !shapeless && c != 0xFFFD;
}

static gboolean
has_all_taken (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!cr_name_takes (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

char *
cr_name_problem (const char *name)
{
  if (is_blank (name))
    return NULL;
  if (!cr_text_is_clean (name) || !has_all_taken (name))
    return say (_ ("The name contains characters that cannot be printed. Type it again."));
  if (g_utf8_strlen (name, -1) > NAME_MAX_CHARS)
    return say (_ ("The name has more than 100 characters. Shorten it."));
  return NULL;
}

char *
cr_name_question (const char *name)
{
  if (is_blank (name))
    return NULL;
  Letters n = count_letters (name);
  if (n.digits > 0)
    return say (_ ("The name contains digits. Is that right?"));
  if (n.letters == 1 && n.upper + n.lower == 1) /* in scripts without case one sign is a name */
    return say (_ ("The name has a single letter. Is that the whole name?"));
  if (is_placeholder (name))
    return g_strdup_printf (_ ("“%s” reads like a placeholder. Is it the name?"), name);
  g_autofree char *proper = cr_name_offer (name);
  return proper != NULL ? g_strdup_printf (_ ("Use %s?"), proper) : NULL;
}

char *
cr_name_offer (const char *name)
{
  if (is_blank (name) || is_placeholder (name))
    return NULL;
  Letters n = count_letters (name);
  if (n.digits > 0 || n.letters <= 2 || (n.upper > 0 && n.lower > 0))
    return NULL;
  g_autofree char *proper = cr_name_proper (name);
  return g_strcmp0 (proper, name) != 0 ? g_steal_pointer (&proper) : NULL;
}

char *
cr_name_proper (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  if (cr_str_empty (trimmed))
    return g_strdup ("");
  Letters n = count_letters (trimmed);
  if (n.upper > 0 && n.lower > 0)
    return g_steal_pointer (&trimmed);
  GString *proper = g_string_new (NULL);
  gboolean start = TRUE;
  for (const char *p = trimmed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (proper, start ? g_unichar_toupper (c) : g_unichar_tolower (c));
    start = !g_unichar_isalpha (c);
  }
  return g_string_free (proper, FALSE);
}

/* ---- birth ---- */

char *
cr_birth_problem (CrDate birth, CrDate today)
{
  if (!cr_date_is_set (birth))
    return NULL;
  if (cr_date_compare (birth, today) > 0)
    return say (_ ("The birth date lies in the future. Correct it."));
  if (cr_date_years_between (birth, today) > AGE_MAX)
    return say (_ ("The birth date is more than 120 years ago. Correct it."));
  return NULL;
}

char *
cr_birth_question (CrDate birth, CrDate today)
{
  if (!cr_date_is_set (birth) || cr_date_compare (birth, today) > 0)
    return NULL;
  if (cr_date_years_between (birth, today) > AGE_RARE)
    return say (_ ("That makes the patient older than 105 years. Is that right?"));
  if (birth.month == 1 && birth.day == 1)
    return say (_ ("January 1 is often a placeholder. Is it the birth date?"));
  return NULL;
}

/* Only what both dates say is compared: a year alone is no earlier than a day in it. */
static gboolean
is_earlier (CrDate a, CrDate b)
{
  if (a.year != b.year || a.month == 0 || b.month == 0)
    return a.year < b.year;
  if (a.month != b.month || a.day == 0 || b.day == 0)
    return a.month < b.month;
  return a.day < b.day;
}

char *
cr_death_problem (CrDate death, CrDate birth, CrDate today)
{
  if (!cr_date_is_set (death))
    return NULL;
  if (is_earlier (today, death))
    return say (_ ("The date of death lies in the future. Correct it."));
  if (cr_date_is_set (birth) && is_earlier (death, birth))
    return say (_ ("The date of death lies before the birth date. Correct one of them."));
  return NULL;
}

char *
cr_death_question (CrDate death, CrDate last_seen)
{
  if (!cr_date_is_set (death) || !cr_date_is_set (last_seen) || !is_earlier (death, last_seen))
    return NULL;
  g_autofree char *seen = cr_date_format (last_seen);
  return g_strdup_printf (_ ("A visit after that day is on file, on %s. Is the date right?"), seen);
}

/* ---- phones ---- */

/* Digits before and behind the first letter or #: number and extension. */
static void
split_phone (const char *typed, char **number, char **extension)
{
  gsize length = strcspn (typed, "xXeE#");
  g_autofree char *before = g_strndup (typed, length);
  g_autofree char *digits = cr_text_digits (before);
  gboolean country = strlen (digits) == 11 && digits[0] == '1';
  *number = g_strdup (digits + (country ? 1 : 0));
  *extension = cr_text_digits (typed + length);
}

static gboolean
is_of_other_country (const char *typed)
{
  return typed[0] == '+' && typed[1] != '1';
}

char *
cr_phone_normal (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  if (cr_str_empty (trimmed))
    return NULL;
  g_autofree char *number = NULL, *extension = NULL;
  split_phone (trimmed, &number, &extension);
  if (is_of_other_country (trimmed))
    return strlen (number) >= 6 ? g_steal_pointer (&trimmed) : NULL;
  if (strlen (number) != 10)
    return NULL;
  return *extension != '\0' ? g_strconcat (number, "x", extension, NULL) : g_steal_pointer (&number);
}

char *
cr_phone_problem (const char *typed)
{
  g_autofree char *normal = cr_phone_normal (typed);
  if (is_blank (typed) || normal != NULL)
    return NULL;
  return say (_ ("A phone number has 10 digits. For another country begin with + and its code."));
}

static gboolean
all_digits_equal (const char *number)
{
  return strspn (number, (const char[]){ number[0], '\0' }) == strlen (number);
}

char *
cr_phone_question (const char *typed, const char *practice_phone)
{
  g_autofree char *normal = cr_phone_normal (typed);
  if (normal == NULL || *normal == '+')
    return NULL;
  g_autofree char *ours = cr_phone_normal (practice_phone);
  g_autofree char *number = g_strndup (normal, 10);
  if (g_strcmp0 (normal, ours) == 0)
    return say (_ ("This is the practice's own number. Is it the patient's?"));
  if (all_digits_equal (number))
    return say (_ ("All digits are the same. Is it a real number?"));
  if (number[0] < '2' || number[3] < '2')
    return say (_ ("Area codes and exchanges do not begin with 0 or 1. Is the number right?"));
  if (strncmp (number + 3, "555", 3) == 0)
    return say (_ ("The exchange 555 is hardly ever given out. Is the number right?"));
  return NULL;
}

/* ---- email ---- */

char *
cr_email_problem (const char *email)
{
  if (is_blank (email))
    return NULL;
  const char *at = strchr (email, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;
  gboolean formed = at != NULL && at > email && dot != NULL && dot > at + 1 && dot[1] != '\0' &&
                    strchr (at + 1, '@') == NULL && strpbrk (email, " \t\n,;") == NULL;
  return formed ? NULL : say (_ ("An email address has a name, an @ and a domain, such as ana@example.org."));
}

char *
cr_email_offer (const char *email)
{
  static const char *const slips[][2] = {
    { "gmial.com", "gmail.com" },     { "gmal.com", "gmail.com" },      { "gamil.com", "gmail.com" },
    { "gmail.con", "gmail.com" },     { "gnail.com", "gmail.com" },     { "hotnail.com", "hotmail.com" },
    { "hotmial.com", "hotmail.com" }, { "hotmail.con", "hotmail.com" }, { "yaho.com", "yahoo.com" },
    { "yahooo.com", "yahoo.com" },    { "yahoo.con", "yahoo.com" },     { "outlok.com", "outlook.com" },
    { "iclod.com", "icloud.com" },    { "aol.con", "aol.com" },
  };
  const char *at = email != NULL ? strchr (email, '@') : NULL;
  for (guint i = 0; at != NULL && i < G_N_ELEMENTS (slips); i++)
    if (g_ascii_strcasecmp (at + 1, slips[i][0]) == 0)
      return g_strdup_printf ("%.*s@%s", (int)(at - email), email, slips[i][1]);
  return NULL;
}

char *
cr_email_question (const char *email)
{
  g_autofree char *offer = cr_email_offer (email);
  return offer != NULL ? g_strdup_printf (_ ("Use %s?"), offer) : NULL;
}

/* ---- state and ZIP code ---- */

/* First three digits of ZIP codes by state (USPS, Domestic Mail Manual L002, as of 2024). */
typedef struct {
  const char *state, *name;
  struct {
    guint first, last;
  } ranges[3];
} StateCodes;

static const StateCodes STATES[] = {
  { "AK", "Alaska", { { 995, 999 } } },
  { "AL", "Alabama", { { 350, 369 } } },
  { "AR", "Arkansas", { { 716, 729 } } },
  { "AS", "American Samoa", { { 967, 967 } } },
  { "AZ", "Arizona", { { 850, 865 } } },
  { "CA", "California", { { 900, 961 } } },
  { "CO", "Colorado", { { 800, 816 } } },
  { "CT", "Connecticut", { { 60, 69 } } },
  { "DC", "District of Columbia", { { 200, 205 }, { 569, 569 } } },
  { "DE", "Delaware", { { 197, 199 } } },
  { "FL", "Florida", { { 320, 349 } } },
  { "GA", "Georgia", { { 300, 319 }, { 398, 399 } } },
  { "GU", "Guam", { { 969, 969 } } },
  { "HI", "Hawaii", { { 967, 968 } } },
  { "IA", "Iowa", { { 500, 528 } } },
  { "ID", "Idaho", { { 832, 838 } } },
  { "IL", "Illinois", { { 600, 629 } } },
  { "IN", "Indiana", { { 460, 479 } } },
  { "KS", "Kansas", { { 660, 679 } } },
  { "KY", "Kentucky", { { 400, 427 } } },
  { "LA", "Louisiana", { { 700, 714 } } },
  { "MA", "Massachusetts", { { 10, 27 }, { 55, 55 } } },
  { "MD", "Maryland", { { 206, 219 } } },
  { "ME", "Maine", { { 39, 49 } } },
  { "MI", "Michigan", { { 480, 499 } } },
  { "MN", "Minnesota", { { 550, 567 } } },
  { "MO", "Missouri", { { 630, 658 } } },
  { "MP", "Northern Mariana Islands", { { 969, 969 } } },
  { "MS", "Mississippi", { { 386, 397 } } },
  { "MT", "Montana", { { 590, 599 } } },
  { "NC", "North Carolina", { { 270, 289 } } },
  { "ND", "North Dakota", { { 580, 588 } } },
  { "NE", "Nebraska", { { 680, 693 } } },
  { "NH", "New Hampshire", { { 30, 38 } } },
  { "NJ", "New Jersey", { { 70, 89 } } },
  { "NM", "New Mexico", { { 870, 884 } } },
  { "NV", "Nevada", { { 889, 898 } } },
  { "NY", "New York", { { 100, 149 }, { 5, 5 }, { 63, 63 } } },
  { "OH", "Ohio", { { 430, 459 } } },
  { "OK", "Oklahoma", { { 730, 749 } } },
  { "OR", "Oregon", { { 970, 979 } } },
  { "PA", "Pennsylvania", { { 150, 196 } } },
  { "PR", "Puerto Rico", { { 6, 7 }, { 9, 9 } } },
  { "RI", "Rhode Island", { { 28, 29 } } },
  { "SC", "South Carolina", { { 290, 299 } } },
  { "SD", "South Dakota", { { 570, 577 } } },
  { "TN", "Tennessee", { { 370, 385 } } },
  { "TX", "Texas", { { 750, 799 }, { 733, 733 }, { 885, 885 } } },
  { "UT", "Utah", { { 840, 847 } } },
  { "VA", "Virginia", { { 220, 246 }, { 201, 201 } } },
  { "VI", "Virgin Islands", { { 8, 8 } } },
  { "VT", "Vermont", { { 50, 59 } } },
  { "WA", "Washington", { { 980, 994 } } },
  { "WI", "Wisconsin", { { 530, 549 } } },
  { "WV", "West Virginia", { { 247, 268 } } },
  { "WY", "Wyoming", { { 820, 831 } } },
};

static const StateCodes *
find_state (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (g_strcmp0 (STATES[i].state, code) == 0)
      return &STATES[i];
  return NULL;
}

static gboolean
has_prefix (const StateCodes *state, guint prefix)
{
  for (guint i = 0; i < G_N_ELEMENTS (state->ranges); i++)
    if (state->ranges[i].last > 0 && prefix >= state->ranges[i].first && prefix <= state->ranges[i].last)
      return TRUE;
  return FALSE;
}

char *
cr_state_normal (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  for (guint i = 0; trimmed != NULL && i < G_N_ELEMENTS (STATES); i++)
    if (g_ascii_strcasecmp (trimmed, STATES[i].state) == 0 ||
        g_ascii_strcasecmp (trimmed, STATES[i].name) == 0)
      return g_strdup (STATES[i].state);
  return NULL;
}

char *
cr_state_problem (const char *typed)
{
  g_autofree char *normal = cr_state_normal (typed);
  if (is_blank (typed) || normal != NULL)
    return NULL;
  return say (_ ("Enter the state, as OR or Oregon."));
}

char *
cr_zip_normal (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  g_autofree char *digits = cr_text_digits (trimmed);
  if (trimmed == NULL || strspn (trimmed, "0123456789- ") != strlen (trimmed))
    return NULL;
  if (strlen (digits) == 9)
    return g_strdup_printf ("%.5s-%s", digits, digits + 5);
  return strlen (digits) == 5 ? g_steal_pointer (&digits) : NULL;
}

char *
cr_zip_problem (const char *typed)
{
  g_autofree char *normal = cr_zip_normal (typed);
  if (is_blank (typed) || normal != NULL)
    return NULL;
  return say (_ ("A ZIP code has 5 or 9 digits."));
}

char *
cr_zip_question (const char *zip, const char *state)
{
  g_autofree char *digits = cr_zip_normal (zip);
  g_autofree char *code = cr_state_normal (state);
  if (digits == NULL || code == NULL)
    return NULL;
  g_autofree char *prefix = g_strndup (digits, 3);
  if (has_prefix (find_state (code), (guint)g_ascii_strtoull (prefix, NULL, 10)))
    return NULL;
  return g_strdup_printf (_ ("ZIP codes that begin with %s do not lie in %s. Is one of them wrong?"), prefix,
                          code);
}
