/* All lines of one kind of a patient draft: each as a form of its own, and a button that adds one. */
#pragma once
#include "chartroom/session/patient-draft.h"
#include <gtk/gtk.h>

#define CR_TYPE_LINE_LIST (cr_line_list_get_type ())
G_DECLARE_FINAL_TYPE (CrLineList, cr_line_list, CR, LINE_LIST, GtkBox)
/* patient: CR_ID_NONE: a new one. */
void cr_line_list_set_up (CrLineList *self, CrSession *session, gint64 patient, CrPatientDraft *draft,
                          CrLineKind kind);
