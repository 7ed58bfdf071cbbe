#include "src/ui/schedule/series-change.h"
#include "src/ui/schedule/series-form.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

#define CR_TYPE_SERIES_CHANGE (cr_series_change_get_type ())
G_DECLARE_FINAL_TYPE (CrSeriesChange, cr_series_change, CR, SERIES_CHANGE, GtkWindow)

struct _CrSeriesChange {
  GtkWindow parent;
  GtkLabel *what_label, *echo;
  GtkDropDown *scope, *who, *type, *room;
  GtkEntry *day_entry, *time_entry, *why_entry, *reason_entry;
  GtkSpinButton *minutes;
  GtkButton *close_button, *cancel_button, *change_button;

  CrSeriesForm form;
  CrAppointment *visit;           /* as it is; NULL: closed */
  CrVisitChange change;           /* what differs from it: the rest of each visit stays as it is */
  char *name, *why;               /* of the patient; the change's reason */
  GArray *people, *types, *rooms; /* CrId per entry of the lists */
  gboolean cancelling;
};

G_DEFINE_FINAL_TYPE (CrSeriesChange, cr_series_change, GTK_TYPE_WINDOW)

static CrSeriesScope
scope_of (CrSeriesChange *self)
{
  return (CrSeriesScope)gtk_drop_down_get_selected (self->scope);
}

static gboolean
changes_anything (const CrVisitChange *change)
{
  return change->person_id != CR_ID_NONE || change->visit_type_id != CR_ID_NONE ||
         change->room_id != CR_ID_NONE || change->no_room || cr_date_is_set (change->date) ||
         change->start != CR_MINUTE_NONE || change->minutes > 0 || change->reason != NULL;
}

static void
show_count (CrSeriesChange *self)
{
  guint all, n = cr_occurrence_list_count (self->form.preview, &all);
  char *label = n > 0 ? g_strdup_printf (ngettext ("_Change %u Visit", "_Change %u Visits", n), n)
                      : g_strdup (_ ("_Change"));
  char *summary = all == 0 ? g_strdup (_ ("No visits."))
                  : changes_anything (&self->change)
                      ? g_strdup_printf (_ ("So they would stand: %u of %u ticked"), n, all)
                      : g_strdup_printf (ngettext ("%u visit. Nothing is changed yet.",
                                                   "%u visits. Nothing is changed yet.", all),
                                         all);
  cr_series_form_count (&self->form, self->change_button, label, summary);
  if (!changes_anything (&self->change))
    gtk_widget_set_sensitive (GTK_WIDGET (self->change_button), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), all > 0 && !self->form.busy);
}

/* ---- what was changed ---- */

static CrId
chosen (GtkDropDown *list, const GArray *ids)
{
  guint at = gtk_drop_down_get_selected (list);
  return at < ids->len ? g_array_index (ids, CrId, at) : CR_ID_NONE;
}

/* What is wrong with what was typed, a new string; NULL: nothing. */
static char *
read_time (CrSeriesChange *self)
{
  CrClock *clock = cr_session_get_clock (cr_series_form_session (&self->form));
  g_autoptr (GError) error = NULL;
  CrDateReading reading;
  int minute = CR_MINUTE_NONE;
  if (!cr_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->day_entry)), cr_clock_today (clock),
                      CR_DATE_FUTURE, self->visit->date, &reading, &error))
    return g_strdup (error->message);
  if (!cr_date_is_full (reading.date))
    return g_strdup (_ ("Type a day, such as 12/5 or 2w."));
  if (!cr_minute_parse (gtk_editable_get_text (GTK_EDITABLE (self->time_entry)), cr_clock_minute (clock),
                        &minute, &error))
    return g_strdup (error->message);
  if (minute == CR_MINUTE_NONE)
    return g_strdup (_ ("Type a time, such as 9:20."));
  if (cr_date_compare (reading.date, self->visit->date) != 0)
    self->change.date = reading.date;
  if (minute != self->visit->start_min)
    self->change.start = minute;
  return NULL;
}

static void
read_lists (CrSeriesChange *self)
{
  const CrAppointment *visit = self->visit;
  CrId who = chosen (self->who, self->people), type = chosen (self->type, self->types),
       room = chosen (self->room, self->rooms);
  int minutes = gtk_spin_button_get_value_as_int (self->minutes);
  self->change.person_id = who != visit->person_id ? who : CR_ID_NONE;
  self->change.visit_type_id = type != visit->visit_type_id ? type : CR_ID_NONE;
  self->change.room_id = room != visit->room_id ? room : CR_ID_NONE;
  self->change.no_room = room == CR_ID_NONE && visit->room_id != CR_ID_NONE;
  if (minutes != visit->minutes || self->change.visit_type_id != CR_ID_NONE)
    self->change.minutes = minutes;
}

static void
read_why (CrSeriesChange *self)
{
  const char *present = self->visit->reason != NULL ? self->visit->reason : "";
  g_free (self->why);
  self->why = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->why_entry)));
  self->change.reason = g_strcmp0 (self->why, present) != 0 ? self->why : NULL;
}

static void
ask_preview (CrSeriesChange *self)
{
  g_autofree char *problem = NULL, *words = NULL;
  if (self->visit == NULL || self->form.busy)
    return;
  self->change = CR_VISIT_CHANGE (self->visit->id);
  read_lists (self);
  read_why (self);
  problem = read_time (self);
  words = problem == NULL ? cr_date_format_weekday (cr_date_is_set (self->change.date) ? self->change.date
                                                                                       : self->visit->date)
                          : NULL;
  gtk_label_set_label (self->echo, words != NULL ? words : "");
  if (cr_series_form_begin (&self->form, problem))
    cr_series_change_preview_async (cr_series_form_session (&self->form), &self->change, scope_of (self),
                                    cr_series_form_previewed_cb,
                                    cr_series_form_asked (&self->form, GTK_WIDGET (self)));
}

static const CrVisitType *
find_type (CrSeriesChange *self, CrId id)
{
  GListModel *types = cr_session_get_visit_types (cr_series_form_session (&self->form));
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    if (cr_row_get_id (row) == id)
      return cr_row_peek (row);
  }
  return NULL;
}

/* Another type brings its length; the visit's own has the one it was booked with. */
static void
type_chosen_cb (CrSeriesChange *self)
{
  const CrVisitType *type;
  if (self->visit == NULL || self->form.busy)
    return;
  type = find_type (self, chosen (self->type, self->types));
  self->form.busy = TRUE; /* asked once, below */
  if (type != NULL)
    gtk_spin_button_set_value (self->minutes, type->id == self->visit->visit_type_id
                                                  ? (double)self->visit->minutes
                                                  : (double)type->minutes);
  self->form.busy = FALSE;
  ask_preview (self);
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSeriesChange) self = data;
  g_autoptr (GError) error = NULL;
  int n = cr_series_finish (result, &error);
  if (self->visit == NULL)
    return;
  self->form.busy = FALSE;
  if (n < 0) { /* the list is asked anew, the message stays */
    ask_preview (self);
    cr_series_form_say (&self->form, error->message);
    return;
  }
  g_autofree char *toast = g_strdup_printf (
      self->cancelling ? ngettext ("Cancelled %d visit of %s", "Cancelled %d visits of %s", (gulong)n)
                       : ngettext ("Changed %d visit of %s", "Changed %d visits of %s", (gulong)n),
      n, self->name);
  cr_series_form_close (&self->form, GTK_WIDGET (self), toast);
}

static void
begin_saving (CrSeriesChange *self, gboolean cancelling)
{
  self->form.busy = TRUE;
  self->cancelling = cancelling;
  cr_series_form_say (&self->form, NULL);
  show_count (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrSeriesChange *self = CR_SERIES_CHANGE (widget);
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->change_button)))
    return;
  begin_saving (self, FALSE);
  cr_series_change_async (cr_series_form_session (&self->form), &self->change, scope_of (self),
                          cr_occurrence_list_get (self->form.preview), saved_cb, g_object_ref (self));
}

static void
change_cb (CrSeriesChange *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "series.save", NULL);
}

static void
cancel_cb (CrSeriesChange *self)
{
  g_autofree char *reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  if (cr_str_empty (reason)) {
    cr_series_form_say (&self->form, _ ("Say why they are cancelled, then press the button again."));
    gtk_widget_grab_focus (GTK_WIDGET (self->reason_entry));
    return;
  }
  begin_saving (self, TRUE);
  cr_series_cancel_async (cr_series_form_session (&self->form), self->visit->id, scope_of (self), reason,
                          saved_cb, g_object_ref (self));
}

/* ---- class ---- */

static void
cr_series_change_dispose (GObject *object)
{
  CrSeriesChange *self = CR_SERIES_CHANGE (object);
  self->form.window = NULL;
  g_clear_pointer (&self->visit, cr_appointment_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_pointer (&self->types, g_array_unref);
  g_clear_pointer (&self->rooms, g_array_unref);
  G_OBJECT_CLASS (cr_series_change_parent_class)->dispose (object);
}

#define BIND(name, field)                                                                                    \
  gtk_widget_class_bind_template_child_full (widget, name, FALSE, G_STRUCT_OFFSET (CrSeriesChange, field))

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, what_label);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, echo);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, scope);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, who);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, type);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, room);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, day_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, time_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, why_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, minutes);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, close_button);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrSeriesChange, change_button);
  BIND ("summary_label", form.summary_label);
  BIND ("error_label", form.error_label);
  BIND ("preview", form.preview);
}

static void
cr_series_change_class_init (CrSeriesChangeClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_series_change_dispose;
  g_type_ensure (CR_TYPE_OCCURRENCE_LIST);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/series-change.ui");
  bind_children (widget);
  cr_series_form_install (widget, save_action);
}

static void
cr_series_change_init (CrSeriesChange *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  GtkDropDown *lists[] = { self->scope, self->who, self->room };
  GtkEntry *entries[] = { self->day_entry, self->time_entry, self->why_entry };
  self->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->types = g_array_new (FALSE, FALSE, sizeof (CrId));
  self->rooms = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_swapped (lists[i], "notify::selected", G_CALLBACK (ask_preview), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_swapped (entries[i], "changed", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->type, "notify::selected", G_CALLBACK (type_chosen_cb), self);
  g_signal_connect_swapped (self->minutes, "value-changed", G_CALLBACK (ask_preview), self);
  g_signal_connect_swapped (self->form.preview, "changed", G_CALLBACK (show_count), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (self->change_button, "clicked", G_CALLBACK (change_cb), self);
}

/* ---- opening ---- */

/* Those that can be chosen, and the visit's own. */
static void
add_entry (GArray *ids, GtkStringList *names, CrId id, const char *name)
{
  g_array_append_val (ids, id);
  gtk_string_list_append (names, name);
}

static void
set_list (GtkDropDown *list, const GArray *ids, GtkStringList *names, CrId present)
{
  guint selected = 0;
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, CrId, i) == present)
      selected = i;
  gtk_drop_down_set_model (list, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (list, selected);
}

static void
fill_who (CrSeriesChange *self)
{
  GListModel *people = cr_session_get_people (cr_series_form_session (&self->form));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_short (person);
    if ((person->active && person->schedulable) || person->id == self->visit->person_id)
      add_entry (self->people, names, person->id, name);
  }
  set_list (self->who, self->people, names, self->visit->person_id);
}

static void
fill_types (CrSeriesChange *self)
{
  GListModel *types = cr_session_get_visit_types (cr_series_form_session (&self->form));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    const CrVisitType *type = cr_row_peek (row);
    if (type->active || type->id == self->visit->visit_type_id)
      add_entry (self->types, names, type->id, type->name);
  }
  set_list (self->type, self->types, names, self->visit->visit_type_id);
}

static void
fill_rooms (CrSeriesChange *self)
{
  CrSession *session = cr_series_form_session (&self->form);
  GListModel *rooms = cr_session_get_rooms (session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  add_entry (self->rooms, names, CR_ID_NONE, _ ("No room"));
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    const CrRoom *room = cr_row_peek (row);
    g_autofree char *name = cr_visit_room_words (session, room->id);
    if (room->active || room->id == self->visit->room_id)
      add_entry (self->rooms, names, room->id, name);
  }
  set_list (self->room, self->rooms, names, self->visit->room_id);
}

static void
fill_fields (CrSeriesChange *self)
{
  const CrAppointment *a = self->visit;
  g_autofree char *day = cr_date_format (a->date), *time = cr_minute_format ((int)a->start_min);
  self->form.busy = TRUE; /* nothing is asked while the fields are filled */
  fill_who (self);
  fill_types (self);
  fill_rooms (self);
  gtk_editable_set_text (GTK_EDITABLE (self->day_entry), day);
  gtk_editable_set_text (GTK_EDITABLE (self->time_entry), time);
  gtk_editable_set_text (GTK_EDITABLE (self->why_entry), a->reason != NULL ? a->reason : "");
  gtk_spin_button_set_value (self->minutes, (double)a->minutes);
  self->form.busy = FALSE;
}

void
cr_series_change_present (CrWindow *window, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  CrSession *session = cr_window_get_session (window);
  g_autofree char *where = cr_visit_place_words (a->date, (int)a->start_min, visit->clinician);
  CrSeriesChange *self = g_object_new (CR_TYPE_SERIES_CHANGE, "transient-for", window, NULL);
  self->form.window = window;
  self->visit = cr_appointment_copy (a);
  self->name = cr_window_name_of (window, visit->patient);
  g_autofree char *what = g_strdup_printf ("%s · %s", self->name, where);
  gtk_label_set_label (self->what_label, what);
  fill_fields (self);
  ask_preview (self);
  g_signal_connect_object (session, "forget", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->scope));
}
