/* Plain forms: a label, a control, and room for what is wrong with it, one row each. */
#pragma once
#include "chartroom/session/kept-form.h"
#include <gtk/gtk.h>

GtkWidget *cr_form_new (void); /* a GtkGrid */
/* Each adds a row; label may hold a mnemonic.  Returned widgets belong to the form. */
GtkWidget *cr_form_add_entry (GtkWidget *form, const char *label, const char *placeholder);
GtkWidget *cr_form_add_password (GtkWidget *form, const char *label);
GtkWidget *cr_form_add_check (GtkWidget *form, const char *label);
GtkWidget *cr_form_add_choice (GtkWidget *form, const char *label, const char *const *choices);
GtkWidget *cr_form_add_text (GtkWidget *form, const char *text, const char *css_class);
void cr_form_add_widget (GtkWidget *form, const char *label, GtkWidget *widget);
/* more: on the line of the field, after it. */
void cr_form_add_beside (GtkWidget *form, const char *label, GtkWidget *widget, GtkWidget *more);
void cr_form_add_wide (GtkWidget *form, GtkWidget *widget); /* without a label, from edge to edge */
/* An entry for a folder's path, with a button that browses; title and choose: of the chooser. */
GtkWidget *cr_form_add_folder (GtkWidget *form, const char *label, const char *title, const char *choose);
void cr_form_label_at_top (GtkWidget *field);                  /* of a field of several lines */
void cr_form_set_visible (GtkWidget *field, gboolean visible); /* with its label */
/* What is wrong, beside the field; NULL: nothing.  The typed text stays; with the next change of the field
 * the sentence goes. */
void cr_form_set_problem (GtkWidget *field, const char *problem);
/* A soft one, in the same place: it is asked, and what was typed may stay. */
void cr_form_set_question (GtkWidget *field, const char *question);
/* The first field with something wrong or asked gets the focus. */
void cr_form_focus_problem (GtkWidget *form);
/* Remembers what stands in all fields below the widget, as it is stored; and whether anything else stands
 * there now.  Never remembered: FALSE. */
void cr_form_mark_stored (GtkWidget *widget);
gboolean cr_form_is_touched (GtkWidget *widget);
/* What stands in a field, into a form that is kept and out of it again, under that name; a choice by its
 * place.  What was chosen counts as typed here: it changes what is stored. */
void cr_form_write (GtkWidget *field, CrKeptForm *kept, const char *name);
void cr_form_put_back (GtkWidget *field, const CrKeptForm *kept, const char *name);
const char *cr_form_text (GtkWidget *field); /* of an entry or password entry */
/* New strings, without blanks around them; nothing typed: NULL. */
char *cr_form_take_text (GtkWidget *field);
char *cr_form_take_digits (GtkWidget *field); /* of a phone number */
