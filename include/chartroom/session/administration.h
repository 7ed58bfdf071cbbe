/* People, hours, rooms, visit types, audit: what an administrator does. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

/* All end in cr_session_finish unless said.  Records are copied. */
void cr_admin_add_person_async (CrSession *session, const CrPerson *person, const char *password,
                                GAsyncReadyCallback cb, gpointer data);
void cr_admin_remove_person_async (CrSession *session, CrId person, GAsyncReadyCallback cb, gpointer data);
void cr_admin_set_password_async (CrSession *session, CrId person, const char *password,
                                  GAsyncReadyCallback cb, gpointer data);
/* Hours, rooms, visit types, practice: any record of those classes, new or changed; in one job. */
void cr_admin_save_async (CrSession *session, const CrRecordClass *const *classes, gconstpointer *records,
                          guint n, GAsyncReadyCallback cb, gpointer data);
/* Rows of CrAuditEntry (store/stores.h fields, see audit-row.h), newest first, at most `limit`. */
GListModel *cr_admin_audit_new (CrSession *session, CrId patient, const char *action, guint limit);
typedef struct {
  gint64 seq;
  CrInstant at;
  char *when, *person, *role, *action, *what, *detail; /* when: 2026-11-23 10:34:08 */
} CrAuditRow;
/* "sign-in" → "signed in", "visit_type" → "visit type"; a code without words is its own word. */
const char *cr_admin_audit_words (const char *code);
/* "stage,stage_at" → "stage, time of the stage"; a field without words is its own word.  Full. */
char *cr_admin_audit_fields (const char *fields);
void cr_admin_verify_async (CrSession *session, GAsyncReadyCallback cb, gpointer data);
GPtrArray *cr_admin_verify_finish (GAsyncResult *result, GError **error); /* sentences; empty: all is well */
