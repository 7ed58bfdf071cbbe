/* Through whom a patient is reached who has no number or address of their own: a child's parent, an adult's
 * legal representative. */
#pragma once
#include "chartroom/domain/patient.h"

typedef struct {
  char *phone, *phone_of;             /* digits; "Ana Garcia (mother)"; NULL: the own one, or none */
  gboolean no_voice_mail;             /* whose phone that is wants no message left there */
  char *address, *place, *address_of; /* "12 Elm St"; "Salem OR 97301", may be NULL; "Ana Garcia" */
} CrReach;
/* Who answers for the patient: for a minor the guarantor, then the next of kin, then the proxy; for anybody
 * else, and where no birth date is known, the proxy alone: who pays or is related may not hear of an adult's
 * visits.  What a linked chart (people here; CrPatient) says goes before what was noted of them, and nobody
 * who has died or wants no mail is written to.  people: CrRelatedPerson.  NULL: nothing is missing, or nobody
 * has it. */
CrReach *cr_reach_find (const CrPatient *patient, const GPtrArray *people, const GPtrArray *linked,
                        CrDate today);
CrReach *cr_reach_copy (const CrReach *reach);
void cr_reach_free (CrReach *reach);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrReach, cr_reach_free)
gboolean cr_reach_equal (const CrReach *a, const CrReach *b);
/* Whether that number is called: the patient has none.  reach: may be NULL. */
gboolean cr_reach_is_called (const CrPatient *patient, const CrReach *reach);
/* reach: may be NULL.  "503-555-0142" · "Ana Garcia (mother) 503-555-0142" · "Not recorded"; new. */
char *cr_reach_phone_words (const CrPatient *patient, const CrReach *reach);
/* Whom an envelope is for: "Luis Garcia"; of a minor "To the parent or guardian of Luis Garcia".  New. */
char *cr_reach_addressee (const CrPatient *patient, CrDate today);
gboolean cr_patient_is_minor (const CrPatient *patient, CrDate today); /* younger than 18; unknown: no */
