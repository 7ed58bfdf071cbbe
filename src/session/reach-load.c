#include "chartroom/session/reach-load.h"
#include "chartroom/base/text.h"
#include "chartroom/store/person-charts.h"
#include "chartroom/store/stores.h"

/* A chart that was merged speaks as the one that is kept; under the id of the link. */
static gboolean
add_linked (CrTx *tx, const CrRelatedPerson *person, GPtrArray *linked, GError **error)
{
  if (person->other_patient_id == CR_ID_NONE)
    return TRUE;
  CrPatient *chart = cr_patient_kept (tx, person->other_patient_id, error);
  if (chart == NULL)
    return FALSE;
  chart->id = person->other_patient_id;
  g_ptr_array_add (linked, chart);
  return TRUE;
}

gboolean
cr_reach_load (CrTx *tx, const CrPatient *patient, CrReach **out, GError **error)
{
  g_autoptr (GPtrArray) linked = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_patient_free);
  g_autoptr (GPtrArray) people = NULL;
  *out = NULL;
  if (!cr_str_empty (patient->phone) && !cr_str_empty (patient->address))
    return TRUE;
  people = cr_related_persons (tx, patient->id, error);
  for (guint i = 0; people != NULL && i < people->len; i++)
    if (!add_linked (tx, people->pdata[i], linked, error))
      return FALSE;
  if (people != NULL)
    *out = cr_reach_find (patient, people, linked, cr_tx_today (tx));
  return people != NULL;
}

gboolean
cr_visits_find_reach (CrTx *tx, GPtrArray *visits, GError **error)
{
  for (guint i = 0; i < visits->len; i++) {
    CrVisit *visit = visits->pdata[i];
    if (cr_str_empty (visit->patient->phone) && !cr_reach_load (tx, visit->patient, &visit->reach, error))
      return FALSE;
  }
  return TRUE;
}
