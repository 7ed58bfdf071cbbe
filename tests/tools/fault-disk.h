/* A disk in memory, as a VFS that others are put on top of: it remembers every operation, so that the power
 * can be cut at any of them afterwards, and it can fail any of them.
 *
 * What a cut leaves: all that was synced, and of the rest any of its 512-byte sectors or none; a file's
 * length and existence as little certain as its content.  A sector is written whole or not at all. */
#pragma once
#include <glib.h>

typedef struct _FaultDisk FaultDisk;

/* Registers a VFS of that name (which must stay valid); one disk for the whole process and name. */
FaultDisk *fault_disk_new (const char *name);
void fault_disk_free (FaultDisk *self); /* also takes the VFS back */
void fault_disk_wipe (FaultDisk *self); /* no files, no memory of operations, no faults to come */

/* A file with that content, synced. */
void fault_disk_put (FaultDisk *self, const char *path, const guint8 *data, gsize size);

/* How many operations that change the disk there have been since the last wipe or cut. */
guint fault_disk_operations (FaultDisk *self);
/* A moment to be remembered between operations: what was committed by now. */
void fault_disk_acknowledge (FaultDisk *self, int number);
/* The disk becomes what a power cut during operation n (from 1; beyond the last: after it) would have left.
 * seed decides what of the unsynced survives.  acknowledged: the number last acknowledged before it; begun:
 * the first one after it (G_MAXINT: none).  Can be called again for another cut of the same operations, until
 * the next wipe. */
void fault_disk_cut (FaultDisk *self, guint n, guint32 seed, int *acknowledged, int *begun);

/* The n-th operation from now, reads and opening included, fails with this SQLite code; sticky: all after it,
 * too.  0: none. */
void fault_disk_fail (FaultDisk *self, guint n, int code, gboolean sticky);
gboolean fault_disk_failed (FaultDisk *self); /* since the last fault_disk_fail */
