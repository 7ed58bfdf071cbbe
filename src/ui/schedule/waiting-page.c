#include "src/ui/schedule/waiting-page.h"
#include "src/ui/schedule/reason-sheet.h"
#include "src/ui/schedule/slot-sheet.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/schedule/wait-dialog.h"
#include "src/ui/schedule/wait-words.h"
#include "src/ui/shell/list-row.h"
#include "chartroom/base/text.h"
#include "chartroom/session/next-available.h"
#include "chartroom/session/unscheduled.h"
#include <glib/gi18n.h>
#include <string.h>

#define OFFERED 3

struct _CrWaitingPage {
  GtkWidget parent;
  GtkWidget *root;
  GtkToggleButton *unscheduled_button, *waiting_button, *closed_button;
  GtkButton *add_button;
  GtkSearchEntry *filter_entry;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *empty_label;
  GtkBox *sheet_box;
  GtkWidget *book_button, *change_button, *card_button, *done_button;
  CrWindow *window; /* borrowed: the page stands in it */
  GListModel *unscheduled, *waiting;
  GListModel *closed; /* NULL until somebody looks at it */
  CrRow *row;         /* what the sheet below is about; NULL: none is open */
  char *filter;       /* folded */
  guint searches;     /* counts them: only the last one's answer is shown */
};

typedef struct { /* something on its way */
  CrWaitingPage *page;
  guint number;
  char *toast;
} Errand;

static void page_iface_init (CrPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrWaitingPage, cr_waiting_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CR_TYPE_PAGE, page_iface_init))

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->page);
  g_free (errand->toast);
  g_free (errand);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static Errand *
new_errand (CrWaitingPage *self, char *toast)
{
  Errand *errand = g_new0 (Errand, 1);
  errand->page = g_object_ref (self);
  errand->number = ++self->searches;
  errand->toast = toast;
  return errand;
}

static CrDate
today_of (CrWaitingPage *self)
{
  return cr_clock_today (cr_session_get_clock (cr_window_get_session (self->window)));
}

static gboolean
shows_waiting (CrWaitingPage *self)
{
  return gtk_toggle_button_get_active (self->waiting_button);
}

static gboolean
shows_closed (CrWaitingPage *self)
{
  return gtk_toggle_button_get_active (self->closed_button);
}

static GListModel *
shown_model (CrWaitingPage *self)
{
  if (shows_closed (self))
    return self->closed;
  return shows_waiting (self) ? self->waiting : self->unscheduled;
}

static const CrPatient *
patient_of (CrWaitingPage *self, CrRow *row)
{
  return shows_waiting (self) || shows_closed (self)
             ? ((const CrWaitItem *)cr_row_peek (row))->patient
             : ((const CrUnscheduledItem *)cr_row_peek (row))->patient;
}

/* ---- rows ---- */

static gboolean
is_wanted (CrWaitingPage *self, GtkWidget *row)
{
  const char *words = g_object_get_data (G_OBJECT (row), "cr-words");
  return cr_str_empty (self->filter) || words == NULL || strstr (words, self->filter) != NULL;
}

static GtkWidget *
make_row (CrWaitingPage *self, const CrPatient *patient, const CrReach *reach, const char *what,
          const char *detail, const char *aside)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = cr_window_name_of (self->window, patient);
  g_autofree char *phone = cr_window_is_private (self->window) ? NULL : cr_reach_phone_words (patient, reach);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s, %s", name, what, detail, aside);
  g_autofree char *folded = cr_text_fold (spoken);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), cr_list_cell (what, "value", 0));
  gtk_box_append (GTK_BOX (text), cr_list_cell (detail, "caption", 0));
  gtk_box_append (GTK_BOX (line), cr_list_cell (name, "heading", 26));
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), cr_list_cell (aside, "caption", 18));
  gtk_box_append (GTK_BOX (line), cr_list_cell (phone, "numeric", 15));
  GtkWidget *row = cr_list_row (line, spoken);
  g_object_set_data_full (G_OBJECT (row), "cr-words", g_steal_pointer (&folded), g_free);
  gtk_widget_set_visible (row, is_wanted (self, row));
  return row;
}

static GtkWidget *
make_unscheduled (CrWaitingPage *self, const CrUnscheduledItem *item)
{
  g_autofree char *day = cr_date_format_near (item->date, today_of (self));
  g_autofree char *aside = item->kind == CR_UNSCHEDULED_RETURN ? g_strdup_printf (_ ("due %s"), day)
                                                               : g_strdup_printf (_ ("was %s"), day);
  g_autofree char *detail = g_strdup_printf ("%s%s%s", item->type_name != NULL ? item->type_name : "",
                                             item->type_name != NULL && item->clinician != NULL ? " · " : "",
                                             item->clinician != NULL ? item->clinician : "");
  return make_row (self, item->patient, item->reach, item->what, detail, aside);
}

static GtkWidget *
make_waiting (CrWaitingPage *self, const CrWaitItem *item)
{
  g_autofree char *what = cr_wait_what (item);
  g_autofree char *detail = cr_wait_detail (item);
  g_autofree char *since = cr_wait_since (cr_window_get_session (self->window), item);
  return make_row (self, item->patient, item->reach, what, detail, since);
}

static GtkWidget *
make_closed (CrWaitingPage *self, const CrWaitItem *item)
{
  CrClock *clock = cr_session_get_clock (cr_window_get_session (self->window));
  g_autofree char *what = cr_wait_what (item);
  g_autofree char *outcome = cr_wait_outcome (item);
  g_autofree char *day = cr_date_format (cr_clock_date_of (clock, item->entry->closed_at));
  return make_row (self, item->patient, item->reach, what, outcome, day);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  CrWaitingPage *self = data;
  if (shows_closed (self))
    return make_closed (self, cr_row_peek (item));
  return shows_waiting (self) ? make_waiting (self, cr_row_peek (item))
                              : make_unscheduled (self, cr_row_peek (item));
}

static CrRow *
selected_row (CrWaitingPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? g_list_model_get_item (shown_model (self), (guint)gtk_list_box_row_get_index (row))
                     : NULL;
}

/* ---- the sheet below the list ---- */

static void
close_sheet (CrWaitingPage *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sheet_box));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  self->searches++;
  g_clear_object (&self->row);
  if (child == NULL)
    return;
  gtk_box_remove (self->sheet_box, child);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_box), FALSE);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
open_sheet (CrWaitingPage *self, CrRow *row, GtkWidget *sheet)
{
  close_sheet (self);
  self->row = g_object_ref (row);
  gtk_box_append (self->sheet_box, sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_box), TRUE);
  g_signal_connect_swapped (sheet, "closed", G_CALLBACK (close_sheet), self);
  gtk_widget_grab_focus (sheet);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error))
    cr_window_toast (errand->page->window, errand->toast, _ ("Undo"), "win.undo");
  else
    cr_window_show_error (errand->page->window, error);
}

/* ---- taking somebody off ---- */

static void
reason_cb (GtkWidget *sheet, const char *reason, CrWaitingPage *self)
{
  g_autoptr (CrRow) row = g_object_ref (self->row);
  g_autofree char *how = g_strdup (reason);
  g_autofree char *name = cr_window_name_of (self->window, patient_of (self, row));
  CrSession *session = cr_window_get_session (self->window);
  close_sheet (self);
  if (shows_waiting (self))
    cr_wait_close_async (session, cr_row_get_id (row), how, finished_cb,
                         new_errand (self, g_strdup_printf (_ ("%s is off the wait list"), name)));
  else
    cr_unscheduled_done_async (
        session, cr_row_peek (row), how, finished_cb,
        new_errand (self, g_strdup_printf (_ ("%s is off the unscheduled list"), name)));
}

static void
done_cb (CrWaitingPage *self)
{
  static const char *const reasons[] = { N_ ("No longer needed"), N_ ("Patient declined"),
                                         N_ ("Seen elsewhere"), N_ ("Could not be reached"), NULL };
  g_autoptr (CrRow) row = shows_closed (self) ? NULL : selected_row (self);
  if (row == NULL)
    return;
  GtkWidget *sheet = cr_reason_sheet_new (_ ("Why is no visit needed?"), _ ("Take Off the List"),
                                          _ ("Keep on the List"), reasons, GTK_ORIENTATION_HORIZONTAL);
  g_signal_connect (sheet, "chosen", G_CALLBACK (reason_cb), self);
  open_sheet (self, row, sheet);
}

/* ---- booking ---- */

static void
slot_chosen_cb (GtkWidget *sheet, const CrSlot *slot, CrWaitingPage *self)
{
  g_autoptr (CrRow) row = g_object_ref (self->row);
  const CrSlot chosen = *slot;
  g_autofree char *name = cr_window_name_of (self->window, patient_of (self, row));
  g_autofree char *who = cr_visit_clinician_name (cr_window_get_session (self->window), chosen.person_id);
  g_autofree char *where = cr_visit_place_words (chosen.date, chosen.start, who);
  close_sheet (self);
  cr_wait_book_async (cr_window_get_session (self->window), cr_row_get_id (row), &chosen, 0, finished_cb,
                      new_errand (self, g_strdup_printf (_ ("Booked %s: %s"), name, where)));
}

static void
times_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Errand) errand = data;
  CrWaitingPage *self = errand->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrSlotAnswer) answer = cr_next_available_finish (CR_SESSION (source), result, &error);
  g_autoptr (CrRow) row = NULL;
  if (errand->number != self->searches || self->waiting == NULL || !shows_waiting (self))
    return;
  if (answer == NULL) {
    cr_window_show_error (self->window, error);
    return;
  }
  row = selected_row (self);
  if (row == NULL)
    return;
  g_autofree char *name = cr_window_name_of (self->window, patient_of (self, row));
  g_autofree char *sentence =
      answer->slots->len > 0
          ? g_strdup_printf (_ ("Times for %s:"), name)
          : g_strdup_printf (_ ("No free time fits what %s asked for. Book another one from the Schedule."),
                             name);
  GtkWidget *sheet = cr_slot_sheet_new (self->window, sentence, answer->slots);
  g_signal_connect (sheet, "chosen", G_CALLBACK (slot_chosen_cb), self);
  open_sheet (self, row, sheet);
}

static void
find_times (CrWaitingPage *self, const CrWaitItem *item)
{
  const CrWaitEntry *entry = item->entry;
  CrDate today = today_of (self);
  CrSlotQuestion question = {
    .wish = { .parts = { { entry->visit_type_id, item->minutes, &entry->person_id,
                           entry->person_id != CR_ID_NONE } },
              .patient_id = entry->patient_id,
              .ignore = item->interim != NULL ? item->interim->id : CR_ID_NONE,
              .weekdays = entry->weekdays,
              .from = cr_date_compare (entry->earliest_on, today) > 0 ? entry->earliest_on : today,
              .earliest_min = entry->earliest_min != CR_INT_NONE ? (int)entry->earliest_min : CR_MINUTE_NONE,
              .latest_min = entry->latest_min != CR_INT_NONE ? (int)entry->latest_min : CR_MINUTE_NONE },
    .notice_hours = entry->notice_hours != CR_INT_NONE ? (int)entry->notice_hours : 0,
    .limit = OFFERED,
  };
  cr_next_available_async (cr_window_get_session (self->window), &question, times_cb,
                           new_errand (self, NULL));
}

/* "book:2026-12-01:TYPE": the booking panel, from that day on, for that type. */
static void
open_panel (CrWaitingPage *self, const CrUnscheduledItem *item)
{
  CrDate today = today_of (self);
  g_autofree char *day = cr_date_to_iso (cr_date_compare (item->date, today) > 0 ? item->date : today);
  g_autofree char *hint = g_strdup_printf ("book:%s:%" G_GINT64_FORMAT, day, item->visit_type_id);
  cr_window_navigate (self->window, CR_PAGE_SCHEDULE, item->patient->id, NULL, hint, "unscheduled");
}

static void
book_cb (CrWaitingPage *self)
{
  g_autoptr (CrRow) row = shows_closed (self) ? NULL : selected_row (self);
  g_autoptr (GError) error = NULL;
  if (row == NULL)
    return;
  if (!cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
    cr_window_show_error (self->window, error);
  else if (shows_waiting (self))
    find_times (self, cr_row_peek (row));
  else
    open_panel (self, cr_row_peek (row));
}

/* The patient is found in the dialog. */
static void
add_cb (CrWaitingPage *self)
{
  g_autoptr (GError) error = NULL;
  if (!cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
    cr_window_show_error (self->window, error);
  else
    cr_wait_dialog_present (self->window, NULL, CR_ID_NONE, CR_ID_NONE, NULL, NULL);
}

static void
change_cb (CrWaitingPage *self)
{
  g_autoptr (CrRow) row = shows_waiting (self) ? selected_row (self) : NULL;
  g_autoptr (GError) error = NULL;
  if (row == NULL)
    return;
  if (!cr_session_require (cr_window_get_session (self->window), CR_RIGHT_SCHEDULE_EDIT, &error))
    cr_window_show_error (self->window, error);
  else
    cr_wait_dialog_present_change (self->window, cr_row_peek (row));
}

static void
card_cb (CrWaitingPage *self)
{
  g_autoptr (CrRow) row = selected_row (self);
  if (row != NULL)
    cr_window_navigate (self->window, CR_PAGE_CHART, patient_of (self, row)->id, CR_SECTION_DETAILS, NULL,
                        "unscheduled");
}

/* ---- showing it ---- */

static void
show_buttons (CrWaitingPage *self)
{
  g_autoptr (CrRow) row = selected_row (self);
  gtk_widget_set_sensitive (self->book_button, row != NULL && !shows_closed (self));
  gtk_widget_set_visible (self->change_button, shows_waiting (self));
  gtk_widget_set_sensitive (self->change_button, row != NULL);
  gtk_widget_set_sensitive (self->card_button, row != NULL);
  gtk_widget_set_sensitive (self->done_button, row != NULL && !shows_closed (self));
}

static void
count_cb (CrWaitingPage *self)
{
  g_autofree char *lost =
      g_strdup_printf (_ ("Unscheduled (%u)"), g_list_model_get_n_items (self->unscheduled));
  g_autofree char *wait = g_strdup_printf (_ ("Wait List (%u)"), g_list_model_get_n_items (self->waiting));
  gboolean any = g_list_model_get_n_items (shown_model (self)) > 0;
  gtk_button_set_label (GTK_BUTTON (self->unscheduled_button), lost);
  gtk_button_set_label (GTK_BUTTON (self->waiting_button), wait);
  gtk_label_set_label (
      self->empty_label,
      shows_closed (self) ? _ ("No entry of the wait list was closed in the last 90 days.")
      : shows_waiting (self)
          ? _ ("Nobody waits for an earlier visit.\nAdd…, or Wait List… in the booking panel and in a "
               "visit's menu, puts somebody here.")
          : _ ("Nobody is without a visit: all who cancelled, missed one or were asked to come "
               "again are booked."));
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  show_buttons (self);
}

static void
show_list (CrWaitingPage *self)
{
  if (self->waiting == NULL)
    return;
  if (shows_closed (self) && self->closed == NULL) {
    self->closed = cr_wait_closed_new (cr_window_get_session (self->window));
    g_signal_connect_object (self->closed, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  }
  close_sheet (self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->list, shown_model (self), make_row_cb, self, NULL);
  count_cb (self);
}

static void
filtered_cb (CrWaitingPage *self)
{
  g_free (self->filter);
  self->filter = cr_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->filter_entry)));
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, is_wanted (self, row));
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, CrWaitingPage *self)
{
  if (key == GDK_KEY_Delete)
    done_cb (self);
  else if (gdk_keyval_to_lower (key) == GDK_KEY_e && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 &&
           cr_window_single_letters (self->window))
    change_cb (self);
  else
    return FALSE;
  return TRUE;
}

/* ---- page ---- */

static void
focus_list (CrWaitingPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->unscheduled_button));
}

static void
waiting_page_enter (CrPage *page, CrId patient, const char *section, const char *hint)
{
  CrWaitingPage *self = CR_WAITING_PAGE (page);
  if (g_strcmp0 (hint, "wait-list") == 0)
    gtk_toggle_button_set_active (self->waiting_button, TRUE);
  else if (g_strcmp0 (hint, "unscheduled") == 0)
    gtk_toggle_button_set_active (self->unscheduled_button, TRUE);
  focus_list (self);
}

static gboolean
waiting_page_perform (CrPage *page, const char *what)
{
  CrWaitingPage *self = CR_WAITING_PAGE (page);
  if (g_str_equal (what, "find"))
    gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
  else if (g_str_equal (what, "primary"))
    book_cb (self);
  else if (g_str_equal (what, "new"))
    add_cb (self);
  else
    return FALSE;
  return TRUE;
}

static void
waiting_page_forget (CrPage *page)
{
  CrWaitingPage *self = CR_WAITING_PAGE (page);
  close_sheet (self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->unscheduled);
  g_clear_object (&self->waiting);
  g_clear_object (&self->closed);
}

static void
page_iface_init (CrPageInterface *iface)
{
  iface->enter = waiting_page_enter;
  iface->perform = waiting_page_perform;
  iface->forget = waiting_page_forget;
}

static void
cr_waiting_page_dispose (GObject *object)
{
  CrWaitingPage *self = CR_WAITING_PAGE (object);
  g_clear_object (&self->unscheduled);
  g_clear_object (&self->waiting);
  g_clear_object (&self->closed);
  g_clear_object (&self->row);
  g_clear_pointer (&self->filter, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CR_TYPE_WAITING_PAGE);
  G_OBJECT_CLASS (cr_waiting_page_parent_class)->dispose (object);
}

static void
cr_waiting_page_class_init (CrWaitingPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_waiting_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/waiting-page.ui");
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, root);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, unscheduled_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, waiting_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, closed_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, add_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, filter_entry);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, stack);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, list);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, empty_label);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, sheet_box);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, book_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, change_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, card_button);
  gtk_widget_class_bind_template_child (widget, CrWaitingPage, done_button);
}

static void
cr_waiting_page_init (CrWaitingPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (book_cb), self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (show_buttons), self);
  g_signal_connect_swapped (self->waiting_button, "toggled", G_CALLBACK (show_list), self);
  g_signal_connect_swapped (self->closed_button, "toggled", G_CALLBACK (show_list), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->filter_entry, "search-changed", G_CALLBACK (filtered_cb), self);
  g_signal_connect_swapped (self->book_button, "clicked", G_CALLBACK (book_cb), self);
  g_signal_connect_swapped (self->change_button, "clicked", G_CALLBACK (change_cb), self);
  g_signal_connect_swapped (self->card_button, "clicked", G_CALLBACK (card_cb), self);
  g_signal_connect_swapped (self->done_button, "clicked", G_CALLBACK (done_cb), self);
}

GtkWidget *
cr_waiting_page_new (CrWindow *window)
{
  CrWaitingPage *self = g_object_new (CR_TYPE_WAITING_PAGE, NULL);
  self->window = window;
  self->unscheduled = cr_unscheduled_list_new (cr_window_get_session (window));
  self->waiting = cr_wait_list_new (cr_window_get_session (window));
  g_signal_connect_object (self->unscheduled, "items-changed", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waiting, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::private", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  show_list (self);
  return GTK_WIDGET (self);
}
