/* How a slot whose password nobody has at hand comes to the practice key of a new epoch.
 *
 * Public record, one per slot, written with it:
 *    0 16  slot id
 *   16  4  epoch of the practice key in the slot's box
 *   20 32  X25519 public key, made from the key of the box (key-slot.h)
 *
 * Grant, one per slot that is older than the newest epoch:
 *    0  4  epoch
 *    4 16  slot id
 *   20 80  crypto_box_seal of that epoch's practice key to the slot's public key
 *
 * Both stand under the file's MAC.  A grant is believed only when the epoch it leads to holds the very key
 * that the slot's box holds: nobody who never knew that key can have set the epoch up.  (Who knew the key of
 * an epoch while it was in force, and could write to the folder then, could put a public key of their own
 * into it.  A public record that is not its slot's is found when that slot is next opened.) */
#pragma once
#include "key-file.h"
#include "key-slot.h"

/* Adds a slot, instead of the record `earlier` (may be NULL), whose public record and grant go with it. */
void key_grant_put_slot (KeyFile *file, KeyRecord *earlier, GBytes *body, guint32 epoch,
                         const KeyPayload *payload);
/* Removes a slot with all that belongs to it. */
void key_grant_drop_slot (KeyFile *file, KeyRecord *slot);
/* Epoch and public key that the file names for a slot.  FALSE: it has none (slots of the first epoch that
 * were made before there were any). */
gboolean key_grant_find_public (KeyFile *file, GBytes *slot, guint32 *epoch, guint8 public_key[32]);
/* A grant of an epoch to a slot, instead of any earlier one.  FALSE: it has no public record. */
gboolean key_grant_add (KeyFile *file, GBytes *slot, guint32 epoch, const guint8 practice[32]);
/* payload was opened from slot: where a newer epoch is in force, its key becomes the one of that, and
 * `former` the slot's own.  epoch: of the slot's own.  Error: KEYS_ALTERED. */
gboolean key_grant_follow (KeyFile *file, GBytes *slot, KeyPayload *payload, guint32 *epoch, GError **error);
