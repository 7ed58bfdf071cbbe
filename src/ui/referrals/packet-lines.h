/* Which lines of a part of the packet are hidden, and why (UX 2.3 R3). */
#pragma once
#include "chartroom/render/packet-source.h"
#include <gtk/gtk.h>

gboolean cr_packet_lines_has (CrPacketSource *source,
                              CrPacketPart part); /* lines that can be hidden one by one */
/* A popover; changed (data) is called after each change. */
GtkWidget *cr_packet_lines_new (CrPacketSource *source, CrPacketPart part, GCallback changed, gpointer data);
