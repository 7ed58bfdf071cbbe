#include "src/ui/shell/patient-photo.h"
#include "src/ui/shell/patient-picture.h"
#include <glib/gi18n.h>

enum { SIDE = 48 };

struct _CrPatientPhoto {
  GtkWidget parent;
  CrId photo;               /* shown or being read */
  cairo_surface_t *picture; /* NULL: nothing to show yet */
};

G_DEFINE_FINAL_TYPE (CrPatientPhoto, cr_patient_photo, GTK_TYPE_WIDGET)

static void
show_picture (CrPatientPhoto *self, cairo_surface_t *picture)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = picture;
  gtk_widget_set_visible (GTK_WIDGET (self), picture != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

typedef struct {
  CrPatientPhoto *self;
  CrId photo;
} Reading;

/* One that cannot be read is left out: a chart is opened for more than its picture. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (CrPatientPhoto) self = reading->self;
  cairo_surface_t *picture = cr_patient_picture_load_finish (result, NULL);
  if (reading->photo == self->photo)
    show_picture (self, picture);
  else
    g_clear_pointer (&picture, cairo_surface_destroy);
}

static void
cr_patient_photo_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

/* The middle of the picture fills the square. */
static void
cr_patient_photo_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CrPatientPhoto *self = CR_PATIENT_PHOTO (widget);
  double width = self->picture != NULL ? cairo_image_surface_get_width (self->picture) : 0;
  double height = self->picture != NULL ? cairo_image_surface_get_height (self->picture) : 0;
  if (width < 1 || height < 1)
    return;
  double scale = MAX (SIDE / width, SIDE / height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, SIDE, SIDE));
  cairo_rectangle (cr, 0, 0, SIDE, SIDE);
  cairo_clip (cr);
  cairo_translate (cr, (SIDE - width * scale) / 2, (SIDE - height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
cr_patient_photo_dispose (GObject *object)
{
  CrPatientPhoto *self = CR_PATIENT_PHOTO (object);
  self->photo = CR_ID_NONE;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  G_OBJECT_CLASS (cr_patient_photo_parent_class)->dispose (object);
}

static void
cr_patient_photo_class_init (CrPatientPhotoClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_patient_photo_dispose;
  widget->measure = cr_patient_photo_measure;
  widget->snapshot = cr_patient_photo_snapshot;
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cr_patient_photo_init (CrPatientPhoto *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Photo of the patient"), -1);
}

void
cr_patient_photo_show (CrPatientPhoto *self, CrSession *session, gint64 patient, gint64 photo)
{
  if (photo == self->photo)
    return;
  self->photo = photo;
  show_picture (self, NULL);
  if (photo == CR_ID_NONE)
    return;
  Reading *reading = g_new0 (Reading, 1);
  *reading = (Reading){ g_object_ref (self), photo };
  cr_patient_picture_load_async (session, patient, photo, read_cb, reading);
}
