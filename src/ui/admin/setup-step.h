/* A page of the set-up: shown, filled in, left by Continue.  The wizard knows its pages by this alone. */
#pragma once
#include "src/ui/shell/window.h"

#define CR_TYPE_SETUP_STEP (cr_setup_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (CrSetupStep, cr_setup_step, CR, SETUP_STEP, GtkWidget)

/* Signals: "said" (const char * sentence or NULL, gboolean wrong), "busy" (gboolean), "changed" (is_ready may
 * answer otherwise), "done" (Continue may go on). */
struct _CrSetupStepClass {
  GtkWidgetClass parent;
  void (*begin) (CrSetupStep *self);             /* it is shown now, the first time or again */
  void (*leave) (CrSetupStep *self);             /* Continue: check and save, then cr_setup_step_done */
  gboolean (*is_ready) (CrSetupStep *self);      /* Continue can be pressed; not given: always */
  GtkWidget *(*get_default) (CrSetupStep *self); /* what Enter in a field presses; not given: Continue */
};

/* For the wizard. */
void cr_setup_step_begin (CrSetupStep *self, CrWindow *window);
void cr_setup_step_leave (CrSetupStep *self);
gboolean cr_setup_step_is_ready (CrSetupStep *self);
GtkWidget *cr_setup_step_get_default (CrSetupStep *self); /* NULL: Continue */

/* For the pages. */
void cr_setup_step_set_child (CrSetupStep *self, GtkWidget *child);
gboolean cr_setup_step_is_gone (CrSetupStep *self);     /* closed while something was waited for */
CrWindow *cr_setup_step_get_window (CrSetupStep *self); /* NULL until it was shown */
CrSession *cr_setup_step_get_session (CrSetupStep *self);
void cr_setup_step_say (CrSetupStep *self, const char *problem); /* NULL: nothing is wrong */
void cr_setup_step_tell (CrSetupStep *self, const char *news);
void cr_setup_step_set_busy (CrSetupStep *self, gboolean busy);
void cr_setup_step_changed (CrSetupStep *self);
void cr_setup_step_done (CrSetupStep *self);
