#include "chartroom/domain/record.h"
#include "chartroom/base/text.h"
#include <math.h>
#include <string.h>

static inline gpointer
member (gpointer record, const CrField *field)
{
  return (char *)record + field->offset;
}

static inline gconstpointer
member_const (gconstpointer record, const CrField *field)
{
  return (const char *)record + field->offset;
}

static const char *
code_at (const char *const *codes, int index)
{
  if (index < 0)
    return NULL;
  for (int i = 0; codes[i] != NULL; i++)
    if (i == index)
      return codes[i];
  return NULL;
}

/* Fills in what "absent" looks like where that is not all zero bytes. */
static void
set_absent (const CrRecordClass *klass, gpointer record)
{
  memset (record, 0, klass->size);
  for (guint i = 2; i < klass->n_fields; i++) {
    const CrField *field = &klass->fields[i];
    if (field->type == CR_FIELD_INT)
      *(gint64 *)member (record, field) = CR_INT_NONE;
    else if (field->type == CR_FIELD_REAL)
      *(double *)member (record, field) = NAN;
  }
}

static void
free_texts (const CrRecordClass *klass, gpointer record)
{
  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].type == CR_FIELD_TEXT)
      g_free (*(char **)member (record, &klass->fields[i]));
}

static gboolean
decimals_equal (const CrDecimal *a, const CrDecimal *b)
{
  if (a->set != b->set)
    return FALSE;
  return !a->set || (a->units == b->units && a->scale == b->scale);
}

static gboolean
reals_equal (double a, double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

static gboolean
dates_equal (const CrDate *a, const CrDate *b)
{
  return a->year == b->year && a->month == b->month && a->day == b->day;
}

static gboolean
field_equal (const CrField *field, gconstpointer a, gconstpointer b)
{
  gconstpointer x = member_const (a, field), y = member_const (b, field);
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INT:
  case CR_FIELD_INSTANT:
    return *(const gint64 *)x == *(const gint64 *)y;
  case CR_FIELD_BOOL:
    return !*(const gboolean *)x == !*(const gboolean *)y;
  case CR_FIELD_REAL:
    return reals_equal (*(const double *)x, *(const double *)y);
  case CR_FIELD_TEXT:
    return g_strcmp0 (*(const char *const *)x, *(const char *const *)y) == 0;
  case CR_FIELD_DATE:
    return dates_equal (x, y);
  case CR_FIELD_DECIMAL:
    return decimals_equal (x, y);
  case CR_FIELD_ENUM:
    return *(const int *)x == *(const int *)y;
  default:
    g_assert_not_reached ();
  }
}

/* Room for any number as text. */
typedef char NumberText[G_ASCII_DTOSTR_BUF_SIZE];

/* By hand: the history writes several of these with every row of an import. */
static const char *
print_integer (gint64 value, NumberText buffer)
{
  char *p = buffer + sizeof (NumberText);
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
  *--p = '\0';
  do
    *--p = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--p = '-';
  return p;
}

/* The shortest of 15, 16 or 17 digits that reads back as the same double. */
static const char *
print_real (double value, NumberText buffer)
{
  static const char *const FORMATS[] = { "%.15g", "%.16g", "%.17g" };
  if (!isfinite (value))
    return NULL;
  if (fabs (value) < 1e15 && value == trunc (value) && !signbit (value))
    return print_integer ((gint64)value, buffer);
  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++) {
    g_ascii_formatd (buffer, sizeof (NumberText), FORMATS[i], value);
    if (g_ascii_strtod (buffer, NULL) == value)
      break;
  }
  return buffer;
}

/* The value's text: borrowed from the record, the codes or buffer, or new in *made; NULL when absent. */
static const char *
field_text (const CrField *field, gconstpointer record, NumberText buffer, char **made)
{
  gconstpointer where = member_const (record, field);
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INSTANT:
    return *(const gint64 *)where == 0 ? NULL : print_integer (*(const gint64 *)where, buffer);
  case CR_FIELD_INT:
    return *(const gint64 *)where == CR_INT_NONE ? NULL : print_integer (*(const gint64 *)where, buffer);
  case CR_FIELD_BOOL:
    return *(const gboolean *)where ? "true" : "false";
  case CR_FIELD_REAL:
    return print_real (*(const double *)where, buffer);
  case CR_FIELD_TEXT:
    return *(const char *const *)where;
  case CR_FIELD_DATE:
    return *made = cr_date_is_set (*(const CrDate *)where) ? cr_date_to_iso (*(const CrDate *)where) : NULL;
  case CR_FIELD_DECIMAL:
    return *made = ((const CrDecimal *)where)->set ? cr_decimal_to_text (*(const CrDecimal *)where) : NULL;
  case CR_FIELD_ENUM:
    return code_at (field->codes, *(const int *)where);
  default:
    g_assert_not_reached ();
  }
}

static void
append_escaped (GString *out, char c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (out, "\\%c", c);
  else if (c == '\n')
    g_string_append (out, "\\n");
  else if (c == '\t')
    g_string_append (out, "\\t");
  else
    g_string_append_printf (out, "\\u%04x", (guint)(guchar)c);
}

/* JSON text of valid UTF-8; a byte that is not becomes U+FFFD. */
static void
append_json_string (GString *out, const char *text)
{
  g_autofree char *repaired = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  const char *start = repaired != NULL ? repaired : text;
  g_string_append_c (out, '"');
  for (const char *p = start;; p++) {
    if ((guchar)*p >= 0x20 && *p != '"' && *p != '\\')
      continue;
    g_string_append_len (out, start, p - start);
    start = p + 1;
    if (*p == '\0')
      break;
    append_escaped (out, *p);
  }
  g_string_append_c (out, '"');
}

static gboolean
is_bare_in_json (CrFieldType type)
{
  return type == CR_FIELD_INT || type == CR_FIELD_BOOL || type == CR_FIELD_REAL || type == CR_FIELD_INSTANT;
}

static gboolean
parse_integer (const char *text, gint64 *out)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64 + 1, G_MAXINT64, out, NULL);
}

static gboolean
parse_bool (const char *text, gboolean *out)
{
  gboolean is_true = g_str_equal (text, "true");
  if (!is_true && !g_str_equal (text, "false"))
    return FALSE;
  *out = is_true;
  return TRUE;
}

static gboolean
parse_real (const char *text, double *out)
{
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value))
    return FALSE;
  *out = value;
  return TRUE;
}

static gboolean
parse_date (const char *text, CrDate *out)
{
  CrDate value;
  if (!cr_date_from_iso (text, &value))
    return FALSE;
  *out = value;
  return TRUE;
}

static gboolean
parse_decimal (const char *text, CrDecimal *out)
{
  CrDecimal value;
  if (!cr_decimal_parse (text, &value))
    return FALSE;
  *out = value;
  return TRUE;
}

static gboolean
parse_code (const char *const *codes, const char *text, int *out)
{
  int index = cr_code_index (codes, text);
  if (index < 0)
    return FALSE;
  *out = index;
  return TRUE;
}

static gboolean
replace_text (char **where, const char *text)
{
  g_free (*where);
  *where = g_strdup (text);
  return TRUE;
}

static void
set_field_absent (const CrField *field, gpointer where)
{
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INSTANT:
    *(gint64 *)where = 0;
    return;
  case CR_FIELD_INT:
    *(gint64 *)where = CR_INT_NONE;
    return;
  case CR_FIELD_BOOL:
    *(gboolean *)where = FALSE;
    return;
  case CR_FIELD_REAL:
    *(double *)where = NAN;
    return;
  case CR_FIELD_TEXT:
    replace_text (where, NULL);
    return;
  case CR_FIELD_DATE:
    *(CrDate *)where = CR_DATE_NONE;
    return;
  case CR_FIELD_DECIMAL:
    *(CrDecimal *)where = CR_DECIMAL_NONE;
    return;
  case CR_FIELD_ENUM:
    *(int *)where = 0;
    return;
  default:
    g_assert_not_reached ();
  }
}

gpointer
cr_record_new (const CrRecordClass *klass)
{
  gpointer record = g_malloc (klass->size);
  set_absent (klass, record);
  return record;
}

gpointer
cr_record_copy (const CrRecordClass *klass, gconstpointer record)
{
  if (record == NULL)
    return NULL;
  gpointer copy = g_memdup2 (record, klass->size);
  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].type == CR_FIELD_TEXT) {
      char **text = member (copy, &klass->fields[i]);
      *text = g_strdup (*text);
    }
  return copy;
}

void
cr_record_clear (const CrRecordClass *klass, gpointer record)
{
  free_texts (klass, record);
  set_absent (klass, record);
}

void
cr_record_free (const CrRecordClass *klass, gpointer record)
{
  if (record == NULL)
    return;
  free_texts (klass, record);
  g_free (record);
}

gboolean
cr_record_equal (const CrRecordClass *klass, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < klass->n_fields; i++)
    if (i != 1 && !field_equal (&klass->fields[i], a, b))
      return FALSE;
  return TRUE;
}

char **
cr_record_diff (const CrRecordClass *klass, gconstpointer before, gconstpointer after)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < klass->n_fields; i++)
    if (i != 1 && !field_equal (&klass->fields[i], before, after))
      g_strv_builder_add (names, klass->fields[i].name);
  return g_strv_builder_end (names);
}

char *
cr_record_to_json (const CrRecordClass *klass, gconstpointer record)
{
  GString *json = g_string_sized_new (512);
  g_string_append_c (json, '{');
  for (guint i = 0; i < klass->n_fields; i++) {
    const CrField *field = &klass->fields[i];
    NumberText buffer;
    g_autofree char *made = NULL;
    const char *text = field_text (field, record, buffer, &made);
    if (text == NULL)
      continue;
    if (json->len > 1)
      g_string_append_c (json, ',');
    g_string_append_c (json, '"');
    g_string_append (json, field->name);
    g_string_append_c (json, '"');
    g_string_append_c (json, ':');
    if (is_bare_in_json (field->type))
      g_string_append (json, text);
    else
      append_json_string (json, text);
  }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

const CrField *
cr_record_field (const CrRecordClass *klass, const char *name)
{
  for (guint i = 0; i < klass->n_fields; i++)
    if (g_str_equal (klass->fields[i].name, name))
      return &klass->fields[i];
  return NULL;
}

char *
cr_field_to_text (const CrField *field, gconstpointer record)
{
  NumberText buffer;
  char *made = NULL;
  const char *text = field_text (field, record, buffer, &made);
  return made != NULL ? made : g_strdup (text);
}

gboolean
cr_field_set_text (const CrField *field, gpointer record, const char *text)
{
  gpointer where = member (record, field);
  if (text == NULL) {
    set_field_absent (field, where);
    return TRUE;
  }
  switch (field->type) {
  case CR_FIELD_ID:
  case CR_FIELD_INT:
  case CR_FIELD_INSTANT:
    return parse_integer (text, where);
  case CR_FIELD_BOOL:
    return parse_bool (text, where);
  case CR_FIELD_REAL:
    return parse_real (text, where);
  case CR_FIELD_TEXT:
    return replace_text (where, text);
  case CR_FIELD_DATE:
    return parse_date (text, where);
  case CR_FIELD_DECIMAL:
    return parse_decimal (text, where);
  case CR_FIELD_ENUM:
    return parse_code (field->codes, text, where);
  default:
    g_assert_not_reached ();
  }
}

int
cr_code_index (const char *const *codes, const char *code)
{
  for (int i = 0; code != NULL && codes[i] != NULL; i++)
    if (g_str_equal (codes[i], code))
      return i;
  return -1;
}
