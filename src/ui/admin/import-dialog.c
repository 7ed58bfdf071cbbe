#include "src/ui/admin/import-dialog.h"
#include "chartroom/session/import-run.h"
#include <glib/gi18n.h>

struct _CrImportDialog {
  GtkWindow parent;
  GtkButton *choose_button, *import_button;
  GtkProgressBar *progress;
  GtkLabel *intro, *message;
  GtkTextView *report_view;
  CrWindow *window; /* transient for it */
  char **paths;
};

G_DEFINE_FINAL_TYPE (CrImportDialog, cr_import_dialog, GTK_TYPE_WINDOW)

static void
say (CrImportDialog *self, const char *text)
{
  gtk_label_set_label (self->message, text);
}

static char *
write_report (const CrImportReport *report)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < report->counts->len; i++) {
    const CrImportCount *c = report->counts->pdata[i];
    g_string_append_printf (
        text, _ ("%-22s %6u in the file · %u new · %u changed · %u as before · %u not imported"), c->type,
        c->in_file, c->added, c->changed, c->unchanged, c->skipped);
    g_string_append_printf (text, "%s%s\n", c->why != NULL ? " – " : "", c->why != NULL ? c->why : "");
  }
  for (guint i = 0; i < report->findings->len; i++)
    g_string_append_printf (text, "\n%s", (const char *)report->findings->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
show_report (CrImportDialog *self, const CrImportReport *report)
{
  g_autofree char *text = write_report (report);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->report_view), text, -1);
}

static void
set_busy (CrImportDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_button), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), !busy && self->paths != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
}

static void
progress_cb (double done, const char *file, gpointer data)
{
  CrImportDialog *self = data;
  g_autofree char *base = file != NULL ? g_path_get_basename (file) : NULL;
  gtk_progress_bar_set_fraction (self->progress, done);
  gtk_progress_bar_set_text (self->progress, base);
}

static void
take_result (CrImportDialog *self, GAsyncResult *result, const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrImportReport) report = cr_import_files_finish (result, &error);
  g_autofree char *text = NULL;
  set_busy (self, FALSE);
  if (report == NULL) {
    say (self, error->message);
    return;
  }
  show_report (self, report);
  text = g_strdup_printf ("%s %u / %u", format, report->rows_added, report->rows_changed);
  say (self, text);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrImportDialog) self = data;
  take_result (self, result, _ ("Dry run, nothing is stored yet. Rows that would be new / changed:"));
  gtk_widget_grab_focus (GTK_WIDGET (self->import_button));
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrImportDialog) self = data;
  take_result (self, result, _ ("Imported. Rows new / changed:"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->import_button), FALSE);
}

static void
start (CrImportDialog *self, gboolean dry_run)
{
  set_busy (self, TRUE);
  cr_import_files_async (cr_window_get_session (self->window), self->paths, dry_run, progress_cb,
                         dry_run ? tried_cb : imported_cb, g_object_ref (self));
}

static void
files_chosen_cb (GtkNativeDialog *dialog, int response, CrImportDialog *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
    guint n = g_list_model_get_n_items (files);
    g_clear_pointer (&self->paths, g_strfreev);
    self->paths = g_new0 (char *, n + 1);
    for (guint i = 0; i < n; i++) {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      self->paths[i] = g_file_get_path (file);
    }
    start (self, TRUE);
  }
  g_object_unref (dialog);
}

static void
choose_cb (CrImportDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Choose FHIR Files"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Read"), NULL);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (files_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
import_cb (CrImportDialog *self)
{
  start (self, FALSE);
}

static void
cr_import_dialog_finalize (GObject *object)
{
  g_strfreev (CR_IMPORT_DIALOG (object)->paths);
  G_OBJECT_CLASS (cr_import_dialog_parent_class)->finalize (object);
}

static void
cr_import_dialog_class_init (CrImportDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_import_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/admin/import-dialog.ui");
  gtk_widget_class_bind_template_child (widget, CrImportDialog, choose_button);
  gtk_widget_class_bind_template_child (widget, CrImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget, CrImportDialog, progress);
  gtk_widget_class_bind_template_child (widget, CrImportDialog, intro);
  gtk_widget_class_bind_template_child (widget, CrImportDialog, message);
  gtk_widget_class_bind_template_child (widget, CrImportDialog, report_view);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_import_dialog_init (CrImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->choose_button, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (self->import_button, "clicked", G_CALLBACK (import_cb), self);
}

GtkWindow *
cr_import_dialog_present (CrWindow *window)
{
  CrImportDialog *self = g_object_new (CR_TYPE_IMPORT_DIALOG, "transient-for", window, NULL);
  self->window = window;
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->choose_button));
  return GTK_WINDOW (self);
}
