/* Loading of the practice's settings and its logo, for the shared lists. */
#pragma once
#include "chartroom/session/work.h"

GHashTable *cr_settings_load (CrTx *tx, GError **error); /* key → value, both owned */
GBytes *cr_settings_load_logo (CrTx *tx, CrId logo_id, GError **error);
