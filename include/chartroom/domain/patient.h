/* The patient and what hangs on the person rather than on the illness. */
#pragma once
#include "chartroom/domain/record.h"

typedef enum { CR_SEX_UNKNOWN, CR_SEX_FEMALE, CR_SEX_MALE, CR_SEX_INTERSEX } CrSex;
extern const char *const CR_SEX_CODES[]; /* "unknown" "female" "male" "other" */

/* Allergy statement (UX 4.8).  KNOWN holds whenever an active allergy exists. */
typedef enum {
  CR_ALLERGY_NOT_RECORDED,
  CR_ALLERGY_NONE_KNOWN,
  CR_ALLERGY_KNOWN,
  CR_ALLERGY_UNAVAILABLE
} CrAllergyStatus;
extern const char *const CR_ALLERGY_STATUS_CODES[];

typedef struct {
  CrId id;
  gint64 version;
  char *mrn;            /* 6 digits, unique */
  char *family;         /* as written by the person; NULL for single-name people */
  char *given, *middle; /* given NULL with family set: "(no given name)" */
  char *suffix;
  char *preferred;       /* name to use */
  CrDate birth_date;     /* may be partial; absent = unknown */
  gint64 birth_order;    /* multiple birth, else CR_INT_NONE */
  int sex;               /* CrSex: for clinical use */
  char *sex_documents;   /* as on insurance documents, own words; NULL = same or not recorded */
  char *gender_identity; /* own words */
  char *pronouns;        /* "she/her" */
  CrDate death_date;     /* absent = living */
  char *address, *city, *state, *zip;
  char *phone;     /* first number: digits */
  char *phone_use; /* "mobile" "home" "work" */
  char *email;
  char *language;           /* BCP 47 or words */
  char *interpreter;        /* language needed; NULL = none */
  char *access_needs;       /* "Wheelchair" */
  char *contact_preference; /* "no voice mail", "no mail" */
  CrId usual_person_id;     /* usual clinician */
  CrId pharmacy_id;         /* CrContact */
  char *referred_by;
  int allergy_status; /* CrAllergyStatus as recorded by a person */
  CrInstant allergy_reviewed_at;
  CrId allergy_reviewed_by;
  CrDate verified_on; /* phone, address, coverage confirmed at check-in */
  CrDate registered_on;
  CrId merged_into; /* other patient when merged */
  gboolean restricted;
  gboolean demo;
  CrId photo_id;                          /* CrDocument */
  char *source_id;                        /* id at the origin of an import */
  char *search;                           /* folded names, space-separated; kept by cr_patient_index */
  gint64 no_voice_mail, no_mail, no_text; /* 1: must not be used to reach them; 0 and CR_INT_NONE: may be */
  char *contact_by;                       /* CR_CONTACT_BY: best reached so; NULL: not said */
  gint64 no_email;
  char *preferred_days; /* that suit them, ISO digits "135"; NULL: any */
} CrPatient;
CR_DECLARE_RECORD (CrPatient, CR_PATIENT, cr_patient)
typedef enum { CR_BY_PHONE, CR_BY_TEXT, CR_BY_EMAIL, CR_BY_MAIL } CrContactBy;
extern const char *const CR_CONTACT_BY[]; /* "phone" "text" "email" "mail"; NULL-terminated */

typedef struct { /* former, maiden, alias names */
  CrId id;
  gint64 version;
  CrId patient_id;
  char *use; /* FHIR name-use: "old" "maiden" "nickname" */
  char *family, *given;
  CrDate valid_to; /* no longer kept from that day on; absent: kept */
} CrPatientName;
CR_DECLARE_RECORD (CrPatientName, CR_PATIENT_NAME, cr_patient_name)

typedef struct { /* further numbers and addresses */
  CrId id;
  gint64 version;
  CrId patient_id;
  char *system;             /* "phone" "email" "fax" */
  char *use, *value, *note; /* note: "do not leave message" */
  CrDate valid_to;          /* no longer holds from that day on; absent: holds */
} CrContactPoint;
CR_DECLARE_RECORD (CrContactPoint, CR_CONTACT_POINT, cr_contact_point)

typedef struct { /* relatives, next of kin, emergency contacts, guarantor */
  CrId id;
  gint64 version;
  CrId patient_id;
  char *relationship; /* "mother", "spouse" */
  char *name, *phone, *address;
  gboolean next_of_kin, emergency, guarantor, proxy;
  CrId other_patient_id; /* who that is, when a patient here; none */
  CrDate valid_to;       /* no longer holds from that day on; absent: holds */
} CrRelatedPerson;
CR_DECLARE_RECORD (CrRelatedPerson, CR_RELATED_PERSON, cr_related_person)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  gint64 rank; /* 1 = primary */
  char *payer, *plan, *member_id, *group_id, *subscriber, *relationship, *authorization;
  CrDate valid_from, valid_to, verified_on;
  CrId card_front_id, card_back_id; /* CrDocument */
  char *source_id;
} CrCoverage;
CR_DECLARE_RECORD (CrCoverage, CR_COVERAGE, cr_coverage)

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  char *kind;   /* "treatment" "release" "part2" "portal" … */
  char *status; /* "active" "revoked" "declined" */
  CrDate given_on, expires_on;
  char *note;
  CrId document_id;
} CrConsent;
CR_DECLARE_RECORD (CrConsent, CR_CONSENT, cr_consent)
extern const char *const CR_CONSENT_KIND_CODES[];        /* NULL-terminated */
extern const char *const CR_CONSENT_STATUS_CODES[];      /* NULL-terminated */
const char *cr_consent_kind_word (const char *kind);     /* "Release of records"; own words as they are */
const char *cr_consent_status_word (const char *status); /* "In force"; own words as they are */
/* The consent that lets sensitive records out on that day: to release, or under 42 CFR part 2, active, begun
 * and not expired; the part 2 one first.  Borrowed; NULL: none is on file. */
const CrConsent *cr_consent_to_release (const GPtrArray *consents, CrDate today);

typedef struct {
  CrId id;
  gint64 version;
  CrId patient_id;
  char *kind; /* "advance-directive" "dnr" "polst" "health-care-proxy" */
  char *text;
  CrDate dated;
  CrId document_id;
  gboolean active;
} CrDirective;
CR_DECLARE_RECORD (CrDirective, CR_DIRECTIVE, cr_directive)

/* Display (UX 4.1, 4.4).  New strings. */
char *
cr_patient_name_display (const CrPatient *p); /* GARCIA, Maria Elena · SUHARTO · SMITH, (no given name) */
char *cr_patient_name_list (const CrPatient *p);  /* GARCIA, Maria "Malena" */
char *cr_patient_name_short (const CrPatient *p); /* GARCIA, M. */
char *cr_patient_name_legal (const CrPatient *p); /* Maria Elena GARCIA (goes by Malena): documents */
char *
cr_patient_name_private (const CrPatient *p); /* privacy mode: "G. M. ··17" (initials, last two of MRN) */
char *cr_patient_name_letter (const CrPatient *p);          /* Malena Garcia: letters to the patient */
char *cr_patient_name_colleague (const CrPatient *p);       /* Maria Elena Garcia (Mar 14, 1961) */
char *cr_patient_former_name (const CrPatientName *former); /* formerly LOPEZ, Maria: search hits */
/* Mar 14, 1961 (65 y); of the dead: Jan 02, 1940 · Died Mar 02, 2026 · Age at death 86 y */
char *cr_patient_born (const CrPatient *p, CrDate on);
/* "Mar 14, 1961 (65 y) · Female · MRN 004217"; breaks between its parts alone. */
char *cr_patient_identity (const CrPatient *p, CrDate on);
char *cr_patient_died (const CrPatient *p);      /* Died Mar 02, 2026 · Age at death 86 y; NULL: living */
const char *cr_phone_use_word (const char *use); /* mobile home work; what is none of them, as it is */
const char *cr_contact_point_word (const CrContactPoint *point); /* Mobile … Fax Email; else Phone */
const char *cr_sex_word (int sex);                               /* Female Male Intersex Unknown */
const char *cr_sex_letter (int sex);                             /* F M X U */
char *cr_phone_format (const char *digits);    /* 503-555-0142, … ext. 12; "Not recorded" for none */
char *cr_phone_tail (const char *digits);      /* ··0142; "Not recorded" for none */
char *cr_patient_address (const CrPatient *p); /* 12 Elm St, Salem OR 97301; NULL when none */
char *cr_address_format (const char *address, const char *city, const char *state, const char *zip);
void cr_patient_index (CrPatient *p); /* fills p->search */
