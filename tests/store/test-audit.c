/* Reading the audit: by patient, person, action, time, and page by page. */
#include "fixture.h"

enum { PATIENT = 4711, MINUTE = 60 * 1000 * 1000 };

typedef struct {
  CrAuditQuery query;
  const char *expected; /* details, newest first */
} Case;

static gboolean
view_job (CrTx *tx, gpointer detail, GError **error)
{
  const char *text = detail;
  return cr_tx_audit (tx, *text < 'c' ? "view" : "print", "patient", PATIENT,
                      *text == 'a' ? PATIENT : CR_ID_NONE, text, error);
}

static gboolean
list_job (CrTx *tx, gpointer data, GError **error)
{
  const Case *wanted = data;
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, &wanted->query, error);
  g_autoptr (GString) details = g_string_new (NULL);
  g_assert_nonnull (entries);
  for (guint i = 0; i < entries->len; i++) {
    const CrAuditEntry *entry = g_ptr_array_index (entries, i);
    g_string_append (details, entry->detail == NULL ? "" : entry->detail);
    if (entry->detail != NULL)
      g_assert_nonnull (entry->person);
  }
  g_assert_cmpstr (details->str, ==, wanted->expected);
  return TRUE;
}

/* One entry a minute: a, b, c, d. */
static void
write_entries (Fixture *fixture)
{
  static const char *const DETAILS[] = { "a", "b", "c", "d" };
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++) {
    cr_clock_advance (fixture->clock, MINUTE);
    fixture_run (fixture, view_job, (gpointer)DETAILS[i]);
  }
}

static void
test_queries (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  CrInstant start = cr_clock_now (fixture->clock);
  CrId me = cr_store_user_person (fixture->user)->id;
  write_entries (fixture);
  gint64 newest = fixture_number (fixture, "SELECT max (seq) FROM audit");
  const Case CASES[] = {
    { { .limit = 4 }, "dcba" },
    { { .limit = 2 }, "dc" },
    { { .limit = 2, .before = newest - 1 }, "ba" },
    { { .actions = { "view" } }, "ba" },
    { { .actions = { "print" }, .person_id = me }, "dc" },
    { { .person_id = 7 }, "" },
    { { .patient_id = PATIENT }, "a" },
    { { .patient_id = PATIENT, .from = start + 2 * MINUTE }, "" },
    { { .from = start + 2 * MINUTE }, "dcb" },
    { { .from = start + 2 * MINUTE, .until = start + 4 * MINUTE }, "cb" },
    { { .until = start + 3 * MINUTE, .limit = 2 }, "ba" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    fixture_run (fixture, list_job, (gpointer)&CASES[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/audit/queries", test_queries);
  return g_test_run ();
}
