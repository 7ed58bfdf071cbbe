/* "1 po bid prn pain max 4" → parts of the directions. */
#include "knowledge-private.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

#define WORDS_MAX 4 /* of one expression */

typedef struct {
  const CrKnowledge *k;
  char **words;
  guint at;
  CrSig *sig;
} Reader;

typedef struct {
  const char *typed, *meant;
} Word;

static const Word UNITS[] = {
  { "tab", "tablet" },  { "tabs", "tablet" },  { "tablet", "tablet" },   { "tablets", "tablet" },
  { "cap", "capsule" }, { "caps", "capsule" }, { "capsule", "capsule" }, { "capsules", "capsule" },
  { "puff", "puff" },   { "puffs", "puff" },   { "ml", "mL" },           { "drop", "drop" },
  { "drops", "drop" },  { "spray", "spray" },  { "sprays", "spray" },    { "unit", "unit" },
  { "units", "unit" },  { "u", "unit" },       { "patch", "patch" },     { "patches", "patch" },
  { "vial", "vial" },   { "vials", "vial" },
};

static const Word ROUTES[] = {
  { "po", "by mouth" },         { "by mouth", "by mouth" },        { "orally", "by mouth" },
  { "sl", "under the tongue" }, { "sc", "under the skin" },        { "sq", "under the skin" },
  { "subq", "under the skin" }, { "im", "into the muscle" },       { "pr", "into the rectum" },
  { "pv", "into the vagina" },  { "top", "to the affected area" }, { "topically", "to the affected area" },
};

static const Word TIMINGS[] = {
  { "in the morning", "in the morning" },
  { "in the evening", "in the evening" },
  { "with meals", "with meals" },
  { "with food", "with food" },
  { "before meals", "before meals" },
  { "after meals", "after meals" },
  { "before breakfast", "before breakfast" },
  { "ac", "before meals" },
  { "pc", "after meals" },
  { "at bedtime", "at bedtime" },
};

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static const char *
look_up (const Word *list, gsize n, const char *typed)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (list[i].typed, typed) == 0)
      return list[i].meant;
  return NULL;
}

/* The next n words with blanks between; NULL when there are fewer. */
static char *
next_words (const Reader *r, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    if (r->words[r->at + i] == NULL) {
      g_string_free (text, TRUE);
      return NULL;
    }
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", r->words[r->at + i]);
  }
  return g_string_free (text, FALSE);
}

static gboolean
is_next (const Reader *r, const char *word)
{
  return r->words[r->at] != NULL && g_ascii_strcasecmp (r->words[r->at], word) == 0;
}

/* One of the list's expressions comes next, the longest first. */
static gboolean
take_listed (Reader *r, const Word *list, gsize size, char **field)
{
  for (guint n = WORDS_MAX; n > 0; n--) {
    g_autofree char *text = next_words (r, n);
    const char *meant = text != NULL ? look_up (list, size, text) : NULL;
    if (meant == NULL)
      continue;
    set_text (field, meant);
    r->at += n;
    return TRUE;
  }
  return FALSE;
}

static gboolean
take_frequency (Reader *r)
{
  if (is_next (r, "qam") || is_next (r, "qpm")) {
    set_text (&r->sig->timing, is_next (r, "qam") ? "in the morning" : "in the evening");
    set_text (&r->sig->frequency, "daily");
    r->at++;
    return TRUE;
  }
  for (guint n = WORDS_MAX; n > 0; n--) {
    g_autofree char *text = next_words (r, n);
    const char *key = text != NULL ? cr_frequency_from_typed (r->k, text) : NULL;
    if (key == NULL)
      continue;
    set_text (&r->sig->frequency, key);
    r->at += n;
    return TRUE;
  }
  return FALSE;
}

/* "5d" "5" → 5; the word may be followed by "d" or "days". */
static gboolean
read_days (Reader *r, const char *word)
{
  char *end = NULL;
  gint64 days = g_ascii_strtoll (word, &end, 10);
  gboolean bare = *end == '\0';
  if (end == word || days <= 0 || days > 9999 || (!bare && g_ascii_strcasecmp (end, "d") != 0))
    return FALSE;
  r->sig->days = days;
  r->at++;
  if (bare && (is_next (r, "d") || is_next (r, "day") || is_next (r, "days")))
    r->at++;
  return TRUE;
}

/* "x 5 d", "x5d", "for 5 days" */
static gboolean
take_days (Reader *r)
{
  const char *word = r->words[r->at];
  guint start = r->at;
  if (g_ascii_tolower (*word) == 'x' && g_ascii_isdigit (word[1]))
    return read_days (r, word + 1);
  if (!is_next (r, "x") && !is_next (r, "for"))
    return FALSE;
  r->at++;
  if (r->words[r->at] != NULL && read_days (r, r->words[r->at]))
    return TRUE;
  r->at = start;
  return FALSE;
}

static gboolean
take_maximum (Reader *r)
{
  const char *number = is_next (r, "max") ? r->words[r->at + 1] : NULL;
  if (number == NULL || !g_ascii_string_to_signed (number, 10, 1, 999, &r->sig->max_per_day, NULL))
    return FALSE;
  r->at += 2;
  return TRUE;
}

/* Begins what may follow a reason: "max", "x 5 d", "for 5 days". */
static gboolean
ends_reason (const Reader *r)
{
  const char *word = r->words[r->at], *next = word != NULL ? r->words[r->at + 1] : NULL;
  gboolean number = next != NULL && g_ascii_isdigit (*next);
  if (word == NULL || (g_ascii_tolower (*word) == 'x' && g_ascii_isdigit (word[1])))
    return TRUE;
  return number && (is_next (r, "max") || is_next (r, "x") || is_next (r, "for"));
}

/* "prn pain", "as needed for pain" */
static gboolean
take_as_needed (Reader *r)
{
  g_autofree char *two = next_words (r, 2);
  if (is_next (r, "prn"))
    r->at++;
  else if (two != NULL && g_ascii_strcasecmp (two, "as needed") == 0)
    r->at += 2;
  else
    return FALSE;
  r->sig->as_needed = TRUE;
  if (is_next (r, "for") && !ends_reason (r))
    r->at++;
  GString *reason = g_string_new (NULL);
  for (; !ends_reason (r); r->at++)
    g_string_append_printf (reason, "%s%s", reason->len > 0 ? " " : "", r->words[r->at]);
  if (reason->len > 0)
    set_text (&r->sig->as_needed_for, reason->str);
  g_string_free (reason, TRUE);
  return TRUE;
}

/* "1", "0.5", "half", "1/2", "1-2" */
static gboolean
take_dose (Reader *r)
{
  const char *word = r->words[r->at];
  if (word == NULL)
    return FALSE;
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);
  if (g_ascii_strcasecmp (word, "half") == 0 || g_str_equal (word, "1/2"))
    r->sig->dose = (CrDecimal){ 5, 1, TRUE };
  else if (!cr_decimal_parse (ends[0], &r->sig->dose) ||
           (ends[1] != NULL && !cr_decimal_parse (ends[1], &r->sig->dose_high)))
    return FALSE;
  r->at++;
  return TRUE;
}

static gboolean
take_any (Reader *r)
{
  CrSig *sig = r->sig;
  return take_as_needed (r) || take_maximum (r) || take_days (r) || take_frequency (r) ||
         take_listed (r, UNITS, G_N_ELEMENTS (UNITS), &sig->unit) ||
         take_listed (r, ROUTES, G_N_ELEMENTS (ROUTES), &sig->route) ||
         take_listed (r, TIMINGS, G_N_ELEMENTS (TIMINGS), &sig->timing);
}

static gboolean
read_all (Reader *r, GError **error)
{
  if (!take_dose (r)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("The directions must begin with a dose, for example “1 bid”."));
    return FALSE;
  }
  while (r->words[r->at] != NULL)
    if (!take_any (r)) {
      g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                   _ ("“%s” was not understood. Enter the directions part by part."), r->words[r->at]);
      return FALSE;
    }
  return TRUE;
}

gboolean
cr_sig_from_typed (const CrKnowledge *k, const char *typed, const CrDrug *drug, CrSig *out, GError **error)
{
  CrSig sig = { .max_per_day = CR_INT_NONE, .days = CR_INT_NONE };
  sig.action = g_strdup (drug != NULL ? drug->action : "Take");
  sig.unit = g_strdup (drug != NULL ? drug->unit : "tablet");
  sig.route = g_strdup (drug != NULL ? drug->route : "by mouth");
  g_autofree char *trimmed = cr_text_trim (typed != NULL ? typed : "");
  g_auto (GStrv) words = g_strsplit_set (trimmed, " ,", -1);
  Reader r = { k, words, 0, &sig };
  gboolean read = read_all (&r, error);
  if (read)
    cr_sig_copy (out, &sig);
  cr_sig_clear (&sig);
  return read;
}
