/* Words of a narrative; hostile mark-up ends in words too. */
#include <string.h>
#include "plain-text.h"

static void
test_words (void)
{
  static const struct {
    const char *html, *words;
  } cases[] = {
    { "", "" },
    { "<div xmlns=\"http://www.w3.org/1999/xhtml\">Hot flushes</div>", "Hot flushes" },
    { "<p>One</p>\n\n  <p>Two<br/>Three</p>", "One\nTwo\nThree" },
    { "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>x</td><td>5&#160;mg</td></tr></table>",
      "Drug\tDose\nx\t5 mg" },
    { "a &lt; b &amp;amp; c &#x3c0; &unknown; &", "a < b &amp; c π &unknown; &" },
    { "<b>bo</b>ld and <i>slanted</i>", "bold and slanted" },
    { "x<script>alert('<p>no</p>')</script>y<style>p { }</style>z", "xyz" },
    { "<a title=\"1 > 0\">link</a>", "link" },
    { "before<!-- a > b -->after", "beforeafter" },
    { "3 < 4 and 5 > 2", "3 < 4 and 5 > 2" },
    { "<unclosed", "" },
    { "text<script>never closed", "text" },
    { "&#0;&#55296;&#1114112;x&#99999999999;", "x&#99999999999;" },
    { "<ul><li>eins</li><li>zwei</li></ul>", "eins\nzwei" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = plain_text_from_html (cases[i].html);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

/* Any bytes of UTF-8 give UTF-8, and no more of it than a few times their length. */
static void
test_any_text (void)
{
  static const char *const parts[] = { "<", ">", "&",      ";", "#", "x", "\"", "'",
                                       "/", "p", "script", "-", "!", "é", " ",  "\n" };
  GRand *rand = g_rand_new_with_seed (7);
  for (guint round = 0; round < 3000; round++) {
    g_autoptr (GString) html = g_string_new (NULL);
    for (gint i = g_rand_int_range (rand, 0, 60); i > 0; i--)
      g_string_append (html, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
    g_autofree char *words = plain_text_from_html (html->str);
    g_assert_true (g_utf8_validate (words, -1, NULL));
    g_assert_cmpuint (strlen (words), <=, html->len);
  }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/plain-text/words", test_words);
  g_test_add_func ("/exchange/plain-text/any-text", test_any_text);
  return g_test_run ();
}
