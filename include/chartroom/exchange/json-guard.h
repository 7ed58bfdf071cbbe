/* A look at JSON text before a recursive parser sees a byte of it: size, depth, UTF-8, grammar.  No
 * recursion, one step per token.  What passes is returned as strict JSON in a normal form that any parser
 * reads alike. */
#pragma once
#include <glib.h>

#define CR_JSON_MAX_BYTES (64u << 20)
#define CR_JSON_MAX_DEPTH 64
#define CR_JSON_MAX_VALUES (4u << 20) /* bounds the memory of a tree made from the text */

/* The first character of a string that was a number in the file. */
#define CR_JSON_NUMBER_MARK '\001'

/* The text without blanks between tokens, and every number in quotes behind CR_JSON_NUMBER_MARK, so that its
 * digits survive a parser that knows only doubles ("4.0" stays "4.0").  Carriage returns become line feeds;
 * other escaped control characters but the tab, and halves of surrogate pairs, become U+FFFD: no string of
 * the file can hold the mark or NUL. New, NUL-terminated text of *length bytes.  NULL with CR_ERROR_INVALID:
 * a sentence with the file's name and the byte where it went wrong. */
char *cr_json_guard (GBytes *bytes, const char *name, gsize *length, GError **error);
