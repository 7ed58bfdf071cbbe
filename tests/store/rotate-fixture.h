/* What the tests of new keys share. */
#pragma once
#include "fixture.h"
#include "chartroom/store/rotate.h"

#define REASON "somebody left"
#define NURSE_PASSWORD "another invented test phrase"

typedef struct _Run Run;
struct _Run {
  Fixture *practice;
  char *code;                              /* the newest */
  GString *steps;                          /* "copy verify lock …", each once in a row */
  void (*at) (Run *run, const char *step); /* NULL: nothing */
  const char *stop_at;                     /* NULL: nowhere */
  char *images;                            /* folder with a copy of the practice for each step; NULL: none */
  guint n_images, n_writes;
};

void rotate_remove_all (const char *path);
void rotate_copy_all (const char *from, const char *to); /* a folder; to is made */
/* Before anything else: what the tests' practices leave with this computer lies in a folder of the test's
 * own, so that older copies can be opened. */
void rotate_own_state (void);
void rotate_forget_seen (void); /* as if this computer had never seen a practice */
int rotate_run_tests (void);    /* and removes that folder */
/* A file of the practice's folder. */
gboolean rotate_is_there (Fixture *f, const char *name);
void run_init (Run *run, Fixture *practice);
void run_clear (Run *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)
/* run: as its fields say. */
gboolean rotate_try (Run *run, CrRotated *rotated, GError **error);
/* Rotates, and signs in again. */
void rotate_well (Fixture *f, CrRotated *rotated);
/* A practice that nobody has open. */
gboolean rotate_closed (const char *folder, CrClock *clock, GError **error);
/* verify finds nothing. */
void rotate_assert_sound (Fixture *f);
/* A document whose content is its title. */
CrDocument *rotate_add_document (Fixture *f, const char *words);
void rotate_assert_document (Fixture *f, CrDocument *document);
gint64 rotate_count_patients (Fixture *f);
void rotate_add_patient (Fixture *f);
/* "nurse" with NURSE_PASSWORD. */
gboolean rotate_add_nurse_job (CrTx *tx, gpointer data, GError **error);
/* data: gint64, the number of patients. */
gboolean rotate_count_job (CrTx *tx, gpointer data, GError **error);
