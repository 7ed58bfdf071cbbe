/* Registration, and the demographics of a patient who is known already (UX 2.1 F3, 3.13). */
#pragma once
#include "src/ui/shell/window.h"

/* existing: CR_ID_NONE registers a new patient; words: what was typed in the search, may be NULL. */
void cr_register_dialog_present (CrWindow *window, const char *words, CrId existing);
