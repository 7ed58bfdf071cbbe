#include "src/ui/admin/keys-dialog.h"
#include "src/ui/admin/form.h"
#include "src/ui/admin/sheet-step.h"
#include "src/ui/shell/wrap-box.h"
#include "chartroom/base/text.h"
#include <glib/gi18n.h>

typedef enum { STEP_REASON, STEP_SHEET, STEP_PROGRESS, STEP_ENDED } Step;

struct _CrKeysDialog {
  GtkWindow parent;
  GtkLabel *title, *words_label, *message;
  GtkStack *steps;
  GtkProgressBar *progress;
  GtkButton *pause_button, *stop_button, *cancel_button, *next_button;
  GtkSpinner *spinner;
  GtkWidget *bar, *reason;
  CrSheetStep *sheet;
  CrWindow *window;
  CrKeyChange *change;
  gboolean sheet_only, busy;
  gboolean before; /* the change was begun before this window was opened */
  Step step;
};

enum { SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrKeysDialog, cr_keys_dialog, GTK_TYPE_WINDOW)

static gboolean
flag (CrKeysDialog *self, const char *property)
{
  gboolean value;
  g_object_get (self->change, property, &value, NULL);
  return value;
}

static void
say (CrKeysDialog *self, const char *text)
{
  gtk_widget_set_css_classes (GTK_WIDGET (self->message), (const char *[]){ "field-problem", NULL });
  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

/* Nothing is wrong. */
static void
tell (CrKeysDialog *self, const char *text)
{
  say (self, text);
  gtk_widget_set_css_classes (GTK_WIDGET (self->message), (const char *[]){ "text-2", NULL });
}

/* ---- what is shown ---- */

static void
show_words (CrKeysDialog *self)
{
  g_autofree char *words = NULL;
  gboolean paused = flag (self, "paused"),
           stopping = !gtk_widget_get_sensitive (GTK_WIDGET (self->stop_button));
  double fraction;
  g_object_get (self->change, "words", &words, "fraction", &fraction, NULL);
  gtk_label_set_label (self->words_label, stopping        ? _ ("Stopping …")
                                          : paused        ? _ ("Paused. Nothing is changed yet.")
                                          : words != NULL ? words
                                                          : _ ("Beginning …"));
  gtk_button_set_label (self->pause_button, paused ? _ ("_Resume") : _ ("_Pause"));
  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
show_title (CrKeysDialog *self)
{
  static const char *const STEPS[] = { N_ ("Why?"), N_ ("The new recovery sheet"), N_ ("New keys") };
  guint n = self->sheet_only ? 2 : 3;
  g_autofree char *title = g_strdup_printf (_ ("Step %u of %u: %s"), MIN ((guint)self->step + 1, n), n,
                                            _ (STEPS[MIN ((guint)self->step, n - 1)]));
  gtk_label_set_label (self->title, self->step != STEP_ENDED ? title
                                    : self->sheet_only       ? _ ("No new sheet")
                                                             : _ ("The keys are as they were"));
}

static void
show_buttons (CrKeysDialog *self)
{
  gboolean sheet = self->step == STEP_SHEET;
  gtk_widget_set_visible (self->bar, self->step != STEP_PROGRESS);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), self->step < STEP_PROGRESS);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button),
                            !self->busy && (!sheet || cr_sheet_step_is_confirmed (self->sheet)));
  gtk_button_set_label (self->cancel_button, self->step == STEP_ENDED ? _ ("_Close") : _ ("_Cancel"));
  gtk_button_set_label (self->next_button, !sheet             ? _ ("C_ontinue")
                                           : self->sheet_only ? _ ("_Use the New Sheet")
                                                              : _ ("Change the _Keys"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
}

static void
go_to (CrKeysDialog *self, Step step)
{
  static const char *const NAMES[] = { "reason", "sheet", "progress", "ended" };
  GtkWidget *first[] = { self->reason, GTK_WIDGET (self->sheet), GTK_WIDGET (self->pause_button),
                         GTK_WIDGET (self->cancel_button) };
  self->step = step;
  self->busy = FALSE;
  say (self, NULL);
  show_title (self);
  show_buttons (self);
  gtk_stack_set_visible_child_name (self->steps, NAMES[step]);
  gtk_widget_grab_focus (first[step]);
}

/* ---- leaving ---- */

/* Closed, or gone with a lock or with the session, before the answer came. */
static gboolean
is_gone (CrKeysDialog *self)
{
  return self->change == NULL;
}

static void
leave (CrKeysDialog *self, const char *sentence)
{
  g_signal_emit (self, signals[SAID], 0, sentence);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* A sheet of which nothing came is taken for the right one later. */
static const char *
nothing_changed (CrKeysDialog *self)
{
  return self->before || cr_sheet_step_is_delivered (self->sheet)
             ? _ ("Nothing was changed. The sheet that was printed opens nothing: destroy it; the one before "
                  "is "
                  "still right.")
             : _ ("Nothing was changed.");
}

static void
stop_cb (CrKeysDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop_button), FALSE);
  cr_key_change_stop (self->change);
  show_words (self);
}

static gboolean
close_cb (CrKeysDialog *self)
{
  if (self->step == STEP_PROGRESS)
    stop_cb (self);
  else if (!self->busy)
    leave (self, nothing_changed (self));
  return TRUE;
}

/* ---- doing ---- */

/* failure: NULL when it was stopped. */
static void
end (CrKeysDialog *self, const char *failure)
{
  g_autofree char *text = failure == NULL ? g_strdup (nothing_changed (self))
                                          : g_strdup_printf ("%s %s", failure, nothing_changed (self));
  go_to (self, STEP_ENDED);
  if (failure != NULL)
    say (self, text);
  else
    tell (self, text);
}

/* A change that went well has closed the session, and this with it. */
static void
running_cb (CrKeysDialog *self)
{
  g_autofree char *failure = NULL;
  if (self->step != STEP_PROGRESS || flag (self, "running"))
    return;
  g_object_get (self->change, "failure", &failure, NULL);
  end (self, failure);
}

static void
sheet_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrKeysDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = cr_session_finish (result, &error);
  if (is_gone (self))
    return;
  if (done)
    leave (self, _ ("The new recovery sheet is in force. Destroy the old one: it opens only older backups."));
  else
    end (self, error->message);
}

static void
start (CrKeysDialog *self)
{
  const char *reason = cr_form_text (self->reason);
  char *code = cr_sheet_step_take_code (self->sheet);
  if (self->sheet_only) {
    self->busy = TRUE;
    show_buttons (self);
    cr_key_change_new_sheet_async (self->change, reason, code, sheet_made_cb, g_object_ref (self));
  } else {
    cr_key_change_start_async (self->change, reason, code, NULL, NULL);
    go_to (self, STEP_PROGRESS);
    show_words (self);
  }
}

static void
leave_reason (CrKeysDialog *self)
{
  g_autofree char *reason = cr_text_trim (cr_form_text (self->reason));
  g_autoptr (GError) error = NULL;
  char *code;
  if (cr_str_empty (reason)) {
    cr_form_set_problem (self->reason, _ ("Say why this is done; it is kept in the audit."));
    gtk_widget_grab_focus (self->reason);
    return;
  }
  code = cr_key_change_new_code (&error);
  if (code == NULL) {
    say (self, error->message);
    return;
  }
  cr_sheet_step_begin (self->sheet, self->window, code);
  go_to (self, STEP_SHEET);
}

static void
next_cb (CrKeysDialog *self)
{
  g_autoptr (GError) error = NULL;
  if (!cr_key_change_may_start (self->change, &error))
    say (self, error->message);
  else if (self->step == STEP_REASON)
    leave_reason (self);
  else if (self->step == STEP_SHEET && cr_sheet_step_check_group (self->sheet))
    start (self);
}

static void
pause_cb (CrKeysDialog *self)
{
  cr_key_change_pause (self->change, !flag (self, "paused"));
}

/* ---- class ---- */

static void
add_reason (CrKeysDialog *self)
{
  GtkWidget *form = cr_form_new ();
  cr_form_add_text (
      form,
      self->sheet_only
          ? _ ("For when the recovery sheet was lost, or read by somebody who should not have: a new one "
               "takes "
               "its place. The keys stay, and nobody signs in again.")
          : _ ("The records are written anew under new keys, and a new recovery sheet takes the place of the "
               "old one. Set the passwords that became known anew before, and take access away from whoever "
               "left: their passwords open the new keys, too."),
      "value");
  self->reason = cr_form_add_entry (form, _ ("_Reason, kept in the audit"), NULL);
  gtk_entry_set_max_length (GTK_ENTRY (self->reason), 200);
  gtk_stack_add_named (self->steps, form, "reason");
}

static void
add_sheet (CrKeysDialog *self)
{
  self->sheet = cr_sheet_step_new (
      _ ("Take your time: nothing is changed and nobody is kept from working before the last step."),
      _ ("▲ From then on this sheet opens the practice when every password is forgotten, and the old one no "
         "longer does."));
  g_signal_connect_swapped (self->sheet, "changed", G_CALLBACK (show_buttons), self);
  g_signal_connect_swapped (self->sheet, "said", G_CALLBACK (tell), self);
  gtk_stack_add_named (self->steps, GTK_WIDGET (self->sheet), "sheet");
}

/* Not left by who sits there, but taken away by a lock. */
static gboolean
is_given_up (CrKeysDialog *self)
{
  return self->change != NULL && cr_sheet_step_has_code (self->sheet) &&
         cr_sheet_step_is_delivered (self->sheet) &&
         cr_session_get_state (cr_window_get_session (self->window)) != CR_SESSION_OPEN;
}

static void
cr_keys_dialog_dispose (GObject *object)
{
  CrKeysDialog *self = CR_KEYS_DIALOG (object);
  if (is_given_up (self))
    cr_key_change_give_up_sheet (self->change);
  g_clear_object (&self->change);
  G_OBJECT_CLASS (cr_keys_dialog_parent_class)->dispose (object);
}

static void
cr_keys_dialog_class_init (CrKeysDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_keys_dialog_dispose;
  signals[SAID] = g_signal_new ("said", CR_TYPE_KEYS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (CR_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/keys-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, title);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, words_label);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, message);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, steps);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, progress);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, pause_button);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, stop_button);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, next_button);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, spinner);
  gtk_widget_class_bind_template_child (widget, CrKeysDialog, bar);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_keys_dialog_init (CrKeysDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->next_button, "clicked", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->pause_button, "clicked", G_CALLBACK (pause_cb), self);
  g_signal_connect_swapped (self->stop_button, "clicked", G_CALLBACK (stop_cb), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_cb), NULL);
}

static CrKeysDialog *
present (GtkWindow *over, CrWindow *window, gboolean sheet_only, const char *reason)
{
  CrKeysDialog *self = g_object_new (CR_TYPE_KEYS_DIALOG, "transient-for", over, "title",
                                     sheet_only ? _ ("New Recovery Sheet") : _ ("Change the Keys"), NULL);
  self->window = window;
  self->change = g_object_ref (cr_window_get_key_change (window));
  self->sheet_only = sheet_only;
  add_reason (self);
  add_sheet (self);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason != NULL ? reason : "");
  g_signal_connect_object (self->change, "notify::words", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->change, "notify::paused", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->change, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  self->before = flag (self, "running");
  go_to (self, self->before ? STEP_PROGRESS : STEP_REASON);
  show_words (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

CrKeysDialog *
cr_keys_dialog_present (GtkWindow *over, CrWindow *window, const char *reason)
{
  return present (over, window, FALSE, reason);
}

CrKeysDialog *
cr_keys_dialog_present_sheet (GtkWindow *over, CrWindow *window)
{
  return present (over, window, TRUE, NULL);
}
