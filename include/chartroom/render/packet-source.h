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
/* Leaves a row out, with the code of the reason; NULL reason: shows it again.  The packet says that there is
 * less, the frozen packet's contents say which and why. */
#define CR_PACKET_PATIENT_REQUEST "patient-request"
#define CR_PACKET_NOT_RELEVANT "not-relevant"
void cr_packet_source_hide (CrPacketSource *self, CrId id, const char *reason);
gboolean cr_packet_source_is_hidden (const CrPacketSource *self, CrId id);
/* Ids of chosen documents that are stored as files and have no pictures yet.  GArray of CrId. */
GArray *cr_packet_source_scans (CrPacketSource *self);
/* The pages of that document: cairo_surface_t, kept. */
void cr_packet_source_set_pages (CrPacketSource *self, CrId id, const GPtrArray *pages);
/* What is hidden, and the pictures of documents, from an older source of the same chart. */
void cr_packet_source_take (CrPacketSource *self, CrPacketSource *old);
/* JSON of every record that goes into it: [{"kind":"note","id":"17","version":3}, …]. */
char *cr_packet_source_contents_json (CrPacketSource *self);
