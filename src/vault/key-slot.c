#include "key-slot.h"
#include "chartroom/vault/page-cipher.h"
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define SALT 16
#define NONCE 24
#define TAG 16
#define FIXED 71 /* bytes before the name */
#define BOX (KEY_SLOT_BOXED + TAG)
#define DERIVE_ARGON2ID 1
#define DERIVE_BLAKE2B 2
#define HOSTILE_MEMORY (G_GUINT64_CONSTANT (2) << 30)
#define HOSTILE_PASSES 30

typedef struct {
  guint32 passes;
  guint64 memory;
} KdfCost;

static KdfCost
cost_of (CrKdf kdf)
{
  if (kdf == CR_KDF_TEST)
    return (KdfCost){ crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN };
  return (KdfCost){ crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE };
}

static const guint8 *
salt_of (const KeySlot *slot)
{
  return slot->body + 30;
}

static const guint8 *
nonce_of (const KeySlot *slot)
{
  return slot->body + 46;
}

static gboolean
is_hostile (const KeySlot *slot)
{
  return slot->memory > HOSTILE_MEMORY || slot->passes > HOSTILE_PASSES;
}

static gboolean
derive_argon2id (const KeySlot *slot, const void *secret, gsize len, guint8 key[32], GError **error)
{
  if (crypto_pwhash (key, 32, secret, len, salt_of (slot), slot->passes, (gsize)slot->memory,
                     crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;
  g_set_error (
      error, CR_ERROR, CR_ERROR_FAILED,
      _ ("Checking the password needs %u MiB of memory, which this computer does not have free. Close other "
         "programs and try again."),
      (guint)(slot->memory >> 20));
  return FALSE;
}

static gboolean
derive (const KeySlot *slot, const void *secret, gsize len, guint8 key[32], GError **error)
{
  static const guint8 purpose[] = "Chartroom recovery code";

  if (is_hostile (slot)) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_HOSTILE_KEYS,
        _ ("practice.keys asks for more work than any Chartroom would set, so it was altered. Put "
           "back the practice.keys of a backup."));
    return FALSE;
  }
  if (slot->derivation == DERIVE_ARGON2ID)
    return derive_argon2id (slot, secret, len, key, error);
  crypto_generichash_blake2b_salt_personal (key, 32, purpose, sizeof purpose, secret, len, salt_of (slot),
                                            NULL);
  return TRUE;
}

gboolean
key_slot_parse (GBytes *bytes, KeySlot *out)
{
  gsize size;
  const guint8 *body = g_bytes_get_data (bytes, &size);

  memset (out, 0, sizeof *out);
  if (size < FIXED + BOX || size != FIXED + (gsize)body[FIXED - 1] + BOX)
    return FALSE;
  if (body[0] != KEY_SLOT_PASSWORD && body[0] != KEY_SLOT_RECOVERY)
    return FALSE;
  if (body[17] != DERIVE_ARGON2ID && body[17] != DERIVE_BLAKE2B)
    return FALSE;
  if (!g_utf8_validate_len ((const char *)body + FIXED, body[FIXED - 1], NULL))
    return FALSE;
  out->kind = body[0];
  out->derivation = body[17];
  out->passes = cr_get_u32 (body + 18);
  out->memory = cr_get_u64 (body + 22);
  out->name = g_strndup ((const char *)body + FIXED, body[FIXED - 1]);
  out->body = body;
  out->body_size = size;
  return TRUE;
}

void
key_slot_clear (KeySlot *slot)
{
  g_clear_pointer (&slot->name, g_free);
}

/* The slot without its box. */
static GByteArray *
write_open_part (guint8 kind, const char *name, CrKdf kdf)
{
  GByteArray *out = g_byte_array_new ();
  KdfCost cost = kind == KEY_SLOT_PASSWORD ? cost_of (kdf) : (KdfCost){ 0 };
  guint8 fixed[FIXED];

  fixed[0] = kind;
  randombytes_buf (fixed + 1, 16);
  fixed[17] = kind == KEY_SLOT_PASSWORD ? DERIVE_ARGON2ID : DERIVE_BLAKE2B;
  cr_put_u32 (fixed + 18, cost.passes);
  cr_put_u64 (fixed + 22, cost.memory);
  randombytes_buf (fixed + 30, SALT);
  randombytes_buf (fixed + 46, NONCE);
  fixed[FIXED - 1] = (guint8)strlen (name);
  g_byte_array_append (out, fixed, FIXED);
  g_byte_array_append (out, (const guint8 *)name, fixed[FIXED - 1]);
  return out;
}

/* The pair that receives later practice keys. */
static void
make_grant_pair (KeyPayload *payload)
{
  static const guint8 purpose[] = "Chartroom grant";

  crypto_generichash (payload->grant_secret, 32, purpose, sizeof purpose, payload->slot, 32);
  crypto_scalarmult_base (payload->grant_public, payload->grant_secret);
}

/* Everything before the box is in out already. */
static GBytes *
close_box (GByteArray *out, const KeyPayload *payload)
{
  guint8 box[BOX];

  crypto_aead_xchacha20poly1305_ietf_encrypt (box, NULL, (const guint8 *)payload, KEY_SLOT_BOXED, out->data,
                                              out->len, NULL, out->data + 46, payload->slot);
  g_byte_array_append (out, box, BOX);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
key_slot_seal (guint8 kind, const char *name, const void *secret, gsize secret_len, CrKdf kdf,
               KeyPayload *payload, GError **error)
{
  g_autoptr (GByteArray) out = write_open_part (kind, name, kdf);
  KeySlot slot = { .derivation = out->data[17],
                   .passes = cr_get_u32 (out->data + 18),
                   .memory = cr_get_u64 (out->data + 22),
                   .body = out->data };

  if (!derive (&slot, secret, secret_len, payload->slot, error))
    return NULL;
  make_grant_pair (payload);
  return close_box (g_steal_pointer (&out), payload);
}

GBytes *
key_slot_reseal (const KeySlot *slot, const KeyPayload *payload)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, slot->body, (guint)(slot->body_size - BOX));
  randombytes_buf (out->data + 46, NONCE);
  return close_box (out, payload);
}

gboolean
key_slot_open (const KeySlot *slot, const void *secret, gsize secret_len, KeyPayload *payload, GError **error)
{
  gsize open_part = slot->body_size - BOX;

  if (!derive (slot, secret, secret_len, payload->slot, error))
    return FALSE;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *)payload, NULL, NULL, slot->body + open_part, BOX,
                                                  slot->body, open_part, nonce_of (slot),
                                                  payload->slot) == 0) {
    make_grant_pair (payload);
    return TRUE;
  }
  g_set_error_literal (error, CR_ERROR, CR_ERROR_WRONG_PASSWORD,
                       _ ("The name or the password is wrong. Check the Caps Lock key and try again."));
  return FALSE;
}

const guint8 *
key_slot_id (GBytes *body)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);

  return size < 1 + KEY_SLOT_ID ? NULL : data + 1;
}

gboolean
key_slot_is_named (const KeySlot *slot, const char *name)
{
  g_autofree char *mine = g_utf8_normalize (slot->name, -1, G_NORMALIZE_NFC);
  g_autofree char *other = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autofree char *mine_folded = mine == NULL ? NULL : g_utf8_casefold (mine, -1);
  g_autofree char *other_folded = other == NULL ? NULL : g_utf8_casefold (other, -1);

  return mine_folded != NULL && g_strcmp0 (mine_folded, other_folded) == 0;
}
