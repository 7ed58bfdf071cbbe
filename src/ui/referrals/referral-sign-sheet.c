#include "src/ui/referrals/referral-sign-sheet.h"
#include "src/ui/chart/line.h"
#include "src/ui/shell/identity-check.h"
#include <glib/gi18n.h>

struct _CrReferralSignSheet {
  GtkWindow parent;
  GtkBox *patient_box, *identity_box;
  GtkLabel *title_label, *question_label;
  GtkButton *cancel_button, *sign_button;
  CrIdentityCheck *identity;
};

enum { SIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrReferralSignSheet, cr_referral_sign_sheet, GTK_TYPE_WINDOW)

static void
sign_cb (CrReferralSignSheet *self)
{
  g_autoptr (CrReferralSignSheet) kept = g_object_ref (self);
  if (!cr_identity_check_confirm (self->identity))
    return;
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (kept, signals[SIGNED], 0);
}

static void
cr_referral_sign_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_REFERRAL_SIGN_SHEET);
  G_OBJECT_CLASS (cr_referral_sign_sheet_parent_class)->dispose (object);
}

static void
cr_referral_sign_sheet_class_init (CrReferralSignSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_referral_sign_sheet_dispose;
  signals[SIGNED] = g_signal_new ("signed", CR_TYPE_REFERRAL_SIGN_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget, "/org/chartroom/Chartroom/ui/referrals/referral-sign-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrReferralSignSheet, patient_box);
  gtk_widget_class_bind_template_child (widget, CrReferralSignSheet, identity_box);
  gtk_widget_class_bind_template_child (widget, CrReferralSignSheet, title_label);
  gtk_widget_class_bind_template_child (widget, CrReferralSignSheet, question_label);
  gtk_widget_class_bind_template_child (widget, CrReferralSignSheet, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrReferralSignSheet, sign_button);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_referral_sign_sheet_init (CrReferralSignSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->sign_button, "clicked", G_CALLBACK (sign_cb), self);
}

CrReferralSignSheet *
cr_referral_sign_sheet_present (GtkWindow *order, CrWindow *window, CrChart *chart,
                                const CrReferral *referral, const char *to)
{
  CrReferralSignSheet *self = g_object_new (CR_TYPE_REFERRAL_SIGN_SHEET, "transient-for", order, NULL);
  const CrPatient *patient = cr_chart_get_records (chart)->patient;
  CrDate today = cr_clock_today (cr_session_get_clock (cr_chart_get_session (chart)));
  g_autofree char *name = cr_patient_name_display (patient);
  g_autofree char *title =
      g_strdup_printf (_ ("Referral to %s\n%s"), to, cr_urgency_word (referral->urgency));
  gtk_box_append (self->patient_box, cr_line_patient (patient, name, today));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->question_label, referral->question);
  self->identity = cr_identity_check_new (window, chart, FALSE);
  gtk_box_append (self->identity_box, GTK_WIDGET (self->identity));
  gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->identity))
                             ? GTK_WIDGET (self->identity)
                             : GTK_WIDGET (self->sign_button));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
