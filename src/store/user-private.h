/* PINs of signed-in people (pin.c), for user.c and person-store.c. */
#pragma once
#include "store-private.h"
#include "chartroom/store/stores.h"

/* Does the PIN let this person come back now?  WRONG_PASSWORD says why not; the try is counted. */
gboolean cr_pin_unlock (CrStore *self, CrStoreUser *user, const char *typed, GError **error);
gboolean cr_pin_forgive (CrTx *tx, CrId person_id, GError **error); /* no wrong tries any more */
gboolean cr_pin_drop (CrTx *tx, CrId person_id, GError **error);
