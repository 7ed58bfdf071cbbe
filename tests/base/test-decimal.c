/* Decimals: exact from what was typed to what is shown. */
#include "chartroom/base/decimal.h"

#include <math.h>

static CrDecimal
decimal (const char *typed)
{
  CrDecimal read;
  if (!cr_decimal_parse (typed, &read))
    g_error ("not a decimal: %s", typed);
  return read;
}

static void
assert_text (CrDecimal got, const char *want)
{
  g_autofree char *text = cr_decimal_to_text (got);
  g_assert_cmpstr (text, ==, want);
}

static void
test_parse (void)
{
  static const struct {
    const char *typed, *text, *dose;
  } rows[] = {
    { "5", "5", "5" },
    { "0.50", "0.50", "0.5" },
    { ".5", "0.5", "0.5" },
    { "5.0", "5.0", "5" },
    { "4.00", "4.00", "4" },
    { "0", "0", "0" },
    { "0.00", "0.00", "0" },
    { "1,000", "1000", "1,000" },
    { "1000", "1000", "1,000" },
    { "12,345,678", "12345678", "12,345,678" },
    { "999", "999", "999" },
    { "1,234.50", "1234.50", "1,234.5" },
    { " 7.25 ", "7.25", "7.25" },
    { "007", "7", "7" },
    { "-2.5", "-2.5", "-2.5" },
    { "−2.5", "-2.5", "-2.5" },
    { "+2.5", "2.5", "2.5" },
    { "-1,000", "-1000", "-1,000" },
    { "0.000000001", "0.000000001", "0.000000001" },
    { "123456789012345", "123456789012345", "123,456,789,012,345" },
    { "123456.789012345", "123456.789012345", "123,456.789012345" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CrDecimal read = decimal (rows[i].typed);
    g_autofree char *dose = cr_decimal_format_dose (read);
    assert_text (read, rows[i].text);
    g_assert_cmpstr (dose, ==, rows[i].dose);
  }
}

static void
test_refuse (void)
{
  static const char *const rows[] = { "",       " ",
                                      ".",      "5.",
                                      "abc",    "1.2.3",
                                      "1,5",    "1,00",
                                      ",100",   "1000,000",
                                      "1,0000", "1,000,00",
                                      "1 000",  "1e3",
                                      "--1",    "-",
                                      "5mg",    "0.0000000001",
                                      "1,,00",  "1.000,5",
                                      "١",      "1234567890123456",
                                      "1,000," };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CrDecimal read = cr_decimal_from_int (9);
    if (cr_decimal_parse (rows[i], &read))
      g_error ("read as a decimal: %s", rows[i]);
    g_assert_false (read.set);
  }
  CrDecimal read;
  g_assert_false (cr_decimal_parse (NULL, &read));
}

static void
test_absent (void)
{
  CrDecimal none = CR_DECIMAL_NONE, one = cr_decimal_from_int (1);
  g_autofree char *dose = cr_decimal_format_dose (none);
  assert_text (none, "");
  g_assert_cmpstr (dose, ==, "");
  g_assert_true (isnan (cr_decimal_to_double (none)));
  g_assert_cmpint (cr_decimal_compare (none, one), <, 0);
  g_assert_cmpint (cr_decimal_compare (one, none), >, 0);
  g_assert_cmpint (cr_decimal_compare (none, none), ==, 0);
  g_assert_false (cr_decimal_multiply (none, one).set);
  g_assert_false (cr_decimal_add (one, none).set);
  g_assert_false (cr_decimal_divide (one, none, 2).set);
  g_assert_false (cr_decimal_round (none, 2).set);
}

static void
test_compare (void)
{
  static const char *const rising[] = { "-3", "-2.5", "-0.1", "0", "0.001", "0.5", "4.99", "5", "1,000" };
  for (guint i = 0; i < G_N_ELEMENTS (rising); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rising); j++)
      g_assert_cmpint (cr_decimal_compare (decimal (rising[i]), decimal (rising[j])), ==, (i > j) - (i < j));
  g_assert_cmpint (cr_decimal_compare (decimal ("5"), decimal ("5.00")), ==, 0);
  g_assert_cmpint (cr_decimal_compare (cr_decimal_from_int (G_MAXINT64), decimal ("0.000000001")), >, 0);
}

static void
test_arithmetic (void)
{
  assert_text (cr_decimal_add (decimal ("0.1"), decimal ("0.2")), "0.3");
  assert_text (cr_decimal_add (decimal ("1.25"), decimal ("-1")), "0.25");
  assert_text (cr_decimal_multiply (decimal ("15"), decimal ("8.35")), "125.25");
  assert_text (cr_decimal_multiply (decimal ("-0.5"), decimal ("0.5")), "-0.25");
  assert_text (cr_decimal_multiply (decimal ("0.00001"), decimal ("0.00005")),
               "0.000000001"); /* 5 × 10^-10 */

  /* 125.25 mg of a suspension with 250 mg in 5 mL. */
  CrDecimal volume =
      cr_decimal_divide (cr_decimal_multiply (decimal ("125.25"), decimal ("5")), decimal ("250"), 4);
  assert_text (volume, "2.5050");
  assert_text (cr_decimal_round (volume, 1), "2.5");
}

static void
test_divide_and_round (void)
{
  static const struct {
    const char *a, *b;
    int scale;
    const char *text;
  } rows[] = {
    { "1", "3", 2, "0.33" },
    { "2", "3", 2, "0.67" },
    { "1", "8", 2, "0.13" },
    { "-1", "8", 2, "-0.13" },
    { "1", "-8", 2, "-0.13" },
    { "-1", "-8", 2, "0.13" },
    { "10", "4", 0, "3" },
    { "9", "4", 0, "2" },
    { "0", "7", 3, "0.000" },
    { "0.5", "0.25", 0, "2" },
    { "184", "2.2046", 1, "83.5" },
    { "0.000000001", "3", 0, "0" },
    { "1", "0.000000003", 9, "333333333.333333333" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_text (cr_decimal_divide (decimal (rows[i].a), decimal (rows[i].b), rows[i].scale), rows[i].text);

  assert_text (cr_decimal_round (decimal ("2.45"), 1), "2.5");
  assert_text (cr_decimal_round (decimal ("2.449"), 1), "2.4");
  assert_text (cr_decimal_round (decimal ("-2.45"), 1), "-2.5");
  assert_text (cr_decimal_round (decimal ("9.99"), 0), "10");
  assert_text (cr_decimal_round (decimal ("2"), 2), "2.00");
}

/* What cannot be held or does not exist is absent, never wrong. */
static void
test_limits (void)
{
  CrDecimal most = cr_decimal_from_int (G_MAXINT64), zero = decimal ("0.00");
  g_assert_false (cr_decimal_divide (most, zero, 2).set);
  g_assert_false (cr_decimal_multiply (most, decimal ("2")).set);
  g_assert_false (cr_decimal_add (most, decimal ("1")).set);
  g_assert_false (cr_decimal_add (most, decimal ("0.1")).set);
  g_assert_false (cr_decimal_round (most, 9).set);
  g_assert_false (cr_decimal_divide (most, decimal ("0.000000001"), 9).set);
  assert_text (cr_decimal_from_int (G_MININT64), "-9223372036854775808");
}

static void
test_double (void)
{
  g_assert_true (cr_decimal_to_double (decimal ("0.1")) == 0.1);
  g_assert_true (cr_decimal_to_double (decimal ("98.60")) == 98.6);
  g_assert_true (cr_decimal_to_double (decimal ("-1,234.5")) == -1234.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/parse", test_parse);
  g_test_add_func ("/decimal/refuse", test_refuse);
  g_test_add_func ("/decimal/absent", test_absent);
  g_test_add_func ("/decimal/compare", test_compare);
  g_test_add_func ("/decimal/arithmetic", test_arithmetic);
  g_test_add_func ("/decimal/divide-and-round", test_divide_and_round);
  g_test_add_func ("/decimal/limits", test_limits);
  g_test_add_func ("/decimal/double", test_double);
  return g_test_run ();
}
