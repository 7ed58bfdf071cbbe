/* The desk around a visit: what arrival verifies, late patients, times put right, check-out, the end of the
 * day. */
#include "chartroom/session/visit-desk.h"
#include "chartroom/session/referral-work.h"
#include "chartroom/session/tasks.h"
#include "session-fixture.h"

typedef struct {
  Fixture base;
  CrDaySchedule *day;
  CrId visit;
  GAsyncResult *result;
} Desk;

static gboolean
prepare_job (CrTx *tx, gpointer data, GError **error)
{
  Desk *d = data;
  g_autoptr (CrCoverage) coverage = cr_coverage_new ();
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, d->base.garcia, error);
  g_assert_nonnull (patient);
  g_free (patient->address);
  patient->address = g_strdup ("12 Elm St");
  patient->city = g_strdup ("Salem");
  patient->state = g_strdup ("OR");
  patient->zip = g_strdup ("97301");
  coverage->patient_id = d->base.garcia;
  coverage->rank = 1;
  coverage->payer = g_strdup ("Evergreen Health");
  coverage->member_id = g_strdup ("EH-1");
  return cr_tx_save (tx, &CR_PATIENT, patient, error) && cr_tx_save (tx, &CR_COVERAGE, coverage, error);
}

static void
run (Desk *d, CrJob job, gpointer data)
{
  g_autoptr (GError) error = NULL;
  cr_store_run (cr_session_get_store (d->base.session), cr_session_get_user (d->base.session), job, data,
                &error);
  g_assert_no_error (error);
}

static CrId
book (Desk *d, CrId patient, int start)
{
  g_autoptr (GError) error = NULL;
  CrBooking wanted = { .patient_id = patient,
                       .person_id = d->base.okafor,
                       .visit_type_id = d->base.follow_up,
                       .date = FIXTURE_TODAY,
                       .start = start };
  cr_day_schedule_book_async (d->day, &wanted, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  CrId id = cr_day_schedule_book_finish (d->day, result, &error);
  g_assert_no_error (error);
  return id;
}

static void
set_up (Desk *d, const char *login)
{
  g_autoptr (GError) error = NULL;
  *d = (Desk){ 0 };
  fixture_set_up (&d->base);
  fixture_sign_in (&d->base, login);
  fixture_spin ();
  run (d, prepare_job, d);
  d->day = cr_day_schedule_new (d->base.session);
  cr_day_schedule_set_date (d->day, FIXTURE_TODAY);
  cr_day_schedule_load (d->day, &error);
  g_assert_no_error (error);
  d->visit = book (d, d->base.garcia, 11 * 60);
}

static gboolean
is_quiet (gpointer day)
{
  gboolean loading;
  g_object_get (day, "loading", &loading, NULL);
  return !loading;
}

static void
tear_down (Desk *d)
{
  fixture_wait_until (is_quiet, d->day);
  g_assert_finalize_object (d->day);
  fixture_tear_down (&d->base);
}

static GError *
arrive (Desk *d, const CrVerified *verified)
{
  cr_day_schedule_arrive_async (d->day, d->visit, verified, fixture_done_cb, &d->result);
  return fixture_finish (&d->result);
}

static GError *
undo (Desk *d)
{
  cr_session_undo_async (d->base.session, fixture_done_cb, &d->result);
  return fixture_finish (&d->result);
}

/* What the store holds of patient, coverage, encounter and appointment. */
typedef struct {
  Desk *desk;
  CrPatient *patient;
  CrCoverage *coverage;
  CrEncounter *encounter;
  CrAppointment *appointment;
} Stored;

static void
stored_clear (Stored *s)
{
  g_clear_pointer (&s->patient, cr_patient_free);
  g_clear_pointer (&s->coverage, cr_coverage_free);
  g_clear_pointer (&s->encounter, cr_encounter_free);
  g_clear_pointer (&s->appointment, cr_appointment_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stored, stored_clear)

static gboolean
look_job (CrTx *tx, gpointer data, GError **error)
{
  Stored *s = data;
  g_autoptr (GPtrArray) coverages = cr_coverages (tx, s->desk->base.garcia, error);
  s->patient = cr_tx_load (tx, &CR_PATIENT, s->desk->base.garcia, error);
  s->appointment = cr_tx_load (tx, &CR_APPOINTMENT, s->desk->visit, error);
  s->encounter = cr_encounter_for_appointment (tx, s->desk->visit, error);
  s->coverage = cr_coverage_copy (coverages->pdata[0]);
  return *error == NULL;
}

static Stored
look (Desk *d)
{
  Stored s = { .desk = d };
  run (d, look_job, &s);
  return s;
}

static void
assert_day (CrDate got, CrDate wanted)
{
  g_assert_cmpint (cr_date_compare (got, wanted), ==, 0);
}

/* ---- arrival ---- */

static void
test_verified (void)
{
  Desk d;
  CrVerified as_it_is = { NULL, NULL, NULL, NULL };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  {
    g_auto (Stored) s = look (&d);
    g_assert_cmpint (s.appointment->stage, ==, CR_STAGE_ARRIVED);
    assert_day (s.patient->verified_on, FIXTURE_TODAY);
    assert_day (s.coverage->verified_on, FIXTURE_TODAY);
    g_assert_cmpstr (s.coverage->payer, ==, "Evergreen Health");
  }
  g_assert_no_error (undo (&d)); /* one step takes all of it back */
  {
    g_auto (Stored) s = look (&d);
    g_assert_cmpint (s.appointment->stage, ==, CR_STAGE_SCHEDULED);
    assert_day (s.patient->verified_on, CR_DATE_NONE);
    assert_day (s.coverage->verified_on, CR_DATE_NONE);
  }
  tear_down (&d);
}

static void
test_edited (void)
{
  Desk d;
  CrVerified typed = { "(503) 555-0188", "14 Oak Ave, Lake Oswego or 97034", "Cascade Plan", "CP-77" };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &typed));
  g_auto (Stored) s = look (&d);
  g_assert_cmpstr (s.patient->phone, ==, "5035550188");
  g_assert_cmpstr (s.patient->address, ==, "14 Oak Ave");
  g_assert_cmpstr (s.patient->city, ==, "Lake Oswego");
  g_assert_cmpstr (s.patient->state, ==, "OR");
  g_assert_cmpstr (s.patient->zip, ==, "97034");
  g_assert_cmpstr (s.coverage->payer, ==, "Cascade Plan");
  g_assert_cmpstr (s.coverage->member_id, ==, "CP-77");
  tear_down (&d);
}

/* What cannot be kept stops all of it: nothing was changed. */
static void
test_refused (void)
{
  static const CrVerified WRONG[] = { { "12", NULL, NULL, NULL }, { NULL, "somewhere", NULL, NULL } };
  Desk d;
  set_up (&d, "frontdesk");
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autoptr (GError) error = arrive (&d, &WRONG[i]);
    g_auto (Stored) s = look (&d);
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
    g_assert_cmpint (s.appointment->stage, ==, CR_STAGE_SCHEDULED);
    assert_day (s.patient->verified_on, CR_DATE_NONE);
    g_assert_null (s.encounter);
  }
  tear_down (&d);
}

static void
test_late (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  cr_day_schedule_ask_late_async (d.day, d.visit, 12, fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  cr_session_lock (d.base.session);
  fixture_sign_in (&d.base, "okafor");
  g_autoptr (GListModel) tasks = cr_task_list_new (d.base.session);
  while (g_list_model_get_n_items (tasks) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (CrRow) row = g_list_model_get_item (tasks, 0);
  const CrTaskItem *item = cr_row_peek (row);
  g_assert_cmpstr (item->title, ==, "12 min late for 11:00 AM: see today, or move?");
  g_assert_cmpint (item->patient->id, ==, d.base.garcia);
  g_clear_object (&row);
  g_clear_object (&tasks);
  tear_down (&d);
}

static void
test_early (void)
{
  static const struct {
    int minutes;
    gint64 kept;
    gboolean refused;
  } CASES[] = {
    { 15, 15, FALSE }, { 0, CR_INT_NONE, FALSE }, { 120, 120, FALSE }, { 121, 120, TRUE }, { -1, 120, TRUE }
  };
  Desk d;
  set_up (&d, "frontdesk");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    cr_day_schedule_set_early_async (d.day, d.visit, CASES[i].minutes, fixture_done_cb, &d.result);
    g_autoptr (GError) error = fixture_finish (&d.result);
    g_auto (Stored) s = look (&d);
    g_assert_cmpint (error != NULL, ==, CASES[i].refused);
    g_assert_cmpint (s.appointment->early_minutes, ==, CASES[i].kept);
  }
  tear_down (&d);
}

/* ---- times ---- */

static GError *
set_stamps (Desk *d, const CrStamps *stamps, const char *reason)
{
  cr_day_schedule_set_stamps_async (d->day, d->visit, stamps, reason, fixture_done_cb, &d->result);
  return fixture_finish (&d->result);
}

static CrStamps
read_stamps (Desk *d)
{
  g_autoptr (GError) error = NULL;
  CrStamps stamps;
  cr_visit_stamps_async (d->base.session, d->visit, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  cr_visit_stamps_finish (d->base.session, result, &stamps, &error);
  g_assert_no_error (error);
  return stamps;
}

static void
test_times (void)
{
  Desk d;
  CrVerified as_it_is = { 0 };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  cr_clock_advance (d.base.clock, 10 * 60 * G_USEC_PER_SEC);
  cr_day_schedule_stage_async (d.day, d.visit, CR_STAGE_ROOMED, d.base.room1, fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  CrStamps before = read_stamps (&d), wanted = before;
  g_assert_cmpint (before.at[CR_STAMP_READY], ==, CR_INSTANT_NONE);
  wanted.at[CR_STAMP_ARRIVED] -= 15 * 60 * G_USEC_PER_SEC;
  wanted.at[CR_STAMP_ROOMED] -= 5 * 60 * G_USEC_PER_SEC;
  g_autoptr (GError) no_reason = set_stamps (&d, &wanted, " ");
  g_assert_error (no_reason, CR_ERROR, CR_ERROR_INVALID);
  g_assert_no_error (set_stamps (&d, &wanted, "clicked later"));
  {
    g_auto (Stored) s = look (&d);
    g_assert_cmpint (s.encounter->arrived_at, ==, wanted.at[CR_STAMP_ARRIVED]);
    g_assert_cmpint (s.encounter->roomed_at, ==, wanted.at[CR_STAMP_ROOMED]);
    g_assert_cmpint (s.appointment->stage_at, ==, wanted.at[CR_STAMP_ROOMED]); /* its clock runs from there */
  }
  g_assert_no_error (undo (&d));
  CrStamps again = read_stamps (&d);
  g_assert_cmpint (again.at[CR_STAMP_ARRIVED], ==, before.at[CR_STAMP_ARRIVED]);
  tear_down (&d);
}

static void
test_times_refused (void)
{
  Desk d;
  CrVerified as_it_is = { 0 };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  cr_day_schedule_stage_async (d.day, d.visit, CR_STAGE_ROOMED, d.base.room1, fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  const CrStamps now = read_stamps (&d);
  const CrInstant minute = 60 * G_USEC_PER_SEC;
  for (guint i = 0; i < 4; i++) {
    CrStamps wrong = now;
    if (i == 0)
      wrong.at[CR_STAMP_ROOMED] += minute; /* later than now */
    else if (i == 1)
      wrong.at[CR_STAMP_ROOMED] -= minute; /* before the arrival */
    else if (i == 2)
      wrong.at[CR_STAMP_WITH_DOCTOR] = now.at[CR_STAMP_ROOMED]; /* was not */
    else
      wrong.at[CR_STAMP_ARRIVED] = CR_INSTANT_NONE; /* was */
    g_autoptr (GError) error = set_stamps (&d, &wrong, "a slip");
    g_test_message ("case %u", i);
    g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  }
  tear_down (&d);
}

/* ---- check-out ---- */

static gboolean
papers_job (CrTx *tx, gpointer data, GError **error)
{
  Desk *d = data;
  g_autoptr (CrEncounter) encounter = cr_encounter_for_appointment (tx, d->visit, error);
  g_autoptr (CrPrescription) signed_one = cr_prescription_new (), open_one = cr_prescription_new ();
  g_autoptr (CrNote) note = cr_note_new ();
  CrPrescription *both[] = { signed_one, open_one };
  for (guint i = 0; i < 2; i++) {
    both[i]->patient_id = d->base.garcia;
    both[i]->encounter_id = encounter->id;
    both[i]->author_id = d->base.okafor;
    both[i]->number = g_strdup_printf ("RX-000001-000%u", i + 1);
    both[i]->display = g_strdup ("inventol 5 mg tablet");
    both[i]->status = i == 0 ? CR_RX_SIGNED : CR_RX_NEEDS_SIGNATURE;
    both[i]->written_on = FIXTURE_TODAY;
    if (!cr_tx_save (tx, &CR_PRESCRIPTION, both[i], error))
      return FALSE;
  }
  note->patient_id = d->base.garcia;
  note->encounter_id = encounter->id;
  note->author_id = d->base.okafor;
  note->status = CR_NOTE_DRAFT;
  note->date = FIXTURE_TODAY;
  return cr_tx_save (tx, &CR_NOTE, note, error);
}

typedef struct {
  Desk *desk;
  CrId referral, elsewhere; /* of the visit, and of another day */
} Packets;

static CrId
add_packet (CrTx *tx, const Desk *d, CrId encounter, CrDate ordered, GError **error)
{
  g_autoptr (CrReferral) referral = cr_referral_new ();
  g_autoptr (CrDocument) document = cr_document_new ();
  g_autoptr (CrPacket) packet = cr_packet_new ();
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 invented", 17);
  referral->patient_id = document->patient_id = packet->patient_id = d->base.garcia;
  referral->encounter_id = encounter;
  referral->ordered_on = ordered;
  referral->number = g_strdup_printf ("REF-0%d", ordered.day);
  document->kind = g_strdup ("packet");
  document->mime = g_strdup ("application/pdf");
  document->title = g_strdup ("Invented packet");
  document->dated = ordered;
  packet->pages = 1;
  packet->prints = packet->exports = 0;
  packet->hash = cr_content_hash (pdf);
  if (!cr_tx_save (tx, &CR_REFERRAL, referral, error) || !cr_document_add (tx, document, pdf, error))
    return CR_ID_NONE;
  packet->referral_id = referral->id;
  packet->document_id = document->id;
  if (!cr_tx_save (tx, &CR_PACKET, packet, error))
    return CR_ID_NONE;
  referral->packet_id = packet->id;
  return cr_tx_save (tx, &CR_REFERRAL, referral, error) ? referral->id : CR_ID_NONE;
}

static gboolean
packets_job (CrTx *tx, gpointer data, GError **error)
{
  Packets *p = data;
  g_autoptr (CrEncounter) encounter = cr_encounter_for_appointment (tx, p->desk->visit, error);
  p->referral = add_packet (tx, p->desk, encounter->id, FIXTURE_TODAY, error);
  p->elsewhere = add_packet (tx, p->desk, CR_ID_NONE, CR_DATE (2026, 11, 20), error);
  return p->referral != CR_ID_NONE && p->elsewhere != CR_ID_NONE;
}

static GBytes *
read_packet (Desk *d, CrId referral, const char *purpose, int *prints, GError **error)
{
  cr_check_out_packet_async (d->base.session, d->visit, referral, purpose, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  return cr_referral_packet_earlier_finish (result, prints, error);
}

/* The desk may hand over what is of the visit, without the chart, and nothing else; each print is counted. */
static void
test_packets (void)
{
  Desk d;
  CrVerified as_it_is = { 0 };
  g_autoptr (GError) error = NULL, other = NULL;
  int prints = -1;
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  Packets packets = { .desk = &d };
  run (&d, packets_job, &packets);
  g_autoptr (GBytes) seen = read_packet (&d, packets.referral, "view", &prints, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (seen), ==, 17);
  g_assert_cmpint (prints, ==, 0);
  g_autoptr (GBytes) printed G_GNUC_UNUSED = read_packet (&d, packets.referral, "print", &prints, &error);
  g_autoptr (GBytes) again G_GNUC_UNUSED = read_packet (&d, packets.referral, "view", &prints, &error);
  g_assert_no_error (error);
  g_assert_cmpint (prints, ==, 1); /* the next one is a reprint */
  g_assert_null (read_packet (&d, packets.elsewhere, "view", &prints, &other));
  g_assert_error (other, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  tear_down (&d);
}

static CrCheckOut *
load (Desk *d)
{
  g_autoptr (GError) error = NULL;
  cr_check_out_load_async (d->base.session, d->visit, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  CrCheckOut *out = cr_check_out_load_finish (d->base.session, result, &error);
  g_assert_no_error (error);
  return out;
}

static void
test_check_out (void)
{
  Desk d;
  CrVerified as_it_is = { 0 };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  run (&d, papers_job, &d);
  g_autoptr (CrCheckOut) out = load (&d);
  g_assert_cmpuint (out->papers->len, ==,
                    2); /* the signed prescription, the card; no paper that is not there */
  const CrHandOver *rx = out->papers->pdata[0];
  g_assert_cmpstr (rx->label, ==, "Prescription RX-000001-0001"); /* the desk is not told the drug */
  g_assert_false (rx->given);
  g_assert_cmpuint (out->warnings->len, ==, 3);
  g_assert_cmpstr (out->warnings->pdata[0], ==, "1 prescription is not signed yet.");
  g_assert_cmpstr (out->warnings->pdata[1], ==, "The note of this visit is not signed yet.");
  g_assert_cmpstr (out->warnings->pdata[2], ==, "The note of this visit has no plan yet.");
  const char *const given[] = { rx->code, "card", NULL };
  CrCheckedOut done = { given, "3m BP", NULL };
  cr_day_schedule_check_out_async (d.day, d.visit, &done, fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  {
    g_auto (Stored) s = look (&d);
    g_autofree char *codes = g_strconcat (rx->code, ",card", NULL);
    g_assert_cmpint (s.appointment->stage, ==, CR_STAGE_CHECKED_OUT);
    g_assert_cmpstr (s.encounter->status, ==, "finished");
    g_assert_cmpstr (s.encounter->handed, ==, codes);
    g_assert_cmpint (s.encounter->return_in, ==, 3);
    g_assert_cmpstr (s.encounter->return_unit, ==, "months");
    g_assert_cmpint (s.encounter->return_handled_at, ==, CR_INSTANT_NONE); /* on the list of those to book */
  }
  g_autoptr (CrCheckOut) later = load (&d);
  g_assert_true (((const CrHandOver *)later->papers->pdata[0])->given);
  g_assert_cmpstr (later->returns, ==, "3 months – BP");
  assert_day (later->return_on, CR_DATE (2027, 2, 23));
  g_assert_no_error (undo (&d));
  {
    g_auto (Stored) s = look (&d);
    g_assert_cmpint (s.appointment->stage, ==, CR_STAGE_ARRIVED);
    g_assert_null (s.encounter->handed);
    g_assert_cmpint (s.encounter->return_in, ==, CR_INT_NONE);
  }
  tear_down (&d);
}

static void
test_return (void)
{
  Desk d;
  CrVerified as_it_is = { 0 };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  g_autoptr (CrCheckOut) out = load (&d);
  cr_encounter_set_return_async (d.base.session, out->encounter_id, "2 weeks, wound", fixture_done_cb,
                                 &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  cr_encounter_set_return_async (d.base.session, out->encounter_id, "some day", fixture_done_cb, &d.result);
  g_autoptr (GError) error = fixture_finish (&d.result);
  g_assert_error (error, CR_ERROR, CR_ERROR_INVALID);
  g_autoptr (CrCheckOut) asked = load (&d);
  g_assert_cmpstr (asked->returns, ==, "2 weeks – wound"); /* what was said before stays */
  const char *const none[] = { NULL };
  CrCheckedOut done = { none, NULL, "booked" };
  cr_day_schedule_check_out_async (d.day, d.visit, &done, fixture_done_cb, &d.result);
  g_assert_no_error (fixture_finish (&d.result));
  g_auto (Stored) s = look (&d);
  g_assert_cmpint (s.encounter->return_in, ==, 2);
  g_assert_cmpint (s.encounter->return_handled_at, !=, CR_INSTANT_NONE);
  g_assert_cmpstr (s.encounter->return_handled_how, ==, "booked");
  g_assert_null (s.encounter->handed);
  tear_down (&d);
}

static CrId
book_on (Desk *d, CrDate date)
{
  g_autoptr (GError) error = NULL;
  g_auto (Stored) s = look (d);
  const CrAppointment *visit = s.appointment;
  CrBooking wanted = { .patient_id = visit->patient_id,
                       .person_id = visit->person_id,
                       .visit_type_id = visit->visit_type_id,
                       .date = date,
                       .start = 10 * 60 };
  cr_day_schedule_book_async (d->day, &wanted, fixture_done_cb, &d->result);
  g_autoptr (GAsyncResult) result = fixture_wait (&d->result);
  d->result = NULL;
  CrId id = cr_day_schedule_book_finish (d->day, result, &error);
  g_assert_no_error (error);
  return id;
}

static gboolean
long_ago_job (CrTx *tx, gpointer data, GError **error)
{
  g_autoptr (CrAppointment) a = cr_tx_load (tx, &CR_APPOINTMENT, *(const CrId *)data, error);
  a->booked_at = 1;
  return cr_tx_save (tx, &CR_APPOINTMENT, a, error);
}

/* Opened again, the check-out knows what was booked in it, and what there was before. */
static void
test_booked_already (void)
{
  Desk d;
  CrVerified as_it_is = { 0 };
  set_up (&d, "frontdesk");
  g_assert_no_error (arrive (&d, &as_it_is));
  g_autoptr (CrCheckOut) before = load (&d);
  g_assert_null (before->follow_up);
  g_assert_null (before->next);
  CrId other = book_on (&d, CR_DATE (2026, 12, 7));
  run (&d, long_ago_job, &other);
  g_autoptr (CrCheckOut) with_next = load (&d);
  g_assert_null (with_next->follow_up);
  g_assert_cmpint (with_next->next->id, ==, other);
  CrId later = book_on (&d, CR_DATE (2027, 2, 22)), soon = book_on (&d, CR_DATE (2027, 1, 11));
  g_assert_cmpint (later, !=, soon);
  g_autoptr (CrCheckOut) after = load (&d);
  g_assert_cmpint (after->follow_up->id, ==, soon);
  g_assert_cmpint (after->next->id, ==, other);
  g_assert_no_error (undo (&d));
  g_autoptr (CrCheckOut) undone = load (&d);
  g_assert_cmpint (undone->follow_up->id, ==, later);
  tear_down (&d);
}

/* ---- the end of the day ---- */

static gboolean
past_job (CrTx *tx, gpointer data, GError **error)
{
  Desk *d = data;
  for (int day = 16; day <= 20; day++) {
    g_autoptr (CrAppointment) a = cr_appointment_new ();
    g_autoptr (CrEncounter) e = cr_encounter_new ();
    a->patient_id = e->patient_id = d->base.nowak;
    a->person_id = e->person_id = d->base.okafor;
    a->visit_type_id = d->base.follow_up;
    a->date = e->date = CR_DATE (2026, 11, day);
    a->start_min = 600;
    a->minutes = 20;
    a->stage = CR_STAGE_CHECKED_OUT;
    if (!cr_tx_save (tx, &CR_APPOINTMENT, a, error))
      return FALSE;
    e->appointment_id = a->id;
    e->status = g_strdup ("finished");
    e->with_doctor_at = cr_clock_instant_of (d->base.clock, a->date, 600);
    e->ready_at = cr_clock_instant_of (d->base.clock, a->date, 610 + day); /* 26 to 30 minutes */
    if (!cr_tx_save (tx, &CR_ENCOUNTER, e, error))
      return FALSE;
  }
  return TRUE;
}

static void
test_finish (void)
{
  Desk d;
  set_up (&d, "frontdesk");
  run (&d, past_job, &d);
  g_autoptr (CrPerson) okafor = cr_person_new ();
  okafor->id = d.base.okafor;
  okafor->family = g_strdup ("Okafor");
  okafor->roles = CR_ROLE_DOCTOR;
  g_autoptr (GListModel) paces = cr_pace_list_new (d.base.session);
  while (g_list_model_get_n_items (paces) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *words = cr_finish_words (d.day, paces, okafor, 634);
  g_assert_cmpstr (words, ==, "Dr. Okafor: done about 11:28 AM, 8 min behind"); /* 11:00, 20 min, 8 longer */
  okafor->id = d.base.chen;
  g_autofree char *none = cr_finish_words (d.day, paces, okafor, 634);
  g_assert_null (none);
  g_clear_object (&paces);
  tear_down (&d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-desk/verified", test_verified);
  g_test_add_func ("/visit-desk/edited", test_edited);
  g_test_add_func ("/visit-desk/refused", test_refused);
  g_test_add_func ("/visit-desk/late", test_late);
  g_test_add_func ("/visit-desk/early", test_early);
  g_test_add_func ("/visit-desk/times", test_times);
  g_test_add_func ("/visit-desk/times-refused", test_times_refused);
  g_test_add_func ("/visit-desk/packets", test_packets);
  g_test_add_func ("/visit-desk/check-out", test_check_out);
  g_test_add_func ("/visit-desk/booked-already", test_booked_already);
  g_test_add_func ("/visit-desk/return", test_return);
  g_test_add_func ("/visit-desk/finish", test_finish);
  return g_test_run ();
}
