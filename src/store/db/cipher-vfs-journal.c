/* The rollback journal.  Segments of a clear header (numbers only) and records: page number, page, checksum
 * word.  The page is sealed in its place; the word, a function of the plaintext, is masked. */
#include "cipher-vfs-file.h"
#include <sodium.h>

#define HEADER_SIZE 28 /* the part of a segment's header that is not padding */
#define HEADER_PAGE_SIZE 24
#define WORD 4
#define SECTOR_MIN 32        /* headers begin at multiples of the sector size; SQLite knows none below this */
#define LOCK_BYTE 0x40000000 /* SQLite's lock page; its number stands before a super-journal's name */

static const uint8_t journal_magic[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };

static void
forget_record (JournalPart *journal)
{
  journal->number_at = journal->check_at = -1;
}

/* The page size stands in the first header. */
static void
learn_page_size (CipherFile *file, const uint8_t *header)
{
  int64_t page_size = cr_get_u32 (header + HEADER_PAGE_SIZE);

  if (memcmp (header, journal_magic, sizeof journal_magic) == 0 && cr_page_size_is_valid (page_size))
    file->page_size = page_size;
}

static int
know_page_size (CipherFile *file)
{
  uint8_t header[HEADER_SIZE];
  int rc;

  if (file->page_size != 0)
    return SQLITE_OK;
  rc = real_read (file, header, sizeof header, 0);
  if (rc == SQLITE_OK)
    learn_page_size (file, header);
  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static CrPagePlace
place_of (CipherFile *file, int64_t offset)
{
  return (CrPagePlace){ .kind = 'J',
                        .page_size = (uint32_t)file->page_size,
                        .number = file->journal.number,
                        .extra = (uint64_t)offset };
}

/* Is what lies at offset the page of the record whose number was just passed?  A header may lack the page
 * size. */
static bool
is_record_page (const CipherFile *file, int amount, int64_t offset)
{
  const JournalPart *journal = &file->journal;

  if (!cr_page_size_is_valid (amount) || (file->page_size != 0 && amount != file->page_size))
    return false;
  return journal->number_at == offset - WORD && journal->number != 0 &&
         journal->number != (uint32_t)(LOCK_BYTE / amount + 1);
}

static void
expect_check (JournalPart *journal, const uint8_t *nonce, int64_t at)
{
  memcpy (journal->check_nonce, nonce, CR_PAGE_NONCE);
  journal->check_at = at;
  journal->number_at = -1;
}

/* ---- reading ---- */

static void
read_word (CipherFile *file, uint8_t *word, int64_t offset)
{
  JournalPart *journal = &file->journal;

  if (offset == journal->check_at) {
    uint32_t value = cr_get_u32 (word) ^ cr_journal_mask (file->keys, journal->check_nonce, (uint64_t)offset);
    cr_put_u32 (word, journal->check_bad ? ~value : value);
    forget_record (journal);
    return;
  }
  journal->number_at = offset;
  journal->number = cr_get_u32 (word);
}

/* A record that does not authenticate is the normal torn tail when another, dead program wrote it: it reads
 * as zeros with a wrong checksum, and SQLite stops there.  In a journal this handle wrote it is damage. */
static int
read_record_page (CipherFile *file, uint8_t *page, int64_t offset)
{
  JournalPart *journal = &file->journal;
  CrPagePlace place = place_of (file, offset);

  expect_check (journal, page + file->page_size - CR_PAGE_RESERVE, offset + file->page_size);
  journal->check_bad = cr_page_open (file->keys, &place, page) != 0;
  if (journal->check_bad && journal->wrote)
    return cipher_report (file, CR_DAMAGE_RECORD, journal->number, SQLITE_IOERR_DATA);
  return SQLITE_OK;
}

static int
journal_read (CipherFile *file, uint8_t *buffer, int amount, int64_t offset)
{
  int rc = real_read (file, buffer, amount, offset);

  if (rc != SQLITE_OK || (rc = know_page_size (file)) != SQLITE_OK)
    return rc;
  if (amount == WORD)
    read_word (file, buffer, offset);
  else if (is_record_page (file, amount, offset)) {
    file->page_size = amount;
    return read_record_page (file, buffer, offset);
  }
  return SQLITE_OK;
}

/* ---- writing ---- */

static int
write_word (CipherFile *file, const uint8_t *word, int64_t offset)
{
  JournalPart *journal = &file->journal;
  uint8_t masked[WORD];

  if (offset != journal->check_at) {
    journal->number_at = offset;
    journal->number = cr_get_u32 (word);
    return real_write (file, word, WORD, offset);
  }
  cr_put_u32 (masked,
              cr_get_u32 (word) ^ cr_journal_mask (file->keys, journal->check_nonce, (uint64_t)offset));
  forget_record (journal);
  return real_write (file, masked, WORD, offset);
}

static int
write_record_page (CipherFile *file, const uint8_t *page, int64_t offset)
{
  CrPagePlace place = place_of (file, offset);
  uint8_t nonce[CR_PAGE_NONCE];

  if (!sodium_is_zero (page + file->page_size - CR_PAGE_RESERVE, CR_PAGE_RESERVE))
    return cipher_report (file, CR_REFUSED_SHAPE, file->journal.number, SQLITE_IOERR_WRITE);
  cr_page_nonce (nonce);
  cr_page_seal (file->keys, &place, nonce, page, file->scratch);
  expect_check (&file->journal, nonce, offset + file->page_size);
  file->journal.wrote = true;
  return real_write (file, file->scratch, (int)file->page_size, offset);
}

/* "PATH-mj" and nine hexadecimal digits. */
static bool
is_super_journal_name (const uint8_t *data, int amount)
{
  static const char digits[] = "0123456789ABCDEF";
  const int ending = 3 + 9;

  if (amount <= ending || memchr (data, '\0', (size_t)amount) != NULL ||
      memcmp (data + amount - ending, "-mj", 3) != 0)
    return false;
  for (int i = amount - 9; i < amount; i++)
    if (strchr (digits, data[i]) == NULL)
      return false;
  return true;
}

/* Everything that is neither word nor page: headers with zero padding, the magic that ends the journal, the
 * name of a super-journal, zeros.  Anything else could be patient data and is refused. */
static bool
is_harmless (const CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  const int magic = (int)sizeof journal_magic;

  if (sodium_is_zero (data, (size_t)amount))
    return true;
  if (amount >= magic && memcmp (data, journal_magic, (size_t)magic) == 0)
    return amount <= HEADER_SIZE || sodium_is_zero (data + HEADER_SIZE, (size_t)(amount - HEADER_SIZE));
  if (amount >= HEADER_SIZE && offset % SECTOR_MIN == 0 && sodium_is_zero (data, sizeof journal_magic + WORD))
    return sodium_is_zero (data + HEADER_SIZE, (size_t)(amount - HEADER_SIZE));
  return file->journal.number_at == offset - WORD && is_super_journal_name (data, amount);
}

static int
journal_write (CipherFile *file, const uint8_t *data, int amount, int64_t offset)
{
  int rc;

  if (offset == 0 && amount >= HEADER_SIZE)
    file->page_size = cr_get_u32 (data + HEADER_PAGE_SIZE);
  if (!cr_page_size_is_valid (file->page_size))
    file->page_size = 0;
  if ((rc = know_page_size (file)) != SQLITE_OK)
    return rc;
  if (amount == WORD)
    return write_word (file, data, offset);
  if (file->page_size != 0 && is_record_page (file, amount, offset))
    return write_record_page (file, data, offset);
  if (!is_harmless (file, data, amount, offset))
    return cipher_report (file, CR_REFUSED_SHAPE, 0, SQLITE_IOERR_WRITE);
  forget_record (&file->journal);
  return real_write (file, data, amount, offset);
}

static int
journal_truncate (CipherFile *file, int64_t size)
{
  forget_record (&file->journal);
  return real_truncate (file, size);
}

static int
journal_open (CipherFile *file)
{
  memset (&file->journal, 0, sizeof file->journal);
  forget_record (&file->journal);
  return SQLITE_OK;
}

static void
journal_close (CipherFile *file)
{
  sodium_memzero (&file->journal, sizeof file->journal);
}

static int
journal_settle (CipherFile *file)
{
  return SQLITE_OK;
}

const CipherKind cipher_journal = {
  .open = journal_open,
  .close = journal_close,
  .read = journal_read,
  .write = journal_write,
  .truncate = journal_truncate,
  .settle = journal_settle,
  .size = real_size,
};
