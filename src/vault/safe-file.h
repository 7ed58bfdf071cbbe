/* Files that are replaced whole or not at all. */
#pragma once
#include <glib.h>

/* Domain CR_ERROR; what: the sentence's start, "Could not write". */
void safe_file_set_error (GError **error, int code, const char *what, const char *path);
/* Errors: NOT_FOUND, INVALID (larger than max), READ_ONLY (no permission), IO. */
GBytes *safe_file_read (const char *path, gsize max, GError **error);
/* Mode 0600; written beside, synced, renamed, folder synced. */
gboolean safe_file_replace (const char *path, GBytes *content, GError **error);
/* The last two steps for a file the caller has written and synced. */
gboolean safe_file_commit (const char *temporary, const char *path, GError **error);
gboolean safe_file_sync_folder (const char *folder, GError **error);
/* read(2) until there are that many or the file ends; −1 with errno. */
gssize safe_file_read_all (int fd, void *buffer, gsize room);
/* write(2) until all is written; errno on FALSE. */
gboolean safe_file_write_all (int fd, const void *data, gsize len);
