/* Backups (STORE-FORMAT §5): one sealed file from which a whole practice can be made again.  It holds the
 * practice's key file as it was, so the passwords and the recovery sheet of that day open it: also those that
 * have been changed since, and also after the practice has gone over to new keys (rotate.h).  Who must not
 * read a backup from before must not have it. */
#pragma once
#include "chartroom/vault/vault.h"

/* Asked from time to time while bytes are copied; FALSE ends it with CANCELLED. */
typedef gboolean (*CrBackupStep) (guint64 bytes, gpointer data);

typedef struct _CrBackupWriter CrBackupWriter;

/* KEYS_CHANGED when the vault is not of the epoch in force.  Nothing appears under path before
 * cr_backup_writer_finish; freeing an unfinished writer leaves nothing. step may be NULL. */
CrBackupWriter *cr_backup_writer_new (CrVault *vault, const char *path, CrBackupStep step, gpointer data,
                                      GError **error);
/* Copies file in under name: "practice.db", "documents/NAME".  The file must not change meanwhile. */
gboolean cr_backup_writer_add (CrBackupWriter *self, const char *name, const char *file, GError **error);
/* The next bytes of a file, at most room; 0 at its end, −1 with error. */
typedef gssize (*CrBackupSource) (guint8 *out, gsize room, gpointer data, GError **error);
/* As cr_backup_writer_add, of length bytes that a function gives. */
gboolean cr_backup_writer_add_from (CrBackupWriter *self, const char *name, guint64 length,
                                    CrBackupSource source, gpointer data, GError **error);
/* about: lines of text, each ended by a newline; becomes the manifest's beginning.  What was added follows in
 * lines "file NAME BYTES HASH" (BLAKE2b-256 of the bytes), and the person's signature over all of it. */
gboolean cr_backup_writer_finish (CrBackupWriter *self, const char *about, GError **error);
void cr_backup_writer_free (CrBackupWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrBackupWriter, cr_backup_writer_free)

/* Makes folder/practice.keys from the backup's; then cr_vault_open opens that folder.  Errors: NOT_A_PRACTICE
 * (no backup), TRUNCATED. */
gboolean cr_backup_unpack_keys (const char *path, const char *folder, GError **error);

/* Where a file of the backup goes: a new string, or NULL when it is only to be checked. */
typedef char *(*CrBackupPlace) (const char *name, gpointer data);
typedef struct {
  CrBackupPlace place; /* NULL: everything is only checked */
  gpointer place_data;
  CrBackupStep step; /* may be NULL */
  gpointer step_data;
} CrBackupReading;

/* Reads a backup to its end and checks every byte of it.  The manifest, or NULL: OTHER_PRACTICE, TRUNCATED,
 * CHAIN_BROKEN (altered), STORE_NEWER (of an epoch after the vault's), or what writing met.  signer: public
 * key that signed it; whose it is, and whether it was theirs then, the caller has to ask. */
char *cr_backup_read (CrVault *vault, const char *path, const CrBackupReading *reading, guint8 signer[32],
                      GError **error);

/* An open practice's vault for another copy of the same practice: FOLDER's key file must open with the keys
 * in memory, be they of an older epoch.  For proving a restored backup without asking for a password. */
CrVault *cr_vault_adopt (CrVault *self, const char *folder, GError **error);
