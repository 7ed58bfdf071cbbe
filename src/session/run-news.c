#include "run-news.h"

static gboolean
show_cb (gpointer data)
{
  CrRunNews *self = data;
  g_mutex_lock (&self->lock);
  self->queued = FALSE;
  g_mutex_unlock (&self->lock);
  self->show (self->owner);
  return G_SOURCE_REMOVE;
}

static void
release_cb (gpointer data)
{
  g_object_unref (((CrRunNews *)data)->owner);
}

void
cr_run_news_init (CrRunNews *self, gpointer owner, void (*show) (gpointer owner))
{
  *self = (CrRunNews){ .owner = owner, .show = show };
  g_mutex_init (&self->lock);
}

void
cr_run_news_clear (CrRunNews *self)
{
  g_mutex_clear (&self->lock);
}

void
cr_run_news_tell (CrRunNews *self, const char *words, double done)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  self->words = words;
  self->done = done;
  if (self->queued)
    return;
  self->queued = TRUE;
  g_object_ref (self->owner);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, show_cb, self, release_cb);
  g_source_attach (source, NULL);
}

void
cr_run_news_read (CrRunNews *self, const char **words, double *done)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  *words = self->words;
  *done = self->done;
}
