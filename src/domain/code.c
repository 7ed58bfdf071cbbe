#include "chartroom/domain/referral.h"
#include "fields.h"

static const CrField CODE_FIELDS[] = {
  CR_FIELDS_HEAD (CrCode),          CR_FIELD (CrCode, TEXT, system), CR_FIELD (CrCode, TEXT, code),
  CR_FIELD (CrCode, TEXT, display), CR_FIELD (CrCode, TEXT, source),
};
CR_DEFINE_RECORD (CR_CODE, CrCode, "code", CODE_FIELDS, FALSE)
