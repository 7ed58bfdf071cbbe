#include "src/ui/admin/letterhead-pane.h"
#include "src/ui/admin/letterhead-preview.h"
#include "src/ui/admin/printer-choices.h"
#include "src/ui/shell/focus.h"
#include "chartroom/helpers/logo.h"
#include "chartroom/render/test-page.h"
#include <glib/gi18n.h>

typedef enum { LOGO_STORED, LOGO_NEW, LOGO_NONE } LogoState;

struct _CrLetterheadPane {
  GtkWidget parent;
  GtkWidget *box, *preview, *problem, *choose_button, *remove_button, *printers;
  CrWindow *window; /* weak; NULL until it was shown */
  LogoState state;
  GBytes *logo; /* LOGO_NEW: chosen, not saved yet */
};

enum { SAID, BUSY, SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrLetterheadPane, cr_letterhead_pane, GTK_TYPE_WIDGET)

static CrSession *
session_of (CrLetterheadPane *self)
{
  return cr_window_get_session (self->window);
}

static gboolean
is_gone (CrLetterheadPane *self)
{
  return self->box == NULL || self->window == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

static void
say (CrLetterheadPane *self, const char *text, gboolean wrong)
{
  g_signal_emit (self, signals[SAID], 0, text, wrong);
}

/* What is wrong with the picture, beside its button. */
static void
set_problem (CrLetterheadPane *self, const char *problem)
{
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

/* ---- the head of a letter ---- */

static GBytes *
shown_logo (CrLetterheadPane *self)
{
  if (self->state == LOGO_STORED)
    return cr_session_get_logo (session_of (self));
  return self->state == LOGO_NEW ? self->logo : NULL;
}

static CrImprint
imprint_of (CrLetterheadPane *self, char **by)
{
  CrSession *session = session_of (self);
  CrClock *clock = cr_session_get_clock (session);
  *by = cr_person_short (cr_session_get_person (session));
  return (CrImprint){ .practice = cr_session_get_practice (session),
                      .clock = clock,
                      .at = cr_clock_now (clock),
                      .by = *by,
                      .logo = shown_logo (self) };
}

static void
show_logo (CrLetterheadPane *self)
{
  g_autofree char *by = NULL;
  CrImprint imprint = imprint_of (self, &by);
  gboolean has = imprint.logo != NULL;
  cr_letterhead_preview_show (CR_LETTERHEAD_PREVIEW (self->preview), &imprint);
  gtk_button_set_label (GTK_BUTTON (self->choose_button),
                        has ? _ ("Choose Another L_ogo…") : _ ("Choose a L_ogo…"));
  if (!has && gtk_widget_has_focus (self->remove_button))
    gtk_widget_grab_focus (self->choose_button);
  gtk_widget_set_visible (self->remove_button, has);
}

static void
set_logo (CrLetterheadPane *self, LogoState state, GBytes *logo)
{
  self->state = state;
  g_clear_pointer (&self->logo, g_bytes_unref);
  self->logo = logo != NULL ? g_bytes_ref (logo) : NULL;
  set_problem (self, NULL);
  show_logo (self);
}

/* ---- choosing ---- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrLetterheadPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) logo = cr_logo_read_finish (result, &error);
  if (is_gone (self))
    return;
  gtk_widget_set_sensitive (self->choose_button, TRUE);
  if (logo != NULL)
    set_logo (self, LOGO_NEW, logo);
  else
    set_problem (self, error->message);
  gtk_widget_grab_focus (self->choose_button);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, CrLetterheadPane *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL) {
    gtk_widget_set_sensitive (self->choose_button, FALSE);
    cr_logo_read_async (path, CR_LOGO_MAX_BYTES, read_cb, g_object_ref (self));
  }
  g_object_unref (dialog);
}

static void
choose_cb (CrLetterheadPane *self)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Choose a Logo"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Use This Picture"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("PNG and JPEG pictures"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
remove_cb (CrLetterheadPane *self)
{
  gboolean stored = cr_session_get_logo (session_of (self)) != NULL;
  set_logo (self, stored ? LOGO_NONE : LOGO_STORED, NULL);
}

/* ---- test pages ---- */

static void
test_cb (CrPrinterChoices *choices, int paper, CrLetterheadPane *self)
{
  g_autofree char *by = NULL;
  CrImprint imprint = imprint_of (self, &by);
  CrPaperMeta meta = { imprint.at, NULL };
  g_autoptr (CrPaper) page = cr_test_page (&imprint, cr_print_paper_words ((CrPrintPaper)paper),
                                           cr_printer_choices_get (choices, (CrPrintPaper)paper));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = cr_paper_to_pdf (page, &meta, &error);
  GtkWindow *preview =
      pdf == NULL ? NULL
                  : cr_window_present_pdf_on (self->window, (CrPrintPaper)paper, pdf, _ ("Test Page"),
                                              "test-page.pdf", "test-page", CR_ID_NONE, CR_ID_NONE);
  if (error != NULL)
    say (self, error->message, TRUE);
  if (preview != NULL) /* over this window, not beside it */
    gtk_window_set_transient_for (preview, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* ---- saving ---- */

static void
finish (CrLetterheadPane *self, const GError *error)
{
  if (is_gone (self))
    return;
  g_signal_emit (self, signals[BUSY], 0, FALSE);
  if (error != NULL)
    say (self, error->message, TRUE);
  else
    g_signal_emit (self, signals[SAVED], 0);
}

static void
printers_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrLetterheadPane) self = data;
  g_autoptr (GError) error = NULL;
  cr_session_finish (result, &error);
  finish (self, error);
}

static void
save_printers (CrLetterheadPane *self)
{
  CrSetting settings[CR_N_PRINT_PAPERS];
  cr_printer_choices_take (CR_PRINTER_CHOICES (self->printers), settings);
  cr_admin_save_settings_async (session_of (self), settings, CR_N_PRINT_PAPERS, printers_saved_cb,
                                g_object_ref (self));
}

static void
logo_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrLetterheadPane) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = cr_session_finish (result, &error);
  if (!saved || is_gone (self)) {
    finish (self, error);
    return;
  }
  self->state = LOGO_STORED;
  save_printers (self);
}

void
cr_letterhead_pane_save (CrLetterheadPane *self)
{
  g_signal_emit (self, signals[BUSY], 0, TRUE);
  if (self->state == LOGO_STORED)
    save_printers (self);
  else
    cr_admin_save_logo_async (session_of (self), self->state == LOGO_NEW ? self->logo : NULL, logo_saved_cb,
                              g_object_ref (self));
}

/* ---- class ---- */

static GtkWidget *
make_text (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_buttons (CrLetterheadPane *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_margin_start (row, 3); /* of the ring around the focus */
  self->choose_button = gtk_button_new_with_mnemonic (_ ("Choose a L_ogo…"));
  self->remove_button = gtk_button_new_with_mnemonic (_ ("Re_move the Logo"));
  gtk_button_set_use_underline (GTK_BUTTON (self->choose_button), TRUE);
  gtk_box_append (GTK_BOX (row), self->choose_button);
  gtk_box_append (GTK_BOX (row), self->remove_button);
  g_signal_connect_swapped (self->choose_button, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (remove_cb), self);
  return row;
}

static void
cr_letterhead_pane_dispose (GObject *object)
{
  CrLetterheadPane *self = CR_LETTERHEAD_PANE (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (cr_letterhead_pane_parent_class)->dispose (object);
}

static void
cr_letterhead_pane_finalize (GObject *object)
{
  g_clear_pointer (&CR_LETTERHEAD_PANE (object)->logo, g_bytes_unref);
  G_OBJECT_CLASS (cr_letterhead_pane_parent_class)->finalize (object);
}

static gboolean
cr_letterhead_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CR_LETTERHEAD_PANE (widget)->choose_button);
}

static void
cr_letterhead_pane_class_init (CrLetterheadPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_letterhead_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = cr_letterhead_pane_finalize;
  widget->grab_focus = cr_letterhead_pane_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[BUSY] =
      g_signal_new ("busy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static void
cr_letterhead_pane_init (CrLetterheadPane *self)
{
  GtkWidget *box = self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->preview = cr_letterhead_preview_new ();
  self->problem = make_text (NULL, "field-problem");
  self->printers = cr_printer_choices_new ();
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (box), make_text (_ ("Letterhead"), "heading"));
  gtk_box_append (GTK_BOX (box), self->preview);
  gtk_box_append (GTK_BOX (box), make_buttons (self));
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box),
                  make_text (_ ("The logo is a PNG or JPEG picture and stands left of the name "
                                "on every letter, prescription and note."),
                             "caption"));
  gtk_box_append (GTK_BOX (box), make_text (_ ("Printers"), "heading"));
  gtk_box_append (GTK_BOX (box), self->printers);
  gtk_box_append (GTK_BOX (box), make_text (_ ("Whoever prints gets the printer of that paper first, and can "
                                               "choose another one."),
                                            "caption"));
  g_signal_connect_object (self->printers, "test", G_CALLBACK (test_cb), self, 0);
}

GtkWidget *
cr_letterhead_pane_new (void)
{
  return g_object_new (CR_TYPE_LETTERHEAD_PANE, NULL);
}

void
cr_letterhead_pane_refresh (CrLetterheadPane *self, CrWindow *window)
{
  g_set_weak_pointer (&self->window, window);
  set_logo (self, LOGO_STORED, NULL);
  cr_printer_choices_show (CR_PRINTER_CHOICES (self->printers), session_of (self));
}

gboolean
cr_letterhead_pane_is_touched (CrLetterheadPane *self)
{
  return self->window != NULL &&
         (self->state != LOGO_STORED ||
          cr_printer_choices_is_touched (CR_PRINTER_CHOICES (self->printers), session_of (self)));
}
