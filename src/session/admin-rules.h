/* Hard limits on what an administrator may store. */
#pragma once
#include "chartroom/store/stores.h"

/* INVALID with a sentence; also for classes that are not an administrator's business. */
gboolean cr_admin_check_record (CrTx *tx, const CrRecordClass *klass, gconstpointer record, GError **error);
/* INVALID when nobody is left who may administer the practice. */
gboolean cr_admin_check_administrators (CrTx *tx, GError **error);
