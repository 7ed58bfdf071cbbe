/* Reading the audit, and proving it. */
#include "chartroom/session/administration.h"
#include "live-list.h"
#include <glib/gi18n.h>

typedef struct {
  CrClock *clock;
  CrId patient;
  char *action; /* NULL: any */
  guint limit;
} Query;

typedef struct {
  CrStore *store;
  CrStoreUser *user;
} Proof;

static void
free_query (gpointer data)
{
  Query *query = data;
  cr_clock_unref (query->clock);
  g_free (query->action);
  g_free (query);
}

static void
free_proof (gpointer data)
{
  Proof *proof = data;
  cr_store_user_unref (proof->user);
  cr_store_unref (proof->store);
  g_free (proof);
}

static void
free_row (gpointer data)
{
  CrAuditRow *row = data;
  g_free (row->when);
  g_free (row->person);
  g_free (row->role);
  g_free (row->action);
  g_free (row->what);
  g_free (row->detail);
  g_free (row);
}

/* "GARCIA, Maria (MRN 004217)"; NULL when there is none.  names: id → text, owned. */
static const char *
name_patient (CrTx *tx, CrId id, GHashTable *names)
{
  if (id == CR_ID_NONE)
    return NULL;
  gpointer key = (gpointer)(gintptr)id;
  if (!g_hash_table_contains (names, key)) {
    g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, id, NULL);
    g_autofree char *name = patient != NULL ? cr_patient_name_display (patient) : NULL;
    g_hash_table_insert (names, key,
                         name != NULL ? g_strdup_printf (_ ("%s (MRN %s)"), name, patient->mrn) : NULL);
  }
  return g_hash_table_lookup (names, key);
}

static char *
describe_subject (const char *kind, const char *patient)
{
  const char *words = cr_admin_audit_words (kind);
  if (kind == NULL || patient == NULL)
    return g_strdup (kind != NULL ? words : patient);
  return g_str_equal (kind, CR_PATIENT.name) ? g_strdup (patient)
                                             : g_strdup_printf ("%s, %s", words, patient);
}

static CrRow *
make_row (CrTx *tx, const CrAuditEntry *entry, CrClock *clock, GHashTable *names)
{
  CrAuditRow *row = g_new0 (CrAuditRow, 1);
  row->seq = entry->seq;
  row->at = entry->at;
  row->when = cr_clock_format (clock, entry->at);
  row->person = g_strdup (entry->person);
  row->role = g_strdup (entry->role);
  row->action = g_strdup (entry->action);
  row->what = describe_subject (entry->kind, name_patient (tx, entry->patient_id, names));
  row->detail = entry->detail != NULL && g_strcmp0 (entry->action, "change") == 0
                    ? cr_admin_audit_fields (entry->detail)
                    : g_strdup (entry->detail);
  return cr_row_new (entry->seq, row, free_row);
}

static GPtrArray *
load_entries (CrTx *tx, gpointer data, GError **error)
{
  const Query *query = data;
  CrAuditQuery wanted = { .patient_id = query->patient, .action = query->action, .limit = query->limit };
  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, &wanted, error);
  if (entries == NULL)
    return NULL;
  GPtrArray *rows = cr_rows_new ();
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (rows, make_row (tx, entries->pdata[i], query->clock, names));
  return rows;
}

/* Entries never change. */
static gboolean
same_entry (gconstpointer a, gconstpointer b)
{
  return TRUE;
}

static void
verify_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Proof *proof = data;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  if (cr_store_verify (proof->store, proof->user, findings, &error))
    g_task_return_pointer (task, g_steal_pointer (&findings), (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

GListModel *
cr_admin_audit_new (CrSession *session, CrId patient, const char *action, guint limit)
{
  static const CrRecordClass *const classes[] = {
    NULL
  }; /* a page of the audit stands still while it is read */
  static const CrLiveSource source = { CR_RIGHT_AUDIT_VIEW, classes, load_entries, same_entry };
  Query *query = g_new0 (Query, 1);
  *query = (Query){ cr_clock_ref (cr_session_get_clock (session)), patient, g_strdup (action), limit };
  return cr_live_list_new (session, &source, query, free_query);
}

void
cr_admin_verify_async (CrSession *session, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, cb, data);
  GError *error = NULL;
  if (!cr_session_require (session, CR_RIGHT_AUDIT_VIEW, &error)) {
    g_task_return_error (task, error);
    return;
  }
  Proof *proof = g_new0 (Proof, 1);
  *proof = (Proof){ cr_store_ref (cr_session_get_store (session)),
                    cr_store_user_ref (cr_session_get_user (session)) };
  g_task_set_task_data (task, proof, free_proof);
  g_task_run_in_thread (task, verify_cb);
}

GPtrArray *
cr_admin_verify_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
