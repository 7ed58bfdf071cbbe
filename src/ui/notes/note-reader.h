/* A note to be read: its texts, its stamp, whether the signature still holds, its addenda; and writing
 * another one. */
#pragma once
#include "chartroom/session/note-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_NOTE_READER (cr_note_reader_get_type ())
G_DECLARE_FINAL_TYPE (CrNoteReader, cr_note_reader, CR, NOTE_READER, GtkWidget)
void cr_note_reader_set_window (CrNoteReader *self, CrWindow *window);
/* chart NULL: empty.  An addendum being typed stays with its note. */
void cr_note_reader_show (CrNoteReader *self, CrChart *chart, const CrNote *note);
gboolean cr_note_reader_start_addendum (CrNoteReader *self); /* FALSE: this note cannot have one */
gboolean cr_note_reader_sign (CrNoteReader *self);           /* the addendum; FALSE: none is being written */
gboolean cr_note_reader_print (CrNoteReader *self);
void cr_note_reader_forget (CrNoteReader *self); /* addenda being typed */
