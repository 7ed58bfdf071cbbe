/* A person who works here: name, sign-in name, role, password.  Serves the wizard and the people window.
 * Signal "edited": something was typed or chosen. */
#pragma once
#include "chartroom/session/administration.h"
#include "chartroom/session/kept-form.h"
#include <gtk/gtk.h>

#define CR_TYPE_PERSON_FORM (cr_person_form_get_type ())
G_DECLARE_FINAL_TYPE (CrPersonForm, cr_person_form, CR, PERSON_FORM, GtkWidget)
GtkWidget *cr_person_form_new (gboolean administrator); /* TRUE: role is Administrator and not asked */
/* Somebody who is here already, copied: all but the sign-in name can be changed, a password is not asked.
 * NULL: somebody new, all empty. */
void cr_person_form_show (CrPersonForm *self, const CrPerson *person);
/* The person as typed, problems shown beside the fields; NULL when something is wrong. */
CrPerson *cr_person_form_take (CrPersonForm *self);
/* What stands there, to be kept, and back again (kept-form.h).  A password is not kept: it has to be typed
 * again, which is said beside it. */
void cr_person_form_write (CrPersonForm *self, CrKeptForm *kept);
void cr_person_form_put_back (CrPersonForm *self, const CrKeptForm *kept);
const char *cr_person_form_password (CrPersonForm *self);
gboolean cr_person_form_is_empty (CrPersonForm *self);
void cr_person_form_clear (CrPersonForm *self);
