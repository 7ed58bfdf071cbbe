#include "patient-save.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/duplicate-rules.h"
#include "chartroom/domain/merge.h"
#include "chartroom/domain/patient-rules.h"
#include "chartroom/domain/referral.h"
#include "chartroom/domain/scan-rules.h"
#include "job-rules.h"
#include "patient-lines.h"
#include <glib/gi18n.h>

/* ---- candidates ---- */

static void
free_candidate (gpointer data)
{
  CrCandidate *candidate = data;
  cr_patient_free (candidate->patient);
  g_free (candidate->reasons);
  g_free (candidate);
}

static GPtrArray *
coverage_of (const char *member_id)
{
  GPtrArray *coverages = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_coverage_free);
  CrCoverage *coverage = cr_coverage_new ();
  coverage->member_id = g_strdup (member_id);
  g_ptr_array_add (coverages, coverage);
  return coverages;
}

/* A new candidate, or NULL when too little agrees; *failed when it could not be read. */
static CrCandidate *
compare (CrTx *tx, const CrDuplicateSide *form, const CrPatient *other, gboolean *failed, GError **error)
{
  g_autoptr (GPtrArray) names = cr_patient_names (tx, other->id, error);
  g_autoptr (GPtrArray) coverages = names != NULL ? cr_coverages (tx, other->id, error) : NULL;
  CrDuplicateSide side = { other, names, coverages };
  CrDuplicateScore score;
  *failed = coverages == NULL;
  if (*failed)
    return NULL;
  cr_duplicate_score (form, &side, &score);
  if (score.points < CR_DUPLICATE_POSSIBLE) {
    cr_duplicate_score_clear (&score);
    return NULL;
  }
  CrCandidate *candidate = g_new0 (CrCandidate, 1);
  *candidate = (CrCandidate){ cr_patient_copy (other), score.points, score.reasons, score.likely, score.twin,
                              score.relative };
  return candidate;
}

/* A chart that was merged speaks for the one that is kept: found by former data, shown as what it is now. */
static gboolean
show_kept (CrTx *tx, CrCandidate *candidate, GError **error)
{
  if (candidate->patient->merged_into == CR_ID_NONE)
    return TRUE;
  CrPatient *kept = cr_patient_kept (tx, candidate->patient->id, error);
  if (kept == NULL)
    return FALSE;
  cr_patient_free (candidate->patient);
  candidate->patient = kept;
  return TRUE;
}

/* Best first: of one person the best chart stays. */
static void
drop_repeated (GPtrArray *found)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < found->len;) {
    const CrCandidate *candidate = cr_row_peek (found->pdata[i]);
    if (g_hash_table_add (seen, &candidate->patient->id))
      i++;
    else
      g_ptr_array_remove_index (found, i);
  }
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const CrCandidate *one = cr_row_peek (*(CrRow *const *)a), *two = cr_row_peek (*(CrRow *const *)b);
  if (one->points != two->points)
    return two->points - one->points;
  return (one->patient->id > two->patient->id) - (one->patient->id < two->patient->id);
}

gboolean
cr_duplicate_search_job (CrTx *tx, gpointer data, GError **error)
{
  CrDuplicateSearch *self = data;
  g_autoptr (GPtrArray) others = cr_patient_candidates (tx, self->patient, self->member_id, error);
  g_autoptr (GPtrArray) coverages = self->member_id != NULL ? coverage_of (self->member_id) : NULL;
  CrDuplicateSide form = { self->patient, NULL, coverages };
  if (others == NULL)
    return FALSE;
  self->found = cr_rows_new ();
  for (guint i = 0; i < others->len; i++) {
    const CrPatient *other = others->pdata[i];
    gboolean failed = FALSE;
    CrCandidate *candidate = compare (tx, &form, other, &failed, error);
    if (failed)
      return FALSE;
    if (candidate == NULL)
      continue;
    g_ptr_array_add (self->found, cr_row_new (other->id, candidate, free_candidate));
    if (!show_kept (tx, candidate, error))
      return FALSE;
  }
  g_ptr_array_sort (self->found, compare_points);
  drop_repeated (self->found);
  return TRUE;
}

void
cr_duplicate_search_free (gpointer data)
{
  CrDuplicateSearch *self = data;
  cr_patient_free (self->patient);
  g_free (self->member_id);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_blank (const char *typed)
{
  g_autofree char *trimmed = cr_text_trim (typed);
  return cr_str_empty (trimmed);
}

/* ---- saving ---- */

static gboolean
refuse_likely (const CrCandidate *candidate, GError **error)
{
  g_autofree char *name = cr_patient_name_list (candidate->patient);
  g_set_error (
      error, CR_ERROR, CR_ERROR_CONFLICT,
      candidate->twin
          ? _ ("%s, MRN %s, may be a twin or sibling: %s. Say whether this is the same person.")
          : _ ("%s, MRN %s, is likely the same person: %s. Open that chart, or say that it is somebody "
               "else."),
      name, candidate->patient->mrn, candidate->reasons);
  return FALSE;
}

static gboolean
flag_for_review (CrTx *tx, CrId patient_id, const char *numbers, GError **error)
{
  g_autoptr (CrTask) task = cr_task_new ();
  task->patient_id = patient_id;
  task->creator_id = cr_tx_person (tx);
  task->kind = g_strdup ("duplicate");
  task->title = g_strdup_printf (_ ("Possible duplicate of MRN %s"), numbers);
  task->status = g_strdup ("open");
  task->due_on = cr_tx_today (tx);
  task->subject_id = patient_id;
  task->created_at = cr_tx_now (tx);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

/* Judged once: the work-list of duplicates does not ask again. */
static gboolean
remember_not_same (CrTx *tx, CrId patient, CrId other, GError **error)
{
  g_autoptr (CrDuplicateAnswer) answer = cr_duplicate_answer_new ();
  cr_duplicate_answer_pair (answer, patient, other);
  answer->answer = CR_DUPLICATE_NOT_SAME;
  answer->reason = g_strdup (_ ("Said at registration"));
  answer->answered_at = cr_tx_now (tx);
  answer->answered_by = cr_tx_person (tx);
  return cr_tx_save (tx, &CR_DUPLICATE_ANSWER, answer, error);
}

static gboolean
record_answer (CrTx *tx, const CrPatientSaving *self, GPtrArray *rows, GError **error)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++) {
    const CrCandidate *candidate = cr_row_peek (rows->pdata[i]);
    if (!candidate->likely)
      continue;
    if (self->answer == CR_REGISTER_NOT_SAME &&
        !remember_not_same (tx, self->id, candidate->patient->id, error))
      return FALSE;
    g_string_append_printf (numbers, "%s%s", numbers->len > 0 ? ", " : "", candidate->patient->mrn);
  }
  if (numbers->len == 0)
    return TRUE;
  if (self->answer == CR_REGISTER_REVIEW)
    return flag_for_review (tx, self->id, numbers->str, error);
  return cr_tx_audit (tx, "not-the-same-person", CR_PATIENT.name, self->id, self->id, numbers->str, error);
}

/* Searched again inside the job: somebody may have been registered since the form looked. */
static gboolean
check_duplicates (CrTx *tx, const CrPatientSaving *self, const CrPatient *patient, GPtrArray **rows,
                  GError **error)
{
  CrDuplicateSearch search = { .patient = (CrPatient *)patient };
  if (!is_blank (self->typed[CR_PATIENT_MEMBER_ID]))
    search.member_id = self->typed[CR_PATIENT_MEMBER_ID];
  gboolean searched = cr_duplicate_search_job (tx, &search, error);
  *rows = search.found;
  if (!searched)
    return FALSE;
  const CrCandidate *best = search.found->len > 0 ? cr_row_peek (search.found->pdata[0]) : NULL;
  if (self->answer == CR_REGISTER_ASK && best != NULL && best->likely)
    return refuse_likely (best, error);
  return TRUE;
}

/* The picture names its patient, so the patient is there before it. */
static gboolean
take_photo (CrTx *tx, const CrPatientSaving *self, CrPatient *patient, GError **error)
{
  g_autoptr (CrDocument) document = cr_document_new ();
  if (self->no_photo)
    patient->photo_id = CR_ID_NONE;
  if (self->photo == NULL)
    return TRUE;
  document->patient_id = patient->id;
  document->kind = g_strdup ("photo");
  document->title = g_strdup (_ ("Photo of the patient"));
  document->mime = g_strdup (cr_scan_mime (self->photo));
  document->dated = cr_tx_today (tx);
  if (!cr_document_add (tx, document, self->photo, error))
    return FALSE;
  patient->photo_id = document->id;
  return TRUE;
}

static gboolean
register_patient (CrTx *tx, CrPatientSaving *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (CrPatient) patient = cr_patient_new ();
  cr_patient_fields_apply (self->typed, patient, cr_tx_today (tx));
  if (!check_duplicates (tx, self, patient, &rows, error))
    return FALSE;
  patient->mrn = cr_patient_next_mrn (tx, error);
  if (patient->mrn == NULL)
    return FALSE;
  patient->registered_on = patient->verified_on = cr_tx_today (tx);
  cr_patient_index (patient);
  if (!cr_tx_save (tx, &CR_PATIENT, patient, error))
    return FALSE;
  self->id = patient->id;
  return take_photo (tx, self, patient, error) && cr_tx_save (tx, &CR_PATIENT, patient, error) &&
         record_answer (tx, self, rows, error);
}

/* The name under which the person was known is still found. */
static gboolean
keep_former_name (CrTx *tx, const CrPatient *before, const CrPatient *after, GError **error)
{
  g_autofree char *old = cr_text_fold (before->family);
  g_autofree char *new = cr_text_fold (after->family);
  if (*old == '\0' || g_str_equal (old, new))
    return TRUE;
  g_autoptr (CrPatientName) name = cr_patient_name_new ();
  name->patient_id = before->id;
  name->use = g_strdup ("old");
  name->family = g_strdup (before->family);
  name->given = g_strdup (before->given);
  return cr_tx_save (tx, &CR_PATIENT_NAME, name, error);
}

/* Nobody is seen before being born. */
static gboolean
check_first_visit (CrTx *tx, const CrPatient *patient, GError **error)
{
  g_autoptr (GPtrArray) visits = cr_appointments_for_patient (tx, patient->id, error);
  if (visits == NULL)
    return FALSE;
  const CrAppointment *first = visits->len > 0 ? visits->pdata[visits->len - 1] : NULL;
  if (first != NULL && cr_date_is_set (patient->birth_date) &&
      cr_date_compare (patient->birth_date, first->date) > 0)
    return cr_refuse (error, _ ("The birth date lies after the first visit. Correct it."));
  return TRUE;
}

static gboolean
change_patient (CrTx *tx, CrPatientSaving *self, GError **error)
{
  g_autoptr (CrPatient) stored = cr_tx_load (tx, &CR_PATIENT, self->id, error);
  if (stored == NULL)
    return FALSE;
  if (stored->version != self->version)
    return cr_refuse_changed (error);
  g_autoptr (CrPatient) patient = cr_patient_copy (stored);
  cr_patient_fields_apply (self->typed, patient, cr_tx_today (tx));
  cr_patient_index (patient);
  return check_first_visit (tx, patient, error) && keep_former_name (tx, stored, patient, error) &&
         take_photo (tx, self, patient, error) && cr_tx_save (tx, &CR_PATIENT, patient, error);
}

gboolean
cr_patient_save_job (CrTx *tx, gpointer data, GError **error)
{
  CrPatientSaving *self = data;
  gboolean saved =
      self->id == CR_ID_NONE ? register_patient (tx, self, error) : change_patient (tx, self, error);
  return saved && cr_line_save_all (tx, self->id, self->lines, error);
}

void
cr_patient_saving_free (gpointer data)
{
  CrPatientSaving *self = data;
  g_strfreev (self->typed);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->photo, g_bytes_unref);
  g_free (self);
}
