/* The vault: a practice's keys, opened by one person.  See STORE-FORMAT §1 for what each rule is for.
 * A CrVault is reference counted and thread-safe; key bytes never leave locked memory. */
#pragma once
#include "chartroom/base/error.h"
#include "chartroom/base/clock.h"

typedef struct _CrVault CrVault;

typedef enum {
  CR_KDF_MODERATE,
  CR_KDF_TEST /* smallest; tests only */
} CrKdf;

/* Makes the folder (which must not exist or be empty), practice.keys and the first person's slot.
 * recovery_code: the 160-bit code in Crockford base-32 groups with check characters; printed once and
 * freed with cr_secret_free.  name: the sign-in name. */
CrVault *cr_vault_create (const char *folder, const char *name, const char *password, CrKdf kdf,
                          char **recovery_code, GError **error);
/* Errors: NOT_A_PRACTICE, KEYS_MISSING, KEYS_ALTERED, HOSTILE_KEYS, WRONG_PASSWORD (also for an unknown
 * name). */
CrVault *cr_vault_open (const char *folder, const char *name, const char *password, GError **error);
/* Opens with the paper code (blanks, case, O/0 and I/1 forgiven); error INVALID names the group that is
 * mistyped. */
CrVault *cr_vault_open_recovery (const char *folder, const char *code, GError **error);
CrVault *cr_vault_ref (CrVault *self);
void cr_vault_unref (CrVault *self); /* wipes with the last reference */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrVault, cr_vault_unref)

/* Key epochs (STORE-FORMAT §1): 1, and one more with each rotation.  A vault holds the keys of all epochs up
 * to the one that was in force when it was opened, and writes with that one's. */
guint32 cr_vault_epoch (CrVault *self);
/* Is that one still in force?  A look at the key file's date and number, its content only when those differ.
 * FALSE: KEYS_CHANGED, and whoever goes on writing would write for nobody. */
gboolean cr_vault_check_epoch (CrVault *self, GError **error);

const char *cr_vault_folder (CrVault *self);
const char *cr_vault_name (CrVault *self); /* sign-in name of the slot that opened it; NULL for recovery */
guint64 cr_vault_generation (CrVault *self);
void cr_vault_store_id (CrVault *self, guint8 out[16]);

/* Names of all person slots, without any password; fails like cr_vault_open but for WRONG_PASSWORD. */
char **cr_vault_slot_names (const char *folder, GError **error);
/* Each rewrites practice.keys atomically and raises its generation. */
gboolean cr_vault_add_person (CrVault *self, const char *name, const char *password, CrKdf kdf,
                              GError **error);
gboolean cr_vault_remove_person (CrVault *self, const char *name, GError **error);
gboolean cr_vault_change_password (CrVault *self, const char *name, const char *password, CrKdf kdf,
                                   GError **error);
/* A recovery code of 160 random bits that opens nothing yet, in locked memory: cr_secret_free.  NULL with
 * error: there is no such memory. */
char *cr_recovery_code_new (GError **error);
/* From now on that code opens, and the one before no longer does.  INVALID: it is none. */
gboolean cr_vault_replace_recovery (CrVault *self, const char *code, GError **error);
/* Opens a second person's slot of the same practice; the result shares nothing with self but the folder. */
CrVault *cr_vault_open_beside (CrVault *self, const char *name, const char *password, GError **error);

/* Ed25519 of the person who opened the vault. */
void cr_vault_public_key (CrVault *self, guint8 out[32]);
gboolean cr_vault_sign (CrVault *self, const void *data, gsize len, guint8 out[64], GError **error);
gboolean cr_signature_verify (const guint8 public_key[32], const void *data, gsize len,
                              const guint8 signature[64]);

/* Keyed BLAKE2b-256 (subkey 5): hash of one audit entry from the hash before it. */
void cr_vault_chain (CrVault *self, const guint8 previous[32], const void *entry, gsize len, guint8 out[32]);
/* The same with an epoch's key; FALSE: there is no such epoch. */
gboolean cr_vault_chain_of (CrVault *self, guint32 epoch, const guint8 previous[32], const void *entry,
                            gsize len, guint8 out[32]);
/* Plain BLAKE2b-256, for the hash of a signed note or a frozen packet. */
void cr_hash (const void *data, gsize len, guint8 out[32]);
char *cr_hash_hex (const guint8 *hash, gsize len);

/* Sealed documents (STORE-FORMAT §5) in FOLDER/documents.  name: 64 hex digits from the content. */
gboolean cr_vault_document_write (CrVault *self, const char *mime, GBytes *content, char **name,
                                  GError **error);
GBytes *cr_vault_document_read (CrVault *self, const char *name, char **mime, GError **error);
char **cr_vault_document_list (CrVault *self, GError **error);

/* The audit head of FOLDER (count, head hash) sealed in practice.keys; see STORE-FORMAT §6. */
gboolean cr_vault_seal_head (CrVault *self, gint64 count, const guint8 head[32], GError **error);
gboolean cr_vault_sealed_head (CrVault *self, gint64 *count, guint8 head[32]);

/* Key handle for the cipher VFS: an opaque number that names the page keys while the vault lives. */
guint64 cr_vault_page_key_handle (CrVault *self);

const char *cr_vault_database (CrVault *self); /* file name of the active database, "practice.db" */
guint32 cr_vault_page_cipher (CrVault *self);  /* cipher id of its pages */

/* No core dumps, no debugger: for the start of a program that will open a practice. */
void cr_vault_harden_process (void);

/* Passwords and codes in locked memory.  cr_secret_new copies and the caller wipes its own. */
char *cr_secret_new (const char *text);
void cr_secret_free (char *secret);
/* First line of FILE without its newline; refuses a file that others may read. */
char *cr_secret_read_file (const char *path, GError **error);
/* NULL when good enough, else one sentence: at least 4 unrelated words, or 14 characters. */
const char *cr_password_weakness (const char *password);
/* A few digits for coming back to a practice that is still open (STORE-FORMAT §1). */
gboolean cr_pin_is_pin (const char *text);     /* 4 to 8 digits: no password looks like that */
const char *cr_pin_weakness (const char *pin); /* NULL when good enough */
/* Argon2id INTERACTIVE, about 0.07 s: a text with its own salt and parameters. */
char *cr_pin_verifier (const char *pin, GError **error);
gboolean cr_pin_fits (const char *pin, const char *verifier);
/* 0–100 for the strength bar. */
guint cr_password_strength (const char *password);
