/* The recovery code on paper: 160 random bits as 8 groups of 4 Crockford base-32 digits, each with a check
 * digit that finds every single wrong digit, every swap of neighbours, and groups in the wrong order. */
#pragma once
#include <glib.h>

#define RECOVERY_BYTES 20

/* "7K3QD-…", in locked memory: free with cr_secret_free.  NULL: there is none. */
char *recovery_code_format (const guint8 key[RECOVERY_BYTES]);
/* Blanks, hyphens, case, O for 0 and I or L for 1 are forgiven.  INVALID names the group. */
gboolean recovery_code_parse (const char *typed, guint8 key[RECOVERY_BYTES], GError **error);
