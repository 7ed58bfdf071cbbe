#include "chartroom/domain/book-line.h"
#include "chartroom/base/text.h"
#include <stdlib.h>
#include <string.h>

enum { MIN_MINUTES = 5, MAX_MINUTES = 240, TYPE_LETTERS = 4, PERSON_LETTERS = 3 };

/* What a word was taken for. */
typedef enum { FREE, TYPE, PERSON, WHEN, MINUTES, HALF, ODD } Use;

typedef struct {
  char **words, **folded;
  guint n;
  Use *uses;
} Words;

static void
clear_words (Words *words)
{
  g_strfreev (words->words);
  g_strfreev (words->folded);
  g_free (words->uses);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, clear_words)

static void
split (const char *typed, Words *out)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new (), folded = g_strv_builder_new ();
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_auto (GStrv) parts = g_strsplit_set (valid, " \t\n,;", -1);
  *out = (Words){ 0 };
  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *plain = cr_text_fold (parts[i]);
    if (*parts[i] == '\0')
      continue;
    g_strv_builder_add (words, parts[i]);
    g_strv_builder_add (folded, plain);
    out->n++;
  }
  out->words = g_strv_builder_end (words);
  out->folded = g_strv_builder_end (folded);
  out->uses = g_new0 (Use, out->n + 1);
}

static guint
count_free (const Words *words)
{
  guint n = 0;
  for (guint i = 0; i < words->n; i++)
    n += words->uses[i] == FREE;
  return n;
}

/* ---- morning, afternoon and minutes ---- */

static void
take_half (Words *words, CrBookLine *out)
{
  for (guint i = 0; i < words->n; i++) {
    gboolean am = g_str_equal (words->folded[i], "am");
    if (!am && !g_str_equal (words->folded[i], "pm"))
      continue;
    out->half = am ? CR_HALF_AM : CR_HALF_PM;
    words->uses[i] = HALF;
  }
}

static gboolean
is_number (const char *word)
{
  return *word != '\0' && strspn (word, "0123456789") == strlen (word) && strlen (word) <= 3;
}

/* The last number of whole five minutes; another one may be a year of birth. */
static void
take_minutes (Words *words, CrBookLine *out)
{
  for (guint i = words->n; i > 0 && out->minutes == 0; i--) {
    int minutes = is_number (words->words[i - 1]) ? atoi (words->words[i - 1]) : 0;
    if (words->uses[i - 1] != FREE || minutes < MIN_MINUTES || minutes > MAX_MINUTES ||
        minutes % CR_SLOT_GRAIN != 0)
      continue;
    out->minutes = minutes;
    words->uses[i - 1] = MINUTES;
  }
}

/* ---- when ---- */

/* "6w", "+10", "t+7": nothing else can be meant. */
static gboolean
is_distance (const char *word)
{
  const char *digits = *word == 't' || *word == '.' ? word + 1 : word;
  gboolean signed_ = *digits == '+';
  gsize n;
  digits += signed_ ? 1 : 0;
  n = strspn (digits, "0123456789");
  if (n == 0 || (digits == word + 1 && !signed_))
    return FALSE;
  return digits[n] == '\0' ? signed_ : strchr ("dwmy", digits[n]) != NULL && digits[n + 1] == '\0';
}

static gboolean
is_calendar_day (const char *word)
{
  return g_ascii_isdigit (*word) && strpbrk (word, "/-") != NULL;
}

static gboolean
is_day_word (const char *word)
{
  return !g_ascii_isdigit (*word);
}

/* The last word of the kind that reads as a day to come. */
static gboolean
take_day (Words *words, gboolean (*is_kind) (const char *word), CrDate today, CrBookLine *out)
{
  for (guint i = words->n; i > 0; i--) {
    CrDateReading reading;
    g_autofree char *word = g_ascii_strdown (words->words[i - 1], -1);
    if (words->uses[i - 1] != FREE || !is_kind (word) ||
        !cr_date_parse (word, today, CR_DATE_FUTURE, CR_DATE_NONE, &reading, NULL) ||
        !cr_date_is_full (reading.date) || cr_date_compare (reading.date, today) < 0)
      continue;
    out->from = reading.date;
    out->by_day = is_kind != is_distance;
    words->uses[i - 1] = WHEN;
    return TRUE;
  }
  return FALSE;
}

/* A word such as "mon" or "tom" is a day only when the line says the day in no other way and a name is left.
 */
static void
take_when (Words *words, CrDate today, CrBookLine *out)
{
  if (take_day (words, is_distance, today, out) || take_day (words, is_calendar_day, today, out))
    return;
  if (count_free (words) > 1)
    take_day (words, is_day_word, today, out);
}

/* ---- what and with whom ---- */

static gboolean
names_type (const CrVisitType *type, const char *folded)
{
  g_autofree char *code = cr_text_fold (type->code);
  g_autofree char *name = cr_text_fold (type->name);
  return type->active && (g_str_equal (code, folded) ||
                          (g_utf8_strlen (folded, -1) >= TYPE_LETTERS && g_str_has_prefix (name, folded)));
}

static void
take_type (Words *words, const GPtrArray *types, CrBookLine *out)
{
  for (guint i = words->n; i > 0; i--)
    for (guint k = 0; words->uses[i - 1] == FREE && k < types->len; k++) {
      const CrVisitType *type = types->pdata[k];
      if (!names_type (type, words->folded[i - 1]))
        continue;
      out->visit_type_id = type->id;
      words->uses[i - 1] = TYPE;
      return;
    }
}

static gboolean
names_person (const CrPerson *person, const char *folded)
{
  g_autofree char *family = cr_text_fold (person->family);
  return person->active && person->schedulable && g_utf8_strlen (folded, -1) >= PERSON_LETTERS &&
         g_str_has_prefix (family, folded);
}

/* The last word that is a clinician's, as long as it is not all that names the patient. */
static void
take_person (Words *words, const GPtrArray *people, CrBookLine *out)
{
  for (guint i = words->n; i > 0 && count_free (words) > 1; i--)
    for (guint k = 0; words->uses[i - 1] == FREE && k < people->len; k++) {
      const CrPerson *person = people->pdata[k];
      if (!names_person (person, words->folded[i - 1]))
        continue;
      out->person_id = person->id;
      words->uses[i - 1] = PERSON;
      return;
    }
}

/* Two digits may be a year of birth, four and more a telephone or a record number. */
static gboolean
is_odd (const char *word)
{
  gsize length = strlen (word);
  return is_distance (word) || (is_number (word) && (length == 1 || length == 3));
}

static void
take_odd (Words *words, CrBookLine *out)
{
  for (guint i = 0; i < words->n && out->odd == NULL; i++) {
    if (words->uses[i] != FREE || !is_odd (words->folded[i]))
      continue;
    out->odd = g_strdup (words->words[i]);
    words->uses[i] = ODD;
  }
}

static char *
join_free (const Words *words)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < words->n; i++)
    if (words->uses[i] == FREE)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words->words[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- public ---- */

gboolean
cr_book_line_parse (const char *typed, const GPtrArray *types, const GPtrArray *people, CrDate today,
                    CrBookLine *out)
{
  g_auto (Words) words = { 0 };
  split (typed, &words);
  *out = (CrBookLine){ .patient = NULL };
  take_type (&words, types, out);
  take_half (&words, out);
  take_minutes (&words, out);
  take_when (&words, today, out);
  take_person (&words, people, out);
  take_odd (&words, out);
  out->patient = join_free (&words);
  return out->visit_type_id != CR_ID_NONE && *out->patient != '\0' &&
         (cr_date_is_set (out->from) || out->half != CR_HALF_ANY || out->minutes > 0 ||
          out->person_id != CR_ID_NONE);
}

void
cr_book_line_clear (CrBookLine *line)
{
  g_clear_pointer (&line->patient, g_free);
  g_clear_pointer (&line->odd, g_free);
}

gboolean
cr_book_line_equal (const CrBookLine *a, const CrBookLine *b)
{
  return g_strcmp0 (a->patient, b->patient) == 0 && g_strcmp0 (a->odd, b->odd) == 0 &&
         cr_date_compare (a->from, b->from) == 0 && a->by_day == b->by_day &&
         a->visit_type_id == b->visit_type_id && a->person_id == b->person_id && a->minutes == b->minutes &&
         a->half == b->half;
}
