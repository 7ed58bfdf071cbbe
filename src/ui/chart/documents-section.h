/* Documents of the chart: what is there, and a viewer for texts and PDFs. */
#pragma once
#include "src/ui/chart/section.h"

#define CR_TYPE_DOCUMENTS_SECTION (cr_documents_section_get_type ())
G_DECLARE_FINAL_TYPE (CrDocumentsSection, cr_documents_section, CR, DOCUMENTS_SECTION, CrChartSection)
GtkWidget *cr_documents_section_new (CrWindow *window); /* hint "document:ID" */
