/* The sheet that takes a photo, with the picture that GStreamer paints in a camera's place, and with none. */
#include "src/ui/schedule/photo-camera.h"
#include "chartroom/helpers/camera.h"

enum { DEADLINE_S = 60 };

typedef struct {
  CrPhotoCamera *sheet; /* gone with its window: NULL */
  int width;            /* of what was used; 0: nothing was */
} Taking;

static GtkWidget *
part (const Taking *taking, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (taking->sheet), CR_TYPE_PHOTO_CAMERA, name));
}

/* Until that part is sensitive and shown. */
static void
wait_for (const Taking *taking, const char *name)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  while (!gtk_widget_is_sensitive (part (taking, name)) || !gtk_widget_get_visible (part (taking, name))) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
}

static void
used_cb (CrPhotoCamera *sheet, cairo_surface_t *picture, Taking *taking)
{
  taking->width = cairo_image_surface_get_width (picture);
}

static void
begin (Taking *taking, const char *which)
{
  if (g_strcmp0 (g_getenv ("CHARTROOM_CAMERA"), which) != 0)
    g_setenv ("CHARTROOM_CAMERA", which, TRUE);
  *taking = (Taking){ cr_photo_camera_present (NULL), 0 };
  g_object_add_weak_pointer (G_OBJECT (taking->sheet), (gpointer *)&taking->sheet);
  g_signal_connect (taking->sheet, "used", G_CALLBACK (used_cb), taking);
}

static gboolean
is_default (const Taking *taking, const char *name)
{
  return gtk_window_get_default_widget (GTK_WINDOW (taking->sheet)) == part (taking, name);
}

static void
test_none (void)
{
  Taking taking;
  begin (&taking, "none");
  wait_for (&taking, "error_label");
  g_assert_nonnull (g_strrstr (gtk_label_get_label (GTK_LABEL (part (&taking, "error_label"))), "camera"));
  g_assert_false (gtk_widget_get_visible (part (&taking, "status_label")));
  g_assert_false (gtk_widget_is_sensitive (part (&taking, "take_button")));
  g_assert_false (gtk_widget_is_sensitive (part (&taking, "use_button")));
  g_assert_true (gtk_widget_is_sensitive (part (&taking, "again_button")));
  gtk_window_destroy (GTK_WINDOW (taking.sheet));
  g_assert_null (taking.sheet);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* FALSE: the test is skipped, and says why. */
static gboolean
can_paint (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_setenv ("CHARTROOM_CAMERA", "test", TRUE);
  cr_camera_find_async (found_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (cr_camera_find_finish (result, &error))
    return TRUE;
  g_test_skip (error->message);
  return FALSE;
}

/* Nothing can be used before it was taken, nor taken before there is a picture; then again, then used. */
static void
test_taken (void)
{
  Taking taking;
  if (!can_paint ())
    return;
  begin (&taking, "test");
  g_assert_false (gtk_widget_is_sensitive (part (&taking, "take_button")));
  gtk_widget_activate_action (GTK_WIDGET (taking.sheet), "camera.use", NULL);
  g_assert_nonnull (taking.sheet);
  wait_for (&taking, "take_button");
  g_assert_true (is_default (&taking, "take_button"));
  gtk_widget_activate_action (GTK_WIDGET (taking.sheet), "camera.use", NULL);
  g_assert_nonnull (taking.sheet);
  g_signal_emit_by_name (part (&taking, "take_button"), "clicked");
  g_assert_true (is_default (&taking, "use_button"));
  g_assert_false (gtk_widget_is_sensitive (part (&taking, "take_button")));
  g_signal_emit_by_name (part (&taking, "again_button"), "clicked");
  g_assert_false (gtk_widget_is_sensitive (part (&taking, "use_button")));
  wait_for (&taking, "take_button");
  g_signal_emit_by_name (part (&taking, "take_button"), "clicked");
  gtk_widget_activate_action (GTK_WIDGET (taking.sheet), "camera.use", NULL);
  g_assert_cmpint (taking.width, ==, 960);
  g_assert_null (taking.sheet);
}

/* As a lock closes it: nothing is used, nothing is left. */
static void
test_closed (void)
{
  Taking taking;
  if (!can_paint ())
    return;
  begin (&taking, "test");
  wait_for (&taking, "take_button");
  gtk_window_destroy (GTK_WINDOW (taking.sheet));
  g_assert_null (taking.sheet);
  g_assert_cmpint (taking.width, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display here\n");
    return 0;
  }
  g_test_add_func ("/photo-camera/none", test_none);
  g_test_add_func ("/photo-camera/taken", test_taken);
  g_test_add_func ("/photo-camera/closed", test_closed);
  return g_test_run ();
}
