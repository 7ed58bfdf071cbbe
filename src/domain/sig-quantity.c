/* How much the directions use up.  Exact decimals throughout. */
#include "sig.h"
#include "chartroom/domain/medication.h"

#define RATE_DIGITS 6 /* of a daily amount that does not come out even: 1 tablet weekly */

static CrDecimal
largest_dose (const CrSig *sig)
{
  CrDecimal dose = sig->dose_high.set ? sig->dose_high : sig->dose;
  return dose.set && dose.units > 0 ? dose : CR_DECIMAL_NONE;
}

static CrDecimal
smaller (CrDecimal a, CrDecimal b)
{
  if (!a.set || !b.set)
    return a.set ? a : b;
  return cr_decimal_compare (a, b) <= 0 ? a : b;
}

static CrDecimal
round_up (CrDecimal d)
{
  if (!d.set)
    return d;
  CrDecimal whole = cr_decimal_round (d, 0);
  return cr_decimal_compare (whole, d) < 0 ? cr_decimal_add (whole, cr_decimal_from_int (1)) : whole;
}

static CrDecimal
maximum_for (const CrSig *sig, gint64 days)
{
  if (sig->max_per_day == CR_INT_NONE || sig->max_per_day <= 0)
    return CR_DECIMAL_NONE;
  return cr_decimal_multiply (cr_decimal_from_int (sig->max_per_day), cr_decimal_from_int (days));
}

/* Doses begun within so many days. */
static gint64
doses_in (CrFrequency f, gint64 days)
{
  return f.days == 0 ? f.times : (f.times * days + f.days - 1) / f.days;
}

CrDecimal
cr_sig_units_per_day (const CrSig *sig)
{
  CrFrequency f;
  CrDecimal dose = largest_dose (sig);
  if (!dose.set)
    return CR_DECIMAL_NONE;
  if (!cr_frequency_parse (sig->frequency, &f))
    return sig->as_needed && sig->frequency == NULL ? maximum_for (sig, 1) : CR_DECIMAL_NONE;
  CrDecimal amount = cr_decimal_multiply (dose, cr_decimal_from_int (f.times));
  if (f.days > 1)
    amount = cr_decimal_divide (amount, cr_decimal_from_int (f.days), RATE_DIGITS);
  return smaller (amount, maximum_for (sig, 1));
}

CrDecimal
cr_sig_quantity_for (const CrSig *sig, gint64 days)
{
  CrFrequency f;
  CrDecimal dose = largest_dose (sig);
  if (!dose.set || days <= 0 || days > G_MAXINT)
    return CR_DECIMAL_NONE;
  if (!cr_frequency_parse (sig->frequency, &f))
    return sig->as_needed && sig->frequency == NULL ? maximum_for (sig, days) : CR_DECIMAL_NONE;
  CrDecimal amount = cr_decimal_multiply (dose, cr_decimal_from_int (doses_in (f, days)));
  return round_up (smaller (amount, maximum_for (sig, days)));
}
