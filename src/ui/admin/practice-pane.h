/* Name, address and numbers of the practice, and how it shows and counts things. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/session.h"

#define CR_FORM_PRACTICE "practice" /* what was typed and is not saved (kept-form.h) */
#define CR_TYPE_PRACTICE_PANE (cr_practice_pane_get_type ())
/* Signal "said" (const char * sentence). */
G_DECLARE_FINAL_TYPE (CrPracticePane, cr_practice_pane, CR, PRACTICE_PANE, GtkWidget)
GtkWidget *cr_practice_pane_new (CrSession *session);        /* shows what was kept */
void cr_practice_pane_discard (CrPracticePane *self);        /* the window closes: nothing is kept any more */
gboolean cr_practice_pane_is_touched (CrPracticePane *self); /* something is typed or chosen, and not saved */
