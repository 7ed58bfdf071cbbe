/* Visits that lost their time, each with the way to it in the book. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_HIT_WINDOW (cr_hit_window_get_type ())
G_DECLARE_FINAL_TYPE (CrHitWindow, cr_hit_window, CR, HIT_WINDOW, GtkWindow)
/* rows: of CrVisit (hit-visits.h), kept.  title: what they are.  over: closed when one goes to a visit,
 * unless something is typed in it and not saved; may be the window itself, which stays. */
void cr_hit_window_present (GtkWindow *over, CrWindow *window, const char *title, GPtrArray *rows);
/* The same over the window itself, of one patient's visits, with a button that cancels them all for that
 * reason. */
void cr_hit_window_offer (CrWindow *window, const char *title, GPtrArray *rows, const char *reason);
