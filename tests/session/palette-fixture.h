/* Somebody signed in before the search line, once the names were read. */
#pragma once
#include "chartroom/session/palette.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrPalette *palette;
} Desk;

static inline gboolean
palette_is_loaded (gpointer palette)
{
  gboolean loading;
  g_object_get (palette, "loading", &loading, NULL);
  return !loading;
}

static inline void
set_up (Desk *d, const char *login)
{
  fixture_set_up (&d->base);
  fixture_sign_in (&d->base, login);
  fixture_spin ();
  d->palette = cr_palette_new (d->base.session);
  fixture_wait_until (palette_is_loaded, d->palette);
}

static inline void
tear_down (Desk *d)
{
  fixture_spin ();
  cr_session_close (d->base.session);
  g_assert_finalize_object (d->palette);
  fixture_tear_down (&d->base);
}
