/* Step 6: units, dates, times, the screen lock, and when waiting is long. */
#include "src/ui/admin/form.h"
#include "src/ui/admin/practice-habits.h"
#include "src/ui/admin/setup-steps.h"
#include "chartroom/session/administration.h"
#include <glib/gi18n.h>

struct _CrSetupDefaults {
  CrSetupStep parent;
  CrPracticeHabits *habits;
};

G_DEFINE_FINAL_TYPE (CrSetupDefaults, cr_setup_defaults, CR_TYPE_SETUP_STEP)

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrSetupStep) self = data;
  g_autoptr (GError) error = NULL;
  cr_setup_step_set_busy (self, FALSE);
  if (cr_session_finish (result, &error))
    cr_setup_step_done (self);
  else
    cr_setup_step_say (self, error->message);
}

static void
leave (CrSetupStep *step)
{
  CrSession *session = cr_setup_step_get_session (step);
  g_autoptr (CrPractice) practice = cr_practice_copy (cr_session_get_practice (session));
  const CrRecordClass *classes[] = { &CR_PRACTICE };
  gconstpointer records[] = { practice };
  cr_practice_habits_take (CR_SETUP_DEFAULTS (step)->habits, practice);
  cr_setup_step_set_busy (step, TRUE);
  cr_admin_save_async (session, classes, records, 1, saved_cb, g_object_ref (step));
}

static void
begin (CrSetupStep *step)
{
  CrSetupDefaults *self = CR_SETUP_DEFAULTS (step);
  cr_practice_habits_show (self->habits, cr_session_get_practice (cr_setup_step_get_session (step)));
  cr_practice_habits_grab_focus (self->habits);
}

static void
cr_setup_defaults_class_init (CrSetupDefaultsClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
}

static void
cr_setup_defaults_init (CrSetupDefaults *self)
{
  GtkWidget *form = cr_form_new ();
  cr_form_add_text (form,
                    _ ("How measurements, dates and times are shown, and when screens lock. Children are "
                       "weighed in kilograms in any case."),
                    "text-2");
  self->habits = cr_practice_habits_add (form);
  cr_form_add_text (form,
                    _ ("A lock hides everything and keeps the work; each person comes back with a password "
                       "or PIN. Text size, light or dark, and single-letter keys are each person's own "
                       "Preferences (Ctrl+,)."),
                    "caption");
  cr_setup_step_set_child (CR_SETUP_STEP (self), form);
}
