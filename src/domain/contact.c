#include "chartroom/domain/referral.h"
#include "fields.h"

static const CrField CONTACT_FIELDS[] = {
  CR_FIELDS_HEAD (CrContact),
  CR_FIELD (CrContact, TEXT, kind),
  CR_FIELD (CrContact, TEXT, family),
  CR_FIELD (CrContact, TEXT, given),
  CR_FIELD (CrContact, TEXT, credentials),
  CR_FIELD (CrContact, TEXT, organization),
  CR_FIELD (CrContact, TEXT, specialty),
  CR_FIELD (CrContact, TEXT, address),
  CR_FIELD (CrContact, TEXT, city),
  CR_FIELD (CrContact, TEXT, state),
  CR_FIELD (CrContact, TEXT, zip),
  CR_FIELD (CrContact, TEXT, phone),
  CR_FIELD (CrContact, TEXT, fax),
  CR_FIELD (CrContact, TEXT, npi),
  CR_FIELD (CrContact, BOOL, active),
  CR_FIELD (CrContact, TEXT, source_id),
};
CR_DEFINE_RECORD (CR_CONTACT, CrContact, "contact", CONTACT_FIELDS, FALSE)
