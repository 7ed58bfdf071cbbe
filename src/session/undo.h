/* What one person did to the book, to be taken back or done again.  A step holds every record it changed,
 * before and after; it is refused once one of them was changed by somebody else. */
#pragma once
#include "chartroom/domain/record.h"
#include "chartroom/session/session.h"
#include "chartroom/store/store.h"

typedef struct {
  const CrRecordClass *klass;
  gpointer before, after; /* with the version that each had in the store */
} CrUndoChange;

typedef struct {
  char *label;        /* "Booked GARCIA, Maria" */
  GPtrArray *changes; /* CrUndoChange, in the order they were saved */
} CrUndoStep;

CrUndoStep *cr_undo_step_new (void);
void cr_undo_step_free (CrUndoStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrUndoStep, cr_undo_step_free)
/* Both records are copied.  Of a record that the step made, before is what undoing leaves: withdrawn. */
void cr_undo_step_add (CrUndoStep *step, const CrRecordClass *klass, gconstpointer before,
                       gconstpointer after);

/* One person's stacks; reference counted, since an answer may come after the person left. */
/* One person's stacks; reference counted, since an answer may come after the person left. */
typedef struct {
  GPtrArray *done, *undone; /* CrUndoStep, newest last */
  GQueue waiting;           /* GTask: what was asked while a step was on its way */
  gboolean running;
} CrUndo;
CrUndo *cr_undo_new (void);
void cr_undo_unref (CrUndo *undo);

/* Takes the step, of the signed-in person. */
void cr_session_push_undo (CrSession *self, CrUndoStep *step);
