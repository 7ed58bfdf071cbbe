/* One line of a form: label and a choice of a few codes, bound both ways to a string property; below it what
 * is wrong. */
#pragma once
#include "chartroom/session/fields.h"
#include <gtk/gtk.h>

#define CR_TYPE_FORM_CHOICE (cr_form_choice_get_type ())
G_DECLARE_FINAL_TYPE (CrFormChoice, cr_form_choice, CR, FORM_CHOICE, GtkWidget)
/* codes, words: NULL-terminated, copied.  A text that is none of the codes is offered as it is. */
GtkWidget *cr_form_choice_new (CrFields *fields, const char *property, const char *label,
                               const char *const *codes, const char *const *words);
gboolean cr_form_choice_judge (CrFormChoice *self); /* says what the rules say; TRUE: nothing hard */
