/* The head of a letter as it will be printed. */
#pragma once
#include <gtk/gtk.h>
#include "chartroom/render/imprint.h"

#define CR_TYPE_LETTERHEAD_PREVIEW (cr_letterhead_preview_get_type ())
G_DECLARE_FINAL_TYPE (CrLetterheadPreview, cr_letterhead_preview, CR, LETTERHEAD_PREVIEW, GtkWidget)
GtkWidget *cr_letterhead_preview_new (void);
void cr_letterhead_preview_show (CrLetterheadPreview *self, const CrImprint *imprint);
