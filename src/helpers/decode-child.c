#include "decode-child.h"
#include "chartroom/helpers/memory-file.h"
#include "wire.h"
#include <errno.h>
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <unistd.h>

#define NAME "chartroom-decode"

struct _CrDecodeChild {
  GSubprocess *process;
  int out;      /* the process's; closed with it */
  gint64 until; /* monotonic microseconds */
};

/* CHARTROOM_LIBEXEC_DIR, else beside this program in a build tree, else where it was installed. */
static char *
find_program (void)
{
  const char *told = g_getenv ("CHARTROOM_LIBEXEC_DIR");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  char *path;
  if (told != NULL)
    return g_build_filename (told, NAME, NULL);
  path = folder != NULL ? g_build_filename (folder, "..", "helpers", NAME, NULL) : NULL;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return path;
  g_free (path);
  return g_build_filename (CHARTROOM_LIBEXECDIR, NAME, NULL);
}

static CrDecodeChild *
start (int in, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *program = find_program ();
  g_autoptr (GError) why = NULL;
  CrDecodeChild *self = g_new0 (CrDecodeChild, 1);
  g_subprocess_launcher_take_stdin_fd (launcher, in);
  self->process = g_subprocess_launcher_spawn (launcher, &why, program, NULL);
  if (self->process == NULL) {
    g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                 _ ("Scans and PDFs cannot be read: %s did not start (%s). Install Chartroom again."),
                 program, why->message);
    g_free (self);
    return NULL;
  }
  self->out = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (self->process)));
  self->until = g_get_monotonic_time () + (gint64)CR_WIRE_SECONDS * G_USEC_PER_SEC;
  return self;
}

CrDecodeChild *
cr_decode_child_new (GBytes *content, GError **error)
{
  int in = cr_memory_file (content);
  if (in >= 0)
    return start (in, error);
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_IO,
      _ ("The document cannot be read: there is no memory left. Close something and try again."));
  return NULL;
}

static gboolean
wait_for_more (CrDecodeChild *self)
{
  gint64 left = self->until - g_get_monotonic_time ();
  struct pollfd fd = { self->out, POLLIN, 0 };
  int ready = left > 0 ? poll (&fd, 1, (int)(left / 1000) + 1) : 0;
  return ready > 0 || (ready < 0 && errno == EINTR);
}

static gboolean
fail (CrDecodeChild *self, GError **error)
{
  gboolean late = g_get_monotonic_time () >= self->until;
  g_set_error_literal (
      error, CR_ERROR, CR_ERROR_INVALID,
      late ? _ ("The document cannot be read: it takes longer than a minute. Ask whoever sent it "
                "for a simpler copy.")
           : _ ("The document cannot be read: it is damaged, or made to do harm. Ask whoever sent "
                "it for a new copy. Nothing else is affected."));
  return FALSE;
}

gboolean
cr_decode_child_read (CrDecodeChild *self, gpointer into, gsize size, GError **error)
{
  char *at = into;
  while (size > 0) {
    gssize n = wait_for_more (self) ? read (self->out, at, size) : 0;
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
      continue;
    if (n <= 0)
      return fail (self, error);
    at += n;
    size -= (gsize)n;
  }
  return TRUE;
}

void
cr_decode_child_free (CrDecodeChild *self)
{
  g_subprocess_force_exit (self->process);
  g_object_unref (self->process);
  g_free (self);
}
