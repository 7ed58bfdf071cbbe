#include "src/ui/schedule/slot-finder.h"
#include "src/ui/schedule/day-chips.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/schedule/who-picker.h"
#include "chartroom/session/next-available.h"
#include <glib/gi18n.h>
#include <string.h>

#define SHOWN 6
#define YEAR_MONTHS 12

static const int NOTICES[] = { 0, 2, 24, 48, 168 }; /* hours, the entries of notice */

struct _CrSlotFinder {
  GtkWidget parent;
  GtkWidget *root;
  CrWhoPicker *who;
  CrDayChips *days;
  GtkWidget *second_box, *second_line;
  GtkDropDown *notice, *join, *second_type;
  CrWhoPicker *second_who;
  GtkEntry *from_entry;
  GtkToggleButton *am_button, *pm_button, *more_button;
  GtkLabel *echo_label, *none_label;
  GtkListBox *list;
  CrWindow *window; /* borrowed */
  CrDaySchedule *schedule;
  GArray *slots;    /* CrSlot per row */
  GArray *type_ids; /* CrId per entry of second_type */
  CrDate from;      /* none: what was typed is no day */
  CrDate passed;    /* a day before today was typed; none: not */
  CrId patient, type, room;
  CrRoomSet also;
  int minutes;
  guint searches; /* counts them: only the last one's answer is shown */
  gboolean starting;
  gboolean suits; /* the days are those that suit the patient */
};

typedef struct {
  CrSlotFinder *self;
  guint number;
} Search;

enum { PROPOSED, CHOSEN, FOUND, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrSlotFinder, cr_slot_finder, GTK_TYPE_WIDGET)

static CrClock *
clock_of (CrSlotFinder *self)
{
  return cr_session_get_clock (cr_window_get_session (self->window));
}

/* ---- the list ---- */

/* "Mon Nov 23  10:40 AM": the year only where that could be this year's day, too, so that the clinician has
 * room beside it. */
static char *
describe_time (CrSlotFinder *self, const CrSlot *slot)
{
  g_autofree char *day = cr_date_format_weekday (slot->date);
  g_autofree char *time = cr_minute_format (slot->start);
  char *year = strrchr (day, ',');
  CrDate far = cr_date_add_months (cr_clock_today (clock_of (self)), YEAR_MONTHS - 1);
  if (year != NULL && cr_date_compare (slot->date, far) < 0)
    *year = '\0';
  return g_strdup_printf ("%s  %s", day, time);
}

/* "Dr. Okafor", or "Dr. Okafor, Dr. Chen" for two visits of different clinicians. */
static char *
name_people (CrSlotFinder *self, const CrSlot *slot)
{
  CrSession *session = cr_window_get_session (self->window);
  g_autofree char *who = cr_visit_clinician_name (session, slot->person_id);
  g_autofree char *other = slot->other_id != CR_ID_NONE && slot->other_id != slot->person_id
                               ? cr_visit_clinician_name (session, slot->other_id)
                               : NULL;
  return other != NULL ? g_strdup_printf ("%s, %s", who, other) : g_steal_pointer (&who);
}

static GtkWidget *
make_slot_row (CrSlotFinder *self, const CrSlot *slot, guint number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *digit = g_strdup_printf ("%u", number);
  g_autofree char *time = describe_time (self, slot);
  g_autofree char *who = name_people (self, slot);
  g_autofree char *day = cr_date_format_near (slot->date, cr_clock_today (clock_of (self)));
  g_autofree char *at = cr_minute_format (slot->start);
  g_autofree char *spoken = g_strdup_printf ("%s  %s  %s", day, at, who != NULL ? who : "");
  GtkWidget *label = cr_visit_label (time, "numeric");
  GtkWidget *with = cr_visit_label (who, "text-2");
  GtkWidget *key = cr_visit_label (digit, "key");
  gtk_label_set_wrap (GTK_LABEL (with), TRUE);
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), key);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), with);
  gtk_widget_add_css_class (row, "finder-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
clear_list (CrSlotFinder *self)
{
  GtkListBoxRow *row;
  g_array_set_size (self->slots, 0);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* What narrows the search is named: it is what can be let go of. */
static char *
describe_none (CrSlotFinder *self)
{
  g_autofree char *days = cr_day_chips_get (self->days);
  g_autofree char *named = days != NULL ? cr_weekdays_words (days) : NULL;
  gboolean am = gtk_toggle_button_get_active (self->am_button),
           pm = gtk_toggle_button_get_active (self->pm_button);
  const char *half = am == pm ? NULL : am ? _ ("mornings only") : _ ("afternoons only");
  g_autofree char *only = g_strjoin (", ", named != NULL ? named : half, named != NULL ? half : NULL, NULL);
  if (named == NULL && half == NULL)
    return g_strdup (
        _ ("No free time was found in the next 18 months. Try another clinician, a shorter visit or "
           "an earlier day."));
  return g_strdup_printf (
      _ ("No free time was found in the next 18 months (%s). Allow more days or times, or try "
         "another clinician."),
      only);
}

static void
show_slots (CrSlotFinder *self, const GArray *found)
{
  g_autofree char *none = describe_none (self);
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  clear_list (self);
  for (guint i = 0; i < found->len && self->slots->len < SHOWN; i++) {
    const CrSlot *slot = &g_array_index (found, CrSlot, i);
    g_array_append_val (self->slots, *slot);
    gtk_list_box_append (self->list, make_slot_row (self, slot, self->slots->len));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->slots->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->none_label), self->slots->len == 0);
  gtk_label_set_label (self->none_label, none);
  if (focused) /* who was among the times is so again, and has chosen none */
    gtk_widget_grab_focus (self->slots->len > 0 ? GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))
                                                : GTK_WIDGET (self->from_entry));
}

static void
set_echo (CrSlotFinder *self, const char *text)
{
  gtk_label_set_label (self->echo_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->echo_label), *text != '\0');
}

static char *
describe_passed (CrDate passed)
{
  g_autofree char *day = cr_date_format_weekday (passed);
  return g_strdup_printf (_ ("%s has passed: free times are looked for from today on."), day);
}

/* The day that was typed; and where nobody works then, or only some days will do, from when on there is
 * somebody. */
static void
show_echo (CrSlotFinder *self, CrDate open_day)
{
  gboolean later = cr_date_is_set (open_day) && cr_date_compare (open_day, self->from) > 0;
  gboolean typed = *gtk_editable_get_text (GTK_EDITABLE (self->from_entry)) != '\0';
  g_autofree char *chosen = cr_day_chips_get (self->days);
  g_autofree char *day = cr_date_format_weekday (self->from), *echo = NULL;
  g_autofree char *open = later ? cr_date_format_weekday (open_day) : NULL;
  if (cr_date_is_set (self->passed))
    echo = describe_passed (self->passed);
  else if (self->suits && later)
    echo = g_strdup_printf (_ ("On days that suit this patient, from %s on"), open);
  else if (self->suits)
    echo = g_strdup (_ ("On days that suit this patient"));
  else if (later && chosen != NULL)
    echo = g_strdup_printf (_ ("From %s on"), open);
  else if (later)
    /* Translators: two days; nobody who was asked for works on the first. */
    echo = g_strdup_printf (_ ("= %s, closed: from %s on"), day, open);
  else
    echo = typed ? g_strdup_printf ("= %s", day) : g_strdup ("");
  set_echo (self, echo);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Search *asked = data;
  g_autoptr (CrSlotFinder) self = asked->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrSlotAnswer) found = cr_next_available_finish (CR_SESSION (source), result, &error);
  if (asked->number != self->searches || self->slots == NULL)
    return;
  if (found != NULL) {
    show_echo (self, found->open_day);
    show_slots (self, found->slots);
    g_signal_emit (self, signals[FOUND], 0);
    return;
  }
  clear_list (self);
  gtk_label_set_label (self->none_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->none_label), TRUE);
}

static CrHalf
wanted_half (CrSlotFinder *self)
{
  gboolean am = gtk_toggle_button_get_active (self->am_button);
  gboolean pm = gtk_toggle_button_get_active (self->pm_button);
  return am == pm ? CR_HALF_ANY : am ? CR_HALF_AM : CR_HALF_PM;
}

static CrSlotPart
part_of (CrSlotFinder *self, CrId type, const GArray *people)
{
  return (CrSlotPart){ .visit_type_id = type,
                       .people = (const CrId *)(gpointer)people->data,
                       .n_people = people->len,
                       .room_id = self->room,
                       .also = self->also };
}

static void
search (CrSlotFinder *self)
{
  g_autofree char *weekdays = cr_day_chips_get (self->days);
  const GArray *people = cr_who_picker_get_people (self->who);
  CrSlotSecond second = cr_slot_finder_get_second (self);
  CrSlotQuestion question = { .wish = { .patient_id = self->patient,
                                        .usual_id = cr_who_picker_get_usual (self->who),
                                        .weekdays = weekdays,
                                        .half = wanted_half (self),
                                        .from = self->from,
                                        .earliest_min = CR_MINUTE_NONE,
                                        .latest_min = CR_MINUTE_NONE },
                              .notice_hours = NOTICES[gtk_drop_down_get_selected (self->notice)],
                              .limit = SHOWN };
  Search *asked;
  if (self->starting || self->minutes <= 0 || !cr_date_is_full (self->from))
    return;
  question.wish.parts[0] = part_of (self, self->type, people);
  question.wish.parts[0].minutes = self->minutes;
  question.wish.parts[1] = part_of (self, second.visit_type_id, second.people);
  question.wish.join = second.join;
  if (second.join == CR_SLOT_AFTER) { /* what was chosen is for the first; both at once share it */
    question.wish.parts[1].room_id = CR_ID_NONE;
    question.wish.parts[1].also.n = 0;
  }
  asked = g_new0 (Search, 1);
  asked->self = g_object_ref (self);
  asked->number = ++self->searches;
  cr_next_available_async (cr_window_get_session (self->window), &question, found_cb, asked);
}

static void
days_changed_cb (CrSlotFinder *self)
{
  self->suits = FALSE; /* chosen by the person now */
  search (self);
}

/* ---- a second visit ---- */

static void
fill_second (CrSlotFinder *self)
{
  CrSession *session = cr_window_get_session (self->window);
  GListModel *types = cr_session_get_visit_types (session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_array_set_size (self->type_ids, 0);
  for (guint i = 0; i < g_list_model_get_n_items (types); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (types, i);
    const CrVisitType *type = cr_row_peek (row);
    if (!type->active)
      continue;
    g_array_append_val (self->type_ids, type->id);
    gtk_string_list_append (names, type->name);
  }
  gtk_drop_down_set_model (self->second_type, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->join, CR_SLOT_SINGLE);
  cr_who_picker_fill (self->second_who, cr_session_get_people (session), CR_ID_NONE, CR_ID_NONE);
}

static void
join_changed_cb (CrSlotFinder *self)
{
  gtk_widget_set_visible (self->second_line, cr_slot_finder_get_second (self).join != CR_SLOT_SINGLE);
  search (self);
}

/* ---- from when on ---- */

/* Nothing is looked for, and nothing that was found for another day is left. */
static void
refuse_from (CrSlotFinder *self, const char *sentence)
{
  self->from = CR_DATE_NONE;
  self->searches++;
  clear_list (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->none_label), FALSE);
  set_echo (self, sentence);
}

static void
from_changed_cb (CrSlotFinder *self)
{
  g_autoptr (GError) error = NULL;
  CrDateReading reading;
  CrDate today = cr_clock_today (clock_of (self));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->from_entry));
  gboolean read = cr_date_parse (typed, today, CR_DATE_FUTURE, CR_DATE_NONE, &reading, &error);
  gboolean fine = read && (typed[0] == '\0' || cr_date_is_full (reading.date));
  self->passed = CR_DATE_NONE;
  if (!fine) {
    refuse_from (self, error != NULL ? error->message : _ ("Type a whole date, such as 12/5."));
    return;
  }
  self->from = typed[0] != '\0' ? reading.date : today;
  if (cr_date_compare (self->from, today) < 0) {
    self->passed = self->from;
    self->from = today;
  }
  show_echo (self, CR_DATE_NONE);
  search (self);
}

/* ---- choosing ---- */

static void
selected_cb (CrSlotFinder *self, GtkListBoxRow *row)
{
  if (row != NULL) /* the list loses its selection when it ends, too */
    g_signal_emit (self, signals[PROPOSED], 0);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, CrSlotFinder *self)
{
  gtk_list_box_select_row (list, row);
  g_signal_emit (self, signals[PROPOSED], 0);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrSlotFinder *self)
{
  return cr_slot_finder_choose (self, key);
}

static void
cr_slot_finder_dispose (GObject *object)
{
  CrSlotFinder *self = CR_SLOT_FINDER (object);
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->type_ids, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_SLOT_FINDER);
  G_OBJECT_CLASS (cr_slot_finder_parent_class)->dispose (object);
}

static void
cr_slot_finder_class_init (CrSlotFinderClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_slot_finder_dispose;
  signals[PROPOSED] =
      g_signal_new ("proposed", CR_TYPE_SLOT_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] =
      g_signal_new ("chosen", CR_TYPE_SLOT_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CR_TYPE_WHO_PICKER);
  g_type_ensure (CR_TYPE_DAY_CHIPS);
  signals[FOUND] =
      g_signal_new ("found", CR_TYPE_SLOT_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/slot-finder.ui");
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, root);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, who);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, days);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, notice);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, second_box);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, second_line);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, join);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, second_type);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, second_who);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, from_entry);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, am_button);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, pm_button);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, more_button);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, echo_label);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, none_label);
  gtk_widget_class_bind_template_child (widget, CrSlotFinder, list);
}

static void
cr_slot_finder_init (CrSlotFinder *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->slots = g_array_new (FALSE, FALSE, sizeof (CrSlot));
  self->type_ids = g_array_new (FALSE, FALSE, sizeof (CrId));
  g_signal_connect_swapped (self->who, "changed", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->days, "changed", G_CALLBACK (days_changed_cb), self);
  g_signal_connect_swapped (self->notice, "notify::selected", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->join, "notify::selected", G_CALLBACK (join_changed_cb), self);
  g_signal_connect_swapped (self->second_type, "notify::selected", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->second_who, "changed", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->am_button, "toggled", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->pm_button, "toggled", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->from_entry, "changed", G_CALLBACK (from_changed_cb), self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

void
cr_slot_finder_set_up (CrSlotFinder *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  g_set_object (&self->schedule, schedule);
}

void
cr_slot_finder_start (CrSlotFinder *self, CrDate from, CrId person, CrId usual)
{
  CrDate today = cr_clock_today (clock_of (self));
  g_autofree char *typed = cr_date_compare (from, today) > 0 ? cr_date_to_iso (from) : g_strdup ("");
  self->starting = TRUE;
  clear_list (self);
  cr_who_picker_fill (self->who, cr_session_get_people (cr_window_get_session (self->window)), person, usual);
  cr_day_chips_set (self->days, NULL);
  self->suits = FALSE;
  gtk_drop_down_set_selected (self->notice, 0);
  fill_second (self);
  gtk_toggle_button_set_active (self->more_button, FALSE);
  gtk_toggle_button_set_active (self->am_button, FALSE);
  gtk_toggle_button_set_active (self->pm_button, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->from_entry), typed);
  from_changed_cb (self);
  self->starting = FALSE;
  search (self);
}

void
cr_slot_finder_set_usual (CrSlotFinder *self, CrId person, CrId usual)
{
  cr_who_picker_fill (self->who, cr_session_get_people (cr_window_get_session (self->window)), person, usual);
  search (self);
}

void
cr_slot_finder_suit (CrSlotFinder *self, const char *weekdays)
{
  if (weekdays == NULL && !self->suits)
    return;
  cr_day_chips_set (self->days, weekdays);
  self->suits = weekdays != NULL;
  search (self);
}

void
cr_slot_finder_set_visit (CrSlotFinder *self, CrId patient, CrId type, int minutes)
{
  self->patient = patient;
  self->type = type;
  self->minutes = minutes;
  search (self);
}

void
cr_slot_finder_look_again (CrSlotFinder *self)
{
  search (self);
}

void
cr_slot_finder_set_rooms (CrSlotFinder *self, CrId room, const CrRoomSet *also)
{
  self->room = room;
  self->also = *also;
  search (self);
}

void
cr_slot_finder_offer_second (CrSlotFinder *self)
{
  gtk_widget_set_visible (self->second_box, TRUE);
}

CrSlotSecond
cr_slot_finder_get_second (CrSlotFinder *self)
{
  guint at = gtk_drop_down_get_selected (self->second_type);
  CrSlotSecond second = { (CrSlotJoin)gtk_drop_down_get_selected (self->join), CR_ID_NONE,
                          cr_who_picker_get_people (self->second_who) };
  if (at >= self->type_ids->len)
    second.join = CR_SLOT_SINGLE;
  else if (second.join != CR_SLOT_SINGLE)
    second.visit_type_id = g_array_index (self->type_ids, CrId, at);
  return second;
}

gboolean
cr_slot_finder_choose_second (CrSlotFinder *self, const CrSlotSecond *second)
{
  for (guint i = 0; i < self->type_ids->len; i++) {
    if (g_array_index (self->type_ids, CrId, i) != second->visit_type_id)
      continue;
    gtk_drop_down_set_selected (self->second_type, i);
    for (guint k = 0; k < second->people->len; k++)
      cr_who_picker_add (self->second_who, g_array_index (second->people, CrId, k));
    gtk_drop_down_set_selected (self->join, second->join);
    return TRUE;
  }
  return FALSE;
}

const GArray *
cr_slot_finder_get_people (CrSlotFinder *self)
{
  return cr_who_picker_get_people (self->who);
}

gboolean
cr_slot_finder_get_slot (CrSlotFinder *self, CrSlot *out)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    return FALSE;
  *out = g_array_index (self->slots, CrSlot, gtk_list_box_row_get_index (row));
  return TRUE;
}

gboolean
cr_slot_finder_close_more (CrSlotFinder *self)
{
  if (!gtk_toggle_button_get_active (self->more_button))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->more_button));
  gtk_toggle_button_set_active (self->more_button, FALSE);
  return TRUE;
}

void
cr_slot_finder_unselect (CrSlotFinder *self)
{
  gtk_list_box_unselect_all (self->list);
}

void
cr_slot_finder_focus (CrSlotFinder *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL && gtk_list_box_get_selected_row (self->list) == NULL)
    gtk_list_box_select_row (self->list, first);
  gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : GTK_WIDGET (self->from_entry));
}

gboolean
cr_slot_finder_choose (CrSlotFinder *self, guint key)
{
  guint digit = key >= GDK_KEY_1 && key <= GDK_KEY_6         ? key - GDK_KEY_1
                : key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_6 ? key - GDK_KEY_KP_1
                                                             : SHOWN;
  GtkListBoxRow *row =
      digit < self->slots->len ? gtk_list_box_get_row_at_index (self->list, (int)digit) : NULL;
  if (row != NULL)
    activated_cb (self->list, row, self);
  return row != NULL;
}
