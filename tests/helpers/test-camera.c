/* The camera's seam, with the picture that GStreamer paints in a camera's place. */
#include "chartroom/helpers/camera.h"

enum { ENOUGH = 3, DEADLINE_S = 60 };

typedef struct {
  guint frames;
  int width, height;
  cairo_format_t format;
  guint32 first; /* the pixel at the left above */
  GError *error;
} Seen;

static void
seen_cb (cairo_surface_t *frame, const GError *error, gpointer data)
{
  Seen *seen = data;
  if (error != NULL) {
    g_clear_error (&seen->error);
    seen->error = g_error_copy (error);
    return;
  }
  seen->frames++;
  seen->width = cairo_image_surface_get_width (frame);
  seen->height = cairo_image_surface_get_height (frame);
  seen->format = cairo_image_surface_get_format (frame);
  seen->first = *(const guint32 *)(gconstpointer)cairo_image_surface_get_data (frame);
}

static void
wait_for (const Seen *seen)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  while (seen->frames < ENOUGH && seen->error == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
find (const char *which, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  if (g_strcmp0 (g_getenv ("CHARTROOM_CAMERA"), which) != 0)
    g_setenv ("CHARTROOM_CAMERA", which, TRUE);
  cr_camera_find_async (found_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return cr_camera_find_finish (result, error);
}

/* FALSE: the test is skipped, and says why. */
static gboolean
can_paint (void)
{
  g_autoptr (GError) error = NULL;
  if (find ("test", &error))
    return TRUE;
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_test_skip (error->message);
  return FALSE;
}

static void
test_frames (void)
{
  Seen seen = { 0 };
  g_autoptr (CrCamera) camera G_GNUC_UNUSED = NULL;
  if (!can_paint ())
    return;
  camera = cr_camera_start (seen_cb, &seen);
  wait_for (&seen);
  g_assert_no_error (seen.error);
  g_assert_cmpuint (seen.frames, >=, ENOUGH);
  g_assert_cmpint (seen.width, ==, 960); /* of 1280 × 720 */
  g_assert_cmpint (seen.height, ==, 540);
  g_assert_cmpint (seen.format, ==, CAIRO_FORMAT_RGB24);
  guint red = seen.first >> 16 & 0xff, green = seen.first >> 8 & 0xff, blue = seen.first & 0xff;
  g_assert_cmpuint (red, >, 150); /* the first bar is light grey */
  g_assert_cmpuint (MAX (MAX (red, green), blue) - MIN (MIN (red, green), blue), <, 12);
}

static guint
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Nothing comes from one that was stopped, while frames of the next do; the threads do not add up. */
static void
test_stop (void)
{
  Seen stopped = { 0 }, next = { 0 };
  guint before = 0;
  if (!can_paint ())
    return;
  for (guint i = 0; i < 8; i++) {
    CrCamera *camera = cr_camera_start (seen_cb, &stopped);
    stopped.frames = 0;
    wait_for (&stopped);
    g_assert_cmpuint (stopped.frames, >=, ENOUGH);
    cr_camera_stop (camera);
    before = i == 0 ? count_threads () : before;
  }
  stopped.frames = 0;
  CrCamera *camera = cr_camera_start (seen_cb, &next);
  wait_for (&next);
  cr_camera_stop (camera);
  g_assert_cmpuint (next.frames, >=, ENOUGH);
  g_assert_cmpuint (stopped.frames, ==, 0);
  g_assert_cmpuint (count_threads (), <=, before + 3);
}

/* Before it could open: neither a frame nor an error comes, and nothing is left of it. */
static void
test_stop_at_once (void)
{
  Seen early = { 0 }, next = { 0 };
  if (!can_paint ())
    return;
  cr_camera_stop (cr_camera_start (seen_cb, &early));
  CrCamera *camera = cr_camera_start (seen_cb, &next);
  wait_for (&next);
  cr_camera_stop (camera);
  g_assert_cmpuint (next.frames, >=, ENOUGH);
  g_assert_cmpuint (early.frames, ==, 0);
  g_assert_no_error (early.error);
}

static void
test_none (void)
{
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };
  g_assert_false (find ("none", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_FOUND);
  CrCamera *camera = cr_camera_start (seen_cb, &seen);
  wait_for (&seen);
  cr_camera_stop (camera);
  g_assert_error (seen.error, CR_ERROR, CR_ERROR_NOT_FOUND);
  g_assert_cmpstr (seen.error->message, ==, error->message);
  g_assert_nonnull (g_strrstr (seen.error->message, "file"));
  g_assert_cmpuint (seen.frames, ==, 0);
  g_clear_error (&seen.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/none", test_none);
  g_test_add_func ("/camera/frames", test_frames);
  g_test_add_func ("/camera/stop", test_stop);
  g_test_add_func ("/camera/stop-at-once", test_stop_at_once);
  return g_test_run ();
}
