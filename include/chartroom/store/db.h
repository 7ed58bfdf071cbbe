/* The driver seam: the only face of a database that the store sees.  Portable SQL, `$1` placeholders.
 * A CrDb belongs to one thread (the store thread, or the caller of the synchronous form). */
#pragma once
#include "chartroom/base/error.h"
#include "chartroom/base/ids.h"
#include "chartroom/base/decimal.h"
#include "chartroom/vault/vault.h"

typedef struct _CrDb CrDb;
typedef struct _CrStmt
    CrStmt; /* cached by SQL text; reset by cr_stmt_reset or the next cr_db_prepare of it */

typedef enum { CR_DB_OPEN = 0, CR_DB_CREATE = 1 << 0, CR_DB_READ_ONLY = 1 << 1 } CrDbFlags;
/* Opens the vault's practice.db through the cipher VFS with the settings of STORE-FORMAT §4. */
CrDb *cr_db_open (CrVault *vault, CrDbFlags flags, GError **error);
/* A plain, unencrypted SQLite database for the benches' reference line and nothing else. */
CrDb *cr_db_open_plain (const char *path, GError **error);
/* An encrypted database under another file name in the practice folder (":memory:" allowed), for tests. */
CrDb *cr_db_open_named (CrVault *vault, const char *file, CrDbFlags flags, GError **error);
void cr_db_close (CrDb *self); /* optimizes, checkpoints, wipes */

/* NULL with error set on a bad statement. */
CrStmt *cr_db_prepare (CrDb *self, const char *sql, GError **error);
gboolean cr_db_exec (CrDb *self, const char *sql_script,
                     GError **error); /* several statements, no parameters */

/* Positions count from 1, as in `$1`. */
void cr_stmt_bind_int (CrStmt *self, int n, gint64 v);
void cr_stmt_bind_real (CrStmt *self, int n, double v);      /* NAN binds NULL */
void cr_stmt_bind_text (CrStmt *self, int n, const char *v); /* NULL binds NULL; text is copied */
void cr_stmt_bind_blob (CrStmt *self, int n, const void *v, gsize len);
void cr_stmt_bind_null (CrStmt *self, int n);

typedef enum { CR_STEP_ERROR, CR_STEP_ROW, CR_STEP_DONE } CrStep;
CrStep cr_stmt_step (CrStmt *self, GError **error);
gboolean cr_stmt_run (CrStmt *self, GError **error); /* step to the end and reset */
void cr_stmt_reset (CrStmt *self);                   /* also clears bindings */
int cr_stmt_changes (CrStmt *self);                  /* rows changed by the last run */

/* Columns count from 0; text and blob stay valid until the next step or reset. */
gboolean cr_stmt_is_null (CrStmt *self, int col);
gint64 cr_stmt_int (CrStmt *self, int col);
double cr_stmt_real (CrStmt *self, int col);      /* NAN when NULL */
const char *cr_stmt_text (CrStmt *self, int col); /* NULL when NULL */
const void *cr_stmt_blob (CrStmt *self, int col, gsize *len);
int cr_stmt_columns (CrStmt *self);

gboolean cr_db_begin (CrDb *self, GError **error); /* immediate */
gboolean cr_db_commit (CrDb *self, GError **error);
void cr_db_rollback (CrDb *self);
gboolean cr_db_in_transaction (CrDb *self);

int cr_db_schema_version (CrDb *self, GError **error); /* user_version; -1 on error */
gboolean cr_db_set_schema_version (CrDb *self, int version, GError **error);
/* Told from the thread that waits: TRUE once another program has kept this one waiting for a moment, FALSE
 * when the wait is over.  Waiting ends after five seconds with LOCKED. */
typedef void (*CrDbWait) (gboolean waiting, gpointer data);
void cr_db_set_wait (CrDb *self, CrDbWait func, gpointer data);
/* A number that changes whenever any program commits to the database (data_version). */
gint64 cr_db_change_stamp (CrDb *self, GError **error);
/* Reads every page of database and WAL and checks its tag, then SQLite's own integrity check.
 * Appends one sentence per finding to findings (char*); FALSE when there is any. */
gboolean cr_db_verify (CrDb *self, GPtrArray *findings, GError **error);
/* Its two halves.  Pages: FALSE when there are findings; then the structure need not be asked. */
gboolean cr_db_verify_pages (CrDb *self, GPtrArray *findings);
/* Structure: SQLite's check begins in a thread of its own, on another connection, as of this moment or one
 * soon after; _end waits for it and appends its findings, FALSE with error when it could not be made;
 * _abandon stops it.  Both free it. */
typedef struct _CrDbStructure CrDbStructure;
CrDbStructure *cr_db_structure_begin (CrDb *self);
gboolean cr_db_structure_end (CrDbStructure *self, GPtrArray *findings, GError **error);
void cr_db_structure_abandon (CrDbStructure *self);
/* All of it as it is at one moment, byte for byte as a database file of its own, sealed: for a backup. Others
 * may write meanwhile.  _new begins a read transaction, which _free ends.  Errors: LOCKED, PAGE_ALTERED,
 * TRUNCATED, IO. */
typedef struct _CrDbImage CrDbImage;
CrDbImage *cr_db_image_new (CrDb *self, GError **error);
gint64 cr_db_image_size (CrDbImage *self); /* bytes */
/* The next whole pages that room has place for; how many bytes, 0 at the end, −1 with error.  Each page is
 * found authentic, or nothing is given. */
gssize cr_db_image_read (CrDbImage *self, guint8 *out, gsize room, GError **error);
void cr_db_image_free (CrDbImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrDbImage, cr_db_image_free)

/* A copy of all of it as it is at one moment, sealed with the same keys, as a new file at path (absolute).
 * Others may write meanwhile; inside a transaction it is that transaction's state.  step: may be NULL; FALSE
 * ends it with CANCELLED.  What failed leaves no file. */
typedef gboolean (*CrDbStep) (gint64 pages_done, gint64 pages, gpointer data);
gboolean cr_db_copy (CrDb *self, const char *path, CrDbStep step, gpointer data, GError **error);
/* The image sealed with another vault's keys, at path: made, or brought to what the image is where an earlier
 * call made it, also one that was cut off; what it needs to know for that lies in PATH-pages.  kept: pages
 * that were there already.  Not checked: the caller has all of it verified before it counts.  What failed
 * leaves both files.  Errors besides: CANCELLED, DISK_FULL. */
gboolean cr_db_image_reseal (CrDbImage *image, CrVault *vault, const char *path, CrDbStep step, gpointer data,
                             gint64 *kept, GError **error);
gboolean cr_db_checkpoint (CrDb *self, GError **error);
