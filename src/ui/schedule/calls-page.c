#include "src/ui/schedule/calls-page.h"
#include "src/ui/schedule/call-dialog.h"
#include "src/ui/schedule/date-nav.h"
#include "src/ui/schedule/desk-print.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/list-row.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/session/calls.h"
#include <glib/gi18n.h>

struct _CrCallsPage {
  GtkWidget parent;
  GtkWidget *root, *bar;
  GtkDropDown *view_drop;
  CrDateNav *date_nav;
  GtkLabel *count_label, *empty_label, *bar_label;
  GtkButton *labels_button, *log_button;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *outcomes[CR_N_OUTCOMES], *letter_button;
  CrWindow *window; /* borrowed: the page stands in it */
  GListModel *calls;
  CrDate day;
};

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrCallsPage, cr_calls_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static CrCallsView
view_of (CrCallsPage *self)
{
  return (CrCallsView)gtk_drop_down_get_selected (self->view_drop);
}

static CrSession *
session_of (CrCallsPage *self)
{
  return cr_window_get_session (self->window);
}

/* ---- rows ---- */

/* Instead of a patient who has no number; NULL: nobody. */
static const CrReach *
reach_of (const CrCallItem *item)
{
  return cr_reach_is_called (item->patient, item->reach) ? item->reach : NULL;
}

/* The number to dial; while names are hidden only its end. */
static char *
phone_of (CrCallsPage *self, const CrCallItem *item)
{
  const CrReach *reach = reach_of (item);
  const char *phone = reach != NULL ? reach->phone : item->patient->phone;
  return cr_window_is_private (self->window) ? cr_phone_tail (phone) : cr_phone_format (phone);
}

static char *
when_of (const CrCallItem *item)
{
  g_autofree char *time = item->start != CR_MINUTE_NONE ? cr_minute_format (item->start) : NULL;
  return time != NULL ? g_steal_pointer (&time) : cr_date_format_short (item->date);
}

static char *
limits_of (const CrCallItem *item)
{
  const CrPatient *patient = item->patient;
  gboolean own = reach_of (item) == NULL && patient->contact_preference != NULL;
  char *limits = cr_reach_contact_words (patient, item->reach);
  return limits != NULL ? limits : g_strdup (own ? patient->contact_preference : "");
}

/* "✓ Confirmed" · "2 tries" */
static char *
state_of (const CrCallItem *item)
{
  g_autofree char *tries =
      item->attempts > 0 ? g_strdup_printf (ngettext ("%u try", "%u tries", item->attempts), item->attempts)
                         : NULL;
  if (item->stage >= 0 && item->stage != CR_STAGE_SCHEDULED)
    return g_strdup_printf ("%s%s%s", cr_stage_word (item->stage), tries != NULL ? " · " : "",
                            tries != NULL ? tries : "");
  return tries != NULL ? g_steal_pointer (&tries) : g_strdup (item->stage >= 0 ? _ ("Not called") : "");
}

static void
add_patient (CrCallsPage *self, GtkWidget *line, const CrCallItem *item)
{
  const CrPatient *patient = item->patient;
  const CrReach *reach = patient != NULL ? reach_of (item) : NULL;
  g_autofree char *name = patient != NULL ? cr_window_name_of (self->window, patient) : g_strdup ("–");
  g_autofree char *phone = patient != NULL ? phone_of (self, item) : g_strdup ("");
  g_autofree char *limits = patient != NULL ? limits_of (item) : g_strdup ("");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), cr_list_cell (phone, "numeric", 14));
  if (reach != NULL && !cr_window_is_private (self->window))
    gtk_box_append (GTK_BOX (box), cr_list_cell (reach->phone_of, "caption", 16));
  if (*limits != '\0')
    gtk_box_append (GTK_BOX (box), cr_list_cell (limits, "warning", 16));
  gtk_box_append (GTK_BOX (line), cr_list_cell (name, "heading", 24));
  gtk_box_append (GTK_BOX (line), box);
}

static GtkWidget *
make_row_cb (gpointer row, gpointer data)
{
  CrCallsPage *self = data;
  const CrCallItem *item = cr_row_peek (row);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *when = when_of (item), *state = state_of (item);
  g_autofree char *name =
      item->patient != NULL ? cr_window_name_of (self->window, item->patient) : g_strdup ("");
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s, %s", when, name, item->what, state,
                                             item->last != NULL ? item->last : "");
  GtkWidget *icon = gtk_image_new_from_icon_name (item->stage >= 0 ? cr_stage_icon (item->stage)
                                                                   : "cr-page-calls-symbolic");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), cr_list_cell (item->what, "value", 0));
  if (item->last != NULL)
    gtk_box_append (GTK_BOX (text), cr_list_cell (item->last, "caption", 0));
  gtk_box_append (GTK_BOX (line), cr_list_cell (when, "numeric", 9));
  gtk_box_append (GTK_BOX (line), icon);
  add_patient (self, line, item);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), cr_list_cell (state, item->settled ? "text-2" : "strong", 16));
  return cr_list_row (line, spoken);
}

static void
count_cb (CrCallsPage *self)
{
  static const char *const EMPTY[] = { N_ ("No visit is booked on this day."),
                                       N_ ("Nobody waits to be asked to come again."),
                                       N_ ("No call was logged in the last 14 days.") };
  guint n = g_list_model_get_n_items (self->calls), open = 0;
  g_autofree char *text = NULL;
  for (guint i = 0; i < n; i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->calls, i);
    open += ((const CrCallItem *)cr_row_peek (row))->settled ? 0 : 1;
  }
  text = view_of (self) == CR_CALLS_LOG ? g_strdup_printf (ngettext ("%u entry", "%u entries", n), n)
                                        : g_strdup_printf (_ ("%u of %u to be asked"), open, n);
  gtk_label_set_label (self->count_label, n > 0 ? text : "");
  gtk_label_set_label (self->empty_label, _ (EMPTY[MIN (view_of (self), CR_CALLS_LOG)]));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

/* ---- what is done ---- */

/* NULL: none, or a call of nobody. */
static const CrCallItem *
selected_item (CrCallsPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autoptr (CrRow) item =
      row != NULL ? g_list_model_get_item (self->calls, (guint)gtk_list_box_row_get_index (row)) : NULL;
  const CrCallItem *call = item != NULL ? cr_row_peek (item) : NULL;
  return call != NULL && call->patient != NULL ? call : NULL; /* the list keeps it */
}

static void
selected_cb (CrCallsPage *self)
{
  const CrCallItem *item = selected_item (self);
  gboolean edits = cr_session_can (session_of (self), CR_RIGHT_SCHEDULE_EDIT);
  gboolean open = item != NULL && edits && view_of (self) != CR_CALLS_LOG;
  g_autofree char *name = item != NULL ? cr_window_name_of (self->window, item->patient) : g_strdup ("");
  gtk_label_set_label (self->bar_label, name);
  gtk_widget_set_visible (self->bar, view_of (self) != CR_CALLS_LOG);
  for (guint i = 0; i < CR_N_OUTCOMES; i++) {
    const char *problem = item != NULL ? cr_outcome_problem ((int)i, item->patient, item->reach) : NULL;
    gtk_widget_set_sensitive (self->outcomes[i],
                              open && problem == NULL &&
                                  (i != CR_OUTCOME_CONFIRMED || item->appointment != CR_ID_NONE));
    gtk_widget_set_tooltip_text (self->outcomes[i], problem);
  }
  const char *no_letter = item != NULL ? cr_letter_problem (item->patient, item->reach) : NULL;
  gtk_widget_set_sensitive (self->letter_button, open && no_letter == NULL);
  gtk_widget_set_tooltip_text (self->letter_button, no_letter);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCallsPage) self = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    cr_window_show_error (self->window, error);
}

static void
record (CrCallsPage *self, int outcome)
{
  const CrCallItem *item = selected_item (self);
  g_autoptr (CrContactAttempt) attempt = cr_contact_attempt_new ();
  const char *problem = item != NULL ? cr_outcome_problem (outcome, item->patient, item->reach) : NULL;
  if (item == NULL || view_of (self) == CR_CALLS_LOG)
    return;
  if (problem != NULL) {
    cr_window_toast (self->window, problem, NULL, NULL);
    return;
  }
  attempt->patient_id = item->patient->id;
  attempt->appointment_id = item->appointment;
  attempt->kind = CR_CONTACT_CALL;
  attempt->purpose = view_of (self) == CR_CALLS_CONFIRM ? CR_PURPOSE_CONFIRM : CR_PURPOSE_RECALL;
  attempt->outcome = g_strdup (CR_OUTCOME_CODES[outcome]);
  cr_call_record_async (session_of (self), attempt, recorded_cb, g_object_ref (self));
}

static void
outcome_cb (GtkWidget *button, CrCallsPage *self)
{
  record (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "cr-outcome")));
}

static void
letter_cb (CrCallsPage *self)
{
  const CrCallItem *item = selected_item (self);
  if (item != NULL && view_of (self) != CR_CALLS_LOG)
    cr_desk_print (self->window, CR_DESK_LETTER, item->patient->id, item->appointment);
}

static void
labels_cb (CrCallsPage *self)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < g_list_model_get_n_items (self->calls); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (self->calls, i);
    const CrCallItem *item = cr_row_peek (row); /* the list keeps it */
    if (item->patient != NULL)
      cr_desk_add_label (self->window, addresses, item->patient, item->reach);
  }
  cr_desk_print_labels (self->window, addresses);
}

static void
log_cb (CrCallsPage *self)
{
  cr_call_dialog_present (self->window);
}

static void
opened_cb (GtkListBox *list, GtkListBoxRow *row, CrCallsPage *self)
{
  const CrCallItem *item = selected_item (self);
  if (item != NULL)
    cr_window_navigate (self->window, CR_PAGE_CHART, item->patient->id, CR_SECTION_DETAILS, NULL, "calls");
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrCallsPage *self)
{
  guint pad = key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9 ? key - GDK_KEY_KP_1 : key - GDK_KEY_1;
  guint letter = gdk_keyval_to_lower (key);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !cr_window_single_letters (self->window))
    return FALSE;
  if (pad < CR_N_OUTCOMES)
    record (self, (int)pad);
  else if (letter == GDK_KEY_l)
    letter_cb (self);
  else if (letter == GDK_KEY_n)
    log_cb (self);
  else
    return FALSE;
  return TRUE;
}

/* ---- the page ---- */

static void
show_calls (CrCallsPage *self)
{
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->calls);
  self->calls = cr_call_list_new (session_of (self), view_of (self), self->day);
  gtk_list_box_bind_model (self->list, self->calls, make_row_cb, self, NULL);
  g_signal_connect_object (self->calls, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->date_nav), view_of (self) == CR_CALLS_CONFIRM);
  count_cb (self);
  selected_cb (self);
}

static void
day_chosen_cb (CrDateNav *nav, int days, CrCallsPage *self)
{
  self->day = cr_date_from_days (days);
  cr_date_nav_set_date (self->date_nav, self->day);
  show_calls (self);
}

static void
next_day_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCallsPage) self = data;
  g_autoptr (GError) error = NULL;
  CrDate day = cr_next_working_day_finish (CR_SESSION (source), result, &error);
  if (self->calls == NULL || !cr_date_is_set (day))
    return;
  self->day = day;
  cr_date_nav_set_date (self->date_nav, day);
  show_calls (self);
}

static void
calls_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrCallsPage *self = CR_CALLS_PAGE (page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : GTK_WIDGET (self->view_drop));
}

static gboolean
calls_page_perform (CrPage *page, const char *what)
{
  CrCallsPage *self = CR_CALLS_PAGE (page);
  if (g_str_equal (what, "new"))
    log_cb (self);
  else if (g_str_equal (what, "print"))
    letter_cb (self);
  else
    return FALSE;
  return TRUE;
}

static void
calls_page_forget (CrPage *page)
{
  CrCallsPage *self = CR_CALLS_PAGE (page);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->calls);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = calls_page_enter;
  iface->perform = calls_page_perform;
  iface->forget = calls_page_forget;
}

static void
cr_calls_page_dispose (GObject *object)
{
  CrCallsPage *self = CR_CALLS_PAGE (object);
  g_clear_object (&self->calls);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_CALLS_PAGE);
  G_OBJECT_CLASS (cr_calls_page_parent_class)->dispose (object);
}

static void
cr_calls_page_class_init (CrCallsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_calls_page_dispose;
  g_type_ensure (CR_TYPE_DATE_NAV);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/calls-page.ui");
  gtk_widget_class_bind_template_child (widget, CrCallsPage, root);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, bar);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, view_drop);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, date_nav);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, count_label);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, empty_label);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, bar_label);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, labels_button);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, log_button);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, stack);
  gtk_widget_class_bind_template_child (widget, CrCallsPage, list);
}

static void
add_outcomes (CrCallsPage *self)
{
  for (int i = 0; i < CR_N_OUTCOMES; i++) {
    g_autofree char *label = g_strdup_printf ("%d  %s", i + 1, cr_outcome_word (CR_OUTCOME_CODES[i]));
    self->outcomes[i] = gtk_button_new_with_label (label);
    g_object_set_data (G_OBJECT (self->outcomes[i]), "cr-outcome", GINT_TO_POINTER (i));
    g_signal_connect (self->outcomes[i], "clicked", G_CALLBACK (outcome_cb), self);
    cr_wrap_box_append (CR_WRAP_BOX (self->bar), self->outcomes[i]);
  }
  self->letter_button = gtk_button_new_with_label (_ ("L  Letter…"));
  g_signal_connect_swapped (self->letter_button, "clicked", G_CALLBACK (letter_cb), self);
  cr_wrap_box_append (CR_WRAP_BOX (self->bar), self->letter_button);
}

static void
cr_calls_page_init (CrCallsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_outcomes (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->date_nav, "chosen", G_CALLBACK (day_chosen_cb), self);
  g_signal_connect_swapped (self->labels_button, "clicked", G_CALLBACK (labels_cb), self);
  g_signal_connect_swapped (self->log_button, "clicked", G_CALLBACK (log_cb), self);
}

GtkWidget *
cr_calls_page_new (CrWindow *window)
{
  CrCallsPage *self = g_object_new (CR_TYPE_CALLS_PAGE, NULL);
  CrSession *session = cr_window_get_session (window);
  CrClock *clock = cr_session_get_clock (session);
  self->window = window;
  self->day = cr_date_add_days (cr_clock_today (clock), 1);
  cr_date_nav_set_clock (self->date_nav, clock);
  cr_date_nav_set_date (self->date_nav, self->day);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_calls), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view_drop, "notify::selected", G_CALLBACK (show_calls), self,
                           G_CONNECT_SWAPPED);
  show_calls (self);
  cr_next_working_day_async (session, next_day_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
