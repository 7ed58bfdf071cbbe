/* The practice as one signed-in person sees it: sign-in, lock, rights.  Main-loop object of the desktop and
 * of chartroomctl.  Every *_async action ends in cr_session_finish. */
#pragma once
#include <gio/gio.h>
#include "chartroom/base/error.h"
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"

#define CR_TYPE_SESSION (cr_session_get_type ())
G_DECLARE_FINAL_TYPE (CrSession, cr_session, CR, SESSION, GObject)

typedef enum { CR_SESSION_CLOSED, CR_SESSION_BUSY, CR_SESSION_OPEN, CR_SESSION_LOCKED } CrSessionState;

/* knowledge may be NULL: then nothing can be checked and everything says so.  program: for the audit.
 * Properties: "state" (int), "person-name", "practice-name", "draft-status" ("Draft saved 9:42 AM"),
 * "draft-trouble" (why typed text is not saved: "Not saved since 9:42 AM. …"; NULL: it is),
 * "keep-trouble" (why what stands in unsaved forms is not kept, a sentence; it is tried again; NULL: it is),
 * "waiting" (boolean: another program is writing, what is saved here waits for it), "warning" (what could not
 * be done in the background; a sentence), "can-undo", "can-redo", "set-up-step" (of practice-settings.h).
 * Signals: "changed" (const char *kind,
 * gint64 id, gint64 patient_id) after every commit, own or elsewhere's; "flush" before a lock, sign-out or
 * close: drafts save themselves synchronously; "forget" after it: views and indexes drop what they hold. */
CrSession *cr_session_new (CrClock *clock, CrKnowledge *knowledge, const char *program);

typedef struct {
  const char *folder;
  CrPractice *practice; /* copied */
  CrPerson *admin;      /* copied */
  const char *password;
  gboolean test_kdf;
  const char *set_up_step; /* where the set-up goes on when it is left; NULL: nothing is open */
} CrSessionSetup;
void cr_session_create_async (CrSession *self, const CrSessionSetup *setup, GAsyncReadyCallback cb,
                              gpointer data);
/* The recovery code, once: NULL afterwards.  Freed with cr_session_secret_free. */
char *cr_session_take_recovery_code (CrSession *self);
void cr_session_secret_free (char *secret);
/* Closes the practice that this session has made, and takes it back: nothing is left of it. */
void cr_session_unmake (CrSession *self);
void cr_session_open_async (CrSession *self, const char *folder, const char *login, const char *password,
                            GAsyncReadyCallback cb, gpointer data);
/* After OLDER_COPY: an administrator goes on with that copy and says why. */
void cr_session_open_older_async (CrSession *self, const char *folder, const char *login,
                                  const char *password, const char *reason, GAsyncReadyCallback cb,
                                  gpointer data);
/* A new password for an administrator by the code of the recovery sheet; the session's state stays. */
void cr_session_recover_async (CrSession *self, const char *folder, const char *code, const char *login,
                               const char *password, GAsyncReadyCallback cb, gpointer data);
gboolean cr_session_finish (GAsyncResult *result, GError **error);

/* At once; drafts flushed.  When the practice wants it, the keys are forgotten some minutes later: the state
 * is CLOSED then, and the practice is opened anew with a password. */
void cr_session_lock (CrSession *self);
/* The person who locked, or another one on top: the first one's work is parked and comes back with them. */
void cr_session_unlock_async (CrSession *self, const char *login, const char *password,
                              GAsyncReadyCallback cb, gpointer data);
/* The signed-in person's own new password; WRONG_PASSWORD: `old` is not the present one.  cr_session_finish.
 */
void cr_session_change_password_async (CrSession *self, const char *old, const char *password,
                                       GAsyncReadyCallback cb, gpointer data);
/* The own PIN, with which the signed-in person comes back after the lock for the rest of the day (typed in
 * place of the password); NULL: none any more.  cr_session_finish.  A new password takes it away. */
void cr_session_set_pin_async (CrSession *self, const char *pin, GAsyncReadyCallback cb, gpointer data);
gboolean cr_session_has_pin (CrSession *self); /* as of the sign-in, or what was set since */
/* Flush, sign out, close the store; blocks shortly.  Closes by itself, with a warning, when another program
 * has changed the keys of the practice. */
void cr_session_close (CrSession *self);

CrSessionState cr_session_get_state (CrSession *self);
CrClock *cr_session_get_clock (CrSession *self);
CrKnowledge *cr_session_get_knowledge (CrSession *self);     /* may be NULL */
const CrPractice *cr_session_get_practice (CrSession *self); /* NULL while closed */
const CrPerson *cr_session_get_person (CrSession *self);     /* NULL while closed or locked */
const char *cr_session_get_locked_login (CrSession *self);   /* who locked; NULL unless LOCKED */
const char *cr_session_get_folder (CrSession *self);
char **cr_session_login_names (const char *folder, GError **error);
const char *cr_session_password_weakness (const char *password);
guint cr_session_password_strength (const char *password);

gboolean cr_session_can (CrSession *self, CrRight right);
/* FALSE and NOT_ALLOWED with a sentence naming the right and the role. */
gboolean cr_session_require (CrSession *self, CrRight right, GError **error);
void cr_session_touch (CrSession *self); /* a key or pointer moved: restarts the idle time */
guint cr_session_idle_seconds_left (CrSession *self);
void cr_session_set_draft_status (CrSession *self, const char *text);
void cr_session_set_draft_trouble (CrSession *self, const char *text);
char *cr_session_head_code (CrSession *self); /* short code of the audit head, for paper */

/* Lists that pages share; loaded at sign-in, kept up to date.  Rows of CrPerson (schedulable first),
 * CrVisitType, CrRoom, CrContact. */
GListModel *cr_session_get_people (CrSession *self);
GListModel *cr_session_get_visit_types (CrSession *self);
GListModel *cr_session_get_rooms (CrSession *self);
GListModel *cr_session_get_contacts (CrSession *self);

/* Preferences of the signed-in person: text-size, density, look, single-letter-keys, privacy,
 * day-sheet-reason and day-sheet-phone ("on"); recent-charts is the palette's own, kept-forms that of
 * kept-form.h. */
const char *cr_session_get_preference (CrSession *self, const char *key); /* NULL: not set */
void cr_session_set_preference (CrSession *self, const char *key, const char *value);
/* Print and export, after the fact: "print" or "export" of what, with the number of pages. */
void cr_session_audit_paper (CrSession *self, const char *action, const char *kind, CrId id, CrId patient_id,
                             int pages);

/* A signature was given up because the patient's identity was typed wrong. */
void cr_session_audit_identity (CrSession *self, CrId patient_id, const char *detail);

/* Undo of what this person did to the book today (day-schedule.h), newest first; across pages, sign-outs and
 * programs, until the end of the day.  Refused, with who it was, where somebody changed it since.  All steps:
 * book-steps.h. */
gboolean cr_session_can_undo (CrSession *self);
const char *cr_session_undo_label (CrSession *self); /* "Booked GARCIA, Maria"; NULL when none */
void cr_session_undo_async (CrSession *self, GAsyncReadyCallback cb, gpointer data);
void cr_session_redo_async (CrSession *self, GAsyncReadyCallback cb, gpointer data);
gboolean cr_session_can_redo (CrSession *self);
/* One step of the list; NOT_ALLOWED: it is another person's. */
void cr_session_undo_step_async (CrSession *self, CrId step, GAsyncReadyCallback cb, gpointer data);
