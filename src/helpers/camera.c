#include "chartroom/helpers/camera.h"
#include <glib/gi18n.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <string.h>

/* Cairo's RGB24, and no more of it than a photo needs. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define FORMAT "BGRx"
#else
#define FORMAT "xRGB"
#endif
#define TO_FRAMES                                                                                            \
  "videoconvert ! videoscale ! video/x-raw,format=" FORMAT ",width=[1,960],pixel-aspect-ratio=1/1 ! "        \
  "appsink name=frames max-buffers=1 drop=true sync=false"
#define TEST_SOURCE                                                                                          \
  "videotestsrc is-live=true pattern=smpte ! capsfilter "                                                    \
  "caps=video/x-raw,width=1280,height=720,framerate=30/1"

/* Held by who started it, by the thread that opens the camera, by GStreamer's callbacks and by a frame on its
 * way. */
struct _CrCamera {
  CrCameraCallback callback;
  gpointer data;
  GMainContext *context;
  GMutex switching;     /* guards the two below; held while the camera is switched on */
  GstElement *pipeline; /* NULL: not yet, or not any more */
  gboolean stopped;
  GMutex mutex;           /* guards the three below; held for moments only */
  cairo_surface_t *frame; /* the newest that was not yet handed over */
  GError *error;          /* the first */
  gboolean on_its_way;    /* the context is about to hand over what there is */
};

/* ---- which camera ---- */

static gboolean
fail_plugins (GError **error)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                       _ ("The camera cannot be used: parts of GStreamer are missing. Install "
                          "gstreamer1.0-plugins-base and gstreamer1.0-plugins-good."));
  return FALSE;
}

static gboolean
fail_none (GError **error)
{
  g_set_error_literal (error, CR_ERROR, CR_ERROR_NOT_FOUND,
                       _ ("No camera was found. Plug it in and try again, or choose a file instead."));
  return FALSE;
}

static GstElement *
source_of_devices (GError **error)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  GstElement *source = NULL;
  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  GList *devices = gst_device_monitor_get_devices (monitor);
  for (GList *at = devices; at != NULL && source == NULL; at = at->next)
    source = gst_device_create_element (at->data, NULL);
  g_list_free_full (devices, gst_object_unref);
  if (source == NULL)
    fail_none (error);
  return source;
}

/* The first that there is, still off; floating. */
static GstElement *
find_source (GError **error)
{
  const char *told = g_getenv ("CHARTROOM_CAMERA");
  g_autoptr (GstElementFactory) painted = NULL;
  if (!gst_init_check (NULL, NULL, NULL)) {
    fail_plugins (error);
    return NULL;
  }
  if (g_strcmp0 (told, "none") == 0) {
    fail_none (error);
    return NULL;
  }
  if (g_strcmp0 (told, "test") != 0)
    return source_of_devices (error);
  painted = gst_element_factory_find ("videotestsrc");
  if (painted == NULL) {
    fail_plugins (error);
    return NULL;
  }
  return gst_parse_bin_from_description (TEST_SOURCE, TRUE, error);
}

static void
find_thread (GTask *task, gpointer none, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GstElement *source = find_source (&error);
  if (source == NULL) {
    g_task_return_error (task, error);
    return;
  }
  gst_object_unref (gst_object_ref_sink (source));
  g_task_return_boolean (task, TRUE);
}

void
cr_camera_find_async (GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  g_task_run_in_thread (task, find_thread);
}

gboolean
cr_camera_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- handing over ---- */

static void
clear_camera (gpointer data)
{
  CrCamera *self = data;
  g_clear_pointer (&self->frame, cairo_surface_destroy);
  g_clear_error (&self->error);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->switching);
  g_mutex_clear (&self->mutex);
}

static void
let_go (gpointer self)
{
  g_atomic_rc_box_release_full (self, clear_camera);
}

static gboolean
hand_over_cb (gpointer data)
{
  CrCamera *self = data;
  g_mutex_lock (&self->mutex);
  cairo_surface_t *frame = g_steal_pointer (&self->frame);
  g_autoptr (GError) error = g_steal_pointer (&self->error);
  self->on_its_way = FALSE;
  g_mutex_unlock (&self->mutex);
  if (!self->stopped && error != NULL)
    self->callback (NULL, error, self->data);
  else if (!self->stopped && frame != NULL)
    self->callback (frame, NULL, self->data);
  g_clear_pointer (&frame, cairo_surface_destroy);
  return G_SOURCE_REMOVE;
}

/* From whatever thread; takes both.  A frame that nobody looked at yet gives way to the next. */
static void
post (CrCamera *self, cairo_surface_t *frame, GError *error)
{
  g_mutex_lock (&self->mutex);
  if (frame != NULL) {
    g_clear_pointer (&self->frame, cairo_surface_destroy);
    self->frame = frame;
  }
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
  gboolean call = !self->on_its_way;
  self->on_its_way = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!call)
    return;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_callback (source, hand_over_cb, g_atomic_rc_box_acquire (self), let_go);
  g_source_attach (source, self->context);
}

/* ---- in GStreamer's threads ---- */

static cairo_surface_t *
copy_frame (GstVideoFrame *frame)
{
  int width = GST_VIDEO_FRAME_WIDTH (frame), height = GST_VIDEO_FRAME_HEIGHT (frame);
  cairo_surface_t *copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint8 *to = cairo_image_surface_get_data (copy);
  const guint8 *from = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  for (int y = 0; to != NULL && y < height; y++)
    memcpy (to + (gsize)y * (gsize)cairo_image_surface_get_stride (copy),
            from + (gsize)y * (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0), (gsize)width * 4);
  cairo_surface_mark_dirty (copy);
  return copy;
}

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer self)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstVideoInfo info;
  GstVideoFrame frame;
  if (sample == NULL || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return GST_FLOW_OK;
  post (self, copy_frame (&frame), NULL);
  gst_video_frame_unmap (&frame);
  return GST_FLOW_OK;
}

static GError *
sentence (const GError *why)
{
  if (g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return g_error_new_literal (
        CR_ERROR, CR_ERROR_LOCKED,
        _ ("Another program uses the camera. Close it there, a video call for example, then try again."));
  if (g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE) ||
      g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ) ||
      g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED))
    return g_error_new_literal (CR_ERROR, CR_ERROR_NOT_ALLOWED,
                                _ ("The camera may not be opened from this account. Ask whoever looks after "
                                   "the computer for access to it (the group “video”)."));
  if (g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND) ||
      g_error_matches (why, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ))
    return g_error_new_literal (CR_ERROR, CR_ERROR_NOT_FOUND,
                                _ ("The camera does not answer any more. Plug it in again, then try again."));
  return g_error_new (CR_ERROR, CR_ERROR_IO,
                      _ ("The camera gives no picture (%s). Plug it in again, or choose a file instead."),
                      why->message);
}

static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer self)
{
  g_autoptr (GError) why = NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &why, NULL);
    post (self, NULL, sentence (why));
  } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
    why = g_error_new_literal (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, "");
    post (self, NULL, sentence (why));
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* ---- on and off ---- */

static void
listen (CrCamera *self, GstElement *pipeline, GstElement *frames)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (frames), "frames");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstAppSinkCallbacks callbacks = { .new_sample = sample_cb };
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, g_atomic_rc_box_acquire (self), let_go);
  gst_bus_set_sync_handler (bus, message_cb, g_atomic_rc_box_acquire (self), let_go);
}

static GstElement *
new_pipeline (CrCamera *self, GError **error)
{
  GstElement *source = find_source (error);
  if (source == NULL)
    return NULL;
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_bin_add (GST_BIN (pipeline), source);
  GstElement *frames = gst_parse_bin_from_description (TO_FRAMES, TRUE, NULL);
  if (frames == NULL) {
    fail_plugins (error);
    return NULL;
  }
  gst_bin_add (GST_BIN (pipeline), frames);
  if (!gst_element_link (source, frames)) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_IO,
                         _ ("The camera gives pictures of a kind that Chartroom cannot read. Try another "
                            "camera, or choose a file instead."));
    return NULL;
  }
  listen (self, pipeline, frames);
  return g_steal_pointer (&pipeline);
}

static void
switch_off (GstElement *pipeline)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* Opening a camera may take a second; what goes wrong in it comes as a message, too, and the first counts. */
static gpointer
start_thread (gpointer data)
{
  CrCamera *self = data;
  GError *error = NULL;
  GstElement *pipeline = new_pipeline (self, &error);
  g_mutex_lock (&self->switching);
  if (pipeline == NULL) {
    post (self, NULL, error);
  } else if (self->stopped) {
    switch_off (pipeline);
  } else {
    self->pipeline = pipeline;
    if (gst_element_set_state (pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
      g_autoptr (GError) why =
          g_error_new_literal (GST_CORE_ERROR, GST_CORE_ERROR_STATE_CHANGE, _ ("it does not start"));
      post (self, NULL, sentence (why));
    }
  }
  g_mutex_unlock (&self->switching);
  let_go (self);
  return NULL;
}

CrCamera *
cr_camera_start (CrCameraCallback callback, gpointer data)
{
  CrCamera *self = g_atomic_rc_box_new0 (CrCamera);
  self->callback = callback;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->switching);
  g_mutex_init (&self->mutex);
  g_thread_unref (g_thread_new ("camera", start_thread, g_atomic_rc_box_acquire (self)));
  return self;
}

void
cr_camera_stop (CrCamera *self)
{
  g_mutex_lock (&self->switching);
  self->stopped = TRUE;
  GstElement *pipeline = g_steal_pointer (&self->pipeline);
  g_mutex_unlock (&self->switching);
  if (pipeline != NULL)
    switch_off (pipeline);
  let_go (self);
}
