/* A practice of less than 1 MB in which one thing at a time is tampered with, and the count of what came of
 * it. */
#pragma once
#include "fixture.h"

typedef enum { TAMPER_DATABASE, TAMPER_LOG, TAMPER_KEYS, TAMPER_DOCUMENT, TAMPER_FILES } TamperFile;
enum { TAMPER_PAGE = 4096, TAMPER_LOG_HEADER = 32, TAMPER_FRAME_HEADER = 24, TAMPER_FRAME = 4120 };

void tamper_begin (void);
void tamper_end (void); /* prints the totals */

/* One more case of that kind that was refused with this CrErrorCode. */
void tamper_count (const char *what, int code);
/* One that was not refused; why: the reason why it does no harm. */
void tamper_count_harmless (const char *what, const char *why);

/* The practice as it was when its program was killed: the last commits are in the log alone. */
void tamper_restore (void);
void tamper_restore_one (TamperFile file);
gsize tamper_size (TamperFile file);
void tamper_flip (TamperFile file, gsize at);
void tamper_cut (TamperFile file, gsize size);
void tamper_remove (TamperFile file);
void tamper_put_other (TamperFile file); /* another practice's */

/* Error codes; −1: it was not refused. */
int tamper_open (void); /* keys and database */
int tamper_open_keys (void);
int tamper_open_store (void); /* as a person does */
int tamper_read_document (void);
/* Opens the practice after a crash.  It is refused with PAGE_ALTERED; or nothing is missing; or the last
 * commit is, as after a power cut, and verify finds that.  Anything else fails the test. */
void tamper_judge_log (const char *what);
/* Commits are missing or mixed: refused, or verify finds it. */
void tamper_judge_rollback (const char *what);

/* A later state, closed, after many changes. */
void tamper_restore_newer (void);
guint tamper_changed_pages (void);  /* pages that differ */
void tamper_put_old_page (guint n); /* the n-th of those */
void tamper_put_old (TamperFile file);
void tamper_judge_old (const char *what, guint n);

/* An open practice whose files are changed beneath it. */
typedef struct _TamperPages TamperPages;
TamperPages *tamper_pages_open (void);
void tamper_pages_close (TamperPages *self);
void tamper_pages_flip (TamperPages *self, TamperFile file, gsize at);
void tamper_pages_swap (TamperPages *self, guint one, guint other);
int tamper_pages_read (TamperPages *self, TamperFile file, gsize at);
