/* Inside the packet: what its parts share. */
#pragma once
#include "chartroom/render/packet.h"

typedef struct {
  const CrPacketContent *content;
  const GArray *items; /* CrPacketItem */
  CrPaper *paper;
  CrDate today;
  CrPaperStyle letter_style; /* of the letter's fields */
} Packet;

/* Begins the section of a part; aside NULL: "As of" today. */
void packet_begin (Packet *packet, CrPacketPart part, const char *title, const char *aside);
void packet_begin_item (Packet *packet, CrPacketPart part, CrId id, const char *title);
gboolean packet_hides (const Packet *packet, CrId id);
/* "2 entries left out by the sender." when there are any. */
void packet_add_hidden (Packet *packet, guint n);
void packet_add_none (Packet *packet, const char *sentence);
/* Ids of the included items of a part, in their order.  GArray of CrId. */
GArray *packet_included (const Packet *packet, CrPacketPart part);
/* The part is included and has something to show; notes and documents need a chosen one. */
gboolean packet_prints (const Packet *packet, CrPacketPart part);
gboolean packet_is_anticoagulant (const Packet *packet, const CrMedication *medication);

/* One function per part; each adds its whole section. */
void packet_add_letter (Packet *packet);
void packet_add_demographics (Packet *packet);
void packet_add_problems (Packet *packet);
void packet_add_medications (Packet *packet);
void packet_add_allergies (Packet *packet);
void packet_add_vitals (Packet *packet);
void packet_add_results (Packet *packet);
void packet_add_immunizations (Packet *packet);
void packet_add_procedures (Packet *packet);
void packet_add_history (Packet *packet);
void packet_add_documents (Packet *packet);
void packet_add_notes (Packet *packet);
void packet_add_sensitive (Packet *packet);

#define PACKET_RECENT_MONTHS 12 /* the period whose results go along */

/* packet-results.c: results of one panel's name, newest first. */
typedef struct {
  const char *name; /* borrowed; "Other results" for rows without a panel */
  CrId id;          /* of the newest row: stands for the panel in the list of items */
  CrInstant newest;
  GPtrArray *results; /* const CrObservation * */
} PacketPanel;
GPtrArray *packet_panels (const CrPacketContent *content); /* owned PacketPanel, newest first */

/* note-print.c: the text of a note under a heading of its own, with its addenda and signatures. */
void note_add_text (CrPaper *paper, const CrImprint *imprint, const CrNoteWithAddenda *note);
char *note_title (const CrNote *note); /* "Progress note, Nov 23, 2026" */
