/* What the thread of a long run says of itself, for the main loop to show; what comes faster than it can be
 * shown is left out. */
#pragma once
#include <glib-object.h>

typedef struct {
  GMutex lock;
  GObject *owner; /* not owned: keeps itself while the run lasts */
  void (*show) (gpointer owner);
  const char *words; /* translated; static */
  double done;
  gboolean queued; /* to be shown */
} CrRunNews;

/* show: called in the main loop, where it reads. */
void cr_run_news_init (CrRunNews *self, gpointer owner, void (*show) (gpointer owner));
void cr_run_news_clear (CrRunNews *self);
void cr_run_news_tell (CrRunNews *self, const char *words, double done); /* in any thread */
void cr_run_news_read (CrRunNews *self, const char **words, double *done);
