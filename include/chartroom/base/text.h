/* Text: folding for search, sounds, small formats.  All UTF-8; results are new strings; NULL reads as "". */
#pragma once
#include <glib.h>

#define cr_str_empty(s) ((s) == NULL || *(s) == '\0')
/* Case folded, accents removed (ß → ss, ø → o, ł → l), apostrophes and hyphens removed, runs of space
 * joined.  Folding what is folded changes nothing. */
char *cr_text_fold (const char *s);
/* Sound key of one folded word (a repaired Soundex, 4 characters); "" for a word without ASCII letters. */
char *cr_text_sound (const char *folded);
char *cr_text_sound_other (const char *folded); /* a second key of a word that has two (Nowak), else "" */
gboolean cr_text_sounds_alike (const char *a,
                               const char *b); /* one of their keys is the same; folded words */
/* Equal, or one character added, lost, replaced, or swapped with its neighbour.  Neither may be NULL. */
gboolean cr_text_within_one_edit (const char *a, const char *b);
char *cr_text_digits (const char *s); /* the ASCII digits alone */
char *cr_text_upper (const char *s);  /* locale-aware upper case, ß → SS */
/* Valid UTF-8 without control characters but newline and tab. */
gboolean cr_text_is_clean (const char *s);
/* Marks that turn the direction of writing (U+202A–202E, U+2066–2069) and so make a line read as what it is
 * not; text from elsewhere may have them by right.  s: valid UTF-8 or NULL. */
gboolean cr_text_has_turns (const char *s);
/* The same text without control characters and such marks; bytes that are no UTF-8 become U+FFFD.  NULL stays
 * NULL. */
char *cr_text_clean (const char *s);
/* Trimmed; inner runs of blanks and line ends become one space.  NULL stays NULL. */
char *cr_text_trim (const char *s);
gboolean cr_text_is_blank (const char *s); /* nothing but blanks and line ends; NULL, too */
/* At most max_chars characters; what is cut, at a blank where there is one, ends in "…". */
char *cr_text_ellipsis_words (const char *s, gsize max_chars);
/* Number in English words up to 999,999 ("ninety"), in figures beyond; for prescriptions. */
char *cr_number_in_words (guint n);
