/* A clinician's book into a file for another calendar. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_CALENDAR_WINDOW (cr_calendar_window_get_type ())
G_DECLARE_FINAL_TYPE (CrCalendarWindow, cr_calendar_window, CR, CALENDAR_WINDOW, GtkWindow)
void cr_calendar_window_present (CrWindow *window);
