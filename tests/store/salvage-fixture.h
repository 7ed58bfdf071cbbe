/* An invented practice with documents and a backup, copies of it that get damaged, and what came out. */
#pragma once
#include "chartroom/store/doctor.h"
#include "chartroom/store/stores.h"
#include "table.h"

#define SALVAGE_LOGIN "admin"
#define SALVAGE_PASSWORD "plain invented test phrase"
#define SALVAGE_PAGE 4096

/* Call first and last in main.  patients: of the practice. */
void salvage_begin (guint patients);
int salvage_end (int status);
const char *salvage_original (void);    /* folder */
const char *salvage_document (guint n); /* file names of its documents: 0, 1 */

/* A copy of the original that may be damaged; freed with its folder. */
typedef struct {
  char *folder, *to; /* to: where a salvage goes */
  CrDoctorReport *report;
} Patient;
Patient *patient_new (void);
void patient_free (Patient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Patient, patient_free)
char *patient_path (Patient *self, const char *name);
void patient_flip (Patient *self, const char *file, gint64 at);
/* A byte of each of these pages (guint32) of practice.db. */
void patient_hurt_pages (Patient *self, const GArray *pages);
void patient_cut (Patient *self, const char *file, gint64 size);
gint64 patient_size (Patient *self, const char *file);
/* Saves rooms "Invented N", a job each, and leaves everything as when the program had been killed then. */
void patient_add_rooms_and_die (Patient *self, guint n);
/* One number out of the salvaged practice. */
gint64 patient_number (Patient *self, const char *sql);
/* Runs the doctor with a salvage; it must work. */
void patient_salvage (Patient *self);
/* Every record of the original is in the salvaged practice as it was, or the report names it, or the audit
 * entry that made it; how many are not there. */
guint patient_compare (Patient *self);
void patient_assert_says (const GPtrArray *sentences, const char *words);
/* The salvaged practice opens and verifies. */
void patient_assert_verifies (Patient *self);

/* Pages of a table (rows of it lie there), in the original; freed by the caller.  type: first byte of a page,
 * 0x0d leaves, 0x05 branches, 0x0a an index's leaves. */
GArray *original_leaves (const char *table, CrId id);
GArray *original_pages_of_type (guint8 type);
