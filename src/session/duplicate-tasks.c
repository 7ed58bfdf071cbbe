#include "duplicate-tasks.h"
#include "chartroom/base/text.h"
#include "chartroom/domain/merge.h"
#include "chartroom/store/desk-stores.h"
#include "chartroom/store/person-charts.h"
#include "chartroom/store/stores.h"
#include "job-rules.h"
#include <string.h>

/* One chart, or known to be two people's.  *settled FALSE without error: nobody has said yet. */
static gboolean
look_at_pair (CrTx *tx, CrId a, CrId b, gboolean *settled, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrDuplicateAnswer) answer = cr_duplicate_answer_of (tx, a, b, &failure);
  gboolean one = failure == NULL && cr_patients_are_one (tx, a, b, &failure);
  *settled = one || (answer != NULL && answer->answer == CR_DUPLICATE_NOT_SAME);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* "000123." and "(000123)" are 000123. */
static char *
strip_marks (const char *word)
{
  gsize from = 0, to = strlen (word);
  while (from < to && g_ascii_ispunct (word[from]))
    from++;
  while (to > from && g_ascii_ispunct (word[to - 1]))
    to--;
  return g_strndup (word + from, to - from);
}

/* NULL without error: no number of a record. */
static CrPatient *
find_patient (CrTx *tx, const char *word, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CrPatient *patient = cr_str_empty (word) ? NULL : cr_patient_by_mrn (tx, word, &failure);
  if (failure != NULL && !g_error_matches (failure, CR_ERROR, CR_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return patient;
}

/* A word of the title that is no number of another record is none to ask about; *found: it is one. */
static gboolean
look_at_word (CrTx *tx, const CrTask *task, const char *word, gboolean *found, gboolean *settled,
              GError **error)
{
  g_autofree char *bare = strip_marks (word);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrPatient) other = find_patient (tx, word, &failure);
  if (other == NULL && failure == NULL && !g_str_equal (bare, word))
    other = find_patient (tx, bare, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (other == NULL || other->id == task->subject_id)
    return TRUE;
  *found = TRUE;
  return look_at_pair (tx, task->subject_id, other->id, settled, error);
}

/* Whom a title without any number means is for people to say: such a task stays. */
static gboolean
settle_task (CrTx *tx, CrTask *task, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (task->title, " ,", -1);
  gboolean found = FALSE, settled = TRUE;
  for (guint i = 0; words[i] != NULL && settled; i++)
    if (!look_at_word (tx, task, words[i], &found, &settled, error))
      return FALSE;
  if (!found || !settled)
    return TRUE;
  g_free (task->status);
  task->status = g_strdup ("done");
  task->done_at = cr_tx_now (tx);
  task->closed_by = cr_tx_person (tx);
  return cr_tx_save (tx, &CR_TASK, task, error);
}

gboolean
cr_duplicate_tasks_settle (CrTx *tx, CrId a, CrId b, GError **error)
{
  g_autoptr (GPtrArray) tasks = cr_tasks (tx, CR_ID_NONE, error);
  for (guint i = 0; tasks != NULL && i < tasks->len; i++) {
    CrTask *task = tasks->pdata[i];
    if (g_strcmp0 (task->kind, "duplicate") == 0 && (task->subject_id == a || task->subject_id == b) &&
        !settle_task (tx, task, error))
      return FALSE;
  }
  return tasks != NULL;
}
