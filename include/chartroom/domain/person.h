/* People who work here, their roles and rights (UX 1.7). */
#pragma once
#include "chartroom/domain/record.h"

typedef enum {
  CR_ROLE_FRONT_DESK = 1 << 0,
  CR_ROLE_CLINICAL = 1 << 1, /* medical assistant, nurse */
  CR_ROLE_DOCTOR = 1 << 2,   /* prescriber */
  CR_ROLE_REFERRAL = 1 << 3,
  CR_ROLE_ADMIN = 1 << 4,
} CrRoles;

typedef enum {
  CR_RIGHT_SCHEDULE_VIEW,
  CR_RIGHT_SCHEDULE_EDIT, /* book, move, cancel, stages */
  CR_RIGHT_DEMOGRAPHICS_EDIT,
  CR_RIGHT_CLINICAL_VIEW,   /* problems, medications, allergies, results, notes, vitals */
  CR_RIGHT_CLINICAL_RECORD, /* vitals, allergies, medication history, drafts of prescriptions */
  CR_RIGHT_NOTE_WRITE,      /* write and keep a draft note */
  CR_RIGHT_SIGN,            /* notes, prescriptions, referral orders */
  CR_RIGHT_REFERRAL_WORK,   /* compose, freeze, track */
  CR_RIGHT_EXPORT,          /* print and export packets */
  CR_RIGHT_BREAK_GLASS,     /* open a restricted chart with a reason; restrict one */
  CR_RIGHT_AUDIT_VIEW,
  CR_RIGHT_ADMIN, /* people, hours, set-up, import */
  CR_N_RIGHTS
} CrRight;

typedef struct {
  CrId id;
  gint64 version;
  char *login;                        /* sign-in name, also the key slot's name; lower case, no blanks */
  char *family, *given, *credentials; /* "Okafor", "Adaeze", "MD" */
  gint64 roles;                       /* CrRoles bits */
  gboolean schedulable;               /* has a column in the book */
  char *npi, *license, *dea;          /* prescribers; DEA never shown in full on screen */
  char *direct_line;
  char *public_key; /* Ed25519, 64 hex digits */
  gint64 position;  /* order of columns */
  gboolean active;
  gint64 overlap_limit; /* visits that may be at the same time, never more; CR_INT_NONE: two */
} CrPerson;
CR_DECLARE_RECORD (CrPerson, CR_PERSON, cr_person)

/* Former signing keys, dated, so that old signatures still verify. */
typedef struct {
  CrId id;
  gint64 version;
  CrId person_id;
  char *public_key;
  CrInstant from, until;
} CrPersonKey;
CR_DECLARE_RECORD (CrPersonKey, CR_PERSON_KEY, cr_person_key)

gboolean cr_roles_allow (gint64 roles, CrRight right);
const char *cr_right_description (CrRight right); /* "open clinical records" */
char *cr_roles_describe (gint64 roles);           /* "Doctor", "Front desk, Admin" */
gint64 cr_roles_parse (const char *text);         /* "doctor,admin"; 0 when a word is unknown */
char *cr_person_short (const CrPerson *p);        /* "Dr. Okafor" for prescribers, else "J. Ortiz" */
char *cr_person_formal (const CrPerson *p);       /* "Adaeze Okafor, MD" */
/* NULL when acceptable or empty, else a sentence (UX 7.3): NPI Luhn with prefix 80840; DEA checksum.
 * family: NULL asks for the hard rules alone; with a name also for its initial as the DEA number's second
 * letter, which is soft because names change. */
const char *cr_npi_problem (const char *npi);
const char *cr_dea_problem (const char *dea, const char *family);
