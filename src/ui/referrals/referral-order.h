/* The order: to whom, how urgent, what shall be answered.  A modal window of one patient. */
#pragma once
#include "chartroom/session/referral-work.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_REFERRAL_ORDER (cr_referral_order_get_type ())
G_DECLARE_FINAL_TYPE (CrReferralOrder, cr_referral_order, CR, REFERRAL_ORDER, GtkWindow)
/* Signal "ordered" (gint64 referral id). */
GtkWindow *cr_referral_order_present (CrWindow *window, CrChart *chart);
/* To whom, for a confirmation: "Orthopedics – Dr. S. Rao, Salem Orthopedics, fax 503-555-0142". */
char *cr_referral_order_recipient (CrReferralOrder *self);
