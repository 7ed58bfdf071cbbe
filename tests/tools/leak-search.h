/* Looks for known bytes in every way they could have been written: as they are, as UTF-16 in both orders, as
 * base64 of both alphabets at each of its three alignments, as hexadecimal digits; text also in small and in
 * capital letters. */
#pragma once
#include <glib.h>

typedef struct _LeakSearch LeakSearch;

LeakSearch *leak_search_new (void);
void leak_search_free (LeakSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LeakSearch, leak_search_free)
/* Eight bytes or more, so that no random bytes have them by chance.  what: for people. */
void leak_search_add_text (LeakSearch *self, const char *what, const char *text);
void leak_search_add_bytes (LeakSearch *self, const char *what, const void *bytes, gsize size);
/* What a kind of file begins with: as it is, in no other spelling. */
void leak_search_add_mark (LeakSearch *self, const char *what, const char *mark);
guint leak_search_markers (const LeakSearch *self);
guint leak_search_spellings (const LeakSearch *self);
/* What is found first, "the note, as base64"; NULL: nothing.  Owned by the search. */
const char *leak_search_in (LeakSearch *self, const void *content, gsize size);
