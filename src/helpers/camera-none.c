/* In place of camera.c where GStreamer was not there when the program was built. */
#include "chartroom/helpers/camera.h"
#include <glib/gi18n.h>

struct _CrCamera {
  CrCameraCallback callback;
  gpointer data;
  GSource *saying;
};

static GError *
none (void)
{
  return g_error_new_literal (CR_ERROR, CR_ERROR_NOT_FOUND,
                              _ ("This Chartroom was built without cameras. Choose a file instead."));
}

void
cr_camera_find_async (GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  g_task_return_error (task, none ());
}

gboolean
cr_camera_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
say_cb (gpointer data)
{
  CrCamera *self = data;
  g_autoptr (GError) error = none ();
  self->callback (NULL, error, self->data);
  return G_SOURCE_REMOVE;
}

CrCamera *
cr_camera_start (CrCameraCallback callback, gpointer data)
{
  CrCamera *self = g_new0 (CrCamera, 1);
  *self = (CrCamera){ callback, data, g_idle_source_new () };
  g_source_set_callback (self->saying, say_cb, self, NULL);
  g_source_attach (self->saying, g_main_context_get_thread_default ());
  return self;
}

void
cr_camera_stop (CrCamera *self)
{
  g_source_destroy (self->saying);
  g_source_unref (self->saying);
  g_free (self);
}
