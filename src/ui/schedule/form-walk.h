/* All lines of a form at once: fields and choices, in boxes of boxes. */
#pragma once
#include "chartroom/session/fields.h"
#include <gtk/gtk.h>

/* Fields that were named in a template are bound; those that bind themselves are not among them yet. */
void cr_form_bind_all (GtkWidget *parent, CrFields *fields);
/* Into the first line, not on a button before it; FALSE: there is none. */
gboolean cr_form_focus_first (GtkWidget *parent);
/* All messages appear; the first line with something hard, NULL: none. */
GtkWidget *cr_form_judge_all (GtkWidget *parent);
