/* One line of a form: label, entry, and below it what was understood, what is wrong or what is asked, with a
 * button where the question can be answered by one press.  Bound both ways to a string property. */
#pragma once
#include "chartroom/session/fields.h"
#include <gtk/gtk.h>

#define CR_TYPE_FORM_FIELD (cr_form_field_get_type ())
G_DECLARE_FINAL_TYPE (CrFormField, cr_form_field, CR, FORM_FIELD, GtkWidget)
/* Properties: "label" (with mnemonic), "field" (the property it binds to), "placeholder".  Signal "left". */
void cr_form_field_bind (CrFormField *self, CrFields *fields);
/* Says what the rules say, once the field was left or everywhere when all is asked for.  TRUE: nothing hard.
 */
gboolean cr_form_field_judge (CrFormField *self, gboolean all);
void cr_form_field_set_echo (CrFormField *self,
                             const char *text); /* what was understood; NULL or "": nothing */
/* Puts another control beside the entry (the use of a phone number). */
void cr_form_field_add_beside (CrFormField *self, GtkWidget *widget);
