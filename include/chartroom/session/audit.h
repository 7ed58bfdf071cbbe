/* The audit as an administrator reads it (UX 3.12): a question, its answers as they are found, and a file of
 * them.  Asking is audited, too. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

typedef enum {
  CR_AUDIT_VIEW_EVERYTHING,
  CR_AUDIT_VIEW_OPENED, /* who opened a chart */
  CR_AUDIT_VIEW_AFTER_HOURS,
  CR_AUDIT_VIEW_BREAK_GLASS,
  CR_AUDIT_VIEW_SAME_SURNAME,
  CR_AUDIT_VIEW_SPECIAL_CHARTS,
  CR_AUDIT_VIEW_OWN_CHARTS, /* somebody's own chart, or a relation's */
  CR_AUDIT_VIEW_PAPER,      /* prints and exports */
  CR_AUDIT_VIEW_ALERTS,
  CR_AUDIT_VIEW_REFUSED, /* passwords and identities that did not fit */
  CR_N_AUDIT_VIEWS
} CrAuditView;
const char *cr_audit_view_title (int view); /* "Prints and exports" */
int cr_audit_view_named (const char *code); /* "paper"; −1: none.  Codes: cr_audit_view_code */
const char *cr_audit_view_code (int view);

typedef struct {
  int view;           /* CrAuditView */
  CrDate from, until; /* office-local days, both included; absent: open */
  CrId person_id, patient_id;
  char *action; /* one alone, by its code; NULL: those of the view */
  char *mrn;    /* the patient's number in place of patient_id; NULL */
} CrAuditQuestion;

typedef struct {
  gint64 seq;
  CrInstant at;
  char *when;                         /* 2026-11-23 10:34:08 */
  char *person, *role, *program;      /* NULL: the program itself */
  char *action, *kind, *mrn, *detail; /* codes as stored, fields in words; the patient's number */
  char *what;                         /* "visit, GARCIA, Maria (MRN 004217)" */
} CrAuditRow;
/* Codes of what can be done, in the order of their words; NULL-terminated, the array is the caller's. */
const char **cr_audit_actions (void);
/* "sign-in" → "signed in", "visit_type" → "visit type"; a code without words is its own word. */
const char *cr_admin_audit_words (const char *code);
/* "stage,stage_at" → "stage, time of the stage"; a field without words is its own word.  Full. */
char *cr_admin_audit_fields (const char *fields);

/* A GListModel of rows of CrAuditRow, newest first.  What no index answers is searched in steps, a week of
 * the book at a time, so that nobody else has to wait; the list grows meanwhile.  A page of the audit stands
 * still while it is read: what happens afterwards is not added.  Empty for those who may not see the audit,
 * and after a lock.  Properties: "loading"; "more": there may be older ones, cr_audit_list_load_more fetches
 * them. */
#define CR_TYPE_AUDIT_LIST (cr_audit_list_get_type ())
G_DECLARE_FINAL_TYPE (CrAuditList, cr_audit_list, CR, AUDIT_LIST, GObject)
CrAuditList *cr_audit_list_new (CrSession *session, const CrAuditQuestion *question, guint page);
void cr_audit_list_load_more (CrAuditList *self);
char *cr_audit_list_status (CrAuditList *self); /* "500 entries so far, back to 2026-11-01"; what failed */

/* All answers as comma-separated values (RFC 4180, UTF-8), oldest last; the export is audited, and a file
 * that could not be is removed.  An existing file is refused. */
void cr_audit_export_async (CrSession *session, const CrAuditQuestion *question, const char *path,
                            GAsyncReadyCallback cb, gpointer data);
/* How many entries; −1 with error. */
gint64 cr_audit_export_finish (GAsyncResult *result, GError **error);
