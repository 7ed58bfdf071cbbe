/* An invented practice whose every word is known, and what looks for them: all that is written lies below one
 * folder. */
#pragma once
#include "../tools/leak-files.h"
#include "rotate-fixture.h"

#define LEAK_PIN "70528416"

/* Set by leak_set_environment: the run's folder; below it all that may show nothing; there, for backups and
 * copies; and beside it, for what is written at somebody's wish. */
extern char *leak_base, *leak_scratch, *leak_beside, *leak_given;

/* Words that are looked for, with letters of this run alone in each. */
typedef struct {
  char *family, *given, *note, *document, *title, *reason;
} Words;

typedef struct {
  Fixture *f;
  LeakSearch *search, *own; /* own: of this run alone */
  LeakFiles files;
  Words words;
  gint64 since;
} Hunt;

/* Before anything else.  Programs that are started from here find the same places and words. */
void leak_set_environment (void);
void leak_words_init (Words *words);
void leak_words_clear (Words *words);
void hunt_init (Hunt *hunt);
void hunt_clear (Hunt *hunt);
/* The keys of the newest epoch and the person's own are looked for from now on. */
void hunt_add_keys (Hunt *hunt, const char *folder);
void hunt_add_code (Hunt *hunt, const char *code);
/* A patient with a note and a document, all of them words that are looked for. */
void hunt_add_patient (Hunt *hunt, int number);
/* Looks into every file; ends the test when it finds anything. */
void hunt_now (Hunt *hunt, const char *when);
