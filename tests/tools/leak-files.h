/* Every file that this program writes, by kind: what of it is in clear by design, and why.  A walk looks for
 * known bytes in each, and whether its sealed bytes look like random ones, 4 KiB by 4 KiB.  A file of no
 * known kind ends the test: somebody must judge it first. */
#pragma once
#include "leak-search.h"

typedef struct {
  LeakSearch *search;
  GHashTable *seen; /* names of kinds that were met */
  char *finding;    /* the first; NULL: none */
  guint walks, files, hits, blocks;
  guint64 bytes, sealed;
  double worst; /* chi-square of a sealed block, 255 on average */
} LeakFiles;

void leak_files_init (LeakFiles *self, LeakSearch *search);
void leak_files_clear (LeakFiles *self);
/* All below the folder; memory files that belong to databases there; what this process has open and has
 * deleted already; and files that came into the shared temporary folders since `since` (those are only
 * searched, by `own`: words of this run alone). */
void leak_files_walk (LeakFiles *self, const char *folder);
void leak_files_walk_open (LeakFiles *self);
void leak_files_walk_shared (LeakFiles *self, LeakSearch *own, const char *folder, gint64 since);
/* One file, as if it had that name. */
void leak_files_look (LeakFiles *self, const char *name, const guint8 *content, gsize size);
/* Kinds, each by name, that no file was of yet; new string, "" when none. */
char *leak_files_unmet (const LeakFiles *self);
