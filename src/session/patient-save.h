/* Registration on the store thread: candidates for the duplicate check, saving. */
#pragma once
#include "chartroom/session/patient-draft.h"
#include "chartroom/session/work.h"
#include "patient-fields.h"

typedef struct {
  CrPatient *patient; /* as the form has it */
  char *member_id;    /* NULL none */
  GPtrArray *found;   /* result: rows of CrCandidate, best first */
} CrDuplicateSearch;
void cr_duplicate_search_free (gpointer search);
gboolean cr_duplicate_search_job (CrTx *tx, gpointer search, GError **error);

typedef struct {
  char **typed;     /* by CrPatientFieldId; NULL-terminated */
  CrId id;          /* CR_ID_NONE: a new patient; afterwards its id */
  gint64 version;   /* of the existing record as the form has read it */
  GPtrArray *lines; /* CrLineSaving */
  GBytes *photo;    /* a new one; NULL: none was chosen */
  gboolean no_photo;
  CrRegisterAnswer answer;
} CrPatientSaving;
void cr_patient_saving_free (gpointer saving);
gboolean cr_patient_save_job (CrTx *tx, gpointer saving, GError **error);
