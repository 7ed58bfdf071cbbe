/* The book as the search of free times reads it, inside a job: what holds for all days once, the visits a
 * piece at a time. */
#pragma once
#include "chartroom/domain/slot-search.h"
#include "chartroom/store/desk-stores.h"

typedef struct _CrSlotLoad CrSlotLoad;
/* People, hours, exceptions and rules of those days; NULL with error. */
CrSlotLoad *cr_slot_load_new (CrTx *tx, CrClock *clock, CrDate from, CrDate to, GError **error);
/* With the visits of some of them; valid until the next call.  NULL with error. */
const CrSlotBook *cr_slot_load_days (CrSlotLoad *self, CrTx *tx, CrDate from, CrDate to, GError **error);
void cr_slot_load_free (CrSlotLoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrSlotLoad, cr_slot_load_free)
