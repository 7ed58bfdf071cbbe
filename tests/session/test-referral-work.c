/* Referrals: order, letter, frozen packet, stages, lists. */
#include "chart-fixture.h"
#include "chartroom/session/referral-work.h"

typedef struct {
  ChartFixture c;
  CrReferralDraft *draft;
} RefFixture;

static void
open_as (RefFixture *r, const char *login)
{
  fixture_settle (&r->c.f);
  g_clear_object (&r->draft);
  chart_open_as (&r->c, login);
}

static void
set_up (RefFixture *r, const char *login)
{
  *r = (RefFixture){ 0 };
  chart_set_up (&r->c, login);
}

static void
tear_down (RefFixture *r)
{
  fixture_settle (&r->c.f);
  if (r->draft != NULL)
    g_assert_finalize_object (r->draft);
  chart_tear_down (&r->c);
}

static void
write_order (RefFixture *r)
{
  g_clear_object (&r->draft);
  r->draft = cr_referral_draft_new (r->c.chart, NULL);
  g_object_set (r->draft, "specialty", "Cardiology", "urgency", "urgent", "question",
                "Is the chest \u202etightness\u202c ischemic?\a", "ask", "evaluate", NULL);
}

static CrId
order (RefFixture *r, GError **error)
{
  GAsyncResult *result = NULL;
  cr_referral_draft_order_async (r->draft, fixture_done_cb, &result);
  fixture_wait (&result);
  CrId id = cr_referral_draft_order_finish (r->draft, result, error);
  g_object_unref (result);
  return id;
}

static CrId
ordered (RefFixture *r)
{
  g_autoptr (GError) error = NULL;
  write_order (r);
  CrId id = order (r, &error);
  g_assert_no_error (error);
  return id;
}

static GError *
save_letter (RefFixture *r)
{
  GAsyncResult *result = NULL;
  cr_referral_draft_save_async (r->draft, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static GError *
freeze (RefFixture *r, CrId id, const char *pdf)
{
  GAsyncResult *result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (pdf, strlen (pdf));
  cr_referral_freeze_async (r->c.f.session, id, bytes, 7, "{\"problem\":[]}", fixture_done_cb, &result);
  return fixture_finish (&result);
}

static GBytes *
packet (RefFixture *r, CrId id, const char *purpose, GError **error)
{
  GAsyncResult *result = NULL;
  cr_referral_packet_async (r->c.f.session, id, purpose, fixture_done_cb, &result);
  fixture_wait (&result);
  GBytes *bytes = cr_referral_packet_finish (result, error);
  g_object_unref (result);
  return bytes;
}

static GError *
stage (RefFixture *r, CrId id, int to, const char *note)
{
  GAsyncResult *result = NULL;
  cr_referral_stage_async (r->c.f.session, id, to, note, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static GError *
sent_at (RefFixture *r, CrId id, const char *method, const char *to, CrInstant at)
{
  GAsyncResult *result = NULL;
  cr_referral_sent_async (r->c.f.session, id, method, to, at, fixture_done_cb, &result);
  return fixture_finish (&result);
}

static GError *
sent (RefFixture *r, CrId id, const char *method, const char *to)
{
  return sent_at (r, id, method, to, CR_INSTANT_NONE);
}

static CrReferral *
stored (RefFixture *r, CrId id)
{
  return fixture_load (&r->c.f, &CR_REFERRAL, id);
}

static gboolean
can_order (RefFixture *r)
{
  gboolean value = FALSE;
  g_object_get (r->draft, "can-order", &value, NULL);
  return value;
}

/* ---- ordering ---- */

static void
test_problems (void)
{
  static const struct {
    const char *property, *bad, *good;
  } cases[] = {
    { "question", "Why?", "Why does it hurt so?" },
    { "urgency", "unset", "routine" },
    { "specialty", "", "Urology" },
  };
  RefFixture r;
  set_up (&r, "okafor");
  write_order (&r);
  g_assert_true (can_order (&r));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_object_set (r.draft, cases[i].property, cases[i].bad, NULL);
    g_assert_false (can_order (&r));
    for (guint k = 0; k < G_N_ELEMENTS (cases); k++) /* said beside that field alone */
      g_assert_true ((cr_referral_draft_problem (r.draft, cases[k].property) == NULL) == (k != i));
    g_object_set (r.draft, cases[i].property, cases[i].good, NULL);
    g_assert_null (cr_referral_draft_problem (r.draft, cases[i].property));
    g_assert_true (can_order (&r));
  }
  g_object_set (r.draft, "question", "", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (order (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  tear_down (&r);
}

static void
test_order (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  g_autoptr (CrReferral) referral = stored (&r, id);
  g_assert_cmpint (referral->stage, ==, CR_REF_ORDERED);
  g_assert_cmpstr (referral->number, ==, "REF-0001");
  g_assert_cmpstr (referral->question, ==,
                   "Is the chest tightness ischemic?"); /* no marks paper does not show */
  g_assert_cmpint (cr_date_compare (referral->ordered_on, FIXTURE_TODAY), ==, 0);
  g_assert_cmpint (cr_date_compare (referral->due_on, CR_DATE (2026, 11, 25)), ==, 0); /* 2 business days */
  g_assert_cmpstr (referral->signed_name, ==, "Invented Okafor, MD");
  g_assert_true (cr_referral_verify (referral));
  referral->urgency = CR_URGENCY_ROUTINE;
  g_assert_false (cr_referral_verify (referral));
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (order (&r, &error), ==, CR_ID_NONE); /* not twice */
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  tear_down (&r);
}

static GBytes *
compose_or_fail (const CrReferral *made, int *pages, char **contents, gpointer data, GError **error)
{
  g_assert_cmpint (made->stage, ==, CR_REF_ORDERED);
  g_assert_true (cr_referral_verify (made));
  *pages = 3;
  *contents = g_strdup ("[]");
  if (data == NULL)
    g_set_error_literal (error, CR_ERROR, CR_ERROR_DISK_FULL, "No room for the invented packet.");
  return data != NULL ? g_bytes_new_static (data, strlen (data)) : NULL;
}

static guint
count_referrals (RefFixture *r)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrChart) fresh =
      cr_chart_open (r->c.f.session, cr_chart_get_patient_id (r->c.chart), "test", &error);
  g_assert_no_error (error);
  return cr_chart_get_records (fresh)->referrals->len;
}

/* Order and packet in one: a packet that cannot be made takes the order back. */
static void
test_order_frozen (void)
{
  RefFixture r;
  g_autoptr (GError) error = NULL;
  set_up (&r, "okafor");
  write_order (&r);
  guint before = count_referrals (&r);
  const CrReferral *draft = cr_referral_draft_peek (r.draft);
  g_assert_false (cr_referral_order_frozen (r.c.f.session, draft, compose_or_fail, NULL, &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_cmpuint (count_referrals (&r), ==, before);
  g_assert_true (cr_referral_order_frozen (r.c.f.session, draft, compose_or_fail,
                                           (gpointer) "%PDF-1.7 invented", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_referrals (&r), ==, before + 1);
  tear_down (&r);
}

static void
test_order_waits (void)
{
  RefFixture r;
  g_autoptr (GError) error = NULL;
  set_up (&r, "nurse");
  CrId id = ordered (&r);
  g_autoptr (CrReferral) waiting = stored (&r, id);
  g_assert_cmpint (waiting->stage, ==, CR_REF_DRAFT);
  g_assert_null (waiting->number);
  g_assert_null (waiting->signature);
  g_assert_cmpint (waiting->author_id, ==, r.c.f.nurse);
  GError *refused = freeze (&r, id, "%PDF");
  assert_refused (refused, CR_ERROR_NOT_ALLOWED);
  open_as (&r, "okafor");
  refused = freeze (&r, id, "%PDF");
  assert_refused (refused, CR_ERROR_INVALID); /* not ordered */
  r.draft = cr_referral_draft_new (r.c.chart, waiting);
  g_assert_cmpint (order (&r, &error), ==, id);
  g_autoptr (CrReferral) referral = stored (&r, id);
  g_assert_cmpint (referral->stage, ==, CR_REF_ORDERED);
  g_assert_cmpint (referral->author_id, ==, r.c.f.okafor);
  g_assert_true (cr_referral_verify (referral));
  open_as (&r, "frontdesk");
  write_order (&r);
  g_assert_cmpint (order (&r, &error), ==, CR_ID_NONE);
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  tear_down (&r);
}

static CrId
add_problem (RefFixture *r)
{
  g_autoptr (CrProblem) problem = cr_problem_new ();
  g_autoptr (CrMedication) tried = cr_medication_new ();
  problem->patient_id = tried->patient_id = r->c.f.garcia;
  problem->display = g_strdup ("Knee pain");
  problem->status = CR_PROBLEM_ACTIVE;
  fixture_store (&r->c.f, &CR_PROBLEM, problem);
  tried->display = g_strdup ("naproxen 500 mg tablet");
  tried->indication = g_strdup ("knee pain");
  tried->status = CR_MED_STOPPED;
  tried->stopped = CR_DATE (2026, 11, 2);
  fixture_store (&r->c.f, &CR_MEDICATION, tried);
  return problem->id;
}

/* A linked problem brings its name and what was tried; what is typed stays. */
static void
test_problem_fills (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, add_problem (&r));
  open_as (&r, "okafor");
  r.draft = cr_referral_draft_new (r.c.chart, NULL);
  g_object_set (r.draft, "reason", "Locked knee", "problem-id", id, NULL);
  const CrReferral *written = cr_referral_draft_peek (r.draft);
  g_assert_cmpstr (written->reason, ==, "Locked knee");
  g_assert_cmpstr (written->done, ==, "Tried: naproxen 500 mg tablet (stopped Nov 02, 2026)");
  tear_down (&r);
}

/* The note of today's visit is the history; a draft is nobody's word. */
static void
test_note_fills (void)
{
  for (int status = CR_NOTE_DRAFT; status <= CR_NOTE_SIGNED; status++) {
    RefFixture r;
    g_autoptr (CrEncounter) visit = cr_encounter_new ();
    g_autoptr (CrNote) note = cr_note_new ();
    set_up (&r, "okafor");
    visit->patient_id = note->patient_id = r.c.f.garcia;
    visit->date = note->date = FIXTURE_TODAY;
    visit->status = g_strdup ("in-progress");
    fixture_store (&r.c.f, &CR_ENCOUNTER, visit);
    note->encounter_id = visit->id;
    note->author_id = r.c.f.okafor;
    note->status = status;
    note->signature = status == CR_NOTE_SIGNED ? g_strdup ("00") : NULL;
    note->subjective = g_strdup ("Three weeks of tightness on stairs.");
    note->assessment_plan = g_strdup ("ECG normal. Aspirin started.");
    fixture_store (&r.c.f, &CR_NOTE, note);
    open_as (&r, "okafor");
    r.draft = cr_referral_draft_new (r.c.chart, NULL);
    const CrReferral *written = cr_referral_draft_peek (r.draft);
    g_assert_cmpstr (written->history, ==, status == CR_NOTE_SIGNED ? note->subjective : NULL);
    g_assert_cmpstr (written->done, ==, status == CR_NOTE_SIGNED ? note->assessment_plan : NULL);
    tear_down (&r);
  }
}

static CrId
add_contact (RefFixture *r)
{
  g_autoptr (CrContact) contact = cr_contact_new ();
  contact->kind = g_strdup ("specialist");
  contact->family = g_strdup ("Rao");
  contact->given = g_strdup ("Sunita");
  contact->credentials = g_strdup ("MD");
  contact->specialty = g_strdup ("Cardiology");
  contact->active = TRUE;
  fixture_store (&r->c.f, &CR_CONTACT, contact);
  return contact->id;
}

static void
test_fills_in (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  CrId contact = add_contact (&r);
  g_autoptr (CrProblem) problem = cr_problem_new ();
  problem->patient_id = r.c.f.garcia;
  problem->display = g_strdup ("Chest pain on exertion");
  fixture_store (&r.c.f, &CR_PROBLEM, problem);
  open_as (&r, "okafor");
  r.draft = cr_referral_draft_new (r.c.chart, NULL);
  g_autofree char *contact_id = g_strdup_printf ("%" G_GINT64_FORMAT, contact);
  g_autofree char *problem_id = g_strdup_printf ("%" G_GINT64_FORMAT, problem->id);
  g_object_set (r.draft, "contact-id", contact_id, "problem-id", problem_id, NULL);
  g_assert_cmpstr (cr_referral_draft_peek (r.draft)->specialty, ==, "Cardiology");
  g_assert_cmpstr (cr_referral_draft_peek (r.draft)->reason, ==, "Chest pain on exertion");
  g_object_set (r.draft, "specialty", "Vascular medicine", "contact-id", "", NULL);
  g_object_set (r.draft, "contact-id", contact_id, NULL);
  g_assert_cmpstr (cr_referral_draft_peek (r.draft)->specialty, ==, "Vascular medicine"); /* typed stays */
  tear_down (&r);
}

/* Staff complete the letter; the signed order holds. */
static void
test_letter (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  CrId contact = add_contact (&r);
  open_as (&r, "referrals");
  g_autoptr (CrReferral) mine = stored (&r, id);
  r.draft = cr_referral_draft_new (r.c.chart, mine);
  g_autofree char *contact_id = g_strdup_printf ("%" G_GINT64_FORMAT, contact);
  g_object_set (r.draft, "history", "Three weeks, two blocks.", "contact-id", contact_id, "question",
                "Something quite different?", "urgency", "routine", NULL);
  g_assert_no_error (save_letter (&r));
  g_autoptr (CrReferral) referral = stored (&r, id);
  g_assert_cmpstr (referral->history, ==, "Three weeks, two blocks.");
  g_assert_cmpint (referral->contact_id, ==, contact);
  g_assert_cmpstr (referral->question, ==, "Is the chest tightness ischemic?");
  g_assert_cmpint (referral->urgency, ==, CR_URGENCY_URGENT);
  g_assert_cmpint (referral->stage, ==, CR_REF_ORDERED);
  g_assert_true (cr_referral_verify (referral));
  g_free (referral->done);
  referral->done = g_strdup ("elsewhere");
  fixture_store (&r.c.f, &CR_REFERRAL, referral);
  g_object_set (r.draft, "done", "mine", NULL);
  GError *error = save_letter (&r);
  assert_refused (error, CR_ERROR_CONFLICT);
  g_assert_cmpstr (cr_referral_draft_peek (r.draft)->done, ==, "mine");
  tear_down (&r);
}

/* ---- the packet ---- */

static void
test_freeze (void)
{
  RefFixture r;
  g_autoptr (GError) error = NULL;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  g_assert_null (packet (&r, id, "view", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID); /* none yet */
  g_clear_error (&error);
  open_as (&r, "referrals");
  g_assert_no_error (freeze (&r, id, "%PDF first"));
  g_autoptr (CrReferral) referral = stored (&r, id);
  g_assert_cmpint (referral->stage, ==, CR_REF_PACKET_READY);
  g_autoptr (CrPacket) frozen = fixture_load (&r.c.f, &CR_PACKET, referral->packet_id);
  g_assert_cmpint (frozen->pages, ==, 7);
  g_assert_cmpint (frozen->frozen_by, ==, r.c.f.referrals);
  g_assert_cmpstr (frozen->contents, ==, "{\"problem\":[]}");
  g_assert_cmpuint (strlen (frozen->hash), ==, 64);
  static const char *const purposes[] = { "print", "export", "view", "print" };
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++) {
    g_autoptr (GBytes) bytes = packet (&r, id, purposes[i], &error);
    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "%PDF first", 10);
  }
  g_autoptr (CrPacket) used = fixture_load (&r.c.f, &CR_PACKET, frozen->id);
  g_assert_cmpint (used->prints, ==, 2);
  g_assert_cmpint (used->exports, ==, 1);
  g_autoptr (GPtrArray) prints = fixture_audit (&r.c.f, "print", r.c.f.garcia);
  g_autoptr (GPtrArray) exports = fixture_audit (&r.c.f, "export", r.c.f.garcia);
  g_assert_cmpuint (prints->len, ==, 2);
  g_assert_cmpuint (exports->len, ==, 1);
  g_assert_no_error (freeze (&r, id, "%PDF second")); /* corrected before it was sent */
  g_autoptr (GBytes) second = packet (&r, id, "view", &error);
  g_assert_cmpmem (g_bytes_get_data (second, NULL), g_bytes_get_size (second), "%PDF second", 11);
  fixture_settle (&r.c.f);
  g_assert_cmpuint (chart_records (&r.c)->documents->len, ==, 2); /* the first one stays */
  tear_down (&r);
}

static int
printed_before (RefFixture *r, CrId id, const char *purpose)
{
  GAsyncResult *result = NULL;
  int prints = -1;
  g_autoptr (GError) error = NULL;
  cr_referral_packet_async (r->c.f.session, id, purpose, fixture_done_cb, &result);
  fixture_wait (&result);
  g_autoptr (GBytes) bytes G_GNUC_UNUSED = cr_referral_packet_earlier_finish (result, &prints, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return prints;
}

/* So that a reprint can say that it is one. */
static void
test_reprint (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  g_assert_no_error (freeze (&r, id, "%PDF"));
  g_assert_cmpint (printed_before (&r, id, "view"), ==, 0);
  g_assert_cmpint (printed_before (&r, id, "print"), ==, 0);
  g_assert_cmpint (printed_before (&r, id, "export"), ==, 1);
  g_assert_cmpint (printed_before (&r, id, "view"), ==, 1);
  tear_down (&r);
}

static void
test_packet_rights (void)
{
  static const struct {
    const char *login, *purpose;
    gboolean allowed;
  } cases[] = {
    { "referrals", "print", TRUE }, { "nurse", "export", TRUE },     { "okafor", "view", TRUE },
    { "frontdesk", "view", FALSE }, { "frontdesk", "print", FALSE }, { "admin", "export", FALSE },
  };
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  g_assert_no_error (freeze (&r, id, "%PDF"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    fixture_sign_in (&r.c.f, cases[i].login);
    g_autoptr (GBytes) bytes = packet (&r, id, cases[i].purpose, &error);
    g_assert_true ((bytes != NULL) == cases[i].allowed);
    if (!cases[i].allowed)
      g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  }
  tear_down (&r);
}

/* The row says another hash than the file has. */
static void
test_packet_altered (void)
{
  RefFixture r;
  g_autoptr (GError) error = NULL;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  g_assert_no_error (freeze (&r, id, "%PDF"));
  g_autoptr (CrReferral) referral = stored (&r, id);
  g_autoptr (CrPacket) frozen = fixture_load (&r.c.f, &CR_PACKET, referral->packet_id);
  frozen->hash[0] = frozen->hash[0] == '0' ? '1' : '0';
  fixture_store (&r.c.f, &CR_PACKET, frozen);
  g_assert_null (packet (&r, id, "print", &error));
  g_assert_error (error, CR_ERROR, CR_ERROR_CHAIN_BROKEN);
  g_autoptr (CrPacket) after = fixture_load (&r.c.f, &CR_PACKET, frozen->id);
  g_assert_cmpint (after->prints, ==, 0);
  tear_down (&r);
}

/* ---- stages ---- */

static void
test_stages (void)
{
  static const struct {
    int stage;
    const char *note, *due; /* due afterwards; "" none */
  } steps[] = {
    { CR_REF_RECEIVED, NULL, "2026-11-25" },
    { CR_REF_BOOKED, "12/3", "2026-12-17" }, /* the report, 14 days after the visit */
    { CR_REF_SEEN, NULL, "2026-12-07" },
    { CR_REF_REPORT_RECEIVED, "by fax", "2026-11-30" },
    { CR_REF_REVIEWED, NULL, "2026-11-30" },
    { CR_REF_CLOSED, "told by phone", "" },
  };
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  GError *error = stage (&r, id, CR_REF_PACKET_READY, NULL);
  assert_refused (error, CR_ERROR_INVALID); /* comes by freezing */
  error = sent (&r, id, "mail", NULL);
  assert_refused (error, CR_ERROR_INVALID); /* nothing to send yet */
  g_assert_no_error (freeze (&r, id, "%PDF"));
  error = stage (&r, id, CR_REF_SENT, NULL);
  assert_refused (error, CR_ERROR_INVALID);
  error = sent (&r, id, "fax", "");
  assert_refused (error, CR_ERROR_INVALID); /* to which number? */
  g_assert_no_error (sent (&r, id, "fax", "503-224-0199"));
  g_autoptr (CrReferral) out = stored (&r, id);
  g_assert_cmpint (out->stage, ==, CR_REF_SENT);
  g_assert_cmpstr (out->sent_method, ==, "fax");
  g_assert_cmpstr (out->sent_to, ==, "503-224-0199");
  g_assert_cmpint (out->sent_at, ==, cr_clock_now (r.c.f.clock));
  error = freeze (&r, id, "%PDF later");
  assert_refused (error, CR_ERROR_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_assert_no_error (stage (&r, id, steps[i].stage, steps[i].note));
    g_autoptr (CrReferral) referral = stored (&r, id);
    g_autofree char *due = cr_date_to_iso (referral->due_on);
    g_assert_cmpint (referral->stage, ==, steps[i].stage);
    g_assert_cmpstr (due, ==, steps[i].due);
  }
  error = stage (&r, id, CR_REF_SEEN, NULL);
  assert_refused (error, CR_ERROR_INVALID); /* closed is closed */
  tear_down (&r);
}

static void
test_review_is_the_doctors (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  open_as (&r, "referrals");
  g_assert_no_error (freeze (&r, id, "%PDF"));
  g_assert_no_error (sent (&r, id, "mail", NULL));
  g_assert_no_error (stage (&r, id, CR_REF_REPORT_RECEIVED, NULL));
  GError *error = stage (&r, id, CR_REF_REVIEWED, NULL);
  assert_refused (error, CR_ERROR_NOT_ALLOWED);
  open_as (&r, "okafor");
  g_assert_no_error (stage (&r, id, CR_REF_REVIEWED, NULL));
  tear_down (&r);
}

/* A packet that went out earlier is recorded with its own time, which lies between order and now. */
static void
test_sent_when (void)
{
  RefFixture r;
  set_up (&r, "okafor");
  CrId id = ordered (&r);
  CrClock *clock = r.c.f.clock;
  CrInstant now = cr_clock_now (clock);
  open_as (&r, "referrals");
  g_assert_no_error (freeze (&r, id, "%PDF"));
  GError *error = sent_at (&r, id, "mail", "Salem", now + 60 * G_USEC_PER_SEC);
  assert_refused (error, CR_ERROR_INVALID);
  error = sent_at (&r, id, "mail", "Salem", cr_clock_instant_of (clock, CR_DATE (2026, 11, 22), 600));
  assert_refused (error, CR_ERROR_INVALID); /* the day before the order */
  CrInstant then = cr_clock_instant_of (clock, FIXTURE_TODAY, 1);
  g_assert_no_error (sent_at (&r, id, "mail", "Salem", then));
  g_autoptr (CrReferral) out = stored (&r, id);
  g_assert_cmpint (out->sent_at, ==, then);
  tear_down (&r);
}

/* ---- lists ---- */

static const CrReferralItem *
item_at (GListModel *list, guint i)
{
  g_autoptr (CrRow) row = g_list_model_get_item (list, i);
  return row != NULL ? cr_row_peek (row) : NULL;
}

static void
assert_counts (GListModel *const *lists, const guint *counts)
{
  for (guint i = CR_REFS_NEEDS_PACKET; i <= CR_REFS_OPEN; i++) {
    g_test_message ("list %u", i);
    g_assert_cmpuint (g_list_model_get_n_items (lists[i]), ==, counts[i]);
  }
}

static void
test_lists (void)
{
  RefFixture r;
  GListModel *lists[CR_REFS_OPEN + 1];
  set_up (&r, "okafor");
  CrId contact = add_contact (&r);
  CrId id = ordered (&r);
  g_autoptr (CrReferral) late = stored (&r, id);
  late->contact_id = contact;
  late->ordered_on = CR_DATE (2026, 11, 10);
  late->due_on = CR_DATE (2026, 11, 12);
  fixture_store (&r.c.f, &CR_REFERRAL, late);
  for (guint i = 0; i <= CR_REFS_OPEN; i++)
    lists[i] = cr_referral_list_new (r.c.f.session, i);
  fixture_settle (&r.c.f);
  assert_counts (lists, (guint[]){ 1, 0, 0, 1, 0, 1 });
  const CrReferralItem *item = item_at (lists[CR_REFS_OVERDUE], 0);
  g_assert_true (item->overdue);
  g_assert_cmpint (item->age_days, ==, 13);
  g_assert_cmpstr (item->to, ==, "Cardiology, Dr. S. Rao");
  g_assert_cmpstr (item->patient->family, ==, "Garcia");
  g_assert_cmpuint (item->events->len, ==, 1);
  g_assert_no_error (freeze (&r, id, "%PDF"));
  g_assert_no_error (sent (&r, id, "mail", NULL));
  fixture_settle (&r.c.f);
  assert_counts (lists, (guint[]){ 0, 1, 0, 1, 0, 1 });
  g_assert_no_error (stage (&r, id, CR_REF_BOOKED, "12/3"));
  fixture_settle (&r.c.f);
  assert_counts (lists, (guint[]){ 0, 0, 1, 0, 0, 1 });
  g_assert_cmpuint (item_at (lists[CR_REFS_OPEN], 0)->events->len, ==, 4);
  g_assert_no_error (stage (&r, id, CR_REF_PATIENT_DECLINED, "moved away"));
  fixture_settle (&r.c.f);
  assert_counts (lists, (guint[]){ 0, 0, 0, 0, 1, 0 });
  fixture_sign_in (&r.c.f, "frontdesk");
  fixture_settle (&r.c.f);
  assert_counts (lists, (guint[]){ 0, 0, 0, 0, 0, 0 });
  for (guint i = 0; i <= CR_REFS_OPEN; i++)
    g_object_unref (lists[i]);
  tear_down (&r);
}

static void
test_list_order (void)
{
  static const char *const urgencies[] = { "routine", "stat", "asap", "urgent" };
  static const int expected[] = { CR_URGENCY_EMERGENCY, CR_URGENCY_URGENT, CR_URGENCY_SOON,
                                  CR_URGENCY_ROUTINE };
  RefFixture r;
  set_up (&r, "okafor");
  for (guint i = 0; i < G_N_ELEMENTS (urgencies); i++) {
    write_order (&r);
    g_object_set (r.draft, "urgency", urgencies[i], NULL);
    g_assert_cmpint (order (&r, NULL), !=, CR_ID_NONE);
    fixture_settle (&r.c.f);
  }
  g_autoptr (GListModel) list = cr_referral_list_new (r.c.f.session, CR_REFS_NEEDS_PACKET);
  fixture_settle (&r.c.f);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (item_at (list, i)->referral->urgency, ==, expected[i]);
  g_clear_object (&list);
  tear_down (&r);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/referral-work/problems", test_problems);
  g_test_add_func ("/referral-work/order", test_order);
  g_test_add_func ("/referral-work/order-frozen", test_order_frozen);
  g_test_add_func ("/referral-work/order-waits", test_order_waits);
  g_test_add_func ("/referral-work/fills-in", test_fills_in);
  g_test_add_func ("/referral-work/letter", test_letter);
  g_test_add_func ("/referral-work/freeze", test_freeze);
  g_test_add_func ("/referral-work/reprint", test_reprint);
  g_test_add_func ("/referral-work/problem-fills", test_problem_fills);
  g_test_add_func ("/referral-work/note-fills", test_note_fills);
  g_test_add_func ("/referral-work/packet-rights", test_packet_rights);
  g_test_add_func ("/referral-work/packet-altered", test_packet_altered);
  g_test_add_func ("/referral-work/stages", test_stages);
  g_test_add_func ("/referral-work/review-is-the-doctors", test_review_is_the_doctors);
  g_test_add_func ("/referral-work/lists", test_lists);
  g_test_add_func ("/referral-work/list-order", test_list_order);
  g_test_add_func ("/referral-work/sent-when", test_sent_when);
  return g_test_run ();
}
