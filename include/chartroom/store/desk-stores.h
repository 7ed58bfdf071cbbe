/* Reads for the front desk, all inside a job: the book over ranges of days, the wait list, calls, duplicates
 * and merges, steps of the book.  Shapes as in stores.h; saving goes through cr_tx_save. */
#pragma once
#include "chartroom/store/stores.h"
#include "chartroom/domain/book-records.h"
#include "chartroom/domain/merge.h"

/* visit types; what is active, by type */
GPtrArray *cr_visit_type_persons (CrTx *tx, GError **error);
GPtrArray *cr_visit_type_needs (CrTx *tx, GError **error);
/* of one type, also what is not active any more: a pair has one row for ever */
GPtrArray *cr_visit_type_persons_of (CrTx *tx, CrId type, GError **error);
GPtrArray *cr_visit_type_needs_of (CrTx *tx, CrId type, GError **error);

/* the book; days are inclusive, and one statement reads them all */
GPtrArray *cr_appointments_between (CrTx *tx, CrDate from, CrDate to, GError **error); /* by date, time */
/* What takes time on those days, by date, time: only what the rules of the book read, no texts. */
GPtrArray *cr_appointments_held (CrTx *tx, CrDate from, CrDate to, GError **error);
/* Whether a visit was booked for the patient after that instant and still stands. */
gboolean cr_patient_booked_since (CrTx *tx, CrId patient, CrInstant since, gboolean *booked, GError **error);
GPtrArray *cr_appointments_of_series (CrTx *tx, CrId series, GError **error);      /* by date, time */
GPtrArray *cr_appointments_of_chain (CrTx *tx, CrId chain, GError **error);        /* by date, time */
GPtrArray *cr_patients_of_days (CrTx *tx, CrDate from, CrDate to, GError **error); /* each once, any order */
/* Cancelled and missed ones that nobody has taken care of, by date, time. */
GPtrArray *cr_appointments_unhandled (CrTx *tx, CrDate from, CrDate to, GError **error);
/* Active ones of the appointments of those days, or of one appointment. */
GPtrArray *cr_appointment_resources_between (CrTx *tx, CrDate from, CrDate to, GError **error);
GPtrArray *cr_appointment_resources (CrTx *tx, CrId appointment, GError **error);
GPtrArray *cr_appointment_resources_ever (CrTx *tx, CrId appointment, GError **error); /* given up ones too */
GPtrArray *cr_series_list (CrTx *tx, CrId patient, GError **error);                    /* newest first */
/* Encounters of those days whose patient is to come again and that nobody has taken care of, by date. */
GPtrArray *cr_encounters_to_return (CrTx *tx, CrDate from, CrDate to, GError **error);

/* Visits of those days that are over and had a doctor, newest first.  Of both records only what tells how
 * long it took is filled in: clinician, type, minutes booked, stamps. */
typedef void (*CrPastVisitFunc) (const CrAppointment *appointment, const CrEncounter *encounter,
                                 gpointer data);
gboolean cr_each_past_visit (CrTx *tx, CrDate from, CrDate to, CrPastVisitFunc func, gpointer data,
                             GError **error);

/* the wait list */
GPtrArray *cr_wait_entries_open (CrTx *tx, GError **error); /* by priority, longest first */
GPtrArray *cr_wait_entries_closed (CrTx *tx, CrInstant since, GError **error); /* closed last first */
GPtrArray *cr_wait_entries (CrTx *tx, CrId patient, GError **error); /* of any status, newest first */

/* calls, letters, the phone log */
GPtrArray *cr_contact_attempts (CrTx *tx, CrId patient, GError **error); /* to be made, then newest first */
/* About the appointments of those days, oldest first. */
GPtrArray *cr_contact_attempts_for_days (CrTx *tx, CrDate from, CrDate to, GError **error);
/* Made from then on and before until, oldest first. */
GPtrArray *cr_contact_attempts_made (CrTx *tx, CrInstant from, CrInstant until, GError **error);
/* Still to be made by that day, by due day. */
GPtrArray *cr_contact_attempts_due (CrTx *tx, CrDate by, GError **error);

/* duplicates and merges */
GPtrArray *cr_duplicate_answers (CrTx *tx, GError **error);
CrDuplicateAnswer *cr_duplicate_answer_of (CrTx *tx, CrId a, CrId b, GError **error); /* NULL without error */
GPtrArray *cr_patient_merges (CrTx *tx, CrInstant since, GError **error); /* newest first, undone ones too */
CrPatientMerge *cr_patient_merge_of (CrTx *tx, CrId gone,
                                     GError **error); /* that holds; NULL without error */
GPtrArray *cr_merge_items (CrTx *tx, CrId merge, GError **error);
/* The whole practice, some patients at a time: those after that id, merged ones left out, in order of id; and
 * former names and coverages of patients after first and up to last, in order of the patient. */
GPtrArray *cr_patients_after (CrTx *tx, CrId id, int limit, GError **error);
GPtrArray *cr_patient_names_between (CrTx *tx, CrId first, CrId last, GError **error);
GPtrArray *cr_coverages_between (CrTx *tx, CrId first, CrId last, GError **error);

/* steps of the book */
GPtrArray *cr_book_steps (CrTx *tx, CrDate date, GError **error); /* everybody's, oldest first */
/* When that person last made or undid one that day; CR_INSTANT_NONE: not yet. */
gboolean cr_book_step_newest (CrTx *tx, CrDate date, CrId person, CrInstant *newest, GError **error);
/* The first and last audit entry that this job has written; both 0 before it wrote any. */
void cr_tx_entries (CrTx *tx, gint64 *first, gint64 *last);
/* What the writes of these audit entries did, oldest first. */
typedef struct {
  gint64 seq;
  const CrRecordClass *klass;
  CrRecord *before; /* NULL: it was created */
  CrRecord *after;
} CrHistoryEntry;
void cr_history_entry_free (CrHistoryEntry *entry);
/* The newest write of one record; NULL with error, NOT_FOUND when there is none. */
CrHistoryEntry *cr_history_last (CrTx *tx, CrId record, GError **error);
GPtrArray *cr_history_between (CrTx *tx, gint64 first, gint64 last, GError **error); /* CrHistoryEntry */
