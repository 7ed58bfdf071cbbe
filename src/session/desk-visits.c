/* A patient's appointments with what a paper of the desk shows of them. */
#include "chartroom/session/visit-desk.h"

/* NULL: not there. */
static gconstpointer
find (GListModel *list, CrId id)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (list, i);
    if (cr_row_get_id (row) == id)
      return cr_row_peek (row); /* the list keeps it */
  }
  return NULL;
}

GPtrArray *
cr_desk_visits (CrSession *session, const CrChartRecords *records)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func ((GDestroyNotify)cr_visit_free);
  for (guint i = 0; i < records->appointments->len; i++) {
    const CrAppointment *a = records->appointments->pdata[i];
    const CrVisitType *type = find (cr_session_get_visit_types (session), a->visit_type_id);
    const CrRoom *room = find (cr_session_get_rooms (session), a->room_id);
    const CrPerson *person = find (cr_session_get_people (session), a->person_id);
    CrVisit *visit = g_new0 (CrVisit, 1);
    visit->appointment = cr_appointment_copy (a);
    visit->patient = cr_patient_copy (records->patient);
    visit->reach = cr_reach_copy (records->reach);
    visit->type_code = g_strdup (type != NULL ? type->code : NULL);
    visit->type_name = g_strdup (type != NULL ? type->name : NULL);
    visit->room_name = g_strdup (room != NULL ? room->name : NULL);
    visit->clinician = person != NULL ? cr_person_short (person) : NULL;
    g_ptr_array_add (visits, visit);
  }
  return visits;
}

const CrCoverage *
cr_desk_coverage (const CrChartRecords *records)
{
  const CrCoverage *first = NULL;
  for (guint i = 0; i < records->coverages->len; i++) {
    const CrCoverage *coverage = records->coverages->pdata[i];
    if (coverage->payer != NULL && (first == NULL || coverage->rank < first->rank))
      first = coverage;
  }
  return first;
}
