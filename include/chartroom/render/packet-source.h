/* From a patient's chart to what a packet prints: one place for the composer, chartroomctl and tests. */
#pragma once
#include "chartroom/domain/chart-records.h"
#include "chartroom/render/packet.h"

typedef struct _CrPacketSource CrPacketSource;
/* Borrows records, referral and imprint for its life.  Contents list: cr_packet_items' defaults. */
CrPacketSource *cr_packet_source_new (const CrChartRecords *records, const CrReferral *referral,
                                      const CrImprint *imprint);
void cr_packet_source_free (CrPacketSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrPacketSource, cr_packet_source_free)
CrPacketContent *
cr_packet_source_content (CrPacketSource *self);       /* items and hidden may be changed by the composer */
GArray *cr_packet_source_items (CrPacketSource *self); /* CrPacketItem; change `include` and order here */
/* JSON of every record that goes into it: [{"kind":"note","id":"17","version":3}, …]. */
char *cr_packet_source_contents_json (CrPacketSource *self);
