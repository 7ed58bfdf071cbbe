#include "src/ui/shell/print-window.h"
#include "src/ui/shell/pdf-view.h"
#include "chartroom/helpers/memory-file.h"
#include "chartroom/helpers/pdf-password.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>
#include <string.h>
#include <unistd.h>

#define PAGE_WIDTH 720 /* pixels of a page in the preview */

struct _CrPrintWindow {
  GtkWindow parent;
  GtkWidget *pages;
  GtkLabel *summary, *message;
  GtkButton *export_button, *print_button, *other_button;
  GtkEditable *password;
  GFile *target;    /* of the export under way */
  CrWindow *window; /* transient for it */
  GBytes *pdf;
  CrPdfPages *views;
  char *title, *file_name, *kind;
  CrId id, patient;
  CrPrintPaper paper;
  GtkPrinter *printer; /* the remembered one, once it was found */
  gboolean looking;    /* for it */
};

enum { DELIVERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrPrintWindow, cr_print_window, GTK_TYPE_WINDOW)

const char *
cr_usual_folder (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  return documents != NULL && g_file_test (documents, G_FILE_TEST_IS_DIR) ? documents : g_get_home_dir ();
}

void
cr_usual_folder_for (GtkFileChooser *chooser)
{
  g_autoptr (GFile) folder = g_file_new_for_path (cr_usual_folder ());
  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
say (CrPrintWindow *self, const char *problem)
{
  gtk_label_set_label (self->message, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), problem != NULL);
}

static void
record (CrPrintWindow *self, const char *action)
{
  if (self->kind != NULL)
    cr_session_audit_paper (cr_window_get_session (self->window), action, self->kind, self->id, self->patient,
                            (int)cr_pdf_pages_count (self->views));
  g_signal_emit (self, signals[DELIVERED], 0, action);
}

/* ---- printing: the system's dialog, then a job with the finished PDF ---- */

/* "Print to File" is an export by another name: the path; NULL for a printer. */
static char *
file_of (GtkPrintJob *job)
{
  GtkPrintBackend *backend = gtk_printer_get_backend (gtk_print_job_get_printer (job));
  const char *uri = gtk_print_settings_get (gtk_print_job_get_settings (job), GTK_PRINT_SETTINGS_OUTPUT_URI);
  if (backend == NULL || uri == NULL || g_strcmp0 (G_OBJECT_TYPE_NAME (backend), "GtkPrintBackendFile") != 0)
    return NULL;
  return g_filename_from_uri (uri, NULL, NULL);
}

/* For the owner's eyes, and not in the desktop's list of recent files. */
static void
close_file (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  (void)g_chmod (path, 0600);
  if (uri != NULL)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}

static void remember (CrPrintWindow *self, GtkPrintJob *job);

static void
job_done_cb (GtkPrintJob *job, gpointer data, const GError *error)
{
  g_autofree char *file = file_of (job);
  g_autoptr (CrPrintWindow) self = data;
  g_autofree char *text = NULL;
  if (error != NULL) {
    text =
        g_strdup_printf (_ ("Not printed: %s. Choose another printer, or export the PDF."), error->message);
    say (self, text);
    return;
  }
  if (file != NULL)
    close_file (file);
  if (file == NULL)
    remember (self, job);
  record (self, file != NULL ? "export" : "print");
  text = file != NULL ? g_strdup_printf (_ ("%s was saved as %s. Whoever gets the file can read it."),
                                         self->title, file)
                      : g_strdup_printf (_ ("%s was given to the printer."), self->title);
  cr_window_toast (self->window, text, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
close_descriptor (gpointer fd)
{
  close (GPOINTER_TO_INT (fd));
}

static void
send_job (CrPrintWindow *self, GtkPrinter *printer, GtkPrintSettings *settings, GtkPageSetup *setup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintJob) job = NULL;
  int fd = printer != NULL ? cr_memory_file (self->pdf) : -1;
  if (printer == NULL || fd < 0) {
    say (self, _ ("Not printed: no printer was chosen, or there is no memory left. Export the PDF instead."));
    return;
  }
  job = gtk_print_job_new (self->title, printer, settings, setup);
  if (!gtk_print_job_set_source_fd (job, fd, &error))
    say (self, error->message);
  else
    gtk_print_job_send (job, job_done_cb, g_object_ref (self), NULL);
  /* The job reads it later, and does not keep it open by itself. */
  g_object_set_data_full (G_OBJECT (job), "cr-descriptor", GINT_TO_POINTER (fd), close_descriptor);
}

static void
print_response_cb (GtkPrintUnixDialog *dialog, int response, CrPrintWindow *self)
{
  g_autoptr (GtkPrintSettings) settings = NULL;
  if (response == GTK_RESPONSE_OK) {
    settings = gtk_print_unix_dialog_get_settings (dialog);
    send_job (self, gtk_print_unix_dialog_get_selected_printer (dialog), settings,
              gtk_print_unix_dialog_get_page_setup (dialog));
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* "Print to File" among the printers. */
static void
aim_file (CrPrintWindow *self, GtkPrintUnixDialog *dialog)
{
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *name = g_strdup (self->file_name);
  char *dot = name != NULL ? strrchr (name, '.') : NULL;
  if (dot != NULL)
    *dot = '\0'; /* the format brings its own */
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR, cr_usual_folder ());
  if (name != NULL)
    gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_unix_dialog_set_settings (dialog, settings);
}

static void
show_dialog (CrPrintWindow *self)
{
  GtkWidget *dialog = gtk_print_unix_dialog_new (self->title, GTK_WINDOW (self));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_print_unix_dialog_set_manual_capabilities (
      GTK_PRINT_UNIX_DIALOG (dialog),
      GTK_PRINT_CAPABILITY_GENERATE_PDF | GTK_PRINT_CAPABILITY_COPIES | GTK_PRINT_CAPABILITY_PAGE_SET);
  aim_file (self, GTK_PRINT_UNIX_DIALOG (dialog));
  g_signal_connect_object (dialog, "response", G_CALLBACK (print_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_printer (CrPrintWindow *self)
{
  say (self, NULL);
  show_dialog (self);
}

/* ---- the printer of the practice, or of last time, without a dialog ---- */

/* The practice's printer for this paper; NULL: none is set. */
static const char *
appointed (CrPrintWindow *self)
{
  CrSession *session = cr_window_get_session (self->window);
  const char *name = cr_session_get_setting (session, cr_print_paper_setting (self->paper));
  return name != NULL && *name != '\0' ? name : NULL;
}

/* That one, or else the person's own of last time. */
static const char *
remembered (CrPrintWindow *self)
{
  CrSession *session = cr_window_get_session (self->window);
  const char *name = appointed (self);
  if (name == NULL)
    name = cr_session_get_preference (session, cr_print_paper_preference (self->paper));
  return name != NULL && *name != '\0' ? name : NULL;
}

/* Not a file: what is saved is chosen anew each time.  Nor what was taken instead of the practice's own. */
static void
remember (CrPrintWindow *self, GtkPrintJob *job)
{
  const char *name = gtk_printer_get_name (gtk_print_job_get_printer (job));
  if (appointed (self) == NULL)
    cr_session_set_preference (cr_window_get_session (self->window), cr_print_paper_preference (self->paper),
                               name);
}

static void
say_missing (CrPrintWindow *self)
{
  g_autofree char *text =
      appointed (self) != NULL
          ? g_strdup_printf (_ ("The practice's printer for %s, %s, is not there now. Choose another one, or "
                                "switch it on and print again."),
                             cr_print_paper_words (self->paper), appointed (self))
          : g_strdup (_ ("The printer of last time is not there now. Choose another one."));
  say (self, text);
}

static gboolean
match_cb (GtkPrinter *printer, gpointer data)
{
  CrPrintWindow *self = data;
  if (g_strcmp0 (gtk_printer_get_name (printer), remembered (self)) != 0)
    return FALSE;
  g_set_object (&self->printer, printer);
  return TRUE;
}

static void
looked_cb (gpointer data)
{
  g_autoptr (CrPrintWindow) self = data;
  self->looking = FALSE;
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (self->printer == NULL) {
    show_dialog (self);
    say_missing (self);
    return;
  }
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  send_job (self, self->printer, settings, setup);
}

static void
print_cb (CrPrintWindow *self)
{
  say (self, NULL);
  if (remembered (self) == NULL) {
    ask_printer (self);
    return;
  }
  if (self->looking)
    return;
  self->looking = TRUE;
  gtk_enumerate_printers (match_cb, g_object_ref (self), looked_cb, FALSE);
}

/* ---- export ---- */

/* Where sticks and cards are mounted. */
static gboolean
is_removable (const char *path)
{
  return g_str_has_prefix (path, "/media/") || g_str_has_prefix (path, "/run/media/") ||
         g_str_has_prefix (path, "/mnt/");
}

static char *
exported_words (const char *path, gboolean locked)
{
  const char *stick =
      is_removable (path) ? _ (" A stick or card is easily lost: erase this copy once it arrived.") : "";
  return locked ? g_strdup_printf (_ ("Exported to %s, locked with the password.%s"), path, stick)
                : g_strdup_printf (
                      _ ("Exported to %s. This copy is not encrypted: keep it only as long as it is "
                         "needed.%s"),
                      path, stick);
}

static gboolean
has_password (CrPrintWindow *self)
{
  return *gtk_editable_get_text (self->password) != '\0';
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrPrintWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *path = g_file_get_path (G_FILE (source));
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error)) {
    text = g_strdup_printf (_ ("Not exported to %s: %s. Choose another folder."), path, error->message);
    say (self, text);
    return;
  }
  record (self, "export");
  text = exported_words (path, has_password (self));
  cr_window_toast (self->window, text, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
write_out (CrPrintWindow *self, GBytes *bytes)
{
  g_file_replace_contents_bytes_async (self->target, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       exported_cb, g_object_ref (self));
}

typedef struct {
  GBytes *pdf;
  char *password;
} Locking;

static void
free_locking (gpointer data)
{
  Locking *locking = data;
  explicit_bzero (locking->password, strlen (locking->password));
  g_free (locking->password);
  g_bytes_unref (locking->pdf);
  g_free (locking);
}

static void
lock_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Locking *locking = data;
  GError *error = NULL;
  GBytes *locked = cr_pdf_with_password (locking->pdf, locking->password, &error);
  if (locked != NULL)
    g_task_return_pointer (task, locked, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrPrintWindow *self = CR_PRINT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) locked = g_task_propagate_pointer (G_TASK (result), &error);
  if (locked != NULL)
    write_out (self, locked);
  else
    say (self, error->message);
}

static void
export_to (CrPrintWindow *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;
  Locking *locking;
  g_set_object (&self->target, file);
  if (!has_password (self)) {
    write_out (self, self->pdf);
    return;
  }
  task = g_task_new (self, NULL, locked_cb, NULL);
  locking = g_new0 (Locking, 1);
  *locking = (Locking){ g_bytes_ref (self->pdf), g_strdup (gtk_editable_get_text (self->password)) };
  g_task_set_task_data (task, locking, free_locking);
  g_task_run_in_thread (task, lock_thread);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, CrPrintWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    export_to (self, file);
  }
  g_object_unref (dialog);
}

static void
ask_file (CrPrintWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Export PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), self->file_name);
  cr_usual_folder_for (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
export_cb (CrPrintWindow *self)
{
  g_autofree char *problem =
      has_password (self) ? cr_pdf_password_problem (gtk_editable_get_text (self->password)) : NULL;
  say (self, problem);
  if (problem != NULL) {
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
    return;
  }
  ask_file (self);
}

static void
cr_print_window_finalize (GObject *object)
{
  CrPrintWindow *self = CR_PRINT_WINDOW (object);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_object (&self->target);
  g_clear_object (&self->printer);
  g_clear_pointer (&self->views, cr_pdf_pages_free);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->kind);
  G_OBJECT_CLASS (cr_print_window_parent_class)->finalize (object);
}

static void
cr_print_window_class_init (CrPrintWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = cr_print_window_finalize;
  signals[DELIVERED] = g_signal_new ("delivered", CR_TYPE_PRINT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget, "/org/chartroom/Chartroom/ui/shell/print-window.ui");
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, pages);
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, summary);
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, message);
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, export_button);
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, print_button);
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, other_button);
  gtk_widget_class_bind_template_child (widget, CrPrintWindow, password);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cr_print_window_init (CrPrintWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->print_button, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (self->other_button, "clicked", G_CALLBACK (ask_printer), self);
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (export_cb), self);
}

static void
show_pages (CrPrintWindow *self)
{
  guint n = cr_pdf_pages_count (self->views);
  g_autofree char *text = g_strdup_printf (ngettext ("%s · %u page", "%s · %u pages", n), self->title, n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *label = g_strdup_printf (_ ("Page %u of %u"), i + 1, n);
    gtk_box_append (GTK_BOX (self->pages), cr_pdf_view_new (self->views, i, PAGE_WIDTH, label));
  }
  gtk_label_set_label (self->summary, text);
}

/* "Print on Front Desk Laser": Enter prints at once; the dialog stays within reach. */
static void
show_printer (CrPrintWindow *self)
{
  const char *name = remembered (self);
  g_autofree char *label = name != NULL ? g_strdup_printf (_ ("Print on %s"), name) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->other_button), name != NULL);
  if (label == NULL)
    return;
  gtk_button_set_use_underline (self->print_button, FALSE); /* a name may hold one */
  gtk_button_set_label (self->print_button, label);
}

GtkWindow *
cr_window_present_pdf (CrWindow *window, GBytes *pdf, const char *title, const char *file_name,
                       const char *kind, CrId id, CrId patient)
{
  return cr_window_present_pdf_on (window, cr_print_paper_of (kind), pdf, title, file_name, kind, id,
                                   patient);
}

GtkWindow *
cr_window_present_pdf_on (CrWindow *window, CrPrintPaper paper, GBytes *pdf, const char *title,
                          const char *file_name, const char *kind, CrId id, CrId patient)
{
  g_autoptr (GError) error = NULL;
  CrPdfPages *views = cr_pdf_pages_new (pdf, &error);
  CrPrintWindow *self;
  if (views == NULL) {
    cr_window_show_error (window, error);
    return NULL;
  }
  self = g_object_new (CR_TYPE_PRINT_WINDOW, "transient-for", window, "title", title, NULL);
  self->window = window;
  self->views = views;
  self->pdf = g_bytes_ref (pdf);
  self->title = g_strdup (title);
  self->file_name = g_strdup (file_name);
  self->kind = g_strdup (kind);
  self->id = id;
  self->patient = patient;
  self->paper = paper;
  if (g_strcmp0 (kind, "recovery-sheet") == 0) /* the code is never written anywhere but on paper */
    cr_print_window_only_paper (self);
  show_pages (self);
  show_printer (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->print_button));
  return GTK_WINDOW (self);
}

void
cr_print_window_only_paper (CrPrintWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->password), FALSE);
}
