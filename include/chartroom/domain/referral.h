/* Referrals, packets, documents, outside contacts, tasks. */
#pragma once
#include "chartroom/domain/record.h"

typedef struct { /* pharmacy, specialist, laboratory, other practice */
  CrId id;
  gint64 version;
  char *kind; /* "specialist" "pharmacy" "laboratory" "practice" */
  char *family, *given, *credentials, *organization, *specialty;
  char *address, *city, *state, *zip, *phone, *fax, *npi;
  gboolean active;
  char *source_id;
} CrContact;
CR_DECLARE_RECORD (CrContact, CR_CONTACT, cr_contact)
char *cr_contact_display (const CrContact *c); /* "Dr. S. Rao, Salem Cardiology" */
/* "Cardiology – Dr. S. Rao, Salem Cardiology": what is not known (empty, NULL) is left out; never NULL. */
char *cr_referral_recipient (const char *specialty, const CrContact *to);

typedef enum {
  CR_URGENCY_UNSET,
  CR_URGENCY_EMERGENCY,
  CR_URGENCY_URGENT,
  CR_URGENCY_SOON,
  CR_URGENCY_ROUTINE
} CrUrgency;
extern const char *const CR_URGENCY_CODES[]; /* "unset" "stat" "urgent" "asap" "routine" */
const char *cr_urgency_word (int urgency);   /* "Urgent (within 7 days)" */
typedef enum {
  CR_REF_DRAFT,
  CR_REF_ORDERED,
  CR_REF_PACKET_READY,
  CR_REF_SENT,
  CR_REF_RECEIVED,
  CR_REF_BOOKED,
  CR_REF_SEEN,
  CR_REF_REPORT_RECEIVED,
  CR_REF_REVIEWED,
  CR_REF_CLOSED,
  CR_REF_DECLINED,
  CR_REF_PATIENT_DECLINED,
  CR_REF_NO_SHOW,
  CR_REF_CANCELLED,
  CR_REF_REDIRECTED
} CrReferralStage;
extern const char *const CR_REFERRAL_STAGE_CODES[];
const char *cr_referral_stage_word (int stage); /* "Sent recorded" for CR_REF_SENT: honest words */
typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id, author_id, contact_id, problem_id;
  char *number;    /* "REF-0311" */
  char *specialty; /* "Cardiology" */
  int urgency, stage;
  CrInstant stage_at;
  char *question;                                /* required, ≥ 10 characters */
  char *ask;                                     /* "advice" "evaluate" "co-manage" "take-over" "procedure" */
  char *reason, *history, *done, *wants, *needs; /* letter fields */
  CrDate ordered_on, due_on;
  CrInstant signed_at;
  char *signed_name, *hash, *signature, *public_key;
  char *sent_method, *sent_to; /* "fax" "mail" "hand" "portal" "phone" */
  CrInstant sent_at;
  CrId packet_id; /* the frozen packet */
  char *source_id;
} CrReferral;
CR_DECLARE_RECORD (CrReferral, CR_REFERRAL, cr_referral)
GPtrArray *cr_referral_problems (const CrReferral *r); /* hard sentences before ordering */
/* The order that is signed; the recipient and the letter's text are not in it, staff complete them
 * afterwards. */
GBytes *cr_referral_canonical (const CrReferral *r);
gboolean cr_referral_may_follow (int from, int to);
/* By when the appointment should be confirmed: emergency 1, urgent 2, soon 5, routine 10 business days after
 * the order (UX 2.3; "soon" lies between its two neighbours).  Weekends do not count; holidays are not known
 * here. */
CrDate cr_referral_due (int urgency, CrDate ordered);

typedef struct { /* a row per stage change: what happened, when, by whom */
  CrId id;
  gint64 version;
  CrId patient_id, referral_id, person_id;
  int stage;
  CrInstant at;
  char *note;
} CrReferralEvent;
CR_DECLARE_RECORD (CrReferralEvent, CR_REFERRAL_EVENT, cr_referral_event)

typedef struct { /* a frozen packet: immutable PDF with its hash and sources */
  CrId id;
  gint64 version;
  CrId patient_id, referral_id, document_id, frozen_by;
  CrInstant frozen_at;
  gint64 pages;
  char *hash;     /* hex BLAKE2b-256 of the PDF */
  char *contents; /* JSON: ids and versions of every record in it */
  gint64 prints, exports;
} CrPacket;
CR_DECLARE_RECORD (CrPacket, CR_PACKET, cr_packet)

typedef struct { /* a sealed file in documents/ */
  CrId id;
  gint64 version;
  CrId patient_id, encounter_id;
  char *kind; /* "scan" "photo" "packet" "letter" "report" */
  char *title, *mime;
  char *name; /* 64 hex digits: the sealed file's name */
  char *text; /* extracted or imported text, NULL */
  gint64 bytes;
  CrDate dated;
  CrInstant added_at;
  CrId added_by;
  gboolean sensitive;
  char *source_id;
} CrDocument;
CR_DECLARE_RECORD (CrDocument, CR_DOCUMENT, cr_document)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id, assignee_id, creator_id;
  char *kind;           /* "sign-note" "review-result" "refill" "message" "report" */
  char *title, *status; /* "open" "done" "cancelled" */
  CrDate due_on;
  CrId subject_id; /* record it is about */
  CrInstant created_at, done_at;
  CrDate snoozed_until; /* not shown before; absent: shown */
  CrId closed_by;       /* who did or cancelled it */
  char *note;
} CrTask;
CR_DECLARE_RECORD (CrTask, CR_TASK, cr_task)

typedef struct { /* code systems used by rows: ICD-10-CM, LOINC, CVX … imported or starter */
  CrId id;
  gint64 version;
  char *system, *code, *display, *source;
} CrCode;
CR_DECLARE_RECORD (CrCode, CR_CODE, cr_code)
