/* What every printed document says about its origin: the practice, the time, the person who prints. */
#pragma once
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"
#include "chartroom/domain/patient.h"
#include "chartroom/render/paper.h"

/* All borrowed, for the time of the call that makes a paper. */
typedef struct {
  const CrPractice *practice;
  CrClock *clock;      /* office-local time of instants */
  CrInstant at;        /* now: printed or frozen at; ages and "as of" count from its day */
  const char *by;      /* "J. Ortiz", who prints; NULL = not said */
  const char *reprint; /* mark of a reprint from cr_reprint_mark; NULL = first print */
  GBytes *logo;        /* PNG, on the letterhead; NULL = none */
} CrImprint;

/* "REPRINT 2, Nov 25, 2026"; n: which reprint, from 1. */
char *cr_reprint_mark (gint64 n, CrDate on);
CrDate cr_imprint_today (const CrImprint *imprint);
char *cr_imprint_when (const CrImprint *imprint,
                       CrInstant at);                          /* "Nov 23, 2026 10:52 AM" or "Not recorded" */
char *cr_imprint_day (const CrImprint *imprint, CrInstant at); /* "Nov 23, 2026" or "Not recorded" */
/* The frame: confidentiality line, footer with the document's id (NULL none), DEMO and reprint marks. */
void cr_imprint_frame (const CrImprint *imprint, CrPaper *paper, const char *document_id);
/* Rows: the practice's letterhead; right: lines at the right edge, NULL none. */
void cr_imprint_letterhead (const CrImprint *imprint, CrPaper *paper, const char *right);
/* "GARCIA, Maria Elena · Born Mar 14, 1961 · MRN 004217 · Referral" */
char *cr_identity_line (const CrPatient *patient, const char *document);
