/* What the guard lets through, in which form, and what it says about the rest. */
#include <string.h>
#include "chartroom/base/error.h"
#include "chartroom/exchange/json-guard.h"
#include "json-text.h"

static char *
guard (const char *text, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize)length);
  gsize size = 0;
  char *out = cr_json_guard (bytes, "a.json", &size, error);
  if (out != NULL)
    g_assert_cmpuint (strlen (out), ==, size);
  return out;
}

static void
test_normal_form (void)
{
  static const struct {
    const char *in, *out;
  } cases[] = {
    { "{}", "{}" },
    { " [ ] \n", "[]" },
    { "\xEF\xBB\xBF{\"a\" : true }", "{\"a\":true}" },
    { "[1, -0.50, 1E+3, 0]", "[\"\\u00011\",\"\\u0001-0.50\",\"\\u00011E+3\",\"\\u00010\"]" },
    { "[null,false,\"\"]", "[null,false,\"\"]" },
    { "\"alone\"", "\"alone\"" },
    { "[\"a\\\"b\\\\\\n\\t\"]", "[\"a\\\"b\\\\\\n\\t\"]" },
    { "[\"a\\r\\nb\\rc\\r\"]", "[\"a\\nb\\nc\\n\"]" },
    { "[\"a\\/b\"]", "[\"a/b\"]" },
    { "[\"\\u0001\\u0000\\b\\f\\u001F\"]", "[\"\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\"]" },
    { "[\"\\u000a\\u0041\\u00e9\"]", "[\"\\u000a\\u0041\\u00e9\"]" },
    { "[\"\\ud83d\\ude00\"]", "[\"\\ud83d\\ude00\"]" },
    { "[\"\\ud83d!\\ude00\\ud83d\\u0041\"]", "[\"\\ufffd!\\ufffd\\ufffd\\u0041\"]" },
    { "[\"Zoë €\"]", "[\"Zoë €\"]" },
    { "{\"a\":[{\"b\":{}}],\"c\":[[]]}", "{\"a\":[{\"b\":{}}],\"c\":[[]]}" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *out = guard (cases[i].in, -1, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (out, ==, cases[i].out);
  }
}

static void
test_refusals (void)
{
  static const struct {
    const char *in;
    gssize length;
    const char *says;
  } cases[] = {
    { "", 0, "“a.json” is empty" },
    { "   ", -1, "ends at byte 3" },
    { "{", -1, "ends at byte 1" },
    { "[1,2", -1, "ends at byte 4" },
    { "[\"abc", -1, "ends at byte 5" },
    { "[\"abc\\", -1, "ends at byte 6" },
    { "[\"\\u12", -1, "ends at byte 6" },
    { "[tru", -1, "ends at byte 4" },
    { "[1.", -1, "ends at byte 3" },
    { "[\"\xC3", -1, "ends at byte 3" },
    { "[}", -1, "no value at byte 1" },
    { "[1}", -1, "missing “,” or “]” at byte 2" },
    { "{\"a\":1]", -1, "missing “,” or “}” at byte 6" },
    { "{\"a\" 1}", -1, "missing “:” at byte 5" },
    { "{a:1}", -1, "missing name of a field at byte 1" },
    { "{\"a\":1,}", -1, "missing name of a field at byte 7" },
    { "[1,]", -1, "no value at byte 3" },
    { "{} {}", -1, "more text after the end at byte 3" },
    { "[01]", -1, "missing “,” or “]” at byte 2" },
    { "[+1]", -1, "no value at byte 1" },
    { "[.5]", -1, "no value at byte 1" },
    { "[1.e5]", -1, "incomplete number at byte 3" },
    { "[1e]", -1, "incomplete number at byte 3" },
    { "[0x10]", -1, "missing “,” or “]” at byte 2" },
    { "[NaN]", -1, "no value at byte 1" },
    { "[nulL]", -1, "no value at byte 1" },
    { "['a']", -1, "no value at byte 1" },
    { "[1] // x", -1, "more text after the end at byte 4" },
    { "[\"a\nb\"]", -1, "control character in a text at byte 3" },
    { "[\"\\x41\"]", -1, "unknown escape in a text at byte 3" },
    { "[\"\\uZZZZ\"]", -1, "four hexadecimal digits at byte 3" },
    { "[\"a\0b\"]", 7, "byte 3 does not belong" },
    { "[\"\xFF\"]", -1, "byte 2 does not belong" },
    { "[\"\xC0\x80\"]", -1, "byte 2 does not belong" },
    { "[\"\xED\xA0\x80\"]", -1, "byte 2 does not belong" },
    { "<Bundle/>", -1, "no value at byte 0" },
    { "PK\003\004", -1, "no value at byte 0" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *out = guard (cases[i].in, cases[i].length, &error);
    g_assert_null (out);
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    if (strstr (error->message, cases[i].says) == NULL || strstr (error->message, "a.json") == NULL)
      g_error ("case %u: %s", i, error->message);
  }
}

/* Nested arrays, or objects, `depth` deep. */
static char *
nested (guint depth, gboolean objects)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, objects ? "{\"a\":" : "[");
  g_string_append (text, "1");
  for (guint i = 0; i < depth; i++)
    g_string_append (text, objects ? "}" : "]");
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const guint too_deep[] = { CR_JSON_MAX_DEPTH + 1, 10000, 1000000 };
  for (int objects = 0; objects <= 1; objects++) {
    g_autofree char *deepest = nested (CR_JSON_MAX_DEPTH, objects);
    g_autofree char *passed = guard (deepest, -1, NULL);
    g_assert_nonnull (passed);
    for (guint i = 0; i < G_N_ELEMENTS (too_deep); i++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = nested (too_deep[i], objects);
      g_assert_null (guard (text, -1, &error));
      g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
      g_assert_nonnull (
          strstr (error->message, objects ? "64 levels deep at byte 320" : "64 levels deep at byte 64"));
    }
  }
}

static void
test_sizes (void)
{
  g_autoptr (GError) large = NULL, many = NULL;
  gsize size = (gsize)CR_JSON_MAX_BYTES + 1;
  g_autofree char *blank = g_malloc (size);
  memset (blank, ' ', size);
  g_assert_null (guard (blank, (gssize)size, &large));
  g_assert_error (large, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (large->message, "larger than 64 MiB"));
  gsize length = ((gsize)CR_JSON_MAX_VALUES + 1) * 2;
  for (gsize i = 0; i < length; i++)
    blank[i] = i == 0 ? '[' : i % 2 == 1 ? '1' : ',';
  blank[length] = ']';
  g_assert_null (guard (blank, (gssize)length + 1, &many));
  g_assert_error (many, CR_ERROR, CR_ERROR_INVALID);
  g_assert_nonnull (strstr (many->message, "more than 4194304 values"));
}

static void
test_steps (void)
{
  g_autofree char *text =
      guard ("{\"x\":{\"k\":\"no\"},\"k\":[\"a]\\\"\", {\"b\":[1]}, 2, []],\"k\":3}", -1, NULL);
  JsonText list = json_text_member (text, "k"), at = NULL;
  static const gsize lengths[] = { 6, 17, 9, 2 };
  g_assert_true (json_text_is (list, '['));
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    at = json_text_next (list, at);
    g_assert_nonnull (at);
    g_assert_cmpuint (json_text_length (at), ==, lengths[i]);
  }
  g_assert_null (json_text_next (list, at));
  g_assert_null (json_text_member (text, "kk"));
  g_assert_null (json_text_member (list, "k"));
  g_assert_null (json_text_member (NULL, "k"));
  g_assert_null (json_text_next (text, NULL));
  g_assert_null (json_text_string (list));
  g_autofree char *inner = json_text_string (json_text_member (json_text_member (text, "x"), "k"));
  g_assert_cmpstr (inner, ==, "no");
  g_assert_null (json_text_string (json_text_next (list, NULL))); /* has an escape */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/json-guard/normal-form", test_normal_form);
  g_test_add_func ("/exchange/json-guard/refusals", test_refusals);
  g_test_add_func ("/exchange/json-guard/depth", test_depth);
  g_test_add_func ("/exchange/json-guard/sizes", test_sizes);
  g_test_add_func ("/exchange/json-guard/steps", test_steps);
  return g_test_run ();
}
