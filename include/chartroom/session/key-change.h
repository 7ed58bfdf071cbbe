/* New keys for the practice, and new recovery sheets, as the desktop offers them to an administrator.
 * Main-loop object; the change runs in a thread of its own, while everybody works on, and goes on through a
 * lock; closing the practice stops it, and nothing is changed then.  Once it is done the practice is closed:
 * everybody, here too, signs in again with the same password. */
#pragma once
#include "chartroom/domain/backup.h"
#include "chartroom/session/session.h"

#define CR_TYPE_KEY_CHANGE (cr_key_change_get_type ())
G_DECLARE_FINAL_TYPE (CrKeyChange, cr_key_change, CR, KEY_CHANGE, GObject)

/* Properties: "running", "words" (what is being done; NULL: nothing), "fraction" (0–1), "paused",
 * "failure" (what stood against the last change; NULL: nothing, or it was stopped). */
CrKeyChange *cr_key_change_new (CrSession *session);

/* A recovery code that opens nothing yet, in locked memory, to be printed: cr_session_secret_free. */
char *cr_key_change_new_code (GError **error);
/* Is that its last group, as a person types it from the paper? */
gboolean cr_key_change_is_end (const char *code, const char *typed);

/* Nothing stands against a change, or a new sheet, that begins now: NOT_ALLOWED, INVALID as below. */
gboolean cr_key_change_may_start (CrKeyChange *self, GError **error);
/* Both take code, which opens from then on; the one before no longer does.  They end in cr_session_finish.
 * Errors: NOT_ALLOWED (administrators only), INVALID (no reason; a backup or another change runs), CANCELLED
 * (stopped, or closed), those of cr_store_rotate: nothing was changed. */
void cr_key_change_start_async (CrKeyChange *self, const char *reason, char *code, GAsyncReadyCallback cb,
                                gpointer data);
void cr_key_change_new_sheet_async (CrKeyChange *self, const char *reason, char *code, GAsyncReadyCallback cb,
                                    gpointer data);
/* A sheet was printed and, with a lock or the practice closed, nothing will come of it: whoever signs in next
 * is told. */
void cr_key_change_give_up_sheet (CrKeyChange *self);
/* The sheet of a new practice was printed, and nobody proved it from the paper: said now or, behind a lock,
 * to whoever signs in next. */
void cr_key_change_leave_unproven (CrKeyChange *self);
/* An administrator's: the copying and checking waits, and everybody works on; resumed, it goes on. */
void cr_key_change_pause (CrKeyChange *self, gboolean paused);
void cr_key_change_stop (CrKeyChange *self); /* what runs now ends with CANCELLED, unless it is just done */

/* How the keys stand; an administrator's. */
typedef struct {
  CrInstant keys_at;    /* last changed; 0: never since the practice was made */
  gboolean interrupted; /* a change was cut off before it took effect, and can be gone on with */
  CrInstant sheet_at;   /* the recovery sheet, with the keys or alone; 0: of the set-up */
  guint n_backups;      /* there are */
  GPtrArray *former;    /* CrBackup: those that the keys of before open, newest first */
} CrKeyFacts;
void cr_key_change_load_facts_async (CrKeyChange *self, GAsyncReadyCallback cb, gpointer data);
CrKeyFacts *cr_key_change_load_facts_finish (GAsyncResult *result, GError **error);
void cr_key_facts_free (CrKeyFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrKeyFacts, cr_key_facts_free)
