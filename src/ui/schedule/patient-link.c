#include "src/ui/schedule/patient-link.h"
#include "src/ui/schedule/patient-picker.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include <glib/gi18n.h>

struct _CrPatientLink {
  GtkWidget parent;
  GtkWidget *box, *label, *link_button, *unlink_button;
  CrPatientPicker *picker;
  CrSession *session;
  CrPatientLine *line;
  gboolean filling; /* name and phone are to be taken over */
};

G_DEFINE_FINAL_TYPE (CrPatientLink, cr_patient_link, GTK_TYPE_WIDGET)

static CrId
linked (CrPatientLink *self)
{
  g_autofree char *text = NULL;
  g_object_get (self->line, "patient", &text, NULL);
  return cr_str_empty (text) ? CR_ID_NONE : g_ascii_strtoll (text, NULL, 10);
}

static void
show (CrPatientLink *self, gboolean picking)
{
  gboolean there = linked (self) != CR_ID_NONE;
  gtk_widget_set_visible (self->label, there);
  gtk_widget_set_visible (self->unlink_button, there);
  gtk_widget_set_visible (self->link_button, !there && !picking);
  gtk_widget_set_visible (GTK_WIDGET (self->picker), !there && picking);
}

static void
fill_blank (CrPatientLink *self, const char *property, const char *text)
{
  g_autofree char *typed = NULL;
  g_object_get (self->line, property, &typed, NULL);
  if (cr_str_empty (typed) && !cr_str_empty (text))
    g_object_set (self->line, property, text, NULL);
}

static void
take_over (CrPatientLink *self, const CrPatient *patient)
{
  g_autofree char *name = g_strdup_printf ("%s %s", patient->given != NULL ? patient->given : "",
                                           patient->family != NULL ? patient->family : "");
  g_autofree char *phone = cr_str_empty (patient->phone) ? NULL : cr_phone_format (patient->phone);
  g_autofree char *address = cr_patient_address (patient);
  fill_blank (self, "name", g_strstrip (name));
  fill_blank (self, "phone", phone);
  fill_blank (self, "address", address);
}

typedef struct {       /* who is that */
  CrPatientLink *link; /* kept alive */
  CrId patient;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->link);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrPatientLink *self = question->link;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (self->box == NULL || linked (self) != question->patient)
    return;
  if (chart == NULL) {
    gtk_label_set_label (GTK_LABEL (self->label), error->message);
    return;
  }
  const CrPatient *patient = cr_chart_get_records (chart)->patient;
  g_autofree char *name = cr_patient_name_list (patient);
  g_autofree char *shown = g_strdup_printf (_ ("%s, MRN %s"), name, patient->mrn);
  gtk_label_set_label (GTK_LABEL (self->label), shown);
  if (self->filling)
    take_over (self, patient);
}

static void
name_it (CrPatientLink *self, gboolean filling)
{
  Question *question = g_new (Question, 1);
  *question = (Question){ g_object_ref (self), linked (self) };
  self->filling = filling;
  gtk_label_set_label (GTK_LABEL (self->label), "…");
  cr_chart_open_office_async (self->session, question->patient, "relative", named_cb, question);
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrPatientLink *self)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, patient);
  cr_patient_picker_stop (picker);
  g_object_set (self->line, "patient", id, NULL);
  show (self, FALSE);
  name_it (self, TRUE);
  gtk_widget_grab_focus (self->unlink_button);
}

static void
link_cb (CrPatientLink *self)
{
  show (self, TRUE);
  cr_patient_picker_start (self->picker, self->session);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

static void
unlink_cb (CrPatientLink *self)
{
  g_object_set (self->line, "patient", "", NULL);
  show (self, FALSE);
  gtk_widget_grab_focus (self->link_button);
}

static void
cr_patient_link_dispose (GObject *object)
{
  CrPatientLink *self = CR_PATIENT_LINK (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->line);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cr_patient_link_parent_class)->dispose (object);
}

static void
cr_patient_link_class_init (CrPatientLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_patient_link_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_button (CrPatientLink *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
cr_patient_link_init (CrPatientLink *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  self->picker = g_object_new (CR_TYPE_PATIENT_PICKER, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (self->box), self->label);
  self->unlink_button = new_button (self, _ ("Unlink"), G_CALLBACK (unlink_cb));
  self->link_button = new_button (self, _ ("Link to a Patient Here…"), G_CALLBACK (link_cb));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->picker));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
}

GtkWidget *
cr_patient_link_new (CrSession *session, CrPatientLine *line)
{
  CrPatientLink *self = g_object_new (CR_TYPE_PATIENT_LINK, NULL);
  self->session = g_object_ref (session);
  self->line = g_object_ref (line);
  show (self, FALSE);
  if (linked (self) != CR_ID_NONE)
    name_it (self, FALSE);
  return GTK_WIDGET (self);
}
