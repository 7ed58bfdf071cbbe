/* The camera of this computer, where it has one, through GStreamer.  Frames are memory and go nowhere else;
 * no file is written and nothing is sent.  A program built without GStreamer never has a camera.
 * CHARTROOM_CAMERA, for tests: "test" is a picture that GStreamer paints, "none" is no camera. */
#pragma once
#include <cairo.h>
#include <gio/gio.h>
#include "chartroom/base/error.h"

/* Is there one?  Looked for in a thread of its own, without switching it on. */
void cr_camera_find_async (GAsyncReadyCallback callback, gpointer data);
/* FALSE and NOT_FOUND: none, or none that may be used, with the reason. */
gboolean cr_camera_find_finish (GAsyncResult *result, GError **error);

typedef struct _CrCamera CrCamera;
/* Called in the context of who started it.  frame: RGB24, as the camera sees it, at most 960 pixels wide, the
 * caller's to reference; or NULL and an error, after which no frame comes: NOT_FOUND (none, or it was
 * unplugged), LOCKED (another program has it), NOT_ALLOWED (no permission), IO. */
typedef void (*CrCameraCallback) (cairo_surface_t *frame, const GError *error, gpointer data);
/* Returns at once; frames follow until it is stopped. */
CrCamera *cr_camera_start (CrCameraCallback callback, gpointer data);
/* Switches it off and frees it; the callback is not called any more. */
void cr_camera_stop (CrCamera *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrCamera, cr_camera_stop)
