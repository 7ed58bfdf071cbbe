/* The sheet before a signature: whose note, what is open, one button (UX 2.2 D3).  Closes itself when signed.
 */
#pragma once
#include "chartroom/session/note-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_NOTE_SIGN_SHEET (cr_note_sign_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrNoteSignSheet, cr_note_sign_sheet, CR, NOTE_SIGN_SHEET, GtkWindow)
/* Signal "signed". */
CrNoteSignSheet *cr_note_sign_sheet_present (CrWindow *window, CrChart *chart, CrNoteDraft *draft);
/* For an addendum to a signed note; text is copied, of the note nothing is kept. */
CrNoteSignSheet *cr_note_sign_sheet_present_addendum (CrWindow *window, CrChart *chart, const CrNote *note,
                                                      const char *text);
