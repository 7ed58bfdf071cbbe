#include "src/ui/schedule/check-out-sheet.h"
#include "src/ui/schedule/hand-over-print.h"
#include "src/ui/schedule/slot-finder.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/domain/desk-rules.h"
#include <glib/gi18n.h>
#include <string.h>

#define PACKET "packet:" /* of a paper's code, before the referral's id */

struct _CrCheckOutSheet {
  GtkWidget parent;
  GtkWidget *root, *papers, *finder, *return_entry, *hint_label;
  GtkLabel *warnings_label, *booked_label, *message;
  GtkButton *print_button, *out_button, *close_button;
  CrWindow *window; /* borrowed: the sheet stands in it */
  CrDaySchedule *schedule;
  CrId visit, encounter, patient, clinician, type;
  char *name, *days; /* of the patient: those that suit, or NULL */
  char *asked;       /* the request as it was read */
  GPtrArray *ticks;  /* GtkCheckButton, each with its code */
  GtkWidget *card;   /* the one of the appointment card; NULL until loaded */
  gboolean booked, leaving;
  gboolean warned;       /* that the request cannot be read */
  gboolean focus_wanted; /* on the times, once they are found */
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrCheckOutSheet, cr_check_out_sheet, GTK_TYPE_WIDGET)

static CrClock *
clock_of (CrCheckOutSheet *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

static gboolean
is_shown (CrCheckOutSheet *self)
{
  return gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
}

static void
say (CrCheckOutSheet *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

/* ---- follow-up ---- */

static int
minutes_of (CrCheckOutSheet *self)
{
  GListModel *types = cr_session_get_visit_types (cr_window_get_session (self->window));
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    if (cr_row_get_id (row) == self->type)
      return (int)((const CrVisitType *)cr_row_peek (row))->minutes;
  }
  return 20;
}

/* FALSE: it cannot be read, and that is said. */
static gboolean
read_request (CrCheckOutSheet *self, CrReturn *request)
{
  g_autofree char *problem = NULL;
  gboolean read =
      cr_return_parse (gtk_editable_get_text (GTK_EDITABLE (self->return_entry)), request, &problem);
  say (self, problem);
  return read;
}

static void
look_for_times (CrCheckOutSheet *self, gboolean focus)
{
  g_auto (CrReturn) request = { 0 };
  CrDate from = CR_DATE_NONE;
  if (!read_request (self, &request))
    return;
  from = cr_return_date (request.n, request.unit, cr_clock_today (clock_of (self)));
  gtk_widget_set_visible (self->finder, cr_date_is_set (from) && !self->booked);
  if (!cr_date_is_set (from) || self->booked)
    return;
  cr_slot_finder_start (CR_SLOT_FINDER (self->finder), from, self->clinician, self->clinician);
  cr_slot_finder_suit (CR_SLOT_FINDER (self->finder), self->days);
  cr_slot_finder_set_visit (CR_SLOT_FINDER (self->finder), self->patient, self->type, minutes_of (self));
  self->focus_wanted = focus;
}

static void
found_cb (CrCheckOutSheet *self)
{
  if (self->focus_wanted)
    cr_slot_finder_focus (CR_SLOT_FINDER (self->finder));
  self->focus_wanted = FALSE;
}

static void
request_entered_cb (CrCheckOutSheet *self)
{
  look_for_times (self, TRUE);
}

static void
say_booked (CrCheckOutSheet *self, const char *text, gboolean done)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->booked_label), done ? "text-2" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->booked_label), done ? "success" : "text-2");
  self->booked = done;
  gtk_label_set_label (self->booked_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->booked_label), TRUE);
  gtk_widget_set_visible (self->hint_label, !done);
}

static char *
describe_visit (CrCheckOutSheet *self, CrDate date, int start, CrId person)
{
  g_autofree char *who = cr_visit_clinician_name (cr_window_get_session (self->window), person);
  return cr_visit_place_words (date, start, who);
}

static void
show_booked (CrCheckOutSheet *self, const CrSlot *slot)
{
  g_autofree char *place = describe_visit (self, slot->date, slot->start, slot->person_id);
  g_autofree char *text = g_strdup_printf (_ ("Booked %s"), place);
  say_booked (self, text, TRUE);
  gtk_widget_set_visible (self->finder, FALSE);
  if (self->card != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->card), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->out_button));
}

typedef struct {
  CrCheckOutSheet *sheet;
  CrWindow *window; /* outlives it */
  char *typed;
} Request;

/* What was not stored is asked for still: closing the sheet again stores it. */
static void
request_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Request *request = data;
  g_autoptr (CrCheckOutSheet) self = request->sheet;
  g_autoptr (CrWindow) window = request->window;
  g_autofree char *typed = request->typed;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error)) {
    g_free (self->asked);
    self->asked = g_steal_pointer (&typed);
  } else if (!g_error_matches (error, CR_ERROR, CR_ERROR_CANCELLED)) {
    cr_window_show_error (window, error);
  }
}

/* What was asked for stays with the visit, also when it is not checked out now.  FALSE: it cannot be read. */
static gboolean
store_request (CrCheckOutSheet *self)
{
  g_auto (CrReturn) request = { 0 };
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->return_entry));
  if (self->encounter == CR_ID_NONE || g_strcmp0 (typed, self->asked) == 0)
    return TRUE;
  if (!read_request (self, &request))
    return FALSE;
  Request *storing = g_new0 (Request, 1);
  *storing = (Request){ g_object_ref (self), g_object_ref (self->window), g_strdup (typed) };
  cr_encounter_set_return_async (cr_window_get_session (self->window), self->encounter, typed,
                                 request_stored_cb, storing);
  return TRUE;
}

typedef struct {
  CrCheckOutSheet *sheet;
  CrSlot slot;
} Booking;

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Booking *booking = data;
  g_autoptr (CrCheckOutSheet) self = booking->sheet;
  g_autoptr (GError) error = NULL;
  CrId id = cr_day_schedule_book_finish (CR_DAY_SCHEDULE (source), result, &error);
  if (!is_shown (self))
    return;
  if (id != CR_ID_NONE) {
    show_booked (self, &booking->slot);
    store_request (self);
    return;
  }
  say (self, error->message);
  look_for_times (self, TRUE); /* the slot is gone: the next ones */
  say (self, error->message);
}

/* Enter on a time takes it at once: Undo takes it back. */
static void
slot_chosen_cb (CrCheckOutSheet *self)
{
  g_auto (CrReturn) request = { 0 };
  Booking *booking = g_new0 (Booking, 1);
  CrBooking wanted = { .patient_id = self->patient, .visit_type_id = self->type };
  if (self->booked || !read_request (self, &request) ||
      !cr_slot_finder_get_slot (CR_SLOT_FINDER (self->finder), &booking->slot)) {
    g_free (booking);
    return;
  }
  booking->sheet = g_object_ref (self);
  wanted.person_id = booking->slot.person_id;
  wanted.date = booking->slot.date;
  wanted.start = booking->slot.start;
  wanted.reason = request.note;
  cr_day_schedule_book_async (self->schedule, &wanted, booked_cb, booking);
}

/* ---- what there is ---- */

static void
add_paper (CrCheckOutSheet *self, const CrHandOver *paper)
{
  GtkWidget *tick = gtk_check_button_new_with_label (paper->label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), paper->given);
  g_object_set_data_full (G_OBJECT (tick), "cr-code", g_strdup (paper->code), g_free);
  cr_wrap_box_append (CR_WRAP_BOX (self->papers), tick);
  g_ptr_array_add (self->ticks, tick);
  if (g_str_equal (paper->code, "card"))
    self->card = tick;
}

static void
show_warnings (CrCheckOutSheet *self, const CrCheckOut *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < out->warnings->len; i++)
    g_string_append_printf (text, "%s▲ %s", i > 0 ? "\n" : "", (const char *)out->warnings->pdata[i]);
  gtk_label_set_label (self->warnings_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_label), text->len > 0);
}

/* What is booked already, by whom ever; before the times are looked for. */
static void
show_known (CrCheckOutSheet *self, const CrCheckOut *out)
{
  const CrAppointment *visit = out->follow_up != NULL ? out->follow_up : out->next;
  g_autofree char *place =
      visit != NULL ? describe_visit (self, visit->date, (int)visit->start_min, visit->person_id) : NULL;
  g_autofree char *text = place != NULL ? g_strdup_printf (_ ("Already booked: %s"), place) : NULL;
  if (text != NULL)
    say_booked (self, text, out->follow_up != NULL || out->returns_handled);
  else if (out->returns_handled)
    say_booked (self, _ ("Taken care of"), TRUE);
  if (out->follow_up != NULL && self->card != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->card), TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCheckOutSheet) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrCheckOut) out = cr_check_out_load_finish (CR_SESSION (source), result, &error);
  if (!is_shown (self))
    return;
  if (out == NULL) {
    say (self, error->message);
    return;
  }
  show_warnings (self, out);
  for (guint i = 0; i < out->papers->len; i++)
    add_paper (self, out->papers->pdata[i]);
  self->type = out->return_type;
  self->encounter = out->encounter_id;
  self->asked = g_strdup (out->returns);
  gtk_editable_set_text (GTK_EDITABLE (self->return_entry), out->returns);
  show_known (self, out);
  look_for_times (self, *out->returns != '\0');
}

/* ---- leaving ---- */

static void
checked_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCheckOutSheet) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  g_autofree char *toast = g_strdup_printf ("%s: %s", self->name, cr_stage_word (CR_STAGE_CHECKED_OUT));
  self->leaving = FALSE;
  if (done)
    cr_window_toast (self->window, toast, _ ("Undo"), "win.undo");
  else if (is_shown (self))
    say (self, error->message);
  if (done && is_shown (self))
    g_signal_emit (self, signals[CLOSED], 0);
}

static void
out_cb (CrCheckOutSheet *self)
{
  g_auto (CrReturn) request = { 0 };
  g_autoptr (GPtrArray) given = g_ptr_array_new ();
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->return_entry));
  CrCheckedOut out = { NULL, NULL, self->booked ? "booked" : NULL };
  if (self->leaving || !read_request (self, &request))
    return;
  for (guint i = 0; i < self->ticks->len; i++)
    if (gtk_check_button_get_active (self->ticks->pdata[i]))
      g_ptr_array_add (given, g_object_get_data (self->ticks->pdata[i], "cr-code"));
  g_ptr_array_add (given, NULL);
  out.given = (const char *const *)given->pdata;
  out.returns = g_strcmp0 (typed, self->asked) != 0 ? typed : NULL;
  self->leaving = TRUE;
  cr_day_schedule_check_out_async (self->schedule, self->visit, &out, checked_out_cb, g_object_ref (self));
}

/* The referrals whose packets are ticked; prescriptions: whether any is. */
static GArray *
ticked_packets (CrCheckOutSheet *self, gboolean *prescriptions)
{
  GArray *packets = g_array_new (FALSE, FALSE, sizeof (CrId));
  *prescriptions = FALSE;
  for (guint i = 0; i < self->ticks->len; i++) {
    const char *code = g_object_get_data (self->ticks->pdata[i], "cr-code");
    if (!gtk_check_button_get_active (self->ticks->pdata[i]))
      continue;
    if (g_str_has_prefix (code, PACKET)) {
      CrId id = g_ascii_strtoll (code + strlen (PACKET), NULL, 10);
      g_array_append_val (packets, id);
    }
    *prescriptions = *prescriptions || g_str_has_prefix (code, "rx:");
  }
  return packets;
}

/* All that is ticked, in one job; prescriptions have a paper of their own. */
static void
print_cb (CrCheckOutSheet *self)
{
  gboolean prescriptions;
  g_autoptr (GArray) packets = ticked_packets (self, &prescriptions);
  gboolean card = self->card != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->card));
  say (self, prescriptions ? _ ("Prescriptions are printed from the chart, on their own paper.") : NULL);
  if (card || packets->len > 0)
    cr_hand_over_print (self->window, self->patient, self->visit, card, packets);
  else if (!prescriptions)
    say (self, _ ("Tick what the patient takes along to print it."));
}

static void
close_cb (CrCheckOutSheet *self)
{
  if (!store_request (self) && !self->warned) {
    self->warned = TRUE; /* what cannot be read is said once */
    gtk_widget_grab_focus (self->return_entry);
    return;
  }
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrCheckOutSheet *self)
{
  if (key == GDK_KEY_Escape)
    close_cb (self);
  return key == GDK_KEY_Escape;
}

static gboolean
cr_check_out_sheet_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CR_CHECK_OUT_SHEET (widget)->out_button));
}

static void
cr_check_out_sheet_dispose (GObject *object)
{
  CrCheckOutSheet *self = CR_CHECK_OUT_SHEET (object);
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->days, g_free);
  g_clear_pointer (&self->asked, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CR_TYPE_CHECK_OUT_SHEET);
  G_OBJECT_CLASS (cr_check_out_sheet_parent_class)->dispose (object);
}

static void
cr_check_out_sheet_class_init (CrCheckOutSheetClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_check_out_sheet_dispose;
  widget->grab_focus = cr_check_out_sheet_grab_focus;
  widget->focus = cr_focus_parts;
  signals[CLOSED] = g_signal_new ("closed", CR_TYPE_CHECK_OUT_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  g_type_ensure (CR_TYPE_SLOT_FINDER);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/check-out-sheet.ui");
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, root);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, papers);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, finder);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, return_entry);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, hint_label);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, warnings_label);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, booked_label);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, message);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, print_button);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, out_button);
  gtk_widget_class_bind_template_child (widget, CrCheckOutSheet, close_button);
}

static void
cr_check_out_sheet_init (CrCheckOutSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ticks = g_ptr_array_new ();
  g_signal_connect_swapped (self->return_entry, "activate", G_CALLBACK (request_entered_cb), self);
  g_signal_connect_swapped (self->finder, "found", G_CALLBACK (found_cb), self);
  g_signal_connect_swapped (self->finder, "chosen", G_CALLBACK (slot_chosen_cb), self);
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (self->out_button, "clicked", G_CALLBACK (out_cb), self);
  g_signal_connect_swapped (self->close_button, "clicked", G_CALLBACK (close_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
cr_check_out_sheet_new (CrWindow *window, CrDaySchedule *schedule, const CrVisit *visit,
                        GtkOrientation layout)
{
  CrCheckOutSheet *self = g_object_new (CR_TYPE_CHECK_OUT_SHEET, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->root), layout);
  gtk_widget_set_size_request (self->finder, layout == GTK_ORIENTATION_HORIZONTAL ? 380 : -1, -1);
  self->window = window;
  self->schedule = g_object_ref (schedule);
  self->visit = visit->appointment->id;
  self->patient = visit->patient->id;
  self->days = g_strdup (visit->patient->preferred_days);
  self->clinician = visit->appointment->person_id;
  self->type = visit->appointment->visit_type_id;
  self->name = cr_window_name_of (window, visit->patient);
  cr_slot_finder_set_up (CR_SLOT_FINDER (self->finder), window, schedule);
  g_signal_connect_object (cr_window_get_session (window), "flush", G_CALLBACK (store_request), self,
                           G_CONNECT_SWAPPED);
  cr_check_out_load_async (cr_window_get_session (window), self->visit, loaded_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

gboolean
cr_check_out_sheet_perform (GtkWidget *page, const char *what)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *sheet = focus != NULL ? gtk_widget_get_ancestor (focus, CR_TYPE_CHECK_OUT_SHEET) : NULL;
  if (sheet == NULL)
    return FALSE;
  if (g_str_equal (what, "print"))
    print_cb (CR_CHECK_OUT_SHEET (sheet));
  else if (g_str_equal (what, "primary"))
    out_cb (CR_CHECK_OUT_SHEET (sheet));
  else
    return FALSE;
  return TRUE;
}
