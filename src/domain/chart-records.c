#include "chartroom/domain/chart-records.h"

/* Every array of the struct with what frees its items. */
static const struct {
  gsize offset;
  GDestroyNotify free_item;
} ARRAYS[] = {
#define ARRAY(member, function)                                                                              \
  {                                                                                                          \
    G_STRUCT_OFFSET (CrChartRecords, member), (GDestroyNotify)function                                       \
  }
  ARRAY (people, cr_person_free),
  ARRAY (contacts, cr_contact_free),
  ARRAY (patient_names, cr_patient_name_free),
  ARRAY (contact_points, cr_contact_point_free),
  ARRAY (related_persons, cr_related_person_free),
  ARRAY (coverages, cr_coverage_free),
  ARRAY (former_coverages, cr_coverage_free),
  ARRAY (consents, cr_consent_free),
  ARRAY (directives, cr_directive_free),
  ARRAY (appointments, cr_appointment_free),
  ARRAY (encounters, cr_encounter_free),
  ARRAY (problems, cr_problem_free),
  ARRAY (allergies, cr_allergy_free),
  ARRAY (medications, cr_medication_free),
  ARRAY (prescriptions, cr_prescription_free),
  ARRAY (vitals, cr_observation_free),
  ARRAY (results, cr_observation_free),
  ARRAY (notes, cr_note_free),
  ARRAY (addenda, cr_addendum_free),
  ARRAY (immunizations, cr_immunization_free),
  ARRAY (procedures, cr_procedure_free),
  ARRAY (family, cr_family_history_free),
  ARRAY (social, cr_social_history_free),
  ARRAY (documents, cr_document_free),
  ARRAY (referrals, cr_referral_free),
#undef ARRAY
};

static GPtrArray **
array_at (CrChartRecords *self, guint i)
{
  return (GPtrArray **)((char *)self + ARRAYS[i].offset);
}

CrChartRecords *
cr_chart_records_new (void)
{
  CrChartRecords *self = g_new0 (CrChartRecords, 1);
  for (guint i = 0; i < G_N_ELEMENTS (ARRAYS); i++)
    *array_at (self, i) = g_ptr_array_new_with_free_func (ARRAYS[i].free_item);
  return self;
}

void
cr_chart_records_free (CrChartRecords *self)
{
  if (self == NULL)
    return;
  cr_practice_free (self->practice);
  cr_patient_free (self->patient);
  cr_reach_free (self->reach);
  for (guint i = 0; i < G_N_ELEMENTS (ARRAYS); i++)
    g_clear_pointer (array_at (self, i), g_ptr_array_unref);
  g_free (self);
}

const CrPerson *
cr_chart_records_person (const CrChartRecords *self, CrId id)
{
  for (guint i = 0; i < self->people->len; i++) {
    const CrPerson *person = self->people->pdata[i];
    if (person->id == id)
      return person;
  }
  return NULL;
}

const CrContact *
cr_chart_records_contact (const CrChartRecords *self, CrId id)
{
  for (guint i = 0; i < self->contacts->len; i++) {
    const CrContact *contact = self->contacts->pdata[i];
    if (contact->id == id)
      return contact;
  }
  return NULL;
}
