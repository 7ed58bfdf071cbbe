/* The packet: contents, letter, live preview by the painter of the printer; then frozen (UX 3.9). */
#pragma once
#include "chartroom/session/referral-work.h"
#include "src/ui/shell/window.h"

#define CR_TYPE_PACKET_COMPOSER (cr_packet_composer_get_type ())
G_DECLARE_FINAL_TYPE (CrPacketComposer, cr_packet_composer, CR, PACKET_COMPOSER, GtkWidget)
/* Signal "closed". */
GtkWidget *cr_packet_composer_new (CrWindow *window);
/* referral NULL: nothing.  A referral whose packet is frozen shows those bytes and can be printed and sent.
 */
void cr_packet_composer_set_referral (CrPacketComposer *self, CrChart *chart, CrId referral);
gboolean cr_packet_composer_perform (CrPacketComposer *self, const char *what); /* "primary" "print" "save" */
