#include "audit-search.h"
#include <glib/gi18n.h>

#define WEEK ((CrInstant)7 * 24 * 60 * 60 * G_USEC_PER_SEC)

static const struct {
  const char *code, *title;
  int watch;
  const char *actions[CR_AUDIT_ACTIONS];
} VIEWS[CR_N_AUDIT_VIEWS] = {
  [CR_AUDIT_VIEW_EVERYTHING] = { "everything", N_ ("Everything"), CR_AUDIT_ANYTHING, { NULL } },
  [CR_AUDIT_VIEW_OPENED] = { "opened", N_ ("Charts opened"), CR_AUDIT_ANYTHING, { "view", "break-glass" } },
  [CR_AUDIT_VIEW_AFTER_HOURS] = { "after-hours", N_ ("After hours"), CR_AUDIT_AFTER_HOURS, { NULL } },
  [CR_AUDIT_VIEW_BREAK_GLASS] = { "break-glass",
                                  N_ ("Restricted charts opened"),
                                  CR_AUDIT_ANYTHING,
                                  { "break-glass", "restrict", "lift-restriction" } },
  [CR_AUDIT_VIEW_SAME_SURNAME] = { "same-surname",
                                   N_ ("Same surname as the person"),
                                   CR_AUDIT_SAME_SURNAME,
                                   { NULL } },
  [CR_AUDIT_VIEW_SPECIAL_CHARTS] = { "special-charts",
                                     N_ ("Charts of staff, and restricted ones"),
                                     CR_AUDIT_SPECIAL_CHARTS,
                                     { NULL } },
  [CR_AUDIT_VIEW_OWN_CHARTS] = { "own-charts",
                                 N_ ("Own charts, and those of relations"),
                                 CR_AUDIT_OWN_CHARTS,
                                 { NULL } },
  [CR_AUDIT_VIEW_PAPER] = { "paper", N_ ("Prints and exports"), CR_AUDIT_ANYTHING, { "print", "export" } },
  [CR_AUDIT_VIEW_ALERTS] = { "alerts", N_ ("Alerts answered"), CR_AUDIT_ANYTHING, { "alert" } },
  [CR_AUDIT_VIEW_REFUSED] = { "refused",
                              N_ ("Refused sign-ins"),
                              CR_AUDIT_ANYTHING,
                              { "sign-in-failed", "unlock-failed", "password-refused", "identity-refused" } },
};

static void
free_row (gpointer data)
{
  CrAuditRow *row = data;
  g_free (row->when);
  g_free (row->person);
  g_free (row->role);
  g_free (row->program);
  g_free (row->action);
  g_free (row->kind);
  g_free (row->mrn);
  g_free (row->what);
  g_free (row->detail);
  g_free (row);
}

/* Borrowed; NULL: nobody in particular.  patients: id → CrPatient, of one step. */
static const CrPatient *
find_patient (CrTx *tx, CrId id, GHashTable *patients)
{
  gpointer key = (gpointer)(gintptr)id;
  CrPatient *patient = g_hash_table_lookup (patients, key);
  if (patient != NULL || id == CR_ID_NONE)
    return patient;
  patient = cr_tx_load (tx, &CR_PATIENT, id, NULL);
  if (patient != NULL)
    g_hash_table_insert (patients, key, patient);
  return patient;
}

/* "visit, GARCIA, Maria (MRN 004217)" */
static char *
describe_subject (const char *kind, const CrPatient *patient)
{
  g_autofree char *name = patient != NULL ? cr_patient_name_display (patient) : NULL;
  g_autofree char *whole = name != NULL ? g_strdup_printf (_ ("%s (MRN %s)"), name, patient->mrn) : NULL;
  const char *words = cr_admin_audit_words (kind);
  if (kind == NULL || whole == NULL)
    return g_strdup (kind != NULL ? words : whole);
  return g_str_equal (kind, CR_PATIENT.name) ? g_steal_pointer (&whole)
                                             : g_strdup_printf ("%s, %s", words, whole);
}

/* What was changed, or from where a chart was opened. */
static char *
describe_detail (const CrAuditEntry *entry)
{
  if (entry->detail != NULL && g_strcmp0 (entry->action, "change") == 0)
    return cr_admin_audit_fields (entry->detail);
  return g_strdup (g_strcmp0 (entry->action, "view") == 0 ? cr_admin_audit_words (entry->detail)
                                                          : entry->detail);
}

static CrRow *
make_row (CrTx *tx, const CrAuditEntry *entry, CrClock *clock, GHashTable *patients)
{
  const CrPatient *patient = find_patient (tx, entry->patient_id, patients);
  CrAuditRow *row = g_new0 (CrAuditRow, 1);
  row->seq = entry->seq;
  row->at = entry->at;
  row->when = cr_clock_format (clock, entry->at);
  row->person = g_strdup (entry->person);
  row->role = g_strdup (entry->role);
  row->program = g_strdup (entry->program);
  row->action = g_strdup (entry->action);
  row->kind = g_strdup (entry->kind);
  row->mrn = patient != NULL ? g_strdup (patient->mrn) : NULL;
  row->what = describe_subject (entry->kind, patient);
  row->detail = describe_detail (entry);
  return cr_row_new (entry->seq, row, free_row);
}

/* Can one index alone answer it?  Then no step has to be small. */
static gboolean
is_indexed (const CrAuditQuestion *question)
{
  guint conditions = (question->person_id != CR_ID_NONE) +
                     (question->action != NULL || VIEWS[question->view].actions[0] != NULL);
  if (VIEWS[question->view].watch != CR_AUDIT_ANYTHING)
    return FALSE;
  if (question->patient_id != CR_ID_NONE)
    return TRUE; /* a chart has hundreds of entries, not millions */
  return conditions <= 1 && !cr_date_is_set (question->from) && !cr_date_is_set (question->until);
}

static CrAuditQuery
make_query (const CrAuditSearch *self)
{
  const CrAuditQuestion *question = &self->question;
  CrAuditQuery query = { .person_id = question->person_id,
                         .patient_id = question->patient_id,
                         .watch = VIEWS[question->view].watch };
  for (int i = 0; i < CR_AUDIT_ACTIONS; i++)
    query.actions[i] = question->action == NULL ? VIEWS[question->view].actions[i] : NULL;
  if (question->action != NULL)
    query.actions[0] = question->action;
  return query;
}

static gboolean
append_rows (CrAuditSearch *self, CrTx *tx, const CrAuditQuery *query, GPtrArray *rows, GError **error)
{
  g_autoptr (GHashTable) patients = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)cr_patient_free);
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, query, error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (rows, make_row (tx, entries->pdata[i], self->clock, patients));
  if (entries->len > 0)
    self->before = ((const CrAuditEntry *)entries->pdata[entries->len - 1])->seq;
  return TRUE;
}

static gboolean
step_by_index (CrAuditSearch *self, CrTx *tx, guint limit, GPtrArray *rows, GError **error)
{
  CrAuditQuery query = make_query (self);
  guint had = rows->len;
  query.from = self->from;
  query.until = self->until;
  query.before = self->before;
  query.limit = limit;
  if (!append_rows (self, tx, &query, rows, error))
    return FALSE;
  self->done = rows->len - had < limit;
  return TRUE;
}

/* A week without its end: all that is in it. */
static gboolean
step_by_week (CrAuditSearch *self, CrTx *tx, GPtrArray *rows, GError **error)
{
  CrAuditQuery query = make_query (self);
  query.from = MAX (self->from, self->until - WEEK);
  query.until = self->until;
  if (!append_rows (self, tx, &query, rows, error))
    return FALSE;
  self->until = query.from;
  self->done = self->until <= self->from;
  return TRUE;
}

/* Of a search by weeks: where it begins and ends. */
static gboolean
find_span (CrAuditSearch *self, CrTx *tx, GError **error)
{
  CrInstant first = 0, last = 0;
  if (!cr_audit_span (tx, &first, &last, error))
    return FALSE;
  self->from = MAX (self->from, first);
  self->until = self->until == 0 ? last + 1 : MIN (self->until, last + 1);
  self->done = self->until <= self->from;
  return TRUE;
}

/* "after-hours, 2026-11-16 – 2026-11-23" */
static gboolean
audit_question (CrAuditSearch *self, CrTx *tx, const char *purpose, GError **error)
{
  const CrAuditQuestion *q = &self->question;
  g_autofree char *from = cr_date_is_set (q->from) ? cr_date_to_iso (q->from) : g_strdup ("");
  g_autofree char *until = cr_date_is_set (q->until) ? cr_date_to_iso (q->until) : g_strdup ("");
  g_autofree char *detail = g_strdup_printf ("%s %s – %s", VIEWS[q->view].code, from, until);
  self->asked = TRUE;
  return cr_tx_audit (tx, purpose, "audit", CR_ID_NONE, q->patient_id, detail, error);
}

/* Whose number it is. */
static gboolean
find_number (CrAuditSearch *self, CrTx *tx, GError **error)
{
  CrAuditQuestion *question = &self->question;
  if (self->asked || question->mrn == NULL)
    return TRUE;
  g_autoptr (CrPatient) patient = cr_patient_by_mrn (tx, question->mrn, error);
  if (patient != NULL)
    question->patient_id = patient->id;
  return patient != NULL;
}

CrAuditSearch *
cr_audit_search_new (const CrAuditQuestion *question, CrClock *clock)
{
  CrAuditSearch *self = g_new0 (CrAuditSearch, 1);
  self->question = *question;
  self->question.action = g_strdup (question->action);
  self->question.mrn = g_strdup (question->mrn);
  self->clock = cr_clock_ref (clock);
  if (cr_date_is_set (question->from))
    self->from = cr_clock_instant_of (clock, question->from, 0);
  if (cr_date_is_set (question->until))
    self->until = cr_clock_instant_of (clock, cr_date_add_days (question->until, 1), 0);
  return self;
}

void
cr_audit_search_free (CrAuditSearch *self)
{
  g_free (self->question.action);
  g_free (self->question.mrn);
  cr_clock_unref (self->clock);
  g_free (self);
}

gboolean
cr_audit_search_step (CrAuditSearch *self, CrTx *tx, const char *purpose, guint limit, GPtrArray *rows,
                      GError **error)
{
  if (!find_number (self, tx, error))
    return FALSE;
  gboolean indexed = is_indexed (&self->question);
  if (!self->asked &&
      ((!indexed && !find_span (self, tx, error)) || !audit_question (self, tx, purpose, error)))
    return FALSE;
  if (self->done)
    return TRUE;
  return indexed ? step_by_index (self, tx, limit, rows, error) : step_by_week (self, tx, rows, error);
}

const char *
cr_audit_view_title (int view)
{
  return _ (VIEWS[view].title);
}

const char *
cr_audit_view_code (int view)
{
  return VIEWS[view].code;
}

int
cr_audit_view_named (const char *code)
{
  for (int view = 0; view < CR_N_AUDIT_VIEWS; view++)
    if (g_strcmp0 (VIEWS[view].code, code) == 0)
      return view;
  return -1;
}
