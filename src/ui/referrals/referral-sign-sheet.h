/* The sheet before a referral is signed: for whom, to whom, the question; the order behind it keeps its text.
 */
#pragma once
#include "chartroom/session/referral-work.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_REFERRAL_SIGN_SHEET (cr_referral_sign_sheet_get_type ())
G_DECLARE_FINAL_TYPE (CrReferralSignSheet, cr_referral_sign_sheet, CR, REFERRAL_SIGN_SHEET, GtkWindow)
/* Over the order.  to: the recipient in words.  Signal "signed" when the person signs; the sheet is gone by
 * then. */
CrReferralSignSheet *cr_referral_sign_sheet_present (GtkWindow *order, CrWindow *window, CrChart *chart,
                                                     const CrReferral *referral, const char *to);
