/* A backup whose messages all authenticate and say what no Chartroom writes: whoever has the keys of a
 * practice still cannot make another computer write elsewhere, or take what is not whole for a backup.  And
 * disks that end in the middle of it. */
#include "../../src/vault/backup-format.h"
#include "vault-fixture.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include <signal.h>
#include <sys/resource.h>

typedef struct {
  VaultFixture base;
  char *backup, *out; /* a file; a folder */
  GByteArray *bytes;
  crypto_secretstream_xchacha20poly1305_state stream;
  guint8 ad[BACKUP_AD];
  gsize ad_size;
  GString *lines;
} Fixture;

/* ---- writing what one likes ---- */

static void
begin (Fixture *f)
{
  g_autofree char *path = fixture_path (&f->base, "practice.keys"), *keys = NULL;
  guint8 front[BACKUP_FRONT], header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  gsize size;
  read_file (path, &keys, &size);
  memcpy (front, backup_magic, 8);
  cr_put_u32 (front + 8, 1);
  cr_put_u32 (front + 12, (guint32)size);
  cr_vault_store_id (f->base.vault, front + 16);
  backup_associate (front, (const guint8 *)keys, size, f->ad);
  f->ad_size = BACKUP_AD;
  crypto_secretstream_xchacha20poly1305_init_push (&f->stream, header, vault_newest (f->base.vault)->backup);
  g_byte_array_set_size (f->bytes, 0);
  g_string_truncate (f->lines, 0);
  g_byte_array_append (f->bytes, front, sizeof front);
  g_byte_array_append (f->bytes, (const guint8 *)keys, (guint)size);
  g_byte_array_append (f->bytes, header, sizeof header);
}

static void
add_message (Fixture *f, char type, const void *content, gsize size, gboolean end)
{
  g_autofree guint8 *plain = g_malloc (1 + size), *sealed = g_malloc (1 + size + BACKUP_EXTRA);
  guint8 length[4];
  plain[0] = (guint8)type;
  memcpy (plain + 1, content, size);
  crypto_secretstream_xchacha20poly1305_push (&f->stream, sealed, NULL, plain, 1 + size, f->ad, f->ad_size,
                                              end ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  f->ad_size = 0;
  cr_put_u32 (length, (guint32)(1 + size + BACKUP_EXTRA));
  g_byte_array_append (f->bytes, length, sizeof length);
  g_byte_array_append (f->bytes, sealed, (guint)(1 + size + BACKUP_EXTRA));
}

static void
add_name (Fixture *f, const char *name, guint64 length)
{
  guint8 content[8 + 512];
  cr_put_u64 (content, length);
  memcpy (content + 8, name, strlen (name));
  add_message (f, 'F', content, 8 + strlen (name), FALSE);
}

static void
add_text (Fixture *f, const char *text)
{
  add_message (f, 'P', text, strlen (text), FALSE);
}

static void
add_file (Fixture *f, const char *name, const char *content)
{
  guint8 hash[32];
  add_name (f, name, strlen (content));
  add_text (f, content);
  cr_hash (content, strlen (content), hash);
  backup_append_file_line (f->lines, name, strlen (content), hash);
}

static void
sign (Fixture *f, const char *manifest, guint8 out[64 + 32])
{
  g_autoptr (GBytes) bytes = backup_signed_bytes (manifest);
  cr_vault_sign (f->base.vault, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), out, NULL);
  cr_vault_public_key (f->base.vault, out + 64);
}

/* The manifest of what was added, signed. */
static void
end (Fixture *f)
{
  g_autofree char *manifest = g_strconcat ("chartroom-backup 1\n", f->lines->str, NULL);
  guint8 signature[64 + 32];
  add_name (f, "manifest", strlen (manifest));
  add_text (f, manifest);
  sign (f, manifest, signature);
  add_message (f, 'S', signature, sizeof signature, TRUE);
}

/* ---- reading it ---- */

static char *
place_cb (const char *name, gpointer data)
{
  return g_build_filename (data, name, NULL);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static char *
read_it (Fixture *f, GError **error)
{
  CrBackupReading reading = { place_cb, f->out, NULL, NULL };
  guint8 signer[32];
  write_file (f->backup, (const char *)f->bytes->data, f->bytes->len);
  return cr_backup_read (f->base.vault, f->backup, &reading, signer, error);
}

static void
assert_altered (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (read_it (f, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN);
  g_assert_cmpuint (count_entries (f->base.parent), ==,
                    3); /* practice, backup, folder: nothing beside them */
  remove_tree (f->out);
  g_assert_cmpint (g_mkdir (f->out, 0700), ==, 0);
}

static void
test_as_written (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  begin (f);
  add_file (f, "practice.db", "sealed pages");
  end (f);
  g_autofree char *manifest = read_it (f, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (manifest, "chartroom-backup 1\nfile practice.db 12 "));
}

static void
test_bad_names (Fixture *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (BACKUP_NAME_MAX + 1, 'n');
  const char *const NAMES[] = { "",          "/tmp/elsewhere", "../elsewhere", "documents/../../elsewhere",
                                "two words", "two\nlines",     longest };
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    begin (f);
    add_file (f, NAMES[i], "sealed pages");
    end (f);
    assert_altered (f);
  }
}

static void
test_bad_order (Fixture *f, gconstpointer data)
{
  guint8 signature[64 + 32] = { 0 };
  begin (f);
  add_text (f, "a piece of no file");
  assert_altered (f);
  begin (f);
  add_name (f, "practice.db", 12);
  add_name (f, "practice.db", 12);
  assert_altered (f);
  begin (f);
  add_name (f, "practice.db", 12);
  add_text (f, "more than was said");
  assert_altered (f);
  begin (f);
  add_name (f, "practice.db", 12);
  add_text (f, "");
  assert_altered (f);
  begin (f);
  add_file (f, "practice.db", "sealed pages");
  add_message (f, 'S', signature, sizeof signature, TRUE); /* no manifest */
  assert_altered (f);
  begin (f);
  add_message (f, 0, "no type", 7, FALSE);
  assert_altered (f);
  begin (f);
  add_message (f, 'F', "12345678x", 9, TRUE); /* the end is not the end */
  assert_altered (f);
}

static void
test_bad_manifest (Fixture *f, gconstpointer data)
{
  guint8 signature[64 + 32];
  begin (f);
  add_name (f, "manifest", (guint64)1 << 40);
  assert_altered (f);
  for (guint i = 0; i < 2; i++) {
    begin (f);
    add_name (f, "manifest", 4);
    add_text (f, i == 0 ? "longer than it said" : "");
    assert_altered (f);
  }
  begin (f);
  add_name (f, "manifest", 4);
  add_name (f, "manifest", 4);
  assert_altered (f);
  begin (f);
  add_file (f, "practice.db", "sealed pages");
  g_string_truncate (f->lines, 0);
  g_string_append (f->lines, "file another.db 12 00\n"); /* signed, but not what was read */
  end (f);
  assert_altered (f);
  begin (f);
  add_name (f, "manifest", 2);
  add_text (f, "\xff\n");
  sign (f, "\xff\n", signature);
  add_message (f, 'S', signature, sizeof signature, TRUE);
  assert_altered (f);
  begin (f);
  add_name (f, "manifest", 2);
  add_text (f, "x\n");
  sign (f, "x\n", signature);
  add_message (f, 'S', signature, 64, TRUE); /* by whom? */
  assert_altered (f);
  begin (f);
  add_name (f, "manifest", 2);
  add_text (f, "x\n");
  add_text (f, "and on");
  assert_altered (f);
}

/* ---- disks that end ---- */

static gboolean
stop_cb (guint64 bytes, gpointer data)
{
  return FALSE;
}

static void
test_stopped (Fixture *f, gconstpointer data)
{
  CrBackupReading reading = { place_cb, f->out, stop_cb, NULL };
  g_autoptr (GError) error = NULL;
  guint8 signer[32];
  begin (f);
  add_file (f, "practice.db", "sealed pages");
  end (f);
  write_file (f->backup, (const char *)f->bytes->data, f->bytes->len);
  g_assert_null (cr_backup_read (f->base.vault, f->backup, &reading, signer, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (f->out), ==, 0);
}

/* No file may become larger than that. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static gboolean
take (Fixture *f, GError **error)
{
  g_autofree char *file = fixture_path (&f->base, "practice.db");
  g_autoptr (CrBackupWriter) writer = cr_backup_writer_new (f->base.vault, f->backup, NULL, NULL, error);
  return writer != NULL && cr_backup_writer_add (writer, "practice.db", file, error) &&
         cr_backup_writer_finish (writer, "chartroom-backup 1\n", error);
}

/* However far it came: refused, and nothing stays under the backup's name or beside it. */
static void
test_disk_ends (Fixture *f, gconstpointer data)
{
  g_autofree char *file = fixture_path (&f->base, "practice.db"), *pages = g_strnfill (70000, 'p');
  gboolean done = FALSE;
  write_file (file, pages, 70000);
  for (rlim_t bytes = 0; !done; bytes += 61) {
    g_autoptr (GError) error = NULL;
    limit_files (bytes);
    done = take (f, &error);
    limit_files (RLIM_INFINITY);
    g_assert_true (done || error->domain == CR_ERROR);
    g_assert_true (done || g_str_has_prefix (error->message, "Could not write"));
    g_assert_cmpuint (count_entries (f->base.parent), ==, done ? 3 : 2);
    if (bytes > 1200 && bytes < 69000)
      bytes += 20000;
  }
}

/* What is written meanwhile is no backup. */
static gboolean
grow_cb (guint64 bytes, gpointer data)
{
  Fixture *f = data;
  g_autofree char *file = fixture_path (&f->base, "practice.db");
  FILE *out = g_fopen (file, "ab");
  g_assert_cmpint (fputs ("more", out), >=, 0);
  g_assert_cmpint (fclose (out), ==, 0);
  return TRUE;
}

static gboolean
shrink_cb (guint64 bytes, gpointer data)
{
  Fixture *f = data;
  g_autofree char *file = fixture_path (&f->base, "practice.db");
  write_file (file, "less", 4);
  return TRUE;
}

static void
test_changed_meanwhile (Fixture *f, gconstpointer data)
{
  const CrBackupStep STEPS[] = { grow_cb, shrink_cb };
  g_autofree char *file = fixture_path (&f->base, "practice.db"), *pages = g_strnfill (200000, 'p');
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (CrBackupWriter) writer = NULL;
    write_file (file, pages, 200000);
    writer = cr_backup_writer_new (f->base.vault, f->backup, STEPS[i], f, &error);
    g_assert_no_error (error);
    g_assert_false (cr_backup_writer_add (writer, "practice.db", file, &error));
    g_assert_error (error, CR_ERROR, CR_ERROR_IO);
    g_assert_nonnull (strstr (error->message, "was changed while it was copied"));
  }
}

/* What is not there, is no file, or is a name that no reader would take. */
static void
test_not_files (Fixture *f, gconstpointer data)
{
  g_autofree char *keys = fixture_path (&f->base, "practice.keys"),
                  *nothing = fixture_path (&f->base, "none");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrBackupWriter) writer = cr_backup_writer_new (f->base.vault, f->backup, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (cr_backup_writer_add (writer, "none", nothing, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cr_backup_writer_add (writer, "folder", f->out, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_IO);
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*strpbrk*failed*");
  g_assert_false (cr_backup_writer_add (writer, "two words", keys, NULL));
  g_test_assert_expected_messages ();
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (keys), ==, 0);
  g_assert_null (cr_backup_writer_new (f->base.vault, f->backup, NULL, NULL, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  vault_set_up (&f->base, data);
  f->backup = g_build_filename (f->base.parent, "one.backup", NULL);
  f->out = g_build_filename (f->base.parent, "out", NULL);
  f->bytes = g_byte_array_new ();
  f->lines = g_string_new (NULL);
  g_assert_cmpint (g_mkdir (f->out, 0700), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->backup);
  g_free (f->out);
  g_byte_array_unref (f->bytes);
  g_string_free (f->lines, TRUE);
  vault_tear_down (&f->base, data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN); /* a file that would be too large: an error, as on a full disk */
#define ADD(name, func) g_test_add ("/backup-hostile/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("as-written", test_as_written);
  ADD ("names", test_bad_names);
  ADD ("order", test_bad_order);
  ADD ("manifest", test_bad_manifest);
  ADD ("stopped", test_stopped);
  ADD ("disk-ends", test_disk_ends);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("not-files", test_not_files);
  return g_test_run ();
}
