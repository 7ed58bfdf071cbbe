#include "src/ui/schedule/register-dialog.h"

void
cr_register_dialog_present (CrWindow *window, const char *words, CrId existing)
{
}
