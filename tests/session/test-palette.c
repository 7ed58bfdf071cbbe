/* Patients, verbs, places and commands in one list (UX 1.5), and what is dropped on lock. */
#include "chartroom/session/day-schedule.h"
#include "palette-fixture.h"

/* One line a row: "# heading", "verb title" for patients, "> title (keys)" for commands, "+ title", "…
 * title". */
static char *
describe (GListModel *rows)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rows, i);
    const CrHit *hit = cr_row_peek (row);
    static const char *const marks[] = { "# ", "", "> ", "+ ", "… " };
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", marks[hit->kind]);
    if (hit->kind == CR_HIT_PATIENT)
      g_string_append_printf (text, "%d ", hit->verb);
    g_string_append (text, hit->title);
  }
  return g_string_free (text, FALSE);
}

static void
check (Desk *d, const char *query, const char *expected)
{
  cr_palette_set_query (d->palette, query);
  g_autofree char *found = describe (G_LIST_MODEL (d->palette));
  if (g_str_equal (found, expected))
    return;
  g_test_message ("“%s” shows:\n%s\nexpected:\n%s", query, found, expected);
  g_test_fail ();
}

static const CrHit *
find_hit (Desk *d, CrId patient)
{
  GListModel *rows = G_LIST_MODEL (d->palette);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rows, i);
    const CrHit *hit = cr_row_peek (row);
    if (hit->patient_id == patient)
      return hit;
  }
  return NULL;
}

static void
test_patients (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  check (&d, "g", "");
  check (&d, "", "");
  check (&d, "gar ma", "# Patients\n2 GARCIA, Maria \"Malena\"\n2 GARCIA, Mariana");
  const CrHit *hit = find_hit (&d, d.base.garcia);
  g_assert_cmpstr (hit->born, ==, "Mar 14, 1961 (65 y)");
  g_assert_cmpstr (hit->sex, ==, "F");
  g_assert_cmpstr (hit->phone, ==, "··0142");
  g_assert_true (g_str_has_prefix (hit->mrn, "MRN "));
  g_assert_true (hit->similar);
  g_assert_false (hit->deceased);
  check (&d, "0142", "# Phone number\n2 GARCIA, Maria \"Malena\"");
  check (&d, "nowack", "# Sounds like\n2 NOWAK, Piotr");
  tear_down (&d);
}

/* Enter opens the chart for who may read it, the card for others. */
static void
test_roles (void)
{
  Desk d;
  set_up (&d, "okafor");
  check (&d, "nowak", "# Patients\n1 NOWAK, Piotr");
  check (&d, "rx nowak", "# New prescription\n4 NOWAK, Piotr");
  check (&d, "note nowak", "# Write a note\n6 NOWAK, Piotr");
  tear_down (&d);
  set_up (&d, "frontdesk");
  check (&d, "book nowak", "# Book a visit\n3 NOWAK, Piotr");
  check (&d, "rx nowak", "# New prescription – your role may not do that\n2 NOWAK, Piotr");
  check (&d, "note nowak", "# Write a note – your role may not do that\n2 NOWAK, Piotr");
  check (&d, "rx nobody", ""); /* nobody of that name, and nobody is registered as "rx nobody" */
  tear_down (&d);
  set_up (&d, "referrals");
  check (&d, "nobody", ""); /* may not register */
  tear_down (&d);
}

static gboolean
add_patients_job (CrTx *tx, gpointer data, GError **error)
{
  fixture_add_patient (tx, "Book", "Nora", NULL, "1970-01-01", NULL);
  for (int i = 0; i < 12; i++) {
    g_autofree char *given = g_strdup_printf ("Invented%c", 'a' + i);
    fixture_add_patient (tx, "Okeke", given, NULL, "1980-01-01", NULL);
  }
  return TRUE;
}

static gboolean
knows_book (gpointer data)
{
  Desk *d = data;
  cr_palette_set_query (d->palette, "book nora");
  return g_list_model_get_n_items (G_LIST_MODEL (d->palette)) > 1;
}

/* New patients come in without a new index; a name that is a verb stays a name. */
static void
test_verbs_and_names (void)
{
  Desk d;
  GAsyncResult *result = NULL;
  set_up (&d, "frontdesk");
  check (&d, "book nora", "+ Register ‘nora’ as a new patient");
  cr_session_run_async (d.base.session, CR_RIGHT_DEMOGRAPHICS_EDIT, add_patients_job, NULL, NULL,
                        fixture_done_cb, &result);
  g_assert_no_error (fixture_finish (&result));
  fixture_wait_until (knows_book, &d);
  check (&d, "book", "# Patients\n2 BOOK, Nora");
  check (&d, "book no", "# Patients\n2 BOOK, Nora\n# Book a visit\n3 NOWAK, Piotr\n3 BOOK, Nora");
  check (&d, "room nowak", ""); /* not expected today: nothing to room, nobody to register */
  cr_palette_set_query (d.palette, "okeke");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (d.palette)), ==, 11);
  g_autoptr (CrRow) more = g_list_model_get_item (G_LIST_MODEL (d.palette), 10);
  g_assert_cmpstr (((const CrHit *)cr_row_peek (more))->title, ==, "Showing 9 of 12 – keep typing");
  tear_down (&d);
}

static void
test_commands (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  check (&d, "> day sheet", "# Commands\n> Print the day sheet");
  check (&d, ">sheet pr", "# Commands\n> Print the day sheet");
  check (&d, "lock", "# Commands\n> Lock now\n+ Register ‘lock’ as a new patient");
  check (&d, "lock now", "# Commands\n> Lock now\n+ Register ‘lock now’ as a new patient");
  check (&d, "go sched", "# Commands\n> Go to Schedule");
  check (&d, "go week", "# Commands\n> Go to the Work Week View\n> Go to the Week View");
  check (&d, "> wait", "# Commands\n> Go to the Wait List");
  check (&d, "> rooms", "# Commands\n> Go to Rooms and Equipment");
  g_autoptr (CrRow) rooms = g_list_model_get_item (G_LIST_MODEL (d.palette), 1);
  g_assert_cmpstr (((const CrHit *)cr_row_peek (rooms))->detail, ==, "Ctrl+2, 6");
  check (&d, "> audit", "");
  check (&d, "> import", "");
  cr_palette_set_query (d.palette, ">");
  guint few = g_list_model_get_n_items (G_LIST_MODEL (d.palette));
  tear_down (&d);
  set_up (&d, "admin");
  check (&d, "> audit", "# Commands\n> Audit");
  cr_palette_set_query (d.palette, ">");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (d.palette)), >, few);
  cr_palette_set_query (d.palette, "> lock");
  g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (d.palette), 1);
  const CrHit *hit = cr_row_peek (row);
  g_assert_cmpstr (hit->target, ==, "win.lock");
  g_assert_cmpstr (hit->detail, ==, "Ctrl+Shift+L");
  g_assert_cmpint (hit->verb, ==, CR_VERB_LOCK);
  tear_down (&d);
}

static void
test_register (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  check (&d, " nobody   here ", "+ Register ‘nobody here’ as a new patient");
  g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (d.palette), 0);
  const CrHit *hit = cr_row_peek (row);
  g_assert_cmpint (hit->verb, ==, CR_VERB_REGISTER);
  g_assert_cmpstr (hit->target, ==, "nobody here");
  check (&d, "9999999", ""); /* a number is nobody's name */
  tear_down (&d);
}

static CrId
book (Desk *d, CrId patient, CrDate date, int start, gboolean walk_in)
{
  g_autoptr (CrDaySchedule) day = cr_day_schedule_new (d->base.session);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  CrBooking booking = { .patient_id = patient,
                        .person_id = d->base.okafor,
                        .visit_type_id = d->base.follow_up,
                        .date = date,
                        .start = start,
                        .walk_in = walk_in,
                        .accept = CR_PLACES_SOFT };
  cr_day_schedule_book_async (day, &booking, fixture_done_cb, &result);
  g_autoptr (GAsyncResult) done = fixture_wait (&result);
  CrId id = cr_day_schedule_book_finish (day, done, &error);
  g_assert_no_error (error);
  return id;
}

typedef struct {
  Desk *desk;
  CrId patient;
  const char *detail;
} Wanted;

static gboolean
has_detail (gpointer data)
{
  const Wanted *wanted = data;
  const CrHit *hit = find_hit (wanted->desk, wanted->patient);
  return hit != NULL && g_strcmp0 (hit->detail, wanted->detail) == 0;
}

static void
await_detail (Desk *d, const char *query, CrId patient, const char *detail)
{
  Wanted wanted = { d, patient, detail };
  cr_palette_set_query (d->palette, query);
  fixture_wait_until (has_detail, &wanted);
}

static void
test_details (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  await_detail (&d, "nowak", d.base.nowak, NULL);
  book (&d, d.base.nowak, cr_date_add_days (FIXTURE_TODAY, -5), 9 * 60, FALSE);
  await_detail (&d, "nowak", d.base.nowak, "Last visit Nov 18, 2026");
  book (&d, d.base.nowak, cr_date_add_days (FIXTURE_TODAY, 8), 9 * 60, FALSE);
  await_detail (&d, "nowak", d.base.nowak, "Next visit Dec 01, 2026");
  book (&d, d.base.nowak, FIXTURE_TODAY, 10 * 60 + 30, TRUE);
  await_detail (&d, "nowak", d.base.nowak, "10:30 AM Dr. Okafor – Follow-up, arrived");
  check (&d, "no", "# On today's schedule\n2 NOWAK, Piotr");
  g_assert_true (cr_palette_visits_today (d.palette, d.base.nowak));
  g_assert_false (cr_palette_visits_today (d.palette, d.base.garcia));
  check (&d, "room no", "# Room\n11 NOWAK, Piotr");
  g_autoptr (GListModel) verbs = cr_palette_verbs (d.palette, d.base.nowak);
  g_autofree char *text = describe (verbs);
  g_assert_cmpstr (
      text, ==, "> Patient card\n> Book a visit\n> Arrive\n> Room\n> Check out\n> New task\n> Phone numbers");
  g_autoptr (GListModel) fewer = cr_palette_verbs (d.palette, d.base.garcia);
  g_assert_cmpuint (g_list_model_get_n_items (fewer), ==, 4);
  tear_down (&d);
}

static gboolean
change_job (CrTx *tx, gpointer data, GError **error)
{
  Desk *d = data;
  g_autoptr (CrPatient) dead = cr_tx_load (tx, &CR_PATIENT, d->base.garcia, error);
  dead->death_date = CR_DATE (2026, 3, 2);
  g_autoptr (CrPatient) merged = cr_tx_load (tx, &CR_PATIENT, d->base.mariana, error);
  merged->merged_into = d->base.nowak;
  g_autoptr (CrPatientName) former = cr_patient_name_new ();
  former->patient_id = d->base.nowak;
  former->use = g_strdup ("old");
  former->family = g_strdup ("Van Dyke");
  return cr_tx_save (tx, &CR_PATIENT, dead, error) && cr_tx_save (tx, &CR_PATIENT, merged, error) &&
         cr_tx_save (tx, &CR_PATIENT_NAME, former, error);
}

static gboolean
shows_dead (gpointer data)
{
  Desk *d = data;
  const CrHit *hit = find_hit (d, d->base.garcia);
  return hit != NULL && hit->deceased;
}

/* The rows on screen follow what changes in the store. */
static void
test_changes (void)
{
  Desk d;
  GAsyncResult *result = NULL;
  set_up (&d, "frontdesk");
  cr_palette_set_query (d.palette, "garcia");
  cr_session_run_async (d.base.session, CR_RIGHT_DEMOGRAPHICS_EDIT, change_job, &d, NULL, fixture_done_cb,
                        &result);
  g_assert_no_error (fixture_finish (&result));
  fixture_wait_until (shows_dead, &d);
  g_assert_cmpstr (find_hit (&d, d.base.garcia)->detail, ==, "Died Mar 02, 2026");
  const CrHit *merged = find_hit (&d, d.base.nowak); /* leads to the record that is left */
  g_assert_true (g_str_has_prefix (merged->title, "GARCIA, Mariana – now NOWAK, Piotr (MRN "));
  check (&d, "book garcia", "# Book a visit\n3 GARCIA, Mariana – now NOWAK, Piotr (MRN 000003)");
  await_detail (&d, "dyke", d.base.nowak, "formerly Van Dyke");
  tear_down (&d);
}

static gboolean
shows_garcia (gpointer data)
{
  Desk *d = data;
  return find_hit (d, d->base.garcia) != NULL;
}

/* A second palette, for a dialog, finds at once what the first one read. */
static void
test_shared_index (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  CrPalette *other = cr_palette_new (d.base.session);
  cr_palette_set_query (other, "malena");
  g_autofree char *found = describe (G_LIST_MODEL (other));
  g_assert_cmpstr (found, ==, "# Patients\n2 GARCIA, Maria \"Malena\"");
  fixture_wait_until (palette_is_loaded, other);
  fixture_spin ();
  cr_session_lock (d.base.session);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 0);
  while (G_OBJECT (other)->ref_count > 1) /* its last job answers */
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (other);
  tear_down (&d);
}

static void
test_forget (void)
{
  Desk d;
  set_up (&d, "okafor");
  check (&d, "malena", "# Patients\n1 GARCIA, Maria \"Malena\"");
  cr_session_lock (d.base.session);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (d.palette)), ==, 0);
  check (&d, "malena", ""); /* typed against a locked session */
  g_autoptr (GError) error = NULL;
  cr_session_unlock (d.base.session, "okafor", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  cr_palette_set_query (d.palette, "malena"); /* shown as soon as the index is there again */
  fixture_wait_until (shows_garcia, &d);
  tear_down (&d);
}

static void
test_recent (void)
{
  Desk d;
  set_up (&d, "okafor");
  cr_palette_note_recent (d.palette, d.base.garcia);
  cr_palette_note_recent (d.palette, d.base.mariana);
  check (&d, "garcia", "# Recent charts\n1 GARCIA, Maria \"Malena\"\n1 GARCIA, Mariana");
  fixture_sign_in (&d.base, "chen");
  fixture_wait_until (palette_is_loaded, d.palette);
  check (&d, "garcia", "# Patients\n1 GARCIA, Maria \"Malena\"\n1 GARCIA, Mariana"); /* another person's */
  fixture_sign_in (&d.base, "okafor");
  fixture_wait_until (palette_is_loaded, d.palette);
  check (&d, "garcia", "# Recent charts\n1 GARCIA, Maria \"Malena\"\n1 GARCIA, Mariana");
  tear_down (&d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/patients", test_patients);
  g_test_add_func ("/palette/roles", test_roles);
  g_test_add_func ("/palette/verbs-and-names", test_verbs_and_names);
  g_test_add_func ("/palette/commands", test_commands);
  g_test_add_func ("/palette/register", test_register);
  g_test_add_func ("/palette/details", test_details);
  g_test_add_func ("/palette/changes", test_changes);
  g_test_add_func ("/palette/shared-index", test_shared_index);
  g_test_add_func ("/palette/forget", test_forget);
  g_test_add_func ("/palette/recent", test_recent);
  return g_test_run ();
}
