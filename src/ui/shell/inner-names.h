/* GTK 4.8 leaves parts of its own widgets without a name: a screen reader says "GtkToggleButton" for the
 * button of a drop-down, which is what has the focus, and "GtkImage" for the arrows of a calendar. */
#pragma once

/* From here on such a part is named when it gets the focus, in every window of the program: a drop-down by
 * its label and what is chosen in it, an arrow by what it does. */
void cr_inner_names_follow (void);
