/* Invented patients for a practice that is tried out: people, a past visit each with vital signs, some
 * allergies, and a book for the next two weeks. */
#pragma once
#include "chartroom/session/session.h"

#define CR_INVENTED_PATIENTS 200
typedef void (*CrInventedProgress) (guint done, guint all, gpointer data);
/* The practice is marked DEMO from then on, on every paper and in the window's head, and stays so.  An
 * administrator's.  INVALID: there are patients already that nobody invented.  In jobs of a few patients;
 * what was made when a lock comes between stays, and is made whole the next time.  cr_session_finish. */
void cr_admin_invent_async (CrSession *session, CrInventedProgress progress, GAsyncReadyCallback cb,
                            gpointer data);
