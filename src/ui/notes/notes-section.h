/* Notes of the chart: the list at the left, reading or writing at the right (UX 3.7). */
#pragma once
#include "src/ui/chart/section.h"

#define CR_TYPE_NOTES_SECTION (cr_notes_section_get_type ())
G_DECLARE_FINAL_TYPE (CrNotesSection, cr_notes_section, CR, NOTES_SECTION, CrChartSection)
GtkWidget *cr_notes_section_new (CrWindow *window); /* hints "new-note" "note:ID" */
