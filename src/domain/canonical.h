/* The bytes that are hashed and signed. */
#pragma once
#include "chartroom/domain/record.h"

/* A heading line that names the layout and its number, then one entry per name, in that order:
 *   name:length:value newline, or name:- newline for an absent field.
 * Lengths count bytes, so no text can imitate another entry.  A layout is frozen once used: a change takes a
 * new heading, and old signatures keep theirs.  names: NULL-terminated, all fields of the class. */
GBytes *cr_canonical_bytes (const char *heading, const CrRecordClass *klass, gconstpointer record,
                            const char *const *names);
