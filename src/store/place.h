/* Is the folder a place where a practice can live? */
#pragma once
#include <glib.h>

/* folder: of the practice, or the one it is to be made in.  FALSE and SHARED_PLACE: it lies on a drive that
 * other machines share, or in a folder that a program copies elsewhere; the message names which, and what to
 * do. */
gboolean cr_place_check (const char *folder, GError **error);
