/* Waiting in the main loop for what the session does asynchronously. */
#pragma once
#include "chartroom/session/session.h"

static inline void
fixture_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* Runs the main loop until fixture_done_cb was called with this place; the caller unrefs the result. */
static inline GAsyncResult *
fixture_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* For actions that end in cr_session_finish: their error, NULL when they were done. */
static inline GError *
fixture_finish (GAsyncResult **result)
{
  g_autoptr (GAsyncResult) done = fixture_wait (result);
  GError *error = NULL;
  *result = NULL;
  cr_session_finish (done, &error);
  return error;
}

static inline void
fixture_wait_until (gboolean (*holds) (gpointer), gpointer data)
{
  while (!holds (data))
    g_main_context_iteration (NULL, TRUE);
}

/* Whatever is due in the main loop, without waiting for the store. */
static inline void
fixture_spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
