/* People who do not exist, for trying the program out: the same dice give the same people on every machine.
 */
#pragma once
#include "chartroom/domain/patient.h"

/* SplitMix64 */
typedef struct {
  guint64 state;
} CrDice;
guint64 cr_dice_next (CrDice *dice);
int cr_dice_int (CrDice *dice, int low, int high); /* both included */
gboolean cr_dice_chance (CrDice *dice, int percent);
double cr_dice_real (CrDice *dice, double low, double high);
const char *cr_dice_pick (CrDice *dice, const char *const *texts); /* NULL-terminated */

const char *cr_invented_family (CrDice *dice);
const char *cr_invented_given (CrDice *dice, int sex);
char *cr_invented_phone (CrDice *dice);
/* New; marked DEMO; without a number (MRN), a clinician, a day of registration and its search key. */
CrPatient *cr_invented_patient (CrDice *dice, CrDate today, int min_age, int max_age);
