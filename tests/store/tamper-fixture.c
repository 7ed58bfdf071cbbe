#include "tamper-fixture.h"
#include "store-private.h"
#include "db-private.h"
#include "salvage-tree.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { PATIENTS = 12, COMMITS = 6, CHANGES = 20, DOCUMENT_SIZE = 3000 };
#define COUNT "SELECT count (*) FROM room"

typedef struct {
  guint8 *bytes;
  gsize size;
} Content;

struct _TamperPages {
  CrVault *vault;
  CrDb *db;
  int database, log; /* open to the end: closing one would drop SQLite's locks */
};

static Fixture *fixture, *other;
static char *names[TAMPER_FILES]; /* relative */
static Content killed[TAMPER_FILES], newer[TAMPER_FILES], foreign[TAMPER_FILES];
static GArray *changed;
static GPtrArray *kinds; /* "what: outcome", in order */
static GHashTable *totals;
static char *document_name;

/* ---- files ---- */

static char *
path_of (TamperFile file)
{
  return g_build_filename (fixture->folder, names[file], NULL);
}

static void
take (const char *folder, const char *name, Content *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_clear_pointer (&content->bytes, g_free);
  content->size = 0;
  g_file_get_contents (path, (char **)&content->bytes, &content->size, NULL);
}

static void
put (TamperFile file, const Content *content)
{
  g_autofree char *path = path_of (file);
  if (content->bytes == NULL) {
    g_unlink (path);
    return;
  }
  FILE *stream = g_fopen (path, "wb");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (content->bytes, 1, content->size, stream), ==, content->size);
  g_assert_cmpint (fclose (stream), ==, 0);
}

static void
put_all (const Content *contents)
{
  g_autofree char *shared = g_build_filename (fixture->folder, "practice.db-shm", NULL);
  g_unlink (shared);
  for (guint i = 0; i < TAMPER_FILES; i++)
    put ((TamperFile)i, &contents[i]);
}

/* ---- making it ---- */

static gboolean
room_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup_printf ("Room %d", GPOINTER_TO_INT (data));
  return cr_tx_save (tx, &CR_ROOM, room, error);
}

static gboolean
document_job (CrTx *tx, gpointer data, GError **error)
{
  g_autofree char *text = g_strnfill (DOCUMENT_SIZE, *(char *)data);
  g_autoptr (GBytes) content = g_bytes_new (text, DOCUMENT_SIZE);
  g_autoptr (CrPatient) patient = cr_patient_by_mrn (tx, "000001", error);
  g_autoptr (CrDocument) document = cr_document_new ();
  document->patient_id = patient->id;
  document->title = g_strdup ("Letter");
  document->mime = g_strdup ("text/plain");
  g_assert_true (cr_document_add (tx, document, content, error));
  g_free (document_name);
  document_name = g_strdup (document->name);
  return TRUE;
}

static Fixture *
make_practice (const char *letter)
{
  Fixture *made = fixture_new ();
  for (guint i = 0; i < PATIENTS; i++) {
    g_autofree char *family = g_strdup_printf ("Invented%u", i);
    g_autoptr (CrPatient) patient = fixture_patient (made, family, "Pat", CR_DATE (1960, 1, 1 + i));
    g_assert_nonnull (patient->mrn);
  }
  fixture_run (made, document_job, (gpointer)letter);
  fixture_reopen (made);
  for (int i = 0; i < COMMITS; i++)
    fixture_run (made, room_job, GINT_TO_POINTER (i));
  return made;
}

static void
take_all (Fixture *from, const char *document, Content *contents)
{
  take (from->folder, "practice.db", &contents[TAMPER_DATABASE]);
  take (from->folder, "practice.db-wal", &contents[TAMPER_LOG]);
  take (from->folder, "practice.keys", &contents[TAMPER_KEYS]);
  take (from->folder, document, &contents[TAMPER_DOCUMENT]);
}

/* The key file is the one of the end: it has seen the last entry. */
static void
take_killed (Fixture *from, const char *document, Content *contents)
{
  take_all (from, document, contents);
  fixture_close (from);
  take (from->folder, "practice.keys", &contents[TAMPER_KEYS]);
  g_assert_nonnull (contents[TAMPER_LOG].bytes);
}

/* Changes all over: rows changed, rows added. */
static gboolean
change_job (CrTx *tx, gpointer data, GError **error)
{
  g_autofree char *mrn = g_strdup_printf ("%06d", 1 + GPOINTER_TO_INT (data) % PATIENTS);
  g_autoptr (CrPatient) patient = cr_patient_by_mrn (tx, mrn, error);
  g_free (patient->city);
  patient->city = g_strdup_printf ("Town %d", GPOINTER_TO_INT (data));
  return cr_tx_save (tx, &CR_PATIENT, patient, error) && room_job (tx, data, error);
}

static void
make_newer (void)
{
  fixture_reopen (fixture);
  for (int i = 0; i < CHANGES; i++)
    fixture_run (fixture, change_job, GINT_TO_POINTER (100 + i));
  fixture_close (fixture);
  take_all (fixture, names[TAMPER_DOCUMENT], newer);
}

/* Between the state that was killed, closed properly, and the newer one. */
static void
find_changed (const Content *before)
{
  gsize end = MIN (before->size, newer[TAMPER_DATABASE].size);
  changed = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (gsize at = 0; at < end; at += TAMPER_PAGE) {
    guint32 page = (guint32)(at / TAMPER_PAGE);
    if (memcmp (before->bytes + at, newer[TAMPER_DATABASE].bytes + at, TAMPER_PAGE) != 0)
      g_array_append_val (changed, page);
  }
}

static Content closed;

void
tamper_begin (void)
{
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE); /* thousands of practices are opened, and none is worth a sync */
  kinds = g_ptr_array_new_with_free_func (g_free);
  totals = g_hash_table_new (g_str_hash, g_str_equal);
  other = make_practice ("b");
  g_autofree char *foreign_document = g_build_filename ("documents", document_name, NULL);
  take_killed (other, foreign_document, foreign);
  fixture = make_practice ("a");
  names[TAMPER_DATABASE] = g_strdup ("practice.db");
  names[TAMPER_LOG] = g_strdup ("practice.db-wal");
  names[TAMPER_KEYS] = g_strdup ("practice.keys");
  names[TAMPER_DOCUMENT] = g_build_filename ("documents", document_name, NULL);
  take_killed (fixture, names[TAMPER_DOCUMENT], killed);
  take (fixture->folder, "practice.db", &closed);
  make_newer ();
  find_changed (&closed);
  gsize all = killed[0].size + killed[1].size + killed[2].size + killed[3].size;
  g_assert_cmpuint (all, <=, 1 << 20);
  g_test_message ("practice of %" G_GSIZE_FORMAT " bytes: database %" G_GSIZE_FORMAT ", log %" G_GSIZE_FORMAT
                  ", keys %" G_GSIZE_FORMAT ", document %" G_GSIZE_FORMAT,
                  all, killed[0].size, killed[1].size, killed[2].size, killed[3].size);
}

static void
clear_contents (Content *contents)
{
  for (guint i = 0; i < TAMPER_FILES; i++)
    g_free (contents[i].bytes);
}

void
tamper_end (void)
{
  guint all = 0;
  for (guint i = 0; i < kinds->len; i++) {
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (totals, kinds->pdata[i]));
    g_print ("# %8u  %s\n", n, (const char *)kinds->pdata[i]);
    all += n;
  }
  g_print ("# %8u  in all\n", all);
  g_hash_table_unref (totals);
  g_ptr_array_unref (kinds);
  g_array_unref (changed);
  clear_contents (killed);
  clear_contents (newer);
  clear_contents (foreign);
  g_free (closed.bytes);
  for (guint i = 0; i < TAMPER_FILES; i++)
    g_free (names[i]);
  g_free (document_name);
  fixture_free (fixture);
  fixture_free (other);
}

/* ---- counting ---- */

static const char *
name_of_code (int code)
{
  static const struct {
    int code;
    const char *name;
  } NAMES[] = {
    { CR_ERROR_PAGE_ALTERED, "page altered" },     { CR_ERROR_TRUNCATED, "truncated" },
    { CR_ERROR_KEYS_ALTERED, "key file altered" }, { CR_ERROR_NOT_A_PRACTICE, "not a practice" },
    { CR_ERROR_KEYS_MISSING, "key file missing" }, { CR_ERROR_OTHER_PRACTICE, "other practice" },
    { CR_ERROR_KEYS_OLDER, "key file older" },     { CR_ERROR_NOT_FOUND, "not found" },
    { CR_ERROR_CHAIN_BROKEN, "does not verify" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (NAMES[i].code == code)
      return NAMES[i].name;
  g_error ("code %d is not expected of tampering", code);
}

static void
count_kind (char *kind)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (totals, kind));
  char *key = kind;
  if (n == 0)
    g_ptr_array_add (kinds, kind);
  g_hash_table_insert (totals, key, GUINT_TO_POINTER (n + 1));
  if (n > 0)
    g_free (kind);
}

void
tamper_count (const char *what, int code)
{
  count_kind (g_strdup_printf ("%s: refused, %s", what, name_of_code (code)));
}

void
tamper_count_harmless (const char *what, const char *why)
{
  count_kind (g_strdup_printf ("%s: harmless, %s", what, why));
}

/* ---- tampering ---- */

void
tamper_restore (void)
{
  put_all (killed);
}

void
tamper_restore_one (TamperFile file)
{
  put (file, &killed[file]);
}

void
tamper_restore_newer (void)
{
  put_all (newer);
}

gsize
tamper_size (TamperFile file)
{
  return killed[file].size;
}

static void
flip_in (int fd, gsize at)
{
  guint8 byte;
  g_assert_cmpint (pread (fd, &byte, 1, (off_t)at), ==, 1);
  byte ^= (guint8)(1u << (at * 2654435761u >> 7 & 7)); /* not always the same bit */
  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t)at), ==, 1);
}

void
tamper_flip (TamperFile file, gsize at)
{
  g_autofree char *path = path_of (file);
  int fd = open (path, O_RDWR | O_CLOEXEC);
  flip_in (fd, at);
  close (fd);
}

void
tamper_cut (TamperFile file, gsize size)
{
  g_autofree char *path = path_of (file);
  g_assert_cmpint (truncate (path, (off_t)size), ==, 0);
}

void
tamper_remove (TamperFile file)
{
  g_autofree char *path = path_of (file);
  g_unlink (path);
}

void
tamper_put_other (TamperFile file)
{
  put (file, &foreign[file]);
}

void
tamper_put_old (TamperFile file)
{
  put (file, file == TAMPER_DATABASE ? &closed : &killed[file]);
}

guint
tamper_changed_pages (void)
{
  return changed->len;
}

void
tamper_put_old_page (guint n)
{
  gsize at = (gsize)g_array_index (changed, guint32, n) * TAMPER_PAGE;
  g_autofree char *path = path_of (TAMPER_DATABASE);
  int fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, closed.bytes + at, TAMPER_PAGE, (off_t)at), ==, TAMPER_PAGE);
  close (fd);
}

/* ---- what comes of it ---- */

static int
take_code (GError *error)
{
  int code = -1;
  if (error != NULL) {
    g_assert_cmpuint (error->domain, ==, CR_ERROR);
    code = error->code;
    g_error_free (error);
  }
  return code;
}

int
tamper_open_keys (void)
{
  GError *error = NULL;
  g_autoptr (CrVault) vault G_GNUC_UNUSED =
      cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  return take_code (error);
}

int
tamper_open (void)
{
  GError *error = NULL;
  g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  cr_db_close (vault == NULL ? NULL : cr_db_open (vault, CR_DB_OPEN, &error));
  return take_code (error);
}

int
tamper_open_store (void)
{
  GError *error = NULL;
  CrStoreUser *user = NULL;
  CrStore *store = cr_store_open_older (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, "a test goes back",
                                        fixture->clock, "test", &user, &error);
  if (store != NULL) {
    cr_store_user_unref (user);
    cr_store_close (store);
    cr_store_unref (store);
  }
  return take_code (error);
}

int
tamper_read_document (void)
{
  GError *error = NULL;
  static CrVault *vault; /* the key file is not touched meanwhile */
  if (vault == NULL)
    vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, NULL);
  g_autoptr (GBytes) content G_GNUC_UNUSED =
      cr_vault_document_read (vault, strrchr (names[TAMPER_DOCUMENT], '/') + 1, NULL, &error);
  return take_code (error);
}

typedef struct {
  GError *error;
  GPtrArray *findings;
  gint64 rooms;
} Look;

/* Opens and verifies, without leaving anything in the practice. */
static void
look_call (CrStore *store, gpointer data)
{
  Look *look = data;
  store->sealed_seq = G_MAXINT64;
  store->db = cr_db_open (store->vault, CR_DB_OPEN, &look->error);
  if (store->db == NULL)
    return;
  look->rooms = db_number (store->db, COUNT, -1);
  cr_store_inspect (store, look->findings, &look->error);
}

static Look
look_at (void)
{
  Look look = { NULL, g_ptr_array_new_with_free_func (g_free), -1 };
  g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &look.error);
  if (vault != NULL) {
    g_autoptr (CrStore) store = cr_store_new (vault, fixture->clock, "test");
    g_assert_true (cr_store_call (store, look_call, &look, NULL));
  }
  return look;
}

static gboolean
says (const Look *look, const char *words)
{
  for (guint i = 0; i < look->findings->len; i++)
    if (strstr (look->findings->pdata[i], words) != NULL)
      return TRUE;
  return FALSE;
}

void
tamper_judge_log (const char *what)
{
  Look look = look_at ();
  if (look.error != NULL)
    tamper_count (what, take_code (look.error));
  else if (look.rooms == COMMITS && look.findings->len == 0)
    tamper_count_harmless (what, "nothing reads it");
  else if (look.rooms == COMMITS - 1 && says (&look, "The key file has seen audit entry"))
    tamper_count_harmless (what, "the last commit ends torn as in a power cut, and verify finds that");
  else
    g_error ("%s: %d of %d commits, %u findings", what, (int)look.rooms, COMMITS, look.findings->len);
  g_ptr_array_unref (look.findings);
}

void
tamper_judge_rollback (const char *what)
{
  Look look = look_at ();
  if (look.error != NULL)
    tamper_count (what, take_code (look.error));
  else if (look.findings->len > 0)
    count_kind (g_strdup_printf ("%s: found by verify", what));
  else
    g_error ("%s: not found, %d commits", what, (int)look.rooms);
  g_ptr_array_unref (look.findings);
}

/* ---- whose an old page is ---- */

typedef struct {
  guint32 page;
  gboolean found;
} Owner;

static gboolean
owner_cb (const CrRawRow *row, gpointer data, GError **error)
{
  Owner *owner = data;
  owner->found = owner->found || row->page == owner->page;
  return TRUE;
}

/* The table or index whose page it is in the newer state; free. */
static char *
owner_of (guint32 page)
{
  g_autofree char *path = path_of (TAMPER_DATABASE);
  g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, NULL);
  g_autoptr (CrRawPages) pages = cr_raw_pages_open (vault, path, NULL);
  g_autoptr (CrRawTree) tree = cr_raw_tree_new (pages);
  const GPtrArray *roots = cr_raw_tree_roots (tree);
  Owner owner = { page, FALSE };
  for (guint i = 0; i < roots->len; i++) {
    const CrRawRoot *root = roots->pdata[i];
    if (!root->is_index)
      cr_raw_tree_walk (tree, root, owner_cb, &owner, NULL);
    if (owner.found || root->root == page)
      return g_strdup (root->name);
  }
  return g_strdup ("?");
}

/* Is the old page, in clear, what the newer one is?  Then it was only sealed anew. */
static gboolean
is_same (guint n)
{
  guint32 page = g_array_index (changed, guint32, n) + 1;
  guint8 bytes[2][TAMPER_PAGE];
  for (guint i = 0; i < 2; i++) {
    g_autofree char *path = path_of (TAMPER_DATABASE);
    tamper_restore_newer ();
    if (i == 1)
      tamper_put_old_page (n);
    g_autoptr (CrVault) vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, NULL);
    g_autoptr (CrRawPages) pages = cr_raw_pages_open (vault, path, NULL);
    g_assert_cmpint (cr_raw_pages_read (pages, page, bytes[i]), ==, CR_RAW_SOUND);
  }
  return memcmp (bytes[0], bytes[1], TAMPER_PAGE) == 0;
}

void
tamper_judge_old (const char *what, guint n)
{
  Look look = look_at ();
  guint32 page = g_array_index (changed, guint32, n) + 1;
  g_autofree char *owner = NULL;
  if (look.error != NULL)
    tamper_count (what, take_code (look.error));
  else if (look.findings->len > 0)
    count_kind (g_strdup_printf ("%s: found by verify", what));
  else if (is_same (n))
    tamper_count_harmless (what, "its content is the same, sealed anew");
  else {
    owner = owner_of (page);
    if (!g_str_equal (owner, "store_meta"))
      g_error ("%s: page %u of %s is not found", what, page, owner);
    tamper_count_harmless (what, "it only says which key file was seen, and the next sign-in says that anew");
  }
  g_ptr_array_unref (look.findings);
}

/* ---- beneath an open practice ---- */

TamperPages *
tamper_pages_open (void)
{
  TamperPages *self = g_new0 (TamperPages, 1);
  g_autofree char *database = path_of (TAMPER_DATABASE), *log = path_of (TAMPER_LOG);
  GError *error = NULL;
  tamper_restore ();
  self->vault = cr_vault_open (fixture->folder, FIXTURE_LOGIN, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  self->db = cr_db_open (self->vault, CR_DB_OPEN, &error);
  g_assert_no_error (error);
  g_assert_true (db_run (self->db, "BEGIN; SELECT count(*) FROM room", NULL)); /* the log stays as it is */
  self->database = open (database, O_RDWR | O_CLOEXEC);
  self->log = open (log, O_RDWR | O_CLOEXEC);
  return self;
}

void
tamper_pages_close (TamperPages *self)
{
  cr_db_close (self->db);
  cr_vault_unref (self->vault);
  close (self->database);
  close (self->log);
  g_free (self);
}

void
tamper_pages_flip (TamperPages *self, TamperFile file, gsize at)
{
  flip_in (file == TAMPER_LOG ? self->log : self->database, at);
}

void
tamper_pages_swap (TamperPages *self, guint one, guint two)
{
  guint8 a[TAMPER_PAGE], b[TAMPER_PAGE];
  off_t at_one = (off_t)one * TAMPER_PAGE, at_two = (off_t)two * TAMPER_PAGE;
  g_assert_cmpint (pread (self->database, a, TAMPER_PAGE, at_one), ==, TAMPER_PAGE);
  g_assert_cmpint (pread (self->database, b, TAMPER_PAGE, at_two), ==, TAMPER_PAGE);
  g_assert_cmpint (pwrite (self->database, b, TAMPER_PAGE, at_one), ==, TAMPER_PAGE);
  g_assert_cmpint (pwrite (self->database, a, TAMPER_PAGE, at_two), ==, TAMPER_PAGE);
}

int
tamper_pages_read (TamperPages *self, TamperFile file, gsize at)
{
  sqlite3_file *of = file == TAMPER_LOG ? db_log_file (self->db) : db_file (self->db);
  guint8 page[TAMPER_PAGE];
  gsize start = at / TAMPER_PAGE * TAMPER_PAGE;
  GError *error = NULL;
  int rc;
  if (file == TAMPER_LOG)
    start = TAMPER_LOG_HEADER + (at - TAMPER_LOG_HEADER) / TAMPER_FRAME * TAMPER_FRAME + TAMPER_FRAME_HEADER;
  rc = of->pMethods->xRead (of, page, TAMPER_PAGE, (sqlite3_int64)start);
  if (rc == SQLITE_OK)
    return -1;
  db_set_error (self->db, rc, &error);
  return take_code (error);
}
