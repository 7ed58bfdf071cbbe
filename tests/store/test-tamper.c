/* Whoever changes, moves, cuts, exchanges or puts back any part of a practice is found out, or changes
 * nothing. usage: [--all]: every byte, as `./run tamper` does; without, a sample for the suite. */
#include "tamper-fixture.h"
#include <stdlib.h>
#include <string.h>

static guint byte_step = 211, header_step = 5, page_step = 16, old_step = 3;

/* ---- every byte ---- */

/* Beneath SQLite's cache: the page that the byte lies in. */
static void
test_database_bytes (void)
{
  gsize size = tamper_size (TAMPER_DATABASE);
  TamperPages *pages = tamper_pages_open ();
  for (gsize at = 0; at < size; at += byte_step) {
    int code;
    tamper_pages_flip (pages, TAMPER_DATABASE, at);
    code = tamper_pages_read (pages, TAMPER_DATABASE, at);
    tamper_pages_flip (pages, TAMPER_DATABASE, at);
    g_assert_cmpint (code, ==, CR_ERROR_PAGE_ALTERED);
    tamper_count ("database, any byte", code);
  }
  tamper_pages_close (pages);
}

/* The page of a live frame, while the practice is open. */
static void
test_log_bytes (void)
{
  gsize size = tamper_size (TAMPER_LOG);
  TamperPages *pages = tamper_pages_open ();
  for (gsize at = TAMPER_LOG_HEADER; at < size; at += byte_step) {
    gsize within = (at - TAMPER_LOG_HEADER) % TAMPER_FRAME;
    int code;
    if (within >= 4 && within < TAMPER_FRAME_HEADER)
      continue; /* read by recovery alone: below */
    tamper_pages_flip (pages, TAMPER_LOG, at);
    code = tamper_pages_read (pages, TAMPER_LOG, at);
    tamper_pages_flip (pages, TAMPER_LOG, at);
    g_assert_cmpint (code, ==, CR_ERROR_PAGE_ALTERED);
    tamper_count ("log, page of a frame in use", code);
  }
  tamper_pages_close (pages);
}

/* The practice is opened after a crash: the log is read from its beginning. */
static void
recover_with_flip (const char *what, gsize at)
{
  tamper_restore ();
  tamper_flip (TAMPER_LOG, at);
  tamper_judge_log (what);
}

static void
test_log_header (void)
{
  for (gsize at = 0; at < TAMPER_LOG_HEADER; at++)
    recover_with_flip ("log, its header, after a crash", at);
}

static void
test_log_frame_headers (void)
{
  guint frames = (guint)((tamper_size (TAMPER_LOG) - TAMPER_LOG_HEADER) / TAMPER_FRAME);
  for (guint i = 0; i < frames * TAMPER_FRAME_HEADER; i += header_step)
    recover_with_flip ("log, a frame's header, after a crash",
                       TAMPER_LOG_HEADER + (gsize)(i / TAMPER_FRAME_HEADER) * TAMPER_FRAME +
                           i % TAMPER_FRAME_HEADER);
}

/* What one byte of a page does to recovery any other does: the page does not authenticate. */
static void
test_log_frame_pages (void)
{
  gsize step = byte_step == 1 ? 97 : 2999;
  for (gsize at = TAMPER_LOG_HEADER + TAMPER_FRAME_HEADER; at < tamper_size (TAMPER_LOG); at += step)
    if ((at - TAMPER_LOG_HEADER) % TAMPER_FRAME >= TAMPER_FRAME_HEADER)
      recover_with_flip ("log, a frame's page, after a crash", at);
}

static void
test_key_bytes (void)
{
  gsize size = tamper_size (TAMPER_KEYS);
  for (gsize at = 0; at < size; at += byte_step == 1 ? 1 : 13) {
    int code;
    tamper_restore ();
    tamper_flip (TAMPER_KEYS, at);
    code = tamper_open_keys ();
    g_assert_cmpint (code, ==, CR_ERROR_KEYS_ALTERED);
    tamper_count ("key file, any byte", code);
  }
}

static void
test_document_bytes (void)
{
  gsize size = tamper_size (TAMPER_DOCUMENT);
  for (gsize at = 0; at < size; at += byte_step == 1 ? 1 : 31) {
    int code;
    tamper_restore_one (TAMPER_DOCUMENT);
    tamper_flip (TAMPER_DOCUMENT, at);
    code = tamper_read_document ();
    g_assert_cmpint (code, ==, CR_ERROR_CHAIN_BROKEN);
    tamper_count ("document, any byte", code);
  }
}

/* ---- moved, cut, exchanged ---- */

static void
test_pages_swapped (void)
{
  guint n = (guint)(tamper_size (TAMPER_DATABASE) / TAMPER_PAGE);
  TamperPages *pages = tamper_pages_open ();
  for (guint i = 0; i + 1 < n; i++) {
    guint other = i % 2 == 0 ? i + 1 : n - 1 - i / 2;
    if (other == i)
      continue;
    tamper_pages_swap (pages, i, other);
    for (guint k = 0; k < 2; k++) {
      int code = tamper_pages_read (pages, TAMPER_DATABASE, (gsize)(k == 0 ? i : other) * TAMPER_PAGE);
      g_assert_cmpint (code, ==, CR_ERROR_PAGE_ALTERED);
      tamper_count ("database, pages swapped", code);
    }
    tamper_pages_swap (pages, i, other);
  }
  tamper_pages_close (pages);
}

static void
test_database_cut (void)
{
  gsize size = tamper_size (TAMPER_DATABASE);
  for (gsize at = 0; at < size; at += (gsize)page_step * TAMPER_PAGE) {
    int code;
    tamper_restore ();
    tamper_remove (TAMPER_LOG);
    tamper_cut (TAMPER_DATABASE, at);
    code = tamper_open ();
    g_assert_cmpint (code, ==, CR_ERROR_TRUNCATED);
    tamper_count ("database, cut at a page", code);
  }
}

static void
test_log_cut (void)
{
  gsize step = page_step == 1 ? TAMPER_FRAME / 2 : 3 * TAMPER_FRAME;
  for (gsize at = 0; at < tamper_size (TAMPER_LOG); at += step) {
    tamper_restore ();
    tamper_cut (TAMPER_LOG, at);
    tamper_judge_rollback ("log, cut");
  }
}

static void
test_keys_cut (void)
{
  for (gsize at = 0; at < tamper_size (TAMPER_KEYS); at += byte_step == 1 ? 1 : 37) {
    int code;
    tamper_restore ();
    tamper_cut (TAMPER_KEYS, at);
    code = tamper_open_keys ();
    g_assert_cmpint (code, ==, CR_ERROR_KEYS_ALTERED);
    tamper_count ("key file, cut", code);
  }
}

static void
test_document_cut (void)
{
  for (gsize at = 0; at < tamper_size (TAMPER_DOCUMENT); at += byte_step == 1 ? 1 : 61) {
    int code;
    tamper_restore_one (TAMPER_DOCUMENT);
    tamper_cut (TAMPER_DOCUMENT, at);
    code = tamper_read_document ();
    g_assert_cmpint (code, ==, CR_ERROR_CHAIN_BROKEN);
    tamper_count ("document, cut", code);
  }
}

static void
test_missing (void)
{
  static const struct {
    TamperFile file;
    int code;
  } CASES[] = { { TAMPER_DATABASE, CR_ERROR_NOT_FOUND }, { TAMPER_KEYS, CR_ERROR_KEYS_MISSING } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    tamper_restore ();
    tamper_remove (CASES[i].file);
    int code = tamper_open ();
    g_assert_cmpint (code, ==, CASES[i].code);
    tamper_count ("file removed", code);
  }
  tamper_restore ();
  tamper_remove (TAMPER_DOCUMENT);
  g_assert_cmpint (tamper_read_document (), ==, CR_ERROR_NOT_FOUND);
  tamper_count ("file removed", CR_ERROR_NOT_FOUND);
  tamper_restore ();
  tamper_remove (TAMPER_LOG);
  tamper_judge_rollback ("log, removed");
}

static void
test_exchanged (void)
{
  static const struct {
    TamperFile file;
    int code;
  } CASES[] = { { TAMPER_DATABASE, CR_ERROR_OTHER_PRACTICE }, { TAMPER_KEYS, CR_ERROR_OTHER_PRACTICE } };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    tamper_restore ();
    tamper_remove (TAMPER_LOG);
    tamper_put_other (CASES[i].file);
    int code = tamper_open ();
    g_assert_cmpint (code, ==, CASES[i].code);
    tamper_count ("file of another practice", code);
  }
  tamper_restore ();
  tamper_put_other (TAMPER_DOCUMENT);
  g_assert_cmpint (tamper_read_document (), ==, CR_ERROR_CHAIN_BROKEN);
  tamper_count ("file of another practice", CR_ERROR_CHAIN_BROKEN);
  tamper_restore ();
  tamper_put_other (TAMPER_LOG);
  tamper_judge_rollback ("log of another practice");
}

/* ---- put back ---- */

static void
test_old_pages (void)
{
  guint n = tamper_changed_pages (), tried = 0;
  for (guint i = 0; i < n; i += old_step, tried++) {
    tamper_restore_newer ();
    tamper_put_old_page (i);
    tamper_judge_old ("old page put back", i);
  }
  g_assert_cmpuint (tried, >, 3);
}

static void
test_old_files (void)
{
  tamper_restore_newer ();
  tamper_put_old (TAMPER_LOG);
  tamper_judge_rollback ("old log put back");
  tamper_restore_newer ();
  tamper_put_old (TAMPER_DATABASE);
  tamper_judge_rollback ("old database put back");
  tamper_restore_newer ();
  tamper_put_old (TAMPER_DATABASE);
  tamper_put_old (TAMPER_LOG);
  tamper_judge_rollback ("old database and log put back");
  tamper_restore_newer ();
  tamper_put_old (TAMPER_KEYS);
  g_assert_cmpint (tamper_open_store (), ==, CR_ERROR_KEYS_OLDER);
  tamper_count ("old key file put back", CR_ERROR_KEYS_OLDER);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } TESTS[] = {
    { "/tamper/database/bytes", test_database_bytes },
    { "/tamper/log/bytes", test_log_bytes },
    { "/tamper/log/header", test_log_header },
    { "/tamper/log/frame-headers", test_log_frame_headers },
    { "/tamper/log/frame-pages", test_log_frame_pages },
    { "/tamper/keys/bytes", test_key_bytes },
    { "/tamper/document/bytes", test_document_bytes },
    { "/tamper/database/swapped", test_pages_swapped },
    { "/tamper/database/cut", test_database_cut },
    { "/tamper/log/cut", test_log_cut },
    { "/tamper/keys/cut", test_keys_cut },
    { "/tamper/document/cut", test_document_cut },
    { "/tamper/missing", test_missing },
    { "/tamper/exchanged", test_exchanged },
    { "/tamper/old/pages", test_old_pages },
    { "/tamper/old/files", test_old_files },
  };
  int status;
  g_test_init (&argc, &argv, NULL);
  if (argc == 2 && g_str_equal (argv[1], "--all"))
    byte_step = header_step = page_step = old_step = 1;
  tamper_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add_func (TESTS[i].path, TESTS[i].test);
  status = g_test_run ();
  tamper_end ();
  return status;
}
