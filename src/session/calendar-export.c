#include "chartroom/session/calendar-export.h"
#include "session-private.h"
#include "chartroom/exchange/icalendar.h"
#include "chartroom/session/work.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

typedef struct {
  CrCalendarRequest request;
  char *path;
  char *part; /* written beside it: it has its name once the audit is stored; NULL: nothing was made */
  CrClock *clock;
  gint64 visits;
} Export;

static void
free_export (gpointer data)
{
  Export *export = data;
  cr_clock_unref (export->clock);
  g_free (export->path);
  g_free (export->part);
  g_free (export);
}

static gboolean
check_request (const CrCalendarRequest *request, GError **error)
{
  int days = cr_date_is_full (request->from) && cr_date_is_full (request->to)
                 ? cr_date_to_days (request->to) - cr_date_to_days (request->from)
                 : -1;
  if (days >= 0 && days <= CR_CALENDAR_MOST_DAYS)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
               _ ("Choose a last day that is not before the first one, and at most %d days after it."),
               CR_CALENDAR_MOST_DAYS);
  return FALSE;
}

static GPtrArray *
visits_of (CrTx *tx, const CrCalendarRequest *request, GError **error)
{
  GPtrArray *visits = cr_visit_list (tx, request->from, request->to, error);
  for (guint i = visits != NULL ? visits->len : 0; i > 0; i--)
    if (((const CrVisit *)visits->pdata[i - 1])->appointment->person_id != request->person_id)
      g_ptr_array_remove_index (visits, i - 1);
  return visits;
}

static gboolean
refuse_to_write (const char *path, const char *why, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_IO, _ ("%s could not be written: %s. Choose another folder."), path,
               why);
  return FALSE;
}

/* A file that was not there before: nobody else's is written over, or removed when this comes to nothing. */
static gboolean
make_part (Export *export, GError **error)
{
  g_autofree char *name = g_strconcat (export->path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (name, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return refuse_to_write (export->path, g_strerror (errno), error);
  close (fd);
  export->part = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
write_file (Export *export, GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  if (export->part == NULL && !make_part (export, error))
    return FALSE;
  errno = 0;
  if (g_file_set_contents_full (export->part, text, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    return TRUE;
  return refuse_to_write (export->path, g_strerror (errno != 0 ? errno : EIO), error);
}

static gboolean
export_job (CrTx *tx, gpointer data, GError **error)
{
  Export *export = data;
  const CrCalendarRequest *request = &export->request;
  g_autoptr (CrPractice) practice = cr_practice_load (tx, error);
  g_autoptr (CrPerson) person =
      practice != NULL ? cr_tx_load (tx, &CR_PERSON, request->person_id, error) : NULL;
  g_autoptr (GPtrArray) visits = person != NULL ? visits_of (tx, request, error) : NULL;
  if (visits == NULL)
    return FALSE;
  CrCalendarContent content = { practice,       person,
                                visits,         export->clock,
                                cr_tx_now (tx), request->names ? CR_CALENDAR_NAMES : CR_CALENDAR_NO_NAMES };
  g_autoptr (GBytes) bytes = cr_calendar_write (&content);
  g_autofree char *detail =
      g_strdup_printf ("%u visits, names: %s", visits->len, request->names ? "full" : "none");
  export->visits = visits->len;
  return cr_tx_audit (tx, "export", "calendar", CR_ID_NONE, CR_ID_NONE, detail, error) &&
         write_file (export, bytes, error);
}

static gboolean
name_file (const Export *export, GError **error)
{
  if (g_rename (export->part, export->path) == 0)
    return TRUE;
  return refuse_to_write (export->path, g_strerror (errno), error);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  const Export *export = g_task_get_task_data (answer);
  GError *error = NULL;
  if (cr_session_finish (result, &error) && name_file (export, &error)) {
    g_task_return_int (answer, (gssize) export->visits);
    return;
  }
  if (export->part != NULL)
    g_unlink (export->part);
  g_task_return_error (answer, error);
}

void
cr_calendar_export_async (CrSession *session, const CrCalendarRequest *request, GAsyncReadyCallback cb,
                          gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *answer = g_task_new (session, NULL, cb, data);
  Export *export = g_new0 (Export, 1);
  GError *error = NULL;
  export->request = *request;
  export->path = g_strdup (request->path);
  export->clock = cr_clock_ref (cr_session_get_clock (session));
  g_task_set_task_data (answer, export, free_export);
  if (check_request (request, &error)) {
    cr_session_run_async (session, request->names ? CR_RIGHT_EXPORT : CR_RIGHT_SCHEDULE_VIEW, export_job,
                          export, NULL, exported_cb, answer);
    return;
  }
  g_task_return_error (answer, error);
  g_object_unref (answer);
}

gint64
cr_calendar_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
