/* The sealed store against plain SQLite: the same statements, settings and machine, in turns. */
#include "bench.h"
#include "chartroom/store/db.h"
#include <glib/gstdio.h>

typedef struct {
  guint rows, reads, commits, rounds;
} Sizes;

static const Sizes FULL = { 100000, 20000, 200, 7 }, SMALL = { 2000, 200, 5, 1 };

typedef struct {
  CrDb *db;
  const Sizes *sizes;
  guint64 dice;
} Side;

#define SCHEMA                                                                                               \
  "CREATE TABLE visit (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, day TEXT NOT NULL, note TEXT NOT "  \
  "NULL) STRICT;"                                                                                            \
  "CREATE INDEX visit_patient ON visit (patient)"
#define INSERT "INSERT INTO visit (patient, day, note) VALUES ($1, $2, $3)"

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

static void
insert_rows (Side *side, guint from, guint n)
{
  CrStmt *stmt = prepare (side->db, INSERT);
  g_autoptr (GError) error = NULL;
  for (guint i = from; i < from + n; i++) {
    g_autofree char *note = g_strdup_printf ("Feels well, visit %u. %0400u", i, i * 2654435761u);
    cr_stmt_bind_int (stmt, 1, i / 10);
    cr_stmt_bind_text (stmt, 2, "2026-11-23");
    cr_stmt_bind_text (stmt, 3, note);
    cr_stmt_run (stmt, &error);
    bench_check (error);
  }
}

/* ---- the work ---- */

static void
bulk_insert (Side *side)
{
  enum { PER_COMMIT = 5000 };
  g_autoptr (GError) error = NULL;
  for (guint done = 0; done < side->sizes->rows; done += PER_COMMIT) {
    cr_db_begin (side->db, &error);
    insert_rows (side, done, MIN (PER_COMMIT, side->sizes->rows - done));
    cr_db_commit (side->db, &error);
    bench_check (error);
  }
}

static gint64
ask (Side *side, const char *sql, gint64 argument)
{
  CrStmt *stmt = prepare (side->db, sql);
  g_autoptr (GError) error = NULL;
  gint64 answer;
  cr_stmt_bind_int (stmt, 1, argument);
  cr_stmt_step (stmt, &error);
  bench_check (error);
  answer = cr_stmt_int (stmt, 0);
  cr_stmt_reset (stmt);
  return answer;
}

static void
full_scan (Side *side)
{
  ask (side, "SELECT sum (length (note)) FROM visit NOT INDEXED WHERE $1 IS NOT NULL", 1);
}

static void
random_reads (Side *side)
{
  for (guint i = 0; i < side->sizes->reads; i++) {
    side->dice = side->dice * 6364136223846793005u + 1442695040888963407u;
    ask (side, "SELECT length (note) FROM visit WHERE id = $1",
         (gint64)((side->dice >> 33) % side->sizes->rows) + 1);
  }
}

static void
small_commits (Side *side)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < side->sizes->commits; i++) {
    cr_db_begin (side->db, &error);
    insert_rows (side, i, 1);
    cr_db_commit (side->db, &error);
    bench_check (error);
  }
}

static const struct {
  const char *name;
  void (*work) (Side *side);
} WORK[] = { { "bulk-insert", bulk_insert },
             { "full-scan", full_scan },
             { "random-reads", random_reads },
             { "small-commits", small_commits } };

/* ---- rounds ---- */

/* Small caches: what is measured is reading pages, not keeping them. */
static void
prepare_side (Side *side, const Sizes *sizes)
{
  side->sizes = sizes;
  side->dice = 7;
  run_script (side->db, "PRAGMA cache_size=-2000");
  run_script (side->db, SCHEMA);
}

static double
time_work (Side *side, guint work)
{
  g_autoptr (GError) error = NULL;
  double start = bench_now ();
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

/* One round: both sides do each work, taking turns who is first. */
static void
run_round (Bench *bench, CrVault *vault, const Sizes *sizes, guint round, GArray *times[][2])
{
  g_autofree char *plain_path = bench_path (bench, "plain.db"),
                  *folder = bench_path (bench, "Store.practice");
  g_autofree char *sealed_path = g_build_filename (folder, "practice.db", NULL);
  g_autoptr (GError) error = NULL;
  Side sides[2] = { { cr_db_open_plain (plain_path, &error) }, { cr_db_open (vault, CR_DB_CREATE, &error) } };
  bench_check (error);
  prepare_side (&sides[0], sizes);
  prepare_side (&sides[1], sizes);
  for (guint work = 0; work < G_N_ELEMENTS (WORK); work++)
    for (guint turn = 0; turn < 2; turn++) {
      guint side = (round + turn) % 2;
      bench_times_add (times[work][side], time_work (&sides[side], work));
    }
  cr_db_close (sides[0].db);
  cr_db_close (sides[1].db);
  remove_file (plain_path);
  remove_file (sealed_path);
}

/* Each round's own ratio, so that a machine that is busy for a while weighs on both sides. */
static double
median_ratio (GArray *sealed, GArray *plain)
{
  g_autoptr (GArray) ratios = bench_times_new ();
  for (guint round = 0; round < sealed->len; round++)
    bench_times_add (ratios, g_array_index (sealed, double, round) / g_array_index (plain, double, round));
  return bench_percentile (ratios, 50);
}

static void
print_ratios (const Sizes *sizes, GArray *times[][2])
{
  for (guint work = 0; work < G_N_ELEMENTS (WORK); work++) {
    g_autofree char *name = g_strdup_printf ("store-%s", WORK[work].name);
    g_autoptr (GArray) plain = times[work][0], sealed = times[work][1];
    double ratio = median_ratio (sealed, plain);
    bench_line (name, ratio, "x plain", "sealed %.1f ms, plain %.1f ms, medians of %u rounds",
                bench_percentile (sealed, 50) * 1000, bench_percentile (plain, 50) * 1000, sizes->rounds);
  }
}

void
bench_store (Bench *bench)
{
  const Sizes *sizes = bench->smoke ? &SMALL : &FULL;
  g_autofree char *folder = bench_path (bench, "Store.practice");
  g_autoptr (GError) error = NULL;
  char *code = NULL;
  g_autoptr (CrVault) vault = cr_vault_create (folder, "doctor", BENCH_PASSWORD, CR_KDF_TEST, &code, &error);
  GArray *times[G_N_ELEMENTS (WORK)][2];
  bench_check (error);
  cr_secret_free (code);
  for (guint work = 0; work < G_N_ELEMENTS (WORK); work++)
    for (guint side = 0; side < 2; side++)
      times[work][side] = bench_times_new ();
  for (guint round = 0; round < sizes->rounds; round++)
    run_round (bench, vault, sizes, round, times);
  print_ratios (sizes, times);
}
