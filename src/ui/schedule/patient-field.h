/* Who a form is about: searched for in it, then said by name, birth date, sex and MRN, with a button to
 * choose somebody else.  Signal "changed": another patient, or none any more. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_PATIENT_FIELD (cr_patient_field_get_type ())
G_DECLARE_FINAL_TYPE (CrPatientField, cr_patient_field, CR, PATIENT_FIELD, GtkWidget)

/* from: for the audit.  note: what no patient means ("Concerns no patient"); NULL: one is needed. */
GtkWidget *cr_patient_field_new (CrWindow *window, const char *from, const char *note);
void cr_patient_field_show (CrPatientField *self, const CrPatient *patient); /* NULL: none */
void cr_patient_field_choose (CrPatientField *self, CrId patient);           /* read meanwhile; none: none */
void cr_patient_field_fix (CrPatientField *self);                       /* no other can be chosen any more */
void cr_patient_field_set_next (CrPatientField *self, GtkWidget *next); /* has the focus once one is chosen */
/* Also while the patient is read; CR_ID_NONE: nobody is chosen. */
CrId cr_patient_field_get (CrPatientField *self);
const char *cr_patient_field_get_name (CrPatientField *self); /* as lists show it; NULL: not known */
