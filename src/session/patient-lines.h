/* The lines of one patient draft: kept in order, read with the patient, saved with the patient. */
#pragma once
#include "chartroom/session/patient-line.h"
#include "chartroom/session/work.h"
#include "line-fields.h"

enum { CR_LINE_MOST_FILES = 2 };

/* ---- one line; patient-line.c ---- */

/* record: as stored, taken; NULL: a new line. */
CrPatientLine *cr_patient_line_new (CrSession *session, CrLineKind kind, gpointer record);
const char *cr_patient_line_text (CrPatientLine *self, CrLineFieldId field);
gboolean cr_patient_line_is_blank (CrPatientLine *self);
gboolean cr_patient_line_is_touched (CrPatientLine *self); /* a new one always */
/* Sentence of the first field with a problem; NULL: none. */
const char *cr_patient_line_first_problem (CrPatientLine *self);
/* Said by whoever sees all lines; NULL: nothing.  What the line's own rules say goes first. */
void cr_patient_line_set_rank_problem (CrPatientLine *self, const char *sentence);

/* What becomes of a line when its patient is saved. */
typedef struct {
  CrLineKind kind;
  gpointer record; /* owned: as it will be, the files and the patient aside; its version is the one that was
                      read */
  gboolean ended;  /* taken out of the form: holds no longer from today on */
  GBytes *chosen[CR_LINE_MOST_FILES]; /* owned, NULL: none; by slot */
  gboolean dropped[CR_LINE_MOST_FILES];
} CrLineSaving;
void cr_line_saving_free (gpointer saving);
/* NULL: there is nothing to save. */
CrLineSaving *cr_patient_line_saving (CrPatientLine *self, gboolean removed);
/* A slot of that kind: its property and its field of the record; NULL: there are no more. */
const char *cr_line_slot (CrLineKind kind, guint nth, const char **column);

/* ---- all of them; patient-lines.c ---- */

#define CR_TYPE_PATIENT_LINES (cr_patient_lines_get_type ())
/* Signal "edited": a line was changed, added or removed by the person; "loaded". */
G_DECLARE_FINAL_TYPE (CrPatientLines, cr_patient_lines, CR, PATIENT_LINES, GObject)

CrPatientLines *cr_patient_lines_new (CrSession *session, CrId patient /* CR_ID_NONE: a new one */);
gboolean cr_patient_lines_is_loaded (CrPatientLines *self);
GListModel *cr_patient_lines_get (CrPatientLines *self, CrLineKind kind);
void cr_patient_lines_add (CrPatientLines *self, CrPatientLine *line); /* takes it */
void cr_patient_lines_remove (CrPatientLines *self, CrPatientLine *line);
CrPatientLine *
cr_patient_lines_primary (CrPatientLines *self); /* coverage of the first rank; borrowed, NULL none */
CrPatientLine *
cr_patient_lines_emergency (CrPatientLines *self); /* first such relative; borrowed, NULL none */
const char *cr_patient_lines_free_rank (CrPatientLines *self);
const char *cr_patient_lines_problem (CrPatientLines *self); /* NULL: all may be saved */
GPtrArray *cr_patient_lines_savings (CrPatientLines *self);  /* CrLineSaving */

/* ---- on the store thread; patient-lines-save.c ---- */

typedef struct {
  CrId patient;
  GPtrArray *records[CR_N_LINE_KINDS]; /* results: those that hold today */
} CrLineReading;
void cr_line_reading_free (gpointer reading);
gboolean cr_line_read_job (CrTx *tx, gpointer reading, GError **error);
/* CONFLICT with the house's sentence when one of them was changed meanwhile. */
gboolean cr_line_save_all (CrTx *tx, CrId patient, const GPtrArray *savings, GError **error);
