/* Next available: whom to see, from when on, and the first six free times (UX 2.1 F2).
 * Signals: "proposed" (a time is highlighted), "chosen" (and taken: Enter, its digit, a click),
 * "found" (a search has answered). */
#pragma once
#include "src/ui/shell/window.h"
#include "chartroom/session/day-schedule.h"

#define CR_TYPE_SLOT_FINDER (cr_slot_finder_get_type ())
G_DECLARE_FINAL_TYPE (CrSlotFinder, cr_slot_finder, CR, SLOT_FINDER, GtkWidget)
void cr_slot_finder_set_up (CrSlotFinder *self, CrWindow *window, CrDaySchedule *schedule);
/* Starts again: from that day on, with that clinician; CR_ID_NONE: the usual one first, then any. */
void cr_slot_finder_start (CrSlotFinder *self, CrDate from, CrId person, CrId usual);
/* The patient's usual clinician is known by now: first, where nobody was named.  What else was chosen stays.
 */
void cr_slot_finder_set_usual (CrSlotFinder *self, CrId person, CrId usual);
/* After it: the days that suit the patient, ISO digits; NULL: any, those of another patient go.  They can be
 * chosen away. */
void cr_slot_finder_suit (CrSlotFinder *self, const char *weekdays);
/* What is to be booked, and for whom (none: not known yet); searches. */
void cr_slot_finder_set_visit (CrSlotFinder *self, CrId patient, CrId type, int minutes);
void cr_slot_finder_look_again (CrSlotFinder *self); /* the book has changed; what is highlighted is let go */
/* What has to be free beside the clinician; searches. */
void cr_slot_finder_set_rooms (CrSlotFinder *self, CrId room, const CrRoomSet *also);
/* A second visit right after, or at once with another clinician, may be wanted, too; else it is not offered.
 */
typedef struct {
  CrSlotJoin join;
  CrId visit_type_id;   /* none when join is SINGLE */
  const GArray *people; /* CrId: who may do it; none: anybody.  Borrowed until the next change */
} CrSlotSecond;
void cr_slot_finder_offer_second (CrSlotFinder *self);
CrSlotSecond cr_slot_finder_get_second (CrSlotFinder *self);
/* FALSE: that type is not offered any more, and none is asked for. */
gboolean cr_slot_finder_choose_second (CrSlotFinder *self, const CrSlotSecond *second);
const GArray *cr_slot_finder_get_people (CrSlotFinder *self); /* CrId: who is asked for; none: anybody */
gboolean cr_slot_finder_get_slot (CrSlotFinder *self, CrSlot *out); /* the highlighted one; FALSE: none */
/* A digit takes the time of that number; FALSE: no such key, or no such time. */
gboolean cr_slot_finder_choose (CrSlotFinder *self, guint key);
/* The choices behind ⋮; FALSE: they are closed already. */
gboolean cr_slot_finder_close_more (CrSlotFinder *self);
void cr_slot_finder_unselect (CrSlotFinder *self);
void cr_slot_finder_focus (CrSlotFinder *self); /* to the list, or to the field when it is empty */
