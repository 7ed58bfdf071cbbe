/* What a patient takes along at check-out, printed in one job (UX 2.1 F7). */
#pragma once
#include "src/ui/shell/window.h"

/* card: the appointment card; packets: CrId of the referrals whose frozen packets go along.  Shown for
 * printing as one document; said, when one of them cannot be. */
void cr_hand_over_print (CrWindow *window, CrId patient, CrId visit, gboolean card, const GArray *packets);
