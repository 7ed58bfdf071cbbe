/* The day on paper (UX 6.4): one clinician per page, no diagnosis, no date of birth. */
#pragma once
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/render/imprint.h"

typedef struct {
  const CrPerson *clinician;
  const GPtrArray *visits;     /* CrVisit of this clinician and day, any order */
  const GPtrArray *hours;      /* CrHours of this clinician; NULL = not known */
  const GPtrArray *exceptions; /* CrScheduleException of the day, own and practice-wide; may be NULL */
} CrDaySheetColumn;

typedef struct {
  const CrImprint *imprint;
  CrDate date;
  const CrDaySheetColumn *columns;
  guint n_columns;
  gboolean show_reason, show_phone; /* both off by default */
  const char *chain_code;           /* short code of the audit chain's head for the footer; NULL none */
} CrDaySheetContent;

CrPaper *cr_day_sheet (const CrDaySheetContent *content);
