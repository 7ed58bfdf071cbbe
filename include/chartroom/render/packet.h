/* The referral packet (UX 6.3): a letter that stands alone on page 1, then the chosen parts of the chart. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/referral.h"
#include "chartroom/render/note-print.h"

/* In the order of the packet. */
typedef enum {
  CR_PACKET_LETTER,
  CR_PACKET_DEMOGRAPHICS,
  CR_PACKET_PROBLEMS,
  CR_PACKET_MEDICATIONS,
  CR_PACKET_ALLERGIES,
  CR_PACKET_VITALS,
  CR_PACKET_RESULTS,
  CR_PACKET_IMMUNIZATIONS,
  CR_PACKET_PROCEDURES,
  CR_PACKET_HISTORY,   /* family and social */
  CR_PACKET_DOCUMENTS, /* ECG, scans, letters */
  CR_PACKET_NOTES,
  CR_PACKET_SENSITIVE, /* documents marked sensitive, behind their notice; only with the patient's consent */
  CR_PACKET_N_PARTS
} CrPacketPart;

/* A line of the composer's contents list.  id none: the part itself; else one result panel
 * (any observation's id in it), one note or one document of the part. */
typedef struct {
  CrPacketPart part;
  CrId id;
  gboolean include;
} CrPacketItem;

typedef struct {
  const CrDocument *document;
  const GPtrArray *pages; /* cairo_surface_t images, one per page; NULL: document->text is printed */
} CrPacketDocument;

/* All borrowed; arrays may be NULL or empty, which prints as "None recorded" where it matters. */
typedef struct {
  const CrImprint *imprint;
  gboolean frozen; /* FALSE: DRAFT across each page */
  const CrReferral *referral;
  const CrContact *to; /* NULL: the specialty alone */
  const CrPerson *from;
  const CrPatient *patient;
  const GPtrArray *coverages;      /* CrCoverage */
  const GPtrArray *contact_points; /* CrContactPoint */
  const GPtrArray *related;        /* CrRelatedPerson */
  const GPtrArray *background;  /* CrProblem for the letter; NULL: the linked problem, then the active ones */
  const GPtrArray *problems;    /* CrProblem */
  const GPtrArray *medications; /* CrMedication; current ones make the list */
  const CrKnowledge *knowledge; /* finds the anticoagulants, which print bold; NULL: none does */
  const GPtrArray *allergies;   /* active CrAllergy */
  const GPtrArray *vitals;      /* CrObservation, kind vital */
  const GPtrArray *results;     /* CrObservation, other kinds */
  const GPtrArray *immunizations, *procedures; /* CrImmunization, CrProcedure */
  const GPtrArray *family, *social;            /* CrFamilyHistory, CrSocialHistory */
  const CrPacketDocument *documents;
  guint n_documents;
  const CrNoteWithAddenda *notes; /* printed newest first */
  guint n_notes;
  const GArray *items;      /* CrPacketItem in the order to print; NULL: cr_packet_items */
  const GArray *hidden;     /* CrId of rows left out; the section says how many */
  gboolean withheld;        /* some of them because the patient wants it so: the letter says that */
  const CrConsent *consent; /* in force, to release sensitive records; NULL: none of them is printed */
} CrPacketContent;

/* Contents list for what the content holds: the letter, demographics, problems, medications, allergies,
 * vitals and results always, other parts when they have rows; results by panel newest first, notes and
 * documents each.  Included: those always there, panels of the 12 months before imprint->at, documents that
 * are not sensitive, and the notes of the referral's own encounter.  GArray of CrPacketItem. */
GArray *cr_packet_items (const CrPacketContent *content);
/* "Lipid panel, Nov 16, 2026" */
char *cr_packet_item_title (const CrPacketContent *content, const CrPacketItem *item);
char *cr_packet_item_key (const CrPacketItem *item); /* key in the paper: "results", "notes-17" */
/* The item a paper's key stands for; FALSE when it is none. */
gboolean cr_packet_item_from_key (const char *key, CrPacketItem *item);

/* One page to lay on top of a fax: to, from, date, pages; no diagnosis, no date of birth, no name. */
CrPaper *cr_packet_fax_cover (const CrPacketContent *content, guint pages);
/* One page for the patient: who, why, what to bring, whom to call when nothing is heard by the due day. */
CrPaper *cr_packet_patient_copy (const CrPacketContent *content);
CrPaper *cr_packet (const CrPacketContent *content); /* laid out: page numbers are known */
/* After cr_packet: first page (1-based, 0 = not in it) and pages touched. */
guint cr_packet_item_page (CrPaper *paper, const CrPacketItem *item, guint *pages);
