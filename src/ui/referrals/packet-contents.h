/* The contents list of the packet: what goes in, in which order, on which pages (UX 3.9).  Space includes,
 * Delete excludes or hides lines, Ctrl+Up and Ctrl+Down reorder. */
#pragma once
#include "chartroom/clinical/referral-wants.h"
#include "chartroom/render/packet-source.h"
#include <gtk/gtk.h>

#define CR_TYPE_PACKET_CONTENTS (cr_packet_contents_get_type ())
G_DECLARE_FINAL_TYPE (CrPacketContents, cr_packet_contents, CR, PACKET_CONTENTS, GtkWidget)
/* Signals "changed" (a tick, an order, a hidden line) and "picked" (the key of an item). */
GtkWidget *cr_packet_contents_new (void);
void cr_packet_contents_set_source (CrPacketContents *self,
                                    CrPacketSource *source /* borrowed; NULL: none */);
/* Writes the pages beside the items. */
void cr_packet_contents_show_pages (CrPacketContents *self, CrPaper *paper);
/* Selects without signalling "picked". */
void cr_packet_contents_select (CrPacketContents *self, const char *key);
/* GArray of CrReferralGap. */
void cr_packet_contents_set_gaps (CrPacketContents *self, const GArray *gaps);
