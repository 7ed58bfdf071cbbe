/* Taking a backup: files go in one after the other, the manifest last. */
#include "backup-format.h"
#include "safe-file.h"
#include "chartroom/vault/backup.h"
#include "chartroom/vault/page-cipher.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define AT_ONCE (8 << 20) /* bytes between two words to the disk */

struct _CrBackupWriter {
  CrVault *vault;
  char *path, *temporary;
  int fd;
  crypto_secretstream_xchacha20poly1305_state stream;
  guint8 *plain, *sealed; /* one message */
  guint8 ad[BACKUP_AD];
  gsize ad_size; /* 0 once the first message is out */
  GString *lines;
  CrBackupStep step;
  gpointer step_data;
  guint64 done;    /* bytes of files, for step */
  guint64 started; /* of those, what the disk was told to begin with */
};

void
backup_append_file_line (GString *lines, const char *name, guint64 bytes, const guint8 hash[32])
{
  g_autofree char *hex = cr_hash_hex (hash, 32);

  g_string_append_printf (lines, "file %s %" G_GUINT64_FORMAT " %s\n", name, bytes, hex);
}

GBytes *
backup_signed_bytes (const char *manifest)
{
  char *text = g_strconcat (BACKUP_SIGNATURE_CONTEXT, manifest, NULL);

  return g_bytes_new_take (text, strlen (text));
}

void
backup_associate (const guint8 front[BACKUP_FRONT], const guint8 *keys, gsize size, guint8 *out)
{
  memcpy (out, front, BACKUP_FRONT);
  cr_hash (keys, size, out + BACKUP_FRONT);
}

/* ---- messages ---- */

static gboolean
set_write_error (CrBackupWriter *self, GError **error)
{
  safe_file_set_error (error, errno, _ ("Could not write"), self->path);
  return FALSE;
}

/* plain[1…size] is the content; plain[0] becomes its type. */
static gboolean
push (CrBackupWriter *self, char type, gsize size, GError **error)
{
  guint8 tag = type == 'S' ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  guint8 length[4];

  self->plain[0] = (guint8)type;
  cr_put_u32 (length, (guint32)(1 + size + BACKUP_EXTRA));
  crypto_secretstream_xchacha20poly1305_push (&self->stream, self->sealed, NULL, self->plain, 1 + size,
                                              self->ad, self->ad_size, tag);
  self->ad_size = 0;
  return (safe_file_write_all (self->fd, length, sizeof length) &&
          safe_file_write_all (self->fd, self->sealed, 1 + size + BACKUP_EXTRA)) ||
         set_write_error (self, error);
}

static gboolean
push_name (CrBackupWriter *self, const char *name, guint64 length, GError **error)
{
  gsize size = strlen (name);

  g_return_val_if_fail (size <= BACKUP_NAME_MAX && strpbrk (name, " \n") == NULL, FALSE);
  cr_put_u64 (self->plain + 1, length);
  memcpy (self->plain + 9, name, size);
  return push (self, 'F', 8 + size, error);
}

static gboolean
go_on (CrBackupWriter *self, gsize bytes, GError **error)
{
  self->done += bytes;
  if (self->done - self->started >= AT_ONCE) { /* so that the sync at the end has little left to wait for */
    (void)sync_file_range (self->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    self->started = self->done;
  }
  if (self->step == NULL || self->step (self->done, self->step_data))
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED,
                       _ ("The backup was stopped. Nothing of it was kept."));
  return FALSE;
}

/* ---- files ---- */

/* A file of the folder, as a source. */
typedef struct {
  const char *path;
  int fd;
} OpenFile;

static gssize
read_file_cb (guint8 *out, gsize room, gpointer data, GError **error)
{
  const OpenFile *file = data;
  gsize have = 0;

  while (have < room) {
    gssize n = read (file->fd, out + have, room - have);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      safe_file_set_error (error, errno, _ ("Could not read"), file->path);
      return -1;
    }
    if (n == 0)
      break;
    have += (gsize)n;
  }
  return (gssize)have;
}

static gboolean
set_changed (const char *name, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s was changed while it was copied. Take the backup again."),
               name);
  return FALSE;
}

/* Exactly length bytes: a file that shrinks or grows meanwhile is refused. */
static gboolean
push_content (CrBackupWriter *self, const char *name, guint64 length, CrBackupSource source, gpointer data,
              guint8 hash[32], GError **error)
{
  crypto_generichash_state state;
  guint64 copied = 0;
  gssize n;

  crypto_generichash_init (&state, NULL, 0, 32);
  while ((n = source (self->plain + 1, BACKUP_PIECE, data, error)) > 0) {
    copied += (guint64)n;
    crypto_generichash_update (&state, self->plain + 1, (gsize)n);
    if (copied > length)
      return set_changed (name, error);
    if (!push (self, 'P', (gsize)n, error) || !go_on (self, (gsize)n, error))
      return FALSE;
  }
  crypto_generichash_final (&state, hash, 32);
  return n == 0 && (copied == length || set_changed (name, error));
}

gboolean
cr_backup_writer_add_from (CrBackupWriter *self, const char *name, guint64 length, CrBackupSource source,
                           gpointer data, GError **error)
{
  guint8 hash[32];

  if (!push_name (self, name, length, error) || !push_content (self, name, length, source, data, hash, error))
    return FALSE;
  backup_append_file_line (self->lines, name, length, hash);
  return TRUE;
}

gboolean
cr_backup_writer_add (CrBackupWriter *self, const char *name, const char *path, GError **error)
{
  OpenFile file = { path, open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) };
  off_t length = file.fd < 0 ? -1 : lseek (file.fd, 0, SEEK_END);
  gboolean added = FALSE;

  if (length < 0 || lseek (file.fd, 0, SEEK_SET) != 0)
    safe_file_set_error (error, errno, _ ("Could not read"), path);
  else {
    posix_fadvise (file.fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    added = cr_backup_writer_add_from (self, name, (guint64)length, read_file_cb, &file, error);
  }
  if (file.fd >= 0)
    close (file.fd);
  return added;
}

/* ---- beginning and end ---- */

static gboolean
write_front (CrBackupWriter *self, GBytes *keys, GError **error)
{
  guint8 front[BACKUP_FRONT], header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  gsize size;
  const guint8 *image = g_bytes_get_data (keys, &size);

  memcpy (front, backup_magic, 8);
  cr_put_u32 (front + 8, cr_vault_epoch (self->vault));
  cr_put_u32 (front + 12, (guint32)size);
  memcpy (front + 16, self->vault->store_id, 16);
  backup_associate (front, image, size, self->ad);
  self->ad_size = BACKUP_AD;
  crypto_secretstream_xchacha20poly1305_init_push (&self->stream, header, vault_newest (self->vault)->backup);
  return (safe_file_write_all (self->fd, front, sizeof front) &&
          safe_file_write_all (self->fd, image, size) &&
          safe_file_write_all (self->fd, header, sizeof header)) ||
         set_write_error (self, error);
}

CrBackupWriter *
cr_backup_writer_new (CrVault *vault, const char *path, CrBackupStep step, gpointer data, GError **error)
{
  g_autoptr (CrBackupWriter) self = g_new0 (CrBackupWriter, 1);
  g_autofree char *key_file = g_build_filename (vault->folder, KEY_FILE_NAME, NULL);
  g_autoptr (GBytes) keys = safe_file_read (key_file, KEY_FILE_MAX, error);

  self->vault = cr_vault_ref (vault);
  self->path = g_strdup (path);
  self->fd = -1;
  self->step = step;
  self->step_data = data;
  self->lines = g_string_new (NULL);
  self->plain = g_malloc (BACKUP_SEALED_MAX);
  self->sealed = g_malloc (BACKUP_SEALED_MAX);
  if (keys == NULL || !cr_vault_check_epoch (vault, error)) /* after reading: it is of this vault's epoch */
    return NULL;
  self->temporary = g_strconcat (path, ".new", NULL);
  self->fd = open (self->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0) {
    set_write_error (self, error);
    g_clear_pointer (&self->temporary, g_free); /* not ours */
    return NULL;
  }
  return write_front (self, keys, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
push_text (CrBackupWriter *self, const char *text, gsize size, GError **error)
{
  for (gsize at = 0; at < size; at += BACKUP_PIECE) {
    gsize piece = MIN (size - at, BACKUP_PIECE);

    memcpy (self->plain + 1, text + at, piece);
    if (!push (self, 'P', piece, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
push_manifest (CrBackupWriter *self, const char *about, GError **error)
{
  g_autofree char *manifest = g_strconcat (about, self->lines->str, NULL);
  g_autoptr (GBytes) bytes = backup_signed_bytes (manifest);
  gsize size = strlen (manifest);

  if (!push_name (self, BACKUP_MANIFEST, size, error) || !push_text (self, manifest, size, error))
    return FALSE;
  cr_vault_public_key (self->vault, self->plain + 1 + 64);
  return cr_vault_sign (self->vault, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                        self->plain + 1, error) &&
         push (self, 'S', 64 + 32, error);
}

gboolean
cr_backup_writer_finish (CrBackupWriter *self, const char *about, GError **error)
{
  gboolean closed;

  if (!push_manifest (self, about, error))
    return FALSE;
  closed = fsync (self->fd) == 0;
  closed = close (self->fd) == 0 && closed;
  self->fd = -1;
  if (!closed)
    return set_write_error (self, error);
  if (!safe_file_commit (self->temporary, self->path, error))
    return FALSE;
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

void
cr_backup_writer_free (CrBackupWriter *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  sodium_memzero (&self->stream, sizeof self->stream);
  g_string_free (self->lines, TRUE);
  g_free (self->plain);
  g_free (self->sealed);
  g_free (self->temporary);
  g_free (self->path);
  cr_vault_unref (self->vault);
  g_free (self);
}
