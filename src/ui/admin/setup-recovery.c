/* Step 2, second half: the recovery sheet, printed and proven from the paper. */
#include "src/ui/admin/setup-steps.h"
#include "src/ui/admin/sheet-step.h"
#include <glib/gi18n.h>

struct _CrSetupRecovery {
  CrSetupStep parent;
  CrSheetStep *sheet; /* the child; NULL once it was left */
};

G_DEFINE_FINAL_TYPE (CrSetupRecovery, cr_setup_recovery, CR_TYPE_SETUP_STEP)

static void
begin (CrSetupStep *step)
{
  CrSetupRecovery *self = CR_SETUP_RECOVERY (step);
  char *code = cr_session_take_recovery_code (cr_setup_step_get_session (step));
  cr_sheet_step_begin (self->sheet, cr_setup_step_get_window (step), code);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static gboolean
is_ready (CrSetupStep *step)
{
  return cr_sheet_step_is_confirmed (CR_SETUP_RECOVERY (step)->sheet);
}

static void
leave (CrSetupStep *step)
{
  CrSetupRecovery *self = CR_SETUP_RECOVERY (step);
  if (!cr_sheet_step_check_group (self->sheet))
    return;
  cr_session_secret_free (cr_sheet_step_take_code (self->sheet));
  cr_setup_step_done (step);
}

/* Without its sheet on paper the practice is not kept: nobody could ever open it again without a password.
 * Cancelled, closed or locked, nothing is left of it. */
static gboolean
take_back_cb (gpointer data)
{
  CrWindow *window = data;
  cr_session_unmake (cr_window_get_session (window));
  cr_window_choose_practice (window, NULL);
  cr_window_toast (window, _ ("The recovery sheet was not printed, so nothing was kept of the new practice."),
                   NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Left before the sheet was proven.  Once it is printed somebody may be on the way to the printer while the
 * screen locks: the practice, which that paper opens, stays. */
static void
leave_sheet (CrSetupRecovery *self, gboolean delivered)
{
  CrWindow *window = cr_setup_step_get_window (CR_SETUP_STEP (self));
  gboolean ending = window != NULL && gtk_widget_in_destruction (GTK_WIDGET (window));
  if (window == NULL)
    return;
  if (delivered && !ending)
    cr_key_change_leave_unproven (cr_window_get_key_change (window));
  else if (!delivered && ending)
    cr_session_unmake (cr_window_get_session (window));
  else if (!delivered) /* a lock has to come to its end first */
    g_idle_add_full (G_PRIORITY_DEFAULT, take_back_cb, g_object_ref (window), g_object_unref);
}

static void
cr_setup_recovery_dispose (GObject *object)
{
  CrSetupRecovery *self = CR_SETUP_RECOVERY (object);
  CrSheetStep *sheet = g_steal_pointer (&self->sheet);
  if (sheet != NULL && cr_sheet_step_has_code (sheet))
    leave_sheet (self, cr_sheet_step_is_delivered (sheet));
  G_OBJECT_CLASS (cr_setup_recovery_parent_class)->dispose (object);
}

static void
cr_setup_recovery_class_init (CrSetupRecoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cr_setup_recovery_dispose;
  CR_SETUP_STEP_CLASS (klass)->begin = begin;
  CR_SETUP_STEP_CLASS (klass)->leave = leave;
  CR_SETUP_STEP_CLASS (klass)->is_ready = is_ready;
}

static void
cr_setup_recovery_init (CrSetupRecovery *self)
{
  self->sheet = cr_sheet_step_new (
      _ ("The recovery sheet opens the practice when every password is forgotten. It exists on paper only."),
      _ ("▲ Without a password or this sheet the records cannot be opened by anyone, including us."));
  g_signal_connect_swapped (self->sheet, "changed", G_CALLBACK (cr_setup_step_changed), self);
  g_signal_connect_swapped (self->sheet, "said", G_CALLBACK (cr_setup_step_tell), self);
  cr_setup_step_set_child (CR_SETUP_STEP (self), GTK_WIDGET (self->sheet));
}

gboolean
cr_setup_recovery_is_delivered (CrSetupRecovery *self)
{
  return self->sheet != NULL && cr_sheet_step_is_delivered (self->sheet);
}
