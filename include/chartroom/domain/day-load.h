/* How full a day of the book is. */
#pragma once
#include "chartroom/domain/schedule-rules.h"

typedef struct {
  int visits; /* that hold their slot */
  int open;   /* minutes of the hours that are not blocked */
  int booked; /* of these, minutes with a visit; two at once count once */
} CrDayLoad;
CrDayLoad cr_day_load (const CrDay *day); /* of its clinician */
CrDayLoad cr_day_load_add (CrDayLoad a, CrDayLoad b);
int cr_day_load_free (CrDayLoad load); /* per cent of the open minutes, rounded down; 0 when none are open */
