/* Memory for names: what is given back was zeroed before. */
#pragma once
#include <glib.h>
#include <string.h>

/* Moves `used` bytes into a block of `size` bytes. */
static inline gpointer
cr_wiped_move (gpointer block, gsize used, gsize size)
{
  gpointer moved = g_malloc (size);
  if (used > 0) {
    memcpy (moved, block, used);
    explicit_bzero (block, used);
  }
  g_free (block);
  return moved;
}

static inline void
cr_wiped_free (gpointer block, gsize used)
{
  if (used > 0)
    explicit_bzero (block, used);
  g_free (block);
}
