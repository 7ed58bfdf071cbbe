/* The prescription composer: drug, directions in parts, checks beside, read back in words (UX 2.2 D5). */
#pragma once
#include "chartroom/session/rx-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_RX_COMPOSER (cr_rx_composer_get_type ())
G_DECLARE_FINAL_TYPE (CrRxComposer, cr_rx_composer, CR, RX_COMPOSER, GtkWidget)
/* Signals: "done" when it was signed, saved or given up. */
GtkWidget *cr_rx_composer_new (CrWindow *window);
/* Starts on this draft (NULL: empties it). */
void cr_rx_composer_set_draft (CrRxComposer *self, CrChart *chart, CrRxDraft *draft);
gboolean cr_rx_composer_sign (CrRxComposer *self); /* opens the sign sheet; FALSE: nothing to sign */
