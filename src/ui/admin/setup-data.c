/* Step 7: charts from elsewhere, invented patients to try things out, or nothing. */
#include "src/ui/admin/import-dialog.h"
#include "src/ui/admin/setup-steps.h"
#include "src/ui/shell/question.h"
#include "chartroom/session/invented.h"
#include <glib/gi18n.h>

struct _CrSetupData {
  CrSetupStep parent;
  GtkWidget *import_button, *invent_button, *progress, *state;
};

G_DEFINE_FINAL_TYPE (CrSetupData, cr_setup_data, CR_TYPE_SETUP_STEP)

static gboolean
is_gone (CrSetupData *self)
{
  return cr_setup_step_is_gone (CR_SETUP_STEP (self));
}

static void
leave (CrSetupStep *step)
{
  cr_setup_step_done (step);
}

static void
import_cb (CrSetupData *self)
{
  GtkWindow *dialog = cr_import_dialog_present (cr_setup_step_get_window (CR_SETUP_STEP (self)));
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* ---- invented patients ---- */

static void
show_state (CrSetupData *self)
{
  const CrPractice *practice = cr_session_get_practice (cr_setup_step_get_session (CR_SETUP_STEP (self)));
  gtk_label_set_label (GTK_LABEL (self->state),
                       practice->demo ? _ ("This practice is marked DEMO: nobody in it is real.") : "");
  gtk_widget_set_visible (self->state, practice->demo);
  gtk_widget_set_sensitive (self->import_button, !practice->demo); /* no real chart among invented ones */
}

static void
progress_cb (guint done, guint all, gpointer data)
{
  CrSetupData *self = data;
  if (!is_gone (self))
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), (double)done / all);
}

static void
set_working (CrSetupData *self, gboolean working)
{
  gtk_widget_set_visible (self->progress, working);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  cr_setup_step_set_busy (CR_SETUP_STEP (self), working);
}

static void
invented_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupData) self = data;
  g_autoptr (GError) error = NULL;
  gboolean made = cr_session_finish (result, &error);
  if (is_gone (self))
    return;
  set_working (self, FALSE);
  if (made) {
    gtk_widget_set_sensitive (self->invent_button, FALSE);
    gtk_widget_set_sensitive (self->import_button, FALSE);
    gtk_widget_set_visible (self->state, TRUE);
    gtk_label_set_label (GTK_LABEL (self->state), _ ("✓ 200 invented patients are there. This practice is "
                                                     "marked DEMO: nobody in it is real."));
    cr_setup_step_say (CR_SETUP_STEP (self), NULL);
    cr_setup_step_changed (CR_SETUP_STEP (self)); /* the focus goes to Continue */
  } else {
    cr_setup_step_say (CR_SETUP_STEP (self), error->message);
    gtk_widget_grab_focus (self->invent_button);
  }
}

static void
confirmed_cb (CrSetupData *self)
{
  set_working (self, TRUE);
  cr_setup_step_tell (CR_SETUP_STEP (self), _ ("Inventing patients …"));
  cr_admin_invent_async (cr_setup_step_get_session (CR_SETUP_STEP (self)), progress_cb, invented_cb,
                         g_object_ref (self));
}

static void
invent_cb (CrSetupData *self)
{
  CrQuestion *question = cr_question_present (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Make this a practice to try things out?"),
      _ ("Two hundred invented patients are added, with past visits and a book for two weeks. The practice "
         "is "
         "marked DEMO on every screen and paper, for good. For real patients set up another practice."),
      _ ("_Leave It Empty"), _ ("_Add Invented Patients"));
  g_signal_connect_object (question, "confirmed", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
}

/* ---- the page ---- */

static void
begin (CrSetupStep *step)
{
  CrSetupData *self = CR_SETUP_DATA (step);
  show_state (self);
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->import_button) ? self->import_button
                                                                        : self->invent_button);
}

static GtkWidget *
add_text (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
add_button (CrSetupData *self, GtkWidget *box, const char *label, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (button, 12);
  gtk_widget_set_margin_start (button, 3); /* of the ring around the focus */
  g_signal_connect_swapped (button, "clicked", pressed, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
cr_setup_data_class_init (CrSetupDataClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
}

static void
cr_setup_data_init (CrSetupData *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  add_text (box, _ ("Nothing has to be done here: Continue, and register patients as they come."), "text-2");
  add_text (box, _ ("Charts from another program"), "heading");
  add_text (
      box,
      _ ("Files in the FHIR R4 format. They are read and counted first; nothing is stored until you press "
         "Import. It can also be done later: Main menu → Import Charts…"),
      "caption");
  self->import_button = add_button (self, box, _ ("_Import Charts…"), G_CALLBACK (import_cb));
  add_text (box, _ ("Invented patients"), "heading");
  add_text (box,
            _ ("To try Chartroom out, or to teach it. Two hundred people who do not exist; the practice is "
               "marked DEMO for good."),
            "caption");
  self->invent_button = add_button (self, box, _ ("Add In_vented Patients…"), G_CALLBACK (invent_cb));
  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Invented patients so far"), -1);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_widget_set_visible (self->progress, FALSE);
  self->state = add_text (box, NULL, "strong");
  cr_setup_step_set_child (CR_SETUP_STEP (self), box);
}
