/* Reading the audit. */
#include "store-private.h"
#include "chartroom/store/stores.h"

enum { HASH_SIZE = 32 };

/* One statement per index, so that each of them finds its first row at once; the rest filters. */
#define ENTRY                                                                                                \
  "SELECT a.seq, a.at, a.person_id, a.record_id, a.patient_id, a.role, a.program, a.action, a.kind, "        \
  "a.detail,"                                                                                                \
  " a.hash, p.login, p.family, p.given, p.credentials, p.roles"                                              \
  " FROM audit a LEFT JOIN person p ON p.id = a.person_id"                                                   \
  " WHERE ($1 = 0 OR a.at >= $1) AND ($2 = 0 OR a.at < $2) AND ($5 IS NULL OR a.action = $5)"                \
  " AND ($7 = 0 OR a.seq < $7)"
#define NEWEST_FIRST " ORDER BY a.seq DESC LIMIT $6"
#define ANY ENTRY " AND ($3 = 0 OR a.person_id = $3) AND ($4 = 0 OR a.patient_id = $4)" NEWEST_FIRST
#define OF_PERSON ENTRY " AND a.person_id = $3 AND ($4 = 0 OR a.patient_id = $4)" NEWEST_FIRST
#define OF_PATIENT ENTRY " AND ($3 = 0 OR a.person_id = $3) AND a.patient_id = $4" NEWEST_FIRST

static const char *
choose_statement (const CrAuditQuery *query)
{
  if (query->patient_id != CR_ID_NONE)
    return OF_PATIENT;
  return query->person_id != CR_ID_NONE ? OF_PERSON : ANY;
}

static void
bind_query (CrStmt *stmt, const CrAuditQuery *query)
{
  cr_stmt_bind_int (stmt, 1, query->from);
  cr_stmt_bind_int (stmt, 2, query->until);
  cr_stmt_bind_int (stmt, 3, query->person_id);
  cr_stmt_bind_int (stmt, 4, query->patient_id);
  cr_stmt_bind_text (stmt, 5, query->action);
  cr_stmt_bind_int (stmt, 6, query->limit > 0 ? query->limit : -1);
  cr_stmt_bind_int (stmt, 7, query->after);
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
  CrStmt *stmt = cr_tx_prepare (tx, choose_statement (query), error);
  if (stmt == NULL)
    return NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_audit_entry_free);
  bind_query (stmt, query);
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
