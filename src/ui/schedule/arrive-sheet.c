#include "src/ui/schedule/arrive-sheet.h"
#include "src/ui/shell/focus.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include <glib/gi18n.h>

#define CONSENT_NOTICE 30 /* days ahead of its end that a consent is mentioned */

struct _CrArriveSheet {
  GtkWidget parent;
  GtkWidget *root, *consent_box;
  GtkBox *facts;
  GtkLabel *late_label, *phone_label, *address_label, *insurance_label, *consent_label;
  GtkButton *edit_button, *arrived_button, *close_button;
  CrWindow *window; /* borrowed: the sheet stands in it */
};

enum { ARRIVED, EDIT, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrArriveSheet, cr_arrive_sheet, GTK_TYPE_WIDGET)

static CrDate
today_of (CrArriveSheet *self)
{
  return cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
}

/* ---- what is on file ---- */

static void
show_contacts (CrArriveSheet *self, const CrPatient *patient)
{
  g_autofree char *phone = cr_phone_tail (patient->phone);
  g_autofree char *address = cr_patient_address (patient);
  gboolean hidden = cr_window_is_private (self->window);
  gtk_label_set_label (self->phone_label, phone);
  gtk_label_set_label (self->address_label, address == NULL ? _ ("Not recorded")
                                            : hidden        ? _ ("On file")
                                                            : address);
}

static void
show_late (CrArriveSheet *self, const CrAppointment *a)
{
  CrSession *session = cr_window_get_session (self->window);
  const CrPractice *practice = cr_session_get_practice (session);
  int late = cr_clock_minute (cr_session_get_clock (session)) - (int)a->start_min;
  gboolean today = cr_date_compare (a->date, today_of (self)) == 0;
  g_autofree char *text = g_strdup_printf (_ ("▲ %d min late"), late);
  gtk_label_set_label (self->late_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->late_label),
                          today && practice != NULL && late > practice->late_minutes);
}

static char *
describe_coverage (const CrCoverage *coverage)
{
  g_autofree char *verified = NULL;
  if (!cr_date_is_set (coverage->verified_on))
    return g_strdup_printf (_ ("%s, not yet verified"), coverage->payer);
  verified = cr_date_format ((CrDate){ coverage->verified_on.year, coverage->verified_on.month, 0 });
  return g_strdup_printf (_ ("%s, verified %s"), coverage->payer, verified);
}

static void
show_coverage (CrArriveSheet *self, const CrChartRecords *records)
{
  const CrCoverage *first = NULL;
  g_autofree char *text = NULL;
  for (guint i = 0; i < records->coverages->len; i++) {
    const CrCoverage *coverage = records->coverages->pdata[i];
    if (coverage->payer != NULL && (first == NULL || coverage->rank < first->rank))
      first = coverage;
  }
  text = first != NULL ? describe_coverage (first) : NULL;
  gtk_label_set_label (self->insurance_label, text != NULL ? text : _ ("Not recorded"));
}

static void
show_consents (CrArriveSheet *self, const CrChartRecords *records)
{
  CrDate soon = cr_date_add_days (today_of (self), CONSENT_NOTICE);
  for (guint i = 0; i < records->consents->len; i++) {
    const CrConsent *consent = records->consents->pdata[i];
    if (cr_date_is_full (consent->expires_on) && cr_date_compare (consent->expires_on, soon) <= 0) {
      g_autofree char *day = cr_date_format (consent->expires_on);
      g_autofree char *text = g_strdup_printf (_ ("▲ to renew by %s"), day);
      gtk_label_set_label (self->consent_label, text);
      gtk_widget_set_visible (self->consent_box, TRUE);
    }
  }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrArriveSheet) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (chart == NULL) {
    gtk_label_set_label (self->insurance_label, error->message);
    return;
  }
  show_coverage (self, cr_chart_get_records (chart));
  show_consents (self, cr_chart_get_records (chart));
}

/* ---- buttons and keys ---- */

static void
arrived_cb (CrArriveSheet *self)
{
  g_signal_emit (self, signals[ARRIVED], 0);
}

static void
edit_cb (CrArriveSheet *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
close_cb (CrArriveSheet *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrArriveSheet *self)
{
  if (key == GDK_KEY_Escape)
    close_cb (self);
  return key == GDK_KEY_Escape;
}

static gboolean
cr_arrive_sheet_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_ARRIVE_SHEET (widget)->arrived_button));
}

static void
cr_arrive_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_ARRIVE_SHEET);
  G_OBJECT_CLASS (cr_arrive_sheet_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, root);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, consent_box);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, facts);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, late_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, phone_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, address_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, insurance_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, consent_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, edit_button);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, arrived_button);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, close_button);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, CR_TYPE_ARRIVE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cr_arrive_sheet_class_init (CrArriveSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_arrive_sheet_dispose;
  widget->grab_focus = cr_arrive_sheet_grab_focus;
  widget->focus = cr_focus_parts;
  signals[ARRIVED] = new_signal ("arrived");
  signals[EDIT] = new_signal ("edit");
  signals[CLOSED] = new_signal ("closed");
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/arrive-sheet.ui");
  bind_children (widget);
}

static void
cr_arrive_sheet_init (CrArriveSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->arrived_button, "clicked", G_CALLBACK (arrived_cb), self);
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (edit_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
cr_arrive_sheet_new (CrWindow *window, const CrVisit *visit, GtkOrientation layout)
{
  CrArriveSheet *self = g_object_new (CR_TYPE_ARRIVE_SHEET, NULL);
  CrSession *session = cr_window_get_session (window);
  self->window = window;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->facts), layout);
  gtk_box_set_spacing (self->facts, layout == GTK_ORIENTATION_HORIZONTAL ? 18 : 3);
  show_contacts (self, visit->patient);
  show_late (self, visit->appointment);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button),
                          cr_session_can (session, CR_RIGHT_DEMOGRAPHICS_EDIT));
  cr_chart_open_office_async (session, visit->patient->id, "check-in", opened_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
