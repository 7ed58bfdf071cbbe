/* The practices that this account has opened, newest first: their folders, and the names on their doors.
 * Nothing else of them is kept outside the folder. */
#pragma once
#include "src/ui/shell/window.h"

/* NULL where the schema is not installed: then nothing is remembered. */
GSettings *cr_recent_settings (void);
void cr_recent_note (GSettings *settings, const char *folder, const char *name);
char *cr_recent_name (GSettings *settings, const char *folder); /* new string; NULL: it was never opened */
/* Asks which practice to open: those opened before that are still there, or any folder. */
void cr_recent_choose (CrWindow *window, const char *chosen /* folder that is chosen already; NULL */);
