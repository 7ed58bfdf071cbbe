/* A folder whose power can be cut.  Every call of this program and of its libraries that changes something
 * below it is remembered; afterwards the folder can be made what a power cut at any of them would have left.
 *
 * What a cut leaves of a file: all that was synced, and of the rest any of its 512-byte sectors or none; its
 * length as little certain.  Of a folder: its entries at its own last sync, and of what was made, renamed and
 * removed in it since then the first few, all or none.  Syncing a file says nothing of its name, syncing a
 * folder nothing of what is in its files: so a new name can lead to empty or torn content.
 *
 * One folder for the whole process.  Nothing is really synced in a program that has this linked to it. */
#pragma once
#include <glib.h>

/* Absolute.  What is in it counts as synced; remembering begins.  Files below are opened after this. */
void power_folder_begin (const char *folder);
/* Remembering ends.  NULL, or how what was remembered differs from what is there. */
char *power_folder_end (void);
guint power_folder_operations (void);
/* The numbers of those at which most is at stake: what was renamed, and what was promised.  guint. */
GArray *power_folder_turns (void);
/* A moment to be remembered between operations: what was promised by now. */
void power_folder_acknowledge (int number);
/* The folder becomes what a cut during operation n (from 1; beyond the last: after it) would have left; seed
 * decides what of the unsynced survives.  Can be called again for other cuts of the same operations.
 * acknowledged: the number last acknowledged before it; 0: none. */
void power_folder_cut (guint n, guint32 seed, int *acknowledged);

typedef enum { POWER_HONEST, POWER_FILES_UNSYNCED, POWER_FOLDERS_UNSYNCED } PowerLie;
/* From now on cuts are made as if files, or folders, had never been synced: to see that tests can fail. */
void power_folder_lie (PowerLie lie);
