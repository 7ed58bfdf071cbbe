/* From a query to the rows of the palette. */
#include "palette-book.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>
#include <string.h>

enum { MAX_PATIENTS = 9, MAX_COMMANDS = 4, MAX_MERGES = 8, MIN_CHARACTERS = 2, COMMAND_CHARACTERS = 3 };

/* ---- one patient ---- */

/* For the display functions; its texts are borrowed from key. */
static CrPatient
as_patient (const CrIndexKey *key)
{
  return (CrPatient){
    .mrn = (char *)key->mrn,
    .family = (char *)key->family,
    .given = (char *)key->given,
    .preferred = (char *)key->preferred,
    .birth_date = key->birth,
    .death_date = key->death,
    .sex = key->sex,
  };
}

/* The record that a merged one was merged into. */
static void
find_survivor (CrSearchIndex *index, const CrIndexKey *key, CrIndexKey *survivor)
{
  *survivor = *key;
  guint at;
  for (int i = 0; i < MAX_MERGES && survivor->merged_into != CR_ID_NONE; i++)
    if (cr_search_index_find (index, survivor->merged_into, &at))
      cr_search_index_key (index, at, survivor);
}

gboolean
cr_palette_state_similar (const CrPaletteState *state, const CrPatient *patient)
{
  for (guint i = 0; state->index != NULL && i < state->todays->len; i++) {
    guint at;
    CrIndexKey key;
    if (!cr_search_index_find (state->index, g_array_index (state->todays, CrId, i), &at))
      continue;
    cr_search_index_key (state->index, at, &key);
    CrPatient other = as_patient (&key);
    other.id = key.id;
    if (cr_patients_similar (patient, &other))
      return TRUE;
  }
  return state->index == NULL;
}

static char *
describe_merge (const CrIndexKey *key, const CrIndexKey *survivor)
{
  CrPatient old = as_patient (key), current = as_patient (survivor);
  g_autofree char *name = cr_patient_name_list (&old);
  g_autofree char *now = cr_patient_name_list (&current);
  /* Translators: a name, the number of a record, and that of the record it was merged into. */
  if (g_str_equal (name, now) && key->mrn != NULL && survivor->mrn != NULL)
    return g_strdup_printf (_ ("%s (MRN %s is now MRN %s)"), name, key->mrn, survivor->mrn);
  /* Translators: the old name, the name of the record it was merged into, and that record's number. */
  return g_strdup_printf (_ ("%s – now %s (MRN %s)"), name, now, survivor->mrn != NULL ? survivor->mrn : "");
}

/* Former names are kept folded: "garcia jane" reads "Garcia Jane". */
static char *
describe_former (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *first = g_utf8_substring (words[i], 0, *words[i] != '\0' ? 1 : 0);
    g_autofree char *upper = g_utf8_strup (first, -1);
    char *word = g_strconcat (upper, words[i] + strlen (first), NULL);
    g_free (words[i]);
    words[i] = word;
  }
  g_autofree char *names = g_strjoinv (" ", words);
  return g_strdup_printf (_ ("formerly %s"), names);
}

static const char *
visit_detail (const CrPaletteState *state, CrId patient_id)
{
  const char *today = g_hash_table_lookup (state->today_details, &patient_id);
  const char *detail = today != NULL ? today : g_hash_table_lookup (state->visit_details, &patient_id);
  return cr_str_empty (detail) ? NULL : detail;
}

static char *
describe_patient (const CrPaletteState *state, const CrIndexKey *key, const CrMatch *match)
{
  const char *visit = visit_detail (state, key->id);
  g_autofree char *former =
      match->former && key->former != NULL && !state->hidden ? describe_former (key->former) : NULL;
  if (cr_date_is_set (key->death)) {
    g_autofree char *died = cr_date_format (key->death);
    return g_strdup_printf (_ ("Died %s"), died);
  }
  if (former != NULL && visit != NULL)
    return g_strdup_printf ("%s · %s", former, visit);
  return former != NULL ? g_steal_pointer (&former) : g_strdup (visit);
}

/* The private name has the tail of the MRN in it. */
static char *
name_hit (const CrPaletteState *state, const CrPatient *patient, const CrIndexKey *merged,
          const CrIndexKey *survivor)
{
  if (state->hidden)
    return cr_patient_name_private (patient);
  return merged != NULL ? describe_merge (merged, survivor) : cr_patient_name_list (patient);
}

/* The times of a booking are the patient's row several times over: number tells them apart. */
static CrRow *
make_row (const CrPaletteState *state, const CrMatch *match, CrHitKind kind, CrVerb verb, guint number)
{
  CrIndexKey found, key;
  cr_search_index_key (state->index, match->at, &found);
  find_survivor (state->index, &found, &key);
  CrPatient patient = as_patient (&key);
  g_autofree char *title = name_hit (state, &patient, key.id != found.id ? &found : NULL, &key);
  CrRow *row = cr_hit_row_new (kind, key.id + number, verb, title);
  CrHit *hit = cr_hit_of (row);
  hit->patient_id = key.id;
  hit->born = cr_patient_born (&patient, state->today);
  hit->sex = g_strdup (cr_sex_letter (key.sex));
  hit->phone = key.phone != NULL && !state->hidden ? cr_phone_tail (key.phone) : NULL;
  hit->mrn = state->hidden ? NULL : g_strdup_printf (_ ("MRN %s"), key.mrn != NULL ? key.mrn : "");
  hit->detail = describe_patient (state, &key, match);
  hit->similar = match->similar;
  hit->deceased = match->deceased;
  return row;
}

CrRow *
cr_palette_patient_row (const CrPaletteState *state, const CrMatch *match, CrVerb verb)
{
  return make_row (state, match, CR_HIT_PATIENT, verb, 0);
}

CrRow *
cr_palette_slot_row (const CrPaletteState *state, const CrMatch *match, guint number)
{
  return make_row (state, match, CR_HIT_SLOT, CR_VERB_BOOK_LINE, number);
}

CrId
cr_palette_match_id (const CrPaletteState *state, const CrMatch *match)
{
  CrIndexKey found, key;
  cr_search_index_key (state->index, match->at, &found);
  find_survivor (state->index, &found, &key);
  return key.id;
}

/* ---- many patients ---- */

static const char *
heading_of (const CrMatch *match)
{
  static const char *const headings[CR_N_MATCH_GROUPS] = {
    [CR_MATCH_TODAY] = N_ ("On today's schedule"),
    [CR_MATCH_RECENT] = N_ ("Recent charts"),
    [CR_MATCH_FAMILY] = N_ ("Patients"),
    [CR_MATCH_NAME] = N_ ("Patients"),
    [CR_MATCH_MRN] = N_ ("MRN"),
    [CR_MATCH_PHONE] = N_ ("Phone number"),
    [CR_MATCH_BIRTH] = N_ ("Date of birth"),
    [CR_MATCH_SOUND] = N_ ("Sounds like"),
  };
  return match->deceased ? _ ("Deceased") : _ (headings[match->group]);
}

static void
add_heading (GPtrArray *rows, const char *title)
{
  g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_HEADING, CR_ID_NONE, CR_VERB_NONE, title));
}

void
cr_palette_add_more (GPtrArray *rows, guint shown, guint total)
{
  g_autofree char *text = g_strdup_printf (_ ("Showing %u of %u – keep typing"), shown, total);
  if (shown < total)
    g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_MORE, CR_ID_NONE, CR_VERB_NONE, text));
}

GArray *
cr_palette_find (const CrPaletteState *state, const char *words, guint *total)
{
  CrSearchContext context = {
    .today = state->today,
    .todays = (const CrId *)(gpointer)state->todays->data,
    .n_todays = state->todays->len,
    .recent = (const CrId *)(gpointer)state->recent->data,
    .n_recent = state->recent->len,
    .limit = MAX_PATIENTS,
  };
  return cr_search_index_query (state->index, words, &context, total);
}

static guint
add_patients (const CrPaletteState *state, const char *words, GPtrArray *rows)
{
  guint total = 0;
  const char *heading = NULL;
  CrVerb verb = cr_verb_default (state->session);
  g_autoptr (GArray) matches = cr_palette_find (state, words, &total);
  for (guint i = 0; i < matches->len; i++) {
    const CrMatch *match = &g_array_index (matches, CrMatch, i);
    if (heading != heading_of (match) && g_strcmp0 (heading, heading_of (match)) != 0)
      add_heading (rows, heading_of (match));
    heading = heading_of (match);
    g_ptr_array_add (rows, cr_palette_patient_row (state, match, verb));
  }
  cr_palette_add_more (rows, matches->len, total);
  return matches->len;
}

/* A verb is not for the dead; some are only for who is expected today. */
static gboolean
verb_applies (const CrVerbEntry *entry, const CrMatch *match)
{
  return !match->deceased && (!entry->today || match->group == CR_MATCH_TODAY);
}

static guint
add_verb_patients (const CrPaletteState *state, const CrVerbEntry *entry, const char *words, GPtrArray *rows)
{
  guint total = 0, shown = 0;
  gboolean sounds = FALSE;
  g_autoptr (GArray) matches = cr_palette_find (state, words, &total);
  for (guint i = 0; i < matches->len; i++) {
    const CrMatch *match = &g_array_index (matches, CrMatch, i);
    if (!verb_applies (entry, match))
      continue;
    if (shown++ == 0)
      add_heading (rows, _ (entry->title));
    if (match->group == CR_MATCH_SOUND && !sounds)
      add_heading (rows, heading_of (match));
    sounds = match->group == CR_MATCH_SOUND;
    g_ptr_array_add (rows, cr_palette_patient_row (state, match, entry->verb));
  }
  if (!entry->today)
    cr_palette_add_more (rows, shown, MAX (shown, total - (matches->len - shown)));
  return shown;
}

/* "note garcia" of a role that writes no notes: the patient is found, and it says why there is no note. */
static guint
add_refused (const CrPaletteState *state, const CrVerbEntry *entry, const char *words, GPtrArray *rows)
{
  guint total = 0;
  g_autoptr (GArray) matches = cr_palette_find (state, words, &total);
  if (matches->len == 0)
    return 0;
  g_autofree char *heading = g_strdup_printf (_ ("%s – your role may not do that"), _ (entry->title));
  add_heading (rows, heading);
  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (rows, cr_palette_patient_row (state, &g_array_index (matches, CrMatch, i),
                                                   cr_verb_default (state->session)));
  cr_palette_add_more (rows, matches->len, total);
  return matches->len;
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
offer_registration (const CrPaletteState *state, const char *words, GPtrArray *rows)
{
  if (!cr_session_can (state->session, CR_RIGHT_DEMOGRAPHICS_EDIT) || !has_letter (words))
    return;
  /* Translators: the words that were typed into the search. */
  g_autofree char *title = g_strdup_printf (_ ("Register ‘%s’ as a new patient"), words);
  CrRow *row = cr_hit_row_new (CR_HIT_REGISTER, CR_ID_NONE, CR_VERB_REGISTER, title);
  cr_hit_of (row)->target = g_strdup (words);
  g_ptr_array_add (rows, row);
}

/* "go schedule": the first word may be translated. */
static const char *
parse_go (const char *text)
{
  gsize length = strcspn (text, " ");
  g_autofree char *word = g_strndup (text, length);
  const char *rest = text + length + strspn (text + length, " ");
  gboolean go = g_ascii_strcasecmp (word, "go") == 0 || g_strcmp0 (word, C_ ("verb", "go")) == 0;
  return go && *rest != '\0' ? rest : NULL;
}

/* Two letters find names; what begins so by chance among the commands would only be in the way. */
static guint
add_commands (const CrPaletteState *state, const char *text, GPtrArray *rows)
{
  return g_utf8_strlen (text, -1) < COMMAND_CHARACTERS
             ? 0
             : cr_commands_add (state->session, text, FALSE, MAX_COMMANDS, rows);
}

/* People by that name first, then the verb, then places and commands. */
static void
add_all (CrPaletteState *state, const char *text, GPtrArray *rows)
{
  const char *words = text;
  guint found = add_patients (state, text, rows);
  gboolean booking = cr_palette_line_read (state, text);
  if (booking && cr_palette_line_add (state, rows))
    return;
  const CrVerbEntry *verb = cr_verb_parse (text, &words);
  const char *place = parse_go (text);
  gboolean may = verb == NULL || cr_session_can (state->session, verb->right);
  if (verb != NULL && may)
    found += add_verb_patients (state, verb, words, rows);
  else if (verb != NULL)
    found += add_refused (state, verb, words, rows);
  guint n_commands = place != NULL ? cr_commands_add (state->session, place, TRUE, MAX_COMMANDS, rows)
                                   : add_commands (state, text, rows);
  if (found == 0 && may && (verb == NULL || !verb->today) && (place == NULL || n_commands == 0))
    offer_registration (state, booking ? state->line->typed.patient : verb != NULL ? words : text, rows);
}

GPtrArray *
cr_palette_rows (CrPaletteState *state, const char *query)
{
  GPtrArray *rows = cr_rows_new ();
  g_autofree char *text = cr_text_trim (query);
  if (cr_str_empty (text))
    return rows;
  if (*text == '>')
    cr_commands_add (state->session, text + 1, FALSE, G_MAXUINT, rows);
  else if (g_utf8_strlen (text, -1) >= MIN_CHARACTERS && state->index != NULL)
    add_all (state, text, rows);
  else if (state->index == NULL)
    add_commands (state, text, rows);
  return rows;
}
