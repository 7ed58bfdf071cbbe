/* The patient banner (UX 3.5): identity in a reserved place, in a fixed order, never truncated. */
#pragma once
#include "chartroom/session/chart.h"
#include <gtk/gtk.h>

#define CR_TYPE_BANNER (cr_banner_get_type ())
G_DECLARE_FINAL_TYPE (CrBanner, cr_banner, CR, BANNER, GtkWidget)
void cr_banner_set_chart (CrBanner *self, CrChart *chart); /* NULL: empty */
void cr_banner_set_edge (CrBanner *self, const char *edge);
void cr_banner_set_private (CrBanner *self, gboolean hidden); /* initials only */
void cr_banner_toggle_more (CrBanner *self);
