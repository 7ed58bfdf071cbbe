/* Error-prone words in the texts of a note: underlined, each with what may stand in its place (UX 4.5).
 * Nothing is changed by itself. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/clinical/names.h"

/* Underlines what is found in the buffer and returns it: CrAbbreviation, owned by the array. */
GPtrArray *cr_note_wording_mark (GtkTextBuffer *buffer, const CrKnowledge *knowledge);
/* Puts the words in the place of what was found, as one step to undo; FALSE when the text is another by now.
 */
gboolean cr_note_wording_replace (GtkTextBuffer *buffer, const CrAbbreviation *found, const char *words);
