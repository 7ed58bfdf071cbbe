/* The inside of an open practice.  What is marked (thread) belongs to the store thread alone. */
#pragma once
#include "chartroom/store/store.h"
#include "chartroom/store/db.h"

typedef void (*CrStoreCall) (CrStore *store, gpointer data);

/* Newest entry of the audit chain. */
typedef struct {
  gint64 seq; /* 0: empty chain */
  CrInstant at;
  guint8 hash[32];
} CrChainHead;

struct _CrStore {
  gint refs;
  char *folder, *program;
  CrClock *clock;
  CrVault *vault;     /* of the person who opened the practice */
  CrKdf kdf;          /* for new passwords */
  char *warning;      /* set while opening; NULL none */
  GMutex lock;        /* guards what follows up to `closed` */
  GPtrArray *ids;     /* CrIds; the last one is in use, earlier ones were reseeded */
  GPtrArray *watches; /* CrWatch */
  guint next_watch;
  CrChainHead head; /* as last seen */
  gboolean closed;
  GAsyncQueue *calls;
  GThread *thread;
  CrDb *db;               /* (thread) */
  GHashTable *statements; /* (thread) address of an SQL literal → CrStmt of db */
  GByteArray *scratch;    /* (thread) canonical bytes of one audit entry */
  gint64 seen_seq;        /* (thread) changes up to here have reached the watchers */
  gint64 seen_stamp;      /* (thread) cr_db_change_stamp at the last look */
  gint64 looked_at;       /* (thread) monotonic time of that look */
  gint64 committed_at;    /* (thread) monotonic time of the newest commit not yet checkpointed; 0 none */
  gint64 sealed_seq;      /* (thread) head sealed in the key file */
  gint64 sealed_at;       /* (thread) monotonic time of the sealing */
  gboolean keys_changed;  /* (thread) the watchers were told */
};

struct _CrStoreUser {
  gint refs;
  CrPerson *person;
  char *role;          /* the person's roles in words, for the audit */
  CrVault *vault;      /* the person's own slot */
  CrDate signed_in_on; /* by password: the day a PIN counts */
  GHashTable *charts;  /* (thread) patient id → CrDate: restricted charts opened for a reason that day */
};

struct _CrTx {
  CrStore *store;
  CrStoreUser *user; /* NULL before anybody signed in */
  CrDb *db;
  CrInstant now;
  gboolean has_head;                  /* head was read */
  CrChainHead head;                   /* grows with each entry of this job */
  gint64 first_seq;                   /* first entry of this job; 0 none */
  GArray *changes;                    /* CrChange */
  GPtrArray *on_rollback, *on_commit; /* CrTxHook */
};

/* ---- store.c ---- */
/* Generation of the key file.  When it is less than wanted, the file is looked at again: another program may
 * have replaced it since this one derived its key. */
guint64 cr_store_generation (CrStore *self, guint64 wanted);
/* A store thread without an open database yet. */
CrStore *cr_store_new (CrVault *vault, CrClock *clock, const char *program);
void cr_store_shut (CrStore *self); /* last act of the store thread: seals the head, closes the database */

/* ---- store-thread.c ---- */
void cr_store_start (CrStore *self);
void cr_store_stop (CrStore *self); /* joins */
/* Runs func on the store thread, later; NULL ends the thread.  FALSE when the practice is closed. */
gboolean cr_store_post (CrStore *self, CrStoreCall func, gpointer data);
/* Runs func on the store thread and waits.  FALSE when the practice is closed. */
gboolean cr_store_call (CrStore *self, CrStoreCall func, gpointer data, GError **error);

/* ---- tx.c ---- */
/* One transaction around job, on the store thread. */
gboolean cr_tx_execute (CrStore *store, CrStoreUser *user, CrJob job, gpointer data, GError **error);
/* sql: a string literal, remembered by its address. */
CrStmt *cr_tx_prepare (CrTx *tx, const char *sql, GError **error);
/* What must follow the end of the transaction outside the database.  on_commit may fail: the job then reports
 * it. */
typedef gboolean (*CrTxHookFunc) (CrTx *tx, gpointer data, GError **error);
void cr_tx_on_rollback (CrTx *tx, CrTxHookFunc func, gpointer data, GDestroyNotify destroy);
void cr_tx_on_commit (CrTx *tx, CrTxHookFunc func, gpointer data, GDestroyNotify destroy);
/* A running number: 1, 2, 3 … per name, across all programs. */
gint64 cr_tx_next_number (CrTx *tx, const char *name, GError **error); /* −1 on error */
char *cr_tx_meta (CrTx *tx, const char *key, GError **error);          /* NULL: not set */
gboolean cr_tx_set_meta (CrTx *tx, const char *key, const char *value, GError **error);

/* ---- history-store.c ---- */
/* The record that a history row's JSON is of; NULL when it cannot be read. */
gpointer cr_record_from_json (CrDb *db, const CrRecordClass *klass, const char *json);

/* ---- audit-chain.c ---- */
typedef struct {
  const char *action, *kind, *detail; /* kind and detail may be NULL */
  CrId record_id, patient_id;
  gint64 version;             /* of the write; 0: not a write */
  const char *before, *after; /* JSON of a write */
} CrChainEntry;
gboolean cr_chain_append (CrTx *tx, const CrChainEntry *entry, GError **error);
gboolean cr_chain_read_head (CrDb *db, CrChainHead *head, GError **error);
/* The hash of one entry, 32 bytes; found: whether there is one. */
gboolean cr_chain_hash_at (CrDb *db, gint64 seq, guint8 *out, gboolean *found, GError **error);
/* The entry that begins a key epoch, hashed with that epoch's key, and so is what follows. */
#define CR_CHAIN_ROTATION "rotation"
/* Walks all entries; FALSE with CHAIN_BROKEN naming the first that does not fit. */
gboolean cr_chain_walk (CrStore *store, gint64 *entries, GError **error);
/* The same for a chain that ends in that epoch. */
gboolean cr_chain_walk_to (CrStore *store, guint32 epoch, gint64 *entries, GError **error);
/* Appends a sentence when the head sealed in the key file is not in the chain. */
gboolean cr_chain_check_sealed (CrStore *store, GPtrArray *findings, GError **error);
/* What was not sound in a chain that was read out of a damaged database. */
typedef struct {
  GArray *gaps;       /* gint64 pairs: first and last entry that is lost */
  GArray *altered;    /* gint64: entries that do not fit */
  gint64 writes_lost; /* entries of writes whose history is lost */
  gint64 rechained;   /* the first entry with a new hash; 0 none */
  gint64 entries;     /* all, those that stand for lost ones included */
} CrChainMend;
/* Makes one chain of the entries that are there: an entry "lost" stands for each that is not, up to `end`,
 * and hashes are made anew from the first gap on.  In a transaction; the arrays are the caller's. */
gboolean cr_chain_mend (CrStore *store, gint64 end, CrChainMend *mend, GError **error);
/* Seals the head in the key file when it grew; `now`: even within the same minute. */
void cr_chain_seal (CrStore *store, gboolean now);

/* ---- verify.c ---- */
/* On the store thread: all that cr_store_verify looks at, without its audit entry. */
gboolean cr_store_inspect (CrStore *store, GPtrArray *findings, GError **error);

/* ---- seen.c ---- */
/* OLDER_COPY when this computer has seen more of the practice than the folder holds.  On the store thread. */
gboolean cr_seen_check (CrStore *store, GError **error);
/* Remembers this head, unless more was seen there; even_older: also then, for a copy that was accepted.
 * place: the folder it will lie in; NULL: where it is. */
void cr_seen_note (CrStore *store, const char *place, const CrChainHead *head, gboolean even_older);

/* ---- watch.c ---- */
/* Tells all watchers; more than CR_CHANGES_MAX become one "*". */
enum { CR_CHANGES_MAX = 1000 };
void cr_watch_wait_cb (gboolean waiting, gpointer store); /* CrDbWait */
void cr_watch_tell (CrStore *store, const CrChange *changes, guint n);
/* Tells what other programs committed since the last look: entries above seen_seq and below `end` (0: all).
 */
gboolean cr_watch_catch_up (CrStore *store, gint64 end, GError **error);
void cr_watch_look (CrStore *store); /* catches up when the database says that something changed */
void cr_watch_clear (CrStore *store);

/* ---- rotate.c ---- */
/* What a change of the keys that was interrupted before it took effect has left: nothing; something that
 * nobody could go on with, removed now; or what the person who began it can go on with. */
typedef enum { CR_ROTATION_LEFT_NOTHING, CR_ROTATION_LEFT_REMOVED, CR_ROTATION_LEFT_TO_GO_ON } CrRotationLeft;
CrRotationLeft cr_rotation_sweep (CrStore *store);
/* A database of the epoch after the newest one that the key file knows; NULL: there is none. */
char *cr_rotation_unknown (CrStore *store);
/* Removes databases of older epochs; TRUE when there were any. */
gboolean cr_rotation_remove_former (CrStore *store);

/* ---- user.c ---- */
/* The person behind the login a vault was opened with: refused when missing or inactive (NOT_ALLOWED).
 * Becomes the job's user; the slot's public key is taken into the person's row. */
CrStoreUser *cr_user_admit (CrTx *tx, CrVault *vault, GError **error);
