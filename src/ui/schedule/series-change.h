/* A visit of a series, and those that come with it: changed or cancelled together, previewed one by one. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/series.h"

void cr_series_change_present (CrWindow *window, const CrVisit *visit);
