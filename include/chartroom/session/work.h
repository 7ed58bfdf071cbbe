/* Jobs in the signed-in person's name, with the right checked first: for session's own files and ctl. */
#pragma once
#include "chartroom/session/session.h"
#include "chartroom/store/person-charts.h"
#include "chartroom/store/stores.h"

/* Blocking forms for chartroomctl and tests. */
gboolean cr_session_create (CrSession *self, const CrSessionSetup *setup, GError **error);
gboolean cr_session_open (CrSession *self, const char *folder, const char *login, const char *password,
                          GError **error);
gboolean cr_session_open_older (CrSession *self, const char *folder, const char *login, const char *password,
                                const char *reason, GError **error);
gboolean cr_session_unlock (CrSession *self, const char *login, const char *password, GError **error);
gboolean cr_session_run (CrSession *self, CrRight right, CrJob job, gpointer data, GError **error);
/* destroy runs after the callback.  Finish with cr_session_finish.  Error CANCELLED: the session was locked
 * or changed hands before the answer came; the job itself ran and what it wrote stands, but what it read is
 * not for the person who sits there now, and a callback shows none of it. */
void cr_session_run_async (CrSession *self, CrRight right, CrJob job, gpointer data, GDestroyNotify destroy,
                           GAsyncReadyCallback cb, gpointer user_data);
CrStore *cr_session_get_store (CrSession *self);
CrStoreUser *cr_session_get_user (CrSession *self); /* NULL while closed or locked */
