#include "src/ui/schedule/label-dialog.h"
#include "chartroom/render/desk-papers.h"
#include <glib/gi18n.h>

#define KEY_RIGHT "label-right"
#define KEY_DOWN "label-down"

struct _CrLabelDialog {
  GtkWindow parent;
  GtkLabel *count_label;
  GtkSpinButton *start_spin, *right_spin, *down_spin;
  GtkCheckButton *outline_check;
  GtkButton *show_button;
  CrWindow *window; /* transient for it */
  GPtrArray *addresses;
};

G_DEFINE_FINAL_TYPE (CrLabelDialog, cr_label_dialog, GTK_TYPE_WINDOW)

/* Millimetres, as the person set them; without the locale's decimal comma. */
static double
kept (CrSession *session, const char *key)
{
  const char *text = cr_session_get_preference (session, key);
  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

static void
keep (CrSession *session, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  cr_session_set_preference (session, key, g_ascii_formatd (text, sizeof text, "%.1f", value));
}

static void
show_cb (CrLabelDialog *self)
{
  CrWindow *window = self->window;
  CrSession *session = cr_window_get_session (window);
  CrLabelSheetContent content = { self->addresses,
                                  (guint)gtk_spin_button_get_value_as_int (self->start_spin) - 1,
                                  gtk_spin_button_get_value (self->right_spin),
                                  gtk_spin_button_get_value (self->down_spin),
                                  gtk_check_button_get_active (self->outline_check) };
  CrPaperMeta meta = { cr_clock_now (cr_session_get_clock (session)), NULL };
  g_autoptr (CrPaper) paper = cr_label_sheet (&content);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (paper, &meta, &error);
  keep (session, KEY_RIGHT, content.right_mm);
  keep (session, KEY_DOWN, content.down_mm);
  gtk_window_destroy (GTK_WINDOW (self));
  if (pdf != NULL)
    cr_window_present_pdf (window, pdf, _ ("Address Labels"), "labels.pdf", "address-label", CR_ID_NONE,
                           CR_ID_NONE);
  else
    cr_window_show_error (window, error);
}

static void
cr_label_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CR_LABEL_DIALOG (object)->addresses, g_ptr_array_unref);
  G_OBJECT_CLASS (cr_label_dialog_parent_class)->finalize (object);
}

static void
cr_label_dialog_class_init (CrLabelDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_label_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/label-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, count_label);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, start_spin);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, right_spin);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, down_spin);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, outline_check);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, show_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_label_dialog_init (CrLabelDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->show_button, "clicked", G_CALLBACK (show_cb), self);
}

void
cr_label_dialog_present (CrWindow *window, GPtrArray *addresses)
{
  CrLabelDialog *self = g_object_new (CR_TYPE_LABEL_DIALOG, "transient-for", window, NULL);
  CrSession *session = cr_window_get_session (window);
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u label", "%u labels", addresses->len), addresses->len);
  self->window = window;
  self->addresses = g_ptr_array_ref (addresses);
  gtk_label_set_label (self->count_label, count);
  gtk_spin_button_set_value (self->start_spin, 1);
  gtk_spin_button_set_value (self->right_spin, kept (session, KEY_RIGHT));
  gtk_spin_button_set_value (self->down_spin, kept (session, KEY_DOWN));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->show_button));
}
