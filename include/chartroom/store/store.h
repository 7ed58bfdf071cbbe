/* One open practice: its database, its store thread and the people signed in to it.
 * One job = one transaction on the store thread; an error rolls everything back. */
#pragma once
#include <gio/gio.h>
#include "chartroom/base/error.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"

typedef struct _CrStore CrStore;         /* reference counted, thread-safe */
typedef struct _CrStoreUser CrStoreUser; /* a signed-in person with the opened key slot; reference counted */
typedef struct _CrTx CrTx;               /* what a job works in; lives only while the job runs */

typedef struct {
  const char *folder;   /* NAME.practice; must not exist or be empty */
  CrPractice *practice; /* id filled in */
  CrPerson *admin;      /* first administrator; id filled in */
  const char *password;
  gboolean test_kdf; /* tests only: the cheapest key derivation */
} CrStoreSetup;

/* Makes the practice, leaves it open; recovery_code is freed with cr_store_secret_free. */
CrStore *cr_store_create (const CrStoreSetup *setup, CrClock *clock, const char *program, CrStoreUser **user,
                          char **recovery_code, GError **error);
/* Takes back a practice that this very run has made and could not finish: its own files, then the folder if
 * nothing else is in it.  Its store is closed. */
void cr_store_unmake (const char *folder);
/* Opens with a person's name and password; migrates an older schema, refuses a newer one (STORE_NEWER).
 * program: "chartroom" or "chartroomctl", for the audit.  Blocks (key derivation 0.6 s, disk). */
CrStore *cr_store_open (const char *folder, const char *login, const char *password, CrClock *clock,
                        const char *program, CrStoreUser **user, GError **error);
/* The same for a copy of the practice that is older than this computer has seen it (OLDER_COPY): an
 * administrator goes on with it and says why, which is audited. */
CrStore *cr_store_open_older (const char *folder, const char *login, const char *password, const char *reason,
                              CrClock *clock, const char *program, CrStoreUser **user, GError **error);
CrStore *cr_store_ref (CrStore *self);
void cr_store_unref (CrStore *self);
/* Waits for running jobs, closes the database, ends the thread.  Safe to call twice. */
void cr_store_close (CrStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrStore, cr_store_unref)
void cr_store_secret_free (char *secret);

const char *cr_store_folder (CrStore *self);
/* A sentence to show after opening: the computer's clock runs behind the newest audit entry, or the database
 * is older than the key file.  NULL when there is nothing to say.  The clock's case is audited. */
const char *cr_store_warning (CrStore *self);
CrClock *cr_store_clock (CrStore *self);
CrIds *cr_store_ids (CrStore *self);
/* For deterministic demo data: ids from this seed from now on. */
void cr_store_seed_ids (CrStore *self, guint64 seed);
/* Another person on top of the open practice; audited, failures too.  Blocks for key derivation. */
CrStoreUser *cr_store_sign_in (CrStore *self, const char *login, const char *password, GError **error);
/* The same person returns after the lock: password against the own slot, or on the day of the sign-in the PIN
 * (four to eight digits, which no password is); five wrong PINs want the password.  Audited.  user: another
 * one afterwards, and the first one's reference taken, where the slot was made anew meanwhile. */
gboolean cr_store_unlock (CrStore *self, CrStoreUser **user, const char *password, GError **error);
/* Is this the person's password?  Nothing changes; a wrong one is WRONG_PASSWORD and audited.  Blocks for key
 * derivation. */
gboolean cr_store_check_password (CrStore *self, CrStoreUser *user, const char *password, GError **error);
/* Another person signs beside the one who is signed in, with the own name and password, for one purpose
 * ("merge of charts", kept in the audit).  WRONG_PASSWORD as at a sign-in; NOT_ALLOWED: the same person, or
 * one who left. Audited, failures too.  Blocks for key derivation. */
CrStoreUser *cr_store_second_person (CrStore *self, CrStoreUser *user, const char *login,
                                     const char *password, const char *purpose, GError **error);
/* The person's own PIN; NULL: none any more.  INVALID: too easily guessed.  Audited.  Blocks for 0.07 s. */
gboolean cr_store_set_pin (CrStore *self, CrStoreUser *user, const char *pin, GError **error);
void cr_store_sign_out (CrStore *self, CrStoreUser *user); /* audited */
CrStoreUser *cr_store_user_ref (CrStoreUser *user);
void cr_store_user_unref (CrStoreUser *user);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrStoreUser, cr_store_user_unref)
const CrPerson *cr_store_user_person (CrStoreUser *user);
/* Sign-in names in the key file, without opening anything. */
char **cr_store_login_names (const char *folder, GError **error);
/* With the code of the recovery sheet: gives an administrator a new password; audited.  Blocks. */
gboolean cr_store_recover (const char *folder, const char *code, const char *login, const char *password,
                           gboolean test_kdf, CrClock *clock, const char *program, GError **error);
/* NULL when good enough, else one sentence; and 0–100 for a strength bar. */
const char *cr_store_password_weakness (const char *password);
guint cr_store_password_strength (const char *password);
char *cr_store_password_from_file (const char *path,
                                   GError **error); /* locked memory; cr_store_secret_free */

/* A job returns FALSE with error set to roll back.  KEYS_CHANGED: another program has changed the keys of the
 * practice (rotate.h); nothing was written. */
typedef gboolean (*CrJob) (CrTx *tx, gpointer data, GError **error);
/* Synchronous form: tests, ctl and threads of their own; never the desktop's main loop. */
gboolean cr_store_run (CrStore *self, CrStoreUser *user, CrJob job, gpointer data, GError **error);
/* Asynchronous form: callback in the caller's main context; destroy (may be NULL) runs there too, after it.
 */
void cr_store_run_async (CrStore *self, CrStoreUser *user, CrJob job, gpointer data, GDestroyNotify destroy,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean cr_store_run_finish (GAsyncResult *result, GError **error);

/* After every commit, own or another program's (within a second), in the context of the watcher. */
#define CR_CHANGE_KEYS                                                                                       \
  "keys" /* a kind: the keys were changed, nothing can be done here until one signs in again */
#define CR_CHANGE_WAIT                                                                                       \
  "wait" /* a kind: another program keeps this one from writing; id 1 from now on, 0 not any more */
typedef struct {
  const char *kind; /* CrRecordClass.name; "*" = anything may have changed; CR_CHANGE_KEYS, CR_CHANGE_WAIT */
  CrId id, patient_id; /* CR_ID_NONE: of no patient, or moved from one to another */
} CrChange;
typedef void (*CrChangeFunc) (const CrChange *changes, guint n, gpointer data);
/* Unwatching, in the same context, ends the notices at once. */
guint cr_store_watch (CrStore *self, CrChangeFunc func, gpointer data, GDestroyNotify destroy);
void cr_store_unwatch (CrStore *self, guint watch);

/* Inside a job. */
CrStoreUser *cr_tx_user (CrTx *tx);
CrInstant cr_tx_now (CrTx *tx); /* one instant for the whole job */
CrDate cr_tx_today (CrTx *tx);
CrId cr_tx_new_id (CrTx *tx);
/* Inserts (version 0) or updates where the version still holds; else CONFLICT, the record is untouched.
 * Gives the record an id when it has none, raises its version, writes history (before/after) and audit.
 * A record equal to what is stored is left alone: nothing is written.  When the job fails later on, the
 * version it was given here is not in the store: a record that outlives a failed job is loaded again, or
 * saved as a copy. */
gboolean cr_tx_save (CrTx *tx, const CrRecordClass *klass, gpointer record, GError **error);
/* NOT_FOUND when there is none. */
gpointer cr_tx_load (CrTx *tx, const CrRecordClass *klass, CrId id, GError **error);
/* Hash (hex BLAKE2b-256), Ed25519 signature and public key (hex) of the signed-in person. */
gboolean cr_tx_sign (CrTx *tx, GBytes *canonical, char **hash, char **signature, char **public_key,
                     GError **error);
/* TRUE when hash and signature still fit those bytes. */
gboolean cr_signature_holds (GBytes *canonical, const char *hash, const char *signature,
                             const char *public_key);
/* One audit entry that is not a write: "view" "print" "export" "sign" "sign-in" "find" "alert" …
 * detail: short words or JSON, never note text. */
gboolean cr_tx_audit (CrTx *tx, const char *action, const char *kind, CrId id, CrId patient_id,
                      const char *detail, GError **error);

/* A restricted chart that this person opened for a reason stays open to them, through locks, until they sign
 * out or the day ends.  Noted when the job ends well. */
void cr_tx_chart_opened (CrTx *tx, CrId patient);
gboolean cr_tx_chart_is_open (CrTx *tx, CrId patient);

/* Pages, integrity, audit chain, each current row against its history, document hashes.
 * findings: sentences (char*), empty when all is well.  Returns FALSE with error when it could not run. */
gboolean cr_store_verify (CrStore *self, CrStoreUser *user, GPtrArray *findings, GError **error);
char *cr_store_head_code (CrStore *self); /* short code of the audit head for the day sheet: "7F3K-92QD" */
