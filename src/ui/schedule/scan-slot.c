#include "src/ui/schedule/scan-slot.h"
#include "src/ui/schedule/photo-camera.h"
#include "src/ui/shell/patient-picture.h"
#include "src/ui/shell/pdf-view.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/helpers/camera.h"
#include <glib/gi18n.h>

enum { SMALL = 132, LARGE = 760 };

struct _CrScanSlot {
  GtkWidget parent;
  GtkWidget *box, *picture, *none_label, *choose_button, *camera_button, *remove_button;
  GtkLabel *message;
  CrSession *session;
  CrId patient;
  GObject *owner;
  char *slot, *label;
  const CrScanAccess *access;
  cairo_surface_t *page; /* shown; NULL: nothing is, or not yet */
  gboolean reading;
  char *uri; /* of the file that was chosen last */
};

G_DEFINE_FINAL_TYPE (CrScanSlot, cr_scan_slot, GTK_TYPE_WIDGET)

static const CrLineFile *
file_of (CrScanSlot *self)
{
  return self->access->get (self->owner, self->slot);
}

static gboolean
has_file (CrScanSlot *self)
{
  return file_of (self)->chosen != NULL || file_of (self)->document != CR_ID_NONE;
}

static void
say (CrScanSlot *self, const char *sentence)
{
  gtk_label_set_label (self->message, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), sentence != NULL);
}

/* After their labels: a new label is the new name. */
static void
name_buttons (CrScanSlot *self)
{
  g_autofree char *large = g_strdup_printf (_ ("%s, show it large"), self->label);
  g_autofree char *choose = g_strdup_printf (_ ("%s, choose a file"), self->label);
  g_autofree char *camera = g_strdup_printf (_ ("%s, take it with the camera"), self->label);
  g_autofree char *drop = g_strdup_printf (_ ("%s, remove"), self->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, large, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose_button), GTK_ACCESSIBLE_PROPERTY_LABEL, choose,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->camera_button), GTK_ACCESSIBLE_PROPERTY_LABEL, camera,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, drop,
                                  -1);
}

static void
refresh (CrScanSlot *self)
{
  gboolean there = has_file (self);
  GtkWidget *view = self->page != NULL ? cr_page_view_new (self->page, SMALL, self->label) : NULL;
  gtk_button_set_child (GTK_BUTTON (self->picture), view);
  gtk_widget_set_visible (self->picture, view != NULL);
  gtk_label_set_label (GTK_LABEL (self->none_label), self->reading ? _ ("Reading…") : _ ("None"));
  gtk_widget_set_visible (self->none_label, view == NULL);
  gtk_button_set_label (GTK_BUTTON (self->choose_button), there ? _ ("Replace…") : _ ("Choose File…"));
  gtk_widget_set_visible (self->remove_button, there);
  gtk_widget_set_sensitive (self->choose_button, !self->reading);
  gtk_widget_set_sensitive (self->camera_button, !self->reading);
  name_buttons (self);
}

static void
show_page (CrScanSlot *self, cairo_surface_t *page)
{
  g_clear_pointer (&self->page, cairo_surface_destroy);
  self->page = page != NULL ? cairo_surface_reference (page) : NULL;
  self->reading = FALSE;
  refresh (self);
}

/* ---- what is stored ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrScanSlot) self = data;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *page = cr_patient_picture_load_finish (result, &error);
  gboolean wanted = self->box != NULL && file_of (self)->document != CR_ID_NONE; /* not removed meanwhile */
  if (wanted)
    show_page (self, page);
  if (wanted && page == NULL)
    say (self, error->message);
  g_clear_pointer (&page, cairo_surface_destroy);
}

/* Where there is none, nothing tells of it. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrScanSlot) self = data;
  gboolean found = cr_camera_find_finish (result, NULL);
  if (self->box != NULL)
    gtk_widget_set_visible (self->camera_button, found);
}

/* Read when it is looked at, not before: each reading is in the audit. */
static void
map_cb (CrScanSlot *self)
{
  if (self->access->longest > 0)
    cr_camera_find_async (found_cb, g_object_ref (self));
  if (self->page != NULL || self->reading || file_of (self)->document == CR_ID_NONE)
    return;
  self->reading = TRUE;
  refresh (self);
  cr_patient_picture_load_async (self->session, self->patient, file_of (self)->document, loaded_cb,
                                 g_object_ref (self));
}

/* ---- choosing ---- */

/* content: of the file as it is; NULL for one that is no file. */
static void
take (CrScanSlot *self, GBytes *content, cairo_surface_t *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) small =
      self->access->longest > 0 ? cr_document_page_small (page, self->access->longest) : NULL;
  if (self->access->set (self->owner, self->slot, small != NULL ? small : content, &error))
    show_page (self, page);
  else
    say (self, error->message);
}

/* The chooser tells the desktop what was used lately: a file's name may name a patient. */
static void
forget_name (CrScanSlot *self)
{
  if (self->uri != NULL)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), self->uri, NULL);
  g_clear_pointer (&self->uri, g_free);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrScanSlot) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChosenFile) chosen = cr_chosen_file_read_finish (result, &error);
  forget_name (self);
  if (self->box == NULL)
    return;
  self->reading = FALSE;
  if (chosen != NULL)
    take (self, chosen->content, chosen->pages->pdata[0]);
  else
    say (self, error->message);
  refresh (self);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, CrScanSlot *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  if (file != NULL) {
    say (self, NULL);
    g_free (self->uri);
    self->uri = g_file_get_uri (file);
    self->reading = TRUE;
    refresh (self);
    cr_chosen_file_read_async (file, self->access->longest > 0, read_cb, g_object_ref (self));
  }
  g_object_unref (dialog);
}

static void
choose_cb (CrScanSlot *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (self->label, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Take"), NULL);
  gtk_file_filter_set_name (filter, self->access->longest > 0 ? _ ("Pictures") : _ ("Pictures and PDFs"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  if (self->access->longest == 0)
    gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
used_cb (CrPhotoCamera *sheet, cairo_surface_t *picture, CrScanSlot *self)
{
  say (self, NULL);
  take (self, NULL, picture);
}

static void
camera_cb (CrScanSlot *self)
{
  GtkWindow *over = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_signal_connect_object (cr_photo_camera_present (over), "used", G_CALLBACK (used_cb), self, 0);
}

static void
remove_cb (CrScanSlot *self)
{
  self->access->set (self->owner, self->slot, NULL, NULL);
  say (self, NULL);
  show_page (self, NULL);
  gtk_widget_grab_focus (self->choose_button);
}

/* ---- large ---- */

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWindow *window)
{
  if (key == GDK_KEY_Escape)
    gtk_window_destroy (window);
  return key == GDK_KEY_Escape;
}

static void
enlarge_cb (CrScanSlot *self)
{
  GtkWidget *window = gtk_window_new (), *scroll = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *view = cr_page_view_new (self->page, LARGE, self->label);
  gtk_window_set_title (GTK_WINDOW (window), self->label);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), LARGE + 60, 640);
  gtk_widget_set_halign (view, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (view, GTK_ALIGN_CENTER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  gtk_window_set_child (GTK_WINDOW (window), scroll);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), window);
  gtk_widget_add_controller (window, keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroll), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (scroll);
}

/* ---- class ---- */

static void
cr_scan_slot_dispose (GObject *object)
{
  CrScanSlot *self = CR_SCAN_SLOT (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->page, cairo_surface_destroy);
  g_clear_pointer (&self->slot, g_free);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->owner);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_scan_slot_parent_class)->dispose (object);
}

static void
cr_scan_slot_class_init (CrScanSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_scan_slot_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_button (CrScanSlot *self, GtkWidget *box, GCallback callback)
{
  GtkWidget *button = gtk_button_new ();
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  cr_wrap_box_append (CR_WRAP_BOX (box), button);
  return button;
}

static void
cr_scan_slot_init (CrScanSlot *self)
{
  GtkWidget *line = g_object_new (CR_TYPE_WRAP_BOX, "spacing", 9, "line-spacing", 6, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->picture = new_button (self, line, G_CALLBACK (enlarge_cb));
  self->none_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->none_label, "text-2");
  cr_wrap_box_append (CR_WRAP_BOX (line), self->none_label);
  self->choose_button = new_button (self, line, G_CALLBACK (choose_cb));
  self->camera_button = new_button (self, line, G_CALLBACK (camera_cb));
  self->remove_button = new_button (self, line, G_CALLBACK (remove_cb));
  gtk_button_set_label (GTK_BUTTON (self->camera_button), _ ("Take Photo…"));
  gtk_button_set_label (GTK_BUTTON (self->remove_button), _ ("Remove"));
  gtk_widget_set_visible (self->camera_button, FALSE);
  gtk_widget_set_tooltip_text (self->picture, _ ("Show it large"));
  gtk_widget_add_css_class (self->picture, "flat");
  self->message = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                           "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "field-problem");
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->message));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
cr_scan_slot_new (CrSession *session, gint64 patient, GObject *owner, const char *slot,
                  const CrScanAccess *access, const char *label)
{
  CrScanSlot *self = g_object_new (CR_TYPE_SCAN_SLOT, NULL);
  self->session = g_object_ref (session);
  self->patient = patient;
  self->owner = g_object_ref (owner);
  self->slot = g_strdup (slot);
  self->label = g_strdup (label);
  self->access = access;
  refresh (self);
  return GTK_WIDGET (self);
}
