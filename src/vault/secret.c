/* Passwords and codes in locked memory. */
#include "safe-file.h"
#include "chartroom/vault/page-cipher.h"
#include "chartroom/vault/vault.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096

static char *
locked_bytes (gsize size)
{
  char *bytes = cr_page_cipher_init () == 0 ? sodium_malloc (size) : NULL;

  if (bytes == NULL)
    g_error ("no protected memory for a password");
  return bytes;
}

char *
cr_secret_new (const char *text)
{
  gsize size = strlen (text) + 1;

  return memcpy (locked_bytes (size), text, size);
}

void
cr_secret_free (char *secret)
{
  sodium_free (secret);
}

static gboolean
check_private (int fd, const char *path, GError **error)
{
  struct stat st;

  if (fstat (fd, &st) != 0) {
    safe_file_set_error (error, errno, _ ("Could not read"), path);
    return FALSE;
  }
  if (!S_ISREG (st.st_mode) || (st.st_mode & 077) == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED,
               _ ("Others can read the password file %s. Make it yours alone with “chmod 600” and change the "
                  "password."),
               path);
  return FALSE;
}

/* The first line of fd, in locked memory. */
static char *
read_line (int fd, const char *path, GError **error)
{
  char *line = locked_bytes (LINE_MAX_BYTES + 1);
  gssize n = safe_file_read_all (fd, line, LINE_MAX_BYTES);

  line[MAX (n, 0)] = '\0';
  line[strcspn (line, "\r\n")] = '\0';
  if (n >= 0 && *line != '\0')
    return line;
  if (n < 0)
    safe_file_set_error (error, errno, _ ("Could not read"), path);
  else
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("The password file %s is empty. Put the password into its first line."), path);
  sodium_free (line);
  return NULL;
}

char *
cr_secret_read_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *line = NULL;

  if (fd < 0) {
    safe_file_set_error (error, errno, _ ("Could not read"), path);
    return NULL;
  }
  if (check_private (fd, path, error))
    line = read_line (fd, path, error);
  close (fd);
  return line;
}

void
cr_vault_harden_process (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__)
  prctl (PR_SET_DUMPABLE, 0); /* the leak check of sanitized builds needs ptrace */
#endif
}
