/* Who works here: added, changed, given a new password, left without access; a page of the practice's window.
 * Signals: "said" (const char *sentence): what came of it; "hit" (const char *sentence, GPtrArray *rows):
 * also which visits lost their clinician (hit-visits.h); "change-keys" (const char *reason): new keys are
 * wanted, since somebody must not read on. */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_FORM_PERSON "person" /* what was typed and is not saved (kept-form.h) */
#define CR_TYPE_PEOPLE_PANE (cr_people_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrPeoplePane, cr_people_pane, CR, PEOPLE_PANE, GtkWidget)
void cr_people_pane_set_session (CrPeoplePane *self, CrSession *session); /* once; shows what was kept */
void cr_people_pane_stay (CrPeoplePane *self);                            /* what it asks is taken back */
void cr_people_pane_discard (CrPeoplePane *self);        /* the window closes: nothing is kept any more */
gboolean cr_people_pane_is_touched (CrPeoplePane *self); /* something is typed or chosen, and not saved */
