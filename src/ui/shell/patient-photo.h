/* The patient's face, small, where the patient is named (UX 1.6.9); nothing where there is no photo. */
#pragma once
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_TYPE_PATIENT_PHOTO (cr_patient_photo_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientPhoto, cr_patient_photo, CR, PATIENT_PHOTO, GtkWidget)
/* photo: the document; CR_ID_NONE: none, or none that may be shown now. */
void cr_patient_photo_show (CrPatientPhoto *self, CrSession *session, gint64 patient, gint64 photo);
