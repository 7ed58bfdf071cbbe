/* To whom a referral goes: words find a recipient of the directory, or stay as the specialty alone.  Nothing
 * is chosen before a person chooses. */
#pragma once
#include "chartroom/session/referral-work.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_RECIPIENT_FIELD (cr_recipient_field_get_type ())
G_DECLARE_FINAL_TYPE (CrRecipientField, cr_recipient_field, CR, RECIPIENT_FIELD, GtkWidget)
/* Signal "chosen": by Enter, by click, or just added.  dialog: the window it stands in. */
void cr_recipient_field_set_up (CrRecipientField *self, CrWindow *window, GtkWindow *dialog);
const CrContact *cr_recipient_field_get_contact (CrRecipientField *self); /* NULL: none is chosen */
char *cr_recipient_field_get_specialty (CrRecipientField *self);          /* the recipient's, or as typed */
/* The writer goes on: words that fit one recipient alone choose it. */
void cr_recipient_field_settle (CrRecipientField *self);
