#include "src/ui/chart/vitals-table.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <math.h>

typedef struct {
  CrVitalsColumn head;
  const CrObservation *cells[CR_VITALS_ROWS];
  const CrObservation *diastolic;
} Column;

struct _CrVitalsTable {
  const CrChartRecords *records;
  const CrKnowledge *knowledge;
  CrClock *clock;
  CrUnits units;
  GArray *columns; /* Column, oldest first */
};

/* ---- building ---- */

static gboolean
counts (const CrObservation *o)
{
  return o->status != CR_OBS_CANCELLED && o->status != CR_OBS_ERROR;
}

static gboolean
row_of (const CrObservation *o, guint *row)
{
  CrVital vital;
  *row = CR_VITALS_BMI;
  if (g_strcmp0 (o->code, CR_LOINC_BMI) == 0)
    return TRUE;
  if (!cr_vital_of_code (o->code, &vital))
    return FALSE;
  *row = vital;
  return g_strcmp0 (o->code, CR_LOINC_BP_PANEL) != 0;
}

static Column *
last_column (CrVitalsTable *self)
{
  return self->columns->len > 0 ? &g_array_index (self->columns, Column, self->columns->len - 1) : NULL;
}

static const CrObservation **
cell_for (Column *column, const CrObservation *o, guint row)
{
  return g_strcmp0 (o->code, CR_LOINC_DIASTOLIC) == 0 ? &column->diastolic : &column->cells[row];
}

/* Newest first comes in: a day's values share a column until one of them was measured before. */
static void
place (CrVitalsTable *self, const CrObservation *o, gboolean by_day)
{
  Column *last = last_column (self);
  Column fresh = { 0 };
  gboolean same_day;
  guint row;
  if (!counts (o) || !row_of (o, &row) || o->taken_at == CR_INSTANT_NONE)
    return;
  fresh.head.date = cr_clock_date_of (self->clock, o->taken_at);
  fresh.head.minute = cr_clock_minute_of (self->clock, o->taken_at);
  same_day = last != NULL && cr_date_compare (last->head.date, fresh.head.date) == 0;
  if (same_day && *cell_for (last, o, row) == NULL) {
    *cell_for (last, o, row) = o;
    return;
  }
  if (same_day && by_day)
    return; /* the newer one is there */
  if (same_day)
    last->head.more = fresh.head.more = TRUE;
  g_array_append_val (self->columns, fresh);
  *cell_for (last_column (self), o, row) = o;
}

static void
reverse (GArray *columns)
{
  for (guint i = 0; i < columns->len / 2; i++) {
    Column *a = &g_array_index (columns, Column, i);
    Column *b = &g_array_index (columns, Column, columns->len - 1 - i);
    Column keep = *a;
    *a = *b;
    *b = keep;
  }
}

CrVitalsTable *
cr_vitals_table_new (const CrChartRecords *records, const CrKnowledge *knowledge, CrClock *clock,
                     gboolean by_day)
{
  CrVitalsTable *self = g_new0 (CrVitalsTable, 1);
  self->records = records;
  self->knowledge = knowledge;
  self->clock = clock;
  self->units = cr_units_for (records->patient->birth_date, cr_clock_today (clock));
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  for (guint i = 0; i < records->vitals->len; i++)
    place (self, records->vitals->pdata[i], by_day);
  reverse (self->columns);
  return self;
}

void
cr_vitals_table_free (CrVitalsTable *self)
{
  g_array_unref (self->columns);
  g_free (self);
}

/* ---- reading ---- */

static const Column *
peek (CrVitalsTable *self, guint column)
{
  return &g_array_index (self->columns, Column, column);
}

guint
cr_vitals_table_columns (CrVitalsTable *self)
{
  return self->columns->len;
}

const CrVitalsColumn *
cr_vitals_table_column (CrVitalsTable *self, guint column)
{
  return &peek (self, column)->head;
}

/* Unit a row is shown in; NULL: as it was typed. */
static const char *
ucum_of (const CrVitalsTable *self, guint row)
{
  gboolean metric = self->units == CR_UNITS_METRIC;
  switch (row) {
  case CR_VITAL_TEMP:
    return cr_units_get () == CR_UNITS_METRIC ? "Cel" : "[degF]";
  case CR_VITAL_WEIGHT:
    return metric ? "kg" : "[lb_av]";
  case CR_VITAL_HEIGHT:
    return metric ? "cm" : "[in_i]";
  case CR_VITAL_HEAD:
    return "cm";
  default:
    return NULL;
  }
}

static CrDecimal
canonical_of (const CrObservation *o)
{
  CrDecimal value = CR_DECIMAL_NONE;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isnan (o->number))
    cr_decimal_parse (g_ascii_formatd (digits, sizeof digits, "%.2f", o->number), &value);
  return value;
}

/* Unit of the stored canonical number of a row. */
static const char *
canonical_ucum (guint row)
{
  switch (row) {
  case CR_VITAL_TEMP:
    return "Cel";
  case CR_VITAL_WEIGHT:
    return "kg";
  case CR_VITAL_HEIGHT:
  case CR_VITAL_HEAD:
    return "cm";
  default:
    return NULL;
  }
}

static int
places_of (guint row)
{
  gboolean whole = row == CR_VITAL_BP || row == CR_VITAL_PULSE || row == CR_VITAL_RESP ||
                   row == CR_VITAL_SPO2 || row == CR_VITAL_PAIN || row == CR_VITAL_GLUCOSE;
  return whole ? 0 : 1;
}

/* Digits as typed, unless a machine sent more of them than anybody measures; the detail has them all. */
static char *
own_text (const CrObservation *o, guint row)
{
  const char *point = o->value != NULL ? strchr (o->value, '.') : NULL;
  CrDecimal canonical = canonical_of (o);
  if (point == NULL || strlen (point + 1) <= 2 || !canonical.set)
    return g_strdup (o->value);
  return cr_decimal_to_text (cr_decimal_round (canonical, places_of (row)));
}

/* Where the unit is not the row's own the value is converted, and never shown under a unit it does not have.
 */
static char *
value_text (const CrVitalsTable *self, const CrObservation *o, guint row)
{
  const char *unit = ucum_of (self, row);
  CrDecimal value, shown;
  if (unit == NULL)
    return own_text (o, row);
  if (o->unit != NULL && g_str_equal (unit, o->unit) && cr_decimal_parse (o->value, &value) &&
      value.scale <= 2)
    return g_strdup (o->value);
  shown = cr_unit_convert (canonical_of (o), canonical_ucum (row), unit);
  return shown.set ? cr_decimal_to_text (cr_decimal_round (shown, 1)) : cr_observation_value (o);
}

static const char *
flag_of (const CrVitalsTable *self, const CrObservation *o, const char **words)
{
  const CrPatient *p = self->records->patient;
  const char *flag = cr_vital_flag (self->knowledge, o->code, canonical_of (o), p->birth_date, p->sex,
                                    cr_clock_date_of (self->clock, o->taken_at), words);
  return o->flag != NULL ? o->flag : flag;
}

static char *
pressure_text (CrVitalsTable *self, const Column *column, const char **flag, const char **words)
{
  const CrObservation *systolic = column->cells[CR_VITAL_BP], *diastolic = column->diastolic;
  const char *words_low = NULL;
  const char *low = diastolic != NULL ? flag_of (self, diastolic, &words_low) : NULL;
  g_autofree char *high_text = systolic != NULL ? own_text (systolic, CR_VITAL_BP) : g_strdup ("–");
  g_autofree char *low_text = diastolic != NULL ? own_text (diastolic, CR_VITAL_BP) : g_strdup ("–");
  if (systolic == NULL && diastolic == NULL)
    return NULL;
  *flag = systolic != NULL ? flag_of (self, systolic, words) : NULL;
  if (*flag == NULL && low != NULL) {
    *flag = low;
    *words = words_low;
  }
  return g_strdup_printf ("%s/%s", high_text, low_text);
}

/* The column's height, or the newest one before it. */
static CrDecimal
height_at (CrVitalsTable *self, guint column)
{
  for (guint i = column + 1; i > 0; i--)
    if (peek (self, i - 1)->cells[CR_VITAL_HEIGHT] != NULL)
      return canonical_of (peek (self, i - 1)->cells[CR_VITAL_HEIGHT]);
  return CR_DECIMAL_NONE;
}

static char *
bmi_text (CrVitalsTable *self, guint column)
{
  const Column *at = peek (self, column);
  CrDecimal bmi;
  if (at->cells[CR_VITALS_BMI] != NULL)
    return own_text (at->cells[CR_VITALS_BMI], CR_VITALS_BMI);
  if (at->cells[CR_VITAL_WEIGHT] == NULL)
    return NULL;
  bmi = cr_bmi (canonical_of (at->cells[CR_VITAL_WEIGHT]), height_at (self, column));
  return bmi.set ? cr_decimal_to_text (bmi) : NULL;
}

char *
cr_vitals_table_text (CrVitalsTable *self, guint row, guint column, const char **flag, const char **words)
{
  const Column *at = peek (self, column);
  const char *ignored = NULL;
  flag = flag != NULL ? flag : &ignored;
  words = words != NULL ? words : &ignored;
  *flag = *words = NULL;
  if (row == CR_VITAL_BP)
    return pressure_text (self, at, flag, words);
  if (row == CR_VITALS_BMI)
    return bmi_text (self, column);
  if (at->cells[row] == NULL)
    return NULL;
  *flag = flag_of (self, at->cells[row], words);
  return value_text (self, at->cells[row], row);
}

char *
cr_vitals_table_detail (CrVitalsTable *self, guint row, guint column)
{
  const Column *at = peek (self, column);
  const CrObservation *o = at->cells[row] != NULL || row != CR_VITAL_BP ? at->cells[row] : at->diastolic;
  const char *words = NULL, *flag = NULL;
  g_autofree char *text = cr_vitals_table_text (self, row, column, &flag, &words);
  g_autofree char *day = cr_date_format (at->head.date);
  GString *detail;
  if (text == NULL)
    return NULL;
  detail = g_string_new (NULL);
  g_string_append_printf (detail, "%s %s %s, %s", cr_vitals_label (row), text, cr_vitals_unit (self, row),
                          day);
  if (o != NULL) {
    const CrPerson *who = cr_chart_records_person (self->records, o->recorded_by);
    g_autofree char *minute = cr_minute_format (cr_clock_minute_of (self->clock, o->taken_at));
    g_autofree char *name = who != NULL ? cr_person_short (who) : NULL;
    g_string_append_printf (detail, " %s", minute);
    g_string_append_printf (detail, "%s%s", name != NULL ? ", " : "", name != NULL ? name : "");
    g_string_append_printf (detail, _ (", recorded as %s"), o->value);
    g_string_append_printf (detail, "%s%s", o->method != NULL ? ", " : "",
                            o->method != NULL ? o->method : "");
  } else {
    g_string_append_printf (detail, ", %s", _ ("computed"));
  }
  if (words != NULL)
    g_string_append_printf (detail, " – %s", words);
  return g_string_free (detail, FALSE);
}

gboolean
cr_vitals_table_has (CrVitalsTable *self, guint row)
{
  for (guint i = 0; i < self->columns->len; i++) {
    g_autofree char *text = cr_vitals_table_text (self, row, i, NULL, NULL);
    if (text != NULL)
      return TRUE;
  }
  return FALSE;
}

char *
cr_vitals_table_last (CrVitalsTable *self, guint row, CrDate *on)
{
  for (guint i = self->columns->len; i > 0; i--) {
    char *text = cr_vitals_table_text (self, row, i - 1, NULL, NULL);
    if (text != NULL) {
      *on = peek (self, i - 1)->head.date;
      return text;
    }
  }
  return NULL;
}

const char *
cr_vitals_label (guint row)
{
  return row == CR_VITALS_BMI ? _ ("BMI") : cr_vital_label (row);
}

const char *
cr_vitals_unit (const CrVitalsTable *self, guint row)
{
  if (row == CR_VITALS_BMI)
    return "kg/m²";
  return cr_vital_unit (row, row == CR_VITAL_TEMP ? cr_units_get () : self->units);
}
