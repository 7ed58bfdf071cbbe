/* What comes from outside while a command runs. */
#pragma once
#include <glib.h>

/* Descriptors 0 to 2 that the caller closed: else the next file opened, the database say, would get what is
 * printed.  Writing to them fails.  First thing in main. */
void ctl_fill_descriptors (void);
/* From now on Ctrl+C and SIGTERM only ask (ctl_go_on); a second one ends the program at once.  Called before
 * something is made that must not be left half made. */
void ctl_hold_signals (void);
/* FALSE, CR_ERROR_CANCELLED: a signal asked to stop. */
gboolean ctl_go_on (GError **error);
/* Everything printed has reached where it was to go. */
gboolean ctl_printed (GError **error);
/* For a terminal: one line, no control characters, no marks that turn the direction of writing. */
char *ctl_one_line (const char *text);
/* So, to stderr. */
void ctl_say (const char *before, const char *text);
