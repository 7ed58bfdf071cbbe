/* A backup file, byte for byte.  All numbers big-endian.
 *
 *    0  8  magic "CRBAK01\n"
 *    8  4  key epoch
 *   12  4  length of the key file, at most KEY_FILE_MAX
 *   16 16  store id
 *   32     practice.keys
 *       24 secretstream header, under subkey 7 of that epoch
 *          messages: sealed length u32, sealed bytes; in clear a type and what follows it:
 *            'F' a file begins: length u64, name       'P' a piece of it, at most 64 KiB
 *            'S' signature 64, public key 32 of the manifest, the last file; marked as the end
 *          The first message's associated data: bytes 0–31 and the BLAKE2b-256 of practice.keys. */
#pragma once
#include "vault-private.h"
#include <sodium.h>

#define BACKUP_FRONT 32
#define BACKUP_PIECE 65536
#define BACKUP_NAME_MAX 255
#define BACKUP_EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define BACKUP_SEALED_MAX (1 + BACKUP_PIECE + BACKUP_EXTRA)
#define BACKUP_AD (BACKUP_FRONT + 32)
#define BACKUP_MANIFEST "manifest"
#define BACKUP_SIGNATURE_CONTEXT "CRBAK01\n"

static const guint8 backup_magic[8] = { 'C', 'R', 'B', 'A', 'K', '0', '1', '\n' };

/* One line of the manifest. */
void backup_append_file_line (GString *lines, const char *name, guint64 bytes, const guint8 hash[32]);
/* What is signed: the context and the whole manifest. */
GBytes *backup_signed_bytes (const char *manifest);
/* out: BACKUP_AD bytes. */
void backup_associate (const guint8 front[BACKUP_FRONT], const guint8 *keys, gsize size, guint8 *out);
