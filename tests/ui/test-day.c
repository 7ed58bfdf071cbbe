/* A day in the practice, on the real program in a real window, by keys and what the screen shows: a visit is
 * booked, the patient arrives and is roomed, vital signs are taken, a note is written and signed, a drug
 * prescribed, a referral ordered, and its packet frozen and exported as PDF, which is then read. */
#include "practice.h"
#include <string.h>

#define PATIENT "GARZA, Marcus"
#define QUESTION "Is the meniscus torn, and is surgery needed?"
#define SENTENCE "Right knee pain for two weeks after running, worse on stairs."

/* ---- front desk ---- */

static void
book (UiApp *app)
{
  ui_command (app, "book garza", PATIENT);
  ui_wait (app, "window:Schedule* > label:" PATIENT);
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_keys (app, "Return");
  ui_wait_focus (app, "list item:Mon Nov 23, 2026*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Reason for the visit*");
  ui_type (app, "Knee pain after running");
  ui_picture (app, "day-1-booking");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:*" PATIENT ", Follow-up, scheduled*");
}

static void
arrive (UiApp *app)
{
  ui_command (app, "arrive garza", PATIENT);
  ui_wait_focus (app, "list item:*" PATIENT "* > button:Arrived");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT ", Follow-up, arrived*");
}

/* ---- nurse ---- */

static void
give_room (UiApp *app)
{
  ui_command (app, "room garza", PATIENT);
  ui_wait_focus (app, "list item:*" PATIENT "* > button:Room*, free");
  ui_picture (app, "day-2-rooming");
  ui_keys (app, "Return");
  ui_wait (app, "list item:*" PATIENT ", Follow-up, roomed, room*");
}

static void
take_vitals (UiApp *app)
{
  ui_command (app, "vitals garza", PATIENT);
  ui_wait_focus (app, "text box:BP*");
  ui_type (app, "148/92");
  ui_keys (app, "Tab");
  ui_type (app, "76");
  ui_picture (app, "day-3-vitals");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "label:148/92*");
}

/* ---- doctor ---- */

static void
write_note (UiApp *app)
{
  ui_command (app, "note garza", PATIENT);
  ui_wait_focus (app, "text box:Subjective");
  ui_type (app, SENTENCE);
  ui_keys (app, "ctrl+Down");
  ui_wait_focus (app, "text box:Objective");
  ui_type (app, "Mild effusion, full range of motion.");
  ui_keys (app, "ctrl+Down");
  ui_wait_focus (app, "text box:Assessment*");
  ui_type (app, "Knee strain. Naproxen for ten days, refer to orthopedics.");
  ui_wait (app, "status:Draft saved*");
  ui_picture (app, "day-4-note");
}

static void
sign_note (UiApp *app)
{
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Keep as Draft");
  ui_wait_focus (app, "button:Sign Note");
  ui_keys (app, "Return");
  ui_wait (app, "label:Signed by Adaeze Okafor, MD*");
  ui_wait (app, "label:" SENTENCE);
}

static void
record_allergy (UiApp *app)
{
  ui_keys (app, "ctrl+shift+a");
  ui_wait_focus (app, "text box:Substance");
  ui_type (app, "penicillin");
  ui_wait_selected (app, "list item:penicillin (class)*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Reactions*");
  ui_type (app, "rash");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "button:Save Allergy");
  ui_wait (app, "label:Known allergies: penicillin (class)");
}

/* Every kind of check has its line; the penicillin of a moment ago is known to it. */
static void
prescribe (UiApp *app)
{
  ui_keys (app, "ctrl+r");
  ui_wait_focus (app, "text box:Drug*");
  ui_type (app, "naproxen 500");
  ui_wait_selected (app, "list item:naproxen 500 mg tablet*");
  ui_keys (app, "Return");
  ui_wait_focus (app, "text box:Quantity*");
  ui_wait (app, ":*Allergy*");
  ui_wait (app, ":*Duplicate*none*");
  ui_wait (app, ":*naproxen 500 mg tablet*Take 1 tablet by mouth twice daily*");
  ui_picture (app, "day-5-prescription");
  ui_keys (app, "ctrl+Return");
  ui_wait_focus (app, "button:Sign Prescription");
  ui_keys (app, "Return");
  ui_wait (app, "button:Export PDF…"); /* the prescription, ready to print */
  ui_keys (app, "Escape");
  ui_wait_gone (app, "button:Export PDF…");
  ui_wait (app, "list item:naproxen*");
}

static void
order_referral (UiApp *app)
{
  ui_keys (app, "ctrl+shift+r");
  ui_wait (app, "button:Sign and Order");
  ui_choose (app, "combo box:To", "Orthopedics*");
  ui_keys (app, "Tab");
  ui_wait_focus (app, "checkbox:Emergency today");
  ui_keys (app, "Right Tab");
  ui_wait_focus (app, "text box:Question*");
  ui_type (app, QUESTION);
  ui_picture (app, "day-6-referral");
  ui_keys (app, "ctrl+Return");
  ui_wait_gone (app, "button:Sign and Order");
}

/* ---- referral staff ---- */

static void
freeze_packet (UiApp *app)
{
  ui_wait (app, "list item:" PATIENT ", Orthopedics*Ordered*");
  ui_click (app, "list item:" PATIENT ", Orthopedics*Ordered*");
  ui_keys (app, "Return");
  ui_wait (app, "button:Freeze and Print…");
  ui_wait (app, ":*" PATIENT "*Dr. E. Novak*");
  ui_picture (app, "day-7-composer");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Export PDF…");
}

static void
export_packet (UiApp *app, const char *path)
{
  ui_press (app, "button:Export PDF…");
  ui_wait_focus (app, "text box:Name:*");
  ui_keys (app, "ctrl+a");
  ui_type (app, path);
  ui_wait_text (app, "text box:Name:*", path);
  ui_keys (app, "Return");
  ui_wait (app, "status:Exported to *");
  ui_wait_gone (app, "button:Export PDF…");
}

static void
record_sent (UiApp *app)
{
  ui_press (app, "button:Record as Sent…");
  ui_wait_focus (app, "button:By fax");
  ui_keys (app, "Return");
  ui_wait (app, ":Sent recorded");
}

/* ---- the paper ---- */

static char *
read_pdf (const char *path)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return text;
}

static void
expect (const char *text, const char *wanted, const char *where)
{
  if (strstr (text, wanted) == NULL)
    g_error ("«%s» is missing on %s:\n%s", wanted, where, text);
}

/* A form feed ends each page. */
static void
check_pages (const char *text)
{
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages) - 1;
  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++) {
    g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);
    expect (pages[i], number, number);
    expect (pages[i], "GARZA", number);
    expect (pages[i], "Nov 30, 1959", number);
    expect (pages[i], "001544", number);
  }
}

static void
check_packet (const char *path)
{
  static const char *const FIRST_PAGE[] = { "URGENT",     QUESTION,       "MEDICATIONS",
                                            "penicillin", "Dr. E. Novak", "Adaeze Okafor, MD" };
  g_autofree char *text = read_pdf (path);
  g_autofree char *first = g_strndup (text, strcspn (text, "\f"));
  for (guint i = 0; i < G_N_ELEMENTS (FIRST_PAGE); i++)
    expect (first, FIRST_PAGE[i], "page 1");
  expect (text, "naproxen", "the packet");
  check_pages (text);
  if (strstr (text, "DRAFT") != NULL)
    g_error ("A frozen packet says DRAFT.");
}

/* What was exported, and by whom, stands in the audit; the whole chain holds. */
static void
check_audit (UiPractice *practice)
{
  const char *exports[] = { "--action", "export", NULL };
  const char *chain[] = { "--verify", NULL };
  g_autofree char *listed = ui_practice_ask (practice, "admin", "audit", exports);
  g_autofree char *verified = ui_practice_ask (practice, "admin", "audit", chain);
  expect (listed, "Referral staff", "the audit of exports");
  expect (listed, "001544", "the audit of exports");
  g_test_message ("%s", verified);
}

static void
test_day (void)
{
  UiPractice practice;
  UiApp *app;
  g_autofree char *pdf = NULL;
  ui_practice_set_up (&practice, 40);
  pdf = g_build_filename (practice.pictures, "packet.pdf", NULL);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "frontdesk");
  book (app);
  arrive (app);
  ui_lock (app);
  ui_sign_in (app, "nurse");
  give_room (app);
  take_vitals (app);
  ui_lock (app);
  ui_sign_in (app, "doctor");
  write_note (app);
  sign_note (app);
  record_allergy (app);
  prescribe (app);
  order_referral (app);
  ui_lock (app);
  ui_sign_in (app, "referrals");
  freeze_packet (app);
  export_packet (app, pdf);
  record_sent (app);
  ui_stop (app);
  ui_free (app);
  check_packet (pdf);
  check_audit (&practice);
  g_test_message ("packet %s", pdf);
  ui_practice_tear_down (&practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!ui_can_run ())
    return 0;
  g_test_add_func ("/e2e/day", test_day);
  return g_test_run ();
}
