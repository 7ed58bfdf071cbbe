/* Name, address and numbers of the practice, and how it shows and counts things. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/session.h"

#define CR_TYPE_PRACTICE_PANE (cr_practice_pane_get_type ())
/* Signal "said" (const char * sentence). */
G_DECLARE_FINAL_TYPE (CrPracticePane, cr_practice_pane, CR, PRACTICE_PANE, GtkWidget)
GtkWidget *cr_practice_pane_new (CrSession *session);
gboolean cr_practice_pane_is_touched (CrPracticePane *self); /* something is typed or chosen, and not saved */
