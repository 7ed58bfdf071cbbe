/* Sealed documents, FOLDER/documents/NAME.  NAME: hex of the content's keyed hash, so equal files lie once in
 * each epoch; a file is written with the newest epoch's keys and stays as it is when that is no longer the
 * newest.
 *
 *    0  8  magic "CRDOC01\n"
 *    8  4  key epoch u32
 *   12 24  secretstream header
 *   36     sealed messages: one of 128 bytes (content length u64, length of the type u16, the type), then the
 *          content in pieces of 64 KiB, the last one marked; each is 17 bytes longer than what it holds.
 *          The first one's associated data: bytes 0–11, store id, the 32 bytes of the name. */
#include "vault-private.h"
#include "safe-file.h"
#include "chartroom/vault/page-cipher.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FRONT 12
#define STREAM_HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define LABEL 128
#define LABEL_TYPE 10 /* offset of the type */
#define PIECE 65536
#define NAME_BYTES ((gsize)32)
#define AD_SIZE (FRONT + 16 + NAME_BYTES)

static const guint8 magic[8] = { 'C', 'R', 'D', 'O', 'C', '0', '1', '\n' };

typedef struct {
  int fd;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 *sealed; /* PIECE + EXTRA bytes */
} DocumentStream;

static char *
folder_of (CrVault *self)
{
  return g_build_filename (self->folder, "documents", NULL);
}

static char *
path_of (CrVault *self, const char *name)
{
  return g_build_filename (self->folder, "documents", name, NULL);
}

static gboolean
is_name (const char *name)
{
  return strlen (name) == NAME_BYTES * 2 && strspn (name, "0123456789abcdef") == NAME_BYTES * 2;
}

static void
hash_content (const EpochKeys *keys, GBytes *content, guint8 out[NAME_BYTES])
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  crypto_generichash (out, NAME_BYTES, data, size, keys->document_name, 32);
}

static void
write_front (guint32 epoch, guint8 front[FRONT])
{
  memcpy (front, magic, sizeof magic);
  cr_put_u32 (front + 8, epoch);
}

static void
associate (CrVault *self, const guint8 front[FRONT], const guint8 hash[NAME_BYTES], guint8 ad[AD_SIZE])
{
  memcpy (ad, front, FRONT);
  memcpy (ad + FRONT, self->store_id, 16);
  memcpy (ad + FRONT + 16, hash, NAME_BYTES);
}

static void
free_content (gpointer data)
{
  gsize size = *(gsize *)data;

  sodium_memzero (data, size);
  g_free (data);
}

/* ---- writing ---- */

static gboolean
push (DocumentStream *stream, const guint8 *plain, gsize size, const guint8 *ad, gsize ad_size, gboolean last)
{
  guint8 tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;

  crypto_secretstream_xchacha20poly1305_push (&stream->state, stream->sealed, NULL, plain, size, ad, ad_size,
                                              tag);
  return safe_file_write_all (stream->fd, stream->sealed, size + EXTRA);
}

static gboolean
push_label (DocumentStream *stream, const char *mime, gsize length, const guint8 ad[AD_SIZE])
{
  guint8 label[LABEL] = { 0 };
  gsize mime_length = strlen (mime);

  cr_put_u64 (label, length);
  label[8] = (guint8)(mime_length >> 8);
  label[9] = (guint8)mime_length;
  g_strlcpy ((char *)label + LABEL_TYPE, mime, LABEL - LABEL_TYPE);
  return push (stream, label, LABEL, ad, AD_SIZE, FALSE);
}

static gboolean
push_content (DocumentStream *stream, GBytes *content)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  gsize at = 0;

  do {
    gsize step = MIN (size - at, PIECE);

    if (!push (stream, data == NULL ? (const guint8 *)"" : data + at, step, NULL, 0, at + step == size))
      return FALSE;
    at += step;
  } while (at < size);
  return TRUE;
}

/* errno on FALSE. */
static gboolean
write_stream (CrVault *self, int fd, const char *mime, GBytes *content, const guint8 hash[NAME_BYTES])
{
  DocumentStream stream = { .fd = fd, .sealed = g_malloc (PIECE + EXTRA) };
  guint8 start[FRONT + STREAM_HEADER], ad[AD_SIZE];
  gboolean done;

  write_front (cr_vault_epoch (self), start);
  associate (self, start, hash, ad);
  crypto_secretstream_xchacha20poly1305_init_push (&stream.state, start + FRONT,
                                                   vault_newest (self)->document);
  done = safe_file_write_all (fd, start, sizeof start) &&
         push_label (&stream, mime, g_bytes_get_size (content), ad) && push_content (&stream, content) &&
         fsync (fd) == 0;
  sodium_memzero (&stream.state, sizeof stream.state);
  g_free (stream.sealed);
  return done;
}

static gboolean
write_file (CrVault *self, const char *path, const char *mime, GBytes *content, const guint8 hash[NAME_BYTES],
            GError **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%08x.new", path, randombytes_random ());
  int fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && write_stream (self, fd, mime, content, hash);
  int saved = errno;

  if (fd >= 0 && close (fd) != 0 && written) {
    saved = errno;
    written = FALSE;
  }
  if (written)
    return safe_file_commit (temporary, path, error);
  safe_file_set_error (error, saved, _ ("Could not write"), path);
  g_unlink (temporary);
  return FALSE;
}

gboolean
cr_vault_document_write (CrVault *self, const char *mime, GBytes *content, char **name, GError **error)
{
  guint8 hash[NAME_BYTES];
  g_autofree char *hex = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) same = NULL;

  g_return_val_if_fail (strlen (mime) < LABEL - LABEL_TYPE, FALSE);
  hash_content (vault_newest (self), content, hash);
  hex = cr_hash_hex (hash, NAME_BYTES);
  path = path_of (self, hex);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    same = cr_vault_document_read (self, hex, NULL, NULL); /* a damaged one is written anew */
  if (same == NULL && !write_file (self, path, mime, content, hash, error))
    return FALSE;
  if (name != NULL)
    *name = g_steal_pointer (&hex);
  return TRUE;
}

/* ---- reading ---- */

static gboolean
read_exactly (int fd, guint8 *buffer, gsize size)
{
  return safe_file_read_all (fd, buffer, size) == (gssize)size;
}

static gboolean
pull (DocumentStream *stream, guint8 *plain, gsize size, const guint8 *ad, gsize ad_size, gboolean last)
{
  guint8 tag;

  return read_exactly (stream->fd, stream->sealed, size + EXTRA) &&
         crypto_secretstream_xchacha20poly1305_pull (&stream->state, plain, NULL, &tag, stream->sealed,
                                                     size + EXTRA, ad, ad_size) == 0 &&
         (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) == last;
}

/* Size on disk of a document with that content length. */
static guint64
stored_size (guint64 length)
{
  guint64 pieces = length == 0 ? 1 : (length + PIECE - 1) / PIECE;

  return FRONT + STREAM_HEADER + LABEL + EXTRA + length + pieces * EXTRA;
}

/* The length is known to be true before memory is taken for it: it is authenticated and fits the file. */
static gboolean
pull_label (DocumentStream *stream, const guint8 ad[AD_SIZE], guint64 *length, char **mime)
{
  guint8 label[LABEL];
  guint mime_length;
  struct stat st;

  if (!pull (stream, label, LABEL, ad, AD_SIZE, FALSE) || fstat (stream->fd, &st) != 0)
    return FALSE;
  *length = cr_get_u64 (label);
  mime_length = (guint)label[8] << 8 | label[9];
  if (*length > (guint64)st.st_size || stored_size (*length) != (guint64)st.st_size ||
      mime_length >= LABEL - LABEL_TYPE)
    return FALSE;
  *mime = g_strndup ((const char *)label + LABEL_TYPE, mime_length);
  return TRUE;
}

/* The content, after its own length in front (for free_content). */
static GBytes *
pull_content (DocumentStream *stream, gsize length)
{
  gsize room = sizeof (gsize) + length, at = 0;
  guint8 *block = g_malloc (room);
  g_autoptr (GBytes) whole = NULL;

  *(gsize *)(void *)block = room;
  whole = g_bytes_new_with_free_func (block, room, free_content, block);
  do {
    gsize step = MIN (length - at, PIECE);

    if (!pull (stream, block + sizeof (gsize) + at, step, NULL, 0, at + step == length))
      return NULL;
    at += step;
  } while (at < length);
  return g_bytes_new_from_bytes (whole, sizeof (gsize), length);
}

static GBytes *
read_stream (CrVault *self, int fd, const guint8 hash[NAME_BYTES], char **mime)
{
  DocumentStream stream = { .fd = fd, .sealed = g_malloc (PIECE + EXTRA) };
  guint8 start[FRONT + STREAM_HEADER], ad[AD_SIZE], found[NAME_BYTES];
  const EpochKeys *keys = NULL;
  guint64 length;
  GBytes *content = NULL;

  if (read_exactly (fd, start, sizeof start) && memcmp (start, magic, sizeof magic) == 0)
    keys = vault_epoch (self, cr_get_u32 (start + sizeof magic));
  associate (self, start, hash, ad);
  if (keys != NULL &&
      crypto_secretstream_xchacha20poly1305_init_pull (&stream.state, start + FRONT, keys->document) == 0 &&
      pull_label (&stream, ad, &length, mime))
    content = pull_content (&stream, (gsize)length);
  sodium_memzero (&stream.state, sizeof stream.state);
  g_free (stream.sealed);
  if (content == NULL)
    return NULL;
  hash_content (keys, content, found);
  if (memcmp (found, hash, NAME_BYTES) != 0)
    g_clear_pointer (&content, g_bytes_unref);
  return content;
}

static int
open_document (CrVault *self, const char *name, guint8 hash[NAME_BYTES], GError **error)
{
  g_autofree char *path = path_of (self, name);
  int fd = -1;

  if (is_name (name) && sodium_hex2bin (hash, NAME_BYTES, name, NAME_BYTES * 2, NULL, NULL, NULL) == 0)
    fd = open (path, O_RDONLY | O_CLOEXEC);
  else
    errno = ENOENT;
  if (fd < 0 && errno == ENOENT)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("The document %.12s… is missing from the practice. Restore it from a backup."), name);
  else if (fd < 0)
    safe_file_set_error (error, errno, _ ("Could not read"), path);
  return fd;
}

GBytes *
cr_vault_document_read (CrVault *self, const char *name, char **mime, GError **error)
{
  guint8 hash[NAME_BYTES];
  g_autofree char *found_mime = NULL;
  GBytes *content;
  int fd = open_document (self, name, hash, error);

  if (fd < 0)
    return NULL;
  content = read_stream (self, fd, hash, &found_mime);
  close (fd);
  if (content == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
                 _ ("The document %.12s… was damaged or altered. Restore it from a backup."), name);
    return NULL;
  }
  if (mime != NULL)
    *mime = g_steal_pointer (&found_mime);
  return content;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char **
cr_vault_document_list (CrVault *self, GError **error)
{
  g_autofree char *folder = folder_of (self);
  g_autoptr (GError) failed = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &failed);
  GPtrArray *names;
  const char *name;

  if (dir == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("Could not read the documents folder: %s."),
                 failed->message);
    return NULL;
  }
  names = g_ptr_array_new ();
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_name (name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}
