#include "src/ui/schedule/wait-dialog.h"
#include "src/ui/admin/form.h"
#include "src/ui/schedule/day-chips.h"
#include "src/ui/schedule/patient-field.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/schedule/wait-words.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/wait-list.h"
#include <glib/gi18n.h>

static const gint64 NOTICES[] = { CR_INT_NONE, 2, 24, 48, 168 }; /* hours, the entries of notice */
static const gint64 PRIORITIES[] = { CR_INT_NONE, CR_WAIT_HIGH, CR_WAIT_URGENT };

struct _CrWaitDialog {
  GtkWindow parent;
  GtkBox *form_box;
  GtkLabel *message;
  GtkButton *save_button;
  CrUnsavedBar *unsaved;
  GtkWidget *form, *patient, *type, *who, *days, *from_time, *to_time, *from_day, *to_day, *notice, *priority,
      *reason_entry;
  CrWindow *window;           /* transient for it */
  GArray *type_ids, *who_ids; /* CrId per entry; the first of who is none: any */
  CrWaitEntry *entry;         /* as it is stored; with no id: a new one */
  CrAppointment *interim;     /* what they hold meanwhile: where and when; NULL */
};

G_DEFINE_FINAL_TYPE (CrWaitDialog, cr_wait_dialog, GTK_TYPE_WINDOW)

static CrClock *
clock_of (CrWaitDialog *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

static void
say (CrWaitDialog *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

/* ---- reading; each field says what is wrong with it, and keeps its text ---- */

static gboolean
check (GtkWidget *field, const char *problem)
{
  cr_form_set_problem (field, problem);
  return problem == NULL;
}

static gboolean
read_time (CrWaitDialog *self, GtkWidget *entry, gint64 *out)
{
  g_autoptr (GError) error = NULL;
  int minute;
  if (!cr_minute_parse (cr_form_text (entry), cr_clock_minute (clock_of (self)), &minute, &error))
    return check (entry, error->message);
  *out = minute != CR_MINUTE_NONE ? minute : CR_INT_NONE;
  return check (entry, NULL);
}

static gboolean
read_day (CrWaitDialog *self, GtkWidget *entry, CrDate *out)
{
  g_autoptr (GError) error = NULL;
  const char *typed = cr_form_text (entry);
  CrDateReading reading = { 0 };
  if (!cr_date_parse (typed, cr_clock_today (clock_of (self)), CR_DATE_FUTURE, CR_DATE_NONE, &reading,
                      &error))
    return check (entry, error->message);
  *out = reading.date;
  return check (entry, *typed != '\0' && !cr_date_is_full (reading.date)
                           ? _ ("Type a whole date, such as 12/5.")
                           : NULL);
}

static CrId
chosen_id (GtkWidget *choice, const GArray *ids)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  return at < ids->len ? g_array_index (ids, CrId, at) : CR_ID_NONE;
}

static gint64
chosen_number (GtkWidget *choice, const gint64 *numbers)
{
  return numbers[gtk_drop_down_get_selected (GTK_DROP_DOWN (choice))];
}

/* ---- saving ---- */

static gboolean
is_new (CrWaitDialog *self)
{
  return self->entry->id == CR_ID_NONE;
}

/* What stands there now, under what is typed here; saved again, that takes its place. */
static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWaitDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrWaitItem) item = cr_wait_load_finish (CR_SESSION (source), result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  if (item == NULL) {
    say (self, error->message);
    return;
  }
  g_autofree char *what = cr_wait_what (item), *detail = cr_wait_detail (item);
  g_autofree char *sentence =
      g_strdup_printf (_ ("Somebody changed this entry meanwhile; it is now: %s, %s. Save once more to put "
                          "yours in its place."),
                       what, detail);
  cr_wait_entry_free (self->entry);
  self->entry = cr_wait_entry_copy (item->entry);
  say (self, sentence);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWaitDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (!saved && !is_new (self) && g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT)) {
    cr_wait_load_async (CR_SESSION (source), self->entry->id, stored_cb, g_object_ref (self));
    return;
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  if (!saved) {
    say (self, error->message);
    return;
  }
  const char *name = cr_patient_field_get_name (CR_PATIENT_FIELD (self->patient));
  g_autofree char *toast = g_strdup_printf (is_new (self) ? _ ("%s is on the wait list")
                                                          : _ ("%s's entry of the wait list is changed"),
                                            name != NULL ? name : "…");
  cr_unsaved_bar_end (self->unsaved);
  cr_window_toast (self->window, toast, _ ("Undo"), "win.undo");
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Times and days, each in its own fields and with each other. */
static gboolean
read_limits (CrWaitDialog *self, CrWaitEntry *entry)
{
  CrDate today = cr_clock_today (clock_of (self));
  gboolean times = read_time (self, self->from_time, &entry->earliest_min);
  times &= read_time (self, self->to_time, &entry->latest_min);
  times = times && check (self->to_time, cr_wait_entry_times_problem (entry));
  gboolean days = read_day (self, self->from_day, &entry->earliest_on);
  days &= read_day (self, self->to_day, &entry->latest_on);
  days = days && check (self->to_day, cr_wait_entry_days_problem (entry, today));
  return times && days;
}

/* The length that somebody gave stays with the type it was given for. */
static void
read_type (CrWaitDialog *self, CrWaitEntry *entry)
{
  CrId type = chosen_id (self->type, self->type_ids);
  if (type != entry->visit_type_id)
    entry->minutes = CR_INT_NONE;
  entry->visit_type_id = type;
}

static void
save_cb (CrWaitDialog *self)
{
  g_autoptr (CrWaitEntry) entry = cr_wait_entry_copy (self->entry);
  CrSession *session = cr_window_get_session (self->window);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return; /* it is being saved: the key came once more */
  say (self, NULL);
  entry->patient_id = cr_patient_field_get (CR_PATIENT_FIELD (self->patient));
  gboolean chosen = check (self->patient, entry->patient_id == CR_ID_NONE ? _ ("Choose the patient.") : NULL);
  if (!read_limits (self, entry) || !chosen) {
    cr_form_focus_problem (self->form);
    return;
  }
  read_type (self, entry);
  entry->person_id = chosen_id (self->who, self->who_ids);
  g_free (entry->weekdays);
  entry->weekdays = cr_day_chips_get (CR_DAY_CHIPS (self->days));
  entry->notice_hours = chosen_number (self->notice, NOTICES);
  entry->priority = chosen_number (self->priority, PRIORITIES);
  g_free (entry->reason);
  entry->reason = cr_form_take_text (self->reason_entry);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  if (is_new (self))
    cr_wait_add_async (session, entry, saved_cb, g_object_ref (self));
  else
    cr_wait_change_async (session, entry, saved_cb, g_object_ref (self));
}

/* ---- filling ---- */

static void
choose_number (GtkWidget *choice, const gint64 *numbers, guint n, gint64 number)
{
  for (guint i = 0; i < n; i++)
    if (numbers[i] == number)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), i);
}

/* One that is no longer offered stays with the entry that has it. */
static void
fill_types (CrWaitDialog *self)
{
  CrId type = self->entry->visit_type_id;
  GListModel *types = cr_session_get_visit_types (cr_window_get_session (self->window));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    const CrVisitType *one = cr_row_peek (row);
    if (!one->active && one->id != type)
      continue;
    selected = one->id == type ? self->type_ids->len : selected;
    g_array_append_val (self->type_ids, one->id);
    gtk_string_list_append (names, one->name);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->type), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->type), selected);
}

static void
fill_people (CrWaitDialog *self)
{
  CrId person = self->entry->person_id;
  GListModel *people = cr_session_get_people (cr_window_get_session (self->window));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  CrId none = CR_ID_NONE;
  guint selected = 0;
  g_array_append_val (self->who_ids, none);
  gtk_string_list_append (names, _ ("Any clinician"));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *one = cr_row_peek (row);
    g_autofree char *name = cr_person_short (one);
    if ((!one->schedulable || !one->active) && one->id != person)
      continue;
    selected = one->id == person ? self->who_ids->len : selected;
    g_array_append_val (self->who_ids, one->id);
    gtk_string_list_append (names, name);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->who), selected);
}

static void
fill_time (GtkWidget *entry, gint64 minute)
{
  g_autofree char *text = minute != CR_INT_NONE ? cr_minute_format ((int)minute) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
fill_day (GtkWidget *entry, CrDate day)
{
  g_autofree char *text = cr_date_is_set (day) ? cr_date_format (day) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
fill (CrWaitDialog *self)
{
  const CrWaitEntry *entry = self->entry;
  fill_types (self);
  fill_people (self);
  cr_day_chips_set (CR_DAY_CHIPS (self->days), entry->weekdays);
  fill_time (self->from_time, entry->earliest_min);
  fill_time (self->to_time, entry->latest_min);
  fill_day (self->from_day, entry->earliest_on);
  fill_day (self->to_day, entry->latest_on);
  choose_number (self->notice, NOTICES, G_N_ELEMENTS (NOTICES), entry->notice_hours);
  choose_number (self->priority, PRIORITIES, G_N_ELEMENTS (PRIORITIES), entry->priority);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), entry->reason != NULL ? entry->reason : "");
}

static void
show_interim (CrWaitDialog *self, const CrAppointment *interim)
{
  g_autofree char *who = cr_visit_clinician_name (cr_window_get_session (self->window), interim->person_id);
  g_autofree char *where = cr_visit_place_words (interim->date, (int)interim->start_min, who);
  g_autofree char *text = g_strdup_printf (_ ("Keeps %s until something sooner is free."), where);
  self->interim = cr_appointment_copy (interim);
  cr_form_add_text (self->form, text, "text-2");
}

static void
build_form (CrWaitDialog *self)
{
  const char *const nothing[] = { NULL };
  const char *const priorities[] = { _ ("As they came"), _ ("High"), _ ("Urgent"), NULL };
  const char *const notices[] = { _ ("Any notice"), _ ("2 hours"), _ ("1 day"),
                                  _ ("2 days"),     _ ("1 week"),  NULL };
  self->form = cr_form_new ();
  self->patient = cr_patient_field_new (self->window, "wait list", NULL);
  cr_form_add_widget (self->form, _ ("_Patient"), self->patient);
  self->type = cr_form_add_choice (self->form, _ ("_Visit type"), nothing);
  self->who = cr_form_add_choice (self->form, _ ("_Clinician"), nothing);
  self->days = g_object_new (CR_TYPE_DAY_CHIPS, NULL);
  cr_form_add_widget (self->form, _ ("Days that will do"), self->days);
  self->from_time = cr_form_add_entry (self->form, _ ("_Earliest time"), _ ("such as 9"));
  self->to_time = cr_form_add_entry (self->form, _ ("Latest ti_me"), _ ("such as 11:30"));
  self->from_day = cr_form_add_entry (self->form, _ ("_First day"), _ ("today"));
  self->to_day = cr_form_add_entry (self->form, _ ("_Last day"), _ ("4w, 12/5; empty: no end"));
  self->notice = cr_form_add_choice (self->form, _ ("N_otice"), notices);
  self->priority = cr_form_add_choice (self->form, _ ("Priorit_y"), priorities);
  self->reason_entry = cr_form_add_entry (self->form, _ ("_Reason"), NULL);
  cr_form_label_at_top (self->patient);
  gtk_entry_set_max_length (GTK_ENTRY (self->reason_entry), CR_LONGEST_REASON);
  cr_patient_field_set_next (CR_PATIENT_FIELD (self->patient), self->type);
  gtk_box_append (self->form_box, self->form);
}

/* ---- kept until it is saved ---- */

typedef struct {
  const char *name;
  gsize offset; /* of the entry */
} Text;
static const Text TEXTS[] = {
  { "from-time", G_STRUCT_OFFSET (CrWaitDialog, from_time) },
  { "to-time", G_STRUCT_OFFSET (CrWaitDialog, to_time) },
  { "from-day", G_STRUCT_OFFSET (CrWaitDialog, from_day) },
  { "to-day", G_STRUCT_OFFSET (CrWaitDialog, to_day) },
  { "reason", G_STRUCT_OFFSET (CrWaitDialog, reason_entry) },
};

static GtkWidget *
entry_of (CrWaitDialog *self, const Text *text)
{
  return G_STRUCT_MEMBER (GtkWidget *, self, text->offset);
}

static void
write_cb (CrUnsavedBar *unsaved, CrKeptForm *form, CrWaitDialog *self)
{
  g_autofree char *days = cr_day_chips_get (CR_DAY_CHIPS (self->days));
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    cr_kept_form_set_text (form, TEXTS[i].name, cr_form_text (entry_of (self, &TEXTS[i])));
  cr_kept_form_set_number (form, "entry", self->entry->id);
  cr_kept_form_set_number (form, "patient", cr_patient_field_get (CR_PATIENT_FIELD (self->patient)));
  cr_kept_form_set_number (form, "type", chosen_id (self->type, self->type_ids));
  cr_kept_form_set_number (form, "clinician", chosen_id (self->who, self->who_ids));
  cr_kept_form_set_number (form, "days", days != NULL ? g_ascii_strtoll (days, NULL, 10) : 0);
  cr_kept_form_set_number (form, "notice", gtk_drop_down_get_selected (GTK_DROP_DOWN (self->notice)));
  cr_kept_form_set_number (form, "priority", gtk_drop_down_get_selected (GTK_DROP_DOWN (self->priority)));
  if (self->interim == NULL)
    return;
  cr_kept_form_set_number (form, "interim", self->interim->id);
  cr_kept_form_set_number (form, "interim-day", cr_date_to_days (self->interim->date));
  cr_kept_form_set_number (form, "interim-time", self->interim->start_min);
  cr_kept_form_set_number (form, "interim-with", self->interim->person_id);
}

/* What is not offered any more is not exchanged for something else unsaid. */
static void
choose (GtkWidget *choice, const GArray *ids, CrId id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, CrId, i) == id) {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), i);
      return;
    }
  if (id != CR_ID_NONE)
    cr_form_set_question (choice, _ ("What was chosen here is not offered any more. Choose anew."));
}

static void
put_back (CrWaitDialog *self, const CrKeptForm *form)
{
  gint64 days = cr_kept_form_get_number (form, "days", 0);
  gint64 notice = cr_kept_form_get_number (form, "notice", 0);
  gint64 priority = cr_kept_form_get_number (form, "priority", 0);
  g_autofree char *digits = days > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, days) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    const char *text = cr_kept_form_get_text (form, TEXTS[i].name);
    if (text != NULL)
      gtk_editable_set_text (GTK_EDITABLE (entry_of (self, &TEXTS[i])), text);
  }
  if (is_new (self))
    cr_patient_field_choose (CR_PATIENT_FIELD (self->patient),
                             cr_kept_form_get_number (form, "patient", CR_ID_NONE));
  choose (self->type, self->type_ids, cr_kept_form_get_number (form, "type", CR_ID_NONE));
  choose (self->who, self->who_ids, cr_kept_form_get_number (form, "clinician", CR_ID_NONE));
  cr_day_chips_set (CR_DAY_CHIPS (self->days), digits);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->notice),
                              (guint)CLAMP (notice, 0, (gint64)G_N_ELEMENTS (NOTICES) - 1));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->priority),
                              (guint)CLAMP (priority, 0, (gint64)G_N_ELEMENTS (PRIORITIES) - 1));
}

/* The visit that is held meanwhile, as far as the form tells of it; NULL: none. */
static CrAppointment *
kept_interim (const CrKeptForm *form)
{
  CrAppointment *interim;
  CrId id = cr_kept_form_get_number (form, "interim", CR_ID_NONE);
  if (id == CR_ID_NONE)
    return NULL;
  interim = cr_appointment_new ();
  interim->id = id;
  interim->date = cr_date_from_days ((int)cr_kept_form_get_number (form, "interim-day", 0));
  interim->start_min = cr_kept_form_get_number (form, "interim-time", 0);
  interim->person_id = cr_kept_form_get_number (form, "interim-with", CR_ID_NONE);
  return interim;
}

/* ---- class ---- */

static gboolean
close_request_cb (CrWaitDialog *self)
{
  return cr_unsaved_bar_ask (self->unsaved);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrWaitDialog *self)
{
  if ((state & GDK_CONTROL_MASK) == 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return FALSE;
  gtk_widget_activate (GTK_WIDGET (self->save_button));
  return TRUE;
}

static void
cr_wait_dialog_dispose (GObject *object)
{
  CrWaitDialog *self = CR_WAIT_DIALOG (object);
  g_clear_pointer (&self->type_ids, g_array_unref);
  g_clear_pointer (&self->who_ids, g_array_unref);
  g_clear_pointer (&self->entry, cr_wait_entry_free);
  g_clear_pointer (&self->interim, cr_appointment_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_WAIT_DIALOG);
  G_OBJECT_CLASS (cr_wait_dialog_parent_class)->dispose (object);
}

static void
cr_wait_dialog_class_init (CrWaitDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_wait_dialog_dispose;
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/wait-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, form_box);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, message);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, save_button);
  gtk_widget_class_bind_template_child (widget, CrWaitDialog, unsaved);
}

static void
cr_wait_dialog_init (CrWaitDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->type_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->who_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (gtk_window_destroy), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  cr_focus_on_escape (GTK_WIDGET (self), (void (*) (gpointer))gtk_window_close, self);
}

/* ---- opening ---- */

static CrWaitDialog *
new_dialog (CrWindow *window, const CrWaitEntry *entry, const CrAppointment *interim)
{
  CrWaitDialog *self = g_object_new (CR_TYPE_WAIT_DIALOG, "transient-for", window, NULL);
  self->window = window;
  self->entry = cr_wait_entry_copy (entry);
  build_form (self);
  fill (self);
  if (interim != NULL)
    show_interim (self, interim);
  return self;
}

static CrWaitDialog *
new_change (CrWindow *window, const CrWaitItem *item)
{
  CrWaitDialog *self = new_dialog (window, item->entry, item->interim);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Change Wait List Entry"));
  gtk_button_set_label (self->save_button, _ ("_Save Changes"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save_button), _ ("Save (Ctrl+Enter)"));
  cr_patient_field_show (CR_PATIENT_FIELD (self->patient), item->patient);
  cr_patient_field_fix (CR_PATIENT_FIELD (self->patient));
  return self;
}

/* kept: with what had been typed.  reason: of a new entry, as it begins; it is stored nowhere yet, so that it
 * is kept with the rest; NULL: none. */
static void
show_dialog (CrWaitDialog *self, gboolean kept, const char *reason)
{
  g_autoptr (CrKeptForm) form = NULL;
  cr_unsaved_bar_start (self->unsaved, cr_window_get_session (self->window), CR_FORM_WAIT);
  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), reason);
  form = kept ? cr_unsaved_bar_take (self->unsaved) : NULL;
  if (form != NULL)
    put_back (self, form);
  cr_unsaved_bar_watch (self->unsaved, self->patient, self->type, self->who, self->days, self->from_time,
                        self->to_time, self->from_day, self->to_day, self->notice, self->priority,
                        self->reason_entry, NULL);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (
      cr_patient_field_get (CR_PATIENT_FIELD (self->patient)) != CR_ID_NONE ? self->type : self->patient);
}

/* As it begins. */
static CrWaitEntry *
new_entry (CrId type, CrId person, const CrAppointment *interim)
{
  CrWaitEntry *entry = cr_wait_entry_new ();
  entry->visit_type_id = type;
  entry->person_id = person;
  entry->interim_appointment_id = interim != NULL ? interim->id : CR_ID_NONE;
  entry->minutes = entry->earliest_min = entry->latest_min = entry->notice_hours = entry->priority =
      CR_INT_NONE;
  return entry;
}

void
cr_wait_dialog_present (CrWindow *window, const CrPatient *patient, CrId type, CrId person,
                        const char *reason, const CrAppointment *interim)
{
  g_autoptr (CrWaitEntry) entry = new_entry (type, person, interim);
  CrWaitDialog *self = new_dialog (window, entry, interim);
  cr_patient_field_show (CR_PATIENT_FIELD (self->patient), patient);
  show_dialog (self, FALSE, reason);
}

void
cr_wait_dialog_present_change (CrWindow *window, const CrWaitItem *item)
{
  show_dialog (new_change (window, item), FALSE, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrWaitItem) item = cr_wait_load_finish (CR_SESSION (source), result, &error);
  if (item == NULL)
    cr_window_show_error (window, error);
  else if (cr_session_get_state (CR_SESSION (source)) == CR_SESSION_OPEN)
    show_dialog (new_change (window, item), TRUE, NULL);
}

void
cr_wait_dialog_present_kept (CrWindow *window)
{
  CrSession *session = cr_window_get_session (window);
  g_autoptr (CrKeptForm) form = cr_session_get_kept_form (session, CR_FORM_WAIT);
  g_autoptr (CrAppointment) interim = form != NULL ? kept_interim (form) : NULL;
  g_autoptr (CrWaitEntry) entry = new_entry (CR_ID_NONE, CR_ID_NONE, interim);
  CrId id = form != NULL ? cr_kept_form_get_number (form, "entry", CR_ID_NONE) : CR_ID_NONE;
  if (id != CR_ID_NONE)
    cr_wait_load_async (session, id, loaded_cb, g_object_ref (window));
  else if (form != NULL)
    show_dialog (new_dialog (window, entry, interim), TRUE, NULL);
}
