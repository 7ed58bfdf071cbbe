/* Which patient of the practice a relative is: looked for, named, taken back.  Bound to the "patient" of a
 * line; what the line does not say yet, name and phone, is filled in from that patient. */
#pragma once
#include "chartroom/session/patient-line.h"
#include "chartroom/session/session.h"
#include <gtk/gtk.h>

#define CR_TYPE_PATIENT_LINK (cr_patient_link_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientLink, cr_patient_link, CR, PATIENT_LINK, GtkWidget)
GtkWidget *cr_patient_link_new (CrSession *session, CrPatientLine *line);
