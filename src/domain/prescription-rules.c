/* What keeps a prescription from being signed, and what is only asked (UX 7.3). */
#include "chartroom/base/text.h"
#include "chartroom/domain/medication.h"
#include <glib/gi18n.h>

#define REFILLS_MAX 11
#define REFILLS_MAX_CONTROLLED 5 /* schedules III to V */
#define DAYS_LONG 365
#define DAYS_MAX 730
#define QUANTITY_MAX 10000

/* Single dose: pieces are counted, liquids measured, and only weights and units of activity run into
 * millions. */
#define PIECES_MAX 100
#define ML_MAX 5000
#define AMOUNT_MAX 10000000

/* Characters.  Notes and directions as electronic prescriptions (NCPDP SCRIPT) allow them. */
#define NOTE_MAX 210
#define DIRECTIONS_MAX 1000
#define WORDS_MAX 200

static void
add (GPtrArray *list, const char *sentence)
{
  g_ptr_array_add (list, g_strdup (sentence));
}

static gboolean
is_positive (CrDecimal d)
{
  return d.set && d.units > 0;
}

/* ---- directions ---- */

static gboolean
is_word_of (const char *word, const char *const *list)
{
  return *word == '\0' || g_strv_contains (list, word);
}

/* "Take as directed", "use as directed by doctor", "ut dict": no directions at all. */
static gboolean
is_as_directed_alone (const char *text)
{
  static const char *const hollow[] = { "take",      "use",        "apply", "inject", "inhale", "as",
                                        "directed",  "instructed", "by",    "your",   "the",    "doctor",
                                        "physician", "ut",         "dict",  "ud",     NULL };
  g_autofree char *folded = cr_text_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " .,;", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!is_word_of (words[i], hollow))
      return FALSE;
  return TRUE;
}

static void
check_dose (GPtrArray *problems, const CrSig *sig)
{
  if (cr_str_empty (sig->action))
    add (problems, _ ("Say what to do with it, for example “Take”."));
  if (!is_positive (sig->dose))
    add (problems, _ ("Enter the dose. It must be more than 0."));
  else if (sig->dose_high.set && cr_decimal_compare (sig->dose_high, sig->dose) <= 0)
    add (problems, _ ("The dose range must end higher than it begins."));
  if (cr_str_empty (sig->unit))
    add (problems, _ ("Choose the unit of the dose."));
  if (cr_str_empty (sig->route))
    add (problems, _ ("Choose the route."));
}

static void
check_frequency (GPtrArray *problems, const CrSig *sig)
{
  CrSig plain = *sig; /* borrowed texts */
  plain.as_needed = FALSE;
  plain.max_per_day = CR_INT_NONE;
  gboolean known = cr_sig_units_per_day (&plain).set;
  if (cr_str_empty (sig->frequency) && !sig->as_needed)
    add (problems, _ ("Choose how often."));
  else if (!cr_str_empty (sig->frequency) && is_positive (sig->dose) && !known)
    add (problems, _ ("Choose how often from the list: what is entered is not known."));
}

static void
check_as_needed (GPtrArray *problems, const CrSig *sig)
{
  if (sig->as_needed && cr_str_empty (sig->as_needed_for))
    add (problems, _ ("Say what it is needed for: “as needed” must have a reason."));
  if (sig->max_per_day == CR_INT_NONE)
    return;
  CrDecimal dose = sig->dose_high.set ? sig->dose_high : sig->dose;
  CrDecimal maximum = cr_decimal_from_int (sig->max_per_day);
  if (sig->max_per_day <= 0 || (dose.set && cr_decimal_compare (maximum, dose) < 0))
    add (problems, _ ("The maximum in 24 hours is less than one dose. Correct one of them."));
}

static void
check_sig (GPtrArray *problems, const CrSig *sig)
{
  if (!cr_str_empty (sig->other)) {
    if (is_as_directed_alone (sig->other))
      add (problems, _ ("“As directed” is not enough: give directions, or write “see attached schedule”."));
    return;
  }
  check_dose (problems, sig);
  check_frequency (problems, sig);
  check_as_needed (problems, sig);
  if (sig->days != CR_INT_NONE && sig->days <= 0)
    add (problems, _ ("The duration must be at least 1 day."));
}

/* ---- quantity and refills ---- */

static void
check_quantity (GPtrArray *problems, const CrPrescription *rx)
{
  if (!is_positive (rx->quantity))
    add (problems, _ ("Enter the quantity. It must be more than 0."));
  if (cr_str_empty (rx->quantity_unit))
    add (problems, _ ("Choose the unit of the quantity."));
}

static gboolean
is_schedule (const CrPrescription *rx, const char *schedule)
{
  return g_strcmp0 (rx->schedule, schedule) == 0;
}

static void
check_refills (GPtrArray *problems, const CrPrescription *rx)
{
  if (rx->refills == CR_INT_NONE)
    add (problems, _ ("Enter the refills; 0 for none."));
  else if (rx->refills < 0)
    add (problems, _ ("Refills cannot be less than 0."));
}

/* ---- limits of one part ---- */

static char *
limit_refills (const CrPrescription *rx)
{
  gboolean controlled = !cr_str_empty (rx->schedule);
  if (rx->refills == CR_INT_NONE)
    return NULL;
  if (is_schedule (rx, "II") && rx->refills > 0)
    return g_strdup (_ ("A schedule II drug cannot have refills. Set refills to 0."));
  if (controlled && rx->refills > REFILLS_MAX_CONTROLLED)
    return g_strdup_printf (_ ("A schedule %s drug can have at most %d refills."), rx->schedule,
                            REFILLS_MAX_CONTROLLED);
  return rx->refills > REFILLS_MAX ? g_strdup_printf (_ ("At most %d refills are possible."), REFILLS_MAX)
                                   : NULL;
}

static int
most_of (const char *unit)
{
  static const char *const amounts[] = { "mg", "mcg", "g", "mEq", "mmol", "unit", "units", "IU", NULL };
  if (unit != NULL && g_strv_contains (amounts, unit))
    return AMOUNT_MAX;
  return g_strcmp0 (unit, "mL") == 0 ? ML_MAX : PIECES_MAX;
}

static char *
limit_dose (const CrPrescription *rx)
{
  const CrSig *sig = &rx->sig;
  CrDecimal dose = sig->dose_high.set ? sig->dose_high : sig->dose;
  CrDecimal most = cr_decimal_from_int (most_of (sig->unit));
  if (!dose.set || cr_decimal_compare (dose, most) <= 0)
    return NULL;
  g_autofree char *number = cr_decimal_format_dose (most);
  g_autofree char *units = cr_unit_plural (sig->unit, most);
  return g_strdup_printf (_ ("A single dose can be at most %s %s. Correct the dose."), number,
                          units != NULL ? units : "");
}

static char *
limit_quantity (const CrPrescription *rx)
{
  CrDecimal most = cr_decimal_from_int (QUANTITY_MAX);
  if (!rx->quantity.set || cr_decimal_compare (rx->quantity, most) <= 0)
    return NULL;
  g_autofree char *number = cr_decimal_format_dose (most);
  return g_strdup_printf (_ ("The quantity can be at most %s. Correct it."), number);
}

static char *
limit_days (const CrPrescription *rx)
{
  if (rx->sig.days == CR_INT_NONE || rx->sig.days <= DAYS_MAX)
    return NULL;
  return g_strdup_printf (_ ("The duration can be at most %d days. Leave it empty when it goes on."),
                          DAYS_MAX);
}

static char *
limit_text (const char *text, int most)
{
  if (cr_str_empty (text))
    return NULL;
  if (!cr_text_is_clean (text))
    return g_strdup (_ ("The text contains characters that cannot be printed. Type it again."));
  glong n = g_utf8_strlen (text, -1);
  return n > most ? g_strdup_printf (_ ("The text has %ld characters; at most %d are possible. Shorten it."),
                                     n, most)
                  : NULL;
}

/* The parts that have a limit; texts with the characters they may have. */
static const struct {
  const char *part;
  char *(*limit) (const CrPrescription *rx);
  gsize text;
  int most;
} LIMITS[] = {
  { "dose", limit_dose, 0, 0 },
  { "days", limit_days, 0, 0 },
  { "quantity", limit_quantity, 0, 0 },
  { "refills", limit_refills, 0, 0 },
  { "drug", NULL, G_STRUCT_OFFSET (CrPrescription, display), WORDS_MAX },
  { "indication", NULL, G_STRUCT_OFFSET (CrPrescription, indication), WORDS_MAX },
  { "timing", NULL, G_STRUCT_OFFSET (CrPrescription, sig.timing), WORDS_MAX },
  { "as-needed-for", NULL, G_STRUCT_OFFSET (CrPrescription, sig.as_needed_for), WORDS_MAX },
  { "other", NULL, G_STRUCT_OFFSET (CrPrescription, sig.other), DIRECTIONS_MAX },
  { "pharmacist-note", NULL, G_STRUCT_OFFSET (CrPrescription, pharmacist_note), NOTE_MAX },
};

static char *
limit_at (const CrPrescription *rx, guint i)
{
  if (LIMITS[i].limit != NULL)
    return LIMITS[i].limit (rx);
  return limit_text (G_STRUCT_MEMBER (char *, rx, LIMITS[i].text), LIMITS[i].most);
}

char *
cr_prescription_limit (const CrPrescription *rx, const char *part)
{
  for (guint i = 0; i < G_N_ELEMENTS (LIMITS); i++)
    if (g_str_equal (part, LIMITS[i].part))
      return limit_at (rx, i);
  return NULL;
}

static void
check_limits (GPtrArray *problems, const CrPrescription *rx)
{
  for (guint i = 0; i < G_N_ELEMENTS (LIMITS); i++) {
    char *sentence = limit_at (rx, i);
    if (sentence != NULL)
      g_ptr_array_add (problems, sentence);
  }
}

/* ---- questions ---- */

/* Differs by more than a tenth of what the directions need. */
static gboolean
differs_by_a_tenth (CrDecimal quantity, CrDecimal needed)
{
  CrDecimal low = cr_decimal_multiply (needed, (CrDecimal){ 9, 1, TRUE });
  CrDecimal high = cr_decimal_multiply (needed, (CrDecimal){ 11, 1, TRUE });
  return cr_decimal_compare (quantity, low) < 0 || cr_decimal_compare (quantity, high) > 0;
}

/* Only where dose and quantity count the same thing; free directions cannot be reckoned. */
static gboolean
is_comparable (const CrPrescription *rx)
{
  return cr_str_empty (rx->sig.other) && rx->sig.days != CR_INT_NONE && rx->quantity.set &&
         g_strcmp0 (rx->sig.unit, rx->quantity_unit) == 0;
}

static char *
counted (CrDecimal n, const char *unit)
{
  g_autofree char *number = cr_decimal_format_dose (n);
  g_autofree char *units = cr_unit_plural (unit, n);
  return g_strdup_printf ("%s %s", number, units);
}

static void
ask_quantity (GPtrArray *questions, const CrPrescription *rx)
{
  CrDecimal needed = cr_sig_quantity_for (&rx->sig, rx->sig.days);
  if (!is_comparable (rx) || !needed.set || !differs_by_a_tenth (rx->quantity, needed))
    return;
  g_autofree char *given = counted (rx->quantity, rx->quantity_unit);
  g_autofree char *right = counted (needed, rx->quantity_unit);
  int days = (int)rx->sig.days;
  g_ptr_array_add (
      questions,
      g_strdup_printf (ngettext ("The directions use %s in %d day; the quantity is %s.",
                                 "The directions use %s in %d days; the quantity is %s.", (gulong)days),
                       right, days, given));
}

/* Words of a dose or a frequency, which belong into the directions. */
static gboolean
reads_like_directions (const char *note)
{
  static const char *const words[] = { "take",     "daily", "twice", "tablet", "tablets", "capsule",
                                       "capsules", "mg",    "mcg",   "ml",     "every",   "hours",
                                       "bedtime",  "puff",  "puffs", "drop",   "drops",   NULL };
  g_autofree char *folded = cr_text_fold (note);
  g_auto (GStrv) parts = g_strsplit_set (folded, " .,;0123456789", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && g_strv_contains (words, parts[i]))
      return TRUE;
  return FALSE;
}

GPtrArray *
cr_prescription_problems (const CrPrescription *rx)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  if (cr_str_empty (rx->display))
    add (problems, _ ("Choose the drug."));
  if (is_schedule (rx, "I"))
    add (problems, _ ("A schedule I drug cannot be prescribed."));
  check_sig (problems, &rx->sig);
  check_quantity (problems, rx);
  check_refills (problems, rx);
  check_limits (problems, rx);
  return problems;
}

GPtrArray *
cr_prescription_questions (const CrPrescription *rx)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func (g_free);
  if (!cr_str_empty (rx->sig.other))
    add (questions, _ ("The directions are free text. Read them once more: is nothing missing?"));
  ask_quantity (questions, rx);
  if (rx->sig.days != CR_INT_NONE && rx->sig.days > DAYS_LONG)
    add (questions, _ ("The duration is more than 365 days. Is that meant?"));
  if (reads_like_directions (rx->pharmacist_note))
    add (questions,
         _ ("The note to the pharmacist reads like directions. Put directions into the directions."));
  return questions;
}
