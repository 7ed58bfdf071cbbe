/* Step 5: the logo, and a printer for each kind of paper. */
#include "src/ui/admin/letterhead-pane.h"
#include "src/ui/admin/setup-steps.h"

struct _CrSetupLetterhead {
  CrSetupStep parent;
  GtkWidget *pane;
};

G_DEFINE_FINAL_TYPE (CrSetupLetterhead, cr_setup_letterhead, CR_TYPE_SETUP_STEP)

static void
begin (CrSetupStep *step)
{
  CrSetupLetterhead *self = CR_SETUP_LETTERHEAD (step);
  cr_letterhead_pane_refresh (CR_LETTERHEAD_PANE (self->pane), cr_setup_step_get_window (step));
  gtk_widget_grab_focus (self->pane);
}

static void
leave (CrSetupStep *step)
{
  cr_letterhead_pane_save (CR_LETTERHEAD_PANE (CR_SETUP_LETTERHEAD (step)->pane));
}

static void
said_cb (CrSetupStep *self, const char *text, gboolean wrong)
{
  if (wrong)
    cr_setup_step_say (self, text);
  else
    cr_setup_step_tell (self, text);
}

static void
cr_setup_letterhead_class_init (CrSetupLetterheadClass *klass)
{
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
}

static void
cr_setup_letterhead_init (CrSetupLetterhead *self)
{
  self->pane = cr_letterhead_pane_new ();
  g_signal_connect_swapped (self->pane, "said", G_CALLBACK (said_cb), self);
  g_signal_connect_swapped (self->pane, "busy", G_CALLBACK (cr_setup_step_set_busy), self);
  g_signal_connect_swapped (self->pane, "saved", G_CALLBACK (cr_setup_step_done), self);
  cr_setup_step_set_child (CR_SETUP_STEP (self), self->pane);
}
