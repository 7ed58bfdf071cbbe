/* Booking in one line of the search: times for the one patient that fits, else the patients, never one picked
 * for the person. */
#include "palette-fixture.h"

static guint
count_kind (Desk *d, CrHitKind kind)
{
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (d->palette)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (d->palette), i);
    n += ((const CrHit *)cr_row_peek (row))->kind == kind;
  }
  return n;
}

static gboolean
has_times (gpointer data)
{
  return count_kind (data, CR_HIT_SLOT) > 0;
}

static void
check_first (Desk *d, const char *detail)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (d->palette)); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (d->palette), i);
    const CrHit *hit = cr_row_peek (row);
    if (hit->kind != CR_HIT_SLOT)
      continue;
    g_assert_cmpstr (hit->detail, ==, detail);
    g_assert_cmpint (hit->verb, ==, CR_VERB_BOOK_LINE);
    return;
  }
  g_assert_not_reached ();
}

static void
test_one (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  cr_palette_set_query (d.palette, "nowak 1w fu 40 pm chen");
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 0); /* still looking */
  fixture_wait_until (has_times, &d);
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 3);
  g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT), ==, 0);
  check_first (&d, "Mon Nov 30, 2026, 12:00 PM, Dr. Chen – Follow-up, 40 minutes");
  cr_palette_set_query (d.palette, "nowak 2w fu am");
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 0); /* never the times of another line */
  fixture_wait_until (has_times, &d);
  check_first (&d, "Mon Dec 07, 2026, 9:00 AM, Dr. Okafor – Follow-up, 20 minutes");
  cr_palette_set_query (d.palette, "nowak");
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 0);
  g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT), ==, 1);
  tear_down (&d);
}

static void
test_several (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  cr_palette_set_query (d.palette, "garcia fu am");
  fixture_spin ();
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 0);
  g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT), ==, 2);
  cr_palette_pick (d.palette, d.base.mariana);
  fixture_wait_until (has_times, &d);
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 3);
  g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT), ==, 0);
  cr_palette_set_query (d.palette, "garcia ma fu am"); /* other words: the choice does not stand */
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 0);
  tear_down (&d);
}

static void
test_nobody (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  cr_palette_set_query (d.palette, "nowack fu am"); /* sounds alike: not certain */
  fixture_spin ();
  g_assert_cmpuint (count_kind (&d, CR_HIT_SLOT), ==, 0);
  g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT), ==, 1);
  cr_palette_set_query (d.palette, "zzyzx fu am");
  g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT), ==, 0);
  g_assert_cmpuint (count_kind (&d, CR_HIT_REGISTER), ==, 1);
  tear_down (&d);
}

/* A number that is nothing, a day that is over: said, and nobody is registered under it. */
static void
test_odd (void)
{
  static const char *const TYPED[] = { "nowak fu 300 okafor", "nowak fu 0 okafor", "nowak 99999w fu okafor",
                                       "nowak 11/20/2026 fu okafor" };
  Desk d;
  set_up (&d, "frontdesk");
  for (guint i = 0; i < G_N_ELEMENTS (TYPED); i++) {
    cr_palette_set_query (d.palette, TYPED[i]);
    fixture_spin ();
    g_test_message ("%s", TYPED[i]);
    g_assert_cmpuint (count_kind (&d, CR_HIT_REGISTER), ==, 0);
    g_assert_cmpuint (count_kind (&d, CR_HIT_PATIENT) + count_kind (&d, CR_HIT_SLOT), ==, 0);
    g_assert_cmpuint (count_kind (&d, CR_HIT_MORE), ==, 1);
  }
  tear_down (&d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette-book/one", test_one);
  g_test_add_func ("/palette-book/several", test_several);
  g_test_add_func ("/palette-book/nobody", test_nobody);
  g_test_add_func ("/palette-book/odd", test_odd);
  return g_test_run ();
}
