#include "palette-book.h"
#include <glib/gi18n.h>
#include <string.h>

CrPaletteLine *
cr_palette_line_new (void)
{
  return g_new0 (CrPaletteLine, 1);
}

static void
forget_times (CrPaletteLine *self)
{
  g_clear_pointer (&self->slots, g_array_unref);
  self->asked = CR_ID_NONE;
}

void
cr_palette_line_free (CrPaletteLine *self)
{
  forget_times (self);
  cr_book_line_clear (&self->typed);
  g_free (self);
}

static GPtrArray *
records_of (GListModel *list)
{
  GPtrArray *records = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (list, i);
    g_ptr_array_add (records, (gpointer)cr_row_peek (row)); /* the list keeps it */
  }
  return records;
}

gboolean
cr_palette_line_read (const CrPaletteState *state, const char *query)
{
  CrPaletteLine *self = state->line;
  g_autoptr (GPtrArray) types = records_of (cr_session_get_visit_types (state->session));
  g_autoptr (GPtrArray) people = records_of (cr_session_get_people (state->session));
  CrBookLine line = { 0 };
  gboolean booking = cr_session_can (state->session, CR_RIGHT_SCHEDULE_EDIT) &&
                     cr_book_line_parse (query, types, people, state->today, &line);
  if (!booking)
    cr_book_line_clear (&line);
  if (!booking || self->typed.patient == NULL || !cr_book_line_equal (&line, &self->typed)) {
    if (!booking || g_strcmp0 (self->typed.patient, line.patient) != 0)
      self->picked = CR_ID_NONE;
    forget_times (self);
  }
  cr_book_line_clear (&self->typed);
  self->typed = booking ? line : (CrBookLine){ 0 };
  self->wanted = CR_ID_NONE;
  return booking;
}

CrId
cr_palette_line_due (const CrPaletteState *state)
{
  const CrPaletteLine *self = state->line;
  return self->wanted != self->asked ? self->wanted : CR_ID_NONE;
}

CrSlotQuestion
cr_palette_line_question (const CrPaletteState *state)
{
  const CrPaletteLine *self = state->line;
  const CrBookLine *typed = &self->typed;
  return (CrSlotQuestion){
    .wish = { .parts = { { typed->visit_type_id, typed->minutes, &typed->person_id,
                           typed->person_id != CR_ID_NONE } },
              .patient_id = self->wanted,
              .half = typed->half,
              .from = cr_date_is_set (typed->from) ? typed->from : state->today,
              .earliest_min = CR_MINUTE_NONE,
              .latest_min = CR_MINUTE_NONE },
    .usual_first = typed->person_id == CR_ID_NONE,
    .suits = !typed->by_day, /* whoever names the day wants that one */
    .limit = CR_LINE_SLOTS,
  };
}

/* ---- rows ---- */

static const CrVisitType *
find_type (const CrPaletteState *state)
{
  GListModel *types = cr_session_get_visit_types (state->session);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    if (cr_row_get_id (row) == state->line->typed.visit_type_id)
      return cr_row_peek (row);
  }
  return NULL;
}

static char *
name_person (const CrPaletteState *state, CrId person)
{
  GListModel *people = cr_session_get_people (state->session);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (cr_row_get_id (row) == person)
      return cr_person_short (cr_row_peek (row));
  }
  return g_strdup ("");
}

static int
minutes_of (const CrPaletteState *state)
{
  const CrVisitType *type = find_type (state);
  int typed = state->line->typed.minutes;
  return typed > 0 || type == NULL ? typed : (int)type->minutes;
}

/* "Follow-up, 20 minutes" */
static char *
describe_visit (const CrPaletteState *state)
{
  const CrVisitType *type = find_type (state);
  return g_strdup_printf (_ ("%s, %d minutes"), type != NULL ? type->name : "", minutes_of (state));
}

/* The patient's own row with the time in the line below. */
static void
add_slot (const CrPaletteState *state, const CrMatch *match, const CrSlot *slot, guint number,
          GPtrArray *rows)
{
  CrRow *row = cr_palette_slot_row (state, match, number);
  CrHit *hit = cr_hit_of (row);
  g_autofree char *day = cr_date_format_weekday (slot->date);
  g_autofree char *time = cr_minute_format (slot->start);
  g_autofree char *who = name_person (state, slot->person_id);
  g_autofree char *visit = describe_visit (state);
  g_free (hit->detail);
  /* Translators: day, time and clinician; the type and length of the visit. */
  hit->detail = g_strdup_printf (_ ("%s, %s, %s – %s"), day, time, who, visit);
  hit->slot = *slot;
  hit->visit_type_id = state->line->typed.visit_type_id;
  hit->minutes = minutes_of (state);
  g_ptr_array_add (rows, row);
}

static void
add_times (const CrPaletteState *state, const CrMatch *match, GPtrArray *rows)
{
  const CrPaletteLine *self = state->line;
  const GArray *slots = self->asked == self->wanted ? self->slots : NULL;
  if (slots == NULL)
    g_ptr_array_add (rows,
                     cr_hit_row_new (CR_HIT_MORE, CR_ID_NONE, CR_VERB_NONE, _ ("Looking for free times…")));
  else if (slots->len == 0)
    g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_MORE, CR_ID_NONE, CR_VERB_NONE,
                                           _ ("No free time was found. Type another day or clinician.")));
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    add_slot (state, match, &g_array_index (slots, CrSlot, i), i + 1, rows);
}

/* The one whom times are for: picked, or the only one whom the words fit; never one who sounds alike.  Those
 * come after all others: who is seen has no unseen rival before them. */
static const CrMatch *
find_certain (const CrPaletteState *state, const GArray *matches, guint total)
{
  const CrMatch *only = NULL;
  guint fitting = 0;
  gboolean all_seen = total == matches->len;
  for (guint i = 0; i < matches->len; i++) {
    const CrMatch *match = &g_array_index (matches, CrMatch, i);
    if (match->deceased)
      continue;
    if (cr_palette_match_id (state, match) == state->line->picked)
      return match;
    all_seen = all_seen || match->group == CR_MATCH_SOUND;
    if (match->group != CR_MATCH_SOUND && fitting++ == 0)
      only = match;
  }
  return fitting == 1 && all_seen ? only : NULL;
}

static void
add_heading (GPtrArray *rows, const char *visit, gboolean certain)
{
  g_autofree char *title =
      certain ? g_strdup_printf (_ ("Book: %s"), visit) : g_strdup_printf (_ ("Book: %s – for whom?"), visit);
  g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_HEADING, CR_ID_NONE, CR_VERB_NONE, title));
}

static gboolean
say (GPtrArray *rows, const char *title, const char *sentence)
{
  g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_HEADING, CR_ID_NONE, CR_VERB_NONE, title));
  g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_MORE, CR_ID_NONE, CR_VERB_NONE, sentence));
  return TRUE;
}

/* A day that is over stays among the words of the patient: it may be a birth date. */
static gboolean
say_nobody (const CrPaletteState *state, const char *visit, GPtrArray *rows)
{
  const char *words = state->line->typed.patient;
  if (strpbrk (words, "/-0123456789") == NULL)
    return FALSE;
  g_autofree char *title = g_strdup_printf (_ ("Book: %s"), visit);
  g_autofree char *sentence = g_strdup_printf (
      _ ("Nobody is found for “%s”. A day in it was read as a birth date, as no day to come."), words);
  return say (rows, title, sentence);
}

static gboolean
say_odd (const CrPaletteState *state, const char *visit, GPtrArray *rows)
{
  g_autofree char *title = g_strdup_printf (_ ("Book: %s"), visit);
  g_autofree char *sentence = g_strdup_printf (
      _ ("“%s” is no length (5 to 240 minutes, in steps of 5) and no day to come."), state->line->typed.odd);
  return say (rows, title, sentence);
}

gboolean
cr_palette_line_add (CrPaletteState *state, GPtrArray *rows)
{
  CrPaletteLine *self = state->line;
  guint total = 0, shown = 0;
  gboolean sounds = FALSE;
  g_autoptr (GArray) matches = cr_palette_find (state, self->typed.patient, &total);
  g_autofree char *visit = describe_visit (state);
  if (self->typed.odd != NULL)
    return say_odd (state, visit, rows);
  const CrMatch *certain = find_certain (state, matches, total);
  if (certain != NULL) {
    self->wanted = cr_palette_match_id (state, certain);
    add_heading (rows, visit, TRUE);
    add_times (state, certain, rows);
    return TRUE;
  }
  for (guint i = 0; i < matches->len; i++) {
    const CrMatch *match = &g_array_index (matches, CrMatch, i);
    if (match->deceased)
      continue;
    if (shown++ == 0)
      add_heading (rows, visit, FALSE);
    if (match->group == CR_MATCH_SOUND && !sounds)
      g_ptr_array_add (rows, cr_hit_row_new (CR_HIT_HEADING, CR_ID_NONE, CR_VERB_NONE, _ ("Sounds like")));
    sounds = match->group == CR_MATCH_SOUND;
    g_ptr_array_add (rows, cr_palette_patient_row (state, match, CR_VERB_BOOK_LINE));
  }
  if (shown > 0)
    cr_palette_add_more (rows, matches->len, total);
  return shown > 0 || say_nobody (state, visit, rows);
}
