/* Step 2, first half: the first administrator and the password; then the practice is made. */
#include "src/ui/admin/person-form.h"
#include "src/ui/admin/setup-steps.h"
#include <glib/gi18n.h>

struct _CrSetupProtect {
  CrSetupStep parent;
  GtkWidget *form;
  CrSetupPractice *practice;
  GtkRoot *wizard; /* held while the practice is made: what was made after it was closed is taken back */
};

G_DEFINE_FINAL_TYPE (CrSetupProtect, cr_setup_protect, CR_TYPE_SETUP_STEP)

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupProtect) self = data;
  g_autoptr (GtkRoot) wizard G_GNUC_UNUSED = g_steal_pointer (&self->wizard);
  g_autoptr (GError) error = NULL;
  cr_setup_step_set_busy (CR_SETUP_STEP (self), FALSE);
  if (cr_session_finish (result, &error))
    cr_setup_step_done (CR_SETUP_STEP (self));
  else
    cr_setup_step_say (CR_SETUP_STEP (self), error->message);
}

static void
leave (CrSetupStep *step)
{
  CrSetupProtect *self = CR_SETUP_PROTECT (step);
  CrPersonForm *form = CR_PERSON_FORM (self->form);
  g_autoptr (CrPerson) admin = cr_person_form_take (form);
  g_autoptr (CrPractice) practice = cr_setup_practice_take (self->practice);
  g_autofree char *folder = cr_setup_practice_folder (self->practice);
  CrSessionSetup setup = { folder, practice, admin, cr_person_form_password (form), FALSE, "people" };
  if (admin == NULL)
    return;
  self->wizard = g_object_ref (gtk_widget_get_root (GTK_WIDGET (self)));
  cr_setup_step_set_busy (step, TRUE);
  cr_setup_step_tell (step, _ ("Making the keys and the store …"));
  cr_session_create_async (cr_setup_step_get_session (step), &setup, created_cb, g_object_ref (self));
}

static void
begin (CrSetupStep *step)
{
  gtk_widget_grab_focus (CR_SETUP_PROTECT (step)->form);
}

static void
edited_cb (CrSetupStep *self)
{
  cr_setup_step_say (self, NULL);
}

static void
cr_setup_protect_class_init (CrSetupProtectClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
}

static void
cr_setup_protect_init (CrSetupProtect *self)
{
  self->form = cr_person_form_new (TRUE);
  g_signal_connect_swapped (self->form, "edited", G_CALLBACK (edited_cb), self);
  cr_setup_step_set_child (CR_SETUP_STEP (self), self->form);
}

void
cr_setup_protect_set_practice (CrSetupProtect *self, CrSetupPractice *practice)
{
  self->practice = practice;
}
