/* Signatures of people, and the hashes that notes, packets and the audit chain are held by. */
#include "vault-private.h"
#include <sodium.h>
#include <string.h>

void
cr_vault_public_key (CrVault *self, guint8 out[32])
{
  memcpy (out, self->public_key, 32);
}

gboolean
cr_vault_sign (CrVault *self, const void *data, gsize len, guint8 out[64], GError **error)
{
  crypto_sign_detached (out, NULL, data, len, self->person->sign);
  return TRUE;
}

gboolean
cr_signature_verify (const guint8 public_key[32], const void *data, gsize len, const guint8 signature[64])
{
  return crypto_sign_verify_detached (signature, data, len, public_key) == 0;
}

gboolean
cr_vault_chain_of (CrVault *self, guint32 epoch, const guint8 previous[32], const void *entry, gsize len,
                   guint8 out[32])
{
  const EpochKeys *keys = vault_epoch (self, epoch);
  crypto_generichash_state state;

  if (keys == NULL)
    return FALSE;
  crypto_generichash_init (&state, keys->audit, 32, 32);
  crypto_generichash_update (&state, previous, 32);
  crypto_generichash_update (&state, entry, len);
  crypto_generichash_final (&state, out, 32);
  return TRUE;
}

void
cr_vault_chain (CrVault *self, const guint8 previous[32], const void *entry, gsize len, guint8 out[32])
{
  cr_vault_chain_of (self, cr_vault_epoch (self), previous, entry, len, out);
}

void
cr_hash (const void *data, gsize len, guint8 out[32])
{
  crypto_generichash (out, 32, data, len, NULL, 0);
}

char *
cr_hash_hex (const guint8 *hash, gsize len)
{
  char *hex = g_malloc (len * 2 + 1);

  sodium_bin2hex (hex, len * 2 + 1, hash, len);
  return hex;
}
