/* Undo and redo of one person: which steps of today they may take back or do again, and the runs of it one
 * after another.  The steps themselves are in the store (book-step.h) and outlive the session. */
#pragma once
#include "chartroom/domain/book-records.h"
#include "chartroom/session/session.h"

/* Reference counted, since an answer may come after the person left. */
typedef struct {
  GPtrArray *steps;   /* CrBookStep: the person's own ones of the day, as they were seen last */
  GHashTable *passed; /* ids of steps that were refused: they do not bar the others */
  GQueue waiting;     /* GTask: what was asked while a step was on its way */
  gboolean running;
} CrUndo;
CrUndo *cr_undo_new (void);
void cr_undo_unref (CrUndo *undo);

/* Takes a step of the signed-in person that was just made or changed. */
void cr_session_note_step (CrSession *self, CrBookStep *step);
/* Reads them from the store: after sign-in, and when another program may have made one. */
void cr_session_load_steps (CrSession *self);
