#include "src/ui/schedule/book-panel-private.h"
#include "src/ui/schedule/series-dialog.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/schedule/wait-dialog.h"
#include "src/ui/shell/focus.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include <glib/gi18n.h>

#define WALK_IN_GRAIN 5           /* minutes: a walk-in begins at the last full five minutes */
enum { GAP = 12, CLOSE_GAP = 6 }; /* pixels between the parts of the form */
#define ROW_EMS 19.5              /* a free time in one line, with large text */

typedef struct {
  CrBookPanel *self;
  guint number;
} Question;

guint cr_book_panel_signals[CR_BOOK_N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrBookPanel, cr_book_panel, GTK_TYPE_WIDGET)

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
ask (CrBookPanel *self)
{
  Question *question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->number = self->openings;
  return question;
}

void
cr_book_panel_rooms_changed (CrBookPanel *self)
{
  CrRoomSet also;
  CrId room = cr_room_picker_get (self->rooms, &also);
  cr_slot_finder_set_rooms (self->finder, room, &also);
  cr_book_panel_judge (self);
}

static void
tell_finder (CrBookPanel *self)
{
  cr_slot_finder_set_visit (self->finder, self->patient != NULL ? self->patient->id : CR_ID_NONE,
                            self->type_id, self->minutes);
}

/* ---- patient ---- */

static void
show_identity (CrBookPanel *self)
{
  g_autofree char *name = self->patient != NULL ? cr_window_name_of (self->window, self->patient) : NULL;
  g_autofree char *line =
      self->patient != NULL ? cr_patient_identity (self->patient, cr_book_panel_today (self)) : NULL;
  gtk_label_set_label (self->name_label, name != NULL ? name : "…");
  gtk_label_set_label (self->born_label, line != NULL ? line : "");
}

static gboolean
is_ahead (CrBookPanel *self, const CrAppointment *a)
{
  int day = cr_date_compare (a->date, cr_book_panel_today (self));
  int now = cr_clock_minute (cr_session_get_clock (cr_book_panel_session (self)));
  gboolean waits = a->stage < CR_STAGE_ARRIVED && (day > 0 || a->start_min + a->minutes > now);
  return day >= 0 && a->stage < CR_STAGE_CHECKED_OUT && (waits || a->stage >= CR_STAGE_ARRIVED);
}

static gboolean
comes_before (const CrAppointment *a, const CrAppointment *b)
{
  int day = cr_date_compare (a->date, b->date);
  return day != 0 ? day < 0 : a->start_min < b->start_min;
}

/* The next visit that is booked already, so that nobody books a second one by mistake. */
static void
show_other_visit (CrBookPanel *self, const CrChartRecords *records)
{
  const CrAppointment *next = NULL;
  int n = 0;
  for (guint i = 0; i < records->appointments->len; i++) {
    const CrAppointment *a = records->appointments->pdata[i];
    if (!is_ahead (self, a))
      continue;
    n++;
    if (next == NULL || comes_before (a, next))
      next = a;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), next != NULL);
  if (next != NULL) {
    g_autofree char *who = cr_visit_clinician_name (cr_book_panel_session (self), next->person_id);
    g_autofree char *where = cr_visit_place_words (next->date, (int)next->start_min, who);
    g_autofree char *text =
        n == 1 ? g_strdup_printf (_ ("Already booked: %s"), where)
               : g_strdup_printf (ngettext ("Already booked: %s, and %d more visit",
                                            "Already booked: %s, and %d more visits", (gulong)(n - 1)),
                                  where, n - 1);
    gtk_label_set_label (self->other_label, text);
  }
}

static void
show_picker (CrBookPanel *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->picker), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->patient_label), shown);
  gtk_widget_set_visible (self->identity_box, !shown);
  if (shown)
    cr_patient_picker_start (self->picker, cr_book_panel_session (self));
  else
    cr_patient_picker_stop (self->picker);
}

static void
patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CrBookPanel *self = question->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  if (question->number != self->openings || self->schedule == NULL)
    return;
  if (chart == NULL) {
    self->patient_id = CR_ID_NONE;
    cr_book_panel_set_notice (self, error->message, TRUE);
    show_picker (self, TRUE);
    return;
  }
  self->patient = cr_patient_copy (cr_chart_get_records (chart)->patient);
  show_identity (self);
  show_other_visit (self, cr_chart_get_records (chart));
  if (!self->has_slot && !self->walk_in)
    cr_slot_finder_set_usual (self->finder, self->person_id, self->patient->usual_person_id);
  if (!self->walk_in)
    cr_slot_finder_suit (self->finder, self->patient->preferred_days);
  tell_finder (self);
  cr_book_panel_judge (self);
}

/* What is still on its way belongs to the booking before. */
static void
begin_anew (CrBookPanel *self)
{
  self->openings++;
  self->busy = FALSE;
}

static void
open_patient (CrBookPanel *self, CrId patient)
{
  g_clear_pointer (&self->patient, cr_patient_free);
  self->patient_id = patient;
  cr_unsaved_bar_edited (self->unsaved);
  begin_anew (self);
  show_picker (self, FALSE);
  show_identity (self);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), FALSE);
  cr_chart_open_office_async (cr_book_panel_session (self), patient, "booking", patient_cb, ask (self));
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrBookPanel *self)
{
  open_patient (self, patient);
  gtk_widget_grab_focus (GTK_WIDGET (self->types));
  /* Whose visit it is stays in sight, now that the list of those found is gone. */
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->body), 0);
}

static void
register_cb (CrPatientPicker *picker, const char *words, CrBookPanel *self)
{
  cr_window_register_patient (self->window, words);
}

static void
change_cb (CrBookPanel *self)
{
  g_clear_pointer (&self->patient, cr_patient_free);
  self->patient_id = CR_ID_NONE;
  begin_anew (self);
  show_picker (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  cr_book_panel_judge (self);
}

/* ---- visit type ---- */

static void
type_chosen_cb (CrBookPanel *self)
{
  const CrVisitType *type = cr_type_chips_get (self->types);
  g_autofree char *text = g_strdup_printf (_ ("%s, %d minutes"), type->name, (int)type->minutes);
  self->type_id = type->id;
  self->minutes = (int)type->minutes;
  self->type_code = g_intern_string (type->code);
  gtk_label_set_label (self->type_label, text);
  tell_finder (self);
  cr_book_panel_judge (self);
  if (self->has_slot)
    g_signal_emit (self, cr_book_panel_signals[CR_BOOK_PROPOSED], 0);
}

static void
focus_when (CrBookPanel *self)
{
  if (self->walk_in)
    gtk_widget_grab_focus (GTK_WIDGET (self->who));
  else if (self->has_slot)
    gtk_widget_grab_focus (GTK_WIDGET (self->reason_entry));
  else
    cr_slot_finder_focus (self->finder);
}

/* ---- walk-in: now, with the first who is free ---- */

static void
propose_now (CrBookPanel *self)
{
  CrClock *clock = cr_session_get_clock (cr_book_panel_session (self));
  guint at = gtk_drop_down_get_selected (self->who);
  CrSlot slot = { cr_clock_today (clock), cr_clock_minute (clock) / WALK_IN_GRAIN * WALK_IN_GRAIN,
                  CR_ID_NONE };
  if (!self->walk_in || at >= self->who_ids->len)
    return;
  slot.person_id = g_array_index (self->who_ids, CrId, at);
  cr_book_panel_take_slot (self, &slot);
}

static gboolean
is_free_now (CrBookPanel *self, CrId person)
{
  CrClock *clock = cr_session_get_clock (cr_book_panel_session (self));
  const CrDay *day = cr_day_schedule_get_day (self->schedule, person);
  int now = cr_clock_minute (clock);
  return day != NULL && cr_day_check (day, now, MAX (self->minutes, 1), CR_ID_NONE, CR_ID_NONE,
                                      cr_clock_today (clock), now) == CR_PLACE_OK;
}

static void
fill_who (CrBookPanel *self)
{
  GListModel *people = cr_day_schedule_get_clinicians (self->schedule);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  gboolean found = FALSE;
  g_array_set_size (self->who_ids, 0);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    g_autofree char *name = cr_person_short (cr_row_peek (row));
    CrId id = cr_row_get_id (row);
    gboolean free_now = is_free_now (self, id);
    g_autofree char *label = free_now ? g_strdup_printf (_ ("%s (free now)"), name) : g_strdup (name);
    if (free_now && !found)
      selected = i;
    found = found || free_now;
    g_array_append_val (self->who_ids, id);
    gtk_string_list_append (names, label);
  }
  gtk_drop_down_set_model (self->who, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->who, selected);
}

static void
reloaded_cb (CrBookPanel *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->walk_in && self->who_ids->len == 0) {
    fill_who (self);
    propose_now (self);
  }
  cr_book_panel_judge_again (self);
}

/* ---- time ---- */

static void
finder_proposed_cb (CrBookPanel *self)
{
  CrSlot slot;
  if (cr_slot_finder_get_slot (self->finder, &slot))
    cr_book_panel_take_slot (self, &slot);
}

/* Other clinicians, or a second visit, may have been asked for. */
static void
finder_found_cb (CrBookPanel *self)
{
  if (self->has_slot && (self->pick_person || self->pick_other) && !self->busy)
    cr_book_panel_judge (self);
}

static void
finder_chosen_cb (CrBookPanel *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_entry));
}

/* ---- what else can be done ---- */

static void
close_cb (CrBookPanel *self)
{
  g_signal_emit (self, cr_book_panel_signals[CR_BOOK_CLOSED], 0);
}

static void
repeat_cb (CrBookPanel *self)
{
  g_autoptr (CrSeries) draft = cr_series_new ();
  CrRoomSet also;
  g_autofree char *name = cr_window_name_of (self->window, self->patient);
  draft->patient_id = self->patient->id;
  draft->person_id = self->slot.person_id;
  draft->visit_type_id = self->type_id;
  draft->room_id = cr_room_picker_get (self->rooms, &also);
  draft->start_min = self->slot.start;
  draft->minutes = self->minutes;
  draft->reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  draft->start_on = self->slot.date;
  GtkWindow *dialog = cr_series_dialog_present (self->window, draft, name);
  if (dialog != NULL)
    g_signal_connect_object (dialog, "booked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
}

/* What is entered late needs a reason: it may be what was missing. */
static void
reason_changed_cb (CrBookPanel *self)
{
  if (self->has_slot)
    cr_book_panel_judge (self);
}

static void
reason_activate_cb (CrBookPanel *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->book_button));
}

/* No time suits: what was chosen so far goes along. */
static void
wait_cb (CrBookPanel *self)
{
  if (self->patient != NULL)
    cr_wait_dialog_present (self->window, self->patient, self->type_id, self->person_id,
                            gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)), NULL);
}

static void
leave_cb (CrBookPanel *self)
{
  if (!cr_book_panel_ask (self))
    close_cb (self);
}

/* The choices that were opened close first. */
static void
escape_cb (gpointer self)
{
  CrSlotFinder *finder = CR_BOOK_PANEL (self)->finder;
  if (!gtk_widget_get_mapped (GTK_WIDGET (finder)) || !cr_slot_finder_close_more (finder))
    leave_cb (self);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrBookPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean writing = root != NULL && GTK_IS_TEXT (gtk_root_get_focus (root));
  return !writing && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 &&
         gtk_widget_get_mapped (GTK_WIDGET (self->finder)) && cr_slot_finder_choose (self->finder, key);
}

/* ---- class ---- */

static void
cr_book_panel_dispose (GObject *object)
{
  CrBookPanel *self = CR_BOOK_PANEL (object);
  if (self->schedule != NULL)
    g_signal_handlers_disconnect_by_data (self->schedule, self);
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->patient, cr_patient_free);
  g_clear_pointer (&self->who_ids, g_array_unref);
  g_clear_pointer (&self->lost, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_BOOK_PANEL);
  G_OBJECT_CLASS (cr_book_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrBookPanel, root);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, body);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, form_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, foot_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, patient_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, reason_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, identity_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, when_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, who_box);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, title_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, patient_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, name_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, born_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, other_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, type_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, read_back_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, notice_label);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, close_button);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, change_button);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, wait_button);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, book_button);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, repeat_button);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, types);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, who);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, picker);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, finder);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, rooms);
  gtk_widget_class_bind_template_child (widget, CrBookPanel, unsaved);
}

static void
cr_book_panel_class_init (CrBookPanelClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_book_panel_dispose;
  cr_book_panel_signals[CR_BOOK_PROPOSED] =
      g_signal_new ("proposed", CR_TYPE_BOOK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  cr_book_panel_signals[CR_BOOK_BOOKED] = g_signal_new ("booked", CR_TYPE_BOOK_PANEL, G_SIGNAL_RUN_LAST, 0,
                                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  cr_book_panel_signals[CR_BOOK_CLOSED] =
      g_signal_new ("closed", CR_TYPE_BOOK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_PATIENT_PICKER);
  g_type_ensure (CR_TYPE_ROOM_PICKER);
  g_type_ensure (CR_TYPE_SLOT_FINDER);
  g_type_ensure (CR_TYPE_TYPE_CHIPS);
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/book-panel.ui");
  bind_children (widget);
}

static void
cr_book_panel_init (CrBookPanel *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->who_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (self->types, "chosen", G_CALLBACK (type_chosen_cb), self);
  g_signal_connect_swapped (self->types, "done", G_CALLBACK (focus_when), self);
  g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
  g_signal_connect (self->picker, "register", G_CALLBACK (register_cb), self);
  g_signal_connect_swapped (self->change_button, "clicked", G_CALLBACK (change_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (close_cb), self);
  cr_focus_on_escape (GTK_WIDGET (self), escape_cb, self);
  cr_book_panel_connect_kept (self);
  g_signal_connect_swapped (self->wait_button, "clicked", G_CALLBACK (wait_cb), self);
  g_signal_connect_swapped (self->book_button, "clicked", G_CALLBACK (cr_book_panel_book), self);
  g_signal_connect_swapped (self->repeat_button, "clicked", G_CALLBACK (repeat_cb), self);
  g_signal_connect_swapped (self->finder, "proposed", G_CALLBACK (finder_proposed_cb), self);
  g_signal_connect_swapped (self->rooms, "changed", G_CALLBACK (cr_book_panel_rooms_changed), self);
  g_signal_connect_swapped (self->finder, "found", G_CALLBACK (finder_found_cb), self);
  g_signal_connect_swapped (self->finder, "chosen", G_CALLBACK (finder_chosen_cb), self);
  g_signal_connect_swapped (self->reason_entry, "activate", G_CALLBACK (reason_activate_cb), self);
  g_signal_connect_swapped (self->reason_entry, "changed", G_CALLBACK (reason_changed_cb), self);
  g_signal_connect_swapped (self->who, "notify::selected", G_CALLBACK (propose_now), self);
}

/* ---- for the panel's other file ---- */

CrSession *
cr_book_panel_session (CrBookPanel *self)
{
  return cr_window_get_session (self->window);
}

CrDate
cr_book_panel_today (CrBookPanel *self)
{
  return cr_clock_today (cr_session_get_clock (cr_book_panel_session (self)));
}

static void
move_part (GtkWidget *part, GtkBox *to, GtkWidget *after)
{
  g_object_ref (part);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (part)), part);
  gtk_box_insert_child_after (to, part, after);
  g_object_unref (part);
}

/* ---- public ---- */

void
cr_book_panel_set_up (CrBookPanel *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  self->schedule = g_object_ref (schedule);
  cr_slot_finder_set_up (self->finder, window, schedule);
  cr_slot_finder_offer_second (self->finder);
  g_signal_connect_swapped (schedule, "reloaded", G_CALLBACK (reloaded_cb), self);
}

void
cr_book_panel_set_close (CrBookPanel *self, gboolean close)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self),
                               close ? (int)(ROW_EMS * cr_visit_em (GTK_WIDGET (self))) : -1, -1);
  if (gtk_widget_has_css_class (self->root, "close") == close)
    return;
  gtk_box_set_spacing (self->form_box, close ? CLOSE_GAP : GAP);
  if (close) {
    move_part (self->identity_box, GTK_BOX (self->root), gtk_widget_get_first_child (self->root));
    move_part (self->reason_box, self->form_box, gtk_widget_get_last_child (GTK_WIDGET (self->form_box)));
    gtk_widget_add_css_class (self->root, "close");
  } else {
    move_part (self->identity_box, self->patient_box, GTK_WIDGET (self->picker));
    move_part (self->reason_box, self->foot_box, NULL);
    gtk_widget_remove_css_class (self->root, "close");
  }
  if (inside && GTK_IS_TEXT (focus)) /* what moved has lost it */
    gtk_text_grab_focus_without_selecting (GTK_TEXT (focus));
  else if (inside)
    gtk_widget_grab_focus (focus);
}

void
cr_book_panel_start (CrBookPanel *self, const CrBookStart *start)
{
  cr_book_panel_close (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->body), 0);
  self->walk_in = start->walk_in;
  cr_book_panel_keep (self);
  self->person_id = start->person_id;
  self->from = start->date;
  gtk_label_set_label (self->title_label, start->walk_in ? _ ("Walk-In") : _ ("Book a Visit"));
  gtk_widget_set_visible (self->when_box, !start->walk_in);
  gtk_widget_set_visible (GTK_WIDGET (self->wait_button), !start->walk_in);
  gtk_widget_set_visible (self->who_box, start->walk_in);
  cr_type_chips_fill (self->types, cr_session_get_visit_types (cr_book_panel_session (self)));
  cr_type_chips_choose (self->types, start->visit_type_id);
  cr_room_picker_fill (self->rooms, cr_book_panel_session (self));
  cr_book_panel_rooms_changed (self);
  if (start->walk_in) {
    fill_who (self);
    propose_now (self);
  } else {
    cr_slot_finder_start (self->finder, start->date, start->person_id, CR_ID_NONE);
  }
  if (!start->walk_in && start->start != CR_MINUTE_NONE)
    cr_book_panel_propose (self,
                           &(CrGridTarget){ start->date, start->person_id, start->room_id, start->start, 0 });
  if (start->patient_id != CR_ID_NONE)
    open_patient (self, start->patient_id);
  else
    show_picker (self, TRUE);
  cr_book_panel_judge (self);
  if (start->patient_id != CR_ID_NONE)
    gtk_widget_grab_focus (GTK_WIDGET (self->types));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

void
cr_book_panel_close (CrBookPanel *self)
{
  begin_anew (self);
  cr_unsaved_bar_end (self->unsaved);
  self->patient_id = CR_ID_NONE;
  g_clear_pointer (&self->patient, cr_patient_free);
  self->has_slot = self->pick_person = self->pick_other = self->was_free = FALSE;
  g_clear_pointer (&self->lost, g_free);
  self->slot = (CrSlot){ 0 };
  cr_type_chips_clear (self->types);
  self->type_id = CR_ID_NONE;
  self->minutes = 0;
  gtk_label_set_label (self->type_label, "");
  g_array_set_size (self->who_ids, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), "");
  cr_patient_picker_stop (self->picker);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), FALSE);
  cr_book_panel_set_notice (self, NULL, FALSE);
}

void
cr_book_panel_propose (CrBookPanel *self, const CrGridTarget *at)
{
  CrSlot slot = { at->date, at->start, at->person, CR_ID_NONE };
  cr_slot_finder_unselect (self->finder);
  if (at->person == CR_ID_NONE) {
    cr_room_picker_choose (self->rooms, at->room);
    cr_book_panel_rooms_changed (self);
  }
  cr_book_panel_take_slot (self, &slot);
}
