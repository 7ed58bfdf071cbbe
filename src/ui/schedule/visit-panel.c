#include "src/ui/schedule/visit-panel.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/desk-rules.h"
#include "chartroom/session/book-steps.h"
#include <glib/gi18n.h>

enum { SHEET_GAP = 6 }; /* pixels below a sheet that is scrolled into view */

struct _CrVisitPanel {
  GtkWidget parent;
  GtkWidget *root, *more_button, *why_box, *why_chips;
  GtkStack *stack;
  GtkBox *sheet_box;
  GtkLabel *slot_label, *name_label, *born_label, *phone_label, *limits_label, *when_label, *type_label,
      *stage_label, *room_label, *flags_label, *part_label;
  GtkImage *stage_image;
  GtkEntry *reason_entry;
  GtkButton *book_button, *next_button, *open_button, *move_button, *cancel_button, *part_button;
  CrWindow *window; /* borrowed: the panel stands in it */
  CrDaySchedule *schedule;
  CrId visit;   /* shown; CR_ID_NONE: a slot or nothing */
  CrId moved;   /* just moved, and not said why; none */
  gint64 moves; /* of that one, so often */
  CrId part;    /* the other part of a combined visit; none */
  CrDate part_date;
  char *reason; /* as stored */
  GtkWidget *sheet;
  guint frames; /* drawn since it is there */
};

G_DEFINE_FINAL_TYPE (CrVisitPanel, cr_visit_panel, GTK_TYPE_WIDGET)

static CrSession *
session_of (CrVisitPanel *self)
{
  return cr_window_get_session (self->window);
}

/* ---- what is shown ---- */

static void
show_patient (CrVisitPanel *self, const CrPatient *patient, const CrReach *reach)
{
  CrDate today = cr_clock_today (cr_session_get_clock (session_of (self)));
  g_autofree char *name = cr_window_name_of (self->window, patient);
  g_autofree char *line = cr_patient_identity (patient, today);
  g_autofree char *phone = cr_reach_phone_words (patient, reach);
  g_autofree char *limits = cr_reach_contact_words (patient, reach);
  gboolean hidden = cr_window_is_private (self->window);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->born_label, hidden ? "" : line);
  gtk_label_set_label (self->phone_label, hidden ? "" : phone);
  gtk_label_set_label (self->limits_label, limits != NULL ? limits : "");
  gtk_widget_set_visible (GTK_WIDGET (self->limits_label), limits != NULL);
}

/* "2, ECG machine": where it is, and what it takes beside that; "–" for nothing. */
static char *
describe_rooms (CrVisitPanel *self, const CrVisit *visit)
{
  GListModel *rooms = cr_session_get_rooms (session_of (self));
  g_autoptr (GString) text = g_string_new (visit->room_name);
  for (guint i = 0; i < g_list_model_get_n_items (rooms); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rooms, i);
    CrId room = cr_row_get_id (row);
    g_autofree char *name = cr_visit_room_words (session_of (self), room);
    if (room != visit->appointment->room_id && cr_day_schedule_takes_room (self->schedule, visit, room))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
  }
  return text->len > 0 ? g_strdup (text->str) : g_strdup ("–");
}

static void
show_stage (CrVisitPanel *self, const CrVisit *visit)
{
  gboolean late;
  int minutes = cr_visit_minutes_in_stage (visit, cr_session_get_clock (session_of (self)),
                                           cr_session_get_practice (session_of (self)), &late);
  const char *word = cr_stage_word (visit->appointment->stage);
  g_autofree char *text = minutes >= 0 ? g_strdup_printf (_ ("%s, %d min"), word, minutes) : g_strdup (word);
  gtk_image_set_from_icon_name (self->stage_image, cr_stage_icon (visit->appointment->stage));
  gtk_label_set_label (self->stage_label, text);
  g_autofree char *rooms = describe_rooms (self, visit);
  gtk_label_set_label (self->room_label, rooms);
}

static void
show_time (CrVisitPanel *self, const CrVisit *visit)
{
  const CrAppointment *a = visit->appointment;
  g_autofree char *where = cr_visit_place_words (a->date, (int)a->start_min, visit->clinician);
  g_autofree char *moved =
      a->moves > 0 ? g_strdup_printf (ngettext ("%s (moved once)", "%s (moved %d×)", (gulong)a->moves), where,
                                      (int)a->moves)
                   : g_strdup (where);
  g_autofree char *length = g_strdup_printf (_ ("%s, %d minutes"), visit->type_name, (int)a->minutes);
  g_autofree char *type = visit->series_of > 0 ? g_strdup_printf (_ ("%s · %d of %d of a series"), length,
                                                                  visit->series_at, visit->series_of)
                                               : g_strdup (length);
  gtk_label_set_label (self->when_label, moved);
  gtk_label_set_label (self->type_label, type);
}

static void
aim (GtkButton *button, const char *action, const CrVisit *visit, gboolean shown)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", visit->appointment->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_visible (GTK_WIDGET (button), shown);
}

static void
show_buttons (CrVisitPanel *self, const CrVisit *visit)
{
  gboolean edits = cr_session_can (session_of (self), CR_RIGHT_SCHEDULE_EDIT);
  g_autoptr (GMenuModel) menu = cr_visit_menu_new (session_of (self), visit);
  const char *label = NULL;
  const char *next = cr_visit_next_action (visit->appointment->stage, &label);
  aim (self->open_button, "visit.open", visit, TRUE);
  aim (self->move_button, "visit.move", visit, edits && cr_visit_may_move (visit));
  aim (self->cancel_button, "visit.cancel", visit,
       edits && cr_stage_may_follow (visit->appointment->stage, CR_STAGE_CANCELLED));
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), edits && next != NULL);
  if (next != NULL) {
    aim (self->next_button, next, visit, edits);
    gtk_button_set_label (self->next_button, label);
  }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->more_button), menu);
  gtk_widget_set_visible (self->more_button, edits);
}

static void
show_reason (CrVisitPanel *self, const CrVisit *visit)
{
  gboolean typing = gtk_widget_get_focus_child (GTK_WIDGET (self->reason_entry)) != NULL;
  const char *reason = visit->appointment->reason != NULL ? visit->appointment->reason : "";
  gtk_editable_set_editable (GTK_EDITABLE (self->reason_entry),
                             cr_session_can (session_of (self), CR_RIGHT_SCHEDULE_EDIT));
  gtk_entry_set_visibility (self->reason_entry, !cr_window_is_private (self->window)); /* as on the cards */
  if (typing && self->visit == visit->appointment->id)
    return;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  gtk_editable_set_text (GTK_EDITABLE (self->reason_entry), reason);
}

/* ---- the other part ---- */

static void
show_part (CrVisitPanel *self, const CrVisit *visit)
{
  g_autofree char *words = cr_visit_part_words (visit);
  self->part = visit->other_id;
  self->part_date = visit->other_date;
  gtk_widget_set_visible (GTK_WIDGET (self->part_button), words != NULL);
  gtk_label_set_label (self->part_label, words != NULL ? words : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->part_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
}

static void
part_cb (CrVisitPanel *self)
{
  g_autofree char *hint = cr_visit_hint ("show", self->part_date, self->part);
  if (self->part != CR_ID_NONE)
    cr_window_navigate (self->window, CR_PAGE_SCHEDULE, CR_ID_NONE, NULL, hint, "schedule");
}

/* ---- reason ---- */

static void
reason_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (window, _ ("Reason changed"), _ ("Undo"), "win.undo");
  else
    cr_window_show_error (window, error);
}

static void
save_reason (CrVisitPanel *self)
{
  g_autofree char *typed = cr_text_trim (gtk_editable_get_text (GTK_EDITABLE (self->reason_entry)));
  if (self->visit == CR_ID_NONE || self->schedule == NULL || g_strcmp0 (typed, self->reason) == 0 ||
      cr_session_get_state (session_of (self)) != CR_SESSION_OPEN)
    return;
  g_free (self->reason);
  self->reason = g_strdup (typed);
  cr_day_schedule_set_reason_async (self->schedule, self->visit, typed, reason_saved_cb,
                                    g_object_ref (self->window));
}

static void
reason_left_cb (CrVisitPanel *self)
{
  gtk_editable_select_region (GTK_EDITABLE (self->reason_entry), 0, 0);
  save_reason (self);
}

/* ---- why it was moved ---- */

static const char *const WHY[] = { N_ ("Patient asked"), N_ ("Clinician out"), N_ ("Other") };

static void
show_why (CrVisitPanel *self, const CrVisit *visit)
{
  gboolean asks = self->moved == visit->appointment->id && self->moves == visit->appointment->moves;
  if (!asks)
    self->moved = CR_ID_NONE;
  gtk_widget_set_visible (self->why_box, asks);
}

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (window, _ ("Noted why it was moved"), NULL, NULL);
  else
    cr_window_show_error (window, error);
}

static void
why_cb (GtkButton *chip, CrVisitPanel *self)
{
  const char *why = g_object_get_data (G_OBJECT (chip), "cr-why");
  CrId moved = self->moved;
  self->moved = CR_ID_NONE;
  gtk_widget_set_visible (self->why_box, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->move_button));
  if (moved != CR_ID_NONE)
    cr_book_explain_move_async (session_of (self), moved, why, explained_cb, g_object_ref (self->window));
}

static void
add_chips (CrVisitPanel *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (WHY); i++) {
    GtkWidget *chip = gtk_button_new_with_label (_ (WHY[i]));
    g_object_set_data_full (G_OBJECT (chip), "cr-why", g_utf8_strdown (_ (WHY[i]), -1), g_free);
    gtk_widget_add_css_class (chip, "link-like");
    g_signal_connect (chip, "clicked", G_CALLBACK (why_cb), self);
    cr_wrap_box_append (CR_WRAP_BOX (self->why_chips), chip);
  }
}

/* ---- class ---- */

/* The book beside it needs the room more: as narrow as its widest word, button or field. */
static void
cr_visit_panel_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (CR_VISIT_PANEL (widget)->root, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
cr_visit_panel_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (CR_VISIT_PANEL (widget)->root, width, height, baseline, NULL);
}

static void
cr_visit_panel_dispose (GObject *object)
{
  CrVisitPanel *self = CR_VISIT_PANEL (object);
  g_clear_object (&self->schedule);
  g_clear_pointer (&self->reason, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_VISIT_PANEL);
  G_OBJECT_CLASS (cr_visit_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, root);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, more_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, why_box);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, why_chips);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, stack);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, sheet_box);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, slot_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, name_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, born_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, phone_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, limits_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, when_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, type_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, stage_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, stage_image);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, room_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, flags_label);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, reason_entry);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, book_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, next_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, open_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, move_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, part_button);
  gtk_widget_class_bind_template_child (widget, CrVisitPanel, part_label);
}

static void
cr_visit_panel_class_init (CrVisitPanelClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_visit_panel_dispose;
  widget->measure = cr_visit_panel_measure;
  widget->size_allocate = cr_visit_panel_size_allocate;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/schedule/visit-panel.ui");
  bind_children (widget);
}

static void
cr_visit_panel_init (CrVisitPanel *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_chips (self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (reason_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->reason_entry), focus);
  g_signal_connect_swapped (self->reason_entry, "activate", G_CALLBACK (save_reason), self);
  g_signal_connect_swapped (self->part_button, "clicked", G_CALLBACK (part_cb), self);
}

/* ---- the sheet in view ---- */

/* In the second frame the sheet has its place. */
static gboolean
show_sheet_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CrVisitPanel *self = CR_VISIT_PANEL (widget);
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->root));
  GtkWidget *view = gtk_widget_get_parent (GTK_WIDGET (self->stack)); /* it has no padding, the stack has */
  graphene_rect_t area;
  if (self->frames++ == 0)
    return G_SOURCE_CONTINUE;
  GtkWidget *wanted = self->sheet != NULL ? self->sheet : self->why_box;
  if (gtk_widget_get_mapped (wanted) && gtk_widget_compute_bounds (wanted, view, &area)) {
    double top = gtk_adjustment_get_value (at) + (double)area.origin.y;
    gtk_adjustment_clamp_page (at, top, top + (double)area.size.height + SHEET_GAP);
  }
  return G_SOURCE_REMOVE;
}

/* ---- public ---- */

void
cr_visit_panel_set_up (CrVisitPanel *self, CrWindow *window, CrDaySchedule *schedule)
{
  self->window = window;
  g_set_object (&self->schedule, schedule);
  g_signal_connect_object (session_of (self), "flush", G_CALLBACK (save_reason), self, G_CONNECT_SWAPPED);
}

void
cr_visit_panel_show_visit (CrVisitPanel *self, const CrVisit *visit)
{
  CrVisit alone = *visit; /* the other part has a line of its own */
  alone.other_id = CR_ID_NONE;
  g_autofree char *flags = cr_visit_flag_words (self->window, &alone);
  if (self->visit != visit->appointment->id) {
    save_reason (self);
    cr_visit_panel_set_sheet (self, NULL);
  }
  show_patient (self, visit->patient, visit->reach);
  show_time (self, visit);
  show_part (self, visit);
  show_stage (self, visit);
  show_reason (self, visit);
  show_buttons (self, visit);
  show_why (self, visit);
  gtk_label_set_label (self->flags_label, flags != NULL ? flags : "");
  gtk_widget_set_visible (GTK_WIDGET (self->flags_label), flags != NULL);
  self->visit = visit->appointment->id;
  gtk_stack_set_visible_child_name (self->stack, "visit");
}

void
cr_visit_panel_show_slot (CrVisitPanel *self, CrDate date, int minute, const char *whose)
{
  g_autofree char *where = cr_visit_place_words (date, minute, whose);
  cr_visit_panel_show_day (self, where);
}

void
cr_visit_panel_show_day (CrVisitPanel *self, const char *words)
{
  cr_visit_panel_clear (self);
  gtk_label_set_label (self->slot_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->book_button),
                          cr_session_can (session_of (self), CR_RIGHT_SCHEDULE_EDIT));
  gtk_stack_set_visible_child_name (self->stack, "slot");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->root)), 0);
}

/* Whoever was answering a question is told why it is gone. */
static void
tell_sheet_goes (CrVisitPanel *self)
{
  if (self->sheet != NULL && gtk_widget_get_focus_child (self->sheet) != NULL)
    cr_window_toast (self->window, _ ("This visit was changed or moved meanwhile. Look at it again."), NULL,
                     NULL);
}

void
cr_visit_panel_clear (CrVisitPanel *self)
{
  save_reason (self);
  tell_sheet_goes (self);
  self->visit = CR_ID_NONE;
  cr_visit_panel_set_sheet (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

void
cr_visit_panel_set_sheet (CrVisitPanel *self, GtkWidget *sheet)
{
  if (self->sheet != NULL)
    gtk_box_remove (self->sheet_box, self->sheet);
  self->sheet = sheet;
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_box), sheet != NULL);
  if (sheet == NULL)
    return;
  gtk_box_append (self->sheet_box, sheet);
  gtk_widget_grab_focus (sheet);
  self->frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), show_sheet_cb, NULL, NULL);
}

void
cr_visit_panel_ask_why (CrVisitPanel *self, const CrVisit *moved)
{
  self->moved = moved->appointment->id;
  self->moves = moved->appointment->moves;
  if (self->visit != self->moved)
    return;
  show_why (self, moved);
  self->frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), show_sheet_cb, NULL, NULL);
}
