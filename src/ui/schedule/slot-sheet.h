/* A few free times as buttons, with a sentence above; opens in place.  Signals: "chosen" (pointer: CrSlot),
 * "closed" (given up). */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/domain/slot-search.h"

#define CR_TYPE_SLOT_SHEET (cr_slot_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrSlotSheet, cr_slot_sheet, CR, SLOT_SHEET, GtkWidget)
GtkWidget *cr_slot_sheet_new (CrWindow *window, const char *sentence, const GArray *slots);
