/* practice.keys, byte for byte.  All numbers big-endian.
 *
 *    0  8  magic "CRKEYS1\n"
 *    8  4  format version, 1
 *   12  4  cipher id of the pages
 *   16 16  store id
 *   32  8  generation
 *   40  8  zero
 *   48     records: type u16, zero u16, length u32, body
 *  -64 32  keyed BLAKE2b-256 of all before, under subkey 6
 *  -32 32  plain BLAKE2b-256 of all before: tells a damaged file from a wrong password before any key is
 * known; in every version
 *
 * Records of unknown type are kept as they are.
 *
 * Epochs count from 1 without gaps.  The newest one's record is the first of its type; it names the active
 * database.  MAC, head and slots are under the newest practice key.  Each older epoch's record goes on with a
 * nonce 24 and the box, 32 and tag 16, of that epoch's practice key, under subkey 10 of the newest one;
 * associated data: store id, number.  So whoever knows the newest key knows them all, and an older one opens
 * nothing newer. */
#pragma once
#include <glib.h>

#define KEY_FILE_NAME "practice.keys"
#define KEY_FILE_VERSION 1
#define KEY_FILE_MAX ((gsize)1 << 20)

typedef enum {
  KEY_RECORD_EPOCH = 1,  /* number u32, name length u8, database file name; older epochs: see below */
  KEY_RECORD_SLOT = 2,   /* key-slot.h */
  KEY_RECORD_HEAD = 3,   /* nonce 24, box of entry count u64 and chain head 32, tag 16; under subkey 9 */
  KEY_RECORD_PUBLIC = 4, /* key-grant.h */
  KEY_RECORD_GRANT = 5,  /* key-grant.h */
  KEY_RECORD_NEXT = 6    /* next-epoch.c */
} KeyRecordType;

typedef struct {
  guint16 type;
  GBytes *body;
} KeyRecord;

typedef struct {
  guint32 version, cipher;
  guint8 store_id[16];
  guint64 generation;
  GPtrArray *records; /* KeyRecord */
  GBytes *image;      /* the bytes it was read from; NULL for a new one */
} KeyFile;

KeyFile *key_file_new (const guint8 store_id[16]);
/* Errors: NOT_A_PRACTICE, KEYS_MISSING, KEYS_ALTERED, STORE_NEWER and those of reading. */
KeyFile *key_file_load (const char *folder, GError **error);
void key_file_free (KeyFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeyFile, key_file_free)
/* KEYS_ALTERED; FALSE. */
gboolean key_file_set_altered (GError **error);
/* Does the MAC of the bytes it was read from fit? */
gboolean key_file_authenticate (KeyFile *self, const guint8 mac_key[32], GError **error);
/* Replaces FOLDER/practice.keys with what the structure says now; raises the generation. */
gboolean key_file_store (KeyFile *self, const char *folder, const guint8 mac_key[32], GError **error);

void key_file_add (KeyFile *self, guint16 type, GBytes *body); /* takes body */
/* First record of a type, or NULL. */
KeyRecord *key_file_find (KeyFile *self, guint16 type);
void key_file_replace (KeyFile *self, KeyRecord *record, GBytes *body); /* takes body */
void key_file_remove (KeyFile *self, KeyRecord *record);
/* Of the newest epoch; 1 where none is named. */
guint32 key_file_epoch (KeyFile *self);
/* Name of the active database file; free. */
char *key_file_database (KeyFile *self);
