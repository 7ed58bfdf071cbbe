/* Finds one patient inside a panel, with the same search as the header bar.
 * Signals: "picked" (gint64 patient), "register" (const char *words). */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_TYPE_PATIENT_PICKER (cr_patient_picker_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientPicker, cr_patient_picker, CR, PATIENT_PICKER, GtkWidget)
void cr_patient_picker_start (CrPatientPicker *self, CrSession *session); /* empty, ready to type */
void cr_patient_picker_stop (CrPatientPicker *self);                      /* drops what was found */
/* So high is the list once there is one, in pixels, where nothing around it would give it room. */
void cr_patient_picker_set_room (CrPatientPicker *self, int height);
