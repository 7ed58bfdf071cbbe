/* Texts of the search index in one piece of memory that never moves, so that nothing readable is left behind
 * in freed memory.  An address is 32 bits: up to 4 GB. */
#pragma once
#include <glib.h>

typedef struct {
  GPtrArray *chunks;
  gsize used; /* of the last chunk */
} CrTextArena;

void cr_text_arena_init (CrTextArena *self);
void cr_text_arena_clear (CrTextArena *self); /* zeroes */
/* Copies a block of at most CR_TEXT_ARENA_BLOCK bytes; it lies in one piece. */
guint32 cr_text_arena_add (CrTextArena *self, const void *data, gsize length);
enum { CR_TEXT_ARENA_CHUNK = 1 << 20, CR_TEXT_ARENA_BLOCK = 1 << 14 };
static inline const char *
cr_text_arena_at (const CrTextArena *self, guint32 address)
{
  return (const char *)self->chunks->pdata[address / CR_TEXT_ARENA_CHUNK] + address % CR_TEXT_ARENA_CHUNK;
}
