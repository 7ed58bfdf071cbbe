/* The prescription composer: drug, parts of the directions, checks, batch, signing (UX 2.2 D5, 3.8). */
#pragma once
#include "chartroom/clinical/checks.h"
#include "chartroom/session/chart.h"

#define CR_TYPE_RX_DRAFT (cr_rx_draft_get_type ())
/* Cast and check are CR_RX_DRAFT_OBJECT and CR_IS_RX_DRAFT_OBJECT: CR_RX_DRAFT is a status. */
G_DECLARE_FINAL_TYPE (CrRxDraft, cr_rx_draft, CR, RX_DRAFT_OBJECT, GObject)

/* String properties, as typed: drug dose ("1", "1-2") dose-unit route frequency (words, key or shorthand)
 * timing as-needed-for max-per-day days ("30", "2w", "" = ongoing) quantity quantity-unit refills indication
 * pharmacist-note action other (directions in own words, in place of all parts) pharmacy-id (decimal);
 * boolean: as-needed, dispense-as-written.  Another dose-unit clears the dose; the quantity follows dose,
 * frequency and days until a person types one.
 * Read-only: "preview" (drug and directions in words),
 * "complete" (boolean).  Signal "checked". */
CrRxDraft *cr_rx_draft_new (CrChart *chart);
/* Drug search: rows as clinical/knowledge.h gives them; choosing fills the parts. */
void cr_rx_draft_choose (CrRxDraft *self, const char *drug_code, int ready_line /* −1: none */);
void cr_rx_draft_renew (CrRxDraft *self, const CrMedication *medication); /* same drug and directions */
/* Goes on with one that is not signed yet. */
void cr_rx_draft_open (CrRxDraft *self, const CrPrescription *rx);
/* Others to be signed with it, CrPrescription, copied: they are checked against each other.  NULL: none. */
void cr_rx_draft_set_batch (CrRxDraft *self, const GPtrArray *prescriptions);
const CrPrescription *cr_rx_draft_peek (CrRxDraft *self);
/* Hard sentence for one property, NULL when fine; "answer": why the last answer was not taken. */
const char *cr_rx_draft_problem (CrRxDraft *self, const char *property);
GPtrArray *cr_rx_draft_problems (CrRxDraft *self);   /* all that keeps it from being signed: char* */
GPtrArray *cr_rx_draft_questions (CrRxDraft *self);  /* soft: char* */
GPtrArray *cr_rx_draft_get_checks (CrRxDraft *self); /* CrCheck, worst first; borrowed; run on every change */
/* Who may not sign sees findings as notes: at most tier 1. */
int cr_rx_draft_worst_tier (CrRxDraft *self);
/* Answer to a tier 2 or 3 finding: reason code and text; needed before signing. */
void cr_rx_draft_answer (CrRxDraft *self, const char *rule_id, const char *reason_code, const char *text);
gboolean cr_rx_draft_is_answered (CrRxDraft *self);
/* The stop that no answer lets pass: the prescription must be changed before it can be signed; NULL: none. */
const CrCheck *cr_rx_draft_must_change (CrRxDraft *self);
/* Kept for the prescriber: CR_RX_NEEDS_SIGNATURE when it is complete, else CR_RX_DRAFT. */
void cr_rx_draft_save_async (CrRxDraft *self, GAsyncReadyCallback cb, gpointer data);
/* Signs: medication list updated, number given, checks frozen.  Refused while incomplete or unanswered;
 * checked once more against what is stored then: CONFLICT when that finds something new. */
void cr_rx_draft_sign_async (CrRxDraft *self, GAsyncReadyCallback cb, gpointer data);
CrId cr_rx_draft_sign_finish (CrRxDraft *self, GAsyncResult *result, GError **error);
gboolean cr_prescription_verify (const CrPrescription *rx); /* TRUE when it still fits hash and signature */
void cr_rx_mark_printed_async (CrSession *session, CrId prescription, int pages, GAsyncReadyCallback cb,
                               gpointer data);
/* Practice-wide queue: rows of CrQueueItem. */
typedef struct {
  CrPrescription *prescription;
  CrPatient *patient;
  char *author;
  GPtrArray *checks;   /* CrCheck, worst first; against what waits for the same patient, too */
  char *before;        /* of a renewal: "Last signed Aug 30, 2026"; NULL else */
  gboolean restricted; /* nothing of the prescription is here: the chart asks for a reason first */
} CrQueueItem;
/* Why it has to be reviewed and signed on its own; NULL when it may be signed together with others (UX 3.13):
 * not controlled, complete, no finding of tier 2 or 3. */
const char *cr_queue_item_alone (const CrQueueItem *item);
/* Signs all of them or none: each is checked once more against what is stored then. */
void cr_rx_sign_batch_async (CrSession *session, const CrId *prescriptions, guint n, GAsyncReadyCallback cb,
                             gpointer data); /* ends in cr_session_finish */
void cr_queue_item_free (CrQueueItem *item);
/* Renews several medications of a chart with their last directions and quantities (never ordered here: 90
 * days, no refill).  They come back in that order as CrQueueItem (no author), checked against each other, and
 * wait for the signature; what is not complete is not stored: its id is CR_ID_NONE. */
void cr_rx_renew_async (CrChart *chart, const CrId *medications, guint n, GAsyncReadyCallback cb,
                        gpointer data);
GPtrArray *cr_rx_renew_finish (GAsyncResult *result, GError **error);
/* ready FALSE: needs signature; TRUE: signed, not printed. */
GListModel *cr_rx_queue_new (CrSession *session, gboolean ready);
