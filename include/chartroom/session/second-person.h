/* What takes two: another person signs beside the one who is signed in, with the own name and password. */
#pragma once
#include "chartroom/session/session.h"

#define CR_TYPE_SECOND_PERSON (cr_second_person_get_type ())
G_DECLARE_FINAL_TYPE (CrSecondPerson, cr_second_person, CR, SECOND_PERSON, GObject)

/* purpose: what is signed for, in plain words for the audit.  Key derivation runs beside the main loop.
 * WRONG_PASSWORD as at a sign-in; NOT_ALLOWED: the same person, or one who may not sign in. */
void cr_second_person_sign_async (CrSession *session, const char *login, const char *password,
                                  const char *purpose, GAsyncReadyCallback cb, gpointer data);
CrSecondPerson *cr_second_person_sign_finish (GAsyncResult *result, GError **error);
const CrPerson *cr_second_person_get_person (CrSecondPerson *self);
