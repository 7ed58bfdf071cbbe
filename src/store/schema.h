/* The store's shape, step by step. */
#pragma once
#include "chartroom/store/db.h"

typedef struct {
  int version;     /* what a store has reached after this step */
  const char *sql; /* NULL ends the list */
} CrSchemaStep;
/* Made at build time from data/schema; never changed once released. */
extern const CrSchemaStep CR_SCHEMA_STEPS[];

/* Takes the database from its version to the newest, one transaction per step; a step that fails leaves the
 * database as it was before that step.  A store that has been used is copied into folder first (NULL: not at
 * all), sealed as it is; the copy stays until the next proven backup.  STORE_NEWER when the database is ahead
 * of the steps; DISK_FULL when there is no room for the copy. */
gboolean cr_schema_migrate (CrDb *db, const CrSchemaStep *steps, const char *folder, GError **error);
void cr_schema_remove_copies (const char *folder);
int cr_schema_newest (const CrSchemaStep *steps);
