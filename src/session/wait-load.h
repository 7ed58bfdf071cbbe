/* The open entries of the wait list with what they name, inside a job. */
#pragma once
#include "chartroom/session/wait-list.h"
#include "chartroom/store/desk-stores.h"

GPtrArray *cr_wait_items_load (CrTx *tx, GError **error); /* CrWaitItem; NULL with error */
GPtrArray *cr_wait_items_load_closed (CrTx *tx, CrInstant since, GError **error);
