/* The open vault, for the files of this folder. */
#pragma once
#include "key-file.h"
#include "chartroom/vault/vault.h"

#define VAULT_EPOCH 1 /* the only one until rotation */

/* In locked memory.  Each key has one purpose (STORE-FORMAT §1). */
typedef struct {
  guint8 practice[32];
  guint8 document[32];      /* subkey 3 */
  guint8 document_name[32]; /* subkey 4 */
  guint8 audit[32];         /* subkey 5 */
  guint8 key_file[32];      /* subkey 6 */
  guint8 backup[32];        /* subkey 7 */
  guint8 head[32];          /* subkey 9 */
  guint8 seed[32];          /* of the person's Ed25519 key */
  guint8 sign[64];          /* the key itself */
} VaultSecrets;

struct _CrVault {
  gint references;
  char *folder;
  char *name;     /* of the slot; NULL for recovery */
  char *database; /* file name of the active database */
  guint32 cipher;
  guint8 store_id[16];
  guint8 public_key[32];
  VaultSecrets *secrets;
  guint64 page_handle;
  GMutex lock; /* of what follows */
  guint64 generation;
};
