/* Makes an invented practice: people, hours, patients with ten years of history, a book, work in progress. */
#pragma once
#include "chartroom/clinical/knowledge.h"
#include "chartroom/base/clock.h"

typedef struct {
  const char *folder;
  const char *password; /* of everybody in it */
  guint patients;
  guint crowd; /* as many again beside them, of whom there is a name and one visit alone */
  guint64 seed;
  CrDate date;       /* the practice's "today" */
  gboolean thin;     /* people and visits only, in bulk */
  gboolean thick;    /* one 20-year chart besides */
  gboolean fast_kdf; /* benches and tests: the cheapest key derivation */
} CrDemoOptions;

/* FALSE with error: stop, and leave nothing behind. */
typedef gboolean (*CrDemoProgress) (guint done, guint all, gpointer data, GError **error);
gboolean cr_demo_make (const CrDemoOptions *options, const CrKnowledge *knowledge, CrDemoProgress progress,
                       gpointer data, GError **error);
