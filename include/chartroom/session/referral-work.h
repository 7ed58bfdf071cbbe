/* Referrals: the order, the packet, the stages (UX 2.2 D10, 2.3, 3.9). */
#pragma once
#include "chartroom/session/chart.h"

#define CR_TYPE_REFERRAL_DRAFT (cr_referral_draft_get_type ())
G_DECLARE_FINAL_TYPE (CrReferralDraft, cr_referral_draft, CR, REFERRAL_DRAFT, GObject)
/* String properties: specialty question ask reason history done wants needs urgency (code: "stat" "urgent"
 * "asap" "routine") contact-id and problem-id (decimal).  Read-only "can-order".  existing NULL: a new order.
 * A recipient brings its specialty along, a problem its name as the reason, while those are empty. */
CrReferralDraft *cr_referral_draft_new (CrChart *chart, const CrReferral *existing);
const CrReferral *cr_referral_draft_peek (CrReferralDraft *self);
const char *cr_referral_draft_problem (CrReferralDraft *self, const char *property);
/* Order: signed by a prescriber, stage Ordered, number given; for others it waits as draft.  Hard problems
 * refuse it. */
void cr_referral_draft_order_async (CrReferralDraft *self, GAsyncReadyCallback cb, gpointer data);
CrId cr_referral_draft_order_finish (CrReferralDraft *self, GAsyncResult *result, GError **error);
/* TRUE when the order still fits hash and signature. */
gboolean cr_referral_verify (const CrReferral *referral);
/* Recipient and letter fields of an ordered referral (referral staff), stage unchanged; what the prescriber
 * signed – question, urgency, specialty – stays as it is.  Until it is sent. */
void cr_referral_draft_save_async (CrReferralDraft *self, GAsyncReadyCallback cb, gpointer data);

/* A recipient of the directory, new (version 0) or changed.  For who works on referrals or writes notes.  A
 * contact without a name and without an organization is refused; so is a phone or fax that is none.  finish:
 * as it is stored; NULL and the error otherwise. */
void cr_contact_save_async (CrSession *session, const CrContact *contact, GAsyncReadyCallback cb,
                            gpointer data);
CrContact *cr_contact_save_finish (GAsyncResult *result, GError **error);
gboolean cr_contact_may_save (CrSession *session);

/* Freezing: the finished PDF as bytes, its hash and contents are stored sealed; stage Packet ready.  Frozen
 * again before it is sent, the newer packet counts; the older one stays stored. */
void cr_referral_freeze_async (CrSession *session, CrId referral, GBytes *pdf, int pages,
                               const char *contents_json, GAsyncReadyCallback cb, gpointer data);
/* Makes the finished packet of an order that is signed but not stored for good yet: NULL, and neither is.
 * Runs on the store's thread while the caller waits, so it must not ask the session for anything.
 * contents_json is what cr_referral_freeze_async takes; the caller owns all three. */
typedef GBytes *(*CrReferralCompose) (const CrReferral *order, int *pages, char **contents_json,
                                      gpointer data, GError **error);
/* Signs the order, freezes its packet and records its export in one: all of it or nothing.  Blocks.  Needs
 * the rights to sign, to work on referrals and to export.  `draft` stays as it is. */
gboolean cr_referral_order_frozen (CrSession *session, const CrReferral *draft, CrReferralCompose compose,
                                   gpointer data, GError **error);
/* The frozen bytes, hash checked; purpose "print", "export" or "view" is audited, and needs its right. */
void cr_referral_packet_async (CrSession *session, CrId referral, const char *purpose, GAsyncReadyCallback cb,
                               gpointer data);
GBytes *cr_referral_packet_finish (GAsyncResult *result, GError **error);
/* The same, and how often it was printed before. */
GBytes *cr_referral_packet_earlier_finish (GAsyncResult *result, int *prints, GError **error);
/* Stage with who, when, note; "sent" takes method, to and when it went (CR_INSTANT_NONE: now): not in the
 * future, nor before the day of the order. Ordered and Packet ready come by ordering and freezing.  With
 * Appointment booked a date in the note ("Dec 3") sets when the report is due: 14 days after it. */
void cr_referral_stage_async (CrSession *session, CrId referral, int stage, const char *note,
                              GAsyncReadyCallback cb, gpointer data);
void cr_referral_sent_async (CrSession *session, CrId referral, const char *method, const char *to,
                             CrInstant at, GAsyncReadyCallback cb, gpointer data);

typedef struct {
  CrReferral *referral;
  CrPatient *patient;
  char *to; /* "Cardiology, Dr. S. Rao" */
  int age_days;
  gboolean overdue;
  GPtrArray *events; /* CrReferralEvent, oldest first */
} CrReferralItem;
void cr_referral_item_free (CrReferralItem *item);
/* NEEDS_PACKET: ordered or frozen, not sent yet.  OPEN: all that are not closed. */
typedef enum {
  CR_REFS_NEEDS_PACKET,
  CR_REFS_AWAITING_APPOINTMENT,
  CR_REFS_AWAITING_REPORT,
  CR_REFS_OVERDUE,
  CR_REFS_CLOSED,
  CR_REFS_OPEN
} CrReferralFilter;
/* Rows of CrReferralItem by urgency, then age; kept up to date.  Of a restricted chart only where it stands.
 */
GListModel *cr_referral_list_new (CrSession *session, CrReferralFilter filter);
