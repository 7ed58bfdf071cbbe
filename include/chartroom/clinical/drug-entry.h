/* From a chosen drug, ready-made line or typed shorthand to the parts of a prescription. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/medication.h"

/* Fills drug, directions, quantity, refills and indication; what the line does not say is cleared.  Patient,
 * author, number, pharmacy and status stay. */
void cr_rx_take_line (CrPrescription *rx, const CrDrugLine *line);
/* Fills the drug and the parts that follow from it alone (action, unit, route, units); clears the rest. */
void cr_rx_take_drug (CrPrescription *rx, const CrDrug *drug);
CrPrescription *cr_rx_from_line (const CrDrugLine *line); /* new, draft */
/* As in lists: "amLODIPine 5 mg tablet – 1 tablet by mouth once daily". */
char *cr_drug_line_text (const CrDrugLine *line);

typedef struct {
  const char *key;          /* CrSig.frequency */
  const char *words;        /* "once daily" */
  const char *const *typed; /* what may be typed for it: "qd" "daily" */
  CrOrigin origin;
} CrFrequencyChoice;
const GPtrArray *
cr_knowledge_frequencies (const CrKnowledge *k); /* const CrFrequencyChoice *, usual first; NULL for NULL */
const char *cr_frequency_from_typed (const CrKnowledge *k, const char *typed); /* key; NULL when not known */
const char *cr_frequency_words (const CrKnowledge *k, const char *key);        /* NULL when not known */

typedef struct {
  const char *key;
  CrSig sig; /* of the unit "tablet" where the drug's own unit is meant */
  CrOrigin origin;
} CrStandardSig;
/* The 25 standard directions, const CrStandardSig *; NULL for NULL. */
const GPtrArray *cr_knowledge_standard_sigs (const CrKnowledge *k);
/* The standard directions with the drug's action, unit and route.  drug may be NULL. */
void cr_sig_take_standard (CrSig *sig, const CrStandardSig *standard, const CrDrug *drug);

/* Shorthand "1 po bid prn pain", "2 puffs q4h prn wheezing max 12", "1-2 tab q6h prn pain x 5 d" to parts,
 * with what follows from the drug (may be NULL).  FALSE: the sentence says which word was not understood. */
gboolean cr_sig_from_typed (const CrKnowledge *k, const char *typed, const CrDrug *drug, CrSig *out,
                            GError **error);
