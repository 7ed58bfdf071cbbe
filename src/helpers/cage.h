/* What a program may still do that reads hostile bytes. */
#pragma once
#include <glib.h>

/* From here on this process can read what fonts need and write to descriptors it has: no new program,
 * process, socket or file, two gigabytes, `seconds` of time (then the kernel ends it), no core file.  FALSE:
 * the kernel refused, and nothing should be read. */
gboolean cr_cage_enter (guint seconds);
