/* One search through the audit, in steps; each is a job of its own. */
#pragma once
#include "chartroom/session/audit.h"
#include "chartroom/session/work.h"

typedef struct {
  CrAuditQuestion question; /* owned */
  CrClock *clock;
  gboolean asked;        /* the question itself is in the audit */
  CrInstant from, until; /* what is still to be searched: [from, until) */
  gint64 before;         /* of what an index answers: entries older than this number */
  gboolean done;
} CrAuditSearch;
CrAuditSearch *cr_audit_search_new (const CrAuditQuestion *question, CrClock *clock);
void cr_audit_search_free (CrAuditSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrAuditSearch, cr_audit_search_free)
/* The next step: at most about `limit` rows (CrRow of CrAuditRow) appended.  purpose: the action it is
 * audited as, "read-audit" or "export". */
gboolean cr_audit_search_step (CrAuditSearch *self, CrTx *tx, const char *purpose, guint limit,
                               GPtrArray *rows, GError **error);
