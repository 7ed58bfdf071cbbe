/* daysheet, packet, rx: the text on every page, and the audit of what left the practice. */
#include "fixture.h"
#include <glib/gstdio.h>
#include <string.h>

#define QUESTION "Is the breathlessness on stairs cardiac?"

static CtlRun *
make_packet (const char *demo, const char *to, const char *out)
{
  return ctl_as ("doctor", "packet", demo, "004217", "--to", to, "--question", QUESTION, "--urgency",
                 "urgent", "--out", out, NULL);
}

static void
assert_audited (const char *demo, const char *action, const char *kind, guint times)
{
  g_autoptr (CtlRun) run = ctl_as ("admin", "audit", demo, "--action", action, NULL);
  guint n = 0;
  ctl_assert_has (run->out, kind);
  for (const char *at = run->out; (at = strstr (at, kind)) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, times);
}

static void
assert_each_page (const char *text, const char *identity)
{
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages) - 1; /* after the last form feed there is nothing */
  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++) {
    g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);
    ctl_assert_has (pages[i], number);
    ctl_assert_has (pages[i], "MRN");
    ctl_assert_has (pages[i], "004217");
    ctl_assert_has (pages[i], identity);
    ctl_assert_has (pages[i], "DEMO");
  }
}

static void
test_packet (void)
{
  static const char *const WORDS[] = { QUESTION,
                                       "URGENT",
                                       "Dr. S. Rao",
                                       "Cardiology",
                                       "penicillin",
                                       "sulfamethoxazole",
                                       "metFORMIN",
                                       "lisinopril 20 mg tablet",
                                       "Essential hypertension",
                                       "132/78",
                                       "Hemoglobin A1c",
                                       "Adaeze Okafor, MD" };
  const char *demo = ctl_demo_copy ("packet.practice"), *out = ctl_path ("packet.pdf");
  g_autoptr (CtlRun) run = make_packet (demo, "cardiology", out);
  ctl_assert_done (run);
  ctl_assert_has (run->out, "to Cardiology");
  g_autofree char *text = ctl_pdf_text (out);
  if (text == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    ctl_assert_has (text, WORDS[i]);
  assert_each_page (text, "Mar 14, 1961");
  assert_audited (demo, "freeze", "packet", 1);
  assert_audited (demo, "export", "packet", 1);
  g_autoptr (CtlRun) chart = ctl_as ("doctor", "chart", demo, "004217", NULL);
  ctl_assert_has (chart->out, "Cardiology  urgent   packet-ready");
}

static void
test_packet_refused (void)
{
  const char *demo = ctl_demo_copy ("no-packet.practice"), *out = ctl_path ("none.pdf");
  const char *there = ctl_write ("there.pdf", "mine");
  const struct {
    CtlRun *run;
    int status;
    const char *words;
  } cases[] = {
    { make_packet (demo, "astrology", out), 1, "astrology" },
    { make_packet (demo, "demo", out), 1, "fits several" },
    { make_packet (demo, "cardiology", there), 1, "there already" },
    { make_packet (demo, "cardiology", ctl_path ("nowhere/none.pdf")), 1, "could not be written" },
    { ctl_as ("doctor", "packet", demo, "004217", "--to", "cardiology", "--out", out, NULL), 2,
      "--question" },
    { ctl_as ("doctor", "packet", demo, "004217", "--to", "cardiology", "--question", QUESTION, NULL), 2,
      "--out" },
    { ctl_as ("doctor", "packet", demo, "004217", "--to", "cardiology", "--question", "?", "--out", out,
              NULL),
      1, "question" },
    { ctl_as ("doctor", "packet", demo, "004217", "--to", "cardiology", "--question", QUESTION, "--urgency",
              "soonish", "--out", out, NULL),
      2, "soonish" },
    { ctl_as ("doctor", "packet", demo, "004217", "--to", "cardiology", "--question",
              "Is it \xff\xfe cardiac?", "--out", out, NULL),
      2, "The text after --question is not" },
    { ctl_as ("doctor", "packet", demo, "004217", "--to=card\xff", "--question", QUESTION, "--out", out,
              NULL),
      2, "The text after --to is not" },
    { ctl_as ("doctor", "packet", demo, "777777", "--to", "cardiology", "--question", QUESTION, "--out", out,
              NULL),
      1, "777777" },
  };
  guint writes = ctl_writes (demo, "admin");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ctl_assert_refused (cases[i].run, cases[i].status, cases[i].words);
    ctl_run_free (cases[i].run);
  }
  g_assert_cmpuint (ctl_writes (demo, "admin"), ==, writes);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  g_autofree char *mine = ctl_read (there, NULL);
  g_assert_cmpstr (mine, ==, "mine");
}

static void
assert_no_referral (const char *demo, guint writes)
{
  g_autoptr (CtlRun) chart = ctl_as ("doctor", "chart", demo, "004217", NULL);
  ctl_assert_done (chart);
  ctl_assert_lacks (chart->out, "Cardiology  urgent");
  g_assert_cmpuint (ctl_writes (demo, "admin"), ==, writes);
}

/* What cannot be written or stored is not ordered either; a retry then makes one order, not two. */
static void
test_packet_all_or_nothing (void)
{
  const char *demo = ctl_demo_copy ("whole.practice"), *out = ctl_path ("whole.pdf");
  g_autofree char *documents = g_build_filename (demo, "documents", NULL);
  g_autofree char *aside = g_strconcat (documents, ".aside", NULL);
  guint writes = ctl_writes (demo, "admin");
  g_autoptr (CtlRun) nowhere = make_packet (demo, "cardiology", "/proc/chartroom-packet.pdf");
  ctl_assert_refused (nowhere, 1, "Nothing was ordered and no packet was made.");
  ctl_assert_has (nowhere->err, "/proc/chartroom-packet.pdf could not be written");
  assert_no_referral (demo, writes);
  g_assert_cmpint (g_rename (documents, aside), ==, 0); /* a file in its place: nothing can be stored there */
  g_assert_true (g_file_set_contents (documents, "", 0, NULL));
  g_autoptr (CtlRun) unstored = make_packet (demo, "cardiology", out);
  ctl_assert_refused (unstored, 1, "Nothing was ordered and no packet was made.");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  assert_no_referral (demo, writes);
  g_assert_cmpint (g_unlink (documents), ==, 0);
  g_assert_cmpint (g_rename (aside, documents), ==, 0);
  g_autoptr (CtlRun) again = make_packet (demo, "cardiology", out);
  ctl_assert_done (again);
  g_autoptr (CtlRun) chart = ctl_as ("doctor", "chart", demo, "004217", NULL);
  const char *first = strstr (chart->out, "Cardiology  urgent");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "Cardiology  urgent"));
}

static void
test_day_sheet (void)
{
  const char *demo = ctl_demo_copy ("sheet.practice"), *bare = ctl_path ("bare.pdf"),
             *full = ctl_path ("full.pdf");
  g_autoptr (CtlRun) one = ctl_as ("frontdesk", "daysheet", demo, "2026-11-23", "--out", bare, NULL);
  g_autoptr (CtlRun) two =
      ctl_as ("frontdesk", "daysheet", demo, "2026-11-23", "--reason", "--phone", "--out", full, NULL);
  g_autoptr (CtlRun) again = ctl_as ("frontdesk", "daysheet", demo, "2026-11-23", "--out", full, NULL);
  g_autoptr (CtlRun) none = ctl_as ("frontdesk", "daysheet", demo, "2026-11-23", NULL);
  ctl_assert_done (one);
  ctl_assert_done (two);
  ctl_assert_refused (again, 1, "there already");
  ctl_assert_refused (none, 2, "--out");
  assert_audited (demo, "export", "day-sheet", 2);
  g_autofree char *less = ctl_pdf_text (bare), *more = less != NULL ? ctl_pdf_text (full) : NULL;
  if (more == NULL)
    return;
  ctl_assert_has (less, "Dr. Okafor");
  ctl_assert_has (less, "Dr. Chen");
  ctl_assert_has (less, "GARCIA, Maria");
  ctl_assert_has (less, "Audit code");
  ctl_assert_lacks (less, "Palpitations");
  ctl_assert_lacks (less, "0142");
  ctl_assert_has (more, "Palpitations");
  ctl_assert_has (more, "0142");
}

static void
test_rx (void)
{
  const char *demo = ctl_demo_copy ("rx.practice"), *out = ctl_path ("rx.pdf"),
             *again = ctl_path ("again.pdf");
  g_autoptr (CtlRun) list = ctl_as ("nurse", "rx", demo, "001544", NULL);
  g_autoptr (CtlRun) print = ctl_as ("nurse", "rx", demo, "001544", "--out", out, NULL);
  g_autoptr (CtlRun) twice = ctl_as ("nurse", "rx", demo, "001544", "--out", again, NULL);
  g_autoptr (CtlRun) after = ctl_as ("nurse", "rx", demo, "001544", NULL);
  ctl_assert_done (list);
  ctl_assert_has (list->out, "amoxicillin 500 mg capsule");
  ctl_assert_has (list->out, "by mouth");
  ctl_assert_has (list->out, "signed");
  ctl_assert_done (print);
  ctl_assert_refused (twice, 1, "No signed prescription");
  ctl_assert_has (after->out, "printed");
  assert_audited (demo, "print", "prescription", 1);
  g_autofree char *text = ctl_pdf_text (out);
  if (text == NULL)
    return;
  for (const char *const *word = (const char *const[]){ "Marcus", "GARZA", "001544", "amoxicillin", "500",
                                                        "Adaeze Okafor", "Nov 30, 1959", NULL };
       *word != NULL; word++)
    ctl_assert_has (text, *word);
}

/* chartroomctl prints what is signed; it cannot sign a prescription. */
static void
test_rx_unsigned (void)
{
  const char *demo = ctl_demo_copy ("unsigned.practice"), *out = ctl_path ("unsigned.pdf");
  g_autoptr (CtlRun) list = ctl_as ("nurse", "rx", demo, "002870", NULL);
  g_autoptr (CtlRun) print = ctl_as ("nurse", "rx", demo, "002870", "--out", out, NULL);
  ctl_assert_done (list);
  ctl_assert_has (list->out, "levothyroxine 75 mcg tablet");
  ctl_assert_has (list->out, "needs-signature");
  ctl_assert_refused (print, 1, "No signed prescription");
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  ctl_init (&argc, &argv);
  g_test_add_func ("/ctl/paper/packet", test_packet);
  g_test_add_func ("/ctl/paper/packet-refused", test_packet_refused);
  g_test_add_func ("/ctl/paper/packet-all-or-nothing", test_packet_all_or_nothing);
  g_test_add_func ("/ctl/paper/day-sheet", test_day_sheet);
  g_test_add_func ("/ctl/paper/rx", test_rx);
  g_test_add_func ("/ctl/paper/rx-unsigned", test_rx_unsigned);
  return ctl_end ();
}
