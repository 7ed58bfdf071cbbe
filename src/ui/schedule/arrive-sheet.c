#include "src/ui/schedule/arrive-sheet.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/wrap-box.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/session/chart.h"
#include <glib/gi18n.h>

#define CONSENT_NOTICE 30 /* days ahead of its end that a consent is mentioned */

enum { PHONE, ADDRESS, PAYER, MEMBER, N_FIELDS };

struct _CrArriveSheet {
  GtkWidget parent;
  GtkWidget *root, *consent_box, *late_box, *insurance_box;
  GtkWidget *phone_entry, *address_entry, *payer_entry, *member_entry;
  GtkLabel *late_label, *insurance_label, *consent_label, *verified_label, *message;
  GtkButton *edit_button, *arrived_button, *close_button, *move_button, *ask_button;
  CrWindow *window;      /* borrowed: the sheet stands in it */
  char *shown[N_FIELDS]; /* as they were filled in; NULL: not asked */
  int late;              /* minutes after the visit's time */
};

enum { ARRIVED, EDIT, MOVE, ASK, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrArriveSheet, cr_arrive_sheet, GTK_TYPE_WIDGET)

static CrDate
today_of (CrArriveSheet *self)
{
  return cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
}

static GtkWidget *
entry_of (CrArriveSheet *self, guint field)
{
  GtkWidget *entries[] = { self->phone_entry, self->address_entry, self->payer_entry, self->member_entry };
  return entries[field];
}

/* ---- what is on file ---- */

static void
fill (CrArriveSheet *self, guint field, const char *text)
{
  g_free (self->shown[field]);
  self->shown[field] = g_strdup (text != NULL ? text : "");
  gtk_editable_set_text (GTK_EDITABLE (entry_of (self, field)), self->shown[field]);
  gtk_widget_set_visible (entry_of (self, field), TRUE);
}

/* While names are hidden nothing is read out, so nothing is edited here either. */
static void
hide (CrArriveSheet *self, guint field, const char *text)
{
  fill (self, field, text);
  g_clear_pointer (&self->shown[field], g_free);
  gtk_widget_set_sensitive (entry_of (self, field), FALSE);
}

static void
show_contacts (CrArriveSheet *self, const CrPatient *patient)
{
  g_autofree char *phone = cr_str_empty (patient->phone) ? NULL : cr_phone_format (patient->phone);
  g_autofree char *tail = cr_phone_tail (patient->phone);
  g_autofree char *address = cr_patient_address (patient);
  gboolean hidden = cr_window_is_private (self->window);
  if (hidden) {
    hide (self, PHONE, tail);
    hide (self, ADDRESS, address != NULL ? _ ("On file") : _ ("Not recorded"));
    return;
  }
  fill (self, PHONE, phone);
  fill (self, ADDRESS, address);
}

static void
show_verified (CrArriveSheet *self, const CrPatient *patient)
{
  g_autofree char *day = cr_date_format_near (patient->verified_on, today_of (self));
  g_autofree char *text = cr_date_is_set (patient->verified_on)
                              ? g_strdup_printf (_ ("Last verified %s"), day)
                              : g_strdup (_ ("Not verified before"));
  gtk_label_set_label (self->verified_label, text);
}

static void
show_late (CrArriveSheet *self, const CrVisit *visit)
{
  CrSession *session = cr_window_get_session (self->window);
  const CrPractice *practice = cr_session_get_practice (session);
  const CrAppointment *a = visit->appointment;
  gboolean today = cr_date_compare (a->date, today_of (self)) == 0;
  self->late = cr_clock_minute (cr_session_get_clock (session)) - (int)a->start_min;
  g_autofree char *text = g_strdup_printf (_ ("▲ %d min late. Arrived keeps the time, or:"), self->late);
  g_autofree char *ask = g_strdup_printf (_ ("As_k %s"), visit->clinician);
  gtk_label_set_label (self->late_label, text);
  gtk_button_set_label (self->ask_button, ask);
  gtk_widget_set_visible (self->late_box, today && practice != NULL && self->late > practice->late_minutes);
}

static char *
describe_coverage (const CrCoverage *coverage)
{
  g_autofree char *verified = NULL;
  if (!cr_date_is_set (coverage->verified_on))
    return g_strdup (_ ("not yet verified"));
  verified = cr_date_format ((CrDate){ coverage->verified_on.year, coverage->verified_on.month, 0 });
  return g_strdup_printf (_ ("verified %s"), verified);
}

static gboolean
is_valid (const CrCoverage *coverage, CrDate today)
{
  return coverage->payer != NULL && cr_still_holds (coverage->valid_to, today);
}

static void
show_coverage (CrArriveSheet *self, const CrChartRecords *records)
{
  const CrCoverage *first = NULL;
  for (guint i = 0; i < records->coverages->len; i++) {
    const CrCoverage *coverage = records->coverages->pdata[i];
    if (is_valid (coverage, today_of (self)) && (first == NULL || coverage->rank < first->rank))
      first = coverage;
  }
  g_autofree char *text = first != NULL ? describe_coverage (first) : NULL;
  gtk_label_set_label (self->insurance_label, text != NULL ? text : _ ("Not recorded"));
  if (first == NULL)
    return;
  if (cr_window_is_private (self->window)) {
    hide (self, PAYER, _ ("On file"));
    return;
  }
  fill (self, PAYER, first->payer);
  fill (self, MEMBER, first->member_id);
}

static void
show_consents (CrArriveSheet *self, const CrChartRecords *records)
{
  CrDate soon = cr_date_add_days (today_of (self), CONSENT_NOTICE);
  for (guint i = 0; i < records->consents->len; i++) {
    const CrConsent *consent = records->consents->pdata[i];
    if (g_strcmp0 (consent->status, "active") == 0 && cr_date_is_full (consent->expires_on) &&
        cr_date_compare (consent->expires_on, soon) <= 0) {
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

/* ---- what was typed ---- */

static gboolean
is_edited (CrArriveSheet *self, guint field)
{
  return self->shown[field] != NULL &&
         g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, field))), self->shown[field]) != 0;
}

/* New sentence; NULL: it can be kept. */
static char *
problem_of (CrArriveSheet *self, guint field)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry_of (self, field)));
  g_autofree char *street = NULL, *city = NULL, *state = NULL, *zip = NULL;
  char *problem = NULL;
  if (!is_edited (self, field))
    return NULL;
  if (field == PHONE)
    return cr_str_empty (typed) ? NULL : cr_phone_problem (typed);
  if (field == ADDRESS)
    cr_address_parse (typed, &street, &city, &state, &zip, &problem);
  if (field == PAYER && cr_str_empty (typed))
    return g_strdup (_ ("Name the insurance. Edit Details ends it when there is none any more."));
  return problem;
}

static gboolean
check (CrArriveSheet *self)
{
  for (guint field = 0; field < N_FIELDS; field++) {
    g_autofree char *problem = problem_of (self, field);
    if (problem == NULL)
      continue;
    cr_arrive_sheet_say (self, problem);
    gtk_widget_add_css_class (entry_of (self, field), "error");
    gtk_widget_grab_focus (entry_of (self, field));
    return FALSE;
  }
  return TRUE;
}

static void
typed_cb (GtkEditable *entry, CrArriveSheet *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  cr_arrive_sheet_say (self, NULL);
}

/* ---- buttons and keys ---- */

static void
arrived_cb (CrArriveSheet *self)
{
  if (check (self))
    g_signal_emit (self, signals[ARRIVED], 0);
}

static void
edit_cb (CrArriveSheet *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
move_cb (CrArriveSheet *self)
{
  g_signal_emit (self, signals[MOVE], 0);
}

static void
ask_cb (CrArriveSheet *self)
{
  g_signal_emit (self, signals[ASK], 0);
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
  CrArriveSheet *self = CR_ARRIVE_SHEET (object);
  for (guint field = 0; field < N_FIELDS; field++)
    g_clear_pointer (&self->shown[field], g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_ARRIVE_SHEET);
  G_OBJECT_CLASS (cr_arrive_sheet_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, root);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, consent_box);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, late_box);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, insurance_box);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, phone_entry);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, address_entry);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, payer_entry);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, member_entry);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, late_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, insurance_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, consent_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, verified_label);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, message);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, edit_button);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, arrived_button);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, close_button);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, move_button);
  gtk_widget_class_bind_template_child (widget, CrArriveSheet, ask_button);
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
  signals[MOVE] = new_signal ("move");
  signals[ASK] = new_signal ("ask");
  signals[CLOSED] = new_signal ("closed");
  g_type_ensure (CR_TYPE_WRAP_BOX);
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
  for (guint field = 0; field < N_FIELDS; field++) {
    g_signal_connect_swapped (entry_of (self, field), "activate", G_CALLBACK (arrived_cb), self);
    g_signal_connect (entry_of (self, field), "changed", G_CALLBACK (typed_cb), self);
  }
  g_signal_connect_swapped (self->arrived_button, "clicked", G_CALLBACK (arrived_cb), self);
  g_signal_connect_swapped (self->edit_button, "clicked", G_CALLBACK (edit_cb), self);
  g_signal_connect_swapped (self->move_button, "clicked", G_CALLBACK (move_cb), self);
  g_signal_connect_swapped (self->ask_button, "clicked", G_CALLBACK (ask_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* ---- public ---- */

GtkWidget *
cr_arrive_sheet_new (CrWindow *window, const CrVisit *visit)
{
  CrArriveSheet *self = g_object_new (CR_TYPE_ARRIVE_SHEET, NULL);
  CrSession *session = cr_window_get_session (window);
  gboolean edits = cr_session_can (session, CR_RIGHT_DEMOGRAPHICS_EDIT);
  self->window = window;
  show_contacts (self, visit->patient);
  show_verified (self, visit->patient);
  show_late (self, visit);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), edits);
  for (guint field = 0; field < N_FIELDS && !edits; field++)
    gtk_editable_set_editable (GTK_EDITABLE (entry_of (self, field)), FALSE);
  cr_chart_open_office_async (session, visit->patient->id, "check-in", opened_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

gboolean
cr_arrive_sheet_get_verified (CrArriveSheet *self, CrVerified *out)
{
  const char *typed[N_FIELDS];
  gboolean edited = FALSE;
  for (guint field = 0; field < N_FIELDS; field++) {
    typed[field] =
        is_edited (self, field) ? gtk_editable_get_text (GTK_EDITABLE (entry_of (self, field))) : NULL;
    edited = edited || typed[field] != NULL;
  }
  *out = (CrVerified){ typed[PHONE], typed[ADDRESS], typed[PAYER], typed[MEMBER] };
  return edited;
}

int
cr_arrive_sheet_get_late (CrArriveSheet *self)
{
  return self->late;
}

void
cr_arrive_sheet_say (CrArriveSheet *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}
