/* The sealed store against plain SQLite: the same statements, settings and machine, in turns.
 * CHARTROOM_BENCH_PATIENTS: how many (67,000 have two million rows).
 * CHARTROOM_BENCH_PROTOTYPE: the prototype of STORE-FORMAT §8 as a shared object; then it does the same. */
#include "bench.h"
#include "chartroom/store/db.h"
#include <glib/gstdio.h>
#include <gmodule.h>
#include <sqlite3.h>

typedef struct {
  guint patients, reads, charts, searches, commits, rounds;
} Sizes;

static const Sizes FULL = { 10000, 20000, 300, 300, 2000, 7 }, SMALL = { 200, 200, 5, 5, 5, 1 };

typedef struct {
  CrDb *db;
  const Sizes *sizes;
  guint64 dice;
} Side;

enum { PLAIN, SEALED, PROTOTYPE, N_SIDES };

/* One of these for each work. */
typedef GArray *Times[N_SIDES];

enum { VISITS = 10, OBSERVATIONS = 20, WORDS = 60 }; /* of a patient, of a patient, of a note */

/* A practice's shape in small: charts spread over tables with an index each, and words to search. */
#define SCHEMA                                                                                               \
  "CREATE TABLE patient (id INTEGER PRIMARY KEY, family TEXT NOT NULL, birth TEXT NOT NULL) STRICT;"         \
  "CREATE INDEX patient_family ON patient (family);"                                                         \
  "CREATE TABLE visit (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, day TEXT NOT NULL, note TEXT NOT "  \
  "NULL) STRICT;"                                                                                            \
  "CREATE INDEX visit_patient ON visit (patient);"                                                           \
  "CREATE TABLE observation (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, code TEXT NOT NULL, value "   \
  "INTEGER NOT NULL) STRICT;"                                                                                \
  "CREATE INDEX observation_patient ON observation (patient);"                                               \
  "CREATE VIRTUAL TABLE word USING fts5 (note, content='', prefix='3')"

static const char *const STEMS[] = { "knee",  "card", "pulm", "hepat", "nephr", "derm",  "gastr", "neur",
                                     "arthr", "ost",  "my",   "ot",    "rhin",  "phleb", "thyr",  "bronch" };
static const char *const ENDINGS[] = { "",      "itis",   "algia", "ology", "opathy", "oma", "osis", "ectomy",
                                       "ogram", "oscopy", "itic",  "al",    "ia",     "ic",  "ous",  "ar" };

static void
run_script (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  cr_db_exec (db, sql, &error);
  bench_check (error);
}

static CrStmt *
prepare (CrDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CrStmt *stmt = cr_db_prepare (db, sql, &error);
  bench_check (error);
  return stmt;
}

/* 0 … n − 1; the same for both sides. */
static guint
roll (Side *side, guint n)
{
  side->dice = side->dice * 6364136223846793005u + 1442695040888963407u;
  return (guint)((side->dice >> 33) % n);
}

static const char *
roll_word (Side *side, char *out, gsize room)
{
  guint stem = roll (side, G_N_ELEMENTS (STEMS)), end = roll (side, G_N_ELEMENTS (ENDINGS));
  (void)g_snprintf (out, room, "%s%s", STEMS[stem], ENDINGS[end]);
  return out;
}

static void
run_insert (CrStmt *stmt)
{
  g_autoptr (GError) error = NULL;
  cr_stmt_run (stmt, &error);
  bench_check (error);
}

static void
insert_visit (Side *side, guint patient, guint id)
{
  g_autoptr (GString) note = g_string_new (NULL);
  CrStmt *visit = prepare (side->db, "INSERT INTO visit (id, patient, day, note) VALUES ($1, $2, $3, $4)");
  CrStmt *words = prepare (side->db, "INSERT INTO word (rowid, note) VALUES ($1, $2)");
  char word[32];
  for (guint i = 0; i < WORDS; i++)
    g_string_append_printf (note, "%s ", roll_word (side, word, sizeof word));
  cr_stmt_bind_int (visit, 1, id);
  cr_stmt_bind_int (visit, 2, patient);
  cr_stmt_bind_text (visit, 3, "2026-11-23");
  cr_stmt_bind_text (visit, 4, note->str);
  run_insert (visit);
  cr_stmt_bind_int (words, 1, id);
  cr_stmt_bind_text (words, 2, note->str);
  run_insert (words);
}

static void
insert_observation (Side *side, guint patient)
{
  CrStmt *stmt = prepare (side->db, "INSERT INTO observation (patient, code, value) VALUES ($1, $2, $3)");
  cr_stmt_bind_int (stmt, 1, patient);
  cr_stmt_bind_text (stmt, 2, "8480-6");
  cr_stmt_bind_int (stmt, 3, 90 + roll (side, 80));
  run_insert (stmt);
}

static void
insert_chart (Side *side, guint patient)
{
  CrStmt *stmt = prepare (side->db, "INSERT INTO patient (id, family, birth) VALUES ($1, $2, $3)");
  char word[32];
  cr_stmt_bind_int (stmt, 1, patient);
  cr_stmt_bind_text (stmt, 2, roll_word (side, word, sizeof word));
  cr_stmt_bind_text (stmt, 3, "1961-03-02");
  run_insert (stmt);
  for (guint i = 0; i < VISITS; i++)
    insert_visit (side, patient, (patient - 1) * VISITS + i + 1);
  for (guint i = 0; i < OBSERVATIONS; i++)
    insert_observation (side, patient);
}

static gint64
ask (Side *side, const char *sql, gint64 argument)
{
  CrStmt *stmt = prepare (side->db, sql);
  g_autoptr (GError) error = NULL;
  gint64 answer = 0;
  CrStep step;
  cr_stmt_bind_int (stmt, 1, argument);
  while ((step = cr_stmt_step (stmt, &error)) == CR_STEP_ROW)
    answer += cr_stmt_int (stmt, 0);
  bench_check (error);
  cr_stmt_reset (stmt);
  return answer;
}

/* ---- the work ---- */

static void
bulk_load (Side *side)
{
  enum { PER_COMMIT = 500 };
  g_autoptr (GError) error = NULL;
  for (guint done = 0; done < side->sizes->patients; done += PER_COMMIT) {
    cr_db_begin (side->db, &error);
    for (guint i = done; i < MIN (done + PER_COMMIT, side->sizes->patients); i++)
      insert_chart (side, i + 1);
    cr_db_commit (side->db, &error);
    bench_check (error);
  }
}

static void
scan_rows (Side *side)
{
  ask (side, "SELECT sum (patient) FROM visit NOT INDEXED WHERE $1 IS NOT NULL", 1);
}

static void
scan_text (Side *side)
{
  ask (side, "SELECT count (*) FROM visit NOT INDEXED WHERE $1 AND note LIKE '%hepatology pulmitis%'", 1);
}

static void
random_reads (Side *side)
{
  for (guint i = 0; i < side->sizes->reads; i++)
    ask (side, "SELECT length (note) FROM visit WHERE id = $1",
         roll (side, side->sizes->patients * VISITS) + 1);
}

static void
open_chart (Side *side, guint patient)
{
  ask (side, "SELECT length (family) FROM patient WHERE id = $1", patient);
  ask (side, "SELECT length (note) FROM visit WHERE patient = $1 ORDER BY day, id", patient);
  ask (side, "SELECT value FROM observation WHERE patient = $1 ORDER BY code, id", patient);
}

static void
open_charts (Side *side)
{
  for (guint i = 0; i < side->sizes->charts; i++)
    open_chart (side, roll (side, side->sizes->patients) + 1);
}

/* The charts of the day, over and over. */
static void
open_same_charts (Side *side)
{
  for (guint i = 0; i < side->sizes->charts; i++)
    open_chart (side, i % 30 + 1);
}

static void
search_words (Side *side)
{
  for (guint i = 0; i < side->sizes->searches; i++) {
    CrStmt *stmt = prepare (side->db, "SELECT rowid FROM word WHERE word MATCH $1 LIMIT 50");
    g_autofree char *wanted =
        g_strdup_printf ("%.3s* AND %.3s*", STEMS[roll (side, 8)], STEMS[roll (side, 16)]);
    g_autoptr (GError) error = NULL;
    cr_stmt_bind_text (stmt, 1, wanted);
    while (cr_stmt_step (stmt, &error) == CR_STEP_ROW)
      continue;
    bench_check (error);
    cr_stmt_reset (stmt);
  }
}

static void
small_commits (Side *side)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < side->sizes->commits; i++) {
    cr_db_begin (side->db, &error);
    insert_observation (side, i + 1);
    cr_db_commit (side->db, &error);
    bench_check (error);
  }
}

#define SMALL_CACHE "PRAGMA cache_size=-2000" /* what is measured is reading pages, not keeping them */
#define FULL_CACHE "PRAGMA cache_size=-65536"

/* In the order of STORE-FORMAT §8; known: what its table says of the prototype. */
static const struct {
  const char *name, *before, *known;
  void (*warm) (Side *side); /* not timed; may be NULL */
  void (*work) (Side *side);
} WORK[] = {
  { "bulk-load", FULL_CACHE, "1.1", NULL, bulk_load },
  { "scan-rows", SMALL_CACHE, "2.9 to 3.2", NULL, scan_rows },
  { "scan-text", SMALL_CACHE, "1.8 to 2.4", NULL, scan_text },
  { "random-reads", SMALL_CACHE, "1.6 to 2.0", NULL, random_reads },
  { "chart", SMALL_CACHE, "2.4 to 2.8", NULL, open_charts },
  { "chart-warm", FULL_CACHE, "1.1", open_same_charts, open_same_charts },
  { "commits-normal", "PRAGMA synchronous=NORMAL", "0.9 to 1.4", NULL, small_commits },
  { "commits-full", "PRAGMA synchronous=FULL", "1.1", NULL, small_commits },
  { "prefix-search", FULL_CACHE, "1.0 to 1.15", NULL, search_words },
};

/* ---- the prototype ---- */

#define PROTOTYPE_VFS "prototype"
#define PROTOTYPE_RESERVE 40 /* bytes at the end of each page */

/* Registers the prototype beneath its own name, once.  FALSE: none was given. */
static gboolean
load_prototype (void)
{
  typedef int (*Register) (const char *name, const char *base, int make_default);
  const char *path = g_getenv ("CHARTROOM_BENCH_PROTOTYPE");
  GModule *module;
  gpointer symbol;
  if (path == NULL || path[0] == '\0' || sqlite3_vfs_find (PROTOTYPE_VFS) != NULL)
    return path != NULL && path[0] != '\0';
  module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, "chartroom_vfs_register", &symbol) ||
      ((Register)symbol) (PROTOTYPE_VFS, NULL, 0) != SQLITE_OK)
    g_error ("%s is not the prototype: %s", path, g_module_error ());
  g_module_make_resident (module);
  return TRUE;
}

static int
reserve_tail (sqlite3 *sqlite)
{
  int reserve = PROTOTYPE_RESERVE;
  return sqlite3_file_control (sqlite, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
}

static CrDb *
open_prototype (const char *path, GError **error)
{
  g_autofree char *uri = g_strdup_printf ("file:%s?vfs=%s", path, PROTOTYPE_VFS);
  CrDb *db;
  sqlite3_auto_extension ((void (*) (void))reserve_tail);
  db = cr_db_open_plain (uri, error);
  sqlite3_cancel_auto_extension ((void (*) (void))reserve_tail);
  return db;
}

/* ---- rounds ---- */

static void
prepare_side (Side *side, const Sizes *sizes)
{
  side->sizes = sizes;
  run_script (side->db, SCHEMA);
}

static double
time_work (Side *side, guint work)
{
  g_autoptr (GError) error = NULL;
  double start;
  side->dice = 7 + work;
  run_script (side->db, WORK[work].before);
  if (WORK[work].warm != NULL)
    WORK[work].warm (side);
  start = bench_now ();
  WORK[work].work (side);
  start = bench_now () - start;
  cr_db_checkpoint (side->db, &error); /* not a part of the next work */
  bench_check (error);
  return start;
}

static void
remove_file (const char *path)
{
  static const char *const ENDS[] = { "", "-wal", "-shm", "-journal" };
  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_autofree char *name = g_strconcat (path, ENDS[i], NULL);
    g_unlink (name);
  }
}

static CrDb *
open_side (Bench *bench, CrVault *vault, guint side, GError **error)
{
  g_autofree char *plain = bench_path (bench, "plain.db"), *prototype = bench_path (bench, "prototype.db");
  switch (side) {
  case PLAIN:
    return cr_db_open_plain (plain, error);
  case SEALED:
    return cr_db_open (vault, CR_DB_CREATE, error);
  default:
    return load_prototype () ? open_prototype (prototype, error) : NULL;
  }
}

static void
remove_sides (Bench *bench)
{
  static const char *const FILES[] = { "plain.db", "Store.practice/practice.db", "prototype.db" };
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = bench_path (bench, FILES[i]);
    remove_file (path);
  }
}

/* One round: all sides do each work, taking turns who is first. */
static void
run_round (Bench *bench, CrVault *vault, const Sizes *sizes, guint round, Times *times)
{
  g_autoptr (GError) error = NULL;
  guint n = load_prototype () ? N_SIDES : PROTOTYPE;
  Side sides[N_SIDES] = { 0 };
  for (guint side = 0; side < n; side++) {
    sides[side].db = open_side (bench, vault, side, &error);
    bench_check (error);
    prepare_side (&sides[side], sizes);
  }
  for (guint work = 0; work < G_N_ELEMENTS (WORK); work++)
    for (guint turn = 0; turn < n; turn++) {
      guint side = (round + turn) % n;
      bench_times_add (times[work][side], time_work (&sides[side], work));
    }
  for (guint side = 0; side < n; side++)
    cr_db_close (sides[side].db);
  remove_sides (bench);
}

/* Each round's own ratio, so that a machine that is busy for a while weighs on both sides. */
static double
median_ratio (GArray *times, GArray *plain)
{
  g_autoptr (GArray) ratios = bench_times_new ();
  for (guint round = 0; round < times->len; round++)
    bench_times_add (ratios, g_array_index (times, double, round) / g_array_index (plain, double, round));
  return bench_percentile (ratios, 50);
}

/* The prototype beside: what the format's table says, or what it took in this run. */
static char *
describe_prototype (guint work, Times times)
{
  if (times[PROTOTYPE]->len == 0)
    return g_strdup_printf ("prototype once %s", WORK[work].known);
  return g_strdup_printf ("prototype %.2f here (once %s)", median_ratio (times[PROTOTYPE], times[PLAIN]),
                          WORK[work].known);
}

static void
print_ratios (const Sizes *sizes, Times *times)
{
  for (guint work = 0; work < G_N_ELEMENTS (WORK); work++) {
    g_autofree char *name = g_strdup_printf ("store-%s", WORK[work].name),
                    *prototype = describe_prototype (work, times[work]);
    bench_line (name, median_ratio (times[work][SEALED], times[work][PLAIN]), "x plain",
                "%s; sealed %.1f ms, plain %.1f ms, medians of %u rounds", prototype,
                bench_percentile (times[work][SEALED], 50) * 1000,
                bench_percentile (times[work][PLAIN], 50) * 1000, sizes->rounds);
    for (guint side = 0; side < N_SIDES; side++)
      g_array_unref (times[work][side]);
  }
}

void
bench_store (Bench *bench)
{
  const char *wish = g_getenv ("CHARTROOM_BENCH_PATIENTS");
  Sizes chosen = bench->smoke ? SMALL : FULL, *sizes = &chosen;
  g_autofree char *folder = bench_path (bench, "Store.practice");
  g_autoptr (GError) error = NULL;
  char *code = NULL;
  g_autoptr (CrVault) vault = cr_vault_create (folder, "doctor", BENCH_PASSWORD, CR_KDF_TEST, &code, &error);
  Times times[G_N_ELEMENTS (WORK)];
  bench_check (error);
  cr_secret_free (code);
  if (wish != NULL && !bench->smoke)
    sizes->patients = MAX (1, (guint)g_ascii_strtoull (wish, NULL, 10));
  for (guint work = 0; work < G_N_ELEMENTS (WORK); work++)
    for (guint side = 0; side < N_SIDES; side++)
      times[work][side] = bench_times_new ();
  for (guint round = 0; round < sizes->rounds; round++)
    run_round (bench, vault, sizes, round, times);
  print_ratios (sizes, times);
}
