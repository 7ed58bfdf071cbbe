/* The write-ahead log.  SQLite writes a 32-byte header, then frames: 24 bytes of header and one page.  In the
 * file the log header and the frame header's first 16 bytes are clear (numbers and salts), the checksum words
 * are permuted, the page is sealed in its place. */
#include "cipher-vfs-file.h"
#include <sodium.h>
#include <stdlib.h>

#define LOG_MAGIC 0x377f0682u /* its lowest bit tells the byte order of the checksums */
#define HEADER_PAGE_SIZE 8    /* offsets in the log header */
#define HEADER_SALTS 16
#define FRAME_SALTS 8 /* offsets in a frame header */
#define FRAME_WORDS 16

static int64_t
frame_size (const CipherFile *file)
{
  return file->page_size + FRAME_HEADER;
}

/* Frames count from 1, as SQLite counts them. */
static uint64_t
frame_number (const CipherFile *file, int64_t offset)
{
  return (uint64_t)((offset - LOG_HEADER) / frame_size (file)) + 1;
}

static int64_t
frame_offset (const CipherFile *file, uint64_t number)
{
  return LOG_HEADER + (int64_t)(number - 1) * frame_size (file);
}

/* The salts that bind a frame are the log header's: its own are zeros for a while when SQLite overwrites it.
 */
static CrPagePlace
place_of (const CipherFile *file, uint64_t number, const uint8_t *frame_header)
{
  return (CrPagePlace){ .kind = 'W',
                        .page_size = (uint32_t)file->page_size,
                        .number = number,
                        .extra = file->log.salts,
                        .log_page = cr_get_u32 (frame_header) };
}

static int
refuse (CipherFile *file, int64_t offset, int code)
{
  uint64_t number = file->page_size > 0 && offset >= LOG_HEADER ? frame_number (file, offset) : 0;

  return cipher_report (file, CR_REFUSED_SHAPE, number, code);
}

static bool
is_own (const CipherFile *file, uint64_t number)
{
  return number >= file->log.own_first && number <= file->log.own_last;
}

static void
note_own (CipherFile *file, uint64_t number)
{
  if (file->log.own_last != 0 && (is_own (file, number) || number == file->log.own_last + 1)) {
    if (number > file->log.own_last)
      file->log.own_last = number;
    return;
  }
  file->log.own_first = file->log.own_last = number;
}

static void
set_salts (CipherFile *file, uint64_t salts)
{
  if (file->log.salts == salts)
    return;
  file->log.salts = salts;
  file->log.own_first = file->log.own_last = 0;
}

static void
take_header (CipherFile *file, const uint8_t *header)
{
  int64_t page_size = cr_get_u32 (header + HEADER_PAGE_SIZE);

  if ((cr_get_u32 (header) & ~1u) != LOG_MAGIC || !cr_page_size_is_valid (page_size))
    return;
  file->page_size = page_size;
  set_salts (file, cr_get_u64 (header + HEADER_SALTS));
}

/* SQLITE_OK with page_size still 0: the log has no header that could be SQLite's. */
static int
load_header (CipherFile *file)
{
  uint8_t header[LOG_HEADER];
  int rc = real_read (file, header, sizeof header, 0);

  if (rc == SQLITE_OK)
    take_header (file, header);
  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

/* ---- reading ---- */

/* frame: header and sealed page, as in the file.  0 when the page was opened in place. */
static int
open_frame (CipherFile *file, uint8_t *frame, uint64_t number)
{
  CrPagePlace place = place_of (file, number, frame);

  cr_wal_words_open (file->keys, file->log.salts, number, frame + FRAME_WORDS);
  return cr_page_open (file->keys, &place, frame + FRAME_HEADER);
}

static int
try_frame (CipherFile *file, uint64_t number, int *opened)
{
  int rc = real_read (file, file->scratch, (int)frame_size (file), frame_offset (file, number));

  *opened = rc == SQLITE_OK && open_frame (file, file->scratch, number) == 0;
  return rc;
}

/* A page in normal operation: it must authenticate.  Another program may have begun the log anew since the
 * header was read: then its salts are the ones that count. */
static int
read_page (CipherFile *file, uint8_t *buffer, int amount, uint64_t number)
{
  uint64_t salts = file->log.salts;
  int opened;
  int rc = try_frame (file, number, &opened);

  if (rc == SQLITE_OK && !opened && (rc = load_header (file)) == SQLITE_OK && file->log.salts != salts)
    rc = try_frame (file, number, &opened);
  if (rc == SQLITE_IOERR_SHORT_READ || (rc == SQLITE_OK && !opened))
    rc = cipher_report (file, CR_DAMAGE_FRAME, number, SQLITE_IOERR_DATA);
  if (rc == SQLITE_OK)
    memcpy (buffer, file->scratch + FRAME_HEADER, (size_t)amount);
  else
    memset (buffer, 0, (size_t)amount);
  return rc;
}

/* A whole frame is read by recovery, where a torn or older one is normal and must look invalid (page number
 * 0), and when this connection computes its own frames' checksums again, where it is damage. */
static int
read_frame (CipherFile *file, uint8_t *frame, uint64_t number)
{
  int rc = real_read (file, frame, (int)frame_size (file), frame_offset (file, number));

  file->log.read_whole = number;
  if (rc != SQLITE_OK || open_frame (file, frame, number) == 0)
    return rc;
  memset (frame, 0, (size_t)frame_size (file));
  return is_own (file, number) ? cipher_report (file, CR_DAMAGE_FRAME, number, SQLITE_IOERR_DATA) : SQLITE_OK;
}

static int
read_frame_header (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  uint64_t number = frame_number (file, offset);
  int64_t start = frame_offset (file, number);
  uint8_t header[FRAME_HEADER];
  int rc = real_read (file, header, sizeof header, start);

  if (rc != SQLITE_OK)
    return rc;
  cr_wal_words_open (file->keys, file->log.salts, number, header + FRAME_WORDS);
  memcpy (buffer, header + (offset - start), (size_t)amount);
  return SQLITE_OK;
}

static int
log_read (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  int64_t within;
  int rc;

  if (offset + amount <= LOG_HEADER) {
    rc = real_read (file, buffer, amount, offset);
    if (rc == SQLITE_OK && amount == LOG_HEADER)
      take_header (file, buffer);
    return rc;
  }
  if (file->page_size == 0 && (rc = load_header (file)) != SQLITE_OK)
    return rc;
  if (file->page_size == 0 || offset < LOG_HEADER)
    return refuse (file, offset, SQLITE_IOERR_READ);
  within = (offset - LOG_HEADER) % frame_size (file);
  if (within == FRAME_HEADER && amount <= file->page_size)
    return read_page (file, buffer, amount, frame_number (file, offset));
  if (within == 0 && amount == frame_size (file))
    return read_frame (file, buffer, frame_number (file, offset));
  if (within + amount <= FRAME_HEADER)
    return read_frame_header (file, buffer, amount, offset);
  return refuse (file, offset, SQLITE_IOERR_READ);
}

/* ---- writing ---- */

/* frame: whole, in clear.  Into scratch, sealed. */
static int
seal_frame (CipherFile *file, const uint8_t *frame, uint64_t number, const uint8_t nonce[CR_PAGE_NONCE])
{
  CrPagePlace place = place_of (file, number, frame);

  if (!sodium_is_zero (frame + frame_size (file) - CR_PAGE_RESERVE, CR_PAGE_RESERVE))
    return refuse (file, frame_offset (file, number), SQLITE_IOERR_WRITE);
  memcpy (file->scratch, frame, FRAME_HEADER);
  cr_wal_words_seal (file->keys, file->log.salts, number, file->scratch + FRAME_WORDS);
  cr_page_seal (file->keys, &place, nonce, frame + FRAME_HEADER, file->scratch + FRAME_HEADER);
  return SQLITE_OK;
}

/* Writes what has arrived of the frame and is not in the file yet.  When a sync splits a frame, it is sealed
 * twice under one nonce: the buffer only ever grows, so what was written the first time comes out the same,
 * and nothing of the rest was written.  Bytes that were synced are not written again. */
static int
send_frame (CipherFile *file)
{
  LogPart *log = &file->log;
  uint64_t number = frame_number (file, log->at);
  int from = log->sent, rc;

  if (log->have == from)
    return SQLITE_OK;
  if (log->have > FRAME_WORDS && log->have < FRAME_HEADER)
    return refuse (file, log->at, SQLITE_IOERR_WRITE);
  if (from == 0)
    cr_page_nonce (log->nonce);
  memset (log->frame + log->have, 0, (size_t)(frame_size (file) - log->have));
  rc = seal_frame (file, log->frame, number, log->nonce);
  if (rc != SQLITE_OK)
    return rc;
  rc = real_write (file, file->scratch + from, log->have - from, log->at + from);
  if (rc != SQLITE_OK)
    return rc;
  log->sent = log->have;
  note_own (file, number);
  return SQLITE_OK;
}

static void
forget_frame (CipherFile *file)
{
  file->log.have = file->log.sent = 0;
}

/* A page written again inside one transaction comes without its header. */
static int
overwrite_page (CipherFile *file, const uint8_t *page, int64_t offset)
{
  uint64_t number = frame_number (file, offset);
  uint8_t nonce[CR_PAGE_NONCE];
  int rc = real_read (file, file->log.frame, FRAME_HEADER, offset - FRAME_HEADER);

  if (rc != SQLITE_OK)
    return rc == SQLITE_IOERR_SHORT_READ ? refuse (file, offset, SQLITE_IOERR_WRITE) : rc;
  memcpy (file->log.frame + FRAME_HEADER, page, (size_t)file->page_size);
  cr_page_nonce (nonce);
  rc = seal_frame (file, file->log.frame, number, nonce);
  if (rc != SQLITE_OK)
    return rc;
  note_own (file, number);
  return real_write (file, file->scratch + FRAME_HEADER, (int)file->page_size, offset);
}

/* Then the frames from there on are read whole, and each one's header comes again without its page, with a
 * new checksum.  It must not wait for a page: nothing more may be written before the commit is published. */
static bool
is_checksum_rewrite (CipherFile *file, uint64_t number)
{
  return is_own (file, number) && number == file->log.read_whole;
}

static int
overwrite_header (CipherFile *file, const uint8_t *header, int64_t offset)
{
  uint8_t sealed[FRAME_HEADER];

  file->log.read_whole = 0;
  memcpy (sealed, header, FRAME_HEADER);
  cr_wal_words_seal (file->keys, file->log.salts, frame_number (file, offset), sealed + FRAME_WORDS);
  return real_write (file, sealed, FRAME_HEADER, offset);
}

/* Another program may have begun the log anew; the frame header says so unless it is being overwritten. */
static void
follow_salts (CipherFile *file, const uint8_t *header)
{
  uint64_t salts = cr_get_u64 (header + FRAME_SALTS);

  if (salts != 0)
    set_salts (file, salts);
}

static int
begin_or_continue_frame (CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  LogPart *log = &file->log;
  int rc;

  if (log->have == 0)
    log->at = offset;
  if (log->have + amount > frame_size (file))
    return refuse (file, offset, SQLITE_IOERR_WRITE);
  memcpy (log->frame + log->have, data, (size_t)amount);
  log->have += amount;
  if (log->have == FRAME_HEADER)
    follow_salts (file, log->frame);
  if (log->have < frame_size (file))
    return SQLITE_OK;
  rc = send_frame (file);
  forget_frame (file);
  return rc;
}

static int
write_header (CipherFile *file, const uint8_t *header)
{
  forget_frame (file);
  file->log.read_whole = 0;
  file->page_size = 0;
  file->log.own_first = file->log.own_last = 0;
  take_header (file, header);
  return file->page_size == 0 ? refuse (file, 0, SQLITE_IOERR_WRITE)
                              : real_write (file, header, LOG_HEADER, 0);
}

static int
log_write (CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  LogPart *log = &file->log;
  int64_t within;
  int rc;

  if (offset == 0 && amount == LOG_HEADER)
    return write_header (file, data);
  if (file->page_size == 0 && (rc = load_header (file)) != SQLITE_OK)
    return rc;
  if (file->page_size == 0 || offset < LOG_HEADER)
    return refuse (file, offset, SQLITE_IOERR_WRITE);
  if (log->have > 0 && offset == log->at + log->have)
    return begin_or_continue_frame (file, data, amount, offset);
  forget_frame (file); /* SQLite gave it up after an error */
  within = (offset - LOG_HEADER) % frame_size (file);
  if (within == FRAME_HEADER && amount == file->page_size)
    return overwrite_page (file, data, offset);
  if (within != 0 || amount > FRAME_HEADER)
    return refuse (file, offset, SQLITE_IOERR_WRITE);
  if (amount == FRAME_HEADER)
    follow_salts (file, data);
  if (amount == FRAME_HEADER && is_checksum_rewrite (file, frame_number (file, offset)))
    return overwrite_header (file, data, offset);
  return begin_or_continue_frame (file, data, amount, offset);
}

static int
log_truncate (CipherFile *file, int64_t size)
{
  forget_frame (file);
  file->log.own_first = file->log.own_last = 0;
  return real_truncate (file, size);
}

static int
log_open (CipherFile *file)
{
  memset (&file->log, 0, sizeof file->log);
  file->log.frame = malloc (CR_PAGE_SIZE_MAX + FRAME_HEADER);
  return file->log.frame == NULL ? SQLITE_NOMEM : SQLITE_OK;
}

static void
log_close (CipherFile *file)
{
  if (file->log.frame != NULL)
    sodium_memzero (file->log.frame, CR_PAGE_SIZE_MAX + FRAME_HEADER);
  free (file->log.frame);
}

const CipherKind cipher_log = {
  .open = log_open,
  .close = log_close,
  .read = log_read,
  .write = log_write,
  .truncate = log_truncate,
  .settle = send_frame,
  .size = real_size,
};
