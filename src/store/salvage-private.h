/* What the parts of a salvage share.  All of it runs on the new practice's store thread. */
#pragma once
#include "chartroom/store/doctor.h"
#include "salvage-tree.h"
#include "store-private.h"
#include "table.h"

/* A table of the new practice. */
typedef struct {
  char *name;
  const CrTable *table; /* NULL: the store's own (audit, history, counter, store_meta) */
  guint n_columns;
  int id_column; /* the one that is the rowid, or −1 */
  char *insert;
  GPtrArray *columns; /* names */
} SalvageTable;

/* A record that needs care. */
typedef struct {
  const SalvageTable *table;
  CrId id, patient;
  gint64 version; /* as saved; 0: not saved */
  guint writes;   /* that the audit knows */
} SalvageRecord;

typedef struct {
  CrStore *store; /* of the new practice */
  CrDb *db;
  CrRawTree *tree;
  CrDoctorReport *report;
  GPtrArray *tables;      /* SalvageTable */
  GHashTable *doubtful;   /* CrId → SalvageRecord: rebuilt, or read from an older state */
  GHashTable *lost;       /* CrId → SalvageRecord: the audit knows them, nothing else does */
  const SalvageTable *at; /* where rows go that are being read */
  guint pending;          /* rows since the last commit */
  gint64 unrecognized;    /* rows that could not be told to which table they belong */
} Salvage;

void G_GNUC_PRINTF (2, 3) salvage_say (GPtrArray *sentences, const char *format, ...);
/* Commits now and then, so that no transaction grows without end. */
gboolean salvage_step (Salvage *self, GError **error);
const SalvageTable *salvage_table (Salvage *self, const char *name);

/* salvage.c: on the store thread of a store on an empty folder with the practice's keys: everything that is
 * sound in the database `file` and its documents, verified.  found: what verifying it found (sentences). */
typedef struct {
  const char *folder, *file; /* the damaged practice, its database */
  gboolean copy_documents;
  CrDoctorReport *report;
  GPtrArray *found;
  gint64 newest_entry; /* of the old chain */
  gboolean pages_lost;
  CrBackupProgress progress;
  gpointer data;
} SalvageJob;
gboolean salvage_run (CrStore *store, SalvageJob *job, GError **error);

/* salvage-report.c */
void salvage_say_pages (Salvage *self, CrRawPages *pages, const char *file, gboolean *lost);
void salvage_say_chain (Salvage *self, const CrChainMend *mend);
/* "5–9, 12": as short as an audit entry wants it; free. */
char *salvage_ranges (const GArray *pairs);
/* What to do next, with the newest proven backup that this practice knows of. */
void salvage_advise (Salvage *self, gint64 newest_entry, const char *folder);

/* salvage-rows.c: everything that can be read, into the tables of the new practice as it is. */
GPtrArray *salvage_read_tables (CrDb *db, GError **error);
gboolean salvage_rows (Salvage *self, GError **error);

/* salvage-records.c: each record to its newest state that is known, from its row or its history. */
gboolean salvage_records (Salvage *self, GError **error);
/* Which records the audit knows and nothing else; and which came back in an older state. */
gboolean salvage_count_losses (Salvage *self, GError **error);
/* "record number 004217", "the practice" or "a patient who is lost"; free. */
char *salvage_whose (Salvage *self, CrId patient);
gboolean salvage_stand_ins (Salvage *self, GError **error);
gboolean salvage_counters (Salvage *self, GError **error);

/* salvage-documents.c: from: the damaged practice's folder.  copy: FALSE: they are only checked. */
gboolean salvage_documents (Salvage *self, const char *from, gboolean copy, GError **error);
