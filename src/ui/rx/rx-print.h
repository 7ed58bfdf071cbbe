/* Signed prescriptions on paper (UX 6.2). */
#pragma once
#include "chartroom/session/chart.h"
#include "src/ui/shell/window.h"

/* Shows the signed prescription with that id for printing; when the printer has it, its status follows. */
void cr_rx_print (CrWindow *window, CrChart *chart, CrId prescription);
