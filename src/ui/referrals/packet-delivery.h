/* A frozen packet on its way out: printed, exported, marked as a reprint, recorded as sent. */
#pragma once
#include "chartroom/render/packet.h"
#include "chartroom/session/referral-work.h"
#include "src/ui/shell/window.h"

/* All borrowed. */
typedef struct {
  CrWindow *window;
  const CrReferral *referral;
  const CrPatient *patient;
  const CrContact *to; /* NULL: the specialty alone */
  CrClock *clock;
} CrDelivery;

/* "Referral_GARCIA-M_2026-11-23_Cardiology.pdf": neither birth date nor MRN.  New string. */
char *cr_packet_file_name (const CrDelivery *self);
/* Shows it to be printed or exported; each is counted and audited.  prints: how often before; then its pages
 * carry REPRINT, its frozen bytes stay as they are. */
void cr_packet_deliver (const CrDelivery *self, GBytes *pdf, int prints);
/* Its pages, each with that mark at the top. */
GBytes *cr_packet_mark_pages (GBytes *pdf, const char *title, const char *mark, GError **error);
void cr_packet_deliver_extra (const CrDelivery *self, CrPaper *paper, const char *title, const char *kind,
                              CrInstant at);
/* Asks when, how and to whom, at that button (packet-sent.c). */
void cr_packet_ask_sent (const CrDelivery *self, GtkWidget *button);
