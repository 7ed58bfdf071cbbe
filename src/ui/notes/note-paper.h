/* A note on paper: the preview, then the printer or a PDF. */
#pragma once
#include "chartroom/session/chart.h"
#include "src/ui/shell/window.h"

void cr_note_paper_present (CrWindow *window, CrChart *chart, const CrNote *note);
