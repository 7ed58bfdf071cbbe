/* How the book treats a type of visit: how its cards look, how late it may begin, who does it, what it takes.
 * An administrator's. */
#pragma once
#include "chartroom/session/session.h"

typedef struct {
  CrVisitType *type;
  GArray *people;    /* CrId: who may do it; empty: everybody */
  GArray *rooms;     /* CrId: it takes one of these; empty: any room or none */
  GArray *equipment; /* CrId: it takes all of these */
} CrVisitTypeRules;
void cr_visit_type_rules_free (CrVisitTypeRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrVisitTypeRules, cr_visit_type_rules_free)
gboolean cr_visit_type_rules_have (const GArray *ids, CrId id);

void cr_visit_type_rules_load_async (CrSession *session, CrId type, GAsyncReadyCallback cb, gpointer data);
CrVisitTypeRules *cr_visit_type_rules_load_finish (GAsyncResult *result, GError **error);
/* Ends in cr_session_finish; takes rules.  Visits that are booked stay as they are. */
void cr_visit_type_rules_save_async (CrSession *session, CrVisitTypeRules *rules, GAsyncReadyCallback cb,
                                     gpointer data);
