/* Reading the audit. */
#include "store-private.h"
#include "chartroom/store/person-charts.h"
#include "chartroom/store/stores.h"
#include "list.h"

enum { HASH_SIZE = 32 };

#define SPAN "SELECT (SELECT min (at) FROM audit), (SELECT max (at) FROM audit)"
#define ENTRY                                                                                                \
  "SELECT a.seq, a.at, a.person_id, a.record_id, a.patient_id, a.role, a.program, a.action, a.kind, "        \
  "a.detail,"                                                                                                \
  " a.hash, p.login, p.family, p.given, p.credentials, p.roles"                                              \
  " FROM audit a LEFT JOIN person p ON p.id = a.person_id WHERE "
/* The patient is the person who did it, as far as a name can tell. */
#define OWN(c) "(lower (" c ".family) = lower (p.family) AND lower (" c ".given) = lower (p.given))"
/* $1 before, $2 floor, $3 limit, $4 from, $5 until, $6 person, $7 patient, $8 watch, $9–$12 actions. */
#define REST(seq)                                                                                            \
  " AND " seq " < $1 AND " seq " >= $2 AND +a.at >= $4 AND +a.at < $5"                                       \
  " AND ($6 = 0 OR a.person_id = $6)"                                                                        \
  " AND ($9 IS NULL OR +a.action IN ($9, $10, $11, $12))"                                                    \
  " AND ($8 <> 1 OR EXISTS (SELECT 1 FROM patient c"                                                         \
  " WHERE c.id = a.patient_id AND lower (c.family) = lower (p.family)))"                                     \
  " AND ($8 <> 2 OR EXISTS (SELECT 1 FROM patient c WHERE c.id = a.patient_id AND (c.restricted = 1"         \
  " OR EXISTS (SELECT 1 FROM person w WHERE lower (w.family) = lower (c.family)"                             \
  " AND lower (w.given) = lower (c.given)))))"                                                               \
  " AND ($8 <> 4 OR EXISTS (SELECT 1 FROM patient c WHERE c.id = a.patient_id AND " OWN (                    \
      "c") " OR EXISTS (SELECT 1 FROM related_person r LEFT JOIN patient o ON o.id = r.other_patient_id"     \
           " WHERE r.patient_id = a.patient_id AND (" OWN (                                                  \
               "o") " OR lower (r.name) = lower (p.given) || ' ' || lower (p.family)))))"                    \
                    " ORDER BY a.seq DESC LIMIT $3"

enum { OF_PATIENT, OF_CHARTS, OF_TIME, OF_PERSON, OF_ACTION, OF_ALL };

/* A way in for each question: the index that leads to few entries.  The other conditions only sift.  A time
 * is not read in the order of the numbers: SQLite would go through all of them for it. */
static const char *const WAYS[] = {
  [OF_PATIENT] = ENTRY "a.patient_id = $7" REST ("a.seq"),
  [OF_CHARTS] = ENTRY "a.patient_id IN " CR_CHARTS_OF ("$7") REST ("a.seq"),
  [OF_TIME] = ENTRY "a.at >= $4 AND a.at < $5" REST ("+a.seq"),
  [OF_PERSON] = ENTRY "a.person_id = $6" REST ("a.seq"),
  [OF_ACTION] = ENTRY "a.action IN ($9, $10, $11, $12)" REST ("a.seq"),
  [OF_ALL] = ENTRY "1 = 1" REST ("a.seq"),
};

static int
choose_way (const CrAuditQuery *query)
{
  if (query->patient_id != CR_ID_NONE)
    return OF_PATIENT;
  if (query->from != 0)
    return OF_TIME;
  if (query->floor != 0)
    return OF_ALL;
  if (query->person_id != CR_ID_NONE)
    return OF_PERSON;
  return query->actions[0] != NULL ? OF_ACTION : OF_ALL;
}

/* What is sifted afterwards is not limited before. */
static CrStmt *
prepare_query (CrTx *tx, const CrAuditQuery *query, GError **error)
{
  int way = choose_way (query);
  gboolean limited = query->limit > 0 && query->watch != CR_AUDIT_AFTER_HOURS;
  if (way == OF_PATIENT) {
    g_autoptr (GArray) charts = cr_patient_charts (tx, query->patient_id, error);
    if (charts == NULL)
      return NULL;
    way = charts->len > 1 ? OF_CHARTS : OF_PATIENT; /* one chart is read in the order of its index */
  }
  CrStmt *stmt = cr_tx_prepare (tx, WAYS[way], error);
  if (stmt == NULL)
    return NULL;
  cr_stmt_bind_int (stmt, 1, query->before > 0 ? query->before : G_MAXINT64);
  cr_stmt_bind_int (stmt, 2, query->floor);
  cr_stmt_bind_int (stmt, 3, limited ? query->limit : -1);
  cr_stmt_bind_int (stmt, 4, query->from);
  cr_stmt_bind_int (stmt, 5, query->until != 0 ? query->until : G_MAXINT64);
  cr_stmt_bind_int (stmt, 6, query->person_id);
  if (query->patient_id != CR_ID_NONE)
    cr_stmt_bind_int (stmt, 7, query->patient_id);
  cr_stmt_bind_int (stmt, 8, query->watch);
  for (int i = 0; i < CR_AUDIT_ACTIONS; i++)
    cr_stmt_bind_text (stmt, 9 + i, query->actions[i]);
  return stmt;
}

/* ---- hours ---- */

static gboolean
covers (const CrHours *hours, CrDate date, int minute)
{
  return hours->weekday == cr_date_weekday (date) && minute >= hours->start_min && minute < hours->end_min &&
         (!cr_date_is_set (hours->valid_from) || cr_date_compare (hours->valid_from, date) <= 0) &&
         (!cr_date_is_set (hours->valid_to) || cr_date_compare (hours->valid_to, date) >= 0);
}

static gboolean
is_after_hours (const GPtrArray *hours, CrClock *clock, CrInstant at)
{
  CrDate date = cr_clock_date_of (clock, at);
  int minute = cr_clock_minute_of (clock, at);
  for (guint i = 0; i < hours->len; i++)
    if (covers (hours->pdata[i], date, minute))
      return FALSE;
  return TRUE;
}

/* ---- entries ---- */

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
  gboolean sifts = query->watch == CR_AUDIT_AFTER_HOURS;
  guint limit = query->limit > 0 ? (guint)query->limit : G_MAXUINT;
  g_autoptr (GPtrArray) hours = sifts ? cr_hours_list (tx, CR_ID_NONE, error) : NULL;
  CrStmt *stmt = sifts && hours == NULL ? NULL : prepare_query (tx, query, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_audit_entry_free);
  CrStep step = CR_STEP_DONE;
  if (stmt == NULL)
    return NULL;
  while (entries->len < limit && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    if (!sifts || is_after_hours (hours, tx->store->clock, cr_stmt_int (stmt, 1)))
      g_ptr_array_add (entries, read_entry (stmt));
  cr_stmt_reset (stmt);
  return step != CR_STEP_ERROR ? g_steal_pointer (&entries) : NULL;
}

gboolean
cr_audit_span (CrTx *tx, CrInstant *first, CrInstant *last, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, SPAN, error);
  if (stmt == NULL)
    return FALSE;
  CrStep step = cr_stmt_step (stmt, error);
  if (step == CR_STEP_ROW) {
    *first = cr_stmt_int (stmt, 0);
    *last = cr_stmt_int (stmt, 1);
  }
  cr_stmt_reset (stmt);
  return step != CR_STEP_ERROR;
}

gboolean
cr_audit_verify (CrTx *tx, gint64 *entries, GError **error)
{
  return cr_chain_walk (tx->store, entries, error);
}
