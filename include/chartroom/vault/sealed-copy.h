/* A copy of a practice as it lies on the disk, sealed: taken without any key, so by a timer while nobody is
 * signed in. It is a practice folder like the first; nothing of it has been opened, so it is not proven:
 * verify does that. */
#pragma once
#include <glib.h>

typedef struct {
  char *folder;        /* what was made */
  gint64 bytes;        /* of all its files */
  guint files, shared; /* shared: documents that an earlier copy there has, one file under two names */
} CrSealedCopy;
void cr_sealed_copy_clear (CrSealedCopy *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrSealedCopy, cr_sealed_copy_clear)

/* Copies the practice in folder into target/NAME-stamp.practice (stamp: "20261129-0230"), while others may
 * write to it: begun again, up to ten times, when the database was changed under it.  Every file is read back
 * and held against what was read first.  Nothing has that name before all of it is on the disk. Errors:
 * NOT_FOUND (no practice there, no target), CONFLICT (such a copy is there; target lies in the practice),
 * LOCKED (never at rest), DISK_FULL, READ_ONLY, IO. */
gboolean cr_sealed_copy_take (const char *folder, const char *target, const char *stamp, CrSealedCopy *copy,
                              GError **error);
/* What verify says of a sound practice: where that is such a copy, its note that it is not proven gives way
 * to one that it is, at this time (UTC).  TRUE too when it is none. */
gboolean cr_sealed_copy_set_proven (const char *folder, const char *when, GError **error);
/* Removes the oldest copies of the practice in target, until keep are left; how many, or −1. */
int cr_sealed_copy_thin (const char *folder, const char *target, guint keep, GError **error);
