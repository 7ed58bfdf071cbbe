/* audit: its entries as a list or a file, and the proof of its chain. */
#include "src/ctl/ctl.h"
#include "chartroom/session/audit.h"
#include "chartroom/store/stores.h"
#include <glib/gi18n.h>

static gboolean
verify_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_audit_verify (tx, data, error);
}

static int
verify_chain (CtlCall *call, GError **error)
{
  static const char *const KEYS[] = { "entries", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autofree char *count = NULL;
  gint64 entries = 0;
  if (!cr_session_run (call->session, CR_RIGHT_AUDIT_VIEW, verify_job, &entries, error))
    return CTL_REFUSED;
  count = g_strdup_printf ("%" G_GINT64_FORMAT, entries);
  ctl_table_add (table, (const char *const[]){ count });
  if (call->json)
    ctl_table_print (table, TRUE);
  else
    g_print (_ ("The chain holds: %" G_GINT64_FORMAT " entries.\n"), entries);
  return CTL_DONE;
}

static void
add_entry (CtlTable *table, const CrAuditRow *r)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, r->seq);
  ctl_table_add (table, (const char *const[]){ seq, r->when, r->person, r->role, r->program, r->action,
                                               r->kind, r->mrn, r->detail });
}

static gboolean
is_loading (CrAuditList *list)
{
  gboolean loading = FALSE;
  g_object_get (list, "loading", &loading, NULL);
  return loading;
}

static int
list_entries (CtlCall *call, const CrAuditQuestion *question, GError **error)
{
  static const char *const KEYS[] = { "seq",    "at",   "person",  "role",   "program",
                                      "action", "kind", "patient", "detail", NULL };
  g_autoptr (CtlTable) table = ctl_table_new (KEYS);
  g_autoptr (CrAuditList) list =
      cr_audit_list_new (call->session, question, call->limit > 0 ? (guint)call->limit : 200);
  g_autofree char *warning = NULL;
  while (is_loading (list))
    g_main_context_iteration (NULL, TRUE);
  g_object_get (call->session, "warning", &warning, NULL);
  if (warning != NULL && g_list_model_get_n_items (G_LIST_MODEL (list)) == 0) {
    g_set_error_literal (error, CR_ERROR, CR_ERROR_FAILED, warning);
    return CTL_REFUSED;
  }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
    add_entry (table, cr_row_peek (row));
  }
  ctl_table_print (table, call->json);
  return CTL_DONE;
}

static int
export_entries (CtlCall *call, const CrAuditQuestion *question, GError **error)
{
  CtlWait wait;
  if (!ctl_can_write (call->out, error))
    return CTL_REFUSED;
  ctl_wait_init (&wait);
  cr_audit_export_async (call->session, question, call->out, ctl_wait_cb, &wait);
  gint64 n = cr_audit_export_finish (ctl_wait_result (&wait), error);
  ctl_wait_clear (&wait);
  if (n < 0)
    return CTL_REFUSED;
  g_print (_ ("%s: %" G_GINT64_FORMAT " entries.\n"), call->out, n);
  return CTL_DONE;
}

static gboolean
find_person (CtlCall *call, CrAuditQuestion *question, GError **error)
{
  GListModel *people = cr_session_get_people (call->session);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    const CrPerson *person = cr_row_peek (row);
    if (g_ascii_strcasecmp (person->login, call->person) == 0) {
      question->person_id = person->id;
      return TRUE;
    }
  }
  g_set_error (error, CR_ERROR, CR_ERROR_NOT_FOUND, _ ("Nobody here signs in as %s."), call->person);
  return FALSE;
}

static gboolean
read_question (CtlCall *call, CrAuditQuestion *question, GError **error)
{
  question->action = call->action;
  question->view = call->view != NULL ? cr_audit_view_named (call->view) : CR_AUDIT_VIEW_EVERYTHING;
  if (question->view < 0) {
    g_set_error (error, CR_ERROR, CR_ERROR_INVALID,
                 _ ("%s is no view of the audit; everything, opened, after-hours, break-glass, same-surname, "
                    "special-charts, own-charts, paper, alerts and refused are."),
                 call->view);
    return FALSE;
  }
  if (call->patient != NULL) {
    g_autoptr (CrPatient) patient = ctl_patient (call, call->patient, error);
    if (patient == NULL)
      return FALSE;
    question->patient_id = patient->id;
  }
  return (call->person == NULL || find_person (call, question, error)) &&
         (call->from == NULL || ctl_date (call->from, &question->from, error)) &&
         (call->until == NULL || ctl_date (call->until, &question->until, error));
}

int
ctl_audit (CtlCall *call, GError **error)
{
  CrAuditQuestion question = { 0 };
  if (!cr_session_require (call->session, CR_RIGHT_AUDIT_VIEW, error))
    return CTL_REFUSED;
  if (call->verify)
    return verify_chain (call, error);
  if (!read_question (call, &question, error))
    return CTL_REFUSED;
  return call->out != NULL ? export_entries (call, &question, error) : list_entries (call, &question, error);
}
