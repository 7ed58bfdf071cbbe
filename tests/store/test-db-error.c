/* What went wrong with a database, in words: each trouble its own sentence, with the file and the place, and
 * a code that who called can act on. */
#include "cipher-vfs-file.h"
#include "db-private.h"
#include "chartroom/base/error.h"

typedef struct {
  CrCipherTrouble what;
  int code; /* SQLite's */
  CrErrorCode meaning;
  const char *words; /* all of them, each between two bars */
} Case;

static const Case DAMAGES[] = {
  { CR_DAMAGE_PAGE, SQLITE_IOERR_DATA, CR_ERROR_PAGE_ALTERED, "Page 7 of kept.db|restore" },
  { CR_DAMAGE_FRAME, SQLITE_IOERR_DATA, CR_ERROR_PAGE_ALTERED, "Page frame 7 of kept.db|restore" },
  { CR_DAMAGE_RECORD, SQLITE_IOERR_DATA, CR_ERROR_PAGE_ALTERED, "The copy of page 7 in kept.db|restore" },
  { CR_DAMAGE_MISSING, SQLITE_IOERR_DATA, CR_ERROR_TRUNCATED, "kept.db was cut off|page 7" },
  { CR_DAMAGE_TEMPORARY, SQLITE_IOERR_DATA, CR_ERROR_IO, "temporary file|Try again" },
  { CR_DAMAGE_PAGE, SQLITE_NOTADB, CR_ERROR_PAGE_ALTERED, "Page 7 of kept.db" },
  { CR_REFUSED_NO_MEMORY_FS, SQLITE_CANTOPEN, CR_ERROR_FAILED, "kept.db needs a memory file system" },
};

static const Case SHARED[] = {
  { CR_REFUSED_SHARING, SQLITE_CANTOPEN, CR_ERROR_LOCKED, "kept.db is open in process 4711 on the desk" },
  { CR_REFUSED_BUSY, SQLITE_BUSY, CR_ERROR_LOCKED, "process 4711 on the desk is writing to kept.db" },
};

/* Without anything that the VFS found. */
static const Case CODES[] = {
  { CR_DAMAGE_NONE, SQLITE_FULL, CR_ERROR_DISK_FULL, "disk is full|kept.db|nothing was changed" },
  { CR_DAMAGE_NONE, SQLITE_IOERR_SHMSIZE, CR_ERROR_DISK_FULL, "memory file system is full|/dev/shm" },
  { CR_DAMAGE_NONE, SQLITE_READONLY, CR_ERROR_READ_ONLY, "kept.db cannot be written" },
  { CR_DAMAGE_NONE, SQLITE_PERM, CR_ERROR_READ_ONLY, "kept.db cannot be written" },
  { CR_DAMAGE_NONE, SQLITE_CONSTRAINT_UNIQUE, CR_ERROR_CONFLICT, "kept.db has such a record already" },
  { CR_DAMAGE_NONE, SQLITE_CONSTRAINT_FOREIGNKEY, CR_ERROR_INVALID, "refers to a record|kept.db" },
  { CR_DAMAGE_NONE, SQLITE_CONSTRAINT_CHECK, CR_ERROR_INVALID, "kept.db refused a record" },
  { CR_DAMAGE_NONE, SQLITE_CORRUPT, CR_ERROR_PAGE_ALTERED, "structure of kept.db is damaged" },
  { CR_DAMAGE_NONE, SQLITE_INTERRUPT, CR_ERROR_CANCELLED, "Work on kept.db was stopped" },
  { CR_DAMAGE_NONE, SQLITE_NOMEM, CR_ERROR_FAILED, "not enough memory|kept.db" },
  { CR_DAMAGE_NONE, SQLITE_BUSY, CR_ERROR_LOCKED, "Another program is using kept.db" },
  { CR_DAMAGE_NONE, SQLITE_LOCKED, CR_ERROR_LOCKED, "Another program is using kept.db" },
  { CR_DAMAGE_NONE, SQLITE_IOERR_READ, CR_ERROR_IO, "kept.db could not be read or written" },
  { CR_DAMAGE_NONE, SQLITE_CANTOPEN, CR_ERROR_IO, "kept.db could not be read or written" },
  { CR_DAMAGE_NONE, SQLITE_MISUSE, CR_ERROR_FAILED, "kept.db: " },
};

static void
check (CrDb *db, const Case *c)
{
  g_auto (GStrv) words = g_strsplit (c->words, "|", -1);
  g_autoptr (GError) error = NULL;
  g_assert_false (db_set_error (db, c->code, &error));
  g_assert_error (error, CR_ERROR, (int)c->meaning);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (error->message, words[i]) == NULL)
      g_error ("«%s» is not in «%s»", words[i], error->message);
}

static CrDb *
open_plain (void)
{
  CrDb *db = db_new ("kept.db", NULL);
  g_assert_cmpint (sqlite3_open (":memory:", &db->sqlite), ==, SQLITE_OK);
  return db;
}

static void
test_damages (void)
{
  CrDb *db = open_plain ();
  CipherFile file = { .path = "/practice/kept.db" };
  for (guint i = 0; i < G_N_ELEMENTS (DAMAGES); i++) {
    g_assert_cmpint (cipher_report (&file, DAMAGES[i].what, 7, DAMAGES[i].code), ==, DAMAGES[i].code);
    check (db, &DAMAGES[i]);
  }
  db_free (db);
}

static void
test_shared (void)
{
  CrDb *db = open_plain ();
  CipherFile file = { .path = "/practice/kept.db" };
  for (guint i = 0; i < G_N_ELEMENTS (SHARED); i++) {
    cipher_report_holder (&file, SHARED[i].what, "process 4711 on the desk", SHARED[i].code);
    check (db, &SHARED[i]);
  }
  cipher_report (&file, CR_REFUSED_SHARING, 0, SQLITE_CANTOPEN);
  check (db,
         &(const Case){ CR_REFUSED_SHARING, SQLITE_CANTOPEN, CR_ERROR_LOCKED, "kept.db-shm was removed" });
  db_free (db);
}

static void
test_codes (void)
{
  CrDb *db = open_plain ();
  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    check (db, &CODES[i]);
  db_free (db);
}

/* A report is told once: a later trouble is not dressed in it. */
static void
test_told_once (void)
{
  CrDb *db = open_plain ();
  CipherFile file = { .path = "/practice/kept.db" };
  cipher_report (&file, CR_DAMAGE_PAGE, 7, SQLITE_IOERR_DATA);
  check (db, &DAMAGES[0]);
  check (db, &(const Case){ CR_DAMAGE_NONE, SQLITE_IOERR_DATA, CR_ERROR_IO, "could not be read or written" });
  db_free (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/error/damages", test_damages);
  g_test_add_func ("/db/error/shared", test_shared);
  g_test_add_func ("/db/error/codes", test_codes);
  g_test_add_func ("/db/error/told-once", test_told_once);
  return g_test_run ();
}
