#include "src/ui/schedule/register-dialog.h"
#include "src/ui/schedule/form-field.h"
#include "src/ui/schedule/form-tick.h"
#include "src/ui/schedule/match-list.h"
#include "src/ui/schedule/visit-words.h"
#include "chartroom/base/text.h"
#include "chartroom/session/chart.h"
#include <glib/gi18n.h>

#define KEPT_KEY "register-draft" /* preference: what was typed when the screen was locked */
#define KEPT_GROUP "patient"

#define CR_TYPE_REGISTER_DIALOG (cr_register_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrRegisterDialog, cr_register_dialog, CR, REGISTER_DIALOG, GtkWindow)

struct _CrRegisterDialog {
  GtkWindow parent;
  GtkWidget *form, *more_form, *matches_side, *kept_bar, *discard_bar, *duplicate_bar;
  GtkLabel *identity_label, *matches_label, *error_label, *sex_message, *duplicate_label;
  GtkToggleButton *more_button;
  GtkBox *sexes;
  GtkDropDown *phone_use;
  CrFormField *birth_field, *phone_field, *family_field, *given_field;
  CrMatchList *matches;
  GtkButton *save_button, *save_book_button, *cancel_button, *start_empty_button, *keep_editing_button,
      *discard_button, *not_same_button, *review_button;

  CrWindow *window; /* transient for it */
  CrPatientDraft *draft;
  CrId existing; /* whose details are edited; CR_ID_NONE: a new patient */
  gboolean changed, busy, book_next;
  CrRegisterAnswer answer;
};

G_DEFINE_FINAL_TYPE (CrRegisterDialog, cr_register_dialog, GTK_TYPE_WINDOW)

static const char *const PHONE_USES[] = { "mobile", "home", "work" };

/* ---- the fields ---- */

typedef void (*FieldFunc) (CrFormField *field, CrRegisterDialog *self);

static void
for_each_field (CrRegisterDialog *self, GtkWidget *parent, FieldFunc func)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (CR_IS_FORM_FIELD (child))
      func (CR_FORM_FIELD (child), self);
    else if (GTK_IS_BOX (child))
      for_each_field (self, child, func);
  }
}

static void
left_cb (CrRegisterDialog *self)
{
  if (self->existing == CR_ID_NONE && self->draft != NULL)
    cr_patient_draft_check (self->draft);
}

static void
bind_field (CrFormField *field, CrRegisterDialog *self)
{
  cr_form_field_bind (field, CR_FIELDS (self->draft));
}

static gboolean
is_empty (GBinding *binding, const GValue *text, GValue *empty, gpointer data)
{
  g_value_set_boolean (empty, cr_str_empty (g_value_get_string (text)));
  return TRUE;
}

/* Among the stops of Tab only while there is no name. */
static void
add_no_given (CrRegisterDialog *self)
{
  GtkWidget *tick = cr_form_tick_new (_ ("No given name"));
  cr_form_tick_bind (tick, CR_FIELDS (self->draft), "no-given");
  g_object_bind_property_full (self->draft, "given", tick, "sensitive", G_BINDING_SYNC_CREATE, is_empty, NULL,
                               NULL, NULL);
  cr_form_field_add_beside (self->given_field, tick);
}

static void
judge_field (CrFormField *field, CrRegisterDialog *self)
{
  cr_form_field_judge (field, TRUE);
}

static void
echo_birth (CrRegisterDialog *self)
{
  g_autofree char *echo = NULL;
  g_object_get (self->draft, "birth-echo", &echo, NULL);
  cr_form_field_set_echo (self->birth_field, echo);
}

/* ---- sex and the use of the phone: one of a few ---- */

static void
sex_toggled_cb (GtkCheckButton *button, CrRegisterDialog *self)
{
  if (!gtk_check_button_get_active (button) || self->draft == NULL)
    return;
  g_object_set (self->draft, "sex", gtk_widget_get_name (GTK_WIDGET (button)), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sex_message), FALSE);
}

static void
show_sex (CrRegisterDialog *self)
{
  g_autofree char *sex = NULL;
  g_object_get (self->draft, "sex", &sex, NULL);
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->sexes)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_strcmp0 (gtk_widget_get_name (button), sex) == 0)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
}

static void
phone_use_cb (CrRegisterDialog *self)
{
  guint at = gtk_drop_down_get_selected (self->phone_use);
  if (self->draft != NULL && at < G_N_ELEMENTS (PHONE_USES))
    g_object_set (self->draft, "phone-use", PHONE_USES[at], NULL);
}

static void
show_phone_use (CrRegisterDialog *self)
{
  g_autofree char *use = NULL;
  g_object_get (self->draft, "phone-use", &use, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (PHONE_USES); i++)
    if (g_strcmp0 (PHONE_USES[i], use) == 0)
      gtk_drop_down_set_selected (self->phone_use, i);
}

/* ---- possible matches ---- */

static void
checked_cb (CrRegisterDialog *self)
{
  GListModel *candidates = cr_patient_draft_get_candidates (self->draft);
  guint n = g_list_model_get_n_items (candidates);
  cr_match_list_show (self->matches, self->window, candidates);
  gtk_label_set_label (self->matches_label,
                       n > 0 ? _ ("Compare before you save:") : _ ("Nobody like this is registered."));
  if (!cr_match_list_has_likely (candidates))
    gtk_widget_set_visible (self->duplicate_bar, FALSE);
}

static void
forget_kept (CrRegisterDialog *self)
{
  CrSession *session = cr_window_get_session (self->window);
  if (cr_session_get_preference (session, KEPT_KEY) != NULL)
    cr_session_set_preference (session, KEPT_KEY, NULL);
}

static void
finish (CrRegisterDialog *self)
{
  if (self->existing == CR_ID_NONE)
    forget_kept (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
go_to_patient (CrWindow *window, CrId patient)
{
  gboolean clinical = cr_session_can (cr_window_get_session (window), CR_RIGHT_CLINICAL_VIEW);
  cr_window_navigate (window, CR_PAGE_CHART, patient, clinical ? CR_SECTION_SUMMARY : CR_SECTION_DETAILS,
                      NULL, "registration");
}

static void
open_match_cb (CrMatchList *list, gint64 patient, CrRegisterDialog *self)
{
  g_autoptr (CrWindow) window = g_object_ref (self->window);
  gboolean book = self->book_next;
  finish (self);
  if (book)
    cr_window_navigate (window, CR_PAGE_SCHEDULE, patient, NULL, "book", "registration");
  else
    go_to_patient (window, patient);
}

/* ---- saving ---- */

static void
set_error (CrRegisterDialog *self, const char *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
ask_about_duplicate (CrRegisterDialog *self, const char *sentence)
{
  gtk_label_set_label (self->duplicate_label, sentence);
  gtk_widget_set_visible (self->duplicate_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->not_same_button));
  cr_patient_draft_check (self->draft);
}

static void
leave_saved (CrRegisterDialog *self, CrId patient)
{
  g_autoptr (CrWindow) window = g_object_ref (self->window);
  gboolean book = self->book_next, is_new = self->existing == CR_ID_NONE;
  finish (self);
  cr_window_toast (window, is_new ? _ ("Patient registered") : _ ("Details saved"), NULL, NULL);
  if (book)
    cr_window_navigate (window, CR_PAGE_SCHEDULE, patient, NULL, "book", "registration");
  else if (is_new)
    cr_window_navigate (window, CR_PAGE_CHART, patient, CR_SECTION_DETAILS, NULL, "registration");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrRegisterDialog) self = data;
  g_autoptr (GError) error = NULL;
  CrId patient = cr_patient_draft_save_finish (CR_PATIENT_DRAFT (source), result, &error);
  if (self->draft == NULL)
    return;
  self->busy = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_book_button), TRUE);
  if (patient != CR_ID_NONE)
    leave_saved (self, patient);
  else if (g_error_matches (error, CR_ERROR, CR_ERROR_CONFLICT) && self->existing == CR_ID_NONE)
    ask_about_duplicate (self, error->message);
  else
    set_error (self, error->message);
}

static gboolean
focus_sexes (CrRegisterDialog *self)
{
  return cr_patient_draft_problem (self->draft, "sex") != NULL &&
         gtk_widget_child_focus (GTK_WIDGET (self->sexes), GTK_DIR_TAB_FORWARD);
}

static gboolean
focus_problem (CrRegisterDialog *self, GtkWidget *parent)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (CR_IS_FORM_FIELD (child) && !cr_form_field_judge (CR_FORM_FIELD (child), TRUE)) {
      gtk_widget_grab_focus (child);
      return TRUE;
    }
    if (child == GTK_WIDGET (self->sexes) ? focus_sexes (self)
                                          : GTK_IS_BOX (child) && focus_problem (self, child))
      return TRUE;
  }
  return FALSE;
}

/* All messages appear; the focus goes to the first field that needs something. */
static void
show_problems (CrRegisterDialog *self)
{
  const char *sex = cr_patient_draft_problem (self->draft, "sex");
  for_each_field (self, self->form, judge_field);
  gtk_label_set_label (self->sex_message, sex != NULL ? sex : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sex_message), sex != NULL);
  focus_problem (self, self->form);
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
  self->busy = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_book_button), FALSE);
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

/* ---- leaving without saving; the lock ---- */

static void
changed_cb (CrRegisterDialog *self, GParamSpec *pspec)
{
  self->changed = self->changed || (pspec->flags & G_PARAM_WRITABLE) != 0;
}

static gboolean
close_request_cb (CrRegisterDialog *self)
{
  if (!self->changed)
    return FALSE;
  gtk_widget_set_visible (self->discard_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->keep_editing_button));
  return TRUE;
}

static void
keep_editing_cb (CrRegisterDialog *self)
{
  gtk_widget_set_visible (self->discard_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->family_field));
}

static char *
collect_typed (CrRegisterDialog *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  guint n = 0;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (self->draft), &n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *text = NULL;
    if ((specs[i]->flags & G_PARAM_WRITABLE) == 0)
      continue;
    g_object_get (self->draft, specs[i]->name, &text, NULL);
    if (!cr_str_empty (text))
      g_key_file_set_string (file, KEPT_GROUP, specs[i]->name, text);
  }
  return g_key_file_to_data (file, NULL, NULL);
}

/* Before the lock: the person finds it again (kept in the practice's own store, sealed like everything else).
 */
static void
flush_cb (CrRegisterDialog *self)
{
  g_autofree char *typed = NULL;
  if (self->existing != CR_ID_NONE || !self->changed)
    return;
  typed = collect_typed (self);
  cr_session_set_preference (cr_window_get_session (self->window), KEPT_KEY, typed);
}

static gboolean
restore_kept (CrRegisterDialog *self)
{
  const char *kept = cr_session_get_preference (cr_window_get_session (self->window), KEPT_KEY);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) names = NULL;
  if (cr_str_empty (kept) || !g_key_file_load_from_data (file, kept, (gsize)-1, G_KEY_FILE_NONE, NULL))
    return FALSE;
  names = g_key_file_get_keys (file, KEPT_GROUP, NULL, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_autofree char *text = g_key_file_get_string (file, KEPT_GROUP, names[i], NULL);
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->draft), names[i]) != NULL)
      g_object_set (self->draft, names[i], text, NULL);
  }
  return names != NULL;
}

static void
start_empty_cb (CrRegisterDialog *self)
{
  CrWindow *window = self->window;
  finish (self);
  cr_register_dialog_present (window, NULL, CR_ID_NONE);
}

/* ---- class ---- */

static void
cr_register_dialog_dispose (GObject *object)
{
  CrRegisterDialog *self = CR_REGISTER_DIALOG (object);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cr_register_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, form);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, more_form);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, matches_side);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, kept_bar);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, discard_bar);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, duplicate_bar);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, identity_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, matches_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, error_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, sex_message);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, duplicate_label);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, more_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, sexes);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, phone_use);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, birth_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, phone_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, family_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, given_field);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, matches);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, save_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, save_book_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, start_empty_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, keep_editing_button);
  gtk_widget_class_bind_template_child (widget, CrRegisterDialog, discard_button);
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
  g_type_ensure (CR_TYPE_FORM_FIELD);
  g_type_ensure (CR_TYPE_MATCH_LIST);
  gtk_widget_class_set_template_from_resource (widget,
                                               "/org/chartroom/Chartroom/ui/schedule/register-dialog.ui");
  bind_children (widget);
  gtk_widget_class_install_action (widget, "register.save", NULL, save_action);
  gtk_widget_class_install_action (widget, "register.save-book", NULL, save_book_action);
  gtk_widget_class_install_action (widget, "register.lock", NULL, lock_action);
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
  g_signal_connect_swapped (self->keep_editing_button, "clicked", G_CALLBACK (keep_editing_cb), self);
  g_signal_connect_swapped (self->discard_button, "clicked", G_CALLBACK (finish), self);
  g_signal_connect_swapped (self->not_same_button, "clicked", G_CALLBACK (not_same_cb), self);
  g_signal_connect_swapped (self->review_button, "clicked", G_CALLBACK (review_cb), self);
  g_signal_connect (self->matches, "open", G_CALLBACK (open_match_cb), self);
}

static void
cr_register_dialog_init (CrRegisterDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_buttons (self);
  g_object_bind_property (self->more_button, "active", self->more_form, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->phone_use, "notify::selected", G_CALLBACK (phone_use_cb), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->sexes)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    g_signal_connect (button, "toggled", G_CALLBACK (sex_toggled_cb), self);
}

/* ---- opening ---- */

static void
watch_duplicates (CrRegisterDialog *self)
{
  GtkWidget *fields[] = { GTK_WIDGET (self->family_field), GTK_WIDGET (self->given_field),
                          GTK_WIDGET (self->birth_field), GTK_WIDGET (self->phone_field) };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_signal_connect_swapped (fields[i], "left", G_CALLBACK (left_cb), self);
}

static void
take_draft (CrRegisterDialog *self, CrPatientDraft *draft)
{
  self->draft = draft;
  for_each_field (self, self->form, bind_field);
  add_no_given (self);
  g_signal_connect_swapped (draft, "checked", G_CALLBACK (checked_cb), self);
  g_signal_connect_swapped (draft, "notify::birth-echo", G_CALLBACK (echo_birth), self);
  g_signal_connect_swapped (draft, "notify::sex", G_CALLBACK (show_sex), self);
  echo_birth (self);
  show_sex (self);
  show_phone_use (self);
}

/* identity: of the patient whose details are edited; NULL for a new one. */
static CrRegisterDialog *
open_dialog (CrWindow *window, CrPatientDraft *draft, const char *identity)
{
  CrRegisterDialog *self = g_object_new (CR_TYPE_REGISTER_DIALOG, "transient-for", window, NULL);
  self->window = window;
  take_draft (self, draft);
  gtk_window_set_title (GTK_WINDOW (self), identity != NULL ? _ ("Edit Details") : _ ("Register Patient"));
  gtk_label_set_label (self->identity_label, identity != NULL ? identity : "");
  gtk_widget_set_visible (GTK_WIDGET (self->identity_label), identity != NULL);
  gtk_widget_set_visible (self->matches_side, identity == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->save_book_button), identity == NULL);
  gtk_toggle_button_set_active (self->more_button, identity != NULL);
  watch_duplicates (self);
  g_signal_connect_object (cr_window_get_session (window), "flush", G_CALLBACK (flush_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
show_dialog (CrRegisterDialog *self)
{
  self->changed = FALSE;
  g_signal_connect_swapped (self->draft, "notify", G_CALLBACK (changed_cb), self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->family_field));
}

static void
existing_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrWindow) window = data;
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
  self = open_dialog (window, cr_patient_draft_new (session, patient), identity);
  self->existing = patient->id;
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
    cr_chart_open_office_async (session, existing, "details", existing_cb, g_object_ref (window));
    return;
  }
  self = open_dialog (window, cr_patient_draft_new (session, NULL), NULL);
  if (cr_str_empty (words))
    gtk_widget_set_visible (self->kept_bar, restore_kept (self));
  else
    cr_patient_draft_take_words (self->draft, words);
  show_dialog (self);
  left_cb (self);
}
