#include "chartroom/helpers/pdf-password.h"
#include "chartroom/helpers/memory-file.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define CHILD_FD 3

char *
cr_pdf_password_problem (const char *password)
{
  if (password == NULL || g_utf8_strlen (password, -1) < CR_PDF_PASSWORD_MIN)
    return g_strdup_printf (_ ("Choose a password of at least %d characters."), CR_PDF_PASSWORD_MIN);
  if (*password == '-') /* qpdf would take it for an option */
    return g_strdup (_ ("A password cannot begin with a hyphen here. Put something before it."));
  for (const char *p = password; *p != '\0'; p++)
    if ((guchar)*p < ' ')
      return g_strdup (_ ("A password cannot hold a line break or a tab."));
  return NULL;
}

static GBytes *
run (int fd, const char *arguments, GError **error)
{
  const GSubprocessFlags flags =
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes) in = g_bytes_new_static (arguments, strlen (arguments));
  GBytes *out = NULL;
  g_subprocess_launcher_take_fd (launcher, fd, CHILD_FD);
  child = g_subprocess_launcher_spawn (launcher, error, "qpdf", "@-", NULL);
  if (child == NULL || !g_subprocess_communicate (child, in, NULL, &out, NULL, error))
    return NULL;
  if (g_subprocess_get_successful (child) && g_bytes_get_size (out) > 0)
    return out;
  g_bytes_unref (out);
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_INVALID,
      _ ("The PDF could not be locked with a password. Export it without one, or print it."));
  return NULL;
}

GBytes *
cr_pdf_with_password (GBytes *pdf, const char *password, GError **error)
{
  g_autofree char *problem = cr_pdf_password_problem (password), *arguments = NULL, *qpdf = NULL;
  GBytes *locked;
  int fd;
  if (problem != NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
    return NULL;
  }
  qpdf = g_find_program_in_path ("qpdf");
  if (qpdf == NULL) {
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_NOT_FOUND,
        _ ("The program qpdf is not installed, so no password can be set. Install the package "
           "qpdf, or export without a password."));
    return NULL;
  }
  fd = cr_memory_file (pdf);
  if (fd < 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, _ ("There is no memory left for a locked copy."));
    return NULL;
  }
  arguments =
      g_strdup_printf ("--encrypt\n%s\n%s\n256\n--\n/proc/self/fd/%d\n-\n", password, password, CHILD_FD);
  locked = run (fd, arguments, error);
  explicit_bzero (arguments, strlen (arguments));
  return locked;
}
