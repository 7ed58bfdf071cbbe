/* Decimals as typed: exact, scaled integers; doses and results never pass through binary floats. */
#pragma once
#include <glib.h>

typedef struct {
  gint64 units; /* value × 10^scale */
  gint8 scale;  /* digits after the point, 0–9 */
  gboolean set; /* FALSE: absent */
} CrDecimal;
#define CR_DECIMAL_NONE ((CrDecimal){ 0, 0, FALSE })

/* "0.50", ".5", "1,000", "-2"; at most 15 digits. */
gboolean cr_decimal_parse (const char *typed, CrDecimal *out);
CrDecimal cr_decimal_from_int (gint64 n);
char *cr_decimal_to_text (CrDecimal d); /* as typed: keeps trailing zeros */
/* As a dose is written: 0.5, 5, 1,000 – no trailing zero, comma from 1,000. */
char *cr_decimal_format_dose (CrDecimal d);
double cr_decimal_to_double (CrDecimal d);         /* NAN when absent; for plotting only */
int cr_decimal_compare (CrDecimal a, CrDecimal b); /* absent sorts first; 5 equals 5.00 */
/* Results are absent when an operand is, or when 64 bits cannot hold them.  Halves round away from zero. */
CrDecimal cr_decimal_multiply (CrDecimal a, CrDecimal b); /* rounded to 9 digits after the point */
CrDecimal cr_decimal_add (CrDecimal a, CrDecimal b);
/* a / b rounded to `scale` digits (0–9); absent when b is zero. */
CrDecimal cr_decimal_divide (CrDecimal a, CrDecimal b, int scale);
CrDecimal cr_decimal_round (CrDecimal a, int scale);
