/* Reads and writes per aggregate, all inside a job.  Lists are GPtrArrays of records with a free function;
 * NULL with error on failure.  Saving goes through cr_tx_save unless a function here does more. */
#pragma once
#include "chartroom/store/store.h"
#include "chartroom/domain/appointment.h"
#include "chartroom/domain/clinical-records.h"
#include "chartroom/domain/encounter.h"
#include "chartroom/domain/medication.h"
#include "chartroom/domain/patient.h"
#include "chartroom/domain/referral.h"

/* practice */
CrPractice *cr_practice_load (CrTx *tx, GError **error);
GPtrArray *cr_room_list (CrTx *tx, GError **error);
GPtrArray *cr_visit_type_list (CrTx *tx, GError **error);
GPtrArray *cr_hours_list (CrTx *tx, CrId person_id, GError **error); /* all: CR_ID_NONE */
GPtrArray *cr_schedule_exception_list (CrTx *tx, CrDate from, CrDate to, GError **error); /* inclusive */
char *cr_preference_get (CrTx *tx, CrId person_id, const char *key, GError **error);      /* NULL: not set */
gboolean cr_preference_set (CrTx *tx, CrId person_id, const char *key, const char *value, GError **error);

/* people: the row and the key slot together */
GPtrArray *cr_person_list (CrTx *tx, GError **error);
CrPerson *cr_person_by_login (CrTx *tx, const char *login, GError **error);
gboolean cr_person_add (CrTx *tx, CrPerson *person, const char *password, gboolean test_kdf, GError **error);
/* Access for somebody from whom it was taken, under the same sign-in name; their next sign-in brings a new
 * signing key. */
gboolean cr_person_restore (CrTx *tx, CrPerson *person, const char *password, gboolean test_kdf,
                            GError **error);
gboolean cr_person_remove (CrTx *tx, CrPerson *person,
                           GError **error); /* slot away, row inactive; not the last admin */
gboolean cr_person_set_password (CrTx *tx, CrPerson *person, const char *password, GError **error);

/* patients */
CrPatient *cr_patient_by_mrn (CrTx *tx, const char *mrn, GError **error); /* NOT_FOUND names the number */
char *cr_patient_next_mrn (CrTx *tx, GError **error);
/* Identity of every patient for the search index, in one pass. */
typedef struct {
  CrId id;
  const char *mrn, *search, *names; /* names: folded former names; valid during the call only */
  const char *phones;               /* further numbers: digits, a blank between them */
  const char *family, *given, *preferred, *phone;
  CrDate birth, death;
  int sex;
  CrId merged_into;
} CrPatientKey;
typedef void (*CrPatientKeyFunc) (const CrPatientKey *key, gpointer data);
gboolean cr_patient_each_key (CrTx *tx, CrPatientKeyFunc func, gpointer data, GError **error);
gboolean cr_patient_one_key (CrTx *tx, CrId id, CrPatientKeyFunc func, gpointer data, GError **error);
/* Whoever may be the same person as p for the duplicate check: born on that day or one slip beside it, the
 * same phone, email or insurance number (may be NULL), or the same family name in the same ZIP code.  Merged
 * charts too: they hold former data. */
GPtrArray *cr_patient_candidates (CrTx *tx, const CrPatient *p, const char *member_id, GError **error);
GPtrArray *cr_patient_names (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_contact_points (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_related_persons (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_coverages (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_consents (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_directives (CrTx *tx, CrId patient, GError **error);
gint64 cr_patient_count (CrTx *tx, GError **error); /* −1 on error */

/* the book */
GPtrArray *cr_visit_list (CrTx *tx, CrDate from, CrDate to, GError **error);     /* CrVisit, by date, time */
GPtrArray *cr_appointments_of_day (CrTx *tx, CrDate date, GError **error);       /* CrAppointment */
GPtrArray *cr_appointments_for_patient (CrTx *tx, CrId patient, GError **error); /* newest first */
CrEncounter *cr_encounter_for_appointment (CrTx *tx, CrId appointment,
                                           GError **error); /* NULL without error: none */

/* the chart, all of one patient */
GPtrArray *cr_encounters (CrTx *tx, CrId patient, GError **error);    /* newest first */
GPtrArray *cr_notes (CrTx *tx, CrId patient, GError **error);         /* newest first */
GPtrArray *cr_addenda (CrTx *tx, CrId patient, GError **error);       /* oldest first */
GPtrArray *cr_problems (CrTx *tx, CrId patient, GError **error);      /* active first, then by onset */
GPtrArray *cr_allergies (CrTx *tx, CrId patient, GError **error);     /* active, high criticality first */
GPtrArray *cr_medications (CrTx *tx, CrId patient, GError **error);   /* current first, by name */
GPtrArray *cr_prescriptions (CrTx *tx, CrId patient, GError **error); /* newest first */
GPtrArray *cr_observations (CrTx *tx, CrId patient, int kind, CrInstant since,
                            GError **error); /* kind −1: all; newest first */
/* The last n values of each code, newest first, by code. */
GPtrArray *cr_observations_last (CrTx *tx, CrId patient, const char *const *codes, int n, GError **error);
GPtrArray *cr_immunizations (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_procedures (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_family_histories (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_social_histories (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_documents (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_referrals (CrTx *tx, CrId patient, GError **error);
GPtrArray *cr_referral_events (CrTx *tx, CrId referral, GError **error);
/* Open ones of that person and those that nobody has; CR_ID_NONE: everybody's. */
GPtrArray *cr_tasks_closed (CrTx *tx, CrInstant since, gint64 limit, GError **error); /* newest first */
GPtrArray *cr_tasks (CrTx *tx, CrId assignee, GError **error);

/* practice-wide lists of work */
GPtrArray *cr_notes_unsigned (CrTx *tx, CrId author, GError **error); /* CR_ID_NONE: everybody's */
GPtrArray *cr_addenda_unsigned (CrTx *tx, CrId author, GError **error);
GPtrArray *cr_prescriptions_with_status (CrTx *tx, const int *statuses, guint n, GError **error);
GPtrArray *cr_referrals_open (CrTx *tx, GError **error);                 /* not closed, by urgency then age */
GPtrArray *cr_referrals_closed (CrTx *tx, gint64 limit, GError **error); /* ended ones, newest first */
GPtrArray *cr_observations_unreviewed (CrTx *tx, gint64 limit, GError **error); /* laboratory, newest first */
GPtrArray *cr_contact_list (CrTx *tx, const char *kind, GError **error);        /* NULL: all */
char *cr_prescription_next_number (CrTx *tx, CrId patient, GError **error);     /* RX-004217-0192 */
char *cr_referral_next_number (CrTx *tx, GError **error);                       /* REF-0311 */

/* documents: the sealed file first, then the row that names it */
gboolean cr_document_add (CrTx *tx, CrDocument *document, GBytes *content, GError **error);
GBytes *cr_document_content (CrTx *tx, const CrDocument *document, GError **error); /* checks tag and hash */
char *cr_content_hash (GBytes *content);                                            /* hex BLAKE2b-256 */
CrPacket *cr_packet_load (CrTx *tx, CrId id, GError **error);

/* import: what source ids are there already (id, or CR_ID_NONE); version and content unchanged when equal */
CrId cr_source_find (CrTx *tx, const CrRecordClass *klass, const char *source_id, GError **error);

/* A PIN for coming back; it goes with a new password and with the access. */
gboolean cr_person_has_pin (CrTx *tx, CrId person_id, gboolean *has, GError **error);

/* audit: newest first */
typedef struct {
  gint64 seq;
  CrInstant at;
  CrId person_id, record_id, patient_id;
  char *person, *role, *program, *action, *kind, *detail, *hash;
} CrAuditEntry;
/* What an administrator looks for that should not be (UX 3.12). */
typedef enum {
  CR_AUDIT_ANYTHING,
  CR_AUDIT_SAME_SURNAME,   /* the patient bears the family name of the person who did it */
  CR_AUDIT_SPECIAL_CHARTS, /* restricted charts, and those of people who work here */
  CR_AUDIT_AFTER_HOURS,    /* outside everybody's hours of that day; signing in and out count, too */
  CR_AUDIT_OWN_CHARTS      /* the person's own chart, or one that names the person as a relation */
} CrAuditWatch;
#define CR_AUDIT_ACTIONS 4
typedef struct {
  CrInstant from, until; /* 0: open */
  CrId person_id, patient_id;
  const char *actions[CR_AUDIT_ACTIONS]; /* any of these, the first ones set; none: any at all */
  int watch;                             /* CrAuditWatch */
  gint64 limit;
  gint64 before; /* only entries with a smaller seq; 0: from the newest */
  gint64 floor;  /* only entries with this seq or a larger one: a watch over all time goes in steps */
} CrAuditQuery;
void cr_audit_entry_free (CrAuditEntry *entry);
/* When the first and the last entry was written; both 0 when there is none. */
gboolean cr_audit_span (CrTx *tx, CrInstant *first, CrInstant *last, GError **error);
GPtrArray *cr_audit_list (CrTx *tx, const CrAuditQuery *query, GError **error);
/* Walks the whole chain; FALSE with error CHAIN_BROKEN naming the first entry that does not fit. */
gboolean cr_audit_verify (CrTx *tx, gint64 *entries, GError **error);
gint64 cr_table_count (CrTx *tx, const CrRecordClass *klass, GError **error);
