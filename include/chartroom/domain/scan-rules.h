/* What may be taken in from a file: pictures and PDFs, known by their first bytes.  Pure. */
#pragma once
#include <glib.h>

#define CR_SCAN_MOST_BYTES (20 * 1024 * 1024)

/* "image/png" "image/jpeg" "image/tiff" "image/gif" "application/pdf"; NULL: none of these. */
const char *cr_scan_mime (GBytes *content);
/* Sentence, NULL: it may be taken.  picture: a PDF may not. */
const char *cr_scan_problem (GBytes *content, gboolean picture);
