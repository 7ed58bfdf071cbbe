/* The shell around the pages: keys and panes, the picker of open charts, privacy mode, and the questions that
 * keep a signature from the wrong chart. */
#include "practice.h"
#include <string.h>

static void
expect_unread (UiApp *app, const char *const *words, const char *when)
{
  g_autofree char *all = ui_everything (app);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  for (; *words != NULL; words++)
    if (strstr (folded, *words) != NULL)
      ui_fail (app, "«%s» can be read %s.", *words, when);
}

static void
walk_panes (UiApp *app)
{
  ui_keys (app, "ctrl+1");
  ui_wait_focus (app, "list item:*BROWN, Tyrell*"); /* where Today begins */
  ui_keys (app, "ctrl+k");
  ui_wait_focus (app, "search box:Search patients*");
  ui_keys (app, "F6");
  ui_wait_focus (app, "list item:Today");
  ui_keys (app, "shift+F6");
  ui_wait_focus (app, "search box:Search patients*");
}

static void
test_keys (void)
{
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  ui_keys (app, "ctrl+7");
  ui_wait (app, "window:Tasks*");
  ui_keys (app, "ctrl+6"); /* kept for the due list */
  ui_keys (app, "F1");
  ui_wait (app, "window:Help: Tasks");
  ui_picture (app, "shell-help");
  ui_keys (app, "Escape");
  ui_wait_gone (app, "window:Help*");
  walk_panes (app);
  ui_open_chart (app, "nowak piotr", "NOWAK, Piotr");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_keys (app, "ctrl+o");
  ui_wait_focus (app, "window:Open Charts > list item:NOWAK, Piotr*");
  ui_picture (app, "shell-open-charts");
  ui_keys (app, "Down Return");
  ui_wait (app, "window:GARCIA, Maria* – Chart");
  ui_keys (app, "ctrl+w");
  ui_wait_gone (app, "window:GARCIA, Maria* – Chart");
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

/* Who sees the screen reads no name: neither found, nor in banner, title, list of open charts. */
static void
test_privacy (void)
{
  static const char *const NAMES[] = { "garcia", "mariana", "malena", "004217", NULL };
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_open_chart (app, "lee samuel", "LEE, Samuel"); /* a child: doses go by the weight */
  ui_wait (app, "label:Weight*16.3 kg*");
  ui_picture (app, "shell-child");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_wait_gone (app, "label:Weight  *");
  ui_keys (app, "ctrl+shift+h");
  ui_wait (app, "window:G. M. ··17 – Chart");
  ui_picture (app, "shell-privacy-chart");
  ui_keys (app, "ctrl+1");
  ui_wait (app, "window:Today*");
  ui_keys (app, "ctrl+k");
  ui_type (app, "1961");
  ui_wait (app, "list item:G. M. ··17*");
  ui_picture (app, "shell-privacy-search");
  expect_unread (app, NAMES, "in privacy mode");
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

static void
answer (UiApp *app, const char *year)
{
  ui_wait_focus (app, "text box:Type the patient's year of birth*");
  ui_type (app, year);
  ui_keys (app, "Return");
}

static void
refuse_three_times (UiApp *app)
{
  ui_keys (app, "ctrl+Return");
  answer (app, "1960");
  ui_wait (app, ":*2 tries are left*");
  ui_picture (app, "shell-identity");
  answer (app, "1988");
  ui_wait (app, ":*1 try is left*");
  answer (app, "61");
  ui_wait (app, "status:Nothing was signed*");
  ui_wait_gone (app, "button:Keep as Draft");
  ui_wait_text (app, "text box:Subjective", "*Cough*");
}

/* The third wrong answer closes the sheet; the order behind it keeps what was typed. */
static void
refuse_order (UiApp *app)
{
  ui_keys (app, "ctrl+shift+r");
  ui_wait (app, "button:Sign and Order");
  ui_choose (app, "combo box:To", "Orthopedics*");
  ui_keys (app, "Tab");
  ui_wait_focus (app, "checkbox:Emergency today");
  ui_keys (app, "Right Tab");
  ui_wait_focus (app, "text box:Question*");
  ui_type (app, "Does she need surgery?");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Referral");
  answer (app, "1960");
  answer (app, "1988");
  ui_picture (app, "shell-identity-referral");
  answer (app, "61");
  ui_wait_gone (app, "button:Sign Referral");
  ui_wait_text (app, "text box:Question*", "Does she need surgery?");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Referral");
  answer (app, "1961");
  ui_wait_gone (app, "button:Sign and Order");
}

static void
check_audit (UiPractice *practice)
{
  const char *refused[] = { "--action", "identity-refused", NULL };
  g_autofree char *listed = ui_practice_ask (practice, "admin", "audit", refused);
  g_assert_nonnull (strstr (listed, "004217"));
}

/* Two Garcias have a visit today. */
static void
test_identity (void)
{
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Subjective");
  ui_keys (app, "ctrl+End");
  ui_type (app, " Cough for three days.");
  refuse_three_times (app);
  ui_keys (app, "ctrl+Return");
  answer (app, "1961");
  ui_wait (app, "label:Signed by Adaeze Okafor, MD*");
  refuse_order (app);
  ui_stop (app);
  ui_free (app);
  check_audit (&practice);
  ui_practice_tear_down (&practice);
}

/* Ctrl+K, a name, Tab, b: the letters after Tab choose what to do, and never go into the search. */
static void
test_verbs (void)
{
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "frontdesk");
  ui_keys (app, "ctrl+k");
  ui_type (app, "garz");
  ui_wait_selected (app, "list item:GARZA, Marcus*");
  ui_keys (app, "Tab");
  ui_wait (app, "label:GARZA, Marcus*first letters*");
  ui_picture (app, "shell-verbs");
  ui_keys (app, "z BackSpace"); /* no action begins with it */
  ui_wait_selected (app, "list item:GARZA, Marcus*");
  ui_wait_text (app, "search box:Search patients*", "garz");
  ui_keys (app, "Tab c"); /* card, or call */
  ui_wait_selected (app, "list item:Patient card");
  ui_keys (app, "BackSpace Tab b");
  ui_wait (app, "button:Book*");
  ui_wait (app, "window:Schedule* > label:GARZA, Marcus");
  ui_wait_focus (app, "button:Follow-up, 20 minutes");
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

static void
restrict_chart (UiApp *app)
{
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+k");
  ui_type (app, "> restrict");
  ui_wait_selected (app, "list item:Restrict the open chart*");
  ui_keys (app, "Return");
  ui_wait (app, "button:Restrict Chart");
  ui_type (app, "She works here");
  ui_keys (app, "Return");
  ui_wait_gone (app, "button:Restrict Chart");
  ui_wait (app, "label:*Restricted chart*");
  ui_keys (app, "ctrl+w");
  ui_wait_gone (app, "window:GARCIA, Maria* – Chart");
}

static void
check_reasons (UiPractice *practice)
{
  const char *chart[] = { "004217", "--reason", "Called about it", NULL };
  const char *given[] = { "--action", "break-glass", NULL };
  g_autofree char *shown = ui_practice_ask (practice, "nurse", "chart", chart);
  g_autofree char *audit = ui_practice_ask (practice, "admin", "audit", given);
  g_assert_nonnull (strstr (shown, "penicillin"));
  g_assert_nonnull (strstr (audit, "Seen today"));
  g_assert_nonnull (strstr (audit, "Called about it"));
}

/* A restricted chart shows nothing before the reason was given. */
static void
test_restricted (void)
{
  static const char *const CLINICAL[] = { "penicillin", "lisinopril", NULL };
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  restrict_chart (app);
  ui_keys (app, "ctrl+k");
  ui_type (app, "garcia maria");
  ui_wait_selected (app, "list item:GARCIA, Maria*");
  ui_keys (app, "Return");
  ui_wait (app, ":Restricted Chart > button:Open Chart");
  ui_picture (app, "shell-restricted");
  expect_unread (app, CLINICAL, "before the reason");
  ui_type (app, "Seen today");
  ui_keys (app, "Return");
  ui_wait (app, "window:GARCIA, Maria* – Chart");
  ui_wait (app, "label:*Restricted chart*");
  ui_picture (app, "shell-restricted-banner");
  ui_lock (app); /* the same person needs no second reason */
  ui_sign_in (app, "doctor");
  ui_wait (app, "window:GARCIA, Maria* – Chart");
  ui_stop (app);
  ui_free (app);
  check_reasons (&practice);
  ui_practice_tear_down (&practice);
}

/* UX 1.6.8: begun in the wrong chart; then marked as entered in error in the right one. */
static void
move_note (UiApp *app)
{
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Reason for visit");
  ui_type (app, "Fell off the swing.");
  ui_click (app, "button:Wrong Patient…");
  ui_wait (app, "window:Move to Another Patient");
  ui_type (app, "lee samuel");
  ui_wait (app, ":Move to Another Patient > list item:LEE, Samuel*");
  ui_picture (app, "shell-move-search");
  ui_keys (app, "Return");
  ui_wait (app, "button:Choose Another");
  ui_picture (app, "shell-move");
  ui_keys (app, "Return");
  ui_wait (app, "status:Moved to the chart of LEE, Samuel*");
  ui_wait (app, "button:Addendum");
}

static void
mark_in_error (UiApp *app)
{
  ui_open_chart (app, "lee samuel", "LEE, Samuel");
  ui_keys (app, "ctrl+n");
  ui_wait_text (app, "text box:Reason for visit", "Fell off the swing.");
  ui_keys (app, "ctrl+Return");
  ui_wait (app, "button:Sign Note");
  answer (app, "2022");
  ui_wait (app, "label:Signed by Adaeze Okafor, MD*");
  ui_click (app, "button:Entered in Error…");
  ui_wait (app, "button:Mark as Entered in Error");
  ui_type (app, "The twin fell, not he");
  ui_keys (app, "Return");
  ui_wait (app, "label:Entered in error. Do not use.*");
  ui_picture (app, "shell-in-error");
}

static void
test_wrong_patient (void)
{
  const char *moved[] = { "--action", "move-here", NULL };
  const char *marked[] = { "--action", "entered-in-error", NULL };
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "doctor");
  ui_open_chart (app, "holt edwin", "HOLT, Edwin");
  move_note (app);
  mark_in_error (app);
  ui_stop (app);
  ui_free (app);
  g_autofree char *here = ui_practice_ask (&practice, "admin", "audit", moved);
  g_autofree char *error = ui_practice_ask (&practice, "admin", "audit", marked);
  g_assert_nonnull (strstr (here, "005502"));
  g_assert_nonnull (strstr (error, "The twin fell, not he"));
  ui_practice_tear_down (&practice);
}

/* UX 1.8: what another program writes into the open chart is said, and typed text stays. */
static void
test_changed_elsewhere (void)
{
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, NULL);
  ui_sign_in (app, "nurse");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  g_autofree char *out = g_build_filename (practice.base, "packet.pdf", NULL);
  const char *packet[] = { "004217", "--to", "Orthopedics", "--question", "Does she need surgery?",
                           "--out",  out,    NULL };
  g_autofree char *written G_GNUC_UNUSED = ui_practice_ask (&practice, "doctor", "packet", packet);
  ui_wait (app, "status:Dr. Okafor changed the referrals at *");
  ui_picture (app, "shell-changed");
  ui_press (app, "button:Review");
  ui_wait (app, "list item:Orthopedics*");
  ui_wait_gone (app, "status:Dr. Okafor changed the referrals at *");
  ui_stop (app);
  ui_free (app);
  ui_practice_tear_down (&practice);
}

/* Every second of typing is saved, until the log may not grow any more. */
static void
type_until_full (UiApp *app)
{
  for (guint i = 0; i < 60 && !ui_sees (app, "alert:Not saved*"); i++)
    ui_type (app, " word");
  ui_wait (app, "alert:Not saved*Your text is still here.");
}

static void
save_copy (UiApp *app, const char *path)
{
  ui_press (app, "button:Save a Copy…");
  ui_wait_focus (app, "text box:Name:*");
  ui_keys (app, "ctrl+a");
  ui_type (app, path);
  ui_wait_text (app, "text box:Name:*", path);
  ui_keys (app, "Return");
  ui_wait (app, "status:A copy of the text was saved*");
}

/* No file may grow above a size, as on a full disk: the text stays and can be copied. */
static void
test_cannot_save (void)
{
  const char *limited[] = { "sh", "-c", "trap '' XFSZ; ulimit -f 400; exec \"$@\"", "sh", NULL };
  UiPractice practice;
  UiApp *app;
  ui_practice_set_up (&practice, 20);
  app = ui_practice_start (&practice, limited);
  ui_sign_in (app, "doctor");
  ui_open_chart (app, "garcia maria", "GARCIA, Maria");
  ui_keys (app, "ctrl+n");
  ui_wait_focus (app, "text box:Subjective");
  ui_keys (app, "ctrl+End");
  ui_type (app, " Cough for three days.");
  type_until_full (app);
  ui_picture (app, "shell-not-saved");
  g_autofree char *path = g_build_filename (practice.base, "copy.txt", NULL);
  save_copy (app, path);
  ui_wait_text (app, "text box:Subjective", "*Cough for three days.*");
  g_autofree char *copy = NULL;
  g_assert_true (g_file_get_contents (path, &copy, NULL, NULL));
  g_assert_nonnull (strstr (copy, "Cough for three days."));
  ui_free (app);
  ui_practice_tear_down (&practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!ui_can_run ())
    return 0;
  g_test_add_func ("/e2e/shell/keys", test_keys);
  g_test_add_func ("/e2e/shell/verbs", test_verbs);
  g_test_add_func ("/e2e/shell/privacy", test_privacy);
  g_test_add_func ("/e2e/shell/identity", test_identity);
  g_test_add_func ("/e2e/shell/restricted", test_restricted);
  g_test_add_func ("/e2e/shell/wrong-patient", test_wrong_patient);
  g_test_add_func ("/e2e/shell/changed-elsewhere", test_changed_elsewhere);
  g_test_add_func ("/e2e/shell/cannot-save", test_cannot_save);
  return g_test_run ();
}
