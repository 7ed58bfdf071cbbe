#include "chartroom/domain/referral.h"
#include "fields.h"

static const CrField DOCUMENT_FIELDS[] = {
  CR_FIELDS_HEAD (CrDocument),
  CR_FIELD (CrDocument, ID, patient_id),
  CR_FIELD (CrDocument, ID, encounter_id),
  CR_FIELD (CrDocument, TEXT, kind),
  CR_FIELD (CrDocument, TEXT, title),
  CR_FIELD (CrDocument, TEXT, mime),
  CR_FIELD (CrDocument, TEXT, name),
  CR_FIELD (CrDocument, TEXT, text),
  CR_FIELD (CrDocument, INT, bytes),
  CR_FIELD (CrDocument, DATE, dated),
  CR_FIELD (CrDocument, INSTANT, added_at),
  CR_FIELD (CrDocument, ID, added_by),
  CR_FIELD (CrDocument, BOOL, sensitive),
  CR_FIELD (CrDocument, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_DOCUMENT, CrDocument, "document", DOCUMENT_FIELDS, TRUE)
