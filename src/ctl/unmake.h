#pragma once

/* Takes back a practice that this very run has made and could not finish: its own files, then the folder if
 * nothing else is in it.  Its store is closed. */
void cr_unmake_practice (const char *folder);
