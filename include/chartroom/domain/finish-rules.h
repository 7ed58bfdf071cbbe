/* When a clinician will be done today, learned from the stamps of visits that are over.  Pure functions. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/encounter.h"

#define CR_OVERRUN_VISITS 20 /* the last visits of a type that count */
#define CR_OVERRUN_LEAST 3   /* fewer of a type: those of all types count; fewer of these, too: no overrun */

/* One visit that is over. */
typedef struct {
  CrId visit_type_id;
  int overrun; /* minutes with the clinician less minutes booked */
} CrPastVisit;

/* From With doctor to Ready (or to Checked out where nobody said Ready).  FALSE: a stamp is missing, or it is
 * not to be believed: nothing, or more than four hours. */
gboolean cr_visit_overrun (const CrAppointment *appointment, const CrEncounter *encounter, int *overrun);
/* The median overrun of the type's newest visits; past: CrPastVisit of one clinician, newest first. */
int cr_overrun_median (const GArray *past, CrId visit_type_id);

typedef struct {
  int minute;    /* of the day, CR_MINUTE_NONE: nothing is left to do */
  int behind;    /* minutes after the book's own end; negative: earlier */
  guint waiting; /* visits not begun */
} CrFinish;
/* appointments: CrAppointment of one clinician and day, any order; now: minutes; started: when the patient
 * who is with the clinician now went in, CR_MINUTE_NONE when nobody is.  Whoever has not come by the end of
 * the time booked is not waited for. */
CrFinish cr_expected_finish (const GPtrArray *appointments, const GArray *past, int now, int started);
