#include "chartroom/domain/referral.h"
#include "fields.h"

static const CrField PACKET_FIELDS[] = {
  CR_FIELDS_HEAD (CrPacket),
  CR_FIELD (CrPacket, ID, patient_id),
  CR_FIELD (CrPacket, ID, referral_id),
  CR_FIELD (CrPacket, ID, document_id),
  CR_FIELD (CrPacket, ID, frozen_by),
  CR_FIELD (CrPacket, INSTANT, frozen_at),
  CR_FIELD (CrPacket, INT, pages),
  CR_FIELD (CrPacket, TEXT, hash),
  CR_FIELD (CrPacket, TEXT, contents),
  CR_FIELD (CrPacket, INT, prints),
  CR_FIELD (CrPacket, INT, exports),
};
CR_DEFINE_RECORD (CR_PACKET, CrPacket, "packet", PACKET_FIELDS, TRUE)
