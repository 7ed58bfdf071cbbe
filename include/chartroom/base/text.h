/* Text: folding for search, sounds, small formats.  All UTF-8; results are new strings. */
#pragma once
#include <glib.h>

#define cr_str_empty(s) ((s) == NULL || *(s) == '\0')
/* Case folded, accents removed (ß → ss, ø → o, ł → l), apostrophes and hyphens removed, runs of space joined. */
char *cr_text_fold (const char *s);
/* Sound key of one folded word (Soundex, 4 characters); "" for a word without letters. */
char *cr_text_sound (const char *folded);
gboolean cr_text_within_one_edit (const char *a, const char *b);
char *cr_text_digits (const char *s);            /* the ASCII digits alone */
char *cr_text_upper (const char *s);             /* locale-aware upper case, ß → SS */
gboolean cr_text_is_clean (const char *s);       /* valid UTF-8 without control characters but newline and tab */
char *cr_text_trim (const char *s);              /* trimmed, inner runs of blanks joined; NULL stays NULL */
char *cr_text_ellipsis_words (const char *s, gsize max_chars);
/* Number in words up to 999,999 ("ninety"), for prescriptions. */
char *cr_number_in_words (guint n);
