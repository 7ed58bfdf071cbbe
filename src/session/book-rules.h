/* The rules of the book as jobs apply them: on what the store holds at that moment. */
#pragma once
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/store/stores.h"

/* Whether the visit may stand where it says.  INVALID: a hard rule; CONFLICT: a soft one that was not
 * accepted.  Message: cr_place_sentence.  Sets appointment->overbooked. */
gboolean cr_book_check (CrTx *tx, CrClock *clock, CrAppointment *appointment, gboolean accept,
                        GError **error);
/* Sets the clinician for a walk-in: the first who is free then, else the first who works that day. */
gboolean cr_book_pick_clinician (CrTx *tx, CrClock *clock, CrAppointment *appointment, GError **error);
/* CONFLICT when another visit of the clinician or the patient holds part of that time. */
gboolean cr_book_check_free (CrTx *tx, const CrAppointment *appointment, GError **error);
/* CONFLICT when the visit has notes or measurements, so that it cannot be said never to have begun. */
gboolean cr_encounter_check_unused (CrTx *tx, const CrEncounter *encounter, GError **error);
