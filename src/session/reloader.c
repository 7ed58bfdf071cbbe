#include "reloader.h"

struct _CrReloader {
  CrSession *session;
  const CrReloaderPlan *plan;
  gpointer owner;
  guint due; /* idle source; 0 none */
  gboolean running, again;
};

static gboolean
due_cb (gpointer data)
{
  CrReloader *self = data;
  self->due = 0;
  if (cr_session_get_person (self->session) == NULL)
    return G_SOURCE_REMOVE;
  self->running = TRUE;
  self->plan->load (self->owner);
  return G_SOURCE_REMOVE;
}

static gboolean
concerns (CrReloader *self, const char *kind)
{
  for (const CrRecordClass *const *klass = self->plan->classes; *klass != NULL; klass++)
    if (g_str_equal ((*klass)->name, kind))
      return TRUE;
  return g_str_equal (kind, "*");
}

static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient_id, gpointer data)
{
  if (concerns (data, kind))
    cr_reloader_request (data);
}

static void
state_cb (CrSession *session, GParamSpec *pspec, gpointer data)
{
  if (cr_session_get_state (session) == CR_SESSION_OPEN)
    cr_reloader_request (data);
}

static void
forget_cb (CrSession *session, gpointer data)
{
  CrReloader *self = data;
  self->again = FALSE;
  g_clear_handle_id (&self->due, g_source_remove);
  self->plan->forget (self->owner);
}

CrReloader *
cr_reloader_new (CrSession *session, const CrReloaderPlan *plan, gpointer owner)
{
  CrReloader *self = g_new0 (CrReloader, 1);
  self->session = g_object_ref (session);
  self->plan = plan;
  self->owner = owner;
  g_signal_connect (session, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (session, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect (session, "forget", G_CALLBACK (forget_cb), self);
  return self;
}

void
cr_reloader_free (CrReloader *self)
{
  g_clear_handle_id (&self->due, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}

void
cr_reloader_request (CrReloader *self)
{
  if (self->running)
    self->again = TRUE;
  else if (self->due == 0)
    self->due = g_idle_add_full (self->plan->priority, due_cb, self, NULL);
}

void
cr_reloader_done (CrReloader *self)
{
  gboolean again = self->again;
  self->running = self->again = FALSE;
  if (again)
    cr_reloader_request (self);
}

gboolean
cr_reloader_is_busy (CrReloader *self)
{
  return self->running || self->due != 0;
}
