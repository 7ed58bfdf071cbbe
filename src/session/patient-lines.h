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

/* What was typed in it, kept in a group of a key file beside which stored line it belongs to; all texts of
 * it, for a line that is not stored any more when it is put back. */
#define CR_KEPT_KIND "line-kind"
#define CR_KEPT_ID "line-id" /* and its version; 0: not stored */
#define CR_KEPT_VERSION "line-version"
#define CR_KEPT_REMOVED "line-removed"
#define CR_KEPT_FILES "line-files" /* one was chosen or taken out: that is not kept */
#define CR_KEPT_TYPED "line-typed" /* the properties that were touched */
void cr_patient_line_keep (CrPatientLine *self, GKeyFile *kept, const char *group, gboolean removed);
void cr_patient_line_take_kept (CrPatientLine *self, GKeyFile *kept, const char *group);
gboolean cr_patient_line_is_record (CrPatientLine *self, CrId id);
gint64 cr_patient_line_version (CrPatientLine *self);

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
CrDate
cr_patient_lines_last_seen (CrPatientLines *self); /* when the patient was here last; none: not known */
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
/* Every line that was touched, added or removed; draft-kept.h. */
void cr_patient_lines_keep (CrPatientLines *self, GKeyFile *kept);
typedef struct {
  gboolean changed; /* since then, by somebody else */
  gboolean merged;  /* it was typed for a chart that was merged into this one */
  gboolean files;   /* some had been chosen */
} CrKeptNews;
void cr_patient_lines_take_kept (CrPatientLines *self, GKeyFile *kept, CrKeptNews *news);

/* ---- on the store thread; patient-lines-save.c ---- */

typedef struct {
  CrId patient;
  GPtrArray *records[CR_N_LINE_KINDS]; /* results: those that hold today */
} CrLineReading;
void cr_line_reading_free (gpointer reading);
gboolean cr_line_read_job (CrTx *tx, gpointer reading, GError **error);
/* CONFLICT with the house's sentence when one of them was changed meanwhile. */
gboolean cr_line_save_all (CrTx *tx, CrId patient, const GPtrArray *savings, GError **error);
