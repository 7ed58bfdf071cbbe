/* Steps over the guard's output without building a tree: which entries a bundle has, and what kind each is.
 * Only for text that cr_json_guard returned: nothing is checked again. */
#pragma once
#include <glib.h>

/* First character of a value in the text; NULL: no such value. */
typedef const char *JsonText;

/* Value of an object's first member of that name; NULL when absent or when this is no object. */
JsonText json_text_member (JsonText object, const char *name);
/* Elements of an array in order; `previous` is NULL for the first.  NULL at the end or when this is no array.
 */
JsonText json_text_next (JsonText array, JsonText previous);
gsize json_text_length (JsonText value);
gboolean json_text_is (JsonText value, char first); /* '{' '[' or '"' */
char *json_text_string (JsonText value);            /* a string without escapes; NULL for anything else */
