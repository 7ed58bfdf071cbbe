/* One error domain for the whole program.  A GError travels up to where a person can act on it; its
 * message is a whole sentence: what happened, to what, and what to do. */
#pragma once
#include <glib.h>

#define CR_ERROR (cr_error_quark ())
GQuark cr_error_quark (void);

typedef enum {
  CR_ERROR_FAILED,         /* anything without a code of its own */
  CR_ERROR_INVALID,        /* input that cannot be accepted (hard limit, malformed file) */
  CR_ERROR_NOT_FOUND,      /* no such record, file or person */
  CR_ERROR_NOT_ALLOWED,    /* the signed-in person's role does not permit it */
  CR_ERROR_CONFLICT,       /* the record was changed elsewhere since it was read */
  CR_ERROR_WRONG_PASSWORD, /* no slot opened with that name and password */
  CR_ERROR_KEYS_MISSING,   /* practice.keys is not there */
  CR_ERROR_KEYS_ALTERED,   /* practice.keys does not authenticate */
  CR_ERROR_KEYS_OLDER,     /* practice.keys is older than the database has seen */
  CR_ERROR_KEYS_CHANGED,   /* the practice has gone over to a new key epoch: sign in again */
  CR_ERROR_OLDER_COPY,     /* the whole practice is older than this computer has seen it */
  CR_ERROR_HOSTILE_KEYS,   /* a slot asks for more than 2 GiB or 30 passes */
  CR_ERROR_NOT_A_PRACTICE, /* no practice here, or a plain/foreign database file */
  CR_ERROR_OTHER_PRACTICE, /* authentic, but of another practice */
  CR_ERROR_PAGE_ALTERED,   /* page N of FILE does not authenticate */
  CR_ERROR_TRUNCATED,      /* FILE ends at page N, before its recorded end */
  CR_ERROR_STORE_NEWER,    /* written by a newer program */
  CR_ERROR_CIPHER_UNKNOWN, /* cipher id this program does not have */
  CR_ERROR_DISK_FULL,
  CR_ERROR_READ_ONLY,
  CR_ERROR_LOCKED, /* another program holds the file; message names it where known */
  CR_ERROR_IO,     /* any other input/output failure */
  CR_ERROR_CANCELLED,
  CR_ERROR_SHARED_PLACE, /* the folder lies on a network drive or is copied elsewhere by a program */
  CR_ERROR_RESTRICTED,   /* a restricted chart is opened for a reason only, which was not given */
  CR_ERROR_CHAIN_BROKEN, /* audit chain, history or a document does not verify */
} CrErrorCode;
