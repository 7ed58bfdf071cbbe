#include "src/ui/schedule/patient-field.h"
#include "src/ui/schedule/patient-picker.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/focus.h"
#include <glib/gi18n.h>

struct _CrPatientField {
  GtkWidget parent;
  GtkWidget *root, *search_box, *chosen_box, *change_button;
  CrPatientPicker *picker;
  GtkLabel *name_label, *identity_label, *problem_label;
  CrWindow *window; /* borrowed: its dialog is transient for it */
  GtkWidget *next;  /* borrowed: in the same dialog; NULL */
  char *from, *name;
  CrId patient;
  guint asked; /* counts patients asked for: only the last one's answer counts */
};

enum { FOUND_HEIGHT = 180 }; /* pixels: some of those found can be read without scrolling */

typedef struct {
  CrPatientField *self;
  guint number;
} Question;

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPatientField, cr_patient_field, GTK_TYPE_WIDGET)

static void
say (CrPatientField *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

/* name NULL: nobody, or not known yet. */
static void
show (CrPatientField *self, CrId patient, const char *name, const char *identity)
{
  gboolean other = self->patient != patient;
  self->patient = patient;
  g_free (self->name);
  self->name = g_strdup (name);
  say (self, NULL);
  gtk_label_set_label (self->name_label, name != NULL ? name : "…");
  gtk_label_set_label (self->identity_label, identity != NULL ? identity : "");
  gtk_widget_set_visible (self->search_box, patient == CR_ID_NONE);
  gtk_widget_set_visible (self->chosen_box, patient != CR_ID_NONE);
  if (patient != CR_ID_NONE)
    cr_patient_picker_stop (self->picker);
  else
    cr_patient_picker_start (self->picker, cr_window_get_session (self->window));
  if (other)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- reading ---- */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (CrPatientField) self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (question->number != self->asked || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (chart != NULL) {
    cr_patient_field_show (self, cr_chart_get_records (chart)->patient);
    return;
  }
  show (self, CR_ID_NONE, NULL, NULL);
  say (self, error->message);
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrPatientField *self)
{
  cr_patient_field_choose (self, patient);
  if (self->next != NULL)
    gtk_widget_grab_focus (self->next);
}

static void
register_cb (CrPatientPicker *picker, const char *words, CrPatientField *self)
{
  g_autofree char *typed = g_strdup (words);
  g_autoptr (GtkWindow) dialog = g_object_ref (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  CrWindow *window = self->window;
  gtk_window_close (dialog);
  if (!gtk_widget_get_visible (GTK_WIDGET (dialog))) /* it may ask first */
    cr_window_register_patient (window, typed);
}

static void
change_cb (CrPatientField *self)
{
  self->asked++;
  show (self, CR_ID_NONE, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

/* ---- class ---- */

static gboolean
cr_patient_field_grab_focus (GtkWidget *widget)
{
  CrPatientField *self = CR_PATIENT_FIELD (widget);
  return gtk_widget_grab_focus (self->patient == CR_ID_NONE ? GTK_WIDGET (self->picker)
                                                            : self->change_button);
}

static void
cr_patient_field_dispose (GObject *object)
{
  CrPatientField *self = CR_PATIENT_FIELD (object);
  if (self->root != NULL) {
    cr_patient_picker_stop (self->picker);
    gtk_widget_unparent (self->root);
  }
  self->root = NULL;
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (cr_patient_field_parent_class)->dispose (object);
}

static void
cr_patient_field_class_init (CrPatientFieldClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_patient_field_dispose;
  widget->grab_focus = cr_patient_field_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CHANGED] =
      g_signal_new ("changed", CR_TYPE_PATIENT_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_chosen (CrPatientField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9),
            *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->name_label = GTK_LABEL (cr_visit_label ("", "heading"));
  self->identity_label = GTK_LABEL (cr_visit_label ("", "caption"));
  self->change_button = gtk_button_new_with_label (_ ("Change"));
  gtk_label_set_wrap (self->name_label, TRUE);
  gtk_label_set_wrap (self->identity_label, TRUE);
  gtk_widget_set_hexpand (who, TRUE);
  gtk_widget_set_valign (self->change_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->change_button, "link-like");
  gtk_widget_set_tooltip_text (self->change_button, _ ("Another patient, or none"));
  gtk_box_append (GTK_BOX (who), GTK_WIDGET (self->name_label));
  gtk_box_append (GTK_BOX (who), GTK_WIDGET (self->identity_label));
  gtk_box_append (GTK_BOX (box), who);
  gtk_box_append (GTK_BOX (box), self->change_button);
  g_signal_connect_swapped (self->change_button, "clicked", G_CALLBACK (change_cb), self);
  return box;
}

static void
cr_patient_field_init (CrPatientField *self)
{
  GtkWidget *problem = cr_visit_label ("", "field-problem");
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->search_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->picker = g_object_new (CR_TYPE_PATIENT_PICKER, NULL);
  cr_patient_picker_set_room (self->picker, FOUND_HEIGHT);
  self->problem_label = GTK_LABEL (problem);
  gtk_label_set_wrap (self->problem_label, TRUE);
  gtk_widget_set_visible (problem, FALSE);
  self->chosen_box = make_chosen (self);
  gtk_box_append (GTK_BOX (self->search_box), GTK_WIDGET (self->picker));
  gtk_box_append (GTK_BOX (self->root), self->search_box);
  gtk_box_append (GTK_BOX (self->root), self->chosen_box);
  gtk_box_append (GTK_BOX (self->root), problem);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect (self->picker, "register", G_CALLBACK (register_cb), self);
}

/* ---- public ---- */

GtkWidget *
cr_patient_field_new (CrWindow *window, const char *from, const char *note)
{
  CrPatientField *self = g_object_new (CR_TYPE_PATIENT_FIELD, NULL);
  self->window = window;
  self->from = g_strdup (from);
  if (note != NULL) {
    GtkWidget *label = cr_visit_label (note, "field-echo");
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_box_append (GTK_BOX (self->search_box), label);
  }
  show (self, CR_ID_NONE, NULL, NULL);
  return GTK_WIDGET (self);
}

void
cr_patient_field_show (CrPatientField *self, const CrPatient *patient)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  g_autofree char *name = patient != NULL ? cr_window_name_of (self->window, patient) : NULL;
  g_autofree char *identity = patient != NULL ? cr_patient_identity (patient, cr_clock_today (clock)) : NULL;
  self->asked++;
  show (self, patient != NULL ? patient->id : CR_ID_NONE, name, identity);
}

void
cr_patient_field_choose (CrPatientField *self, CrId patient)
{
  Question *question;
  self->asked++;
  show (self, patient, NULL, NULL);
  if (patient == CR_ID_NONE)
    return;
  question = g_new0 (Question, 1);
  *question = (Question){ g_object_ref (self), self->asked };
  cr_chart_open_office_async (cr_window_get_session (self->window), patient, self->from, opened_cb, question);
}

void
cr_patient_field_fix (CrPatientField *self)
{
  gtk_widget_set_visible (self->change_button, FALSE);
}

void
cr_patient_field_set_next (CrPatientField *self, GtkWidget *next)
{
  self->next = next;
}

CrId
cr_patient_field_get (CrPatientField *self)
{
  return self->patient;
}

const char *
cr_patient_field_get_name (CrPatientField *self)
{
  return self->name;
}
