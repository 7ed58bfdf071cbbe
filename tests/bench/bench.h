/* Measures the program and prints one line per figure.  Nothing here judges: the goals are words in the last
 * column. */
#pragma once
#include "src/ctl/demo.h"
#include "chartroom/session/work.h"

#define BENCH_DAY CR_DATE (2026, 11, 23)
#define BENCH_PASSWORD "quiet lantern over the river"

typedef struct {
  gboolean smoke;     /* sizes of a test: whether it runs, not how fast */
  const char *folder; /* scratch, removed by the caller */
  CrKnowledge *knowledge;
} Bench;

/* parts */
void bench_store (Bench *bench);
void bench_search (Bench *bench);
void bench_demo (Bench *bench);
void bench_chart (Bench *bench); /* unlock, chart, day view */
void bench_book (Bench *bench);  /* next available, a full day */
void bench_import (Bench *bench);
void bench_paper (Bench *bench);
void bench_audit (Bench *bench);
void bench_backup (Bench *bench); /* also: opening, restoring, verifying */

double bench_now (void); /* seconds since some moment */
double bench_cpu (void); /* seconds of processor time of all threads: what a busy machine does not change */
/* NAME  VALUE UNIT  NOTE */
void bench_line (const char *name, double value, const char *unit, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Times of one thing done often: an array of doubles, in seconds. */
GArray *bench_times_new (void);
void bench_times_add (GArray *self, double seconds);
double bench_percentile (GArray *self, int percent); /* 50 is the median */

/* Ends the program with the message: a bench that cannot run is not a figure. */
void bench_check (GError *error);
char *bench_path (Bench *bench, const char *name);
/* An invented practice NAME, made unless it is there; how long that took, or 0. */
double bench_make_demo (Bench *bench, const char *name, guint patients, gboolean thin, gboolean thick);
/* Signed in as the doctor, or admin; with the cheap key derivation of bench_make_demo. */
CrSession *bench_open (Bench *bench, const char *name, const char *login);
void bench_close (CrSession *session);
/* Ids and names of all patients. */
typedef struct {
  CrId id;
  char *mrn, *family, *given, *phone;
  CrDate birth;
} BenchPatient;
GPtrArray *bench_patients (CrSession *session);
