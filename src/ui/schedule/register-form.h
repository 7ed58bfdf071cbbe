/* The first page of registration: the five fields that are enough to save, and what is asked next on the
 * phone (UX 2.1 F3).  Signal "left": one of the fields that a duplicate is looked for by was left. */
#pragma once
#include "chartroom/session/patient-draft.h"
#include <gtk/gtk.h>

#define CR_TYPE_REGISTER_FORM (cr_register_form_get_type ())
G_DECLARE_FINAL_TYPE (CrRegisterForm, cr_register_form, CR, REGISTER_FORM, GtkBox)
/* people: rows of CrPerson, from which the usual clinician is chosen. */
void cr_register_form_bind (CrRegisterForm *self, CrPatientDraft *draft, GListModel *people);
void cr_register_form_add_death (CrRegisterForm *self); /* only where a known patient is edited */
void cr_register_form_show_more (CrRegisterForm *self, gboolean more);
/* Says what is wrong with what is no line of its own.  line: the first one with a problem, may be NULL; or,
 * when that comes before it, the part of this form. */
GtkWidget *cr_register_form_judge (CrRegisterForm *self, GtkWidget *line);
