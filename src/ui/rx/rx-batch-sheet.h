/* Several prescriptions signed at once: grouped by patient, each identity in full (UX 3.13). */
#pragma once
#include "chartroom/session/rx-draft.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_RX_BATCH_SHEET (cr_rx_batch_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrRxBatchSheet, cr_rx_batch_sheet, CR, RX_BATCH_SHEET, GtkWindow)
/* items: CrQueueItem, read at once and not kept; each one that cr_queue_item_alone has nothing against.
 * Signal "signed". */
GtkWindow *cr_rx_batch_sheet_present (CrWindow *window, const GPtrArray *items);
char *cr_rx_describe (const CrPrescription *rx); /* "Take 1 tablet … – quantity 90 (ninety) – refills 3" */
