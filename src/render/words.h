/* Clinical values in the words of paper, shared by the documents of this folder.  New strings. */
#pragma once
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/medication.h"
#include "chartroom/render/imprint.h"

/* "penicillin (anaphylaxis), sulfamethoxazole (rash)", "No known allergies (reviewed Aug 30, 2026)",
 * "Not recorded" – never empty. */
char *words_allergies (const CrImprint *imprint, const CrPatient *patient, const GPtrArray *allergies);
GPtrArray *words_active_allergies (const GPtrArray *allergies); /* borrowed rows, high criticality first */
/* Markup: the drug with its generic name bold, numbers kept with their units. */
char *words_drug_markup (const char *display, const char *generic);
/* Markup of plain text in bold. */
char *words_bold (const char *text);
/* "82.6 kg" by the patient's age, with the day it was measured; "not recorded" for NULL. */
char *words_weight (const CrImprint *imprint, const CrPatient *patient, const CrObservation *weight);
/* Medications a patient takes now: active, on hold, not started and reported ones. */
gboolean words_is_current (const CrMedication *medication);
const char *words_or (const char *text, const char *otherwise); /* otherwise when text is NULL or empty */
