/* Text: folding, sounds, slips and the small forms. */
#include "chartroom/base/text.h"

typedef struct {
  const char *text, *want;
} Row;

static void
check_rows (char *(*make) (const char *), const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *got = make (rows[i].text);
    if (g_strcmp0 (got, rows[i].want) != 0)
      g_error ("“%s” becomes “%s”, not “%s”", rows[i].text, got, rows[i].want);
  }
}

static void
test_fold (void)
{
  static const Row rows[] = {
    { NULL, "" },
    { "", "" },
    { "  ", "" },
    { "Garcia", "garcia" },
    { "GARCÍA", "garcia" },
    { "Garci\u0301a", "garcia" }, /* a combining accent */
    { "  Mary \t Ann  ", "mary ann" },
    { "O'Brien", "obrien" },
    { "O’Brien", "obrien" },
    { "Garcia-Lopez", "garcialopez" },
    { "García–López", "garcialopez" },
    { "Weiß", "weiss" },
    { "WEISS", "weiss" },
    { "Søren Ødegård", "soren odegard" },
    { "Łukasz", "lukasz" },
    { "Đặng", "dang" },
    { "Æthelred", "aethelred" },
    { "Œuvre", "oeuvre" },
    { "Þórður", "thordur" },
    { "Iğdır", "igdir" },
    { "İnci", "inci" },
    { "Nguyễn", "nguyen" },
    { "Müller", "muller" },
    { "Ñandú", "nandu" },
    { "Иванов", "иванов" },
    { "Ёлкин", "елкин" },
    { "ΠΑΠΑΔΌΠΟΥΛΟΣ", "παπαδοπουλοσ" },
    { "Mary\u00a0Ann", "mary ann" },
    { "ﬁnch", "finch" },  /* a ligature */
    { "Ｌｅｅ", "lee" },  /* full width */
    { "A\u200db", "ab" }, /* a joiner without a shape */
    { "हिन्दी", "हिन्दी" }, /* vowel signs are letters */
    { "Dr. Lee, Jr.", "dr. lee, jr." },
    { "x\xff", "x\ufffd" },
  };
  check_rows (cr_text_fold, rows, G_N_ELEMENTS (rows));
}

/* Folding again changes nothing: what is stored folded may be folded once more.  Every character of the
 * basic plane is tried. */
static void
test_fold_twice (void)
{
  static const char *const names[] = { "GARCÍA-Marín  Ana", "Þórður Łê", "ẞæŒ ﬃ ™", "הֲלוֹ שָׁלוֹם", "Ǆ ŉ" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *once = cr_text_fold (names[i]);
    g_autofree char *twice = cr_text_fold (once);
    g_assert_cmpstr (once, ==, twice);
  }
  for (gunichar c = 1; c < 0x10000; c++) {
    char text[8] = { 0 };
    if (!g_unichar_validate (c))
      continue;
    g_unichar_to_utf8 (c, text);
    g_autofree char *once = cr_text_fold (text);
    g_autofree char *twice = cr_text_fold (once);
    g_assert_cmpstr (once, ==, twice);
  }
}

/* Nothing that is ASCII may depend on which of the two paths folded it. */
static void
test_fold_paths_agree (void)
{
  for (int c = 1; c < 0x80; c++) {
    g_autofree char *plain = g_strdup_printf ("a%cb", c), *accented = g_strdup_printf ("a%cbé", c);
    g_autofree char *folded = cr_text_fold (plain), *slow = cr_text_fold (accented);
    g_autofree char *want = g_strconcat (folded, "e", NULL);
    g_assert_cmpstr (slow, ==, want);
  }
}

static void
test_sound (void)
{
  static const Row rows[] = {
    { NULL, "" },
    { "", "" },
    { "42", "" },
    { "robert", "R163" },
    { "rupert", "R163" },
    { "rubin", "R150" },
    { "ashcraft", "A261" },
    { "ashcroft", "A261" },
    { "tymczak", "T522" },
    { "pfister", "F236" },
    { "honeyman", "H555" },
    { "garcia", "G620" },
    { "garzia", "G620" },
    { "lee", "L000" },
    { "jackson", "J250" },
    { "washington", "V252" },
    { "gutierrez", "G362" },
    { "иванов", "" },
    { "catherine", "K365" },
    { "katherine", "K365" },
    { "cecil", "S240" },
    { "quinn", "K500" },
    { "christine", "K623" },
    { "knight", "N230" },
    { "wright", "R230" },
    { "geoffrey", "J160" },
    { "jeffrey", "J160" },
    { "ypsilon", "I124" },
    { "stephen", "S315" },
    { "steven", "S315" },
    { "novak", "N120" },
    { "nowak", "N120" },
  };
  check_rows (cr_text_sound, rows, G_N_ELEMENTS (rows));
  static const Row others[] = { { NULL, "" },          { "novak", "" },      { "nowak", "N200" },
                                { "stewart", "S363" }, { "washington", "" }, { "barlow", "" } };
  check_rows (cr_text_sound_other, others, G_N_ELEMENTS (others));
}

static void
test_sounds_alike (void)
{
  static const struct {
    const char *a, *b;
    gboolean alike;
  } rows[] = {
    { "novak", "nowak", TRUE },
    { "stewart", "stuart", TRUE },
    { "philip", "filip", TRUE },
    { "weber", "veber", TRUE },
    { "zoltan", "soltan", TRUE },
    { "yvonne", "ivonne", TRUE },
    { "ximenez", "simenez", TRUE },
    { "smith", "schmidt", TRUE },
    { "kowalski", "kovalsky", TRUE },
    { "garcia", "novak", FALSE },
    { "", "", FALSE },
    { "иванов", "иванов", FALSE },
    { "gimenez", "jimenez", TRUE },
    { "park", "bark", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (cr_text_sounds_alike (rows[i].a, rows[i].b), ==, rows[i].alike);
    g_assert_cmpint (cr_text_sounds_alike (rows[i].b, rows[i].a), ==, rows[i].alike);
  }
}

static void
test_one_edit (void)
{
  static const struct {
    const char *a, *b;
    gboolean within;
  } rows[] = {
    { "", "", TRUE },
    { "", "a", TRUE },
    { "", "ab", FALSE },
    { "garcia", "garcia", TRUE },
    { "garcia", "garzia", TRUE },
    { "garcia", "garca", TRUE },
    { "garcia", "gracia", TRUE },
    { "garcia", "arcia", TRUE },
    { "garcia", "garciaa", TRUE },
    { "garcia", "gacria", TRUE },
    { "garcia", "gazzia", FALSE },
    { "garcia", "garci", TRUE },
    { "garcia", "garc", FALSE },
    { "ab", "ba", TRUE },
    { "abc", "cba", FALSE },
    { "aaaa", "aaa", TRUE },
    { "abab", "baba", FALSE },
    { "иванов", "иваноф", TRUE },
    { "ж", "", TRUE },
    { "жж", "", FALSE },
    { "lee", "kim", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (cr_text_within_one_edit (rows[i].a, rows[i].b), ==, rows[i].within);
    g_assert_cmpint (cr_text_within_one_edit (rows[i].b, rows[i].a), ==, rows[i].within);
  }
}

static void
test_digits_and_upper (void)
{
  static const Row digits[] = {
    { NULL, "" }, { "(503) 555-0142", "5035550142" }, { "no", "" }, { "+1 503", "1503" }, { "٣4", "4" },
  };
  static const Row upper[] = {
    { NULL, "" },
    { "Weiß", "WEISS" },
    { "García", "GARCÍA" },
    { "de la Cruz", "DE LA CRUZ" },
  };
  check_rows (cr_text_digits, digits, G_N_ELEMENTS (digits));
  check_rows (cr_text_upper, upper, G_N_ELEMENTS (upper));
}

static void
test_clean (void)
{
  static const struct {
    const char *text;
    gboolean clean;
  } rows[] = {
    { NULL, TRUE },
    { "", TRUE },
    { "García\n\tAna", TRUE },
    { "a\rb", FALSE },
    { "a\x1b[0m", FALSE },
    { "a\x7f", FALSE },
    { "a\302\205b", FALSE },
    { "a\xff", FALSE },
    { "\xc3", FALSE },
    { "👩‍⚕️", TRUE },
    { "a\u202eb", TRUE },
    { "a\u2066b\u2069", TRUE },
    { "שלום", TRUE },
    { "王小明", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *cleaned = cr_text_clean (rows[i].text);
    g_assert_cmpint (cr_text_is_clean (rows[i].text), ==, rows[i].clean);
    g_assert_true (cr_text_is_clean (cleaned));
    g_assert_false (cr_text_has_turns (cleaned));
    if (rows[i].clean && !cr_text_has_turns (rows[i].text))
      g_assert_cmpstr (cleaned, ==, rows[i].text);
  }
  g_assert_true (cr_text_has_turns ("a\u202eb"));
  g_assert_true (cr_text_has_turns ("\u2069"));
  g_assert_false (cr_text_has_turns (NULL));
  g_assert_false (cr_text_has_turns ("שלום \u200f"));
  g_autofree char *turned = cr_text_clean ("no \u202enot\u202c\x07 \u2067X\u2069 now\n");
  g_assert_cmpstr (turned, ==, "no not X now\n");
}

static char *
shorten (const char *s)
{
  return cr_text_ellipsis_words (s, 12);
}

static void
test_trim_and_shorten (void)
{
  static const Row trimmed[] = {
    { NULL, NULL },
    { "", "" },
    { " \n ", "" },
    { "  12  Elm\n St ", "12 Elm St" },
    { "\u00a0Lee\u2003", "Lee" },
    { "García", "García" },
  };
  static const Row shortened[] = {
    { NULL, "" },
    { "twelve chars", "twelve chars" },
    { "thirteen char", "thirteen…" },
    { "one two three four", "one two…" },
    { "Pneumonoultra", "Pneumonoult…" },
    { "García López Marín", "García…" },
    { "exactly elev en", "exactly…" },
    { "elevenchars more", "elevenchars…" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (trimmed); i++)
    g_assert_true (cr_text_is_blank (trimmed[i].text) == (i < 3));
  check_rows (cr_text_trim, trimmed, G_N_ELEMENTS (trimmed));
  check_rows (shorten, shortened, G_N_ELEMENTS (shortened));
  g_autofree char *nothing = cr_text_ellipsis_words ("word", 0);
  g_autofree char *mark = cr_text_ellipsis_words ("word", 1);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (mark, ==, "…");
}

static void
test_number_words (void)
{
  static const struct {
    guint n;
    const char *words;
  } rows[] = {
    { 0, "zero" },
    { 1, "one" },
    { 13, "thirteen" },
    { 20, "twenty" },
    { 42, "forty-two" },
    { 90, "ninety" },
    { 100, "one hundred" },
    { 101, "one hundred one" },
    { 365, "three hundred sixty-five" },
    { 1000, "one thousand" },
    { 1005, "one thousand five" },
    { 12340, "twelve thousand three hundred forty" },
    { 100000, "one hundred thousand" },
    { 999999, "nine hundred ninety-nine thousand nine hundred ninety-nine" },
    { 1000000, "1000000" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *words = cr_number_in_words (rows[i].n);
    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/fold-twice", test_fold_twice);
  g_test_add_func ("/text/fold-paths-agree", test_fold_paths_agree);
  g_test_add_func ("/text/sound", test_sound);
  g_test_add_func ("/text/sounds-alike", test_sounds_alike);
  g_test_add_func ("/text/one-edit", test_one_edit);
  g_test_add_func ("/text/digits-and-upper", test_digits_and_upper);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/trim-and-shorten", test_trim_and_shorten);
  g_test_add_func ("/text/number-words", test_number_words);
  return g_test_run ();
}
