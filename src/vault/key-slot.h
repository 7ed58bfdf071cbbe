/* One slot of practice.keys: a box with the practice key and one person's signing seed.
 *
 *    0  1  kind: 1 password, 2 recovery code; others are kept and ignored
 *    1 16  slot id
 *   17  1  derivation: 1 Argon2id, 2 BLAKE2b (a recovery code is random enough)
 *   18  4  passes
 *   22  8  memory in bytes
 *   30 16  salt
 *   46 24  nonce
 *   70  1  length of the name, then the name
 *      80  box and tag: practice key 32, seed 32; everything before it is its associated data
 *
 * The key that opens the box comes from the password or code and is stored nowhere.  A key pair made from it
 * receives later epochs' practice keys (key-grant.h): a new password brings a new pair, so who knew the old
 * one cannot receive them, even where the person kept their signing seed. */
#pragma once
#include "chartroom/vault/vault.h"

#define KEY_SLOT_PASSWORD 1
#define KEY_SLOT_RECOVERY 2
#define KEY_SLOT_NAME_MAX 64

#define KEY_SLOT_ID 16
#define KEY_SLOT_BOXED ((gsize)64)

/* What a slot gives to who opens or writes it; always in locked memory. */
typedef struct {
  guint8 practice[32];     /* boxed: the practice key */
  guint8 seed[32];         /* boxed: of the person's Ed25519 key */
  guint8 slot[32];         /* key of the box, set by sealing and opening */
  guint8 grant_secret[32]; /* X25519, made from it */
  guint8 grant_public[32];
  guint8 former[32]; /* the practice key as it was in the box, where a grant has led to a newer one */
} KeyPayload;

typedef struct {
  guint8 kind;
  char *name; /* "" for recovery */
  guint8 derivation;
  guint32 passes;
  guint64 memory;
  const guint8 *body; /* of the record, borrowed */
  gsize body_size;
} KeySlot;

/* FALSE: not a well-formed slot of a kind this program knows.  Free with key_slot_clear. */
gboolean key_slot_parse (GBytes *body, KeySlot *out);
void key_slot_clear (KeySlot *slot);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeySlot, key_slot_clear)

/* Boxes payload under a password, or under a code's 20 bytes (kind RECOVERY; kdf unused). */
GBytes *key_slot_seal (guint8 kind, const char *name, const void *secret, gsize secret_len, CrKdf kdf,
                       KeyPayload *payload, GError **error);
/* The same slot, under the key that payload was opened with, with what payload holds now. */
GBytes *key_slot_reseal (const KeySlot *slot, const KeyPayload *payload);
/* The 16 bytes that name a slot's public record and grant; also of kinds this program does not know.  NULL
 * when the body is too short to have one. */
const guint8 *key_slot_id (GBytes *body);
/* Errors: HOSTILE_KEYS, WRONG_PASSWORD, FAILED (no memory for the derivation). */
gboolean key_slot_open (const KeySlot *slot, const void *secret, gsize secret_len, KeyPayload *payload,
                        GError **error);
/* Names are equal without regard to case. */
gboolean key_slot_is_named (const KeySlot *slot, const char *name);
