/* Rows of a damaged database, out of whatever pages can still be read. */
#pragma once
#include "chartroom/store/raw-pages.h"

typedef enum { CR_RAW_NULL, CR_RAW_INT, CR_RAW_REAL, CR_RAW_TEXT, CR_RAW_BLOB } CrRawType;

typedef struct {
  CrRawType type;
  gint64 integer;
  double real;
  const guint8 *bytes; /* TEXT and BLOB */
  gsize size;
} CrRawValue;

typedef struct {
  guint32 page;
  gboolean older; /* from an older state of the page */
  gint64 rowid;
  guint n;
  const CrRawValue *values; /* valid during the call */
} CrRawRow;

/* FALSE with an error ends the walk. */
typedef gboolean (*CrRawRowFunc) (const CrRawRow *row, gpointer data, GError **error);

typedef enum {
  CR_PART_ROWS,    /* page of a table, with rows or leading to them */
  CR_PART_INDEX,   /* nothing is lost with it */
  CR_PART_LONG,    /* the rest of a long row */
  CR_PART_FREE,    /* unused */
  CR_PART_UNKNOWN, /* what led to it is lost as well */
} CrRawPart;

/* A page that could not be read as it was last. */
typedef struct {
  guint32 page;
  CrRawState state;
  CrRawPart part;
  char *owner; /* table or index; NULL unknown */
} CrRawLoss;

typedef struct {
  char *name, *table; /* table: the one an index belongs to */
  gboolean is_index;
  guint32 root;
} CrRawRoot;

typedef struct _CrRawTree CrRawTree;
CrRawTree *cr_raw_tree_new (CrRawPages *pages);
void cr_raw_tree_free (CrRawTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrRawTree, cr_raw_tree_free)

/* Tables and indexes that the schema still names (CrRawRoot). */
const GPtrArray *cr_raw_tree_roots (CrRawTree *self);
/* From the first page's header; fallback when that page is lost. */
gint64 cr_raw_tree_user_version (CrRawTree *self, gint64 fallback);
/* Rows of a table, as far as its branches lead. */
gboolean cr_raw_tree_walk (CrRawTree *self, const CrRawRoot *root, CrRawRowFunc func, gpointer data,
                           GError **error);
/* Marks the pages of an index, and the unused ones, so that their loss can be told from that of rows. */
void cr_raw_tree_pass (CrRawTree *self, const CrRawRoot *root);
void cr_raw_tree_pass_free (CrRawTree *self);
/* After all walks: pages with rows that no branch led to (guint32). */
GArray *cr_raw_tree_orphans (CrRawTree *self);
gboolean cr_raw_tree_read (CrRawTree *self, guint32 page, CrRawRowFunc func, gpointer data, GError **error);
/* After all walks: every page that is lost or older (CrRawLoss), in order. */
GPtrArray *cr_raw_tree_losses (CrRawTree *self);
