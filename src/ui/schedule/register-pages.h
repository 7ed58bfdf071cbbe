/* The further pages of registration: contact, relatives, insurance, consents, photo. */
#pragma once
#include "chartroom/session/patient-draft.h"
#include <gtk/gtk.h>

/* Adds them to the stack, each under its name and its title.  patient: CR_ID_NONE: a new one. */
void cr_register_pages_add (GtkStack *stack, CrSession *session, gint64 patient, CrPatientDraft *draft);
/* A row of tabs for the stack's pages. */
void cr_register_tabs_add (GtkWidget *tab_box /* CrWrapBox */, GtkStack *stack);
void cr_register_pages_step (GtkStack *stack, int by); /* to the next or the one before, and into it */
void cr_register_pages_focus (GtkStack *stack);        /* the first line of the page that is shown */
/* All messages appear; the first line with something hard, on whatever page; NULL: none. */
GtkWidget *cr_register_pages_judge (GtkStack *stack);
void cr_register_pages_show (GtkStack *stack, GtkWidget *part); /* the page with that part */
