#include "chartroom/base/civil.h"
#include "chartroom/base/error.h"
#include "chartroom/base/text.h"
#include "civil-names.h"

#include <glib/gi18n.h>
#include <string.h>

enum { YEAR_FIRST = 1800, YEAR_LAST = 2200, OLDEST_AGE = 110, MAX_PARTS = 3 };

/* What every step of the reading needs to know. */
typedef struct {
  CrDate today, base;
  CrDateLean lean;
} Context;

/* One part of a calendar date: a month's name, or a number and how many digits it was typed with. */
typedef struct {
  int number, digits; /* of a name: the month, 0 */
} Part;

typedef struct {
  Part parts[MAX_PARTS];
  char shape[MAX_PARTS + 1]; /* a letter per part: 'm' month name, 'y' certainly a year, '9' another number */
} Parts;

/* Where month, day and year stand in each shape a date can have; -1: not there. */
typedef struct {
  const char *shape;
  int month, day, year;
} Order;

static const Order ORDERS[] = {
  { "y", -1, -1, 0 },                                         /* 1998 */
  { "9y", 0, -1, 1 }, { "my", 0, -1, 1 }, { "y9", 1, -1, 0 }, /* 6/98 · jun 98 · 1998-06 */
  { "99", 0, 1, -1 }, { "m9", 0, 1, -1 }, { "9m", 1, 0, -1 }, /* 12/5 · dec 5 · 5 dec */
  { "999", 0, 1, 2 }, { "99y", 0, 1, 2 }, { "y99", 1, 2, 0 }, /* 12/5/60 · 12/5/1960 · 1960-12-05 */
  { "m99", 0, 1, 2 }, { "m9y", 0, 1, 2 },                     /* dec 5 60 · dec 5 1960 */
  { "9m9", 1, 0, 2 }, { "9my", 1, 0, 2 },                     /* 5 dec 60 · 5 dec 1960 */
};

/* A step answers whether the text was of its kind; if it was and made no sense, the error is set. */
typedef gboolean (*Step) (const Context *context, const char *text, CrDateReading *out, GError **error);

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Always TRUE: the text was of this kind, and wrong. */
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (CR_ERROR, CR_ERROR_INVALID, format, args);
  va_end (args);
  return TRUE;
}

/* Trimmed, in folded case, every run of blanks one space, every minus and dash a hyphen. */
static char *
normalize (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed != NULL ? typed : "");
  GString *text = g_string_new (NULL);
  g_autofree char *folded = g_utf8_casefold (trimmed, -1);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (text, c == 0x2212 || c == 0x2013 ? '-' : c);
  }
  return g_string_free (text, FALSE);
}

/* What was typed, short enough to stand in a message. */
static char *
quote (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  g_autofree char *brief = cr_text_ellipsis_words (trimmed, 30);
  return g_strdup_printf (_ ("“%s”"), brief);
}

static void
skip_spaces (const char **text)
{
  while (**text == ' ')
    (*text)++;
}

/* The word at *text, which moves past it; "" when there is none. */
static char *
take_word (const char **text)
{
  const char *start = *text;
  while (g_unichar_isalpha (g_utf8_get_char (*text)))
    *text = g_utf8_next_char (*text);
  return g_strndup (start, (gsize)(*text - start));
}

/* The number at *text, which moves past it.  More digits than any date has stop at the ninth. */
static int
take_number (const char **text, int *digits)
{
  int number = 0;
  for (*digits = 0; g_ascii_isdigit (**text) && *digits < 9; (*text)++, (*digits)++)
    number = number * 10 + (**text - '0');
  return number;
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  return g_strv_contains (words, text);
}

static gboolean
set_in_range (CrDate date, CrDateReading *out, GError **error)
{
  if (date.year < YEAR_FIRST || date.year > YEAR_LAST)
    return refuse (error, _ ("A date must lie between the years %d and %d."), YEAR_FIRST, YEAR_LAST);
  out->date = date;
  return TRUE;
}

/* ---- words ---- */

static gboolean
read_words (const Context *context, const char *text, CrDateReading *out, GError **error)
{
  static const char *const unknown[] = { "?", "unk", "unknown", NULL };
  static const char *const today[] = { "t", "today", ".", NULL };
  static const char *const yesterday[] = { "yest", "yesterday", NULL };
  static const char *const tomorrow[] = { "tom", "tomorrow", NULL };
  CrDate t = context->today;

  if (is_one_of (text, unknown))
    out->unknown = TRUE;
  else if (is_one_of (text, today))
    out->date = t;
  else if (is_one_of (text, yesterday))
    out->date = cr_date_add_days (t, -1);
  else if (is_one_of (text, tomorrow))
    out->date = cr_date_add_days (t, 1);
  else if (g_str_equal (text, "eom"))
    out->date = CR_DATE (t.year, t.month, (guint8)cr_date_days_in_month (t.year, t.month));
  else
    return *text == '\0';
  return TRUE;
}

/* ---- counting: base? sign? int unit? ---- */

static gboolean
take_base (const char **text)
{
  static const char *const bases[] = { "today", "t", "." };
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    if (g_str_has_prefix (*text, bases[i])) {
      *text += strlen (bases[i]);
      skip_spaces (text);
      return TRUE;
    }
  return FALSE;
}

/* 1, -1, or 0 when no sign is there. */
static int
take_sign (const char **text)
{
  int sign = **text == '+' ? 1 : **text == '-' ? -1 : 0;
  if (sign != 0)
    (*text)++;
  skip_spaces (text);
  return sign;
}

/* 'd', 'w', 'm' or 'y' for the whole of `word`; 'd' when empty; 0 for anything else. */
static char
unit_of (const char *word)
{
  static const char *const units[] = { "days", "weeks", "wks", "months", "mos", "years", "yrs" };
  if (*word == '\0')
    return 'd';
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (units[i], word))
      return units[i][0];
  return 0;
}

static CrDate
count (CrDate from, int n, char unit)
{
  switch (unit) {
  case 'w':
    return cr_date_add_days (from, 7 * n);
  case 'm':
    return cr_date_add_months (from, n);
  case 'y':
    return cr_date_add_months (from, 12 * n);
  default:
    return cr_date_add_days (from, n);
  }
}

static gboolean
read_count (const Context *context, const char *text, CrDateReading *out, GError **error)
{
  gboolean has_base = take_base (&text);
  int digits, sign = take_sign (&text), number = take_number (&text, &digits);
  skip_spaces (&text);
  g_autofree char *word = take_word (&text);
  char unit = unit_of (word);
  /* A bare number of four digits or more is a year or a whole date. */
  gboolean bare = !has_base && sign == 0 && *word == '\0';
  if (digits == 0 || unit == 0 || *text != '\0' || (bare && digits > 3))
    return FALSE;
  if (digits > 5)
    number = 99999; /* far outside any calendar, and safe to multiply */

  gboolean from_field = !has_base && sign != 0 && cr_date_is_full (context->base);
  if (sign == 0)
    sign = context->lean == CR_DATE_FUTURE ? 1 : -1;
  return set_in_range (count (from_field ? context->base : context->today, sign * number, unit), out, error);
}

/* ---- weekdays: mon, next fri, last fri ---- */

static gboolean
read_weekday (const Context *context, const char *text, CrDateReading *out, GError **error)
{
  gboolean forward = context->lean == CR_DATE_FUTURE;
  g_autofree char *word = take_word (&text);
  if (g_str_equal (word, "next") || g_str_equal (word, "last")) {
    forward = *word == 'n';
    skip_spaces (&text);
    g_free (word);
    word = take_word (&text);
  }
  int weekday = cr_weekday_from_word (word);
  if (weekday == 0 || *text != '\0')
    return FALSE;

  /* The nearest one, never today itself: that is "t". */
  int ahead = (weekday - cr_date_weekday (context->today) + 6) % 7 + 1;
  int back = 7 - ahead % 7;
  out->date = cr_date_add_days (context->today, forward ? ahead : -back);
  return TRUE;
}

/* ---- calendar dates ---- */

static gboolean
take_part (const char **text, Part *part, char *shape)
{
  part->number = take_number (text, &part->digits);
  if (part->digits > 0) {
    *shape = part->digits == 4 ? 'y' : '9';
    return TRUE;
  }
  g_autofree char *word = take_word (text);
  part->number = cr_month_from_word (word);
  *shape = 'm';
  return part->number != 0;
}

static void
skip_separators (const char **text)
{
  *text += strspn (*text, " /.,-");
}

/* "5 dec 60" → three parts of shape "9m9".  FALSE when something else stands there. */
static gboolean
split (const char *text, Parts *out)
{
  int n = 0;
  for (; *text != '\0' && n < MAX_PARTS; n++) {
    if (!take_part (&text, &out->parts[n], &out->shape[n]))
      return FALSE;
    skip_separators (&text);
  }
  /* 6/98 and jun 98: no month has 98 days. */
  if (n == 2 && out->shape[1] == '9' && out->parts[1].digits == 2 && out->parts[1].number > 31)
    out->shape[1] = 'y';
  return *text == '\0';
}

/* 120560 → 12 05 60; 12051960 → 12 05 1960. */
static void
split_run (Parts *parts)
{
  int number = parts->parts[0].number, year_digits = parts->parts[0].digits - 4;
  int year_size = year_digits == 4 ? 10000 : 100;
  parts->parts[2] = (Part){ number % year_size, year_digits };
  parts->parts[1] = (Part){ number / year_size % 100, 2 };
  parts->parts[0] = (Part){ number / year_size / 100, 2 };
  strcpy (parts->shape, "999");
}

static const Order *
find_order (const Parts *parts)
{
  for (guint i = 0; i < G_N_ELEMENTS (ORDERS); i++)
    if (g_str_equal (ORDERS[i].shape, parts->shape))
      return &ORDERS[i];
  return NULL;
}

static gboolean
check_day (int year, int month, int day, GError **error)
{
  int days = cr_date_days_in_month (year, month);
  if (day <= days)
    return TRUE;
  refuse (error, _ ("%s %d has %d days."), cr_month_name (month, TRUE), year, days);
  return FALSE;
}

/* The nearest such day in the field's direction, today included.  Eight years hold a Feb 29. */
static gboolean
read_without_year (const Context *context, int month, int day, CrDateReading *out, GError **error)
{
  int direction = context->lean == CR_DATE_FUTURE ? 1 : -1;
  for (int years = 0; years <= 8; years++) {
    int year = context->today.year + direction * years;
    CrDate date = CR_DATE ((gint16)year, (guint8)month, (guint8)day);
    if (cr_date_is_valid (date) && cr_date_compare (date, context->today) * direction >= 0)
      return set_in_range (date, out, error);
  }
  int most = cr_date_days_in_month (2000, month);
  return refuse (error, _ ("%s has at most %d days."), cr_month_name (month, TRUE), most);
}

/* Future: 20yy.  Past: the latest that is not in the future; at birth the century before too, if a person
 * can be that old. */
static gboolean
read_short_year (const Context *context, CrDate date, CrDateReading *out, GError **error)
{
  gboolean future = context->lean == CR_DATE_FUTURE;
  date.year += (future ? 2000 : context->today.year / 100 * 100);
  if (!future && cr_date_compare (date, context->today) > 0)
    date.year -= 100;
  if (date.month != 0 && !check_day (date.year, date.month, date.day, error))
    return TRUE;

  CrDate earlier = date;
  earlier.year -= 100;
  if (context->lean == CR_DATE_BIRTH && cr_date_is_valid (earlier) &&
      cr_date_years_between (earlier, context->today) <= OLDEST_AGE)
    out->other = earlier;
  return set_in_range (date, out, error);
}

/* month and day: 0 when not typed; year: NULL when not typed. */
static gboolean
resolve (const Context *context, int month, int day, const Part *year, CrDateReading *out, GError **error)
{
  if (year == NULL)
    return read_without_year (context, month, day, out, error);
  if (year->digits != 2 && year->digits != 4)
    return refuse (error, _ ("Type the year with two or four digits."));

  CrDate date = CR_DATE ((gint16)year->number, (guint8)month, (guint8)day);
  if (year->digits == 2)
    return read_short_year (context, date, out, error);
  if (month != 0 && !check_day (date.year, month, day, error))
    return TRUE;
  return set_in_range (date, out, error);
}

static void
swap (int *a, int *b)
{
  int kept = *a;
  *a = *b;
  *b = kept;
}

static gboolean
read_parts (const Context *context, Parts *parts, CrDateReading *out, GError **error)
{
  if (g_str_equal (parts->shape, "9") && (parts->parts[0].digits == 6 || parts->parts[0].digits == 8))
    split_run (parts);
  const Order *order = find_order (parts);
  if (order == NULL)
    return FALSE;

  int month = order->month >= 0 ? parts->parts[order->month].number : 0;
  int day = order->day >= 0 ? parts->parts[order->day].number : 0;
  if (g_str_has_prefix (parts->shape, "99")) {
    if (cr_date_day_first ())
      swap (&month, &day);
    if (month > 12 && day >= 1 && day <= 12) /* 31/12/60 can be read in one way alone */
      swap (&month, &day);
  }
  if (order->month >= 0 && (month < 1 || month > 12))
    return refuse (error, _ ("There is no month %d."), month);
  if (order->day >= 0 && (day < 1 || day > 99))
    return refuse (error, _ ("There is no day %d."), day);
  return resolve (context, month, day, order->year >= 0 ? &parts->parts[order->year] : NULL, out, error);
}

/* A weekday may stand before the date, as on screen; it must be the right one. */
static gboolean
check_weekday (int weekday, CrDateReading *out, GError **error)
{
  if (weekday == 0 || !cr_date_is_full (out->date))
    return TRUE;
  int real = cr_date_weekday (out->date);
  if (real == weekday) {
    out->other = CR_DATE_NONE;
    return TRUE;
  }
  if (cr_date_is_full (out->other) && cr_date_weekday (out->other) == weekday) {
    *out = (CrDateReading){ .date = out->other };
    return TRUE;
  }
  g_autofree char *date = cr_date_format (out->date);
  return refuse (error, _ ("%s is a %s."), date, cr_weekday_name (real, TRUE));
}

static gboolean
read_calendar (const Context *context, const char *text, CrDateReading *out, GError **error)
{
  const char *rest = text;
  g_autofree char *word = take_word (&rest);
  int weekday = cr_weekday_from_word (word);
  if (weekday != 0)
    skip_separators (&rest);

  Parts parts = { 0 };
  g_autoptr (GError) wrong = NULL;
  if (!split (weekday != 0 ? rest : text, &parts) || !read_parts (context, &parts, out, &wrong))
    return FALSE;
  if (wrong == NULL)
    return check_weekday (weekday, out, error);
  g_propagate_error (error, g_steal_pointer (&wrong));
  return TRUE;
}

/* ---- times ---- */

enum { NO_HALF, MORNING, AFTERNOON, NOT_A_HALF };

/* "a", "am", "a.m." and so on; the dots and blanks do not matter. */
static int
half_of_day (const char *text)
{
  static const char *const morning[] = { "a", "am", NULL };
  static const char *const afternoon[] = { "p", "pm", NULL };
  GString *letters = g_string_new (NULL);
  for (; *text != '\0'; text++)
    if (*text != '.' && *text != ' ')
      g_string_append_c (letters, *text);
  g_autofree char *word = g_string_free (letters, FALSE);
  if (*word == '\0')
    return NO_HALF;
  return is_one_of (word, morning) ? MORNING : is_one_of (word, afternoon) ? AFTERNOON : NOT_A_HALF;
}

/* "9", "930", "9:30": FALSE when there is no such time.  The hour is as typed. */
static gboolean
take_hour_and_minute (const char **text, int *hour, int *minute)
{
  int digits, minute_digits = 2, number = take_number (text, &digits);
  gboolean together = digits == 3 || digits == 4;
  *hour = together ? number / 100 : number;
  *minute = together ? number % 100 : 0;
  if (!together && (**text == ':' || (**text == '.' && g_ascii_isdigit ((*text)[1])))) {
    (*text)++;
    *minute = take_number (text, &minute_digits);
  }
  return digits >= 1 && digits <= 4 && minute_digits == 2 && *hour < 24 && *minute < 60;
}

/* Office hours decide: a bare 1 to 6 is afternoon, but a zero before it speaks of the 24-hour clock. */
static gboolean
read_minute (const char *text, int *out)
{
  gboolean leading_zero = *text == '0';
  int hour, minute;
  if (!take_hour_and_minute (&text, &hour, &minute))
    return FALSE;

  int half = half_of_day (text);
  if (half == NOT_A_HALF || (half != NO_HALF && (hour < 1 || hour > 12)))
    return FALSE;
  if (half != NO_HALF)
    hour = hour % 12 + (half == AFTERNOON ? 12 : 0);
  else if (hour >= 1 && hour <= 6 && !leading_zero)
    hour += 12;
  *out = hour * 60 + minute;
  return TRUE;
}

/* "+20": minutes from now.  FALSE when the text is not of that kind. */
static gboolean
read_minutes_from_now (const char *text, int now, int *out)
{
  int digits, sign = take_sign (&text), number = take_number (&text, &digits);
  if (sign == 0 || digits == 0 || *text != '\0')
    return FALSE;
  *out = now + sign * number;
  return TRUE;
}

/* ---- the two fields ---- */

gboolean
cr_date_parse (const char *typed, CrDate today, CrDateLean lean, CrDate base, CrDateReading *out,
               GError **error)
{
  static const Step steps[] = { read_words, read_count, read_weekday, read_calendar };
  g_return_val_if_fail (cr_date_is_full (today) && out != NULL, FALSE);

  g_autofree char *text = normalize (typed);
  Context context = { .today = today, .base = base, .lean = lean };
  *out = (CrDateReading){ 0 };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) wrong = NULL;
    if (!steps[i](&context, text, out, &wrong))
      continue;
    if (wrong == NULL)
      return TRUE;
    *out = (CrDateReading){ 0 };
    g_propagate_error (error, g_steal_pointer (&wrong));
    return FALSE;
  }
  g_autofree char *quoted = quote (typed);
  refuse (error, _ ("%s is not a date. Type it as %s, or t for today."), quoted,
          cr_date_day_first () ? _ ("dd/mm/yyyy") : _ ("mm/dd/yyyy"));
  return FALSE;
}

gboolean
cr_minute_parse (const char *typed, int now, int *out, GError **error)
{
  g_autofree char *text = normalize (typed), *quoted = quote (typed);
  *out = CR_MINUTE_NONE;
  if (*text == '\0')
    return TRUE;
  if (g_str_equal (text, "now"))
    *out = now;
  else if (g_str_equal (text, "noon"))
    *out = 12 * 60;
  else if (!read_minutes_from_now (text, now, out) && !read_minute (text, out)) {
    refuse (error, _ ("%s is not a time. Type it as 9:30, 2p or 14:30."), quoted);
    return FALSE;
  }
  if (*out >= 0 && *out < 24 * 60)
    return TRUE;
  *out = CR_MINUTE_NONE;
  refuse (error, _ ("%s is not a time of today."), quoted);
  return FALSE;
}
