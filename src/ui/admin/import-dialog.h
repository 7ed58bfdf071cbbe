/* Import FHIR bundles with a dry run first and a report (File → Import). */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_IMPORT_DIALOG (cr_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrImportDialog, cr_import_dialog, CR, IMPORT_DIALOG, GtkWindow)
GtkWindow *cr_import_dialog_present (CrWindow *window); /* borrowed */
