/* Where a practice may not lie: on a drive that several machines share, or in a folder that a program copies
 * elsewhere.  The one breaks the locks the store relies on, the other mixes two states of it. */
#pragma once
#include <glib.h>

/* Type of the file system that holds an absolute path, by the text of /proc/self/mountinfo (proc(5)); new
 * string, NULL: not found. */
char *cr_place_file_system (const char *mountinfo, const char *path);
/* What a person calls a file system that other machines share: "a Windows share"; NULL: it is this machine's
 * own, or unknown. */
const char *cr_place_network_word (const char *file_system);
/* The program that keeps folders in step and leaves such a file or folder in those it copies; NULL: none
 * known. Names as these programs make them: Syncthing .stfolder, Dropbox .dropbox.cache, Nextcloud and
 * ownCloud .sync_*.db, Google Drive .tmp.drivedownload, MEGA .megaignore. */
const char *cr_place_sync_word (const char *entry);
