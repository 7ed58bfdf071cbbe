/* A printer for each kind of paper, of those that this computer knows. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/practice-settings.h"

#define CR_TYPE_PRINTER_CHOICES (cr_printer_choices_get_type ())
/* Signal "test" (int: CrPrintPaper): its button was pressed. */
G_DECLARE_FINAL_TYPE (CrPrinterChoices, cr_printer_choices, CR, PRINTER_CHOICES, GtkWidget)
GtkWidget *cr_printer_choices_new (void);
void cr_printer_choices_show (CrPrinterChoices *self,
                              CrSession *session); /* what is set; looks for printers */
/* What is chosen; the texts are the widget's. */
void cr_printer_choices_take (CrPrinterChoices *self, CrSetting settings[CR_N_PRINT_PAPERS]);
const char *cr_printer_choices_get (CrPrinterChoices *self, CrPrintPaper paper); /* NULL: it is asked for */
gboolean cr_printer_choices_is_touched (CrPrinterChoices *self, CrSession *session);
