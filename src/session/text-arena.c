#include "text-arena.h"
#include "wiped-memory.h"

void
cr_text_arena_init (CrTextArena *self)
{
  self->chunks = g_ptr_array_new ();
  self->used = CR_TEXT_ARENA_CHUNK;
}

void
cr_text_arena_clear (CrTextArena *self)
{
  for (guint i = 0; i < self->chunks->len; i++)
    cr_wiped_free (self->chunks->pdata[i], CR_TEXT_ARENA_CHUNK);
  g_ptr_array_unref (self->chunks);
}

guint32
cr_text_arena_add (CrTextArena *self, const void *data, gsize length)
{
  g_assert (length <= CR_TEXT_ARENA_BLOCK);
  if (self->used + length > CR_TEXT_ARENA_CHUNK) {
    g_assert (self->chunks->len < G_MAXUINT32 / CR_TEXT_ARENA_CHUNK);
    g_ptr_array_add (self->chunks, g_malloc (CR_TEXT_ARENA_CHUNK));
    self->used = 0;
  }
  guint32 address = (self->chunks->len - 1) * CR_TEXT_ARENA_CHUNK + (guint32)self->used;
  memcpy ((char *)g_ptr_array_index (self->chunks, self->chunks->len - 1) + self->used, data, length);
  self->used += length;
  return address;
}
