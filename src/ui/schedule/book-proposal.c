/* What the panel proposes: when, with whom, in which room, with which second visit; what is in the way;
 * booking it. */
#include "src/ui/schedule/book-panel-private.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/session/combined.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  CrBookPanel *self;
  guint number; /* of the opening that it was booked in */
  char *toast;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->self);
  g_free (saving->toast);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

void
cr_book_panel_set_notice (CrBookPanel *self, const char *text, gboolean hard)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->notice_label), hard ? "field-question" : "field-problem");
  gtk_widget_add_css_class (GTK_WIDGET (self->notice_label), hard ? "field-problem" : "field-question");
  gtk_label_set_label (self->notice_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), text != NULL);
}

/* ---- the visit, and a second one ---- */

/* As typed, borrowed; NULL: nothing but blanks. */
static const char *
typed_reason (CrBookPanel *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->reason_entry));
  return text[strspn (text, " ")] != '\0' ? text : NULL;
}

static CrBooking
booking_of (CrBookPanel *self)
{
  CrBooking booking = { .patient_id = self->patient != NULL ? self->patient->id : CR_ID_NONE,
                        .person_id = self->slot.person_id,
                        .visit_type_id = self->type_id,
                        .date = self->slot.date,
                        .start = self->slot.start,
                        .minutes = self->minutes,
                        .walk_in = self->walk_in,
                        .reason = typed_reason (self),
                        .accept = self->accept };
  booking.room_id = cr_room_picker_get (self->rooms, &booking.also);
  return booking;
}

static CrSlotJoin
join_of (CrBookPanel *self)
{
  return self->walk_in ? CR_SLOT_SINGLE : cr_slot_finder_get_second (self->finder).join;
}

/* Right after the first one; or at once with it, in the same room. */
static CrBooking
second_booking (CrBookPanel *self, const CrBooking *first)
{
  CrBooking second = *first;
  second.visit_type_id = cr_slot_finder_get_second (self->finder).visit_type_id;
  second.person_id = self->slot.other_id;
  second.minutes = 0;
  second.accept = self->accept_other;
  if (join_of (self) != CR_SLOT_AFTER)
    return second;
  second.start = first->start + self->minutes;
  second.room_id = CR_ID_NONE;
  second.also.n = 0;
  return second;
}

/* ---- who is free ---- */

/* Between two days nobody can be picked. */
static gboolean
knows_day (CrBookPanel *self)
{
  return cr_day_schedule_get_day (self->schedule, CR_ID_NONE)->hours != NULL;
}

/* Those that were asked for, but one of them. */
static CrId
pick_other_than (CrBookPanel *self, const CrBooking *booking, const GArray *asked, CrId but)
{
  GListModel *all = cr_day_schedule_get_clinicians (self->schedule);
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (all, i);
    CrId id = cr_row_get_id (row);
    gboolean wanted = asked->len == 0;
    for (guint k = 0; k < asked->len; k++)
      wanted = wanted || g_array_index (asked, CrId, k) == id;
    if (wanted && id != but)
      g_array_append_val (people, id);
  }
  return people->len > 0 ? cr_day_schedule_pick (self->schedule, booking, people, CR_ID_NONE) : CR_ID_NONE;
}

/* Where nobody was named: the patient's usual clinician when free, else the first who is; for a second visit
 * right after, the same one. */
static void
settle_people (CrBookPanel *self)
{
  CrBooking first, second;
  CrSlotSecond wanted = cr_slot_finder_get_second (self->finder);
  CrId usual = self->patient != NULL ? self->patient->usual_person_id : CR_ID_NONE;
  if (!knows_day (self))
    return;
  first = booking_of (self);
  if (self->pick_person)
    self->slot.person_id = first.person_id =
        cr_day_schedule_pick (self->schedule, &first, cr_slot_finder_get_people (self->finder), usual);
  if (!self->pick_other || wanted.join == CR_SLOT_SINGLE)
    return;
  second = second_booking (self, &first);
  self->slot.other_id = wanted.join == CR_SLOT_AFTER
                            ? cr_day_schedule_pick (self->schedule, &second, wanted.people, first.person_id)
                            : pick_other_than (self, &second, wanted.people, first.person_id);
}

/* ---- what is in the way ---- */

/* Of one visit, new sentences; NULL: nothing is.  accept: what they say. */
static char *
find_obstacle (CrBookPanel *self, const CrBooking *booking, guint *accept, gboolean *hard)
{
  g_autofree char *sentence = NULL;
  guint places = cr_day_schedule_places (self->schedule, booking, CR_ID_NONE, &sentence);
  gboolean bars = cr_places_hard (places) != 0;
  *accept = bars ? 0 : places;
  *hard = *hard || bars;
  return g_steal_pointer (&sentence);
}

/* Of the second visit what is not said of the first already. */
static char *
find_obstacles (CrBookPanel *self, gboolean *hard)
{
  CrBooking first = booking_of (self), second;
  g_autofree char *one = find_obstacle (self, &first, &self->accept, hard), *other = NULL;
  if (join_of (self) == CR_SLOT_SINGLE)
    return g_steal_pointer (&one);
  second = second_booking (self, &first);
  other = find_obstacle (self, &second, &self->accept_other, hard);
  if (one == NULL || other == NULL || g_str_equal (one, other))
    return one != NULL ? g_steal_pointer (&one) : g_steal_pointer (&other);
  return g_strdup_printf ("%s %s", one, other);
}

static char *
describe_death (CrBookPanel *self)
{
  g_autofree char *died = self->patient != NULL ? cr_patient_died (self->patient) : NULL;
  return died != NULL ? g_strdup_printf (_ ("%s. No visit can be booked."), died) : NULL;
}

/* Why nothing can be booked at all, a new sentence; NULL: it can. */
static char *
find_bar (CrBookPanel *self)
{
  if (cr_type_chips_get (self->types) == NULL)
    return g_strdup (_ ("No visit types yet. An administrator adds them under Practice and People."));
  if (self->has_slot && knows_day (self) && self->slot.person_id == CR_ID_NONE)
    return g_strdup (_ ("No clinician is free at this time. Choose another time."));
  if (self->has_slot && knows_day (self) && join_of (self) != CR_SLOT_SINGLE &&
      self->slot.other_id == CR_ID_NONE)
    return g_strdup (_ ("Nobody is free for the second visit then. Choose another time."));
  return describe_death (self);
}

/* ---- in words ---- */

/* "Dr. Okafor"; of two at once "Dr. Okafor and Dr. Chen". */
static char *
name_people (CrBookPanel *self)
{
  CrSession *session = cr_book_panel_session (self);
  g_autofree char *who = cr_visit_clinician_name (session, self->slot.person_id);
  g_autofree char *other =
      join_of (self) == CR_SLOT_TOGETHER ? cr_visit_clinician_name (session, self->slot.other_id) : NULL;
  return who != NULL && other != NULL ? g_strdup_printf (_ ("%s and %s"), who, other)
                                      : g_steal_pointer (&who);
}

/* ", then Dr. Chen" of a second visit right after; "" else. */
static char *
name_next (CrBookPanel *self)
{
  g_autofree char *other = join_of (self) == CR_SLOT_AFTER
                               ? cr_visit_clinician_name (cr_book_panel_session (self), self->slot.other_id)
                               : NULL;
  return other != NULL ? g_strdup_printf (_ (", then %s"), other) : g_strdup ("");
}

static char *
describe_proposal (CrBookPanel *self)
{
  const char *rooms = cr_room_picker_get_words (self->rooms);
  if (!self->has_slot)
    return g_strdup (_ ("No time chosen yet."));
  g_autofree char *who = name_people (self), *next = name_next (self);
  g_autofree char *words = who != NULL ? cr_visit_read_back (self->slot.date, self->slot.start, who)
                                       : cr_visit_place_words (self->slot.date, self->slot.start, NULL);
  g_autofree char *length = self->minutes > 0 ? g_strdup_printf (_ (", %d minutes"), self->minutes) : NULL;
  return g_strconcat (words, length != NULL ? length : "", next, rooms != NULL ? " · " : NULL, rooms, NULL);
}

static void
show_rooms (CrBookPanel *self)
{
  CrBooking booking = booking_of (self);
  g_autoptr (GArray) taken = NULL;
  if (!self->has_slot)
    booking.date = cr_day_schedule_get_date (self->schedule);
  taken = cr_day_schedule_rooms (self->schedule, &booking);
  cr_room_picker_show (self->rooms, taken);
  self->first_room = taken->len > 0 ? g_array_index (taken, CrId, 0) : CR_ID_NONE;
}

/* A series keeps one room and what its type needs, neither a second visit nor a machine beside them. */
static gboolean
may_repeat (CrBookPanel *self)
{
  CrRoomSet also;
  cr_room_picker_get (self->rooms, &also);
  return also.n == 0 && join_of (self) == CR_SLOT_SINGLE;
}

/* The time is chosen anew: the key that would have booked it never overbooks. */
static void
lose_slot (CrBookPanel *self, const char *sentence)
{
  g_free (self->lost);
  self->lost = g_strdup (sentence);
  self->has_slot = FALSE;
  cr_slot_finder_look_again (self->finder);
  cr_book_panel_judge (self);
  g_signal_emit (self, cr_book_panel_signals[CR_BOOK_PROPOSED], 0);
}

void
cr_book_panel_judge_again (CrBookPanel *self)
{
  gboolean was_free = self->was_free && !self->walk_in && !self->busy, hard = FALSE;
  g_autofree char *obstacle = was_free ? find_obstacles (self, &hard) : NULL;
  guint soft = self->accept | self->accept_other;
  if (obstacle != NULL && !hard && soft == CR_PLACE_BIT (CR_PLACE_PAST))
    g_clear_pointer (&obstacle, g_free); /* the minute has passed, nobody took it */
  if (obstacle != NULL && (soft & CR_PLACE_BIT (CR_PLACE_OVERLAP)) != 0)
    lose_slot (self, _ ("Somebody has just taken this time. Choose another one."));
  else if (obstacle != NULL)
    lose_slot (self, obstacle);
  else
    cr_book_panel_judge (self);
  if (!self->has_slot && !self->walk_in && obstacle == NULL)
    cr_slot_finder_look_again (self->finder);
}

void
cr_book_panel_judge (CrBookPanel *self)
{
  gboolean hard = FALSE;
  CrSlot before = self->slot;
  cr_unsaved_bar_edited (self->unsaved);
  self->accept = self->accept_other = 0;
  if (self->has_slot)
    settle_people (self);
  show_rooms (self);
  g_autofree char *obstacle = self->has_slot ? find_obstacles (self, &hard) : NULL;
  g_autofree char *bar = find_bar (self);
  gboolean named = self->slot.person_id != CR_ID_NONE &&
                   (join_of (self) == CR_SLOT_SINGLE || self->slot.other_id != CR_ID_NONE);
  gboolean ready = self->patient != NULL && self->has_slot && named && self->minutes > 0 && !self->busy;
  gboolean barred = bar != NULL;
  if (barred) {
    g_free (obstacle);
    obstacle = g_steal_pointer (&bar);
    hard = TRUE;
  }
  g_autofree char *words = describe_proposal (self);
  gtk_label_set_label (self->read_back_label, words);
  self->was_free =
      self->has_slot && obstacle == NULL && knows_day (self); /* else nothing is known of it yet */
  cr_book_panel_set_notice (self, obstacle != NULL ? obstacle : self->lost, hard || obstacle == NULL);
  gtk_button_set_label (self->book_button, obstacle != NULL && !hard ? _ ("Book Anyway") : _ ("Book"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), ready && !hard);
  gtk_widget_set_sensitive (GTK_WIDGET (self->wait_button), self->patient != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->repeat_button),
                          ready && !barred && !self->walk_in && may_repeat (self));
  if (self->has_slot && before.person_id != self->slot.person_id)
    g_signal_emit (self, cr_book_panel_signals[CR_BOOK_PROPOSED], 0);
}

void
cr_book_panel_take_slot (CrBookPanel *self, const CrSlot *slot)
{
  self->slot = *slot;
  self->has_slot = TRUE;
  g_clear_pointer (&self->lost, g_free);
  self->pick_person = slot->person_id == CR_ID_NONE;
  self->pick_other = slot->other_id == CR_ID_NONE;
  if (cr_date_compare (cr_day_schedule_get_date (self->schedule), slot->date) != 0)
    cr_day_schedule_set_date (self->schedule, slot->date);
  cr_book_panel_judge (self);
  g_signal_emit (self, cr_book_panel_signals[CR_BOOK_PROPOSED], 0);
}

/* ---- booking ---- */

static void
booked (Saving *saving, CrId id, const GError *error)
{
  CrBookPanel *self = saving->self;
  if (self->schedule == NULL)
    return;
  if (saving->number != self->openings) { /* another booking stands here by now */
    if (id != CR_ID_NONE)
      cr_window_toast (self->window, saving->toast, _ ("Undo"), "win.undo");
    else
      cr_window_show_error (self->window, error);
    return;
  }
  self->busy = FALSE;
  if (id == CR_ID_NONE) {
    if (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT)) {
      lose_slot (self, error->message);
      return;
    }
    cr_book_panel_judge (self);
    cr_book_panel_set_notice (self, error->message, TRUE);
    return;
  }
  cr_window_toast (self->window, saving->toast, _ ("Undo"), "win.undo");
  g_signal_emit (self, cr_book_panel_signals[CR_BOOK_BOOKED], 0, id);
}

static void
combined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;
  CrId id = cr_combined_book_finish (CR_SESSION (source), result, &error);
  booked (saving, id, error);
}

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;
  CrId id = cr_day_schedule_book_finish (CR_DAY_SCHEDULE (source), result, &error);
  booked (saving, id, error);
}

static Saving *
begin_saving (CrBookPanel *self)
{
  Saving *saving = g_new0 (Saving, 1);
  g_autofree char *who = name_people (self), *next = name_next (self);
  g_autofree char *where = cr_visit_place_words (self->slot.date, self->slot.start, who);
  saving->self = g_object_ref (self);
  saving->number = self->openings;
  saving->toast = g_strdup_printf (_ ("Booked %s%s"), where, next);
  self->busy = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->book_button), FALSE);
  return saving;
}

static const CrVisitType *
find_type (CrBookPanel *self, CrId id)
{
  GListModel *types = cr_session_get_visit_types (cr_book_panel_session (self));
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i); /* the list keeps it */
    const CrVisitType *type = cr_row_peek (row);
    if (type->id == id)
      return type;
  }
  return NULL;
}

/* ---- public ---- */

gboolean
cr_book_panel_get_proposal (CrBookPanel *self, CrGridTarget *at, const char **type_code)
{
  *at = (CrGridTarget){ self->slot.date, self->slot.person_id, self->first_room, self->slot.start,
                        self->minutes };
  *type_code = self->type_code;
  return self->has_slot && self->minutes > 0;
}

gboolean
cr_book_panel_get_second (CrBookPanel *self, CrGridTarget *at, const char **type_code)
{
  CrBooking first = booking_of (self), second;
  const CrVisitType *type;
  if (join_of (self) == CR_SLOT_SINGLE || self->slot.other_id == CR_ID_NONE)
    return FALSE;
  second = second_booking (self, &first);
  type = find_type (self, second.visit_type_id);
  if (type == NULL)
    return FALSE;
  *at = (CrGridTarget){ second.date, second.person_id, second.room_id, second.start, type->minutes };
  *type_code = g_intern_string (type->code);
  return TRUE;
}

void
cr_book_panel_book (CrBookPanel *self)
{
  CrBooking booking = booking_of (self), second;
  g_autofree char *reason = NULL;
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->book_button)))
    return;
  reason = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  booking.reason = cr_str_empty (reason) ? NULL : reason;
  if (self->walk_in)
    booking.start = CR_MINUTE_NONE; /* now, when it is saved */
  if (join_of (self) == CR_SLOT_SINGLE) {
    cr_day_schedule_book_async (self->schedule, &booking, booked_cb, begin_saving (self));
    return;
  }
  second = second_booking (self, &booking);
  cr_combined_book_async (cr_book_panel_session (self), &booking, &second, combined_cb, begin_saving (self));
}
