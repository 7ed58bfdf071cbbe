/* Pages as they will print, one below the other: drawn by the paper itself, or the frozen PDF's. */
#pragma once
#include "chartroom/render/paper.h"
#include <gtk/gtk.h>

#define CR_TYPE_PACKET_PREVIEW (cr_packet_preview_get_type ())
G_DECLARE_FINAL_TYPE (CrPacketPreview, cr_packet_preview, CR, PACKET_PREVIEW, GtkWidget)
/* Signal "picked": the key of the section or part of the paper that was clicked. */
GtkWidget *cr_packet_preview_new (void);
void cr_packet_preview_show_paper (CrPacketPreview *self,
                                   CrPaper *paper); /* borrowed until the next call; NULL: none */
void cr_packet_preview_show_pdf (CrPacketPreview *self, GBytes *pdf);
guint cr_packet_preview_count (CrPacketPreview *self); /* pages */
/* To where that section or part of the paper begins. */
void cr_packet_preview_scroll_to (CrPacketPreview *self, const char *key);
