#include "src/ui/shell/patient-picture.h"
#include "chartroom/domain/scan-rules.h"
#include "chartroom/helpers/document-pages.h"

/* ---- stored ---- */

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) pages = cr_document_pages_finish (result, &error);
  if (pages != NULL)
    g_task_return_pointer (task, cairo_surface_reference (pages->pdata[0]),
                           (GDestroyNotify)cairo_surface_destroy);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = cr_patient_file_read_finish (result, &error);
  if (bytes != NULL)
    cr_document_pages_async (bytes, decoded_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
cr_patient_picture_load_async (CrSession *session, CrId patient, CrId document, GAsyncReadyCallback cb,
                               gpointer data)
{
  GTask *task = g_task_new (session, NULL, cb, data);
  cr_patient_file_read_async (session, patient, document, read_cb, task);
}

cairo_surface_t *
cr_patient_picture_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- chosen ---- */

typedef struct {
  GFile *file;
  gboolean picture;
} Choice;

static void
free_choice (gpointer data)
{
  Choice *choice = data;
  g_object_unref (choice->file);
  g_free (choice);
}

void
cr_chosen_file_free (CrChosenFile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_free (self);
}

/* One byte more than may be is enough to know. */
static GBytes *
read_bytes (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree guint8 *bytes = g_malloc (CR_SCAN_MOST_BYTES + 1);
  gsize size = 0;
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, CR_SCAN_MOST_BYTES + 1, &size, NULL, error))
    return NULL;
  return g_bytes_new (bytes, size);
}

static CrChosenFile *
read_file (const Choice *choice, GError **error)
{
  g_autoptr (CrChosenFile) chosen = g_new0 (CrChosenFile, 1);
  chosen->content = read_bytes (choice->file, error);
  if (chosen->content == NULL)
    return NULL;
  const char *problem = cr_scan_problem (chosen->content, choice->picture);
  if (problem != NULL) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_INVALID, problem);
    return NULL;
  }
  chosen->pages = cr_document_pages (chosen->content, error);
  return chosen->pages != NULL ? g_steal_pointer (&chosen) : NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  CrChosenFile *chosen = read_file (data, &error);
  if (chosen != NULL)
    g_task_return_pointer (task, chosen, (GDestroyNotify)cr_chosen_file_free);
  else
    g_task_return_error (task, error);
}

void
cr_chosen_file_read_async (GFile *file, gboolean picture, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, cb, data);
  Choice *choice = g_new0 (Choice, 1);
  *choice = (Choice){ g_object_ref (file), picture };
  g_task_set_task_data (task, choice, free_choice);
  g_task_run_in_thread (task, read_thread);
}

CrChosenFile *
cr_chosen_file_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
