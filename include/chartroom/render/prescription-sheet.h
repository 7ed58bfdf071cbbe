/* Prescriptions for a wet signature (UX 6.2): controlled drugs one per page, others up to four. */
#pragma once
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/medication.h"
#include "chartroom/render/imprint.h"

#define CR_PRESCRIPTIONS_PER_PAGE 4

typedef struct {
  const CrImprint *imprint;
  const CrPatient *patient;
  const CrPerson *prescriber;
  const GPtrArray *prescriptions; /* CrPrescription of that patient and prescriber; drafts print as DRAFT */
  const GPtrArray *allergies;     /* active CrAllergy; the statement is the patient's allergy_status */
  const CrObservation *weight;    /* latest, NULL = not recorded */
} CrPrescriptionContent;

CrPaper *cr_prescription_sheet (const CrPrescriptionContent *content);
/* "Take 1 tablet by mouth once daily"; "90 (ninety) tablets"; "3 (three)" or "none".  New strings. */
char *cr_prescription_quantity_text (const CrPrescription *rx);
char *cr_prescription_refills_text (const CrPrescription *rx);
