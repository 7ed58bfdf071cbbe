/* A person who works here: name, sign-in name, role, password.  Serves the wizard and the people window. */
#pragma once
#include "chartroom/session/administration.h"
#include <gtk/gtk.h>

#define CR_TYPE_PERSON_FORM (cr_person_form_get_type ())
G_DECLARE_FINAL_TYPE (CrPersonForm, cr_person_form, CR, PERSON_FORM, GtkWidget)
GtkWidget *cr_person_form_new (gboolean administrator); /* TRUE: role is Administrator and not asked */
/* New person from what was typed, problems shown beside the fields; NULL when something is wrong. */
CrPerson *cr_person_form_take (CrPersonForm *self);
const char *cr_person_form_password (CrPersonForm *self);
gboolean cr_person_form_is_empty (CrPersonForm *self);
void cr_person_form_clear (CrPersonForm *self);
