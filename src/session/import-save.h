/* One bundle into the store, in one job. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/exchange/fhir-bundle.h"
#include "chartroom/session/work.h"

typedef enum {
  CR_IMPORT_JOINED,
  CR_IMPORT_UNCHANGED,
  CR_IMPORT_CHANGED,
  CR_IMPORT_ADDED,
  CR_IMPORT_SKIPPED
} CrImportFate;

typedef struct {
  CrFhirBundle *bundle;         /* borrowed; the job fills in the records' ids */
  const CrKnowledge *knowledge; /* may be NULL */
  gboolean dry_run;             /* the job ends in CANCELLED, and nothing stays */
  /* results */
  guint rows_added, rows_changed;
  GHashTable *fates;   /* entry number → CrImportFate of its resource */
  GPtrArray *findings; /* char*: "entry[12] (Observation): reason" */
} CrImportSaving;

gboolean cr_import_save_job (CrTx *tx, gpointer saving, GError **error);
