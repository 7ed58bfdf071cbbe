/* Possible matches of a registration: who they are and why (UX 2.1 F3).  Signal "open" (gint64 patient). */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/patient-draft.h"

#define CR_TYPE_MATCH_LIST (cr_match_list_get_type ())
G_DECLARE_FINAL_TYPE (CrMatchList, cr_match_list, CR, MATCH_LIST, GtkWidget)
void cr_match_list_show (CrMatchList *self, CrWindow *window,
                         GListModel *candidates); /* rows of CrCandidate */
/* The patient most like it among those that are likely the same; CR_ID_NONE: none is. */
CrId cr_match_list_likeliest (GListModel *candidates);
