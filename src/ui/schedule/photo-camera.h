/* Takes a picture with the camera: live, taken, used.  Signal "used" (cairo_surface_t *picture): that one;
 * the sheet closes after it.  The camera is off and the frames are gone when the sheet closes, for whatever
 * reason. */
#pragma once
#include <gtk/gtk.h>

#define CR_TYPE_PHOTO_CAMERA (cr_photo_camera_get_type ())
G_DECLARE_FINAL_TYPE (CrPhotoCamera, cr_photo_camera, CR, PHOTO_CAMERA, GtkWindow)
CrPhotoCamera *cr_photo_camera_present (GtkWindow *over);
