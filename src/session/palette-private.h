/* What palette.c, palette-rows.c and palette-commands.c share. */
#pragma once
#include "chartroom/session/palette.h"
#include "chartroom/session/row.h"
#include "chartroom/session/search-index.h"
#include "chartroom/session/work.h"

typedef struct {
  const char *word; /* typed: "rx" */
  CrVerb verb;
  const char *title; /* "New prescription"; marked for translation */
  CrRight right;
  gboolean today; /* only for a patient who has a visit today */
} CrVerbEntry;
extern const CrVerbEntry CR_VERBS[];
extern const guint CR_N_VERBS;
/* The verb a query begins with when another word follows, whether or not the role may do it; its words in
 * *rest.  NULL: none. */
const CrVerbEntry *cr_verb_parse (const char *query, const char **rest);
CrVerb cr_verb_default (CrSession *session); /* what Enter does with a patient: open the chart, or the card */

CrRow *cr_hit_row_new (CrHitKind kind, CrId patient_id, CrVerb verb, const char *title);
CrHit *cr_hit_of (CrRow *row); /* to be filled while the row is new */
gboolean cr_hit_same (gconstpointer a, gconstpointer b);
/* Adds a heading and the commands whose words begin with the words of text; all for "". */
guint cr_commands_add (CrSession *session, const char *text, gboolean places_only, guint limit,
                       GPtrArray *rows);

typedef struct _CrPaletteLine CrPaletteLine; /* palette-book.h */

/* What rows are made from. */
typedef struct {
  CrSession *session;
  CrSearchIndex *index; /* NULL while it loads */
  gboolean hidden;      /* privacy mode: initials and the tail of the MRN */
  CrDate today;
  GArray *todays;            /* CrId, patients of today's visits in order of time */
  GHashTable *today_details; /* CrId → char *: "10:30 AM Dr. Okafor – Follow-up, arrived" */
  GHashTable *visit_details; /* CrId → char *: "Last visit Jan 12, 2026", "" for none */
  GArray *recent;            /* CrId, newest first */
  CrPaletteLine *line;
} CrPaletteState;
GPtrArray *cr_palette_rows (CrPaletteState *state, const char *query);
/* The parts that a booking in one line is made of, too. */
GArray *cr_palette_find (const CrPaletteState *state, const char *words, guint *total); /* CrMatch */
CrId cr_palette_match_id (const CrPaletteState *state, const CrMatch *match); /* or the survivor's */
CrRow *cr_palette_patient_row (const CrPaletteState *state, const CrMatch *match, CrVerb verb);
CrRow *cr_palette_slot_row (const CrPaletteState *state, const CrMatch *match, guint number); /* from 1 on */
void cr_palette_add_more (GPtrArray *rows, guint shown, guint total);
gboolean cr_palette_state_similar (const CrPaletteState *state, const CrPatient *patient);

/* In a job.  details: CrId → char *, both owned; added to. */
gboolean cr_palette_read_today (CrTx *tx, CrDate today, GArray *todays, GHashTable *details, GError **error);
gboolean cr_palette_read_visits (CrTx *tx, CrDate today, const GArray *ids, GHashTable *details,
                                 GError **error);
