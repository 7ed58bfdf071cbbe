/* The desk's papers, each to the window's preview: they are printed, or not, from there, and audited then. */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/day-schedule.h"

typedef enum {
  CR_DESK_CARD,   /* appointment card */
  CR_DESK_LETTER, /* reminder letter; refused for who wants no mail */
  CR_DESK_LIST,   /* all visits of the patient */
  CR_DESK_LABEL,  /* one address label */
  CR_DESK_SLIP,   /* routing slip of one visit */
} CrDeskPaper;
/* visit: for the slip, and for the letter about it; CR_ID_NONE: the next one. */
void cr_desk_print (CrWindow *window, CrDeskPaper paper, CrId patient, CrId visit);
/* Its bytes alone, of a chart that is open for the office; not for labels. */
GBytes *cr_desk_paper_pdf (CrWindow *window, CrDeskPaper paper, CrChart *chart, GError **error);
/* The week that holds the date, of one clinician. */
void cr_desk_print_week (CrWindow *window, CrId person, CrDate date);
/* Labels with these lines, in this order. */
void cr_desk_print_labels (CrWindow *window, GPtrArray *addresses /* char* */);
/* Adds the patient's lines where a letter may go. */
void cr_desk_add_label (CrWindow *window, GPtrArray *addresses, const CrPatient *patient,
                        const CrReach *reach);
