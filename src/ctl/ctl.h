/* chartroomctl: the same engine, rights and audit as the desktop, without a display. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/render/paper.h"
#include "chartroom/session/work.h"

/* What a command gets: arguments after its name are already parsed. */
typedef struct {
  const char *command;
  char *user, *password_file, *date, *out, *to, *question, *urgency, *name, *zone, *recovery_sheet, *roles,
      *family, *given, *credentials, *new_password_file, *recovery_file, *older_copy, *action, *patient, *why,
      *salvage, *keys_from, *view, *person, *from, *until, *names, *type, *to_date, *to_time;
  gboolean json, dry_run, thin, thick, fast_kdf, verify, reason, phone, full, keep_all, same_keys, anyway;
  int patients, crowd, limit, keep, start, minutes;
  gint64 seed;
  char **rest; /* positional: DIR first */
  guint n_rest;
  CrKnowledge *knowledge; /* NULL: not found */
  CrClock *clock;
  CrSession *session; /* open for commands that need it */
} CtlCall;

enum { CTL_DONE = 0, CTL_REFUSED = 1, CTL_USAGE = 2 };

typedef int (*CtlRun) (CtlCall *call, GError **error);

/* cmd-*.c */
int ctl_new (CtlCall *call, GError **error);
int ctl_demo (CtlCall *call, GError **error);
int ctl_import (CtlCall *call, GError **error);
int ctl_find (CtlCall *call, GError **error);
int ctl_chart (CtlCall *call, GError **error);
int ctl_day (CtlCall *call, GError **error);
int ctl_book (CtlCall *call, GError **error);
int ctl_move (CtlCall *call, GError **error);
int ctl_cancel (CtlCall *call, GError **error);
int ctl_daysheet (CtlCall *call, GError **error);
int ctl_desk_paper (CtlCall *call, GError **error);
int ctl_labels (CtlCall *call, GError **error);
int ctl_weeksheet (CtlCall *call, GError **error);
int ctl_calendar (CtlCall *call, GError **error);
int ctl_packet (CtlCall *call, GError **error);
int ctl_rx (CtlCall *call, GError **error);
int ctl_audit (CtlCall *call, GError **error);
int ctl_verify (CtlCall *call, GError **error);
int ctl_users (CtlCall *call, GError **error);
int ctl_backup (CtlCall *call, GError **error);
int ctl_restore (CtlCall *call, GError **error);
int ctl_doctor (CtlCall *call, GError **error);
int ctl_recover (CtlCall *call, GError **error);
int ctl_rotate (CtlCall *call, GError **error);
int ctl_copy (CtlCall *call, GError **error);

/* shared by commands */
gboolean ctl_password (const char *file, char **password, GError **error);
/* The patient with that number.  Of merged charts the one that is kept: that is said, once for each number.
 */
CrPatient *ctl_patient (CtlCall *call, const char *mrn, GError **error);
/* A day as 2026-11-23. */
gboolean ctl_date (const char *text, CrDate *date, GError **error);
/* The sheet with the recovery code as a PDF at --recovery-sheet; what to do with it is said once it counts.
 */
gboolean ctl_write_recovery_sheet (CtlCall *call, const char *practice, const char *admin, const char *code,
                                   GError **error);
void ctl_warn_recovery_sheet (CtlCall *call);
/* What to do once somebody must not know the keys any more: one line. */
void ctl_advise_rotation (void);
gboolean ctl_can_write (const char *path, GError **error); /* a new file there */
/* --out is given, free and can be written; asked before anything is changed. */
gboolean ctl_need_out (CtlCall *call, GError **error);
/* Writes a new file for the owner's eyes alone; whole or not at all; refuses to overwrite. */
gboolean ctl_write_file (const char *path, GBytes *bytes, GError **error);
GBytes *ctl_paint (CtlCall *call, CrPaper *paper, GError **error);
/* The PDF to --out and "export" in the audit; neither without the other. */
gboolean ctl_export (CtlCall *call, CrPaper *paper, const char *kind, GError **error);
/* Runs the main loop until a *_async call has answered. */
typedef struct {
  GMainLoop *loop;
  GAsyncResult *result;
} CtlWait;
void ctl_wait_init (CtlWait *wait);
void ctl_wait_cb (GObject *source, GAsyncResult *result, gpointer wait);
GAsyncResult *ctl_wait_result (CtlWait *wait); /* blocks; borrowed until ctl_wait_clear */
void ctl_wait_clear (CtlWait *wait);

/* A list for people (columns) or programs (--json).  cells: n_columns texts, NULL = absent. */
typedef struct _CtlTable CtlTable;
CtlTable *ctl_table_new (const char *const *keys /* NULL-terminated, also titles */);
void ctl_table_add (CtlTable *self, const char *const *cells);
guint ctl_table_rows (CtlTable *self);
void ctl_table_print (CtlTable *self, gboolean json);
char *ctl_table_to_json (CtlTable *self);
void ctl_table_free (CtlTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlTable, ctl_table_free)
/* Several tables of one chart: {"problems": […], …} or headed lists. */
void ctl_print_tables (const char *const *names, CtlTable *const *tables, guint n, gboolean json);
