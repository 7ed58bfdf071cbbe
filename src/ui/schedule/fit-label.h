/* A text with shorter forms for where there is no room for it: "GARCIA, Maria Elena", "GARCIA, M.", and what
 * stands before the comma, "GARCIA". */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_FIT_LABEL (cr_fit_label_get_type ())
G_DECLARE_FINAL_TYPE (CrFitLabel, cr_fit_label, CR, FIT_LABEL, GtkWidget)
GtkWidget *cr_fit_label_new (void);
void cr_fit_label_set (CrFitLabel *self, const char *text, const char *shorter);
int cr_fit_label_least (CrFitLabel *self); /* pixels that the shorter form needs */
