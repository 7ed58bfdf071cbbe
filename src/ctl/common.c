#include "src/ctl/ctl.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

gboolean
ctl_password (const char *file, char **password, GError **error)
{
  if (file == NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _("A password is never typed on the command line: name a file with --password-file."));
    return FALSE;
  }
  *password = cr_store_password_from_file (file, error);
  return *password != NULL;
}

typedef struct {
  const char *mrn;
  CrPatient *patient;
} Wanted;

static gboolean
patient_job (CrTx *tx, gpointer data, GError **error)
{
  Wanted *wanted = data;
  wanted->patient = cr_patient_by_mrn (tx, wanted->mrn, error);
  return wanted->patient != NULL;
}

CrPatient *
ctl_patient (CtlCall *call, const char *mrn, GError **error)
{
  Wanted wanted = { mrn, NULL };
  if (!cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, patient_job, &wanted, error))
    return NULL;
  return wanted.patient;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size);
  while (size > 0) {
    gssize n = write (fd, at, size);
    if (n < 0)
      return FALSE;
    at += n;
    size -= (gsize) n;
  }
  return fsync (fd) == 0;
}

gboolean
ctl_write_file (const char *path, GBytes *bytes, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int why = errno;
  gboolean written = fd >= 0 && write_all (fd, bytes);
  if (fd >= 0 && !written)
    why = errno;
  if (fd >= 0)
    close (fd);
  if (written)
    return TRUE;
  if (fd >= 0)
    g_unlink (path);
  if (why == EEXIST)
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _("%s is there already and was left alone; choose another file."), path);
  else
    g_set_error (error, CR_ERROR, why == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_IO,
                 _("%s could not be written: %s. Choose another file."), path, g_strerror (why));
  return FALSE;
}

void
ctl_wait_init (CtlWait *wait)
{
  wait->loop = g_main_loop_new (NULL, FALSE);
  wait->result = NULL;
}

void
ctl_wait_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CtlWait *wait = data;
  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

GAsyncResult *
ctl_wait_result (CtlWait *wait)
{
  while (wait->result == NULL)
    g_main_loop_run (wait->loop);
  return wait->result;
}

void
ctl_wait_clear (CtlWait *wait)
{
  g_clear_object (&wait->result);
  g_main_loop_unref (wait->loop);
}
