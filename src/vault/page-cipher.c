#include "chartroom/vault/page-cipher.h"
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define PLACE_SIZE 48
#define POOL_NONCES 64

/* Nonces made ahead: one getrandom per page would cost more than a tenth of sealing it. */
typedef struct {
  uint8_t seed[randombytes_SEEDBYTES];
  uint8_t nonces[POOL_NONCES][CR_PAGE_NONCE];
  unsigned left;
  unsigned forks; /* value of fork_count when seeded */
  int seeded;
} NoncePool;

typedef struct KeyEntry KeyEntry;
struct KeyEntry {
  CrPageKeys keys; /* first: a released pointer leads back to its entry */
  uint64_t handle; /* 0 once dropped */
  unsigned uses;
  KeyEntry *next;
};

static _Thread_local NoncePool pool;
static volatile unsigned fork_count;
static pthread_once_t started = PTHREAD_ONCE_INIT;
static int start_result;
static pthread_mutex_t entries_lock = PTHREAD_MUTEX_INITIALIZER;
static KeyEntry *entries;

static void
count_fork (void)
{
  fork_count++;
}

static void
start (void)
{
  start_result = sodium_init () < 0 || pthread_atfork (NULL, NULL, count_fork) != 0 ? -1 : 0;
}

/* One ChaCha20 stream gives the next seed and the next nonces; the old seed is gone. */
static void
refill_pool (void)
{
  uint8_t stream[sizeof pool.seed + sizeof pool.nonces];

  if (!pool.seeded || pool.forks != fork_count) {
    randombytes_buf (pool.seed, sizeof pool.seed);
    pool.seeded = 1;
    pool.forks = fork_count;
  }
  randombytes_buf_deterministic (stream, sizeof stream, pool.seed);
  memcpy (pool.seed, stream, sizeof pool.seed);
  memcpy (pool.nonces, stream + sizeof pool.seed, sizeof pool.nonces);
  sodium_memzero (stream, sizeof stream);
  pool.left = POOL_NONCES;
}

static void
write_place (const CrPageKeys *keys, const CrPagePlace *place, uint8_t out[PLACE_SIZE])
{
  out[0] = 'C';
  out[1] = 'R';
  out[2] = CR_PAGE_FORMAT;
  out[3] = (uint8_t)place->kind;
  cr_put_u32 (out + 4, place->page_size);
  cr_put_u64 (out + 8, place->number);
  cr_put_u64 (out + 16, place->extra);
  cr_put_u32 (out + 24, place->log_page);
  cr_put_u32 (out + 28, CR_PAGE_CIPHER_XCHACHA);
  memcpy (out + 32, keys->store_id, 16);
}

/* Round function of the Feistel permutation. */
static uint32_t
feistel_round (const uint8_t key[16], uint8_t round, uint64_t salts, uint64_t frame, uint32_t half)
{
  uint8_t in[21], out[crypto_shorthash_BYTES];

  in[0] = round;
  cr_put_u64 (in + 1, salts);
  cr_put_u64 (in + 9, frame);
  cr_put_u32 (in + 17, half);
  crypto_shorthash (out, in, sizeof in, key);
  return cr_get_u32 (out);
}

static void
unlink_entry (KeyEntry *entry)
{
  KeyEntry **at = &entries;

  while (*at != entry)
    at = &(*at)->next;
  *at = entry->next;
}

/* Call with entries_lock held. */
static void
release_entry (KeyEntry *entry)
{
  if (--entry->uses > 0)
    return;
  unlink_entry (entry);
  sodium_free (entry);
}

int
cr_page_cipher_init (void)
{
  pthread_once (&started, start);
  return start_result;
}

int
cr_page_size_is_valid (int64_t size)
{
  return size >= CR_PAGE_SIZE_MIN && size <= CR_PAGE_SIZE_MAX && (size & (size - 1)) == 0;
}

void
cr_page_nonce (uint8_t nonce[CR_PAGE_NONCE])
{
  if (pool.left == 0 || pool.forks != fork_count)
    refill_pool ();
  memcpy (nonce, pool.nonces[--pool.left], CR_PAGE_NONCE);
}

void
cr_page_seal (const CrPageKeys *keys, const CrPagePlace *place, const uint8_t nonce[CR_PAGE_NONCE],
              const uint8_t *plain, uint8_t *sealed)
{
  uint8_t ad[PLACE_SIZE];
  uint32_t body = place->page_size - CR_PAGE_RESERVE;

  write_place (keys, place, ad);
  memcpy (sealed + body, nonce, CR_PAGE_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (sealed, sealed + body + CR_PAGE_NONCE, NULL, plain,
                                                       body, ad, sizeof ad, NULL, nonce, keys->page);
}

int
cr_page_open (const CrPageKeys *keys, const CrPagePlace *place, uint8_t *page)
{
  uint8_t ad[PLACE_SIZE];
  uint32_t body = place->page_size - CR_PAGE_RESERVE;
  const uint8_t *nonce = page + body;

  write_place (keys, place, ad);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (page, NULL, page, body, nonce + CR_PAGE_NONCE, ad,
                                                           sizeof ad, nonce, keys->page) != 0) {
    memset (page, 0, place->page_size);
    return -1;
  }
  memset (page + body, 0, CR_PAGE_RESERVE);
  return 0;
}

void
cr_wal_words_seal (const CrPageKeys *keys, uint64_t salts, uint64_t frame, uint8_t words[8])
{
  uint32_t left = cr_get_u32 (words), right = cr_get_u32 (words + 4);

  for (uint8_t round = 0; round < 4; round++) {
    uint32_t next = left ^ feistel_round (keys->wal_words, round, salts, frame, right);
    left = right;
    right = next;
  }
  cr_put_u32 (words, left);
  cr_put_u32 (words + 4, right);
}

void
cr_wal_words_open (const CrPageKeys *keys, uint64_t salts, uint64_t frame, uint8_t words[8])
{
  uint32_t left = cr_get_u32 (words), right = cr_get_u32 (words + 4);

  for (uint8_t round = 4; round-- > 0;) {
    uint32_t before = right ^ feistel_round (keys->wal_words, round, salts, frame, left);
    right = left;
    left = before;
  }
  cr_put_u32 (words, left);
  cr_put_u32 (words + 4, right);
}

uint32_t
cr_journal_mask (const CrPageKeys *keys, const uint8_t nonce[CR_PAGE_NONCE], uint64_t offset)
{
  uint8_t in[CR_PAGE_NONCE + 8], out[crypto_shorthash_BYTES];

  memcpy (in, nonce, CR_PAGE_NONCE);
  cr_put_u64 (in + CR_PAGE_NONCE, offset);
  crypto_shorthash (out, in, sizeof in, keys->journal_words);
  return cr_get_u32 (out);
}

uint64_t
cr_page_keys_add (const CrPageKeys *keys)
{
  KeyEntry *entry;
  uint64_t handle;

  if (cr_page_cipher_init () != 0 || (entry = sodium_malloc (sizeof *entry)) == NULL)
    return 0;
  do
    randombytes_buf (&handle, sizeof handle);
  while (handle == 0);
  entry->keys = *keys;
  entry->handle = handle;
  entry->uses = 1;
  pthread_mutex_lock (&entries_lock);
  entry->next = entries;
  entries = entry;
  pthread_mutex_unlock (&entries_lock);
  return handle;
}

void
cr_page_keys_drop (uint64_t handle)
{
  KeyEntry *entry;

  pthread_mutex_lock (&entries_lock);
  for (entry = entries; entry != NULL && entry->handle != handle; entry = entry->next)
    ;
  if (entry != NULL && handle != 0) {
    entry->handle = 0;
    release_entry (entry);
  }
  pthread_mutex_unlock (&entries_lock);
}

const CrPageKeys *
cr_page_keys_acquire (uint64_t handle)
{
  KeyEntry *entry;

  pthread_mutex_lock (&entries_lock);
  for (entry = entries; entry != NULL && entry->handle != handle; entry = entry->next)
    ;
  if (handle == 0)
    entry = NULL;
  if (entry != NULL)
    entry->uses++;
  pthread_mutex_unlock (&entries_lock);
  return entry == NULL ? NULL : &entry->keys;
}

void
cr_page_keys_release (const CrPageKeys *keys)
{
  if (keys == NULL)
    return;
  pthread_mutex_lock (&entries_lock);
  release_entry ((KeyEntry *)(uintptr_t)keys);
  pthread_mutex_unlock (&entries_lock);
}
