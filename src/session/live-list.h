/* A list that loads itself, stays up to date and is empty while nobody is signed in. */
#pragma once
#include "chartroom/session/row.h"
#include "chartroom/session/work.h"

typedef struct {
  CrRight right;                       /* who lacks it has an empty list */
  const CrRecordClass *const *classes; /* whose changes matter; NULL-terminated, static */
  /* On the store thread: rows (cr_rows_new), in order; NULL with error. */
  GPtrArray *(*load) (CrTx *tx, gpointer data, GError **error);
  gboolean (*same) (gconstpointer a, gconstpointer b); /* as for cr_rows_sync */
} CrLiveSource;

#define CR_TYPE_LIVE_LIST (cr_live_list_get_type ())
G_DECLARE_FINAL_TYPE (CrLiveList, cr_live_list, CR, LIVE_LIST, GObject)

/* A GListModel of CrRow, at first empty.  source: static.  data: read by load alone, freed with destroy.
 * Property "loading".  What could not be loaded is said in the session's "warning". */
GListModel *cr_live_list_new (CrSession *session, const CrLiveSource *source, gpointer data,
                              GDestroyNotify destroy);
