/* Steps of the book in the store: what one person did to it at once.  Undoing writes back, record by record,
 * what the history says was there before; it is refused where a record is not as the step left it. */
#pragma once
#include "chartroom/store/desk-stores.h"

/* Last thing in a job: all that it has written becomes one step of the signed-in person.  A job that wrote
 * nothing, or has no label, makes none.  step: may be NULL; a copy for cr_session_note_step, or NULL when
 * none was made. */
gboolean cr_book_step_save (CrTx *tx, const char *label, CrBookStep **step, GError **error);

/* Which of a person's steps (CrBookStep, one day's, anybody's) is next, NULL when none is: the newest that
 * holds; of the undone ones the one that was undone last, unless a step was made since.  passed: a set of ids
 * that were refused, may be NULL. */
const CrBookStep *cr_book_step_next (const GPtrArray *steps, CrId person, gboolean redo, GHashTable *passed);
/* Takes the step back or does it again; saves both.  CONFLICT: something it concerns was changed since. */
gboolean cr_book_step_run (CrTx *tx, CrClock *clock, CrBookStep *step, const GPtrArray *steps, gboolean redo,
                           GError **error);
