/* A visit that repeats: the rule, and each visit of it with what is in its way, before anything is saved. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/series.h"

/* draft: patient, clinician, type, room, time and first day of the visits; copied.  name: the patient, as
 * lists show them.  The dialog, borrowed, with the signal "booked"; NULL: it may not be opened. */
GtkWindow *cr_series_dialog_present (CrWindow *window, const CrSeries *draft, const char *name);
/* The visits that follow a booked one, a week apart at first. */
void cr_series_dialog_present_after (CrWindow *window, const CrVisit *visit);
