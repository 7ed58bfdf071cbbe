/* Booking a time that the search offered for "garcia 6w fu 20 am". */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/palette.h"

/* hit: of kind SLOT; read before this returns.  Says what was booked, with Undo; or why it was not, and the
 * line stands in the search again. */
void cr_book_line (CrWindow *window, const CrHit *hit);
