/* A look at JSON text before a recursive parser sees a byte of it: size, depth, UTF-8, grammar.  One pass, no
 * recursion, no allocation that grows with depth. */
#pragma once
#include <glib.h>

#define CR_JSON_MAX_BYTES (64u << 20)
#define CR_JSON_MAX_DEPTH 64

/* FALSE with CR_ERROR_INVALID: a sentence with the file's name and the byte where it went wrong. */
gboolean cr_json_guard (GBytes *bytes, const char *name, GError **error);
/* The same check; besides, returns the text with every number put in quotes behind CR_JSON_NUMBER_MARK, so that the
 * number's own digits ("4.0", "1e3") survive a parser that knows only doubles.  Free with g_free. */
char *cr_json_guard_numbers (GBytes *bytes, const char *name, gsize *length, GError **error);
#define CR_JSON_NUMBER_MARK "\001" /* first character of such a string; the guard refuses it in the file */
