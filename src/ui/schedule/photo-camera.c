#include "src/ui/schedule/photo-camera.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/helpers/camera.h"
#include <glib/gi18n.h>

struct _CrPhotoCamera {
  GtkWindow parent;
  GtkWidget *picture, *again_button, *take_button, *use_button;
  GtkLabel *status_label, *error_label;
  CrCamera *camera;       /* NULL: off */
  cairo_surface_t *frame; /* the newest, or the one taken; NULL: none yet */
  gboolean taken;
};

enum { USED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPhotoCamera, cr_photo_camera, GTK_TYPE_WINDOW)

/* ---- showing ---- */

static const char *
status_words (CrPhotoCamera *self)
{
  if (self->frame == NULL)
    return _ ("No picture from the camera yet");
  return self->taken ? _ ("As it will be kept, once you use it")
                     : _ ("The camera is on: Enter takes the picture");
}

static void
show_error (CrPhotoCamera *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), sentence != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), sentence == NULL);
}

static void
refresh (CrPhotoCamera *self)
{
  gboolean live = self->camera != NULL && self->frame != NULL && !self->taken;
  gtk_label_set_label (self->status_label, status_words (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  status_words (self), -1);
  gtk_widget_set_sensitive (self->take_button, live);
  gtk_widget_set_sensitive (self->again_button, self->taken || self->camera == NULL);
  gtk_widget_set_sensitive (self->use_button, self->taken);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->taken ? self->use_button : self->take_button);
  gtk_widget_queue_draw (self->picture);
}

/* Live it is a mirror, as everybody expects of one; what was taken is shown as it will be kept. */
static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  CrPhotoCamera *self = data;
  if (self->frame == NULL)
    return;
  double of_width = cairo_image_surface_get_width (self->frame);
  double of_height = cairo_image_surface_get_height (self->frame);
  double scale = MIN (width / of_width, height / of_height);
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_scale (cr, self->taken ? scale : -scale, scale);
  cairo_set_source_surface (cr, self->frame, -of_width / 2, -of_height / 2);
  cairo_paint (cr);
}

/* ---- the camera ---- */

static void
forget_frame (CrPhotoCamera *self)
{
  g_clear_pointer (&self->frame, cairo_surface_destroy);
  self->taken = FALSE;
}

static void
frame_cb (cairo_surface_t *frame, const GError *error, gpointer data)
{
  CrPhotoCamera *self = data;
  gboolean first = self->frame == NULL;
  if (error != NULL) {
    g_clear_pointer (&self->camera, cr_camera_stop);
    if (!self->taken)
      forget_frame (self);
    show_error (self, error->message);
    refresh (self);
    return;
  }
  if (self->taken)
    return;
  g_clear_pointer (&self->frame, cairo_surface_destroy);
  self->frame = cairo_surface_reference (frame);
  if (first)
    refresh (self);
  gtk_widget_queue_draw (self->picture);
}

static void
start (CrPhotoCamera *self)
{
  forget_frame (self);
  show_error (self, NULL);
  if (self->camera == NULL)
    self->camera = cr_camera_start (frame_cb, self);
  gtk_widget_grab_focus (self->picture);
  refresh (self);
}

static void
take_cb (CrPhotoCamera *self)
{
  self->taken = TRUE;
  refresh (self);
  gtk_widget_grab_focus (self->use_button);
}

static void
use_cb (CrPhotoCamera *self)
{
  if (!self->taken)
    return;
  g_signal_emit (self, signals[USED], 0, self->frame);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- class ---- */

static void
use_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  use_cb (CR_PHOTO_CAMERA (widget));
}

static void
cr_photo_camera_dispose (GObject *object)
{
  CrPhotoCamera *self = CR_PHOTO_CAMERA (object);
  g_clear_pointer (&self->camera, cr_camera_stop);
  forget_frame (self);
  G_OBJECT_CLASS (cr_photo_camera_parent_class)->dispose (object);
}

static void
cr_photo_camera_class_init (CrPhotoCameraClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_photo_camera_dispose;
  g_type_ensure (CR_TYPE_WRAP_BOX);
  signals[USED] = g_signal_new ("used", CR_TYPE_PHOTO_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/photo-camera.ui");
  gtk_widget_class_bind_template_child (widget, CrPhotoCamera, picture);
  gtk_widget_class_bind_template_child (widget, CrPhotoCamera, status_label);
  gtk_widget_class_bind_template_child (widget, CrPhotoCamera, error_label);
  gtk_widget_class_bind_template_child (widget, CrPhotoCamera, again_button);
  gtk_widget_class_bind_template_child (widget, CrPhotoCamera, take_button);
  gtk_widget_class_bind_template_child (widget, CrPhotoCamera, use_button);
  gtk_widget_class_install_action (widget, "camera.use", NULL, use_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "camera.use", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "camera.use", NULL);
}

static void
cr_photo_camera_init (CrPhotoCamera *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->picture), draw_cb, self, NULL);
  g_signal_connect_swapped (self->again_button, "clicked", G_CALLBACK (start), self);
  g_signal_connect_swapped (self->take_button, "clicked", G_CALLBACK (take_cb), self);
  g_signal_connect_swapped (self->use_button, "clicked", G_CALLBACK (use_cb), self);
  refresh (self);
}

CrPhotoCamera *
cr_photo_camera_present (GtkWindow *over)
{
  CrPhotoCamera *self = g_object_new (CR_TYPE_PHOTO_CAMERA, "transient-for", over, NULL);
  start (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
