/* One of a few, bound both ways to a string property: buttons in a row, or a drop-down that a template made.
 */
#pragma once
#include "chartroom/session/fields.h"
#include <gtk/gtk.h>

/* box: of check buttons, each named by its code. */
void cr_form_group_bind (GtkWidget *box, CrFields *fields, const char *property);
/* codes: NULL-terminated, static, in the order of the items. */
void cr_form_drop_bind (GtkDropDown *drop, CrFields *fields, const char *property, const char *const *codes);
