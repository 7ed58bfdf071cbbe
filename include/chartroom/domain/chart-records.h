/* Everything of one patient's chart that a view or a document reads, as plain records.
 * Arrays are GPtrArrays with a free function; never NULL; empty where the role may not read them. */
#pragma once
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/person.h"
#include "chartroom/domain/practice.h"
#include "chartroom/domain/reach.h"
#include "chartroom/domain/referral.h"

typedef struct {
  CrPractice *practice;
  CrPatient *patient;
  CrReach *reach;      /* whom to call or write to instead of the patient; NULL: nobody */
  gboolean clinical;   /* FALSE: the person may not read clinical records, their arrays are empty */
  GPtrArray *people;   /* CrPerson: everybody who works here */
  GPtrArray *contacts; /* CrContact */
  GPtrArray *patient_names, *contact_points, *related_persons, *coverages, *consents, *directives;
  GPtrArray *former_coverages; /* those that have ended; nobody is billed by them */
  GPtrArray *appointments, *encounters;
  GPtrArray *problems, *allergies, *medications, *prescriptions;
  GPtrArray *vitals, *results; /* CrObservation, newest first; results: laboratory and other */
  GPtrArray *notes, *addenda, *immunizations, *procedures, *family, *social;
  GPtrArray *documents, *referrals;
} CrChartRecords;

CrChartRecords *cr_chart_records_new (void); /* all arrays empty, practice and patient NULL */
void cr_chart_records_free (CrChartRecords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrChartRecords, cr_chart_records_free)
const CrPerson *cr_chart_records_person (const CrChartRecords *self, CrId id);   /* NULL: unknown */
const CrContact *cr_chart_records_contact (const CrChartRecords *self, CrId id); /* NULL: unknown */
