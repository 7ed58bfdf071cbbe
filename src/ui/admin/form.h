/* Plain forms: a label, a control, and room for what is wrong with it, one row each. */
#pragma once
#include <gtk/gtk.h>

GtkWidget *cr_form_new (void); /* a GtkGrid */
/* Each adds a row; label may hold a mnemonic.  Returned widgets belong to the form. */
GtkWidget *cr_form_add_entry (GtkWidget *form, const char *label, const char *placeholder);
GtkWidget *cr_form_add_password (GtkWidget *form, const char *label);
GtkWidget *cr_form_add_check (GtkWidget *form, const char *label);
GtkWidget *cr_form_add_choice (GtkWidget *form, const char *label, const char *const *choices);
void cr_form_add_text (GtkWidget *form, const char *text, const char *css_class);
void cr_form_add_widget (GtkWidget *form, const char *label, GtkWidget *widget);
void cr_form_add_wide (GtkWidget *form, GtkWidget *widget); /* without a label, from edge to edge */
/* What is wrong, beside the field; NULL: nothing.  The typed text stays. */
void cr_form_set_problem (GtkWidget *field, const char *problem);
/* The first field with something wrong gets the focus. */
void cr_form_focus_problem (GtkWidget *form);
const char *cr_form_text (GtkWidget *field); /* of an entry or password entry */
