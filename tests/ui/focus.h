/* Follows the focus of a program by what the accessibility bus tells of it. */
#pragma once
#include "uidrive.h"

typedef struct _UiFocus UiFocus;

/* A rectangle in its window. */
typedef struct {
  int x, y, width, height;
} UiPlace;

UiFocus *ui_focus_new (UiApp *app);
void ui_focus_free (UiFocus *self);
/* Looks at the whole screen; each window has a focus of its own, and the last window's is followed from here
 * on.  FALSE: no window has one, or one has several. */
gboolean ui_focus_find (UiFocus *self);
/* Presses the keys (ui_keys) and waits a moment for the focus to move.  FALSE: it stayed where it was. */
gboolean ui_focus_press (UiFocus *self, const char *keys);
/* What has the focus; NULL: nothing.  Lives until the next call. */
const UiNode *ui_focus_at (UiFocus *self);
/* How many things have the focus, by what was told since it was found: one. */
guint ui_focus_count (UiFocus *self);
/* Where it stands, and the part of the window in which it could be seen: what holds it leaves no more.  FALSE
 * when it has no place at all. */
gboolean ui_focus_place (UiFocus *self, UiPlace *place, UiPlace *seen);
