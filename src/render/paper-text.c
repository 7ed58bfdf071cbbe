/* Text on paper: cleaning, styles, and layouts that come out the same on every target. */
#include <stdlib.h>
#include <string.h>
#include "paper-private.h"

#define FONT_FAMILY "Noto Sans, DejaVu Sans, Liberation Sans, sans-serif"
#define LONGEST_WORD 80   /* characters */
#define LINE_SPACING 1.28 /* of the type size (UX 6.1: 1.2–1.3) */

const PaperStyle PAPER_STYLES[CR_PAPER_N_STYLES] = {
  [CR_PAPER_BODY] = { 11, FALSE },  [CR_PAPER_SMALL] = { 9.5, FALSE },   [CR_PAPER_NOTE] = { 8.5, FALSE },
  [CR_PAPER_LABEL] = { 8.5, TRUE }, [CR_PAPER_SUBHEAD] = { 10.5, TRUE }, [CR_PAPER_HEADING] = { 12, TRUE },
  [CR_PAPER_TITLE] = { 14, TRUE },  [CR_PAPER_DISPLAY] = { 20, TRUE },
};

/* Direction overrides could make a printed name or dose read differently from what is stored. */
static gboolean
is_override (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Keeps newlines; tabs become blanks; other control characters, which could also break markup, go.  Endless
 * words get places to break at: breaking them letter by letter takes time that grows with its square. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text == NULL ? "" : text, -1);
  GString *out = g_string_sized_new (strlen (valid) + 1);
  guint run = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    run = g_unichar_isspace (c) ? 0 : run + 1;
    if (run % LONGEST_WORD == 0 && run > 0)
      g_string_append_unichar (out, 0x200B); /* zero-width space */
    if (c == '\t')
      g_string_append_c (out, ' ');
    else if (c == '\n' || (!g_unichar_iscntrl (c) && !is_override (c) && c != 0xFFFE && c != 0xFFFF))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

/* Replaces each reference by the page it stands for; "0" while the pages are not known. */
static char *
resolve_refs (CrPaper *self, const char *markup)
{
  GString *out = g_string_new (NULL);
  const char *p = markup;

  while (*p != '\0') {
    const char *begin = strchr (p, PAPER_REF_BEGIN);
    const char *end = begin == NULL ? NULL : strchr (begin, PAPER_REF_END);
    g_autofree char *key = NULL;

    if (end == NULL) {
      g_string_append (out, p);
      break;
    }
    g_string_append_len (out, p, begin - p);
    key = g_strndup (begin + 1, (gsize)(end - begin - 1));
    g_string_append_printf (out, "%u", *key == '\0' ? self->pages->len : cr_paper_page_of (self, key));
    p = end + 1;
  }
  return g_string_free (out, FALSE);
}

/* End of "20 mg" or "1,000 mg" that starts at p; NULL when no number with a word after it starts there. */
static const char *
measure_end (const char *p)
{
  if (!g_ascii_isdigit (*p))
    return NULL;
  while (g_ascii_isdigit (*p) || ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1])))
    p++;
  if (*p != ' ' || !g_unichar_isalpha (g_utf8_get_char (p + 1)))
    return NULL;
  for (p++; g_unichar_isalpha (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    ;
  return p;
}

static PangoFontDescription *
style_font (CrPaperStyle style)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, FONT_FAMILY);
  pango_font_description_set_absolute_size (font, PAPER_STYLES[style].size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     PAPER_STYLES[style].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

PangoContext *
paper_context_new (void)
{
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = style_font (CR_PAPER_NOTE);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (pango, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (pango, 72);
  pango_context_set_round_glyph_positions (pango, FALSE);
  pango_context_set_font_description (pango, font);
  pango_context_set_language (pango, pango_language_from_string ("en-us"));
  return pango;
}

PangoLayout *
paper_text_layout (PangoContext *pango, CrPaperStyle style, const char *markup)
{
  PangoLayout *layout = pango_layout_new (pango);
  g_autoptr (PangoFontDescription) font = style_font (style);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (strpbrk (markup, "<&") == NULL)
    pango_layout_set_text (layout, markup, -1);
  else
    pango_layout_set_markup (layout, markup, -1);
  return layout;
}

PangoLayout *
paper_cell_layout (CrPaper *self, PangoContext *pango, const PaperRow *row, guint cell)
{
  static const PangoAlignment ALIGN[] = {
    [CR_PAPER_LEFT] = PANGO_ALIGN_LEFT,
    [CR_PAPER_RIGHT] = PANGO_ALIGN_RIGHT,
    [CR_PAPER_CENTER] = PANGO_ALIGN_CENTER,
  };
  const PaperColumn *column = &row->grid->columns[cell];
  const char *markup = row->cells[cell];
  g_autofree char *resolved = strchr (markup, PAPER_REF_BEGIN) != NULL ? resolve_refs (self, markup) : NULL;
  PangoLayout *layout = paper_text_layout (pango, column->style, resolved != NULL ? resolved : markup);

  pango_layout_set_width (layout, (int)(column->width * PANGO_SCALE));
  pango_layout_set_alignment (layout, ALIGN[column->align]);
  return layout;
}

gboolean
paper_row_has_refs (const PaperRow *row)
{
  for (guint i = 0; row->cells != NULL && row->cells[i] != NULL; i++)
    if (strchr (row->cells[i], PAPER_REF_BEGIN) != NULL)
      return TRUE;
  return FALSE;
}

double
paper_style_pitch (CrPaperStyle style)
{
  return PAPER_STYLES[style].size * LINE_SPACING;
}

char *
cr_paper_escape (const char *text)
{
  g_autofree char *cleaned = clean (text);

  return g_markup_escape_text (cleaned, -1);
}

char *
cr_paper_escape_units (const char *text)
{
  g_autofree char *escaped = cr_paper_escape (text);
  GString *out = g_string_new (NULL);
  const char *p = escaped;

  while (*p != '\0') {
    const char *end = measure_end (p);

    if (end == NULL) {
      const char *next = g_utf8_next_char (p);

      /* the digits of a number that has no unit, or of a word like "B12", are not looked at again */
      while (g_ascii_isalnum (*p) && g_ascii_isalnum (*next))
        next++;
      g_string_append_len (out, p, next - p);
      p = next;
      continue;
    }
    g_string_append (out, "<span allow_breaks='false'>");
    g_string_append_len (out, p, end - p);
    g_string_append (out, "</span>");
    p = end;
  }
  return g_string_free (out, FALSE);
}

char *
cr_paper_page_ref (const char *key)
{
  return g_strdup_printf ("%c%s%c", PAPER_REF_BEGIN, key == NULL ? "" : key, PAPER_REF_END);
}
