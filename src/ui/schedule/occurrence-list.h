/* The visits of a series, each with a tick and what is in its way; a signal "changed" when a tick was. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/session/series.h"

#define CR_TYPE_OCCURRENCE_LIST (cr_occurrence_list_get_type ())
G_DECLARE_FINAL_TYPE (CrOccurrenceList, cr_occurrence_list, CR, OCCURRENCE_LIST, GtkWidget)

/* Takes the array (CrOccurrence); NULL: empty. */
void cr_occurrence_list_fill (CrOccurrenceList *self, CrSession *session, GPtrArray *occurrences);
/* As they are ticked now; NULL: none were shown. */
const GPtrArray *cr_occurrence_list_get (CrOccurrenceList *self);
guint cr_occurrence_list_count (CrOccurrenceList *self, guint *all); /* ticked ones */
