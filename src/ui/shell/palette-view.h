/* The list under the search field: patients, places, commands (UX 1.5).  Typing stays in the field. */
#pragma once
#include "chartroom/session/palette.h"
#include <gtk/gtk.h>

#define CR_TYPE_PALETTE_VIEW (cr_palette_view_get_type ())
G_DECLARE_FINAL_TYPE (CrPaletteView, cr_palette_view, CR, PALETTE_VIEW, GtkWidget)
/* Signal "chosen" (pointer const CrHit *, boolean open_chart): Enter or click; TRUE with Ctrl+Enter. */
void cr_palette_view_attach (CrPaletteView *self, GtkSearchEntry *entry, CrPalette *palette);
void cr_palette_view_close (CrPaletteView *self, gboolean clear);
void cr_palette_view_start (CrPaletteView *self); /* Ctrl+K: field empty and focused */
/* Ctrl+Enter, which reaches the window first: the chart of the highlighted patient.  FALSE: the palette is
 * closed. */
gboolean cr_palette_view_choose_chart (CrPaletteView *self);
/* Opens with the last query again: what was chosen could not be done. */
void cr_palette_view_restore (CrPaletteView *self);
