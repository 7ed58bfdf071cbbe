/* Paper: cleaning, keeping together, repeating, numbering, and the PDF that comes out. */
#include <string.h>
#include "chartroom/render/paper.h"
#include "pdf.h"

#define MARGIN 54.0

static const CrPaperColumn COLUMNS[] = { { "Test", -2, CR_PAPER_LEFT },
                                         { "Value", 60, CR_PAPER_RIGHT },
                                         { "Unit", -1, CR_PAPER_LEFT } };

static void
add_lines (CrPaper *paper, guint n)
{
  for (guint i = 0; i < n; i++)
    cr_paper_add_text (paper, CR_PAPER_BODY, "A line of text.");
}

static void
add_table (CrPaper *paper, guint n)
{
  cr_paper_begin_table (paper, COLUMNS, G_N_ELEMENTS (COLUMNS));
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("Test number %u", i);
    const char *cells[] = { name, "4.0", "mmol/L" };

    cr_paper_add_row (paper, cells);
  }
  cr_paper_end_table (paper);
}

/* 0-based page on which a row of the document begins; asserts that it is somewhere. */
static guint
page_of_row (CrPaper *paper, guint row, guint *pages)
{
  guint first = G_MAXUINT;

  *pages = 0;
  for (guint page = 0; page < cr_paper_pages (paper); page++) {
    g_autoptr (GArray) boxes = cr_paper_boxes (paper, page);
    gboolean here = FALSE;

    for (guint i = 0; i < boxes->len; i++)
      here = here || g_array_index (boxes, CrPaperBox, i).row == row;
    *pages += here;
    if (here && first == G_MAXUINT)
      first = page;
  }
  g_assert_cmpuint (first, !=, G_MAXUINT);
  return first;
}

static void
assert_boxes_fit (CrPaper *paper)
{
  for (guint page = 0; page < cr_paper_pages (paper); page++) {
    g_autoptr (GArray) boxes = cr_paper_boxes (paper, page);
    CrRect body = cr_paper_body (paper, page);
    double y = body.y;

    for (guint i = 0; i < boxes->len; i++) {
      CrRect rect = g_array_index (boxes, CrPaperBox, i).rect;

      g_assert_cmpfloat (rect.y, >=, y - 0.01); /* below the one before */
      y = rect.y + rect.height;
      g_assert_cmpfloat (y, <=, body.y + body.height + 0.01);
    }
  }
}

static void
test_escape (void)
{
  static const struct {
    const char *text, *escaped;
  } CASES[] = {
    { NULL, "" },
    { "a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;" },
    { "tab\there", "tab here" },
    { "two\nlines", "two\nlines" },
    { "bell\a and \001key\002", "bell and key" },
    { "bad \xff byte", "bad \357\277\275 byte" },
    { "over\342\200\256ride", "override" }, /* U+202E */
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *escaped = cr_paper_escape (CASES[i].text);

    g_assert_cmpstr (escaped, ==, CASES[i].escaped);
  }
}

static void
test_units (void)
{
  static const struct {
    const char *text, *escaped;
  } CASES[] = {
    { "lisinopril 20 mg tablet", "lisinopril [20 mg] tablet" },
    { "1,000 mg, 0.5 mL", "[1,000 mg], [0.5 mL]" },
    { "no number", "no number" },
    { "B12 tablet", "B12 tablet" },
    { "12 < 13", "12 &lt; 13" },
    { "100", "100" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *markup = cr_paper_escape_units (CASES[i].text);
    g_auto (GStrv) opened = g_strsplit (markup, "<span allow_breaks='false'>", -1);
    g_autofree char *half = g_strjoinv ("[", opened);
    g_auto (GStrv) closed = g_strsplit (half, "</span>", -1);
    g_autofree char *shown = g_strjoinv ("]", closed);

    g_assert_cmpstr (shown, ==, CASES[i].escaped);
  }
}

static void
test_empty (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Nothing");
  g_autoptr (GBytes) pdf = pdf_of (paper);

  g_assert_cmpuint (pdf_pages (pdf), ==, 1);
  assert_says (pdf, 0, "Page 1 of 1");
}

static void
test_pages (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Pages");
  g_autoptr (GBytes) pdf = NULL;

  cr_paper_set_identity (paper, "GARCIA, Maria Elena · Born Mar 14, 1961");
  add_lines (paper, 120);
  pdf = pdf_of (paper);
  assert_boxes_fit (paper);
  pdf_assert_inside (pdf, MARGIN);
  g_assert_cmpuint (pdf_pages (pdf), ==, 3);
  g_assert_false (pdf_says (pdf, 0, "GARCIA"));
  for (guint i = 0; i < 3; i++) {
    g_autofree char *number = g_strdup_printf ("Page %u of 3", i + 1);

    assert_says (pdf, i, number);
    if (i > 0)
      assert_says (pdf, i, "GARCIA, Maria Elena");
  }
}

static void
test_breaks (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Breaks");

  cr_paper_add_page_break (paper); /* nothing before it: no empty page */
  add_lines (paper, 2);
  cr_paper_add_page_break (paper);
  add_lines (paper, 2);
  cr_paper_add_page_break (paper); /* nothing after it: no empty page */
  cr_paper_layout (paper);
  g_assert_cmpuint (cr_paper_pages (paper), ==, 2);
}

/* For every number of lines above it, a group, a heading with its text, and a signature stay whole. */
static void
test_keep (void)
{
  for (guint above = 30; above < 50; above++) {
    g_autoptr (CrPaper) paper = cr_paper_new ("Keep");
    guint pages, first, last;

    add_lines (paper, above);
    cr_paper_begin_keep (paper);
    add_lines (paper, 5);
    cr_paper_end_keep (paper);
    cr_paper_add_heading (paper, "Heading", "aside");
    cr_paper_add_text (paper, CR_PAPER_BODY, "Its text.");
    cr_paper_add_signature (paper, "Signature", "Adaeze Okafor, MD", "not valid unless signed by hand");
    cr_paper_layout (paper);
    assert_boxes_fit (paper);
    first = page_of_row (paper, above, &pages);
    last = page_of_row (paper, above + 4, &pages);
    g_assert_cmpuint (first, ==, last);
    first = page_of_row (paper, above + 5, &pages); /* heading */
    last = page_of_row (paper, above + 6, &pages);
    g_assert_cmpuint (first, ==, last);
    first = page_of_row (paper, above + 7, &pages); /* signature */
    last = page_of_row (paper, above + 8, &pages);
    g_assert_cmpuint (first, ==, last);
  }
}

/* A signature never stands alone on a page, without the end of what is signed. */
static void
test_keep_with_next (void)
{
  for (guint above = 30; above < 50; above++) {
    g_autoptr (CrPaper) paper = cr_paper_new ("Signed");
    g_autoptr (GArray) boxes = NULL;
    guint pages, page;

    add_lines (paper, above);
    cr_paper_add_text (paper, CR_PAPER_BODY, "One\ntwo\nthree\nfour\nfive");
    cr_paper_keep_with_next (paper);
    cr_paper_add_text (paper, CR_PAPER_NOTE, "Signed");
    cr_paper_layout (paper);
    page = page_of_row (paper, above + 1, &pages);
    boxes = cr_paper_boxes (paper, page);
    g_assert_cmpuint (g_array_index (boxes, CrPaperBox, boxes->len - 2).row, ==, above);
  }
}

/* A group taller than a page is broken rather than lost. */
static void
test_keep_too_tall (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Tall");
  guint pages;

  add_lines (paper, 3);
  cr_paper_begin_keep (paper);
  add_lines (paper, 100);
  cr_paper_end_keep (paper);
  cr_paper_layout (paper);
  assert_boxes_fit (paper);
  g_assert_cmpuint (cr_paper_pages (paper), ==, 3);
  page_of_row (paper, 102, &pages);
}

/* No first or last line of a paragraph stands alone, wherever the page ends. */
static void
test_widows (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 9; i++)
    g_string_append_printf (text, "%sLine %u of the paragraph.", i > 0 ? "\n" : "", i);
  for (guint above = 30; above < 50; above++) {
    g_autoptr (CrPaper) paper = cr_paper_new ("Widows");

    add_lines (paper, above);
    cr_paper_add_text (paper, CR_PAPER_BODY, text->str);
    cr_paper_layout (paper);
    for (guint page = 0; page < cr_paper_pages (paper); page++) {
      g_autoptr (GArray) boxes = cr_paper_boxes (paper, page);
      CrPaperBox box = g_array_index (boxes, CrPaperBox, boxes->len - 1);

      if (box.row == above)
        g_assert_cmpuint (box.to - box.from, >=, 2);
    }
  }
}

static void
test_table (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Table");
  g_autoptr (GBytes) pdf = NULL;

  cr_paper_begin_section (paper, "results", "Results", "As of Nov 23, 2026");
  add_table (paper, 100);
  pdf = pdf_of (paper);
  assert_boxes_fit (paper);
  pdf_assert_inside (pdf, MARGIN);
  g_assert_cmpuint (pdf_pages (pdf), >, 2);
  for (guint page = 0; page < pdf_pages (pdf); page++) {
    g_autoptr (GArray) boxes = cr_paper_boxes (paper, page);

    assert_says (pdf, page, "Value Unit");
    assert_says (pdf, page, page == 0 ? "Results" : "Results, continued");
    g_assert_cmpuint (g_array_index (boxes, CrPaperBox, boxes->len - 1).row, >=,
                      3); /* never a header at the end */
  }
  for (guint row = 2; row < 102; row++) {
    guint pages;

    page_of_row (paper, row, &pages);
    g_assert_cmpuint (pages, ==, 1);
  }
}

static void
test_short_table_whole (void)
{
  for (guint above = 25; above < 50; above++) {
    g_autoptr (CrPaper) paper = cr_paper_new ("Short table");
    guint pages, first;

    add_lines (paper, above);
    add_table (paper, 6);
    cr_paper_layout (paper);
    first = page_of_row (paper, above, &pages);
    g_assert_cmpuint (page_of_row (paper, above + 6, &pages), ==, first);
  }
}

static void
test_long_cell (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Long cell");
  g_autofree char *word = g_strnfill (3000, 'W');
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; i < 900; i++)
    g_string_append_printf (text, "word%u ", i);
  const char *cells[] = { text->str, word, "Donaudampfschifffahrtsgesellschaftskapitän" };
  cr_paper_begin_table (paper, COLUMNS, G_N_ELEMENTS (COLUMNS));
  cr_paper_add_row (paper, cells);
  cr_paper_end_table (paper);
  pdf = pdf_of (paper);
  assert_boxes_fit (paper);
  pdf_assert_inside (pdf, MARGIN);
  all = pdf_text_all (pdf);
  g_assert_nonnull (strstr (all, "word0 "));
  g_assert_nonnull (strstr (all, "word899"));
}

static void
test_sections (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Sections");
  CrRect area;

  add_lines (paper, 3);
  cr_paper_begin_section (paper, "one", "One", NULL);
  add_lines (paper, 3);
  cr_paper_begin_part (paper, "one-7", "Part seven");
  add_lines (paper, 60);
  cr_paper_begin_section (paper, "two", "Two", NULL);
  add_lines (paper, 3);
  cr_paper_layout (paper);
  g_assert_cmpuint (cr_paper_page_of (paper, "one"), ==, 1);
  g_assert_cmpuint (cr_paper_page_of (paper, "two"), ==, 2);
  g_assert_cmpuint (cr_paper_page_of (paper, "three"), ==, 0);
  g_assert_cmpuint (cr_paper_pages_of (paper, "one-7"), ==, 2);
  g_assert_cmpuint (cr_paper_pages_of (paper, "two"), ==, 1);
  g_assert_false (cr_paper_area_of (paper, "two", 0, &area));
  g_assert_true (cr_paper_area_of (paper, "two", 1, &area));
  g_assert_cmpstr (cr_paper_key_at (paper, 1, area.x + 10, area.y + 2), ==, "two");
  g_assert_null (cr_paper_key_at (paper, 1, 10, area.y + 2));
  g_assert_cmpstr (cr_paper_key_at (paper, 0, 300, cr_paper_body (paper, 0).y + 600), ==, "one-7");
  g_assert_null (cr_paper_key_at (paper, 0, 300, cr_paper_body (paper, 0).y + 5));
}

static void
test_continued_part (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Continued");
  g_autoptr (GBytes) pdf = NULL;

  cr_paper_begin_section (paper, "notes", "Notes", NULL);
  cr_paper_begin_part (paper, "notes-1", "Office visit");
  add_lines (paper, 70);
  cr_paper_add_page_break (paper);
  cr_paper_begin_part (paper, "notes-2", "Phone call");
  cr_paper_add_heading (paper, "Phone call", NULL);
  pdf = pdf_of (paper);
  assert_says (pdf, 1, "Notes – Office visit, continued");
  assert_says (pdf, 2, "Notes, continued"); /* a new part of the same section */
}

static void
test_page_refs (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("References");
  g_autofree char *far = cr_paper_page_ref ("far");
  g_autofree char *total = cr_paper_page_ref (NULL);
  g_autofree char *markup = g_strdup_printf ("See page %s of %s.", far, total);
  g_autofree char *seen = NULL;
  g_autoptr (GBytes) pdf = NULL;

  cr_paper_add_markup (paper, CR_PAPER_BODY, CR_PAPER_LEFT, markup);
  add_lines (paper, 500);
  cr_paper_begin_section (paper, "far", "Far away", NULL);
  add_lines (paper, 1);
  pdf = pdf_of (paper);
  g_assert_cmpuint (pdf_pages (pdf), >=, 10); /* the reference grew by a digit */
  seen = g_strdup_printf ("See page %u of %u.", pdf_pages (pdf), pdf_pages (pdf));
  assert_says (pdf, 0, seen);
  assert_says (pdf, pdf_pages (pdf) - 1, "Far away");
}

static void
test_checks (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Checks");
  CrPaperCheck checks[] = { { "Evaluate and advise", TRUE }, { "Take over", FALSE } };
  g_autoptr (GBytes) pdf = NULL;

  cr_paper_add_checks (paper, "WHAT WE ASK", checks, G_N_ELEMENTS (checks));
  cr_paper_add_field (paper, "DONE SO FAR", "");
  pdf = pdf_of (paper);
  assert_says (pdf, 0, "☒ Evaluate and advise");
  assert_says (pdf, 0, "☐ Take over");
  assert_says (pdf, 0, "Not recorded");
}

static void
test_marks (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Marks");
  g_autoptr (GBytes) pdf = NULL;

  cr_paper_set_watermark (paper, "DRAFT");
  cr_paper_set_mark (paper, "REPRINT 2, Nov 25, 2026");
  add_lines (paper, 60);
  pdf = pdf_of (paper);
  for (guint i = 0; i < 2; i++) {
    assert_says (pdf, i, "REPRINT 2, Nov 25, 2026");
    g_assert_false (pdf_says (pdf, i, "DRAFT")); /* an outline: it never mixes with the text */
  }
}

static void
count_cb (cairo_t *cr, double width, double height, gpointer data)
{
  ++*(int *)data;
  g_assert_cmpfloat (width, ==, 612 - 2 * MARGIN);
  g_assert_cmpfloat (height, ==, 100);
}

static void
test_figure (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Figure");
  g_autoptr (GBytes) pdf = NULL;
  int drawn = 0;

  add_lines (paper, 43); /* the figure no longer fits below */
  cr_paper_add_figure (paper, 100, "What it shows", count_cb, &drawn, NULL);
  pdf = pdf_of (paper);
  g_assert_cmpint (drawn, ==, 1);
  assert_says (pdf, 1, "What it shows");
}

static double
darkness (CrPaper *paper, guint page)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 612, 792);
  cairo_t *cr = cairo_create (surface);
  const guchar *pixels;
  double sum = 0;

  cr_paper_draw_page (paper, cr, page);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (int i = 0; i < cairo_image_surface_get_stride (surface) * 792; i++)
    sum += pixels[i];
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return sum;
}

static void
test_hatching (void)
{
  g_autoptr (CrPaper) plain = cr_paper_new ("Plain");
  g_autoptr (CrPaper) hatched = cr_paper_new ("Hatched");

  add_lines (plain, 3);
  add_lines (hatched, 3);
  cr_paper_add_hatching (hatched, 0);
  cr_paper_layout (plain);
  cr_paper_layout (hatched);
  g_assert_cmpuint (cr_paper_pages (hatched), ==, 1);
  assert_boxes_fit (hatched);
  g_assert_cmpfloat (darkness (hatched, 0), >, 3 * darkness (plain, 0));
}

static void
test_pdf (void)
{
  g_autoptr (CrPaper) paper = cr_paper_new ("Referral packet REF-0311");
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autofree char *title = NULL;
  g_autofree char *bookmark = NULL;

  cr_paper_begin_section (paper, "one", "One", NULL);
  add_lines (paper, 100);
  first = pdf_of (paper);
  cr_paper_layout (paper);
  second = pdf_of (paper);
  g_assert_true (g_bytes_equal (first, second));
  title = pdf_title (first);
  g_assert_cmpstr (title, ==, "Referral packet REF-0311");
  bookmark = pdf_first_bookmark (first);
  g_assert_cmpstr (bookmark, ==, "One");
}

static gpointer
layout_thread_cb (gpointer data)
{
  cr_paper_layout (data);
  return NULL;
}

/* Arranged in one thread, painted in another: the same bytes. */
static void
test_threads (void)
{
  g_autoptr (CrPaper) here = cr_paper_new ("Threads");
  g_autoptr (CrPaper) there = cr_paper_new ("Threads");
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  add_table (here, 80);
  add_table (there, 80);
  first = pdf_of (here);
  g_thread_join (g_thread_new ("layout", layout_thread_cb, there));
  second = pdf_of (there);
  g_assert_true (g_bytes_equal (first, second));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/escape", test_escape);
  g_test_add_func ("/paper/units", test_units);
  g_test_add_func ("/paper/empty", test_empty);
  g_test_add_func ("/paper/pages", test_pages);
  g_test_add_func ("/paper/breaks", test_breaks);
  g_test_add_func ("/paper/keep", test_keep);
  g_test_add_func ("/paper/keep-with-next", test_keep_with_next);
  g_test_add_func ("/paper/keep-too-tall", test_keep_too_tall);
  g_test_add_func ("/paper/widows", test_widows);
  g_test_add_func ("/paper/table", test_table);
  g_test_add_func ("/paper/short-table-whole", test_short_table_whole);
  g_test_add_func ("/paper/long-cell", test_long_cell);
  g_test_add_func ("/paper/sections", test_sections);
  g_test_add_func ("/paper/continued-part", test_continued_part);
  g_test_add_func ("/paper/page-refs", test_page_refs);
  g_test_add_func ("/paper/checks", test_checks);
  g_test_add_func ("/paper/marks", test_marks);
  g_test_add_func ("/paper/figure", test_figure);
  g_test_add_func ("/paper/hatching", test_hatching);
  g_test_add_func ("/paper/pdf", test_pdf);
  g_test_add_func ("/paper/threads", test_threads);
  return g_test_run ();
}
