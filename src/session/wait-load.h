/* The open entries of the wait list with what they name, inside a job. */
#pragma once
#include "chartroom/session/wait-list.h"
#include "chartroom/store/desk-stores.h"

CrWaitItem *cr_wait_item_load (CrTx *tx, CrWaitEntry *entry); /* takes the entry */
GPtrArray *cr_wait_items_load (CrTx *tx, GError **error); /* CrWaitItem; NULL with error */
GPtrArray *cr_wait_items_load_closed (CrTx *tx, CrInstant since, GError **error);
