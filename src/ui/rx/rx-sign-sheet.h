/* What is signed, for whom, and every finding that needs an answer first: one sheet, worst first (UX 5.2). */
#pragma once
#include "chartroom/session/rx-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_RX_SIGN_SHEET (cr_rx_sign_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrRxSignSheet, cr_rx_sign_sheet, CR, RX_SIGN_SHEET, GtkWindow)
/* Signal "signed" (gint64 prescription id). */
GtkWindow *cr_rx_sign_sheet_present (CrWindow *window, CrChart *chart, CrRxDraft *draft);
