#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/match-list.h"
#include "src/ui/schedule/register-form.h"
#include "src/ui/schedule/register-pages.h"
#include "src/ui/admin/hit-window.h"
#include "src/ui/schedule/visit-words.h"
#include "src/ui/shell/focus.h"
#include "src/ui/shell/unsaved-bar.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include "chartroom/session/hit-visits.h"
#include "chartroom/session/kept-form.h"
#include <glib/gi18n.h>

#define CR_TYPE_REGISTER_DIALOG (cr_register_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrRegisterDialog, cr_register_dialog, CR, REGISTER_DIALOG, GtkWindow)

struct _CrRegisterDialog {
  GtkWindow parent;
  GtkStack *pages;
  GtkWidget *tab_box, *matches_side, *kept_bar, *duplicate_bar;
  CrUnsavedBar *unsaved;
  GtkLabel *identity_label, *matches_label, *error_label, *duplicate_label, *kept_label;
  CrRegisterForm *form;
  CrMatchList *matches;
  GtkButton *save_button, *save_book_button, *cancel_button, *start_empty_button, *open_chart_button,
      *not_same_button, *review_button;

  CrWindow *window; /* transient for it */
  CrPatientDraft *draft;
  CrId existing; /* whose details are edited; CR_ID_NONE: a new patient */
  gboolean busy, book_next;
  gboolean compared; /* what is typed was compared with the charts, or is being compared */
  gboolean kept;     /* what is typed here is among what is kept */
  GtkWidget *focus;  /* weak: where it was before the saving */
  CrRegisterAnswer answer;
  CrId match; /* whose chart opens when what is typed is thrown away; none: the dialog just closes */
};

G_DEFINE_FINAL_TYPE (CrRegisterDialog, cr_register_dialog, GTK_TYPE_WINDOW)

/* ---- possible matches ---- */

static gboolean
can_compare (CrRegisterDialog *self)
{
  g_autofree char *family = NULL, *born = NULL;
  g_object_get (self->draft, "family", &family, "birth-date", &born, NULL);
  return !cr_str_empty (family) && !cr_str_empty (born) &&
         cr_patient_draft_problem (self->draft, "birth-date") == NULL;
}

static void
left_cb (CrRegisterDialog *self)
{
  if (self->existing != CR_ID_NONE || self->draft == NULL)
    return;
  self->compared = can_compare (self);
  cr_patient_draft_check (self->draft);
}

/* Nothing is said of what was not compared: a name half typed is like nobody's. */
static void
show_matches_line (CrRegisterDialog *self)
{
  guint n = g_list_model_get_n_items (cr_patient_draft_get_candidates (self->draft));
  gtk_label_set_label (self->matches_label,
                       n > 0 ? _ ("Compare before you save:")
                       : self->compared
                           ? _ ("Nobody like this is registered.")
                           : _ ("Who is like this appears here after the name and the birth date."));
}

static void
checked_cb (CrRegisterDialog *self)
{
  GListModel *candidates = cr_patient_draft_get_candidates (self->draft);
  cr_match_list_show (self->matches, self->window, candidates);
  show_matches_line (self);
  if (cr_match_list_likeliest (candidates) == CR_ID_NONE)
    gtk_widget_set_visible (self->duplicate_bar, FALSE);
}

static void
finish (CrRegisterDialog *self)
{
  cr_unsaved_bar_end (self->unsaved);
  if (self->kept)
    cr_patient_draft_forget_kept (self->draft);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
go_to_patient (CrWindow *window, CrId patient)
{
  gboolean clinical = cr_session_can (cr_window_get_session (window), CR_RIGHT_CLINICAL_VIEW);
  cr_window_navigate (window, CR_PAGE_CHART, patient, clinical ? CR_SECTION_SUMMARY : CR_SECTION_DETAILS,
                      NULL, "registration");
}

/* By what a person is found: who is here already has it in the chart. */
static gboolean
finds_person (const char *property)
{
  static const char *const FINDS[] = { "family", "given", "birth-date", "sex", "phone", NULL };
  return g_strv_contains (FINDS, property);
}

static gboolean
has_more_lines (CrRegisterDialog *self, CrPatientDraft *blank)
{
  for (int kind = 0; kind < CR_N_LINE_KINDS; kind++)
    if (g_list_model_get_n_items (cr_patient_draft_get_lines (self->draft, kind)) >
        g_list_model_get_n_items (cr_patient_draft_get_lines (blank, kind)))
      return TRUE;
  return FALSE;
}

/* More than that stands there, and would be lost. */
static gboolean
has_more (CrRegisterDialog *self)
{
  g_autoptr (CrPatientDraft) blank = cr_patient_draft_new (cr_window_get_session (self->window), NULL);
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (blank), &n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *typed = NULL, *empty = NULL;
    if (!G_IS_PARAM_SPEC_STRING (specs[i]) || (specs[i]->flags & G_PARAM_WRITABLE) == 0 ||
        finds_person (specs[i]->name))
      continue;
    g_object_get (self->draft, specs[i]->name, &typed, NULL);
    g_object_get (blank, specs[i]->name, &empty, NULL);
    if (g_strcmp0 (typed, empty) != 0)
      return TRUE;
  }
  return has_more_lines (self, blank) || cr_patient_draft_get_photo (self->draft)->chosen != NULL;
}

static void
open_match (CrRegisterDialog *self, CrId patient)
{
  g_autoptr (CrWindow) window = g_object_ref (self->window);
  gboolean book = self->book_next;
  finish (self);
  if (book)
    cr_window_navigate (window, CR_PAGE_SCHEDULE, patient, NULL, "book", "registration");
  else
    go_to_patient (window, patient);
}

static void
choose_match (CrRegisterDialog *self, CrId patient)
{
  self->match = patient;
  if (!has_more (self) || !cr_unsaved_bar_ask (self->unsaved))
    open_match (self, patient);
}

static void
discard_cb (CrRegisterDialog *self)
{
  if (self->match != CR_ID_NONE)
    open_match (self, self->match);
  else
    finish (self);
}

static void
open_match_cb (CrMatchList *list, gint64 patient, CrRegisterDialog *self)
{
  choose_match (self, patient);
}

static void
open_chart_cb (CrRegisterDialog *self)
{
  CrId patient = cr_match_list_likeliest (cr_patient_draft_get_candidates (self->draft));
  if (patient != CR_ID_NONE)
    choose_match (self, patient);
}

/* ---- saving ---- */

static void
set_error (CrRegisterDialog *self, const char *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

/* What is being saved is not typed in: it would be in no record. */
static void
set_busy (CrRegisterDialog *self, gboolean busy)
{
  if (busy)
    g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (self)));
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_book_button), !busy);
  if (!busy && self->focus != NULL)
    gtk_widget_grab_focus (self->focus);
}

static void
ask_about_duplicate (CrRegisterDialog *self, const char *sentence)
{
  gtk_label_set_label (self->duplicate_label, sentence);
  gtk_widget_set_visible (self->duplicate_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->open_chart_button));
  cr_patient_draft_check (self->draft);
}

static void
hit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hit = cr_hit_visits_finish (result, &error);
  if (hit == NULL)
    cr_window_show_error (window, error);
  else if (hit->len > 0)
    cr_hit_window_offer (window, _ ("This patient has died, and is still booked:"), hit, _ ("Patient died"));
}

/* Whoever has died keeps no appointment. */
static void
look_for_visits (CrRegisterDialog *self, CrId patient)
{
  g_autofree char *death = NULL;
  g_object_get (self->draft, "death-date", &death, NULL);
  if (!cr_str_empty (death))
    cr_hit_by_patient_async (cr_window_get_session (self->window), patient, hit_cb,
                             g_object_ref (self->window));
}

static void
leave_saved (CrRegisterDialog *self, CrId patient)
{
  look_for_visits (self, patient);
  g_autoptr (CrWindow) window = g_object_ref (self->window);
  gboolean book = self->book_next, is_new = self->existing == CR_ID_NONE;
  finish (self);
  cr_window_toast (window, is_new ? _ ("Patient registered") : _ ("Details saved"), NULL, NULL);
  if (book)
    cr_window_navigate (window, CR_PAGE_SCHEDULE, patient, NULL, "book", "registration");
  else if (is_new)
    cr_window_navigate (window, CR_PAGE_CHART, patient, CR_SECTION_DETAILS, NULL, "registration");
}

/* Somebody else saved meanwhile: what is stored now, and over it what was typed here. */
static void
open_again (CrRegisterDialog *self)
{
  g_autoptr (CrWindow) window = g_object_ref (self->window);
  CrId existing = self->existing;
  cr_patient_draft_keep (self->draft, TRUE);
  gtk_window_destroy (GTK_WINDOW (self));
  cr_register_dialog_present (window, NULL, existing);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrRegisterDialog) self = data;
  g_autoptr (GError) error = NULL;
  CrId patient = cr_patient_draft_save_finish (CR_PATIENT_DRAFT (source), result, &error);
  if (self->draft == NULL)
    return;
  set_busy (self, FALSE);
  if (patient != CR_ID_NONE)
    leave_saved (self, patient);
  else if (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) && self->existing == CR_ID_NONE)
    ask_about_duplicate (self, error->message);
  else if (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT))
    open_again (self);
  else
    set_error (self, error->message);
}

/* All messages appear; the focus goes to the first part that needs something, on whatever page. */
static void
show_problems (CrRegisterDialog *self)
{
  GtkWidget *first = cr_register_form_judge (self->form, cr_register_pages_judge (self->pages));
  if (first == NULL)
    return;
  cr_register_pages_show (self->pages, first);
  if (!gtk_widget_grab_focus (first))
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
}

static void
save (CrRegisterDialog *self)
{
  gboolean can_save = FALSE;
  if (self->busy)
    return;
  set_error (self, NULL);
  g_object_get (self->draft, "can-save", &can_save, NULL);
  if (!can_save) {
    show_problems (self);
    return;
  }
  set_busy (self, TRUE);
  cr_patient_draft_save_async (self->draft, self->answer, saved_cb, g_object_ref (self));
}

static void
save_cb (CrRegisterDialog *self)
{
  self->book_next = FALSE;
  save (self);
}

static void
save_book_cb (CrRegisterDialog *self)
{
  self->book_next = TRUE;
  save (self);
}

static void
answer_with (CrRegisterDialog *self, CrRegisterAnswer answer)
{
  gtk_widget_set_visible (self->duplicate_bar, FALSE);
  self->answer = answer;
  save (self);
  self->answer = CR_REGISTER_ASK;
}

static void
not_same_cb (CrRegisterDialog *self)
{
  answer_with (self, CR_REGISTER_NOT_SAME);
}

static void
review_cb (CrRegisterDialog *self)
{
  answer_with (self, CR_REGISTER_REVIEW);
}

/* ---- leaving without saving ---- */

static void
edited_cb (CrRegisterDialog *self)
{
  self->compared = FALSE;
  if (self->existing == CR_ID_NONE)
    show_matches_line (self);
}

static gboolean
close_request_cb (CrRegisterDialog *self)
{
  self->match = CR_ID_NONE;
  return cr_unsaved_bar_ask (self->unsaved);
}

/* The same person goes on where they were, after a lock or a crash. */
static void
write_cb (CrUnsavedBar *unsaved, gpointer form, CrRegisterDialog *self)
{
  cr_patient_draft_keep (self->draft, FALSE);
  self->kept = TRUE;
}

static void
show_kept (CrRegisterDialog *self)
{
  g_autofree char *note = NULL;
  g_object_get (self->draft, "kept-note", &note, NULL);
  gtk_label_set_label (self->kept_label, note != NULL ? note : "");
  gtk_widget_set_visible (self->kept_bar, note != NULL);
}

static void
start_empty_cb (CrRegisterDialog *self)
{
  CrWindow *window = self->window;
  CrId existing = self->existing;
  finish (self);
  cr_register_dialog_present (window, NULL, existing);
}

/* ---- class ---- */

static void
cr_register_dialog_dispose (GObject *object)
{
  CrRegisterDialog *self = CR_REGISTER_DIALOG (object);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  g_clear_weak_pointer (&self->focus);
  G_OBJECT_CLASS (cr_register_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, pages);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, tab_box);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, form);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, matches_side);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, kept_bar);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, unsaved);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, duplicate_bar);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, identity_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, matches_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, error_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, duplicate_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, kept_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, matches);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, save_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, save_book_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, start_empty_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, open_chart_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, not_same_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, review_button);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save_cb (CR_REGISTER_DIALOG (widget));
}

static void
save_book_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_widget_get_visible (GTK_WIDGET (CR_REGISTER_DIALOG (widget)->save_book_button)))
    save_book_cb (CR_REGISTER_DIALOG (widget));
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cr_register_pages_step (CR_REGISTER_DIALOG (widget)->pages,
                          g_str_equal (name, "register.next-page") ? 1 : -1);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cr_session_lock (cr_window_get_session (CR_REGISTER_DIALOG (widget)->window));
}

static void
cr_register_dialog_class_init (CrRegisterDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  G_OBJECT_CLASS (klass)->dispose = cr_register_dialog_dispose;
  g_type_ensure (CR_TYPE_REGISTER_FORM);
  g_type_ensure (CR_TYPE_MATCH_LIST);
  g_type_ensure (CR_TYPE_UNSAVED_BAR);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/register-dialog.ui");
  bind_children (widget);
  gtk_widget_class_install_action (widget, "register.save", NULL, save_action);
  gtk_widget_class_install_action (widget, "register.save-book", NULL, save_book_action);
  gtk_widget_class_install_action (widget, "register.lock", NULL, lock_action);
  gtk_widget_class_install_action (widget, "register.next-page", NULL, page_action);
  gtk_widget_class_install_action (widget, "register.last-page", NULL, page_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "register.next-page",
                                       NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "register.last-page", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_l, both, "register.lock", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "register.save", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "register.save", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, both, "register.save-book", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_KP_Enter, both, "register.save-book", NULL);
}

static void
connect_buttons (CrRegisterDialog *self)
{
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->save_book_button, "clicked", G_CALLBACK (save_book_cb), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->start_empty_button, "clicked", G_CALLBACK (start_empty_cb), self);
  g_signal_connect (self->unsaved, "write", G_CALLBACK (write_cb), self);
  g_signal_connect_swapped (self->unsaved, "discard", G_CALLBACK (discard_cb), self);
  g_signal_connect_swapped (self->open_chart_button, "clicked", G_CALLBACK (open_chart_cb), self);
  g_signal_connect_swapped (self->not_same_button, "clicked", G_CALLBACK (not_same_cb), self);
  g_signal_connect_swapped (self->review_button, "clicked", G_CALLBACK (review_cb), self);
  g_signal_connect (self->matches, "open", G_CALLBACK (open_match_cb), self);
}

static void
cr_register_dialog_init (CrRegisterDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_buttons (self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/* ---- opening ---- */

static void
take_draft (CrRegisterDialog *self, CrPatientDraft *draft)
{
  self->draft = draft;
  cr_register_form_bind (self->form, draft, cr_session_get_people (cr_window_get_session (self->window)));
  g_signal_connect_swapped (draft, "checked", G_CALLBACK (checked_cb), self);
  g_signal_connect_swapped (draft, "notify::kept-note", G_CALLBACK (show_kept), self);
}

/* Beside the first page alone: the others need the room. */
static void
show_matches (CrRegisterDialog *self)
{
  gboolean first = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "patient") == 0;
  gtk_widget_set_visible (self->matches_side, first && self->existing == CR_ID_NONE);
}

/* identity: of the patient whose details are edited; NULL for a new one. */
static CrRegisterDialog *
open_dialog (CrWindow *window, CrPatientDraft *draft, CrId existing, const char *identity)
{
  CrRegisterDialog *self = g_object_new (CR_TYPE_REGISTER_DIALOG, "transient-for", window, NULL);
  self->window = window;
  self->existing = existing;
  take_draft (self, draft);
  cr_register_pages_add (self->pages, cr_window_get_session (window), existing, draft);
  cr_register_tabs_add (self->tab_box, self->pages);
  gtk_window_set_title (GTK_WINDOW (self), identity != NULL ? _ ("Edit Details") : _ ("Register Patient"));
  gtk_label_set_label (self->identity_label, identity != NULL ? identity : "");
  gtk_widget_set_visible (GTK_WIDGET (self->identity_label), identity != NULL);
  show_matches (self);
  gtk_button_set_label (self->start_empty_button, identity != NULL ? _ ("Discard It") : _ ("Start Empty"));
  gtk_widget_set_visible (GTK_WIDGET (self->save_book_button), identity == NULL);
  if (identity != NULL)
    cr_register_form_add_death (self->form);
  cr_register_form_show_more (self->form, identity != NULL);
  g_signal_connect_swapped (self->form, "left", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (self->pages, "notify::visible-child-name", G_CALLBACK (show_matches), self);
  return self;
}

static void
show_dialog (CrRegisterDialog *self)
{
  cr_unsaved_bar_start (self->unsaved, cr_window_get_session (self->window), NULL);
  if (self->kept) /* what is in it is nowhere else */
    cr_unsaved_bar_edited (self->unsaved);
  g_signal_connect_object (self->draft, "edited", G_CALLBACK (cr_unsaved_bar_edited), self->unsaved,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->draft, "edited", G_CALLBACK (edited_cb), self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  if (self->kept)
    cr_focus_at_end (GTK_WINDOW (self));
}

typedef struct {
  CrWindow *window; /* kept */
  CrId patient;     /* whose chart is asked for; merged into another one meanwhile, that one comes */
} Opening;

static void
existing_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (CrWindow) window = opening->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) chart = cr_chart_open_finish (result, &error);
  CrSession *session = cr_window_get_session (window);
  CrRegisterDialog *self;
  const CrPatient *patient;
  if (chart == NULL) {
    cr_window_show_error (window, error);
    return;
  }
  if (cr_session_get_state (session) != CR_SESSION_OPEN)
    return;
  patient = cr_chart_get_records (chart)->patient;
  g_autofree char *name = cr_patient_name_list (patient);
  g_autofree char *who = cr_patient_identity (patient, cr_clock_today (cr_session_get_clock (session)));
  g_autofree char *identity = g_strdup_printf ("%s · %s", name, who);
  self = open_dialog (window, cr_patient_draft_new (session, patient), patient->id, identity);
  cr_session_move_kept_patient (session, opening->patient, patient->id);
  self->kept = cr_patient_draft_take_kept (self->draft);
  show_dialog (self);
}

void
cr_register_dialog_present (CrWindow *window, const char *words, CrId existing)
{
  CrSession *session = cr_window_get_session (window);
  g_autoptr (GError) error = NULL;
  CrRegisterDialog *self;
  if (!cr_session_require (session, CR_RIGHT_DEMOGRAPHICS_EDIT, &error)) {
    cr_window_show_error (window, error);
    return;
  }
  if (existing != CR_ID_NONE) {
    Opening *opening = g_new0 (Opening, 1);
    *opening = (Opening){ g_object_ref (window), existing };
    cr_chart_open_office_async (session, existing, "details", existing_cb, opening);
    return;
  }
  self = open_dialog (window, cr_patient_draft_new (session, NULL), CR_ID_NONE, NULL);
  if (cr_str_empty (words))
    self->kept = cr_patient_draft_take_kept (self->draft);
  else
    cr_patient_draft_take_words (self->draft, words);
  show_dialog (self);
  left_cb (self);
}
