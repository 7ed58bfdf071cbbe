/* Pages as they will print, one below the other: drawn by the paper itself, or the frozen PDF's. */
#pragma once
#include "chartroom/render/paper.h"
#include <gtk/gtk.h>

#define CR_TYPE_PACKET_PREVIEW (cr_packet_preview_get_type ())
G_DECLARE_FINAL_TYPE (CrPacketPreview, cr_packet_preview, CR, PACKET_PREVIEW, GtkWidget)
GtkWidget *cr_packet_preview_new (void);
void cr_packet_preview_show_paper (CrPacketPreview *self,
                                   CrPaper *paper); /* borrowed until the next call; NULL: none */
void cr_packet_preview_show_pdf (CrPacketPreview *self, GBytes *pdf);
void cr_packet_preview_scroll_to (CrPacketPreview *self, guint page); /* 0-based */
