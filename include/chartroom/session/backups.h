/* Backups as the desktop sees them: where they go, which there are, how they stand, the one that is being
 * made, and one a day by itself.  Main-loop object; taking and proving run in a thread of their own and go on
 * through a lock; closing the practice stops them, and nothing half made stays. */
#pragma once
#include "chartroom/domain/backup.h"
#include "chartroom/session/row.h"
#include "chartroom/session/session.h"

#define CR_TYPE_BACKUPS (cr_backups_get_type ())
G_DECLARE_FINAL_TYPE (CrBackups, cr_backups, CR, BACKUPS, GObject)

typedef struct {
  CrBackup *backup; /* not a removed one */
  char *by;         /* "Ada Keller"; NULL: nobody known */
} CrBackupItem;

typedef struct {
  CrBackupTarget *target;
  char *folder;       /* what the target means now; NULL: its disk is not connected */
  gboolean connected; /* the folder is there */
  gboolean same_disk; /* as the practice: lost together with it */
} CrBackupPlace;

/* Properties: "sentence" (how the backups stand; NULL while nobody is signed in or it is not known yet),
 * "health" (int, CrBackupHealth), "running", "words" (what is being done; NULL: nothing), "fraction" (0–1),
 * "outcome" (what came of the last run, a sentence; NULL: none since the sign-in), "failed" (that run). */
CrBackups *cr_backups_new (CrSession *session);
/* Rows of CrBackupItem, newest first, for whoever may see the schedule: they name no patient. */
GListModel *cr_backups_get_list (CrBackups *self);
GListModel *cr_backups_get_places (CrBackups *self); /* rows of CrBackupPlace */
/* Which places are connected is looked up again: now, and at every change of the places. */
void cr_backups_look (CrBackups *self);

/* An administrator's work; all end in cr_session_finish. */
/* Errors: INVALID (no folder; the practice's own or in it; a place already), READ_ONLY.  A folder of a
 * removable disk is found again wherever that disk is mounted. */
void cr_backups_add_place_async (CrBackups *self, const char *folder, GAsyncReadyCallback cb, gpointer data);
/* The backups in it stay. */
void cr_backups_remove_place_async (CrBackups *self, CrId target, GAsyncReadyCallback cb, gpointer data);
/* Takes a backup in each place that is connected, proves it by a restore, and removes what may go.  Errors:
 * as cr_store_backup; CHAIN_BROKEN when the proof failed; INVALID while another runs or there is no place. */
void cr_backups_take_async (CrBackups *self, GAsyncReadyCallback cb, gpointer data);
void cr_backups_prove_async (CrBackups *self, CrId backup, GAsyncReadyCallback cb, gpointer data);
void cr_backups_stop (CrBackups *self); /* what runs now ends with CANCELLED */

/* What is due at this minute: the daily backup, in the name of whoever is signed in; the sentence's "today".
 * The object asks itself once a minute. */
void cr_backups_tick (CrBackups *self);
