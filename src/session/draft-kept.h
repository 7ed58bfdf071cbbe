/* Forms that are not saved yet: one preference of the person, a GKeyFile, sealed like all else.  The group of
 * a patient's form is the patient's id, CR_ID_NONE a new one's; each line of it has its own.  All other forms
 * have their name (kept-form.h). */
#pragma once
#include "chartroom/session/session.h"

#define CR_KEPT_OUTDATED "form-outdated" /* of a patient's form: changed by somebody else since */
#define CR_KEPT_MERGED "form-merged"     /* typed for a chart that was merged into this one */

GKeyFile *cr_draft_kept_load (CrSession *session); /* a new one; never NULL */
/* The groups that differ from what was loaded; what the same person keeps in another window stays. */
void cr_draft_kept_store (CrSession *session, GKeyFile *kept);

char *cr_draft_kept_form (CrId patient);                       /* new: the group's name */
char *cr_draft_kept_line (CrId patient, guint nth);            /* new */
GPtrArray *cr_draft_kept_lines (GKeyFile *kept, CrId patient); /* those there are, in their order */
gboolean cr_draft_kept_is_line (const char *group);
void cr_draft_kept_drop_lines (GKeyFile *kept, CrId patient);
