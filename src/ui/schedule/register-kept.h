/* What was typed into the registration of a new patient when the screen was locked: kept in the practice's
 * own store, sealed like everything else. */
#pragma once
#include "chartroom/session/patient-draft.h"

void cr_register_kept_save (CrSession *session, CrPatientDraft *draft);
gboolean cr_register_kept_restore (CrSession *session, CrPatientDraft *draft); /* FALSE: there was nothing */
void cr_register_kept_forget (CrSession *session);
