/* What may be merged, what the kept chart takes over, how long it can be undone. */
#include "chartroom/domain/merge-rules.h"
#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
test_thirty_days (void)
{
  g_autoptr (CrClock) clock = cr_clock_new_fixed (CR_DATE (2026, 11, 23), 540, "America/Los_Angeles");
  g_autoptr (CrPatientMerge) merge = cr_patient_merge_new ();
  merge->merged_at = cr_clock_now (clock);
  g_assert_null (cr_merge_undo_objection (merge, clock, merge->merged_at + 30 * DAY));
  g_autofree char *late = cr_merge_undo_objection (merge, clock, merge->merged_at + 30 * DAY + 1);
  g_assert_nonnull (strstr (late, "could be undone until"));
  merge->undone_at = merge->merged_at + 1;
  g_autofree char *undone = cr_merge_undo_objection (merge, clock, merge->merged_at + 2);
  g_assert_nonnull (strstr (undone, "already"));
}

static CrPatient *
make (CrId id, const char *mrn)
{
  CrPatient *patient = cr_patient_new ();
  patient->id = id;
  patient->mrn = g_strdup (mrn);
  return patient;
}

static void
test_objections (void)
{
  g_autoptr (CrPatient) kept = make (1, "000001"), gone = make (2, "000002");
  g_assert_null (cr_merge_objection (kept, gone));
  g_autofree char *same = cr_merge_objection (kept, kept);
  g_assert_nonnull (strstr (same, "one chart already"));
  gone->merged_into = 3;
  g_autofree char *twice = cr_merge_objection (kept, gone);
  g_assert_nonnull (strstr (twice, "MRN 000002 was merged"));
  g_autofree char *back = cr_merge_objection (gone, kept);
  g_assert_nonnull (strstr (back, "MRN 000002 was merged into another chart already. Merge into that one."));
}

/* What is there stays; a phone brings its use; an address is never put together from two. */
static void
test_fill (void)
{
  g_autoptr (CrPatient) kept = make (1, "000001"), gone = make (2, "000002");
  kept->city = g_strdup ("Salem");
  kept->email = g_strdup ("kept@example.org");
  gone->family = g_strdup ("Garcia");
  gone->middle = g_strdup ("Elena");
  gone->address = g_strdup ("12 Elm St");
  gone->city = g_strdup ("Eugene");
  gone->email = g_strdup ("gone@example.org");
  gone->phone = g_strdup ("5035550142");
  gone->phone_use = g_strdup ("mobile");
  gone->no_voice_mail = 1;
  gone->restricted = TRUE;
  gone->birth_date = CR_DATE (1961, 3, 14);
  gone->death_date = CR_DATE (2026, 1, 1);
  cr_merge_fill (kept, gone);
  g_assert_cmpstr (kept->email, ==, "kept@example.org");
  g_assert_cmpstr (kept->phone, ==, "5035550142");
  g_assert_cmpstr (kept->phone_use, ==, "mobile");
  g_assert_null (kept->address);
  g_assert_cmpstr (kept->city, ==, "Salem");
  g_assert_cmpint (kept->no_voice_mail, ==, 1);
  g_assert_true (kept->restricted);
  g_assert_null (kept->family);
  g_assert_null (kept->middle);
  g_assert_false (cr_date_is_set (kept->birth_date) || cr_date_is_set (kept->death_date));
}

/* What either chart forbids is no best way. */
static void
test_forbidden_way (void)
{
  g_autoptr (CrPatient) kept = make (1, "000001"), gone = make (2, "000002");
  kept->no_text = 1;
  gone->contact_by = g_strdup ("text");
  cr_merge_fill (kept, gone);
  g_assert_cmpint (kept->no_text, ==, 1);
  g_assert_null (kept->contact_by);
  g_autoptr (CrPatient) asked = make (3, "000003"), silent = make (4, "000004");
  asked->contact_by = g_strdup ("mail");
  cr_merge_fill (asked, silent);
  g_assert_cmpstr (asked->contact_by, ==, "mail");
  silent->contact_preference = g_strdup ("no mail");
  cr_merge_fill (asked, silent);
  g_assert_null (asked->contact_by);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge-rules/thirty-days", test_thirty_days);
  g_test_add_func ("/merge-rules/objections", test_objections);
  g_test_add_func ("/merge-rules/fill", test_fill);
  g_test_add_func ("/merge-rules/forbidden-way", test_forbidden_way);
  return g_test_run ();
}
