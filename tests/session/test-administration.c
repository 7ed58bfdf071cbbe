/* People, set-up, the audit and its proof; and who may do what of it. */
#include "chartroom/session/administration.h"
#include "chartroom/session/audit.h"
#include "session-fixture.h"
#include <glib/gstdio.h>

typedef struct {
  Fixture base;
  GAsyncResult *result;
} Office;

static void
set_up (Office *o, const char *login)
{
  *o = (Office){ 0 };
  fixture_set_up (&o->base);
  fixture_sign_in (&o->base, login);
  fixture_spin ();
}

static GError *
add_person (Office *o, const char *login, gint64 roles, const char *password)
{
  g_autoptr (CrPerson) person = cr_person_new ();
  person->login = g_strdup (login);
  person->family = g_strdup ("Moreno");
  person->given = g_strdup ("Invented");
  person->roles = roles;
  cr_admin_add_person_async (o->base.session, person, password, fixture_done_cb, &o->result);
  return fixture_finish (&o->result);
}

static GError *
save (Office *o, const CrRecordClass *klass, gconstpointer record)
{
  cr_admin_save_async (o->base.session, &klass, &record, 1, fixture_done_cb, &o->result);
  return fixture_finish (&o->result);
}

/* A copy of a row of one of the session's lists. */
static gpointer
copy_row (GListModel *rows, const CrRecordClass *klass, CrId id)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (rows, i);
    if (cr_row_get_id (row) == id)
      return cr_record_copy (klass, cr_row_peek (row));
  }
  g_assert_not_reached ();
}

static gboolean
knows_moreno (gpointer session)
{
  GListModel *people = cr_session_get_people (session);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++) {
    g_autoptr (CrRow) row = g_list_model_get_item (people, i);
    if (g_strcmp0 (((const CrPerson *)cr_row_peek (row))->login, "moreno") == 0)
      return TRUE;
  }
  return FALSE;
}

static void
test_add_person (void)
{
  Office o;
  set_up (&o, "admin");
  g_autoptr (GError) weak = add_person (&o, "moreno", CR_ROLE_CLINICAL, "short");
  g_assert_error (weak, CR_ERROR, CR_ERROR_INVALID);
  g_autoptr (GError) roleless = add_person (&o, "moreno", 0, FIXTURE_PASSWORD);
  g_assert_error (roleless, CR_ERROR, CR_ERROR_INVALID);
  g_autoptr (GError) blank = add_person (&o, "mo reno", CR_ROLE_CLINICAL, FIXTURE_PASSWORD);
  g_assert_error (blank, CR_ERROR, CR_ERROR_INVALID);
  g_assert_no_error (add_person (&o, "moreno", CR_ROLE_CLINICAL, FIXTURE_PASSWORD));
  fixture_wait_until (knows_moreno, o.base.session);
  g_autoptr (GError) taken = add_person (&o, "moreno", CR_ROLE_CLINICAL, FIXTURE_PASSWORD);
  g_assert_nonnull (taken);
  fixture_sign_in (&o.base, "moreno");
  g_assert_true (cr_session_can (o.base.session, CR_RIGHT_CLINICAL_RECORD));
  fixture_tear_down (&o.base);
}

static void
test_only_administrators (void)
{
  Office o;
  set_up (&o, "okafor");
  g_autoptr (GError) add = add_person (&o, "moreno", CR_ROLE_ADMIN, FIXTURE_PASSWORD);
  g_assert_error (add, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_admin_remove_person_async (o.base.session, o.base.chen, fixture_done_cb, &o.result);
  g_autoptr (GError) removed = fixture_finish (&o.result);
  g_assert_error (removed, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup ("9");
  g_autoptr (GError) saved = save (&o, &CR_ROOM, room);
  g_assert_error (saved, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_admin_set_password_async (o.base.session, o.base.chen, "other invented plain words", fixture_done_cb,
                               &o.result);
  g_autoptr (GError) others = fixture_finish (&o.result);
  g_assert_error (others, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  cr_admin_verify_async (o.base.session, fixture_done_cb, &o.result);
  g_autoptr (GAsyncResult) result = fixture_wait (&o.result);
  g_autoptr (GError) verified = NULL;
  g_assert_null (cr_admin_verify_finish (result, &verified));
  g_assert_error (verified, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_tear_down (&o.base);
}

/* One's own password, and the one that an administrator gives. */
static void
test_passwords (void)
{
  Office o;
  g_autoptr (GError) wrong = NULL, error = NULL;
  set_up (&o, "frontdesk");
  cr_admin_set_password_async (o.base.session, o.base.frontdesk, "short", fixture_done_cb, &o.result);
  g_autoptr (GError) weak = fixture_finish (&o.result);
  g_assert_error (weak, CR_ERROR, CR_ERROR_INVALID);
  cr_admin_set_password_async (o.base.session, o.base.frontdesk, "other invented plain words",
                               fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  cr_session_close (o.base.session);
  cr_session_open (o.base.session, o.base.folder, "frontdesk", FIXTURE_PASSWORD, &wrong);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  cr_session_open (o.base.session, o.base.folder, "frontdesk", "other invented plain words", &error);
  g_assert_no_error (error);
  fixture_sign_in (&o.base, "admin");
  cr_admin_set_password_async (o.base.session, o.base.frontdesk, FIXTURE_PASSWORD, fixture_done_cb,
                               &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  cr_session_close (o.base.session);
  cr_session_open (o.base.session, o.base.folder, "frontdesk", FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  fixture_tear_down (&o.base);
}

static GError *
change_own (Office *o, const char *old, const char *password)
{
  cr_session_change_password_async (o->base.session, old, password, fixture_done_cb, &o->result);
  return fixture_finish (&o->result);
}

static gboolean
refusal_job (CrTx *tx, gpointer data, GError **error)
{
  CrAuditQuery query = { .actions = { "password-refused" }, .limit = 10 };
  g_autoptr (GPtrArray) entries = cr_audit_list (tx, &query, error);
  *(guint *)data = entries != NULL ? entries->len : 0;
  return entries != NULL;
}

/* Who knows the present password changes it, and stays signed in; a wrong one is in the audit. */
static void
test_own_password (void)
{
  static const char FRESH[] = "other invented plain words";
  Office o;
  guint refused = 0;
  g_autoptr (GError) read = NULL, old = NULL, fresh = NULL;
  set_up (&o, "nurse");
  g_autoptr (GError) wrong = change_own (&o, "not the present one", FRESH);
  g_assert_error (wrong, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_autoptr (GError) weak = change_own (&o, FIXTURE_PASSWORD, "short");
  g_assert_error (weak, CR_ERROR, CR_ERROR_INVALID);
  cr_session_set_pin_async (o.base.session, "739154", fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  g_autoptr (GError) by_pin = change_own (&o, "739154", FRESH); /* a PIN is no password */
  g_assert_error (by_pin, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  g_assert_no_error (change_own (&o, FIXTURE_PASSWORD, FRESH));
  g_assert_cmpint (cr_session_get_state (o.base.session), ==, CR_SESSION_OPEN);
  g_assert_false (cr_session_has_pin (o.base.session));
  cr_session_lock (o.base.session);
  cr_session_unlock (o.base.session, "nurse", FIXTURE_PASSWORD, &old);
  g_assert_error (old, CR_ERROR, CR_ERROR_WRONG_PASSWORD);
  cr_session_unlock (o.base.session, "nurse", FRESH, &fresh);
  g_assert_no_error (fresh);
  fixture_sign_in (&o.base, "admin");
  cr_session_run (o.base.session, CR_RIGHT_ADMIN, refusal_job, &refused, &read);
  g_assert_no_error (read);
  g_assert_cmpuint (refused, ==, 2);
  fixture_tear_down (&o.base);
}

/* What there is, also what is not in use any more; and who gets a column in the book gets hours. */
static void
test_set_up (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  set_up (&o, "admin");
  g_autoptr (CrRoom) room = cr_room_new ();
  room->name = g_strdup ("Attic");
  room->active = FALSE;
  char *name = g_steal_pointer (&room->name);
  room->name = g_strdup ("   ");
  g_autoptr (GError) nameless = save (&o, &CR_ROOM, room);
  g_assert_error (nameless, CR_ERROR, CR_ERROR_INVALID);
  g_free (room->name);
  room->name = name;
  g_assert_no_error (save (&o, &CR_ROOM, room));
  g_autoptr (CrPerson) doctor = cr_person_new ();
  doctor->login = g_strdup ("moreno");
  doctor->family = g_strdup ("Moreno");
  doctor->roles = CR_ROLE_DOCTOR;
  doctor->schedulable = TRUE;
  cr_admin_add_person_async (o.base.session, doctor, FIXTURE_PASSWORD, fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  cr_admin_load_set_up_async (o.base.session, fixture_done_cb, &o.result);
  g_autoptr (GAsyncResult) result = fixture_wait (&o.result);
  g_autoptr (CrAdminSetUp) found = cr_admin_load_set_up_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->rooms->len, ==, 3);
  g_assert_cmpuint (found->visit_types->len, ==, 2);
  g_assert_cmpuint (found->hours->len, ==, 2 * 5 + 10);
  o.result = NULL;
  fixture_sign_in (&o.base, "okafor");
  cr_admin_load_set_up_async (o.base.session, fixture_done_cb, &o.result);
  g_autoptr (GAsyncResult) refused = fixture_wait (&o.result);
  g_autoptr (GError) no = NULL;
  g_assert_null (cr_admin_load_set_up_finish (refused, &no));
  g_assert_error (no, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  g_clear_object (&result); /* they hold the session */
  g_clear_object (&refused);
  fixture_tear_down (&o.base);
}

static void
test_remove_person (void)
{
  Office o;
  g_autoptr (GError) gone = NULL;
  set_up (&o, "admin");
  cr_admin_remove_person_async (o.base.session, o.base.admin, fixture_done_cb, &o.result);
  g_autoptr (GError) self = fixture_finish (&o.result);
  g_assert_error (self, CR_ERROR, CR_ERROR_INVALID);
  cr_admin_remove_person_async (o.base.session, o.base.chen, fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  cr_session_lock (o.base.session);
  cr_session_unlock (o.base.session, "chen", FIXTURE_PASSWORD, &gone);
  g_assert_nonnull (gone);
  g_assert_cmpint (cr_session_get_state (o.base.session), ==, CR_SESSION_LOCKED);
  fixture_tear_down (&o.base);
}

/* Under the old name, with a new password; nobody else may do it. */
static void
test_restore_person (void)
{
  static const char fresh[] = "another four plain invented words";
  Office o;
  g_autoptr (GError) gone = NULL;
  set_up (&o, "admin");
  cr_admin_remove_person_async (o.base.session, o.base.chen, fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  fixture_sign_in (&o.base, "okafor");
  cr_admin_restore_person_async (o.base.session, o.base.chen, fresh, fixture_done_cb, &o.result);
  g_autoptr (GError) refused = fixture_finish (&o.result);
  g_assert_error (refused, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_sign_in (&o.base, "admin");
  cr_admin_restore_person_async (o.base.session, o.base.chen, "weak", fixture_done_cb, &o.result);
  g_autoptr (GError) weak = fixture_finish (&o.result);
  g_assert_error (weak, CR_ERROR, CR_ERROR_INVALID);
  cr_admin_restore_person_async (o.base.session, o.base.chen, fresh, fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  cr_session_lock (o.base.session);
  cr_session_unlock (o.base.session, "chen", FIXTURE_PASSWORD, &gone);
  g_assert_nonnull (gone);
  g_clear_error (&gone);
  cr_session_unlock (o.base.session, "chen", fresh, &gone);
  g_assert_no_error (gone);
  g_assert_true (cr_session_get_person (o.base.session)->active);
  fixture_sign_in (&o.base, "admin");
  cr_admin_restore_person_async (o.base.session, o.base.chen, "once more four plain words", fixture_done_cb,
                                 &o.result);
  g_autoptr (GError) twice = fixture_finish (&o.result); /* that password would not be the one */
  g_assert_error (twice, CR_ERROR, CR_ERROR_CONFLICT);
  fixture_tear_down (&o.base);
}

/* Rights that an administrator takes away are gone at once, also for who sits there. */
static gboolean
drop_role_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *o = data;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, o->base.okafor, error);
  person->roles = CR_ROLE_FRONT_DESK;
  return cr_tx_save (tx, &CR_PERSON, person, error);
}

static gboolean
may_not_sign (gpointer session)
{
  return !cr_session_can (session, CR_RIGHT_SIGN);
}

static gboolean
is_locked (gpointer session)
{
  return cr_session_get_state (session) == CR_SESSION_LOCKED;
}

static gboolean
put_out_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *o = data;
  g_autoptr (CrPerson) person = cr_tx_load (tx, &CR_PERSON, o->base.okafor, error);
  person->active = FALSE;
  return cr_tx_save (tx, &CR_PERSON, person, error);
}

static void
test_rights_follow (void)
{
  Office o;
  set_up (&o, "okafor");
  g_assert_true (cr_session_can (o.base.session, CR_RIGHT_SIGN));
  cr_session_run_async (o.base.session, CR_RIGHT_SIGN, drop_role_job, &o, NULL, fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  fixture_wait_until (may_not_sign, o.base.session);
  g_assert_false (cr_session_can (o.base.session, CR_RIGHT_CLINICAL_VIEW));
  cr_session_run_async (o.base.session, CR_RIGHT_SCHEDULE_EDIT, put_out_job, &o, NULL, fixture_done_cb,
                        &o.result);
  fixture_wait_until (is_locked, o.base.session);
  g_autoptr (GError) error G_GNUC_UNUSED = fixture_finish (&o.result);
  fixture_tear_down (&o.base);
}

static void
test_save (void)
{
  Office o;
  set_up (&o, "admin");
  g_autoptr (CrPractice) practice = cr_practice_copy (cr_session_get_practice (o.base.session));
  practice->idle_minutes = 0;
  g_autoptr (GError) idle = save (&o, &CR_PRACTICE, practice);
  g_assert_error (idle, CR_ERROR, CR_ERROR_INVALID);
  practice->idle_minutes = 7;
  g_clear_pointer (&practice->zone, g_free);
  practice->zone = g_strdup ("Nowhere/Invented");
  g_autoptr (GError) zone = save (&o, &CR_PRACTICE, practice);
  g_assert_error (zone, CR_ERROR, CR_ERROR_INVALID);

  g_autoptr (CrHours) hours = cr_hours_new ();
  hours->person_id = o.base.okafor;
  hours->weekday = 6;
  hours->start_min = 12 * 60;
  hours->end_min = 9 * 60;
  g_autoptr (GError) backwards = save (&o, &CR_HOURS, hours);
  g_assert_error (backwards, CR_ERROR, CR_ERROR_INVALID);

  g_autoptr (CrNote) note = cr_note_new ();
  g_autoptr (GError) clinical = save (&o, &CR_NOTE, note); /* not an administrator's business */
  g_assert_error (clinical, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_tear_down (&o.base);
}

static gboolean
has_four_types (gpointer session)
{
  return g_list_model_get_n_items (cr_session_get_visit_types (session)) == 4;
}

/* Several records in one job: all or none. */
static void
test_save_together (void)
{
  Office o;
  set_up (&o, "admin");
  g_autoptr (CrVisitType) first = cr_visit_type_new (), second = cr_visit_type_new ();
  first->code = g_strdup ("PHYS");
  first->name = g_strdup ("Physical");
  first->minutes = 30;
  second->code = g_strdup ("ACUT");
  second->minutes = 15;
  const CrRecordClass *classes[] = { &CR_VISIT_TYPE, &CR_VISIT_TYPE };
  gconstpointer records[] = { first, second };
  cr_admin_save_async (o.base.session, classes, records, 2, fixture_done_cb, &o.result);
  g_autoptr (GError) nameless = fixture_finish (&o.result);
  g_assert_error (nameless, CR_ERROR, CR_ERROR_INVALID);
  second->name = g_strdup ("Acute");
  cr_admin_save_async (o.base.session, classes, records, 2, fixture_done_cb, &o.result);
  g_assert_no_error (fixture_finish (&o.result));
  fixture_wait_until (has_four_types, o.base.session);
  fixture_tear_down (&o.base);
}

static void
test_last_administrator (void)
{
  Office o;
  set_up (&o, "admin");
  g_autoptr (CrPerson) person = copy_row (cr_session_get_people (o.base.session), &CR_PERSON, o.base.admin);
  person->roles = CR_ROLE_FRONT_DESK;
  g_autoptr (GError) nobody = save (&o, &CR_PERSON, person);
  g_assert_error (nobody, CR_ERROR, CR_ERROR_INVALID);
  g_autoptr (CrPerson) renamed = copy_row (cr_session_get_people (o.base.session), &CR_PERSON, o.base.chen);
  g_free (renamed->login);
  renamed->login = g_strdup ("chen2");
  g_autoptr (GError) login = save (&o, &CR_PERSON, renamed);
  g_assert_error (login, CR_ERROR, CR_ERROR_INVALID);
  fixture_tear_down (&o.base);
}

static gboolean
is_loaded (gpointer list)
{
  gboolean loading = TRUE;
  g_object_get (list, "loading", &loading, NULL);
  return !loading;
}

static gboolean
view_job (CrTx *tx, gpointer data, GError **error)
{
  return cr_tx_audit (tx, "view", "patient", *(CrId *)data, *(CrId *)data, "search", error);
}

/* Answers of one question, loaded. */
static CrAuditList *
ask (Office *o, const CrAuditQuestion *question, guint page)
{
  CrAuditList *list = cr_audit_list_new (o->base.session, question, page);
  fixture_wait_until (is_loaded, list);
  return list;
}

static const CrAuditRow *
row_at (CrAuditList *list, guint position)
{
  g_autoptr (CrRow) row = g_list_model_get_item (G_LIST_MODEL (list), position); /* the list keeps it */
  g_assert_nonnull (row);
  return cr_row_peek (row);
}

static guint
count (CrAuditList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
look_at_garcia (Office *o)
{
  g_autoptr (GError) error = NULL;
  cr_session_run (o->base.session, CR_RIGHT_CLINICAL_VIEW, view_job, &o->base.garcia, &error);
  g_assert_no_error (error);
}

static void
test_audit (void)
{
  Office o;
  set_up (&o, "okafor");
  look_at_garcia (&o);
  fixture_sign_in (&o.base, "admin");
  g_autoptr (CrAuditList) all = ask (&o, &(CrAuditQuestion){ 0 }, 5);
  g_autoptr (CrAuditList) views =
      ask (&o, &(CrAuditQuestion){ .view = CR_AUDIT_VIEW_OPENED, .patient_id = o.base.garcia }, 50);
  g_assert_cmpuint (count (all), ==, 5);
  g_assert_cmpuint (count (views), ==, 1);
  const CrAuditRow *view = row_at (views, 0);
  g_assert_cmpstr (view->action, ==, "view");
  g_assert_cmpstr (view->what, ==, "GARCIA, Maria (MRN 000001)");
  g_assert_cmpstr (view->when, ==, "2026-11-23 10:34:00");
  g_assert_nonnull (strstr (view->person, "Okafor"));
  g_assert_cmpint (row_at (all, 0)->seq, >, row_at (all, 1)->seq);
  cr_session_lock (o.base.session);
  g_assert_cmpuint (count (all), ==, 0);
  g_clear_object (&all);
  g_clear_object (&views);
  fixture_tear_down (&o.base);
}

/* Page by page to the first entry, each once; then there is no more. */
static void
test_audit_pages (void)
{
  Office o;
  gboolean more = TRUE;
  gint64 last = G_MAXINT64;
  set_up (&o, "admin");
  g_autoptr (CrAuditList) list = ask (&o, &(CrAuditQuestion){ 0 }, 7);
  g_assert_cmpuint (count (list), ==, 7);
  for (g_object_get (list, "more", &more, NULL); more; g_object_get (list, "more", &more, NULL)) {
    cr_audit_list_load_more (list);
    fixture_wait_until (is_loaded, list);
  }
  for (guint i = 0; i < count (list); i++) {
    g_assert_cmpint (row_at (list, i)->seq, <, last);
    last = row_at (list, i)->seq;
  }
  g_assert_cmpint (last, ==, 1);
  g_autofree char *status = cr_audit_list_status (list);
  g_assert_nonnull (strstr (status, "entries, back to 2026-11-"));
  g_clear_object (&list);
  fixture_tear_down (&o.base);
}

static gboolean
rename_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *o = data;
  g_autoptr (CrPatient) patient = cr_tx_load (tx, &CR_PATIENT, o->base.garcia, error);
  g_free (patient->family);
  patient->family = g_strdup ("okafor");
  return cr_tx_save (tx, &CR_PATIENT, patient, error);
}

static guint
count_of (Office *o, const CrAuditQuestion *question)
{
  g_autoptr (CrAuditList) list = ask (o, question, 100);
  return count (list);
}

/* What no index answers is found week by week. */
static void
test_audit_watches (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  const CrAuditQuestion surname = { .view = CR_AUDIT_VIEW_SAME_SURNAME },
                        special = { .view = CR_AUDIT_VIEW_SPECIAL_CHARTS },
                        late = { .view = CR_AUDIT_VIEW_AFTER_HOURS, .from = CR_DATE (2026, 11, 24) };
  set_up (&o, "okafor");
  look_at_garcia (&o);
  fixture_sign_in (&o.base, "admin");
  g_assert_cmpuint (count_of (&o, &surname), ==, 0);
  cr_session_run (o.base.session, CR_RIGHT_ADMIN, rename_job, &o, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_of (&o, &surname), ==, 1);
  g_assert_cmpuint (count_of (&o, &special), ==, 0);
  g_assert_cmpuint (count_of (&o, &late), ==, 0);
  cr_clock_advance (o.base.clock, (gint64)36 * 3600 * G_USEC_PER_SEC); /* into the night */
  guint before = count_of (&o, &late);
  fixture_sign_in (&o.base, "okafor");
  look_at_garcia (&o);
  fixture_sign_in (&o.base, "admin");
  g_assert_cmpuint (count_of (&o, &late), >, before);
  fixture_tear_down (&o.base);
}

static gboolean
relate_job (CrTx *tx, gpointer data, GError **error)
{
  const Office *o = data;
  g_autoptr (CrRelatedPerson) relation = cr_related_person_new ();
  relation->patient_id = o->base.garcia;
  relation->relationship = g_strdup ("child");
  relation->name = g_strdup ("Invented Okafor");
  return cr_tx_save (tx, &CR_RELATED_PERSON, relation, error);
}

/* Dr. Okafor looks into the chart of somebody who names her as a relation; Dr. Chen may. */
static void
test_audit_own_charts (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  const CrAuditQuestion own = { .view = CR_AUDIT_VIEW_OWN_CHARTS };
  set_up (&o, "chen");
  look_at_garcia (&o);
  fixture_sign_in (&o.base, "okafor");
  look_at_garcia (&o);
  fixture_sign_in (&o.base, "admin");
  g_assert_cmpuint (count_of (&o, &own), ==, 0);
  cr_session_run (o.base.session, CR_RIGHT_ADMIN, relate_job, &o, &error);
  g_assert_no_error (error);
  g_autoptr (CrAuditList) list = ask (&o, &own, 100);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_nonnull (strstr (row_at (list, 0)->person, "Okafor"));
  g_clear_object (&list);
  fixture_tear_down (&o.base);
}

/* By the patient's number and by what was done; a number that nobody has is said. */
static void
test_audit_fields_asked (void)
{
  Office o;
  set_up (&o, "okafor");
  look_at_garcia (&o);
  fixture_sign_in (&o.base, "admin");
  const CrAuditQuestion views = { .mrn = (char *)"000001", .action = (char *)"view" };
  const CrAuditQuestion prints = { .mrn = (char *)"000001", .action = (char *)"print" };
  g_assert_cmpuint (count_of (&o, &views), ==, 1);
  g_assert_cmpuint (count_of (&o, &prints), ==, 0);
  g_autoptr (CrAuditList) none = ask (&o, &(CrAuditQuestion){ .mrn = (char *)"999999" }, 10);
  g_autofree char *status = cr_audit_list_status (none);
  g_assert_nonnull (strstr (status, "999999"));
  g_autofree const char **actions = cr_audit_actions ();
  g_assert_true (g_strv_contains (actions, "break-glass"));
  g_assert_false (g_strv_contains (actions, "patient"));
  g_clear_object (&none);
  fixture_tear_down (&o.base);
}

static void
test_audit_export (void)
{
  Office o;
  g_autoptr (GError) error = NULL, there = NULL;
  g_autofree char *path = NULL, *text = NULL;
  set_up (&o, "admin");
  path = g_build_filename (o.base.folder, "..", "audit-test.csv", NULL);
  g_unlink (path);
  cr_audit_export_async (o.base.session, &(CrAuditQuestion){ 0 }, path, fixture_done_cb, &o.result);
  g_autoptr (GAsyncResult) result = fixture_wait (&o.result);
  gint64 n = cr_audit_export_finish (result, &error);
  o.result = NULL;
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpint (g_strv_length (lines), ==, n + 2); /* the head, and nothing after the last end of line */
  g_assert_true (g_str_has_prefix (lines[0], "number,when,person,"));
  g_assert_true (g_str_has_prefix (lines[n], "1,2026-11-"));
  cr_audit_export_async (o.base.session, &(CrAuditQuestion){ 0 }, path, fixture_done_cb, &o.result);
  g_autoptr (GAsyncResult) again = fixture_wait (&o.result);
  g_assert_cmpint (cr_audit_export_finish (again, &there), ==, -1);
  g_assert_nonnull (there);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS)); /* somebody else's file stays */
  g_unlink (path);
  fixture_tear_down (&o.base);
}

static void
test_audit_fields (void)
{
  g_autofree char *known = cr_admin_audit_fields ("stage,stage_at");
  g_autofree char *unknown = cr_admin_audit_fields ("no_such_field");
  g_assert_cmpstr (known, ==, "stage, time of the stage");
  g_assert_cmpstr (unknown, ==, "no_such_field");
}

static void
test_audit_is_not_for_all (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  set_up (&o, "frontdesk");
  CrAuditList *all = cr_audit_list_new (o.base.session, &(CrAuditQuestion){ 0 }, 5);
  fixture_spin ();
  g_assert_cmpuint (count (all), ==, 0);
  g_assert_finalize_object (all);
  cr_audit_export_async (o.base.session, &(CrAuditQuestion){ 0 }, "/nowhere/audit.csv", fixture_done_cb,
                         &o.result);
  g_autoptr (GAsyncResult) result = fixture_wait (&o.result);
  g_assert_cmpint (cr_audit_export_finish (result, &error), ==, -1);
  g_assert_error (error, CR_ERROR, CR_ERROR_NOT_ALLOWED);
  fixture_tear_down (&o.base);
}

static void
test_verify (void)
{
  Office o;
  g_autoptr (GError) error = NULL;
  set_up (&o, "admin");
  cr_admin_verify_async (o.base.session, fixture_done_cb, &o.result);
  g_autoptr (GAsyncResult) result = fixture_wait (&o.result);
  g_autoptr (GPtrArray) findings = cr_admin_verify_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  fixture_tear_down (&o.base);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/administration/add-person", test_add_person);
  g_test_add_func ("/administration/only-administrators", test_only_administrators);
  g_test_add_func ("/administration/passwords", test_passwords);
  g_test_add_func ("/administration/own-password", test_own_password);
  g_test_add_func ("/administration/restore-person", test_restore_person);
  g_test_add_func ("/administration/set-up", test_set_up);
  g_test_add_func ("/administration/remove-person", test_remove_person);
  g_test_add_func ("/administration/rights-follow", test_rights_follow);
  g_test_add_func ("/administration/save", test_save);
  g_test_add_func ("/administration/save-together", test_save_together);
  g_test_add_func ("/administration/last-administrator", test_last_administrator);
  g_test_add_func ("/administration/audit", test_audit);
  g_test_add_func ("/administration/audit-pages", test_audit_pages);
  g_test_add_func ("/administration/audit-watches", test_audit_watches);
  g_test_add_func ("/administration/audit-own-charts", test_audit_own_charts);
  g_test_add_func ("/administration/audit-fields-asked", test_audit_fields_asked);
  g_test_add_func ("/administration/audit-export", test_audit_export);
  g_test_add_func ("/administration/audit-fields", test_audit_fields);
  g_test_add_func ("/administration/audit-is-not-for-all", test_audit_is_not_for_all);
  g_test_add_func ("/administration/verify", test_verify);
  return g_test_run ();
}
