/* Who needs a visit and has none: cancelled, missed, or planned and never booked. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/reach.h"

typedef enum { CR_UNSCHEDULED_CANCELLED, CR_UNSCHEDULED_NO_SHOW, CR_UNSCHEDULED_RETURN } CrUnscheduledKind;

typedef struct {
  CrUnscheduledKind kind;
  CrId id; /* of the appointment; RETURN: of the encounter */
  CrPatient *patient;
  CrReach *reach;              /* whom to call instead; NULL: nobody */
  CrDate date;                 /* of the visit that fell through; RETURN: when the patient is to come */
  char *what;                  /* "Cancelled: patient asked", "No-show", "Return in 3 months: BP" */
  char *type_name, *clinician; /* NULL: not known */
  CrId visit_type_id, person_id;
} CrUnscheduledItem;
void cr_unscheduled_item_free (CrUnscheduledItem *item);

/* Live list of rows of CrUnscheduledItem, oldest first.  Whoever booked a visit since, was put on the wait
 * list or taken off is not on it; nor is one's own booking that was undone. */
GListModel *cr_unscheduled_list_new (CrSession *session);
/* Off the list, with the reason; can be undone.  cr_session_finish. */
void cr_unscheduled_done_async (CrSession *session, const CrUnscheduledItem *item, const char *how,
                                GAsyncReadyCallback cb, gpointer data);
