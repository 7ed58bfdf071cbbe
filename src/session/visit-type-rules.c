#include "chartroom/session/visit-type-rules.h"
#include "admin-rules.h"
#include "session-private.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/store/desk-stores.h"
#include <glib/gi18n.h>

enum { ONE_ROOM = 1 }; /* the choice among rooms */

static CrVisitTypeRules *
rules_new (void)
{
  CrVisitTypeRules *rules = g_new0 (CrVisitTypeRules, 1);
  rules->people = g_array_new (FALSE, FALSE, sizeof (CrId));
  rules->rooms = g_array_new (FALSE, FALSE, sizeof (CrId));
  rules->equipment = g_array_new (FALSE, FALSE, sizeof (CrId));
  return rules;
}

void
cr_visit_type_rules_free (CrVisitTypeRules *rules)
{
  if (rules == NULL)
    return;
  cr_visit_type_free (rules->type);
  g_array_unref (rules->people);
  g_array_unref (rules->rooms);
  g_array_unref (rules->equipment);
  g_free (rules);
}

gboolean
cr_visit_type_rules_have (const GArray *ids, CrId id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, CrId, i) == id)
      return TRUE;
  return FALSE;
}

/* ---- reading ---- */

typedef struct {
  CrId type;
  CrVisitTypeRules *rules;
} Loading;

static void
free_loading (gpointer data)
{
  Loading *loading = data;
  cr_visit_type_rules_free (loading->rules);
  g_free (loading);
}

static gboolean
load_job (CrTx *tx, gpointer data, GError **error)
{
  Loading *loading = data;
  CrVisitTypeRules *rules = loading->rules = rules_new ();
  rules->type = cr_tx_load (tx, &CR_VISIT_TYPE, loading->type, error);
  g_autoptr (GPtrArray) people =
      rules->type != NULL ? cr_visit_type_persons_of (tx, loading->type, error) : NULL;
  g_autoptr (GPtrArray) needs = people != NULL ? cr_visit_type_needs_of (tx, loading->type, error) : NULL;
  if (needs == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    const CrVisitTypePerson *row = people->pdata[i];
    if (row->active)
      g_array_append_val (rules->people, row->person_id);
  }
  for (guint i = 0; i < needs->len; i++) {
    const CrVisitTypeNeed *row = needs->pdata[i];
    if (row->active)
      g_array_append_val (row->choice == CR_INT_NONE ? rules->equipment : rules->rooms, row->room_id);
  }
  return TRUE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) answer = data;
  GError *error = NULL;
  if (cr_session_finish (result, &error))
    g_task_return_boolean (answer, TRUE);
  else
    g_task_return_error (answer, error);
}

void
cr_visit_type_rules_load_async (CrSession *session, CrId type, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  GTask *answer = g_task_new (session, NULL, cb, data);
  Loading *loading = g_new0 (Loading, 1);
  loading->type = type;
  g_task_set_task_data (answer, loading, free_loading);
  cr_session_run_async (session, CR_RIGHT_ADMIN, load_job, loading, NULL, loaded_cb, answer);
}

CrVisitTypeRules *
cr_visit_type_rules_load_finish (GAsyncResult *result, GError **error)
{
  Loading *loading = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&loading->rules) : NULL;
}

/* ---- writing ---- */

static gboolean
save_type (CrTx *tx, const CrVisitTypeRules *rules, GError **error)
{
  g_autoptr (CrVisitType) stored = cr_tx_load (tx, &CR_VISIT_TYPE, rules->type->id, error);
  if (stored == NULL || !cr_admin_check_record (tx, &CR_VISIT_TYPE, rules->type, error))
    return FALSE;
  return cr_record_equal (&CR_VISIT_TYPE, stored, rules->type) ||
         cr_tx_save (tx, &CR_VISIT_TYPE, rules->type, error);
}

static gboolean
save_people (CrTx *tx, const CrVisitTypeRules *rules, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_visit_type_persons_of (tx, rules->type->id, error);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    CrVisitTypePerson *row = rows->pdata[i];
    gboolean wanted = cr_visit_type_rules_have (rules->people, row->person_id);
    g_array_append_val (known, row->person_id);
    if (row->active == wanted)
      continue;
    row->active = wanted;
    if (!cr_tx_save (tx, &CR_VISIT_TYPE_PERSON, row, error))
      return FALSE;
  }
  for (guint i = 0; rows != NULL && i < rules->people->len; i++) {
    CrId person = g_array_index (rules->people, CrId, i);
    g_autoptr (CrVisitTypePerson) row = cr_visit_type_person_new ();
    row->visit_type_id = rules->type->id;
    row->person_id = person;
    row->active = TRUE;
    if (!cr_visit_type_rules_have (known, person) && !cr_tx_save (tx, &CR_VISIT_TYPE_PERSON, row, error))
      return FALSE;
  }
  return rows != NULL;
}

/* Whether it is needed, and as one of the rooms or by itself. */
static gboolean
is_needed (const CrVisitTypeRules *rules, CrId room, gint64 *choice)
{
  gboolean one = cr_visit_type_rules_have (rules->rooms, room);
  *choice = one ? ONE_ROOM : CR_INT_NONE;
  return one || cr_visit_type_rules_have (rules->equipment, room);
}

static gboolean
add_needs (CrTx *tx, const CrVisitTypeRules *rules, const GArray *ids, const GArray *known, GError **error)
{
  for (guint i = 0; i < ids->len; i++) {
    CrId room = g_array_index (ids, CrId, i);
    g_autoptr (CrVisitTypeNeed) row = cr_visit_type_need_new ();
    row->visit_type_id = rules->type->id;
    row->room_id = room;
    row->active = is_needed (rules, room, &row->choice);
    if (!cr_visit_type_rules_have (known, room) && !cr_tx_save (tx, &CR_VISIT_TYPE_NEED, row, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
save_needs (CrTx *tx, const CrVisitTypeRules *rules, GError **error)
{
  g_autoptr (GPtrArray) rows = cr_visit_type_needs_of (tx, rules->type->id, error);
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (CrId));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    CrVisitTypeNeed *row = rows->pdata[i];
    gint64 choice;
    gboolean wanted = is_needed (rules, row->room_id, &choice);
    g_array_append_val (known, row->room_id);
    if (row->active == wanted && (!wanted || row->choice == choice))
      continue;
    row->active = wanted;
    row->choice = choice;
    if (!cr_tx_save (tx, &CR_VISIT_TYPE_NEED, row, error))
      return FALSE;
  }
  return rows != NULL && add_needs (tx, rules, rules->rooms, known, error) &&
         add_needs (tx, rules, rules->equipment, known, error);
}

static gboolean
save_job (CrTx *tx, gpointer data, GError **error)
{
  const CrVisitTypeRules *rules = data;
  return save_type (tx, rules, error) && save_people (tx, rules, error) && save_needs (tx, rules, error);
}

void
cr_visit_type_rules_save_async (CrSession *session, CrVisitTypeRules *rules, GAsyncReadyCallback cb,
                                gpointer data)
{
  g_return_if_fail (CR_IS_SESSION (session));
  cr_session_run_async (session, CR_RIGHT_ADMIN, save_job, rules, (GDestroyNotify)cr_visit_type_rules_free,
                        cb, data);
}
