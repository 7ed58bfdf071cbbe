/* Saving and signing one prescription, on the store thread. */
#pragma once
#include "chartroom/clinical/checks.h"
#include "chartroom/session/work.h"

typedef struct {
  CrPrescription *rx; /* copy; becomes what was stored */
  GPtrArray *checks;  /* CrCheck with their answers, copies */
  GPtrArray *batch;   /* CrPrescription, copies; NULL none */
  CrKnowledge *knowledge;
  CrClock *clock;
} CrRxSaving;

void cr_rx_saving_free (CrRxSaving *saving);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrRxSaving, cr_rx_saving_free)
gboolean cr_rx_save_job (CrTx *tx, gpointer saving, GError **error);
gboolean cr_rx_sign_job (CrTx *tx, gpointer saving, GError **error);
