#include "src/ui/admin/setup-step.h"
#include "src/ui/shell/focus.h"

typedef struct {
  GtkWidget *child;
  CrWindow *window; /* weak */
} CrSetupStepPrivate;

enum { SAID, BUSY, CHANGED, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CrSetupStep, cr_setup_step, GTK_TYPE_WIDGET)

static CrSetupStepPrivate *
of (CrSetupStep *self)
{
  return cr_setup_step_get_instance_private (self);
}

static gboolean
cr_setup_step_grab_focus (GtkWidget *widget)
{
  GtkWidget *child = of (CR_SETUP_STEP (widget))->child;
  return child != NULL && gtk_widget_grab_focus (child);
}

static void
cr_setup_step_dispose (GObject *object)
{
  g_clear_pointer (&of (CR_SETUP_STEP (object))->child, gtk_widget_unparent);
  g_clear_weak_pointer (&of (CR_SETUP_STEP (object))->window);
  G_OBJECT_CLASS (cr_setup_step_parent_class)->dispose (object);
}

static void
cr_setup_step_class_init (CrSetupStepClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = cr_setup_step_dispose;
  widget->grab_focus = cr_setup_step_grab_focus;
  widget->focus = cr_focus_parts;
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[BUSY] =
      g_signal_new ("busy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static void
cr_setup_step_init (CrSetupStep *self)
{
}

void
cr_setup_step_begin (CrSetupStep *self, CrWindow *window)
{
  g_set_weak_pointer (&of (self)->window, window);
  if (CR_SETUP_STEP_GET_CLASS (self)->begin != NULL)
    CR_SETUP_STEP_GET_CLASS (self)->begin (self);
}

void
cr_setup_step_leave (CrSetupStep *self)
{
  CR_SETUP_STEP_GET_CLASS (self)->leave (self);
}

gboolean
cr_setup_step_is_ready (CrSetupStep *self)
{
  CrSetupStepClass *klass = CR_SETUP_STEP_GET_CLASS (self);
  return klass->is_ready == NULL || klass->is_ready (self);
}

GtkWidget *
cr_setup_step_get_default (CrSetupStep *self)
{
  CrSetupStepClass *klass = CR_SETUP_STEP_GET_CLASS (self);
  return klass->get_default != NULL ? klass->get_default (self) : NULL;
}

void
cr_setup_step_set_child (CrSetupStep *self, GtkWidget *child)
{
  of (self)->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

gboolean
cr_setup_step_is_gone (CrSetupStep *self)
{
  return of (self)->child == NULL || of (self)->window == NULL ||
         gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

CrWindow *
cr_setup_step_get_window (CrSetupStep *self)
{
  return of (self)->window;
}

CrSession *
cr_setup_step_get_session (CrSetupStep *self)
{
  return cr_window_get_session (of (self)->window);
}

void
cr_setup_step_say (CrSetupStep *self, const char *problem)
{
  g_signal_emit (self, signals[SAID], 0, problem, TRUE);
}

void
cr_setup_step_tell (CrSetupStep *self, const char *news)
{
  g_signal_emit (self, signals[SAID], 0, news, FALSE);
}

void
cr_setup_step_set_busy (CrSetupStep *self, gboolean busy)
{
  g_signal_emit (self, signals[BUSY], 0, busy);
}

void
cr_setup_step_changed (CrSetupStep *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

void
cr_setup_step_done (CrSetupStep *self)
{
  g_signal_emit (self, signals[DONE], 0);
}
