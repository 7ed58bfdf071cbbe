/* What the front desk hands out or works from: appointment card, reminder letter, address labels, routing
 * slip, week sheet, list of a patient's visits.  None of them names a diagnosis.  Visits are CrVisit; all is
 * borrowed for the time of the call. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/render/imprint.h"

typedef struct {
  const CrImprint *imprint;
  const CrPatient *patient;
  const GPtrArray *visits; /* of the patient, any order; those that have not begun are to come */
  const CrReach *reach;    /* whose address a letter goes to when the patient has none; NULL */
} CrVisitsContent;

/* The patient's next visits, to take along: when, with whom, when to be there. */
CrPaper *cr_appointment_card (const CrVisitsContent *content);
/* A letter about the first of the visits, its address placed for a window envelope (UX 6.6); the envelope
 * says nothing clinical.  Without visits it asks the patient to call for one. */
CrPaper *cr_reminder_letter (const CrVisitsContent *content);
/* Every visit of the patient, with how it ended: to come first, then the past ones, newest first. */
CrPaper *cr_visit_list_paper (const CrVisitsContent *content);

typedef struct {
  const CrImprint *imprint;
  const CrVisit *visit;
  const CrCoverage *coverage; /* primary; NULL: none recorded */
} CrRoutingSlipContent;
/* Goes with the patient through the office: who, what for, a box and a time for each station. */
CrPaper *cr_routing_slip (const CrRoutingSlipContent *content);

typedef struct {
  const CrImprint *imprint;
  const CrPerson *clinician;
  CrDate monday;
  const GPtrArray *visits;     /* of this clinician and week, any order */
  const GPtrArray *hours;      /* CrHours of this clinician; NULL: not known */
  const GPtrArray *exceptions; /* CrScheduleException of the week, own and practice-wide; NULL: none */
} CrWeekSheetContent;
/* One clinician's week, a column for each day; Saturday and Sunday only when there is something. */
CrPaper *cr_week_sheet (const CrWeekSheetContent *content);

/* Address labels: 30 on a Letter sheet, 3 across and 10 down, each 2⅝ × 1 in, the first one 3⁄16 in from the
 * left edge and ½ in from the top, 2¾ in from one to the next across (Avery 5160). */
#define CR_LABELS_PER_SHEET 30
typedef struct {
  const GPtrArray *addresses; /* char*: lines of each label, "Maria Garcia\n12 Elm St\nSalem OR 97301" */
  guint first;                /* position of the first label on the first sheet, from 0, row by row */
  double right_mm, down_mm;   /* what a printer is off, added to every position */
  gboolean outlines;          /* edges of the labels, for a test print on plain paper */
} CrLabelSheetContent;
CrPaper *cr_label_sheet (const CrLabelSheetContent *content);
/* Where a label lies on its sheet, in points; position 0–29. */
CrRect cr_label_place (guint position, double right_mm, double down_mm);
/* The lines of a patient's label; NULL when there is no address to write to.  reach: whose is used then; may
 * be NULL. */
char *cr_label_address (const CrPatient *patient, const CrReach *reach, CrDate today);
