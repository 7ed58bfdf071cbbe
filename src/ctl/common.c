#include "src/ctl/ctl.h"
#include "chartroom/base/text.h"
#include "chartroom/store/person-charts.h"
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
    g_set_error_literal (
        error, CR_ERROR, CR_ERROR_INVALID,
        _ ("A password is never typed on the command line: name a file with --password-file."));
    return FALSE;
  }
  *password = cr_store_password_from_file (file, error);
  return *password != NULL;
}

typedef struct {
  const char *mrn;
  CrPatient *patient, *kept;
} Wanted;

static gboolean
patient_job (CrTx *tx, gpointer data, GError **error)
{
  Wanted *wanted = data;
  wanted->patient = cr_patient_by_mrn (tx, wanted->mrn, error);
  if (wanted->patient != NULL)
    wanted->kept = cr_patient_kept (tx, wanted->patient->id, error);
  return wanted->kept != NULL;
}

CrPatient *
ctl_patient (CtlCall *call, const char *mrn, GError **error)
{
  Wanted wanted = { mrn, NULL, NULL };
  if (cr_str_empty (mrn)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID,
                         _ ("The record number (MRN) of the patient is empty. Give it as find lists it."));
    return NULL;
  }
  gboolean found = cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, patient_job, &wanted, error);
  g_autoptr (CrPatient) asked = wanted.patient;
  g_autoptr (CrPatient) kept = wanted.kept;
  if (!found)
    return NULL;
  if (asked->id != kept->id)
    g_printerr (_ ("Chart %s was merged into %s; this is about %s.\n"), asked->mrn, kept->mrn, kept->mrn);
  return g_steal_pointer (&kept);
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size);
  while (size > 0) {
    gssize n = write (fd, at, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    at += n;
    size -= (gsize)n;
  }
  return fsync (fd) == 0;
}

static void
refuse_to_overwrite (const char *path, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("%s is there already and was left alone; choose another file."), path);
}

static void
refuse_to_write (const char *path, int why, GError **error)
{
  g_set_error (error, CR_ERROR, why == ENOSPC ? CR_ERROR_DISK_FULL : CR_ERROR_IO,
               _ ("%s could not be written: %s. Choose another file."), path, g_strerror (why));
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
    refuse_to_overwrite (path, error);
  else
    refuse_to_write (path, why, error);
  return FALSE;
}

gboolean
ctl_can_write (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    refuse_to_overwrite (path, error);
  else if (access (folder, W_OK) != 0)
    refuse_to_write (path, errno, error);
  else
    return TRUE;
  return FALSE;
}

gboolean
ctl_need_out (CtlCall *call, GError **error)
{
  if (call->out != NULL)
    return ctl_can_write (call->out, error);
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("%s needs --out FILE.pdf."), call->command);
  return FALSE;
}

gboolean
ctl_date (const char *text, CrDate *date, GError **error)
{
  if (cr_date_from_iso (text, date) && cr_date_is_valid (*date))
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID, _ ("%s is not a day; write it as 2026-11-23."), text);
  return FALSE;
}

GBytes *
ctl_paint (CtlCall *call, CrPaper *paper, GError **error)
{
  CrPaperMeta meta = { cr_clock_now (cr_session_get_clock (call->session)), NULL };
  return cr_paper_to_pdf (paper, &meta, error);
}

typedef struct {
  const char *kind;
  char *detail;
} Export;

static gboolean
export_job (CrTx *tx, gpointer data, GError **error)
{
  const Export *e = data;
  return cr_tx_audit (tx, "export", e->kind, CR_ID_NONE, CR_ID_NONE, e->detail, error);
}

gboolean
ctl_export (CtlCall *call, CrPaper *paper, const char *kind, GError **error)
{
  g_autoptr (GBytes) pdf = ctl_paint (call, paper, error);
  g_autofree char *detail = g_strdup_printf ("%u pages", cr_paper_pages (paper));
  Export e = { kind, detail };
  if (pdf == NULL || !ctl_write_file (call->out, pdf, error))
    return FALSE;
  if (cr_session_run (call->session, CR_RIGHT_SCHEDULE_VIEW, export_job, &e, error))
    return TRUE;
  g_unlink (call->out); /* what is not in the audit does not stay */
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
