/* What the parts of the VFS share: an open file and its kind. */
#pragma once
#include "cipher-vfs.h"
#include <stdbool.h>
#include <string.h>

#define LOG_HEADER 32
#define FRAME_HEADER 24

typedef struct CipherFile CipherFile;
typedef struct CipherShm CipherShm; /* cipher-vfs-shm.c */

/* How one kind of file stores what SQLite writes.  Each returns an SQLite code. */
typedef struct {
  int (*open) (CipherFile *file);
  void (*close) (CipherFile *file);
  int (*read) (CipherFile *file, uint8_t *buffer, int amount, int64_t offset);
  int (*write) (CipherFile *file, const uint8_t *data, int amount, int64_t offset);
  int (*truncate) (CipherFile *file, int64_t size);
  int (*settle) (CipherFile *file); /* put on file what is held back, before a sync */
  int (*size) (CipherFile *file, int64_t *size);
} CipherKind;

/* Pages below the end of the file that nobody has written yet. */
typedef struct {
  uint8_t *bits;
  int64_t first; /* page index (from 0) of bit 0 */
  int64_t span;  /* bits in use */
  int64_t room;  /* bits there is memory for */
  int64_t count; /* bits set */
} GapSet;

typedef struct {
  int64_t known_end;      /* the file is known to reach this far */
  GapSet gaps;            /* sealed as zeros at the next settle */
  bool checkpoint;        /* a checkpoint is running: pages come in order */
  bool every_page_exists; /* see CR_CIPHER_FCNTL_EVERY_PAGE_EXISTS */
} DatabasePart;

typedef struct {
  uint64_t salts;               /* of the log header, as last seen */
  uint8_t *frame;               /* header and page in clear, as they arrive from SQLite */
  int have;                     /* bytes of frame received */
  int sent;                     /* bytes of it already in the file: a sync came between */
  int64_t at;                   /* file offset of frame */
  uint8_t nonce[CR_PAGE_NONCE]; /* of frame, once sent > 0 */
  uint64_t read_whole;          /* frame that was last read with its header */
  uint64_t own_first, own_last; /* frames written by this handle under salts; 0, 0: none */
} LogPart;

typedef struct {
  int64_t number_at; /* offset of the last page number word passed; -1: none */
  uint32_t number;   /* its value */
  int64_t check_at;  /* offset of the checksum word that belongs to the last record; -1: none */
  uint8_t check_nonce[CR_PAGE_NONCE];
  bool check_bad; /* that record did not authenticate */
  bool wrote;     /* this handle wrote the records: a bad one is damage, not a torn tail */
} JournalPart;

typedef struct {
  uint8_t key[32]; /* random, of this file alone */
  uint64_t writes; /* nonce counter */
  int64_t size;    /* bytes as SQLite sees them */
  int64_t blocks;  /* blocks on file */
  int64_t loaded;  /* index of the block in `block`; -1: none */
  bool dirty;      /* `block` differs from the file */
  uint8_t *block;
} TempPart;

struct CipherFile {
  sqlite3_file base; /* first: SQLite's view */
  const CipherKind *kind;
  sqlite3_file *real;     /* the file of the VFS below */
  const CrPageKeys *keys; /* NULL for temporary files */
  const char *path;       /* SQLite's, valid while open; NULL for temporary files */
  int64_t page_size;      /* 0: not known yet */
  uint8_t *scratch;       /* CR_PAGE_SIZE_MAX + FRAME_HEADER bytes */
  CipherShm *shm;         /* the index of the log, once mapped */
  union {
    DatabasePart database;
    LogPart log;
    JournalPart journal;
    TempPart temp;
  };
};

extern const CipherKind cipher_database, cipher_log, cipher_journal, cipher_temp;

/* Thread's report for cr_cipher_take_report; each returns code. */
int cipher_report (const CipherFile *file, CrCipherTrouble what, uint64_t number, int code);
int cipher_report_holder (const CipherFile *file, CrCipherTrouble what, const char *holder, int code);

static inline int
real_read (CipherFile *file, void *buffer, int amount, int64_t offset)
{
  int rc = file->real->pMethods->xRead (file->real, buffer, amount, offset);

  /* SQLite would tell it as damage of the database: a disk that fails is not that. */
  return rc == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : rc;
}

static inline int
real_write (CipherFile *file, const void *data, int amount, int64_t offset)
{
  return file->real->pMethods->xWrite (file->real, data, amount, offset);
}

static inline int
real_size (CipherFile *file, int64_t *size)
{
  sqlite3_int64 n = 0;
  int rc = file->real->pMethods->xFileSize (file->real, &n);

  *size = n;
  return rc;
}

static inline int
real_truncate (CipherFile *file, int64_t size)
{
  return file->real->pMethods->xTruncate (file->real, size);
}

/* Database only: seals the gaps; told when a lock that allows writing is taken or given back. */
int cipher_database_seal_gaps (CipherFile *file);
void cipher_database_forget_end (CipherFile *file);
/* Authenticates page 1 under each possible size; sets page_size (0: none fits). */
int cipher_database_find_page_size (CipherFile *file);

/* The index of the log on a memory file system. */
int cipher_shm_map (CipherFile *file, int region, int size, int extend, void volatile **out);
int cipher_shm_lock (CipherFile *file, int first, int count, int flags);
void cipher_shm_unmap (CipherFile *file);
uint32_t cipher_shm_log_frames (CipherFile *file);
CrCipherLogState cipher_shm_log_state (CipherFile *file);
