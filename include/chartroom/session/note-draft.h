/* A note being written.  Saved at most 1 s after the first unsaved key; nothing older than 2 s is lost. */
#pragma once
#include "chartroom/session/chart.h"

#define CR_TYPE_NOTE_DRAFT (cr_note_draft_get_type ())
/* Cast and check are CR_NOTE_DRAFT_OBJECT and CR_IS_NOTE_DRAFT_OBJECT: CR_NOTE_DRAFT is a status. */
G_DECLARE_FINAL_TYPE (CrNoteDraft, cr_note_draft, CR, NOTE_DRAFT_OBJECT, GObject)

/* String properties: title reason subjective objective assessment-plan.  Read-only: "dirty", "signed" (no
 * longer changes), "conflict" (another version was stored meanwhile), "status-text" ("Draft saved 9:42 AM",
 * "Not saved since 9:42 AM. The disk is full. Your text is still here."). */
/* The author's open draft of today's encounter, or a new one (stored with its first text). */
void cr_note_draft_open_async (CrChart *chart, CrId note /* CR_ID_NONE: today's */, GAsyncReadyCallback cb,
                               gpointer data);
CrNoteDraft *cr_note_draft_open_finish (GAsyncResult *result, GError **error);
CrId cr_note_draft_get_note_id (CrNoteDraft *self);
const CrNote *cr_note_draft_peek (CrNoteDraft *self); /* with the present text */
void cr_note_draft_save_async (CrNoteDraft *self, GAsyncReadyCallback cb, gpointer data); /* now */
/* The text as it stands, readable by the owner of the file alone and by nobody's key: where the store takes
 * nothing, so that it survives.  An export in the audit, at the latest when the draft is saved again. */
gboolean cr_note_draft_save_copy (CrNoteDraft *self, const char *path, GError **error);
/* With "conflict": the stored version, for showing both texts; else NULL.  Nothing is saved until one is
 * chosen. */
const CrNote *cr_note_draft_get_other (CrNoteDraft *self);
void cr_note_draft_settle (CrNoteDraft *self, gboolean keep_mine); /* FALSE: takes the stored text */
GPtrArray *cr_note_draft_open_items (CrNoteDraft *self);           /* sentences shown on the sign sheet */
/* The day's vitals as the editor shows them; they go into the note with the next save and under the
 * signature. */
void cr_note_draft_set_vitals (CrNoteDraft *self, const char *line);
void cr_note_draft_sign_async (CrNoteDraft *self, GAsyncReadyCallback cb, gpointer data);
/* A signed note: addendum text is saved and signed in one step. */
void cr_chart_add_addendum_async (CrChart *chart, CrId note, const char *text, GAsyncReadyCallback cb,
                                  gpointer data);
void cr_chart_note_in_error_async (CrChart *chart, CrId note, const char *reason, GAsyncReadyCallback cb,
                                   gpointer data);
/* TRUE when the stored text still fits hash and signature. */
gboolean cr_note_verify (const CrNote *note);
gboolean cr_addendum_verify (const CrAddendum *addendum);
