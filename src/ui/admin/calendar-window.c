#include "src/ui/admin/calendar-window.h"
#include "src/ui/admin/form.h"
#include "src/ui/shell/print-window.h"
#include "chartroom/session/calendar-export.h"
#include "chartroom/session/row.h"
#include <glib/gi18n.h>

enum { USUAL_DAYS = 28 };

struct _CrCalendarWindow {
  GtkWindow parent;
  GtkWidget *form, *person, *from, *to, *names, *warning, *message, *export_button;
  CrWindow *window;  /* transient for it */
  GPtrArray *people; /* CrRow of those with a column, as the choice has them */
  CrCalendarRequest request;
};

G_DEFINE_FINAL_TYPE (CrCalendarWindow, cr_calendar_window, GTK_TYPE_WINDOW)

static CrSession *
session_of (CrCalendarWindow *self)
{
  return cr_window_get_session (self->window);
}

/* ---- the question ---- */

static gboolean
read_day (CrCalendarWindow *self, GtkWidget *entry, CrDate *day)
{
  CrDate today = cr_clock_today (cr_session_get_clock (session_of (self)));
  g_autoptr (GError) error = NULL;
  CrDateReading reading = { 0 };
  gboolean good =
      cr_date_parse (cr_form_text (entry), today, CR_DATE_FUTURE, CR_DATE_NONE, &reading, &error) &&
      cr_date_is_full (reading.date);
  *day = reading.date;
  cr_form_set_problem (entry, good            ? NULL
                              : error != NULL ? error->message
                                              : _ ("Type a whole date, such as 11/23/2026 or t+7."));
  return good;
}

static gboolean
read_request (CrCalendarWindow *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->person));
  CrCalendarRequest *request = &self->request;
  gboolean good = read_day (self, self->from, &request->from);
  good &= read_day (self, self->to, &request->to);
  if (good && cr_date_compare (request->to, request->from) < 0) {
    cr_form_set_problem (self->to, _ ("The last day is before the first one."));
    good = FALSE;
  }
  request->names = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->names));
  request->person_id = at < self->people->len ? cr_row_get_id (self->people->pdata[at]) : CR_ID_NONE;
  cr_form_focus_problem (self->form);
  return good && request->person_id != CR_ID_NONE;
}

static void
names_cb (CrCalendarWindow *self)
{
  gtk_widget_set_visible (self->warning, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->names)));
}

/* ---- the file ---- */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrCalendarWindow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 n = cr_calendar_export_finish (result, &error);
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  gtk_widget_set_sensitive (self->export_button, TRUE);
  if (n < 0) {
    gtk_label_set_label (GTK_LABEL (self->message), error->message);
    return;
  }
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u visit was exported. Whoever gets the file can read it.",
                                 "%u visits were exported. Whoever gets the file can read it.", (gulong)n),
                       (guint)n);
  cr_window_toast (self->window, text, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, CrCalendarWindow *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL) {
    self->request.path = path;
    gtk_widget_set_sensitive (self->export_button, FALSE);
    cr_calendar_export_async (session_of (self), &self->request, exported_cb, g_object_ref (self));
    self->request.path = NULL; /* copied */
  }
  g_object_unref (dialog);
}

static void
export_cb (CrCalendarWindow *self)
{
  gtk_label_set_label (GTK_LABEL (self->message), "");
  if (!read_request (self))
    return;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Export a Calendar"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "visits.ics");
  cr_usual_folder_for (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- building ---- */

static void
fill (CrCalendarWindow *self)
{
  GListModel *people = cr_session_get_people (session_of (self));
  CrDate today = cr_clock_today (cr_session_get_clock (session_of (self)));
  g_autofree char *from = cr_date_format (today);
  g_autofree char *to = cr_date_format (cr_date_add_days (today, USUAL_DAYS));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    g_autofree char *name = cr_person_formal (person);
    if (!person->schedulable || !person->active)
      continue;
    gtk_string_list_append (names, name);
    g_ptr_array_add (self->people, g_object_ref (row));
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->person), G_LIST_MODEL (names));
  gtk_editable_set_text (GTK_EDITABLE (self->from), from);
  gtk_editable_set_text (GTK_EDITABLE (self->to), to);
  gtk_widget_set_visible (self->names, cr_session_can (session_of (self), CR_RIGHT_EXPORT));
  gtk_widget_set_sensitive (self->export_button, self->people->len > 0);
  if (self->people->len == 0)
    gtk_label_set_label (GTK_LABEL (self->message), _ ("Nobody has a column in the book yet."));
}

static void
build_bar (CrCalendarWindow *self, GtkWidget *box)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *close = gtk_button_new_with_mnemonic (_ ("_Close"));
  self->export_button = gtk_button_new_with_mnemonic (_ ("_Export…"));
  gtk_widget_add_css_class (bar, "dialog-bar");
  gtk_widget_add_css_class (self->export_button, "suggested-action");
  gtk_widget_set_hexpand (close, TRUE);
  gtk_widget_set_halign (close, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  gtk_box_append (GTK_BOX (bar), close);
  gtk_box_append (GTK_BOX (bar), self->export_button);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->export_button);
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (export_cb), self);
}

static void
build_form (CrCalendarWindow *self)
{
  GtkWidget *form = self->form = cr_form_new ();
  cr_form_add_text (
      form,
      _ ("The visits of one clinician as a file (iCalendar) for a phone or another calendar. It shows "
         "when, how long and what type of visit; reasons never go out."),
      "text-2");
  self->person = cr_form_add_choice (form, _ ("C_linician"), (const char *const[]){ NULL });
  self->from = cr_form_add_entry (form, _ ("_From"), NULL);
  self->to = cr_form_add_entry (form, _ ("_To"), NULL);
  self->names = cr_form_add_check (form, _ ("With patients' _names"));
  self->warning =
      cr_form_add_text (form,
                        _ ("▲ Names and times of visits are health information. Such a file belongs on "
                           "no phone or calendar that others can look into; most online calendars may "
                           "not have it. That it was made is written to the audit."),
                        "warning");
  gtk_widget_set_visible (self->warning, FALSE);
  self->message = cr_form_add_text (form, NULL, "field-problem");
  g_signal_connect_swapped (self->names, "toggled", G_CALLBACK (names_cb), self);
  gtk_widget_add_css_class (form, "dialog-body");
  gtk_widget_set_vexpand (form, TRUE);
}

static void
cr_calendar_window_finalize (GObject *object)
{
  g_ptr_array_unref (CR_CALENDAR_WINDOW (object)->people);
  G_OBJECT_CLASS (cr_calendar_window_parent_class)->finalize (object);
}

static void
cr_calendar_window_class_init (CrCalendarWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cr_calendar_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_calendar_window_init (CrCalendarWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->people = g_ptr_array_new_with_free_func (g_object_unref);
  build_form (self);
  gtk_box_append (GTK_BOX (box), self->form);
  build_bar (self, box);
  gtk_window_set_child (GTK_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 620, 380);
}

void
cr_calendar_window_present (CrWindow *window)
{
  CrCalendarWindow *self = g_object_new (CR_TYPE_CALENDAR_WINDOW, "transient-for", window, "modal", TRUE,
                                         "title", _ ("Export a Calendar"), NULL);
  self->window = window;
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->person);
}
