/* A laboratory's reference range as it was reported: "3.5–5.0", "≥ 60", "<200". */
#pragma once
#include <glib.h>

/* NAN for an open or unknown end. */
void cr_reference_range_parse (const char *range, double *low, double *high);
