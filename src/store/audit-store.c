/* Reading the audit. */
#include "store-private.h"
#include "chartroom/store/stores.h"

enum { HASH_SIZE = 32 };

#define ENTRY                                                                                                \
  "SELECT a.seq, a.at, a.person_id, a.record_id, a.patient_id, a.role, a.program, a.action, a.kind, "        \
  "a.detail,"                                                                                                \
  " a.hash, p.login, p.family, p.given, p.credentials, p.roles"                                              \
  " FROM audit a LEFT JOIN person p ON p.id = a.person_id"                                                   \
  " WHERE ($1 = 0 OR a.person_id = $1) AND ($2 IS NULL OR a.action = $2) AND ($3 = 0 OR a.seq < $3)"
#define NEWEST_FIRST " ORDER BY a.seq DESC LIMIT $4"
/* A statement per way in: by patient, by time, or from the newest entry backwards. */
#define OF_PATIENT ENTRY " AND a.patient_id = $7 AND +a.at >= $5 AND +a.at < $6" NEWEST_FIRST
#define OF_TIME ENTRY " AND a.at >= $5 AND a.at < $6" NEWEST_FIRST
#define OF_ALL ENTRY NEWEST_FIRST

static CrStmt *
prepare_query (CrTx *tx, const CrAuditQuery *query, GError **error)
{
  gboolean has_patient = query->patient_id != CR_ID_NONE;
  gboolean has_time = has_patient || query->from != 0 || query->until != 0;
  CrStmt *stmt = cr_tx_prepare (tx, has_patient ? OF_PATIENT : has_time ? OF_TIME : OF_ALL, error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, query->person_id);
  cr_stmt_bind_text (stmt, 2, query->action);
  cr_stmt_bind_int (stmt, 3, query->after);
  cr_stmt_bind_int (stmt, 4, query->limit > 0 ? query->limit : -1);
  if (has_time) {
    cr_stmt_bind_int (stmt, 5, query->from);
    cr_stmt_bind_int (stmt, 6, query->until == 0 ? G_MAXINT64 : query->until);
  }
  if (has_patient)
    cr_stmt_bind_int (stmt, 7, query->patient_id);
  return stmt;
}

/* "Dr. Okafor"; the sign-in name for a person without a name; NULL for nobody. */
static char *
read_person (CrStmt *stmt)
{
  CrPerson person = {
    .family = (char *)cr_stmt_text (stmt, 12),
    .given = (char *)cr_stmt_text (stmt, 13),
    .credentials = (char *)cr_stmt_text (stmt, 14),
    .roles = cr_stmt_int (stmt, 15),
  };
  return person.family == NULL ? g_strdup (cr_stmt_text (stmt, 11)) : cr_person_short (&person);
}

static CrAuditEntry *
read_entry (CrStmt *stmt)
{
  CrAuditEntry *entry = g_new0 (CrAuditEntry, 1);
  gsize size = 0;
  const guint8 *hash = cr_stmt_blob (stmt, 10, &size);
  entry->seq = cr_stmt_int (stmt, 0);
  entry->at = cr_stmt_int (stmt, 1);
  entry->person_id = cr_stmt_int (stmt, 2);
  entry->record_id = cr_stmt_int (stmt, 3);
  entry->patient_id = cr_stmt_int (stmt, 4);
  entry->role = g_strdup (cr_stmt_text (stmt, 5));
  entry->program = g_strdup (cr_stmt_text (stmt, 6));
  entry->action = g_strdup (cr_stmt_text (stmt, 7));
  entry->kind = g_strdup (cr_stmt_text (stmt, 8));
  entry->detail = g_strdup (cr_stmt_text (stmt, 9));
  entry->hash = size == HASH_SIZE ? cr_hash_hex (hash, HASH_SIZE) : NULL;
  entry->person = read_person (stmt);
  return entry;
}

void
cr_audit_entry_free (CrAuditEntry *entry)
{
  g_free (entry->person);
  g_free (entry->role);
  g_free (entry->program);
  g_free (entry->action);
  g_free (entry->kind);
  g_free (entry->detail);
  g_free (entry->hash);
  g_free (entry);
}

GPtrArray *
cr_audit_list (CrTx *tx, const CrAuditQuery *query, GError **error)
{
  CrStmt *stmt = prepare_query (tx, query, error);
  if (stmt == NULL)
    return NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_audit_entry_free);
  CrStep step;
  while ((step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    g_ptr_array_add (entries, read_entry (stmt));
  cr_stmt_reset (stmt);
  return step == CR_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

gboolean
cr_audit_verify (CrTx *tx, gint64 *entries, GError **error)
{
  return cr_chain_walk (tx->store, entries, error);
}
