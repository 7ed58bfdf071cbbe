#include "chartroom/session/patient-merge.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/merge-rules.h"
#include "chartroom/store/desk-stores.h"
#include "chartroom/store/patient-merge.h"
#include "duplicate-tasks.h"
#include "job-rules.h"
#include "live-list.h"
#include "second-person-private.h"
#include <glib/gi18n.h>

enum { LISTED_DAYS = 400 };

typedef struct {
  CrId kept, gone, merge;
  char *reason;
  CrSecondPerson *second;
  CrMergePreview *preview; /* result */
} Merging;

static void
free_merging (gpointer data)
{
  Merging *merging = data;
  g_clear_pointer (&merging->preview, cr_merge_preview_free);
  g_clear_object (&merging->second);
  g_free (merging->reason);
  g_free (merging);
}

static void
free_line (gpointer data)
{
  CrMergeLine *line = data;
  g_free (line->kept);
  g_free (line->gone);
  g_free (line->after);
  g_free (line);
}

/* ---- side by side ---- */

/* Takes the texts; NULL is nothing. */
static void
add_line (GPtrArray *lines, const char *label, char *kept, char *gone, char *after)
{
  CrMergeLine *line = g_new0 (CrMergeLine, 1);
  *line = (CrMergeLine){ label, kept != NULL ? kept : g_strdup (""), gone != NULL ? gone : g_strdup (""),
                         after != NULL ? after : g_strdup (""), FALSE };
  line->differs = !g_str_equal (line->kept, line->gone);
  g_ptr_array_add (lines, line);
}

static char *
phone_of (const CrPatient *p)
{
  return p->phone != NULL ? cr_phone_format (p->phone) : NULL;
}

static char *
birth_of (const CrPatient *p)
{
  return cr_date_is_set (p->birth_date) ? cr_date_format (p->birth_date) : NULL;
}

static char *
death_of (const CrPatient *p)
{
  return cr_date_is_set (p->death_date) ? cr_date_format (p->death_date) : NULL;
}

static char *
sex_of (const CrPatient *p)
{
  return g_strdup (cr_sex_word (p->sex));
}

static char *
email_of (const CrPatient *p)
{
  return g_strdup (p->email);
}

static char *
language_of (const CrPatient *p)
{
  return g_strdup (p->interpreter != NULL ? p->interpreter : p->language);
}

static char *
mrn_of (const CrPatient *p)
{
  return g_strdup (p->mrn);
}

static char *
restricted_of (const CrPatient *p)
{
  return g_strdup (p->restricted ? _ ("Restricted chart") : NULL);
}

static char *
registered_of (const CrPatient *p)
{
  return cr_date_is_set (p->registered_on) ? cr_date_format (p->registered_on) : NULL;
}

static const struct {
  const char *label;
  char *(*text) (const CrPatient *p);
} IDENTITY[] = {
  { N_ ("Record number"), mrn_of },
  { N_ ("Name"), cr_patient_name_display },
  { N_ ("Date of birth"), birth_of },
  { N_ ("Sex"), sex_of },
  { N_ ("Phone"), phone_of },
  { N_ ("Address"), cr_patient_address },
  { N_ ("Email"), email_of },
  { N_ ("Language"), language_of },
  { N_ ("Died"), death_of },
  { N_ ("Access"), restricted_of },
  { N_ ("Registered"), registered_of },
};

static void
compare_identity (CrMergePreview *preview)
{
  g_autoptr (CrPatient) after = cr_patient_copy (preview->kept);
  cr_merge_fill (after, preview->gone);
  for (guint i = 0; i < G_N_ELEMENTS (IDENTITY); i++)
    add_line (preview->lines, _ (IDENTITY[i].label), IDENTITY[i].text (preview->kept),
              IDENTITY[i].text (preview->gone), IDENTITY[i].text (after));
}

/* What a chart has, by what a person would call it.  The numbers alone: an administrator may not read more.
 */
static const struct {
  const char *label;
  const CrRecordClass *klass;
} RECORDS[] = {
  { N_ ("Appointments"), &CR_APPOINTMENT },
  { N_ ("Visits"), &CR_ENCOUNTER },
  { N_ ("Notes"), &CR_NOTE },
  { N_ ("Problems"), &CR_PROBLEM },
  { N_ ("Allergies"), &CR_ALLERGY },
  { N_ ("Medications"), &CR_MEDICATION },
  { N_ ("Prescriptions"), &CR_PRESCRIPTION },
  { N_ ("Vital signs and results"), &CR_OBSERVATION },
  { N_ ("Documents"), &CR_DOCUMENT },
  { N_ ("Referrals"), &CR_REFERRAL },
  { N_ ("Insurance"), &CR_COVERAGE },
  { N_ ("Relatives"), &CR_RELATED_PERSON },
  { N_ ("Consents"), &CR_CONSENT },
  { N_ ("Tasks"), &CR_TASK },
};

static char *
number (gint64 n)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, n);
}

static gboolean
count_records (CrTx *tx, CrMergePreview *preview, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (RECORDS); i++) {
    gint64 kept = cr_chart_count (tx, RECORDS[i].klass, preview->kept->id, error);
    gint64 gone = kept < 0 ? -1 : cr_chart_count (tx, RECORDS[i].klass, preview->gone->id, error);
    if (gone < 0)
      return FALSE;
    if (kept + gone == 0)
      continue;
    add_line (preview->records, _ (RECORDS[i].label), number (kept), number (gone), number (kept + gone));
    ((CrMergeLine *)preview->records->pdata[preview->records->len - 1])->differs = FALSE; /* both are kept */
  }
  return TRUE;
}

static gboolean
score (CrTx *tx, CrMergePreview *preview, GError **error)
{
  g_autoptr (GPtrArray) kept_names = cr_patient_names (tx, preview->kept->id, error);
  g_autoptr (GPtrArray) gone_names = kept_names ? cr_patient_names (tx, preview->gone->id, error) : NULL;
  g_autoptr (GPtrArray) kept_cover = gone_names ? cr_coverages (tx, preview->kept->id, error) : NULL;
  g_autoptr (GPtrArray) gone_cover = kept_cover ? cr_coverages (tx, preview->gone->id, error) : NULL;
  if (gone_cover == NULL)
    return FALSE;
  CrDuplicateSide one = { preview->kept, kept_names, kept_cover };
  CrDuplicateSide two = { preview->gone, gone_names, gone_cover };
  cr_duplicate_score (&one, &two, &preview->score);
  return TRUE;
}

static gboolean
preview_job (CrTx *tx, gpointer data, GError **error)
{
  Merging *self = data;
  g_autoptr (CrMergePreview) preview = g_new0 (CrMergePreview, 1);
  preview->lines = g_ptr_array_new_with_free_func (free_line);
  preview->records = g_ptr_array_new_with_free_func (free_line);
  preview->kept = cr_tx_load (tx, &CR_PATIENT, self->kept, error);
  preview->gone = preview->kept == NULL ? NULL : cr_tx_load (tx, &CR_PATIENT, self->gone, error);
  if (preview->gone == NULL || !score (tx, preview, error) || !count_records (tx, preview, error))
    return FALSE;
  compare_identity (preview);
  preview->objection = cr_merge_objection (preview->kept, preview->gone);
  self->preview = g_steal_pointer (&preview);
  return cr_tx_audit (tx, "view", CR_PATIENT.name, self->kept, self->kept, "merge", error) &&
         cr_tx_audit (tx, "view", CR_PATIENT.name, self->gone, self->gone, "merge", error);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Merging *self = g_task_get_task_data (task);
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->preview), (GDestroyNotify)cr_merge_preview_free);
  else
    g_task_return_error (task, error);
}

void
cr_merge_preview_free (CrMergePreview *preview)
{
  cr_patient_free (preview->kept);
  cr_patient_free (preview->gone);
  cr_duplicate_score_clear (&preview->score);
  g_clear_pointer (&preview->lines, g_ptr_array_unref);
  g_clear_pointer (&preview->records, g_ptr_array_unref);
  g_free (preview->objection);
  g_free (preview);
}

void
cr_merge_preview_async (CrSession *session, CrId kept, CrId gone, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *task = g_task_new (session, NULL, cb, data);
  Merging *self = g_new0 (Merging, 1);
  self->kept = kept;
  self->gone = gone;
  g_task_set_task_data (task, self, free_merging);
  cr_session_run_async (session, CR_RIGHT_DEMOGRAPHICS_EDIT, preview_job, self, NULL, previewed_cb, task);
}

CrMergePreview *
cr_merge_preview_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- merging and undoing ---- */

/* The second person answers for it, so they must be one who may change patient details. */
static gboolean
merge_job (CrTx *tx, gpointer data, GError **error)
{
  Merging *self = data;
  CrStoreUser *second = cr_second_person_get_user (self->second);
  if (!cr_roles_allow (cr_store_user_person (second)->roles, CR_RIGHT_DEMOGRAPHICS_EDIT))
    return cr_refuse (error,
                      _ ("The second person may not change patient details. Ask somebody else to sign."));
  CrMergeOrder order = { self->kept, self->gone, self->reason, second };
  g_autoptr (CrPatientMerge) merge = cr_patients_merge (tx, &order, error);
  return merge != NULL && cr_duplicate_tasks_settle (tx, self->kept, self->gone, error);
}

static gboolean
undo_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_patients_unmerge (tx, ((Merging *)data)->merge, error);
}

void
cr_merge_async (CrSession *session, CrId kept, CrId gone, const char *reason, CrSecondPerson *second,
                GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session) && CR_IS_SECOND_PERSON (second));
  Merging *self = g_new0 (Merging, 1);
  *self = (Merging){ kept, gone, CR_ID_NONE, g_strdup (reason), g_object_ref (second), NULL };
  cr_session_run_async (session, CR_RIGHT_ADMIN, merge_job, self, free_merging, cb, data);
}

void
cr_merge_undo_async (CrSession *session, CrId merge, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Merging *self = g_new0 (Merging, 1);
  self->merge = merge;
  cr_session_run_async (session, CR_RIGHT_ADMIN, undo_job, self, free_merging, cb, data);
}

/* ---- what was merged ---- */

static void
free_pair (gpointer data)
{
  CrMergedPair *pair = data;
  cr_patient_merge_free (pair->merge);
  cr_patient_free (pair->kept);
  cr_patient_free (pair->gone);
  g_free (pair->by);
  g_free (pair->second);
  g_free (pair->undone_by);
  g_free (pair->objection);
  g_free (pair);
}

static char *
name_of (CrTx *tx, CrId person)
{
  g_autoptr (CrPerson) found = person != CR_ID_NONE ? cr_tx_load (tx, &CR_PERSON, person, NULL) : NULL;
  return found != NULL ? cr_person_short (found) : NULL;
}

static CrMergedPair *
new_pair (CrTx *tx, CrClock *clock, const CrPatientMerge *merge, GError **error)
{
  g_autoptr (CrPatient) kept = cr_tx_load (tx, &CR_PATIENT, merge->kept_id, error);
  g_autoptr (CrPatient) gone = kept == NULL ? NULL : cr_tx_load (tx, &CR_PATIENT, merge->gone_id, error);
  if (gone == NULL)
    return NULL;
  CrMergedPair *pair = g_new0 (CrMergedPair, 1);
  pair->merge = cr_patient_merge_copy (merge);
  pair->kept = g_steal_pointer (&kept);
  pair->gone = g_steal_pointer (&gone);
  pair->by = name_of (tx, merge->merged_by);
  pair->second = name_of (tx, merge->second_person_id);
  pair->undone_by = name_of (tx, merge->undone_by);
  pair->objection = cr_merge_undo_objection (merge, clock, cr_tx_now (tx));
  return pair;
}

static GPtrArray *
load_merges (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_rows_new ();
  CrInstant since = cr_tx_now (tx) - LISTED_DAYS * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) merges = cr_patient_merges (tx, since, error);
  for (guint i = 0; merges != NULL && i < merges->len; i++) {
    const CrPatientMerge *merge = merges->pdata[i];
    CrMergedPair *pair = new_pair (tx, data, merge, error);
    if (pair == NULL)
      return NULL;
    g_ptr_array_add (rows, cr_row_new (merge->id, pair, free_pair));
  }
  return merges != NULL ? g_steal_pointer (&rows) : NULL;
}

GListModel *
cr_merge_list_new (CrSession *session)
{
  static const CrRecordClass *const classes[] = { &CR_PATIENT_MERGE, &CR_PATIENT, NULL };
  static const CrLiveSource source = { CR_RIGHT_ADMIN, classes, load_merges, NULL };
  return cr_live_list_new (session, &source, cr_clock_ref (cr_session_get_clock (session)),
                           (GDestroyNotify)cr_clock_unref);
}
