/* The pages of the set-up (UX 3.2), each in a file of its own: setup-practice.c and so on. */
#pragma once
#include "src/ui/admin/setup-step.h"
#include "chartroom/domain/practice.h"

#define CR_TYPE_SETUP_PRACTICE (cr_setup_practice_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupPractice, cr_setup_practice, CR, SETUP_PRACTICE, CrSetupStep)
CrPractice *cr_setup_practice_take (CrSetupPractice *self);
char *cr_setup_practice_folder (CrSetupPractice *self); /* where it shall lie */

#define CR_TYPE_SETUP_PROTECT (cr_setup_protect_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupProtect, cr_setup_protect, CR, SETUP_PROTECT, CrSetupStep)
/* What it makes is described there; stays the stack's. */
void cr_setup_protect_set_practice (CrSetupProtect *self, CrSetupPractice *practice);

#define CR_TYPE_SETUP_RECOVERY (cr_setup_recovery_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupRecovery, cr_setup_recovery, CR, SETUP_RECOVERY, CrSetupStep)
gboolean
cr_setup_recovery_is_delivered (CrSetupRecovery *self); /* the sheet is on paper: the practice stays */

#define CR_TYPE_SETUP_PEOPLE (cr_setup_people_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupPeople, cr_setup_people, CR, SETUP_PEOPLE, CrSetupStep)

#define CR_TYPE_SETUP_HOURS (cr_setup_hours_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupHours, cr_setup_hours, CR, SETUP_HOURS, CrSetupStep)

#define CR_TYPE_SETUP_LETTERHEAD (cr_setup_letterhead_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupLetterhead, cr_setup_letterhead, CR, SETUP_LETTERHEAD, CrSetupStep)

#define CR_TYPE_SETUP_DEFAULTS (cr_setup_defaults_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupDefaults, cr_setup_defaults, CR, SETUP_DEFAULTS, CrSetupStep)

#define CR_TYPE_SETUP_DATA (cr_setup_data_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupData, cr_setup_data, CR, SETUP_DATA, CrSetupStep)

#define CR_TYPE_SETUP_FINISH (cr_setup_finish_get_type ())
G_DECLARE_FINAL_TYPE (CrSetupFinish, cr_setup_finish, CR, SETUP_FINISH, CrSetupStep)
