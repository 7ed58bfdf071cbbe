/* The encrypting VFS: every byte SQLite writes leaves sealed, every byte it reads was authenticated.
 * libc, sqlite3 and libsodium alone (no GLib): it also builds into cipher_vfs.so.  STORE-FORMAT §2 and §3. */
#pragma once
#include <sqlite3.h>
#include "chartroom/vault/page-cipher.h"

#define CR_CIPHER_VFS_NAME "chartroom"

/* Registers an instance called name (must stay valid) on top of base (NULL: the present default).
 * fallback: key handle for files opened without `keys=HANDLE` in their URI; 0 refuses such files.
 * Returns an SQLite code.  Registering a known name again changes nothing but the default. */
int cr_cipher_vfs_register (const char *name, const char *base, uint64_t fallback, int make_default);

typedef enum {
  CR_DAMAGE_NONE,
  CR_DAMAGE_PAGE,          /* page `number` of the database does not authenticate */
  CR_DAMAGE_FRAME,         /* frame `number` of the log does not authenticate */
  CR_DAMAGE_RECORD,        /* the journal's record of page `number` does not authenticate */
  CR_DAMAGE_TEMPORARY,     /* block `number` of a temporary file does not authenticate */
  CR_DAMAGE_MISSING,       /* page `number` lies beyond the end of the file, or across it */
  CR_REFUSED_SHAPE,        /* SQLite asked for a write or read that a sealed file cannot serve */
  CR_REFUSED_SHARING,      /* open in a program with which no memory can be shared; see holder */
  CR_REFUSED_NO_MEMORY_FS, /* no memory file system for the index of the log */
  CR_REFUSED_BUSY          /* the writer's lock is taken; see holder */
} CrCipherTrouble;

typedef struct {
  CrCipherTrouble what;
  uint64_t number;
  char file[256];  /* name without its folder */
  char holder[96]; /* "process 4711 on front-desk"; "" when unknown */
} CrCipherReport;

/* Like errno: what the last failing call of this thread found, then forgets it. */
CrCipherReport cr_cipher_take_report (void);

/* The log's index at one moment. */
typedef struct {
  uint32_t frames;     /* committed ones */
  uint32_t backfilled; /* of those, how many are in the database too */
  uint8_t header[48];  /* another one after every commit, and when the log begins anew */
} CrCipherLogState;

/* File controls on the main database. */
enum {
  /* uint32_t *: frames of the log that are live in the connection's present read transaction. */
  CR_CIPHER_FCNTL_LOG_FRAMES = 0x43520001,
  /* NULL: from now on a page that SQLite believes to exist but the file lacks is an error, not zeros.
   * Right for stores with secure_delete on, whose every page is written once it is part of the file. */
  CR_CIPHER_FCNTL_EVERY_PAGE_EXISTS = 0x43520002,
  /* CrCipherLogState *: as it is now, whatever transaction the connection is in; zeros without a log. */
  CR_CIPHER_FCNTL_LOG_STATE = 0x43520003
};
