/* People, hours, rooms, visit types, audit: what an administrator does. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

/* All end in cr_session_finish unless said.  Records are copied. */
/* Who has a column in the book begins with the usual week (domain/practice-setup.h). */
void cr_admin_add_person_async (CrSession *session, const CrPerson *person, const char *password,
                                GAsyncReadyCallback cb, gpointer data);
void cr_admin_remove_person_async (CrSession *session, CrId person, GAsyncReadyCallback cb, gpointer data);
/* Access again for whom it was taken from, with a new password; their hours and visits are as they were. */
void cr_admin_restore_person_async (CrSession *session, CrId person, const char *password,
                                    GAsyncReadyCallback cb, gpointer data);
void cr_admin_set_password_async (CrSession *session, CrId person, const char *password,
                                  GAsyncReadyCallback cb, gpointer data);
/* Hours, rooms, visit types, practice: any record of those classes, new or changed; in one job. */
void cr_admin_save_async (CrSession *session, const CrRecordClass *const *classes, gconstpointer *records,
                          guint n, GAsyncReadyCallback cb, gpointer data);
/* What the practice has, as it is stored now; inactive ones too.  An administrator's. */
typedef struct {
  GPtrArray *hours, *rooms, *visit_types; /* CrHours of everybody, CrRoom, CrVisitType, in their order */
  GPtrArray *closures;                    /* CrScheduleException from today on, by their first day */
} CrAdminSetUp;
void cr_admin_load_set_up_async (CrSession *session, GAsyncReadyCallback cb, gpointer data);
CrAdminSetUp *cr_admin_load_set_up_finish (GAsyncResult *result, GError **error);
void cr_admin_set_up_free (CrAdminSetUp *set_up);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrAdminSetUp, cr_admin_set_up_free)
void cr_admin_verify_async (CrSession *session, GAsyncReadyCallback cb, gpointer data);
GPtrArray *cr_admin_verify_finish (GAsyncResult *result, GError **error); /* sentences; empty: all is well */
