/* The audit: append-only, each entry's hash keyed and made from the hash before it and the entry's canonical
 * bytes, which for a write include the history row of the same number. */
#include "store-private.h"
#include <glib/gi18n.h>
#include <string.h>

#define HEAD "SELECT seq, at, hash FROM audit ORDER BY seq DESC LIMIT 1"
#define HASH_AT "SELECT hash FROM audit WHERE seq = $1"
#define APPEND                                                                                               \
  "INSERT INTO audit (seq, at, zone, person_id, role, program, action, kind, record_id, patient_id, "        \
  "detail, hash)"                                                                                            \
  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
#define REMEMBER                                                                                             \
  "INSERT INTO history (seq, kind, record_id, version, before, after) VALUES ($1, $2, $3, $4, $5, $6)"
#define WALK                                                                                                 \
  "SELECT a.seq, a.at, a.zone, a.person_id, a.role, a.program, a.action, a.kind, a.record_id, a.patient_id," \
  " a.detail, h.version, h.before, h.after, a.hash, h.kind, h.record_id"                                     \
  " FROM audit a LEFT JOIN history h ON h.seq = a.seq ORDER BY a.seq"
#define ENTRIES "SELECT seq, at, zone, hash FROM audit ORDER BY seq"
#define REHASH "UPDATE audit SET hash = $2 WHERE seq = $1"
#define HISTORY_AT "SELECT kind, record_id FROM history WHERE seq = $1"
#define HISTORY_END "SELECT max (seq) FROM history"
#define NOTE_GENERATION                                                                                      \
  "UPDATE store_meta SET value = $1 WHERE key = 'keys_generation' AND CAST (value AS INTEGER) < CAST ($1 "   \
  "AS INTEGER)"
#define LOST_ENTRY "lost"
#define ROTATIONS "SELECT count (*) FROM audit WHERE action = '" CR_CHAIN_ROTATION "'"
#define STRAY "SELECT count (*) FROM history WHERE seq NOT IN (SELECT seq FROM audit)"

enum { SEAL_EVERY_US = 60 * 1000 * 1000, HASH_SIZE = 32 };

/* Everything of one entry that its hash covers. */
typedef struct {
  gint64 seq;
  CrInstant at;
  const char *zone;
  CrId person_id;
  const char *role, *program;
  CrChainEntry entry;
} Canonical;

static void
put_int (GByteArray *bytes, gint64 value)
{
  guint64 big_endian = GUINT64_TO_BE ((guint64)value);
  g_byte_array_append (bytes, (const guint8 *)&big_endian, sizeof big_endian);
}

/* Length, then the bytes; an absent text has length −1. */
static void
put_text (GByteArray *bytes, const char *text)
{
  put_int (bytes, text == NULL ? -1 : (gint64)strlen (text));
  if (text != NULL)
    g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
}

/* The fixed layout that is hashed.  It never changes: old entries must verify for ever. */
static void
put_canonical (GByteArray *bytes, const Canonical *c)
{
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *)"CRAUDIT1", 8);
  put_int (bytes, c->seq);
  put_int (bytes, c->at);
  put_text (bytes, c->zone);
  put_int (bytes, c->person_id);
  put_text (bytes, c->role);
  put_text (bytes, c->program);
  put_text (bytes, c->entry.action);
  put_text (bytes, c->entry.kind);
  put_int (bytes, c->entry.record_id);
  put_int (bytes, c->entry.patient_id);
  put_text (bytes, c->entry.detail);
  put_int (bytes, c->entry.version);
  put_text (bytes, c->entry.before);
  put_text (bytes, c->entry.after);
}

static void
bind_id (CrStmt *stmt, int n, CrId id)
{
  if (id == CR_ID_NONE)
    cr_stmt_bind_null (stmt, n);
  else
    cr_stmt_bind_int (stmt, n, id);
}

static gboolean
insert_audit (CrTx *tx, const Canonical *c, const guint8 hash[HASH_SIZE], GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, APPEND, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, c->seq);
  cr_stmt_bind_int (stmt, 2, c->at);
  cr_stmt_bind_text (stmt, 3, c->zone);
  bind_id (stmt, 4, c->person_id);
  cr_stmt_bind_text (stmt, 5, c->role);
  cr_stmt_bind_text (stmt, 6, c->program);
  cr_stmt_bind_text (stmt, 7, c->entry.action);
  cr_stmt_bind_text (stmt, 8, c->entry.kind);
  bind_id (stmt, 9, c->entry.record_id);
  bind_id (stmt, 10, c->entry.patient_id);
  cr_stmt_bind_text (stmt, 11, c->entry.detail);
  cr_stmt_bind_blob (stmt, 12, hash, HASH_SIZE);
  return cr_stmt_run (stmt, error);
}

static gboolean
insert_history (CrTx *tx, const Canonical *c, GError **error)
{
  CrStmt *stmt = cr_tx_prepare (tx, REMEMBER, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, c->seq);
  cr_stmt_bind_text (stmt, 2, c->entry.kind);
  cr_stmt_bind_int (stmt, 3, c->entry.record_id);
  cr_stmt_bind_int (stmt, 4, c->entry.version);
  cr_stmt_bind_text (stmt, 5, c->entry.before);
  cr_stmt_bind_text (stmt, 6, c->entry.after);
  return cr_stmt_run (stmt, error);
}

/* Once per job: the transaction is immediate, so nobody appends between. */
static gboolean
need_head (CrTx *tx, GError **error)
{
  if (tx->has_head)
    return TRUE;
  tx->has_head = cr_chain_read_head (tx->db, &tx->head, error);
  return tx->has_head;
}

static gboolean
copy_hash (CrStmt *stmt, int column, guint8 out[HASH_SIZE])
{
  gsize size = 0;
  const void *hash = cr_stmt_blob (stmt, column, &size);
  if (hash == NULL || size != HASH_SIZE)
    return FALSE;
  memcpy (out, hash, HASH_SIZE);
  return TRUE;
}

/* A row of WALK; texts stay the statement's. */
static Canonical
read_canonical (CrStmt *stmt)
{
  return (Canonical) {
    .seq = cr_stmt_int (stmt, 0),
    .at = cr_stmt_int (stmt, 1),
    .zone = cr_stmt_text (stmt, 2),
    .person_id = cr_stmt_int (stmt, 3),
    .role = cr_stmt_text (stmt, 4),
    .program = cr_stmt_text (stmt, 5),
    .entry = {
      .action = cr_stmt_text (stmt, 6),
      .kind = cr_stmt_text (stmt, 7),
      .record_id = cr_stmt_int (stmt, 8),
      .patient_id = cr_stmt_int (stmt, 9),
      .detail = cr_stmt_text (stmt, 10),
      .version = cr_stmt_int (stmt, 11),
      .before = cr_stmt_text (stmt, 12),
      .after = cr_stmt_text (stmt, 13),
    },
  };
}

/* Of the scratch.  A rotation begins the next epoch; where an entry was lost, newer ones may have begun. */
static gboolean
hash_fits_on (CrStore *store, const CrChainHead *head, const guint8 stored[HASH_SIZE], const char *action,
              guint32 *epoch)
{
  gboolean lost = g_strcmp0 (action, LOST_ENTRY) == 0;
  guint8 expected[HASH_SIZE];
  *epoch += g_strcmp0 (action, CR_CHAIN_ROTATION) == 0;
  while (cr_vault_chain_of (store->vault, *epoch, head->hash, store->scratch->data, store->scratch->len,
                            expected)) {
    if (memcmp (stored, expected, HASH_SIZE) == 0)
      return TRUE;
    if (!lost)
      return FALSE;
    ++*epoch;
  }
  return FALSE;
}

/* Does the row of WALK follow `head`, hashed in *epoch or beginning the next one?  Moves both on. */
static gboolean
entry_fits (CrStore *store, CrStmt *stmt, CrChainHead *head, guint32 *epoch)
{
  Canonical c = read_canonical (stmt);
  guint8 stored[HASH_SIZE];
  if (c.seq != head->seq + 1 || !copy_hash (stmt, 14, stored))
    return FALSE;
  if (c.entry.version != 0 &&
      (g_strcmp0 (c.entry.kind, cr_stmt_text (stmt, 15)) != 0 || c.entry.record_id != cr_stmt_int (stmt, 16)))
    return FALSE;
  put_canonical (store->scratch, &c);
  if (!hash_fits_on (store, head, stored, c.entry.action, epoch))
    return FALSE;
  head->seq = c.seq;
  memcpy (head->hash, stored, HASH_SIZE);
  return TRUE;
}

static gboolean
set_broken (gint64 seq, GError **error)
{
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               _ ("Audit entry %" G_GINT64_FORMAT
                  " does not fit the chain: it or the history row with it was "
                  "changed, removed or added outside Chartroom. Restore a proven backup."),
               seq);
  return FALSE;
}

static gboolean
check_no_stray_history (CrStore *store, GError **error)
{
  CrStmt *stmt = cr_db_prepare (store->db, STRAY, error);
  if (stmt == NULL || cr_stmt_step (stmt, error) != CR_STEP_ROW)
    return FALSE;
  gint64 stray = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  if (stray == 0)
    return TRUE;
  g_set_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN,
               _ ("%" G_GINT64_FORMAT
                  " rows of the history belong to no audit entry. Somebody removed audit entries "
                  "outside Chartroom; restore a proven backup."),
               stray);
  return FALSE;
}

gboolean
cr_chain_hash_at (CrDb *db, gint64 seq, guint8 *out, gboolean *found, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, HASH_AT, error);
  if (stmt == NULL)
    return FALSE;
  cr_stmt_bind_int (stmt, 1, seq);
  CrStep step = cr_stmt_step (stmt, error);
  *found = step == CR_STEP_ROW && copy_hash (stmt, 0, out);
  cr_stmt_reset (stmt);
  return step != CR_STEP_ERROR;
}

gboolean
cr_chain_read_head (CrDb *db, CrChainHead *head, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, HEAD, error);
  if (stmt == NULL)
    return FALSE;
  *head = (CrChainHead){ 0 };
  CrStep step = cr_stmt_step (stmt, error);
  if (step == CR_STEP_ROW) {
    head->seq = cr_stmt_int (stmt, 0);
    head->at = cr_stmt_int (stmt, 1);
    copy_hash (stmt, 2, head->hash);
  }
  cr_stmt_reset (stmt);
  return step != CR_STEP_ERROR;
}

gboolean
cr_chain_append (CrTx *tx, const CrChainEntry *entry, GError **error)
{
  CrStore *store = tx->store;
  if (!need_head (tx, error))
    return FALSE;
  Canonical c = {
    .seq = tx->head.seq + 1,
    .at = tx->now,
    .zone = cr_clock_zone (store->clock),
    .person_id = tx->user == NULL ? CR_ID_NONE : tx->user->person->id,
    .role = tx->user == NULL ? NULL : tx->user->role,
    .program = store->program,
    .entry = *entry,
  };
  guint8 hash[HASH_SIZE];
  put_canonical (store->scratch, &c);
  cr_vault_chain (store->vault, tx->head.hash, store->scratch->data, store->scratch->len, hash);
  if (!insert_audit (tx, &c, hash, error))
    return FALSE;
  if (entry->version != 0 && !insert_history (tx, &c, error))
    return FALSE;
  if (tx->first_seq == 0)
    tx->first_seq = c.seq;
  tx->head.seq = c.seq;
  tx->head.at = c.at;
  memcpy (tx->head.hash, hash, HASH_SIZE);
  return TRUE;
}

gboolean
cr_chain_walk (CrStore *store, gint64 *entries, GError **error)
{
  return cr_chain_walk_to (store, cr_vault_epoch (store->vault), entries, error);
}

gboolean
cr_chain_walk_to (CrStore *store, guint32 epoch, gint64 *entries, GError **error)
{
  CrStmt *stmt = cr_db_prepare (store->db, WALK, error);
  CrChainHead head = { 0 };
  guint32 reached = 1;
  gboolean fits = TRUE;
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && fits && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    fits = entry_fits (store, stmt, &head, &reached) || set_broken (head.seq + 1, error);
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  if (entries != NULL)
    *entries = head.seq;
  /* Without the entry that began the newest epoch all of it would rest on older keys. */
  if (step == CR_STEP_DONE && reached != epoch)
    return set_broken (head.seq + 1, error);
  return step == CR_STEP_DONE && check_no_stray_history (store, error);
}

gboolean
cr_chain_check_sealed (CrStore *store, GPtrArray *findings, GError **error)
{
  gint64 count = 0;
  guint8 sealed[HASH_SIZE], stored[HASH_SIZE];
  gboolean found = FALSE;
  if (!cr_vault_sealed_head (store->vault, &count, sealed) || count == 0)
    return TRUE;
  if (!cr_chain_hash_at (store->db, count, stored, &found, error))
    return FALSE;
  if (!found || memcmp (sealed, stored, HASH_SIZE) != 0)
    g_ptr_array_add (
        findings,
        g_strdup_printf (_ ("The key file has seen audit entry %" G_GINT64_FORMAT
                            ", which this database does not hold: the database is older than the key "
                            "file, or entries were removed. Restore a proven backup."),
                         count));
  return TRUE;
}

/* Each sealing makes a newer key file: the one before it must not open this database again.  When it fails,
 * the next sign-in says it. */
static void
note_generation (CrStore *store)
{
  CrStmt *stmt = cr_db_prepare (store->db, NOTE_GENERATION, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, cr_vault_generation (store->vault));
  if (stmt == NULL)
    return;
  cr_stmt_bind_text (stmt, 1, text);
  cr_stmt_run (stmt, NULL);
}

void
cr_chain_seal (CrStore *store, gboolean at_once)
{
  gint64 now = g_get_monotonic_time ();
  CrChainHead head = { 0 };
  if (!at_once && now - store->sealed_at < SEAL_EVERY_US)
    return;
  store->sealed_at = now;
  /* Read anew: another program's entries must not be left out.  A failure is tried again in a minute; the
   * chain itself is whole without the seal. */
  if (cr_chain_read_head (store->db, &head, NULL) && head.seq > store->sealed_seq &&
      cr_vault_seal_head (store->vault, head.seq, head.hash, NULL)) {
    store->sealed_seq = head.seq;
    note_generation (store);
    cr_seen_note (store, NULL, &head, FALSE);
  }
}

/* ---- mending ---- */

typedef struct {
  gint64 first, last;
  CrInstant at;    /* of the entry before */
  char *zone;      /* of the entry before; NULL none */
  char *next_hash; /* of the entry after it; NULL none */
} Gap;

static void
clear_gap (gpointer data)
{
  Gap *gap = data;
  g_free (gap->zone);
  g_free (gap->next_hash);
}

static void
add_gap (GArray *gaps, const Gap *before, gint64 next, const void *next_hash)
{
  Gap gap = { before->last + 1, next - 1, before->at, g_strdup (before->zone), NULL };
  if (next_hash != NULL)
    gap.next_hash = cr_hash_hex (next_hash, HASH_SIZE);
  g_array_append_val (gaps, gap);
}

/* Numbers below `end` that no entry has. */
static gboolean
find_gaps (CrDb *db, gint64 end, GArray *gaps, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, ENTRIES, error);
  CrStep step = CR_STEP_ERROR;
  Gap at = { .last = 0 }; /* `last` is the entry before */
  gsize size;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW) {
    if (cr_stmt_int (stmt, 0) > at.last + 1)
      add_gap (gaps, &at, cr_stmt_int (stmt, 0), cr_stmt_blob (stmt, 3, &size));
    at.last = cr_stmt_int (stmt, 0);
    at.at = cr_stmt_int (stmt, 1);
    g_free (at.zone);
    at.zone = g_strdup (cr_stmt_text (stmt, 2));
  }
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  if (at.last < end)
    add_gap (gaps, &at, end + 1, NULL);
  g_free (at.zone);
  return step == CR_STEP_DONE;
}

/* The history row that may be left of a lost entry; its texts stay the statement's. */
static gboolean
find_history (CrStmt *stmt, Canonical *c, GError **error)
{
  cr_stmt_bind_int (stmt, 1, c->seq);
  CrStep step = cr_stmt_step (stmt, error);
  if (step == CR_STEP_ROW) {
    c->entry.kind = cr_stmt_text (stmt, 0);
    c->entry.record_id = cr_stmt_int (stmt, 1);
  }
  return step != CR_STEP_ERROR;
}

/* Its hash follows when all are there. */
static gboolean
stand_in (CrStore *store, const Gap *gap, gint64 seq, GError **error)
{
  static const guint8 no_hash[HASH_SIZE];
  CrTx tx = { .store = store, .db = store->db };
  Canonical c = { .seq = seq,
                  .at = gap->at,
                  .zone = gap->zone != NULL ? gap->zone : "UTC",
                  .program = store->program,
                  .entry = { .action = LOST_ENTRY, .detail = seq == gap->last ? gap->next_hash : NULL } };
  CrStmt *history = cr_db_prepare (store->db, HISTORY_AT, error);
  gboolean done =
      history != NULL && find_history (history, &c, error) && insert_audit (&tx, &c, no_hash, error);
  if (history != NULL)
    cr_stmt_reset (history);
  return done;
}

static gboolean
fill_gaps (CrStore *store, const GArray *gaps, CrChainMend *mend, GError **error)
{
  for (guint i = 0; i < gaps->len; i++) {
    const Gap *gap = &g_array_index (gaps, Gap, i);
    g_array_append_val (mend->gaps, gap->first);
    g_array_append_val (mend->gaps, gap->last);
    for (gint64 seq = gap->first; seq <= gap->last; seq++)
      if (!stand_in (store, gap, seq, error))
        return FALSE;
  }
  return TRUE;
}

typedef struct {
  CrStore *store;
  CrChainMend *mend;
  CrChainHead head;           /* of the mended chain */
  guint8 original[HASH_SIZE]; /* of the entry before, as it was stored */
  gboolean original_is_known;
  guint32 epoch; /* of the entry in hand */
  guint32 to_go; /* epochs whose first entry is not there: they begin at the first stand-in */
} Mending;

/* Of the scratch, under any epoch's key: which one it was is not known where entries are lost. */
static gboolean
hash_fits (Mending *m, const guint8 stored[HASH_SIZE])
{
  guint8 expected[HASH_SIZE];
  for (guint32 epoch = cr_vault_epoch (m->store->vault); epoch > 0; epoch--) {
    cr_vault_chain_of (m->store->vault, epoch, m->original, m->store->scratch->data, m->store->scratch->len,
                       expected);
    if (memcmp (stored, expected, HASH_SIZE) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Does the entry fit the one before it, as both were stored? */
static void
judge_entry (Mending *m, const Canonical *c, CrStmt *stmt, const guint8 stored[HASH_SIZE])
{
  gboolean is_write =
      g_strcmp0 (c->entry.action, "create") == 0 || g_strcmp0 (c->entry.action, "change") == 0;
  gboolean fits = c->entry.version == 0 || (g_strcmp0 (c->entry.kind, cr_stmt_text (stmt, 15)) == 0 &&
                                            c->entry.record_id == cr_stmt_int (stmt, 16));
  if (is_write && c->entry.version == 0)
    m->mend->writes_lost++;
  else if (m->original_is_known) {
    put_canonical (m->store->scratch, c);
    fits = fits && hash_fits (m, stored);
  }
  if (!fits)
    g_array_append_val (m->mend->altered, c->seq);
}

static gboolean
rehash (Mending *m, gint64 seq, GError **error)
{
  CrStmt *stmt = cr_db_prepare (m->store->db, REHASH, error);
  if (stmt == NULL)
    return FALSE;
  if (m->mend->rechained == 0)
    m->mend->rechained = seq;
  cr_stmt_bind_int (stmt, 1, seq);
  cr_stmt_bind_blob (stmt, 2, m->head.hash, HASH_SIZE);
  return cr_stmt_run (stmt, error);
}

/* A row of WALK. */
static gboolean
mend_entry (Mending *m, CrStmt *stmt, GError **error)
{
  Canonical c = read_canonical (stmt);
  guint8 stored[HASH_SIZE] = { 0 }, hash[HASH_SIZE];
  gboolean lost = g_strcmp0 (c.entry.action, LOST_ENTRY) == 0;
  copy_hash (stmt, 14, stored);
  if (!lost)
    judge_entry (m, &c, stmt, stored);
  memcpy (m->original, stored, HASH_SIZE);
  m->original_is_known = !lost;
  m->epoch += g_strcmp0 (c.entry.action, CR_CHAIN_ROTATION) == 0;
  if (lost) {
    m->epoch += m->to_go;
    m->to_go = 0;
  }
  put_canonical (m->store->scratch, &c);
  if (!cr_vault_chain_of (m->store->vault, m->epoch, m->head.hash, m->store->scratch->data,
                          m->store->scratch->len, hash))
    return set_broken (c.seq, error);
  m->head.seq = c.seq;
  m->head.at = c.at;
  memcpy (m->head.hash, hash, HASH_SIZE);
  return memcmp (hash, stored, HASH_SIZE) == 0 || rehash (m, c.seq, error);
}

static gboolean
count_rotations (CrDb *db, gint64 *count, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, ROTATIONS, error);
  if (stmt == NULL || cr_stmt_step (stmt, error) != CR_STEP_ROW)
    return FALSE;
  *count = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return TRUE;
}

static gboolean
rechain (Mending *m, GError **error)
{
  gint64 begun = 0;
  if (!count_rotations (m->store->db, &begun, error))
    return FALSE;
  m->epoch = 1;
  m->to_go = (guint32)MAX ((gint64)cr_vault_epoch (m->store->vault) - 1 - begun, 0);
  CrStmt *stmt = cr_db_prepare (m->store->db, WALK, error);
  CrStep step = CR_STEP_ERROR;
  while (stmt != NULL && (step = cr_stmt_step (stmt, error)) == CR_STEP_ROW)
    if (!mend_entry (m, stmt, error)) /* changes the row in hand, none that is still to come */
      break;
  if (stmt != NULL)
    cr_stmt_reset (stmt);
  return step == CR_STEP_DONE;
}

/* A history row may have outlived its entry. */
static gboolean
find_end (CrDb *db, gint64 *end, GError **error)
{
  CrStmt *stmt = cr_db_prepare (db, HISTORY_END, error);
  if (stmt == NULL || cr_stmt_step (stmt, error) != CR_STEP_ROW)
    return FALSE;
  *end = MAX (*end, cr_stmt_int (stmt, 0));
  cr_stmt_reset (stmt);
  return TRUE;
}

gboolean
cr_chain_mend (CrStore *store, gint64 end, CrChainMend *mend, GError **error)
{
  Mending m = { .store = store, .mend = mend, .original_is_known = TRUE };
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
  g_array_set_clear_func (gaps, clear_gap);
  if (!find_end (store->db, &end, error) || !find_gaps (store->db, end, gaps, error) ||
      !fill_gaps (store, gaps, mend, error) || !rechain (&m, error))
    return FALSE;
  mend->entries = m.head.seq;
  store->head = m.head;
  return TRUE;
}
