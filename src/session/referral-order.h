/* Ordering a referral and saving its letter, on the store thread. */
#pragma once
#include "chartroom/session/work.h"

typedef struct {
  CrReferral *referral; /* copy; becomes what was stored */
} CrReferralSaving;
void cr_referral_saving_free (gpointer saving);
gboolean cr_referral_order_job (CrTx *tx, gpointer saving, GError **error); /* signs */
gboolean cr_referral_keep_job (CrTx *tx, gpointer saving, GError **error);  /* waits as draft */
gboolean cr_referral_letter_job (CrTx *tx, gpointer saving,
                                 GError **error); /* recipient and letter fields alone */

/* Stores the stage, when it began, and who did it; for all that move a referral on. */
gboolean cr_referral_enter_stage (CrTx *tx, CrReferral *referral, int stage, const char *note,
                                  GError **error);
