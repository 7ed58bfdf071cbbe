/* A vital sign when its field is left: reading, limits, questions, flags (UX 7.3). */
#include "vital-bands.h"
#include "vital-units.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define ADULT_MONTHS (18 * 12)
#define RECENT_DAYS 90
#define INFANT_DAYS 60

typedef struct {
  const CrKnowledge *k;
  const CrVitalContext *context;
  CrVitalEntry *entry;
  int months; /* −1 when not known */
  GString *questions;
} Review;

static gboolean
is_child (const Review *r)
{
  return r->months >= 0 && r->months < ADULT_MONTHS;
}

static void
ask (Review *r, char *question /* taken */)
{
  if (r->questions->len > 0)
    g_string_append_c (r->questions, ' ');
  g_string_append (r->questions, question);
  g_free (question);
}

static void
refuse (Review *r, char *sentence /* taken */)
{
  if (r->entry->error == NULL)
    r->entry->error = sentence;
  else
    g_free (sentence);
}

/* "182 lb", "98 %", "128" */
static char *
value_text (const CrVitalValue *value)
{
  g_autofree char *number = cr_decimal_to_text (value->value);
  const char *unit = cr_ucum_display (value->unit);
  return *unit != '\0' ? g_strdup_printf ("%s %s", number, unit) : g_steal_pointer (&number);
}

static char *
in_unit (CrDecimal canonical, const CrVitalValue *like, int places)
{
  CrDecimal value = cr_unit_convert (canonical, like->canonical_unit, like->unit);
  g_autofree char *number = cr_decimal_to_text (cr_decimal_round (value, places));
  return g_strdup_printf ("%s %s", number, cr_ucum_display (like->unit));
}

/* ---- limits of one value ---- */

static char *
limits_text (CrDecimal low, CrDecimal high, const char *ucum)
{
  g_autofree char *from = cr_decimal_to_text (low);
  g_autofree char *to = cr_decimal_to_text (high);
  const char *unit = cr_ucum_display (ucum);
  return g_strdup_printf ("%s–%s%s%s", from, to, *unit != '\0' ? " " : "", unit);
}

static void
check_limits (Review *r, const CrVitalPart *part, const CrVitalValue *value)
{
  const CrVitalLimit *limit = cr_vital_limit (r->k, part->key, r->months, value->unit);
  if (limit == NULL)
    return;
  gboolean as_typed = g_str_equal (limit->unit, value->unit);
  CrDecimal measured = as_typed ? value->value : value->canonical;
  g_autofree char *shown = value_text (value);
  if (!cr_within (measured, limit->hard_low, limit->hard_high)) {
    g_autofree char *range = limits_text (limit->hard_low, limit->hard_high, limit->unit);
    refuse (r, g_strdup_printf (_ ("%s %s is not possible (%s). Check the value."), _ (part->display), shown,
                                range));
  } else if (!cr_within (measured, limit->soft_low, limit->soft_high)) {
    ask (r, g_strdup_printf (_ ("%s %s? That is unusual."), _ (part->display), shown));
  }
}

static void
check_pressure (Review *r)
{
  const CrVitalValue *values = r->entry->reading.values;
  const CrVitalLimit *limit = cr_vital_limit (r->k, "pulse-pressure", r->months, NULL);
  if (cr_decimal_compare (values[0].value, values[1].value) <= 0) {
    refuse (r, g_strdup (_ ("The first number must be larger than the second. Check the blood pressure.")));
    return;
  }
  CrDecimal difference = cr_absolute_difference (values[0].value, values[1].value);
  if (limit != NULL && !cr_within (difference, limit->soft_low, limit->soft_high)) {
    g_autofree char *number = cr_decimal_to_text (difference);
    ask (r, g_strdup_printf (_ ("Difference of %s between the two numbers? That is unusual."), number));
  }
}

/* ---- weight and height against the last one ---- */

/* |a − b| is more than percent of b. */
static gboolean
differs_by (CrDecimal a, CrDecimal b, int percent)
{
  CrDecimal difference = cr_decimal_multiply (cr_absolute_difference (a, b), cr_decimal_from_int (100));
  return cr_decimal_compare (difference, cr_decimal_multiply (b, cr_decimal_from_int (percent))) > 0;
}

/* The number typed, in the other unit, is within 5 % of the last value: it was probably meant so. */
static const char *
swapped_unit (const CrVitalValue *value, CrDecimal last, const char *customary, const char *metric)
{
  const char *other = g_str_equal (value->unit, customary) ? metric : customary;
  CrDecimal meant = cr_unit_convert (value->value, other, metric);
  return differs_by (value->canonical, last, 5) && !differs_by (meant, last, 5) ? other : NULL;
}

/* "83.5 kg" */
static void
suggest_unit (Review *r, const CrVitalValue *value, const char *ucum)
{
  g_autofree char *number = cr_decimal_to_text (value->value);
  r->entry->suggestion = g_strdup_printf ("%s %s", number, cr_ucum_display (ucum));
}

static void
ask_about_last (Review *r, const CrVitalValue *value, CrDecimal last, CrDate on)
{
  g_autofree char *shown = value_text (value);
  g_autofree char *before = in_unit (last, value, 1);
  g_autofree char *date = cr_date_is_set (on) ? cr_date_format (on) : g_strdup (_ ("earlier"));
  ask (r, g_strdup_printf (_ ("%s? Last was %s (%s)."), shown, before, date));
}

/* More than 10 % within 90 days, or 20 % ever; children grow, so for them only a loss counts as that. */
static gboolean
weight_changed (const Review *r, CrDecimal kg, CrDecimal last, CrDate on)
{
  const CrVitalContext *c = r->context;
  gboolean recent = cr_date_is_full (on) && cr_date_is_full (c->today) &&
                    cr_date_to_days (c->today) - cr_date_to_days (on) <= RECENT_DAYS;
  if (is_child (r) && !recent && cr_decimal_compare (kg, last) > 0)
    return FALSE;
  return differs_by (kg, last, recent ? 10 : 20);
}

static void
check_weight (Review *r)
{
  const CrVitalContext *c = r->context;
  const CrVitalValue *value = &r->entry->reading.values[0];
  CrDecimal last = c->last_weight_kg;
  if (!last.set || last.units <= 0)
    return;
  const char *meant = swapped_unit (value, last, "[lb_av]", "kg");
  if (meant != NULL)
    suggest_unit (r, value, meant);
  if (meant != NULL || weight_changed (r, value->canonical, last, c->last_weight_on))
    ask_about_last (r, value, last, c->last_weight_on);
}

/* Adults: 3 cm up or 5 cm down. */
static gboolean
height_changed (const Review *r, CrDecimal cm, CrDecimal last)
{
  gboolean grew = cr_decimal_compare (cm, last) > 0;
  CrDecimal allowed = cr_decimal_from_int (grew ? 3 : is_child (r) ? 2 : 5);
  if (is_child (r) && grew)
    return FALSE;
  return cr_decimal_compare (cr_absolute_difference (cm, last), allowed) > 0;
}

static void
check_height (Review *r)
{
  const CrVitalContext *c = r->context;
  const CrVitalValue *value = &r->entry->reading.values[0];
  CrDecimal last = c->last_height_cm;
  if (!last.set || last.units <= 0)
    return;
  const char *meant = swapped_unit (value, last, "[in_i]", "cm");
  if (meant != NULL)
    suggest_unit (r, value, meant);
  if (meant != NULL || height_changed (r, value->canonical, last))
    ask_about_last (r, value, last, c->last_height_on);
}

/* ---- flags ---- */

static void
set_flag (Review *r, const CrVitalBand *band)
{
  r->entry->flag = band != NULL ? band->flag : NULL;
  r->entry->flag_words = band != NULL ? g_strdup (band->word) : NULL;
}

/* Blood pressure takes the worse of its two numbers. */
static void
find_flag (Review *r)
{
  guint n;
  CrVitalReading *reading = &r->entry->reading;
  const CrVitalPart *parts = cr_vital_parts (reading->vital, &n);
  const CrVitalBand *worst = NULL;
  for (guint i = 0; i < n; i++) {
    const CrVitalBand *band =
        cr_vital_band (r->k, parts[i].key, reading->values[i].canonical, r->months, r->context->sex);
    if (cr_vital_band_order (r->k, band) > cr_vital_band_order (r->k, worst))
      worst = band;
  }
  set_flag (r, worst);
  r->entry->range = g_strdup (cr_vital_range (r->k, parts[0].key, r->months, r->context->sex));
}

static void
find_notice (Review *r)
{
  const CrVitalContext *c = r->context;
  if (r->entry->reading.vital != CR_VITAL_TEMP || g_strcmp0 (r->entry->flag, "H") != 0 || r->months < 0)
    return;
  if (cr_date_to_days (c->today) - cr_date_to_days (c->birth_date) < INFANT_DAYS)
    r->entry->notice = g_strdup (_ ("Infant under 60 days with fever – tell the doctor now"));
}

/* ---- echo ---- */

static char *
temperature_echo (const CrVitalValue *value)
{
  const char *other = g_str_equal (value->unit, "Cel") ? "[degF]" : "Cel";
  CrDecimal converted =
      g_str_equal (other, "Cel") ? value->canonical : cr_unit_convert (value->canonical, "Cel", "[degF]");
  g_autofree char *typed = value_text (value);
  g_autofree char *number = cr_decimal_to_text (cr_decimal_round (converted, 1));
  return g_strdup_printf ("%s (%s %s)", typed, number, cr_ucum_display (other));
}

static char *
echo_text (const Review *r)
{
  const CrVitalReading *reading = &r->entry->reading;
  const CrVitalContext *c = r->context;
  switch (reading->vital) {
  case CR_VITAL_BP: {
    g_autofree char *systolic = cr_decimal_to_text (reading->values[0].value);
    g_autofree char *diastolic = cr_decimal_to_text (reading->values[1].value);
    return g_strdup_printf ("%s/%s mmHg", systolic, diastolic);
  }
  case CR_VITAL_TEMP:
    return temperature_echo (&reading->values[0]);
  case CR_VITAL_WEIGHT:
    return cr_weight_text (reading->values[0].canonical, c->birth_date, c->today);
  case CR_VITAL_HEIGHT:
    return cr_height_text (reading->values[0].canonical, c->birth_date, c->today);
  default:
    return value_text (&reading->values[0]);
  }
}

static void
review (Review *r)
{
  CrVitalReading *reading = &r->entry->reading;
  guint n;
  const CrVitalPart *parts = cr_vital_parts (reading->vital, &n);
  for (guint i = 0; i < n; i++)
    check_limits (r, &parts[i], &reading->values[i]);
  if (reading->vital == CR_VITAL_BP)
    check_pressure (r);
  if (reading->vital == CR_VITAL_WEIGHT)
    check_weight (r);
  if (reading->vital == CR_VITAL_HEIGHT)
    check_height (r);
  r->entry->echo = echo_text (r);
  find_flag (r);
  find_notice (r);
}

CrVitalEntry *
cr_vital_enter (const CrKnowledge *k, CrVital vital, const char *typed, const CrVitalContext *context)
{
  g_autoptr (GError) error = NULL;
  CrVitalEntry *entry = g_new0 (CrVitalEntry, 1);
  Review r = { k, context, entry, cr_months_between (context->birth_date, context->today), NULL };
  if (!cr_vital_parse (k, vital, typed, context->units, &entry->reading, &error)) {
    entry->error = g_strdup (error->message);
    return entry;
  }
  if (entry->reading.n == 0)
    return entry;
  r.questions = g_string_new (NULL);
  review (&r);
  gboolean none = r.questions->len == 0 || entry->error != NULL;
  entry->question = g_string_free (r.questions, none);
  return entry;
}

void
cr_vital_entry_free (CrVitalEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->echo);
  g_free (entry->error);
  g_free (entry->question);
  g_free (entry->suggestion);
  g_free (entry->flag_words);
  g_free (entry->range);
  g_free (entry->notice);
  g_free (entry);
}

char *
cr_bmi_question (const CrKnowledge *k, CrDecimal bmi)
{
  const CrVitalLimit *limit = cr_vital_limit (k, "bmi", -1, NULL);
  if (limit == NULL || !bmi.set || cr_within (bmi, limit->soft_low, limit->soft_high))
    return NULL;
  g_autofree char *number = cr_decimal_to_text (bmi);
  return g_strdup_printf (_ ("BMI %s? Check weight and height."), number);
}
