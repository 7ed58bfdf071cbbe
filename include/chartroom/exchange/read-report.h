/* What became of a file's content: counts by kind, and what could not be read, with where and why. */
#pragma once
#include <glib.h>

typedef struct {
  guint entry;      /* number of the entry in the file, from 0 */
  char *path;       /* "entry[12].resource (Observation).valueQuantity.value" */
  char *reason;     /* a whole sentence */
  gboolean skipped; /* TRUE: the resource was not read at all; FALSE: read without this one detail */
} CrReadFinding;
void cr_read_finding_free (CrReadFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrReadFinding, cr_read_finding_free)

typedef struct {
  char *text; /* "not imported (Claim)", "has no value" */
  guint n;    /* resources skipped for this reason */
} CrReadReason;

/* One row per kind of resource.  in_file = read + skipped, always. */
typedef struct {
  char *type;         /* "Observation" */
  guint in_file;      /* resources of this kind in the file */
  guint read;         /* resources that became records or completed others */
  guint records;      /* records they became: one blood pressure is two observations */
  guint skipped;      /* the sum of `reasons` */
  GPtrArray *reasons; /* CrReadReason, in order of appearance */
} CrReadCount;
void cr_read_count_free (CrReadCount *count);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrReadCount, cr_read_count_free)

/* Counts are a GPtrArray of CrReadCount, sorted by type; the array owns its rows. */
GPtrArray *cr_read_counts_new (void);
/* The row of that type, made when there is none. */
CrReadCount *cr_read_counts_row (GPtrArray *counts, const char *type);
/* Adds one skipped resource to the row and its reason. */
void cr_read_count_skip (CrReadCount *count, const char *reason);
/* Adds every row of `from`, for a report over several files. */
void cr_read_counts_merge (GPtrArray *into, const GPtrArray *from);
