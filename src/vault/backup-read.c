/* Reading a backup: nothing is believed before it has authenticated, nothing is kept unless all of it did. */
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

#define MANIFEST_MAX ((guint64)256 << 20)

typedef struct {
  CrVault *vault;
  const char *path;
  const CrBackupReading *reading;
  FILE *in;
  crypto_secretstream_xchacha20poly1305_state stream;
  guint8 *plain, *sealed;
  gsize size; /* of plain's content, after its type */
  guint8 ad[BACKUP_AD];
  gsize ad_size;
  guint64 done;
  GString *lines, *manifest;
} Reader;

static void
reader_clear (Reader *self)
{
  if (self->in != NULL)
    (void)fclose (self->in);
  sodium_memzero (&self->stream, sizeof self->stream);
  if (self->lines != NULL)
    g_string_free (self->lines, TRUE);
  if (self->manifest != NULL)
    g_string_free (self->manifest, TRUE);
  g_free (self->plain);
  g_free (self->sealed);
}

static gboolean
set_altered (Reader *self, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               _ ("The backup %s was damaged or altered. Use another one."), self->path);
  return FALSE;
}

static gboolean
set_cut (const char *path, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_TRUNCATED,
               _ ("The backup %s was cut off: its end is missing. Use another one."), path);
  return FALSE;
}

/* ---- the front ---- */

static FILE *
open_backup (const char *path, guint8 front[BACKUP_FRONT], GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  FILE *in = fd >= 0 ? fdopen (fd, "rb") : NULL;
  gsize n;

  if (in == NULL) {
    safe_file_set_error (error, errno, _ ("Could not read"), path);
    return NULL;
  }
  n = fread (front, 1, BACKUP_FRONT, in);
  if (n >= 8 && memcmp (front, backup_magic, 8) == 0 && n < BACKUP_FRONT)
    set_cut (path, error);
  else if (n < BACKUP_FRONT || memcmp (front, backup_magic, 8) != 0)
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_A_PRACTICE, _ ("%s is not a backup made by Chartroom."), path);
  else
    return in;
  (void)fclose (in);
  return NULL;
}

static GBytes *
read_keys (FILE *in, const guint8 front[BACKUP_FRONT], const char *path, GError **error)
{
  gsize size = cr_get_u32 (front + 12);
  g_autofree guint8 *image = size <= KEY_FILE_MAX ? g_malloc (size) : NULL;

  if (image == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
                 _ ("The backup %s was damaged or altered. Use another one."), path);
    return NULL;
  }
  if (fread (image, 1, size, in) != size) {
    set_cut (path, error);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&image), size);
}

gboolean
cr_backup_unpack_keys (const char *path, const char *folder, GError **error)
{
  guint8 front[BACKUP_FRONT];
  g_autofree char *key_file = g_build_filename (folder, KEY_FILE_NAME, NULL);
  FILE *in = open_backup (path, front, error);
  g_autoptr (GBytes) keys = in == NULL ? NULL : read_keys (in, front, path, error);

  if (in != NULL)
    (void)fclose (in);
  return keys != NULL && safe_file_replace (key_file, keys, error);
}

/* ---- messages ---- */

/* The type, or 0 with error. */
static char
pull (Reader *self, GError **error)
{
  guint8 length[4], tag;
  gsize size;

  if (fread (length, 1, sizeof length, self->in) != sizeof length)
    return set_cut (self->path, error);
  size = cr_get_u32 (length);
  if (size < 1 + BACKUP_EXTRA || size > BACKUP_SEALED_MAX)
    return set_altered (self, error);
  if (fread (self->sealed, 1, size, self->in) != size)
    return set_cut (self->path, error);
  if (crypto_secretstream_xchacha20poly1305_pull (&self->stream, self->plain, NULL, &tag, self->sealed, size,
                                                  self->ad, self->ad_size) != 0 ||
      (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != (self->plain[0] == 'S') ||
      self->plain[0] == 0)
    return set_altered (self, error);
  self->ad_size = 0;
  self->size = size - BACKUP_EXTRA - 1;
  return (char)self->plain[0];
}

static gboolean
go_on (Reader *self, GError **error)
{
  const CrBackupReading *reading = self->reading;

  self->done += self->size;
  if (reading->step == NULL || reading->step (self->done, reading->step_data))
    return TRUE;
  g_set_error_literal (error, CR_ERROR, CR_ERROR_CANCELLED, _ ("The reading of the backup was stopped."));
  return FALSE;
}

/* ---- files ---- */

/* One file's pieces, to fd unless it is negative. */
static gboolean
pull_content (Reader *self, guint64 length, int fd, const char *target, guint8 hash[32], GError **error)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, 32);
  while (length > 0) {
    char type = pull (self, error);

    if (type != 'P' || self->size == 0 || self->size > length)
      return type != 0 && set_altered (self, error);
    crypto_generichash_update (&state, self->plain + 1, self->size);
    if (fd >= 0 && !safe_file_write_all (fd, self->plain + 1, self->size)) {
      safe_file_set_error (error, errno, _ ("Could not write"), target);
      return FALSE;
    }
    length -= self->size;
    if (!go_on (self, error))
      return FALSE;
  }
  crypto_generichash_final (&state, hash, 32);
  return TRUE;
}

static gboolean
pull_to (Reader *self, guint64 length, const char *target, guint8 hash[32], GError **error)
{
  int fd = open (target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean done;

  if (fd < 0) {
    safe_file_set_error (error, errno, _ ("Could not write"), target);
    return FALSE;
  }
  done = pull_content (self, length, fd, target, hash, error);
  if (done && fsync (fd) != 0) {
    safe_file_set_error (error, errno, _ ("Could not write"), target);
    done = FALSE;
  }
  close (fd);
  if (!done)
    g_unlink (target);
  return done;
}

static gboolean
pull_file (Reader *self, const char *name, guint64 length, GError **error)
{
  const CrBackupReading *reading = self->reading;
  g_autofree char *target = reading->place == NULL ? NULL : reading->place (name, reading->place_data);
  guint8 hash[32];

  if (target != NULL ? !pull_to (self, length, target, hash, error)
                     : !pull_content (self, length, -1, NULL, hash, error))
    return FALSE;
  backup_append_file_line (self->lines, name, length, hash);
  return TRUE;
}

static gboolean
pull_manifest (Reader *self, guint64 length, GError **error)
{
  if (length > MANIFEST_MAX)
    return set_altered (self, error);
  self->manifest = g_string_new (NULL);
  while (self->manifest->len < length) {
    char type = pull (self, error);

    if (type != 'P' || self->size == 0 || self->size > length - self->manifest->len)
      return type != 0 && set_altered (self, error);
    g_string_append_len (self->manifest, (const char *)self->plain + 1, (gssize)self->size);
  }
  return TRUE;
}

/* Signature, and that the manifest names what was read, no more and no less. */
static gboolean
check_manifest (Reader *self, guint8 signer[32], GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  char type = pull (self, error);

  if (type != 'S' || self->size != 64 + 32 || self->manifest == NULL)
    return type != 0 && set_altered (self, error);
  bytes = backup_signed_bytes (self->manifest->str);
  memcpy (signer, self->plain + 1 + 64, 32);
  if (!cr_signature_verify (signer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                            self->plain + 1) ||
      !g_utf8_validate (self->manifest->str, (gssize)self->manifest->len, NULL) ||
      !g_str_has_suffix (self->manifest->str, self->lines->str) || fgetc (self->in) != EOF)
    return set_altered (self, error);
  return TRUE;
}

/* Names come from an authenticated stream; a path that leads elsewhere is refused all the same. */
static gboolean
is_safe_name (const char *name)
{
  return *name != '\0' && *name != '/' && strstr (name, "..") == NULL && strpbrk (name, " \n") == NULL;
}

static gboolean
pull_all (Reader *self, guint8 signer[32], GError **error)
{
  while (self->manifest == NULL) {
    char type = pull (self, error);
    g_autofree char *name = NULL;
    guint64 length;

    if (type != 'F' || self->size <= 8 || self->size > 8 + BACKUP_NAME_MAX)
      return type != 0 && set_altered (self, error);
    length = cr_get_u64 (self->plain + 1);
    name = g_strndup ((const char *)self->plain + 9, self->size - 8);
    if (!is_safe_name (name))
      return set_altered (self, error);
    if (strcmp (name, BACKUP_MANIFEST) == 0 ? !pull_manifest (self, length, error)
                                            : !pull_file (self, name, length, error))
      return FALSE;
  }
  return check_manifest (self, signer, error);
}

static gboolean
begin (Reader *self, GError **error)
{
  guint8 front[BACKUP_FRONT], header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  g_autoptr (GBytes) keys = NULL;
  const EpochKeys *epoch;

  self->in = open_backup (self->path, front, error);
  if (self->in == NULL)
    return FALSE;
  if (memcmp (front + 16, self->vault->store_id, 16) != 0) {
    g_set_error (error, CR_ERROR, CR_ERROR_OTHER_PRACTICE, _ ("%s is a backup of another practice."),
                 self->path);
    return FALSE;
  }
  epoch = vault_epoch (self->vault, cr_get_u32 (front + 8));
  if (epoch == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_STORE_NEWER,
                 _ ("%s was made after the keys of this practice were changed. Sign in again to use it."),
                 self->path);
    return FALSE;
  }
  keys = read_keys (self->in, front, self->path, error);
  if (keys == NULL)
    return FALSE;
  backup_associate (front, g_bytes_get_data (keys, NULL), g_bytes_get_size (keys), self->ad);
  self->ad_size = BACKUP_AD;
  if (fread (header, 1, sizeof header, self->in) != sizeof header)
    return set_cut (self->path, error);
  return crypto_secretstream_xchacha20poly1305_init_pull (&self->stream, header, epoch->backup) == 0 ||
         set_altered (self, error);
}

char *
cr_backup_read (CrVault *vault, const char *path, const CrBackupReading *reading, guint8 signer[32],
                GError **error)
{
  Reader self = { .vault = vault, .path = path, .reading = reading };
  char *manifest = NULL;

  self.plain = g_malloc (BACKUP_SEALED_MAX);
  self.sealed = g_malloc (BACKUP_SEALED_MAX);
  self.lines = g_string_new (NULL);
  if (begin (&self, error) && pull_all (&self, signer, error))
    manifest = g_string_free (g_steal_pointer (&self.manifest), FALSE);
  reader_clear (&self);
  return manifest;
}
