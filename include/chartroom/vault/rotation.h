/* Going over to a new key epoch: a practice key made anew, for when one that is or was known to somebody who
 * must not read on.  Three steps: the next epoch's keys in memory; a database sealed with them, which the
 * caller makes; and one rename of practice.keys, which puts the new epoch in force.  Until that rename
 * nothing is changed.
 *
 * Slots need no password for it: each has a public key, to which the new practice key is sealed, until the
 * person's next sign-in writes the slot anew.  That public key comes from the password: rotate after the
 * password that leaked was changed, and after whoever left was removed. */
#pragma once
#include "chartroom/vault/vault.h"

/* End of a database's name while its epoch is not in force: such a file is nobody's once the program that
 * made it has ended. */
#define CR_EPOCH_UNFINISHED ".new"

/* The vault of the epoch after self's, which is not in force yet; its database is another file.  KEYS_CHANGED
 * when self's is not in force either. */
CrVault *cr_vault_next_epoch (CrVault *self, GError **error);

typedef struct {
  /* Whether the person keeps their slot; the slots of others are removed. */
  gboolean (*stays) (const char *name, gpointer data);
  gpointer data;
  const char *code; /* the recovery code from now on (cr_recovery_code_new): on paper by now */
  gint64 entries;   /* of the audit, and the hash of its newest, in the new database */
  guint8 head[32];
} CrEpochChange;

/* Puts next in force: its database, closed by now, gets its name; slots, recovery code, sealed head, older
 * keys; replaces practice.keys.  The old recovery code opens nothing any more but older copies.  Errors:
 * KEYS_CHANGED, NOT_ALLOWED (a slot that cannot be granted the new key; says whose), STORE_NEWER (a slot of a
 * kind unknown here), INVALID (code is none), those of writing. */
gboolean cr_vault_enter_epoch (CrVault *self, CrVault *next, const CrEpochChange *change, GError **error);

/* The key file is there, authentic, and of self's epoch: for who is about to remove another epoch's files. */
gboolean cr_vault_is_in_force (CrVault *self);

/* Files in the folder that were the database of an older epoch. */
char **cr_vault_former_databases (CrVault *self);
