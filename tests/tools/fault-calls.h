/* System calls that fail on demand, in this program and in every library it uses: the program's own functions
 * of these names come before the C library's.  Only files below the folder that is watched count. */
#pragma once
#include <glib.h>

void fault_calls_watch (const char *folder); /* absolute; what is open already does not count */
/* The n-th call from now fails with this errno (a reading one with EIO); sticky: all after it, too.  0: none,
 * and counting begins anew. */
void fault_calls_fail (guint n, int code, gboolean sticky);
/* At the n-th call from now the program is killed, before the call is made. */
void fault_calls_die (guint n);
/* What failed first since then, "fsync practice.keys.new"; NULL: nothing did.  Static. */
const char *fault_calls_failed (void);
