/* Looks for words in files, as UTF-8 and as UTF-16, in three cases of letters. */
#pragma once
#include <glib.h>

typedef struct _UiSearch UiSearch;

UiSearch *ui_search_new (void);
void ui_search_free (UiSearch *self);
/* ASCII; six letters or more, so that no random byte stream has them by chance. */
void ui_search_add (UiSearch *self, const char *words);
/* As it is, and in this spelling alone: the mark a kind of file begins with. */
void ui_search_add_mark (UiSearch *self, const char *mark);
/* What a PDF says when it is read counts as its content.
 * Every file below: how many were looked into; the first that shows one of the words is told in `found`. */
guint ui_search_below (UiSearch *self, const char *path, char **found);
/* Every file a process has open, deleted ones, too; memory is none.  0 where that may not be seen. */
guint ui_search_open_files (UiSearch *self, int pid, char **found);
/* Files right in that folder that were changed since then (seconds of the epoch). */
guint ui_search_recent (UiSearch *self, const char *folder, gint64 since, char **found);
