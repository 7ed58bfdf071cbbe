/* Temporary files: any range may be read or written, so they are kept in sealed blocks, each followed by its
 * nonce and tag, under a random key that dies with the file. */
#include "cipher-vfs-file.h"
#include <sodium.h>
#include <stdlib.h>

#define BLOCK 4096
#define STORED (BLOCK + CR_PAGE_RESERVE)

static int64_t
block_count (int64_t size)
{
  return (size + BLOCK - 1) / BLOCK;
}

static int
store_block (CipherFile *file, const uint8_t *block, int64_t index)
{
  TempPart *temp = &file->temp;
  uint8_t ad[8], *nonce = file->scratch + BLOCK;
  int rc;

  cr_put_u64 (ad, (uint64_t)index);
  memset (nonce, 0, CR_PAGE_NONCE);
  cr_put_u64 (nonce, temp->writes++); /* the key is this file's alone: a counter is enough */
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (file->scratch, nonce + CR_PAGE_NONCE, NULL, block,
                                                       BLOCK, ad, sizeof ad, NULL, nonce, temp->key);
  rc = real_write (file, file->scratch, STORED, index * STORED);
  if (rc == SQLITE_OK && index >= temp->blocks)
    temp->blocks = index + 1;
  return rc;
}

/* Blocks passed over are zeros, and sealed like all others: a block of clear zeros is damage. */
static int
fill_up_to (CipherFile *file, int64_t index)
{
  static const uint8_t zeros[BLOCK];
  int rc = SQLITE_OK;

  while (rc == SQLITE_OK && file->temp.blocks < index)
    rc = store_block (file, zeros, file->temp.blocks);
  return rc;
}

static int
flush_block (CipherFile *file)
{
  TempPart *temp = &file->temp;
  int rc;

  if (!temp->dirty)
    return SQLITE_OK;
  rc = fill_up_to (file, temp->loaded);
  if (rc == SQLITE_OK)
    rc = store_block (file, temp->block, temp->loaded);
  temp->dirty = rc != SQLITE_OK;
  return rc;
}

static int
fetch_block (CipherFile *file, int64_t index)
{
  TempPart *temp = &file->temp;
  const uint8_t *nonce = file->scratch + BLOCK;
  uint8_t ad[8];
  int rc;

  if (index >= temp->blocks) {
    memset (temp->block, 0, BLOCK);
    return SQLITE_OK;
  }
  rc = real_read (file, file->scratch, STORED, index * STORED);
  if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
    return rc;
  cr_put_u64 (ad, (uint64_t)index);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (temp->block, NULL, file->scratch, BLOCK,
                                                           nonce + CR_PAGE_NONCE, ad, sizeof ad, nonce,
                                                           temp->key) != 0)
    return cipher_report (file, CR_DAMAGE_TEMPORARY, (uint64_t)index, SQLITE_IOERR_DATA);
  return SQLITE_OK;
}

static int
load_block (CipherFile *file, int64_t index)
{
  TempPart *temp = &file->temp;
  int rc;

  if (temp->loaded == index)
    return SQLITE_OK;
  rc = flush_block (file);
  if (rc != SQLITE_OK)
    return rc;
  temp->loaded = -1;
  rc = fetch_block (file, index);
  if (rc == SQLITE_OK)
    temp->loaded = index;
  return rc;
}

static int
temp_read (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  int64_t there = file->temp.size - offset;
  bool absent = there < amount;

  if (absent) {
    int kept = there > 0 ? (int)there : 0;
    memset (buffer + kept, 0, (size_t)(amount - kept));
    amount = kept;
  }
  while (amount > 0) {
    int within = (int)(offset % BLOCK);
    int step = BLOCK - within < amount ? BLOCK - within : amount;
    int rc = load_block (file, offset / BLOCK);

    if (rc != SQLITE_OK)
      return rc;
    memcpy (buffer, file->temp.block + within, (size_t)step);
    buffer += step;
    offset += step;
    amount -= step;
  }
  return absent ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int
temp_write (CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  TempPart *temp = &file->temp;

  while (amount > 0) {
    int within = (int)(offset % BLOCK);
    int step = BLOCK - within < amount ? BLOCK - within : amount;
    int rc = load_block (file, offset / BLOCK);

    if (rc != SQLITE_OK)
      return rc;
    memcpy (temp->block + within, data, (size_t)step);
    temp->dirty = true;
    data += step;
    offset += step;
    amount -= step;
    if (offset > temp->size)
      temp->size = offset;
  }
  return SQLITE_OK;
}

static int
temp_truncate (CipherFile *file, int64_t size)
{
  TempPart *temp = &file->temp;
  int64_t keep = block_count (size);
  int rc;

  if (size >= temp->size)
    return SQLITE_OK;
  if (size % BLOCK != 0) {
    rc = load_block (file, size / BLOCK);
    if (rc != SQLITE_OK)
      return rc;
    memset (temp->block + size % BLOCK, 0, (size_t)(BLOCK - size % BLOCK));
    temp->dirty = true;
  }
  if (temp->loaded >= keep) {
    temp->loaded = -1;
    temp->dirty = false;
  }
  temp->size = size;
  if (temp->blocks <= keep)
    return SQLITE_OK;
  temp->blocks = keep;
  return real_truncate (file, keep * STORED);
}

static int
temp_open (CipherFile *file)
{
  memset (&file->temp, 0, sizeof file->temp);
  file->temp.loaded = -1;
  randombytes_buf (file->temp.key, sizeof file->temp.key);
  file->temp.block = malloc (BLOCK);
  return file->temp.block == NULL ? SQLITE_NOMEM : SQLITE_OK;
}

static void
temp_close (CipherFile *file)
{
  if (file->temp.block != NULL)
    sodium_memzero (file->temp.block, BLOCK);
  free (file->temp.block);
  sodium_memzero (&file->temp, sizeof file->temp);
}

static int
temp_settle (CipherFile *file)
{
  return SQLITE_OK;
}

static int
temp_size (CipherFile *file, int64_t *size)
{
  *size = file->temp.size;
  return SQLITE_OK;
}

const CipherKind cipher_temp = {
  .open = temp_open,
  .close = temp_close,
  .read = temp_read,
  .write = temp_write,
  .truncate = temp_truncate,
  .settle = temp_settle,
  .size = temp_size,
};
