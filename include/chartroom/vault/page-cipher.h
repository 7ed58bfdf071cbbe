/* Sealing of single pages: the database, its write-ahead log and its rollback journal (STORE-FORMAT §2, §3).
 * libc and libsodium alone, no GLib: it is also linked into cipher_vfs.so. */
#pragma once
#include <stdint.h>

#define CR_PAGE_FORMAT 1u         /* version byte of the associated data */
#define CR_PAGE_CIPHER_XCHACHA 1u /* the only cipher id built; 2 is kept free for AEGIS-256 */
#define CR_PAGE_NONCE 24
#define CR_PAGE_TAG 16
#define CR_PAGE_RESERVE (CR_PAGE_NONCE + CR_PAGE_TAG) /* the last bytes of every sealed page */
#define CR_PAGE_SIZE_MIN 512u
#define CR_PAGE_SIZE_MAX 65536u

/* What the page keys of one practice are.  Lives in locked memory only. */
typedef struct {
  uint8_t page[32];          /* subkey 1: XChaCha20-Poly1305 of pages */
  uint8_t wal_words[16];     /* subkey 2, first half: permutation of the log's checksum words */
  uint8_t journal_words[16]; /* subkey 2, second half: mask of the journal's checksum words */
  uint8_t store_id[16];      /* in every page's associated data */
} CrPageKeys;

/* Where a page is: all of it is authenticated, so no page can be moved to another place. */
typedef struct {
  char kind;          /* 'D' database page, 'W' log frame, 'J' journal record */
  uint32_t page_size; /* bytes, with the reserve */
  uint64_t number;    /* D and J: page number, W: frame number; both count from 1 */
  uint64_t extra;     /* W: the log header's two salts, J: file offset of the page, D: 0 */
  uint32_t log_page;  /* W: page number, else 0 */
} CrPagePlace;

/* 0, or -1 when libsodium cannot start.  Safe to call often and from any thread. */
int cr_page_cipher_init (void);
/* A page size SQLite can have. */
int cr_page_size_is_valid (int64_t size);

/* A nonce never used before in this process or, but for chance, in any other. */
void cr_page_nonce (uint8_t nonce[CR_PAGE_NONCE]);
/* sealed receives place->page_size bytes: body, nonce, tag.  plain's reserve is not read.  plain ≠ sealed. */
void cr_page_seal (const CrPageKeys *keys, const CrPagePlace *place, const uint8_t nonce[CR_PAGE_NONCE],
                   const uint8_t *plain, uint8_t *sealed);
/* In place; the reserve becomes zeros.  -1: not authentic, and the whole page is zeros. */
int cr_page_open (const CrPageKeys *keys, const CrPagePlace *place, uint8_t *page);

/* The 8 checksum bytes of a log frame's header are a function of the plaintext: permuted on disk. */
void cr_wal_words_seal (const CrPageKeys *keys, uint64_t salts, uint64_t frame, uint8_t words[8]);
void cr_wal_words_open (const CrPageKeys *keys, uint64_t salts, uint64_t frame, uint8_t words[8]);
/* XOR mask of the checksum word that follows a journal record; offset: where the word lies. */
uint32_t cr_journal_mask (const CrPageKeys *keys, const uint8_t nonce[CR_PAGE_NONCE], uint64_t offset);

/* Key handles: a random number stands for the keys wherever they must be named in text (a URI). */
uint64_t cr_page_keys_add (const CrPageKeys *keys); /* copies; 0 when there is no memory */
void cr_page_keys_drop (uint64_t handle);           /* no new use; files that have them open keep them */
/* NULL for a handle that is not, or no longer, known. */
const CrPageKeys *cr_page_keys_acquire (uint64_t handle);
void cr_page_keys_release (const CrPageKeys *keys); /* wipes with the last use */

/* Big-endian numbers, as in every file of a practice. */
static inline uint32_t
cr_get_u32 (const uint8_t *p)
{
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void
cr_put_u32 (uint8_t *p, uint32_t v)
{
  p[0] = (uint8_t)(v >> 24);
  p[1] = (uint8_t)(v >> 16);
  p[2] = (uint8_t)(v >> 8);
  p[3] = (uint8_t)v;
}

static inline uint64_t
cr_get_u64 (const uint8_t *p)
{
  return (uint64_t)cr_get_u32 (p) << 32 | cr_get_u32 (p + 4);
}

static inline void
cr_put_u64 (uint8_t *p, uint64_t v)
{
  cr_put_u32 (p, (uint32_t)(v >> 32));
  cr_put_u32 (p + 4, (uint32_t)v);
}
