/* Writes a note: four headed texts in one scroll, bound to the draft that saves itself (UX 3.7). */
#pragma once
#include "chartroom/session/note-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_NOTE_EDITOR (cr_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrNoteEditor, cr_note_editor, CR, NOTE_EDITOR, GtkWidget)
void cr_note_editor_set_window (CrNoteEditor *self, CrWindow *window);
/* NULL and NULL: nothing to write. */
void cr_note_editor_set_draft (CrNoteEditor *self, CrChart *chart, CrNoteDraft *draft);
void cr_note_editor_refresh (CrNoteEditor *self);       /* today's vitals may have changed */
GtkTextView *cr_note_editor_focus (CrNoteEditor *self); /* the first empty text, which has the focus then */
void cr_note_editor_sign (CrNoteEditor *self);          /* opens the sign sheet */
void cr_note_editor_save (CrNoteEditor *self);          /* now */
void cr_note_editor_save_copy (CrNoteEditor *self);     /* asks for a file outside the practice */
