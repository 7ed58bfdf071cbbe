/* The connection, for the files of this folder. */
#pragma once
#include "chartroom/store/db.h"
#include "cipher-vfs.h"

#define DB_PAGE_SIZE ((gint64)4096)
#define DB_LOCK_PAGE (0x40000000 / DB_PAGE_SIZE + 1) /* SQLite never uses it */
#define DB_APPLICATION_ID 0x43485254                 /* "CHRT" */

struct _CrDb {
  sqlite3 *sqlite;
  char *name;             /* of the file, for messages */
  CrVault *vault;         /* NULL for a plain database */
  GHashTable *statements; /* SQL text → CrStmt */
  int waited;             /* milliseconds for another program, this time */
  gboolean told;          /* that it waits */
  CrDbWait wait;          /* NULL: nobody asks */
  gpointer wait_data;
};

/* Turns an SQLite code and what the VFS found into a sentence; returns FALSE. */
gboolean db_set_error (CrDb *self, int code, GError **error);
/* Runs statements without looking at their rows. */
gboolean db_run (CrDb *self, const char *sql, GError **error);
/* First column of the first row as a number, or fallback when there is none or it fails. */
gint64 db_number (CrDb *self, const char *sql, gint64 fallback);

/* Waits for other programs, or does not. */
void db_set_patience (CrDb *self, gboolean patient);
/* Limits and, for a sealed database, the reserve; before anything is read or written. */
void db_set_limits (CrDb *self);
/* A connection that knows nothing yet; db_free lets go of it. */
CrDb *db_new (const char *name, CrVault *vault);
void db_free (CrDb *self);
gboolean db_connect_sealed (CrDb *self, const char *path, CrDbFlags flags, GError **error);

/* What page 1 not authenticating means: NOT_A_PRACTICE, OTHER_PRACTICE, TRUNCATED or PAGE_ALTERED. */
void db_explain_page_one (CrDb *self, GError **error);
/* TRUNCATED when a page that the database counts is neither in the file nor in the log; or what the log's
 * tail tells. */
gboolean db_check_length (CrDb *self, GError **error);
/* PAGE_ALTERED when commits in the log are cut off by something that was sound once; in a read transaction.
 */
gboolean db_check_log_tail (CrDb *self, GError **error);
/* As db_check_length where SQLite would not begin to read: by page 1's own count.  TRUE when that is not the
 * trouble.
 */
gboolean db_check_header_count (CrDb *self, GError **error);
/* First such page, or 0; in a read transaction. */
guint32 db_first_missing_page (CrDb *self, GHashTable *logged);
/* Page numbers in the log's live frames; in a read transaction.  findings may be NULL: frames are not opened.
 */
GHashTable *db_logged_pages (CrDb *self, GPtrArray *findings);

/* SQLite's own check; only of use when every page could be read.  FALSE with error: it could not be made. */
gboolean db_check_structure (CrDb *self, GPtrArray *findings, GError **error);

/* Of an image: whose it is; pages [first, first + pages), from 0, as they lie in the file, zeros behind its
 * end; whether page (from 1) is in that file as of its moment; and its content, where bytes has it as it lies
 * in the file.  SQLite codes. */
CrDb *db_image_source (CrDbImage *self);
int db_image_raw (CrDbImage *self, gint64 first, gint64 pages, guint8 *out);
gboolean db_image_in_file (CrDbImage *self, gint64 page);
int db_image_open (CrDbImage *self, gint64 page, guint8 *bytes);

sqlite3_file *db_file (CrDb *self);
sqlite3_file *db_log_file (CrDb *self); /* NULL without a log */
gint64 db_file_size (sqlite3_file *file);
gint64 db_frame_offset (guint32 frame); /* of its header in the log */
