/* A damaged database read page by page, without SQLite and without writing to it: of each page the newest
 * committed state that authenticates. */
#pragma once
#include "chartroom/vault/vault.h"

#define CR_RAW_PAGE 4096
#define CR_RAW_USABLE 4056 /* without the cipher's reserve */

typedef enum {
  CR_RAW_SOUND,
  CR_RAW_OLDER,   /* its newest state, in the log, is lost: an older one was read */
  CR_RAW_ALTERED, /* does not authenticate */
  CR_RAW_MISSING  /* the file ends before it, or in it */
} CrRawState;

typedef struct _CrRawPages CrRawPages;
/* path: of the database; its log lies beside it.  NOT_FOUND, READ_ONLY (unreadable), LOCKED (a program has
 * the database open), NOT_A_PRACTICE (a plain database), OTHER_PRACTICE (no page of it opens). */
CrRawPages *cr_raw_pages_open (CrVault *vault, const char *path, GError **error);
void cr_raw_pages_free (CrRawPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrRawPages, cr_raw_pages_free)

/* How many pages the database has, or had when they can be known. */
guint32 cr_raw_pages_count (CrRawPages *self);
/* page: CR_RAW_PAGE bytes; zeros when it is lost. */
CrRawState cr_raw_pages_read (CrRawPages *self, guint32 number, guint8 *page);
/* Frames of the log that are lost though later commits prove that they were sound (guint32). */
const GArray *cr_raw_pages_lost_frames (CrRawPages *self);
/* The log's own header is altered; its frames were read by what they say themselves. */
gboolean cr_raw_pages_log_header_lost (CrRawPages *self);
/* Bytes behind the last whole page. */
guint cr_raw_pages_tail (CrRawPages *self);
