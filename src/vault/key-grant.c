#include "key-grant.h"
#include "chartroom/vault/page-cipher.h"
#include <sodium.h>
#include <string.h>

#define PUBLIC_SIZE ((gsize)(KEY_SLOT_ID + 4 + 32))
#define SEALED ((gsize)(crypto_box_SEALBYTES + 32))
#define GRANT_SIZE (4 + KEY_SLOT_ID + SEALED)

/* Where a record of that type names the slot. */
static gsize
id_offset (guint16 type)
{
  return type == KEY_RECORD_GRANT ? 4 : 0;
}

/* The body of the slot's record of that type, or NULL. */
static const guint8 *
find_body (KeyFile *file, guint16 type, GBytes *slot, KeyRecord **found)
{
  const guint8 *id = key_slot_id (slot);
  gsize wanted = type == KEY_RECORD_GRANT ? GRANT_SIZE : PUBLIC_SIZE, size;

  for (guint i = 0; id != NULL && i < file->records->len; i++) {
    KeyRecord *record = file->records->pdata[i];
    const guint8 *body = g_bytes_get_data (record->body, &size);

    if (record->type != type || size != wanted || memcmp (body + id_offset (type), id, KEY_SLOT_ID) != 0)
      continue;
    if (found != NULL)
      *found = record;
    return body;
  }
  return NULL;
}

static void
drop (KeyFile *file, guint16 type, GBytes *slot)
{
  KeyRecord *record = NULL;

  while (find_body (file, type, slot, &record) != NULL)
    key_file_remove (file, record);
}

void
key_grant_drop_slot (KeyFile *file, KeyRecord *slot)
{
  drop (file, KEY_RECORD_PUBLIC, slot->body);
  drop (file, KEY_RECORD_GRANT, slot->body);
  key_file_remove (file, slot);
}

void
key_grant_put_slot (KeyFile *file, KeyRecord *earlier, GBytes *body, guint32 epoch, const KeyPayload *payload)
{
  guint8 public_record[PUBLIC_SIZE];

  memcpy (public_record, key_slot_id (body), KEY_SLOT_ID);
  cr_put_u32 (public_record + KEY_SLOT_ID, epoch);
  memcpy (public_record + KEY_SLOT_ID + 4, payload->grant_public, 32);
  if (earlier != NULL) { /* in its place: the order of people stays */
    drop (file, KEY_RECORD_PUBLIC, earlier->body);
    drop (file, KEY_RECORD_GRANT, earlier->body);
    key_file_replace (file, earlier, body);
  } else
    key_file_add (file, KEY_RECORD_SLOT, body);
  key_file_add (file, KEY_RECORD_PUBLIC, g_bytes_new (public_record, PUBLIC_SIZE));
}

gboolean
key_grant_find_public (KeyFile *file, GBytes *slot, guint32 *epoch, guint8 public_key[32])
{
  const guint8 *body = find_body (file, KEY_RECORD_PUBLIC, slot, NULL);

  if (body == NULL)
    return FALSE;
  *epoch = cr_get_u32 (body + KEY_SLOT_ID);
  memcpy (public_key, body + KEY_SLOT_ID + 4, 32);
  return TRUE;
}

gboolean
key_grant_add (KeyFile *file, GBytes *slot, guint32 epoch, const guint8 practice[32])
{
  guint8 body[GRANT_SIZE], public_key[32];
  guint32 own;

  if (!key_grant_find_public (file, slot, &own, public_key))
    return FALSE;
  cr_put_u32 (body, epoch);
  memcpy (body + 4, key_slot_id (slot), KEY_SLOT_ID);
  if (crypto_box_seal (body + 4 + KEY_SLOT_ID, practice, 32, public_key) != 0)
    return FALSE;
  drop (file, KEY_RECORD_GRANT, slot);
  key_file_add (file, KEY_RECORD_GRANT, g_bytes_new (body, sizeof body));
  return TRUE;
}

gboolean
key_grant_follow (KeyFile *file, GBytes *slot, KeyPayload *payload, guint32 *epoch, GError **error)
{
  guint8 public_key[32];
  const guint8 *grant;

  *epoch = 1;
  if (key_grant_find_public (file, slot, epoch, public_key) &&
      memcmp (public_key, payload->grant_public, 32) != 0)
    return key_file_set_altered (error);
  memcpy (payload->former, payload->practice, 32);
  if (*epoch == key_file_epoch (file))
    return TRUE;
  grant = find_body (file, KEY_RECORD_GRANT, slot, NULL);
  if (grant == NULL || cr_get_u32 (grant) != key_file_epoch (file) ||
      crypto_box_seal_open (payload->practice, grant + 4 + KEY_SLOT_ID, SEALED, payload->grant_public,
                            payload->grant_secret) != 0)
    return key_file_set_altered (error);
  return TRUE;
}
