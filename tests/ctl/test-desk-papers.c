/* card, letter, visits, slip, labels, weeksheet, calendar: what they say, whom they refuse, that they are
 * audited. */
#include "fixture.h"
#include <string.h>

static const char *demo;

static void
assert_exported (const char *kind)
{
  g_autoptr (CtlRun) run = ctl_as ("admin", "audit", demo, "--action", "export", NULL);
  ctl_assert_done (run);
  ctl_assert_has (run->out, kind);
}

static void
assert_paper (const char *command, const char *patient, const char *kind, const char *says)
{
  const char *out = ctl_path (kind);
  g_autoptr (CtlRun) run = ctl_as ("frontdesk", command, demo, patient, "--out", out, NULL);
  ctl_assert_done (run);
  g_autofree char *text = ctl_pdf_text (out);
  if (text != NULL)
    ctl_assert_has (text, says);
  assert_exported (kind);
}

static void
test_papers (void)
{
  assert_paper ("card", "004217", "appointment-card", "Garcia");
  assert_paper ("visits", "004217", "visit-list", "GARCIA, Maria");
  assert_paper ("letter", "004217", "reminder-letter", "Dear ");
  assert_paper ("labels", "004217", "address-label", "12 Elm St");
  assert_paper ("weeksheet", "doctor", "week-sheet", "Dr. Okafor");
}

static void
test_slip (void)
{
  const char *out = ctl_path ("slip.pdf"), *other = ctl_path ("other.pdf");
  g_autoptr (CtlRun) run = ctl_as ("frontdesk", "slip", demo, "004217", "2026-11-23", "--out", out, NULL);
  g_autoptr (CtlRun) none = ctl_as ("frontdesk", "slip", demo, "004217", "2020-01-01", "--out", other, NULL);
  ctl_assert_done (run);
  ctl_assert_refused (none, 1, "no visit on that day");
  g_autofree char *text = ctl_pdf_text (out);
  if (text != NULL)
    ctl_assert_has (text, "10:35 AM");
}

static void
test_labels_refused (void)
{
  const char *out = ctl_path ("labels.pdf");
  g_autoptr (CtlRun) start =
      ctl_as ("frontdesk", "labels", demo, "004217", "--start", "31", "--out", out, NULL);
  g_autoptr (CtlRun) nobody = ctl_as ("frontdesk", "labels", demo, "999999", "--out", out, NULL);
  ctl_assert_refused (start, 2, "from 1 to 30");
  ctl_assert_refused (nobody, 1, "999999");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

static void
test_calendar (void)
{
  const char *bare = ctl_path ("bare.ics"), *full = ctl_path ("full.ics"), *wrong = ctl_path ("wrong.ics");
  g_autofree char *less = NULL, *more = NULL;
  g_autoptr (CtlRun) one = ctl_as ("doctor", "calendar", demo, "doctor", "--from", "2026-11-23", "--until",
                                   "2026-11-24", "--out", bare, NULL);
  g_autoptr (CtlRun) two = ctl_as ("doctor", "calendar", demo, "doctor", "--from", "2026-11-23", "--until",
                                   "2026-11-24", "--names", "full", "--out", full, NULL);
  g_autoptr (CtlRun) three =
      ctl_as ("doctor", "calendar", demo, "doctor", "--names", "all", "--out", wrong, NULL);
  g_autoptr (CtlRun) desk =
      ctl_as ("frontdesk", "calendar", demo, "doctor", "--names", "full", "--out", wrong, NULL);
  ctl_assert_done (one);
  ctl_assert_done (two);
  ctl_assert_refused (three, 2, "none, initials or full");
  ctl_assert_refused (desk, 1, "print or export records"); /* names only for who may export */
  g_assert_false (g_file_test (wrong, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (bare, &less, NULL, NULL));
  g_assert_true (g_file_get_contents (full, &more, NULL, NULL));
  ctl_assert_has (less, "BEGIN:VEVENT");
  ctl_assert_has (less, "DTSTART:20261123T");
  ctl_assert_lacks (less, "GARCIA");
  ctl_assert_has (more, "GARCIA");
  ctl_assert_lacks (more, "DTSTART:20261125");
  assert_exported ("calendar");
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  demo = ctl_demo_copy ("desk.practice");
  g_test_add_func ("/ctl/desk/papers", test_papers);
  g_test_add_func ("/ctl/desk/slip", test_slip);
  g_test_add_func ("/ctl/desk/labels-refused", test_labels_refused);
  g_test_add_func ("/ctl/desk/calendar", test_calendar);
  return ctl_end ();
}
