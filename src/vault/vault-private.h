/* The open vault, for the files of this folder. */
#pragma once
#include "key-file.h"
#include "key-slot.h"
#include "chartroom/vault/vault.h"
#include <sys/stat.h>

/* One epoch's keys.  Each has one purpose (STORE-FORMAT §1). */
typedef struct {
  guint32 number;
  guint8 practice[32];
  guint8 document[32];      /* subkey 3 */
  guint8 document_name[32]; /* subkey 4 */
  guint8 audit[32];         /* subkey 5 */
  guint8 key_file[32];      /* subkey 6 */
  guint8 backup[32];        /* subkey 7 */
  guint8 head[32];          /* subkey 9 */
  guint8 older[32];         /* subkey 10: boxes the practice keys of older epochs */
} EpochKeys;

/* The person's own. */
typedef struct {
  guint8 seed[32];         /* of the Ed25519 key */
  guint8 sign[64];         /* the key itself */
  guint8 grant_secret[32]; /* of the slot that opened the vault (key-slot.h); zeros: none did */
  guint8 grant_public[32];
} PersonKeys;

struct _CrVault {
  gint references;
  char *folder;
  char *name;     /* of the slot; NULL for recovery */
  char *database; /* file name of the active database */
  guint32 cipher;
  guint8 store_id[16];
  guint8 public_key[32];
  PersonKeys *person; /* locked memory */
  EpochKeys *epochs;  /* locked memory; newest first, down to 1 */
  guint n_epochs;
  guint64 page_handle;
  GMutex lock; /* of what follows */
  guint64 generation;
  gboolean pending;     /* its epoch is not in force yet */
  struct stat key_stat; /* of the key file that was last found to be of this epoch; all 0: none */
};

/* ---- epoch.c ---- */
static inline const EpochKeys *
vault_newest (CrVault *self)
{
  return &self->epochs[0];
}
/* NULL: not one of this practice's. */
const EpochKeys *vault_epoch (CrVault *self, guint32 number);
/* Room for n epochs, or NULL with error. */
EpochKeys *epochs_alloc (guint n, GError **error);
void epoch_derive (EpochKeys *out, guint32 number, const guint8 practice[32]);
/* Subkey id of a practice key. */
void epoch_subkey (guint8 out[32], guint64 id, const guint8 practice[32]);
/* All epochs of a key file that authenticates under the newest one's practice key. */
EpochKeys *epochs_open (KeyFile *file, const guint8 practice[32], guint *n, GError **error);
/* Replaces the file's epoch records by these.  databases: of each epoch, "" where there is none any more. */
void epochs_write (KeyFile *file, const EpochKeys *epochs, guint n, const char *const *databases);

/* Each epoch's file name as the file has it, newest first. */
char **key_file_databases (KeyFile *file);

/* ---- vault.c ---- */
void vault_set_no_memory (GError **error);
/* Protected memory, or NULL with error. */
KeyPayload *vault_payload_new (GError **error);
/* A vault of these epochs and this person, which it takes; person NULL: there was no memory for it. */
CrVault *vault_assemble (const char *folder, const char *name, const char *database, KeyFile *file,
                         EpochKeys *epochs, guint n, PersonKeys *person, GError **error);
/* The slot of that name (NULL: the recovery slot); its body is borrowed from file. */
KeyRecord *vault_find_slot (KeyFile *file, const char *name, KeySlot *out);
gboolean vault_check_name (const char *name, GError **error);
gboolean vault_add_slot (KeyFile *file, const char *name, const char *password, CrKdf kdf, guint32 epoch,
                         KeyPayload *payload, GError **error);
/* The slot that code opens, instead of any earlier one. */
gboolean vault_put_recovery (KeyFile *file, guint32 epoch, const guint8 practice[32], const char *code,
                             GError **error);

/* ---- next-epoch.c ---- */
/* What the file notes of the next epoch, for who changes the keys; NULL: nothing for this person. */
CrVault *vault_open_note (CrVault *self, KeyFile *file, GError **error);

/* ---- people.c ---- */
/* A change of practice.keys, one program at a time: a lock on the folder, held from reading the file to
 * replacing it. */
typedef struct {
  int folder;
  KeyFile *file;
} KeyChange;

/* Errors besides those of reading: KEYS_CHANGED.  Ended in any case. */
gboolean key_change_begin (CrVault *self, KeyChange *change, GError **error);
/* keep: write the change, authentic under mac_key; else only let go. */
gboolean key_change_end (CrVault *self, KeyChange *change, gboolean keep, const guint8 mac_key[32],
                         GError **error);
/* Is the file of the epoch this vault knows?  KEYS_CHANGED, KEYS_ALTERED. */
gboolean vault_check_file (CrVault *self, KeyFile *file, GError **error);
GBytes *vault_seal_head (CrVault *self, gint64 count, const guint8 head[32]);
