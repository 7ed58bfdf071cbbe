#include "src/ui/schedule/book-panel.h"
#include "src/ui/schedule/patient-picker.h"
#include "src/ui/schedule/series-dialog.h"
#include "src/ui/schedule/slot-finder.h"
#include "src/ui/schedule/type-chips.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/schedule/wait-dialog.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/combined.h"
#include <glib/gi18n.h>

#define WALK_IN_GRAIN 5 /* minutes: a walk-in begins at the last full five minutes */

struct _CrBookPanel {
  GtkWidget parent;
  GtkWidget *root, *identity_box, *when_box, *who_box;
  GtkLabel *title_label, *patient_label, *name_label, *born_label, *other_label, *type_label,
      *read_back_label, *notice_label;
  GtkButton *close_button, *change_button, *wait_button, *book_button, *repeat_button;
  CrTypeChips *types;
  GtkEntry *reason_entry;
  GtkDropDown *who;
  CrPatientPicker *picker;
  CrSlotFinder *finder;

  CrWindow *window; /* borrowed: the panel stands in it */
  CrDaySchedule *schedule;
  CrPatient *patient; /* NULL: not chosen yet */
  guint openings;     /* counts patients asked for: only the last one's answer counts */
  CrId person_id;     /* asked for from the start; none: the usual one first */
  CrId type_id;
  int minutes;
  const char *type_code; /* interned */
  CrSlot slot;
  gboolean has_slot, walk_in, busy;
  guint accept;    /* CrPlace bits: what the panel says is in the way */
  GArray *who_ids; /* CrId per entry of who */
};

typedef struct {
  CrBookPanel *self;
  guint number;
  char *toast;
} Question;

enum { PROPOSED, BOOKED, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrBookPanel, cr_book_panel, GTK_TYPE_WIDGET)

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->toast);
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

static CrSession *
session_of (CrBookPanel *self)
{
  return cr_window_get_session (self->window);
}

static CrDate
today_of (CrBookPanel *self)
{
  return cr_clock_today (cr_session_get_clock (session_of (self)));
}

/* ---- what is in the way ---- */

static void
set_notice (CrBookPanel *self, const char *text, gboolean hard)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->notice_label), hard ? "field-question" : "field-problem");
  gtk_widget_add_css_class (GTK_WIDGET (self->notice_label), hard ? "field-problem" : "field-question");
  gtk_label_set_label (self->notice_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), text != NULL);
}

static CrBooking
booking_of (CrBookPanel *self)
{
  return (CrBooking){ .patient_id = self->patient != NULL ? self->patient->id : CR_ID_NONE,
                      .person_id = self->slot.person_id,
                      .visit_type_id = self->type_id,
                      .date = self->slot.date,
                      .start = self->slot.start,
                      .minutes = self->minutes,
                      .walk_in = self->walk_in,
                      .accept = self->accept };
}

/* What is in the way, new sentences; NULL when nothing is. */
static char *
find_obstacle (CrBookPanel *self, gboolean *hard)
{
  CrBooking booking = booking_of (self);
  g_autofree char *sentence = NULL;
  guint places = cr_day_schedule_places (self->schedule, &booking, CR_ID_NONE, &sentence);
  *hard = cr_places_hard (places, self->slot.date, today_of (self)) != 0;
  self->accept = *hard ? 0 : places;
  if (places == 0 || (places == CR_PLACE_BIT (CR_PLACE_PAST) && self->walk_in))
    return NULL;
  return g_steal_pointer (&sentence);
}

static char *
describe_death (CrBookPanel *self)
{
  g_autofree char *died = self->patient != NULL ? cr_patient_died (self->patient) : NULL;
  return died != NULL ? g_strdup_printf (_ ("%s. No visit can be booked."), died) : NULL;
}

static void
show_read_back (CrBookPanel *self)
{
  g_autofree char *who =
      self->has_slot ? cr_visit_clinician_name (session_of (self), self->slot.person_id) : NULL;
  g_autofree char *words = who != NULL ? cr_visit_read_back (self->slot.date, self->slot.start, who) : NULL;
  g_autofree char *text = words != NULL && self->minutes > 0
                              ? g_strdup_printf (_ ("%s, %d minutes"), words, self->minutes)
                              : NULL;
  gtk_label_set_label (self->read_back_label, text != NULL    ? text
                                              : words != NULL ? words
                                                              : _ ("No time chosen yet."));
}

/* Why nothing can be booked at all, a new sentence; NULL: it can. */
static char *
find_bar (CrBookPanel *self)
{
  return cr_type_chips_get (self->types) == NULL
             ? g_strdup (_ ("No visit types yet. An administrator adds them under Practice and People."))
             : describe_death (self);
}

/* The last line of the panel: what will be booked, what is in the way, and whether it can be booked. */
static void
judge (CrBookPanel *self)
{
  gboolean hard = FALSE;
  self->accept = 0;
  g_autofree char *obstacle = self->has_slot ? find_obstacle (self, &hard) : NULL;
  g_autofree char *bar = find_bar (self);
  gboolean ready = self->patient != NULL && self->has_slot && self->minutes > 0 && !self->busy;
  gboolean barred = bar != NULL;
  if (barred) {
    g_free (obstacle);
    obstacle = g_steal_pointer (&bar);
    hard = TRUE;
  }
  show_read_back (self);
  set_notice (self, obstacle, hard);
  gtk_button_set_label (self->book_button, obstacle != NULL && !hard ? _ ("Book Anyway") : _ ("Book"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), ready && !hard);
  gtk_widget_set_sensitive (GTK_WIDGET (self->wait_button), self->patient != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->repeat_button), ready && !barred && !self->walk_in);
}

static void
propose (CrBookPanel *self, const CrSlot *slot)
{
  self->slot = *slot;
  self->has_slot = TRUE;
  if (cr_date_compare (cr_day_schedule_get_date (self->schedule), slot->date) != 0)
    cr_day_schedule_set_date (self->schedule, slot->date);
  judge (self);
  g_signal_emit (self, signals[PROPOSED], 0);
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
  g_autofree char *line = self->patient != NULL ? cr_patient_identity (self->patient, today_of (self)) : NULL;
  gtk_label_set_label (self->name_label, name != NULL ? name : "…");
  gtk_label_set_label (self->born_label, line != NULL ? line : "");
}

/* The next visit that is booked already, so that nobody books a second one by mistake. */
static void
show_other_visit (CrBookPanel *self, const CrChartRecords *records)
{
  const CrAppointment *next = NULL;
  for (guint i = 0; i < records->appointments->len; i++) {
    const CrAppointment *a = records->appointments->pdata[i];
    gboolean ahead = cr_date_compare (a->date, today_of (self)) >= 0 && a->stage < CR_STAGE_CHECKED_OUT;
    if (ahead && (next == NULL || cr_date_compare (a->date, next->date) < 0))
      next = a;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), next != NULL);
  if (next != NULL) {
    g_autofree char *who = cr_visit_clinician_name (session_of (self), next->person_id);
    g_autofree char *where = cr_visit_place_words (next->date, (int)next->start_min, who);
    g_autofree char *text = g_strdup_printf (_ ("Already booked: %s"), where);
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
    cr_patient_picker_start (self->picker, session_of (self));
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
    set_notice (self, error->message, TRUE);
    show_picker (self, TRUE);
    return;
  }
  self->patient = cr_patient_copy (cr_chart_get_records (chart)->patient);
  show_identity (self);
  show_other_visit (self, cr_chart_get_records (chart));
  if (!self->has_slot && !self->walk_in)
    cr_slot_finder_start (self->finder, cr_day_schedule_get_date (self->schedule), self->person_id,
                          self->patient->usual_person_id);
  tell_finder (self);
  judge (self);
}

static void
open_patient (CrBookPanel *self, CrId patient)
{
  g_clear_pointer (&self->patient, cr_patient_free);
  self->openings++;
  show_picker (self, FALSE);
  show_identity (self);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), FALSE);
  cr_chart_open_office_async (session_of (self), patient, "booking", patient_cb, ask (self));
}

static void
picked_cb (CrPatientPicker *picker, gint64 patient, CrBookPanel *self)
{
  open_patient (self, patient);
  gtk_widget_grab_focus (GTK_WIDGET (self->types));
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
  self->openings++;
  show_picker (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  judge (self);
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
  judge (self);
  if (self->has_slot)
    g_signal_emit (self, signals[PROPOSED], 0);
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
  CrClock *clock = cr_session_get_clock (session_of (self));
  guint at = gtk_drop_down_get_selected (self->who);
  CrSlot slot = { cr_clock_today (clock), cr_clock_minute (clock) / WALK_IN_GRAIN * WALK_IN_GRAIN,
                  CR_ID_NONE };
  if (!self->walk_in || at >= self->who_ids->len)
    return;
  slot.person_id = g_array_index (self->who_ids, CrId, at);
  propose (self, &slot);
}

static gboolean
is_free_now (CrBookPanel *self, CrId person)
{
  CrClock *clock = cr_session_get_clock (session_of (self));
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
  judge (self);
}

/* ---- time ---- */

static void
finder_proposed_cb (CrBookPanel *self)
{
  CrSlot slot;
  if (cr_slot_finder_get_slot (self->finder, &slot))
    propose (self, &slot);
}

static void
finder_chosen_cb (CrBookPanel *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_entry));
}

/* ---- booking ---- */

/* The visit that follows the proposed one; FALSE: there is none. */
static gboolean
second_booking (CrBookPanel *self, const CrBooking *first, CrBooking *out)
{
  *out = *first;
  out->visit_type_id = cr_slot_finder_get_then (self->finder);
  out->person_id = self->slot.other_id;
  out->start = first->start + self->minutes;
  out->minutes = 0;
  return !self->walk_in && out->visit_type_id != CR_ID_NONE && out->person_id != CR_ID_NONE;
}

static void booked (CrBookPanel *self, Question *question, CrId id, const GError *error);

static void
combined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  CrId id = cr_combined_book_finish (CR_SESSION (source), result, &error);
  booked (question->self, question, id, error);
}

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  CrId id = cr_day_schedule_book_finish (CR_DAY_SCHEDULE (source), result, &error);
  booked (question->self, question, id, error);
}

static void
booked (CrBookPanel *self, Question *question, CrId id, const GError *error)
{
  if (self->schedule == NULL)
    return;
  self->busy = FALSE;
  if (id == CR_ID_NONE) {
    /* Taken meanwhile: the time is chosen anew, a second press of the key never overbooks. */
    self->has_slot = self->has_slot && !g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT);
    judge (self);
    set_notice (self, error->message, !g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT));
    return;
  }
  cr_window_toast (self->window, question->toast, _ ("Undo"), "win.undo");
  g_signal_emit (self, signals[BOOKED], 0, id);
}

static void
repeat_cb (CrBookPanel *self)
{
  g_autoptr (CrSeries) draft = cr_series_new ();
  g_autofree char *name = cr_window_name_of (self->window, self->patient);
  draft->patient_id = self->patient->id;
  draft->person_id = self->slot.person_id;
  draft->visit_type_id = self->type_id;
  draft->start_min = self->slot.start;
  draft->minutes = self->minutes;
  draft->reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  draft->start_on = self->slot.date;
  cr_series_dialog_present (self->window, draft, name);
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
close_cb (CrBookPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrBookPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean writing = root != NULL && GTK_IS_TEXT (gtk_root_get_focus (root));
  if (key == GDK_KEY_Escape)
    close_cb (self);
  else if (writing || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
           !gtk_widget_get_mapped (GTK_WIDGET (self->finder)) || !cr_slot_finder_choose (self->finder, key))
    return FALSE;
  return TRUE;
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
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_BOOK_PANEL);
  G_OBJECT_CLASS (cr_book_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrBookPanel, root);
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
}

static void
cr_book_panel_class_init (CrBookPanelClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_book_panel_dispose;
  signals[PROPOSED] =
      g_signal_new ("proposed", CR_TYPE_BOOK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BOOKED] = g_signal_new ("booked", CR_TYPE_BOOK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] =
      g_signal_new ("closed", CR_TYPE_BOOK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_PATIENT_PICKER);
  g_type_ensure (CR_TYPE_SLOT_FINDER);
  g_type_ensure (CR_TYPE_TYPE_CHIPS);
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
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect_swapped (self->wait_button, "clicked", G_CALLBACK (wait_cb), self);
  g_signal_connect_swapped (self->book_button, "clicked", G_CALLBACK (cr_book_panel_book), self);
  g_signal_connect_swapped (self->repeat_button, "clicked", G_CALLBACK (repeat_cb), self);
  g_signal_connect_swapped (self->finder, "proposed", G_CALLBACK (finder_proposed_cb), self);
  g_signal_connect_swapped (self->finder, "chosen", G_CALLBACK (finder_chosen_cb), self);
  g_signal_connect_swapped (self->reason_entry, "activate", G_CALLBACK (reason_activate_cb), self);
  g_signal_connect_swapped (self->who, "notify::selected", G_CALLBACK (propose_now), self);
}

/* ---- public ---- */

void
cr_book_panel_set_up (CrBookPanel *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  self->schedule = g_object_ref (schedule);
  cr_slot_finder_set_up (self->finder, window, schedule);
  g_signal_connect_swapped (schedule, "reloaded", G_CALLBACK (reloaded_cb), self);
}

void
cr_book_panel_start (CrBookPanel *self, const CrBookStart *start)
{
  cr_book_panel_close (self);
  self->walk_in = start->walk_in;
  self->person_id = start->person_id;
  gtk_label_set_label (self->title_label, start->walk_in ? _ ("Walk-In") : _ ("Book a Visit"));
  gtk_widget_set_visible (self->when_box, !start->walk_in);
  gtk_widget_set_visible (GTK_WIDGET (self->wait_button), !start->walk_in);
  gtk_widget_set_visible (self->who_box, start->walk_in);
  cr_type_chips_fill (self->types, cr_session_get_visit_types (session_of (self)));
  cr_type_chips_choose (self->types, start->visit_type_id);
  if (start->walk_in) {
    fill_who (self);
    propose_now (self);
  } else {
    cr_slot_finder_start (self->finder, start->date, start->person_id, CR_ID_NONE);
  }
  if (!start->walk_in && start->start != CR_MINUTE_NONE)
    cr_book_panel_propose (self, start->person_id, start->date, start->start);
  if (start->patient_id != CR_ID_NONE)
    open_patient (self, start->patient_id);
  else
    show_picker (self, TRUE);
  judge (self);
  if (start->patient_id != CR_ID_NONE)
    gtk_widget_grab_focus (GTK_WIDGET (self->types));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

void
cr_book_panel_close (CrBookPanel *self)
{
  self->openings++;
  g_clear_pointer (&self->patient, cr_patient_free);
  self->has_slot = self->busy = FALSE;
  cr_type_chips_clear (self->types);
  self->type_id = CR_ID_NONE;
  self->minutes = 0;
  gtk_label_set_label (self->type_label, "");
  g_array_set_size (self->who_ids, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), "");
  cr_patient_picker_stop (self->picker);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), FALSE);
  set_notice (self, NULL, FALSE);
}

void
cr_book_panel_propose (CrBookPanel *self, CrId person, CrDate date, int start)
{
  CrSlot slot = { date, start, person, CR_ID_NONE };
  cr_slot_finder_unselect (self->finder);
  propose (self, &slot);
}

gboolean
cr_book_panel_get_proposal (CrBookPanel *self, CrSlot *slot, int *minutes, const char **type_code)
{
  *slot = self->slot;
  *minutes = self->minutes;
  *type_code = self->type_code;
  return self->has_slot && self->minutes > 0;
}

void
cr_book_panel_book (CrBookPanel *self)
{
  CrBooking booking, second;
  Question *question;
  g_autofree char *who = NULL, *where = NULL, *reason = NULL;
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->book_button)))
    return;
  reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  who = cr_visit_clinician_name (session_of (self), self->slot.person_id);
  where = cr_visit_place_words (self->slot.date, self->slot.start, who);
  booking = booking_of (self);
  booking.reason = cr_str_empty (reason) ? NULL : reason;
  if (self->walk_in)
    booking.start = CR_MINUTE_NONE; /* now, when it is saved */
  question = ask (self);
  question->toast = g_strdup_printf (_ ("Booked %s"), where);
  self->busy = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), FALSE);
  if (second_booking (self, &booking, &second))
    cr_combined_book_async (session_of (self), &booking, &second, combined_cb, question);
  else
    cr_day_schedule_book_async (self->schedule, &booking, booked_cb, question);
}
