#include "src/ui/schedule/label-dialog.h"
#include "chartroom/render/desk-papers.h"
#include <glib/gi18n.h>
#include <string.h>

#define KEY_RIGHT "label-right"
#define KEY_DOWN "label-down"
#define MOST_MM 20.0
#define LABELS 30 /* on a sheet */

struct _CrLabelDialog {
  GtkWindow parent;
  GtkLabel *count_label, *start_problem, *right_problem, *down_problem;
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

/* What was typed stays as it is, and beside it is said what may be there. */
static gboolean
check (GtkSpinButton *spin, GtkLabel *label, double least, double most, const char *problem)
{
  gtk_spin_button_update (spin);
  double value = gtk_spin_button_get_value (spin);
  gboolean fine = value >= least && value <= most;
  gtk_label_set_label (label, fine ? "" : problem);
  gtk_widget_set_visible (GTK_WIDGET (label), !fine);
  return fine;
}

static gboolean
check_all (CrLabelDialog *self)
{
  gboolean down = check (self->down_spin, self->down_problem, -MOST_MM, MOST_MM, _ ("At most 20 mm."));
  gboolean right = check (self->right_spin, self->right_problem, -MOST_MM, MOST_MM, _ ("At most 20 mm."));
  gboolean start =
      check (self->start_spin, self->start_problem, 1, LABELS, _ ("A sheet has labels 1 to 30."));
  return start && right && down;
}

static void
value_cb (CrLabelDialog *self)
{
  check_all (self);
}

static void
show_cb (CrLabelDialog *self)
{
  if (!check_all (self)) {
    GtkSpinButton *first = gtk_widget_get_visible (GTK_WIDGET (self->start_problem))   ? self->start_spin
                           : gtk_widget_get_visible (GTK_WIDGET (self->right_problem)) ? self->right_spin
                                                                                       : self->down_spin;
    gtk_widget_grab_focus (GTK_WIDGET (first));
    return;
  }
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
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, start_problem);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, right_problem);
  gtk_widget_class_bind_template_child (widget, CrLabelDialog, down_problem);
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

/* "1 label: Maria Garcia"; "12 labels" */
static char *
describe (const GPtrArray *addresses)
{
  if (addresses->len != 1)
    return g_strdup_printf (ngettext ("%u label", "%u labels", addresses->len), addresses->len);
  const char *address = addresses->pdata[0];
  g_autofree char *name = g_strndup (address, strcspn (address, "\n"));
  return g_strdup_printf (_ ("1 label: %s"), name);
}

void
cr_label_dialog_present (CrWindow *window, GPtrArray *addresses)
{
  CrLabelDialog *self = g_object_new (CR_TYPE_LABEL_DIALOG, "transient-for", window, NULL);
  CrSession *session = cr_window_get_session (window);
  g_autofree char *count = describe (addresses);
  self->window = window;
  self->addresses = g_ptr_array_ref (addresses);
  gtk_label_set_label (self->count_label, count);
  gtk_spin_button_set_value (self->start_spin, 1);
  gtk_spin_button_set_value (self->right_spin, kept (session, KEY_RIGHT));
  gtk_spin_button_set_value (self->down_spin, kept (session, KEY_DOWN));
  gtk_window_present (GTK_WINDOW (self));
  g_signal_connect_swapped (self->start_spin, "value-changed", G_CALLBACK (value_cb), self);
  g_signal_connect_swapped (self->right_spin, "value-changed", G_CALLBACK (value_cb), self);
  g_signal_connect_swapped (self->down_spin, "value-changed", G_CALLBACK (value_cb), self);
  gtk_widget_grab_focus (GTK_WIDGET (self->show_button));
}
