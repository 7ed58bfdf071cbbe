/* The rules of the book as jobs apply them: on what the store holds at that moment.  Every way a visit comes
 * to stand somewhere goes through cr_book_place or cr_book_check_restored. */
#pragma once
#include "chartroom/domain/schedule-rules.h"
#include "chartroom/store/desk-stores.h"

typedef struct _CrBook CrBook; /* the rules of the practice, read once for a job */
CrBook *cr_book_open (CrTx *tx, CrClock *clock, GError **error);
void cr_book_free (CrBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrBook, cr_book_free)
CrTx *cr_book_tx (CrBook *book);
CrClock *cr_book_clock (CrBook *book);

/* Whether the visit may stand where `after` says.  accept: the CrPlace bits that the person was shown and
 * takes.  INVALID: a hard rule; CONFLICT: a soft one that was not accepted, or a clinician, a room or the
 * patient taken meanwhile.  The message says what is in the way and, where the time is taken, which times are
 * next.  before: what the visit was, NULL: a new one.  also: rooms and equipment that somebody chose for it,
 * NULL: none.
 * Sets after->overbooked, and remembers the rooms for cr_book_take_rooms, which is called once the visit is
 * saved. */
gboolean cr_book_place (CrBook *book, const CrAppointment *before, CrAppointment *after,
                        const CrRoomSet *also, guint accept, GError **error);
/* What was chosen so for a visit that is booked already. */
gboolean cr_book_chosen_rooms (CrBook *book, const CrAppointment *visit, CrRoomSet *also, GError **error);
gboolean cr_book_take_rooms (CrBook *book, const CrAppointment *appointment, GError **error);
/* All that is in the way of it, a set of CrPlace bits; sentence: new string, NULL for none. */
gboolean cr_book_look (CrBook *book, const CrAppointment *appointment, const CrRoomSet *also, guint *places,
                       char **sentence, GError **error);
/* Sets the clinician for a walk-in: the first who is free then, else the first who works that day. */
gboolean cr_book_pick_clinician (CrBook *book, CrAppointment *appointment, GError **error);
/* A visit that came back to where it was, saved already: CONFLICT when its clinician, patient or rooms were
 * taken since. */
gboolean cr_book_check_restored (CrBook *book, const CrAppointment *appointment, GError **error);
/* CONFLICT when the visit has notes or measurements, so that it cannot be said never to have begun. */
gboolean cr_encounter_check_unused (CrTx *tx, const CrEncounter *encounter, GError **error);
