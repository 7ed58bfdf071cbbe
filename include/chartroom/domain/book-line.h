/* A whole booking in one line: "garcia 6w fu 20 am okafor", in any order.  A pure function on values. */
#pragma once
#include "chartroom/domain/slot-search.h"

typedef struct {
  char *patient;   /* the words that are left, for the search */
  CrDate from;     /* absent: today */
  gboolean by_day; /* from is a day that was named ("11/24", "tue"), not a distance ("6w") */
  CrId visit_type_id;
  CrId person_id; /* none: anybody */
  int minutes;    /* 0: as long as the type */
  CrHalf half;
  char *odd; /* the first number that is no length, no day to come and nothing that a patient is found by:
                "300", "99999w"; it is not among the patient's words.  NULL: none */
} CrBookLine;

/* TRUE: the line names a type of visit, something about its time or its clinician, and leaves words for the
 * patient.  types: CrVisitType; people: CrPerson.  out is to be cleared either way. */
gboolean cr_book_line_parse (const char *typed, const GPtrArray *types, const GPtrArray *people, CrDate today,
                             CrBookLine *out);
void cr_book_line_clear (CrBookLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrBookLine, cr_book_line_clear)
gboolean cr_book_line_equal (const CrBookLine *a, const CrBookLine *b);
