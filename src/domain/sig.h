/* How often a dose is taken; shared by the directions in words and the arithmetic on them. */
#pragma once
#include <glib.h>

typedef struct {
  gint64 times, days; /* so many doses in so many days; "once": 1 in 0 days */
} CrFrequency;

/* FALSE for keys that are not known. */
gboolean cr_frequency_parse (const char *key, CrFrequency *out);
