#include "chartroom/session/duplicate-list.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/duplicate-finder.h"
#include "chartroom/store/desk-stores.h"
#include "duplicate-tasks.h"
#include "job-rules.h"
#include "session-private.h"
#include <glib/gi18n.h>

enum {
  SLICE = 1000 /* patients a job */,
  PAIRS = 40 /* pairs a job */,
  LOOKED_AT = 5000 /* pairs that are read for that, at most */
};

struct _CrDuplicateList {
  GObject parent;
  CrSession *session;
  GListStore *open, *answered;
  GArray *pairs; /* CrDuplicatePair, of the last search */
  gboolean running, again;
  char *status;
};

/* One search; goes from job to job. */
typedef struct {
  CrDuplicateList *list;
  CrDuplicateFinder *finder;
  CrId after;
  GArray *pairs;
  guint at;                   /* of pairs: the next to be looked at */
  GPtrArray *open, *answered; /* rows */
  gboolean done;
} Search;

enum { PROP_0, PROP_RUNNING, PROP_STATUS, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrDuplicateList, cr_duplicate_list, G_TYPE_OBJECT)

static void
free_search (Search *search)
{
  g_clear_pointer (&search->finder, cr_duplicate_finder_free);
  g_clear_pointer (&search->pairs, g_array_unref);
  g_clear_pointer (&search->open, g_ptr_array_unref);
  g_clear_pointer (&search->answered, g_ptr_array_unref);
  g_object_unref (search->list);
  g_free (search);
}

static void
free_entry (gpointer data)
{
  CrDuplicateEntry *entry = data;
  cr_patient_free (entry->a);
  cr_patient_free (entry->b);
  cr_duplicate_score_clear (&entry->score);
  cr_duplicate_answer_free (entry->answer);
  g_free (entry->answered_by);
  g_free (entry);
}

static void
set_status (CrDuplicateList *self, gboolean running, const char *status)
{
  g_free (self->status);
  self->status = g_strdup (status);
  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
end_search (Search *search, const GError *error)
{
  g_autoptr (CrDuplicateList) self = g_object_ref (search->list);
  free_search (search);
  set_status (self, FALSE, error != NULL ? error->message : "");
  if (self->again) {
    self->again = FALSE;
    cr_duplicate_list_search (self);
  }
}

/* ---- reading the practice ---- */

/* Those of `records` that are of the patient, from *at on; both are in order of the patient. */
static GPtrArray *
take_of (const GPtrArray *records, gsize patient_offset, CrId patient, guint *at)
{
  GPtrArray *taken = g_ptr_array_new ();
  for (; *at < records->len; (*at)++) {
    CrId of = *(const CrId *)((const char *)records->pdata[*at] + patient_offset);
    if (of > patient)
      break;
    if (of == patient)
      g_ptr_array_add (taken, records->pdata[*at]);
  }
  return taken;
}

static gboolean
slice_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) patients = cr_patients_after (tx, search->after, SLICE, error);
  if (patients == NULL)
    return FALSE;
  search->done = patients->len < SLICE;
  if (patients->len == 0)
    return TRUE;
  CrId first = search->after, last = ((const CrPatient *)patients->pdata[patients->len - 1])->id;
  g_autoptr (GPtrArray) names = cr_patient_names_between (tx, first, last, error);
  g_autoptr (GPtrArray) coverages = names == NULL ? NULL : cr_coverages_between (tx, first, last, error);
  guint name_at = 0, coverage_at = 0;
  for (guint i = 0; coverages != NULL && i < patients->len; i++) {
    const CrPatient *patient = patients->pdata[i];
    g_autoptr (GPtrArray) own_names =
        take_of (names, G_STRUCT_OFFSET (CrPatientName, patient_id), patient->id, &name_at);
    g_autoptr (GPtrArray) own_coverages =
        take_of (coverages, G_STRUCT_OFFSET (CrCoverage, patient_id), patient->id, &coverage_at);
    CrDuplicateSide side = { patient, own_names, own_coverages };
    cr_duplicate_finder_add (search->finder, &side);
  }
  search->after = last;
  return coverages != NULL;
}

static void read_slice (Search *search);
static void compare_beside (Search *search);

static void
slice_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    end_search (search, error);
  else if (search->done)
    compare_beside (search);
  else
    read_slice (search);
}

static void
read_slice (Search *search)
{
  guint n = cr_duplicate_finder_size (search->finder);
  g_autofree char *status = g_strdup_printf (ngettext ("Read %u patient…", "Read %u patients…", n), n);
  set_status (search->list, TRUE, status);
  cr_session_run_async (search->list->session, CR_RIGHT_DEMOGRAPHICS_EDIT, slice_job, search, NULL, slice_cb,
                        search);
}

/* ---- comparing, beside the main loop ---- */

static void
compare_thread_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, cr_duplicate_finder_pairs (data, CR_DUPLICATE_POSSIBLE),
                         (GDestroyNotify)g_array_unref);
}

static void look_at_pairs (Search *search);

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  search->pairs = g_task_propagate_pointer (G_TASK (result), NULL);
  look_at_pairs (search);
}

static void
compare_beside (Search *search)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, compared_cb, search);
  set_status (search->list, TRUE, _ ("Comparing…"));
  g_task_set_task_data (task, g_steal_pointer (&search->finder), (GDestroyNotify)cr_duplicate_finder_free);
  g_task_run_in_thread (task, compare_thread_cb);
}

/* ---- the pairs in full ---- */

static gboolean
score_entry (CrTx *tx, CrDuplicateEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) a_names = cr_patient_names (tx, entry->a->id, error);
  g_autoptr (GPtrArray) b_names = a_names ? cr_patient_names (tx, entry->b->id, error) : NULL;
  g_autoptr (GPtrArray) a_coverages = b_names ? cr_coverages (tx, entry->a->id, error) : NULL;
  g_autoptr (GPtrArray) b_coverages = a_coverages ? cr_coverages (tx, entry->b->id, error) : NULL;
  if (b_coverages == NULL)
    return FALSE;
  CrDuplicateSide one = { entry->a, a_names, a_coverages }, two = { entry->b, b_names, b_coverages };
  cr_duplicate_score (&one, &two, &entry->score);
  return TRUE;
}

static gboolean
read_answer (CrTx *tx, CrDuplicateEntry *entry, GError **error)
{
  g_autoptr (GError) failure = NULL;
  entry->answer = cr_duplicate_answer_of (tx, entry->a->id, entry->b->id, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  CrId by = entry->answer != NULL ? entry->answer->answered_by : CR_ID_NONE;
  g_autoptr (CrPerson) person = by != CR_ID_NONE ? cr_tx_load (tx, &CR_PERSON, by, NULL) : NULL;
  entry->answered_by = person != NULL ? cr_person_short (person) : NULL;
  return TRUE;
}

/* NULL with error; *still: both charts are there, neither was merged. */
static CrDuplicateEntry *
load_entry (CrTx *tx, CrId a, CrId b, gboolean *still, GError **error)
{
  CrDuplicateEntry *entry = g_new0 (CrDuplicateEntry, 1);
  entry->a = cr_tx_load (tx, &CR_PATIENT, a, error);
  entry->b = entry->a != NULL ? cr_tx_load (tx, &CR_PATIENT, b, error) : NULL;
  if (entry->b == NULL || !score_entry (tx, entry, error) || !read_answer (tx, entry, error)) {
    free_entry (entry);
    return NULL;
  }
  *still = entry->a->merged_into == CR_ID_NONE && entry->b->merged_into == CR_ID_NONE;
  return entry;
}

static gboolean
is_answered (const CrDuplicateEntry *entry)
{
  return entry->answer != NULL && entry->answer->answer == CR_DUPLICATE_NOT_SAME;
}

static gboolean
add_pair (CrTx *tx, Search *search, const CrDuplicatePair *pair, GError **error)
{
  gboolean still = FALSE;
  CrDuplicateEntry *entry = load_entry (tx, pair->a, pair->b, &still, error);
  if (entry == NULL)
    return FALSE;
  /* What was answered is in the other list, whatever its points are by now. */
  if (still && !is_answered (entry) && entry->score.points >= CR_DUPLICATE_POSSIBLE && !entry->score.relative)
    g_ptr_array_add (search->open, cr_row_new (pair->a ^ pair->b, entry, free_entry));
  else
    free_entry (entry);
  return TRUE;
}

static gboolean
pairs_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  guint last = MIN (LOOKED_AT, search->pairs->len), end = MIN (search->at + PAIRS, last);
  for (; search->at < end; search->at++)
    if (!add_pair (tx, search, &g_array_index (search->pairs, CrDuplicatePair, search->at), error))
      return FALSE;
  search->done = search->at == last || search->open->len >= CR_DUPLICATES_SHOWN;
  return TRUE;
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const CrDuplicateEntry *one = cr_row_peek (*(CrRow *const *)a), *two = cr_row_peek (*(CrRow *const *)b);
  CrInstant first = one->answer->answered_at, second = two->answer->answered_at;
  return (first < second) - (first > second);
}

static gboolean
answers_job (CrTx *tx, gpointer data, GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) answers = cr_duplicate_answers (tx, error);
  for (guint i = 0; answers != NULL && i < answers->len; i++) {
    const CrDuplicateAnswer *answer = answers->pdata[i];
    gboolean still;
    if (answer->answer != CR_DUPLICATE_NOT_SAME)
      continue;
    CrDuplicateEntry *entry = load_entry (tx, answer->patient_id, answer->other_patient_id, &still, error);
    if (entry == NULL)
      return FALSE;
    g_ptr_array_add (search->answered, cr_row_new (answer->id, entry, free_entry));
  }
  g_ptr_array_sort (search->answered, compare_answers);
  return answers != NULL;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const CrDuplicateEntry *one = cr_row_peek (*(CrRow *const *)a), *two = cr_row_peek (*(CrRow *const *)b);
  if ((one->answer != NULL) != (two->answer != NULL))
    return one->answer != NULL ? 1 : -1;
  if (one->score.points != two->score.points)
    return two->score.points - one->score.points;
  return g_strcmp0 (one->a->search, two->a->search);
}

static void
answers_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  CrDuplicateList *self = search->list;
  g_autoptr (GError) error = NULL;
  if (cr_session_finish (result, &error)) {
    g_ptr_array_sort (search->open, compare_entries);
    g_clear_pointer (&self->pairs, g_array_unref);
    self->pairs = g_array_ref (search->pairs);
    cr_rows_sync (self->open, search->open, NULL);
    cr_rows_sync (self->answered, search->answered, NULL);
  }
  end_search (search, error);
}

static void
pairs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;
  if (!cr_session_finish (result, &error))
    end_search (search, error);
  else if (!search->done)
    look_at_pairs (search);
  else
    cr_session_run_async (search->list->session, CR_RIGHT_DEMOGRAPHICS_EDIT, answers_job, search, NULL,
                          answers_cb, search);
}

static void
look_at_pairs (Search *search)
{
  search->done = FALSE;
  cr_session_run_async (search->list->session, CR_RIGHT_DEMOGRAPHICS_EDIT, pairs_job, search, NULL, pairs_cb,
                        search);
}

/* ---- the object ---- */

static Search *
new_search (CrDuplicateList *self)
{
  Search *search = g_new0 (Search, 1);
  search->list = g_object_ref (self);
  search->open = cr_rows_new ();
  search->answered = cr_rows_new ();
  return search;
}

/* Answers and merges change what is listed, not which pairs there are. */
static void
changed_cb (CrSession *session, const char *kind, gint64 id, gint64 patient_id, gpointer data)
{
  CrDuplicateList *self = data;
  if (!g_str_equal (kind, CR_DUPLICATE_ANSWER.name) && !g_str_equal (kind, CR_PATIENT_MERGE.name))
    return;
  if (self->running || self->pairs == NULL) {
    self->again = TRUE;
    return;
  }
  Search *search = new_search (self);
  search->pairs = g_array_ref (self->pairs);
  set_status (self, TRUE, "");
  look_at_pairs (search);
}

static void
cr_duplicate_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CrDuplicateList *self = CR_DUPLICATE_LIST (object);
  if (id == PROP_RUNNING)
    g_value_set_boolean (value, self->running);
  else if (id == PROP_STATUS)
    g_value_set_string (value, self->status);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cr_duplicate_list_finalize (GObject *object)
{
  CrDuplicateList *self = CR_DUPLICATE_LIST (object);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_object_unref (self->open);
  g_object_unref (self->answered);
  g_object_unref (self->session);
  g_free (self->status);
  G_OBJECT_CLASS (cr_duplicate_list_parent_class)->finalize (object);
}

static void
cr_duplicate_list_class_init (CrDuplicateListClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = cr_duplicate_list_get_property;
  object_class->finalize = cr_duplicate_list_finalize;
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cr_duplicate_list_init (CrDuplicateList *self)
{
  self->open = g_list_store_new (CR_TYPE_ROW);
  self->answered = g_list_store_new (CR_TYPE_ROW);
  self->status = g_strdup ("");
}

CrDuplicateList *
cr_duplicate_list_new (CrSession *session)
{
  g_return_val_if_fail (CR_IS_SESSION (session), NULL);
  CrDuplicateList *self = g_object_new (CR_TYPE_DUPLICATE_LIST, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  cr_duplicate_list_search (self);
  return self;
}

void
cr_duplicate_list_search (CrDuplicateList *self)
{
  g_return_if_fail (CR_IS_DUPLICATE_LIST (self));
  if (self->running) {
    self->again = TRUE;
    return;
  }
  Search *search = new_search (self);
  search->finder = cr_duplicate_finder_new ();
  read_slice (search);
}

gboolean
cr_duplicate_list_is_running (CrDuplicateList *self)
{
  g_return_val_if_fail (CR_IS_DUPLICATE_LIST (self), FALSE);
  return self->running;
}

GListModel *
cr_duplicate_list_get_open (CrDuplicateList *self)
{
  g_return_val_if_fail (CR_IS_DUPLICATE_LIST (self), NULL);
  return G_LIST_MODEL (self->open);
}

GListModel *
cr_duplicate_list_get_answered (CrDuplicateList *self)
{
  g_return_val_if_fail (CR_IS_DUPLICATE_LIST (self), NULL);
  return G_LIST_MODEL (self->answered);
}

/* ---- answering ---- */

typedef struct {
  CrId a, b;
  int judgement;
  char *reason;
} Answering;

static void
free_answering (gpointer data)
{
  g_free (((Answering *)data)->reason);
  g_free (data);
}

static gboolean
answer_job (CrTx *tx, gpointer data, GError **error)
{
  const Answering *self = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrDuplicateAnswer) answer = cr_duplicate_answer_of (tx, self->a, self->b, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (answer == NULL)
    answer = cr_duplicate_answer_new ();
  cr_duplicate_answer_pair (answer, self->a, self->b);
  answer->answer = self->judgement;
  g_free (answer->reason);
  answer->reason = cr_text_trim (self->reason);
  answer->answered_at = cr_tx_now (tx);
  answer->answered_by = cr_tx_person (tx);
  return cr_tx_save (tx, &CR_DUPLICATE_ANSWER, answer, error) &&
         (self->judgement != CR_DUPLICATE_NOT_SAME ||
          cr_duplicate_tasks_settle (tx, self->a, self->b, error));
}

void
cr_duplicate_answer_async (CrSession *session, CrId a, CrId b, CrDuplicateJudgement judgement,
                           const char *reason, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  Answering *self = g_new0 (Answering, 1);
  *self = (Answering){ a, b, judgement, g_strdup (reason) };
  cr_session_run_async (session, CR_RIGHT_DEMOGRAPHICS_EDIT, answer_job, self, free_answering, cb, data);
}
