/* The visit types as buttons of which one is chosen: by pointer, by arrows, or by typing its code.
 * Signals: "chosen" (the type changed), "done" (Enter). */
#pragma once
#include "chartroom/domain/practice.h"
#include <gtk/gtk.h>

#define CR_TYPE_TYPE_CHIPS (cr_type_chips_get_type ())
G_DECLARE_FINAL_TYPE (CrTypeChips, cr_type_chips, CR, TYPE_CHIPS, GtkWidget)
void cr_type_chips_fill (CrTypeChips *self, GListModel *types); /* rows of CrVisitType; chooses the first */
void cr_type_chips_choose (CrTypeChips *self, CrId type);       /* unless there is none of that id */
void cr_type_chips_clear (CrTypeChips *self);
const CrVisitType *cr_type_chips_get (CrTypeChips *self); /* NULL: none; valid until the next fill or clear */
