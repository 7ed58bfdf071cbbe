/* The picture of a letterhead, from a file that somebody chose. */
#pragma once
#include <gio/gio.h>
#include "chartroom/base/error.h"

#define CR_LOGO_FILE_MAX (8 * 1024 * 1024) /* bytes */
/* A PNG of at most so many bytes, made smaller as far as paper does not show it.  The picture is read by a
 * child without keys, files or network (document-pages.h).  NULL and INVALID: neither PNG nor JPEG, damaged,
 * a file above CR_LOGO_FILE_MAX, or NOT_FOUND: no such file.  Takes up to a minute: for a thread. */
GBytes *cr_logo_read (const char *path, gsize most, GError **error);
void cr_logo_read_async (const char *path, gsize most, GAsyncReadyCallback callback, gpointer data);
GBytes *cr_logo_read_finish (GAsyncResult *result, GError **error);
