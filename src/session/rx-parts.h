/* The parts of a prescription as a person types them. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/medication.h"

typedef enum {
  CR_RX_PART_DRUG,
  CR_RX_PART_DOSE,
  CR_RX_PART_DOSE_UNIT,
  CR_RX_PART_ROUTE,
  CR_RX_PART_FREQUENCY,
  CR_RX_PART_TIMING,
  CR_RX_PART_AS_NEEDED_FOR,
  CR_RX_PART_MAX_PER_DAY,
  CR_RX_PART_DAYS,
  CR_RX_PART_QUANTITY,
  CR_RX_PART_QUANTITY_UNIT,
  CR_RX_PART_REFILLS,
  CR_RX_PART_INDICATION,
  CR_RX_PART_PHARMACIST_NOTE,
  CR_RX_PART_ACTION,
  CR_RX_PART_OTHER,
  CR_RX_PART_PHARMACY_ID,
  CR_RX_N_PARTS
} CrRxPart;

/* Puts what was typed into the prescription.  A sentence (new string) when it cannot be understood: the part
 * is then absent; NULL when it can. */
char *cr_rx_part_take (CrPrescription *rx, const CrKnowledge *k, CrRxPart part, const char *typed);
char *cr_rx_part_text (const CrPrescription *rx, const CrKnowledge *k, CrRxPart part); /* "" when absent */
/* Drug, directions, purpose, quantity and refills in words, as far as they are there; new string. */
char *cr_rx_preview (const CrPrescription *rx);
