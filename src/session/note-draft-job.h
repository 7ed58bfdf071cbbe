/* What a note draft does on the store thread. */
#pragma once
#include "chartroom/session/note-draft.h"
#include "chartroom/session/work.h"

/* Opening: today's draft of the person, or the one asked for, or a new one that is not stored yet (version
 * 0). */
typedef struct {
  CrId patient_id, note_id;
  CrNote *note; /* result */
} CrNoteOpening;
void cr_note_opening_free (gpointer opening);
gboolean cr_note_open_job (CrTx *tx, gpointer opening, GError **error);

/* Saving and signing: what is written now, and what was handed to the store before without an answer yet.
 * Only a stored text that is neither is somebody else's. */
typedef struct {
  CrNote *note;
  CrNote *sent;  /* NULL: nothing under way */
  CrNote *other; /* result with CONFLICT: the stored version */
} CrNoteSaving;
CrNoteSaving *cr_note_saving_new (const CrNote *note, const CrNote *sent);
void cr_note_saving_free (CrNoteSaving *saving);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrNoteSaving, cr_note_saving_free)
gboolean cr_note_save_job (CrTx *tx, gpointer saving, GError **error);
gboolean cr_note_sign_job (CrTx *tx, gpointer saving, GError **error);

gboolean cr_note_same_text (const CrNote *a, const CrNote *b);

/* Sentences for the sign sheet: what the note itself leaves open, and orders that are not signed. */
GPtrArray *cr_note_sheet_items (const CrNote *note, const CrChartRecords *records);
