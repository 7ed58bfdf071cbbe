/* Are two records one person?  Points for what agrees (UX 2.1 F3); a person decides, nothing is merged by
 * points. */
#pragma once
#include "chartroom/domain/patient.h"

/* Design values of UX 2.1 F3. */
enum {
  CR_POINTS_SAME_BIRTH = 40,
  CR_POINTS_NEAR_BIRTH = 20,
  CR_POINTS_SAME_FAMILY = 25,
  CR_POINTS_NEAR_FAMILY = 15,
  CR_POINTS_SAME_GIVEN = 15,
  CR_POINTS_SAME_PHONE = 25,
  CR_POINTS_SAME_EMAIL = 25,
  CR_POINTS_SAME_MEMBER = 35,
  CR_POINTS_SAME_ADDRESS = 10,
  CR_POINTS_OTHER_SEX = -10
};
#define CR_DUPLICATE_LIKELY 75
#define CR_DUPLICATE_POSSIBLE 50

/* One side of the comparison. */
typedef struct {
  const CrPatient *patient;
  const GPtrArray *names;     /* CrPatientName, former names; NULL none */
  const GPtrArray *coverages; /* CrCoverage; NULL none */
} CrDuplicateSide;

typedef struct {
  int points;
  char *reasons;     /* "same birth date, family name, phone ends 0142"; NULL when nothing agrees */
  gboolean likely;   /* CR_DUPLICATE_LIKELY points or more */
  gboolean relative; /* less than likely, and neither born on nearly one day nor of one given name */
  gboolean twin;     /* same birth date, family name and home, another given name: possible twin or sibling */
} CrDuplicateScore;
void cr_duplicate_score (const CrDuplicateSide *a, const CrDuplicateSide *b, CrDuplicateScore *out);
void cr_duplicate_score_clear (CrDuplicateScore *score);
/* The birth date that day and month in the other order give; absent when there is no other. */
CrDate cr_birth_swapped (CrDate birth);
gboolean cr_names_are_nicknames (const char *a, const char *b); /* William and Bill */
/* The groups of names that are one name (Ted is Edward and Theodore); how many, at most size. */
guint cr_nickname_rows (const char *name, guint *rows, guint size);
