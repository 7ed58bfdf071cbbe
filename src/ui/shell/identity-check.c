#include "src/ui/shell/identity-check.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/identity-rules.h"
#include <glib/gi18n.h>

#define TRIES 3

struct _CrIdentityCheck {
  GtkWidget parent;
  GtkWidget *root;
  GtkLabel *risk_label, *question_label, *problem_label;
  GtkEntry *entry;
  CrWindow *window; /* outlives the sheet, which is transient for it */
  CrPatient *patient;
  int wrong;
};

G_DEFINE_FINAL_TYPE (CrIdentityCheck, cr_identity_check, GTK_TYPE_WIDGET)

static void
say (CrIdentityCheck *self, const char *problem)
{
  gtk_label_set_label (self->problem_label, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem[0] != '\0');
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
give_up (CrIdentityCheck *self)
{
  GtkRoot *sheet = gtk_widget_get_root (GTK_WIDGET (self));
  cr_session_audit_identity (cr_window_get_session (self->window), self->patient->id,
                             _ ("Three wrong answers; nothing was signed"));
  cr_window_toast (self->window,
                   _ ("Nothing was signed: the answers do not fit this patient. Check whose chart this is."),
                   NULL, NULL);
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
refuse (CrIdentityCheck *self)
{
  g_autofree char *text = NULL;
  if (++self->wrong >= TRIES) {
    give_up (self);
    return;
  }
  text =
      g_strdup_printf (ngettext ("That does not fit this patient. %d try is left before the sheet closes.",
                                 "That does not fit this patient. %d tries are left before the sheet closes.",
                                 (gulong)(TRIES - self->wrong)),
                       TRIES - self->wrong);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  say (self, text);
}

static gboolean
cr_identity_check_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_IDENTITY_CHECK (widget)->entry));
}

static void
cr_identity_check_dispose (GObject *object)
{
  g_clear_pointer (&CR_IDENTITY_CHECK (object)->patient, cr_patient_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_IDENTITY_CHECK);
  G_OBJECT_CLASS (cr_identity_check_parent_class)->dispose (object);
}

static void
cr_identity_check_class_init (CrIdentityCheckClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_identity_check_dispose;
  widget->grab_focus = cr_identity_check_grab_focus;
  widget->focus = cr_focus_parts;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/identity-check.ui");
  gtk_widget_class_bind_template_child (widget, CrIdentityCheck, root);
  gtk_widget_class_bind_template_child (widget, CrIdentityCheck, risk_label);
  gtk_widget_class_bind_template_child (widget, CrIdentityCheck, question_label);
  gtk_widget_class_bind_template_child (widget, CrIdentityCheck, problem_label);
  gtk_widget_class_bind_template_child (widget, CrIdentityCheck, entry);
}

static void
cr_identity_check_init (CrIdentityCheck *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static CrIdentityCheck *
new_check (CrWindow *window, const CrPatient *patient, const char *risk)
{
  CrIdentityCheck *self = g_object_new (CR_TYPE_IDENTITY_CHECK, NULL);
  const char *question = cr_identity_question (patient);
  self->window = window;
  self->patient = cr_record_copy (&CR_PATIENT, patient);
  gtk_label_set_label (self->risk_label, risk != NULL ? risk : "");
  gtk_label_set_label (self->question_label, question);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), risk != NULL);
  return self;
}

CrIdentityCheck *
cr_identity_check_new (CrWindow *window, CrChart *chart, gboolean controlled)
{
  g_autofree char *risk = cr_window_identity_risk (window, chart, controlled);
  return new_check (window, cr_chart_get_records (chart)->patient, risk);
}

CrIdentityCheck *
cr_identity_check_new_for (CrWindow *window, const CrPatient *patient)
{
  g_autofree char *risk = cr_window_patient_risk (window, patient);
  return new_check (window, patient, risk);
}

gboolean
cr_identity_check_confirm (CrIdentityCheck *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || cr_identity_fits (self->patient, typed))
    return TRUE;
  if (cr_str_empty (typed))
    say (self, cr_identity_question (self->patient));
  else
    refuse (self);
  return FALSE;
}
