/* The database file: one sealed page in the place of each page. */
#include "cipher-vfs-file.h"
#include <sodium.h>
#include <stdlib.h>

#define HEADER_SIZE 100   /* of SQLite's file header, at the start of page 1 */
#define HEADER_RESERVE 20 /* offset of its byte "reserved bytes per page" */
#define MOST_GAP 16384    /* pages that one write may pass over outside of a checkpoint */

static CrPagePlace
place_of (int64_t page_size, int64_t index)
{
  return (CrPagePlace){ .kind = 'D', .page_size = (uint32_t)page_size, .number = (uint64_t)index + 1 };
}

static int
report_page (CipherFile *file, CrCipherTrouble what, int64_t index)
{
  return cipher_report (file, what, (uint64_t)index + 1, index == 0 ? SQLITE_NOTADB : SQLITE_IOERR_DATA);
}

/* ---- gaps: pages passed over by a write past the end ---- */

static bool
gap_has (const GapSet *gaps, int64_t index)
{
  int64_t bit = index - gaps->first;

  return gaps->count > 0 && bit >= 0 && bit < gaps->span && (gaps->bits[bit / 8] >> (bit % 8) & 1) != 0;
}

static void
gap_clear (GapSet *gaps, int64_t index)
{
  int64_t bit = index - gaps->first;

  if (!gap_has (gaps, index))
    return;
  gaps->bits[bit / 8] &= (uint8_t) ~(1u << (bit % 8));
  gaps->count--;
}

static int
gap_reserve (GapSet *gaps, int64_t bits)
{
  int64_t room = (bits + 1023) / 512 * 512;
  uint8_t *grown;

  if (bits <= gaps->room)
    return SQLITE_OK;
  grown = realloc (gaps->bits, (size_t)(room / 8));
  if (grown == NULL)
    return SQLITE_IOERR_NOMEM;
  memset (grown + gaps->room / 8, 0, (size_t)((room - gaps->room) / 8));
  gaps->bits = grown;
  gaps->room = room;
  return SQLITE_OK;
}

static int
gap_add (GapSet *gaps, int64_t from, int64_t to)
{
  int rc;

  if (gaps->count == 0) {
    gaps->first = from;
    gaps->span = 0;
    if (gaps->bits != NULL)
      memset (gaps->bits, 0, (size_t)(gaps->room / 8));
  }
  rc = gap_reserve (gaps, to - gaps->first);
  if (rc != SQLITE_OK)
    return rc;
  for (int64_t bit = from - gaps->first; bit < to - gaps->first; bit++) {
    gaps->count += (gaps->bits[bit / 8] >> (bit % 8) & 1) == 0;
    gaps->bits[bit / 8] |= (uint8_t)(1u << (bit % 8));
  }
  gaps->span = to - gaps->first;
  return SQLITE_OK;
}

/* ---- reading ---- */

/* A page that the file does not hold whole: beyond its end it reads as zeros, as everywhere in SQLite;
 * cut by the end it is damage. */
static int
read_absent (CipherFile *file, uint8_t *page, int64_t index)
{
  int64_t size;
  int rc = real_size (file, &size);

  memset (page, 0, (size_t)file->page_size);
  if (rc != SQLITE_OK)
    return rc;
  if (size > index * file->page_size || file->database.every_page_exists) {
    cipher_report (file, CR_DAMAGE_MISSING, (uint64_t)index + 1, 0);
    return SQLITE_IOERR_DATA;
  }
  return SQLITE_IOERR_SHORT_READ;
}

/* One whole page, opened in place. */
static int
read_page (CipherFile *file, uint8_t *page, int64_t index)
{
  CrPagePlace place = place_of (file->page_size, index);
  int rc;

  if (gap_has (&file->database.gaps, index)) {
    memset (page, 0, (size_t)file->page_size);
    return SQLITE_OK;
  }
  rc = real_read (file, page, (int)file->page_size, index * file->page_size);
  if (rc == SQLITE_IOERR_SHORT_READ)
    return read_absent (file, page, index);
  if (rc != SQLITE_OK)
    return rc;
  return cr_page_open (file->keys, &place, page) == 0 ? SQLITE_OK : report_page (file, CR_DAMAGE_PAGE, index);
}

/* Sets page_size when that page authenticates under it. */
static int
try_page_size (CipherFile *file, int64_t page_size, int64_t index)
{
  CrPagePlace place = place_of (page_size, index);
  int rc = real_read (file, file->scratch, (int)page_size, index * page_size);

  if (rc == SQLITE_OK && cr_page_open (file->keys, &place, file->scratch) == 0)
    file->page_size = page_size;
  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

int
cipher_database_find_page_size (CipherFile *file)
{
  static const int64_t sizes[] = { 4096, 1024, 8192, 16384, 2048, 512, 32768, 65536 };
  int64_t size;
  int rc = real_size (file, &size);

  file->page_size = 0;
  for (size_t i = 0; rc == SQLITE_OK && file->page_size == 0 && i < sizeof sizes / sizeof *sizes; i++)
    if (sizes[i] <= size)
      rc = try_page_size (file, sizes[i], 0);
  return rc;
}

/* Page 1 does not authenticate, or the file is empty.  SQLite reads the header once before it looks for a
 * journal that may repair page 1: that read must not fail. */
static int
read_unknown (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  int64_t size;
  int rc = real_size (file, &size);

  memset (buffer, 0, (size_t)amount);
  if (rc != SQLITE_OK)
    return rc;
  if (size <= offset)
    return SQLITE_IOERR_SHORT_READ;
  if (offset == 0 && amount == HEADER_SIZE)
    return SQLITE_OK;
  return report_page (file, CR_DAMAGE_PAGE, 0);
}

/* Any range, page by page. */
static int
read_range (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  bool absent = false;

  while (amount > 0) {
    int64_t index = offset / file->page_size;
    int within = (int)(offset % file->page_size);
    int step = (int)file->page_size - within < amount ? (int)file->page_size - within : amount;
    int rc = read_page (file, step == file->page_size ? buffer : file->scratch, index);

    if (rc == SQLITE_IOERR_SHORT_READ)
      absent = true;
    else if (rc != SQLITE_OK)
      return rc;
    if (step != file->page_size)
      memcpy (buffer, file->scratch + within, (size_t)step);
    buffer += step;
    offset += step;
    amount -= step;
  }
  return absent ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

/* The page size is unknown: the file is empty, page 1 is torn and about to be restored from the journal, or
 * the file is somebody's plain database, which must never be written. */
static bool
may_be_plain_database (CipherFile *file)
{
  static const char magic[16] = "SQLite format 3";
  char start[16];
  int rc;

  if (file->page_size != 0)
    return false;
  rc = real_read (file, start, sizeof start, 0);
  return rc != SQLITE_IOERR_SHORT_READ && (rc != SQLITE_OK || memcmp (start, magic, sizeof magic) == 0);
}

/* Page 1 did not open.  Another program may have made the file anew with another page size; when it has not,
 * page 1 alone is damaged, and the others are still read under the size that is known. */
static int
read_start_again (CipherFile *file, uint8_t *buffer, int amount)
{
  int64_t known = file->page_size, size;
  int rc = cipher_database_find_page_size (file);

  if (rc != SQLITE_OK)
    return rc;
  if (file->page_size != 0)
    return read_range (file, buffer, amount, 0);
  if (real_size (file, &size) == SQLITE_OK && size >= known && !may_be_plain_database (file))
    file->page_size = known;
  return read_unknown (file, buffer, amount, 0);
}

/* A checkpoint that the power cut off can leave page 1 torn while the log holds it whole: SQLite knows the
 * page size from there, and the page it asks for tells whether it is right. */
static int
find_page_size_for (CipherFile *file, int amount, int64_t offset)
{
  int rc = cipher_database_find_page_size (file);

  if (rc != SQLITE_OK || file->page_size != 0 || offset == 0 || !cr_page_size_is_valid (amount) ||
      offset % amount != 0)
    return rc;
  return try_page_size (file, amount, offset / amount);
}

static int
database_read (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  int rc;

  if (file->page_size == 0 && (rc = find_page_size_for (file, amount, offset)) != SQLITE_OK)
    return rc;
  if (file->page_size == 0)
    return read_unknown (file, buffer, amount, offset);
  rc = read_range (file, buffer, amount, offset);
  return offset == 0 && rc == SQLITE_NOTADB ? read_start_again (file, buffer, amount) : rc;
}

/* ---- writing ---- */

static int
seal_page (CipherFile *file, const uint8_t *plain, int64_t index)
{
  CrPagePlace place = place_of (file->page_size, index);
  uint8_t nonce[CR_PAGE_NONCE];

  cr_page_nonce (nonce);
  cr_page_seal (file->keys, &place, nonce, plain, file->scratch);
  return real_write (file, file->scratch, (int)file->page_size, index * file->page_size);
}

static int
seal_zeros (CipherFile *file, int64_t index)
{
  static const uint8_t zeros[CR_PAGE_SIZE_MAX];

  return seal_page (file, zeros, index);
}

int
cipher_database_seal_gaps (CipherFile *file)
{
  GapSet *gaps = &file->database.gaps;
  int rc = SQLITE_OK;

  for (int64_t bit = 0; gaps->count > 0 && bit < gaps->span && rc == SQLITE_OK; bit++)
    if (gap_has (gaps, gaps->first + bit)) {
      rc = seal_zeros (file, gaps->first + bit);
      if (rc == SQLITE_OK)
        gap_clear (gaps, gaps->first + bit);
    }
  return rc;
}

void
cipher_database_forget_end (CipherFile *file)
{
  file->database.known_end = 0;
}

/* A write at index leaves pages [end of file, index) without content.  In a checkpoint they are sealed at
 * once, so the file never has a hole.  Otherwise their content usually follows in the same transaction, and a
 * page SQLite did not ask to write may share a disk sector with a live one: they wait for the next settle
 * (a crash before it is rolled back by the journal, which cuts the file).
 *
 * Nothing in a rollback journal's header is sealed, and SQLite grows the file to the size it tells before it
 * looks at a record.  It never has to by much: SQLite cuts a file only after the journal is gone. */
static int
mark_gap (CipherFile *file, int64_t index)
{
  int64_t size, end;
  int rc = real_size (file, &size);

  if (rc != SQLITE_OK)
    return rc;
  end = size / file->page_size;
  file->database.known_end = size;
  if (end >= index)
    return SQLITE_OK;
  if (!file->database.checkpoint) {
    if (index - end > MOST_GAP)
      return cipher_report (file, CR_REFUSED_SHAPE, (uint64_t)index + 1, SQLITE_IOERR_WRITE);
    return gap_add (&file->database.gaps, end, index);
  }
  for (; end < index && rc == SQLITE_OK; end++)
    rc = seal_zeros (file, end);
  return rc;
}

static bool
shape_is_right (CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  if (!cr_page_size_is_valid (amount) || offset % amount != 0)
    return false;
  if (file->page_size != 0 && file->page_size != amount)
    return false;
  if (!sodium_is_zero (data + amount - CR_PAGE_RESERVE, CR_PAGE_RESERVE))
    return false;
  return offset != 0 || data[HEADER_RESERVE] == CR_PAGE_RESERVE || sodium_is_zero (data, (size_t)amount);
}

static int
database_write (CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  int64_t index = offset / (amount > 0 ? amount : 1);
  int rc;

  if (file->page_size == 0 && (rc = cipher_database_find_page_size (file)) != SQLITE_OK)
    return rc;
  if (may_be_plain_database (file) || !shape_is_right (file, data, amount, offset))
    return cipher_report (file, CR_REFUSED_SHAPE, (uint64_t)index + 1, SQLITE_IOERR_WRITE);
  file->page_size = amount;
  if (offset > file->database.known_end && (rc = mark_gap (file, index)) != SQLITE_OK)
    return rc;
  gap_clear (&file->database.gaps, index);
  rc = seal_page (file, data, index);
  if (rc == SQLITE_OK && offset + amount > file->database.known_end)
    file->database.known_end = offset + amount;
  return rc;
}

static int
database_truncate (CipherFile *file, int64_t size)
{
  GapSet *gaps = &file->database.gaps;
  int64_t page_size = file->page_size;
  int rc;

  if (may_be_plain_database (file) || (page_size != 0 && size % page_size != 0))
    return cipher_report (file, CR_REFUSED_SHAPE, 0, SQLITE_IOERR_TRUNCATE);
  rc = real_truncate (file, size);
  if (rc != SQLITE_OK)
    return rc;
  file->database.known_end = 0;
  if (size == 0)
    file->page_size = 0;
  for (int64_t bit = 0; gaps->count > 0 && bit < gaps->span; bit++)
    if ((gaps->first + bit) * page_size >= size)
      gap_clear (gaps, gaps->first + bit);
  return SQLITE_OK;
}

static int
database_open (CipherFile *file)
{
  memset (&file->database, 0, sizeof file->database);
  return SQLITE_OK;
}

static void
database_close (CipherFile *file)
{
  free (file->database.gaps.bits);
}

const CipherKind cipher_database = {
  .open = database_open,
  .close = database_close,
  .read = database_read,
  .write = database_write,
  .truncate = database_truncate,
  .settle = cipher_database_seal_gaps,
  .size = real_size,
};
