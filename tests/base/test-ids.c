/* Record ids: positive, rising, made of the clock and a random start. */
#include "chartroom/base/ids.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static CrClock *
new_clock (void)
{
  return cr_clock_new_fixed (CR_DATE (2026, 11, 22), 0, "UTC");
}

/* 2026-11-22 00:00 UTC, in milliseconds since 2020-01-01. */
static const gint64 THAT_DAY = (G_GINT64_CONSTANT (1795305600) - 1577836800) * 1000;

static void
test_layout (void)
{
  g_autoptr (CrClock) clock = new_clock ();
  g_autoptr (CrIds) ids = cr_ids_new (clock, 7);
  CrId first = cr_ids_next (ids), second = cr_ids_next (ids);
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (first >> 22, ==, THAT_DAY);
  g_assert_cmpint (second, ==, first + 1);

  cr_clock_advance (clock, SECOND);
  CrId third = cr_ids_next (ids);
  g_assert_cmpint (third >> 22, ==, THAT_DAY + 1000);
  g_assert_cmpint (third, !=, second + (G_GINT64_CONSTANT (1000) << 22) + 1); /* a fresh random start */
}

static void
test_seed (void)
{
  g_autoptr (CrClock) clock = new_clock ();
  g_autoptr (CrIds) a = cr_ids_new (clock, 42), b = cr_ids_new (clock, 42), c = cr_ids_new (clock, 43);
  g_autoptr (CrIds) d = cr_ids_new (clock, G_GUINT64_CONSTANT (42) << 32);
  CrId first = cr_ids_next (a);
  g_assert_cmpint (first, ==, cr_ids_next (b));
  g_assert_cmpint (first, !=, cr_ids_next (c));
  g_assert_cmpint (first, !=, cr_ids_next (d));
}

/* A seeded one that follows another: the same again, and never one of the earlier ids, even at a standing
 * clock. */
static void
test_after (void)
{
  g_autoptr (CrClock) clock = new_clock ();
  g_autoptr (CrIds) random = cr_ids_new (clock, 0), idle = cr_ids_new (clock, 0);
  CrId last = cr_ids_next (random);
  g_autoptr (CrIds) a = cr_ids_new_after (random, 42), b = cr_ids_new_after (idle, 42);
  for (int i = 0; i < 1000; i++) {
    CrId id = cr_ids_next (a);
    g_assert_cmpint (id, >, last);
    g_assert_cmpint (id >> 22, >, THAT_DAY);
    g_assert_cmpint (id, ==, cr_ids_next (b));
    last = id;
  }
}

/* Two programs at the same millisecond: a collision among three random starts would be chance. */
static void
test_random (void)
{
  g_autoptr (CrClock) clock = new_clock ();
  g_autoptr (CrIds) a = cr_ids_new (clock, 0), b = cr_ids_new (clock, 0), c = cr_ids_new (clock, 0);
  CrId first = cr_ids_next (a), second = cr_ids_next (b), third = cr_ids_next (c);
  g_assert_false (first == second && second == third);
}

static void
test_clock_set_back (void)
{
  g_autoptr (CrClock) clock = new_clock ();
  g_autoptr (CrIds) ids = cr_ids_new (clock, 7);
  CrId before = cr_ids_next (ids);
  cr_clock_advance (clock, -3600 * SECOND);
  g_assert_cmpint (cr_ids_next (ids), ==, before + 1);
}

static void
test_early_clock (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (1970, 1, 1), 0, "UTC");
  g_autoptr (CrIds) ids = cr_ids_new (clock, 7);
  g_assert_cmpint (cr_ids_next (ids) >> 22, ==, 1);
}

/* More ids than one millisecond holds: they run on into the next. */
static void
test_full_millisecond (void)
{
  g_autoptr (CrClock) clock = new_clock ();
  g_autoptr (CrIds) ids = cr_ids_new (clock, 7);
  CrId previous = cr_ids_next (ids);
  for (int i = 0; i < 1 << 22; i++) {
    CrId next = cr_ids_next (ids);
    g_assert_true (next == previous + 1);
    previous = next;
  }
  g_assert_cmpint (previous >> 22, ==, THAT_DAY + 1);
}

enum { PER_THREAD = 5000, THREADS = 4 };

typedef struct {
  CrIds *ids;
  CrId made[PER_THREAD];
} Maker;

static gpointer
make_ids (gpointer data)
{
  Maker *maker = data;
  for (int i = 0; i < PER_THREAD; i++)
    maker->made[i] = cr_ids_next (maker->ids);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_system ("UTC");
  g_autoptr (CrIds) ids = cr_ids_new (clock, 0);
  g_autofree Maker *makers = g_new0 (Maker, THREADS);
  GThread *threads[THREADS];
  for (int t = 0; t < THREADS; t++) {
    makers[t].ids = ids;
    threads[t] = g_thread_new ("ids", make_ids, &makers[t]);
  }

  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (int t = 0; t < THREADS; t++) {
    g_thread_join (threads[t]);
    for (int i = 0; i < PER_THREAD; i++)
      g_assert_true (g_hash_table_add (seen, &makers[t].made[i]));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ids/layout", test_layout);
  g_test_add_func ("/ids/seed", test_seed);
  g_test_add_func ("/ids/after", test_after);
  g_test_add_func ("/ids/random", test_random);
  g_test_add_func ("/ids/clock-set-back", test_clock_set_back);
  g_test_add_func ("/ids/early-clock", test_early_clock);
  g_test_add_func ("/ids/full-millisecond", test_full_millisecond);
  g_test_add_func ("/ids/threads", test_threads);
  return g_test_run ();
}
