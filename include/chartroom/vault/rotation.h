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

/* End of a database's name while its epoch is not in force. */
#define CR_EPOCH_UNFINISHED ".new"

/* The vault of the epoch after self's, with a key that nobody had before, which is not in force yet; its
 * database is another file.  KEYS_CHANGED when self's is not in force either. */
CrVault *cr_vault_next_epoch (CrVault *self, GError **error);
/* Notes it in practice.keys, instead of any earlier one, so that a change of the keys that is cut off can go
 * on.  Errors: KEYS_CHANGED, those of writing. */
gboolean cr_vault_note_epoch (CrVault *self, CrVault *next, GError **error);
/* The one that is noted, for a change of the keys that was cut off.  NULL without error: there is none, or
 * another person noted it, or this one under another password. */
CrVault *cr_vault_noted_epoch (CrVault *self, GError **error);
/* Name of the unfinished database that is noted, whoever did; NULL: none. */
char *cr_vault_noted_database (CrVault *self);
/* Nothing is noted any more. */
gboolean cr_vault_forget_next (CrVault *self, GError **error);
/* Keyed BLAKE2b-256 (subkey 11 of the next epoch) of one part of what says how far its database is. */
void cr_vault_seal_progress (CrVault *next, guint64 part, const void *tags, gsize size, guint8 out[32]);

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
