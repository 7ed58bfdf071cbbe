/* The next free times of the book: a wish in, times out.  Pure functions on values; what a time that is found
 * breaks is nothing at all (cr_day_places of schedule-rules.h). */
#pragma once
#include "chartroom/domain/book-records.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/schedule-rules.h"

#define CR_NOON (12 * 60)
#define CR_SLOT_GRAIN 5 /* minutes */

typedef enum { CR_HALF_ANY, CR_HALF_AM, CR_HALF_PM } CrHalf;

/* A visit of one type, or one part of a combined one. */
typedef struct {
  CrId visit_type_id;
  int minutes;
  const CrId *people; /* who may do it; n_people 0: anybody with a column */
  guint n_people;
  CrId room_id; /* it has to be free; none: whatever the type needs */
  CrRoomSet also;
} CrSlotPart;

typedef enum {
  CR_SLOT_SINGLE,
  CR_SLOT_AFTER,   /* the second part begins when the first one ends */
  CR_SLOT_TOGETHER /* both at once, with two clinicians */
} CrSlotJoin;

typedef struct {
  CrSlotPart parts[2];
  CrSlotJoin join;
  CrId patient_id;      /* none: nobody yet */
  CrId usual_id;        /* this clinician's times come first; none: all alike */
  CrId ignore;          /* a visit that would be given up for it; none */
  const char *weekdays; /* ISO digits; NULL: every day */
  CrHalf half;
  CrDate from; /* not before this day and, on it, this minute */
  int from_minute;
  int earliest_min, latest_min; /* start on any day; CR_MINUTE_NONE: open */
} CrSlotWish;

typedef struct {
  CrDate date;
  int start;
  CrId person_id;
  CrId other_id; /* who does the second part; none: there is no second part */
} CrSlot;

/* What is known of a range of days.  visits: sorted by date; everything may be NULL. */
typedef struct {
  const GPtrArray *people, *hours, *exceptions, *visits, *resources;
  const CrBookRules *rules;
  CrDate today;
  int now;
} CrSlotBook;

typedef struct _CrSlotSearch CrSlotSearch;
/* limit: how many times are wanted.  The wish is copied, its arrays too. */
CrSlotSearch *cr_slot_search_new (const CrSlotWish *wish, guint limit);
void cr_slot_search_free (CrSlotSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrSlotSearch, cr_slot_search_free)
/* Looks through the days from first to last, which follow those before.  FALSE: enough has been found. */
gboolean cr_slot_search_days (CrSlotSearch *self, const CrSlotBook *book, CrDate first, CrDate last);
/* The first day from the wish's on that one of the people wanted has hours; absent: none was seen. */
CrDate cr_slot_search_open_day (const CrSlotSearch *self);
/* What was found, a new GArray of CrSlot: by date, time and the order of people; with a usual clinician, half
 * of the list is theirs and comes first. */
GArray *cr_slot_search_take (CrSlotSearch *self);
/* All times of one day, each clinician's one after the other without overlapping. */
GArray *cr_slot_search_day (const CrSlotSearch *self, const CrSlotBook *book, CrDate date, gboolean *open);
